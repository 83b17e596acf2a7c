//! Crashes, partitions and overtaking in the explorer, against figures that can be counted by hand and against a search
//! written as simply as can be.

use crate::naive::{Counters, Key, Naive};
use cutline_core::computation::Bank;
use cutline_core::explore::{Exploration, Faults, Planned, Status, View, WholeExplorer, explore_whole};
use cutline_core::topology::Order;
use cutline_core::{
    Action, ChandyLamport, Computation, Group, LocalState, ProcessId, SnapshotId, System, Topology, World,
};
use std::collections::BTreeSet;
use std::sync::Arc;

fn faults(text: &str) -> Faults {
    text.parse().expect("what may go wrong")
}

fn system(channels: &[(u16, u16)], purses: &[(i64, u32)]) -> Arc<System> {
    let mut topology = Topology::new();
    for process in 0..purses.len() {
        topology.add_process(&format!("p{process}")).expect("a process");
    }
    for (from, to) in channels {
        topology.add_channel(None, ProcessId(*from), ProcessId(*to), Order::Fifo).expect("a channel");
    }
    let bank = Bank::with_budgets(purses.iter().map(|(amount, sends)| (*amount, Some(*sends)))).expect("a bank");
    Arc::new(System { topology, computation: Computation::Bank(bank) })
}

/// Two messages on one channel, and no snapshot: states (sent, received) with received <= sent <= 2. Six states, six steps.
/// States, steps, and states in which nothing can be done.
fn counted(what: &str) -> (u64, u64, u64) {
    let one_way = system(&[(0, 1)], &[(2, 2), (0, 0)]);
    let exploration = Exploration { faults: faults(what), ..Exploration::new(one_way, Vec::new()) };
    let found = explore_whole(&exploration.viewed(View::Tagged), ChandyLamport::default());
    assert!(found.finished && found.frontier == 0);
    (found.states, found.transitions, found.terminal_states)
}

#[test]
fn one_channel_and_two_messages_as_counted_by_hand() {
    assert_eq!(counted("drop=0"), (6, 6, 1));
    // Each state with nobody crashed, with the sender, with the receiver; twelve crashes; the sender's crash leaves three
    // receipts, the receiver's three sendings. With the sender gone it ends where sent = received, with the receiver where
    // sent = 2.
    assert_eq!(counted("crash=1"), (18, 6 + 12 + 3 + 3, 3 + 3));
    // Two crashes: also six states with both gone, reached from each of the twelve.
    assert_eq!(counted("crash=2"), (24, 24 + 12, 6));
    // Before, while, after: six times to come apart, three sendings meanwhile, six times to be made whole.
    assert_eq!(counted("partition=1"), (18, 6 + 6 + 3 + 6 + 6, 1));
    // One of one, either of two, the other one are changed: four times. Then eight more states: the first changed, and the second not
    // sent or under way; the first dropped, and the second not sent, under way or there; the second changed with the first under
    // way or there, and dropped. Seven steps there: two sendings, five times something is taken.
    assert_eq!(counted("corrupt=1"), (6 + 8, 6 + 4 + 7, 3));
    // The second comes first, then the first; it ends with and without that.
    assert_eq!(counted("reorder=1"), (8, 6 + 2, 2));
    let one_message = system(&[(0, 1)], &[(1, 1), (0, 0)]);
    let exploration = Exploration { faults: faults("amnesia=1"), ..Exploration::new(one_message, Vec::new()) };
    let found = explore_whole(&exploration.viewed(View::Tagged), ChandyLamport::default());
    // (0,0) (1,0) (1,1); each while one of the two is away; then once more, and (1,1) where the receiver forgot what it had; and
    // where the sender has its money again: (1,0) (1,1), and with a second message (2,0) (2,1) (2,2).
    assert_eq!(found.states, 3 + 6 + 4 + 5);
}

/// What tells states apart: as without mishaps, what is remembered (who forgets may still have recorded), who has crashed,
/// which channels are cut off, what is used up, who will be back.
type Whole = (Key, Vec<String>, Vec<bool>, Vec<bool>, [u16; 5], Vec<bool>);

