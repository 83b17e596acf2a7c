//! Why the world refuses an action.

use crate::computation::{LocalState, Payload};
use crate::ids::{ChannelId, ProcessId, SnapshotId, TimerId};
use crate::time::Time;

/// A refusal. Nothing has changed; the fields say what a sentence about it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejected {
    /// There is no such process.
    NoSuchProcess(ProcessId),
    /// There is no such channel.
    NoSuchChannel(ChannelId),
    /// There is no rule at this place.
    NoSuchRule(u16),
    /// Nothing is in the channel, or fewer items than the position asks for.
    NothingThere {
        /// The channel.
        channel: ChannelId,
        /// How many items are in it.
        holds: u32,
    },
    /// The channel is FIFO and something else is at its head.
    NotAtTheHead {
        /// The channel.
        channel: ChannelId,
        /// How many items are ahead.
        ahead: u32,
    },
    /// The process has crashed, and does nothing.
    Crashed {
        /// The process.
        process: ProcessId,
    },
    /// The network is partitioned, and delivers nothing on this channel.
    CutOff {
        /// The channel.
        channel: ChannelId,
    },
    /// No channel that is not cut off already leads from one side to the other.
    CutsNothing,
    /// No channel is cut off.
    NothingToHeal,
    /// The application sends nothing on this channel.
    ForControl {
        /// The channel.
        channel: ChannelId,
    },
    /// This snapshot has to be complete before another begins.
    OneAtATime {
        /// The snapshot.
        snapshot: SnapshotId,
    },
    /// This snapshot has begun, and with this algorithm the next one takes a greater number.
    OutOfTurn {
        /// The snapshot.
        snapshot: SnapshotId,
    },
    /// This snapshot has begun, and the algorithm knows no second initiator.
    OneInitiator {
        /// The snapshot.
        snapshot: SnapshotId,
    },
    /// The algorithm needs a channel from one process to the other.
    NoWay {
        /// Where it would begin.
        from: ProcessId,
        /// Where it would lead.
        to: ProcessId,
    },
    /// The network has changed this item already.
    AlreadyCorrupted {
        /// The channel.
        channel: ChannelId,
    },
    /// There is no such item, or it is under way or has come.
    NotToSendAgain {
        /// The channel.
        channel: ChannelId,
        /// Its link number.
        number: u32,
    },
    /// Time does not go back, nor beyond its end.
    NotThen {
        /// The moment that was asked for.
        until: Time,
    },
    /// The clock of the process does not read so much yet.
    TooEarly {
        /// The process.
        process: ProcessId,
        /// What its clock reads.
        reads: i64,
        /// What it has to read.
        wanted: i64,
    },
    /// The algorithm takes no snapshots.
    NoSnapshots,
    /// Snapshots begin at sources, and the process is none.
    NoSource {
        /// The process.
        process: ProcessId,
    },
    /// The process is not there: it has not joined, or has left.
    NotHere {
        /// The process.
        process: ProcessId,
        /// Whether it was there once.
        has_left: bool,
    },
    /// The process is there, or has left for good.
    CannotJoin {
        /// The process.
        process: ProcessId,
        /// Whether it has left.
        has_left: bool,
    },
    /// The algorithm knows no members that come and go.
    FixedMembers,
    /// Something is on its way to who would leave.
    StillComing {
        /// The process.
        process: ProcessId,
        /// The channel that it is in.
        channel: ChannelId,
    },
    /// Who would leave has not handed over what it holds.
    StillHolds {
        /// The process.
        process: ProcessId,
        /// What it holds.
        holds: i64,
    },
    /// Who would leave still records channels for this snapshot.
    StillRecording {
        /// The process.
        process: ProcessId,
        /// The snapshot.
        snapshot: SnapshotId,
    },
    /// The snapshot was complete before the process joined.
    JoinedTooLate {
        /// The process.
        process: ProcessId,
        /// The snapshot.
        snapshot: SnapshotId,
    },
    /// Since this snapshot somebody has joined or left.
    MembersChanged {
        /// The snapshot.
        snapshot: SnapshotId,
    },
    /// The process takes no part in snapshots.
    TakesNoPart {
        /// The process.
        process: ProcessId,
    },
    /// The process has not crashed, so it cannot begin again.
    NotCrashed {
        /// The process.
        process: ProcessId,
    },
    /// A process cannot send more money than it has.
    NotEnough {
        /// The sender.
        process: ProcessId,
        /// What it has.
        has: i64,
        /// What it was asked to send.
        wanted: i64,
    },
    /// The process has done all the sends that it may do.
    NoSendsLeft {
        /// The sender.
        process: ProcessId,
    },
    /// The process is passive, and only an active one does anything.
    Passive {
        /// The process.
        process: ProcessId,
    },
    /// The process waits, and only one that runs does anything.
    Waits {
        /// The process.
        process: ProcessId,
    },
    /// An amount must be at least 1.
    NotAnAmount(i64),
    /// In its present state the process has no rule for sending this here.
    NoRuleToSend {
        /// The sender.
        process: ProcessId,
        /// Its state.
        state: LocalState,
        /// The channel.
        channel: ChannelId,
        /// What it was asked to send.
        payload: Payload,
    },
    /// In its present state the process has no rule for receiving this, so it stays at the channel's head.
    NoRuleToReceive {
        /// The receiver.
        process: ProcessId,
        /// Its state.
        state: LocalState,
        /// The channel.
        channel: ChannelId,
        /// What waits there.
        payload: Payload,
    },
    /// In its present state the process has nothing of this kind to do by itself.
    NoRuleToAct {
        /// The process.
        process: ProcessId,
        /// Its state.
        state: LocalState,
    },
    /// The process has recorded its state for this snapshot; it does so once.
    AlreadyRecorded {
        /// The process.
        process: ProcessId,
        /// The snapshot.
        snapshot: SnapshotId,
    },
    /// The snapshot's number is above the limit.
    TooManySnapshots {
        /// The limit.
        limit: u16,
    },
    /// Only a complete snapshot can be restored.
    NotComplete {
        /// The snapshot.
        snapshot: SnapshotId,
    },
    /// Not everything is recorded in this snapshot: the transport would have to send again what was under way.
    Partial {
        /// The snapshot.
        snapshot: SnapshotId,
    },
    /// The run has gone back to a recorded state since this snapshot was begun; a new one takes a new number.
    LeftBehind {
        /// The snapshot.
        snapshot: SnapshotId,
    },
    /// The run has as many actions as a history holds.
    TooLong {
        /// The limit.
        limit: u32,
    },
    /// No such timer is set.
    NoSuchTimer {
        /// The process.
        process: ProcessId,
        /// The timer.
        timer: TimerId,
    },
    /// The process has recorded its state and owes this channel a marker, which has to go first.
    MarkerOwed {
        /// The channel.
        channel: ChannelId,
    },
    /// The algorithm lets nothing out on this channel for now.
    SendHeld {
        /// The channel.
        channel: ChannelId,
    },
    /// The algorithm takes nothing in from this channel for now.
    ReceiveHeld {
        /// The channel.
        channel: ChannelId,
    },
}
