//! Keys and time: what each key does, and the controls of speed.

catalogue! { KeyText;
    Title: "Keys", "按键";
    Show: "Show all keys", "显示所有按键";
    Intro: "They work while nothing is being typed.", "输入文字时这些键不起作用。";
    OfTime: "Time", "时间";
    OfRun: "The run", "运行";
    OfPage: "The page", "页面";
    Key: "Key", "按键";
    Does: "What it does", "作用";
    KeySpace: "Space", "空格";
    Forward: "One step on", "前进一步";
    Back: "One step back", "后退一步";
    Play: "Play or pause", "播放或暂停";
    ToStart: "To the start", "回到开始";
    ToEnd: "To the end, delivering all that is under way", "到末尾，并让所有在途消息到达";
    SpeedDigits: "Speed, from slow to fast", "速度，从慢到快";
    NextRecording: "To the next recording", "到下一个记录点";
    PreviousRecording: "To the recording before", "到上一个记录点";
    NextBranch: "The next branch", "下一个分支";
    Snapshot: "Take a snapshot", "拍快照";
    DeliverNext: "Deliver what has been under way longest", "让最早发出的在途消息到达";
    Choose: "Deliver or open what has the focus", "让焦点所在的消息到达，或打开焦点所在的对象";
    MoveThing: "Move the arrival or the recording in focus by one step", "把焦点所在的到达或记录移动一步";
    ThingMenu: "What can be done with the waiting thing in focus", "焦点所在的等待中的对象可以做什么";
    Presenter: "Presenter mode", "演示模式";
    PresenterOn: "Presenter mode: larger, for a projector", "演示模式：放大显示，适合投影";
    PresenterOff: "Leave presenter mode", "退出演示模式";
    Help: "Show these keys", "显示这些按键";
    Escape: "Close what is open", "关闭打开的内容";
    Clicker: "A clicker's keys: one step on, one step back", "翻页笔的按键：前进一步、后退一步";
    Speed: "Speed", "速度";
    SkipToResult: "Skip to the result", "直接看结果";
    SummarySnapshot: "Snapshot {n}, {standing}. Recorded: {list}.", "快照 {n}，{standing}。已记录：{list}。";
    ToRecorded: "To the recorded state", "查看记录的状态";
}
