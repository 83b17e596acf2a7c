//! Every figure that others found.

use crate::{cutline, root};
use serde_json::{Map, Value, json};

fn rows(file: &str) -> Vec<Map<String, Value>> {
    let text = std::fs::read_to_string(root().join("tests/data").join(file)).expect("the known figures");
    serde_json::from_str(&text).expect("a list of figures")
}

/// Of counterexamples only the length is compared: which of several shortest runs is shown is free.
fn lengths(examples: &Value) -> Value {
    let examples = examples.as_object().expect("examples by kind").iter();
    examples.map(|(kind, example)| (kind.clone(), json!(example["length"]))).collect()
}

#[test]
fn the_stored_systems() {
    let mut theorems = 0;
    for known in rows("golden-systems.json") {
        let name = known["name"].as_str().expect("a name");
        let file = format!("tests/data/systems/{name}.json");
        let mut words = vec!["explore", &*file, "--json"];
        words.extend(known.contains_key("theorem1").then_some("--theorem"));
        theorems += words.len() - 3;
        let done = cutline(&words);
        let found = done.json();
        for (field, value) in &known {
            if field == "counterexamples" {
                assert_eq!(lengths(&found[field]), lengths(value), "{field} of {name}");
                for example in found[field].as_object().expect("examples").values() {
                    let schedule = example["schedule"].as_array().expect("a schedule");
                    assert_eq!(Some(schedule.len() as u64), example["length"].as_u64());
                }
            } else {
                assert_eq!(found[field], *value, "{field} of {name}");
            }
        }
        let count = |field: &str| found[field].as_u64().unwrap_or(0);
        let outside = found["snapshots_outside_base"].as_array().expect("a list").iter().any(|count| *count != 0);
        let violations = found["violations"].as_object().is_some_and(|violations| !violations.is_empty());
        let stuck = count("terminal_incomplete") + count("states_that_cannot_complete") > 0;
        assert_eq!(done.status, i32::from(outside || violations || stuck), "{name}");
        assert_eq!(found["finished"], true);
        let why = &found["left_out"]["reach"];
        assert_eq!(why.is_string(), !known.contains_key("reach_pairs_checked"), "{name}: {why}");
    }
    assert_eq!(theorems, 9);
}

/// What would take too long is left out, and it is said why.
#[test]
fn every_run_is_judged_only_where_that_is_possible() {
    let left_out = |system: &str, words: &[&str]| {
        let file = format!("tests/data/systems/{system}.json");
        let done = cutline(&[&["explore", &file, "--theorem"][..], words, &["--json"]].concat());
        let (text, found) = (cutline(&[&["explore", &file, "--theorem"][..], words].concat()), done.json());
        let why = found["left_out"]["theorem1"].as_str().expect("a reason").to_owned();
        assert!(text.out.contains(&format!("No run was judged (--theorem): {why}.")), "{}", text.out);
        assert_eq!((done.status, text.status, found.get("theorem1")), (0, 0, None));
        why
    };
    let few = left_out("a8_two_tokens22_b22_i01", &["--max-executions", "141439"]);
    assert_eq!(few, "there are 141 440 runs, more than the 141 439 of --max-executions");
    assert_eq!(left_out("a1_two_token_i0", &[]), "there are runs that never end");
    assert_eq!(left_out("a9_two_t11_b11_2runs", &[]), "it is about one snapshot, and there are several or none");
    assert_eq!(left_out("a5_two_token_b11_i0", &["--reduce"]), "with --reduce not all runs are looked at");
    // Where a snapshot is inconsistent the theorem does not apply.
    let bad = cutline(&["explore", "tests/data/systems/f3_two_t10_b10_lazybad.json", "--theorem", "--json"]).json();
    assert!(bad["theorem1_violations"].as_u64() > Some(0), "{bad}");
    let good = cutline(&["explore", "tests/data/systems/a5_two_token_b11_i0.json", "--theorem", "--json"]).json();
    assert_eq!((&good["theorem1"]["executions"], &good["theorem1_violations"]), (&json!(18), &json!(0)));
}

