//! Clocks that are compared by asking.

use crate::{Done, cutline, file};
use serde_json::{Value, json};

const SLOW: &str = "tests/data/scenarios/clocks-that-differ.cutline";

fn asked(words: &[&str]) -> Done {
    cutline(&[&["clocks", SLOW, "--server", "Ann"], words].concat())
}

fn rounds(found: &Value) -> Vec<Value> {
    let processes = found["processes"].as_array().expect("processes");
    processes.iter().flat_map(|process| process["rounds"].as_array().expect("rounds").clone()).collect()
}

#[test]
fn delays_that_differ_little_are_enough() {
    let (wide, narrow) = (asked(&["--json"]), asked(&["--latency", "9..12", "--json"]));
    assert_eq!((wide.status, narrow.status), (1, 0), "{}{}", wide.err, narrow.err);
    assert_eq!((wide.json()["is_safe"].clone(), narrow.json()["is_safe"].clone()), (json!(false), json!(true)));
    for found in [wide, narrow] {
        let rounds = rounds(&found.json());
        assert_eq!(rounds.len(), 3);
        for round in rounds {
            assert_eq!(round["true_offset"], 3);
            assert!(round["wrong_by"].as_f64() <= round["error"].as_f64(), "{round}");
        }
    }
}

/// The same exchanges tell Cristian's rule more, since it knows the least delay, here 9 of a constant 9.
#[test]
fn ntp_knows_less_since_it_is_told_less() {
    let error = |words: &[&str]| {
        let found = asked(&[&["--latency", "9", "--thinking", "0", "--json"], words].concat()).json();
        (found["eps"].clone(), rounds(&found)[0]["offset"].clone())
    };
    assert_eq!(error(&[]), (json!(0), json!(3)));
    assert_eq!(error(&["--ntp"]), (json!(9), json!(3)));
}

const DRIFTING: &str = "cutline 1
title Drift
about A.
process Ann has 5
process Bob has 5
process Zoe has 5
channel Ann -> Bob
channel Bob -> Ann
control channel Zoe -> Ann
control channel Ann -> Zoe
latency every channel 1000
clock Bob offset 7 drift 50
";

#[test]
fn what_was_found_out_grows_stale() {
    let path = file("drifting.cutline", DRIFTING);
    let eps = |every: &str| {
        let done = cutline(&["clocks", &path, "--server", "Ann", "--thinking", "0", "--every", every, "--json"]);
        (done.status, done.json())
    };
    let (short, long) = (eps("1000"), eps("60000000"));
    assert_eq!((short.0, long.0), (0, 1));
    let grown = |found: &Value| {
        let round = &rounds(found)[0];
        round["error_until"].as_f64().expect("a number") - round["error"].as_f64().expect("a number")
    };
    assert!((grown(&long.1) - 6000.0).abs() < 1.0, "2 rho Delta = 6000: {}", grown(&long.1));
    assert!(grown(&short.1) < 1.0);
    let zoe = &long.1["processes"][1];
    assert_eq!(zoe["process"], "Zoe", "she asks on control channels");
}

#[test]
fn what_cannot_be_asked_is_said() {
    let refused = |words: &[&str]| {
        let done = cutline(words);
        assert_eq!((done.status, done.out.as_str()), (2, ""), "{words:?}");
        done.err
    };
    let nobody = refused(&["clocks", SLOW, "--server", "Zoe"]);
    assert_eq!(nobody, "cutline: --server Zoe: expected one of Ann, Bob\n");
    let alone = file("alone.cutline", &DRIFTING.replace("control channel Ann -> Zoe\n", ""));
    let deaf = refused(&["clocks", &alone, "--server", "Ann"]);
    assert!(deaf.contains("there is no channel Ann -> Zoe: expected one for control messages, or any"), "{deaf}");
    assert!(refused(&["clocks", SLOW, "--server", "Ann", "--every", "0"]).contains("1..=1000000000"));
    assert!(refused(&["clocks", SLOW, "--server", "Ann", "--thinking", "x"]).contains("x is no delay"));
}
