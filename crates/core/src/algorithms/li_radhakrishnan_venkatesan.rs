//! H. F. Li, T. Radhakrishnan and K. Venkatesh, "Global state detection in non-FIFO networks", ICDCS 1987, 364-370 (known by
//! these names, and as that of Li, Radhakrishnan and Venkatesan): snapshots one after the other, with numbers in place of
//! colours.
//!
//! Every message and every marker carries the number of its sender's last snapshot. *Whoever gets a greater number than its
//! own records first, for all up to that.* A process that records sends a marker on every channel, with what it sent there
//! since it recorded before, and forgets that. *What was under way on a channel now is what was under way then, and what
//! was sent since, without what was received since.* So nobody keeps more of the past than reaches back to the last
//! snapshot, and what is still under way.
//!
//! Numbers begin with the first that no restoration has left behind. Needs no order in the channels: a marker that comes before that of the last snapshot waits for it. A process starts a
//! snapshot when its part in the last is complete. Costs one marker a channel, two numbers on every message.

use super::counts::Counts;
use crate::algorithm::{Algorithm, Effect, Effects, Here};
use crate::event::ControlRole;
use crate::explore::{Explorable, Pack, pack_fields};
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::meters::{Costs, Facts, Formula};
use crate::rejected::Rejected;
use crate::riding::TagRole;
use crate::world::MAX_SNAPSHOTS;

/// The algorithm of Li, Radhakrishnan and Venkatesan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiRadhakrishnanVenkatesan {
    /// How many snapshots may be taken. A process remembers until it has recorded in all of them.
    pub planned: u16,
}

impl Default for LiRadhakrishnanVenkatesan {
    /// Any snapshot may be taken.
    fn default() -> Self {
        Self { planned: MAX_SNAPSHOTS }
    }
}

/// Which messages were sent on a channel between two recordings of its sender: those above a number up to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// The later of the two.
    pub snapshot: SnapshotId,
    /// Above this.
    pub above: u32,
    /// Up to this.
    pub up_to: u32,
}

/// What rides on a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// One more than the number of the snapshot that its sender recorded in last.
    recorded: u16,
    /// Its number on its channel.
    number: u32,
}

/// What a process remembers. What it has sent since it recorded last the world remembers for it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Memory {
    /// One more than the number of the snapshot that it recorded in last; less than the first if in none.
    recorded: u16,
    /// By outgoing channel: how many messages were sent.
    sent: Counts<ChannelId>,
    /// The same when it recorded last.
    sent_before: Counts<ChannelId>,
    /// The incoming channels on which something has come.
    incoming: Vec<Incoming>,
}

/// A channel into a process.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Incoming {
    channel: ChannelId,
    /// The first snapshot of which its state is not known.
    settled: u16,
    /// What was under way in the last of these.
    under_way: Vec<u32>,
    /// What was received, in ascending order: before each of the recordings from there on, and since the last.
    received: Vec<Vec<u32>>,
    /// Markers that cannot be made use of yet.
    early: Vec<Marker>,
}

impl Memory {
    /// The first snapshot that it has not recorded in.
    fn next(&self, here: Here<'_>) -> u16 {
        self.recorded.max(here.first_snapshot().0)
    }

    fn incoming(&mut self, here: Here<'_>, channel: ChannelId) -> &mut Incoming {
        let (first, next) = (here.first_snapshot().0, self.next(here));
        let at = self.incoming.binary_search_by_key(&channel, |one| one.channel).unwrap_or_else(|at| {
            let received = vec![Vec::new(); usize::from(next - first) + 1];
            let new = Incoming { channel, settled: first, under_way: Vec::new(), received, early: Vec::new() };
            self.incoming.insert(at, new);
            at
        });
        &mut self.incoming[at]
    }

    /// Records for all snapshots before this many.
    fn record(&mut self, here: Here<'_>, so_many: u16, out: &mut Effects<Marker>) {
        self.recorded = self.next(here);
        while self.recorded < so_many {
            let snapshot = SnapshotId(self.recorded);
            here.begin(snapshot, out);
            for channel in here.outgoing() {
                let (above, up_to) = (self.sent_before.get(channel), self.sent.get(channel));
                let control = Marker { snapshot, above, up_to };
                out.push(Effect::Enclose { channel, histories: vec![channel], control });
                out.push(Effect::Forget(channel, Vec::new()));
            }
            self.sent_before = self.sent.clone();
            self.incoming.iter_mut().for_each(|one| one.received.push(Vec::new()));
            self.recorded += 1;
        }
    }
}

