//! States that an algorithm has had the world note, each under a number of its process. What they are it never sees.

use crate::computation::LocalState;
use crate::ids::ProcessId;

/// What a process has noted, by number in ascending order.
pub(super) type Noted = Vec<(u32, LocalState)>;

/// What all have noted; those who have noted nothing are left out.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Notes(Vec<(ProcessId, Noted)>);

impl Notes {
    /// A state is to be found again under this number, in place of what was noted under it before.
    pub(super) fn note(&mut self, process: ProcessId, number: u32, state: LocalState) {
        let at = self.0.binary_search_by_key(&process, |(of, _)| *of).unwrap_or_else(|at| {
            self.0.insert(at, (process, Vec::new()));
            at
        });
        let noted = &mut self.0[at].1;
        match noted.binary_search_by_key(&number, |(of, _)| *of) {
            Ok(at) => noted[at].1 = state,
            Err(at) => noted.insert(at, (number, state)),
        }
    }

    /// What a process has noted under a number.
    pub(super) fn find(&self, process: ProcessId, number: u32) -> Option<LocalState> {
        let noted = self.of(process);
        noted.binary_search_by_key(&number, |(of, _)| *of).ok().map(|at| noted[at].1)
    }

    /// What a process has noted.
    pub(super) fn of(&self, process: ProcessId) -> &[(u32, LocalState)] {
        let at = self.0.binary_search_by_key(&process, |(of, _)| *of);
        at.map_or(&[], |at| self.0[at].1.as_slice())
    }

    /// A process has noted this, and nothing else.
    pub(super) fn restore(&mut self, process: ProcessId, noted: Noted) {
        self.0.retain(|(of, _)| *of != process);
        noted.into_iter().for_each(|(number, state)| self.note(process, number, state));
    }

    /// How many states are noted.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|(_, noted)| noted.len()).sum()
    }
}
