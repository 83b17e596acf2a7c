//! Checkpoints in two phases, of no more processes than have to take one.

use crate::regions::{graph, system};
use cutline_core::algorithm::Effect;
use cutline_core::algorithms::koo_toueg::{Control, KooToueg, Says, Sending};
use cutline_core::event::{ControlRole, Word};
use cutline_core::explore::{Exploration, Explorer, Planned, View};
use cutline_core::judge::judge;
use cutline_core::{Action, Algorithm, Event, History, Payload, ProcessId, Scenario, SnapshotId, World};
use cutline_tests::run::Run;
use cutline_tests::soak;
use cutline_tests::tampered::Tampered;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;

/// A random graph, who starts which checkpoint, and what is chosen in turn; then all is delivered.
#[derive(Clone, Debug)]
struct Plan {
    edges: Vec<(u16, u16)>,
    starts: Vec<u16>,
    choices: Vec<u32>,
}

fn plans(checkpoints: usize) -> impl Strategy<Value = Plan> {
    let (tree, further) = (vec(any::<u16>(), 1..6), vec((any::<u16>(), any::<u16>()), 0..4));
    (tree, further, vec(any::<u16>(), 1..=checkpoints), vec(any::<u32>(), 0..150)).prop_map(
        |(tree, further, starts, choices)| {
            let count = u16::try_from(tree.len()).expect("few") + 1;
            let starts = starts.into_iter().map(|start| start % count).collect();
            Plan { edges: graph(&tree, &further), starts, choices }
        },
    )
}

fn played<A: Algorithm>(plan: &Plan, algorithm: A) -> History<A> {
    // What the algorithm says goes on channels of its own, so that messages can be faster.
    let everybody: Vec<u16> = (0..=plan.edges.iter().map(|(_, to)| *to).max().unwrap_or(0)).collect();
    let system = system(&plan.edges, &everybody, None);
    let mut history = History::new(World::new(system.clone(), algorithm));
    let (mut choices, mut next) = (plan.choices.iter(), 0);
    loop {
        let world = history.world();
        let start = plan
            .starts
            .get(next)
            .map(|process| (ProcessId(*process), SnapshotId::at(next)))
            .map(|(process, snapshot)| Action::Initiate { process, snapshot });
        let mut menu: Vec<Action> = world.deliveries().collect();
        let choice = choices.next();
        let send = |channel| Action::Send { channel, payload: Payload(1) };
        // Little is under way at a time, so that what is sent now may come before what is asked.
        if choice.is_some_and(|choice| menu.is_empty() || choice % 3 == 0) {
            let sends = system.topology.channels().map(send).filter(|send| world.check(*send).is_ok());
            let sends: Vec<Action> = sends.collect();
            menu = if sends.is_empty() { menu } else { sends };
        }
        // Seldom, so that there is something to be asked for; and in any case in the end.
        let is_time = choice.is_none_or(|choice| choice % 11 == 0);
        let start = start.filter(|start| is_time && world.check(*start).is_ok());
        let action = match start {
            Some(start) => start,
            None if menu.is_empty() => return history,
            None => menu[choice.map_or(0, |choice| (*choice / 11) as usize) % menu.len()],
        };
        next += usize::from(start.is_some());
        history.act(action).expect("what can be done");
    }
}

/// Where each process stands in a concluded line, as a place in the run; none if the line was not concluded.
fn line(run: &Run<'_>, snapshot: SnapshotId) -> Option<Vec<usize>> {
    let concluded =
        |of| run.events.iter().position(|event| matches!(event, Event::Concluded { snapshot, .. } if *snapshot == of));
    let end = concluded(snapshot)?;
    let of = |process| {
        let own = run.records_of(snapshot, process).next();
        let others = (0..64).map(SnapshotId).filter(|other| concluded(*other).is_some_and(|at| at < end));
        own.or_else(|| others.filter_map(|other| run.records_of(other, process).next()).max()).unwrap_or(0)
    };
    Some(run.topology().processes().map(of).collect())
}

/// What is wrong with a run.
fn wrong(run: &Run<'_>) -> Option<String> {
    for snapshot in &run.snapshots {
        let verdict = judge(&run.trace, *snapshot);
        let Some(line) = line(run, *snapshot) else {
            let kept = run.recorded[snapshot.index()].has_begun();
            if kept || verdict.is_complete() {
                return Some(format!("{snapshot:?} was given up, and something of it stayed"));
            }
            continue;
        };
        let orphan = run.messages.iter().find(|message| {
            let ends = run.topology().channel(message.channel);
            let received = message.received.is_some_and(|place| place < line[ends.to.index()]);
            received && message.sent > line[ends.from.index()]
        });
        if let Some(orphan) = orphan {
            return Some(format!("{orphan:?} is an orphan"));
        }
        if !verdict.is_consistent() {
            return Some(format!("{verdict:?}"));
        }
    }
    None
}

fn words<A: Algorithm>(history: &History<A>, wanted: Word) -> usize {
    let is = |(_, event): &(usize, &Event)| matches!(event, Event::ControlSent { role: ControlRole::Word { word, .. }, .. } if *word == wanted);
    history.trace().events().filter(is).count()
}

fn all_words<A: Algorithm>(history: &History<A>) -> [usize; 3] {
    let of = |word| words(history, word);
    [of(Word::Request), of(Word::Willing) + of(Word::Unwilling), of(Word::Commit) + of(Word::Abort)]
}

