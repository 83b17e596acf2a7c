//! Every visible string, in both languages.
//!
//! `{name}` stands for something that is filled in; what stands between two `*` is emphasised.

/// A language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

impl Lang {
    /// The tag of the language in documents (BCP 47).
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-Hans",
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::En => Self::Zh,
            Self::Zh => Self::En,
        }
    }
}

/// What a string of the catalogue is known by.
pub trait Key: Copy {
    /// The string, with its places still open.
    fn template(self, lang: Lang) -> &'static str;
}

/// One string in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its key, as it stands in the source.
    pub key: &'static str,
    /// In English.
    pub en: &'static str,
    /// In Simplified Chinese.
    pub zh: &'static str,
}

/// Declares the keys of one part of the page with their strings. A further part is a module below this one with a table of
/// its own, listed in [`PARTS`].
macro_rules! catalogue {
    ($keys:ident; $($name:ident: $en:literal, $zh:literal;)*) => {
        /// The key of a string.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the English text stands beside each key")]
        pub enum $keys { $($name,)* }

        impl $keys {
            /// All strings of this part.
            pub const ENTRIES: &[$crate::catalogue::Entry] = &[$($crate::catalogue::Entry {
                key: concat!(stringify!($keys), "::", stringify!($name)),
                en: $en,
                zh: $zh,
            },)*];
        }

        impl $crate::catalogue::Key for $keys {
            fn template(self, lang: $crate::catalogue::Lang) -> &'static str {
                // Not by way of the entries: the page need not download the keys.
                match (self, lang) {
                    $((Self::$name, $crate::catalogue::Lang::En) => $en,
                    (Self::$name, $crate::catalogue::Lang::Zh) => $zh,)*
                }
            }
        }
    };
}

pub mod branches;
mod editing;
pub mod events;
pub mod file;
mod findings;
pub mod groups;
pub mod keeping;
pub mod keys;
mod link;
mod look;
pub mod mishaps;
mod own_cut;
pub mod riding;
pub mod roles;
pub mod side;
pub mod signs;
pub mod systems;
pub mod why;

pub use editing::EditText;
pub use findings::Finding;
pub use link::LinkText;
pub use look::LookText;
pub use own_cut::CutText;

/// Every string, part by part.
pub const PARTS: &[&[Entry]] = &[
    Text::ENTRIES,
    // Each part on a line of its own.
    EditText::ENTRIES,
    Finding::ENTRIES,
    LinkText::ENTRIES,
    LookText::ENTRIES,
    CutText::ENTRIES,
    events::EventsText::ENTRIES,
    file::FileText::ENTRIES,
    groups::GroupText::ENTRIES,
    side::SideText::ENTRIES,
    signs::SignText::ENTRIES,
    why::WhyText::ENTRIES,
    branches::BranchText::ENTRIES,
    keeping::KeepText::ENTRIES,
    keys::KeyText::ENTRIES,
    mishaps::MishapText::ENTRIES,
    riding::RidingText::ENTRIES,
    roles::RoleText::ENTRIES,
    systems::SystemText::ENTRIES,
];

