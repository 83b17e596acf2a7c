//! Several initiators that share one recording: what it costs, and that every master has everything in the end.

use cutline_core::algorithm::{Effect, Effects};
use cutline_core::algorithms::spezialetti_kearns::{Assembly, Control, SpezialettiKearns};
use cutline_core::computation::Bank;
use cutline_core::event::{ControlRole, Word};
use cutline_core::explore::{Exploration, Explorer, Planned, View};
use cutline_core::judge::judge;
use cutline_core::meters::{Facts, Meter};
use cutline_core::scheduler::oldest_first;
use cutline_core::{
    Action, Algorithm, ChandyLamport, Computation, Event, History, Order, Payload, ProcessId, Scenario, SnapshotId,
    System, Topology, World,
};
use cutline_tests::soak;
use cutline_tests::tampered::{Handler, Tampered};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;
use std::sync::Arc;

const S: SnapshotId = SnapshotId(0);

/// Two channels for each of the edges, and control channels between all that may be masters.
pub(super) fn system(edges: &[(u16, u16)], masters: &[u16], sends: Option<u32>) -> Arc<System> {
    let count = edges.iter().map(|(one, other)| *one.max(other) + 1).max().unwrap_or(1);
    let mut topology = Topology::new();
    (0..count).for_each(|at| _ = topology.add_process(&format!("p{at}")).expect("a new name"));
    for (one, other) in edges.iter().map(|(one, other)| (ProcessId(*one), ProcessId(*other))) {
        topology.add_channel(None, one, other, Order::Fifo).expect("a channel");
        topology.add_channel(None, other, one, Order::Fifo).expect("a channel");
    }
    for from in masters {
        for to in masters.iter().filter(|to| *to != from) {
            topology.add_control_channel(None, ProcessId(*from), ProcessId(*to)).expect("a channel");
        }
    }
    let bank = match sends {
        None => Bank::new(vec![10; usize::from(count)]),
        Some(sends) => Bank::with_budgets((0..count).map(|_| (1, Some(sends)))),
    };
    Arc::new(System { topology, computation: Computation::Bank(bank.expect("a bank")) })
}

fn line(processes: u16) -> Vec<(u16, u16)> {
    (1..processes).map(|at| (at - 1, at)).collect()
}

/// All start at once, and every item takes as long as every other.
fn in_step<A: Algorithm>(system: &Arc<System>, algorithm: A, starts: &[(u16, SnapshotId)]) -> History<A> {
    let mut history = History::new(World::new(system.clone(), algorithm));
    for (process, snapshot) in starts {
        history.act(Action::Initiate { process: ProcessId(*process), snapshot: *snapshot }).expect("it starts");
    }
    while let Some(action) = oldest_first(history.world()) {
        history.act(action).expect("what can be done");
    }
    history
}

/// How many control messages were sent: markers, reports, exchanges with something in them, blank ones.
fn counts<A: Algorithm>(history: &History<A>) -> [usize; 4] {
    let mut counts = [0; 4];
    for (_, event) in history.trace().events() {
        let Event::ControlSent { role, .. } = event else { continue };
        counts[match role {
            ControlRole::Marker(_) => 0,
            ControlRole::Report { .. } => 1,
            ControlRole::Word { word: Word::Exchange, .. } => 2,
            other => {
                assert!(matches!(other, ControlRole::Word { word: Word::Blank, .. }), "{other:?}");
                3
            }
        }] += 1;
    }
    counts
}

/// The messages between masters, each with its round.
fn rounds<A: Algorithm>(history: &History<A>) -> Vec<(Word, u32)> {
    let of = |(_, event): (usize, &Event)| match event {
        Event::ControlSent { role: ControlRole::Word { word, number, .. }, .. } => Some((*word, *number)),
        _ => None,
    };
    history.trace().events().filter_map(of).collect()
}

fn is_with_all<A: Algorithm>(history: &History<A>, masters: impl IntoIterator<Item = u16>) -> bool {
    let world = history.world();
    masters.into_iter().all(|master| world.collected(ProcessId(master), S) == Some(&world.snapshots()[0]))
}

#[test]
fn the_line_of_six_costs_what_it_should() {
    let system = system(&line(6), &[0, 5], None);
    let history = in_step(&system, SpezialettiKearns::default(), &[(0, S), (5, S)]);
    assert_eq!(counts(&history), [10, 4, 2, 2], "10 markers, 4 reports, 2 messages in a round and 2 in a blank one");
    assert!(judge(&history.trace(), S).is_consistent());
    assert!(is_with_all(&history, [0, 5]));
    let text = include_str!("../data/scenarios/two-regions.cutline");
    let stored = Scenario::parse(text).expect("a scenario").play();
    assert_eq!(counts(&stored), [10, 4, 2, 2]);
    // Two runs apart from each other: the whole number of markers for each.
    let apart = in_step(&system, ChandyLamport::default(), &[(0, S), (5, SnapshotId(1))]);
    assert_eq!(counts(&apart), [20, 0, 0, 0]);
}