#[test]
fn the_chain_costs_six_messages() {
    let text = include_str!("../data/scenarios/chain-of-checkpoints.cutline");
    let history = Scenario::parse(text).expect("a scenario").play();
    assert_eq!(all_words(&history), [2, 2, 2]);
    let touched = |(_, event): (usize, &Event)| match event {
        Event::Recorded { process, .. } => Some(process.0),
        _ => None,
    };
    assert_eq!(history.trace().events().filter_map(touched).collect::<Vec<_>>(), [0, 1, 2], "p4 is not touched");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(800), failure_persistence: None, ..Default::default() })]

    /// Also where several are under way at once and some are given up.
    #[test]
    fn what_is_concluded_is_consistent(plan in plans(5)) {
        let history = played(&plan, KooToueg::default());
        prop_assert_eq!(wrong(&Run::of(&history)), None);
        let [requests, answers, decisions] = all_words(&history);
        prop_assert_eq!(requests, answers);
        prop_assert!(decisions <= requests);
        let world = history.world();
        let held = world.topology().channels().any(|channel| {
            let payload = Payload(0);
            matches!(world.check(Action::Send { channel, payload }), Err(cutline_core::Rejected::SendHeld { .. }))
        });
        prop_assert!(!held, "somebody still waits");
    }

    /// Exactly those take part from whom something came, directly or not, to the initiator before its checkpoint.
    #[test]
    fn nobody_takes_part_without_need(plan in plans(1)) {
        let history = played(&plan, KooToueg::default());
        let run = Run::of(&history);
        prop_assert!(line(&run, SnapshotId(0)).is_some(), "nothing is in its way");
        let recorded = |process: ProcessId| run.records_of(SnapshotId(0), process).next();
        let mut needed = BTreeSet::from([ProcessId(plan.starts[0])]);
        loop {
            let more = run.messages.iter().filter(|message| {
                let to = run.topology().channel(message.channel).to;
                needed.contains(&to) && message.received < recorded(to) && message.received.is_some()
            });
            let more: BTreeSet<ProcessId> = more.map(|message| run.topology().channel(message.channel).from).collect();
            let before = needed.len();
            needed.extend(more);
            if needed.len() == before {
                break;
            }
        }
        let took: BTreeSet<ProcessId> = run.topology().processes().filter(|p| recorded(*p).is_some()).collect();
        prop_assert_eq!(took, needed);
    }
}

#[test]
fn sending_too_early_and_asking_for_too_little_are_noticed() {
    let mut runner = TestRunner::deterministic();
    let plans: Vec<Plan> = (0..250).map(|_| plans(3).new_tree(&mut runner).expect("a plan").current()).collect();
    let noticed = |wrong: &dyn Fn(&Plan) -> bool| plans.iter().filter(|plan| wrong(plan)).count();
    let holds_nothing = Tampered { holds: false, ..Tampered::sound(KooToueg::default()) };
    let goes_on = KooToueg { sending: Sending::GoesOn };
    assert!(noticed(&|plan| wrong(&Run::of(&played(plan, holds_nothing.clone()))).is_some()) > 3);
    assert!(noticed(&|plan| wrong(&Run::of(&played(plan, goes_on))).is_some()) > 3);
    let asks_for_nothing = Tampered {
        effects: |_, effects| {
            for effect in effects {
                if let Effect::SendControl(_, Control { says: Says::Request(labels), .. }) = effect {
                    labels.clear();
                }
            }
        },
        ..Tampered::sound(KooToueg::default())
    };
    assert!(noticed(&|plan| wrong(&Run::of(&played(plan, asks_for_nothing.clone()))).is_some()) > 20);
    assert_eq!(noticed(&|plan| wrong(&Run::of(&played(plan, KooToueg::default()))).is_some()), 0);
}

#[test]
fn every_run_of_a_small_system_comes_to_a_consistent_line() {
    let shapes: [(&[(u16, u16)], u32); 3] = [(&[(0, 1)], 1), (&[(0, 1)], 2), (&[(0, 1), (1, 2)], 1)];
    for (edges, sends) in shapes {
        let explored = |sending| {
            let planned = Planned { id: SnapshotId(0), initiators: vec![ProcessId(0)] };
            let setup = Exploration::new(system(edges, &[0, 1, 2][..edges.len() + 1], Some(sends)), vec![planned]);
            let mut explorer = Explorer::new(setup.viewed(View::Tagged), KooToueg { sending });
            explorer.run();
            let (found, plain) = (explorer.tagged_figures(), explorer.plain_figures());
            assert!(found.complete_states > 0);
            assert_eq!(plain.terminal_incomplete, 0, "{edges:?}, {sends} sends");
            found.inconsistent_complete
        };
        assert_eq!(explored(Sending::Waits), 0, "{edges:?}, {sends} sends");
        assert!(explored(Sending::GoesOn) > 0, "{edges:?}, {sends} sends");
    }
}

/// After a crash that forgets, an answer may come that nobody waits for: it is not answered.
#[test]
fn answers_are_not_answered_for_ever() {
    let text = "cutline 1\ntitle t\nprocess p has 5\nprocess q has 5\nchannel p -> q\nchannel q -> p\n\
                control channel p -> q\ncontrol channel q -> p\nalgorithm koo-toueg\nrun\nq sends 1 to p\n\
                p sends 2 to q\nq receives from p\nq starts a snapshot\nq crashes\nq restarts\nq sends 1 to p\n\
                p receives from q\np receives on q⇢p\np receives from q\n";
    let mut history = cutline_core::Scenario::parse(text).expect("a scenario").play();
    for _ in 0..50 {
        let Some(action) = cutline_core::scheduler::oldest_first(history.world()) else { return };
        history.act(action).expect("it can be delivered");
    }
    panic!("there is no end of it");
}
