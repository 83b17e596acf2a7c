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

/// Two messages change places around the cut: one is missing, one an orphan, and yet the run was in the recorded state.
const OCCURRED: &str = r#"{"name": "two that change places", "processes": 2, "channels": [[0, 1], [1, 0]],
    "app": {"kind": "tokens", "initial": [2, 0]}, "order": "bag", "snapshots": [{"id": 0}],
    "ops": [["send", 0, 0], ["recv", 0, 0], ["send", 1, 1], ["recv", 1, 0], ["send", 0, 0], ["init", 0, 0],
            ["send", 0, 0], ["recv", 0, 2], ["recv", 0, 1], ["recv", 1, 0]],
    "expect": {"0": {"recorded": [[1], [1]], "channels": [[], []], "complete": true, "total": 2,
                     "violations": [["orphan-in-process", 0, 3], ["missing", 0, 2]],
                     "vector_clock_consistent": false, "events_before_recording": [3, 3], "occurred": true},
               "final_states": [[0], [1]], "left_in_channels": [["msg2"], []]}}"#;

/// What the comparison of a schedule of one's own comes to: the status, how many fields there are, those not met.
fn compared(name: &str, text: &str) -> (i32, u64, Vec<String>) {
    let done = cutline(&["run", &file(name, text), "--json"]);
    let found = done.json();
    let unmet = found["expectations"]["unmet"].as_array().expect("a list").iter();
    let unmet = unmet.filter_map(|one| one["text"].as_str()).map(str::to_owned).collect();
    (done.status, found["expectations"]["all"].as_u64().expect("a count"), unmet)
}

#[test]
fn an_inconsistent_state_may_have_occurred() {
    assert_eq!(compared("occurred.json", OCCURRED), (0, 10, vec![]));
    let found = cutline(&["run", &file("occurred.json", OCCURRED), "--json"]).json();
    let snapshot = &found["snapshots"][0];
    assert_eq!((&snapshot["standing"], &snapshot["occurred"]), (&json!("inconsistent"), &json!(true)));
    assert_eq!((&snapshot["occurred_after_step"], &snapshot["swaps"]), (&json!(2), &json!(null)));
    let never = OCCURRED.replace("\"occurred\": true", "\"occurred\": false");
    assert_eq!(compared("never.json", &never), (1, 10, vec!["0.occurred: expected false, found true".to_owned()]));
}

/// A state with a budget is that of its tokens, with what is left of the budget or without.
#[test]
fn the_state_of_a_process_that_can_send_only_so_often() {
    let schedule = |recorded: &str, end: &str| {
        let text = r#"{"processes": 2, "channels": [[0, 1], [1, 0]], "snapshots": [{"id": 0}],
            "app": {"kind": "tokens", "initial": [1, 0], "send_budget": [1, 1]},
            "ops": [["send", 0, 0], ["init", 0, 1], ["recv", 1, 0], ["recv", 0, 0], ["recv", 0, 0]],
            "expect": {"0": {"recorded": RECORDED}, "final_states": END}}"#;
        compared("budget.json", &text.replace("RECORDED", recorded).replace("END", end))
    };
    assert_eq!(schedule("[[0, 0], [0, 1]]", "[[0, 0], [1, 1]]"), (0, 2, vec![]));
    assert_eq!(schedule("[[0], [0]]", "[0, [1]]"), (0, 2, vec![]));
    let unmet = vec!["0.recorded: expected [[0,1],[0,1]], found [[0,0],[0,1]]".to_owned()];
    assert_eq!(schedule("[[0, 1], [0, 1]]", "[[0], [1]]"), (1, 2, unmet));
    assert_eq!(schedule("[[0], [0, 1, 1]]", "[[0]]").2.len(), 2);
    assert_eq!(schedule("[[0], []]", "[[0], null]").2.len(), 2);
}

