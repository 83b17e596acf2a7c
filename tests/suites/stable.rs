//! Stable properties: the examples of the books, and that they follow from each other in one direction.

use cutline_core::bare::GlobalState;
use cutline_core::computation::Token;
use cutline_core::stable::{deadlock, termination, tokens, tokens_of_automata};
use cutline_core::{ChandyLamport, ChannelId, Computation, Event, LocalState, ProcessId, Scenario, SnapshotId, System};
use cutline_tests::case::{Application, Case, cases, property_cases};
use cutline_tests::run::Run;
use cutline_tests::{drive, soak};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;

/// The state at the end of a run in a complete system with these processes.
fn state(processes: &[&str], rest: &str) -> (std::sync::Arc<System>, GlobalState) {
    let lines: String = processes.iter().map(|line| format!("process {line}\n")).collect();
    let text = format!("cutline 1\ntitle t\n{lines}channels complete\n{rest}");
    let scenario = Scenario::parse(&text).expect("a good file");
    let history = scenario.play();
    let mut state = GlobalState::initial(&scenario.system);
    history.trace().events().for_each(|(_, event)| state.follow(&scenario.system, event).expect("it happened"));
    (scenario.system, state)
}

/// The deadlocked processes, by name, and a cycle among them.
fn dead(processes: &[&str], rest: &str) -> (String, String) {
    let (system, state) = state(processes, rest);
    let found = deadlock(&system, &state).expect("processes that wait");
    let names = |of: &[ProcessId]| of.iter().map(|p| system.topology.process_name(*p)).collect::<Vec<_>>().join(" ");
    (names(&found.dead), names(&found.cycle))
}

fn owned(pair: (&str, &str)) -> (String, String) {
    (pair.0.to_owned(), pair.1.to_owned())
}

#[test]
fn who_waits_for_all_is_deadlocked_in_a_cycle() {
    let ring = ["1 waits for all of 2", "2 waits for all of 3", "3 waits for all of 1", "4 waits for all of 1"];
    assert_eq!(dead(&ring, ""), owned(("1 2 3 4", "1 2 3")));
    let broken = ["1 waits for all of 2", "2 waits for all of 3", "3 runs"];
    assert_eq!(dead(&broken, ""), owned(("", "")));
}

#[test]
fn who_waits_for_any_is_deadlocked_in_a_knot_and_not_in_a_mere_cycle() {
    let cycle = ["1 waits for any of 2 3", "2 waits for any of 1", "3 runs"];
    assert_eq!(dead(&cycle, ""), owned(("", "")));
    let knot = ["1 waits for any of 2 3", "2 waits for any of 1", "3 waits for any of 2"];
    assert_eq!(dead(&knot, ""), owned(("1 2 3", "1 2")));
    let as_for_all = ["1 waits for all of 2 3", "2 waits for all of 1", "3 runs"];
    assert_eq!(dead(&as_for_all, ""), owned(("1 2", "1 2")));
}

#[test]
fn both_kinds_of_waiting_go_together() {
    let freed = ["1 waits for all of 2 3", "2 waits for any of 1 4", "3 waits for any of 2", "4 runs"];
    assert_eq!(dead(&freed, ""), owned(("", "")));
    let stuck = ["1 waits for all of 2 4", "2 waits for any of 1 3", "3 waits for all of 2", "4 runs"];
    assert_eq!(dead(&stuck, ""), owned(("1 2 3", "1 2")));
}

/// A grant under way counts. Who forgets what is in the channels sees a deadlock that never was.
#[test]
fn there_is_no_phantom() {
    let processes = ["1 waits for all of 2", "2 runs"];
    let run = "rule 2: may wait for all of 1\nrun\n2 sends grant to 1\n2 waits for all of 1\n";
    assert_eq!(dead(&processes, run), owned(("", "")));
    let (system, mut forgetful) = state(&processes, run);
    forgetful.channels.iter_mut().for_each(std::collections::VecDeque::clear);
    assert!(deadlock(&system, &forgetful).expect("processes that wait").holds());
    let any = ["1 waits for any of 2 3", "2 runs", "3 waits for any of 1"];
    let run = "rule 2: may wait for any of 1\nrun\n2 sends grant to 1\n2 waits for any of 1\n";
    assert_eq!(dead(&any, run), owned(("", "")));
}