#[derive(Clone)]
struct At {
    world: World<ChandyLamport>,
    counters: Counters,
    used: [u16; 5],
    back: Vec<bool>,
}

/// Losing, repeating, crashing, forgetting, coming apart, in that order.
fn steps(naive: &Naive, at: &At) -> Vec<(Action, Option<usize>)> {
    let topology = at.world.topology();
    let mut steps: Vec<(Action, Option<usize>)> = naive.actions(&at.world).into_iter().map(|one| (one, None)).collect();
    for channel in topology.channels() {
        for position in 0..u32::try_from(at.world.in_channel(channel).count()).expect("few") {
            steps.push((Action::Lose { channel, position }, Some(0)));
            let copy = naive.exploration.faults.copied;
            steps.push((Action::Duplicate { channel, position, copy }, Some(1)));
        }
    }
    for process in topology.processes() {
        steps.extend([2, 3].map(|which| (Action::Crash { process }, Some(which))));
        if at.back[process.index()] {
            steps.push((Action::Restart { process }, None));
        }
    }
    // Each way once: the last process is never in the group.
    let groups = 1..1_u64 << (topology.process_count() - 1);
    steps.extend(groups.map(|group| (Action::Partition { group: Group(group) }, Some(4))));
    steps.push((Action::Heal, None));
    let Faults { losses, copies, crashes, amnesias, partitions, .. } = naive.exploration.faults;
    let most = [losses, copies, crashes, amnesias, partitions];
    steps.retain(|(_, which)| which.is_none_or(|which| at.used[which] < most[which]));
    steps.retain(|(action, _)| at.world.check(*action).is_ok());
    steps
}

/// States, transitions, complete states, states in which nothing can be done.
fn naively(exploration: &Exploration, tagged: bool) -> (u64, u64, u64, u64) {
    let naive = Naive { exploration: exploration.clone(), tagged };
    let key = |at: &At| -> Whole {
        let (world, topology) = (&at.world, at.world.topology());
        let crashed = topology.processes().map(|process| world.has_crashed(process)).collect();
        let cut = topology.channels().map(|channel| world.is_cut_off(channel)).collect();
        let remembered = topology.processes().map(|process| format!("{:?}", world.memory(process))).collect();
        (naive.key(world, &at.counters), remembered, crashed, cut, at.used, at.back.clone())
    };
    let world = World::new(exploration.system.clone(), ChandyLamport::default());
    let back = vec![false; world.topology().process_count()];
    let start = At { world, counters: Counters::default(), used: [0; 5], back };
    let (mut seen, mut open) = (BTreeSet::from([key(&start)]), vec![start]);
    let (mut transitions, mut complete, mut terminal) = (0, 0, 0);
    while let Some(at) = open.pop() {
        let first = at.world.snapshots().first();
        complete += u64::from(first.is_some_and(cutline_core::Snapshot::is_complete));
        let steps = steps(&naive, &at);
        terminal += u64::from(steps.is_empty());
        for (action, which) in steps {
            let (mut next, mut events) = (at.clone(), Vec::new());
            next.world.apply(action, &mut events).expect("it was checked");
            events.iter().for_each(|event| next.counters.follow(next.world.topology(), event));
            if let Some(which) = which {
                next.used[which] += 1;
            }
            match (action, which) {
                (Action::Crash { process }, Some(3)) => next.back[process.index()] = true,
                (Action::Restart { process }, _) => next.back[process.index()] = false,
                _ => {}
            }
            transitions += 1;
            if seen.insert(key(&next)) {
                open.push(next);
            }
        }
    }
    (seen.len() as u64, transitions, complete, terminal)
}