/// A schedule may say everything that a system may, and leave out what it does not want compared.
#[test]
fn schedules_are_as_lenient_as_systems() {
    let said = |from: &str, to: &str| {
        assert!(OCCURRED.contains(from), "{from}");
        compared("lenient.json", &OCCURRED.replace(from, to))
    };
    let no_change = [
        r#""faults": {}, "ops""#,
        r#""faults": {"drop": 0, "dup": 0}, "ops""#,
        r#""faults": null, "members": null, "algorithm": null, "ops""#,
        r#""members": [1, 0], "ops""#,
        r#""tagged": false, "note": "n", "doc": "d", "marker_idempotent": false, "ops""#,
        r#""tagged": null, "marker_idempotent": null, "ops""#,
    ];
    for to in no_change {
        assert_eq!(said("\"ops\"", to), (0, 10, vec![]), "{to}");
    }
    assert_eq!(said("{\"id\": 0}", "{\"id\": 0, \"doc\": \"d\", \"note\": \"n\"}"), (0, 10, vec![]));
    assert_eq!(said("\"name\": \"two that change places\", ", "\"name\": null, "), (0, 10, vec![]));
    // What is left out is not compared; null is compared.
    assert_eq!(said(", \"occurred\": true", ""), (0, 9, vec![]));
    assert_eq!(said("\"total\": 2,", ""), (0, 9, vec![]));
    assert_eq!(said("\"final_states\": [[0], [1]], ", ""), (0, 9, vec![]));
    assert_eq!(said("\"total\": 2", "\"total\": null"), (1, 10, vec!["0.total: expected null, found 2".to_owned()]));
    // The order of what is wrong is free, its number is not.
    let (one, two) = ("[\"orphan-in-process\", 0, 3]", "[\"missing\", 0, 2]");
    assert_eq!(said(&format!("{one}, {two}"), &format!("{two}, {one}")).0, 0);
    assert_eq!(said(two, &format!("{two}, {two}")).0, 1);
    assert_eq!(said(&format!(", {two}"), "").0, 1);
}

/// States and messages of automata may be numbers.
#[test]
fn names_may_be_numbers() {
    let text = r#"{"processes": 2, "channels": [[0, 1]], "snapshots": [{"id": 0, "initiators": [0]}], "order": null,
        "app": {"kind": "automaton", "initial": [0, "A"], "rules": [
            {"proc": 0, "from": 0, "to": 1, "send": [0, 7]}, {"proc": 1, "from": "A", "to": -1, "recv": [0, 7]}]},
        "ops": [["init", 0, 0], ["send", 0, 0], ["recv", 0, 0]],
        "expect": {"0": {"recorded": [[0], ["A"]], "channels": [[]]}, "final_states": [[1], ["A"]],
                   "left_in_channels": [["msg1"]]}}"#;
    assert_eq!(compared("numbers.json", text), (0, 4, vec![]));
    assert_eq!(compared("numbers.json", &text.replace("[[1], [\"A\"]]", "[[2], [\"A\"]]")).0, 1);
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
        ("\"order\"", "\"link\": \"tcp\", \"order\"", "link: expected arq, found tcp"),
        ("\"order\"", "\"members\": [0, 9], \"order\"", "members: there is no process 9"),
        ("\"order\"", "\"algorithm\": \"lamport-chandy\", \"order\"", "algorithm: lamport-chandy is not known here"),
        ("\"order\"", "\"odd\": 1, \"order\"", "odd: there is no field: odd"),
        ("\"init\"", "\"begin\"", "expected [\"send\", process, channel]"),
        ("\"id\": 0", "\"id\": 1", "there is no snapshot 0 under snapshots"),
        ("\"id\": 0", "\"id\": 99", "snapshots[0].id: expected a number below 64"),
        ("\"snapshots\": [", "\"snapshots\": [{\"id\": 0}, ", "snapshots[1].id: there is a snapshot 0 already"),
        ("\"final_states\"", "\"7\": {}, \"final_states\"", "expect: there is no snapshot 7 under snapshots"),
        ("\"order\"", "\"faults\": {\"lost\": 1}, \"order\"", "faults.lost: there is no field: lost"),
        ("\"order\"", "\"faults\": {\"target\": \"all\"}, \"order\"", "faults.target: expected app, marker or any"),
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
