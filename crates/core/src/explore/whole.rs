//! Every run of a small system in which an action may change more than one process and the ends of the channels around it:
//! where channels are repaired by a link, since what happens to an item there depends on both ends, and where one process
//! records what was under way to another. States are kept whole ([`super::Explorer`] takes them apart), and fewer of them can
//! be looked at.

use super::mishaps::{Faults, Target};
use super::scratch::wishes;
use super::setup::{Exploration, View};
use crate::action::Action;
use crate::event::Event;
use crate::explore::Explorable;
use crate::ids::{ChannelId, SnapshotId};
use crate::judge::judge;
use crate::trace::{Step, Trace};
use crate::world::{Detail, Waiting, World};
use std::collections::{BTreeMap, BTreeSet};

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct WholeFigures {
    /// How many states there are.
    pub states: u64,
    /// How many transitions.
    pub transitions: u64,
    /// States in which every snapshot is complete.
    pub complete_states: u64,
    /// States in which nothing more can be done.
    pub terminal_states: u64,
    /// Those among them that are not complete.
    pub terminal_incomplete: u64,
    /// How many different global states were recorded, those of all snapshots together.
    pub joint_distinct_snapshots: u64,
    /// Complete states with a snapshot that the judge does not find consistent, on a shortest way there.
    pub inconsistent_complete: u64,
    /// A shortest way to the first of these.
    pub counterexample: Option<Vec<Action>>,
    /// Whether that is all; otherwise the limit of states was reached.
    pub finished: bool,
}

/// A state with how it was reached first.
struct Node<A: Explorable> {
    world: World<A>,
    used: (u16, u16),
    from: Option<(usize, Action)>,
}

/// Goes through all states, breadth first. Takes time in the number of transitions times the size of a state, and keeps a
/// world for each state.
#[must_use]
pub fn explore_whole<A: Explorable>(setup: &Exploration, algorithm: A) -> WholeFigures {
    let mut figures = WholeFigures { finished: true, ..WholeFigures::default() };
    let start = Node { world: World::new(setup.system.clone(), algorithm), used: (0, 0), from: None };
    let mut known = BTreeSet::from([key(setup, &start)]);
    let (mut nodes, mut recorded) = (vec![start], BTreeSet::new());
    let mut at = 0;
    while at < nodes.len() {
        let next = successors(setup, &nodes[at]);
        figures.transitions += next.len() as u64;
        let complete = is_complete(setup, &nodes[at].world);
        figures.terminal_states += u64::from(next.is_empty());
        figures.terminal_incomplete += u64::from(next.is_empty() && !complete);
        if complete {
            figures.complete_states += 1;
            recorded.insert(records(setup, &nodes[at].world));
            let way = way_to(&nodes, at);
            if !is_consistent(setup, &nodes[0].world, &way) {
                figures.inconsistent_complete += 1;
                figures.counterexample.get_or_insert(way);
            }
        }
        for (action, world, used) in next {
            let node = Node { world, used, from: Some((at, action)) };
            if known.insert(key(setup, &node)) {
                nodes.push(node);
            }
        }
        at += 1;
        if nodes.len() > setup.max_states as usize {
            figures.finished = false;
            break;
        }
    }
    figures.states = nodes.len() as u64;
    figures.joint_distinct_snapshots = recorded.len() as u64;
    figures
}

/// What tells a state from others.
fn key<A: Explorable>(setup: &Exploration, node: &Node<A>) -> Vec<u8> {
    let (mut out, topology) = (Vec::new(), &setup.system.topology);
    for process in topology.processes() {
        node.world.pack_process(process, setup.snapshot_numbers(), detail(setup), &mut out);
    }
    topology.channels().for_each(|channel| node.world.pack_channel(channel, detail(setup), &mut out));
    out.extend(node.used.0.to_le_bytes());
    out.extend(node.used.1.to_le_bytes());
    out
}

/// Messages are told apart in the tagged view alone.
fn detail(setup: &Exploration) -> Detail {
    if setup.view == View::Tagged { Detail::Numbers } else { Detail::Payloads }
}

