//! Runs to draw.

use cutline_core::action::Copied;
use cutline_core::{Action, ChannelId, Computation, Group, History, Method, Payload, ProcessId, Scenario, SnapshotId};
use cutline_diagram::{Captions, Chart, Ghost, Orientation, Scene, View, lay_out};

pub(crate) const MONEY: &str = include_str!("../../../session/scenarios/money-in-flight.cutline");
pub(crate) const OWED: &str = include_str!("../../../session/scenarios/one-marker-at-a-time.cutline");
pub(crate) const NEVER_OCCURRED: &str = include_str!("../../../session/scenarios/never-occurred.cutline");

/// Parallel channels, a disorderly one, great sums and names of every kind.
pub(crate) const WIDE: &str = "
    cutline 1
    title Wide
    process a<b&\"c\" has 1000000
    process 银行 has 7
    process third has 0
    process d has 50
    channel one: a<b&\"c\" -> 银行
    channel two: a<b&\"c\" -> 银行
    channel loose: 银行 -> a<b&\"c\" unordered
    channel 银行 -> third
    channel third -> a<b&\"c\"
    channel third -> d
    channel d -> 银行
    channel d -> a<b&\"c\"
    channel a<b&\"c\" -> d
    run";

/// States of different lengths, and steps that touch no channel.
pub(crate) const TURNS: &str = "
    cutline 1
    title Turns
    process p in idle
    process q in idle
    channel c: p -> q
    channel d: q -> p
    rule p: idle -> on-its-way-to-somewhere
    rule p: on-its-way-to-somewhere -> idle sends done on c
    rule q: idle -> told receives done on c
    rule q: told -> idle sends thanks on d
    rule p: idle -> idle receives thanks on d
    run";

/// A process that turns back and forth by itself.
pub(crate) const ALONE: &str = "
    cutline 1
    title Alone
    process p in here
    process q in here
    channel c: p -> q
    rule p: here -> there
    rule p: there -> here
    run";

/// All that can go wrong, once.
pub(crate) const MISHAPS: &str = "
    cutline 1
    title Faults
    process Ann has 50
    process Bob has 50
    process Cid has 50
    channels complete

    run
    Ann sends 10 to Bob
    Ann sends 5 to Bob
    Ann starts a snapshot
    repeat item 1 on Ann -> Bob
    Bob receives from Ann
    lose item 2 on Ann -> Bob
    Bob receives from Ann
    lose item 1 on Ann -> Cid
    Cid sends 7 to Bob
    repeat item 1 on Cid -> Bob behind everything
    Bob crashes
    Cid sends 3 to Ann
    Ann receives from Cid
    Bob restarts
    Bob receives from Cid";
pub(crate) const PARTITION: &str = include_str!("../../../../tests/data/scenarios/partition-and-heal.cutline");
pub(crate) const REPAIRED: &str = include_str!("../../../../tests/data/scenarios/marker-sent-again.cutline");

/// Colours and what was sent before ride on every message.
pub(crate) const RIDING: &str = "
    cutline 1
    title Riding
    process Ann has 50
    process Bob has 50
    process Cid has 50
    channels complete
    algorithm alagar-venkatesan

    run
    Ann sends 10 to Cid
    Ann sends 5 to Bob
    Bob receives from Ann
    Bob sends 7 to Cid
    Ann starts a snapshot
    Ann sends 3 to Cid
    Cid receives from Ann
    Cid receives from Bob
    Cid receives from Ann";

/// Checkpoints of no more processes than have to: of Bob alone, and then of Ann alone.
pub(crate) const CONCLUDED: &str = "
    cutline 1
    title Concluded
    process Ann has 50
    process Bob has 50
    process Cid has 50
    channels complete
    algorithm koo-toueg

    run
    Cid sends 2 to Ann
    Bob starts a snapshot
    Ann sends 10 to Cid
    Ann starts a snapshot
    Cid receives from Ann";

/// Links that repair channels without order.
pub(crate) const LINKS: &str = "
    cutline 1
    title Links
    process p has 50
    process q has 50
    channel p -> q unordered
    channel q -> p unordered
    numbers on p -> q
    run";

pub(crate) const ALL: [&str; 5] = [MONEY, NEVER_OCCURRED, WIDE, TURNS, LINKS];

pub(crate) type Run = History<Method>;

/// The prepared run of a scenario, at its end.
pub(crate) fn prepared(scenario: &str) -> Run {
    Scenario::parse(scenario.trim()).unwrap().play()
}

/// Knuth's linear congruential generator; the same numbers on every machine.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(n).unwrap()).unwrap()
    }
}

/// A random run of so many steps, with snapshots in it. The higher `hurry`, the sooner messages arrive. In some things
/// go wrong.
pub(crate) fn random(scenario: &str, seed: u64, steps: usize, hurry: usize) -> Run {
    let mut dice = Dice(seed);
    let mut run = prepared(scenario);
    for _ in 0..steps * 40 {
        if run.len() >= steps {
            break;
        }
        let action = random_action(&mut dice, &run, hurry, seed % 8 > 4);
        _ = run.act(action);
    }
    run
}

