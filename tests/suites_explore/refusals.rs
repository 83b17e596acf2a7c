//! What the reader of system files cannot explore it refuses in a sentence.

use cutline_core::algorithms::method::NAMES;
use cutline_formats::SystemFile;
use serde_json::{Value, json};

fn refusal(change: &[(&str, Value)]) -> String {
    let mut file = json!({
        "name": "two", "processes": 2, "channels": [[0, 1], [1, 0]], "algorithm": "chandy-lamport", "order": "fifo",
        "app": { "kind": "tokens", "initial": [1, 0] }, "snapshots": [{ "id": 0, "initiators": [0] }],
    });
    for (field, value) in change {
        file[*field] = value.clone();
    }
    SystemFile::parse(&file.to_string())
        .and_then(|file| file.exploration())
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default()
}

#[test]
fn what_is_not_supported_is_named() {
    assert_eq!(refusal(&[]), "");
    let snapshots: Vec<&str> = NAMES.iter().copied().filter(|name| !name.starts_with("dijkstra-scholten")).collect();
    assert_eq!(
        refusal(&[("algorithm", json!("lamport-chandy"))]),
        format!("algorithm: lamport-chandy cannot be explored; those that can: {}", snapshots.join(", "))
    );
    let faults = json!({ "drop": 1, "target": "all" });
    assert_eq!(refusal(&[("faults", faults)]), "faults.target: expected app, marker or any, found all");
    let faults = json!({ "dup": 1, "dup_mode": "head" });
    assert_eq!(refusal(&[("faults", faults)]), "faults.dup_mode: expected adjacent or tail, found head");
    assert!(refusal(&[("faults", json!({ "dupe": 1 }))]).contains("there is no field: dupe"));
    assert_eq!(
        refusal(&[("link", json!("arq"))]),
        "order: c0 is FIFO without a link; expected bag, the order of the network under it"
    );
}

#[test]
fn what_changes_nothing_is_accepted() {
    let none = json!({ "drop": 0, "dup": 0, "target": "any", "dup_mode": "tail" });
    let remarks = json!([{ "id": 0, "initiators": [0], "doc": "the only one", "note": "" }]);
    let tokens = json!({ "kind": "tokens", "initial": [1, 0], "send_budget": null, "doc": "one token" });
    for (field, value) in [
        ("faults", none),
        ("faults", json!(null)),
        ("marker_idempotent", json!(false)),
        ("doc", json!("a remark")),
        ("note", json!("another")),
        ("snapshots", remarks),
        ("app", tokens),
    ] {
        assert_eq!(refusal(&[(field, value)]), "", "{field}");
    }
}
