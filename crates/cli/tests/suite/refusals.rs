//! What cannot be done is said in a sentence, with the place and what was expected; the status is 2.

use crate::{MONEY, cutline, file};

/// The complaint, without the folder of the file.
fn refused(words: &[&str]) -> String {
    let done = cutline(words);
    assert_eq!((done.status, done.out.as_str()), (2, ""), "{words:?}: {}", done.err);
    done.err
}

#[test]
fn files_that_cannot_be_read() {
    assert!(refused(&["run", "no-such-file"]).starts_with("cutline: no-such-file: "));
    let bad = file("bad.json", "{ \"name\": 1,\n  oops }");
    assert!(refused(&["explore", &bad]).contains("line 1, column 11: name: expected a text in quotes, found 1"));
    let broken = file("broken.json", "{ \"name\": \"x\",\n  oops }");
    assert!(refused(&["explore", &broken]).contains("line 2, column 3: expected the name of a field in quotes"));
    let scenario = file("wrong.cutline", "cutline 1\ntitle T\nprocess p has x\n");
    let said = refused(&["run", &scenario]);
    assert!(said.contains("wrong.cutline: line 3: "), "{said}");
    let list = file("list.json", "[1]");
    assert!(
        refused(&["run", &list]).contains("line 1: expected fields in braces, as in a system, schedule or trace file")
    );
    std::fs::write(&bad, [b'a', b'\n', 0xFF]).expect("a file");
    assert!(refused(&["run", &bad]).contains("line 2: expected text in UTF-8"));
}

/// A byte order mark is no part of a text, a name may be missing, and null is nothing.
#[test]
fn what_is_no_mistake() {
    for (name, text, command) in [
        ("marked.json", format!("\u{feff}{SYSTEM}"), "explore"),
        ("marked.cutline", "\u{feff}cutline 1\ntitle T\nprocess p has 1\n".to_owned(), "run"),
        ("nulls.json", SYSTEM.replace("\"fifo\"", "null, \"faults\": null, \"tagged\": null"), "explore"),
        (
            "trace.json",
            "\u{feff}{\"processes\": 1, \"note\": \"n\", \"events\": [[[\"i\"]]], \"queries\": null}".to_owned(),
            "cuts",
        ),
    ] {
        let done = cutline(&[command, &file(name, &text), "--json"]);
        assert_eq!((done.status, done.err.as_str()), (0, ""), "{name}: {}", done.err);
        let title = done.json().get("name").and_then(|name| name.as_str().map(str::to_owned));
        assert!(title.is_none_or(|title| title == "s" || title == "trace"), "{name}");
    }
}

const SYSTEM: &str = r#"{ "name": "s", "processes": 2, "channels": [[0, 1], [1, 0]], "algorithm": "chandy-lamport",
    "app": { "kind": "tokens", "initial": [1, 0], "send_budget": [1, 0] }, "order": "fifo",
    "snapshots": [{ "id": 0, "initiators": [0] }] }"#;

