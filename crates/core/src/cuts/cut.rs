//! A cut: how many events of each process lie in the past.

use std::cmp::Ordering;
use std::fmt;

/// How many events of each process belong to the past. Made by [`super::EventOrder::cut`].
///
/// Cuts are compared as vectors: `a <= b` if `b` holds all that `a` holds. Two cuts can be incomparable, then
/// [`PartialOrd::partial_cmp`] gives none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cut(Vec<u32>);

impl Cut {
    pub(super) fn of(counts: Vec<u32>) -> Self {
        Self(counts)
    }

    /// The number of events of each process.
    #[must_use]
    pub fn counts(&self) -> &[u32] {
        &self.0
    }

    /// The number of events of all processes: the level of the lattice at which the cut lies.
    #[must_use]
    pub fn level(&self) -> u64 {
        self.0.iter().map(|count| u64::from(*count)).sum()
    }

    /// What both cuts hold: the greatest cut below both. Consistent if both are (Mattern 1989). Takes time in the
    /// number of processes.
    #[must_use]
    pub fn meet(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(own, theirs)| *own.min(theirs)).collect())
    }

    /// What either cut holds: the least cut above both. Consistent if both are (Mattern 1989). Takes time in the
    /// number of processes.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(own, theirs)| *own.max(theirs)).collect())
    }

    pub(super) fn counts_mut(&mut self) -> &mut [u32] {
        &mut self.0
    }

    pub(super) fn into_counts(self) -> Vec<u32> {
        self.0
    }
}

impl PartialOrd for Cut {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        if self.0.len() != other.0.len() {
            return None;
        }
        let pairs = || self.0.iter().zip(&other.0);
        match (pairs().all(|(own, theirs)| own <= theirs), pairs().all(|(own, theirs)| own >= theirs)) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => None,
        }
    }
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts: Vec<String> = self.0.iter().map(u32::to_string).collect();
        write!(f, "({})", counts.join(","))
    }
}

/// Why numbers make no cut of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotACut {
    /// There must be one number for each process.
    WrongLength {
        /// How many numbers were given.
        given: usize,
        /// How many processes there are.
        wanted: usize,
    },
    /// A process does not have so many events.
    TooManyEvents {
        /// The process.
        process: String,
        /// The number that was given.
        given: u32,
        /// How many events it has.
        has: usize,
    },
}

impl fmt::Display for NotACut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongLength { given, wanted } => {
                write!(f, "a cut needs one number for each of the {wanted} processes, not {given} numbers")
            }
            Self::TooManyEvents { process, given, has } => {
                write!(f, "{process} has {has} events, so the cut cannot hold {given} of them")
            }
        }
    }
}

impl std::error::Error for NotACut {}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(counts: &[u32]) -> Cut {
        Cut::of(counts.to_vec())
    }

    #[test]
    fn cuts_are_compared_as_vectors() {
        assert!(cut(&[1, 2]) <= cut(&[1, 3]));
        assert_eq!(cut(&[2, 0]).partial_cmp(&cut(&[1, 3])), None);
        assert_eq!(cut(&[2, 0]).meet(&cut(&[1, 3])), cut(&[1, 0]));
        assert_eq!(cut(&[2, 0]).join(&cut(&[1, 3])), cut(&[2, 3]));
        assert_eq!(cut(&[1]).partial_cmp(&cut(&[1, 3])), None, "cuts of different systems");
        assert_eq!(cut(&[1, 12]).to_string(), "(1,12)");
    }
}
