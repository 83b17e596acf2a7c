//! The side of the page: its tabs, the rules, counts, and the run that passes through a recorded state.

catalogue! { SideText;
    Tabs: "More about the run", "运行的更多视图";
    TabRules: "Rules", "规则";
    TabNetwork: "Network", "网络";
    TabEvents: "Events", "事件";
    TabSigns: "Signs", "图例";
    SnapshotStands: "{snapshot}: {standing}", "{snapshot}：{standing}";
    Snapshots: "The snapshot that is shown", "所显示的快照";
    StageNot: "not started", "未开始";
    StageRecording: "recording", "记录中";
    StageDone: "done", "已完成";
    MoreNames: "and {n} more", "另有 {n} 个";
    DoneCount: "Processes done: {n} of {all}.", "已完成的进程：{n} / {all}。";
    AllDone: "All are done.", "全部完成。";
    MarkersSent: "Markers: {n} of {all}, one per channel.", "标记：{n} / {all}，每个通道一个。";
    MarkersAll: "{n} markers = one per channel.", "{n} 个标记 = 每个通道一个。";
    MarkersFewer: "Markers: {n} of {all}, one for each channel out of a process that records.",
                  "标记：{n} / {all}，会记录的进程的每个出通道各一个。";

    // The rules, after the paper.
    SendingRule: "Marker-sending rule, for a process", "标记发送规则（对一个进程）";
    ReceivingRule: "Marker-receiving rule, when a marker comes on a channel", "标记接收规则（标记沿一个通道到达时）";
    RuleStart: "An initiator records of its own accord.", "发起者自行记录。";
    RuleSend: "The process records its state. Then it sends a marker on each outgoing channel, before any further message there.",
              "进程记录自己的状态，然后在每个出通道上发送标记，先于该通道上的任何后续消息。";
    RuleFirst: "If the receiver has not recorded: it records the channel as empty and follows the marker-sending rule.",
               "如果接收者还没有记录：把该通道记为空，并执行标记发送规则。";
    RuleLater: "Otherwise: the state of the channel is what came on it after the receiver recorded and before the marker.",
               "否则：该通道的状态就是接收者记录之后、标记到来之前从它收到的消息。";
    RuleKeep: "In between, the receiver adds what comes on the channel to the state of the channel.",
              "在此期间，接收者把从该通道收到的消息计入通道的状态。";
    StartHere: "{p} starts snapshot {n}.", "{p} 发起快照 {n}。";
    JoinHere: "{p} joins snapshot {n}.", "{p} 加入快照 {n}。";
    SendHere: "{p} records {state} and sends a marker on each of: {list}.", "{p} 记录 {state}，并在这些通道上各发送一个标记：{list}。";
    SendHereNone: "{p} records {state}. No channel leads out of it.", "{p} 记录 {state}。没有通道从它出发。";
    SendOwed: "{p} records {state} and owes a marker on each of: {list}.", "{p} 记录 {state}，在这些通道上各欠一个标记：{list}。";
    SendLater: "{p} sends a marker that it owed, on {channel}. It still owes: {list}.", "{p} 在 {channel} 上发出所欠的一个标记，还欠：{list}。";
    SendLast: "{p} sends the last marker that it owed, on {channel}.", "{p} 在 {channel} 上发出所欠的最后一个标记。";
    FirstHere: "{q} records {channel} as empty.", "{q} 把 {channel} 记为空。";
    FirstHereAnd: "{q} records {channel} as empty and begins to record {list}.", "{q} 把 {channel} 记为空，并开始记录 {list}。";
    StartRecording: "{p} starts snapshot {n} and begins to record {list}.", "{p} 发起快照 {n}，并开始记录 {list}。";
    LaterHere: "{channel} is recorded as {list}.", "{channel} 记录为 {list}。";
    LaterHereEmpty: "{channel} is recorded as empty.", "{channel} 记录为空。";
    KeepHere: "Added to the state of {channel}: {what}.", "{channel} 的状态计入 {what}。";

    // The run that passes through the recorded state.
    ShowPassage: "Show the run through it", "展示经过它的运行";
    HidePassage: "Hide this run", "收起这个运行";
    PassageAsItWas: "The run as it was. Swaps of neighbouring events that lead to one through the recorded state: {n}.",
                    "实际的运行。交换相邻事件 {n} 次，就得到一个经过所记录状态的运行。";
    PassageAfter: "After {k} of {n} swaps. The last one: steps {first} and {second}, at different processes.",
                  "已交换 {k} / {n} 次。最近一次：第 {first} 步和第 {second} 步，属于不同进程。";
    PassageThere: "After all swaps ({n}): everything before the cut comes first. The system passes through the recorded state at the line \
                   and ends as it did.",
                  "{n} 次交换全部完成：割集之前的事件都在前面。系统在横线处经过所记录的状态，并以同样的状态结束。";
    PassageNone: "No swap is needed: everything before the cut came first anyway. The run passed through the recorded state at the line.",
                 "无需交换：割集之前的事件本来就都在前面。运行在横线处经过了所记录的状态。";
    StateHere: "the recorded state", "所记录的状态";
    BeforeCut: "before the cut", "割集之前";
    AfterCut: "after the cut", "割集之后";
    PassageFirst: "As it was", "实际的运行";
    PassageBack: "One swap back", "撤回一次交换";
    PassageOn: "One swap on", "再交换一次";
    PassageLast: "All swaps", "全部交换";
    PassageMore: "{n} more", "另有 {n} 个";
}
