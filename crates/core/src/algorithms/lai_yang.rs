//! T. H. Lai and T. H. Yang, "On Distributed Snapshots", Information Processing Letters 25(3), 1987, 153-158, with
//! counters in place of histories (the second method in A. D. Kshemkalyani and M. Singhal, "Distributed Computing",
//! 2008, section 4.3).
//!
//! A process is white until it records and red from then on, and every application message has the colour of its
//! sender. *A red message makes a white process record before it takes the message.* A process that records tells on
//! every outgoing channel how many white messages it sent there: so that everybody gets to know, and so that the
//! receiver knows when the last of them has come. White messages that reach a red process were under way.
//!
//! There is a colour for each snapshot. Needs no order in the channels. Costs one control message a channel, one bit a
//! snapshot on every message, and two counters a channel; completes if every process can be reached from an initiator.

pub use crate::colours::Colours;

use crate::algorithm::{Algorithm, Arriving, Effect, Effects, Here};
use crate::event::ControlRole;
use crate::explore::{Explorable, Pack, pack_fields};
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::meters::{Costs, Facts, Formula, width};
use crate::rejected::Rejected;
use crate::riding::TagRole;

/// The algorithm of Lai and Yang, with counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaiYang {
    /// The snapshots that may be taken. A process counts until it has recorded in all of them.
    pub planned: Colours,
}

impl Default for LaiYang {
    /// Any snapshot may be taken.
    fn default() -> Self {
        Self { planned: Colours::all() }
    }
}

/// How many white messages the sender sent on the channel that this comes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The snapshot.
    pub snapshot: SnapshotId,
    /// How many.
    pub messages: u32,
}

impl Count {
    /// The number of the snapshot, and how many.
    pub(super) fn bits(&self) -> u32 {
        width(self.snapshot.0.into()) + width(self.messages.into())
    }
}

/// What a process has recorded for, and its counters.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Memory {
    taken: Vec<Taken>,
    /// By channel, if any: the messages sent and received so far, until all planned snapshots are recorded.
    counts: Vec<(ChannelId, u32)>,
}

/// A snapshot for which a process has recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Taken {
    snapshot: SnapshotId,
    /// By outgoing channel: the white messages sent.
    sent: Vec<u32>,
    /// The incoming channels.
    incoming: Vec<Incoming>,
}

/// A channel that is, or was, recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Incoming {
    channel: ChannelId,
    /// The white messages received; more than there are if the network repeats some.
    received: u32,
    /// How many there are in all, once that is known.
    announced: Option<u32>,
    /// Whether all have come.
    closed: bool,
}

impl Memory {
    fn taken(&mut self, snapshot: SnapshotId) -> Option<&mut Taken> {
        self.taken.iter_mut().find(|taken| taken.snapshot == snapshot)
    }

    pub(super) fn reds(&self) -> Colours {
        Colours::of(self.taken.iter().map(|taken| taken.snapshot))
    }

    fn count(&self, channel: ChannelId) -> u32 {
        self.counts.iter().find(|(counted, _)| *counted == channel).map_or(0, |(_, count)| *count)
    }

    pub(super) fn add(&mut self, channel: ChannelId) {
        match self.counts.binary_search_by_key(&channel, |(counted, _)| *counted) {
            Ok(at) => self.counts[at].1 += 1,
            Err(at) => self.counts.insert(at, (channel, 1)),
        }
    }
}

impl Taken {
    fn incoming(&mut self, channel: ChannelId) -> Option<&mut Incoming> {
        self.incoming.iter_mut().find(|incoming| incoming.channel == channel)
    }

    /// Finishes the recording of a channel if its last white message has come.
    fn close_if_all_came(&mut self, channel: ChannelId, out: &mut Effects<Count>) {
        let all_came = |one: &&mut Incoming| !one.closed && one.announced == Some(one.received);
        let snapshot = self.snapshot;
        if let Some(incoming) = self.incoming(channel).filter(all_came) {
            incoming.closed = true;
            out.push(Effect::Close(snapshot, channel));
        }
    }
}

impl LaiYang {
    fn counts_on(self, memory: &Memory) -> bool {
        self.planned.0 & !memory.reds().0 != 0
    }

    fn record(self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Count>) {
        memory.record(here, snapshot, out);
        if !self.counts_on(memory) {
            memory.counts.clear();
        }
    }
}

