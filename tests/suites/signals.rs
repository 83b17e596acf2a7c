//! Dijkstra and Scholten: announced if and only if the work has ended, and the engaged processes are a tree.

use cutline_core::algorithms::dijkstra_scholten::{Answers, DijkstraScholten};
use cutline_core::computation::{Computation, Diffusing, Offer};
use cutline_core::world::Waiting;
use cutline_core::{Action, Event, LocalState, ProcessId, System, World};
use cutline_tests::case::{Case, cases};
use cutline_tests::soak;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;
use std::sync::Arc;

type Signals = World<DijkstraScholten>;

/// Work that begins at the first process; everybody may send a few times.
fn work(case: &Case, sends: u32) -> Arc<System> {
    let mut system = Arc::unwrap_or_clone(case.with_control_channels());
    let process = |at: u32| (at == 0, Some(1 + (at * 7 + sends) % 4));
    let count = system.topology.process_count() as u32;
    system.computation = Computation::Diffusing(Diffusing::new((0..count).map(process), &system.topology));
    Arc::new(system)
}

/// Everything that can happen.
fn menu(world: &Signals) -> Vec<Action> {
    let of_process = |process: ProcessId| {
        world.offers(process).into_iter().filter_map(move |offer| match offer {
            Offer::Message { channel, payload } => Some(Action::Send { channel, payload }),
            Offer::Act { choice } => Some(Action::Act { process, choice }),
            _ => None,
        })
    };
    let doings = world.topology().processes().flat_map(of_process).filter(|action| world.check(*action).is_ok());
    world.deliveries().chain(doings).collect()
}

fn under_way(world: &Signals) -> (usize, usize) {
    let items = || world.topology().channels().flat_map(|channel| world.in_channel(channel));
    let messages = items().filter(|item| matches!(item, Waiting::Message(_))).count();
    (messages, items().count() - messages)
}

fn has_ended(world: &Signals) -> bool {
    let is_active = |process| matches!(world.state(process), LocalState::Work { active: true, .. });
    !world.topology().processes().any(is_active) && under_way(world).0 == 0
}

/// The sum of deficits is what is under way and the edges of the tree; everybody in it leads up to the first process.
fn is_tree(world: &Signals) -> Result<(), String> {
    let topology = world.topology();
    let memories: Vec<_> = topology.processes().map(|process| *world.memory(process)).collect();
    let deficits: u32 = memories.iter().map(|memory| memory.deficit()).sum();
    let edges = memories.iter().filter(|memory| memory.parent().is_some()).count();
    let (messages, signals) = under_way(world);
    if deficits as usize != messages + signals + edges {
        return Err(format!("{deficits} unanswered, {messages} messages, {signals} signals, {edges} edges"));
    }
    for process in topology.processes() {
        let (mut at, mut steps) = (process, 0);
        if !memories[process.index()].is_engaged() {
            continue;
        }
        while let Some(parent) = memories[at.index()].parent() {
            (at, steps) = (topology.channel(parent).from, steps + 1);
            if steps > memories.len() || !memories[at.index()].is_engaged() {
                return Err(format!("{process:?} does not lead up to the root"));
            }
        }
        if at != ProcessId(0) {
            return Err(format!("{at:?} is a root"));
        }
    }
    Ok(())
}

/// Plays to the end; how often it was announced, and how often while work went on.
fn play(system: Arc<System>, choices: &[u32], answers: Answers, sound: bool) -> Result<(usize, usize), TestCaseError> {
    let mut world = World::new(system, DijkstraScholten { answers });
    let (mut announced, mut early, mut messages, mut signals) = (0, 0, 0, 0);
    let mut events = Vec::new();
    for choice in choices.iter().copied().chain(std::iter::repeat(0)) {
        let menu = menu(&world);
        if menu.is_empty() {
            break;
        }
        events.clear();
        world.apply(menu[choice as usize % menu.len()], &mut events).expect("what is offered");
        for event in &events {
            messages += usize::from(matches!(event, Event::Sent { .. }));
            signals += usize::from(matches!(event, Event::ControlSent { .. }));
            if matches!(event, Event::Announced { .. }) {
                announced += 1;
                early += usize::from(!has_ended(&world));
            }
        }
        if sound {
            prop_assert_eq!(is_tree(&world), Ok(()));
        }
    }
    if sound {
        prop_assert!(has_ended(&world));
        prop_assert_eq!(messages, signals, "every message is answered once");
    }
    Ok((announced, early))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(400), failure_persistence: None, ..Default::default() })]

    #[test]
    fn announced_when_and_only_when_the_work_has_ended(case in cases(), sends in 0..9_u32) {
        let found = play(work(&case, sends), &case.choices, Answers::Last, true)?;
        prop_assert_eq!(found, (1, 0));
    }
}

/// The mutant: who answers before its own messages are answered makes the root announce too early.
#[test]
fn answering_early_is_noticed() {
    let mut runner = TestRunner::deterministic();
    let mut early = 0;
    for sends in 0..100 {
        let case = cases().new_tree(&mut runner).expect("a case").current();
        let found = play(work(&case, sends), &case.choices, Answers::Early, false).expect("nothing is asserted");
        early += usize::from(found.1 > 0);
    }
    assert!(early > 20, "only {early} runs");
}

/// Every run of a small system. States are told apart by all but the names of messages.
#[test]
fn every_run_of_a_small_system_announces_once() {
    let text = "cutline 1\ntitle t\nprocess p is active and 2 sends\nprocess q is passive and 2 sends\n\
                process r is passive and 1 sends\nchannel p -> q\nchannel q -> p\nchannel q -> r\nchannel r -> q\nchannel p -> r\n\
                control channel r -> p\n";
    let scenario = cutline_core::Scenario::parse(text).expect("a scenario");
    let start = World::new(scenario.system, DijkstraScholten::default());
    let key = |world: &Signals, announced: bool| {
        let topology = world.topology();
        let of_process = |process| (world.state(process), *world.memory(process));
        let items =
            |channel| world.in_channel(channel).map(|item| matches!(item, Waiting::Message(_))).collect::<Vec<_>>();
        let processes: Vec<_> = topology.processes().map(of_process).collect();
        let channels: Vec<_> = topology.channels().map(items).collect();
        format!("{processes:?} {channels:?} {announced}")
    };
    let (mut seen, mut open, mut ends) = (BTreeSet::new(), vec![(start, false)], 0);
    while let Some((world, announced)) = open.pop() {
        if !seen.insert(key(&world, announced)) {
            continue;
        }
        assert_eq!(is_tree(&world), Ok(()));
        assert!(!announced || has_ended(&world), "{world:?}");
        let menu = menu(&world);
        if menu.is_empty() {
            assert!(announced, "{world:?}");
            ends += 1;
        }
        for action in menu {
            let (mut next, mut events) = (world.clone(), Vec::new());
            next.apply(action, &mut events).expect("what is offered");
            let now = events.iter().filter(|event| matches!(event, Event::Announced { .. })).count();
            assert!(!(announced && now > 0), "announced twice");
            open.push((next, announced || now > 0));
        }
    }
    assert!(seen.len() > 1000 && ends > 5, "{} {ends}", seen.len());
}
