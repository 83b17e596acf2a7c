//! Where a snapshot crosses each process: where it recorded for it; or, if the snapshot was concluded without a part of
//! it, where it recorded for the last one before that was concluded; or where it began. Where what was recorded had been noted
//! before, the place is that of the note.

use super::epoch::Epoch;
use super::members::{Members, Stands};
use crate::event::Event;
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::trace::Trace;
use std::collections::BTreeMap;

pub(super) struct Line<'a> {
    snapshot: SnapshotId,
    /// By process, where the snapshot was concluded: for which one it recorded what counts; none: how it began. Empty
    /// where the snapshot was not concluded, as most never are.
    stands_by: Vec<Option<SnapshotId>>,
    /// By process: where it recorded what counts, or noted it. None where it did not, or has forgotten it.
    crossings: Vec<Option<&'a Event>>,
    members: Members,
}

impl<'a> Line<'a> {
    /// Takes time in the number of events.
    pub(super) fn of(trace: &Trace<'_>, epoch: &Epoch<'a>, snapshot: SnapshotId) -> Self {
        let members = Members::of(trace, epoch, snapshot);
        let mut line = Self { snapshot, stands_by: Vec::new(), crossings: Vec::new(), members };
        line.find_who_stands_by(&epoch.trace);
        line.find_crossings(&epoch.trace);
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
        let mut recordings = vec![Vec::new(); trace.system.topology.process_count()];
        for (_, event) in trace.events() {
            match *event {
                Event::Recorded { process, snapshot, .. } => recordings[process.index()].push(snapshot),
                Event::Discarded { process, snapshot } => recordings[process.index()].retain(|of| *of != snapshot),
                _ => {}
            }
        }
        let counts = |own: &Vec<SnapshotId>| {
            let it = own.iter().find(|of| **of == self.snapshot);
            it.or_else(|| own.iter().rev().find(|of| by_then.contains(of))).copied()
        };
        self.stands_by = recordings.iter().map(counts).collect();
    }

    /// The first recording counts that was not forgotten again, and of what was noted under a number the last before that.
    fn find_crossings(&mut self, trace: &Trace<'a>) {
        let mut notes: BTreeMap<(ProcessId, u32), &'a Event> = BTreeMap::new();
        self.crossings = vec![None; trace.system.topology.process_count()];
        for event in trace.steps.iter().flat_map(|step| step.events) {
            match *event {
                Event::Noted { process, number, .. } => _ = notes.insert((process, number), event),
                Event::Recorded { process, snapshot, noted, .. } if self.at(process) == Some(snapshot) => {
                    let place = noted.map_or(Some(event), |number| notes.get(&(process, number)).copied());
                    let known = &mut self.crossings[process.index()];
                    *known = known.or(place);
                }
                Event::Discarded { process, snapshot } if self.at(process) == Some(snapshot) => {
                    self.crossings[process.index()] = None;
                }
                _ => {}
            }
        }
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

    /// Who joins here and belongs to the snapshot: before that the system was in no state of all its processes.
    pub(super) fn joins_it(&self, event: &Event) -> Option<ProcessId> {
        match *event {
            Event::Joined { process, .. } if !self.is_outside_at_first(process) => Some(process),
            _ => None,
        }
    }

    /// Whether the process leaves here, having recorded nothing, so that the line crosses it where it ends.
    pub(super) fn ends_at(&self, event: &Event) -> bool {
        matches!(*event, Event::Departed { process } if self.members.stands(process) == Some(Stands::AtItsEnd))
    }

    /// Whether the line crosses the process where this event is.
    pub(super) fn crosses_at(&self, event: &Event) -> bool {
        if self.ends_at(event) {
            return true;
        }
        let (Event::Recorded { process, .. } | Event::Noted { process, .. }) = *event else { return false };
        self.crossings.get(process.index()).copied().flatten().is_some_and(|crossing| std::ptr::eq(crossing, event))
    }
}
