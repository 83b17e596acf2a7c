//! What a run costs, and how long things are under way in it.

use crate::{cutline, file};
use serde_json::{Value, json};

pub(crate) const DEADLOCK: &str = "cutline 1
title A circle of waiting
about Everybody waits for the next, and one grant is under way.
process Ann runs
process Bob runs
process Cid runs
process Dan runs
channels complete
rule Ann: may wait for all of Bob
rule Bob: may wait for all of Cid
rule Cid: may wait for all of Ann
collect along the tree
run
Ann sends grant to Dan
Ann waits for all of Bob
Bob waits for all of Cid
Cid waits for all of Ann
Ann starts a snapshot
";

fn run(name: &str, text: &str, words: &[&str]) -> Value {
    let path = file(name, text);
    let done = cutline(&[&["run", &path, "--json"][..], words].concat());
    assert_eq!(done.status, 0, "{}{}", done.out, done.err);
    done.json()
}

/// Three processes, and what the theory says for n of them and e channels: e markers, n - 1 reports along the tree,
/// n * e by flooding.
#[test]
fn collecting_costs_what_the_theory_says() {
    let told = |channels: &str, collect: &str| {
        let text = format!(
            "cutline 1\ntitle t\nprocess a has 1\nprocess b has 2\nprocess c has 3\n{channels}\n{collect}\nrun\na starts a snapshot\n"
        );
        let found = run("collect.cutline", &text, &[]);
        let snapshot = &found["snapshots"][0];
        let all = |count: &Value| count["sent"].as_u64().filter(|_| count["sent"] == count["received"]);
        assert_eq!(all(&snapshot["markers"]), snapshot["markers"]["expected"].as_u64());
        let collection = &snapshot["collection"];
        let reports = (all(&collection["reports"]), collection["reports"]["expected"].as_u64());
        (all(&snapshot["markers"]), reports, collection["collected"].clone(), collection["obstacles"].clone())
    };
    let ring = "channel a -> b\nchannel b -> c\nchannel c -> a";
    let (complete, tree, flooding) = ("channels complete", "collect along the tree", "collect by flooding");
    let at_a = |step: u64| json!([{ "process": "a", "after_step": step }]);
    assert_eq!(told(complete, tree), (Some(6), (Some(2), Some(2)), at_a(9), json!([])));
    assert_eq!(told(complete, flooding), (Some(6), (Some(18), Some(18)), at_a(12), json!([])));
    assert_eq!(told(ring, flooding), (Some(3), (Some(9), Some(9)), at_a(7), json!([])));
    assert_eq!(told(complete, ""), (Some(6), (None, None), Value::Null, Value::Null));
    let (markers, reports, at, obstacles) = told(ring, tree);
    assert_eq!((markers, reports, at), (Some(3), (Some(0), Some(2)), json!([])));
    assert_eq!(obstacles[0], json!({ "kind": "no way back", "child": "b", "parent": "a" }));
}

