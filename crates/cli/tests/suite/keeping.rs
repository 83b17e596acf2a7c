//! Parts of snapshots on several processes: what is left of them, and what is read while one takes the place of another.

use crate::{cutline, file};
use expect_test::expect_file;
use serde_json::{Value, json};

const SAVED: &str = "tests/data/scenarios/kept-on-the-next.cutline";
const TWO: &str = "tests/data/scenarios/replaced-in-two-phases.cutline";
const ONE: &str = "tests/data/scenarios/replaced-in-one-phase.cutline";

/// The last part of the text.
fn kept(words: &[&str], from: &str) -> String {
    let done = cutline(words);
    assert_eq!((done.status, done.err.as_str()), (0, ""), "{words:?}");
    let at = done.out.find(from).unwrap_or_else(|| panic!("{}", done.out));
    done.out[at..].to_owned()
}

#[test]
fn one_takes_the_place_of_another() {
    expect_file!["../golden/keep-two-phases.txt"].assert_eq(&kept(&["run", TWO], "Each part"));
    expect_file!["../golden/keep-one-phase.txt"].assert_eq(&kept(&["run", ONE], "Each part"));
    expect_file!["../golden/keep-one-phase.zh.txt"].assert_eq(&kept(&["run", ONE, "--lang", "zh"], "每个部分另存于"));
    let flag = kept(&["run", TWO, "--keep", "1 in one phase"], "Each part");
    assert_eq!(flag, kept(&["run", ONE], "Each part"), "the command line has the last word");
}

fn keeping(words: &[&str], at: usize) -> Value {
    cutline(words).json()["snapshots"][at]["keeping"].clone()
}

#[test]
fn what_is_left_is_in_the_json() {
    let told = keeping(&["run", SAVED, "--json"], 0);
    assert_eq!((&told["others"], &told["after_step"]), (&json!(1), &json!(6)));
    assert_eq!(told["parts"][1], json!({ "process": "Bob", "kept_by": ["Bob", "Col"], "left_with": ["Col"] }));
    assert_eq!((&told["gone"], &told["whole"], &told["survives_any"]), (&json!(["Bob"]), &json!(true), &json!(0)));
    assert_eq!(told["lost_without"], json!([["Ann"], ["Col"]]));
    let all = keeping(&["run", SAVED, "--json", "--keep", "2"], 0);
    assert_eq!((&all["survives_any"], &all["lost_without"]), (&json!(1), &json!([["Ann", "Col"]])));
    assert_eq!(keeping(&["run", crate::MONEY, "--json"], 0), Value::Null, "nothing is said of it");
}

#[test]
fn what_is_read_is_in_the_json() {
    let two = &keeping(&["run", TWO, "--json"], 1)["replaces"];
    assert_eq!((&two["snapshot"], &two["phases"], &two["losses"]), (&json!(1), &json!(2), &json!(1)));
    let tried = &two["tried"];
    let count = |field: &str| tried[field].as_u64().expect("a number");
    assert_eq!((count("old") + count("new"), &tried["half"]), (count("states"), &Value::Null));
    assert_eq!(two["moments"][0], json!({ "step": null, "read": "old" }));
    assert_eq!(two["moments"][4], json!({ "step": { "does": "commit", "process": "Ann" }, "read": "new" }));
    let one = &keeping(&["run", ONE, "--json"], 1)["replaces"];
    let half = json!({ "steps": [{ "does": "prepare", "process": "Ann" }], "found": ["Ann", "Col"] });
    assert_eq!(one["tried"]["half"], half);
    assert_eq!(keeping(&["run", ONE, "--json"], 0)["replaces"], Value::Null, "nothing was there before");
}

/// With fewer copies than the file says, its expectation is not met.
#[test]
fn too_few_are_told() {
    let done = cutline(&["run", SAVED, "--keep", "0"]);
    assert_eq!(done.status, 1);
    assert!(
        done.out.contains("left with nobody") && done.out.contains("lost: it cannot be put together"),
        "{}",
        done.out
    );
    assert!(done.out.trim_end().ends_with("line 30: kept"), "{}", done.out);
    let wrong = cutline(&["run", SAVED, "--keep", "some"]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("a part is kept on 0 to 255 others"), "{}", wrong.err);
}

/// With many processes not all orders of steps are gone through, and that is said.
#[test]
fn too_many_to_go_through_are_told() {
    let names: Vec<String> = (0..11).map(|at| format!("p{at}")).collect();
    let mut text = "cutline 1\ntitle Eleven\n".to_owned();
    names.iter().for_each(|name| text += &format!("process {name} has 1\n"));
    let pairs = names.iter().zip(names.iter().cycle().skip(1));
    let pairs: Vec<(&String, &String)> = pairs.collect();
    pairs.iter().for_each(|(from, to)| text += &format!("channel {from} -> {to}\n"));
    text += "keep on 3 others\nrun\n";
    for _ in 0..2 {
        text += "p0 starts a snapshot\n";
        pairs.iter().for_each(|(from, to)| text += &format!("{to} receives from {from}\n"));
    }
    let path = file("eleven.cutline", &text);
    let told = keeping(&["run", &path, "--json"], 1);
    assert_eq!((&told["replaces"]["tried"], &told["replaces"]["losses"]), (&Value::Null, &json!(3)));
    let text = kept(&["run", &path], "Each part");
    assert!(text.contains("not gone through: more than 10 processes"), "{text}");
}