/// Something that the network or a process does wrong, or a link about it.
fn mishap(dice: &mut Dice, process: ProcessId, channel: ChannelId) -> Action {
    let position = u32::try_from(dice.below(3)).unwrap();
    match dice.below(10) {
        0 | 1 => Action::Lose { channel, position },
        2 => Action::Duplicate { channel, position, copy: Copied::Adjacent },
        3 => Action::Duplicate { channel, position, copy: Copied::Tail },
        4 | 5 => Action::SendAgain { channel, number: u32::try_from(dice.below(12)).unwrap() },
        6 => Action::Crash { process },
        7 => Action::Restart { process },
        8 => Action::Partition { group: Group(1) },
        _ => Action::Heal,
    }
}

fn random_action(dice: &mut Dice, run: &Run, hurry: usize, goes_wrong: bool) -> Action {
    let topology = run.world().topology();
    let process = ProcessId::at(dice.below(topology.process_count()));
    let channel = ChannelId::at(dice.below(topology.channel_count()));
    if goes_wrong && dice.below(5) == 0 {
        return mishap(dice, process, channel);
    }
    if dice.below(24) == 0 && run.world().snapshots().len() < 3 {
        return Action::Initiate { process, snapshot: SnapshotId::at(dice.below(3)) };
    }
    if dice.below(10) < hurry {
        return Action::Deliver { channel, position: u32::try_from(dice.below(3)).unwrap() };
    }
    match &run.world().system().computation {
        Computation::Automaton(automaton) if dice.below(2) == 0 => {
            Action::Act { process, choice: u16::try_from(dice.below(automaton.rules().len())).unwrap() }
        }
        Computation::Automaton(_) => Action::Send { channel, payload: Payload(i64::try_from(dice.below(2)).unwrap()) },
        Computation::Bank(_) | Computation::Dataflow(_) => {
            Action::Send { channel, payload: Payload(i64::try_from(dice.below(40)).unwrap() + 1) }
        }
        Computation::Diffusing(_) | Computation::Resources(_) => Action::Send { channel, payload: Payload(0) },
    }
}

pub(crate) const DESKTOP: (i32, i32, bool) = (1040, 560, false);
pub(crate) const PHONE: (i32, i32, bool) = (390, 400, true);

/// The scene of a run after some of its steps, with the cut of the latest snapshot.
pub(crate) fn scene_at(run: &mut Run, step: usize, (width, height, compact): (i32, i32, bool)) -> Scene {
    seen(run, step, |view| View { width, height, compact, captions: captions(compact), ..view })
}

/// The scene of a run after some of its steps, with the cut of the latest snapshot, looked at in some way.
pub(crate) fn seen(run: &mut Run, step: usize, look: impl for<'a> Fn(View<'a>) -> View<'a>) -> Scene {
    run.seek(step);
    let snapshots = run.world().snapshots().iter().enumerate().filter(|(_, snapshot)| snapshot.has_begun());
    let snapshot = snapshots.map(|(at, _)| SnapshotId::at(at)).next_back();
    let mut chart = Chart::new(&run.trace_to(run.len()));
    chart.add_tags(run.tag_roles(run.tip(), 0));
    let blocked = blocked(run);
    let view = View { snapshot, blocked: &blocked, ..plain(run.step(), &run.world().system().computation) };
    lay_out(&chart, &look(view))
}

/// Nothing but the run, on a desktop.
pub(crate) fn plain(now: usize, words: &Computation) -> View<'_> {
    View {
        width: DESKTOP.0,
        height: DESKTOP.1,
        compact: DESKTOP.2,
        orientation: Orientation::Across,
        column: None,
        window: None,
        now,
        blocked: &[],
        snapshot: None,
        hidden: &[],
        ghost: Ghost::default(),
        own_cut: None,
        words,
        captions: captions(false),
    }
}

/// A run of so many processes in a ring both ways and so many actions, with two snapshots in it.
pub(crate) fn long(processes: usize, actions: usize) -> Run {
    let names = (0..processes).map(|at| format!("process p{at} has 1000\n")).collect::<String>();
    let next = |at: usize| (at + 1) % processes;
    let ring = (0..processes).map(|at| format!("channel p{at} -> p{}\nchannel p{} -> p{at}\n", next(at), next(at)));
    let text = format!("cutline 1\ntitle Long\n{names}{}run\n", ring.collect::<String>());
    let mut run = prepared(&text);
    let mut dice = Dice(7);
    while run.len() < actions {
        let channel = ChannelId::at(dice.below(processes * 2));
        let action = match run.len() {
            at if at == actions / 4 => Action::Initiate { process: ProcessId(0), snapshot: SnapshotId(0) },
            at if at == actions / 2 => Action::Initiate { process: ProcessId(1), snapshot: SnapshotId(1) },
            _ if dice.below(20) < 11 => Action::Deliver { channel, position: 0 },
            _ => Action::Send { channel, payload: Payload(1) },
        };
        _ = run.act(action);
    }
    run
}

fn captions(compact: bool) -> Captions {
    Captions {
        recorded: if compact { String::new() } else { "recorded ".into() },
        now: "now".into(),
        past: "past of the cut".into(),
        to_come: "to join".into(),
        gone: "has left".into(),
    }
}

/// The channels whose head cannot be delivered now.
pub(crate) fn blocked(run: &Run) -> Vec<ChannelId> {
    let world = run.world();
    let stuck = |channel: &ChannelId| {
        let deliver = Action::Deliver { channel: *channel, position: 0 };
        world.in_channel(*channel).len() > 0 && world.check(deliver).is_err()
    };
    world.topology().channels().filter(stuck).collect()
}