impl Memory {
    /// Records, and tells on every channel how many white messages went out on it.
    pub(super) fn record(&mut self, here: Here<'_>, snapshot: SnapshotId, out: &mut Effects<Count>) {
        here.begin(snapshot, out);
        let incoming = |channel| Incoming { channel, received: self.count(channel), announced: None, closed: false };
        let taken = Taken {
            snapshot,
            sent: here.outgoing().map(|channel| self.count(channel)).collect(),
            incoming: here.incoming().map(incoming).collect(),
        };
        for (channel, messages) in here.outgoing().zip(&taken.sent) {
            out.push(Effect::SendControl(channel, Count { snapshot, messages: *messages }));
        }
        let at = self.taken.partition_point(|other| other.snapshot < snapshot);
        self.taken.insert(at, taken);
    }

    /// A message has come; those that are white for a snapshot belong to its channel.
    pub(super) fn arrived(&mut self, channel: ChannelId, tag: Colours, out: &mut Effects<Count>) {
        for taken in self.taken.iter_mut().filter(|taken| !tag.is_red(taken.snapshot)) {
            let snapshot = taken.snapshot;
            if let Some(incoming) = taken.incoming(channel) {
                incoming.received += 1;
                out.extend((!incoming.closed).then_some(Effect::Keep(snapshot)));
                taken.close_if_all_came(channel, out);
            }
        }
    }

    /// So many of the messages that came before recording were not white.
    pub(super) fn discount(&mut self, channel: ChannelId, snapshot: SnapshotId, messages: u32) {
        if let Some(taken) = self.taken(snapshot)
            && let Some(incoming) = taken.incoming(channel)
        {
            incoming.received -= messages;
        }
    }

    /// It has become known how many white messages there are.
    pub(super) fn announced(&mut self, channel: ChannelId, count: &Count, out: &mut Effects<Count>) {
        let Some(taken) = self.taken(count.snapshot) else { return };
        if let Some(incoming) = taken.incoming(channel) {
            incoming.announced = Some(count.messages);
            taken.close_if_all_came(channel, out);
        }
    }
}

impl Algorithm for LaiYang {
    type Memory = Memory;
    type Control = Count;
    type Tag = Colours;

    fn role(&self, control: &Count) -> ControlRole {
        ControlRole::Count { snapshot: control.snapshot, messages: control.messages }
    }

    fn may_initiate(&self, here: Here<'_>, memory: &Memory, snapshot: SnapshotId) -> Result<(), Rejected> {
        if memory.reds().is_red(snapshot) {
            return Err(Rejected::AlreadyRecorded { process: here.process, snapshot });
        }
        Ok(())
    }

    fn initiate(&self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Count>) {
        self.record(here, memory, snapshot, out);
    }

    fn send(&self, _here: Here<'_>, memory: &mut Memory, channel: ChannelId, _out: &mut Effects<Count>) -> Colours {
        if self.counts_on(memory) {
            memory.add(channel);
        }
        memory.reds()
    }

    fn receive(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        tag: &Colours,
        out: &mut Effects<Count>,
    ) {
        for snapshot in Colours(tag.0 & !memory.reds().0).snapshots() {
            self.record(here, memory, snapshot, out);
        }
        memory.arrived(channel, *tag, out);
        if self.counts_on(memory) {
            memory.add(channel);
        }
    }

    fn control(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        control: &Count,
        out: &mut Effects<Count>,
    ) {
        if !memory.reds().is_red(control.snapshot) {
            self.record(here, memory, control.snapshot, out);
        }
        memory.announced(channel, control, out);
    }

    /// A colour for each snapshot up to the last that the sender knows of.
    fn bits(&self, carried: Arriving<'_, Self>) -> Option<u32> {
        Some(match carried {
            Arriving::Message(colours) => width(colours.0),
            Arriving::Control(count) => count.bits(),
        })
    }

    fn tag_roles(&self, colours: &Colours, _to: ProcessId) -> Vec<TagRole> {
        vec![TagRole::Colours(*colours)]
    }

    fn costs(&self, facts: &Facts) -> Costs {
        Costs {
            controls: Some(Formula::exactly("e", facts.channels)),
            tag_bits: Some(Formula::at_most("m s", facts.messages * facts.snapshots.max(1))),
            delay: None,
        }
    }
}

impl Explorable for LaiYang {}

impl Pack for Colours {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Pack::unpack(from).map(Self)
    }
}

pack_fields!(Count { snapshot, messages });

pack_fields!(Memory { taken, counts });

pack_fields!(Taken { snapshot, sent, incoming });

pack_fields!(Incoming { channel, received, announced, closed });
