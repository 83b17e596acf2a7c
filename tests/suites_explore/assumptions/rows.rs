//! The rows: an algorithm, what it takes for granted, how that is broken, and what repairs it.

/// One thing that an algorithm takes for granted.
#[derive(Debug)]
pub(super) struct Row {
    /// What its files are called.
    pub file: &'static str,
    /// The algorithm, as files have it.
    pub algorithm: &'static str,
    /// What it needs.
    pub needs: &'static str,
    /// How that is broken, in words.
    pub how: &'static str,
    /// The system in which it is broken.
    pub system: &'static str,
    /// What may go wrong there.
    pub faults: &'static str,
    /// What repairs it, in words.
    pub remedy: &'static str,
    /// What repairs it: more declarations, another algorithm, or another system.
    pub by: By,
}

/// What repairs something.
#[derive(Debug)]
pub(super) enum By {
    /// These lines as well; the same may go wrong.
    Lines(&'static str),
    /// This algorithm instead; the same may go wrong.
    Algorithm(&'static str),
    /// This system instead.
    System(&'static str),
}

impl Row {
    /// The declarations where the assumption is broken.
    pub(super) fn broken(&self) -> String {
        format!("{}{}", self.system, declared(self.algorithm))
    }

    /// The declarations with the remedy.
    pub(super) fn kept(&self) -> String {
        match self.by {
            By::Lines(lines) => format!("{}{lines}{}", self.system, declared(self.algorithm)),
            By::Algorithm(algorithm) => format!("{}{}", self.system, declared(algorithm)),
            By::System(system) => format!("{system}{}", declared(self.algorithm)),
        }
    }
}

/// An algorithm in the words of a file.
fn declared(algorithm: &str) -> String {
    match algorithm {
        "cl-lazy" => "markers one by one\n".to_owned(),
        "cl-lazy-unordered" => "markers one by one unguarded\n".to_owned(),
        other => format!("algorithm {other}\n"),
    }
}

const TWO: &str =
    "process Ann has 1 and 1 sends\nprocess Bob has 0 and 1 sends\nchannel Ann -> Bob\nchannel Bob -> Ann\n";
const TWO_ANY: &str = "process Ann has 1 and 1 sends\nprocess Bob has 0 and 1 sends\nchannel Ann -> Bob unordered\n\
                       channel Bob -> Ann unordered\n";
const TOLD: &str = "process Ann has 1 and 1 sends\nprocess Bob has 0 and 1 sends\nchannel Ann -> Bob\nchannel Bob -> Ann\n\
                    control channel Ann -> Bob\ncontrol channel Bob -> Ann\n";
const TOLD_ANY: &str = "process Ann has 1 and 1 sends\nprocess Bob has 0 and 0 sends\nchannel Ann -> Bob unordered\n\
                        channel Bob -> Ann unordered\ncontrol channel Ann -> Bob\ncontrol channel Bob -> Ann\n";
const BOTH: &str = "process Ann has 1 and 1 sends\nprocess Bob has 1 and 1 sends\nchannel Ann -> Bob\nchannel Bob -> Ann\n\
                    control channel Ann -> Bob\ncontrol channel Bob -> Ann\n";
const THREE: &str = "process Ann has 1 and 1 sends\nprocess Bob has 0 and 1 sends\nprocess Col has 0 and 1 sends\n\
                     channel Ann -> Bob\nchannel Ann -> Col\nchannel Col -> Bob\nchannel Bob -> Ann\n";
const WORK: &str = "process Ann is active and 1 sends\nprocess Bob is passive and 1 sends\nchannel Ann -> Bob\n\
                    control channel Bob -> Ann\n";
const NUMBERS: By = By::Lines("numbers on every channel\n");
const BY_NUMBERS: &str = "a link that numbers everything and sends again";
const LOST: &str = "an item is lost";
const REPEATED: &str = "an item comes twice";
const OVERTAKEN: &str = "an item overtakes another";

/// A row about the network, repaired by a link.
const fn network(
    file: &'static str,
    algorithm: &'static str,
    (needs, how): (&'static str, &'static str),
    system: &'static str,
    faults: &'static str,
) -> Row {
    Row { file, algorithm, needs, how, system, faults, remedy: BY_NUMBERS, by: NUMBERS }
}

/// A row about a rule that an algorithm leaves out, repaired by one that has it.
const fn instead(
    file: &'static str,
    algorithm: &'static str,
    (needs, how): (&'static str, &'static str),
    system: &'static str,
    (remedy, sound): (&'static str, &'static str),
) -> Row {
    Row { file, algorithm, needs, how, system, faults: "", remedy, by: By::Algorithm(sound) }
}

const ORDER: (&str, &str) = ("channels hand over in order", OVERTAKEN);
const NEAR: (&str, &str) =
    ("clocks that differ by no more than a message takes", "Bob's clock is slow by 3, and messages take no time");
const NO_LOSS: (&str, &str) = ("nothing is lost", LOST);
const NO_REPEAT: (&str, &str) = ("nothing comes twice", REPEATED);

/// All of them.
pub(super) const ROWS: &[Row] = &[
    network("chandy-lamport-order", "chandy-lamport", ORDER, TWO_ANY, ""),
    network("chandy-lamport-loss", "chandy-lamport", NO_LOSS, TWO, "drop=1"),
    network("chandy-lamport-repeat", "chandy-lamport", NO_REPEAT, TWO, "dup=1"),
    instead(
        "chandy-lamport-markers-first",
        "cl-lazy-unordered",
        ("markers go before anything else", "a message leaves before the marker that is owed"),
        TWO,
        ("waiting until the marker has gone", "cl-lazy"),
    ),
    Row {
        file: "chandy-lamport-all-take-part",
        algorithm: "chandy-lamport",
        needs: "whoever passes on messages takes part",
        how: "Col does not",
        system: "process Ann has 1 and 1 sends\nprocess Bob has 0 and 1 sends\nprocess Col has 0 and 1 sends\n\
                 channel Ann -> Bob\nchannel Ann -> Col\nchannel Col -> Bob\nchannel Bob -> Ann\noutsider Col\n",
        faults: "",
        remedy: "Col as a member",
        by: By::System(THREE),
    },
    Row {
        file: "chandy-lamport-reach",
        algorithm: "chandy-lamport",
        needs: "a way from the initiator to everybody",
        how: "no channel leads from Ann to Bob",
        system: "process Ann has 0 and 1 sends\nprocess Bob has 1 and 1 sends\nchannel Bob -> Ann\n",
        faults: "",
        remedy: "a channel that leads there",
        by: By::System(TWO),
    },
    Row {
        file: "chandy-lamport-nobody-forgets",
        algorithm: "chandy-lamport",
        needs: "no process forgets",
        how: "a process crashes and begins again from its first state",
        system: TWO,
        faults: "amnesia=1",
        remedy: "a log on stable storage",
        by: By::Lines("log on every process\n"),
    },
    network("lai-yang-loss", "lai-yang", NO_LOSS, TWO_ANY, "drop=1"),
    network("lai-yang-repeat", "lai-yang", NO_REPEAT, TWO_ANY, "dup=1"),
    network("lai-yang-histories-loss", "lai-yang-histories", NO_LOSS, TWO_ANY, "drop=1"),
    network("lai-yang-histories-repeat", "lai-yang-histories", NO_REPEAT, TWO_ANY, "dup=1"),
    network("li-radhakrishnan-venkatesan-loss", "li-radhakrishnan-venkatesan", NO_LOSS, TWO_ANY, "drop=1"),
    network("li-radhakrishnan-venkatesan-repeat", "li-radhakrishnan-venkatesan", NO_REPEAT, TWO_ANY, "dup=1"),
    network("mattern-loss", "mattern", NO_LOSS, TWO_ANY, "drop=1"),
    network("mattern-repeat", "mattern", NO_REPEAT, TWO_ANY, "dup=1"),
    network("venkatesan-order", "venkatesan", ORDER, TOLD_ANY, ""),
    network("venkatesan-loss", "venkatesan", NO_LOSS, TOLD, "drop=1"),
    network("venkatesan-repeat", "venkatesan", NO_REPEAT, TOLD, "dup=1"),
    instead(
        "venkatesan-late-markers",
        "venkatesan-left-out",
        ("a marker that was left out goes before the next message after all", "it does not"),
        TOLD,
        ("the marker that was left out", "venkatesan"),
    ),
    network("acharya-badrinath-loss", "acharya-badrinath", NO_LOSS, TOLD_ANY, "drop=1"),
    network("acharya-badrinath-repeat", "acharya-badrinath", NO_REPEAT, TOLD_ANY, "dup=1"),
    instead(
        "acharya-badrinath-causal",
        "acharya-badrinath-as-it-comes",
        ("messages are delivered in causal order", "as they come"),
        TOLD_ANY,
        ("causal delivery", "acharya-badrinath"),
    ),
    instead(
        "acharya-badrinath-broadcast",
        "acharya-badrinath-one-by-one",
        ("the token is one broadcast", "the initiator goes on between its tokens"),
        TOLD_ANY,
        ("all tokens in one step", "acharya-badrinath"),
    ),
    network("alagar-venkatesan-loss", "alagar-venkatesan", NO_LOSS, TOLD_ANY, "drop=1"),
    network("alagar-venkatesan-repeat", "alagar-venkatesan", NO_REPEAT, TOLD_ANY, "dup=1"),
    instead(
        "alagar-venkatesan-causal",
        "alagar-venkatesan-as-it-comes",
        ("messages are delivered in causal order", "as they come"),
        TOLD_ANY,
        ("causal delivery", "alagar-venkatesan"),
    ),
    instead(
        "alagar-venkatesan-broadcast",
        "alagar-venkatesan-one-by-one",
        ("the token is one broadcast", "the initiator goes on between its tokens"),
        TOLD_ANY,
        ("all tokens in one step", "alagar-venkatesan"),
    ),
    network("spezialetti-kearns-order", "spezialetti-kearns", ORDER, TWO_ANY, ""),
    network("spezialetti-kearns-loss", "spezialetti-kearns", NO_LOSS, TWO, "drop=1"),
    network("spezialetti-kearns-repeat", "spezialetti-kearns", NO_REPEAT, TWO, "dup=1"),
    network("index-based-repeat", "index-based", NO_REPEAT, TWO_ANY, "dup=1"),
    instead(
        "index-based-before",
        "index-based-late",
        ("the forced checkpoint comes before the message", "it comes after"),
        TWO_ANY,
        ("before", "index-based"),
    ),
    network("koo-toueg-loss", "koo-toueg", NO_LOSS, BOTH, "drop=1"),
    network("koo-toueg-repeat", "koo-toueg", NO_REPEAT, BOTH, "dup=1"),
    instead(
        "koo-toueg-waiting",
        "koo-toueg-unblocked",
        ("nothing is sent before the decision", "sending goes on"),
        BOTH,
        ("waiting", "koo-toueg"),
    ),
    instead(
        "naive-instants",
        "naive",
        ("all record at the same instant", "one after the other"),
        TWO,
        ("markers", "chandy-lamport"),
    ),
    instead(
        "clock-stamps",
        "clock at 10",
        NEAR,
        CLOCKS,
        ("stamps that make who is behind record first", "clock at 10 stamps"),
    ),
    instead(
        "clock-holding",
        "clock at 10",
        NEAR,
        CLOCKS,
        ("holding back what is stamped later than the own clock", "clock at 10 holding"),
    ),
    instead(
        "clock-silence",
        "clock at 10",
        NEAR,
        CLOCKS,
        ("nobody sends for 4 units after the moment", "clock at 10 silence 4"),
    ),
    network("vector-clocks-loss", "vector-clocks", NO_LOSS, TOLD_ANY, "drop=1"),
    network("vector-clocks-repeat", "vector-clocks", NO_REPEAT, TOLD_ANY, "dup=1"),
    instead(
        "vector-clocks-repair",
        "vector-clocks-unrepaired",
        ("the records are brought to the nearest consistent cut", "they stay as they are"),
        TOLD_ANY,
        ("going back to the nearest consistent cut", "vector-clocks"),
    ),
    instead(
        "uncoordinated-lines",
        "uncoordinated",
        ("checkpoints with one number fit together", "each is taken whenever its process likes"),
        TWO_ANY,
        ("checkpoints that messages induce", "index-based"),
    ),
    network("dijkstra-scholten-loss", "dijkstra-scholten", NO_LOSS, WORK, "drop=1"),
    network("dijkstra-scholten-repeat", "dijkstra-scholten", NO_REPEAT, WORK, "dup=1"),
    instead(
        "dijkstra-scholten-counting",
        "dijkstra-scholten-early",
        ("who is engaged answers last", "it answers when it has nothing to do"),
        "process Ann is active and 1 sends\nprocess Bob is passive and 1 sends\nprocess Col is passive and 0 sends\n\
                 channel Ann -> Bob\nchannel Bob -> Col\ncontrol channel Bob -> Ann\ncontrol channel Col -> Bob\n",
        ("an answer when all that was sent has been answered", "dijkstra-scholten"),
    ),
    network("aligned-barriers-order", "aligned-barriers", ORDER, FLOW_ANY, ""),
    network("aligned-barriers-loss", "aligned-barriers", NO_LOSS, FLOW, "drop=1"),
    network("aligned-barriers-repeat", "aligned-barriers", NO_REPEAT, FLOW, "dup=1"),
    network("unaligned-barriers-order", "unaligned-barriers", ORDER, FLOW_ANY, ""),
    network("unaligned-barriers-loss", "unaligned-barriers", NO_LOSS, FLOW, "drop=1"),
    network("unaligned-barriers-repeat", "unaligned-barriers", NO_REPEAT, FLOW, "dup=1"),
    instead(
        "barriers-alignment",
        "barriers-at-least-once",
        ("a join waits for the barriers of all its channels", "it goes on"),
        FLOW,
        ("alignment", "aligned-barriers"),
    ),
    Row {
        file: "barriers-feedback",
        algorithm: "aligned-barriers",
        needs: "every loop has a feedback channel",
        how: "a loop without one",
        system: "process A emits\nprocess J sums\nprocess K sums\nchannel A -> J\nchannel J -> K\nchannel K -> J\n",
        faults: "",
        remedy: "a feedback channel in the loop",
        by: By::System(
            "process A emits\nprocess J sums\nprocess K sums\nchannel A -> J\nchannel J -> K\nchannel K -> J feedback\n",
        ),
    },
];

const CLOCKS: &str = "process Ann has 1 and 1 sends\nprocess Bob has 0 and 1 sends\nchannel Ann -> Bob\nchannel Bob -> Ann\n\
                      clock Bob offset -3\n";
const FLOW: &str = "process A emits 1\nprocess B emits 2\nprocess J sums\nchannel A -> J\nchannel B -> J\n";
const FLOW_ANY: &str =
    "process A emits 1\nprocess B emits 2\nprocess J sums\nchannel A -> J unordered\nchannel B -> J unordered\n";
