//! Checkpoints that record no channels: the line is consistent, and what crosses it is for the transport to send again.

use cutline_core::algorithms::index_based::{Forced, IndexBased};
use cutline_core::computation::Bank;
use cutline_core::explore::{Explorable, Exploration, Explorer, Planned, TaggedFigures, View};
use cutline_core::judge::judge;
use cutline_core::{Algorithm, Computation, Event, History, Order, ProcessId, SnapshotId, System, Topology};
use cutline_tests::case::{Case, cases};
use cutline_tests::checks;
use cutline_tests::mutant::{Flaw, Mutant};
use cutline_tests::run::Run;
use cutline_tests::{drive, soak};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::sync::Arc;

/// What must be true of every line of checkpoints, told from the events alone.
const OF_A_LINE: [&str; 6] =
    ["recorded once", "complete", "true states", "no orphan", "legal without markers", "recorded as told"];

/// Whether something is wrong with a run in which every process takes every checkpoint.
fn wrong(run: &Run<'_>) -> Option<String> {
    let failed = checks::failures(run).into_iter().find(|(named, _)| OF_A_LINE.contains(&named.name));
    if let Some((named, what)) = failed {
        return Some(format!("{}: {what}", named.name));
    }
    for snapshot in &run.snapshots {
        let Some(cut) = run.cut(*snapshot) else { return Some(format!("{snapshot:?} is not complete")) };
        let side = |process: ProcessId, place: usize| place < cut[process.index()];
        let crosses = run.messages.iter().filter(|message| {
            let ends = run.topology().channel(message.channel);
            let received = message.received.is_some_and(|place| side(ends.to, place));
            side(ends.from, message.sent) && !received
        });
        let verdict = judge(&run.trace, *snapshot);
        if !verdict.is_consistent() {
            return Some(format!("{verdict:?}"));
        }
        if !verdict.left_messages().map(|fate| fate.message).eq(crosses.map(|message| message.id)) {
            return Some("other messages cross the line than those that are left".to_owned());
        }
    }
    None
}

/// Everybody takes part in every line of its own accord, unless a message was first.
fn with_everybody(case: Case, unordered: bool) -> Case {
    let everybody: Vec<u16> = (0..case.processes).collect();
    let initiators = case.initiators.iter().map(|_| everybody.clone()).collect();
    let order = if unordered { Order::Unordered } else { Order::Fifo };
    Case { initiators, order, ..case }
}

fn control_messages<A: Algorithm>(history: &History<A>) -> usize {
    let sent = |(_, event): &(usize, &Event)| matches!(event, Event::ControlSent { .. });
    history.trace().events().filter(sent).count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(1000), failure_persistence: None, ..Default::default() })]

    #[test]
    fn checkpoints_of_one_number_are_consistent(case in cases(), unordered in any::<bool>()) {
        let history = drive::play(&with_everybody(case, unordered), IndexBased::default());
        prop_assert_eq!(wrong(&Run::of(&history)), None);
        prop_assert_eq!(control_messages(&history), 0);
    }
}

fn fixed(count: u32) -> Vec<Case> {
    let mut runner = TestRunner::deterministic();
    (0..count).map(|_| with_everybody(cases().new_tree(&mut runner).expect("a case").current(), false)).collect()
}

#[test]
fn numbers_left_out_and_checkpoints_too_late_are_noticed() {
    let cases = fixed(150);
    let noticed = |played: &dyn Fn(&Case) -> bool| cases.iter().filter(|case| played(case)).count();
    let blank = Mutant { own: IndexBased::default(), flaw: Flaw::BlankTags };
    assert!(noticed(&|case| wrong(&Run::of(&drive::play(case, blank))).is_some()) > 20);
    let late = IndexBased { forced: Forced::After };
    assert!(noticed(&|case| wrong(&Run::of(&drive::play(case, late))).is_some()) > 20);
    assert_eq!(noticed(&|case| wrong(&Run::of(&drive::play(case, IndexBased::default()))).is_some()), 0);
}

/// So many processes with one unit each and so many sends, in a ring.
fn ring(processes: u16, sends: u32) -> Arc<System> {
    let mut topology = Topology::new();
    (0..processes).for_each(|at| _ = topology.add_process(&format!("p{at}")).expect("a new name"));
    for at in 0..processes {
        let to = ProcessId((at + 1) % processes);
        topology.add_channel(None, ProcessId(at), to, Order::Fifo).expect("a channel");
    }
    let bank = Bank::with_budgets((0..processes).map(|_| (1, Some(sends)))).expect("a bank");
    Arc::new(System { topology, computation: Computation::Bank(bank) })
}

fn explored<A: Explorable>(system: &Arc<System>, snapshots: u16, algorithm: A) -> (TaggedFigures, u64) {
    let initiators: Vec<ProcessId> = system.topology.processes().collect();
    let planned = |at| Planned { id: SnapshotId(at), initiators: initiators.clone() };
    let setup = Exploration::new(system.clone(), (0..snapshots).map(planned).collect());
    let mut explorer = Explorer::new(setup.viewed(View::Tagged), algorithm);
    explorer.run();
    (explorer.tagged_figures(), explorer.plain_figures().terminal_incomplete)
}

#[test]
fn every_run_of_a_small_system_has_consistent_lines() {
    for (processes, sends, snapshots) in [(2, 1, 1), (2, 2, 2), (3, 1, 1), (3, 1, 2)] {
        let (found, stuck) = explored(&ring(processes, sends), snapshots, IndexBased::default());
        assert!(found.complete_states > 0);
        assert_eq!((found.inconsistent_complete, stuck), (0, 0), "{processes} {sends} {snapshots}");
        assert!(found.single_counterexamples.is_empty());
    }
    let (late, _) = explored(&ring(2, 1), 1, IndexBased { forced: Forced::After });
    assert!(late.inconsistent_complete > 0);
}
