//! One schedule under several algorithms: the application does the same, and the meters agree with what is there.

use cutline_core::algorithm::Algorithm;
use cutline_core::algorithms::lai_yang::LaiYang;
use cutline_core::algorithms::method::NAMES;
use cutline_core::algorithms::naive::Naive;
use cutline_core::explore::{Explorable, Pack};
use cutline_core::judge::judge;
use cutline_core::meters::{self, Facts, Meter};
use cutline_core::scheduler::{Following, Latency, OldestFirst, Schedule, Scheduler, Timed};
use cutline_core::snapshot::Snapshot;
use cutline_core::{ChandyLamport, Event, History, Method, Scenario, SnapshotId, Trace, World};
use cutline_tests::case::{Case, cases};
use cutline_tests::{drive, soak};
use proptest::prelude::*;

/// What the application does, told without the names that depend on the algorithm.
fn doings(trace: &Trace<'_>) -> Vec<Event> {
    trace.events().map(|(_, event)| *event).filter(|event| event.state_after().is_some()).collect()
}

fn along<A: Algorithm>(schedule: &Schedule, world: World<A>) -> (History<A>, Following) {
    let (actions, followed) = schedule.play(&world, 100_000);
    let mut history = History::new(world);
    actions.iter().for_each(|action| history.act(*action).expect("what was played"));
    while let Some(action) = OldestFirst.next(history.world()) {
        history.act(action).expect("what the scheduler chose");
    }
    (history, followed)
}

/// The same schedule, the same application; the costs are those of the theory, and what is metered as stored is stored.
fn goes_along<A: Explorable>(case: &Case, algorithm: A) -> Result<(), TestCaseError> {
    let given = drive::play(case, ChandyLamport::default());
    let schedule = Schedule::of(&given.trace());
    let (history, followed) = along(&schedule, World::new(case.system(), algorithm));
    prop_assert_eq!((followed.held(), followed.ahead(), followed.left()), (0, 0, 0));
    prop_assert_eq!(doings(&given.trace()), doings(&history.trace()));
    let mut world = World::new(case.system(), history.world().algorithm().clone());
    let mut meter = Meter::new(&world);
    for step in history.trace().steps {
        world.apply(step.action, &mut Vec::new()).expect("a step of the run");
        meter.follow(&world, step.events);
    }
    let counted = meter.meters();
    prop_assert_eq!(
        counted.messages,
        doings(&given.trace()).iter().filter(|e| matches!(e, Event::Sent { .. })).count() as u64
    );
    for (at, metered) in counted.snapshots.iter().enumerate().filter(|(_, one)| one.complete.is_some()) {
        let id = SnapshotId::at(at);
        let costs = world.algorithm().costs(&Facts::of(world.topology(), counted, id));
        prop_assert!(
            costs.controls.as_ref().is_some_and(|cost| cost.agrees(metered.controls)),
            "{:?} {:?}",
            costs,
            metered
        );
        prop_assert!(
            costs.tag_bits.as_ref().is_some_and(|cost| cost.agrees(counted.tag_bits)),
            "{:?} {:?}",
            costs,
            counted
        );
        prop_assert_eq!(metered.stored_bytes, stored(&world.snapshots()[at], &world));
        let verdict = judge(&history.trace(), id);
        let size = meters::stored(&history.trace(), id, &verdict);
        prop_assert!(size.agrees(metered.stored_bytes as u64) || !verdict.is_consistent(), "{:?} {:?}", size, metered);
        if let Some(delay) = costs.delay {
            let taken = u64::from(metered.delay);
            let agrees = if metered.in_rounds { taken == delay.value } else { taken >= delay.value };
            prop_assert!(agrees, "{:?} {:?}", delay, metered);
        }
    }
    Ok(())
}

fn stored<A: Algorithm>(snapshot: &Snapshot, world: &World<A>) -> usize {
    let mut bytes = Vec::new();
    world
        .topology()
        .processes()
        .filter_map(|process| snapshot.process(process))
        .for_each(|state| state.pack(&mut bytes));
    for channel in world.topology().channels() {
        snapshot.channel(channel).messages().iter().for_each(|kept| kept.payload.pack(&mut bytes));
    }
    bytes.len()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(300), failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_algorithm_goes_along(case in cases()) {
        goes_along(&case, ChandyLamport::default())?;
        goes_along(&case, LaiYang::default())?;
        goes_along(&case, Naive)?;
    }

    /// A run goes along with itself, step by step.
    #[test]
    fn a_run_follows_itself(case in cases()) {
        let given = drive::play(&case, ChandyLamport::default());
        let schedule = Schedule::of(&given.trace());
        let (again, _) = along(&schedule, World::new(case.system(), ChandyLamport::default()));
        prop_assert_eq!(given.trace().fingerprint(), again.trace().fingerprint());
    }
}

