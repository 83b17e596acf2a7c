//! What control messages say, as things that are sent and received.

catalogue! { RoleText;
    Count: "the count of snapshot {n} (messages: {k})", "快照 {n} 的计数（消息数：{k}）";
    Begin: "the start of snapshot {n}", "快照 {n} 的开始通知";
    Acknowledged: "the acknowledgement of a marker of snapshot {n}", "快照 {n} 标记的确认";
    Ready: "the word that all is recorded for snapshot {n}", "快照 {n} 已记录完毕的通知";
    Complete: "the end of snapshot {n}", "快照 {n} 的结束通知";
    Exchange: "round {k} of the exchange for snapshot {n}", "快照 {n} 第 {k} 轮交换";
    Blank: "round {k} of the exchange for snapshot {n}, which is blank", "快照 {n} 第 {k} 轮交换（空）";
    Vector: "the vector of snapshot {n} on round {k}", "快照 {n} 的第 {k} 轮控制向量";
    RefusedNoWay: "For this algorithm there has to be a channel from {p} to {q}.", "此算法需要一条从 {p} 到 {q} 的通道。";
    Request: "the request for checkpoint {n}", "检查点 {n} 的请求";
    Willing: "the yes to checkpoint {n}", "对检查点 {n} 的同意";
    Unwilling: "the no to checkpoint {n}", "对检查点 {n} 的拒绝";
    Commit: "the word that checkpoint {n} stays", "检查点 {n} 的提交通知";
    Abort: "the word that checkpoint {n} is given up", "检查点 {n} 的放弃通知";
    Cut: "the word where the cut of snapshot {n} lies", "快照 {n} 割集位置的通知";
    Comes: "*{q} receives {what} from {p}.*", "*{q} 收到 {p} 的 {what}。*";
    Arrives: "{what} from {p} arrives at {q}", "{p} 的 {what} 到达 {q}";
    Deed: "{q} gets {what} from {p}", "{q} 收到 {p} 的 {what}";
    Signal: "the signal", "信号";
    Announced: "{p} announces that the work has ended.", "{p} 宣布工作已经结束。";
    RefusedNoSnapshots: "This algorithm takes no snapshots.", "此算法不做快照。";
    RefusedNoSource: "{p} is no source, and barriers begin at the sources.", "{p} 不是数据源，屏障从数据源开始。";
    RefusedForControl: "{channel} is for messages of the algorithm; the application sends nothing on it.",
                       "{channel} 只供算法使用，应用不在上面发送消息。";
    RefusedPartial: "Snapshot {n} leaves to the transport what was under way, and somebody takes no part in it: the run cannot go back to it.",
                    "快照 {n} 把在途消息留给传输层处理，而且有进程不参加：不能回到这个快照。";
    LeftToTransport: "left to the transport", "留给传输层";
    SentAgain: "Channels are not recorded: what was under way has to be sent again.", "通道没有被记录：在途消息必须重新发送。";
    StoodBy: "its last checkpoint stands", "沿用上一个检查点";
    RefusedOneInitiator: "Snapshot {n} has begun, and this algorithm knows no second initiator.", "快照 {n} 已经开始，此算法不允许第二个发起者。";
    RefusedOutOfTurn: "Snapshot {n} has begun; with this algorithm the next one takes a greater number.", "快照 {n} 已经开始；使用此算法时，下一个快照要用更大的编号。";
    RefusedOneAtATime: "Snapshot {n} has to be complete before another begins.", "快照 {n} 完成之前，不能开始另一个快照。";
}
