//! Algorithms that need no order in the channels, in every run of the systems that show it of Lai and Yang's: whatever the
//! order, every complete snapshot is consistent and none gets stuck.

use cutline_core::explore::{Exploration, Explorer, Faults, Planned, Target, View};
use cutline_core::scenario::Expectation;
use cutline_core::{Action, Method, Scenario, SnapshotId};
use cutline_formats::SystemFile;
use cutline_tests::stored;
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

/// What is found out about a system, in a line.
fn row(exploration: &Exploration, algorithm: Method) -> String {
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
    format!("{} states, {recorded} recorded states of {base_states}", plain.progress.states)
}

fn rows(algorithm: &str) -> String {
    let mut rows = String::new();
    for name in BAGS {
        let (exploration, method) = under(name, algorithm);
        writeln!(rows, "{name}: {}", row(&exploration, method)).expect("a string");
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
    .assert_eq(&rows("mattern"));
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
    let mut explorer = Explorer::new(Exploration { faults, ..exploration }, algorithm);
    explorer.run();
    let wrong = explorer.counterexamples().into_iter().filter(|example| example.violation.complete);
    let shortest = wrong.min_by_key(|example| example.actions.len()).expect("it can go wrong");
    assert_eq!(shortest.actions, scenario.script, "{name}");
}

/// What each algorithm takes for granted, and the least that happens without it.
#[test]
fn the_stored_runs_are_the_shortest_that_go_wrong() {
    let once_more = Faults { copies: 1, target: Target::Messages, ..Faults::default() };
    is_shortest_wrong("vector-and-a-repeated-message", once_more);
}