fn successors<A: Explorable>(setup: &Exploration, node: &Node<A>) -> Vec<(Action, World<A>, (u16, u16))> {
    let (world, topology) = (&node.world, &setup.system.topology);
    let mut actions: Vec<Action> = topology.processes().flat_map(|process| wishes(world, process, setup)).collect();
    for channel in topology.channels() {
        let places = distinct_places(setup, world, channel);
        actions.extend(places.iter().map(|position| Action::Deliver { channel, position: *position }));
        actions.extend(world.to_send_again(channel).map(|number| Action::SendAgain { channel, number }));
        let Faults { losses, copies, target, copied } = setup.faults;
        let hit = places.into_iter().filter(|position| is_target(world, channel, *position, target));
        for position in hit {
            if node.used.0 < losses {
                actions.push(Action::Lose { channel, position });
            }
            if node.used.1 < copies {
                actions.push(Action::Duplicate { channel, position, copy: copied });
            }
        }
    }
    let after = |action: Action| {
        let mut next = world.clone();
        next.apply(action, &mut Vec::new()).ok()?;
        let (losses, copies) = node.used;
        let used = match action {
            Action::Lose { .. } => (losses + 1, copies),
            Action::Duplicate { .. } => (losses, copies + 1),
            _ => node.used,
        };
        Some((action, next, used))
    };
    actions.into_iter().filter_map(after).collect()
}

/// The positions of the items in a channel, or in the network under it; of equal ones the first.
fn distinct_places<A: Explorable>(setup: &Exploration, world: &World<A>, channel: ChannelId) -> Vec<u32> {
    let mut first = BTreeMap::new();
    let numbers = world.numbers_in(channel).chain(std::iter::repeat(0));
    for (position, number) in (0..world.items_in(channel)).zip(numbers) {
        let mut bytes = Vec::new();
        if !world.topology().is_repaired(channel) {
            world.pack_item(channel, position, detail(setup), &mut bytes);
        }
        first.entry((number, bytes)).or_insert(u32::try_from(position).unwrap_or(u32::MAX));
    }
    first.into_values().collect()
}

fn is_target<A: Explorable>(world: &World<A>, channel: ChannelId, position: u32, target: Target) -> bool {
    let item = world.in_channel(channel).nth(position as usize);
    match target {
        Target::Any => true,
        Target::Messages => matches!(item, Some(Waiting::Message(_))),
        Target::Controls => matches!(item, Some(Waiting::Control(..))),
    }
}

fn is_complete<A: Explorable>(setup: &Exploration, world: &World<A>) -> bool {
    let complete = |id: SnapshotId| world.snapshots().get(id.index()).is_some_and(crate::Snapshot::is_complete);
    setup.snapshots.iter().all(|planned| complete(planned.id))
}

/// What was recorded in all snapshots.
fn records<A: Explorable>(setup: &Exploration, world: &World<A>) -> Vec<u8> {
    let mut out = Vec::new();
    for planned in &setup.snapshots {
        for process in setup.system.topology.processes() {
            world.pack_record(process, planned.id, Detail::Payloads, &mut out);
        }
    }
    out
}

fn way_to<A: Explorable>(nodes: &[Node<A>], at: usize) -> Vec<Action> {
    let before = |at: &usize| nodes[*at].from.map(|(from, _)| from);
    let states = std::iter::successors(Some(at), before);
    let mut way: Vec<Action> = states.filter_map(|at| nodes[at].from.map(|(_, action)| action)).collect();
    way.reverse();
    way
}

fn is_consistent<A: Explorable>(setup: &Exploration, start: &World<A>, way: &[Action]) -> bool {
    let mut world = start.clone();
    let mut happened: Vec<(Action, Vec<Event>)> = Vec::new();
    for action in way {
        let mut events = Vec::new();
        let done = world.apply(*action, &mut events);
        debug_assert!(done.is_ok(), "what was explored can be done");
        happened.push((*action, events));
    }
    let steps = happened.iter().map(|(action, events)| Step { action: *action, events }).collect();
    let trace = Trace { system: &setup.system, steps };
    setup.snapshots.iter().all(|planned| judge(&trace, planned.id).is_consistent())
}
