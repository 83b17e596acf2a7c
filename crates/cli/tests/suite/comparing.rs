//! One schedule through several algorithms.

use crate::{MONEY, cutline};
use serde_json::{Value, json};

const USED: &str = "tests/data/scenarios/used-channels-only.cutline";

fn row<'a>(found: &'a Value, name: &str) -> &'a Value {
    let rows = found["algorithms"].as_array().expect("algorithms");
    rows.iter().find(|row| row["algorithm"] == name).unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn costs_stand_beside_the_theory() {
    let all = cutline(&["compare", USED, "--json"]);
    assert_eq!(all.status, 0, "those that have here what they need, and none that is wrong on purpose: {}", all.out);
    assert_eq!(all.json()["algorithms"][0]["algorithm"], "venkatesan", "that of the file comes first");
    let done = cutline(&["compare", USED, "--json", "--algorithms", "venkatesan,chandy-lamport,lai-yang,naive"]);
    assert_eq!(done.status, 1, "naive is not consistent: {}", done.err);
    let found = done.json();
    let first = |name| &row(&found, name)["snapshots"][0];
    let formula = json!({ "formula": "3(n-1) + 2u", "value": 5, "at_most": false });
    assert_eq!(first("venkatesan")["control_messages_expected"], formula);
    assert_eq!(first("venkatesan")["control_messages"], 5);
    assert_eq!(first("venkatesan")["used_channels"], 1);
    assert_eq!(first("chandy-lamport")["control_messages"], 2);
    assert_eq!(row(&found, "lai-yang")["tag_bits"], 1, "one bit on one message");
    assert_eq!((&first("naive")["standing"], &first("naive")["control_messages"]), (&json!("inconsistent"), &json!(0)));
}

#[test]
fn what_is_lacking_is_said_and_tried_all_the_same() {
    let done = cutline(&["compare", "tests/data/scenarios/lai-yang-without-order.cutline", "--json"]);
    assert_eq!(done.status, 0, "{}", done.out);
    let names: Vec<Value> =
        done.json()["algorithms"].as_array().expect("rows").iter().map(|row| row["algorithm"].clone()).collect();
    assert!(names.contains(&json!("lai-yang")) && !names.contains(&json!("chandy-lamport")), "{names:?}");
    let asked = cutline(&["compare", MONEY, "--algorithms", "venkatesan,chandy-lamport"]);
    assert!(asked.out.contains("needs a control channel P1 -> P2"), "{}", asked.out);
    assert!(asked.out.contains("6 (e = 6)"), "{}", asked.out);
    let zh = cutline(&["compare", MONEY, "--algorithms", "chandy-lamport", "--lang", "zh"]);
    assert_eq!(zh.status, 0);
    assert!(zh.out.contains("控制消息") && zh.out.contains("一致"), "{}", zh.out);
    let unknown = cutline(&["compare", MONEY, "--algorithms", "paxos"]);
    assert_eq!(unknown.status, 2);
    assert!(unknown.err.contains("expected one of chandy-lamport"), "{}", unknown.err);
}

#[test]
fn a_run_can_be_had_with_another_algorithm() {
    let done = cutline(&["run", USED, "--algorithm", "chandy-lamport", "--json"]);
    assert_eq!(done.status, 0, "{}", done.err);
    let found = done.json();
    assert_eq!(found["snapshots"][0]["standing"], "consistent");
    assert_eq!(found["snapshots"][0]["markers"]["sent"], 2);
    assert_eq!(found["expectations"]["all"], 0, "those of the file are about another algorithm");
}

const POLICY: &str = "tests/data/scenarios/snapshots-by-policy.cutline";

#[test]
fn snapshots_by_policy_are_metered() {
    let done = cutline(&["run", POLICY, "--scheduler", "random-work", "--seed", "3", "--json"]);
    assert_eq!(done.status, 0, "{}", done.err);
    let found = done.json();
    let meters = &found["meters"];
    let snapshots = meters["snapshots"].as_array().expect("snapshots");
    assert_eq!(snapshots.len(), 5, "that of the file, and four by themselves");
    for snapshot in snapshots {
        assert_eq!(snapshot["control_messages"], snapshot["control_messages_expected"]["value"]);
    }
    let (full, difference) = (meters["full_bytes"].as_u64().unwrap(), meters["difference_bytes"].as_u64().unwrap());
    assert!(difference < full, "{difference} {full}");
    let text = cutline(&["run", MONEY, "--meters", "--lang", "zh"]);
    assert!(text.out.contains("差分存储"), "{}", text.out);
    let wrong = cutline(&["run", MONEY, "--snapshots", "3 every 0 steps by P1"]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("a snapshot is started every 1 step at most"), "{}", wrong.err);
    let nobody = cutline(&["run", MONEY, "--snapshots", "3 every 5 steps by Zoe"]);
    assert!(nobody.err.contains("there is no process Zoe"), "{}", nobody.err);
}

/// Of all that barriers can record in a small dataflow, nothing is out of the application's reach; unless operators do not
/// wait for them.
#[test]
fn barriers_are_right_in_every_run() {
    let explored = |name: &str| {
        let path = format!("tests/data/scenarios/flink-{name}.cutline");
        let done = cutline(&["explore", &path, "--json"]);
        let outside = done.json()["snapshots_outside_base"].clone();
        (done.status, outside.as_array().and_then(|list| list.first().cloned()).unwrap_or(outside))
    };
    for sound in ["aligned", "unaligned", "loop"] {
        assert_eq!(explored(sound), (0, json!(0)), "{sound}");
    }
    assert_eq!(explored("at-least-once"), (1, json!(30)));
}

/// Detection of termination by signals stands beside detection by a snapshot.
#[test]
fn signals_stand_beside_snapshots() {
    let path = "tests/data/scenarios/signals.cutline";
    let run = cutline(&["run", path, "--json"]).json();
    assert_eq!(run["announced"], json!([{ "process": "Ann", "after_step": 12 }]));
    let explored = cutline(&["explore", path]);
    assert_eq!((explored.status, explored.err.contains("takes no snapshots")), (2, true), "{}", explored.err);
    let done = cutline(&["compare", path, "--json"]);
    let found = done.json();
    let signals = row(&found, "dijkstra-scholten");
    assert_eq!((&signals["signals"], &signals["messages"]), (&json!(3), &json!(3)));
    assert_eq!(signals["announced_after_steps"], json!([12]));
}

#[test]
fn a_snapshot_finds_out_what_signals_announce() {
    let path = "crates/session/scenarios/has-it-finished.cutline";
    let found = cutline(&["compare", path, "--algorithms", "chandy-lamport,dijkstra-scholten", "--json"]).json();
    let properties = row(&found, "chandy-lamport")["snapshots"][0]["properties"].clone();
    assert_eq!(properties.as_array().map(Vec::len), Some(1), "{properties}");
    let signals = row(&found, "dijkstra-scholten");
    assert_eq!(signals["schedule"]["left"], 0, "{signals}");
    assert_eq!(signals["signals"], signals["messages"]);
}
