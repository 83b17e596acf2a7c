//! Every figure of every stored system, compared with those that programs without common code found.

use cutline_core::explore::{Executions, Explorer, Status, View};
use cutline_formats::SystemFile;
use cutline_tests::stored;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// What is known about each stored system.
pub(crate) fn known() -> Vec<Map<String, Value>> {
    serde_json::from_str(include_str!("../data/golden-systems.json")).expect("the known figures")
}

/// The figures of a system, under the names that the file of known figures gives them.
fn figures(file: &SystemFile) -> Value {
    let (exploration, algorithm) = file.exploration().expect("a system that can be explored");
    let mut base = Explorer::alone(&exploration);
    base.run();
    let base = Arc::new(base);
    let mut plain = Explorer::with_base(exploration.clone(), algorithm, base.clone());
    plain.run();
    let mut origins = Explorer::with_base(exploration.viewed(View::Origins), algorithm, base.clone());
    origins.run();
    let (found, reach) = (plain.plain_figures(), origins.reach().expect("origins are kept"));
    assert_eq!((found.progress.status, reach.status), (Status::Finished, Status::Finished));
    let mut all = json!({
        "name": file.name,
        "acyclic": found.maximal_executions != Executions::Infinite,
        "states": found.progress.states,
        "transitions": found.progress.transitions,
        "max_distance": found.progress.depth,
        "complete_states": found.complete_states,
        "complete_with_marker_in_flight": found.complete_with_marker_in_flight,
        "distinct_snapshots": found.distinct_snapshots,
        "snapshot_token_totals": found.snapshot_totals,
        "snapshots_outside_base": found.snapshots_outside_base,
        "terminal_states": found.terminal_states,
        "terminal_incomplete": found.terminal_incomplete,
        "states_that_cannot_complete": found.states_that_cannot_complete,
        "base_states": base.progress().states,
        "base_transitions": base.progress().transitions,
        "reach_pairs_checked": reach.checked,
        "reach_violations": reach.violations,
    });
    if let Executions::Counted(count) = found.maximal_executions {
        all["maximal_executions"] = json!(u64::try_from(count).expect("few enough"));
    }
    if file.tagged {
        let mut tagged = Explorer::new(exploration.viewed(View::Tagged), algorithm);
        tagged.run();
        add_tagged(&mut all, &tagged.tagged_figures());
    }
    all
}

fn add_tagged(all: &mut Value, found: &cutline_core::explore::TaggedFigures) {
    all["tagged_states"] = json!(found.progress.states);
    all["tagged_transitions"] = json!(found.progress.transitions);
    all["tagged_complete"] = json!(found.complete_states);
    all["tagged_inconsistent_complete"] = json!(found.inconsistent_complete);
    all["tagged_complete_with_incomparable_cuts"] = json!(found.incomparable_cuts);
    all["violations"] =
        found.violations.iter().map(|count| (count.violation.name().to_owned(), json!(count.channels))).collect();
    all["counterexamples"] = (found.counterexamples.iter())
        .map(|example| (example.violation.name().to_owned(), json!({ "length": example.actions.len() })))
        .collect();
}

/// The fields of `known` that differ from what was found. Of a counterexample only the length is compared: which of
/// several shortest runs is shown is free.
fn differences(known: &Map<String, Value>, found: &Value) -> Vec<String> {
    let elsewhere = ["tokens", "theorem1"];
    let mut lines = Vec::new();
    for (field, value) in known.iter().filter(|(field, _)| !elsewhere.contains(&field.as_str())) {
        let expected = match field.as_str() {
            "counterexamples" => lengths(value),
            _ => value.clone(),
        };
        if found[field] != expected {
            lines.push(format!("{} {field}: known {expected}, found {}", known["name"], found[field]));
        }
    }
    lines
}

fn lengths(examples: &Value) -> Value {
    let examples = examples.as_object().expect("examples by kind").iter();
    examples.map(|(kind, example)| (kind.clone(), json!({ "length": example["length"] }))).collect()
}

