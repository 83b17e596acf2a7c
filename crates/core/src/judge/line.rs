//! Where a snapshot crosses each process: where it recorded for it; or, if the snapshot was concluded without a part of
//! it, where it recorded for the last one before that was concluded; or where it began.

use super::members::{Members, Stands};
use crate::event::Event;
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::trace::Trace;

pub(super) struct Line {
    snapshot: SnapshotId,
    /// By process, where the snapshot was concluded: for which one it recorded what counts; none: how it began. Empty
    /// where the snapshot was not concluded, as most never are.
    stands_by: Vec<Option<SnapshotId>>,
    members: Members,
}

impl Line {
    /// Takes time in the number of events.
    pub(super) fn of(trace: &Trace<'_>, snapshot: SnapshotId, members: Members) -> Self {
        let mut line = Self { snapshot, stands_by: Vec::new(), members };
        let concluded = trace.events().filter_map(|(_, event)| match *event {
            Event::Concluded { snapshot, .. } => Some(snapshot),
            _ => None,
        });
        let mut by_then: Vec<SnapshotId> = concluded.collect();
        let Some(at) = by_then.iter().position(|of| *of == snapshot) else { return line };
        by_then.truncate(at + 1);
        line.stands_by = vec![None; trace.system.topology.process_count()];
        for (_, event) in trace.events() {
            let Event::Recorded { process, snapshot: of, .. } = *event else { continue };
            let known = &mut line.stands_by[process.index()];
            if *known != Some(snapshot) && by_then.contains(&of) {
                *known = Some(of);
            }
        }
        line
    }

    /// For which snapshot a process recorded what counts; none if that is how it began.
    pub(super) fn at(&self, process: ProcessId) -> Option<SnapshotId> {
        let recorded = self.stands_by.get(process.index()).copied().unwrap_or(Some(self.snapshot));
        recorded.filter(|_| !self.is_outside_at_first(process))
    }

    /// The channels between processes that were never there at the same time.
    pub(super) fn apart(&self) -> &[ChannelId] {
        self.members.apart()
    }

    /// Whether the process joined too late to belong to the snapshot, so that the line crosses it where it begins.
    pub(super) fn is_outside_at_first(&self, process: ProcessId) -> bool {
        self.members.stands(process) == Some(Stands::AtItsBeginning)
    }

    /// Whether the process leaves here, having recorded nothing, so that the line crosses it where it ends.
    pub(super) fn ends_at(&self, event: &Event) -> bool {
        matches!(*event, Event::Departed { process } if self.members.stands(process) == Some(Stands::AtItsEnd))
    }

    /// Whether the line crosses the process where this event is.
    pub(super) fn crosses_at(&self, event: &Event) -> bool {
        self.ends_at(event)
            || matches!(*event, Event::Recorded { process, snapshot, .. } if self.at(process) == Some(snapshot))
    }
}
