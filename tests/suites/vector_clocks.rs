//! Vector clocks as a snapshot method: the repaired snapshot is right and is the nearest one, the unrepaired one is right
//! exactly where the clocks say so.

use cutline_core::algorithms::vector_clocks::{Repair, VectorClocks};
use cutline_core::cuts::{Cut, EventOrder};
use cutline_core::judge::judge;
use cutline_core::{Action, Algorithm, Event, History, Method, Order, ProcessId, Scenario, SnapshotId};
use cutline_diagram::Chart;
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

const UNREPAIRED: fn() -> VectorClocks = || VectorClocks { repair: Repair::No, ..VectorClocks::default() };

fn ordered(case: Case, unordered: bool) -> Case {
    Case { order: if unordered { Order::Unordered } else { Order::Fifo }, ..case }
}

/// The checks that a run fails. On a channel without order what was under way comes as it likes.
fn failures<A: Algorithm>(history: &History<A>, order: Order) -> Vec<(&'static str, String)> {
    let failures = checks::failures(&Run::of(history)).into_iter();
    let asked = failures.filter(|(named, _)| matches!(named.about, About::Result | About::Telling));
    let asked = asked.filter(|(named, _)| order == Order::Fifo || named.name != "numbers in order");
    asked.map(|(named, what)| (named.name, what)).collect()
}

/// How many of its events each process had done when it was told of a snapshot, from the events alone: at the first that
/// concerns the snapshot there.
fn told<A: Algorithm>(history: &History<A>, snapshot: SnapshotId) -> Vec<u32> {
    let (trace, topology) = (history.trace(), history.world().topology());
    let mut done = vec![0; topology.process_count()];
    let mut told = vec![None; topology.process_count()];
    for (_, event) in trace.events() {
        let process = event.process(topology).index();
        done[process] += u32::from(event.state_after().is_some());
        let is_sent = matches!(event, Event::ControlSent { .. });
        if event.snapshot() == Some(snapshot) && !is_sent {
            told[process].get_or_insert(done[process]);
        }
    }
    told.into_iter().map(|events| events.expect("everybody was told")).collect()
}

/// What the judge and the order of events have to say of each snapshot: whether it is consistent, where it cuts, where everybody
/// was told, and the nearest consistent cut below that.
fn found<A: Algorithm>(history: &History<A>) -> Vec<(bool, Vec<u32>, Cut, Cut)> {
    let (run, order) = (Run::of(history), EventOrder::of_trace(&history.trace()).expect("a run"));
    let of = |snapshot: &SnapshotId| {
        let verdict = judge(&run.trace, *snapshot);
        let cut = verdict.cut.iter().map(|events| events.expect("all have recorded")).collect();
        let told = order.cut(told(history, *snapshot)).expect("a cut");
        let nearest = order.max_below(&told);
        (verdict.is_consistent(), cut, told, nearest)
    };
    run.snapshots.iter().map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(250), failure_persistence: None, ..Default::default() })]

    /// In any order of the channels, with snapshots that overlap and with several initiators of one.
    #[test]
    fn what_is_repaired_is_the_nearest_consistent_cut(case in cases(), unordered in any::<bool>()) {
        let case = ordered(case, unordered);
        let history = drive::play_in(case.with_control_channels(), &case, VectorClocks::default());
        prop_assert_eq!(failures(&history, case.order), vec![]);
        for (consistent, cut, _, nearest) in found(&history) {
            prop_assert!(consistent);
            prop_assert_eq!(&cut[..], nearest.counts());
        }
    }

    /// The other way round: nothing is wrong with it but that the states do not fit together.
    #[test]
    fn what_is_not_repaired_is_right_where_the_clocks_say_so(case in cases(), unordered in any::<bool>()) {
        let case = ordered(case, unordered);
        let history = drive::play_in(case.with_control_channels(), &case, UNREPAIRED());
        for (consistent, cut, told, nearest) in found(&history) {
            prop_assert_eq!(&cut[..], told.counts());
            prop_assert_eq!(consistent, told == nearest);
        }
    }

    /// The run itself goes as if nothing had been recorded, and the next snapshots after going back are right too.
    #[test]
    fn a_run_goes_back_to_what_was_repaired(case in cases(), unordered in any::<bool>()) {
        let case = ordered(case, unordered);
        let mut run = drive::begin_in(case.with_control_channels(), &case, VectorClocks::default());
        case.choices.iter().for_each(|choice| run.choose(*choice));
        run.finish(case.ending);
        run.history.act(Action::Restore { snapshot: SnapshotId(0) }).expect("it is complete");
        let next = run.history.world().snapshots().len();
        for (snapshot, process) in case.initiations() {
            run.plan(SnapshotId::at(next + snapshot.index()), process);
        }
        case.choices.iter().for_each(|choice| run.choose(*choice));
        run.finish(case.ending);
        prop_assert_eq!(failures(&run.history, case.order), vec![]);
        let run = Run::of(&run.history);
        for snapshot in &run.snapshots {
            prop_assert!(judge(&run.trace, *snapshot).is_consistent());
        }
    }

    /// What is told, answered and told again: three for each of the others; two where nothing is repaired. A state is noted for
    /// each receipt before the process is told, and one when it is.
    #[test]
    fn what_it_costs(case in cases()) {
        let case = Case { initiators: vec![vec![case.initiators[0][0]]], ..case };
        for (method, each) in [("vector-clocks", 3), ("vector-clocks-unrepaired", 2)] {
            let method = Method::named(method).expect("an algorithm").planned_for([SnapshotId(0)]);
            let history = drive::play_in(case.with_control_channels(), &case, method);
            let trace = history.trace();
            let sent = trace.events().filter(|(_, event)| matches!(event, Event::ControlSent { .. })).count();
            prop_assert_eq!(sent, each * (usize::from(case.processes) - 1));
            let noted = if each == 3 { usize::from(case.processes) + receipts_before_telling(&history) } else { 0 };
            prop_assert_eq!(history.world().noted(), noted);
        }
    }
}

