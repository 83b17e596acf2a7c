//! What is found out about a finished exploration as a whole. Nothing of this keeps the transitions: they are found
//! again when needed, which takes time instead of memory.

use super::findings::is_complete;
use super::hands::Hands;
use super::search::{Explorer, Found, Status};
use super::states::StateId;
use crate::explore::Explorable;

/// A second look at all states of a finished exploration, from the last to the first: which of them can become
/// complete, and how many runs there are.
///
/// Like the exploration it is driven by the caller, a slice at a time. The figures are there when it is finished.
#[derive(Clone, Debug)]
pub struct Review {
    stage: Stage,
    /// The states from here on were looked at in this round.
    next: StateId,
    /// By state: whether a complete state can be reached from it, as far as is known.
    can: Bits,
    /// By state: whether all that can come after it was looked at.
    settled: Bits,
    /// What is to be settled before the round goes on, the last first: a way from state to state, and beside it what
    /// else comes after these.
    way: Vec<StateId>,
    /// By state: whether it lies on that way.
    open: Bits,
    /// By settled state: how many runs there are from it to their ends; [`TOO_MANY`] if that is more than can be said.
    runs: Vec<u128>,
    executions: Executions,
    cannot: u64,
    /// How many states were not known to reach a complete one when this round began.
    before: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Each state once, after all that come after it; until a cycle is found.
    Counting,
    /// Round after round, until nothing changes any more.
    Reaching,
    Finished,
}

/// How many maximal runs there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Executions {
    /// So many.
    Counted(u128),
    /// More than 128 bits can count.
    TooMany,
    /// The states form a cycle.
    Infinite,
    /// The exploration is not finished, or they were not to be counted.
    Unknown,
}

const TOO_MANY: u128 = u128::MAX;

/// The most states that are looked at before what was found about them is put together.
const BLOCK: u32 = 1 << 13;

/// How many steps aside are made at once.
const DETOUR: u32 = 1 << 12;

/// How many states are looked at side by side.
const AT_ONCE: usize = 16;

/// What lies behind some states.
struct Piece {
    ids: Vec<StateId>,
    complete: Vec<bool>,
    /// The numbers of the states that come after all of them, and up to where those of each go.
    next: Vec<StateId>,
    ends: Vec<usize>,
}

impl Review {
    /// At its start. `count`: whether the runs are to be counted, which takes 16 bytes a state.
    #[must_use]
    pub fn new<A: Explorable>(explorer: &Explorer<A>, count: bool) -> Self {
        let finished = explorer.progress().status == Status::Finished;
        let states = if finished { explorer.states().len() } else { 0 };
        Self {
            stage: match (finished, count) {
                (false, _) => Stage::Finished,
                (true, true) => Stage::Counting,
                (true, false) => Stage::Reaching,
            },
            next: states as StateId,
            can: Bits::new(states),
            settled: Bits::new(states),
            way: Vec::new(),
            open: Bits::new(states),
            runs: vec![0; if count { states } else { 0 }],
            executions: Executions::Unknown,
            cannot: states as u64,
            before: states as u64,
        }
    }

    /// How many bytes it takes at most, for so many states.
    #[must_use]
    pub fn bytes(states: u64, count: bool) -> u64 {
        states * 3 / 8 + if count { states * 16 } else { 0 }
    }

    /// Looks at about so many states, with the help of some hands; whether it is finished.
    ///
    /// Counting the runs looks at each state at most twice, in an order in which all transitions lead to states that
    /// were looked at (depth first, R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1(2),
    /// 1972). Where there is a cycle, that ends, and the states are gone over from the last to the first until nothing
    /// changes any more; each round looks only at those of which nothing is known yet.
    pub fn run_slice<A: Explorable>(&mut self, explorer: &Explorer<A>, steps: u32, hands: &impl Hands) -> bool {
        let mut left = steps;
        while left > 0 && self.stage != Stage::Finished {
            let some = left.min(BLOCK);
            left -= some;
            if self.way.is_empty() {
                self.look_at(explorer, some.min(self.next), hands);
            } else {
                self.follow(explorer, some);
            }
            if self.next == 0 && self.way.is_empty() {
                self.end_round(explorer.states().len() as StateId);
            }
        }
        self.stage == Stage::Finished
    }

    /// The number of states from which no complete state can be reached; none if that was not found out.
    #[must_use]
    pub fn states_that_cannot_complete(&self) -> Option<u64> {
        (self.stage == Stage::Finished && !self.can.is_empty()).then_some(self.cannot)
    }

    /// How many runs there are from the initial state to states in which nothing more can be done.
    #[must_use]
    pub fn maximal_executions(&self) -> Executions {
        self.executions
    }

