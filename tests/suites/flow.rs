//! Barriers in random dataflows: what is recorded is consistent, and going back to it counts everything exactly once.

use cutline_core::algorithms::barriers::{Alignment, Barriers};
use cutline_core::computation::{Computation, Dataflow, Offer, Stage};
use cutline_core::judge::judge;
use cutline_core::{Action, History, LocalState, Order, ProcessId, SnapshotId, System, Topology, World};
use cutline_tests::soak;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::sync::Arc;

/// A random dataflow with what happens in it, as numbers that shrink well.
#[derive(Clone, Debug)]
struct Flow {
    sources: Vec<Vec<u32>>,
    operators: u16,
    /// By pair of processes, whether a channel leads from the first to the second.
    joined: Vec<bool>,
    loops: bool,
    checkpoints: u16,
    choices: Vec<u32>,
}

fn flows() -> impl Strategy<Value = Flow> {
    let sources = vec(vec(1..5_u32, 0..4), 1..3);
    (sources, 1..4_u16, vec(any::<bool>(), 25), any::<bool>(), 1..4_u16, vec(any::<u32>(), 0..60)).prop_map(
        |(sources, operators, joined, loops, checkpoints, choices)| Flow {
            sources,
            operators,
            joined,
            loops,
            checkpoints,
            choices,
        },
    )
}

impl Flow {
    fn system(&self) -> Arc<System> {
        let mut topology = Topology::new();
        let sources = self.sources.len() as u16;
        let count = sources + self.operators;
        (0..count).for_each(|at| _ = topology.add_process(&format!("p{at}")).expect("a name"));
        let mut add = |from: u16, to: u16| topology.add_channel(None, ProcessId(from), ProcessId(to), Order::Fifo);
        for to in sources..count {
            // Everybody has an input, and every source an output.
            let wanted =
                |from: &u16| self.joined[usize::from(from * 5 + to) % 25] || *from + 1 == to || *from < sources;
            (0..to).filter(wanted).for_each(|from| _ = add(from, to).expect("a channel"));
        }
        if self.loops && self.operators > 1 {
            let back = add(count - 1, sources).expect("a channel");
            topology.set_feedback(back);
        }
        let stages = self.sources.iter().cloned().map(Stage::Source);
        let computation = Computation::Dataflow(Dataflow::new(stages, &topology));
        Arc::new(System { topology, computation })
    }

    /// Who is still to start what.
    fn initiations(&self, history: &History<Barriers>) -> Vec<Action> {
        let all = (0..self.sources.len() as u16).flat_map(|process| {
            let starts = (0..self.checkpoints)
                .map(move |s| Action::Initiate { process: ProcessId(process), snapshot: SnapshotId(s) });
            // In ascending order: the first that is possible, which is the one after the last.
            let done = history
                .trace()
                .steps
                .iter()
                .filter(|step| matches!(step.action, Action::Initiate { process: p, .. } if p.0 == process))
                .count();
            starts.skip(done).take(1)
        });
        all.filter(|action| history.world().check(*action).is_ok()).collect()
    }

    fn play(&self, barriers: Barriers) -> History<Barriers> {
        let mut history = History::new(World::new(self.system(), barriers));
        for choice in &self.choices {
            let menu: Vec<Action> = match choice % 8 {
                0..=3 => history.world().deliveries().collect(),
                4..=6 => sends(&history),
                _ => self.initiations(&history),
            };
            if !menu.is_empty() {
                history.act(menu[(choice / 8) as usize % menu.len()]).expect("what is offered");
            }
        }
        while let Some(action) = self.initiations(&history).first() {
            history.act(*action).expect("what is offered");
        }
        drain(&mut history);
        history
    }
}

fn sends(history: &History<Barriers>) -> Vec<Action> {
    let world = history.world();
    let offers = world.topology().processes().flat_map(|process| world.offers(process));
    let sends = offers.filter_map(|offer| match offer {
        Offer::Message { channel, payload } => Some(Action::Send { channel, payload }),
        _ => None,
    });
    sends.filter(|action| world.check(*action).is_ok()).collect()
}

/// Everything is emitted and arrives.
fn drain(history: &mut History<Barriers>) {
    loop {
        let next = history.world().deliveries().next().or_else(|| sends(history).first().copied());
        let Some(action) = next else { return };
        history.act(action).expect("what is offered");
    }
}

fn ends(history: &History<Barriers>) -> Vec<LocalState> {
    let world = history.world();
    world.topology().processes().map(|process| world.state(process)).collect()
}

/// How it ends after going back to a snapshot.
fn after(history: &History<Barriers>, snapshot: SnapshotId) -> Vec<LocalState> {
    let mut again = history.clone();
    again.act(Action::Restore { snapshot }).expect("a complete snapshot");
    drain(&mut again);
    ends(&again)
}

fn is_exactly_once(flow: &Flow, alignment: Alignment) -> Result<(), TestCaseError> {
    let history = flow.play(Barriers { alignment });
    prop_assert!(history.world().is_quiet());
    let exact = ends(&history);
    prop_assert_eq!(history.world().snapshots().len(), usize::from(flow.checkpoints));
    for (at, snapshot) in history.world().snapshots().iter().enumerate() {
        let id = SnapshotId::at(at);
        prop_assert!(snapshot.is_complete(), "{id:?}");
        let verdict = judge(&history.trace(), id);
        prop_assert!(verdict.is_consistent(), "{id:?} {verdict:?}");
        prop_assert_eq!(after(&history, id), exact.clone(), "{:?}", id);
        if alignment == Alignment::Aligned {
            let regular = history.world().topology().channels().filter(|c| !history.world().topology().feeds_back(*c));
            let kept: usize = regular.map(|channel| snapshot.channel(channel).messages().len()).sum();
            prop_assert_eq!(kept, 0, "nothing is under way at an aligned cut");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(400), failure_persistence: None, ..Default::default() })]

    #[test]
    fn barriers_count_exactly_once(flow in flows()) {
        is_exactly_once(&flow, Alignment::Aligned)?;
        is_exactly_once(&flow, Alignment::Unaligned)?;
    }
}

/// The mutant: without waiting, what comes behind a barrier is counted again. The judge sees it whenever a sum is wrong.
#[test]
fn without_waiting_records_come_twice() {
    let mut runner = TestRunner::deterministic();
    let (mut wrong, mut twice) = (0, 0);
    for _ in 0..400 {
        let flow = flows().new_tree(&mut runner).expect("a flow").current();
        let history = flow.play(Barriers { alignment: Alignment::AtLeastOnce });
        let exact = ends(&history);
        for (at, snapshot) in history.world().snapshots().iter().enumerate().filter(|(_, one)| one.is_complete()) {
            let id = SnapshotId::at(at);
            let is_wrong = !judge(&history.trace(), id).is_consistent();
            let differs = after(&history, id) != exact;
            assert!(is_wrong || !differs, "{flow:?} {snapshot:?}");
            wrong += usize::from(is_wrong);
            twice += usize::from(differs);
        }
    }
    assert!(wrong >= twice && twice > 10, "{wrong} {twice}");
}
