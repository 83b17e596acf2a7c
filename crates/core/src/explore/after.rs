//! What is found out about a finished exploration as a whole. Nothing of this keeps the transitions: they are found
//! again when needed, which takes time instead of memory.

use super::findings::is_complete;
use super::search::{Explorer, Found, Status};
use super::states::StateId;
use crate::explore::Explorable;

impl<A: Explorable> Explorer<A> {
    /// The number of states from which no complete state can be reached; none unless the exploration is finished.
    ///
    /// Goes over the states from the last to the first until nothing changes any more. A transition back to an earlier
    /// state may cost another round; each round looks only at the states of which nothing is known yet, and leaves
    /// each at its first way to a state that can be completed. One bit a state.
    #[must_use]
    pub fn states_that_cannot_complete(&self) -> Option<u64> {
        if self.progress().status != Status::Finished {
            return None;
        }
        let states = u32::try_from(self.states().len()).ok()?;
        let mut can = vec![0_u64; self.states().len().div_ceil(64)];
        let is_set = |can: &[u64], id: StateId| can[id as usize / 64] >> (id % 64) & 1 == 1;
        let mut left = u64::from(states);
        let mut found = Found::default();
        loop {
            let before = left;
            for id in (0..states).rev() {
                let reaches = !is_set(&can, id)
                    && (is_complete(self.parts(), self.layout(), &self.states().get(id))
                        || self.successors(id, &mut found).iter().any(|next| is_set(&can, *next)));
                if reaches {
                    can[id as usize / 64] |= 1 << (id % 64);
                    left -= 1;
                }
            }
            if left == before {
                return Some(left);
            }
        }
    }

    /// How many runs there are from the initial state to states in which nothing more can be done, by counting the
    /// ways to each state in an order in which every transition leads onward (A. B. Kahn, "Topological sorting of large
    /// networks", CACM 5(11), 1962). Two passes over the transitions, 20 bytes a state.
    #[must_use]
    pub fn maximal_executions(&self) -> Executions {
        if self.progress().status != Status::Finished {
            return Executions::Unknown;
        }
        let states = self.states().len();
        let mut entries = vec![0_u32; states];
        let mut found = Found::default();
        for id in self.ids() {
            for next in self.successors(id, &mut found) {
                entries[*next as usize] += 1;
            }
        }
        let mut ways = vec![0_u128; states];
        ways[0] = 1;
        let (mut open, mut total, mut ordered) = (vec![0], Some(0_u128), 0);
        if entries[0] > 0 {
            return Executions::Infinite;
        }
        while let Some(id) = open.pop() {
            ordered += 1;
            let here = ways[id as usize];
            let after = self.successors(id, &mut found);
            if after.is_empty() {
                total = total.and_then(|total| total.checked_add(here));
            }
            for next in after {
                let next = *next;
                let sum = ways[next as usize].checked_add(here);
                total = total.filter(|_| sum.is_some());
                ways[next as usize] = sum.unwrap_or(u128::MAX);
                entries[next as usize] -= 1;
                if entries[next as usize] == 0 {
                    open.push(next);
                }
            }
        }
        match total {
            _ if ordered < states => Executions::Infinite,
            Some(total) => Executions::Counted(total),
            None => Executions::TooMany,
        }
    }

    fn ids(&self) -> std::ops::Range<StateId> {
        0..u32::try_from(self.states().len()).unwrap_or(super::states::MOST)
    }
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
    /// The exploration is not finished.
    Unknown,
}