#[test]
fn that_all_are_passive_is_not_termination() {
    let processes = ["1 is active", "2 is passive"];
    let (system, early) = state(&processes, "run\n1 sends work to 2\n1 becomes passive\n");
    let found = termination(&system, &early);
    assert_eq!((found.active.as_slice(), found.under_way.as_slice()), (&[][..], &[ChannelId(0)][..]));
    assert!(!found.holds());
    let rest = "run\n1 sends work to 2\n1 becomes passive\n2 receives from 1\n";
    let (system, awake) = state(&processes, rest);
    assert_eq!(termination(&system, &awake).active, [ProcessId(1)]);
    let (system, end) = state(&processes, &format!("{rest}2 becomes passive\n"));
    assert!(termination(&system, &end).holds());
    assert_eq!((tokens(&system, &end), deadlock(&system, &end)), (None, None));
}

#[test]
fn money_is_neither_lost_nor_doubled_and_a_wrong_record_shows() {
    let (system, mut state) = state(&["1 has 3", "2 has 4"], "run\n1 sends 2 to 2\n");
    let found = tokens(&system, &state).expect("money");
    assert_eq!((found.in_processes, found.in_channels, found.at_start), (5, 2, 7));
    assert!(!found.are_lost() && !found.are_doubled());
    state.channels[0].clear();
    assert!(tokens(&system, &state).expect("money").are_lost());
    state.processes[0] = LocalState::Money(9);
    assert!(tokens(&system, &state).expect("money").are_doubled());
    assert!(!termination(&system, &state).holds());
}

#[test]
fn a_token_of_automata_can_be_lost() {
    let rules = "rule 1: has -> not sends token on 1→2\nrule 2: not -> has receives token on 1→2\nrule 2: has -> not\n";
    let count = |run: &str| {
        let (system, state) = state(&["1 in has", "2 in not"], &format!("{rules}run\n{run}"));
        let Computation::Automaton(automaton) = &system.computation else { panic!("automata") };
        let (has, token) = (automaton.label_named("has"), automaton.message_named("token"));
        assert_eq!(tokens(&system, &state), None, "nobody said what holds the token");
        let LocalState::Label(has) = has.expect("it") else { panic!("a label") };
        let token = Token { holding: vec![(None, has)], carrying: vec![token.expect("it")] };
        tokens_of_automata(&system, &state, &token)
    };
    let under_way = count("1 sends token to 2\n");
    assert_eq!((under_way.in_processes, under_way.in_channels, under_way.at_start), (0, 1, 1));
    assert!(!under_way.are_lost());
    assert!(count("1 sends token to 2\n2 receives from 1\n2 goes has -> not\n").are_lost());
}

/// All that is stable and true of a state, as words.
fn true_of(system: &System, state: &GlobalState) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    found.extend(termination(system, state).holds().then(|| "terminated".to_owned()));
    if let Some(deadlock) = deadlock(system, state) {
        found.extend(deadlock.holds().then(|| "deadlock".to_owned()));
        found.extend(deadlock.dead.iter().map(|process| format!("{process:?} is dead")));
        let waits = |pair: &[ProcessId]| deadlock.edges.contains(&(pair[0], pair[1]));
        let round = deadlock.cycle.iter().chain(deadlock.cycle.first()).copied().collect::<Vec<_>>();
        assert!(round.windows(2).all(waits) && deadlock.holds() != deadlock.cycle.is_empty());
    }
    if let Some(tokens) = tokens(system, state) {
        found.extend(tokens.are_lost().then(|| "lost".to_owned()));
        found.extend(tokens.are_doubled().then(|| "doubled".to_owned()));
    }
    found
}

