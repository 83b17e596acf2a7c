//! Changing a run that has happened, and delivering more than one thing.

catalogue! { EditText;
    // What an action was.
    StepSend: "{p} sends {what} to {q}", "{p} 向 {q} 发送 {what}";
    StepReceive: "{what} from {p} arrives at {q}", "{p} 的 {what} 到达 {q}";
    StepMarker: "the marker of snapshot {n} from {p} arrives at {q}", "{p} 的快照 {n} 标记到达 {q}";
    StepReport: "the report on snapshot {n} from {p} arrives at {q}", "{p} 关于快照 {n} 的报告到达 {q}";
    StepAct: "{p} goes to {state} by itself", "{p} 自行转到 {state}";
    StepStart: "{p} starts snapshot {n}", "{p} 发起快照 {n}";
    StepRestore: "snapshot {n} is restored", "恢复快照 {n}";
    StepRing: "{p} sends a marker that it owes", "{p} 发出一个尚欠的标记";

    // What is in the way.
    BoundBegin: "The run begins here: there is nothing earlier.", "运行从这里开始，不能再早了。";
    BoundNow: "The present is here: it can be no later.", "这里就是现在，不能再晚了。";
    BoundSending: "It cannot arrive before it is sent: step {step}, {what}.", "它不能在发送之前到达：第 {step} 步，{what}。";
    BoundArrival: "What {p} sends here arrives at step {step} ({what}), so it has to come before.",
                  "{p} 在此发送的内容在第 {step} 步到达（{what}），所以必须在那之前。";
    BoundFirst: "{channel} delivers in the order of sending (FIFO): first {what} (step {step}).",
                "{channel} 按发送顺序（先进先出）送达：须先有 {what}（第 {step} 步）。";
    BoundNext: "{channel} delivers in the order of sending (FIFO): {what} (step {step}) comes after it and cannot overtake.",
               "{channel} 按发送顺序（先进先出）送达：{what}（第 {step} 步）在它之后，不能超越。";
    BoundImpossible: "Then this could not happen (step {step}): {what}. {why}", "那样的话这件事（第 {step} 步）就不可能发生：{what}。{why}";
    BoundNotSought: "The run is long. How much further it could be moved has not been tried.", "运行很长，没有再往远处尝试能否移动。";
    WhyTooEarly: "It would arrive before it is sent.", "它会在发送之前就到达。";
    WhyNeverSent: "It is not sent any more.", "它不再被发送了。";

    // What has been changed.
    Moved: "Moved to step {step}: {what}.", "已移到第 {step} 步：{what}。";
    MovedTo: "Step {step}: {what}", "第 {step} 步：{what}";
    Deleted: "Deleted: {what}.", "已删除：{what}。";
    MarkerGoes: "Its marker on {channel} is not sent.", "它在 {channel} 上的标记不再发送。";
    MarkersGo: "Its markers on {list} are not sent.", "它在 {list} 上的标记不再发送。";
    LeftUnderWay: "It is under way for now. Taken back: {what}.", "它现在留在途中。已撤回：{what}。";
    Replaced: "Changed. Now {what}.", "已更改。现在：{what}。";
    OneImpossible: "One thing that came after cannot happen any more:", "之后有一件事不能再发生：";
    SomeImpossible: "{n} things that came after cannot happen any more:", "之后有 {n} 件事不能再发生：";
    ImpossibleStep: "Step {step}, {what}. {why}", "第 {step} 步，{what}。{why}";
    MoreImpossible: "and {n} more.", "另有 {n} 件。";
    OldRunStays: "The old run is kept as a branch.", "原来的运行保留为一个分支。";
    OldRunIsBranch: "The old run is kept as branch {n}.", "原来的运行保留为分支 {n}。";
    Undo: "Undo", "撤销";
    Undone: "Back to the run as it was.", "已回到原来的运行。";
    NothingToUndo: "There is nothing to undo.", "没有可以撤销的操作。";
    NothingToRedo: "There is nothing to do again.", "没有可以重做的操作。";
    Redo: "Redo", "重做";
    Redone: "Done again.", "已重做。";

    // The menu of a thing.
    StorySent: "{p} sends {what} to {q} at step {sent}.", "{p} 在第 {sent} 步向 {q} 发送 {what}。";
    StoryResent: "{what} from {p} to {q} is under way again since step {sent}, as it was recorded.",
                 "{p} 发给 {q} 的 {what} 按记录从第 {sent} 步起重新在途。";
    StoryMarker: "{p} sends the marker of snapshot {n} to {q} at step {sent}, where it has recorded its state.",
                 "{p} 在第 {sent} 步记录状态后向 {q} 发送快照 {n} 的标记。";
    StoryReport: "{p} sends a report on snapshot {n} to {q} at step {sent}.", "{p} 在第 {sent} 步向 {q} 发送关于快照 {n} 的报告。";
    StoryArrives: "It arrives at step {step}.", "它在第 {step} 步到达。";
    StoryLost: "The network has lost it.", "它已被网络丢失。";
    StoryUnderWay: "It is under way.", "它还在途中。";
    StoryKept: "It belongs to the state of {channel} in snapshot {n}: it was sent before {p} recorded, and came after {q} recorded.",
               "它属于快照 {n} 中 {channel} 的状态：在 {p} 记录之前发送，在 {q} 记录之后到达。";
    StoryStarted: "{p} starts snapshot {n} at step {step} and records {state}.", "{p} 在第 {step} 步发起快照 {n}，记录 {state}。";
    StoryRecorded: "{p} records {state} for snapshot {n} at step {step}: its first marker comes, on {channel}.",
                   "{p} 在第 {step} 步为快照 {n} 记录 {state}：首个标记从 {channel} 到达。";
    StoryRecordedAlone: "{p} records {state} for snapshot {n} at step {step}.", "{p} 在第 {step} 步为快照 {n} 记录 {state}。";
    SendInstead: "Send {what} instead", "改为发送 {what}";
    Change: "Change", "更改";
    DeliverEarlier: "Deliver one step earlier", "提前一步到达";
    DeliverLater: "Deliver one step later", "推后一步到达";
    SendEarlier: "Send one step earlier", "提前一步发送";
    SendLater: "Send one step later", "推后一步发送";
    StartEarlier: "Start one step earlier", "提前一步发起";
    StartLater: "Start one step later", "推后一步发起";
    KeepUnderWay: "Leave it under way for now", "先不送达，留在途中";
    DeleteMessage: "Delete this message", "删除这条消息";
    DeleteStart: "Delete this start of snapshot {n}", "删除快照 {n} 的这次发起";
    StartElsewhere: "Let {p} start it instead", "改由 {p} 发起";
    GoToSending: "Go to its sending", "转到它的发送";
    GoToArrival: "Go to its arrival", "转到它的到达";
    GoToRecording: "Go to this step", "转到这一步";
    Deliver: "Deliver it", "让它到达";
    DeliverChannel: "Deliver all of {channel}", "送达 {channel} 上的全部";
    DeliverEverything: "Deliver everything", "全部送达";
    DeliverUntilComplete: "Deliver until snapshot {n} is complete", "送达直到快照 {n} 完成";
    NoChannel: "There is no channel from {p} to {q}.", "没有从 {p} 到 {q} 的通道。";

    SendFromTo: "Send from {p} to {q}", "从 {p} 发给 {q}";
}
