//! How many cuts there are, and how many observations.

use super::levels::{Ascent, OverBudget};
use super::order::EventOrder;
use std::fmt;

/// A number that 128 bits cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BeyondU128;

impl fmt::Display for BeyondU128 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "more than {}, the largest number that is counted here", u128::MAX)
    }
}

impl std::error::Error for BeyondU128 {}

/// The size of a lattice of consistent cuts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// How many cuts there are, consistent or not.
    pub all_cuts: Result<u128, BeyondU128>,
    /// How many consistent cuts hold 0, 1, 2, ... events.
    pub levels: Vec<u64>,
    /// In how many orders the events can be observed: the linear extensions of the order.
    pub observations: Result<u128, BeyondU128>,
}

impl Figures {
    /// How many consistent cuts there are.
    #[must_use]
    pub fn consistent_cuts(&self) -> u64 {
        self.levels.iter().sum()
    }

    /// How many consistent cuts the widest level has.
    #[must_use]
    pub fn width(&self) -> u64 {
        self.levels.iter().copied().max().unwrap_or_default()
    }
}

impl EventOrder {
    /// How many cuts there are, consistent or not: the product over the processes of the number of events plus one.
    ///
    /// # Errors
    /// If 128 bits cannot hold it.
    pub fn all_cuts(&self) -> Result<u128, BeyondU128> {
        let sizes = self.kinds.iter().map(|events| events.len() as u128 + 1);
        sizes.into_iter().try_fold(1_u128, u128::checked_mul).ok_or(BeyondU128)
    }

    /// Counts the consistent cuts on each level (Cooper and Marzullo 1991), and the observations by summing along
    /// the levels in how many ways each cut can be reached. Counting is #P-complete in general (Provan and Ball
    /// 1983); this takes time in the number of consistent cuts times the square of the number of processes.
    ///
    /// # Errors
    /// If there are more than `budget` consistent cuts; it tells how far the counting went.
    pub fn figures(&self, budget: u64) -> Result<Figures, OverBudget> {
        self.figures_telling(budget, |_| {})
    }

    /// The same, and after each level tells how many cuts there are on each that is finished, from the bottom.
    ///
    /// # Errors
    /// If there are more than `budget` consistent cuts; it tells how far the counting went.
    pub fn figures_telling(&self, budget: u64, mut tell: impl FnMut(&[u64])) -> Result<Figures, OverBudget> {
        let mut ascent = Ascent::new(self, budget)?;
        let mut ways = Some(1);
        while !ascent.frontier.is_empty() {
            ways = ascent.frontier.values().copied().next().flatten();
            ascent.rise()?;
            tell(&ascent.finished);
        }
        // The last level is the top alone.
        Ok(Figures { all_cuts: self.all_cuts(), levels: ascent.finished, observations: ways.ok_or(BeyondU128) })
    }
}
