//! Algorithms that need no order in the channels, in every run of the systems that show it of Lai and Yang's: whatever the
//! order, every complete snapshot is consistent and none gets stuck.

use crate::figures::known;
use cutline_core::explore::{Exploration, Explorer, Faults, Planned, Target, View, explore_whole};
use cutline_core::scenario::Expectation;
use cutline_core::{
    Action, ChandyLamport, ChannelId, LocalState, Method, Payload, ProcessId, Scenario, SnapshotId, System, World,
};
use cutline_formats::SystemFile;
use cutline_tests::stored;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

/// Systems whose channels have no order, one snapshot, and an application that ends.
const BAGS: [&str; 6] = [
    "h1_ly_two_t10_b10_i0",
    "h2_ly_two_t10_b11_i0",
    "h3_ly_two_t20_b20_i0",
    "h4_ly_two_t11_b11_i0",
    "h5_ly_ring3_t111_b111_i0",
    "h6_ly_k3_t100_b100_i0",
];

/// A stored system under another algorithm.
fn under(name: &str, algorithm: &str) -> (Exploration, Method) {
    let SystemFile { algorithm: own, .. } = stored::system(name);
    assert_eq!(own, "lai-yang");
    let file = SystemFile { algorithm: algorithm.to_owned(), ..stored::system(name) };
    file.exploration().expect("a system that can be explored")
}

/// How many states the application alone can be in, found without the explorer; and in how many of these nothing is under
/// way from the first process.
fn application_states(exploration: &Exploration) -> (u64, u64) {
    let topology = &exploration.system.topology;
    let channels: Vec<ChannelId> = topology.channels().filter(|channel| !topology.is_for_control(*channel)).collect();
    let key = |world: &World<ChandyLamport>| {
        let states: Vec<LocalState> = topology.processes().map(|process| world.state(process)).collect();
        let under_way: Vec<usize> = channels.iter().map(|channel| world.in_channel(*channel).len()).collect();
        format!("{states:?} {under_way:?}")
    };
    let mut open = vec![World::new(exploration.system.clone(), ChandyLamport::default())];
    let (mut seen, mut from_first_empty) = (BTreeSet::from([key(&open[0])]), 0);
    while let Some(world) = open.pop() {
        let is_empty = |channel: &&ChannelId| world.in_channel(**channel).len() == 0;
        from_first_empty += u64::from(topology.outgoing(ProcessId(0)).iter().all(|channel| is_empty(&channel)));
        let sends = channels.iter().map(|channel| Action::Send { channel: *channel, payload: Payload(1) });
        for action in sends.chain(world.deliveries()) {
            let mut next = world.clone();
            if next.apply(action, &mut Vec::new()).is_ok() && seen.insert(key(&next)) {
                open.push(next);
            }
        }
    }
    (seen.len() as u64, from_first_empty)
}

/// What is found out about a system, in a line. `all`: whether every state of the application can be recorded, or only
/// those with nothing under way from the initiator.
fn row(exploration: &Exploration, algorithm: Method, all: bool) -> String {
    let mut base = Explorer::alone(exploration);
    let base_states = base.run().states;
    let mut plain = Explorer::with_base(exploration.clone(), algorithm, Arc::new(base));
    plain.run();
    let plain = plain.plain_figures();
    let mut tagged = Explorer::new(exploration.viewed(View::Tagged), algorithm);
    tagged.run();
    let tagged = tagged.tagged_figures();
    assert!(tagged.complete_states > 0);
    assert_eq!(plain.states_that_cannot_complete, Some(0), "stuck");
    assert_eq!((plain.terminal_incomplete, tagged.inconsistent_complete), (0, 0));
    assert!(tagged.violations.is_empty(), "{:?}", tagged.violations);
    assert_eq!(plain.snapshots_outside_base, Some(vec![0]));
    let recorded = plain.distinct_snapshots[0];
    let (states, from_initiator_empty) = application_states(exploration);
    assert_eq!(states, base_states);
    assert_eq!(recorded, if all { states } else { from_initiator_empty });
    format!("{} states, {recorded} recorded states of {base_states}", plain.progress.states)
}

