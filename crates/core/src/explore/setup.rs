//! What to explore, and how.

use crate::faults::Faults;
use crate::ids::{ProcessId, SnapshotId};
use crate::world::{MAX_SNAPSHOTS, System};
use std::sync::Arc;

/// Which runs to explore: all those in which each of the named processes may start each snapshot at any time until it
/// has recorded, and everything else may happen whenever the world allows it.
#[derive(Clone, Debug)]
pub struct Exploration {
    /// Processes, channels, application.
    pub system: Arc<System>,
    /// The snapshots that are taken. Numbers from [`MAX_SNAPSHOTS`] on are left out.
    pub snapshots: Vec<Planned>,
    /// Which amounts a bank may transfer at a time.
    pub amounts: Vec<i64>,
    /// Which states are the same.
    pub view: View,
    /// Whether to leave out what changes no verdict.
    pub reduction: Reduction,
    /// What may go wrong. The [`super::Explorer`] loses and repeats items; for the rest there is [`super::explore_whole`].
    pub faults: Faults,
    /// After how many states to give up.
    pub max_states: u32,
    /// At how many bytes of memory to give up, about.
    pub max_bytes: u64,
    /// At how many bytes of what one process or one channel holds to give up, recorded messages included. Where a message
    /// can go round and be recorded each time, that grows without end, and few states are found on the way.
    pub max_part: u32,
}

/// A snapshot of an exploration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Its number.
    pub id: SnapshotId,
    /// Who may start it of its own accord. With several, each may also join before the first marker reaches it.
    pub initiators: Vec<ProcessId>,
}

/// Which states are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum View {
    /// Those that hold the same in every process and channel and have recorded the same. Messages are known by what
    /// they carry; who initiated and in which order things came about is forgotten.
    #[default]
    Plain,
    /// Plain, and every message carries its number on its channel; what was sent and received on each channel is
    /// counted, also at the moment of recording. Only so can it be told whether a cut is consistent. Infinite unless
    /// the application can send only so often.
    Tagged,
    /// Plain, and for each snapshot the state of the application at the moment when its first process recorded is
    /// remembered. For checking that the recorded state lies between that state and the present one.
    Origins,
}

/// What an exploration may leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Reduction {
    /// Nothing.
    #[default]
    None,
    /// In a state where a control message can be taken from a FIFO channel and would do nothing but finish the
    /// recording of that channel, only this is done. It applies to algorithms that promise
    /// [`super::Explorable::closings_commute`], to others nothing is left out.
    ///
    /// Kept: the complete states, with everything recorded in them and their distances from the start; the states in
    /// which nothing more can be done; whether there is a state that can no longer be completed. Not kept: the number
    /// of states, transitions and runs, and the states that are not complete.
    ///
    /// Why: let `a` be such an action, possible in the state `s`, and let a path lead from `s` to a state `t` that is
    /// complete or in which nothing can be done. The marker that `a` takes stands at the head of its channel, and only
    /// `a` removes it; were `a` not on the path, then in `t` the channel would not be closed and `a` would be possible.
    /// So `a` is on the path, and since it changes places with every action before it, there is a path of the same
    /// length to `t` that begins with `a`. By induction on the length every `t` is found. If a path leads from `s` to
    /// a state `u` that cannot be completed, then either `a` is on it and can be moved to the front, or it is possible
    /// in `u` and the same path leads from `a(s)` to `a(u)`, which cannot be completed either. Only so many markers are
    /// under way, so this ends. (A persistent set of one action: P. Godefroid, "Partial-Order Methods for the
    /// Verification of Concurrent Systems", LNCS 1032, 1996, chapter 4.)
    ClosingsFirst,
}

impl Exploration {
    /// Everything, in the plain view, sending one unit of money at a time.
    #[must_use]
    pub fn new(system: Arc<System>, snapshots: Vec<Planned>) -> Self {
        let snapshots = snapshots.into_iter().filter(|planned| planned.id.0 < MAX_SNAPSHOTS).collect();
        Self {
            system,
            snapshots,
            amounts: vec![1],
            view: View::Plain,
            reduction: Reduction::None,
            faults: Faults::default(),
            max_states: super::states::MOST,
            max_bytes: u64::MAX,
            max_part: 1 << 11,
        }
    }

    /// The same in another view.
    #[must_use]
    pub fn viewed(&self, view: View) -> Self {
        Self { view, ..self.clone() }
    }

    /// One more than the greatest snapshot number.
    pub(super) fn snapshot_numbers(&self) -> u16 {
        self.snapshots.iter().map(|planned| planned.id.0.saturating_add(1)).max().unwrap_or(0).min(MAX_SNAPSHOTS)
    }

    /// The snapshots as bits, by number.
    pub(super) fn all_snapshots(&self) -> u64 {
        self.snapshots.iter().fold(0, |all, planned| all | planned.id.bit())
    }
}
