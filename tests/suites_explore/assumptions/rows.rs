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

const ORDER: (&str, &str) = ("channels hand over in order", OVERTAKEN);
const NO_LOSS: (&str, &str) = ("nothing is lost", LOST);
const NO_REPEAT: (&str, &str) = ("nothing comes twice", REPEATED);

/// All of them.
pub(super) const ROWS: &[Row] = &[
    network("chandy-lamport-order", "chandy-lamport", ORDER, TWO_ANY, ""),
    network("chandy-lamport-loss", "chandy-lamport", NO_LOSS, TWO, "drop=1"),
    network("chandy-lamport-repeat", "chandy-lamport", NO_REPEAT, TWO, "dup=1"),
    Row {
        file: "chandy-lamport-markers-first",
        algorithm: "cl-lazy-unordered",
        needs: "markers go before anything else",
        how: "a message leaves before the marker that is owed",
        system: TWO,
        faults: "",
        remedy: "waiting until the marker has gone",
        by: By::Algorithm("cl-lazy"),
    },
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
    Row {
        file: "venkatesan-late-markers",
        algorithm: "venkatesan-left-out",
        needs: "a marker that was left out goes before the next message after all",
        how: "it does not",
        system: TOLD,
        faults: "",
        remedy: "the marker that was left out",
        by: By::Algorithm("venkatesan"),
    },
    network("acharya-badrinath-loss", "acharya-badrinath", NO_LOSS, TOLD_ANY, "drop=1"),
    network("acharya-badrinath-repeat", "acharya-badrinath", NO_REPEAT, TOLD_ANY, "dup=1"),
    Row {
        file: "acharya-badrinath-causal",
        algorithm: "acharya-badrinath-as-it-comes",
        needs: "messages are delivered in causal order",
        how: "as they come",
        system: TOLD_ANY,
        faults: "",
        remedy: "causal delivery",
        by: By::Algorithm("acharya-badrinath"),
    },
    Row {
        file: "acharya-badrinath-broadcast",
        algorithm: "acharya-badrinath-one-by-one",
        needs: "the token is one broadcast",
        how: "the initiator goes on between its tokens",
        system: TOLD_ANY,
        faults: "",
        remedy: "all tokens in one step",
        by: By::Algorithm("acharya-badrinath"),
    },
    network("alagar-venkatesan-loss", "alagar-venkatesan", NO_LOSS, TOLD_ANY, "drop=1"),
    network("alagar-venkatesan-repeat", "alagar-venkatesan", NO_REPEAT, TOLD_ANY, "dup=1"),
    Row {
        file: "alagar-venkatesan-causal",
        algorithm: "alagar-venkatesan-as-it-comes",
        needs: "messages are delivered in causal order",
        how: "as they come",
        system: TOLD_ANY,
        faults: "",
        remedy: "causal delivery",
        by: By::Algorithm("alagar-venkatesan"),
    },
    Row {
        file: "alagar-venkatesan-broadcast",
        algorithm: "alagar-venkatesan-one-by-one",
        needs: "the token is one broadcast",
        how: "the initiator goes on between its tokens",
        system: TOLD_ANY,
        faults: "",
        remedy: "all tokens in one step",
        by: By::Algorithm("alagar-venkatesan"),
    },
    network("spezialetti-kearns-order", "spezialetti-kearns", ORDER, TWO_ANY, ""),
    network("spezialetti-kearns-loss", "spezialetti-kearns", NO_LOSS, TWO, "drop=1"),
    network("spezialetti-kearns-repeat", "spezialetti-kearns", NO_REPEAT, TWO, "dup=1"),
    network("index-based-loss", "index-based", NO_LOSS, TWO_ANY, "drop=1"),
    network("index-based-repeat", "index-based", NO_REPEAT, TWO_ANY, "dup=1"),
    Row {
        file: "index-based-before",
        algorithm: "index-based-late",
        needs: "the forced checkpoint comes before the message",
        how: "it comes after",
        system: TWO_ANY,
        faults: "",
        remedy: "before",
        by: By::Algorithm("index-based"),
    },
    network("koo-toueg-loss", "koo-toueg", NO_LOSS, BOTH, "drop=1"),
    network("koo-toueg-repeat", "koo-toueg", NO_REPEAT, BOTH, "dup=1"),
    Row {
        file: "koo-toueg-waiting",
        algorithm: "koo-toueg-unblocked",
        needs: "nothing is sent before the decision",
        how: "sending goes on",
        system: BOTH,
        faults: "",
        remedy: "waiting",
        by: By::Algorithm("koo-toueg"),
    },
    Row {
        file: "naive-instants",
        algorithm: "naive",
        needs: "all record at the same instant",
        how: "one after the other",
        system: TWO,
        faults: "",
        remedy: "markers",
        by: By::Algorithm("chandy-lamport"),
    },
    Row {
        file: "clock-stamps",
        algorithm: "clock at 10",
        needs: "clocks that differ by no more than a message takes",
        how: "Bob's clock is slow by 3, and messages take no time",
        system: CLOCKS,
        faults: "",
        remedy: "stamps that make who is behind record first",
        by: By::Algorithm("clock at 10 stamps"),
    },
    Row {
        file: "clock-holding",
        algorithm: "clock at 10",
        needs: "clocks that differ by no more than a message takes",
        how: "Bob's clock is slow by 3, and messages take no time",
        system: CLOCKS,
        faults: "",
        remedy: "holding back what is stamped later than the own clock",
        by: By::Algorithm("clock at 10 holding"),
    },
    Row {
        file: "clock-silence",
        algorithm: "clock at 10",
        needs: "clocks that differ by no more than a message takes",
        how: "Bob's clock is slow by 3, and messages take no time",
        system: CLOCKS,
        faults: "",
        remedy: "nobody sends for 4 units after the moment",
        by: By::Algorithm("clock at 10 silence 4"),
    },
    network("vector-clocks-loss", "vector-clocks", NO_LOSS, TOLD_ANY, "drop=1"),
    network("vector-clocks-repeat", "vector-clocks", NO_REPEAT, TOLD_ANY, "dup=1"),
    Row {
        file: "vector-clocks-repair",
        algorithm: "vector-clocks-unrepaired",
        needs: "the records are brought to the nearest consistent cut",
        how: "they stay as they are",
        system: TOLD_ANY,
        faults: "",
        remedy: "going back to the nearest consistent cut",
        by: By::Algorithm("vector-clocks"),
    },
    Row {
        file: "uncoordinated-lines",
        algorithm: "uncoordinated",
        needs: "checkpoints with one number fit together",
        how: "each is taken whenever its process likes",
        system: TWO_ANY,
        faults: "",
        remedy: "checkpoints that messages induce",
        by: By::Algorithm("index-based"),
    },
    network("dijkstra-scholten-loss", "dijkstra-scholten", NO_LOSS, WORK, "drop=1"),
    network("dijkstra-scholten-repeat", "dijkstra-scholten", NO_REPEAT, WORK, "dup=1"),
    Row {
        file: "dijkstra-scholten-counting",
        algorithm: "dijkstra-scholten-early",
        needs: "who is engaged answers last",
        how: "it answers when it has nothing to do",
        system: "process Ann is active and 1 sends\nprocess Bob is passive and 1 sends\nprocess Col is passive and 0 sends\n\
                 channel Ann -> Bob\nchannel Bob -> Col\ncontrol channel Bob -> Ann\ncontrol channel Col -> Bob\n",
        faults: "",
        remedy: "an answer when all that was sent has been answered",
        by: By::Algorithm("dijkstra-scholten"),
    },
    network("aligned-barriers-order", "aligned-barriers", ORDER, FLOW_ANY, ""),
    network("aligned-barriers-loss", "aligned-barriers", NO_LOSS, FLOW, "drop=1"),
    network("aligned-barriers-repeat", "aligned-barriers", NO_REPEAT, FLOW, "dup=1"),
    network("unaligned-barriers-order", "unaligned-barriers", ORDER, FLOW_ANY, ""),
    network("unaligned-barriers-loss", "unaligned-barriers", NO_LOSS, FLOW, "drop=1"),
    network("unaligned-barriers-repeat", "unaligned-barriers", NO_REPEAT, FLOW, "dup=1"),
    Row {
        file: "barriers-alignment",
        algorithm: "barriers-at-least-once",
        needs: "a join waits for the barriers of all its channels",
        how: "it goes on",
        system: FLOW,
        faults: "",
        remedy: "alignment",
        by: By::Algorithm("aligned-barriers"),
    },
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
