//! What goes wrong in runs, because the file or the command line says so.

use crate::{MONEY, cutline};
use serde_json::Value;

fn run(words: &[&str]) -> Value {
    let done = cutline(&[&["run", "--json"][..], words].concat());
    assert_ne!(done.status, 2, "{}", done.err);
    done.json()
}

fn kinds(told: &Value) -> Vec<&str> {
    told["mishaps"].as_array().expect("a list").iter().filter_map(|one| one["kind"].as_str()).collect()
}

/// Each at most as often as is allowed, each some time; every step can be put into a scenario file.
#[test]
fn a_schedule_uses_up_what_is_allowed() {
    let all = "drop=1,corrupt=1,dup=1,copy=tail,reorder=1,crash=1,amnesia=1,partition=1";
    let mut seen = std::collections::BTreeSet::new();
    for seed in (1..=12).map(|seed: i32| seed.to_string()) {
        let policy = ["--scheduler", "random-work", "--steps", "100", "--snapshots", "2 every 10 steps by P1"];
        let words = [&[MONEY, "--faults", all, "--seed", &seed][..], &policy].concat();
        let told = run(&words);
        let kinds = kinds(&told);
        for kind in &kinds {
            // What is changed is lost where it is dropped, and may have come twice.
            let most = match *kind {
                "crashed" => 2,
                "lost" => 3,
                _ => 1,
            };
            assert!(kinds.iter().filter(|other| other == &kind).count() <= most, "{kinds:?}");
            seen.insert((*kind).to_owned());
        }
        assert_eq!(kinds.contains(&"partitioned"), kinds.contains(&"healed"), "what comes apart comes together");
        let steps = told["run"].as_array().expect("a list");
        for mishap in told["mishaps"].as_array().expect("a list") {
            let sentence = steps[mishap["step"].as_u64().expect("a step") as usize - 1].as_str().expect("a sentence");
            let word = match mishap["kind"].as_str().expect("a kind") {
                "lost" if sentence.contains(" receives ") => " receives ",
                "lost" => "lose item ",
                "corrupted" => "corrupt item ",
                "repeated" => " behind everything",
                "overtook" => "receives item ",
                "crashed" => " crashes",
                "restarted" => " restarts",
                "partitioned" => "cut off ",
                _ => "heal",
            };
            assert!(sentence.contains(word), "{mishap}: {sentence}");
        }
        assert_eq!(told, run(&words), "one seed, one run");
    }
    let every = ["corrupted", "crashed", "healed", "lost", "overtook", "partitioned", "repeated", "restarted"];
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), every);
}

/// A lost marker on the only way: the run says so, and the snapshot is not complete.
#[test]
fn what_went_wrong_is_told_in_text() {
    let text =
        "cutline 1\ntitle T\nprocess Ann has 5\nprocess Bob has 5\nchannel Ann -> Bob\nrun\nAnn starts a snapshot\n";
    let path = crate::file("one-way.cutline", text);
    let seed = (1..100).map(|seed: i32| seed.to_string());
    let words = |seed: &str| ["run", &path, "--faults", "drop=1,target=marker", "--seed", seed].map(str::to_owned);
    let lost = seed.map(|seed| words(&seed)).find_map(|words| {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let done = cutline(&words);
        done.out.contains("What went wrong:").then_some((done, cutline(&[&words[..], &["--lang", "zh"]].concat())))
    });
    let (done, chinese) = lost.expect("some seed loses the only marker");
    assert_eq!(done.status, 1, "it is never complete: {}", done.out);
    assert!(done.out.contains("\nWhat went wrong:\n  step 2: "), "{}", done.out);
    assert!(chinese.out.contains("\n出了什么问题：\n  第 2 步："), "{}", chinese.out);
}

#[test]
fn partitions_and_who_is_unavailable_are_in_the_json() {
    let told = run(&["tests/data/scenarios/partition-and-heal.cutline"]);
    assert_eq!(kinds(&told), ["partitioned", "healed"]);
    assert_eq!(told["mishaps"][0]["group"], serde_json::json!(["Ann", "Bob"]));
    assert_eq!(told["snapshots"][0]["availability"], Value::Null);

    let told = run(&["tests/data/scenarios/somebody-unavailable.cutline", "--scheduler", "script"]);
    assert_eq!((kinds(&told), told["mishaps"][0]["process"].as_str()), (vec!["crashed"], Some("Col")));
    let found = &told["snapshots"][0]["availability"];
    assert_eq!(found["unavailable"], serde_json::json!(["Col", "Dan"]));
    assert_eq!(found["exact"], serde_json::json!(["Ann→Bob", "Bob→Ann"]));
    assert_eq!(found["unseparated"], serde_json::json!(["Col→Ann", "Dan→Bob"]));
    assert_eq!(found["at_least"], 20);
}

#[test]
fn nothing_can_go_wrong_where_nobody_goes_on() {
    let done = cutline(&["run", MONEY, "--scheduler", "script", "--faults", "drop=1"]);
    assert_eq!(done.status, 2);
    assert!(done.err.contains("--faults goes with a scheduler that goes on"), "{}", done.err);
    let stored = "tests/data/schedules/s01_paper_S_star_never_occurred.json";
    assert_eq!(run(&[stored, "--faults", "drop=1"])["scheduler"], "oldest-first");
    assert_eq!(run(&[stored])["scheduler"], "script");
}
