//! The search itself: breadth first, so that the first way to a state is a shortest one.

use super::alone::Alone;
use super::findings::Findings;
use super::link::Link;
use super::parts::{Parts, Successors};
use super::setup::{Exploration, Reduction, View};
use super::states::{Layout, MOST, StateId, States, UNSEEN};
use crate::explore::Explorable;
use crate::world::System;
use std::ops::Range;
use std::sync::Arc;

/// All states that a system with a snapshot algorithm at work in it can get into, found step by step.
///
/// The caller drives it: [`Explorer::run_slice`] in a page, [`Explorer::expand`] and [`Explorer::merge`] on several
/// cores. Whichever way, the same states get the same numbers. Time is linear in the number of transitions; memory is
/// a few words a state ([`Progress::bytes`]).
#[derive(Clone, Debug)]
pub struct Explorer<A: Explorable> {
    parts: Parts<A>,
    layout: Layout,
    /// How often the layout has changed.
    relaid: u32,
    states: States,
    /// By state: the one from which it was found first. The initial state is its own.
    parents: Vec<StateId>,
    expanded: u32,
    depth: u32,
    /// The first state that is further from the start than `depth`.
    level_end: u32,
    transitions: u64,
    link: Option<Link>,
    pub(super) findings: Findings,
    buffer: Successors,
}

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
    /// How many bytes of memory all of it takes, roughly.
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
}

/// What [`Explorer::expand`] found out about some states, for [`Explorer::merge`] to take in.
#[derive(Clone, Debug)]
pub struct Batch {
    range: Range<StateId>,
    relaid: u32,
    width: usize,
    /// By state: its number of transitions and how many of them lead to states that a glance did not find; none where
    /// the tables had no answer.
    counts: Vec<Option<(u32, u32)>>,
    words: Vec<u64>,
}

impl Batch {
    fn add(&mut self, found: &Successors, transitions: &[Option<usize>]) {
        let mut states = found.words.chunks_exact(self.width).zip(&found.ids);
        for transitions in transitions {
            let mut fresh = 0;
            for (state, _) in states.by_ref().take(transitions.unwrap_or(0)).filter(|(_, id)| **id == UNSEEN) {
                self.words.extend_from_slice(state);
                fresh += 1;
            }
            self.counts.push(transitions.map(|transitions| (transitions as u32, fresh)));
        }
    }
}

impl Explorer<Alone> {
    /// The application of an exploration without the algorithm.
    #[must_use]
    pub fn alone(exploration: &Exploration) -> Self {
        let mut setup = exploration.viewed(View::Plain);
        setup.snapshots.clear();
        setup.reduction = Reduction::None;
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
        let base = base.filter(|base| base.progress().status == Status::Finished);
        let link = base.map(|base| Link::new(base, &setup, setup.view == View::Origins));
        let findings = Findings::new(&setup);
        let mut explorer = Self {
            parts: Parts::new(setup, algorithm),
            layout: Layout::default(),
            relaid: 0,
            states: States::new(1),
            parents: vec![0],
            expanded: 0,
            depth: 0,
            level_end: 1,
            transitions: 0,
            link,
            findings,
            buffer: Successors::default(),
        };
        explorer.extend_link();
        explorer.layout = Layout::for_counts(&explorer.counts());
        explorer.states = States::new(explorer.layout.words());
        explorer.states.insert(&vec![0; explorer.layout.words()]);
        explorer
    }

