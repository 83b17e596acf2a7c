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
    let size = &first("chandy-lamport")["stored_bytes_expected"];
    assert_eq!((&size["formula"], &size["value"]), (&json!("S + w"), &first("chandy-lamport")["stored_bytes"]));
    assert_ne!(
        first("naive")["stored_bytes_expected"]["value"],
        first("naive")["stored_bytes"],
        "something is missing"
    );
    assert_eq!(first("chandy-lamport")["held_expected"], json!({ "formula": "0", "value": 0, "at_most": false }));
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

/// Recording by clocks goes along with any schedule: time goes on where a clock is asked for a reading.
#[test]
fn clocks_are_compared_with_others() {
    let clocks = "clock at 100,clock at 100 stamps,clock at 100 holding,clock at 100 silence 20";
    let names = format!("chandy-lamport,{clocks},mattern");
    let done = cutline(&["compare", MONEY, "--algorithms", &names, "--json"]);
    assert_eq!(done.status, 0, "{}{}", done.out, done.err);
    let found = done.json();
    assert_eq!(found["algorithms"].as_array().map(Vec::len), Some(6));
    for clock in clocks.split(',') {
        let row = row(&found, clock);
        assert_eq!(row["snapshots"][0]["standing"], "consistent", "all clocks are right: {clock}");
        assert_eq!(row["schedule"]["undone"], json!([]), "what waits for time is done in time: {clock}");
        assert_eq!(row["messages"], found["algorithms"][0]["messages"], "{clock}");
    }
    // Bob's clock is slow: only a remedy helps against a message that overtakes his moment.
    let slow = "tests/data/scenarios/clocks-that-differ.cutline";
    let found =
        cutline(&["compare", slow, "--algorithms", "clock at 100,clock at 100 stamps,clock at 100 holding", "--json"]);
    let standings = ["clock at 100", "clock at 100 stamps", "clock at 100 holding"]
        .map(|name| row(&found.json(), name)["snapshots"][0]["standing"].clone());
    assert_eq!(standings, ["inconsistent", "consistent", "consistent"].map(|word| json!(word)));

    let run = cutline(&["run", MONEY, "--algorithm", "clock at 100 stamps", "--json"]);
    assert_eq!((run.status, run.json()["snapshots"][0]["standing"].clone()), (0, json!("consistent")), "{}", run.err);
    assert!(run.json()["run"].as_array().expect("steps").contains(&json!("wait until 100")), "{}", run.out);
    let wrong = cutline(&["compare", MONEY, "--algorithms", "naive,clock at 100 waiting"]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("clock at TIME silence TIME"), "{}", wrong.err);
}

const MISHAPS: &str = "cutline 1
title Much goes wrong
process Ann has 10
process Bob has 10
process Col has 10
channels complete
run
Ann sends 4 to Bob
Bob receives from Ann
Bob sends 3 to Ann
Ann receives from Bob
cut off Col
Ann sends 1 to Bob
Ann starts a snapshot
Bob receives from Ann
Bob receives from Ann
lose item 1 on Bob→Ann
Ann sends 2 to Col
heal
Col receives from Ann
Col receives from Ann
Bob crashes
";

