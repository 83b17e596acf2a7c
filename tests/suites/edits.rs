//! Runs that are changed after they have happened. What an item is and whether a place is allowed is worked out here
//! from events, by trying.

use cutline_core::edit::{Bound, Edit, Edited, Limits, Slots, Why, edit, limits};
use cutline_core::judge::judge;
use cutline_core::scheduler::oldest_first;
use cutline_core::{Action, ChandyLamport, Event, History, Order, Payload, Trace, World};
use cutline_tests::case::{Case, cases, property_cases};
use cutline_tests::run::Run;
use cutline_tests::{drive, soak};
use proptest::prelude::*;

type Fallible = Result<(), TestCaseError>;

fn played(case: &Case) -> (History<ChandyLamport>, Slots) {
    let history = drive::play(case, ChandyLamport::default());
    let slots = Slots::of(&history.trace());
    (history, slots)
}

/// Some edit of a run of this many steps.
fn drawn(history: &History<ChandyLamport>, what: u16, step: u16, to: u16) -> Edit {
    let steps = history.len();
    let (step, to) = (1 + usize::from(step) % steps, 1 + usize::from(to) % steps);
    match (what % 4, history.trace_to(steps).steps[step - 1].action) {
        (0, _) => Edit::Delete { step },
        (1, Action::Send { channel, payload }) => Edit::Replace {
            step,
            action: Action::Send { channel, payload: Payload((payload.0 + i64::from(what)) % 50) },
        },
        (1, Action::Initiate { process, snapshot }) => {
            let processes = history.world().topology().processes().count();
            let process = cutline_core::ProcessId::at((process.index() + usize::from(what)) % processes);
            Edit::Replace { step, action: Action::Initiate { process, snapshot } }
        }
        _ => Edit::Move { step, to },
    }
}

/// What a step of a run takes from its channel, by the step that put it there, and by what it is.
fn taken(trace: &Trace<'_>, step: usize) -> Option<(usize, String)> {
    let same = |a: &Event, b: &Event| match (a, b) {
        (Event::Sent { message: a, .. }, Event::Received { message: b, .. }) => a == b,
        (Event::ControlSent { control: a, .. }, Event::ControlReceived { control: b, .. }) => a == b,
        _ => false,
    };
    trace.steps[step - 1].events.iter().find_map(|event| {
        let what = match event {
            Event::Received { channel, .. } => format!("{channel:?}"),
            Event::ControlReceived { channel, role, .. } => format!("{channel:?} {role:?}"),
            _ => return None,
        };
        let (sent, _) = trace.events().find(|(_, other)| same(other, event))?;
        Some((sent, what))
    })
}

/// The same with the steps of the run before the edit. A control message is what it means, whoever caused it.
fn taken_of_old(trace: &Trace<'_>, edited: &Edited, place: usize) -> Option<(usize, String)> {
    let (sent, what) = taken(trace, place)?;
    Some((edited.steps[sent - 1].0, what))
}

fn same_item(old: Option<(usize, String)>, new: Option<(usize, String)>) -> bool {
    match (old, new) {
        (Some((was, one)), Some((is, other))) => one == other && (one.contains(' ') || was == is),
        (old, new) => old == new,
    }
}

fn is_a_run(case: &Case, history: &History<ChandyLamport>) -> Fallible {
    let mut world = World::new(case.system(), ChandyLamport::default());
    let mut events = Vec::new();
    for step in &history.trace().steps {
        events.clear();
        prop_assert_eq!(world.apply(step.action, &mut events), Ok(()));
        prop_assert_eq!(&events[..], step.events);
    }
    prop_assert_eq!(&world, history.world());
    Ok(())
}

/// An edited run is a run; every step is in it or told to be impossible; the others keep their order; the old run stays.
fn edits_are_runs(case: &Case, edits: &[(u16, u16, u16)]) -> Fallible {
    let (mut history, slots) = played(case);
    let old: Vec<Action> = history.trace().steps.iter().map(|step| step.action).collect();
    for (what, step, to) in edits.iter().filter(|_| !old.is_empty()) {
        let mark = history.mark();
        let change = drawn(&history, *what, *step, *to);
        let edited = edit(&mut history, &slots, change).unwrap();
        prop_assert_eq!(history.step(), history.len());
        let actions: Vec<Action> = history.trace().steps.iter().map(|step| step.action).collect();
        prop_assert_eq!(&actions, &edited.steps.iter().map(|(_, action)| *action).collect::<Vec<_>>());
        is_a_run(case, &history)?;
        let (moved, deleted) = match change {
            Edit::Move { step, .. } => (step, None),
            Edit::Delete { step } => (step, Some(step)),
            Edit::Replace { .. } => (0, None),
        };
        let mut all: Vec<usize> = edited.steps.iter().map(|(from, _)| *from).collect();
        prop_assert!(all.iter().filter(|from| **from != moved).is_sorted());
        all.extend(edited.impossible.iter().map(|impossible| impossible.step).chain(deleted));
        all.sort_unstable();
        prop_assert_eq!(all, (1..=old.len()).collect::<Vec<_>>());
        if case.order == Order::Fifo {
            while let Some(action) = oldest_first(history.world()) {
                history.act(action).unwrap();
            }
            for snapshot in Run::of(&history).snapshots {
                let verdict = judge(&history.trace(), snapshot);
                prop_assert!(verdict.is_consistent(), "{:?}", verdict);
            }
        }
        history.forget(&mark);
        let again: Vec<Action> = history.trace_to(history.len()).steps.iter().map(|step| step.action).collect();
        prop_assert_eq!((&again, history.branch_count()), (&old, 1));
    }
    Ok(())
}