#[test]
fn a_search_written_as_simply_as_can_be_finds_the_same() {
    let two = || system(&[(0, 1), (1, 0)], &[(1, 1), (1, 1)]);
    let three = || system(&[(0, 1), (1, 2), (2, 0)], &[(1, 1), (0, 0), (0, 0)]);
    let cases = [
        (two(), "crash=1"),
        (two(), "amnesia=1"),
        (two(), "partition=1"),
        (two(), "crash=1,partition=1"),
        (two(), "drop=1,partition=1,target=any"),
        (three(), "crash=1"),
        (three(), "partition=1"),
        (three(), "partition=2"),
        (three(), "amnesia=1,crash=1"),
    ];
    for (at, (system, what)) in cases.into_iter().enumerate() {
        let planned = vec![Planned { id: SnapshotId(0), initiators: vec![ProcessId(0)] }];
        let exploration = Exploration { faults: faults(what), ..Exploration::new(system, planned) };
        for view in [View::Plain, View::Tagged] {
            let found = explore_whole(&exploration.viewed(view), ChandyLamport::default());
            let figures = (found.states, found.transitions, found.complete_states, found.terminal_states);
            assert_eq!(figures, naively(&exploration, view == View::Tagged), "case {at}: {what}, {view:?}");
            assert!(found.states > 50 && found.states < 60_000, "case {at}: {what}, {}", found.states);
        }
    }
}

/// What is known of the paper's algorithm: coming apart delays it; a crash for good stops it and spoils nothing.
#[test]
fn a_partition_delays_and_a_crash_stops() {
    let planned = vec![Planned { id: SnapshotId(0), initiators: vec![ProcessId(0)] }];
    let ring = system(&[(0, 1), (1, 2), (2, 0)], &[(1, 1), (1, 1), (0, 1)]);
    let found = |what: &str| {
        let exploration = Exploration { faults: faults(what), ..Exploration::new(ring.clone(), planned.clone()) };
        explore_whole(&exploration.viewed(View::Tagged), ChandyLamport::default())
    };
    let apart = found("partition=1");
    assert_eq!((apart.inconsistent_complete, apart.terminal_incomplete, &apart.stuck), (0, 0, &None));
    let crash = found("crash=1");
    assert_eq!(crash.inconsistent_complete, 0);
    let stuck = crash.stuck.expect("somebody crashes before recording");
    assert!(stuck.iter().any(|action| matches!(action, Action::Crash { .. })));
}

/// Amounts that nobody could have before show that a process began anew: it is explored from there.
#[test]
fn who_begins_again_has_what_it_had_at_first() {
    let one_way = system(&[(0, 1)], &[(1, 1), (0, 0)]);
    let exploration = Exploration { faults: faults("amnesia=1"), ..Exploration::new(one_way, Vec::new()) };
    let mut world = World::new(exploration.system.clone(), ChandyLamport::default());
    let p0 = ProcessId(0);
    for action in [Action::Crash { process: p0 }, Action::Restart { process: p0 }] {
        world.apply(action, &mut Vec::new()).expect("possible");
    }
    assert_eq!(world.state(p0), LocalState::Budgeted { amount: 1, sends_left: 1 });
}

#[test]
fn it_stops_at_every_limit_and_can_go_on_in_slices() {
    let planned = vec![Planned { id: SnapshotId(0), initiators: vec![ProcessId(0)] }];
    let two = system(&[(0, 1), (1, 0)], &[(1, 1), (1, 1)]);
    let exploration = Exploration { faults: faults("crash=1"), ..Exploration::new(two, planned) };
    let whole = explore_whole(&exploration, ChandyLamport::default());
    let mut slices = WholeExplorer::new(&exploration, ChandyLamport::default());
    let mut count = 1;
    while slices.run_slice(7) == Status::Running {
        count += 1;
    }
    assert_eq!((slices.figures(), slices.status()), (whole.clone(), Status::Finished));
    assert!(count > 10);
    let few = Exploration { max_states: 30, ..exploration.clone() };
    let found = explore_whole(&few, ChandyLamport::default());
    assert!(!found.finished && found.frontier > 0 && found.states < whole.states);
    let little = Exploration { max_bytes: 30_000, ..exploration };
    let mut explorer = WholeExplorer::new(&little, ChandyLamport::default());
    assert_eq!(explorer.run_slice(u32::MAX), Status::MemoryReached);
    assert!(explorer.bytes() < 60_000, "it stops soon after");
}
