//! Channels that lose, repeat and reorder, under links with sequence numbers: the figures that others found.

use cutline_core::explore::explore_whole;
use cutline_formats::SystemFile;
use serde_json::{Value, json};

fn figures(name: &str) -> Value {
    let path = format!("{}/data/systems-repaired/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let file = SystemFile::parse(&std::fs::read_to_string(path).expect("a stored system")).expect("a system");
    let (exploration, algorithm) = file.exploration().expect("a system that can be explored");
    let found = explore_whole(&exploration, algorithm);
    assert!(found.finished);
    json!({
        "name": name,
        "states": found.states,
        "transitions": found.transitions,
        "complete_states": found.complete_states,
        "terminal_states": found.terminal_states,
        "terminal_incomplete": found.terminal_incomplete,
        "joint_distinct_snapshots": found.joint_distinct_snapshots,
        "inconsistent_complete": found.inconsistent_complete,
    })
}

#[test]
fn the_figures_are_those_that_others_found() {
    let known: Vec<Value> = serde_json::from_str(include_str!("../data/golden-repaired.json")).expect("figures");
    assert_eq!(known.len(), 4);
    for known in known {
        assert_eq!(figures(known["name"].as_str().expect("a name")), known);
    }
}
