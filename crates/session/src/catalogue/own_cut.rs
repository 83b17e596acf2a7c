//! What is said about the reader's own cut.

catalogue! { CutText;
    Heading: "Your own cut", "你自己的割集";
    Draw: "Draw your own cut", "画一个自己的割集";
    Remove: "Remove your cut", "移除你的割集";
    Lead: "Drag the line at each process, or move it with the arrow keys.", "在每个进程上拖动这条线，或用方向键移动。";
    Consistent: "Consistent", "一致";
    Inconsistent: "Not consistent", "不一致";
    NoOrphan: "No message is received before the line and sent after it.", "没有消息在线前收到却在线后发出。";
    Orphan: "Received before the line and sent after it: *{what}* from {p} to {q}. That message comes out of nowhere.",
            "从 {p} 到 {q} 的 *{what}* 在线前收到，却在线后才发出：它凭空出现。";
    MoreOrphans: "So do {n} more messages.", "另有 {n} 条消息也是如此。";
    Lost: "Lost by the network before the line: *{what}* from {p} to {q}. It is in no channel.",
          "从 {p} 到 {q} 的 *{what}* 在线前被网络丢失：它不在任何通道中。";
    MoreLost: "So are {n} more.", "另有 {n} 条消息也被丢失。";
    Holds: "holds", "持有";
    InTransit: "in transit", "在途";
    AllEmpty: "All channels are empty.", "所有通道都是空的。";
    Adds: "{sum}, as at the start", "{sum}，与开始时相同";
    AddsWrong: "{sum}, but at the start it was {total}", "{sum}，而开始时有 {total}";
    SameAs: "Your cut is the one that snapshot {n} recorded.", "你的割集正是快照 {n} 记录的割集。";
    EarlierThan: "Your cut lies before that of snapshot {n}.", "你的割集在快照 {n} 的割集之前。";
    LaterThan: "Your cut lies after that of snapshot {n}.", "你的割集在快照 {n} 的割集之后。";
    Beside: "Your cut crosses that of snapshot {n}: neither lies before the other.", "你的割集与快照 {n} 的割集交错：两者不分先后。";
    Below: "Nearest consistent cut before", "之前最近的一致割集";
    Above: "Nearest consistent cut after", "之后最近的一致割集";
    ToSnapshot: "To the cut of snapshot {n}", "移到快照 {n} 的割集";
    Handle: "Your cut at {p}: after {k} of its {all} events", "你的割集在 {p} 处：位于其 {all} 个事件中的第 {k} 个之后";
    Unknown: "The run went back to a recorded state, so its events form no single order: no cut can be judged here.",
             "运行曾回到所记录的状态，其事件不再构成单一的次序，这里无法判断割集。";
}
