//! Where a snapshot crosses each process: where it recorded for it; or, if the snapshot was concluded without a part of
//! it, where it recorded for the last one before that was concluded; or where it began. Where what was recorded had been noted
//! before, the place is that of the note.

use crate::event::Event;
use crate::ids::{ProcessId, SnapshotId};
use crate::trace::Trace;
use std::collections::BTreeMap;

pub(super) struct Line<'a> {
    snapshot: SnapshotId,
    /// By process, where the snapshot was concluded: for which one it recorded what counts; none: how it began. Empty
    /// where the snapshot was not concluded, as most never are.
    stands_by: Vec<Option<SnapshotId>>,
    /// By process, where it recorded what it had noted before: where it noted that. Empty where nobody did.
    noted: Vec<Option<&'a Event>>,
}

impl<'a> Line<'a> {
    /// Takes time in the number of events.
    pub(super) fn of(trace: &Trace<'a>, snapshot: SnapshotId) -> Self {
        let mut line = Self { snapshot, stands_by: Vec::new(), noted: Vec::new() };
        line.find_who_stands_by(trace);
        line.find_notes(trace);
        line
    }

    fn find_who_stands_by(&mut self, trace: &Trace<'a>) {
        let concluded = trace.events().filter_map(|(_, event)| match *event {
            Event::Concluded { snapshot, .. } => Some(snapshot),
            _ => None,
        });
        let mut by_then: Vec<SnapshotId> = concluded.collect();
        let Some(at) = by_then.iter().position(|of| *of == self.snapshot) else { return };
        by_then.truncate(at + 1);
        self.stands_by = vec![None; trace.system.topology.process_count()];
        for (_, event) in trace.events() {
            let Event::Recorded { process, snapshot: of, .. } = *event else { continue };
            let known = &mut self.stands_by[process.index()];
            if *known != Some(self.snapshot) && by_then.contains(&of) {
                *known = Some(of);
            }
        }
    }

    /// The first recording counts, and of what was noted under a number the last before that.
    fn find_notes(&mut self, trace: &Trace<'a>) {
        let mut notes: BTreeMap<(ProcessId, u32), &'a Event> = BTreeMap::new();
        for step in &trace.steps {
            for event in step.events {
                match *event {
                    Event::Noted { process, number, .. } => _ = notes.insert((process, number), event),
                    Event::Recorded { process, snapshot, noted: Some(number), .. }
                        if self.at(process) == Some(snapshot) =>
                    {
                        self.noted.resize(trace.system.topology.process_count(), None);
                        let known = &mut self.noted[process.index()];
                        *known = known.or(notes.get(&(process, number)).copied());
                    }
                    _ => {}
                }
            }
        }
    }

    /// For which snapshot a process recorded what counts; none if that is how it began.
    pub(super) fn at(&self, process: ProcessId) -> Option<SnapshotId> {
        self.stands_by.get(process.index()).copied().unwrap_or(Some(self.snapshot))
    }

    /// Whether the line crosses the process where this event is.
    pub(super) fn crosses_at(&self, event: &Event) -> bool {
        match *event {
            Event::Recorded { process, snapshot, noted: None, .. } => self.at(process) == Some(snapshot),
            Event::Noted { process, .. } => {
                self.noted.get(process.index()).copied().flatten().is_some_and(|noted| std::ptr::eq(noted, event))
            }
            _ => false,
        }
    }
}
