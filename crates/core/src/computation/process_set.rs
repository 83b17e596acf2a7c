//! A few processes at once.

use crate::ids::ProcessId;

/// A set of processes, for systems of at most [`ProcessSet::MOST`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ProcessSet(u64);

impl ProcessSet {
    /// The most processes of a system in which sets of them can be held.
    pub const MOST: usize = 64;

    /// The set with nobody in it.
    pub const EMPTY: Self = Self(0);

    /// Whether somebody is in it.
    #[must_use]
    pub fn contains(self, process: ProcessId) -> bool {
        self.0 & bit(process) != 0
    }

    /// The set with this process too.
    #[must_use]
    pub fn with(self, process: ProcessId) -> Self {
        Self(self.0 | bit(process))
    }

    /// The set without this process.
    #[must_use]
    pub fn without(self, process: ProcessId) -> Self {
        Self(self.0 & !bit(process))
    }

    /// Whether nobody is in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Who is in it, in the order of declaration.
    pub fn iter(self) -> impl Iterator<Item = ProcessId> {
        (0..Self::MOST).map(ProcessId::at).filter(move |process| self.contains(*process))
    }
}

impl FromIterator<ProcessId> for ProcessSet {
    fn from_iter<I: IntoIterator<Item = ProcessId>>(processes: I) -> Self {
        processes.into_iter().fold(Self::EMPTY, Self::with)
    }
}

/// None for a process beyond the limit, which is then never in a set.
fn bit(process: ProcessId) -> u64 {
    1_u64.checked_shl(u32::from(process.0)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_the_first_64_and_nobody_else() {
        let set: ProcessSet = [ProcessId(63), ProcessId(0), ProcessId(64)].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [ProcessId(0), ProcessId(63)]);
        assert!(!set.contains(ProcessId(64)));
        assert!(set.without(ProcessId(0)).without(ProcessId(63)).is_empty());
    }
}