#[test]
fn reduced_exploration_keeps_every_verdict() {
    let kept = [
        "complete_states",
        "complete_with_marker_in_flight",
        "distinct_snapshots",
        "snapshot_token_totals",
        "snapshots_outside_base",
        "terminal_states",
        "terminal_incomplete",
        "acyclic",
        "tagged_complete",
        "tagged_inconsistent_complete",
        "tagged_complete_with_incomparable_cuts",
    ];
    let of_complete = |counts: &Value| -> Map<String, Value> {
        let all = counts.as_object().cloned().unwrap_or_default().into_iter();
        all.filter(|(kind, _)| !kind.contains("still open")).collect()
    };
    let mut fewer = 0;
    for known in rows("golden-systems.json") {
        let name = known["name"].as_str().expect("a name");
        let file = format!("tests/data/systems/{name}.json");
        let (all, some) = (cutline(&["explore", &file, "--json"]), cutline(&["explore", &file, "--json", "--reduce"]));
        let (verdict, reduced) = (all.status, some.status);
        let (all, some) = (all.json(), some.json());
        assert_eq!(verdict, reduced, "{name}");
        for field in kept {
            assert_eq!(all[field], some[field], "{field} of {name}");
        }
        assert_eq!(of_complete(&all["violations"]), of_complete(&some["violations"]), "{name}");
        if known.contains_key("counterexamples") {
            let (all, some) = (lengths(&all["counterexamples"]), lengths(&some["counterexamples"]));
            assert_eq!(of_complete(&all), of_complete(&some), "{name}");
        }
        assert_eq!((&all["reduced"], &some["reduced"]), (&json!(false), &json!(true)));
        assert!(all["states"].as_u64() >= some["states"].as_u64(), "{name}");
        fewer += u64::from(all["states"] != some["states"]);
    }
    assert!(fewer > 30, "only {fewer} systems have fewer states");
}

#[test]
fn the_number_of_threads_does_not_show() {
    let explore = |threads: &str| {
        let system = "tests/data/systems/d5_k3_t111_b111_i0.json";
        cutline(&["explore", system, "--json", "--threads", threads]).json()
    };
    let alone = explore("1");
    assert_eq!(alone, explore("2"));
    assert_eq!(alone, explore("5"));
}

#[test]
fn memory_that_is_spent_is_told() {
    let system = "tests/data/systems/d5_k3_t111_b111_i0.json";
    let done = cutline(&["explore", system, "--max-memory", "300K"]);
    assert_eq!(done.status, 3, "{}", done.out);
    assert!(done.out.contains("plain view stopped (--max-memory) with "), "{}", done.out);
    let found = cutline(&["explore", system, "--max-memory", "300K", "--json"]).json();
    assert_eq!((&found["finished"], &found["stopped_by"]["plain"]), (&json!(false), &json!("max-memory")));
}

#[test]
fn the_stored_traces() {
    let all = rows("golden_lattice.json");
    assert_eq!(all.len(), 13);
    for known in all {
        let name = known["name"].as_str().expect("a name");
        let done = cutline(&["cuts", &format!("tests/data/traces/{name}.json"), "--json"]);
        assert_eq!(done.status, 0, "{}", done.err);
        assert_eq!(done.json(), Value::Object(known.clone()), "{name}");
    }
}

#[test]
fn a_budget_that_is_spent_is_told() {
    let system = "tests/data/systems/d5_k3_t111_b111_i0.json";
    let done = cutline(&["explore", system, "--max-states", "500", "--json"]);
    let found = done.json();
    assert_eq!(
        (done.status, &found["finished"], &found["states_that_cannot_complete"]),
        (3, &json!(false), &json!(null))
    );
    let text = cutline(&["explore", system, "--max-states", "500"]);
    assert!(text.out.contains("Not finished: the plain view stopped (--max-states)"), "{}", text.out);
    let cuts = cutline(&["cuts", "tests/data/traces/t02_grid_4x4.json", "--limit", "5"]);
    assert_eq!(cuts.status, 3, "{}{}", cuts.out, cuts.err);
    let many = cutline(&["explore", crate::MONEY, "--max-states", "2000", "--json"]);
    assert_eq!((many.status, &many.json()["finished"]), (3, &json!(false)));
}

#[test]
fn runs_of_one_seed_are_one_run() {
    for scheduler in ["random-delays", "random-work", "most-in-flight", "round-robin", "slowest-marker", "script"] {
        for seed in ["1", "2", "3"] {
            let words = ["run", crate::MONEY, "--scheduler", scheduler, "--seed", seed, "--json"];
            let (first, second) = (cutline(&words), cutline(&words));
            assert_eq!(first.out, second.out);
            let found = first.json();
            assert_eq!(first.status, 0, "{scheduler}: {}", first.out);
            assert_eq!(found["snapshots"][0]["sums"]["equal"], true);
            assert_eq!(found["snapshots"][0]["standing"], "consistent");
            assert_eq!(found["expectations"], json!({ "all": 11, "unmet": [] }));
        }
    }
}

