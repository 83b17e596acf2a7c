//! Jumping from event to event of a process.

use crate::session::Session;
use cutline_core::ProcessId;

/// Where to jump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jump {
    /// To the next step at which something happens at this process.
    NextAt(ProcessId),
    /// To the previous one.
    PreviousAt(ProcessId),
}

impl Session {
    /// The step of the branch to which a jump leads; none if there is none.
    #[must_use]
    pub fn target_of(&self, jump: Jump) -> Option<usize> {
        let here = self.step();
        match jump {
            Jump::NextAt(process) => (here + 1..=self.steps()).find(|step| self.happens_at(*step, process)),
            Jump::PreviousAt(process) => (1..here).rev().find(|step| self.happens_at(*step, process)),
        }
    }

    /// The next step of the branch at which a process records, or the previous one; none if there is none.
    #[must_use]
    pub fn recording_beside(&self, forward: bool) -> Option<usize> {
        self.facts().recording_beside(self.step(), forward)
    }

    fn happens_at(&self, step: usize, process: ProcessId) -> bool {
        let events = self.history().events_of(step);
        events.iter().any(|event| event.process(self.topology()) == process)
    }
}
