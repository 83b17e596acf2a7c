//! What the reader of system files cannot explore it refuses in a sentence.

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
    assert_eq!(
        refusal(&[("algorithm", json!("lai-yang"))]),
        "algorithm: lai-yang cannot be explored; those that can: chandy-lamport, cl-lazy, cl-lazy-unordered"
    );
    let faults = json!({ "drop": 1, "target": "app" });
    assert!(
        refusal(&[("faults", faults)]).starts_with("faults: channels that lose or repeat things cannot be explored")
    );
    assert!(refusal(&[("marker_idempotent", json!(false))]).contains("repeated markers"));
    assert!(refusal(&[("link", json!("arq"))]).contains("unknown field `link`"));
}
