//! The search itself: breadth first, so that the first way to a state is a shortest one.

use super::alone::Alone;
use super::findings::Findings;
use super::layout::Layout;
use super::link::Link;
use super::parts::{Parts, Successors};
use super::setup::{Exploration, Reduction, View};
use super::states::{Looks, MOST, StateId, States, UNSEEN};
use crate::explore::Explorable;
use crate::faults::Faults;
use crate::system::System;
use std::ops::Range;
use std::sync::Arc;

/// All states that a system with a snapshot algorithm at work in it can get into, found step by step.
///
/// The caller drives it: [`Explorer::run_slice`] in a page, [`Explorer::run_slice_with`] on several cores. Whichever
/// way, the same states get the same numbers. Time is linear in the number of transitions; memory is some twenty bytes
/// a state ([`Progress::bytes`]).
#[derive(Clone, Debug)]
pub struct Explorer<A: Explorable> {
    pub(super) parts: Parts<A>,
    pub(super) layout: Layout,
    pub(super) states: States,
    /// By [`FAMILY`] states: how many states were known when the first of them was left. Since states are left in the
    /// order in which they were found, this tells among which of them to look for the one that a state was found from.
    families: Vec<StateId>,
    pub(super) expanded: u32,
    depth: u32,
    /// The first state that is further from the start than `depth`.
    level_end: u32,
    transitions: u64,
    pub(super) link: Option<Link>,
    pub(super) findings: Findings,
    /// Whether it used more memory than allowed when somebody looked, and whether one process or channel held more.
    is_full: bool,
    is_long: bool,
    buffers: Buffers,
}

/// What one state after the other is worked out in.
#[derive(Clone, Debug, Default)]
struct Buffers {
    state: Vec<u64>,
    found: Successors,
    looks: Looks,
}

/// How many states are left between two looks at how much memory is used.
const BETWEEN_LOOKS: u32 = 1 << 10;

/// Up to so many states a layout has room to spare.
const FEW: usize = 1 << 18;

/// Of how many states in turn is noted what was known before them.
const FAMILY: u32 = 16;

/// How many states are left at a time, so that looking up what lies behind them can overlap.
const AT_ONCE: u32 = 16;

/// How far an exploration has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The states found so far.
    pub states: u64,
    /// The transitions followed so far.
    pub transitions: u64,
    /// How many of the states are still to be left for the first time.
    pub frontier: u64,
    /// The distance from the start of the states that are being left now.
    pub depth: u32,
    /// How many bytes of memory all of it takes, about.
    pub bytes: u64,
    /// How it stands.
    pub status: Status,
}

/// How an exploration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// There is more to do.
    Running,
    /// Every state was found: what was not seen does not happen.
    Finished,
    /// It has given up at the greatest number of states allowed: what was not seen may still happen.
    LimitReached,
    /// It has given up at the greatest amount of memory allowed, likewise.
    MemoryReached,
    /// It has given up since one process or channel held more than is allowed, likewise.
    PartReached,
}

impl Explorer<Alone> {
    /// The application of an exploration without the algorithm.
    #[must_use]
    pub fn alone(exploration: &Exploration) -> Self {
        let mut setup = exploration.viewed(View::Plain);
        setup.snapshots.clear();
        setup.reduction = Reduction::None;
        setup.faults = Faults::default();
        Self::new(setup, Alone)
    }
}

impl<A: Explorable> Explorer<A> {
    /// At the start: only the initial state is known.
    #[must_use]
    pub fn new(exploration: Exploration, algorithm: A) -> Self {
        Self::start(exploration, algorithm, None)
    }

    /// The same, compared with the application alone, whose exploration has to be finished.
    #[must_use]
    pub fn with_base(exploration: Exploration, algorithm: A, base: Arc<Explorer<Alone>>) -> Self {
        Self::start(exploration, algorithm, Some(base))
    }

    fn start(setup: Exploration, algorithm: A, base: Option<Arc<Explorer<Alone>>>) -> Self {
        let base = base.filter(|base| base.progress().status == Status::Finished && algorithm.records_channels());
        let link = base.map(|base| Link::new(base, &setup, setup.view == View::Origins));
        let findings = Findings::new(&setup);
        let mut explorer = Self {
            parts: Parts::new(setup, algorithm),
            layout: Layout::default(),
            states: States::new(&Layout::for_counts(&[1])),
            families: Vec::new(),
            expanded: 0,
            depth: 0,
            level_end: 1,
            transitions: 0,
            link,
            findings,
            is_full: false,
            is_long: false,
            buffers: Buffers::default(),
        };
        explorer.extend_link();
        explorer.layout = Layout::for_counts(&explorer.counts());
        explorer.states = States::new(&explorer.layout);
        explorer.states.insert(&vec![0; explorer.layout.words()]);
        explorer
    }