    /// Leaves up to `steps` states for the first time.
    pub fn run_slice(&mut self, steps: u32) -> Progress {
        let mut left = steps;
        while left > 0 && self.status() == Status::Running {
            left -= self.expand_some(left.min(AT_ONCE));
        }
        self.progress()
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
            bytes: (self.states.bytes() + self.parents.len() * 4 + self.parts.bytes()) as u64,
            status: self.status(),
        }
    }

    fn status(&self) -> Status {
        if self.expanded as usize == self.states.len() {
            Status::Finished
        } else if self.states.len() >= self.parts.setup.max_states.min(MOST) as usize {
            Status::LimitReached
        } else {
            Status::Running
        }
    }

    /// The states that are known and were not left yet, in the order in which they will be.
    #[must_use]
    pub fn frontier(&self) -> Range<StateId> {
        self.expanded..u32::try_from(self.states.len()).unwrap_or(MOST)
    }

    /// What lies behind some states of the frontier. Changes nothing: several parts of the frontier can be expanded
    /// at the same time. A state that is new is in the batch as often as it was reached, so [`Explorer::merge`] takes
    /// nearly as long as the search in one go where most of the time goes into looking states up; exploring different
    /// views at the same time gains more.
    #[must_use]
    pub fn expand(&self, range: Range<StateId>) -> Batch {
        let range = range.start.max(self.frontier().start)..range.end.min(self.frontier().end);
        let width = self.layout.words();
        let counts = Vec::with_capacity(range.len());
        let mut batch = Batch { range: range.clone(), relaid: self.relaid, width, counts, words: Vec::new() };
        let mut found = Successors::default();
        for first in range.clone().step_by(AT_ONCE as usize) {
            found.clear();
            let mut transitions = [None; AT_ONCE as usize];
            let some = first..range.end.min(first.saturating_add(AT_ONCE));
            for (id, transitions) in some.clone().zip(&mut transitions) {
                let before = found.labels.len();
                let known = self.parts.expand(&self.layout, self.states.get(id), self.link.as_ref(), &mut found);
                *transitions = known.then_some(found.labels.len() - before);
            }
            self.states.glance(&found.words, &mut found.ids);
            batch.add(&found, &transitions[..some.len()]);
        }
        batch
    }

    /// Takes in what was expanded. The batches together have to be an unbroken piece of the frontier from its start,
    /// in this order; from where they are not, they are left out and stay in the frontier.
    pub fn merge(&mut self, batches: impl IntoIterator<Item = Batch>) -> Progress {
        let mut ids = Vec::new();
        for batch in batches {
            let (mut rest, mut id) = (&batch.words[..], batch.range.start);
            for counts in batch.counts.chunks(AT_ONCE as usize) {
                let fresh: usize = counts.iter().flatten().map(|(_, fresh)| *fresh as usize).sum();
                let (words, later) = rest.split_at(fresh * batch.width);
                rest = later;
                ids.clear();
                if batch.relaid == self.relaid {
                    self.states.glance(words, &mut ids);
                }
                self.merge_some(&batch, id, counts, (words, &ids));
                id += counts.len() as u32;
            }
        }
        self.progress()
    }

    /// Takes in some states of a batch from `id` on, with the words of the states behind them and their numbers.
    fn merge_some(
        &mut self,
        batch: &Batch,
        mut id: StateId,
        counts: &[Option<(u32, u32)>],
        (words, numbers): (&[u64], &[StateId]),
    ) {
        let mut start = 0;
        for counts in counts {
            if id != self.expanded || self.status() != Status::Running {
                return;
            }
            let end = start + counts.map_or(0, |(_, fresh)| fresh as usize);
            match counts {
                Some((transitions, _)) if batch.relaid == self.relaid => {
                    self.note(id, *transitions);
                    self.insert_unseen(id, words, numbers, start..end);
                }
                _ => self.expand_next(),
            }
            (start, id) = (end, id + 1);
        }
    }

    /// Takes in those of some states behind `from` that a glance did not find.
    fn insert_unseen(&mut self, from: StateId, words: &[u64], numbers: &[StateId], range: Range<usize>) {
        let width = self.layout.words();
        for at in range.filter(|at| numbers[*at] == UNSEEN) {
            if self.states.insert(&words[at * width..(at + 1) * width]).1 {
                self.parents.push(from);
            }
        }
    }

    /// Leaves up to `most` states and says how many: at least one.
    fn expand_some(&mut self, most: u32) -> u32 {
        let frontier = self.frontier();
        let mut found = std::mem::take(&mut self.buffer);
        found.clear();
        let mut ends = [0; AT_ONCE as usize];
        let mut known = 0;
        for (id, end) in frontier.clone().zip(&mut ends).take(most as usize) {
            if !self.parts.expand(&self.layout, self.states.get(id), self.link.as_ref(), &mut found) {
                break;
            }
            *end = found.labels.len();
            known += 1;
        }
        self.buffer = found;
        if known == 0 {
            self.expand_next();
            return 1;
        }
        self.insert_some(frontier.start, &ends[..known])
    }

    /// Takes in what lies behind some states, of which `buffer` holds the successors, up to `ends` of each; how many
    /// states were left.
    fn insert_some(&mut self, first: StateId, ends: &[usize]) -> u32 {
        let mut found = std::mem::take(&mut self.buffer);
        self.states.glance(&found.words, &mut found.ids);
        let (mut start, mut id) = (0, first);
        for end in ends {
            if self.status() != Status::Running {
                break;
            }
            self.note(id, (end - start) as u32);
            self.insert_unseen(id, &found.words, &found.ids, start..*end);
            (start, id) = (*end, id + 1);
        }
        self.buffer = found;
        id - first
    }

    /// Leaves one state, of which the tables may not know enough.
    fn expand_next(&mut self) {
        let id = self.expanded;
        let mut found = std::mem::take(&mut self.buffer);
        found.clear();
        if !self.parts.expand(&self.layout, self.states.get(id), self.link.as_ref(), &mut found) {
            self.resolve(id);
            let known = self.parts.expand(&self.layout, self.states.get(id), self.link.as_ref(), &mut found);
            debug_assert!(known, "all answers have been found");
        }
        self.note(id, found.labels.len() as u32);
        self.insert_all(id, &found.words);
        self.buffer = found;
    }

    /// Takes note of a state that is being left.
    fn note(&mut self, id: StateId, transitions: u32) {
        if id == self.level_end {
            self.depth += 1;
            self.level_end = u32::try_from(self.states.len()).unwrap_or(MOST);
        }
        self.expanded += 1;
        self.transitions += u64::from(transitions);
        let state = self.states.get(id);
        self.findings.inspect(&self.parts, self.link.as_mut(), &self.layout, (id, state), transitions == 0);
    }

    fn insert_all(&mut self, from: StateId, words: &[u64]) {
        for state in words.chunks_exact(self.layout.words()) {
            if self.states.insert(state).1 {
                self.parents.push(from);
            }
        }
    }

    /// Finds the answers that the tables lack for a state, and makes room for what is new in them.
    fn resolve(&mut self, id: StateId) {
        let state = self.states.get(id).to_vec();
        self.parts.resolve(&self.layout, &state);
        self.extend_link();
        let counts = self.counts();
        if counts.iter().enumerate().any(|(part, count)| !self.layout.has_room(part, *count)) {
            let wider = Layout::for_counts(&counts);
            self.states.relay(&self.layout, &wider);
            self.layout = wider;
            self.relaid += 1;
        }
    }

    fn extend_link(&mut self) {
        if let Some(link) = &mut self.link {
            link.extend(&self.parts);
        }
    }

    fn counts(&self) -> Vec<usize> {
        let origins = self.link.iter().flat_map(Link::origin_counts);
        self.parts.counts().chain(origins).collect()
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
    pub(super) fn successors<'a>(&self, id: StateId, found: &'a mut Successors) -> &'a [StateId] {
        found.clear();
        self.parts.expand(&self.layout, self.states.get(id), self.link.as_ref(), found);
        self.states.glance(&found.words, &mut found.ids);
        for (number, state) in found.ids.iter_mut().zip(found.words.chunks_exact(self.layout.words())) {
            if *number == UNSEEN {
                *number = self.states.find(state).unwrap_or(UNSEEN);
            }
        }
        &found.ids
    }

    /// Whether another explorer has found the same states in the same order, part by part.
    #[must_use]
    pub fn same_states(&self, other: &Self) -> bool {
        let parts = self.layout.parts();
        let equal = |id: StateId| {
            let (mine, others) = (self.states.get(id), other.states.get(id));
            (0..parts).all(|part| self.layout.get(mine, part) == other.layout.get(others, part))
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

    /// The state from which another was found first.
    pub(super) fn parent(&self, id: StateId) -> StateId {
        self.parents[id as usize]
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
