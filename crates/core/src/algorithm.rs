//! What a snapshot algorithm is to the world.
//!
//! An algorithm is a set of handlers over a memory that each process keeps for it. A handler sees where it runs and
//! what came, never an application state, and it changes nothing but its memory: whatever else it wants it asks
//! for as an [`Effect`], which the world performs. So an algorithm cannot forge what it records.
//!
//! The `may_` questions are asked before anything changes and decide whether an action is refused; the handlers
//! after them cannot fail. Together they fit marker algorithms (control messages), colour and clock algorithms
//! (tags on application messages), algorithms that hold messages back (`may_send`, `may_receive`) and algorithms
//! with time-outs (timers), on FIFO and on unordered channels.

use crate::absent::Absent;
use crate::event::ControlRole;
use crate::ids::{ChannelId, ProcessId, SnapshotId, TimerId};
use crate::meters::{Costs, Facts};
use crate::rejected::Rejected;
use crate::riding::TagRole;
use crate::system::System;
use crate::time::Time;
use crate::topology::Topology;
use std::fmt::Debug;
use std::sync::Arc;

/// A snapshot algorithm.
pub trait Algorithm: Clone + Debug {
    /// What each process remembers for the algorithm.
    type Memory: Clone + Debug + PartialEq + Default;
    /// What a control message says.
    type Control: Clone + Debug + PartialEq;
    /// What rides on every application message.
    type Tag: Clone + Debug + PartialEq;

    /// What a process remembers before anything has happened.
    fn blank(&self) -> Self::Memory {
        Self::Memory::default()
    }

    /// What a control message means to somebody who does not know the algorithm.
    fn role(&self, control: &Self::Control) -> ControlRole;

    /// Whether the process may start or join `snapshot` of its own accord.
    ///
    /// # Errors
    /// Why not.
    fn may_initiate(&self, here: Here<'_>, memory: &Self::Memory, snapshot: SnapshotId) -> Result<(), Rejected>;

    /// Whether an application message may leave on `channel` now.
    ///
    /// # Errors
    /// Why not.
    fn may_send(&self, _here: Here<'_>, _memory: &Self::Memory, _channel: ChannelId) -> Result<(), Rejected> {
        Ok(())
    }

    /// Whether this item may be taken from `channel` now; if not, it stays there.
    ///
    /// # Errors
    /// Why not.
    fn may_receive(
        &self,
        _here: Here<'_>,
        _memory: &Self::Memory,
        _channel: ChannelId,
        _arriving: Arriving<'_, Self>,
    ) -> Result<(), Rejected> {
        Ok(())
    }

    /// The process starts or joins `snapshot` of its own accord.
    fn initiate(
        &self,
        here: Here<'_>,
        memory: &mut Self::Memory,
        snapshot: SnapshotId,
        out: &mut Effects<Self::Control>,
    );

    /// An application message is about to leave; the answer rides on it. Effects come before the message.
    fn send(
        &self,
        here: Here<'_>,
        memory: &mut Self::Memory,
        channel: ChannelId,
        out: &mut Effects<Self::Control>,
    ) -> Self::Tag;

    /// An application message has arrived. Effects come before the application takes it.
    fn receive(
        &self,
        here: Here<'_>,
        memory: &mut Self::Memory,
        channel: ChannelId,
        tag: &Self::Tag,
        out: &mut Effects<Self::Control>,
    );

    /// A control message has arrived.
    fn control(
        &self,
        here: Here<'_>,
        memory: &mut Self::Memory,
        channel: ChannelId,
        control: &Self::Control,
        out: &mut Effects<Self::Control>,
    );

    /// A timer that this algorithm set here has gone off.
    fn ring(&self, _here: Here<'_>, _memory: &mut Self::Memory, _timer: TimerId, _out: &mut Effects<Self::Control>) {}

    /// The application here has done something by itself, and now does nothing more until something comes. Effects come after.
    fn rested(&self, _here: Here<'_>, _memory: &mut Self::Memory, _out: &mut Effects<Self::Control>) {}

    /// Whether a process that records makes others record, by what it sends. If not, each has to be told.
    fn spreads(&self) -> bool {
        true
    }

    /// Whether a snapshot has one initiator, and nobody joins it of its own accord.
    fn has_one_initiator(&self) -> bool {
        false
    }

    /// Whether it leaves channels to the transport, which then has to keep copies of what is sent.
    fn leaves_channels(&self) -> bool {
        false
    }

    /// Whether processes may join and leave while it is at work.
    fn lets_members_change(&self) -> bool {
        false
    }

    /// A newcomer has joined. `open` are the snapshots that are not complete: to others it does not belong.
    fn welcome(
        &self,
        _here: Here<'_>,
        _memory: &mut Self::Memory,
        _newcomer: ProcessId,
        _open: &[SnapshotId],
        _out: &mut Effects<Self::Control>,
    ) {
    }

    /// Whether the process may leave now.
    ///
    /// # Errors
    /// Why not.
    fn may_leave(&self, _here: Here<'_>, _memory: &Self::Memory) -> Result<(), Rejected> {
        Ok(())
    }

    /// The process leaves. Nothing happens there any more.
    fn leave(&self, _here: Here<'_>, _memory: &mut Self::Memory, _out: &mut Effects<Self::Control>) {}

    /// How many bits a control message takes, or a tag, written without waste; none where the algorithm does not say.
    fn bits(&self, _carried: Arriving<'_, Self>) -> Option<u32> {
        None
    }

    /// What a message's tag means to somebody who does not know the algorithm, and what of it matters to its receiver; nothing
    /// if nothing rides on any message.
    fn tag_roles(&self, _tag: &Self::Tag, _to: ProcessId) -> Vec<TagRole> {
        Vec::new()
    }

    /// What the theory says that a snapshot costs, as far as the algorithm knows.
    fn costs(&self, _facts: &Facts) -> Costs {
        Costs::default()
    }

    /// What the algorithm takes for granted and this system does not grant; none if it can be right here.
    fn lacks(&self, _system: &System) -> Option<Lack> {
        None
    }
}

/// What an algorithm takes for granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// This channel would have to hand over in the order of sending.
    Order(ChannelId),
    /// Recorded channels form a circle without a feedback channel on it.
    Feedback,
    /// Work would have to begin at one process, and at no other.
    OneBeginner,
    /// There would have to be a control channel from the one process to the other.
    ControlChannel(ProcessId, ProcessId),
}

/// Where a handler runs. As small as can be, since it is handed from one function to the next at every step.
#[derive(Clone, Copy, Debug)]
pub struct Here<'a> {
    /// The process.
    pub process: ProcessId,
    pub(crate) around: &'a Surroundings,
}

/// The system around a process, and the moment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Surroundings {
    pub(crate) system: Arc<System>,
    pub(crate) absent: Absent,
    /// What time it is, by a clock that nobody in the system can see.
    pub(crate) now: Time,
    /// The first snapshot that no restoration has left behind.
    pub(crate) first: SnapshotId,
}

impl<'a> Here<'a> {
    /// The system around the process.
    #[must_use]
    pub fn topology(self) -> &'a Topology {
        &self.around.system.topology
    }

