//! Some of the processes of a system.

use crate::ids::ProcessId;

/// A set of processes, for what is said of several at once. Only the first [`Group::LIMIT`] can be in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Group(pub u64);

impl Group {
    /// How many processes, the first ones, can be in a group.
    pub const LIMIT: usize = 64;

    /// The group of these processes; none if one of them is beyond the limit.
    pub fn of(processes: impl IntoIterator<Item = ProcessId>) -> Option<Self> {
        let mut group = 0;
        for process in processes {
            group |= 1_u64.checked_shl(process.0.into())?;
        }
        Some(Self(group))
    }

    /// Whether a process is in it.
    #[must_use]
    pub fn contains(self, process: ProcessId) -> bool {
        1_u64.checked_shl(process.0.into()).is_some_and(|bit| self.0 & bit != 0)
    }

    /// Its processes, in order.
    pub fn processes(self) -> impl Iterator<Item = ProcessId> {
        (0..Self::LIMIT).map(ProcessId::at).filter(move |process| self.contains(*process))
    }
}
