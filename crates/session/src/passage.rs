//! The run that passes through the recorded state: the real one with the events before the cut moved to the front, one
//! swap of neighbours after the other (Chandy and Lamport 1985, section 3.2).

use crate::catalogue::side::SideText;
use crate::session::Session;
use crate::thing::Thing;
use cutline_core::SnapshotId;
use cutline_core::judge::{sides, swaps};

/// So many swaps can be gone through one by one; of more, only the first and the last are shown.
const ONE_BY_ONE: u64 = 5_000;
/// So many events are listed on each side of the place that is looked at.
const AROUND: usize = 12;

/// The run after some of the swaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// How many swaps there are in all.
    pub swaps: u64,
    /// How many have been done.
    pub done: u64,
    /// How many are done after one more, and after one fewer.
    pub next: u64,
    /// See `next`.
    pub previous: u64,
    /// What is shown, in words.
    pub caption: String,
    /// How many events stand before those that are listed.
    pub before: usize,
    /// The events around the swap.
    pub events: Vec<PassageEvent>,
    /// How many events stand after those that are listed.
    pub after: usize,
}

/// An event of the application in the reordered run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassageEvent {
    /// Its step in the real run.
    pub step: usize,
    /// What happened.
    pub words: String,
    /// Whether it comes before the cut.
    pub is_before: bool,
    /// Whether it took part in the last swap.
    pub moved: bool,
    /// Whether the system is in the recorded state just before it.
    pub state_before: bool,
    /// Whether the system is in the recorded state just after it, the last of all.
    pub state_after: bool,
}

impl PassageEvent {
    /// What it stands for.
    #[must_use]
    pub fn thing(&self) -> Thing {
        Thing::Step(self.step)
    }
}

impl Session {
    /// Whether there is a run that passes through the recorded state to be shown.
    #[must_use]
    pub fn has_passage(&self) -> bool {
        self.passing().is_some()
    }

    /// How many swaps lead from the run as it was to the run that passes through the recorded state; 0 if there is none.
    #[must_use]
    pub fn passage_swaps(&self) -> u64 {
        self.passing().map_or(0, |(_, swaps)| swaps)
    }

    /// That run, if the reader wants to see it.
    #[must_use]
    pub fn passage(&self) -> Option<Passage> {
        let wanted = self.side().passage?;
        let (snapshot, all) = self.passing()?;
        let done = if wanted >= all { all } else { reachable(wanted, all) };
        Some(self.passage_after(snapshot, all, done))
    }

    /// The snapshot that is shown, and how many swaps lead to the run that passes through its state.
    fn passing(&self) -> Option<(SnapshotId, u64)> {
        let snapshot = self.shown()?;
        let verdict = self.verdict(snapshot);
        let passage = verdict.passage.as_ref().filter(|passage| passage.holds())?;
        Some((snapshot, passage.swaps))
    }

    fn passage_after(&self, snapshot: SnapshotId, all: u64, done: u64) -> Passage {
        let trace = self.history().trace();
        let mut order = sides(&trace, snapshot);
        let mut last = None;
        if done == all {
            last = swaps(&trace, snapshot)
                .nth(usize::try_from(done.wrapping_sub(1)).unwrap_or(usize::MAX))
                .filter(|_| all <= ONE_BY_ONE);
            order.sort_by_key(|(_, is_before)| !is_before);
        } else {
            for (first, second) in swaps(&trace, snapshot).take(usize::try_from(done).unwrap_or(usize::MAX)) {
                let at = order.iter().position(|(step, _)| *step == first).filter(|at| at + 1 < order.len());
                at.into_iter().for_each(|at| order.swap(at, at + 1));
                last = Some((first, second));
            }
        }
        // The system is in the recorded state once everything before the cut has happened, and nothing else.
        let inside = order.iter().filter(|(_, is_before)| *is_before).count();
        let border = (done == all).then_some(inside);
        let looked_at = last.and_then(|(_, second)| order.iter().position(|(step, _)| *step == second));
        let middle = border.or(looked_at).unwrap_or_else(|| order.iter().take_while(|(_, before)| *before).count());
        let from = middle.saturating_sub(AROUND);
        let until = (middle + AROUND).min(order.len());
        let teller = self.teller();
        let event = |at: usize| {
            let (step, is_before) = order[at];
            PassageEvent {
                step,
                words: teller.headline(step),
                is_before,
                moved: last.is_some_and(|(first, second)| step == first || step == second),
                state_before: border == Some(at),
                state_after: border == Some(order.len()) && at + 1 == order.len(),
            }
        };
        Passage {
            swaps: all,
            done,
            next: if done >= reachable(u64::MAX, all) { all } else { done + 1 },
            previous: reachable(done.saturating_sub(1), all),
            caption: self.passage_caption(all, done, last),
            before: from,
            events: (from..until).map(event).collect(),
            after: order.len() - until,
        }
    }

    fn passage_caption(&self, all: u64, done: u64, last: Option<(usize, usize)>) -> String {
        let (first, second) = last.unwrap_or_default();
        let text = match (all, done) {
            (0, _) => SideText::PassageNone,
            (_, 0) => SideText::PassageAsItWas,
            _ if done == all => SideText::PassageThere,
            _ => SideText::PassageAfter,
        };
        let (n, k, first, second) = (all.to_string(), done.to_string(), first.to_string(), second.to_string());
        self.say(text, &[("n", &n), ("k", &k), ("first", &first), ("second", &second)])
    }
}

/// The number of swaps nearest to this one, and below it, after which the run can be shown.
fn reachable(wanted: u64, all: u64) -> u64 {
    wanted.min(ONE_BY_ONE).min(all)
}