/// The same with control channels between the initiator and everybody.
fn with_ways(exploration: Exploration) -> Exploration {
    let mut system = System::clone(&exploration.system);
    let others: Vec<ProcessId> = system.topology.processes().skip(1).collect();
    for other in others {
        for (from, to) in [(ProcessId(0), other), (other, ProcessId(0))] {
            system.topology.add_control_channel(None, from, to).expect("a control channel");
        }
    }
    Exploration { system: Arc::new(system), ..exploration }
}

fn rows(algorithm: &str, ways: bool) -> String {
    let mut rows = String::new();
    for name in BAGS {
        let (exploration, method) = under(name, algorithm);
        let exploration = if ways { with_ways(exploration) } else { exploration };
        writeln!(rows, "{name}: {}", row(&exploration, method, !ways)).expect("a string");
    }
    rows
}

/// Whatever state the application can be in, it can be recorded: no channel is forced to be empty.
#[test]
fn vectors_record_every_state() {
    expect_test::expect![[r#"
        h1_ly_two_t10_b10_i0: 29 states, 3 recorded states of 3
        h2_ly_two_t10_b11_i0: 70 states, 5 recorded states of 5
        h3_ly_two_t20_b20_i0: 88 states, 6 recorded states of 6
        h4_ly_two_t11_b11_i0: 147 states, 9 recorded states of 9
        h5_ly_ring3_t111_b111_i0: 934 states, 27 recorded states of 27
        h6_ly_k3_t100_b100_i0: 70 states, 5 recorded states of 5
    "#]]
    .assert_eq(&rows("mattern", false));
}

#[test]
fn histories_record_every_state() {
    expect_test::expect![[r#"
        h1_ly_two_t10_b10_i0: 21 states, 3 recorded states of 3
        h2_ly_two_t10_b11_i0: 48 states, 5 recorded states of 5
        h3_ly_two_t20_b20_i0: 76 states, 6 recorded states of 6
        h4_ly_two_t11_b11_i0: 109 states, 9 recorded states of 9
        h5_ly_ring3_t111_b111_i0: 775 states, 27 recorded states of 27
        h6_ly_k3_t100_b100_i0: 436 states, 5 recorded states of 5
    "#]]
    .assert_eq(&rows("lai-yang-histories", false));
    expect_test::expect![[r#"
        h1_ly_two_t10_b10_i0: 21 states, 3 recorded states of 3
        h2_ly_two_t10_b11_i0: 48 states, 5 recorded states of 5
        h3_ly_two_t20_b20_i0: 78 states, 6 recorded states of 6
        h4_ly_two_t11_b11_i0: 109 states, 9 recorded states of 9
        h5_ly_ring3_t111_b111_i0: 775 states, 27 recorded states of 27
        h6_ly_k3_t100_b100_i0: 436 states, 5 recorded states of 5
    "#]]
    .assert_eq(&rows("li-radhakrishnan-venkatesan", false));
}

/// With histories everything happens as with counts but for who waits; where no two messages are alike the figures are those
/// that others found for counts.
#[test]
fn histories_have_the_figures_of_counts() {
    for known in known() {
        let name = known["name"].as_str().expect("a name");
        // In h3 two messages are alike but for their numbers, which histories tell apart in every view.
        if !BAGS.contains(&name) || name == "h3_ly_two_t20_b20_i0" {
            continue;
        }
        for algorithm in ["lai-yang-histories", "li-radhakrishnan-venkatesan"] {
            let (exploration, method) = under(name, algorithm);
            let mut explorer = Explorer::new(exploration, method);
            let found = explorer.run();
            let figures = (found.states, found.transitions, explorer.plain_figures().terminal_states);
            let expected =
                ["states", "transitions", "terminal_states"].map(|field| known[field].as_u64().expect("one"));
            assert_eq!(figures, expected.into(), "{name}, {algorithm}");
        }
    }
}

/// Two snapshots that the same process starts, the second maybe before the first is complete.
#[test]
fn one_snapshot_after_another_is_right() {
    for name in ["h1_ly_two_t10_b10_i0", "h3_ly_two_t20_b20_i0", "h4_ly_two_t11_b11_i0"] {
        let (mut exploration, _) = under(name, "li-radhakrishnan-venkatesan");
        exploration.snapshots.push(Planned { id: SnapshotId(1), initiators: vec![ProcessId(0)] });
        let method = Method::named("li-radhakrishnan-venkatesan").expect("an algorithm");
        let method = method.planned_for([SnapshotId(0), SnapshotId(1)]);
        let mut tagged = Explorer::new(exploration.viewed(View::Tagged), method);
        tagged.run();
        let found = tagged.tagged_figures();
        assert!(found.complete_states >= 10, "{name}: {}", found.complete_states);
        assert_eq!((found.inconsistent_complete, found.incomparable_cuts), (0, 0), "{name}");
        assert!(found.violations.is_empty() && found.single_violations.is_empty(), "{name}");
        assert_eq!(tagged.plain_figures().states_that_cannot_complete, Some(0), "{name}");
    }
}

/// What the initiator has sent comes before its token: so the channels out of it are recorded as empty, and fewer states can
/// be recorded.
#[test]
fn what_causal_delivery_can_record() {
    expect_test::expect![[r#"
        h1_ly_two_t10_b10_i0: 20 states, 2 recorded states of 3
        h2_ly_two_t10_b11_i0: 44 states, 4 recorded states of 5
        h3_ly_two_t20_b20_i0: 51 states, 3 recorded states of 6
        h4_ly_two_t11_b11_i0: 107 states, 6 recorded states of 9
        h5_ly_ring3_t111_b111_i0: 2539 states, 18 recorded states of 27
        h6_ly_k3_t100_b100_i0: 119 states, 3 recorded states of 5
    "#]]
    .assert_eq(&rows("alagar-venkatesan", true));
}

/// The same when the initiator puts everything together; then states are explored whole.
#[test]
fn what_sums_can_record() {
    let mut rows = String::new();
    for name in BAGS {
        let (exploration, method) = under(name, "acharya-badrinath");
        let exploration = with_ways(exploration);
        let (_, from_initiator_empty) = application_states(&exploration);
        let found = explore_whole(&exploration.viewed(View::Tagged), method);
        assert!(found.finished && found.complete_states > 0);
        assert_eq!((found.inconsistent_complete, found.terminal_incomplete), (0, 0), "{name}");
        // Without numbers, what holds the same is the same.
        let plain = explore_whole(&exploration, method);
        assert_eq!(plain.joint_distinct_snapshots, from_initiator_empty, "{name}");
        writeln!(rows, "{name}: {} states, {} with messages told apart", plain.states, found.states).expect("a string");
    }
    expect_test::expect![[r#"
        h1_ly_two_t10_b10_i0: 16 states, 16 with messages told apart
        h2_ly_two_t10_b11_i0: 32 states, 32 with messages told apart
        h3_ly_two_t20_b20_i0: 41 states, 41 with messages told apart
        h4_ly_two_t11_b11_i0: 81 states, 81 with messages told apart
        h5_ly_ring3_t111_b111_i0: 1593 states, 1593 with messages told apart
        h6_ly_k3_t100_b100_i0: 86 states, 86 with messages told apart
    "#]]
    .assert_eq(&rows);
}

/// Vector clocks, repaired: always right, and every state of the application can be recorded. Unrepaired, some are wrong.
#[test]
fn what_vector_clocks_can_record() {
    let mut rows = String::new();
    for name in BAGS.iter().filter(|name| !name.contains("ring3")) {
        let (exploration, method) = under(name, "vector-clocks");
        let exploration = with_ways(exploration);
        let found = explore_whole(&exploration.viewed(View::Tagged), method);
        assert!(found.finished && found.complete_states > 0);
        assert_eq!((found.inconsistent_complete, found.terminal_incomplete), (0, 0), "{name}");
        let plain = explore_whole(&exploration, method);
        let (states, _) = application_states(&exploration);
        assert_eq!(plain.joint_distinct_snapshots, states, "{name}");
        let (_, as_told) = under(name, "vector-clocks-unrepaired");
        let unrepaired = explore_whole(&exploration.viewed(View::Tagged), as_told);
        assert!(unrepaired.finished && unrepaired.terminal_incomplete == 0);
        let (wrong, complete) = (unrepaired.inconsistent_complete, unrepaired.complete_states);
        writeln!(
            rows,
            "{name}: {} states, {} recorded states of {states}; unrepaired {wrong} of {complete} wrong",
            found.states, plain.joint_distinct_snapshots
        )
        .expect("a string");
    }
    expect_test::expect![[r#"
        h1_ly_two_t10_b10_i0: 36 states, 3 recorded states of 3; unrepaired 1 of 7 wrong
        h2_ly_two_t10_b11_i0: 114 states, 5 recorded states of 5; unrepaired 5 of 20 wrong
        h3_ly_two_t20_b20_i0: 209 states, 6 recorded states of 6; unrepaired 10 of 36 wrong
        h4_ly_two_t11_b11_i0: 326 states, 9 recorded states of 9; unrepaired 8 of 54 wrong
        h6_ly_k3_t100_b100_i0: 177 states, 5 recorded states of 5; unrepaired 2 of 13 wrong
    "#]]
    .assert_eq(&rows);
}

/// The stored run is a shortest one to a complete snapshot that is wrong.
fn is_shortest_wrong(name: &str, faults: Faults) {
    let path = format!("{}/data/scenarios/{name}.cutline", env!("CARGO_MANIFEST_DIR"));
    let scenario = Scenario::parse(&std::fs::read_to_string(path).expect("a stored scenario")).expect("a scenario");
    assert!(scenario.expected.iter().any(|expected| expected.what == Expectation::Inconsistent), "{name}");
    assert_eq!(scenario.unmet().len(), 0, "{name}");
    let starts = |action: &Action| match action {
        Action::Initiate { process, .. } => Some(*process),
        _ => None,
    };
    let planned = Planned { id: SnapshotId(0), initiators: scenario.script.iter().filter_map(starts).collect() };
    let exploration = Exploration::new(scenario.system.clone(), vec![planned]).viewed(View::Tagged);
    let algorithm = scenario.algorithm.planned_for([SnapshotId(0)]);
    if algorithm.records_elsewhere() {
        assert_eq!(explore_whole(&exploration, algorithm).counterexample, Some(scenario.script), "{name}");
        return;
    }
    let mut explorer = Explorer::new(Exploration { faults, ..exploration }, algorithm);
    explorer.run();
    let wrong = explorer.counterexamples().into_iter().filter(|example| example.violation.complete);
    let shortest = wrong.min_by_key(|example| example.actions.len()).expect("it can go wrong");
    assert_eq!(shortest.actions, scenario.script, "{name}");
}

/// Where a control message is lost nothing wrong is recorded: the snapshot just is not complete.
#[test]
fn what_is_lost_leaves_a_snapshot_incomplete() {
    for name in ["mattern", "lai-yang-histories", "li-radhakrishnan-venkatesan", "alagar-venkatesan"] {
        let (exploration, method) = under("h2_ly_two_t10_b11_i0", name);
        let faults = Faults { losses: 1, target: Target::Controls, ..Faults::default() };
        let mut explorer = Explorer::new(Exploration { faults, ..exploration }.viewed(View::Tagged), method);
        explorer.run();
        assert_eq!(explorer.tagged_figures().inconsistent_complete, 0, "{name}");
        assert!(explorer.plain_figures().terminal_incomplete > 0, "{name}");
    }
}

/// What each algorithm takes for granted, and the least that happens without it.
#[test]
fn the_stored_runs_are_the_shortest_that_go_wrong() {
    let once_more = Faults { copies: 1, target: Target::Messages, ..Faults::default() };
    is_shortest_wrong("vector-and-a-repeated-message", once_more);
    is_shortest_wrong("histories-and-a-repeated-message", once_more);
    is_shortest_wrong("numbers-and-a-repeated-message", once_more);
    is_shortest_wrong("causal-order-left-out", Faults::default());
    is_shortest_wrong("sums-without-causal-order", Faults::default());
    is_shortest_wrong("tokens-one-by-one", Faults::default());
    is_shortest_wrong("clocks-without-repair", Faults::default());
}
