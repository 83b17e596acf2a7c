//! What comes back after crashes, by three ways of logging; and playing a run again from checkpoints and logs.

use crate::declared::declared;
use cutline_core::bare::GlobalState;
use cutline_core::cuts::{Checkpoints, EventKind, EventOrder, Logging, RolledBack, Storage, replay};
use cutline_core::{Action, ChandyLamport, Event, History, ProcessId, System, World};
use cutline_tests::case::cases;
use cutline_tests::run::Run;
use cutline_tests::{drive, soak};
use proptest::collection::vec;
use proptest::prelude::*;
use std::sync::Arc;

/// Checkpoints and logs, by numbers that are taken as they fit.
fn storage(order: &EventOrder, checkpoints: &[u16], logged: &[u16]) -> (Checkpoints, Storage) {
    let processes = || (0..order.process_count()).map(ProcessId::at);
    let fit = |number: u16, process: ProcessId| u32::from(number) % (order.events_of(process).len() as u32 + 1);
    let of = |process: ProcessId| {
        let mut own: Vec<u32> = checkpoints.iter().skip(process.index()).step_by(3).map(|n| fit(*n, process)).collect();
        own.push(0);
        own.sort_unstable();
        own.dedup();
        own
    };
    let points = Checkpoints::new(order, processes().map(of).collect()).expect("checkpoints");
    let logged = processes().map(|process| fit(logged[process.index() % logged.len()], process)).collect();
    let storage = Storage::new(order, points.clone(), logged).expect("a storage");
    (points, storage)
}

