//! Orders of real runs: against the judge, the world and the other code for vector clocks.

use cutline_core::algorithms::naive::Naive;
use cutline_core::causality::Clocks;
use cutline_core::cuts::{Cut, EventId, EventOrder};
use cutline_core::ids::ProcessId;
use cutline_core::judge::{Class, judge};
use cutline_core::predicate::Predicate;
use cutline_core::{ChandyLamport, Order, SnapshotId};
use cutline_tests::case::{Application, Case, cases};
use cutline_tests::run::Run;
use cutline_tests::{drive, soak};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(1000), failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_order_of_a_run_agrees_with_its_world(case in cases()) {
        let history = drive::play(&case, ChandyLamport::default());
        let run = Run::of(&history);
        let order = EventOrder::of_trace(&run.trace).expect("a run");
        let top = order.top();
        for (process, state) in run.topology().processes().zip(&run.end) {
            prop_assert_eq!(order.at(&top).state(process), Some(*state));
        }
        let mut clocks = Clocks::new(run.topology());
        run.events.iter().for_each(|event| clocks.follow(event));
        for (process, clock) in clocks.processes().iter().enumerate() {
            let number = top.counts()[process];
            if number > 0 {
                prop_assert_eq!(order.clock(EventId { process: ProcessId::at(process), number }), &clock[..]);
            }
        }
        prop_assert_eq!(order.messages().len(), run.messages.len());
        for (known, message) in order.messages().iter().zip(&run.messages) {
            prop_assert_eq!((known.id, known.link), (message.id, message.channel));
            prop_assert_eq!(known.received.is_some(), message.received.is_some());
        }
    }

    #[test]
    fn the_cut_of_a_snapshot_is_in_the_lattice(case in cases(), unordered in any::<bool>()) {
        let case = Case { order: if unordered { Order::Unordered } else { Order::Fifo }, ..case };
        let history = drive::play(&case, ChandyLamport::default());
        let run = Run::of(&history);
        let order = EventOrder::of_trace(&run.trace).expect("a run");
        for snapshot in &run.snapshots {
            let verdict = judge(&run.trace, *snapshot);
            let Some(counts) = verdict.cut.iter().copied().collect::<Option<Vec<u32>>>() else { continue };
            let cut = order.cut(counts).expect("a cut");
            let of_class = |class| {
                let found = verdict.messages.iter().filter(move |fate| fate.class() == class);
                found.map(|fate| fate.message).collect::<Vec<_>>()
            };
            let ids = |messages: Vec<&cutline_core::cuts::Message>| messages.iter().map(|m| m.id).collect::<Vec<_>>();
            prop_assert_eq!(ids(order.orphans(&cut)), of_class(Class::Orphan));
            prop_assert_eq!(ids(order.in_transit(&cut)), of_class(Class::InChannel));
            prop_assert_eq!(Some(order.is_consistent(&cut)), verdict.clocks_agree);
            if verdict.is_consistent() {
                for (channel, kept) in run.topology().channels().zip(order.channel_states(&cut)) {
                    let recorded = run.kept(*snapshot, channel).iter().map(|kept| kept.id).collect::<Vec<_>>();
                    let mut expected = ids(kept);
                    if unordered {
                        expected.sort_by_key(|id| recorded.iter().position(|recorded| recorded == id));
                    }
                    prop_assert_eq!(expected, recorded);
                }
            }
        }
    }

    /// Everybody records when told; repaired by the clocks, money is conserved however wrong that was. The repair is found
    /// apart, by looking at all consistent cuts below.
    #[test]
    fn naive_records_are_repaired_to_the_nearest_cut_below(case in cases()) {
        let everybody: Vec<u16> = (0..case.processes).collect();
        let initiators = case.initiators.iter().map(|_| everybody.clone()).collect();
        let history = drive::play(&Case { initiators, ..case }, Naive);
        let trace = history.trace();
        let order = EventOrder::of_trace(&trace).expect("a run");
        for (number, _) in (0..).zip(history.world().snapshots()) {
            let verdict = judge(&trace, SnapshotId(number));
            let Some(counts) = verdict.cut.iter().copied().collect::<Option<Vec<u32>>>() else { continue };
            let told = order.cut(counts).expect("a cut");
            let repaired = order.max_below(&told);
            prop_assert!(order.is_consistent(&repaired));
            prop_assert_eq!(verdict.clocks_agree, Some(repaired == told));
            prop_assert_eq!(&order.retreat(&told).cut, &repaired);
            prop_assert_eq!(order.at(&repaired).total(), order.at(&order.bottom()).total());
            let is_below = |cut: &Cut| cut.counts().iter().zip(told.counts()).all(|(one, other)| one <= other);
            for cut in order.lexical().take(500).filter(is_below) {
                prop_assert!(cut.counts().iter().zip(repaired.counts()).all(|(one, other)| one <= other), "{}", cut);
            }
        }
    }

    /// Money is conserved at every consistent cut, and at the nearest ones of any cut.
    #[test]
    fn every_consistent_cut_holds_the_same_total(case in cases(), shares in prop::collection::vec(0..=100_u32, 6)) {
        let Application::Bank(_) = case.application else { return Ok(()) };
        let history = drive::play(&case, ChandyLamport::default());
        let order = EventOrder::of_trace(&history.trace()).expect("a run");
        let (bottom, top) = (order.bottom(), order.top());
        let total = order.at(&bottom).total().expect("money");
        let counts = top.counts().iter().zip(&shares).map(|(count, share)| count * share / 100).collect();
        let cut = order.cut(counts).expect("a cut");
        let conserved = format!("total = {total} and all p: p.balance >= 0").parse::<Predicate>().expect("a predicate");
        let conserved = conserved.bind(&order).expect("known names");
        for cut in [top, order.max_below(&cut), order.min_above(&cut)] {
            prop_assert!(conserved.holds(order.at(&cut)), "{cut}");
        }
        let mut cuts = order.lexical().take(200);
        prop_assert!(cuts.all(|cut| conserved.holds(order.at(&cut))));
    }
}
