//! What the scenarios of a group have in common.

catalogue! { GroupText;
    Beginning: "Snapshots by markers", "用标记拍快照";
    Finding: "What a snapshot finds", "快照能发现什么";
    Disorder: "Without order on channels", "通道不保序";
    Others: "Other ways to a global state", "得到全局状态的其他途径";
    Flows: "Stream processing", "流处理";
    Faults: "Faults and what helps", "故障与对策";
    Members: "Joining and leaving", "加入与离开";
    Own: "Your own", "自带的";
}