/// What goes wrong goes wrong for all, at the same place; what cannot, since an algorithm sends something else, is said.
#[test]
fn one_schedule_goes_wrong_for_all() {
    let path = crate::file("much-goes-wrong.cutline", MISHAPS);
    let done = cutline(&["compare", &path, "--algorithms", "chandy-lamport,lai-yang,naive,koo-toueg", "--json"]);
    let found = done.json();
    for name in ["chandy-lamport", "lai-yang", "naive"] {
        assert_eq!(row(&found, name)["messages"], 4, "{name}: the application does the same");
    }
    // The only marker from Bob to Ann is lost, and so is the only count; naive sends nothing that could be lost.
    assert_eq!(row(&found, "chandy-lamport")["schedule"]["missed"], 0);
    assert_eq!(row(&found, "chandy-lamport")["snapshots"][0]["standing"], "recording");
    assert_eq!(row(&found, "lai-yang")["snapshots"][0]["standing"], "recording");
    let naive = row(&found, "naive");
    let missed = json!([{ "what": "a control message on Bob→Ann is lost", "why": "there is none at this point" }]);
    assert_eq!((&naive["schedule"]["missed"], &naive["schedule"]["undone"]), (&json!(1), &missed));
    // Bob's answer is lost instead, and until it has come Ann may not send.
    let blocked = row(&found, "koo-toueg");
    let undone = blocked["schedule"]["undone"].as_array().expect("a list");
    let sends = |one: &&Value| one["what"] == "Ann sends 2 to Col";
    assert!(
        undone.iter().find(sends).is_some_and(|one| one["why"].as_str().is_some_and(|why| why.contains("holds"))),
        "{undone:?}"
    );
    let text = cutline(&["compare", &path, "--algorithms", "naive", "--lang", "zh"]);
    assert!(text.out.contains("未执行：Bob→Ann 上的一条控制消息丢失（此时那里没有）"), "{}", text.out);

    let words =
        ["compare", MONEY, "--scheduler", "random-work", "--snapshots", "1 every 9 steps by P1", "--steps", "60"];
    let faults =
        ["--faults", "crash=1,partition=1,drop=1,target=app", "--algorithms", "chandy-lamport,lai-yang,mattern,naive"];
    for seed in ["1", "2", "3", "4", "5", "6"] {
        let words = [&words[..], &faults, &["--seed", seed, "--json"]].concat();
        let done = cutline(&words);
        assert!(done.status < 2, "{}", done.err);
        assert_eq!(done.json(), cutline(&words).json());
        for row in done.json()["algorithms"].as_array().expect("rows") {
            let undone = row["schedule"]["undone"].as_array().expect("a list").len() as u64;
            assert!(undone >= row["schedule"]["missed"].as_u64().expect("a number"), "{row}");
        }
    }
}

/// By way of Bob it takes Col three messages where one would do: the theory's number is then the least, not the number.
#[test]
fn the_formula_of_the_delay_is_claimed_in_rounds_alone() {
    let text = |order: &str| {
        format!(
            "cutline 1\ntitle T\nprocess Ann has 5\nprocess Bob has 5\nprocess Col has 5\nprocess Dan has 5\nchannel Ann -> Bob\n\
             channel Bob -> Col\nchannel Ann -> Col\nchannel Col -> Dan\nchannel Dan -> Ann\nrun\nAnn starts a snapshot\n{order}\
             Dan receives from Col\nAnn receives from Dan\n"
        )
    };
    let rounds = "Bob receives from Ann\nCol receives from Ann\nCol receives from Bob\n";
    let mixed = "Bob receives from Ann\nCol receives from Bob\nCol receives from Ann\n";
    for (name, order, delay, in_rounds, told) in
        [("rounds", rounds, 3, true, "3 (d = 3) ["), ("mixed", mixed, 4, false, "4 (>= d = 3) [")]
    {
        let path = crate::file(&format!("{name}.cutline"), &text(order));
        let words = ["compare", &path, "--algorithms", "chandy-lamport"];
        let done = cutline(&[&words[..], &["--json"]].concat());
        let found = done.json();
        let own = &row(&found, "chandy-lamport")["snapshots"][0];
        assert_eq!((&own["delay"], &own["in_rounds"]), (&json!(delay), &json!(in_rounds)), "{name}");
        let expected = json!({ "formula": "d", "value": 3, "at_most": false, "at_least": !in_rounds });
        assert_eq!(own["delay_expected"], expected, "{name}");
        assert!(cutline(&words).out.contains(told), "{}", cutline(&words).out);
        let meters = cutline(&["run", &path, "--meters"]);
        assert!(meters.out.contains(told.trim_end_matches(" [")), "{}", meters.out);
    }
}