/// Nothing limits the sends and nothing says that the messages should be numbered: the plain figures come alone, and
/// soon.
#[test]
fn an_endless_system_is_explored_in_the_plain_view_alone() {
    let system = r#"{"name": "endless", "processes": 2, "channels": [[0, 1], [1, 0]],
        "app": {"kind": "tokens", "initial": [1, 0]}, "algorithm": "chandy-lamport", "order": "fifo",
        "snapshots": [{"id": 0, "initiators": [0]}]}"#;
    let done = cutline(&["explore", &crate::file("endless.json", system), "--json"]);
    let found = done.json();
    assert_eq!((found["states"].as_u64(), found["transitions"].as_u64()), (Some(34), Some(49)), "{found}");
    assert!(found.get("tagged_states").is_none(), "{found}");
}

/// Beyond the limit everything that is known is told all the same.
#[test]
fn a_predicate_beyond_the_limit_takes_nothing_else_away() {
    let events = vec![json!([["i"], ["i"], ["i"]]); 8];
    let trace = json!({
        "processes": 8, "events": events,
        "queries": { "predicates": [{ "0": [1] }, { "0": [2], "1": [2] }], "max_below": [[1, 1, 1, 1, 1, 1, 1, 1]] },
    });
    let path = crate::file("wide.json", &trace.to_string());
    let done = cutline(&["cuts", &path, "--limit", "40", "--json", "--where", "P0.events = 1"]);
    let found = done.json();
    assert_eq!((done.status, &found["consistent_cuts"], &found["all_cuts"]), (3, &json!(null), &json!(65536)));
    assert_eq!(found["levels"], json!([1, 8]));
    assert_eq!(found["max_below"][0]["answer"], json!([1, 1, 1, 1, 1, 1, 1, 1]));
    let [near, far] = &found["predicates"].as_array().expect("answers")[..] else { panic!("{found}") };
    assert_eq!((&near["possibly"], &near["definitely"]), (&json!(true), &json!(null)));
    assert_eq!((&far["possibly"], &far["definitely"]), (&json!(null), &json!(null)));
    assert_eq!((&found["where"]["possibly"], &found["where"]["definitely"]), (&json!(true), &json!(null)));
    let text = cutline(&["cuts", &path, "--limit", "40"]);
    assert_eq!(text.status, 3);
    assert!(text.out.contains("P0 after (1): possibly, definitely: unknown, more cuts than --limit"), "{}", text.out);
    let enough = cutline(&["cuts", &path, "--limit", "70000", "--json"]);
    assert_eq!((enough.status, &enough.json()["predicates"][1]["definitely"]), (0, &json!(false)));
}

/// Work that lasts tells on stderr how far it is, whatever it is.
#[test]
fn long_work_tells_how_far_it_is() {
    let told = |words: &[&str], begin: &str| {
        let done = cutline(&[words, &["--progress", "1", "--json"]].concat());
        let lines: Vec<&str> = done.err.lines().collect();
        assert!(lines.iter().any(|line| line.starts_with(begin)), "{words:?}: {lines:?}");
        assert_ne!(done.status, 2);
    };
    let trace = json!({ "processes": 8, "events": vec![json!([["i"], ["i"], ["i"]]); 8] });
    let path = crate::file("long.json", &trace.to_string());
    told(&["cuts", &path, "--limit", "30000"], "all cuts: ");
    told(&["cuts", &path, "--limit", "30000", "--where", "P0.events = 9"], "possibly: ");
    told(&["explore", "tests/data/systems/d5_k3_t111_b111_i0.json"], "view with origins: ");
    let sends = "Ann sends 1 to Bob\nBob receives from Ann\n".repeat(1000);
    let head =
        "cutline 1\ntitle t\nprocess Ann has 5000\nprocess Bob has 0\nchannel Ann -> Bob\nchannel Bob -> Ann\nrun\n";
    let path = crate::file("long.cutline", &format!("{head}Ann starts a snapshot\n{sends}"));
    told(&["run", &path, "--scheduler", "random-work", "--steps", "2000"], "judging: ");
    told(&["draw", &path, "-o", &crate::file("long.svg", "")], "picture: ");
    // So many that even a fast machine is seen at it.
    let head = head.replace("has 5000", "has 50000");
    let many = format!("{head}Ann starts a snapshot\n{}", "Ann sends 1 to Bob\n".repeat(12_000));
    told(&["run", &crate::file("many.cutline", &many)], "run: ");
    let quick = cutline(&["run", crate::MONEY]);
    assert_eq!(quick.err, "", "what is quick says nothing");
}

