//! Other algorithms than the paper's, and what goes wrong: the stored scenarios, and random runs.

use cutline_core::algorithms::lai_yang::LaiYang;
use cutline_core::judge::judge;
use cutline_core::{Order, Scenario};
use cutline_tests::case::{Case, cases};
use cutline_tests::checks::{self, About};
use cutline_tests::run::Run;
use cutline_tests::{drive, soak};
use proptest::prelude::*;
use std::path::Path;

#[test]
fn the_stored_scenarios_come_out_as_they_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/scenarios");
    let mut count = 0;
    for file in std::fs::read_dir(folder).expect("the stored scenarios") {
        let path = file.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("a text");
        let scenario = Scenario::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(!scenario.expected.is_empty(), "{}", path.display());
        let unmet: Vec<usize> = scenario.unmet().iter().map(|unmet| unmet.line).collect();
        assert_eq!(unmet, Vec::<usize>::new(), "{}: these lines are not met", path.display());
        count += 1;
    }
    assert!(count >= 8, "only {count} scenarios were found");
}

#[test]
fn what_is_wrong_about_them_is_said_with_its_line() {
    let head = "cutline 1\ntitle t\nprocess p has 5\nprocess q has 5\nchannel p -> q\n";
    let cases = [
        ("algorithm paxos", "line 6: expected: algorithm chandy-lamport, lai-yang"),
        ("algorithm naive\nalgorithm naive", "line 7: algorithm can stand only once"),
        ("algorithm lai-yang\nmarkers one by one", "line 7: this goes with the algorithm chandy-lamport"),
        ("algorithm clock at 0", "line 6: a clock is asked for a reading of 1 or more"),
        ("algorithm clock at noon", "line 6: expected a whole number up to 1000000000000, found noon"),
        ("algorithm clock at 5 guessing", "line 6: expected: algorithm"),
        ("clock p offset", "line 6: expected: clock PROCESS offset NUMBER"),
        ("clock p offset 3 drift 1000000", "line 6: a drift is below a million"),
        ("clock r offset 3", "line 6: there is no process r"),
        ("outsider", "line 6: expected: outsider PROCESS"),
        ("numbers everywhere", "line 6: expected: numbers on every channel"),
        ("numbers on p -> p", "line 6: there is no channel p -> p"),
        ("control channel p", "line 6: expected: control channel P -> Q"),
        ("control channel p -> q\nrun\np sends 1 on p⇢q", "line 8: p⇢q is for messages of the algorithm"),
        ("run\nq restarts", "line 7: q has not crashed at this point"),
        ("run\nq crashes\nq starts a snapshot", "line 8: q has crashed at this point, and does nothing"),
        ("run\nlose item 1 on p -> q", "line 7: nothing is in p→q at this point"),
        ("run\nlose item 0 on p -> q", "line 7: expected the number of an item, from 1"),
        ("run\nsend item 1 on p -> q again", "line 7: item 1 on p→q does not wait to be sent again"),
        ("run\nwait until 5\nwait until 4", "line 8: time does not go back"),
        ("run\nwait until noon", "line 7: expected a moment, from 0"),
        ("outsider q\nrun\nq starts a snapshot", "line 8: q takes no part in snapshots"),
        ("algorithm clock at 5\nrun\nq starts a snapshot", "line 8: the clock of q reads 0 at this point"),
    ];
    for (rest, expected) in cases {
        let said = Scenario::parse(&format!("{head}{rest}\n")).expect_err(rest).to_string();
        assert!(said.starts_with(expected), "{rest}: {said}");
    }
}

/// A run of a case passes every check but those of markers, and the judge finds nothing wrong with it.
fn colours_are_right(case: &Case) -> Result<(), TestCaseError> {
    let history = drive::play(case, LaiYang::default());
    let run = Run::of(&history);
    prop_assert!(!run.snapshots.is_empty());
    let failures = checks::failures(&run).into_iter().filter(|(named, _)| named.about != About::Manner);
    // On a channel without order the messages that were under way come as they like.
    let failures = failures.filter(|(named, _)| case.order == Order::Fifo || named.name != "numbers in order");
    let failures: Vec<_> = failures.map(|(named, what)| (named.name, what)).collect();
    prop_assert_eq!(failures, vec![]);
    for snapshot in &run.snapshots {
        let verdict = judge(&run.trace, *snapshot);
        prop_assert!(verdict.is_consistent(), "{:?}", verdict);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(1500), failure_persistence: None, ..Default::default() })]

    #[test]
    fn colours_are_right_whatever_the_order(case in cases(), unordered in any::<bool>()) {
        let order = if unordered { Order::Unordered } else { Order::Fifo };
        colours_are_right(&Case { order, ..case })?;
    }
}
