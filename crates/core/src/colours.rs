//! One colour for each snapshot, white or red.

use crate::ids::{MAX_SNAPSHOTS, SnapshotId};

/// The snapshots for which the sender of a message was red.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Colours(pub u64);

impl Colours {
    /// Red for all snapshots.
    #[must_use]
    pub fn all() -> Self {
        Self(u64::MAX)
    }

    /// Red for those of these for which `others` is white.
    #[must_use]
    pub fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Red for these and white for all others.
    pub fn of(snapshots: impl IntoIterator<Item = SnapshotId>) -> Self {
        Self(snapshots.into_iter().fold(0, |all, snapshot| all | snapshot.bit()))
    }

    /// Whether it is red for a snapshot.
    #[must_use]
    pub fn is_red(self, snapshot: SnapshotId) -> bool {
        self.0 & snapshot.bit() != 0
    }

    /// The snapshots for which it is red, in ascending order.
    pub(crate) fn snapshots(self) -> impl Iterator<Item = SnapshotId> {
        (0..MAX_SNAPSHOTS).map(SnapshotId).filter(move |snapshot| self.is_red(*snapshot))
    }
}
