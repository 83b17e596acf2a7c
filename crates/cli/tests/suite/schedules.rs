//! Fixed schedules with what must come out of them.

use crate::{cutline, file, root};
use serde_json::json;

/// A stored schedule with something in it replaced, as a file of its own.
pub(crate) fn spoiled(name: &str, from: &str, to: &str) -> String {
    let path = root().join(format!("tests/data/schedules/{name}.json"));
    let text = std::fs::read_to_string(path).expect("a stored schedule");
    assert!(text.contains(from), "{name} has no {from}");
    file(&format!("spoiled-{name}.json"), &text.replace(from, to))
}

#[test]
fn every_stored_schedule_comes_out_as_it_says() {
    let folder = std::fs::read_dir(root().join("tests/data/schedules")).expect("the stored schedules");
    let mut count = 0;
    for entry in folder {
        let path = entry.expect("a file").path();
        let done = cutline(&["run", &path.display().to_string(), "--json"]);
        let found = done.json();
        assert_eq!((done.status, &found["expectations"]["unmet"]), (0, &json!([])), "{}", path.display());
        let snapshots = found["snapshots"].as_array().map_or(0, Vec::len);
        assert_eq!(found["expectations"]["all"], json!(2 + 8 * snapshots), "{}", path.display());
        assert_eq!(found["steps"]["scheduler"], 0, "nothing is added to the schedule");
        count += 1;
    }
    assert!(count >= 19, "only {count} schedules were found");
}

#[test]
fn the_status_is_that_of_the_comparison() {
    let name = "s12_nonfifo_orphan_in_channel";
    let wrong = cutline(&["run", &spoiled(name, "\"total\": 3", "\"total\": 2"), "--json"]);
    assert_eq!(wrong.status, 1);
    assert_eq!(
        wrong.json()["expectations"]["unmet"],
        json!([{ "line": null, "text": "0.total: expected 2, found 3" }])
    );
    // Without the expectations the orphan is something wrong.
    let text = std::fs::read_to_string(root().join(format!("tests/data/schedules/{name}.json"))).expect("a schedule");
    let mut bare: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    bare.as_object_mut().expect("an object").remove("expect");
    let bare = cutline(&["run", &file("bare.json", &bare.to_string()), "--json"]);
    assert_eq!((bare.status, &bare.json()["expectations"]["all"]), (1, &json!(0)));
    assert_eq!(bare.json()["snapshots"][0]["faults"][0]["kind"], "orphan-in-channel");
}

/// The example of the manual is one.
#[test]
fn the_example_of_the_manual_comes_out_as_it_says() {
    let manual = std::fs::read_to_string(root().join("docs/command-line.md")).expect("the manual");
    let blocks = manual.split("```json").skip(1).filter_map(|rest| rest.split("```").next());
    let example = blocks.into_iter().find(|block| block.contains("\"ops\"")).expect("an example");
    let done = cutline(&["run", &file("manual.json", example), "--json"]);
    assert_eq!((done.status, done.json()["expectations"].clone()), (0, json!({ "all": 10, "unmet": [] })));
}

#[test]
fn the_other_commands_take_a_schedule_too() {
    let path = "tests/data/schedules/s01_paper_S_star_never_occurred.json";
    assert_eq!(cutline(&["cuts", path, "--json"]).json()["consistent_cuts"], 5);
    assert_eq!(cutline(&["explore", path, "--json"]).json()["states"], 100);
    assert!(cutline(&["draw", path, "-o", "-"]).out.contains("<title>s01_paper_S_star_never_occurred</title>"));
}

#[test]
fn what_cannot_be_done_is_said() {
    let name = "s02_token_in_channel";
    let cases = [
        ("\"recv\",\n   0,", "\"fetch\",\n   0,", "expected [\"send\", process, channel]"),
        ("\"order\"", "\"link\": \"arq\", \"order\"", "link: not supported yet: links that repair"),
        ("\"order\"", "\"members\": [0, 9], \"order\"", "members: there is no process 9"),
        ("\"order\"", "\"algorithm\": \"lamport-chandy\", \"order\"", "algorithm: lamport-chandy is not known here"),
        ("\"order\"", "\"odd\": 1, \"order\"", "odd: there is no field: odd"),
        ("\"init\"", "\"begin\"", "expected [\"send\", process, channel]"),
        ("\"id\": 0", "\"id\": 1", "there is no snapshot 0 under snapshots"),
        ("\"id\": 0", "\"id\": 99", "snapshots[0].id: expected a number below 64"),
        ("\"id\": 0", "\"id\": 0, \"initiators\": [1]", "process 0 is no initiator of snapshot 0"),
    ];
    for (from, to, expected) in cases {
        let done = cutline(&["run", &spoiled(name, from, to)]);
        assert_eq!((done.status, done.out.as_str()), (2, ""), "{to}: {}", done.err);
        assert!(done.err.contains(expected), "{to}: {}", done.err);
    }
    let system = r#"{"name": "t", "processes": 2, "channels": [[0, 1]], "app": {"kind": "tokens", "initial": [0, 1]},
        "snapshots": [], "ops": OPS}"#;
    let refused = [
        ("[[\"send\", 0, 0]]", "ops[0]: p0 has 0 at this point and cannot send 1"),
        ("[[\"send\", 1, 0]]", "ops[0]: channel 0 leads from process 0 to process 1"),
        ("[[\"send\", 0, 5]]", "ops[0]: there is no channel 5"),
        ("[[\"recv\", 0, 0]]", "ops[0]: nothing is in c0 at this point"),
        ("[[]]", "ops[0]: expected [\"send\", process, channel]"),
        ("[[\"send\", -1, 0]]", "found [\"send\",-1,0]"),
    ];
    for (ops, expected) in refused {
        let done = cutline(&["run", &file("ops.json", &system.replace("OPS", ops))]);
        assert_eq!((done.status, done.out.as_str()), (2, ""), "{ops}: {}", done.err);
        assert!(done.err.contains(expected), "{ops}: {}", done.err);
    }
}
