//! What the theory says that a snapshot costs, evaluated for a system and a run.

use super::Meters;
use crate::ids::SnapshotId;
use crate::progress::{completion_time, marker_count};
use crate::topology::Topology;

/// What the formulas depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// n: the processes that take part.
    pub processes: u64,
    /// e: the channels out of processes that record.
    pub channels: u64,
    /// r: the initiators.
    pub initiators: u64,
    /// u: the channels used, as in [`super::Snapshot::used`].
    pub used: u64,
    /// m: the application messages sent in the whole run.
    pub messages: u64,
    /// s: the snapshots begun in the whole run.
    pub snapshots: u64,
    /// d: how long markers take if each takes one unit and all initiators start at once; none if they reach not everybody.
    pub reach: Option<u64>,
}

impl Facts {
    /// For one snapshot of a run.
    #[must_use]
    pub fn of(topology: &Topology, meters: &Meters, snapshot: SnapshotId) -> Self {
        let metered = meters.snapshots.get(snapshot.index());
        let initiators = metered.map_or(&[][..], |one| &one.initiators);
        Self {
            processes: topology.processes().filter(|process| topology.takes_part(*process)).count() as u64,
            channels: marker_count(topology, initiators) as u64,
            initiators: initiators.len() as u64,
            used: metered.map_or(0, |one| one.used),
            messages: meters.messages,
            snapshots: meters.snapshots.iter().filter(|one| one.begun.is_some()).count() as u64,
            reach: completion_time(topology, initiators).map(u64::from),
        }
    }
}

/// A number as a formula gives it, with the formula as people write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// In the letters of [`Facts`].
    pub written: &'static str,
    /// What it comes to.
    pub value: u64,
    /// Whether it is the most that there can be, and not what there must be.
    pub is_bound: bool,
}

impl Formula {
    /// There must be just so many.
    #[must_use]
    pub fn exactly(written: &'static str, value: u64) -> Self {
        Self { written, value, is_bound: false }
    }

    /// There can be at most so many.
    #[must_use]
    pub fn at_most(written: &'static str, value: u64) -> Self {
        Self { written, value, is_bound: true }
    }

    /// Whether a measured number is as the formula says.
    #[must_use]
    pub fn agrees(&self, measured: u64) -> bool {
        if self.is_bound { measured <= self.value } else { measured == self.value }
    }
}

/// What the theory says that a snapshot costs; none where it says nothing.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Costs {
    /// The control messages of a snapshot that becomes complete.
    pub controls: Option<Formula>,
    /// The bits that ride on all application messages of the run.
    pub tag_bits: Option<Formula>,
    /// How many messages one after the other, in a run in which each takes one unit and all initiators start at once
    /// ([`super::Snapshot::in_rounds`]); in others at least so many.
    pub delay: Option<Formula>,
}