#[test]
fn news_crosses_as_many_regions_as_there_are() {
    // Nine in a line, four regions in a row: three rounds bring the farthest parts, a fourth is blank.
    let system = system(&line(9), &[0, 3, 5, 8], None);
    let history = in_step(&system, SpezialettiKearns::default(), &[(0, S), (3, S), (5, S), (8, S)]);
    let last = |wanted: Word| rounds(&history).into_iter().filter(|(word, _)| *word == wanted).map(|(_, n)| n).max();
    assert_eq!((last(Word::Exchange), last(Word::Blank)), (Some(3), Some(4)));
    assert!(is_with_all(&history, [0, 3, 5, 8]));
    assert_eq!(counts(&history)[..2], [16, 5], "one marker a channel; n - r reports");
}

/// A connected graph of so many processes: a tree, drawn from these numbers, and further edges.
pub(super) fn graph(tree: &[u16], further: &[(u16, u16)]) -> Vec<(u16, u16)> {
    let count = u16::try_from(tree.len()).expect("few") + 1;
    let tree = (1..count).zip(tree).map(|(at, number)| (number % at, at));
    let further = further.iter().map(|(one, other)| (one % count, other % count));
    let edges = tree.chain(further.filter(|(one, other)| one != other));
    edges.map(|(one, other)| (one.min(other), one.max(other))).collect::<BTreeSet<_>>().into_iter().collect()
}

/// A random graph, who starts, and what is chosen in turn; then all is delivered.
#[derive(Clone, Debug)]
struct Wave {
    edges: Vec<(u16, u16)>,
    starts: Vec<u16>,
    choices: Vec<u32>,
}

fn waves() -> impl Strategy<Value = Wave> {
    let tree = vec(any::<u16>(), 1..9);
    let further = vec((any::<u16>(), any::<u16>()), 0..5);
    (tree, further, vec(any::<u16>(), 1..5), vec(any::<u32>(), 0..120)).prop_map(|(tree, further, starts, choices)| {
        let count = u16::try_from(tree.len()).expect("few") + 1;
        let starts: BTreeSet<u16> = starts.into_iter().map(|start| start % count).collect();
        Wave { edges: graph(&tree, &further), starts: starts.into_iter().collect(), choices }
    })
}

fn played<A: Algorithm>(wave: &Wave, algorithm: A) -> History<A> {
    let system = system(&wave.edges, &wave.starts, None);
    let mut history = History::new(World::new(system.clone(), algorithm));
    let mut choices = wave.choices.iter();
    loop {
        let world = history.world();
        let start = |process: &u16| Action::Initiate { process: ProcessId(*process), snapshot: S };
        let send = |channel| Action::Send { channel, payload: Payload(1) };
        let mut menu: Vec<Action> = world.deliveries().collect();
        menu.extend(wave.starts.iter().map(start).filter(|start| world.check(*start).is_ok()));
        let choice = choices.next();
        if choice.is_some() {
            menu.extend(system.topology.channels().map(send).filter(|send| world.check(*send).is_ok()));
        }
        if menu.is_empty() {
            return history;
        }
        let action = menu[choice.map_or(0, |choice| *choice as usize) % menu.len()];
        history.act(action).expect("what can be done");
    }
}

fn initiators<A: Algorithm>(history: &History<A>) -> Vec<u16> {
    let of = |(_, event): (usize, &Event)| match event {
        Event::Initiated { process, .. } => Some(process.0),
        _ => None,
    };
    history.trace().events().filter_map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(600), failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_master_gets_everything(wave in waves()) {
        let history = played(&wave, SpezialettiKearns::default());
        prop_assert!(judge(&history.trace(), S).is_consistent());
        let (started, processes) = (initiators(&history), history.world().topology().process_count());
        let [markers, reports, ..] = counts(&history);
        prop_assert_eq!((markers, reports), (2 * wave.edges.len(), processes - started.len()));
        prop_assert!(is_with_all(&history, started.iter().copied()), "{:?}", started);
        let mut world = World::new(history.world().system().clone(), SpezialettiKearns::default());
        let mut meter = Meter::new(&world);
        for step in history.trace().steps {
            world.apply(step.action, &mut Vec::new()).expect("a step of the run");
            meter.follow(&world, step.events);
        }
        let costs = SpezialettiKearns::default().costs(&Facts::of(world.topology(), meter.meters(), S));
        let sent = meter.meters().snapshots[0].controls;
        prop_assert!(costs.controls.as_ref().is_some_and(|cost| cost.agrees(sent)), "{:?} {}", costs, sent);
        // No more rounds than regions, the blank one included.
        let most = rounds(&history).into_iter().map(|(_, round)| round as usize).max().unwrap_or(0);
        prop_assert!(most <= started.len(), "{} rounds for {} regions", most, started.len());
    }
}

