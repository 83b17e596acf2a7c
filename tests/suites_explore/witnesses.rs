//! What the explorer says about states, checked by running there: the world gets into them, and the judge agrees.

use crate::driving::{all, stored};
use crate::figures::known;
use cutline_core::explore::{Explorable, Explorer, Kind, View, Violation};
use cutline_core::judge::{Fault, Verdict, judge};
use cutline_core::{Event, History, Method, Step, Trace, World};
use cutline_formats::SystemFile;
use cutline_tests::stored;

fn replayed<A: Explorable>(explorer: &Explorer<A>, algorithm: A, state: u32) -> History<A> {
    let mut history = History::new(World::new(explorer.system().clone(), algorithm));
    for action in explorer.schedule(state) {
        history.act(action).expect("what was explored can be done");
    }
    history
}

#[test]
fn replaying_the_way_to_a_state_leads_there() {
    for (name, exploration, algorithm) in all() {
        let mut explorer = Explorer::new(exploration, algorithm);
        let states = u32::try_from(explorer.run().states).expect("few states");
        for state in (0..states).step_by(1 + states as usize / 150) {
            let history = replayed(&explorer, algorithm, state);
            assert!(explorer.is_in(history.world(), state), "{name}, state {state}");
        }
    }
}

/// The kinds that the judge finds, as the explorer names them.
fn kinds(verdict: &Verdict) -> Vec<Kind> {
    let kind = |fault: &Fault| match fault {
        Fault::Missing(_) => Kind::Missing,
        Fault::OrphanInProcess(_) => Kind::OrphanInProcess,
        Fault::OrphanInChannel(_) => Kind::OrphanInChannel,
        Fault::Twice(_) => Kind::CountedTwice,
        Fault::OutOfOrder(_) => Kind::OutOfOrder,
        Fault::WrongState(_) | Fault::RecordedTwice(_) => panic!("{fault:?}"),
    };
    let mut kinds: Vec<Kind> = verdict.faults.iter().map(kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

#[test]
fn the_judge_and_the_counters_agree() {
    let mut judged = 0;
    for (name, exploration, algorithm) in all() {
        if exploration.view != View::Tagged {
            continue;
        }
        let mut explorer = Explorer::new(exploration, algorithm);
        let states = u32::try_from(explorer.run().states).expect("few states");
        for state in (0..states).step_by(1 + states as usize / 700) {
            let history = replayed(&explorer, algorithm, state);
            for (snapshot, complete, found) in explorer.verdicts(state) {
                let verdict = judge(&history.trace(), snapshot);
                assert!(verdict.unrecorded.is_empty(), "{name}, state {state}");
                assert_eq!(verdict.is_complete(), complete, "{name}, state {state}");
                let kinds = kinds(&verdict).into_iter();
                // Of an open channel the explorer tells only what should not be there.
                let told = |kind: &Kind| complete || matches!(kind, Kind::OrphanInProcess | Kind::OrphanInChannel);
                let expected: Vec<_> = kinds.filter(told).map(|kind| Violation { kind, complete }).collect();
                assert_eq!(found, expected, "{name}, state {state}");
                judged += 1;
            }
        }
    }
    assert!(judged > 4000, "{judged}");
}

#[test]
fn counterexamples_open_and_show_what_they_are_for() {
    for name in ["f3_two_t10_b10_lazybad", "g2_bag_two_t10_b11_i0", "g6_bag_k3_t100_b100_i0"] {
        let (exploration, algorithm) = stored(name, View::Tagged);
        let snapshot = exploration.snapshots[0].id;
        let mut explorer = Explorer::new(exploration, algorithm);
        explorer.run();
        for example in explorer.counterexamples() {
            let mut history = History::new(World::new(explorer.system().clone(), algorithm));
            for (at, action) in example.actions.iter().enumerate() {
                let before = judge(&history.trace(), snapshot);
                let already = before.unrecorded.is_empty()
                    && before.is_complete() == example.violation.complete
                    && kinds(&before).contains(&example.violation.kind);
                assert!(!already, "{name}: step {at} of {example:?} is too much");
                history.act(*action).expect("a counterexample can be played");
            }
            let verdict = judge(&history.trace(), snapshot);
            assert!(kinds(&verdict).contains(&example.violation.kind), "{name}: {example:?}");
            assert_eq!(verdict.is_complete(), example.violation.complete, "{name}: {example:?}");
        }
    }
}

#[derive(Debug, Default, PartialEq)]
struct Runs {
    executions: u64,
    complete: u64,
    occurred: u64,
    never: u64,
    swaps_total: u64,
    swaps_max: u64,
}

/// Every maximal run of a system, judged.
fn runs(file: &SystemFile) -> Runs {
    let (exploration, algorithm): (_, Method) = file.exploration().expect("a system that can be explored");
    let snapshot = exploration.snapshots[0].id;
    let mut explorer = Explorer::new(exploration, algorithm);
    explorer.run();
    let system = explorer.system().clone();
    let mut runs = Runs::default();
    explorer.each_execution(&mut |run: &[(_, Vec<Event>)]| {
        let steps = run.iter().map(|(action, events)| Step { action: *action, events }).collect();
        let verdict = judge(&Trace { system: &system, steps }, snapshot);
        runs.executions += 1;
        if verdict.is_complete() {
            assert!(verdict.is_consistent(), "{}: {run:?}", file.name);
            let passage = verdict.passage.expect("a consistent snapshot has a passage");
            runs.complete += 1;
            runs.occurred += u64::from(verdict.occurred_after.is_some());
            runs.never += u64::from(verdict.occurred_after.is_none());
            runs.swaps_total += passage.swaps;
            runs.swaps_max = runs.swaps_max.max(passage.swaps);
        }
        true
    });
    runs
}

#[test]
fn the_theorem_holds_in_every_run() {
    let mut systems = 0;
    for known in known() {
        let Some(theorem) = known.get("theorem1") else { continue };
        let figure = |name: &str| theorem[name].as_u64().expect("a figure");
        let expected = Runs {
            executions: figure("executions"),
            complete: figure("complete"),
            occurred: figure("sstar_occurred"),
            never: figure("sstar_never_occurred"),
            swaps_total: figure("swaps_total"),
            swaps_max: figure("swaps_max"),
        };
        let name = known["name"].as_str().expect("a name");
        assert_eq!(runs(&stored::system(name)), expected, "{name}");
        systems += 1;
    }
    assert_eq!(systems, 9);
}