/// Before its first receipt that is neither behind its last checkpoint nor known.
fn by_hand(order: &EventOrder, checkpoint: u32, known: u32, process: ProcessId) -> u32 {
    let start = checkpoint.max(known) as usize;
    let kinds = order.events_of(process);
    let lost = (start..kinds.len()).find(|at| matches!(kinds[*at], EventKind::Receive(_)));
    lost.unwrap_or(kinds.len()) as u32
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(600), failure_persistence: None, ..Default::default() })]

    #[test]
    fn recovery_is_to_the_nearest_consistent_cut(
        case in cases(),
        checkpoints in vec(any::<u16>(), 0..12),
        logged in vec(any::<u16>(), 1..7),
        crashed in vec(any::<u16>(), 1..4),
    ) {
        let history = drive::play(&case, ChandyLamport::default());
        let run = Run::of(&history);
        let order = EventOrder::of_trace(&run.trace).expect("a run");
        let (points, storage) = storage(&order, &checkpoints, &logged);
        let crashed: Vec<ProcessId> = crashed.iter().map(|number| ProcessId(number % case.processes)).collect();
        let top = order.top();
        // Pessimistic: nothing is ever lost.
        let pessimistic = order.recover(&storage, &crashed, Logging::Pessimistic);
        prop_assert_eq!((&pessimistic.cut, pessimistic.rolled_back.len()), (&top, 0));
        // Optimistic: by dependency vectors as by retreating from what the logs have, which asks no vector.
        let optimistic = order.recover(&storage, &crashed, Logging::Optimistic);
        let start = run.topology().processes().map(|process| {
            let checkpoint = *points.counts()[process.index()].last().expect("the initial state");
            let known = u32::from(logged[process.index() % logged.len()]) % (order.events_of(process).len() as u32 + 1);
            let crashed = crashed.contains(&process);
            if crashed { by_hand(&order, checkpoint, known, process) } else { top.counts()[process.index()] }
        });
        let start = order.cut(start.collect()).expect("a cut");
        prop_assert_eq!(&optimistic.cut, &order.max_below(&start));
        prop_assert_eq!(optimistic.rolled_back.is_empty(), order.is_consistent(&start));
        // Causal: no survivor goes back, and nobody farther than with optimistic logging.
        let causal = order.recover(&storage, &crashed, Logging::Causal);
        prop_assert!(order.is_consistent(&causal.cut));
        prop_assert!(causal.rolled_back.iter().all(|back| crashed.contains(&back.process)), "{:?}", causal);
        prop_assert_eq!(causal.cut.meet(&optimistic.cut), optimistic.cut);
    }

    #[test]
    fn a_run_can_be_played_again_to_every_consistent_cut(
        case in cases(),
        checkpoints in vec(any::<u16>(), 0..12),
        wanted in vec(any::<u16>(), 6),
    ) {
        let history = drive::play(&case, ChandyLamport::default());
        let run = Run::of(&history);
        let order = EventOrder::of_trace(&run.trace).expect("a run");
        let (points, _) = storage(&order, &checkpoints, &[0]);
        let top = order.top();
        let counts = top.counts().iter().zip(&wanted).map(|(most, wanted)| u32::from(*wanted) % (most + 1));
        let vector = order.cut(counts.collect()).expect("a cut");
        prop_assert_eq!(replay(&run.trace, &order, &points, &vector).is_some(), order.is_consistent(&vector));
        let cut = order.max_below(&vector);
        // The events inside the cut, in the order in which they happened, lead there too.
        let (mut state, mut done) = (GlobalState::initial(run.system()), vec![0; order.process_count()]);
        for event in run.events.iter().filter(|event| event.state_after().is_some()) {
            let process = event.process(run.topology()).index();
            done[process] += 1;
            if done[process] <= cut.counts()[process] {
                prop_assert_eq!(state.follow(run.system(), event), Ok(()));
            }
        }
        prop_assert_eq!(replay(&run.trace, &order, &points, &cut), Some(state));
    }

    /// A process that keeps a log is after a crash where playing its run again leads.
    #[test]
    fn who_keeps_a_log_comes_back_as_it_was(case in cases(), at in any::<u16>(), who in any::<u16>()) {
        let plain = case.system();
        let mut topology = plain.topology.clone();
        topology.processes().collect::<Vec<_>>().into_iter().for_each(|process| topology.keep_log(process));
        let system = Arc::new(System { topology, computation: plain.computation.clone() });
        let played = drive::play(&case, ChandyLamport::default());
        let steps: Vec<Action> = played.trace().steps.iter().map(|step| step.action).collect();
        let at = usize::from(at) % (steps.len() + 1);
        let process = ProcessId(who % case.processes);
        let mut history = History::new(World::new(system.clone(), ChandyLamport::default()));
        steps[..at].iter().for_each(|action| history.act(*action).expect("as before"));
        let (order, again) = {
            let trace = history.trace();
            let order = EventOrder::of_trace(&trace).expect("a run");
            let (points, _) = storage(&order, &[], &[0]);
            let again = replay(&trace, &order, &points, &order.top());
            (order, again.expect("what happened can be played again"))
        };
        prop_assert!(order.event_count() <= at as u64);
        history.act(Action::Crash { process }).expect("it runs");
        history.act(Action::Restart { process }).expect("it has crashed");
        let came_back = history.trace().events().find_map(|(_, event)| match *event {
            Event::Restarted { state, .. } => Some(state),
            _ => None,
        });
        prop_assert_eq!(came_back, Some(again.processes[process.index()]));
        // And the rest of the run goes as if nothing had been.
        steps[at..].iter().for_each(|action| history.act(*action).expect("as before"));
        prop_assert_eq!(history.world().snapshots(), played.world().snapshots());
    }
}

/// P has received three messages that are on its log and a fourth that is not, and has told Q.
#[test]
fn an_orphan_goes_back_to_before_what_it_should_not_know() {
    let lines = ["r:a r:b r:c r:m1 s:m2", "i r:m2 i", "s:a s:b s:c s:m1"];
    let order = declared(&lines).expect("a trace");
    let (p, q) = (ProcessId(0), ProcessId(1));
    let points = Checkpoints::new(&order, vec![vec![0]; 3]).expect("checkpoints");
    let storage = Storage::new(&order, points, vec![3, 0, 0]).expect("a storage");
    let found = order.recover(&storage, &[p], Logging::Optimistic);
    let back = RolledBack { process: q, to: 1, because_of: p, announced: 3, depended: 4 };
    assert_eq!((found.cut.counts(), &found.rolled_back[..]), (&[3, 1, 4][..], &[back][..]));
    // Q knows of the fourth, since the message brought it along: P gets it back, and nobody is an orphan.
    let found = order.recover(&storage, &[p], Logging::Causal);
    assert_eq!((found.cut.counts(), found.rolled_back.len()), (&[5, 3, 4][..], 0));
    // Where Q crashes too, nobody is left who knows.
    let found = order.recover(&storage, &[p, q], Logging::Causal);
    assert_eq!(found.cut.counts(), [3, 1, 4]);
}
