//! S. Venkatesan, "Message-optimal incremental snapshots", ICDCS 1989: markers only on channels that were used since the
//! last snapshot.
//!
//! On a channel on which nothing was sent since its sender recorded last, and from which all was received before that
//! snapshot ended, nothing is under way: it needs no marker. So a process that records sends markers on used channels
//! only. Everybody has to be told all the same, by a message on a control channel. *The lazy rule*: before the first
//! message on a channel whose marker was left out, the marker goes after all; also when the sender knows that the snapshot
//! is complete, since its message may come before that word does. Who sends a marker has recorded for all earlier
//! snapshots too, so it ends the recording of its channel for those as well.
//!
//! Markers are acknowledged; a process whose markers all are reports to the initiator; when all have, the initiator
//! tells everybody that the snapshot is complete, and channels on which no marker came are recorded as empty. Needs FIFO
//! channels, control channels between the initiator and everybody and back along used channels, and that a snapshot is
//! complete before the next begins. Costs 3(n-1) control messages, and two for each channel used between the snapshots
//! before and after it.

use crate::algorithm::{Algorithm, Arriving, Effect, Effects, Here, Lack};
use crate::event::ControlRole;
use crate::explore::{Explorable, Pack, pack_fields};
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::meters::{Costs, Facts, Formula, width};
use crate::rejected::Rejected;
use crate::system::System;

/// The algorithm of Venkatesan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Venkatesan {
    /// Whether a marker that was left out goes before the first message after all. Without, it is wrong.
    pub lazy: Lazy,
    /// How it becomes known that a snapshot is complete.
    pub ending: Ending,
}

/// Whether a marker that was left out goes before the first message after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lazy {
    /// Yes.
    #[default]
    Rule,
    /// No: for showing what the rule is for.
    Ignored,
}

/// How it becomes known that a snapshot is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Ending {
    /// By acknowledgements, reports and a message to everybody.
    #[default]
    Told,
    /// It is complete when all have recorded and no control message is under way. Nobody in the system knows.
    Quiet,
}

/// What goes from process to process besides application messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// The snapshot has begun.
    Begin(SnapshotId),
    /// Separates what its sender sent before recording from what it sent after.
    Marker(SnapshotId),
    /// The marker has come.
    Acknowledged(SnapshotId),
    /// The sender has recorded, and all its markers have come.
    Ready(SnapshotId),
    /// All have.
    Complete(SnapshotId),
}

/// What a process remembers.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Memory {
    /// The channels on which something was sent since it recorded last.
    used: Vec<ChannelId>,
    taken: Vec<Taken>,
}

/// A snapshot for which a process has recorded.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct Taken {
    snapshot: SnapshotId,
    /// The channels on which a marker has gone out.
    marked: Vec<ChannelId>,
    /// The incoming channels that are still recorded.
    open: Vec<ChannelId>,
    /// How many of its markers have not been acknowledged.
    unheard: u32,
    /// Where it reports; none at the initiator, or before it has been told.
    parent: Option<ChannelId>,
    /// Whether it has told that it is ready.
    reported: bool,
    /// At the initiator: how many others are ready.
    ready: u32,
    over: bool,
}

impl Memory {
    fn taken(&mut self, snapshot: SnapshotId) -> Option<&mut Taken> {
        self.taken.iter_mut().find(|taken| taken.snapshot == snapshot)
    }

    fn has_recorded(&self, snapshot: SnapshotId) -> bool {
        self.taken.iter().any(|taken| taken.snapshot == snapshot)
    }
}

impl Venkatesan {
    fn record(
        self,
        here: Here<'_>,
        memory: &mut Memory,
        snapshot: SnapshotId,
        via: Option<ChannelId>,
        out: &mut Effects<Control>,
    ) {
        here.begin(snapshot, out);
        out.extend(via.map(|channel| Effect::Close(snapshot, channel)));
        let marked = std::mem::take(&mut memory.used);
        out.extend(marked.iter().map(|channel| Effect::SendControl(*channel, Control::Marker(snapshot))));
        let taken = Taken {
            snapshot,
            open: here.incoming().filter(|channel| Some(*channel) != via).collect(),
            unheard: if self.ending == Ending::Told { marked.len() as u32 } else { 0 },
            marked,
            ..Taken::default()
        };
        let at = memory.taken.partition_point(|other| other.snapshot < snapshot);
        memory.taken.insert(at, taken);
    }

