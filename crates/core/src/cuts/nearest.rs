//! The nearest consistent cuts, at once by the clocks, and step by step as processes roll back.

use super::cut::Cut;
use super::order::{EventId, EventKind, EventOrder};
use std::collections::VecDeque;
use std::ops::Range;

/// An event that was taken out of a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retraction {
    /// The event.
    pub event: EventId,
    /// The place in [`EventOrder::messages`] of the orphan on account of which: this event receives it or comes
    /// after its receipt, and its sending is no longer inside the cut.
    pub orphan: usize,
}

/// How the greatest consistent cut below a given one was reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retreat {
    /// That cut.
    pub cut: Cut,
    /// The events that were taken out, in order. One leads to others: the domino effect (Randell 1975).
    pub retractions: Vec<Retraction>,
}

impl EventOrder {
    /// The greatest consistent cut below a cut. There is one only, since consistent cuts are closed under
    /// [`Cut::join`]. Of each process it holds the events that know of nothing outside the given cut: what such an
    /// event knows of knows no more than it does, so no second look is needed. Takes time in the square of the
    /// number of processes, times the logarithm of the number of events of one.
    #[must_use]
    pub fn max_below(&self, cut: &Cut) -> Cut {
        let counts = cut.counts();
        let is_inside = |process: usize, count: u32| {
            let clock = self.clock_after(process, count).unwrap_or_default();
            clock.iter().zip(counts).all(|(known, inside)| known <= inside)
        };
        let last_inside = |(process, count): (usize, &u32)| {
            let (mut inside, mut outside) = (0, count + 1);
            while outside - inside > 1 {
                let middle = inside + (outside - inside) / 2;
                if is_inside(process, middle) {
                    inside = middle;
                } else {
                    outside = middle;
                }
            }
            inside
        };
        Cut::of(counts.iter().enumerate().map(last_inside).collect())
    }

    /// The same cut by rolling back: whoever has received an orphan takes back its receipt and all that came after,
    /// latest first, which makes orphans of what was sent there. Shows the way, for the price of time in the number
    /// of events above the cut that is reached.
    #[must_use]
    pub fn retreat(&self, cut: &Cut) -> Retreat {
        let mut cut = cut.clone();
        let mut retractions = Vec::new();
        let outside = |(process, count): (usize, &u32)| (process, *count..self.last(process));
        let mut undone: VecDeque<(usize, Range<u32>)> = cut.counts().iter().enumerate().map(outside).collect();
        while let Some((sender, range)) = undone.pop_front() {
            for kind in &self.kinds[sender][range.start as usize..range.end as usize] {
                let EventKind::Send(orphan) = *kind else { continue };
                let Some(EventId { process, number: first }) = self.messages[orphan].received else { continue };
                let count = &mut cut.counts_mut()[process.index()];
                if first <= *count {
                    let taken_back = (first..=*count).rev().map(|number| EventId { process, number });
                    retractions.extend(taken_back.map(|event| Retraction { event, orphan }));
                    undone.push_back((process.index(), first - 1..*count));
                    *count = first - 1;
                }
            }
        }
        Retreat { cut, retractions }
    }

    /// The least consistent cut above a cut. There is one only, since consistent cuts are closed under
    /// [`Cut::meet`]. One pass over the clocks suffices, because a clock counts all that happened before. Takes
    /// time in the square of the number of processes.
    #[must_use]
    pub fn min_above(&self, cut: &Cut) -> Cut {
        let mut above = cut.clone();
        for (process, count) in cut.counts().iter().enumerate() {
            let clock = self.clock_after(process, *count).unwrap_or_default();
            for (own, known) in above.counts_mut().iter_mut().zip(clock) {
                *own = (*own).max(*known);
            }
        }
        above
    }
}