#[test]
fn systems_that_cannot_be_explored() {
    let said = |name: &str, from: &str, to: &str| {
        let path = file(name, &SYSTEM.replace(from, to));
        refused(&["explore", &path])
    };
    let cases = [
        ("\"order\"", "\"link\": 1, \"order\"", "column 84: link: expected a text in quotes"),
        ("\"order\"", "\"link\": \"tcp\", \"order\"", "link: expected arq, found tcp"),
        ("\"order\"", "\"link\": \"arq\", \"order\"", "order: c0 is FIFO without a link; expected bag"),
        ("\"order\"", "\"link_faults\": [1, 0], \"order\"", "link_faults: they are for channels with a link"),
        ("chandy-lamport", "lai-ying", "algorithm: lai-ying cannot be explored; those that can: chandy-lamport"),
        ("\"order\"", "\"faults\": {\"drop\": -1}, \"order\"", "faults.drop: expected a whole number"),
        ("[1, 0], \"send", "[1, 9e9], \"send", "expected a number of tokens, or a label in quotes, found 9000000000.0"),
        ("[1, 0], \"send", "[1, 18446744073709551615], \"send", "found 18446744073709551615, which is too large"),
        ("[1, 0], \"send", "[1, \"A\"], \"send", "app: initial[1]: expected a number of tokens, found \"A\""),
        (
            "\"send_budget\": [1, 0]",
            "\"send_budget\": [1, -1]",
            "app.send_budget[1]: expected a whole number from 0 to",
        ),
        ("[[0, 1], ", "[[0, 1, 1], ", "channels[0]: there is more than was expected"),
        ("\"kind\": \"tokens\", ", "", "app: the field kind is missing"),
        ("[1, 0] }", "[1] }", "app.send_budget: expected one entry for each of the 2 processes, found 1"),
        ("\"initiators\": [0]", "\"initiators\": [7]", "snapshots[0].initiators: there is no process 7"),
        ("[1, 0]],", "[1, 5]],", "channels[1]: there is no process 5; they are numbered 0 to 1"),
        ("[1, 0]],", "[1, 1]],", "channels[1]: "),
        ("\"id\": 0", "\"id\": 64", "snapshots[0].id: expected a number below 64"),
        ("fifo", "lifo", "this cannot be: lifo; expected fifo or bag"),
    ];
    for (at, (from, to, expected)) in cases.into_iter().enumerate() {
        let said = said(&format!("system-{at}.json"), from, to);
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn traces_that_no_run_has() {
    let said = |name: &str, events: &str| {
        let text = format!("{{ \"name\": \"t\", \"processes\": 2, \"events\": {events} }}");
        refused(&["cuts", &file(name, &text)])
    };
    assert!(said("t0.json", "[[]]").contains("events: expected a list for each of the 2 processes, found 1"));
    assert!(said("t1.json", "[[[\"x\"]], []]").contains("events[0][0]: expected [\"i\"], [\"s\", message]"));
    assert!(said("t2.json", "[[[\"r\", \"a\"]], []]").contains("events: P0 receives a, which nobody sends"));
}

#[test]
fn wrong_use() {
    let where_is = |text: &str| refused(&["cuts", MONEY, "--where", text]);
    assert!(where_is("P1.money > 1").contains("--where 'P1.money > 1': column 4: expected balance, state or events"));
    assert!(where_is("Bop.balance > 1").contains("there is no process Bop, only: P1, P2, P3"));
    let step = refused(&["draw", MONEY, "-o", "-", "--at", "99"]);
    assert!(step.contains("there is no step 99; expected 0 to 17, the length of its run"), "{step}");
    assert!(refused(&["run", MONEY, "--scheduler", "lucky"]).contains("[possible values: script, oldest-first"));
    let kinds = refused(&["draw", "tests/data/traces/t05_pingpong.json", "-o", "-"]);
    assert!(kinds.contains("this is a trace file; expected a scenario"), "{kinds}");
    assert!(refused(&["cuts", "tests/data/systems/a1_two_token_i0.json"]).contains("this is a system file"));
    assert!(refused(&["draw", MONEY, "-o", "no-such-folder/x.svg"]).contains("no-such-folder/x.svg"));
}

/// Whoever is not asked stands by what it recorded before: the explorer knows one snapshot and no earlier one.
#[test]
fn two_phases_are_explored_for_one_initiator() {
    let two = "cutline 1\ntitle T\nprocess p has 1 and 1 sends\nprocess q has 1 and 1 sends\nchannel p -> q\nchannel q -> p\n\
               algorithm koo-toueg\nrun\np starts a snapshot\n";
    let one = cutline(&["explore", &file("one.cutline", two)]);
    assert!(one.status == 0 && one.out.contains("Every snapshot can always become complete."), "{}", one.out);
    let nobody = file("nobody.cutline", &two.replace("run\np starts a snapshot\n", ""));
    assert!(refused(&["explore", &nobody]).contains("one snapshot by one initiator can be explored"));
}
