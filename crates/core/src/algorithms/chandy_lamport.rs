//! K. M. Chandy and L. Lamport, "Distributed Snapshots: Determining Global States of Distributed Systems",
//! ACM Transactions on Computer Systems 3(1), 1985, 63-75; section 3.1, the two rules.
//!
//! *Marker-sending rule*: a process records its state and then, before it sends anything else, sends one marker on
//! every outgoing channel. *Marker-receiving rule*: on the first marker a process records its state and the channel
//! of that marker as empty; on a later one it takes as the state of that marker's channel the messages that came on
//! it since it recorded.
//!
//! Several snapshots run side by side, each marker carrying the number of its own; several processes may initiate
//! the same one. Needs FIFO channels. Costs one marker a channel; completes if every process can be reached from
//! an initiator.

mod collect;
mod costs;
mod members;

pub use collect::Collect;

use crate::algorithm::{Algorithm, Arriving, Effect, Effects, Here, Lack};
use crate::event::ControlRole;
use crate::explore::Pack;
use crate::ids::{ChannelId, ProcessId, SnapshotId, TimerId};
use crate::meters::{Costs, Facts};
use crate::rejected::Rejected;
use crate::system::System;

/// The algorithm of Chandy and Lamport.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ChandyLamport {
    /// When a process that has recorded sends its markers.
    pub markers: Markers,
    /// How the recorded parts come together.
    pub collect: Collect,
    /// What a process does with a marker that it has had before.
    pub repeats: Repeats,
    /// What happens when a marker does not come.
    pub time_outs: TimeOuts,
}

/// What happens when a marker does not come. The channels of the paper lose none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum TimeOuts {
    /// One waits.
    #[default]
    None,
    /// A sender may send its marker again, behind whatever it has sent since; a receiver may close a channel with what
    /// has come by then. Wrong, both: for showing that it takes numbers on everything that a channel carries.
    Naive,
}

/// What a process does with a marker that it has had before. There are none unless the network makes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Repeats {
    /// Nothing.
    #[default]
    Ignored,
    /// What the marker-receiving rule says of a later marker, word by word, once more: the state of the channel is all
    /// that came on it between recording and this marker. Wrong; for showing why repeats have to be ignored.
    Heeded,
}

/// When a process that has recorded sends its markers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Markers {
    /// In the same step, on all outgoing channels.
    #[default]
    AtOnce,
    /// Channel by channel, each in a step of its own; an application message waits until the marker on its channel
    /// has gone. As good as at once.
    OneByOne,
    /// Channel by channel, without waiting: wrong, since a message may then overtake the marker that it belongs
    /// behind. For showing why the rule says "before it sends anything else".
    OneByOneUnguarded,
}

/// The timer that stands for a marker that is still to be sent.
#[must_use]
pub fn owed_marker(snapshot: SnapshotId, channel: ChannelId) -> TimerId {
    TimerId(u32::from(snapshot.0) << 16 | u32::from(channel.0))
}

/// The marker that such a timer stands for: of which snapshot, and on which channel it goes.
#[must_use]
pub fn marker_owed_by(timer: TimerId) -> (SnapshotId, ChannelId) {
    let low = |number: u32| u16::try_from(number & 0xFFFF).unwrap_or(u16::MAX);
    (SnapshotId(low(timer.0 >> 16 & 0x3FFF)), ChannelId(low(timer.0)))
}

/// Which of the naive time-outs a timer stands for: sending a marker again, or closing a channel without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimedOut {
    /// The sender has heard nothing, and sends the marker again.
    Resend,
    /// The receiver has waited long enough, and closes the channel.
    Close,
}

impl TimedOut {
    fn bits(self) -> u32 {
        match self {
            Self::Resend => 1 << 30,
            Self::Close => 2 << 30,
        }
    }

    /// The timer that stands for it.
    #[must_use]
    pub fn timer(self, snapshot: SnapshotId, channel: ChannelId) -> TimerId {
        TimerId(owed_marker(snapshot, channel).0 | self.bits())
    }

    /// What a timer stands for, if it is a time-out.
    fn of(timer: TimerId) -> Option<Self> {
        [Self::Resend, Self::Close].into_iter().find(|kind| timer.0 & 3 << 30 == kind.bits())
    }
}

/// The snapshots whose markers are still to be sent on a channel, by the timers of its sender; lowest number first.
#[must_use]
pub fn owed_on(channel: ChannelId, timers: &[TimerId]) -> Vec<SnapshotId> {
    let owed = timers.iter().map(|timer| marker_owed_by(*timer));
    let mut snapshots: Vec<SnapshotId> = owed.filter(|(_, on)| *on == channel).map(|(snapshot, _)| snapshot).collect();
    snapshots.sort_unstable();
    snapshots
}