/// What the file does not say can be asked for: another algorithm, and what goes wrong.
#[test]
fn an_algorithm_and_faults_can_be_chosen() {
    let bag = root().join("tests/data/systems/g1_bag_two_t10_b10_i0.json").display().to_string();
    let colours = root().join("tests/data/systems/h1_ly_two_t10_b10_i0.json").display().to_string();
    let chosen = cutline(&["explore", &bag, "--algorithm", "lai-yang", "--json"]);
    let own = cutline(&["explore", &colours, "--json"]);
    assert_eq!((chosen.status, chosen.json()["states"].clone()), (0, own.json()["states"].clone()));
    assert_eq!(chosen.json()["tagged_inconsistent_complete"], 0);
    assert_eq!(cutline(&["explore", &bag, "--json"]).status, 1, "the file's own algorithm does not stand it");
    let whole = cutline(&["explore", &bag, "--algorithm", "acharya-badrinath", "--json"]);
    assert_eq!((whole.status, whole.json()["joint_distinct_snapshots"].clone()), (0, 2.into()), "{}", whole.err);
    let as_it_comes = cutline(&["explore", &bag, "--algorithm", "acharya-badrinath-as-it-comes", "--json"]);
    assert_eq!((as_it_comes.status, as_it_comes.json()["counterexample"]["length"].clone()), (1, 5.into()));

    let fifo = root().join("tests/data/systems/i2_dropmarker_two_t10_b10_i0.json").display().to_string();
    let none = cutline(&["explore", &fifo, "--faults", "drop=0", "--json"]);
    assert_eq!((none.status, none.json()["terminal_incomplete"].clone()), (0, 0.into()));
    let own = cutline(&["explore", &fifo, "--json"]);
    let said = cutline(&["explore", &fifo, "--faults", "drop=1,target=marker", "--json"]);
    assert_eq!((said.status, said.json()["states"].clone()), (1, own.json()["states"].clone()));

    for (option, value, expected) in [
        ("--algorithm", "paxos", "expected one of chandy-lamport, cl-lazy"),
        (
            "--algorithm",
            "dijkstra-scholten",
            "it takes no snapshots, and there is nothing to explore about it; expected one of",
        ),
        ("--algorithm", "clock at noon", "expected a whole number up to 1000000000000, found noon"),
        ("--faults", "drop=many", "drop: expected how often, a whole number up to 65535, found many"),
        ("--faults", "drop=1,drop=2", "drop stands there twice; expected each at most once"),
        (
            "--faults",
            "loss=1",
            "expected drop=N, dup=N, corrupt=N, reorder=N, crash=N, amnesia=N, partition=N, target=app",
        ),
        ("--faults", "drop", "expected WHAT=VALUE, found drop"),
    ] {
        let refused = cutline(&["explore", &fifo, option, value]);
        assert_eq!(refused.status, 2);
        assert!(refused.err.contains(expected), "{option} {value}: {}", refused.err);
        let is_listed = refused.err.split("expected one of").nth(1).is_some_and(|names| names.contains("dijkstra"));
        assert!(!is_listed, "what is refused is not listed: {}", refused.err);
    }
}

/// Every scenario that is shipped can be given to the explorer: it comes to an end soon, and says what it came to.
#[test]
fn every_shipped_scenario_is_explored_to_a_clear_end() {
    let folders = ["crates/session/scenarios", "tests/data/scenarios"];
    let files = folders.into_iter().flat_map(|folder| std::fs::read_dir(root().join(folder)).expect("a folder"));
    let mut paths: Vec<String> = files
        .map(|file| file.expect("a file").path().display().to_string())
        .filter(|path| path.ends_with(".cutline"))
        .collect();
    paths.sort();
    assert!(paths.len() > 40);
    for path in paths {
        let done = cutline(&["explore", &path, "--max-states", "2000", "--max-seconds", "60", "--json"]);
        if done.status == 2 {
            assert!(done.err.contains("this algorithm takes no snapshots"), "{path}: {}", done.err);
            continue;
        }
        let told = done.json();
        let ended_by = told["stopped_by"].as_object().map(|views| views.values().cloned().collect::<Vec<_>>());
        let is_named = ended_by.iter().flatten().all(|by| by == "max-states" || by == "max-part");
        assert!(is_named && ended_by.is_some() != (told["finished"] == true), "{path}: {told}");
        assert!(told["states"].as_u64().is_some_and(|states| states > 3), "{path}: {told}");
    }
}