    /// Reports when there is something to report; ends it at the initiator when everybody has.
    fn advance(self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Control>) {
        let Some(taken) = memory.taken(snapshot).filter(|_| self.ending == Ending::Told) else { return };
        if taken.unheard > 0 || taken.over {
            return;
        }
        if let Some(parent) = taken.parent.filter(|_| !taken.reported) {
            taken.reported = true;
            out.push(Effect::SendControl(parent, Control::Ready(snapshot)));
        }
        let others = here.topology().process_count() - 1 - here.topology().outsiders().len();
        if taken.ready as usize == others && taken.parent.is_none() {
            out.extend(here.control().map(|channel| Effect::SendControl(channel, Control::Complete(snapshot))));
            taken.end(out);
        }
    }
}

impl Taken {
    /// Nothing is under way on the channels that are still open.
    fn end(&mut self, out: &mut Effects<Control>) {
        self.over = true;
        let snapshot = self.snapshot;
        out.extend(self.open.drain(..).map(|channel| Effect::Close(snapshot, channel)));
    }
}

impl Algorithm for Venkatesan {
    type Memory = Memory;
    type Control = Control;
    type Tag = ();

    fn role(&self, control: &Control) -> ControlRole {
        match *control {
            Control::Begin(snapshot) => ControlRole::Begin(snapshot),
            Control::Marker(snapshot) => ControlRole::Marker(snapshot),
            Control::Acknowledged(snapshot) => ControlRole::Acknowledged(snapshot),
            Control::Ready(snapshot) => ControlRole::Ready(snapshot),
            Control::Complete(snapshot) => ControlRole::Complete(snapshot),
        }
    }

    /// Everybody reports to one initiator; where there were two, neither would hear of all.
    fn has_one_initiator(&self) -> bool {
        self.ending == Ending::Told
    }

    fn may_initiate(&self, here: Here<'_>, memory: &Memory, snapshot: SnapshotId) -> Result<(), Rejected> {
        let process = here.process;
        if memory.has_recorded(snapshot) {
            return Err(Rejected::AlreadyRecorded { process, snapshot });
        }
        match memory.taken.iter().find(|taken| self.ending == Ending::Told && !taken.over) {
            Some(taken) => Err(Rejected::OneAtATime { snapshot: taken.snapshot }),
            None => Ok(()),
        }
    }

    fn initiate(&self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Control>) {
        self.record(here, memory, snapshot, None, out);
        out.extend(here.control().map(|channel| Effect::SendControl(channel, Control::Begin(snapshot))));
        self.advance(here, memory, snapshot, out);
    }

    fn send(&self, _here: Here<'_>, memory: &mut Memory, channel: ChannelId, out: &mut Effects<Control>) {
        if let Err(at) = memory.used.binary_search(&channel) {
            memory.used.insert(at, channel);
        }
        let Some(last) = memory.taken.last_mut().filter(|_| self.lazy == Lazy::Rule) else { return };
        if let Err(at) = last.marked.binary_search(&channel) {
            last.marked.insert(at, channel);
            last.unheard += u32::from(self.ending == Ending::Told);
            out.push(Effect::SendControl(channel, Control::Marker(last.snapshot)));
        }
    }

    fn receive(&self, _here: Here<'_>, memory: &mut Memory, channel: ChannelId, (): &(), out: &mut Effects<Control>) {
        let open = memory.taken.iter().filter(|taken| taken.open.contains(&channel));
        out.extend(open.map(|taken| Effect::Keep(taken.snapshot)));
    }

    fn control(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        control: &Control,
        out: &mut Effects<Control>,
    ) {
        match *control {
            Control::Begin(snapshot) => {
                if !memory.has_recorded(snapshot) {
                    self.record(here, memory, snapshot, None, out);
                }
                let back = here.control_to(here.topology().channel(channel).from);
                if let Some(taken) = memory.taken(snapshot) {
                    taken.parent = back.filter(|_| self.ending == Ending::Told);
                }
            }
            Control::Marker(snapshot) => {
                if !memory.has_recorded(snapshot) {
                    self.record(here, memory, snapshot, Some(channel), out);
                }
                for taken in memory.taken.iter_mut().filter(|taken| taken.snapshot <= snapshot) {
                    if let Some(at) = taken.open.iter().position(|open| *open == channel) {
                        taken.open.remove(at);
                        out.push(Effect::Close(taken.snapshot, channel));
                    }
                }
                let back =
                    here.control_to(here.topology().channel(channel).from).filter(|_| self.ending == Ending::Told);
                out.extend(back.map(|back| Effect::SendControl(back, Control::Acknowledged(snapshot))));
            }
            Control::Acknowledged(snapshot) => {
                if let Some(taken) = memory.taken(snapshot) {
                    taken.unheard = taken.unheard.saturating_sub(1);
                }
            }
            Control::Ready(snapshot) => {
                if let Some(taken) = memory.taken(snapshot) {
                    taken.ready += 1;
                }
            }
            Control::Complete(snapshot) => {
                if let Some(taken) = memory.taken(snapshot) {
                    taken.end(out);
                }
            }
        }
        let (Control::Begin(snapshot)
        | Control::Marker(snapshot)
        | Control::Acknowledged(snapshot)
        | Control::Ready(snapshot)
        | Control::Complete(snapshot)) = *control;
        self.advance(here, memory, snapshot, out);
    }