/// What goes from process to process besides application messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// Separates what its sender sent before recording from what it sent after.
    Marker {
        /// The snapshot.
        snapshot: SnapshotId,
        /// Where parts are collected along the tree, who sent its sender the first marker.
        parent: Option<ProcessId>,
    },
    /// Brings recorded parts along.
    Report(Report),
    /// The last word of who leaves.
    Leave,
}

/// The names of recorded parts; the world attaches the parts themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The snapshot.
    pub snapshot: SnapshotId,
    /// Whose parts; first that of the process that put them together.
    pub parts: Vec<ProcessId>,
}

/// The snapshots for which a process has recorded its state, with the incoming channels that it still records.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Memory {
    taken: Vec<(SnapshotId, Vec<ChannelId>)>,
    /// How many channels all these still record, so that a step which none of them concerns looks no further.
    open: usize,
    owed: Vec<(SnapshotId, ChannelId)>,
    /// For collecting, by snapshot.
    gatherings: Vec<collect::Gathering>,
    /// The snapshots that this process, as an initiator, has put together.
    assembled: Vec<SnapshotId>,
    /// The channels on which the last word has come.
    ended: Vec<ChannelId>,
}

impl Memory {
    fn has_recorded(&self, snapshot: SnapshotId) -> bool {
        self.taken.iter().any(|(taken, _)| *taken == snapshot)
    }

    /// Removes the channel from those being recorded; whether it was one of them.
    fn stop(&mut self, snapshot: SnapshotId, channel: ChannelId) -> bool {
        let Some((_, open)) = self.taken.iter_mut().find(|(taken, _)| *taken == snapshot) else { return false };
        let Some(at) = open.iter().position(|c| *c == channel) else { return false };
        open.remove(at);
        self.open -= 1;
        true
    }
}

impl Pack for Memory {
    fn pack(&self, out: &mut Vec<u8>) {
        self.taken.pack(out);
        self.owed.pack(out);
        self.gatherings.pack(out);
        self.assembled.pack(out);
        self.ended.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let (taken, owed): (Vec<(SnapshotId, Vec<ChannelId>)>, _) = (Pack::unpack(from)?, Pack::unpack(from)?);
        let open = taken.iter().map(|(_, open)| open.len()).sum();
        let (gatherings, assembled, ended) = (Pack::unpack(from)?, Pack::unpack(from)?, Pack::unpack(from)?);
        Some(Self { taken, open, owed, gatherings, assembled, ended })
    }
}

impl ChandyLamport {
    /// Records the state, opens every incoming channel but `via`, which is recorded as empty, and applies the
    /// marker-sending rule.
    fn record(
        self,
        here: Here<'_>,
        memory: &mut Memory,
        snapshot: SnapshotId,
        via: Option<ChannelId>,
        out: &mut Effects<Control>,
    ) {
        out.push(Effect::Record(snapshot));
        let incoming: Vec<ChannelId> = here.incoming().filter(|channel| !memory.ended.contains(channel)).collect();
        out.extend(incoming.iter().map(|channel| Effect::Open(snapshot, *channel)));
        let open: Vec<ChannelId> = incoming.into_iter().filter(|channel| Some(*channel) != via).collect();
        memory.open += open.len();
        // Sorted, so that equal situations are equal memories whatever came first.
        memory.taken.push((snapshot, open));
        memory.taken.sort_unstable();
        out.extend(via.map(|channel| Effect::Close(snapshot, channel)));
        if self.time_outs == TimeOuts::Naive {
            let waits = here.incoming().filter(|channel| Some(*channel) != via);
            out.extend(waits.map(|channel| Effect::SetTimer(TimedOut::Close.timer(snapshot, channel))));
            out.extend(here.outgoing().map(|c| Effect::SetTimer(TimedOut::Resend.timer(snapshot, c))));
        }
        self.joined(memory, snapshot, via);
        if self.markers == Markers::AtOnce {
            let parent = self.parent(here, memory, snapshot);
            let marker = |channel| Effect::SendControl(channel, Control::Marker { snapshot, parent });
            out.extend(here.outgoing().map(marker));
        } else {
            memory.owed.extend(here.outgoing().map(|channel| (snapshot, channel)));
            memory.owed.sort_unstable();
            out.extend(here.outgoing().map(|channel| Effect::SetTimer(owed_marker(snapshot, channel))));
        }
    }
}

impl ChandyLamport {
    /// An application message has come while some channel is recorded.
    #[inline(never)]
    fn keep(self, memory: &Memory, channel: ChannelId, out: &mut Effects<Control>) {
        for (snapshot, open) in &memory.taken {
            if open.contains(&channel) {
                out.push(Effect::Keep(*snapshot));
            } else if self.repeats == Repeats::Heeded {
                out.push(Effect::SetAside(*snapshot));
            }
        }
    }

