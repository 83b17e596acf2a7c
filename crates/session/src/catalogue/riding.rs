//! What rides on application messages.

catalogue! { RidingText;
    White: "white: {p} had not recorded when it sent it", "白色：发送时 {p} 尚未记录";
    Red: "red: {p} had recorded for snapshot {n} when it sent it", "红色：发送时 {p} 已为快照 {n} 记录";
    RedForSeveral: "red: {p} had recorded for snapshots {n} when it sent it", "红色：发送时 {p} 已为快照 {n} 记录";
    Recorded: "snapshots that {p} had recorded when it sent it: {n}", "发送时 {p} 已记录的快照数：{n}";
    Number: "number {n} on its channel", "它在通道上的编号：{n}";
    Clock: "stamped {n} by the clock of {p}", "带有 {p} 的时钟读数 {n}";
    AfterNothing: "{p} knew of nothing sent to {q} before it", "据 {p} 所知，此前没有发往 {q} 的内容";
    After: "sent to {q} before it, as far as {p} knew: {list}", "据 {p} 所知，此前发往 {q} 的：{list}";
    Vector: "events that {p} knew of when it sent it: {list}", "发送时 {p} 已知的事件数：{list}";
    Of: "{n} of {p}", "{p} 的 {n} 个";
    By: "{n} by {p}", "{p} 发的 {n} 项";
}
