//! Whether something possibly or definitely held (Cooper and Marzullo 1991).

use super::at::AtCut;
use super::cut::Cut;
use super::levels::{Ascent, Frontier, OverBudget};
use super::order::{EventId, EventOrder};
use crate::ids::ProcessId;

/// Whether every observation of a run passes through a cut at which something holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Definitely {
    /// Every one does.
    Holds,
    /// This observation, all events in an order in which they can have happened, does not.
    Avoided(Vec<EventId>),
}

impl EventOrder {
    /// A consistent cut at which `holds` is true, one with as few events as possible; none if there is none. Looks
    /// at no more than `budget` cuts. Takes time in the number of consistent cuts times the square of the number of
    /// processes; the question is NP-complete for arbitrary predicates.
    ///
    /// # Errors
    /// If the budget is spent before a cut is found.
    pub fn possibly(&self, budget: u64, mut holds: impl FnMut(AtCut<'_>) -> bool) -> Result<Option<Cut>, OverBudget> {
        let mut ascent = Ascent::new(self, budget)?;
        while !ascent.frontier.is_empty() {
            let cuts = ascent.frontier.keys().map(|counts| Cut::of(counts.clone()));
            let found = cuts.into_iter().find(|cut| holds(self.at(cut)));
            if found.is_some() {
                return Ok(found);
            }
            ascent.rise()?;
        }
        Ok(None)
    }

    /// Whether every observation passes through a consistent cut at which `holds` is true: going up from the bottom
    /// through cuts where it is false must lead nowhere. Looks at no more than `budget` cuts. Takes time in the
    /// number of consistent cuts times the square of the number of processes, and memory in the number of cuts
    /// where it is false; the question is co-NP-complete for arbitrary predicates.
    ///
    /// # Errors
    /// If the budget is spent before it is decided.
    pub fn definitely(&self, budget: u64, mut holds: impl FnMut(AtCut<'_>) -> bool) -> Result<Definitely, OverBudget> {
        let mut ascent = Ascent::new(self, budget)?;
        let mut below: Vec<Frontier> = Vec::new();
        let last_level = self.event_count();
        loop {
            ascent.frontier.retain(|counts, _| !holds(self.at(&Cut::of(counts.clone()))));
            if ascent.frontier.is_empty() {
                return Ok(Definitely::Holds);
            }
            below.push(ascent.frontier.clone());
            if below.len() as u64 > last_level {
                return Ok(Definitely::Avoided(self.way_down(&below)));
            }
            ascent.rise()?;
        }
    }

    /// An observation through these cuts, one set for each level. Every cut of a level above the first was reached
    /// from one of the level below, so going down from the top finds a way.
    fn way_down(&self, levels: &[Frontier]) -> Vec<EventId> {
        let mut counts = self.top().into_counts();
        let mut observation = Vec::new();
        for level in levels.iter().rev().skip(1) {
            for process in 0..counts.len() {
                let Some(fewer) = counts[process].checked_sub(1) else { continue };
                let number = std::mem::replace(&mut counts[process], fewer);
                if level.contains_key(&counts) {
                    observation.push(EventId { process: ProcessId::at(process), number });
                    break;
                }
                counts[process] = number;
            }
        }
        observation.reverse();
        observation
    }
}