/// In which order what is under way arrives.
fn arrivals(text: &str, words: &[&str]) -> Vec<String> {
    let found = run("latency.cutline", text, words);
    let lines = found["run"].as_array().expect("sentences").iter();
    let arrivals = lines.filter_map(Value::as_str).filter(|line| line.contains("receives"));
    arrivals.map(|line| line.split_whitespace().take(4).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn what_is_slow_comes_late() {
    let text = "cutline 1\ntitle t\nprocess a has 9\nprocess b has 9\nprocess c has 9\nchannels complete\n\
                channel extra: a -> b\nLATENCYrun\na sends 1 on a→b\na sends 2 to c\n";
    let plain = text.replace("LATENCY", "");
    let (to_b, to_c) = ("b receives on a→b".to_owned(), "c receives from a".to_owned());
    let slow_b = ["--latency", "2..3", "--latency", "a→b=7+~2"];
    assert_eq!(arrivals(&plain, &slow_b), [to_c.clone(), to_b.clone()]);
    assert_eq!(arrivals(&plain, &["--latency", "9", "--latency", "a->b=1:1"]), [to_b.clone(), to_c.clone()]);
    // The file says it, and the command line has the last word.
    let slow = text.replace("LATENCY", "latency every channel 1\nlatency a→b 50..60\n");
    let random = ["--scheduler", "random-delays"];
    for seed in ["1", "2", "3"] {
        let seeded = [&random[..], &["--seed", seed]].concat();
        assert_eq!(arrivals(&slow, &seeded), [to_c.clone(), to_b.clone()]);
        let quick = [&seeded[..], &["--latency", "a→b=0"]].concat();
        assert_eq!(arrivals(&slow, &quick), [to_b.clone(), to_c.clone()]);
    }
    assert_eq!(arrivals(&slow, &[]), [to_b, to_c], "without random delays they mean nothing");
}

#[test]
fn wrong_delays_are_refused() {
    let path = file("delays.cutline", "cutline 1\ntitle t\nprocess a has 9\nprocess b has 9\nchannel a -> b\n");
    let said = |words: &[&str]| {
        let done = cutline(&[&["run", &path][..], words].concat());
        assert_eq!((done.status, done.out.as_str()), (2, ""), "{}", done.err);
        done.err
    };
    assert!(said(&["--latency", "c=3"]).contains("--latency c: there is no such channel, only: a→b"));
    assert!(said(&["--latency", "soon"]).contains("--latency soon: soon is no delay: expected a whole number"));
    let script = said(&["--latency", "3", "--scheduler", "script"]);
    assert!(script.contains("--latency goes with random-delays or random-work; script draws no delays"), "{script}");
}

/// What a run did can be put into a file again, whatever its processes compute.
#[test]
fn a_run_can_be_copied_into_a_file() {
    let work = "cutline 1\ntitle t\nprocess a is active and 3 sends\nprocess b is passive\nchannels complete\n\
                collect by flooding\nrun\na starts a snapshot\na sends work to b\na becomes passive\n";
    let automaton = "cutline 1\ntitle t\nprocess a in A\nprocess b in A\nchannel c: a -> b\nchannel d: a -> b\n\
                     channel e: b -> a\nrule a: A -> B\nrule a: B -> A sends m on d\nrule b: A -> B receives m on d\n\
                     run\na goes A -> B\na starts a snapshot\na sends m on d\n";
    let restored = "cutline 1\ntitle t\nprocess a has 5\nprocess b has 5\nchannel a -> b unordered\nchannel b -> a\nrun\n\
                    b sends 1 to a\na sends 1 to b\na sends 2 to b\nb receives item 2 from a\na starts a snapshot\n\
                    b receives from a\nb receives from a\na receives from b\na receives from b\nrestore snapshot 1\n";
    for text in [DEADLOCK, work, automaton, restored] {
        let found = run("original.cutline", text, &[]);
        let lines: Vec<&str> = found["run"].as_array().expect("sentences").iter().filter_map(Value::as_str).collect();
        let (head, _) = text.split_once("run\n").expect("a run");
        let copied =
            run("copied-run.cutline", &format!("{head}run\n{}\n", lines.join("\n")), &["--scheduler", "script"]);
        assert_eq!(copied["snapshots"], found["snapshots"]);
        assert_eq!((&copied["final"], &copied["run"]), (&found["final"], &found["run"]));
    }
}

/// Sent one by one, the markers still come to one a channel; what the run did can be put into a file again.
#[test]
fn a_run_with_owed_markers_can_be_copied_into_a_file() {
    let head = "cutline 1\ntitle t\nprocess a has 9\nprocess b has 9\nchannels complete\nmarkers one by one\nrun\n";
    let text = format!("{head}a starts a snapshot\nb sends 2 to a\nb starts a snapshot\n");
    let found = run("owed.cutline", &text, &[]);
    assert_eq!(found["markers"], "one by one");
    let lines: Vec<&str> = found["run"].as_array().expect("sentences").iter().filter_map(Value::as_str).collect();
    assert!(lines.iter().any(|line| line.contains("sends the marker of snapshot 2 to")), "{lines:?}");
    let copied = run("copied.cutline", &format!("{head}{}\n", lines.join("\n")), &["--scheduler", "script"]);
    assert_eq!(copied["snapshots"], found["snapshots"]);
    assert_eq!(copied["final"], found["final"]);
}

/// What of a scenario is not explored is said, and does not change what is found.
#[test]
fn what_is_not_explored_is_said() {
    let text = "cutline 1\ntitle t\nprocess a has 1 and 1 sends\nprocess b has 0 and 0 sends\nchannels complete\nCOLLECT\n\
                run\na starts a snapshot\na sends 1 to b\nb receives from a\nb receives from a\na receives from b\nBACK\n";
    let explored = |collect: &str, back: &str| {
        let path = file("explored.cutline", &text.replace("COLLECT", collect).replace("BACK", back));
        let done = cutline(&["explore", &path, "--json"]);
        (done.json()["states"].clone(), done.err)
    };
    let (states, said) = explored("", "");
    assert_eq!(said, "");
    let (same, said) = explored("collect along the tree", "");
    assert!(said.starts_with("cutline: note: collecting is left out: ") && said.lines().count() == 1, "{said}");
    assert_eq!(same, states);
    let (same, said) = explored("", "restore snapshot 1");
    assert!(said.starts_with("cutline: note: going back to a recorded state is left out: "), "{said}");
    assert_eq!(same, states);
}

/// A token that a rule does away with is lost in what is recorded after that, and in the words as in the data.
#[test]
fn a_lost_token_is_reported() {
    let text = "cutline 1\ntitle t\nprocess p in held\nprocess q in idle\nchannels complete\n\
                rule p: held -> idle sends permit on p→q\nrule q: idle -> held receives permit on p→q\n\
                rule q: held -> idle\ntoken in held\ntoken as permit\nrun\np sends permit to q\nLOSTq starts a snapshot\n";
    let lost = |found: &Value| {
        let properties = found["snapshots"][0]["properties"].as_array().expect("a list");
        let named = |name: &str| properties.iter().find(|one| one["property"] == name).expect("it").clone();
        (named("tokens lost"), named("tokens doubled")["holds"].clone())
    };
    let (there, doubled) = lost(&run("token.cutline", &text.replace("LOST", ""), &[]));
    assert_eq!(
        (&there["holds"], doubled, &there["follows"]),
        (&json!(false), json!(false), &json!("false at the start"))
    );
    assert_eq!(there["witness"], json!({ "in_processes": 0, "in_channels": 1, "at_start": 1 }));
    let gone = text.replace("LOST", "q receives from p\nq goes held -> idle\n");
    let (gone_words, (lost, _)) =
        (cutline(&["run", &file("gone.cutline", &gone)]).out, lost(&run("gone.cutline", &gone, &[])));
    assert_eq!((&lost["holds"], &lost["follows"]), (&json!(true), &json!("true at the end")));
    assert_eq!(lost["witness"], json!({ "in_processes": 0, "in_channels": 0, "at_start": 1 }));
    assert!(gone_words.contains("Token lost: yes."), "{gone_words}");
}

/// However many channels are alike, a line can be read.
#[test]
fn lines_of_large_systems_are_not_wide() {
    let processes: String = (0..64).map(|at| format!("process P{at} has 100\n")).collect();
    let text = format!("cutline 1\ntitle t\n{processes}channels complete\nrun\nP0 starts a snapshot\n");
    let done = cutline(&["run", &file("wide.cutline", &text)]);
    let widest = done.out.lines().map(|line| line.chars().count()).max();
    assert!(done.status == 0 && widest <= Some(200), "{widest:?}");
    let terms: usize =
        done.out.lines().filter(|line| line.contains(" + ")).map(|line| line.matches("100").count()).sum();
    assert_eq!(terms, 64, "no term of the equation is left out: {}", done.out);
    assert!(done.out.contains(" = 6400, "), "{}", done.out);
}
