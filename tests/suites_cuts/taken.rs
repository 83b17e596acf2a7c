//! The recovery line of the checkpoints that processes took in a run: three ways to find it, and what is lost with it.

use cutline_core::algorithms::index_based::IndexBased;
use cutline_core::algorithms::uncoordinated::Uncoordinated;
use cutline_core::cuts::{Checkpoints, EventOrder};
use cutline_core::judge::judge;
use cutline_core::{ProcessId, Scenario, SnapshotId};
use cutline_tests::case::{Case, cases};
use cutline_tests::{drive, soak};
use proptest::prelude::*;

fn everybody(case: Case) -> Case {
    let all: Vec<u16> = (0..case.processes).collect();
    Case { initiators: case.initiators.iter().map(|_| all.clone()).collect(), ..case }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(250), failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_line_of_a_run_is_the_same_in_three_ways(case in cases()) {
        let case = everybody(case);
        let history = drive::play(&case, Uncoordinated);
        let order = EventOrder::of_trace(&history.trace()).expect("a run");
        let taken = Checkpoints::of_trace(&order, &history.trace()).expect("checkpoints");
        let (line, _) = order.recovery_line(&taken, &taken.last()).expect("a line");
        prop_assert!(order.is_consistent(&line.cut));
        prop_assert_eq!(&order.recovery_line_by_graph(&taken, &taken.last()).expect("a line"), &line);
        prop_assert_eq!(&order.recovery_line_by_max_below(&taken, &taken.last()).expect("a line"), &line);
        let all: Vec<ProcessId> = history.world().topology().processes().collect();
        prop_assert_eq!(taken.after_failure(&order, &all), Some(line.clone()));
        // Who fails alone loses no more than if all fail, and keeps at least its own line.
        for process in all {
            let alone = taken.after_failure(&order, &[process]).expect("a line");
            prop_assert!(alone.cut.counts().iter().zip(line.cut.counts()).all(|(one, other)| one >= other));
        }
    }

    /// What the judge says of the n-th checkpoints is what their cut says; if they fit together, recovery does not go below.
    #[test]
    fn checkpoints_of_one_number_are_a_line_where_the_judge_says_so(case in cases()) {
        let case = everybody(case);
        let history = drive::play(&case, Uncoordinated);
        let (trace, order) = (history.trace(), EventOrder::of_trace(&history.trace()).expect("a run"));
        let taken = Checkpoints::of_trace(&order, &trace).expect("checkpoints");
        let (line, _) = order.recovery_line(&taken, &taken.last()).expect("a line");
        for number in (0..history.world().snapshots().len()).map(SnapshotId::at) {
            let verdict = judge(&trace, number);
            let Some(counts) = verdict.cut.iter().copied().collect::<Option<Vec<u32>>>() else { continue };
            let cut = order.cut(counts).expect("a cut");
            prop_assert_eq!(verdict.is_consistent(), order.is_consistent(&cut));
            if verdict.is_consistent() {
                prop_assert_eq!(&line.cut.join(&cut), &line.cut);
            }
        }
    }

    /// With numbers on the messages no domino falls: no event before the last common number is lost.
    #[test]
    fn numbers_on_messages_stop_the_domino(case in cases()) {
        let case = everybody(case);
        let history = drive::play(&case, IndexBased::default());
        let (trace, order) = (history.trace(), EventOrder::of_trace(&history.trace()).expect("a run"));
        let taken = Checkpoints::of_trace(&order, &trace).expect("checkpoints");
        let (line, _) = order.recovery_line(&taken, &taken.last()).expect("a line");
        let last = SnapshotId::at(history.world().snapshots().len() - 1);
        let verdict = judge(&trace, last);
        let cut = order.cut(verdict.cut.into_iter().map(|events| events.expect("all took it")).collect()).expect("a cut");
        prop_assert_eq!(line.cut.join(&cut), line.cut.clone());
        prop_assert!(line.events_lost == 0, "the last number is the last of all");
    }
}

/// Trace t12 as a run.
#[test]
fn the_domino_falls_to_the_start() {
    let text = include_str!("../data/scenarios/domino.cutline");
    let history = Scenario::parse(text).expect("a scenario").play();
    let order = EventOrder::of_trace(&history.trace()).expect("a run");
    let taken = Checkpoints::of_trace(&order, &history.trace()).expect("checkpoints");
    assert_eq!(taken.counts(), [[0, 1, 3, 5], [0, 2, 4, 6]]);
    let (line, rollbacks) = order.recovery_line(&taken, &taken.last()).expect("a line");
    assert_eq!((line.cut.counts(), line.events_lost, rollbacks.len()), (&[0, 0][..], 11, 6));
    // Bob's last checkpoint is the present, so he loses nothing if he fails; Ann's is not.
    assert_eq!(taken.after_failure(&order, &[ProcessId(1)]).expect("a line").events_lost, 0);
    assert_eq!(taken.after_failure(&order, &[ProcessId(0)]).expect("a line").cut.counts(), [0, 0]);
}
