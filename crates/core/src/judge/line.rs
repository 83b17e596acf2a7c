//! Where a snapshot crosses each process: where it recorded for it; or, if the snapshot was concluded without a part of
//! it, where it recorded for the last one before that was concluded; or where it began.

use crate::event::Event;
use crate::ids::{ProcessId, SnapshotId};
use crate::trace::Trace;

pub(super) struct Line {
    snapshot: SnapshotId,
    /// By process, where the snapshot was concluded: for which one it recorded what counts; none: how it began. Empty
    /// where the snapshot was not concluded, as most never are.
    stands_by: Vec<Option<SnapshotId>>,
}

impl Line {
    /// Takes time in the number of events.
    pub(super) fn of(trace: &Trace<'_>, snapshot: SnapshotId) -> Self {
        let is_concluded =
            |wanted| move |event: &&Event| matches!(event, Event::Concluded { snapshot: of, .. } if *of == wanted);
        let events = || trace.events().map(|(_, event)| event);
        let mut line = Self { snapshot, stands_by: Vec::new() };
        if !events().any(|event| is_concluded(snapshot)(&event)) {
            return line;
        }
        line.stands_by = vec![None; trace.system.topology.process_count()];
        let mut is_over = false;
        for event in events() {
            let Event::Recorded { process, snapshot: of, .. } = *event else {
                is_over |= is_concluded(snapshot)(&event);
                continue;
            };
            let known = &mut line.stands_by[process.index()];
            let counts = *known != Some(snapshot) && !is_over && events().any(|event| is_concluded(of)(&event));
            if of == snapshot || counts {
                *known = Some(of);
            }
        }
        line
    }

    /// For which snapshot a process recorded what counts; none if that is how it began.
    pub(super) fn at(&self, process: ProcessId) -> Option<SnapshotId> {
        self.stands_by.get(process.index()).copied().unwrap_or(Some(self.snapshot))
    }

    /// Whether the line crosses the process where this event is.
    pub(super) fn crosses_at(&self, event: &Event) -> bool {
        matches!(*event, Event::Recorded { process, snapshot, .. } if self.at(process) == Some(snapshot))
    }
}