/// What goes unsaid is missed.
#[test]
fn what_is_left_out_is_noticed() {
    type Mutant = fn(Handler, &mut Effects<Control>);
    let mutants: [(&str, Mutant); 4] = [
        ("no region says whom it touches", |_, effects| {
            for effect in effects {
                if let Effect::Report { control: Control::Report { border, .. }, .. } = effect {
                    border.clear();
                }
            }
        }),
        ("nobody says who its parent is", |_, effects| {
            for effect in effects {
                if let Effect::SendControl(_, Control::Marker { parent, .. }) = effect {
                    *parent = None;
                }
            }
        }),
        ("nothing is told beyond the first round", |_, effects| {
            for effect in effects {
                if let Effect::Report { parts: brought, control: Control::Exchange { round, parts, .. }, .. } = effect
                    && *round > 1
                {
                    parts.clear();
                    brought.clear();
                }
            }
        }),
        ("markers do not say whose they are", |_, effects| {
            for effect in effects {
                if let Effect::SendControl(_, Control::Marker { master, .. }) = effect {
                    *master = ProcessId(0);
                }
            }
        }),
    ];
    let mut runner = TestRunner::deterministic();
    let waves: Vec<Wave> = (0..150).map(|_| waves().new_tree(&mut runner).expect("a wave").current()).collect();
    for (name, effects) in mutants {
        let algorithm = Tampered { effects, ..Tampered::sound(SpezialettiKearns::default()) };
        let is_noticed = |wave: &&Wave| {
            let history = played(wave, algorithm.clone());
            !is_with_all(&history, initiators(&history))
        };
        assert!(waves.iter().filter(is_noticed).count() > 3, "{name}");
    }
    let sound = Tampered::sound(SpezialettiKearns::default());
    assert!(waves.iter().map(|wave| played(wave, sound.clone())).all(|run| is_with_all(&run, initiators(&run))));
}

/// In every state in which nothing more can be done, each initiator has put everything together.
#[test]
fn in_every_run_of_a_small_system_all_is_put_together() {
    for (edges, masters, sends) in [(line(2), 2, 1), (line(3), 2, 0), (vec![(0, 1), (0, 2), (1, 2)], 3, 0)] {
        let masters: Vec<u16> = (0..masters).collect();
        let system = system(&edges, &masters, Some(sends));
        let planned = Planned { id: S, initiators: masters.iter().map(|master| ProcessId(*master)).collect() };
        for assembly in [Assembly::Rounds, Assembly::No] {
            let algorithm = SpezialettiKearns { assembly };
            let exploration = Exploration::new(system.clone(), vec![planned.clone()]).viewed(View::Tagged);
            let mut alone = Explorer::alone(&exploration.viewed(View::Plain));
            alone.run();
            let mut compared = Explorer::with_base(exploration.viewed(View::Plain), algorithm, Arc::new(alone));
            compared.run();
            assert_eq!(compared.plain_figures().snapshots_outside_base, Some(vec![0]), "{edges:?} {assembly:?}");
            let mut explorer = Explorer::new(exploration, algorithm);
            explorer.run();
            let (plain, found) = (explorer.plain_figures(), explorer.tagged_figures());
            assert_eq!((plain.terminal_incomplete, found.inconsistent_complete), (0, 0), "{edges:?} {assembly:?}");
            assert!(found.complete_states > 0 && found.counterexamples.is_empty());
            if assembly == Assembly::Rounds {
                let states = u32::try_from(found.progress.states).expect("few states");
                let ended = (0..states).filter(|state| ends_with_all(&system, &explorer.schedule(*state)));
                assert_eq!(ended.count() as u64, plain.terminal_states, "{edges:?}");
            }
        }
    }
}

/// Whether nothing more can be done after these actions but sending; then all initiators must have everything.
fn ends_with_all(system: &Arc<System>, actions: &[Action]) -> bool {
    let mut history = History::new(World::new(system.clone(), SpezialettiKearns::default()));
    actions.iter().for_each(|action| history.act(*action).expect("what was explored can be done"));
    let world = history.world();
    let may_send = system.topology.processes().any(|process| !world.offers(process).is_empty());
    if !world.is_quiet() || may_send || !world.snapshots().first().is_some_and(cutline_core::Snapshot::is_complete) {
        return false;
    }
    assert!(is_with_all(&history, initiators(&history)), "{actions:?}");
    true
}
