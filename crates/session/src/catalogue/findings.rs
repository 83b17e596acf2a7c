//! What is found out about a snapshot besides the verdict: stable properties, and how many messages it took.

catalogue! { Finding;
    // Stable properties of the recorded state.
    Properties: "Stable properties", "稳定性质";
    Yes: "yes", "是";
    No: "no", "否";
    Terminated: "Terminated", "已终止";
    Deadlocked: "Deadlocked", "死锁";
    MoneyLost: "Money lost", "金额减少";
    MoneyDoubled: "Money doubled", "金额增多";
    TokenLost: "Token lost", "令牌丢失";
    TokenDoubled: "Token doubled", "令牌增多";
    AllPassive: "Every process is passive and every channel is empty.", "每个进程都处于被动状态，每个通道都为空。";
    NothingLeftToDo: "No process can send or go on by itself, and every channel is empty.",
                     "没有进程能发送或自行前进，每个通道都为空。";
    StillActive: "Active: {list}.", "活跃：{list}。";
    CanStillAct: "Can still send or go on by themselves: {list}.", "仍能发送或自行前进：{list}。";
    StillInChannels: "Messages in: {list}.", "有消息的通道：{list}。";
    DeadlockedAll: "{list} wait for ever. Each waits for all: {cycle} is a cycle.", "{list} 将永远等待。每个都在等待全部许可：{cycle} 是一个环。";
    DeadlockedAny: "{list} wait for ever. Each waits for any, and none of them can reach a process that runs: {cycle} lies in a knot.",
                   "{list} 将永远等待。每个都在等待任一许可，却没有一个能通向运行中的进程：{cycle} 在一个结里。";
    DeadlockedMixed: "{list} wait for ever, some for all and some for any. Among them: {cycle}.",
                     "{list} 将永远等待，有的等待全部许可，有的等待任一许可。其中：{cycle}。";
    NobodyDeadlocked: "Everybody runs or can still be freed.", "每个进程都在运行，或仍能得到许可。";
    GrantsCount: "Grants recorded in {list} count as given.", "记录在 {list} 中的许可视为已经给出。";
    TokensCounted: "{processes} in processes and {channels} in channels; {total} at the start.",
                   "进程中 {processes}，通道中 {channels}；开始时共 {total}。";
    FollowsTrue: "True in the recorded state: so true when the snapshot was complete, and ever since.",
                 "在记录的状态中成立：因此快照完成时成立，此后一直成立。";
    FollowsTrueUntilBack: "True in the recorded state: so true when the snapshot was complete, and from then on unless the run goes back.",
                          "在记录的状态中成立：因此快照完成时成立，此后只要运行不回退就一直成立。";
    FollowsFalse: "False in the recorded state: so false when the snapshot began. It says nothing about now.",
                  "在记录的状态中不成立：因此快照开始时不成立。至于现在，它什么也没有说。";
    FollowsNothing: "The snapshot is not consistent, so nothing follows from it.", "快照不一致，因此什么结论也推不出。";
    AssumesWork: "Stable, since only work that arrives makes a passive process active.", "它是稳定的，因为只有收到任务才能使被动的进程变为活跃。";
    AssumesRules: "Stable, since without messages no rule applies any more.", "它是稳定的，因为没有消息就不再有可用的规则。";
    AssumesPatience: "Stable as long as nobody gives up waiting.", "只要没有进程放弃等待，它就是稳定的。";
    AssumesNoNewMoney: "Stable as long as nobody makes new money.", "只要没有谁增发，它就是稳定的。";
    AssumesNoNewToken: "Stable as long as no rule makes a new token.", "只要没有规则产生新令牌，它就是稳定的。";
    AssumesTokensStay: "Stable as long as no rule does away with a token.", "只要没有规则销毁令牌，它就是稳定的。";
    AssumesConservation: "No consistent snapshot of a system that conserves has more: where this is true, the snapshot is wrong.",
                         "在守恒的系统里，一致的快照不会更多：若成立，说明快照有误。";

    // How many messages a snapshot takes.
    MarkersTaken: "Markers: {sent} sent, {received} received, of {all} in the end: one on each channel out of a process that records.",
                  "标记：已发出 {sent}，已收到 {received}，最终共 {all}：每个参与记录的进程在每个出通道上一个。";
    ReportsAlongTree: "Reports along the tree: {sent} sent, {received} received, of {all} in the end: one from each process but the initiator.",
                      "沿树的报告：已发出 {sent}，已收到 {received}，最终共 {all}：除发起者外每个进程一份。";
    ReportsByFlooding: "Reports by flooding: {sent} sent, {received} received, of {all} in the end: {n} parts on each of {e} channels.",
                       "洪泛的报告：已发出 {sent}，已收到 {received}，最终共 {all}：{n} 个部分在 {e} 个通道上各传一次。";
    CollectedSince: "{p} has had the whole snapshot since step {step}.", "从第 {step} 步起，{p} 有了整张快照。";
}