/// Time goes on only at the moments that make a difference, so recording by clocks can be explored: alone it goes wrong where
/// clocks differ, with each remedy it does not.
#[test]
fn recording_by_clocks_is_explored() {
    let file = root().join("tests/data/assumptions/clock-stamps.wrong.cutline").display().to_string();
    let alone = cutline(&["explore", &file, "--json"]);
    assert_eq!((alone.status, alone.json()["counterexample"]["length"].clone()), (1, 7.into()));
    for remedy in ["stamps", "holding", "silence 4"] {
        let done = cutline(&["explore", &file, "--algorithm", &format!("clock at 10 {remedy}"), "--json"]);
        let found = done.json();
        assert_eq!((done.status, found["finished"].clone()), (0, true.into()), "{remedy}: {found}");
        assert_eq!(
            (found["inconsistent_complete"].clone(), found["terminal_incomplete"].clone()),
            (0.into(), 0.into())
        );
    }
    let short = cutline(&["explore", &file, "--algorithm", "clock at 10 silence 2", "--json"]);
    assert_eq!(short.status, 1, "a silence shorter than the clocks differ is not enough");
}

/// Of a run that goes back the part before that has one order of events, and what is left out is said.
#[test]
fn cuts_look_at_a_run_until_it_goes_back() {
    for name in ["flink-unaligned", "flink-loop"] {
        let done = cutline(&["cuts", &format!("tests/data/scenarios/{name}.cutline"), "--json"]);
        assert_eq!(done.status, 0, "{}", done.err);
        assert!(done.err.contains("the run is looked at until it first goes back to a recorded state"), "{}", done.err);
        assert!(done.json()["snapshots"].as_array().is_some_and(|snapshots| !snapshots.is_empty()), "{}", done.out);
    }
    let leaves = cutline(&["explore", "tests/data/scenarios/leaving-in-order.cutline", "--max-states", "50"]);
    assert!(leaves.err.contains("leaving is left out"), "{}", leaves.err);
}

/// Around an outsider one message is recorded again and again: what is recorded grows, and few states are found on the way.
#[test]
fn what_grows_without_end_is_not_followed_for_ever() {
    let outsider = "tests/data/scenarios/outsider.cutline";
    let done = cutline(&["explore", outsider, "--max-part", "200", "--json"]);
    let told = done.json();
    assert_eq!((done.status, told["stopped_by"]["plain"].as_str()), (1, Some("max-part")));
    assert!(told["states"].as_u64().is_some_and(|states| states < 20_000), "{}", told["states"]);
    let done = cutline(&["explore", outsider, "--max-part", "200"]);
    let said =
        "One process or channel then held more than 200 bytes, recorded messages included: in some runs that grows";
    assert!(done.out.contains(said) && done.out.contains("stopped (--max-part)"), "{}", done.out);
    let crash = cutline(&["explore", "tests/data/scenarios/crash-and-amnesia.cutline"]);
    assert!(crash.err.contains("what goes wrong in the run of the file is left out; --faults says"), "{}", crash.err);
}

