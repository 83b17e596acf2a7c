//! What is true of every run, tried on random ones. A failing case is shrunk to a small one.

use cutline_core::bare::GlobalState;
use cutline_core::judge::{judge, swaps};
use cutline_core::{ChandyLamport, Event, Order, World};
use cutline_tests::case::{Case, cases, property_cases};
use cutline_tests::checks::{self, About};
use cutline_tests::run::Run;
use cutline_tests::{drive, soak};
use proptest::prelude::*;

/// A run of a case passes every check, and the judge finds nothing wrong with it.
fn passes(case: &Case) -> Result<(), TestCaseError> {
    let history = drive::play(case, ChandyLamport::default());
    let run = Run::of(&history);
    prop_assert!(!run.snapshots.is_empty());
    let failures: Vec<_> = checks::failures(&run).into_iter().map(|(named, what)| (named.name, what)).collect();
    prop_assert_eq!(failures, vec![]);
    for snapshot in &run.snapshots {
        let verdict = judge(&run.trace, *snapshot);
        prop_assert!(verdict.is_consistent(), "{:?}", verdict);
    }
    Ok(())
}

/// The swaps that the judge names are of neighbours, as many as it says, and every run between the real one and the one
/// that passes through the recorded state is possible and ends alike.
fn swaps_lead_there(case: &Case) -> Result<(), TestCaseError> {
    let history = drive::play(case, ChandyLamport::default());
    let run = Run::of(&history);
    let happened = |(step, event): (usize, &Event)| event.state_after().map(|_| (step, *event));
    let real: Vec<(usize, Event)> = run.trace.events().filter_map(happened).collect();
    let end = |order: &[(usize, Event)]| {
        let mut state = GlobalState::initial(run.trace.system);
        order.iter().try_for_each(|(_, event)| state.follow(run.trace.system, event)).map(|()| state)
    };
    let last = end(&real);
    prop_assert!(last.is_ok());
    for snapshot in &run.snapshots {
        let mut order = real.clone();
        let mut count = 0;
        for (first, second) in swaps(&run.trace, *snapshot) {
            let at = order.iter().position(|(step, _)| *step == first).expect("an event of the run");
            prop_assert_eq!(order.get(at + 1).map(|(step, _)| *step), Some(second), "not neighbours");
            order.swap(at, at + 1);
            count += 1;
            if count % 7 == 1 {
                prop_assert_eq!(&end(&order), &last);
            }
        }
        prop_assert_eq!(&end(&order), &last);
        let verdict = judge(&run.trace, *snapshot);
        let passage = verdict.passage.expect("a consistent snapshot");
        prop_assert_eq!((count, swaps(&run.trace, *snapshot).next()), (passage.swaps, passage.first_swap));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(500), failure_persistence: None, ..Default::default() })]

    #[test]
    fn single_swaps_lead_to_the_recorded_state(case in cases()) {
        swaps_lead_there(&case)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(6000), failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_run_passes_every_check(case in cases()) {
        passes(&case)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(2000), failure_persistence: None, ..Default::default() })]

    #[test]
    fn so_does_every_run_of_work_and_of_waiting(case in property_cases()) {
        passes(&case)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(2000), failure_persistence: None, ..Default::default() })]

    /// Without FIFO channels the algorithm may fail; then the judge says so, and says so only then.
    #[test]
    fn the_judge_is_right_about_unordered_channels(case in cases()) {
        let case = Case { order: Order::Unordered, ..case };
        let history = drive::play(&case, ChandyLamport::default());
        let run = Run::of(&history);
        let telling = checks::failures(&run).into_iter().find(|(named, _)| named.about == About::Telling);
        prop_assert!(telling.is_none(), "{:?}", telling);
        for snapshot in &run.snapshots {
            let verdict = judge(&run.trace, *snapshot);
            prop_assert_eq!(verdict.is_consistent(), checks::is_right(&run, *snapshot), "{:?}", verdict);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(400), failure_persistence: None, ..Default::default() })]

    /// Going to any moment gives the world that was there, as a run that was never wound back has it.
    #[test]
    fn every_moment_can_be_gone_back_to(case in cases(), hops in prop::collection::vec(any::<u16>(), 0..20)) {
        let mut history = drive::play(&case, ChandyLamport::default());
        let trace = history.trace();
        let mut fresh = World::new(case.system(), ChandyLamport::default());
        let mut worlds = vec![fresh.clone()];
        let mut events = Vec::new();
        for step in &trace.steps {
            let before = events.len();
            fresh.apply(step.action, &mut events).expect("accepted before");
            prop_assert_eq!(&events[before..], step.events);
            worlds.push(fresh.clone());
        }
        let there = 0..worlds.len();
        let back = there.clone().rev();
        let hops = hops.into_iter().map(|hop| usize::from(hop) % worlds.len());
        for step in back.chain(there).chain(hops) {
            history.seek(step);
            prop_assert_eq!(history.step(), step);
            prop_assert_eq!(history.world(), &worlds[step]);
        }
    }
}