    fn timed_out(
        self,
        kind: TimedOut,
        memory: &mut Memory,
        (snapshot, channel): (SnapshotId, ChannelId),
        out: &mut Effects<Control>,
    ) {
        match kind {
            TimedOut::Resend => {
                out.push(Effect::SendControl(channel, Control::Marker { snapshot, parent: None }));
                out.push(Effect::SetTimer(kind.timer(snapshot, channel)));
            }
            TimedOut::Close if memory.stop(snapshot, channel) => out.push(Effect::Close(snapshot, channel)),
            TimedOut::Close => {}
        }
    }
}

impl Algorithm for ChandyLamport {
    type Memory = Memory;
    type Control = Control;
    type Tag = ();

    fn role(&self, control: &Control) -> ControlRole {
        match control {
            Control::Leave => ControlRole::Leave,
            Control::Marker { snapshot, .. } => ControlRole::Marker(*snapshot),
            Control::Report(Report { snapshot, parts }) => {
                let count = u16::try_from(parts.len()).unwrap_or(u16::MAX);
                ControlRole::Report {
                    snapshot: *snapshot,
                    part: parts.first().copied().unwrap_or_default(),
                    parts: count,
                }
            }
        }
    }

    fn may_initiate(&self, here: Here<'_>, memory: &Memory, snapshot: SnapshotId) -> Result<(), Rejected> {
        if memory.has_recorded(snapshot) {
            return Err(Rejected::AlreadyRecorded { process: here.process, snapshot });
        }
        Ok(())
    }

    #[inline(always)]
    fn may_send(&self, _here: Here<'_>, memory: &Memory, channel: ChannelId) -> Result<(), Rejected> {
        if self.markers == Markers::OneByOne && memory.owed.iter().any(|(_, owed)| *owed == channel) {
            return Err(Rejected::MarkerOwed { channel });
        }
        Ok(())
    }

    fn initiate(&self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Control>) {
        self.record(here, memory, snapshot, None, out);
        self.advance(here, memory, snapshot, out);
    }

    #[inline(always)]
    fn send(&self, _here: Here<'_>, _memory: &mut Memory, _channel: ChannelId, _out: &mut Effects<Control>) {}

    #[inline(always)]
    fn receive(&self, _here: Here<'_>, memory: &mut Memory, channel: ChannelId, (): &(), out: &mut Effects<Control>) {
        if memory.open > 0 || self.repeats == Repeats::Heeded {
            self.keep(memory, channel, out);
        }
    }

    fn control(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        control: &Control,
        out: &mut Effects<Control>,
    ) {
        let (snapshot, parent) = match control {
            Control::Marker { snapshot, parent } => (*snapshot, *parent),
            Control::Report(report) => return self.report_came(here, memory, channel, report, out),
            Control::Leave => return Self::last_word(memory, channel, out),
        };
        self.learn(here, memory, channel, snapshot, parent);
        if !memory.has_recorded(snapshot) {
            self.record(here, memory, snapshot, Some(channel), out);
        } else if memory.stop(snapshot, channel) {
            out.push(Effect::Close(snapshot, channel));
        } else if self.repeats == Repeats::Heeded {
            out.push(Effect::TakeIn(snapshot, channel));
        }
        self.advance(here, memory, snapshot, out);
    }

    fn ring(&self, here: Here<'_>, memory: &mut Memory, timer: TimerId, out: &mut Effects<Control>) {
        let (snapshot, channel) = marker_owed_by(timer);
        if let Some(kind) = TimedOut::of(timer) {
            return self.timed_out(kind, memory, (snapshot, channel), out);
        }
        if let Some(at) = memory.owed.iter().position(|owed| *owed == (snapshot, channel)) {
            memory.owed.remove(at);
            let parent = self.parent(here, memory, snapshot);
            out.push(Effect::SendControl(channel, Control::Marker { snapshot, parent }));
        }
    }

    fn lets_members_change(&self) -> bool {
        self.members_may_change()
    }

    fn welcome(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        newcomer: ProcessId,
        open: &[SnapshotId],
        out: &mut Effects<Control>,
    ) {
        Self::welcomes(here, memory, newcomer, open, out);
    }

    fn may_leave(&self, here: Here<'_>, memory: &Memory) -> Result<(), Rejected> {
        Self::may_go(here, memory)
    }

    fn leave(&self, here: Here<'_>, _memory: &mut Memory, out: &mut Effects<Control>) {
        out.extend(here.outgoing().map(|channel| Effect::SendControl(channel, Control::Leave)));
    }

    fn bits(&self, carried: Arriving<'_, Self>) -> Option<u32> {
        Some(match carried {
            Arriving::Message(()) => 0,
            Arriving::Control(control) => self.bits_of(control),
        })
    }

    fn costs(&self, facts: &Facts) -> Costs {
        self.expected_costs(facts)
    }

    fn lacks(&self, system: &System) -> Option<Lack> {
        system.topology.without_order().map(Lack::Order)
    }
}