#[test]
fn all_figures_are_those_that_others_found() {
    let known = known();
    assert_eq!(known.len(), 54);
    let differences: Vec<String> = known
        .iter()
        .flat_map(|known| {
            let name = known["name"].as_str().expect("a name");
            differences(known, &figures(&stored::system(name)))
        })
        .collect();
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

/// A process that may go to either of two states by the same message. The figures are those of a search written for the
/// purpose from the rules alone, without any of this code.
#[test]
fn rules_that_differ_in_their_target_are_different_actions() {
    let rule = |process: u16, from: &str, to: &str, does: &str, channel: u16, what: &str| json!({ "proc": process, "from": from, "to": to, does: [channel, what] });
    let rules = [
        rule(0, "A", "B", "send", 0, "M"),
        rule(0, "A", "C", "send", 0, "M"),
        rule(1, "D", "E", "recv", 0, "M"),
        rule(1, "D", "F", "recv", 0, "M"),
        rule(1, "E", "F", "send", 1, "N"),
        rule(0, "B", "C", "recv", 1, "N"),
    ];
    let found = |order: &str| {
        let file = json!({
            "name": "choice", "processes": 2, "channels": [[0, 1], [1, 0]], "algorithm": "chandy-lamport",
            "order": order, "app": { "kind": "automaton", "initial": ["A", "D"], "rules": rules },
            "snapshots": [{ "id": 0, "initiators": [0] }],
        });
        figures(&SystemFile::parse(&file.to_string()).expect("a system"))
    };
    let known = [
        (
            "fifo",
            json!({
                "name": "choice fifo", "states": 56, "transitions": 76, "max_distance": 7, "complete_states": 17,
                "terminal_states": 9, "terminal_incomplete": 1, "base_states": 9, "base_transitions": 9,
                "distinct_snapshots": [6], "snapshots_outside_base": [0], "states_that_cannot_complete": 3,
                "maximal_executions": 46, "tagged_states": 61, "tagged_transitions": 79, "tagged_complete": 19,
                "tagged_inconsistent_complete": 0, "violations": {},
            }),
        ),
        (
            "bag",
            json!({
                "name": "choice bag", "states": 110, "transitions": 140, "max_distance": 7, "complete_states": 43,
                "terminal_states": 24, "terminal_incomplete": 0, "distinct_snapshots": [15],
                "snapshots_outside_base": [9], "states_that_cannot_complete": 0, "maximal_executions": 75,
                "tagged_states": 116, "tagged_transitions": 143, "tagged_complete": 46,
                "tagged_inconsistent_complete": 27,
                "violations": {
                    "missing": 16, "orphan-in-process": 12, "orphan-in-channel": 4,
                    "orphan-in-process (all recorded, channels still open)": 10,
                    "orphan-in-channel (all recorded, channels still open)": 4,
                },
            }),
        ),
    ];
    for (order, known) in known {
        let mut found = found(order);
        found["name"] = known["name"].clone();
        let differences = differences(known.as_object().expect("figures"), &found);
        assert!(differences.is_empty(), "\n{}", differences.join("\n"));
    }
}

/// Two snapshots, of which the second can never be complete: nothing counts as a violation then, but what the first
/// shows is told apart.
#[test]
fn a_violation_counts_when_all_snapshots_are_complete() {
    let file = json!({
        "name": "stuck", "processes": 2, "channels": [[0, 1], [1, 0]], "algorithm": "chandy-lamport", "order": "bag",
        "app": { "kind": "tokens", "initial": [1, 0], "send_budget": [1, 0] },
        "snapshots": [{ "id": 0, "initiators": [0] }, { "id": 1, "initiators": [] }],
    });
    let (exploration, algorithm) = SystemFile::parse(&file.to_string()).expect("a system").exploration().expect("one");
    let mut explorer = Explorer::new(exploration.viewed(View::Tagged), algorithm);
    explorer.run();
    let found = explorer.tagged_figures();
    assert_eq!((found.complete_states, found.inconsistent_complete), (0, 0));
    assert!(found.violations.is_empty() && found.counterexamples.is_empty(), "{found:?}");
    let shown: Vec<_> = found.single_violations.iter().map(|count| count.channels).collect();
    assert_eq!(shown, [2, 1, 1], "the figures of the system with the first snapshot alone: missing 2, orphans 1 and 1");
    assert_eq!(found.single_counterexamples.len(), 3);
}
