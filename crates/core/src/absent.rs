//! Who is not there, in a run in which processes join and leave.

use crate::explore::Pack;
use crate::ids::ProcessId;
use crate::topology::Topology;

/// Who is not there. Nearly always empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Absent {
    /// Who has not joined yet.
    to_come: Vec<ProcessId>,
    /// Who has left.
    gone: Vec<ProcessId>,
    /// Who has left before somebody joined, who therefore hears no last word of it: the one, and the other.
    unmet: Vec<(ProcessId, ProcessId)>,
}

impl Absent {
    /// At the start, before anybody has joined.
    pub(crate) fn at_first(topology: &Topology) -> Self {
        Self { to_come: topology.newcomers().to_vec(), ..Self::default() }
    }

    pub(crate) fn is_nobody(&self) -> bool {
        self.to_come.is_empty() && self.gone.is_empty()
    }

    pub(crate) fn is_to_come(&self, process: ProcessId) -> bool {
        self.to_come.contains(&process)
    }

    pub(crate) fn is_gone(&self, process: ProcessId) -> bool {
        self.gone.contains(&process)
    }

    /// Whether a process has something to hear from another: both have been there at the same time, or may still be.
    pub(crate) fn have_met(&self, from: ProcessId, to: ProcessId) -> bool {
        self.is_nobody() || !self.is_to_come(from) && !self.unmet.contains(&(from, to))
    }

    pub(crate) fn pack(&self, out: &mut Vec<u8>) {
        self.to_come.pack(out);
        self.gone.pack(out);
        self.unmet.pack(out);
    }

    /// Somebody joins.
    pub(crate) fn join(&mut self, process: ProcessId) {
        self.to_come.retain(|other| *other != process);
    }

    /// Somebody leaves.
    pub(crate) fn leave(&mut self, process: ProcessId) {
        self.gone.push(process);
        self.gone.sort_unstable();
        self.unmet.extend(self.to_come.iter().map(|newcomer| (process, *newcomer)));
        self.unmet.sort_unstable();
    }

    /// Whether somebody is not there.
    pub(crate) fn has(&self, process: ProcessId) -> bool {
        !self.is_nobody() && (self.is_to_come(process) || self.is_gone(process))
    }
}