    /// Leaves up to `steps` states for the first time.
    pub fn run_slice(&mut self, steps: u32) -> Progress {
        let mut left = steps;
        while left > 0 && self.status() == Status::Running {
            left -= self.leave_one_by_one(left.min(BETWEEN_LOOKS));
        }
        self.progress()
    }

    /// Leaves up to `most` states, then looks how much memory is used; how many states were left.
    pub(super) fn leave_one_by_one(&mut self, most: u32) -> u32 {
        let mut left = most;
        while left > 0 && self.status() == Status::Running {
            left -= self.leave_some(left);
        }
        self.look_at_memory();
        most - left
    }

    pub(super) fn look_at_memory(&mut self) {
        self.is_full = self.bytes() as u64 > self.parts.setup.max_bytes;
        self.is_long = self.parts.longest() > self.parts.setup.max_part;
    }

    /// Goes on to the end, or to the greatest number of states allowed.
    pub fn run(&mut self) -> Progress {
        self.run_slice(u32::MAX)
    }

    /// How far it has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress {
            states: self.states.len() as u64,
            transitions: self.transitions,
            frontier: u64::from(self.frontier().end - self.frontier().start),
            depth: self.depth,
            bytes: self.bytes() as u64,
            status: self.status(),
        }
    }

    fn bytes(&self) -> usize {
        self.states.bytes() + self.families.capacity() * 4 + self.parts.bytes() + self.findings.bytes()
    }

    pub(super) fn status(&self) -> Status {
        if self.expanded as usize == self.states.len() {
            Status::Finished
        } else if self.states.len() >= self.most_states() {
            Status::LimitReached
        } else if self.is_full {
            Status::MemoryReached
        } else if self.is_long {
            Status::PartReached
        } else {
            Status::Running
        }
    }

    pub(super) fn most_states(&self) -> usize {
        self.parts.setup.max_states.min(MOST) as usize
    }

    /// The states that are known and were not left yet, in the order in which they will be.
    #[must_use]
    pub fn frontier(&self) -> Range<StateId> {
        self.expanded..u32::try_from(self.states.len()).unwrap_or(MOST)
    }

    /// Leaves up to `most` states and says how many: at least one.
    pub(super) fn leave_some(&mut self, most: u32) -> u32 {
        let frontier = self.frontier();
        let mut buffers = std::mem::take(&mut self.buffers);
        buffers.found.clear();
        let mut ends = [0; AT_ONCE as usize];
        let mut known = 0;
        for (id, end) in frontier.zip(&mut ends).take(most.min(AT_ONCE) as usize) {
            let state = self.states.load(id, &mut buffers.state);
            if !self.parts.expand(&self.layout, state, self.link.as_ref(), &mut buffers.found) {
                break;
            }
            *end = buffers.found.labels.len();
            known += 1;
        }
        let left = if known == 0 { self.leave_next(&mut buffers) } else { self.insert(&ends[..known], &mut buffers) };
        self.buffers = buffers;
        left
    }

    /// Takes in what lies behind the next states, of which the buffers hold the successors, up to `ends` of each; how
    /// many states were left.
    fn insert(&mut self, ends: &[usize], Buffers { state, found, looks }: &mut Buffers) -> u32 {
        let width = self.layout.words();
        self.states.glance(&found.words, looks);
        let mut start = 0;
        for (left, end) in (0..).zip(ends) {
            if self.status() != Status::Running {
                return left;
            }
            self.note((end - start) as u32, self.states.len(), state);
            for at in (start..*end).filter(|at| looks.ids[*at] == UNSEEN) {
                self.states.insert_hashed(looks.hashes[at], &found.words[at * width..(at + 1) * width]);
            }
            start = *end;
        }
        ends.len() as u32
    }

    /// Leaves one state, of which the tables may not know enough.
    fn leave_next(&mut self, buffers: &mut Buffers) -> u32 {
        let id = self.expanded;
        self.resolve(id);
        buffers.found.clear();
        let state = self.states.load(id, &mut buffers.state);
        let known = self.parts.expand(&self.layout, state, self.link.as_ref(), &mut buffers.found);
        debug_assert!(known, "all answers have been found");
        self.insert(&[buffers.found.labels.len()], buffers)
    }

    /// Takes note of the next state, which is being left, when so many states are known.
    pub(super) fn note(&mut self, transitions: u32, known: usize, buffer: &mut Vec<u64>) {
        let id = self.expanded;
        self.count(transitions, known);
        let state = self.states.load(id, buffer);
        self.findings.inspect(&self.parts, self.link.as_mut(), &self.layout, (id, state), transitions == 0);
    }

    /// Counts the next state, which is being left, when so many states are known.
    pub(super) fn count(&mut self, transitions: u32, known: usize) {
        let (id, known) = (self.expanded, u32::try_from(known).unwrap_or(MOST));
        if id == self.level_end {
            self.depth += 1;
            self.level_end = known;
        }
        if id.is_multiple_of(FAMILY) {
            self.families.push(known);
        }
        self.expanded += 1;
        self.transitions += u64::from(transitions);
    }

    /// Finds the answers that the tables lack for a state, and makes room for what is new in them.
    pub(super) fn resolve(&mut self, id: StateId) {
        let state = self.states.get(id);
        self.parts.resolve(&self.layout, &state);
        self.extend_link();
        let counts = self.counts();
        if counts.iter().enumerate().any(|(part, count)| !self.layout.has_room(part, *count)) {
            // Packing all anew takes time: while there are few states, room for twice as many parts pays.
            let spare = if self.states.len() < FEW { 2 } else { 1 };
            let roomy: Vec<usize> = counts.iter().map(|count| count * spare).collect();
            let wider = Layout::for_counts(&roomy);
            self.states.relay(&self.layout, &wider);
            self.layout = wider;
        }
    }

    fn extend_link(&mut self) {
        if let Some(link) = &mut self.link {
            link.extend(&self.parts);
        }
    }

    fn counts(&self) -> Vec<usize> {
        let origins = self.link.iter().flat_map(Link::origin_counts);
        let used = (!self.parts.setup.faults.are_none()).then(|| self.parts.setup.faults.counts());
        self.parts.counts().chain(origins).chain(used).collect()
    }

    /// The number of the state with these parts, if all of them and it are known.
    pub(super) fn find(&self, parts: impl Iterator<Item = Option<u32>>) -> Option<StateId> {
        let mut state = vec![0; self.layout.words()];
        for (part, number) in parts.enumerate() {
            self.layout.set(&mut state, part, number?);
        }
        self.states.find(&state)
    }

    /// Finds the states that come directly after one that was left, one for each transition, with their numbers.
    pub(super) fn successors<'a>(&self, id: StateId, found: &'a mut Found) -> &'a [StateId] {
        self.successors_of_all([id], found);
        &found.looks.ids
    }

    /// The same for several states at a time, which is faster: the numbers of all, one state after the other.
    pub(super) fn successors_of_all(&self, ids: impl IntoIterator<Item = StateId>, found: &mut Found) {
        found.next.clear();
        found.ends.clear();
        for id in ids {
            let state = self.states.load(id, &mut found.state);
            self.parts.expand(&self.layout, state, self.link.as_ref(), &mut found.next);
            found.ends.push(found.next.labels.len());
        }
        self.states.glance(&found.next.words, &mut found.looks);
        for (number, state) in found.looks.ids.iter_mut().zip(found.next.words.chunks_exact(self.layout.words())) {
            if *number == UNSEEN {
                *number = self.states.find(state).unwrap_or(UNSEEN);
            }
        }
    }

    /// Whether another explorer has found the same states in the same order, part by part.
    #[must_use]
    pub fn same_states(&self, other: &Self) -> bool {
        let parts = self.layout.parts();
        let equal = |id: StateId| {
            let (mine, others) = (self.states.get(id), other.states.get(id));
            (0..parts).all(|part| self.layout.get(&mine, part) == other.layout.get(&others, part))
        };
        let ids = 0..u32::try_from(self.states.len()).unwrap_or(MOST);
        self.states.len() == other.states.len() && parts == other.layout.parts() && ids.into_iter().all(equal)
    }

    /// What is explored.
    #[must_use]
    pub fn exploration(&self) -> &Exploration {
        &self.parts.setup
    }

    /// What never changes.
    #[must_use]
    pub fn system(&self) -> &Arc<System> {
        &self.parts.setup.system
    }

    pub(super) fn has_base(&self) -> bool {
        self.link.is_some()
    }

    pub(super) fn has_origins(&self) -> bool {
        self.link.as_ref().is_some_and(Link::has_origins)
    }

    /// The state from which another was found first: of those that it comes directly after, the one with the smallest
    /// number. None for the initial state. Takes up to [`FAMILY`] expansions.
    pub(super) fn parent(&self, id: StateId) -> Option<StateId> {
        let family = self.families.partition_point(|known| *known <= id).checked_sub(1)? as u32;
        let mut found = Found::default();
        (family * FAMILY..).take(FAMILY as usize).take_while(|parent| *parent < id.min(self.expanded)).find(|parent| {
            let next = self.successors(*parent, &mut found);
            next.contains(&id)
        })
    }

    pub(super) fn parts(&self) -> &Parts<A> {
        &self.parts
    }

    pub(super) fn layout(&self) -> &Layout {
        &self.layout
    }

    pub(super) fn states(&self) -> &States {
        &self.states
    }
}

/// The states that come directly after some others.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub(super) next: Successors,
    /// Their numbers.
    pub(super) looks: Looks,
    /// Up to where those of each state go.
    pub(super) ends: Vec<usize>,
    state: Vec<u64>,
}