    /// The channels into this process, from processes that take part in snapshots and have joined.
    pub fn incoming(self) -> impl Iterator<Item = ChannelId> + 'a {
        let absent = &self.around.absent;
        let is_there = move |channel: &ChannelId| absent.have_met(self.topology().channel(*channel).from, self.process);
        self.recorded(self.topology().incoming(self.process)).filter(is_there)
    }

    /// The channels out of this process, to processes that take part in snapshots and are there.
    pub fn outgoing(self) -> impl Iterator<Item = ChannelId> + 'a {
        let absent = &self.around.absent;
        let is_there = move |channel: &ChannelId| !absent.has(self.topology().channel(*channel).to);
        self.recorded(self.topology().outgoing(self.process)).filter(is_there)
    }

    /// Records the state and begins to record every incoming channel, which is how every snapshot begins at a process.
    pub(crate) fn begin<C>(self, snapshot: SnapshotId, out: &mut Effects<C>) {
        out.push(Effect::Record(snapshot));
        out.extend(self.incoming().map(|channel| Effect::Open(snapshot, channel)));
    }

    /// The least number that a snapshot may have: those below were left behind when the run last went back to a recorded
    /// state, and nothing of the present belongs to them.
    #[must_use]
    pub fn first_snapshot(self) -> SnapshotId {
        self.around.first
    }

    /// What the clock of this process reads.
    #[must_use]
    pub fn clock(self) -> i64 {
        self.topology().clock(self.process).reads(self.around.now)
    }

    /// The control channels out of this process.
    pub fn control(self) -> impl Iterator<Item = ChannelId> + 'a {
        let outgoing = self.topology().outgoing(self.process).iter().copied();
        outgoing.filter(move |channel| self.topology().is_for_control(*channel))
    }

    /// The control channel from this process to another.
    #[must_use]
    pub fn control_to(self, other: ProcessId) -> Option<ChannelId> {
        self.control().find(|channel| self.topology().channel(*channel).to == other)
    }

    /// The channel on which the algorithm reaches another process: one for control messages if there is one, else any.
    #[must_use]
    pub fn way_to(self, other: ProcessId) -> Option<ChannelId> {
        self.topology().way(self.process, other)
    }

    /// The other processes that take part in snapshots, from the next one in the order of declaration around to the one before.
    pub fn others(self) -> impl Iterator<Item = ProcessId> + Clone + 'a {
        let count = self.topology().process_count();
        let around = (1..count).map(move |distance| ProcessId::at((self.process.index() + distance) % count));
        around.filter(move |other| self.topology().takes_part(*other))
    }

    fn recorded(self, channels: &'a [ChannelId]) -> impl Iterator<Item = ChannelId> + 'a {
        channels.iter().copied().filter(move |channel| self.topology().is_recorded(*channel))
    }
}

