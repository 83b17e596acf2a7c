//! Somebody crashes and never records: what still holds is what the judge says.

use cutline_core::judge::{Class, availability, judge};
use cutline_core::{Action, ChandyLamport, ProcessId, Scenario, SnapshotId};
use cutline_tests::case::{Case, cases};
use cutline_tests::{drive, soak};
use proptest::prelude::*;

/// However a process crashes, what is called exact is exact, what is called a lower bound is one, and everybody who is
/// not called unavailable records.
fn holds_without(case: &Case, crashes: ProcessId, at: usize) -> Result<(), TestCaseError> {
    let mut run = drive::begin(case, ChandyLamport::default());
    for (place, choice) in case.choices.iter().enumerate() {
        if place == at {
            _ = run.history.act(Action::Crash { process: crashes });
        }
        run.choose(*choice);
    }
    run.finish(case.ending);
    let history = run.history;
    let trace = history.trace();
    for id in (0..history.world().snapshots().len()).map(SnapshotId::at) {
        let (verdict, found) = (judge(&trace, id), availability(&trace, id));
        prop_assert!(verdict.faults.is_empty(), "{:?}", verdict.faults);
        let snapshot = &history.world().snapshots()[id.index()];
        if snapshot.has_begun() {
            prop_assert_eq!(&found.unavailable, &verdict.unrecorded, "all deliveries that can be have been");
        }
        for channel in &found.exact {
            let under_way = verdict.messages.iter().filter(|fate| fate.channel == *channel);
            let under_way = under_way.filter(|fate| fate.class() == Class::InChannel).map(|fate| fate.payload);
            let kept = snapshot.channel(*channel).messages().iter().map(|kept| kept.payload);
            prop_assert_eq!(kept.collect::<Vec<_>>(), under_way.collect::<Vec<_>>());
        }
        if let (Some(least), Some(sums)) = (found.at_least, verdict.sums) {
            prop_assert!(least <= sums.at_start, "{least} of {}", sums.at_start);
            prop_assert!(!verdict.is_complete() || least == sums.at_start);
        }
        if !history.world().has_crashed(crashes) {
            prop_assert_eq!(found.unavailable, vec![]);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(1000), failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_holds_without_somebody_is_what_the_judge_says(case in cases(), crashes in 0_u16..2, at in 0_usize..40) {
        holds_without(&case, ProcessId(crashes), at)?;
    }
}

const PAIR: &str = "cutline 1\ntitle t\nprocess p has 5\nprocess q has 5\nchannel p -> q\nchannel q -> p\nrun\n";

#[test]
fn whoever_begins_again_is_available_again() {
    let of = |run: &str| {
        let history = Scenario::parse(&format!("{PAIR}{run}")).expect("a good file").play();
        availability(&history.trace(), SnapshotId(0)).unavailable
    };
    assert_eq!(of("q crashes\n"), [], "nobody has begun a snapshot");
    assert_eq!(of("p starts a snapshot\nq crashes\n"), [ProcessId(1)]);
    assert_eq!(of("p starts a snapshot\nq crashes\nq restarts\n"), []);
    assert_eq!(of("p starts a snapshot\nq receives from p\nq crashes\n"), [], "it has recorded");
}