/// A move that leaves every arrival its item can be taken back.
fn there_and_back(case: &Case, moves: &[(u16, u16)]) -> Fallible {
    let (mut history, slots) = played(case);
    let (steps, mark) = (history.len(), history.mark());
    for (step, to) in moves.iter().filter(|_| steps > 0) {
        let (step, to) = (1 + usize::from(*step) % steps, 1 + usize::from(*to) % steps);
        let before = history.trace().steps.iter().map(|step| (step.action, step.events.to_vec())).collect::<Vec<_>>();
        let old: Vec<_> = (1..=steps).map(|step| taken(&history.trace(), step)).collect();
        let there = edit(&mut history, &slots, Edit::Move { step, to }).unwrap();
        let trace = history.trace();
        let kept = |at: usize| same_item(old[there.steps[at - 1].0 - 1].clone(), taken_of_old(&trace, &there, at));
        if there.impossible.is_empty() && (1..=steps).all(kept) {
            prop_assert_eq!(there.place_of(step), Some(to));
            let moved = Slots::of(&trace);
            edit(&mut history, &moved, Edit::Move { step: to, to: step }).unwrap();
            let after =
                history.trace().steps.iter().map(|step| (step.action, step.events.to_vec())).collect::<Vec<_>>();
            prop_assert_eq!(before, after);
        }
        history.forget(&mark);
        history.seek(steps);
    }
    Ok(())
}

/// Whether a step can be at a place, by trying; with what is impossible there.
fn tried(history: &mut History<ChandyLamport>, slots: &Slots, step: usize, to: usize) -> (bool, Edited) {
    let (mark, old) = (history.mark(), taken(&history.trace_to(history.len()), step));
    let edited = edit(history, slots, Edit::Move { step, to }).unwrap();
    let place = edited.place_of(step);
    let same = place.is_some_and(|place| same_item(old, taken_of_old(&history.trace(), &edited, place)));
    history.forget(&mark);
    (same && edited.impossible.is_empty(), edited)
}

fn limits_are_exact(case: &Case, picks: &[u16]) -> Fallible {
    let (mut history, slots) = played(case);
    let steps = history.len();
    for pick in picks.iter().filter(|_| steps > 0) {
        let step = 1 + usize::from(*pick) % steps;
        let Limits { earliest, latest, earliest_because, latest_because } = limits(&history, &slots, step, 1..=steps);
        for to in earliest..=latest {
            prop_assert!(tried(&mut history, &slots, step, to).0, "{} to {} is allowed", step, to);
        }
        for (beyond, because) in [(earliest - 1, earliest_because), (latest + 1, latest_because)] {
            if !(1..=steps).contains(&beyond) {
                prop_assert_eq!(because, Bound::End);
                continue;
            }
            let (allowed, edited) = tried(&mut history, &slots, step, beyond);
            prop_assert!(!allowed, "{} to {} is not allowed, {:?}", step, beyond, because);
            let impossible = |step, why| edited.impossible.iter().any(|i| (i.step, i.why) == (step, why));
            match because {
                Bound::End | Bound::NotSought => prop_assert!(false, "{:?}", because),
                Bound::Sending { step: by } => {
                    prop_assert!(impossible(step, Why::BeforeItsSending { sent_by: by }), "{:?}", edited);
                }
                Bound::Arrival { step: at } => {
                    prop_assert!(impossible(at, Why::BeforeItsSending { sent_by: step }), "{:?}", edited);
                }
                Bound::InOrder { step: other, .. } => prop_assert!(other == beyond, "{} {}", other, beyond),
                Bound::Impossible(first) => prop_assert_eq!(edited.impossible.first(), Some(&first)),
            }
        }
    }
    Ok(())
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases: soak::cases(cases), failure_persistence: None, ..Default::default() }
}

fn edits() -> impl Strategy<Value = Vec<(u16, u16, u16)>> {
    prop::collection::vec(any::<(u16, u16, u16)>(), 1..6)
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn an_edited_run_is_a_run(case in cases(), edits in edits()) {
        edits_are_runs(&case, &edits)?;
    }

    #[test]
    fn so_it_is_without_order_and_with_other_computations(case in property_cases(), edits in edits(), fifo: bool) {
        let order = if fifo { Order::Fifo } else { Order::Unordered };
        edits_are_runs(&Case { order, ..case }, &edits)?;
    }

    #[test]
    fn a_move_there_and_back_changes_nothing(case in cases(), moves in prop::collection::vec(any::<(u16, u16)>(), 1..6)) {
        there_and_back(&case, &moves)?;
    }
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn limits_are_what_trying_every_place_says(case in cases(), picks in prop::collection::vec(any::<u16>(), 1..8)) {
        limits_are_exact(&case, &picks)?;
    }

    #[test]
    fn so_they_are_without_order(case in property_cases(), picks in prop::collection::vec(any::<u16>(), 1..8), fifo: bool) {
        let order = if fifo { Order::Fifo } else { Order::Unordered };
        limits_are_exact(&Case { order, ..case }, &picks)?;
    }
}
