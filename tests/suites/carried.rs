//! Algorithms that need no order in the channels, since messages carry something: random runs within what each assumes,
//! what each costs, and what happens when one is broken.

use cutline_core::algorithms::mattern::Mattern;
use cutline_core::judge::judge;
use cutline_core::{Algorithm, Event, History, Order, SnapshotId};
use cutline_tests::case::{Case, cases};
use cutline_tests::checks::{self, About};
use cutline_tests::mutant::{Flaw, Mutant};
use cutline_tests::run::Run;
use cutline_tests::{drive, soak};
use expect_test::expect;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::fmt::Write;

/// The names of the checks that a run fails. On a channel without order what was under way comes as it likes.
fn failures<A: Algorithm>(history: &History<A>, order: Order) -> Vec<(&'static str, String)> {
    let failures = checks::failures(&Run::of(history)).into_iter();
    let failures = failures.filter(|(named, _)| named.about != About::Manner);
    let failures = failures.filter(|(named, _)| order == Order::Fifo || named.name != "numbers in order");
    failures.map(|(named, what)| (named.name, what)).collect()
}

/// Whether the judge finds every snapshot of a run complete and consistent.
fn is_judged_right<A: Algorithm>(history: &History<A>) -> bool {
    let run = Run::of(history);
    let verdicts = run.snapshots.iter().map(|snapshot| judge(&run.trace, *snapshot));
    verdicts.into_iter().all(|verdict| verdict.is_complete() && verdict.is_consistent())
}

/// A run passes every check but those of markers, and the judge finds nothing wrong with it.
fn is_right<A: Algorithm>(history: &History<A>, order: Order) -> Result<(), TestCaseError> {
    prop_assert!(!Run::of(history).snapshots.is_empty());
    prop_assert_eq!(failures(history, order), vec![]);
    prop_assert!(is_judged_right(history));
    Ok(())
}

/// How many control messages a snapshot took.
fn control_messages<A: Algorithm>(history: &History<A>, snapshot: SnapshotId) -> usize {
    let trace = history.trace();
    let of_it = |event: &Event| matches!(event, Event::ControlSent { role, .. } if role.snapshot() == snapshot);
    trace.events().filter(|(_, event)| of_it(event)).count()
}

fn ordered(case: Case, unordered: bool) -> Case {
    let order = if unordered { Order::Unordered } else { Order::Fifo };
    Case { order, ..case }
}

/// The same with one snapshot that one process starts.
fn of_one(case: Case) -> Case {
    let initiator = case.initiators[0][0];
    Case { initiators: vec![vec![initiator]], ..case }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(1000), failure_persistence: None, ..Default::default() })]

    /// Around a ring of channels of its own, or of those of the application.
    #[test]
    fn a_vector_counts_whatever_the_order(case in cases(), unordered in any::<bool>(), own_ring in any::<bool>()) {
        let case = ordered(case, unordered);
        let system = if own_ring { case.with_control_channels() } else { case.system() };
        is_right(&drive::play_in(system, &case, Mattern::default()), case.order)?;
    }

    /// Two rounds of n.
    #[test]
    fn a_vector_goes_around_twice(case in cases(), unordered in any::<bool>()) {
        let case = of_one(ordered(case, unordered));
        let history = drive::play(&case, Mattern::default());
        prop_assert_eq!(control_messages(&history, SnapshotId(0)), 2 * usize::from(case.processes));
    }
}

/// Always the same cases, so that the table below can be kept.
fn fixed_cases(count: u32) -> Vec<Case> {
    let mut runner = TestRunner::deterministic();
    let mut draw = || cases().new_tree(&mut runner).expect("a case").current();
    (0..count).map(|_| Case { order: Order::Unordered, ..draw() }).collect()
}

/// In how many runs each flaw shows, and in what first.
fn add_rows<A: Algorithm + Copy>(name: &str, own: A, cases: &[Case], table: &mut String) {
    for flaw in Flaw::ALL {
        let (mut wrong, mut first) = (0, None);
        for case in cases {
            let history = drive::play_in(case.with_control_channels(), case, Mutant { own, flaw });
            let failures = failures(&history, case.order);
            assert_eq!(failures.is_empty(), is_judged_right(&history), "{name} {flaw:?}: {failures:?}\n{case:?}");
            wrong += usize::from(!failures.is_empty());
            first = first.or(failures.first().map(|(name, _)| *name));
        }
        writeln!(table, "{name} {flaw:?}: {wrong} runs; first: {}", first.unwrap_or("-")).expect("a string");
    }
}

#[test]
fn every_flaw_that_matters_is_seen() {
    let (cases, mut table) = (fixed_cases(80), String::new());
    add_rows("Mattern", Mattern::default(), &cases, &mut table);
    expect![[r#"
        Mattern BlankTags: 62 runs; first: one class per message
        Mattern HoldsNothing: 0 runs; first: -
        Mattern KeepsNothing: 57 runs; first: one class per message
        Mattern ClosesAtOnce: 57 runs; first: one class per message
        Mattern Overlooks: 67 runs; first: complete
    "#]]
    .assert_eq(&table);
}
