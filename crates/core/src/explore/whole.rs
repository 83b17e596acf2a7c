//! Every run of a small system in which an action may change more than one process and the ends of the channels around it:
//! where channels are repaired by a link, since what happens to an item there depends on both ends, where one process
//! records what was under way to another, where newcomers join and leave, where time goes on, and where processes crash, the network comes apart, or items overtake each other
//! ([`Faults::concern_more_than_items`](super::Faults::concern_more_than_items)). States are kept whole ([`super::Explorer`]
//! takes them apart), and fewer of them can be looked at.

mod moves;

use super::book::Book;
use super::search::Status;
use super::setup::{Exploration, View};
use crate::action::Action;
use crate::event::Event;
use crate::explore::{Explorable, Pack};
use crate::faults::Used;
use crate::group::Group;
use crate::ids::{ChannelId, SnapshotId};
use crate::judge::judge;
use crate::time::Time;
use crate::trace::{Step, Trace};
use crate::world::{Detail, System, World};
use std::collections::BTreeSet;
use std::sync::Arc;

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
    /// A shortest way to the first terminal state that is not complete.
    pub stuck: Option<Vec<Action>>,
    /// How many of the states were found and not looked beyond: none, if that is all.
    pub frontier: u64,
    /// Whether that is all; otherwise a limit was reached.
    pub finished: bool,
}

/// A state with how it was reached first.
struct Node<A: Explorable> {
    /// Until it was looked beyond.
    at: Option<Box<State<A>>>,
    from: Option<(usize, Action)>,
}

/// All that tells a state from others.
#[derive(Clone)]
struct State<A: Explorable> {
    world: World<A>,
    /// In the tagged view, what was sent and received on which side of the cuts.
    book: Option<Book>,
    /// What has gone wrong so far.
    used: Used,
    /// Who has crashed and will begin again.
    away: Group,
}

/// Goes through whole states, breadth first. Takes time in the number of transitions times the size of a state, and keeps
/// a world for each state that it has not looked beyond.
pub struct WholeExplorer<A: Explorable> {
    setup: Exploration,
    /// With the channels loosened in which items may overtake each other.
    system: Arc<System>,
    /// The channels that keep their order otherwise.
    ordered: Vec<ChannelId>,
    start: World<A>,
    /// When time can go on.
    moments: Vec<Time>,
    nodes: Vec<Node<A>>,
    known: BTreeSet<Vec<u8>>,
    recorded: BTreeSet<Vec<u8>>,
    expanded: usize,
    /// Of the keys, and of the worlds that are kept.
    bytes: (u64, u64),
    /// The most bytes of what one process or channel held.
    longest: usize,
    figures: WholeFigures,
}

impl<A: Explorable> WholeExplorer<A> {
    /// At the start: only the initial state is known.
    #[must_use]
    pub fn new(setup: &Exploration, algorithm: A) -> Self {
        let given = &setup.system.topology;
        let topology = setup.faults.loosened(given);
        let system = Arc::new(System { topology, computation: setup.system.computation.clone() });
        let ordered = if setup.faults.overtakings > 0 { crate::faults::ordered(given).collect() } else { Vec::new() };
        let moments = algorithm.moments(&system);
        let start = World::new(system.clone(), algorithm);
        let mut explorer = Self {
            setup: setup.clone(),
            system,
            ordered,
            start: start.clone(),
            moments,
            nodes: Vec::new(),
            known: BTreeSet::new(),
            recorded: BTreeSet::new(),
            expanded: 0,
            bytes: (0, 0),
            longest: 0,
            figures: WholeFigures::default(),
        };
        let book = (setup.view == View::Tagged)
            .then(|| Book::new(&start.system().topology, setup.snapshot_numbers(), !setup.faults.are_none()));
        explorer.arrive(State { world: start, book, used: Used::default(), away: Group::default() }, None);
        explorer
    }

    /// Looks beyond at most so many more states; how it stands then.
    pub fn run_slice(&mut self, states: u32) -> Status {
        for _ in 0..states {
            if self.status() != Status::Running {
                break;
            }
            self.expand();
        }
        self.status()
    }

    /// A shortest run of which something holds, among those of the states that are found within the limits.
    pub fn shortest(&mut self, holds: impl Fn(&Trace<'_>) -> bool) -> Option<Vec<Action>> {
        let mut looked_at = 0;
        loop {
            while looked_at < self.nodes.len() {
                let way = self.way_to(looked_at);
                if self.told(&way, &holds) {
                    return Some(way);
                }
                looked_at += 1;
            }
            if self.status() != Status::Running {
                return None;
            }
            self.expand();
        }
    }

    /// How it stands.
    #[must_use]
    pub fn status(&self) -> Status {
        if self.expanded == self.nodes.len() {
            Status::Finished
        } else if self.nodes.len() > self.setup.max_states as usize {
            Status::LimitReached
        } else if self.bytes() > self.setup.max_bytes {
            Status::MemoryReached
        } else if self.longest > self.setup.max_part as usize {
            Status::PartReached
        } else {
            Status::Running
        }
    }

    /// What was found so far.
    #[must_use]
    pub fn figures(&self) -> WholeFigures {
        WholeFigures {
            states: self.nodes.len() as u64,
            joint_distinct_snapshots: self.recorded.len() as u64,
            frontier: (self.nodes.len() - self.expanded) as u64,
            finished: self.status() == Status::Finished,
            ..self.figures.clone()
        }
    }

    /// The network as the actions of ways need it: without order in channels in which items may overtake each other.
    #[must_use]
    pub fn system(&self) -> &Arc<System> {
        &self.system
    }

    /// How many bytes of memory all of it takes, about.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes.0 + self.bytes.1 + (self.nodes.len() * size_of::<Node<A>>()) as u64
    }