/// What stands before a process and may be let in.
#[derive(Debug)]
pub enum Arriving<'a, A: Algorithm> {
    /// An application message with this tag.
    Message(&'a A::Tag),
    /// A control message.
    Control(&'a A::Control),
}

/// What an algorithm asks the world to do on behalf of the process at which its handler runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect<C> {
    /// Record the state that the process has now.
    Record(SnapshotId),
    /// Begin to record this incoming channel.
    Open(SnapshotId, ChannelId),
    /// Add the application message that is arriving to the recorded state of its channel.
    Keep(SnapshotId),
    /// Put the application message that is arriving aside, beside the recorded state of its channel.
    SetAside(SnapshotId),
    /// Add the messages that were put aside for this incoming channel to its recorded state.
    TakeIn(SnapshotId, ChannelId),
    /// Finish recording this incoming channel.
    Close(SnapshotId, ChannelId),
    /// Add the application message that is leaving on this channel to the channel's history here, under this number.
    Remember(ChannelId, u32),
    /// Send a control message with what this process remembers of its outgoing channels enclosed. At the receiver it is kept
    /// with what has come so before.
    Enclose {
        /// The outgoing channel.
        channel: ChannelId,
        /// Whose histories.
        histories: Vec<ChannelId>,
        /// The control message.
        control: C,
    },
    /// Record these messages, by their numbers, as what was under way on a channel, and finish its recording, unless that is
    /// done. They are taken from the history of the channel that is here, so it has to have come.
    Settle {
        /// The snapshot.
        snapshot: SnapshotId,
        /// Any channel.
        channel: ChannelId,
        /// Which messages.
        numbers: Vec<u32>,
    },
    /// Forget what is here of the history of a channel into or out of this process, but for the messages of these numbers.
    Forget(ChannelId, Vec<u32>),
    /// Note the state that the process has now, to be found again under this number.
    Note(u32),
    /// Record the state that was noted here under this number.
    Recall(SnapshotId, u32),
    /// Leave this incoming channel to the transport: what is under way there is not recorded, and will be sent again
    /// from copies if it comes to that.
    Leave(SnapshotId, ChannelId),
    /// Forget what was recorded here: the state, and the channels into this process.
    Discard(SnapshotId),
    /// The snapshot is what has been recorded by now. Whoever has recorded nothing stands by what it recorded for the
    /// last concluded one, or by its initial state.
    Conclude(SnapshotId),
    /// Send a control message on this outgoing channel.
    SendControl(ChannelId, C),
    /// Send a control message that brings recorded parts of a snapshot along: the parts of these processes, as far
    /// as they are here. The world attaches what was recorded.
    Report {
        /// The outgoing channel.
        channel: ChannelId,
        /// The snapshot.
        snapshot: SnapshotId,
        /// Whose parts.
        parts: Vec<ProcessId>,
        /// The control message.
        control: C,
    },
    /// Put the parts that have come here together; they are all of them.
    Assemble(SnapshotId),
    /// Announce what this algorithm is there to find out.
    Announce,
    /// Set a timer here. When it goes off is the scheduler's choice.
    SetTimer(TimerId),
}

impl<C> Effect<C> {
    /// The same with another control message.
    pub fn map<D>(self, change: impl FnOnce(C) -> D) -> Effect<D> {
        match self {
            Self::Record(snapshot) => Effect::Record(snapshot),
            Self::Open(snapshot, channel) => Effect::Open(snapshot, channel),
            Self::Keep(snapshot) => Effect::Keep(snapshot),
            Self::SetAside(snapshot) => Effect::SetAside(snapshot),
            Self::TakeIn(snapshot, channel) => Effect::TakeIn(snapshot, channel),
            Self::Close(snapshot, channel) => Effect::Close(snapshot, channel),
            Self::Remember(channel, number) => Effect::Remember(channel, number),
            Self::Enclose { channel, histories, control } => {
                Effect::Enclose { channel, histories, control: change(control) }
            }
            Self::Settle { snapshot, channel, numbers } => Effect::Settle { snapshot, channel, numbers },
            Self::Forget(channel, but) => Effect::Forget(channel, but),
            Self::Note(number) => Effect::Note(number),
            Self::Recall(snapshot, number) => Effect::Recall(snapshot, number),
            Self::Leave(snapshot, channel) => Effect::Leave(snapshot, channel),
            Self::Discard(snapshot) => Effect::Discard(snapshot),
            Self::Conclude(snapshot) => Effect::Conclude(snapshot),
            Self::SendControl(channel, control) => Effect::SendControl(channel, change(control)),
            Self::Report { channel, snapshot, parts, control } => {
                Effect::Report { channel, snapshot, parts, control: change(control) }
            }
            Self::Assemble(snapshot) => Effect::Assemble(snapshot),
            Self::Announce => Effect::Announce,
            Self::SetTimer(timer) => Effect::SetTimer(timer),
        }
    }
}

/// The effects that a handler asks for, in their order.
pub type Effects<C> = Vec<Effect<C>>;