/// Where each message takes one unit, a snapshot takes as long as the theory says; elsewhere it can take longer.
#[test]
fn the_delay_is_that_of_the_theory_in_rounds() {
    let ring = "cutline 1\ntitle t\nprocess a has 1\nprocess b has 1\nprocess c has 1\nprocess d has 1\n\
                channel a -> b\nchannel b -> c\nchannel c -> d\nchannel d -> a\nchannel a -> c\nrun\na starts a snapshot\n";
    let scenario = Scenario::parse(ring).expect("a scenario");
    let metered = |latency: Latency, seed| {
        let mut world = World::new(scenario.system.clone(), ChandyLamport::default());
        let (mut meter, mut events) = (Meter::new(&world), Vec::new());
        let mut timed = Timed::new(seed, latency);
        let mut next = Some(scenario.script[0]);
        while let Some(action) = next {
            events.clear();
            world.apply(action, &mut events).expect("possible");
            meter.follow(&world, &events);
            next = timed.next(&world);
        }
        let own = meter.meters().snapshots[0].clone();
        let costs = world.algorithm().costs(&Facts::of(world.topology(), meter.meters(), SnapshotId(0)));
        (own.in_rounds, u64::from(own.delay), costs.delay.expect("markers say how long they take").value)
    };
    assert_eq!(metered(Latency::Constant(1), 1), (true, 3, 3));
    let others: Vec<_> = (0..50).map(|seed| metered(Latency::Uniform { least: 1, most: 9 }, seed)).collect();
    assert!(others.contains(&(false, 4, 3)), "by way of b it takes one more: {others:?}");
    assert!(others.iter().all(|(rounds, taken, theory)| if *rounds { taken == theory } else { taken >= theory }));
}

/// Who never holds anything back is never seen to, and who does is.
#[test]
fn what_is_held_back_is_nothing_where_the_theory_says_so() {
    let text = "cutline 1\ntitle t\nprocess a has 5\nprocess b has 5\nchannel a -> b\nchannel b -> a\n\
                run\na starts a snapshot\na sends 1 to b\nb sends 1 to a\nb receives from a\na receives from b\nb receives from a\n";
    let scenario = Scenario::parse(text).expect("a scenario");
    let schedule = Schedule::of(&scenario.play().trace());
    let mut known = 0;
    for method in NAMES.iter().filter_map(|name| Method::named(name)) {
        let (history, _) = along(&schedule, World::new(scenario.system.clone(), method));
        let mut world = World::new(scenario.system.clone(), method);
        let mut meter = Meter::new(&world);
        for step in history.trace().steps {
            world.apply(step.action, &mut Vec::new()).expect("a step of the run");
            meter.follow(&world, step.events);
        }
        let all: u64 = meter.meters().snapshots.iter().map(|one| one.held).sum();
        if let Some(formula) = meters::held(&method) {
            assert!(formula.agrees(all), "{method:?}: {all}");
            known += 1;
        }
    }
    assert!(known > 10, "{known}");
    let lazy = Method::named("cl-lazy").expect("an algorithm");
    assert_eq!(meters::held(&lazy), None);
}

/// Where markers wait to be sent, messages wait too; everything is done all the same.
#[test]
fn what_is_held_back_comes_later() {
    let text = "cutline 1\ntitle t\nprocess a has 5\nprocess b has 5\nchannel a -> b\nchannel b -> a\n\
                run\na starts a snapshot\na sends 1 to b\nb receives from a\nb receives from a\n";
    let scenario = Scenario::parse(text).expect("a scenario");
    let schedule = Schedule::of(&scenario.play().trace());
    let lazy = Method::named("cl-lazy").expect("an algorithm");
    let (history, followed) = along(&schedule, World::new(scenario.system.clone(), lazy));
    assert_eq!((followed.held(), followed.left()), (1, 0));
    assert_eq!(doings(&history.trace()).len(), 2);
}