/// Crashes and partitions are gone through too, in whole states; what the algorithm lacks is said, and every limit holds.
#[test]
fn crashes_and_partitions_are_explored_whole() {
    let two = json!({
        "processes": 2, "channels": [[0, 1], [1, 0]], "algorithm": "chandy-lamport", "order": "fifo",
        "app": { "kind": "tokens", "initial": [1, 1], "send_budget": [1, 1] },
        "snapshots": [{ "id": 0, "initiators": [0] }],
    });
    let two = crate::file("two.json", &two.to_string());
    let usual = cutline(&["explore", &two, "--json"]).json();
    assert_eq!(usual["lacks"], serde_json::Value::Null);
    let states = usual["tagged_states"].as_u64().expect("a number");
    for (faults, times, status) in [("crash=1", 3, 1), ("partition=1", 3, 0)] {
        let done = cutline(&["explore", &two, "--faults", faults, "--json"]);
        assert_eq!((done.status, done.json()["view"].as_str()), (status, Some("tagged")), "{faults}: {}", done.err);
        // Before, while, after; or before, the one, the other.
        assert_eq!(done.json()["states"].as_u64(), Some(times * states), "{faults}");
        assert_eq!(done.json()["inconsistent_complete"], 0);
    }
    let forgets = cutline(&["explore", &two, "--faults", "amnesia=1"]);
    assert_eq!(forgets.status, 1);
    assert!(forgets.out.contains("  p0 crashes\n  p0 restarts\n"), "{}", forgets.out);
    let overtaking = cutline(&["explore", &two, "--faults", "reorder=1", "--theorem", "--reduce"]);
    assert!(overtaking.out.contains("The algorithm needs order in c0, which is not there."), "{}", overtaking.out);
    assert!(overtaking.out.contains("--theorem is left out: states are explored whole."), "{}", overtaking.out);
    assert!(overtaking.out.contains("receives item 2 from"), "{}", overtaking.out);

    for (limit, most, named) in [("--max-states", "20", "max-states"), ("--max-memory", "20K", "max-memory")] {
        let done = cutline(&["explore", &two, "--faults", "partition=1", limit, most, "--json"]);
        let told = done.json();
        assert_eq!(
            (done.status, told["stopped_by"]["whole"].as_str(), told["finished"].as_bool()),
            (3, Some(named), Some(false))
        );
        let done = cutline(&["explore", &two, "--faults", "partition=1", limit, most]);
        assert!(done.out.contains(&format!("Not finished ({limit}): ")), "{}", done.out);
    }
    let many: String = (0..11).map(|at| format!("process p{at} has 1\n")).collect();
    let many = crate::file("eleven.cutline", &format!("cutline 1\ntitle T\n{many}channel p0 -> p1\n"));
    let refused = cutline(&["explore", &many, "--faults", "partition=1"]);
    assert!(refused.status == 2 && refused.err.contains("for at most 10 processes; here are 11"), "{}", refused.err);
}

/// P0 has a fourth receipt that is not on its log, and has told P1.
#[test]
fn crashes_are_answered_by_each_way_of_logging() {
    let crash = |logging: &str| json!({ "crashed": [0], "checkpoints": [[0], [0], [0]], "logged": [3, 0, 0], "logging": logging });
    let trace = |crash: serde_json::Value| {
        let events = json!([
            [["r", "a"], ["r", "b"], ["r", "c"], ["r", "m1"], ["s", "m2"]],
            [["i"], ["r", "m2"], ["i"]],
            [["s", "a"], ["s", "b"], ["s", "c"], ["s", "m1"]],
        ]);
        json!({ "processes": 3, "events": events, "queries": { "crashes": [crash] } }).to_string()
    };
    for (logging, events, lost, back) in
        [("pessimistic", [5, 3, 4], 0, 0), ("optimistic", [3, 1, 4], 4, 1), ("causal", [5, 3, 4], 0, 0)]
    {
        let path = crate::file(&format!("crash-{logging}.json"), &trace(crash(logging)));
        let done = cutline(&["cuts", &path, "--json"]);
        let found = &done.json()["crashes"][0];
        assert_eq!((&found["events"], &found["events_lost"]), (&json!(events), &json!(lost)), "{logging}");
        assert_eq!(found["rolled_back"].as_array().map(Vec::len), Some(back), "{logging}");
        let text = cutline(&["cuts", &path]).out;
        assert!(text.contains(&format!("{logging} logging: so many events")), "{text}");
    }
    let path = crate::file("crash-hopeful.json", &trace(crash("hopeful")));
    let refused = cutline(&["cuts", &path]);
    assert_eq!(refused.status, 2);
    assert!(
        refused.err.contains("queries.crashes[0].logging: expected pessimistic, optimistic or causal"),
        "{}",
        refused.err
    );
}

/// The records of naive instants do not fit together; those of a marker algorithm do.
#[test]
fn local_records_are_repaired_by_their_clocks() {
    let snapshots = |path: &str| cutline(&["cuts", path, "--json"]).json()["snapshots"].clone();
    let naive = snapshots("tests/data/scenarios/naive-instants.cutline");
    assert_eq!(naive.as_array().map(Vec::len), Some(1));
    let naive = &naive[0];
    assert_eq!((&naive["cut"], &naive["consistent"]), (&json!([0, 1]), &json!(false)));
    assert_eq!((&naive["max_below"], &naive["retractions"]), (&json!([0, 0]), &json!(1)));
    assert_eq!(naive["min_above"], json!([1, 1]));
    let markers = snapshots("crates/session/scenarios/never-occurred.cutline");
    assert_eq!(markers[0]["consistent"], true);
    assert_eq!((&markers[0]["max_below"], &markers[0]["min_above"]), (&markers[0]["cut"], &markers[0]["cut"]));
}
