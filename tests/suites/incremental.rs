//! Incremental snapshots one after the other, and storing them as differences.

use cutline_core::algorithm::Algorithm;
use cutline_core::algorithms::venkatesan::Venkatesan;
use cutline_core::bare::GlobalState;
use cutline_core::deltas::Store;
use cutline_core::judge::judge;
use cutline_core::meters::{Facts, Meter};
use cutline_core::scheduler::Latency;
use cutline_core::scheduler::{Periodic, Policy, Scheduler, Timed};
use cutline_core::world::Waiting;
use cutline_core::{Action, ChandyLamport, History, ProcessId, SnapshotId, World};
use cutline_tests::case::cases;
use cutline_tests::soak;
use proptest::prelude::*;

const EVERY: Policy = Policy { every: 9, load: None, most: 5, by: Vec::new() };

/// A run in which the processes go on and on, with snapshots by a policy.
fn periodic<A: Algorithm>(world: World<A>, seed: u64, policy: Policy, steps: usize) -> History<A> {
    let timed = Timed::new(seed, Latency::Uniform { least: 1, most: 20 }).with_pauses(Latency::Constant(5), 9);
    let mut scheduler = Periodic::new(timed, policy);
    let mut history = History::new(world);
    for _ in 0..steps {
        let Some(action) = scheduler.next(history.world()) else { break };
        history.act(action).expect("what the scheduler chose");
    }
    history
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(300), failure_persistence: None, ..Default::default() })]

    /// Markers on used channels, again and again, each snapshot begun as soon as its initiator may: what is sent when all is
    /// known to be complete may come before that word does.
    #[test]
    fn incremental_snapshots_one_after_the_other(case in cases(), seed in any::<u64>()) {
        let policy = Policy { by: vec![ProcessId(0)], ..EVERY };
        let history = periodic(World::new(case.with_control_channels(), Venkatesan::default()), seed, policy, 400);
        let mut world = World::new(history.world().system().clone(), Venkatesan::default());
        let mut meter = Meter::new(&world);
        for step in history.trace().steps {
            world.apply(step.action, &mut Vec::new()).expect("a step of the run");
            meter.follow(&world, step.events);
        }
        for (at, snapshot) in world.snapshots().iter().enumerate() {
            let id = SnapshotId::at(at);
            let verdict = judge(&history.trace(), id);
            prop_assert!(!verdict.is_wrong(), "{id:?} {verdict:?}");
            let metered = &meter.meters().snapshots[at];
            let costs = world.algorithm().costs(&Facts::of(world.topology(), meter.meters(), id)).controls.expect("a formula");
            // Acknowledgements of late markers may be under way.
            if snapshot.is_complete() && world.is_quiet() {
                prop_assert!(costs.agrees(metered.controls), "{costs:?} {metered:?}");
            }
        }
    }

    /// Base and deltas give back what was recorded, whatever was discarded in between.
    #[test]
    fn what_was_stored_comes_back(case in cases(), seed in any::<u64>(), every in 1..5_usize, discards in any::<u8>()) {
        let policy = Policy { by: vec![ProcessId(0)], ..EVERY };
        let history = periodic(World::new(case.system(), ChandyLamport::default()), seed, policy, 300);
        let (world, mut store, mut states) = (history.world(), Store::new(every), Vec::new());
        for (at, snapshot) in world.snapshots().iter().enumerate() {
            if let Some(state) = GlobalState::recorded(world.system(), snapshot) {
                let size = store.put(SnapshotId::at(at), &state);
                prop_assert!(size > 0);
                states.push((SnapshotId::at(at), state));
            }
        }
        for (id, state) in &states {
            prop_assert_eq!(store.restore(*id), Some(state.clone()));
        }
        let is_discarded = |id: SnapshotId| discards >> (id.0 % 8) & 1 == 1;
        states.iter().filter(|(id, _)| is_discarded(*id)).for_each(|(id, _)| store.discard(*id));
        for (id, state) in &states {
            prop_assert_eq!(store.restore(*id), (!is_discarded(*id)).then(|| state.clone()));
        }
        states.iter().for_each(|(id, _)| store.discard(*id));
        prop_assert_eq!(store.bytes(), 0, "nothing refers to anything any more");
    }

    /// So many, not too often, and not while much is under way.
    #[test]
    fn a_policy_is_kept(case in cases(), seed in any::<u64>(), every in 1..30_u32, load in proptest::option::of(0..4_u32)) {
        let policy = Policy { every, load, most: 4, by: vec![ProcessId(0)] };
        let history = periodic(World::new(case.system(), ChandyLamport::default()), seed, policy, 300);
        let trace = history.trace();
        let (mut world, mut last, mut begun) = (World::new(case.system(), ChandyLamport::default()), 0, 0);
        for (at, step) in trace.steps.iter().enumerate() {
            if matches!(step.action, Action::Initiate { .. }) {
                let is_message = |item: &Waiting| matches!(item, Waiting::Message(_));
                let under_way: usize = world.topology().channels().map(|c| world.in_channel(c).filter(is_message).count()).sum();
                prop_assert!(load.is_none_or(|load| under_way <= load as usize));
                prop_assert!(at - last >= every as usize, "{at} {last}");
                (last, begun) = (at + 1, begun + 1);
            }
            world.apply(step.action, &mut Vec::new()).expect("a step of the run");
        }
        prop_assert!(begun <= 4);
        if load.is_none() && trace.steps.len() == 300 {
            prop_assert!(begun > 0);
        }
    }
}
