//! The list of events, random traffic, and the network.

catalogue! { EventsText;
    List: "Events of the run", "运行中的事件";
    Filter: "Filter by words", "按文字筛选";
    Messages: "Messages", "消息";
    Markers: "Markers", "标记";
    Recordings: "Recordings", "记录";
    Everybody: "All processes", "全部进程";
    OfProcess: "Process", "进程";
    CountOf: "{n} of {all}", "{n} / {all} 条";
    NoneFits: "No event fits.", "没有符合条件的事件。";
    NothingYet: "Nothing has happened yet.", "还没有发生任何事件。";
    PreviousRecording: "Previous recording", "上一次记录";
    NextRecording: "Next recording", "下一次记录";
    Ahead: "not taken yet", "尚未发生";
    Traffic: "Random", "随机消息";
    AddTraffic: "Add {n} random actions", "添加 {n} 个随机动作";
    Network: "Network with the contents of its channels", "网络及各通道的内容";
    NodeLabel: "{p} {state}: open its menu; arrow keys move it", "{p} {state}：打开菜单；方向键移动它";
    ChannelHolds: "{channel} holds, head first: {list}", "{channel} 中（队首在前）：{list}";
    ChannelEmpty: "{channel} is empty", "{channel} 为空";
    InCircle: "Arrange in a circle", "排成一圈";
    NetworkHint: "Drag a process to move it. Choose the head of a queue to deliver it.",
                 "拖动进程可以移动它，选择队首的消息让它到达。";
}
