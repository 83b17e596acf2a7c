//! The side of the page: its tabs, the rules, counts, and the run that passes through a recorded state.

catalogue! { SideText;
    Tabs: "More about the run", "运行的更多视图";
    TabRules: "Rules", "规则";
    TabNetwork: "Network", "网络";
    TabEvents: "Events", "事件";
    TabSigns: "Signs", "图例";
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
    SendingRule: "Marker-sending rule, for a process p", "标记发送规则（进程 p）";
    ReceivingRule: "Marker-receiving rule, when a marker comes to q on channel c", "标记接收规则（标记沿通道 c 到达进程 q）";
    RuleStart: "An initiator p records of its own accord.", "发起者 p 自行记录。";
    RuleSend: "p records its state. Then it sends a marker on each outgoing channel, before any further message there.",
              "p 记录自己的状态，然后在每个出通道上发送标记，先于该通道上的任何后续消息。";
    RuleFirst: "If q has not recorded: it records c as empty and follows the marker-sending rule.",
               "如果 q 还没有记录：把 c 记为空，并执行标记发送规则。";
    RuleLater: "Otherwise: the state of c is what came on it after q recorded and before the marker.",
               "否则：c 的状态就是 q 记录之后、标记到来之前从 c 收到的消息。";
    RuleKeep: "In between, q adds what it receives on c to the state of c.", "在此期间，q 把从 c 收到的消息计入 c 的状态。";
    StartHere: "{p} starts snapshot {n}.", "{p} 发起快照 {n}。";
    JoinHere: "{p} joins snapshot {n}.", "{p} 加入快照 {n}。";
    SendHere: "{p} records {state} and sends a marker on each of: {list}.", "{p} 记录 {state}，并在这些通道上各发送一个标记：{list}。";
    SendHereNone: "{p} records {state}. No channel leads out of it.", "{p} 记录 {state}。没有通道从它出发。";
    SendLater: "{p} sends its marker: {list}.", "{p} 发送标记：{list}。";
    FirstHere: "{q} records {channel} as empty.", "{q} 把 {channel} 记为空。";
    FirstHereAnd: "{q} records {channel} as empty and begins to record {list}.", "{q} 把 {channel} 记为空，并开始记录 {list}。";
    StartRecording: "{p} starts snapshot {n} and begins to record {list}.", "{p} 发起快照 {n}，并开始记录 {list}。";
    LaterHere: "{channel} is recorded as {list}.", "{channel} 记录为 {list}。";
    LaterHereEmpty: "{channel} is recorded as empty.", "{channel} 记录为空。";
    KeepHere: "{what} is added to {channel}.", "{what} 计入 {channel}。";

    // The run that passes through the recorded state.
    ShowPassage: "Show the run through this state", "展示经过这个状态的运行";
    HidePassage: "Hide the reordered run", "收起重排的运行";
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
