//! The nearest consistent cuts: below by rolling back, above by taking in what is missing.

use super::cut::Cut;
use super::order::{EventId, EventOrder};
use crate::ids::ProcessId;
use std::collections::VecDeque;

/// An event that was taken out of a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retraction {
    /// The event.
    pub event: EventId,
    /// An event outside the cut that happened before it, and so keeps it from staying.
    pub because: EventId,
}

/// How the greatest consistent cut below a given one was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retreat {
    /// That cut.
    pub cut: Cut,
    /// The events that were taken out, in order. One leads to the next: the domino effect (Randell 1975).
    pub retractions: Vec<Retraction>,
}

impl EventOrder {
    /// The greatest consistent cut below a cut. There is one only, since consistent cuts are closed under
    /// [`Cut::join`]. Events that know of others outside the cut are taken out one by one, and only what may know
    /// of the last ones is looked at again: rollback propagation. Takes time in the number of processes times the
    /// number of events taken out, and in the square of the number of processes to begin with.
    #[must_use]
    pub fn max_below(&self, cut: &Cut) -> Retreat {
        let mut cut = cut.clone();
        let counts = cut.counts_mut();
        let mut retractions = Vec::new();
        let mut changed: VecDeque<usize> = (0..counts.len()).collect();
        let mut waits = vec![true; counts.len()];
        while let Some(cause) = changed.pop_front() {
            waits[cause] = false;
            for process in 0..counts.len() {
                while let Some(known) = self.knows_too_much(process, counts, cause) {
                    retractions.push(Retraction {
                        event: EventId { process: ProcessId::at(process), number: counts[process] },
                        because: EventId { process: ProcessId::at(cause), number: known },
                    });
                    counts[process] -= 1;
                    if !waits[process] {
                        waits[process] = true;
                        changed.push_back(process);
                    }
                }
            }
        }
        Retreat { cut, retractions }
    }

    /// Of how many events of `of` the process knows, if that is more than the cut holds.
    fn knows_too_much(&self, process: usize, counts: &[u32], of: usize) -> Option<u32> {
        let known = self.clock_after(process, counts[process])?[of];
        (known > counts[of]).then_some(known)
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
