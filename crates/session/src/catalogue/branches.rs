//! Branches: their tree, and two of them side by side.

catalogue! { BranchText;
    Tree: "Branches of the run", "运行的分支";
    HowTheyComeAbout: "Whoever acts in the past begins a branch. What was there before stays.",
                      "在过去的某一步做别的事，就会产生新的分支，原来的分支仍然保留。";
    First: "The run as it began", "最初的运行";
    Forks: "After step {step} of branch {from}: {deed}", "在分支 {from} 的第 {step} 步之后：{deed}";
    IsBeginning: "Ends after step {step} of branch {from}", "到分支 {from} 的第 {step} 步为止";
    Steps: "{steps} steps", "共 {steps} 步";
    OneStep: "1 step", "共 1 步";
    Current: "current", "当前";
    Compare: "Compare", "比较";
    CompareWith: "Compare with branch {n}", "与分支 {n} 比较";
    Compared: "Comparison", "比较结果";
    StopComparing: "Stop comparing", "停止比较";
    StopComparingWith: "Stop comparing with branch {n}", "停止比较：分支 {n}";
    Branch: "Branch {n}", "分支 {n}";
    ChooseOne: "Choose a branch to compare with the current one.", "选择一个分支，与当前分支比较。";
    Part: "They part after step {step}.", "两个分支在第 {step} 步之后分开。";
    PartAtStart: "They part at the very beginning.", "两个分支从一开始就不同。";
    ThenOn: "Branch {n}: {deed}.", "分支 {n}：{deed}。";
    EndsThere: "Branch {n} ends there.", "分支 {n} 到此结束。";
    NoSnapshots: "No snapshot is taken on either.", "两个分支都没有快照。";
    SameRecorded: "Both have recorded the same state.", "两个分支记录的状态相同。";
    Recorded: "Recorded", "记录";
    AtStep: "step {step}", "第 {step} 步";
    Differs: "differs", "不同";
    EmptyChannel: "empty", "空";
    DeedSent: "{p} sends {what} to {q}", "{p} 向 {q} 发送 {what}";
    DeedReceived: "{q} receives {what} from {p}", "{q} 收到 {p} 的 {what}";
    DeedMarker: "{q} gets the marker of snapshot {n} from {p}", "{q} 收到 {p} 的快照 {n} 标记";
    DeedReport: "{q} gets a report on snapshot {n} from {p}", "{q} 收到 {p} 关于快照 {n} 的报告";
    DeedActed: "{p} goes to {state}", "{p} 转到 {state}";
    DeedStarted: "{p} starts snapshot {n}", "{p} 发起快照 {n}";
    DeedRestored: "snapshot {n} is restored", "恢复快照 {n}";
    DeedTimer: "a timer goes off at {p}", "{p} 的定时器到时";
}