    fn expand(&mut self) {
        let at = self.expanded;
        self.expanded += 1;
        let Some(state) = self.nodes[at].at.take() else { return };
        self.bytes.1 = self.bytes.1.saturating_sub(self.size_of(&state));
        let next = self.successors(&state);
        self.figures.transitions += next.len() as u64;
        let complete = is_complete(&self.setup, &state.world);
        if next.is_empty() {
            self.figures.terminal_states += 1;
            self.figures.terminal_incomplete += u64::from(!complete);
            if !complete && self.figures.stuck.is_none() {
                self.figures.stuck = Some(self.way_to(at));
            }
        }
        if complete {
            self.complete(at, &state.world);
        }
        for (action, next) in next {
            self.arrive(next, Some((at, action)));
        }
    }

    fn complete(&mut self, at: usize, world: &World<A>) {
        self.figures.complete_states += 1;
        self.recorded.insert(records(&self.setup, world));
        let way = self.way_to(at);
        if !self.is_consistent(&way) {
            self.figures.inconsistent_complete += 1;
            self.figures.counterexample.get_or_insert(way);
        }
    }

    /// Takes note of a state, unless it is known.
    fn arrive(&mut self, state: State<A>, from: Option<(usize, Action)>) {
        let (key, longest) = self.key(&state);
        self.longest = self.longest.max(longest);
        let bytes = key.len() as u64 + KEY_BYTES;
        if self.known.insert(key) {
            self.bytes.0 += bytes;
            self.bytes.1 += self.size_of(&state);
            self.nodes.push(Node { at: Some(Box::new(state)), from });
        }
    }

    /// What tells a state from others, and how long the longest part of it is.
    fn key(&self, state: &State<A>) -> (Vec<u8>, usize) {
        let (mut out, topology, detail) = (Vec::new(), &self.system.topology, self.detail());
        let (mut longest, mut before) = (0, 0);
        let mut part_ends = |end: usize| {
            longest = longest.max(end - before);
            before = end;
        };
        for process in topology.processes() {
            state.world.pack_process(process, self.setup.snapshot_numbers(), detail, &mut out);
            out.push(u8::from(state.world.has_crashed(process)));
            if let Some(book) = &state.book {
                book.pack(topology, process, &mut out);
            }
            part_ends(out.len());
        }
        state.world.pack_members(&mut out);
        state.world.now().0.pack(&mut out);
        for channel in topology.channels() {
            state.world.pack_channel(channel, detail, self.ordered.contains(&channel), &mut out);
            out.push(u8::from(state.world.is_cut_off(channel)));
            part_ends(out.len());
        }
        state.used.numbers().for_each(|number| out.extend(number.to_le_bytes()));
        out.extend(state.away.0.to_le_bytes());
        (out, longest)
    }

    /// Messages are told apart in the tagged view alone.
    fn detail(&self) -> Detail {
        if self.setup.view == View::Tagged { Detail::Numbers } else { Detail::Payloads }
    }

    /// How many bytes of memory a state takes, about: its parts are lists, and lists are taken in powers of two.
    fn size_of(&self, state: &State<A>) -> u64 {
        let topology = &self.system.topology;
        let (processes, channels) = (topology.process_count() as u64, topology.channel_count() as u64);
        let items: u64 = topology.channels().map(|channel| state.world.items_in(channel) as u64).sum();
        let snapshots = state.world.snapshots().len() as u64;
        let held = (processes * PLACE_BYTES + channels * PLACE_BYTES + items * PLACE_BYTES) * (1 + snapshots);
        size_of::<State<A>>() as u64 + held
    }

    fn way_to(&self, at: usize) -> Vec<Action> {
        let before = |at: &usize| self.nodes[*at].from.map(|(from, _)| from);
        let states = std::iter::successors(Some(at), before);
        let mut way: Vec<Action> = states.filter_map(|at| self.nodes[at].from.map(|(_, action)| action)).collect();
        way.reverse();
        way
    }

    fn is_consistent(&self, way: &[Action]) -> bool {
        let is_right =
            |trace: &Trace<'_>| self.setup.snapshots.iter().all(|planned| judge(trace, planned.id).is_consistent());
        self.told(way, is_right)
    }

    /// What is found out about a run.
    fn told<T>(&self, way: &[Action], ask: impl FnOnce(&Trace<'_>) -> T) -> T {
        let mut world = self.start.clone();
        let mut happened: Vec<(Action, Vec<Event>)> = Vec::new();
        for action in way {
            let mut events = Vec::new();
            let done = world.apply(*action, &mut events);
            debug_assert!(done.is_ok(), "what was explored can be done");
            happened.push((*action, events));
        }
        let steps = happened.iter().map(|(action, events)| Step { action: *action, events }).collect();
        ask(&Trace { system: &self.system, steps })
    }
}

/// What a set takes for a key besides its bytes.
const KEY_BYTES: u64 = 48;
/// What a world takes for a process, a channel or an item, and for what is recorded of it.
const PLACE_BYTES: u64 = 160;

/// Goes through all states, or until the states or the memory that are allowed are used up.
#[must_use]
pub fn explore_whole<A: Explorable>(setup: &Exploration, algorithm: A) -> WholeFigures {
    let mut explorer = WholeExplorer::new(setup, algorithm);
    while explorer.run_slice(u32::MAX) == Status::Running {}
    explorer.figures()
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