catalogue! { Text;
    // The page.
    PageTitle: "Cutline: distributed snapshots you can touch", "Cutline：摸得着的分布式快照";
    OtherLanguage: "中文", "English";
    OtherLanguageLabel: "Read this page in Chinese", "用英文阅读本页";
    Scenario: "Scenario", "场景";
    ThemeAuto: "Colours: as the system", "颜色：跟随系统";
    ThemeLight: "Colours: light", "颜色：浅色";
    ThemeDark: "Colours: dark", "颜色：深色";
    Hint: "Drag from process to process to send. Press a waiting message to deliver it.",
          "从一个进程拖到另一个进程来发送，点按等待中的消息让它到达。";
    TakeSnapshot: "Take a snapshot", "拍快照";
    RunToEnd: "Run to the end", "运行到结束";
    SnapshotN: "Snapshot {n}", "快照 {n}";
    Diagram: "Space-time diagram", "时空图";
    DiagramSummary: "{processes} processes, step {step} of {steps}. {waiting}",
                    "{processes} 个进程，第 {step} 步，共 {steps} 步。{waiting}";
    UnderWay: "Under way: {list}.", "在途：{list}。";
    NoneUnderWay: "Nothing is under way.", "没有在途的消息。";
    Controls: "Steps of the run", "运行的步骤";
    Reset: "Back to where the scenario opened", "回到场景打开时";
    StepBack: "Step back", "后退一步";
    StepForward: "Step forward", "前进一步";
    Play: "Play", "播放";
    Pause: "Pause", "暂停";
    StepOf: "{step} of {steps}", "{step} / {steps}";
    StepSlider: "Step", "步骤";
    StepOnly: "step {step}", "第 {step} 步";
    StepN: "Step {step}.", "第 {step} 步。";
    BranchOf: "Branch {n} of {all}", "分支 {n} / {all}";
    Close: "Close", "关闭";

    // On the figure.
    RecordedCaption: "recorded ", "记录：";
    NowCaption: "now", "现在";
    PastCaption: "past of the cut", "割集之前";

    // Recorded global state.
    RecordedState: "Recorded global state", "记录的全局状态";
    NothingRecorded: "Nothing has been recorded yet. Take a snapshot to see it grow here.",
                     "还没有记录任何状态。拍一张快照，看它在这里逐步形成。";
    ProcessColumn: "Process or channel", "进程或通道";
    HowColumn: "How", "方式";
    StateColumn: "State", "状态";
    Initiator: "initiator", "发起者";
    FirstMarkerFrom: "first marker from {p}", "首个标记来自 {p}";
    NotYet: "not yet", "尚未";
    Outside: "takes no part", "不参加";
    NoPart: "no part of this snapshot", "不属于这个快照";
    HadLeft: "had left by then", "当时已经离开";
    JoinedLater: "joined after it was complete", "快照完成之后才加入";
    NotJoined: "has not joined", "还没有加入";
    EmptySoFar: "empty so far", "目前为空";
    SoFar: "so far", "目前";
    Empty: "empty", "空";
    AsAtStart: "as at the start", "与开始时相同";
    NotAsAtStart: "but {total} at the start", "而开始时是 {total}";
    OfTotal: "of {total} so far", "共 {total}，记录中";

    // The verdict.
    VerdictNone: "No snapshot yet", "还没有快照";
    VerdictRecording: "Recording", "记录中";
    VerdictConsistent: "Consistent", "一致";
    VerdictInconsistent: "Not consistent", "不一致";
    NoWayBack: "{child} has no channel to {parent}, from which its first marker came, and cannot report: the parts cannot be \
                collected along the tree.",
               "{child} 的首个标记来自 {parent}，却没有通道通往它，无法报告：各部分不能沿树收集。";
    SeveralTrees: "There are several initiators, and each collects only the parts of its own tree: {list}.",
                  "有多个发起者，每个只收集自己那棵树上的部分：{list}。";
    CollectedAt: "All parts have come together at {list}.", "所有部分都已汇集到 {list}。";
    StillUnrecorded: "Still to record: {list}.", "尚未记录：{list}。";
    StillOwed: "Markers still owed on: {list}.", "仍欠标记的通道：{list}。";
    StillRecording: "Channels that are still being recorded: {n} of {all}.", "仍在记录的通道：{n} / {all}。";
    WordFrom: "on word from {p}", "得到 {p} 的通知";
    StillOpen: "Channels whose marker has not come yet: {n} of {all}.", "标记尚未到达的通道：{n} / {all}。";
    DoneLocally: "Done with their own part: {list}.", "已完成自己那部分：{list}。";
    NeverComplete: "No marker can reach {list}: unless another process starts the snapshot too, it will never be complete.",
                   "没有标记能到达 {list}：除非还有别的进程也发起这张快照，否则它永远不会完成。";
    NoOrphan: "No message is received before the cut and sent after it.", "没有消息在割集之前被接收却在割集之后发出。";
    InChannelArrived: "Sent by {from} before it recorded, {what} reached {to} after {to} had recorded: it belongs to the channel.",
                      "{from} 在记录之前发出的 {what}，在 {to} 记录之后才到达，因此属于通道。";
    InChannelUnderWay: "Sent by {from} before it recorded, {what} is still on its way to {to}: it belongs to the channel.",
                       "{from} 在记录之前发出的 {what} 仍在去往 {to} 的路上，因此属于通道。";
    MoreInChannel: "So do {n} more.", "另有 {n} 条消息同样如此。";
    NothingInChannels: "No message was under way at the cut, so every channel is recorded as empty.",
                       "割集处没有在途消息，因此每个通道都记录为空。";
    OccurredAtStart: "The run began in exactly this state.", "运行正是从这个状态开始的。";
    OccurredAfter: "The run really was in this state, after step {step}.", "运行确实经过了这个状态，就在第 {step} 步之后。";
    NeverOccurredOne: "The run never was in this state. But it might have been: swap the events of steps {first} and {second}, \
                       which are at different processes, and the run passes through it and ends as it did.",
                      "这次运行从未处于这个状态，但本来有可能：第 {first} 步和第 {second} 步的事件属于不同进程，把它们交换，运行就会经过这个状态，并以同样的状态结束。";
    NeverOccurredMany: "The run never was in this state. But it might have been: {n} swaps of neighbouring events of \
                        different processes, first those of steps {first} and {second}, give a run that passes through \
                        it and ends as this one did.",
                       "这次运行从未处于这个状态，但本来有可能：把不同进程的相邻事件交换 {n} 次（先交换第 {first} 步和第 {second} 步），运行就会经过这个状态，并以同样的状态结束。";
    OrphanInProcess: "Received before the cut and sent after it: {what} from {from} to {to}, an orphan.",
                     "从 {from} 到 {to} 的 {what} 在割集之前被接收，却在割集之后发出：这是孤儿消息。";
    OrphanInChannel: "Recorded in the channel but sent after the cut: {what} from {from} to {to}, an orphan.",
                     "从 {from} 到 {to} 的 {what} 被记在通道里，却在割集之后才发出：这是孤儿消息。";
    Missing: "Sent before the cut, not received before it, and in no recorded channel: {what} from {from} to {to} is missing.",
             "从 {from} 到 {to} 的 {what} 在割集之前发出，割集之前没有被接收，也不在任何记录的通道里：它丢失了。";
    Twice: "Counted twice: {what} from {from} to {to}.", "从 {from} 到 {to} 的 {what} 被算了两次。";
    OutOfOrder: "The messages recorded in {channel} are not in the order of sending.", "{channel} 中记录的消息不是发送的顺序。";
    WrongState: "The state recorded for {p} is not the one that it had at the cut.", "为 {p} 记录的状态不是它在割集处的状态。";
    RecordedTwice: "{p} recorded more than once.", "{p} 记录了不止一次。";
    SumWrong: "{sum} was recorded, but at the start it was {total}.", "记录的总和是 {sum}，而开始时是 {total}。";
    ClocksDisagree: "The vector clocks find the cut inconsistent.", "向量时钟判定这个割集不一致。";
    NoPassage: "No run of this system passes through the recorded state as it should.", "没有一次运行能如期经过所记录的状态。";

    // The rules.
    Behaviour: "What the processes do", "进程的行为";
    BehaviourSend: "{p} in {from} may send {what} on {channel} and go to {to}.", "{p} 在 {from} 时可以在 {channel} 上发送 {what}，转到 {to}。";
    BehaviourReceive: "{p} in {from} may receive {what} on {channel} and go to {to}.", "{p} 在 {from} 时可以从 {channel} 接收 {what}，转到 {to}。";
    BehaviourAct: "{p} in {from} may go to {to}.", "{p} 在 {from} 时可以转到 {to}。";
    BehaviourWait: "While it runs, {p} may begin {state}.", "{p} 运行时可以开始 {state}。";
    RuleOwed: "Markers go out one channel at a time. Until its marker has gone, nothing else goes out on a channel.",
              "标记逐个通道发出。在标记发出之前，该通道上不发送任何别的东西。";
    RuleOwedUnguarded: "Markers go out one channel at a time, and messages do not wait for them. This is wrong on purpose.",
                       "标记逐个通道发出，而消息不等标记。这是故意做错的。";

    // What happened at a step.
    AtStart: "*Nothing has happened yet.* {about}", "*还什么都没有发生。*{about}";
    SentMoney: "*{p} sends {what} to {q}* and has {state} left.", "*{p} 向 {q} 发送 {what}*，还剩 {state}。";
    SentMessage: "*{p} sends {what} on {channel}* and goes to {state}.", "*{p} 在 {channel} 上发送 {what}*，转到状态 {state}。";
    ForSnapshot: " for snapshot {n}", "（快照 {n}）";
    SentAfterRecording: "{p} has recorded{which}, so this comes after the cut.", "{p} 已经记录{which}，所以它在割集之后。";
    ReceivedMoney: "*{q} receives {what} from {p}* and has {state}.", "*{q} 收到 {p} 的 {what}*，现有 {state}。";
    ReceivedMessage: "*{q} receives {what} from {channel}* and goes to {state}.", "*{q} 从 {channel} 收到 {what}*，转到状态 {state}。";
    AlsoKept: "{q} has recorded{which} and the marker on {channel} has not come yet, so {what} is added to the recorded state of {channel}.",
              "{q} 已经记录{which}，而 {channel} 上的标记还没有到，所以把 {what} 计入 {channel} 的记录状态。";
    KeptAsSentBefore: "{q} has recorded{which} and {what} counts as sent before {p} recorded, so it is added to the recorded state of {channel}.",
                      "{q} 已经记录{which}，而 {what} 算作 {p} 记录之前发出的，所以把它计入 {channel} 的记录状态。";
    SentTo: "*{p} sends {what} to {q}.*", "*{p} 向 {q} 发送 {what}。*";
    ReceivedAndIs: "*{q} receives {what} from {p}* and is {state}.", "*{q} 收到 {p} 的 {what}*，现在 {state}。";
    Acted: "*{p} goes to {state}* by itself.", "*{p} 自行转到状态 {state}*。";
    ActedAndIs: "*{p} is now {state}*, of its own accord.", "*{p} 自行变为 {state}*。";
    Started: "*{p} starts snapshot {n}.* It records its state, {state}, {markers} and begins to record each incoming one.",
             "*{p} 发起快照 {n}。*它记录自己的状态 {state}，{markers}，并开始记录每个入通道。";
    Joined: "*{p} joins snapshot {n} as another initiator.* It records its state, {state}, {markers} and begins to record each \
             incoming one.",
            "*{p} 作为另一个发起者加入快照 {n}。*它记录自己的状态 {state}，{markers}，并开始记录每个入通道。";
    FirstMarker: "*{q} gets its first marker{which}, on {channel}.* It records its state, {state}, and {channel} as empty; it \
                  {markers} and begins to record its other incoming ones.",
                 "*{q} 从 {channel} 收到首个标记{which}。*它记录自己的状态 {state}，把 {channel} 记为空，{markers}，并开始记录其余的入通道。";
    MarkersSent: "sends a marker on each of its outgoing channels", "在每个出通道上发送标记";
    MarkersOwed: "owes a marker on each of its outgoing channels", "在每个出通道上欠一个标记";
    MarkerPaid: "*{p} sends the marker of snapshot {n} on {channel}*, which it owed.", "*{p} 在 {channel} 上发出所欠的快照 {n} 的标记。*";
    LaterMarkerEmpty: "*{q} gets the marker{which} on {channel}* and stops recording that channel. Nothing came on it since {q} \
                       recorded: it is empty.",
                      "*{q} 收到 {channel} 上的标记{which}*，不再记录该通道。自 {q} 记录以来没有消息从该通道到达：它为空。";
    LaterMarkerWith: "*{q} gets the marker{which} on {channel}* and stops recording that channel. Its state is what came since \
                      {q} recorded: {list}.",
                     "*{q} 收到 {channel} 上的标记{which}*，不再记录该通道。该通道的状态就是自 {q} 记录以来到达的消息：{list}。";
    MarkerAgain: "*{q} gets a marker{which} on {channel}* that it is not waiting for, and ignores it.", "*{q} 从 {channel} 收到一个不再等待的标记{which}*，忽略它。";
    NowComplete: "Every process and every channel is recorded: snapshot {n} is complete.",
                 "每个进程和每个通道都已记录：快照 {n} 完成。";
    ReportOne: "*{q} gets the part of {part} in snapshot {n}*, from {p}.", "*{q} 从 {p} 收到 {part} 在快照 {n} 中的那部分。*";
    ReportMany: "*{q} gets {k} parts of snapshot {n} from {p}*, put together by {part}.",
                "*{q} 从 {p} 收到快照 {n} 的 {k} 个部分*，由 {part} 汇总。";
    NowCollected: "{p} has all parts of snapshot {n} now.", "{p} 现在有了快照 {n} 的所有部分。";
    Restored: "*Snapshot {n} is restored.* Every process is in the state that it recorded, and every channel holds what was \
               recorded in it. What else was under way is dropped, and snapshots in progress are given up.",
              "*恢复快照 {n}。*每个进程回到它所记录的状态，每个通道里是为它记录的消息；其余在途的都被丢弃，进行中的快照作废。";
    TimerRang: "*A timer goes off at {p}.*", "*{p} 的定时器到时。*";

    // States and messages that have no name of their own.
    StateActive: "active", "活跃";
    StatePassive: "passive", "被动";
    StateRunning: "running", "运行中";
    StateWaitsOne: "waiting for {list}", "等待 {list} 的许可";
    StateWaitsAll: "waiting for all of {list}", "等待 {list} 全部许可";
    StateWaitsAny: "waiting for any of {list}", "等待 {list} 任一许可";
    StateWaitsShort: "waits: {list}", "等待 {list}";
    PayloadWork: "work", "任务";
    PayloadGrant: "a grant", "许可";
    PayloadGrantShort: "grant", "许可";

    // The menu of a process.
    MenuTitle: "{p} has {state}", "{p} 现有 {state}";
    MenuTitleIn: "{p} is in state {state}", "{p} 处于状态 {state}";
    MenuTitleIs: "{p} is {state}", "{p} 现在 {state}";
    Amount: "Amount", "金额";
    SendTo: "Send to {q}", "发给 {q}";
    SendToOn: "Send to {q} on {channel}", "经 {channel} 发给 {q}";
    SendMessageOn: "Send {what} to {q} on {channel}", "经 {channel} 向 {q} 发送 {what}";
    AndGoTo: "{does} and go to {state}", "{does}并转到 {state}";
    ReceiveFrom: "Receive {what} from {p}", "接收 {p} 的 {what}";
    ReceiveOn: "Receive {what} on {channel}", "从 {channel} 接收 {what}";
    SendMessageTo: "Send {what} to {q}", "向 {q} 发送 {what}";
    BecomePassive: "Become passive", "变为被动";
    Begin: "Begin {state}", "开始 {state}";
    OnlyInState: "only in state {state}", "仅在状态 {state} 时可以";
    GoTo: "Go to {state}", "转到 {state}";
    NothingToSend: "{p} has nothing to send.", "{p} 没有可以发送的。";
    NothingWhilePassive: "{p} is passive and does nothing until work reaches it.", "{p} 处于被动状态，收到任务之前什么也不做。";
    NothingWhileWaiting: "{p} waits and does nothing until it is granted what it waits for.",
                         "{p} 正在等待，得到许可之前什么也不做。";
    NoOneToSendTo: "{p} has no outgoing channel.", "{p} 没有出通道。";
    StartHere: "Start snapshot {n} here", "在此发起快照 {n}";
    JoinHere: "Join snapshot {n} as another initiator", "作为另一个发起者加入快照 {n}";
    SendMarker: "Send the marker of snapshot {n} to {q}", "向 {q} 发送快照 {n} 的标记";
    SendMarkerOn: "Send the marker of snapshot {n} to {q} on {channel}", "经 {channel} 向 {q} 发送快照 {n} 的标记";
    GoBack: "Restore it", "恢复到它";
    GoBackMeans: "Restores snapshot {n}: every process and channel is as recorded, and what else is under way is dropped.",
                 "恢复快照 {n}：每个进程和通道都回到记录的样子，其余在途的都被丢弃。";
    JoinMeans: "records now, without waiting for a marker", "立即记录，不等标记";

    // Names of things that one can point at.
    ProcessLabel: "{p} {state}: send or start a snapshot", "{p} {state}：发送消息或发起快照";
    DeliverMessage: "Deliver {what} from {p} to {q}", "让 {p} 的 {what} 到达 {q}";
    DeliverMarker: "Deliver the marker of snapshot {n} from {p} to {q}", "让 {p} 的快照 {n} 标记到达 {q}";
    WaitingMessage: "{what} from {p} to {q}, waiting", "{p} 发给 {q} 的 {what}，等待中";
    WaitingMarker: "Marker of snapshot {n} from {p} to {q}, waiting", "{p} 发给 {q} 的快照 {n} 标记，等待中";
    MessageLabel: "{what} from {p} to {q}", "{p} 发给 {q} 的 {what}";
    MessageInChannelLabel: "{what} from {p} to {q}, in the recorded state of {channel}", "{p} 发给 {q} 的 {what}，计入 {channel} 的记录状态";
    DeliverReport: "Deliver the report on snapshot {n} from {p} to {q}", "让 {p} 关于快照 {n} 的报告到达 {q}";
    WaitingReport: "Report on snapshot {n} from {p} to {q}, waiting", "{p} 发给 {q} 的快照 {n} 报告，等待中";
    ReportLabel: "Report on snapshot {n} from {p} to {q}", "{p} 发给 {q} 的快照 {n} 报告";
    MarkerLabel: "Marker of snapshot {n} from {p} to {q}", "{p} 发给 {q} 的快照 {n} 标记";
    RecordingLabel: "{p} recorded {state} for snapshot {n}", "{p} 为快照 {n} 记录 {state}";

    // Refusals.
    RefusedNoSuchRule: "There is no such rule.", "没有这样的规则。";
    RefusedNoSuch: "There is no such process or channel.", "没有这样的进程或通道。";
    RefusedNothing: "Nothing is under way on {channel}.", "{channel} 上没有在途的消息。";
    RefusedNotHead: "{channel} delivers in the order of sending (FIFO): {head} comes first.",
                    "{channel} 按发送顺序（先进先出）送达，排在前面的是：{head}。";
    HeadReport: "a report on snapshot {n}", "快照 {n} 的一份报告";
    HeadMarker: "the marker of snapshot {n}", "快照 {n} 的标记";
    RefusedNotEnough: "{p} has {has} and cannot send more.", "{p} 只有 {has}，不能发送更多。";
    RefusedNoSendsLeft: "{p} has done all the sends that it may do.", "{p} 已经用完了允许的发送次数。";
    RefusedPassive: "{p} is passive, and only an active process does anything.", "{p} 处于被动状态，只有活跃的进程才能行动。";
    RefusedWaits: "{p} waits, and does nothing until it is granted what it waits for.", "{p} 正在等待，得到许可之前什么也不做。";
    RefusedMarkerOwed: "The marker on {channel} has to go first.", "{channel} 上的标记必须先发出。";
    RefusedAmount: "The amount must be a whole number, 1 or more.", "金额必须是不小于 1 的整数。";
    RefusedNoRuleToSend: "{p} is in state {state} and has no rule for sending {what} on {channel}.",
                         "{p} 处于状态 {state}，没有在 {channel} 上发送 {what} 的规则。";
    RefusedNoRuleToReceive: "{p} is in state {state} and has no rule for receiving {what}: it stays at the head of {channel}.",
                            "{p} 处于状态 {state}，没有接收 {what} 的规则：它留在 {channel} 的最前面。";
    RefusedNoRuleToAct: "{p} is in state {state} and cannot do that.", "{p} 处于状态 {state}，不能这样做。";
    RefusedRecorded: "{p} has recorded its state for snapshot {n}. A process records once.",
                     "{p} 已经为快照 {n} 记录了状态。每个进程只记录一次。";
    RefusedTooManySnapshots: "A run takes at most {n} snapshots.", "一次运行最多拍 {n} 张快照。";
    RefusedNotComplete: "Snapshot {n} is not complete, so it cannot be restored.", "快照 {n} 尚未完成，不能恢复。";
    RefusedLeftBehind: "Snapshot {n} was begun before the run went back to a recorded state. Start a new one.",
                       "快照 {n} 是在运行回到所记录的状态之前发起的，请发起新的快照。";
    RefusedTooLong: "A run has at most {n} steps over all its branches.", "一次运行的所有分支合计最多 {n} 步。";
    RefusedTimer: "{p} owes no such marker at that moment.", "{p} 此时并没有该标记要发送。";
    RefusedHeld: "The algorithm holds {channel} back for now.", "算法目前不让 {channel} 放行。";
}
