//! What each command prints, to be read when it changes.

use crate::{MONEY, NEVER, cutline, file};
use expect_test::expect_file;

/// The status and the text.
fn shown(words: &[&str]) -> String {
    let done = cutline(words);
    format!("{}{}exit status {}\n", done.out, done.err, done.status)
}

#[test]
fn runs() {
    expect_file!["../golden/run-money.txt"].assert_eq(&shown(&["run", MONEY]));
    expect_file!["../golden/run-money.zh.txt"].assert_eq(&shown(&["run", MONEY, "--lang", "zh"]));
    expect_file!["../golden/run-never.txt"].assert_eq(&shown(&["run", NEVER, "--scheduler", "script"]));
    expect_file!["../golden/run-money.json"].assert_eq(&shown(&["run", MONEY, "--json"]));
}

/// Everything that can be told of a run in JSON: a deadlock, collected along the tree, and a snapshot that is wrong.
#[test]
fn runs_in_full() {
    let path = file("deadlock.cutline", crate::running::DEADLOCK);
    expect_file!["../golden/run-deadlock.txt"].assert_eq(&shown(&["run", &path]));
    expect_file!["../golden/run-deadlock.zh.txt"].assert_eq(&shown(&["run", &path, "--lang", "zh"]));
    expect_file!["../golden/run-deadlock.json"].assert_eq(&shown(&["run", &path, "--json"]));
    let path = file("overtaken.cutline", OVERTAKEN);
    expect_file!["../golden/run-overtaken.json"].assert_eq(&shown(&["run", &path, "--json"]));
}

#[test]
fn clocks() {
    let slow = "tests/data/scenarios/clocks-that-differ.cutline";
    expect_file!["../golden/clocks.txt"].assert_eq(&shown(&["clocks", slow, "--server", "Ann"]));
    let words = ["clocks", slow, "--server", "Ann", "--ntp", "--latency", "9..12", "--rounds", "1"];
    expect_file!["../golden/clocks-ntp.txt"].assert_eq(&shown(&words));
}

#[test]
fn schedules() {
    let stored = "tests/data/schedules/s12_nonfifo_orphan_in_channel.json";
    expect_file!["../golden/run-schedule.txt"].assert_eq(&shown(&["run", stored]));
    let path =
        crate::schedules::spoiled("s01_paper_S_star_never_occurred", "\"occurred\": false", "\"occurred\": true");
    expect_file!["../golden/run-schedule-wrong.txt"].assert_eq(&shown(&["run", &path]));
    expect_file!["../golden/run-schedule-wrong.zh.txt"].assert_eq(&shown(&["run", &path, "--lang", "zh"]));
}

const CANNOT: &str = "cutline 1
title One way
about Nobody can tell Ann.
process Ann has 5
process Bob has 5
channel Ann -> Bob
run
Bob starts a snapshot
expect
Bob recorded 5
Ann recorded 5
";

#[test]
fn runs_in_which_something_is_wrong() {
    let path = file("cannot.cutline", CANNOT);
    expect_file!["../golden/run-cannot.txt"].assert_eq(&shown(&["run", &path]));
    let zh = cutline(&["run", &path, "--lang", "zh"]);
    assert!(zh.status == 1 && zh.out.contains("第 11 行"), "{}", zh.out);
    let path = file("overtaken.cutline", OVERTAKEN);
    expect_file!["../golden/run-overtaken.txt"].assert_eq(&shown(&["run", &path]));
}

/// The marker overtakes the money.
const OVERTAKEN: &str = "cutline 1
title Overtaken
about A channel without order lets a message pass the marker.
process Ann has 5
process Bob has 5
channel Ann -> Bob unordered
channel Bob -> Ann
run
Ann starts a snapshot
Ann sends 2 to Bob
Bob receives item 2 from Ann
";

#[test]
fn explorations() {
    let system = |name: &str| shown(&["explore", &format!("tests/data/systems/{name}.json")]);
    expect_file!["../golden/explore-orphan.txt"].assert_eq(&system("f3_two_t10_b10_lazybad"));
    expect_file!["../golden/explore-stuck.txt"].assert_eq(&system("e4_line2_t1_i1_stuck"));
    expect_file!["../golden/explore-sound.txt"].assert_eq(&system("a10_two_t11_b11_2runs_same_init"));
    expect_file!["../golden/explore-never.txt"].assert_eq(&shown(&["explore", NEVER]));
}