/// What is true when a snapshot begins, in what it recorded, and when it is complete.
fn three(run: &Run<'_>, snapshot: SnapshotId) -> [BTreeSet<String>; 3] {
    let system = run.system();
    let about = |event: &Event| match *event {
        Event::Recorded { snapshot: of, .. } | Event::Closed { snapshot: of, .. } => of == snapshot,
        _ => false,
    };
    let begin = run.events.iter().position(about).expect("a beginning");
    let end = run.events.iter().rposition(about).expect("an end");
    let mut state = GlobalState::initial(system);
    let mut follow = |events: &[Event]| {
        events.iter().for_each(|event| state.follow(system, event).expect("it happened"));
        true_of(system, &state)
    };
    let (first, last) = (follow(&run.events[..begin]), follow(&run.events[begin..end]));
    let recorded = GlobalState::recorded(system, &run.recorded[snapshot.index()]).expect("a complete snapshot");
    [first, true_of(system, &recorded), last]
}

fn follows(case: &Case) -> Result<[usize; 3], TestCaseError> {
    let history = drive::play(case, ChandyLamport::default());
    let run = Run::of(&history);
    let mut counts = [0; 3];
    for snapshot in &run.snapshots {
        let [first, recorded, last] = three(&run, *snapshot);
        prop_assert!(first.is_subset(&recorded), "{:?} {:?}", first, recorded);
        prop_assert!(recorded.is_subset(&last), "{:?} {:?}", recorded, last);
        for (count, found) in counts.iter_mut().zip([first, recorded, last]) {
            *count += usize::from(!found.is_empty());
        }
    }
    Ok(counts)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(600), failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_was_true_is_recorded_and_what_is_recorded_stays_true(case in property_cases()) {
        follows(&case)?;
    }

    #[test]
    fn so_it_is_with_money_and_automata(case in cases()) {
        follows(&case)?;
    }
}

/// The property above is not empty: it is seen to become true at each of its stages.
#[test]
fn the_three_moments_differ() {
    let mut runner = TestRunner::deterministic();
    let mut all = [0; 3];
    for _ in 0..400 {
        let case = property_cases().new_tree(&mut runner).expect("a case").current();
        let counts = follows(&case).expect("it follows");
        all.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    assert!(all[0] > 100 && all[0] < all[1] && all[1] < all[2], "{all:?}");
}

/// Where all wait alike, reduction finds what the books say: for all, whoever reaches a cycle; for any, whoever
/// reaches nobody that runs.
fn by_the_books(edges: &[(ProcessId, ProcessId)], of: ProcessId, all: bool, processes: u16) -> bool {
    let mut reached = BTreeSet::from([of]);
    for _ in 0..processes {
        let next = edges.iter().filter(|(from, _)| reached.contains(from)).map(|(_, to)| *to);
        reached = reached.iter().copied().chain(next).collect();
    }
    let goes_on = |process: &ProcessId| edges.iter().any(|(from, _)| from == process);
    if !all {
        return reached.iter().all(goes_on);
    }
    let closes = |process: &ProcessId| {
        let mut after: BTreeSet<ProcessId> = edges.iter().filter(|(f, _)| f == process).map(|(_, to)| *to).collect();
        for _ in 0..processes {
            let next = edges.iter().filter(|(from, _)| after.contains(from)).map(|(_, to)| *to);
            after = after.iter().copied().chain(next).collect();
        }
        after.contains(process)
    };
    reached.iter().any(closes)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(600), failure_persistence: None, ..Default::default() })]

    #[test]
    fn reduction_agrees_with_cycles_and_knots(case in property_cases(), all in any::<bool>()) {
        let Application::Waiting(numbers) = case.application else { return Ok(()) };
        let numbers = numbers.into_iter().map(|n| if all { n & !(1 << 15) } else { n | 1 << 15 }).collect();
        let case = Case { application: Application::Waiting(numbers), ..case };
        let history = drive::play(&case, ChandyLamport::default());
        let run = Run::of(&history);
        let mut state = GlobalState::initial(run.system());
        for event in &run.events {
            state.follow(run.system(), event).expect("it happened");
            let found = deadlock(run.system(), &state).expect("processes that wait");
            for process in run.topology().processes() {
                let expected = by_the_books(&found.edges, process, all, case.processes);
                prop_assert_eq!(found.dead.contains(&process), expected, "{:?} of {:?}", process, found);
            }
        }
    }
}
