//! Jumping from event to event.

use crate::session::Session;
use cutline_core::ProcessId;

/// Where to jump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jump {
    /// To the next step at which a process records.
    NextRecording,
    /// To the previous one.
    PreviousRecording,
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
            Jump::NextRecording => self.facts().recording_beside(here, true),
            Jump::PreviousRecording => self.facts().recording_beside(here, false),
            Jump::NextAt(process) => (here + 1..=self.steps()).find(|step| self.happens_at(*step, process)),
            Jump::PreviousAt(process) => (1..here).rev().find(|step| self.happens_at(*step, process)),
        }
    }

    fn happens_at(&self, step: usize, process: ProcessId) -> bool {
        let events = self.history().events_of(step);
        events.iter().any(|event| event.process(self.topology()) == process)
    }
}