#[test]
fn cuts() {
    let trace = |name: &str| shown(&["cuts", &format!("tests/data/traces/{name}.json")]);
    expect_file!["../golden/cuts-one-message.txt"].assert_eq(&trace("t04_one_message"));
    expect_file!["../golden/cuts-domino.txt"].assert_eq(&trace("t12_domino"));
    let naive = "tests/data/scenarios/naive-instants.cutline";
    let domino = "tests/data/scenarios/domino.cutline";
    expect_file!["../golden/cuts-uncoordinated.txt"].assert_eq(&shown(&["cuts", domino]));
    expect_file!["../golden/cuts-naive.txt"].assert_eq(&shown(&["cuts", naive]));
    let asked = |text: &str| shown(&["cuts", MONEY, "--where", text]);
    expect_file!["../golden/cuts-possibly.txt"].assert_eq(&asked("P1.balance + P2.balance < 150"));
    expect_file!["../golden/cuts-definitely.txt"].assert_eq(&asked("total = 300"));
    expect_file!["../golden/cuts-never.txt"].assert_eq(&asked("P1.balance > 200"));
}

#[test]
fn pictures() {
    let draw = |words: &[&str]| {
        let done = cutline(&[&["draw", "-o", "-"][..], words].concat());
        assert_eq!(done.status, 0, "{}", done.err);
        done.out
    };
    let (light, dark) = (draw(&[MONEY]), draw(&[MONEY, "--theme", "dark"]));
    assert!(light.starts_with("<svg ") && light.contains("#faf8f4") && !light.contains("var("));
    assert!(dark.contains("#131519") && !dark.contains("#faf8f4"));
    assert!(draw(&[NEVER, "--lang", "zh"]).contains("<title>从未出现过的状态</title>"));
    assert!(draw(&[MONEY, "--width", "400"]).contains("text.name { font: 600 19px"));
    assert!(!draw(&[MONEY, "--at", "7"]).contains("class=\"recording"), "before the snapshot");
    let path = file("picture.svg", "");
    let done = cutline(&["draw", MONEY, "-o", &path, "--json", "--at", "12"]);
    assert_eq!(done.json()["step"], 12);
    assert_eq!(std::fs::read_to_string(path).expect("the picture"), draw(&[MONEY, "--at", "12"]));
    let inside = cutline(&["draw", MONEY, "-o", "-", "--json", "--at", "12"]).json();
    assert_eq!(
        (&inside["step"], inside["svg"].as_str()),
        (&serde_json::json!(12), Some(&*draw(&[MONEY, "--at", "12"])))
    );
}

#[test]
fn help() {
    expect_file!["../golden/help.txt"].assert_eq(&shown(&["--help"]));
    for command in ["run", "explore", "cuts", "draw"] {
        let help = shown(&[command, "--help"]);
        assert!(help.contains("Examples:") && help.contains("--json"), "{help}");
    }
}

/// The balance of processes whose sends are limited, and states that are not labels.
#[test]
fn predicates_on_all_kinds_of_processes() {
    let asked = |name: &str, text: &str, predicate: &str| {
        let done = cutline(&["cuts", &file(name, text), "--json", "--where", predicate]);
        (done.status, done.json()["where"]["witness"].clone())
    };
    let budget = "cutline 1\ntitle B\nprocess Ann has 5 and 2 sends\nprocess Bob has 5\nchannel Ann -> Bob\nrun\nAnn sends 2 to Bob\n";
    assert_eq!(asked("budget.cutline", budget, "Ann.balance = 3"), (0, serde_json::json!([1, 0])));
    assert_eq!(asked("budget.cutline", budget, "Ann.balance = 0").0, 1);
    let work = "cutline 1\ntitle W\nprocess Ann is active\nprocess Bob is passive\nchannel c: Ann -> Bob\nrun\nAnn sends work to Bob\nAnn becomes passive\n";
    assert_eq!(asked("work.cutline", work, "all passive and not empty(c)"), (0, serde_json::json!([2, 0])));
}