    /// One of five kinds, and the number of the snapshot.
    fn bits(&self, carried: Arriving<'_, Self>) -> Option<u32> {
        Some(match carried {
            Arriving::Message(()) => 0,
            Arriving::Control(control) => 3 + width(self.role(control).snapshot().0.into()),
        })
    }

    fn costs(&self, facts: &Facts) -> Costs {
        let (others, used) = (facts.processes.saturating_sub(1), facts.used);
        let controls = match self.ending {
            // A marker that is left out is never acknowledged, and the end never told.
            Ending::Told if self.lazy == Lazy::Ignored => Formula::at_most("3(n-1) + 2u", 3 * others + 2 * used),
            Ending::Told => Formula::exactly("3(n-1) + 2u", 3 * others + 2 * used),
            Ending::Quiet => Formula::exactly("n-1 + u", others + used),
        };
        Costs { controls: Some(controls), tag_bits: Some(Formula::exactly("0", 0)), delay: None }
    }

    fn lacks(&self, system: &System) -> Option<Lack> {
        let topology = &system.topology;
        let between = |from, to| {
            let mut channels = topology.channels_between(from, to);
            channels.any(|channel| topology.is_for_control(channel))
        };
        let lacking = |from, to| (from != to && !between(from, to)).then_some(Lack::ControlChannel(from, to));
        let members: Vec<_> = topology.processes().filter(|process| topology.takes_part(*process)).collect();
        let as_root =
            |root: ProcessId| members.iter().find_map(|other| lacking(root, *other).or(lacking(*other, root)));
        let back = |channel: ChannelId| {
            let ends = topology.channel(channel);
            lacking(ends.to, ends.from)
        };
        let no_root = members.iter().all(|root| as_root(*root).is_some()).then(|| as_root(*members.first()?)).flatten();
        let recorded = || topology.channels().filter(|channel| topology.is_recorded(*channel));
        topology.without_order().map(Lack::Order).or(no_root).or_else(|| recorded().find_map(back))
    }
}

impl Explorable for Venkatesan {
    fn completes_when_quiet(&self) -> bool {
        self.ending == Ending::Quiet
    }
}

pack_fields!(Memory { used, taken });

impl Pack for Taken {
    fn pack(&self, out: &mut Vec<u8>) {
        self.snapshot.pack(out);
        self.marked.pack(out);
        self.open.pack(out);
        (self.unheard, self.ready).pack(out);
        self.parent.pack(out);
        (self.reported, self.over).pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let (snapshot, marked, open) = (Pack::unpack(from)?, Pack::unpack(from)?, Pack::unpack(from)?);
        let ((unheard, ready), parent) = (Pack::unpack(from)?, Pack::unpack(from)?);
        let (reported, over) = Pack::unpack(from)?;
        Some(Self { snapshot, marked, open, unheard, parent, reported, ready, over })
    }
}

impl Pack for Control {
    fn pack(&self, out: &mut Vec<u8>) {
        let (kind, snapshot) = match *self {
            Self::Begin(snapshot) => (0, snapshot),
            Self::Marker(snapshot) => (1, snapshot),
            Self::Acknowledged(snapshot) => (2, snapshot),
            Self::Ready(snapshot) => (3, snapshot),
            Self::Complete(snapshot) => (4, snapshot),
        };
        out.push(kind);
        snapshot.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let kind = u8::unpack(from)?;
        let snapshot = Pack::unpack(from)?;
        Some(match kind {
            0 => Self::Begin(snapshot),
            1 => Self::Marker(snapshot),
            2 => Self::Acknowledged(snapshot),
            3 => Self::Ready(snapshot),
            4 => Self::Complete(snapshot),
            _ => return None,
        })
    }
}