    /// Looks at the next states.
    fn look_at<A: Explorable>(&mut self, explorer: &Explorer<A>, some: u32, hands: &impl Hands) {
        let ids = self.next - some..self.next;
        let size = (some as usize).div_ceil(hands.count() * 2).max(1);
        let wanted: Vec<StateId> = ids.clone().rev().filter(|id| self.is_wanted(*id)).collect();
        let pieces = wanted.chunks(size).map(<[StateId]>::to_vec).collect();
        self.next = ids.start;
        for piece in hands.each(pieces, |ids| Piece::of(explorer, ids)) {
            if self.way.is_empty() {
                self.take_in(explorer, &piece);
            }
        }
    }

    fn is_wanted(&self, id: StateId) -> bool {
        !self.settled.has(id) && !self.can.has(id)
    }

    fn end_round(&mut self, states: StateId) {
        self.next = states;
        match self.stage {
            Stage::Counting => {
                let runs = self.runs.first().copied().unwrap_or_default();
                self.executions = if runs == TOO_MANY { Executions::TooMany } else { Executions::Counted(runs) };
                self.stage = Stage::Finished;
            }
            _ if self.cannot == self.before => self.stage = Stage::Finished,
            _ => self.before = self.cannot,
        }
    }

    fn take_in<A: Explorable>(&mut self, explorer: &Explorer<A>, piece: &Piece) {
        let mut start = 0;
        for ((id, complete), end) in piece.ids.iter().zip(&piece.complete).zip(&piece.ends) {
            let next = &piece.next[start..*end];
            start = *end;
            if self.stage == Stage::Reaching {
                self.reach(*id, *complete, next);
            } else if !self.settled.has(*id) && !self.settle(*id, *complete, next) {
                self.way.push(*id);
                self.follow(explorer, DETOUR);
                if !self.way.is_empty() {
                    self.next = *id;
                    return;
                }
            }
        }
    }

    fn reach(&mut self, id: StateId, complete: bool, next: &[StateId]) {
        if !self.can.has(id) && (complete || next.iter().any(|next| self.can.has(*next))) {
            self.can.set(id);
            self.cannot -= 1;
        }
    }

    /// Settles a state if all that come after it are.
    fn settle(&mut self, id: StateId, complete: bool, next: &[StateId]) -> bool {
        if !next.iter().all(|next| self.settled.has(*next)) {
            return false;
        }
        let sum = |sum: u128, next: &StateId| sum.saturating_add(self.runs[*next as usize]);
        self.runs[id as usize] = if next.is_empty() { 1 } else { next.iter().fold(0, sum) };
        self.reach(id, complete, next);
        self.settled.set(id);
        true
    }

    /// Goes on along the way, depth first, for so many steps; ends at a cycle.
    fn follow<A: Explorable>(&mut self, explorer: &Explorer<A>, steps: u32) {
        let mut found = Found::default();
        for _ in 0..steps {
            let Some(id) = self.way.last().copied() else { return };
            let next = explorer.successors(id, &mut found);
            if self.settled.has(id) || self.settle(id, explorer.is_complete(id), next) {
                self.way.pop();
                continue;
            }
            self.open.set(id);
            if next.iter().any(|next| self.open.has(*next) && !self.settled.has(*next)) {
                (self.stage, self.executions) = (Stage::Reaching, Executions::Infinite);
                (self.runs, self.way) = (Vec::new(), Vec::new());
                // What is left of this round passes over states that were looked at before: it does not tell that
                // nothing changes any more.
                self.before = u64::MAX;
                return;
            }
            self.way.extend(next.iter().filter(|next| !self.settled.has(**next)));
        }
    }
}

impl Piece {
    fn of<A: Explorable>(explorer: &Explorer<A>, ids: Vec<StateId>) -> Self {
        let complete = ids.iter().map(|id| explorer.is_complete(*id)).collect();
        let (mut next, mut ends, mut found) = (Vec::new(), Vec::with_capacity(ids.len()), Found::default());
        for some in ids.chunks(AT_ONCE) {
            explorer.successors_of_all(some.iter().copied(), &mut found);
            ends.extend(found.ends.iter().map(|end| next.len() + end));
            next.extend_from_slice(&found.looks.ids);
        }
        Self { ids, complete, next, ends }
    }
}

impl<A: Explorable> Explorer<A> {
    fn is_complete(&self, id: StateId) -> bool {
        is_complete(self.parts(), self.layout(), &self.states().get(id))
    }
}

/// A bit for each state.
#[derive(Clone, Debug)]
struct Bits(Vec<u64>);

impl Bits {
    fn new(states: usize) -> Self {
        Self(vec![0; states.div_ceil(64)])
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn has(&self, id: StateId) -> bool {
        self.0[id as usize / 64] >> (id % 64) & 1 == 1
    }

    fn set(&mut self, id: StateId) {
        self.0[id as usize / 64] |= 1 << (id % 64);
    }
}
