//! The figures of an exploration.

use super::after::{Executions, Review};
use super::findings::Seen;
use super::hands::OneHand;
use super::schedule::Counterexample;
use super::search::{Explorer, Progress, Status};
use super::verdicts::Violation;
use crate::explore::Explorable;

/// What the plain view shows. Unless the exploration is finished, these are figures of the part that was explored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainFigures {
    /// States, transitions, the greatest distance from the start, and whether that is all.
    pub progress: Progress,
    /// States in which every snapshot is complete.
    pub complete_states: u64,
    /// Those among them in which a control message is still under way.
    pub complete_with_marker_in_flight: u64,
    /// By planned snapshot: how many different global states it recorded.
    pub distinct_snapshots: Vec<u64>,
    /// By planned snapshot: what the recorded states add up to, in ascending order; empty if nothing is conserved.
    pub snapshot_totals: Vec<Vec<i64>>,
    /// By planned snapshot: how many of the recorded states the application cannot get into; none if it was not
    /// compared with the application alone.
    pub snapshots_outside_base: Option<Vec<u64>>,
    /// States in which nothing more can be done.
    pub terminal_states: u64,
    /// Those among them that are not complete.
    pub terminal_incomplete: u64,
    /// States from which no complete state can be reached; none unless finished.
    pub states_that_cannot_complete: Option<u64>,
    /// The number of maximal runs.
    pub maximal_executions: Executions,
}

/// What the tagged view shows. Unless the exploration is finished, these are figures of the part that was explored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaggedFigures {
    /// States, transitions, the greatest distance from the start, and whether that is all.
    pub progress: Progress,
    /// States in which every snapshot is complete.
    pub complete_states: u64,
    /// Those among them with an inconsistent snapshot.
    pub inconsistent_complete: u64,
    /// Those among them in which the cuts of two snapshots cross.
    pub incomparable_cuts: u64,
    /// How often each kind of violation shows in states in which every snapshot is complete, or all processes have
    /// recorded in every snapshot, in ascending order of kinds.
    pub violations: Vec<ViolationCount>,
    /// A shortest run for each kind.
    pub counterexamples: Vec<Counterexample>,
    /// How often each kind shows in a snapshot, however far the others are. The same as `violations` for one snapshot.
    pub single_violations: Vec<ViolationCount>,
    /// A shortest run for each of these.
    pub single_counterexamples: Vec<Counterexample>,
}

/// How many states show a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ViolationCount {
    /// What is wrong.
    pub violation: Violation,
    /// In how many states.
    pub states: u64,
    /// On how many channels, summed over those states and their snapshots.
    pub channels: u64,
}

/// What the view with origins shows: of each state and each complete snapshot in it, whether the application can get
/// from where it was when the snapshot began to what was recorded, and from there to where it is now (Chandy and
/// Lamport 1985, section 3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// How many were checked.
    pub checked: u64,
    /// For how many it is not so.
    pub violations: u64,
    /// Whether that is all.
    pub status: Status,
}

impl<A: Explorable> Explorer<A> {
    /// The figures of the plain view, with a [`Review`] of all states at once.
    #[must_use]
    pub fn plain_figures(&self) -> PlainFigures {
        let mut review = Review::new(self, true);
        while !review.run_slice(self, u32::MAX, &OneHand) {}
        self.plain_figures_with(&review)
    }

    /// The figures of the plain view, of which two come from a review.
    #[must_use]
    pub fn plain_figures_with(&self, review: &Review) -> PlainFigures {
        let found = &self.findings;
        PlainFigures {
            progress: self.progress(),
            complete_states: found.complete,
            complete_with_marker_in_flight: found.complete_with_control,
            distinct_snapshots: found.recorded.iter().map(|recorded| recorded.distinct.len() as u64).collect(),
            snapshot_totals: found.recorded.iter().map(|recorded| recorded.totals.iter().copied().collect()).collect(),
            snapshots_outside_base: self
                .has_base()
                .then(|| found.recorded.iter().map(|recorded| recorded.outside_base).collect()),
            terminal_states: found.terminal,
            terminal_incomplete: found.terminal_incomplete,
            states_that_cannot_complete: review.states_that_cannot_complete(),
            maximal_executions: review.maximal_executions(),
        }
    }

    /// The figures of the tagged view.
    #[must_use]
    pub fn tagged_figures(&self) -> TaggedFigures {
        let found = &self.findings;
        TaggedFigures {
            progress: self.progress(),
            complete_states: found.complete,
            inconsistent_complete: found.inconsistent_complete,
            incomparable_cuts: found.incomparable,
            violations: counts(&found.violations),
            counterexamples: self.counterexamples(),
            single_violations: counts(&found.single),
            single_counterexamples: self.single_counterexamples(),
        }
    }

    /// The figures of the view with origins; none in any other view.
    #[must_use]
    pub fn reach(&self) -> Option<Reach> {
        let status = self.progress().status;
        let found = &self.findings;
        self.has_origins().then_some(Reach { checked: found.reach_pairs, violations: found.reach_violations, status })
    }
}

/// In ascending order of kinds.
fn counts(seen: &[Seen]) -> Vec<ViolationCount> {
    let count =
        |seen: &Seen| ViolationCount { violation: seen.violation, states: seen.states, channels: seen.channels };
    let mut counts: Vec<ViolationCount> = seen.iter().map(count).collect();
    counts.sort_unstable_by_key(|count| count.violation);
    counts
}
