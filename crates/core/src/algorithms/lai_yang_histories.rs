//! T. H. Lai and T. H. Yang, "On Distributed Snapshots", Information Processing Letters 25(3), 1987, 153-158, as the paper has
//! it: with histories. ([`super::lai_yang`] counts instead.)
//!
//! A process is white until it records and red from then on, and messages have the colour of their sender. *A red message
//! makes a white process record before it takes the message.* Everybody remembers which messages it has sent and which it
//! has received. *What was under way on a channel are the white messages sent without those received while white.* A
//! process that records sends a red message of its own on every channel, so that everybody gets to know, and encloses what
//! it has sent there: so the difference is taken where the channel ends.
//!
//! Nobody waits for what is under way, which is recorded before it comes. Needs no order in the channels. Costs one control
//! message a channel, one bit a snapshot and a number on every message, and room for all that was ever sent.

use super::counts::Counts;
use super::lai_yang::Colours;
use crate::algorithm::{Algorithm, Effect, Effects, Here};
use crate::event::ControlRole;
use crate::explore::{Explorable, Pack, pack_fields};
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::meters::{Costs, Facts, Formula};
use crate::rejected::Rejected;
use crate::riding::TagRole;

/// The algorithm of Lai and Yang, with histories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaiYangHistories {
    /// The snapshots that may be taken. A process remembers until it has recorded in all of them.
    pub planned: Colours,
}

impl Default for LaiYangHistories {
    /// Any snapshot may be taken.
    fn default() -> Self {
        Self { planned: Colours::all() }
    }
}

/// A red message that is none of the application's. What its sender sent on this channel is enclosed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dummy {
    /// The snapshot.
    pub snapshot: SnapshotId,
    /// How many white messages were sent on this channel: those of these numbers, from 1.
    pub sent: u32,
}

/// What rides on a message: the colours of its sender, in two halves, and its number on its channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    reds: [u32; 2],
    number: u32,
}

/// What a process remembers. What it has sent the world remembers for it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Memory {
    /// By outgoing channel: how many messages were sent.
    sent: Counts<ChannelId>,
    /// The messages received, by channel and number, in ascending order.
    received: Vec<(ChannelId, u32)>,
    taken: Vec<Taken>,
}

/// A snapshot for which a process has recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Taken {
    snapshot: SnapshotId,
    /// What was received before, on channels of which it is not known yet what was sent.
    received: Vec<(ChannelId, u32)>,
}

impl Tag {
    fn reds(self) -> Colours {
        let [low, high] = self.reds.map(u64::from);
        Colours(low | high << 32)
    }
}

impl Memory {
    fn reds(&self) -> Colours {
        Colours::of(self.taken.iter().map(|taken| taken.snapshot))
    }
}

impl LaiYangHistories {
    fn remembers(self, here: Here<'_>, memory: &Memory, channel: ChannelId) -> bool {
        here.topology().is_recorded(channel) && self.planned.without(memory.reds()) != Colours::default()
    }

    fn record(self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Dummy>) {
        here.begin(snapshot, out);
        for channel in here.outgoing() {
            let control = Dummy { snapshot, sent: memory.sent.get(channel) };
            out.push(Effect::Enclose { channel, histories: vec![channel], control });
        }
        let at = memory.taken.partition_point(|other| other.snapshot < snapshot);
        memory.taken.insert(at, Taken { snapshot, received: memory.received.clone() });
        if self.planned.without(memory.reds()) == Colours::default() {
            (memory.sent, memory.received) = (Counts::default(), Vec::new());
            out.extend(here.outgoing().map(|channel| Effect::Forget(channel, Vec::new())));
        }
    }
}

impl Algorithm for LaiYangHistories {
    type Memory = Memory;
    type Control = Dummy;
    type Tag = Tag;

    fn role(&self, dummy: &Dummy) -> ControlRole {
        ControlRole::Count { snapshot: dummy.snapshot, messages: dummy.sent }
    }

    fn may_initiate(&self, here: Here<'_>, memory: &Memory, snapshot: SnapshotId) -> Result<(), Rejected> {
        if memory.reds().is_red(snapshot) {
            return Err(Rejected::AlreadyRecorded { process: here.process, snapshot });
        }
        Ok(())
    }

    fn initiate(&self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Dummy>) {
        self.record(here, memory, snapshot, out);
    }

    fn send(&self, here: Here<'_>, memory: &mut Memory, channel: ChannelId, out: &mut Effects<Dummy>) -> Tag {
        if self.remembers(here, memory, channel) {
            memory.sent.add(channel, 1);
            out.push(Effect::Remember(channel, memory.sent.get(channel)));
        }
        let reds = memory.reds().0;
        let half = |shift: u32| u32::try_from(reds >> shift & u64::from(u32::MAX)).unwrap_or_default();
        Tag { reds: [half(0), half(32)], number: memory.sent.get(channel) }
    }

    fn receive(&self, here: Here<'_>, memory: &mut Memory, channel: ChannelId, tag: &Tag, out: &mut Effects<Dummy>) {
        for snapshot in tag.reds().without(memory.reds()).snapshots() {
            self.record(here, memory, snapshot, out);
        }
        if self.remembers(here, memory, channel) {
            let received = (channel, tag.number);
            let at = memory.received.partition_point(|other| *other < received);
            memory.received.insert(at, received);
        }
    }

    fn control(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        dummy: &Dummy,
        out: &mut Effects<Dummy>,
    ) {
        let snapshot = dummy.snapshot;
        if !memory.reds().is_red(snapshot) {
            self.record(here, memory, snapshot, out);
        }
        let Some(taken) = memory.taken.iter_mut().find(|taken| taken.snapshot == snapshot) else { return };
        let numbers = (1..=dummy.sent).filter(|number| taken.received.binary_search(&(channel, *number)).is_err());
        out.push(Effect::Settle { snapshot, channel, numbers: numbers.collect() });
        out.push(Effect::Forget(channel, Vec::new()));
        taken.received.retain(|(of, _)| *of != channel);
    }

    fn tag_roles(&self, tag: &Tag, _to: ProcessId) -> Vec<TagRole> {
        vec![TagRole::Colours(tag.reds()), TagRole::Number(tag.number)]
    }

    fn costs(&self, facts: &Facts) -> Costs {
        Costs { controls: Some(Formula::exactly("e", facts.channels)), tag_bits: None, delay: None }
    }
}

impl Explorable for LaiYangHistories {}

pack_fields!(Dummy { snapshot, sent });

impl Pack for Tag {
    fn pack(&self, out: &mut Vec<u8>) {
        self.reds.iter().for_each(|half| half.pack(out));
        self.number.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Some(Self { reds: [Pack::unpack(from)?, Pack::unpack(from)?], number: Pack::unpack(from)? })
    }
}

pack_fields!(Memory { sent, received, taken });

pack_fields!(Taken { snapshot, received });