fn receipts_before_telling<A: Algorithm>(history: &History<A>) -> usize {
    let (trace, topology) = (history.trace(), history.world().topology());
    let mut is_told = vec![false; topology.process_count()];
    let mut receipts = 0;
    for (_, event) in trace.events() {
        let ProcessId(process) = event.process(topology);
        let process = usize::from(process);
        let comes = matches!(event, Event::ControlReceived { .. } | Event::Initiated { .. });
        is_told[process] |= comes;
        receipts += usize::from(!is_told[process] && matches!(event, Event::Received { .. }));
    }
    receipts
}

/// Always the same cases, so that the table below can be kept.
fn fixed_cases(count: u32) -> Vec<Case> {
    let mut runner = TestRunner::deterministic();
    let mut draw = || cases().new_tree(&mut runner).expect("a case").current();
    (0..count).map(|_| Case { order: Order::Unordered, ..draw() }).collect()
}

#[test]
fn every_flaw_that_matters_is_seen() {
    let (cases, mut table) = (fixed_cases(50), String::new());
    let mut add = |name: &str, wrong: &dyn Fn(&Case) -> bool| {
        let wrong = cases.iter().filter(|case| wrong(case)).count();
        writeln!(table, "{name}: {wrong} runs").expect("a string");
    };
    let is_wrong = |case: &Case, history: &History<Mutant<VectorClocks>>| !failures(history, case.order).is_empty();
    for flaw in Flaw::ALL {
        let mutant = Mutant { own: VectorClocks::default(), flaw };
        add(&format!("{flaw:?}"), &|case| is_wrong(case, &drive::play_in(case.with_control_channels(), case, mutant)));
    }
    add("unrepaired", &|case| {
        !failures(&drive::play_in(case.with_control_channels(), case, UNREPAIRED()), case.order).is_empty()
    });
    expect![[r#"
        BlankTags: 29 runs
        HoldsNothing: 0 runs
        KeepsNothing: 33 runs
        ClosesAtOnce: 0 runs
        Overlooks: 38 runs
        unrepaired: 19 runs
    "#]]
    .assert_eq(&table);
}

/// The diagram has a process on the cut where it noted what it records, from the recording on.
#[test]
fn the_cut_is_drawn_through_the_notes() {
    let text = include_str!("../data/scenarios/back-to-the-nearest-cut.cutline");
    let history = Scenario::parse(text).expect("a scenario").play();
    let chart = Chart::new(&history.trace());
    let recordings = &chart.recordings()[0];
    let places: Vec<(usize, usize)> =
        recordings.points.iter().map(|point| point.expect("all have recorded")).map(|at| (at.step, at.since)).collect();
    assert_eq!(places, [(4, 13), (6, 14), (8, 15)]);
    let bob = ProcessId(1);
    assert_eq!((recordings.point(bob, 13), recordings.point(bob, 14).is_some()), (None, true));
}