impl Incoming {
    /// Records the channel for each snapshot of which all is known that it takes.
    fn settle(&mut self, recorded: u16, out: &mut Effects<Marker>) {
        let channel = self.channel;
        while self.settled < recorded {
            let snapshot = SnapshotId(self.settled);
            let Some(at) = self.early.iter().position(|marker| marker.snapshot == snapshot) else { break };
            let marker = self.early.remove(at);
            let received = self.received.remove(0);
            self.under_way.extend(marker.above + 1..=marker.up_to);
            self.under_way.retain(|number| received.binary_search(number).is_err());
            out.push(Effect::Settle { snapshot, channel, numbers: self.under_way.clone() });
            self.settled += 1;
        }
        let announced = self.early.iter().flat_map(|marker| marker.above + 1..=marker.up_to);
        out.push(Effect::Forget(channel, self.under_way.iter().copied().chain(announced).collect()));
    }
}

impl LiRadhakrishnanVenkatesan {
    fn remembers(self, here: Here<'_>, memory: &Memory, channel: ChannelId) -> bool {
        here.topology().is_recorded(channel) && memory.next(here) < self.planned
    }
}

impl Algorithm for LiRadhakrishnanVenkatesan {
    type Memory = Memory;
    type Control = Marker;
    type Tag = Tag;

    fn role(&self, marker: &Marker) -> ControlRole {
        ControlRole::Count { snapshot: marker.snapshot, messages: marker.up_to - marker.above }
    }

    fn may_initiate(&self, here: Here<'_>, memory: &Memory, snapshot: SnapshotId) -> Result<(), Rejected> {
        if snapshot.0 < memory.next(here) {
            return Err(Rejected::AlreadyRecorded { process: here.process, snapshot });
        }
        let settled = |channel| {
            let known = memory.incoming.iter().find(|one| one.channel == channel);
            known.map_or(here.first_snapshot().0, |one| one.settled)
        };
        let complete = here.incoming().map(settled).min().unwrap_or(memory.next(here));
        if complete < snapshot.0 {
            return Err(Rejected::OneAtATime { snapshot: SnapshotId(complete) });
        }
        Ok(())
    }

    fn initiate(&self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Marker>) {
        memory.record(here, snapshot.0 + 1, out);
    }

    fn send(&self, here: Here<'_>, memory: &mut Memory, channel: ChannelId, out: &mut Effects<Marker>) -> Tag {
        if self.remembers(here, memory, channel) {
            memory.sent.add(channel, 1);
            out.push(Effect::Remember(channel, memory.sent.get(channel)));
        }
        Tag { recorded: memory.recorded, number: memory.sent.get(channel) }
    }

    fn receive(&self, here: Here<'_>, memory: &mut Memory, channel: ChannelId, tag: &Tag, out: &mut Effects<Marker>) {
        memory.record(here, tag.recorded, out);
        if self.remembers(here, memory, channel)
            && let Some(since) = memory.incoming(here, channel).received.last_mut()
        {
            since.insert(since.partition_point(|number| *number < tag.number), tag.number);
        }
    }

    fn control(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        marker: &Marker,
        out: &mut Effects<Marker>,
    ) {
        memory.record(here, marker.snapshot.0 + 1, out);
        let recorded = memory.recorded;
        let incoming = memory.incoming(here, channel);
        incoming.early.push(marker.clone());
        incoming.early.sort_unstable_by_key(|marker| marker.snapshot);
        incoming.settle(recorded, out);
    }

    fn tag_roles(&self, tag: &Tag, _to: ProcessId) -> Vec<TagRole> {
        vec![TagRole::Recorded(tag.recorded), TagRole::Number(tag.number)]
    }

    fn costs(&self, facts: &Facts) -> Costs {
        Costs { controls: Some(Formula::exactly("e", facts.channels)), tag_bits: None, delay: None }
    }
}

impl Explorable for LiRadhakrishnanVenkatesan {}

impl Pack for Marker {
    fn pack(&self, out: &mut Vec<u8>) {
        self.snapshot.pack(out);
        (self.above, self.up_to).pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let (snapshot, (above, up_to)) = (Pack::unpack(from)?, Pack::unpack(from)?);
        Some(Self { snapshot, above, up_to })
    }
}

pack_fields!(Tag { recorded, number });

pack_fields!(Memory { recorded, sent, sent_before, incoming });

pack_fields!(Incoming { channel, settled, under_way, received, early });
