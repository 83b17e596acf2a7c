//! Bringing the recorded parts together (Chandy and Lamport 1985, section 3.3, leave it open how): along the tree of
//! first markers, or by flooding.
//!
//! *Tree*: the parent of a process is who sent its first marker. Each marker says who its sender's parent is, so a
//! process knows its children by the time that it is done. When it is done and all of them have reported, it sends
//! one report of all their parts and its own to its parent: n-1 reports. Each tree edge needs a channel back, and
//! with several initiators each gets no more than its own tree.
//!
//! *Flooding*: a process that is done sends its part on every outgoing channel; whoever receives a part for the
//! first time passes it on in the same way. Each of n parts crosses each of e channels once: n * e reports. Needs a
//! strongly connected system.

use super::{ChandyLamport, Control, Memory, Report};
use crate::algorithm::{Effect, Effects, Here};
use crate::explore::Pack;
use crate::ids::{ChannelId, ProcessId, SnapshotId};

/// How the recorded parts come together at the initiator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Collect {
    /// Not at all.
    #[default]
    No,
    /// In merged reports along the tree of first markers.
    Tree,
    /// By flooding.
    Flooding,
}

/// What a process knows of the collecting of one snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Gathering {
    pub(super) snapshot: SnapshotId,
    /// The channel of the first marker; none at an initiator.
    via: Option<ChannelId>,
    /// Who has said that this process is its parent.
    children: Vec<ProcessId>,
    /// Which of them have reported.
    heard: Vec<ProcessId>,
    /// Whose parts are here.
    parts: Vec<ProcessId>,
    /// Whether its own part has gone out.
    sent: bool,
}

impl Pack for Gathering {
    fn pack(&self, out: &mut Vec<u8>) {
        self.snapshot.pack(out);
        self.via.pack(out);
        [&self.children, &self.heard, &self.parts].into_iter().for_each(|list| list.pack(out));
        self.sent.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let (snapshot, via) = (Pack::unpack(from)?, Pack::unpack(from)?);
        let (children, heard, parts) = (Pack::unpack(from)?, Pack::unpack(from)?, Pack::unpack(from)?);
        Some(Self { snapshot, via, children, heard, parts, sent: Pack::unpack(from)? })
    }
}

impl Gathering {
    /// Whether the part was not here before.
    fn add(&mut self, part: ProcessId) -> bool {
        insert(&mut self.parts, part)
    }
}

/// Puts a process into a sorted list; whether it was not in it.
fn insert(list: &mut Vec<ProcessId>, process: ProcessId) -> bool {
    let place = list.binary_search(&process);
    if let Err(place) = place {
        list.insert(place, process);
    }
    place.is_err()
}

impl Memory {
    fn gathering(&mut self, snapshot: SnapshotId) -> &mut Gathering {
        let place = self.gatherings.binary_search_by_key(&snapshot, |gathering| gathering.snapshot);
        let at = place.unwrap_or_else(|at| {
            self.gatherings.insert(at, Gathering { snapshot, ..Gathering::default() });
            at
        });
        &mut self.gatherings[at]
    }

    fn is_done(&self, snapshot: SnapshotId) -> bool {
        self.taken.iter().any(|(taken, open)| *taken == snapshot && open.is_empty())
    }
}

impl ChandyLamport {
    /// The process has recorded; its first marker came on `via`.
    pub(super) fn joined(self, memory: &mut Memory, snapshot: SnapshotId, via: Option<ChannelId>) {
        if self.collect != Collect::No {
            memory.gathering(snapshot).via = via;
        }
    }

    /// The parent that the markers of a process name.
    pub(super) fn parent(self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId) -> Option<ProcessId> {
        let is_tree = self.collect == Collect::Tree;
        let via = if is_tree { memory.gathering(snapshot).via } else { None };
        via.map(|channel| here.topology().channel(channel).from)
    }

    /// A marker has come whose sender has this parent.
    pub(super) fn learn(
        self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        snapshot: SnapshotId,
        parent: Option<ProcessId>,
    ) {
        if parent == Some(here.process) {
            insert(&mut memory.gathering(snapshot).children, here.topology().channel(channel).from);
        }
    }

    /// A report has come.
    pub(super) fn report_came(
        self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        report: &Report,
        out: &mut Effects<Control>,
    ) {
        let snapshot = report.snapshot;
        let gathering = memory.gathering(snapshot);
        insert(&mut gathering.heard, here.topology().channel(channel).from);
        let mut new = report.parts.clone();
        new.retain(|part| gathering.add(*part));
        if self.collect == Collect::Flooding {
            new.into_iter().for_each(|part| flood(here, snapshot, part, out));
        }
        self.advance(here, memory, snapshot, out);
    }

    /// Reports what can be reported by now; assembles the whole at an initiator.
    pub(super) fn advance(self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Control>) {
        if self.collect == Collect::No || !memory.is_done(snapshot) {
            return;
        }
        let gathering = memory.gathering(snapshot);
        let all_heard = gathering.children.iter().all(|child| gathering.heard.contains(child));
        if !gathering.sent && (self.collect == Collect::Flooding || all_heard) {
            gathering.sent = true;
            gathering.add(here.process);
            match self.collect {
                Collect::Flooding => flood(here, snapshot, here.process, out),
                _ => send_up(here, gathering, out),
            }
        }
        let is_whole = gathering.sent && gathering.parts.len() == here.topology().process_count();
        if is_whole && gathering.via.is_none() && !memory.assembled.contains(&snapshot) {
            memory.assembled.push(snapshot);
            memory.assembled.sort_unstable();
            out.push(Effect::Assemble(snapshot));
        }
    }
}

fn flood(here: Here<'_>, snapshot: SnapshotId, part: ProcessId, out: &mut Effects<Control>) {
    out.extend(here.outgoing().map(|channel| report(channel, snapshot, vec![part])));
}

/// To the parent, on the first channel that leads there. Without one the parts stay here.
fn send_up(here: Here<'_>, gathering: &Gathering, out: &mut Effects<Control>) {
    let Some(via) = gathering.via else { return };
    let parent = here.topology().channel(via).from;
    let back = here.topology().channels_between(here.process, parent).next();
    // Its own part first, since the report is called after it.
    let others = gathering.parts.iter().copied().filter(|part| *part != here.process);
    let parts = std::iter::once(here.process).chain(others).collect();
    out.extend(back.map(|channel| report(channel, gathering.snapshot, parts)));
}

fn report(channel: ChannelId, snapshot: SnapshotId, parts: Vec<ProcessId>) -> Effect<Control> {
    let control = Control::Report(Report { snapshot, parts: parts.clone() });
    Effect::Report { channel, snapshot, parts, control }
}
