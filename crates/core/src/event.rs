//! What happened.

use crate::computation::{LocalState, Payload};
use crate::group::Group;
use crate::ids::{ChannelId, ControlId, MessageId, ProcessId, SnapshotId, TimerId};
use crate::time::Time;
use crate::topology::Topology;
use std::fmt;

/// A fact about the run, with all that is needed to draw and to judge it without running anything again.
///
/// [`Sent`](Event::Sent), [`Received`](Event::Received) and [`Acted`](Event::Acted) are the events of the
/// application, the only ones in the sense of Chandy and Lamport; the rest is the algorithm's and changes no
/// application state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// An application message went out.
    Sent {
        /// The message.
        message: MessageId,
        /// On which channel.
        channel: ChannelId,
        /// Its number on this channel, from 1.
        number: u32,
        /// What it carries.
        payload: Payload,
        /// The sender's state afterwards.
        state: LocalState,
    },
    /// An application message was received.
    Received {
        /// The message.
        message: MessageId,
        /// From which channel.
        channel: ChannelId,
        /// Its number on this channel, from 1.
        number: u32,
        /// What it carries.
        payload: Payload,
        /// The receiver's state afterwards.
        state: LocalState,
    },
    /// A process did something that touches no channel.
    Acted {
        /// The process.
        process: ProcessId,
        /// What it did, as in [`crate::Action::Act`].
        choice: u16,
        /// Its state afterwards.
        state: LocalState,
    },
    /// A process began to take part of its own accord.
    Initiated {
        /// The initiator.
        process: ProcessId,
        /// The run of the algorithm.
        snapshot: SnapshotId,
    },
    /// A process recorded its own state.
    Recorded {
        /// The process.
        process: ProcessId,
        /// The run of the algorithm.
        snapshot: SnapshotId,
        /// What it recorded.
        state: LocalState,
        /// The channel on which the cause came; none for an initiator or a timer.
        via: Option<ChannelId>,
        /// If it recorded what it had noted before: under which number. The cut is where it noted that.
        noted: Option<u32>,
    },
    /// The receiving process began to record a channel.
    Opened {
        /// The run of the algorithm.
        snapshot: SnapshotId,
        /// The channel.
        channel: ChannelId,
    },
    /// The receiving process added a message to the recorded state of a channel.
    Kept {
        /// The run of the algorithm.
        snapshot: SnapshotId,
        /// The channel.
        channel: ChannelId,
        /// The message.
        message: MessageId,
    },
    /// The receiving process finished recording a channel.
    Closed {
        /// The run of the algorithm.
        snapshot: SnapshotId,
        /// The channel.
        channel: ChannelId,
    },
    /// The receiving process has left a channel to the transport: what is under way there is not recorded, and will be
    /// sent again from copies if it comes to that.
    Left {
        /// The run of the algorithm.
        snapshot: SnapshotId,
        /// The channel.
        channel: ChannelId,
    },
    /// A process has forgotten what it recorded.
    Discarded {
        /// The process.
        process: ProcessId,
        /// The run of the algorithm.
        snapshot: SnapshotId,
    },
    /// The snapshot is what has been recorded by now. Whoever has recorded nothing stands by what it recorded for the
    /// last one that was concluded, or by how it began.
    Concluded {
        /// Who says so.
        process: ProcessId,
        /// The run of the algorithm.
        snapshot: SnapshotId,
    },
    /// A control message went out.
    ControlSent {
        /// The control message.
        control: ControlId,
        /// On which channel.
        channel: ChannelId,
        /// What it is.
        role: ControlRole,
    },
    /// A control message was received.
    ControlReceived {
        /// The control message.
        control: ControlId,
        /// From which channel.
        channel: ChannelId,
        /// What it is.
        role: ControlRole,
    },
    /// A process has put all parts of a snapshot together.
    Collected {
        /// The process.
        process: ProcessId,
        /// The run of the algorithm.
        snapshot: SnapshotId,
    },
    /// A process has gone back to the state that it recorded, and what was in the channels into it is gone. One
    /// event for each process, before any [`Resent`](Event::Resent).
    Restored {
        /// The process.
        process: ProcessId,
        /// The snapshot that is restored.
        snapshot: SnapshotId,
        /// The state of the process now.
        state: LocalState,
    },
    /// A message of a recorded channel is in the channel again, under a new name and number.
    Resent {
        /// The message.
        message: MessageId,
        /// The channel.
        channel: ChannelId,
        /// Its number on this channel since the restoration, from 1.
        number: u32,
        /// What it carries.
        payload: Payload,
    },
    /// The network lost an item.
    Lost {
        /// The channel that it was in.
        channel: ChannelId,
        /// How many application messages were ahead of it.
        ahead: u32,
        /// What it was.
        item: Carried,
    },
    /// The network made a second copy of an item, of the same name and number.
    Duplicated {
        /// The channel that it is in.
        channel: ChannelId,
        /// How many application messages are ahead of the copy.
        ahead: u32,
        /// What it is.
        item: Carried,
    },
    /// The network changed an item on its way. Whoever takes it notices, and drops it: then it is [`Lost`](Event::Lost).
    Corrupted {
        /// The channel that it is in.
        channel: ChannelId,
        /// What it was.
        item: Carried,
    },
    /// A link did its work, or had work made. The application does not notice.
    OnLink {
        /// The channel.
        channel: ChannelId,
        /// What happened.
        what: OnLink,
        /// To what.
        item: Carried,
    },
    /// Time went on. It happens at no process; the first is named.
    TimePassed {
        /// What time it is now.
        now: Time,
    },
    /// The network delivers nothing any more between a group and everybody else. The first of the group is named.
    Partitioned {
        /// One side.
        group: Group,
    },
    /// The network delivers everywhere again. It happens at no process; the first is named.
    Healed,
    /// A process stopped.
    Crashed {
        /// The process.
        process: ProcessId,
    },
    /// A process that had crashed began again.
    Restarted {
        /// The process.
        process: ProcessId,
        /// Its state now: the initial one, unless it keeps a log.
        state: LocalState,
    },
    /// A process that was not there at the start has joined.
    Joined {
        /// The process.
        process: ProcessId,
        /// Its state: the initial one.
        state: LocalState,
    },
    /// A process has left for good. What it said last is still under way.
    Departed {
        /// The process.
        process: ProcessId,
    },
    /// A process has found out what the algorithm is there to find out.
    Announced {
        /// The process.
        process: ProcessId,
    },
    /// A timer was set.
    TimerSet {
        /// Where.
        process: ProcessId,
        /// Which.
        timer: TimerId,
    },
    /// A timer went off.
    TimerRang {
        /// Where.
        process: ProcessId,
        /// Which.
        timer: TimerId,
    },
    /// A process noted its own state, which it may record later.
    Noted {
        /// The process.
        process: ProcessId,
        /// Under which number.
        number: u32,
        /// What it noted.
        state: LocalState,
    },
}

/// What happens on a link that repairs a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OnLink {
    /// The network lost a copy.
    Lost,
    /// The network made a second copy.
    Repeated,
    /// The network changed a copy.
    Corrupted,
    /// It came changed, and is dropped; the sender will hear nothing.
    Refused,
    /// The sender sent it once more.
    SentAgain,
    /// It came before what was sent before it, and waits at the receiver.
    Held,
    /// It had come before, and is dropped.
    Dropped,
}

/// What a channel carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Carried {
    /// An application message, and what it carries itself.
    Message(MessageId, Payload),
    /// A control message.
    Control(ControlId, ControlRole),
}

/// What a control message means to somebody who does not know the algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ControlRole {
    /// Separates, on its channel, what belongs to the snapshot from what does not.
    Marker(SnapshotId),
    /// Answers a message of the application. Belongs to no snapshot.
    Signal,
    /// Says that its sender has left: the last item on its channel, and a marker of every snapshot. Belongs to none.
    Leave,
    /// Says that the snapshot has begun.
    Begin(SnapshotId),
    /// Says that a marker has come.
    Acknowledged(SnapshotId),
    /// Says that its sender has recorded, and that all its markers have come.
    Ready(SnapshotId),
    /// Says that all have recorded.
    Complete(SnapshotId),
    /// Goes around a ring, and gathers how many messages were sent to everybody before its sender recorded.
    Vector {
        /// The run of the algorithm.
        snapshot: SnapshotId,
        /// Which round it is on, from 1.
        round: u16,
    },
    /// Says how many messages were sent on its channel before its sender recorded.
    Count {
        /// The run of the algorithm.
        snapshot: SnapshotId,
        /// How many.
        messages: u32,
    },
    /// Says one of the words that belong to a single algorithm.
    Word {
        /// The run of the algorithm.
        snapshot: SnapshotId,
        /// Which.
        word: Word,
        /// A number that goes with it.
        number: u32,
    },
    /// Brings recorded parts to where they are put together.
    Report {
        /// The run of the algorithm.
        snapshot: SnapshotId,
        /// Whose part it is; of several, that of the process that put them together.
        part: ProcessId,
        /// How many parts it brings.
        parts: u16,
    },
}

/// What control messages say that a single algorithm has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Word {
    /// What a master learned in the round before, for another one: the number is that of the round.
    Exchange,
    /// That this is nothing, and that nothing more will come.
    Blank,
    /// What its sender has recorded as received: the number is that of the last message.
    Request,
    /// That its sender has recorded, or need not.
    Willing,
    /// That its sender cannot record now.
    Unwilling,
    /// That what was recorded stays.
    Commit,
    /// That what was recorded is to be forgotten.
    Abort,
    /// Where the cut crosses the receiver: after so many of its sends and receipts.
    Cut,
}

/// In English, as files have it.
impl fmt::Display for ControlRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.snapshot().0 + 1;
        match self {
            Self::Signal => write!(f, "a signal"),
            Self::Leave => write!(f, "the last word of who leaves"),
            Self::Marker(_) => write!(f, "the marker of snapshot {n}"),
            Self::Begin(_) => write!(f, "the start of snapshot {n}"),
            Self::Acknowledged(_) => write!(f, "the acknowledgement of a marker of snapshot {n}"),
            Self::Ready(_) => write!(f, "the word that all is recorded for snapshot {n}"),
            Self::Complete(_) => write!(f, "the end of snapshot {n}"),
            Self::Vector { round, .. } => write!(f, "the vector of snapshot {n}, round {round}"),
            Self::Count { messages, .. } => write!(f, "the count of snapshot {n}: {messages}"),
            Self::Word { word: Word::Exchange, number, .. } => write!(f, "round {number} of snapshot {n}"),
            Self::Word { word: Word::Blank, number, .. } => write!(f, "round {number} of snapshot {n}, blank"),
            Self::Word { word: Word::Request, .. } => write!(f, "the request of snapshot {n}"),
            Self::Word { word: Word::Willing, .. } => write!(f, "the yes to snapshot {n}"),
            Self::Word { word: Word::Unwilling, .. } => write!(f, "the no to snapshot {n}"),
            Self::Word { word: Word::Commit, .. } => write!(f, "the commitment of snapshot {n}"),
            Self::Word { word: Word::Abort, .. } => write!(f, "the end of snapshot {n}, given up"),
            Self::Word { word: Word::Cut, number, .. } => write!(f, "the cut of snapshot {n}: after {number}"),
            Self::Report { .. } => write!(f, "a report on snapshot {n}"),
        }
    }
}

impl ControlRole {
    /// The run of the algorithm that it belongs to; the first, if it belongs to none.
    #[must_use]
    pub fn snapshot(self) -> SnapshotId {
        match self {
            Self::Signal | Self::Leave => SnapshotId(0),
            Self::Marker(snapshot)
            | Self::Begin(snapshot)
            | Self::Acknowledged(snapshot)
            | Self::Ready(snapshot)
            | Self::Complete(snapshot)
            | Self::Vector { snapshot, .. }
            | Self::Count { snapshot, .. }
            | Self::Word { snapshot, .. }
            | Self::Report { snapshot, .. } => snapshot,
        }
    }
}

impl Event {
    /// The process at which it happened; of what the network did, the one that the channel leads to.
    #[must_use]
    pub fn process(&self, topology: &Topology) -> ProcessId {
        match *self {
            Self::Sent { channel, .. } | Self::Resent { channel, .. } | Self::ControlSent { channel, .. } => {
                topology.channel(channel).from
            }
            Self::Received { channel, .. }
            | Self::ControlReceived { channel, .. }
            | Self::Lost { channel, .. }
            | Self::Corrupted { channel, .. }
            | Self::OnLink { channel, .. }
            | Self::Duplicated { channel, .. }
            | Self::Opened { channel, .. }
            | Self::Kept { channel, .. }
            | Self::Left { channel, .. }
            | Self::Closed { channel, .. } => topology.channel(channel).to,
            Self::TimePassed { .. } | Self::Healed => ProcessId(0),
            Self::Partitioned { group } => group.processes().next().unwrap_or(ProcessId(0)),
            Self::Acted { process, .. }
            | Self::Initiated { process, .. }
            | Self::Recorded { process, .. }
            | Self::Collected { process, .. }
            | Self::Discarded { process, .. }
            | Self::Concluded { process, .. }
            | Self::Restored { process, .. }
            | Self::Announced { process }
            | Self::Crashed { process }
            | Self::Joined { process, .. }
            | Self::Departed { process }
            | Self::Restarted { process, .. }
            | Self::TimerSet { process, .. }
            | Self::TimerRang { process, .. }
            | Self::Noted { process, .. } => process,
        }
    }

    /// The run of the algorithm that it belongs to, if it belongs to one.
    #[must_use]
    pub fn snapshot(&self) -> Option<SnapshotId> {
        match *self {
            Self::Initiated { snapshot, .. }
            | Self::Recorded { snapshot, .. }
            | Self::Opened { snapshot, .. }
            | Self::Kept { snapshot, .. }
            | Self::Closed { snapshot, .. }
            | Self::Left { snapshot, .. }
            | Self::Discarded { snapshot, .. }
            | Self::Concluded { snapshot, .. }
            | Self::Collected { snapshot, .. }
            | Self::Restored { snapshot, .. } => Some(snapshot),
            Self::ControlSent { role: ControlRole::Signal | ControlRole::Leave, .. }
            | Self::ControlReceived { role: ControlRole::Signal | ControlRole::Leave, .. } => None,
            Self::ControlSent { role, .. } | Self::ControlReceived { role, .. } => Some(role.snapshot()),
            _ => None,
        }
    }

    /// Whether something happens to the application that it does not do itself: the network loses or repeats one of
    /// its messages, or a process forgets.
    #[must_use]
    pub fn is_mishap(&self) -> bool {
        match self {
            Self::Lost { item, .. } | Self::Duplicated { item, .. } => matches!(item, Carried::Message(..)),
            Self::Restarted { .. } => true,
            _ => false,
        }
    }

    /// For an event of the application, the state of its process afterwards; none for the algorithm's events.
    #[must_use]
    pub fn state_after(&self) -> Option<LocalState> {
        match *self {
            Self::Sent { state, .. } | Self::Received { state, .. } | Self::Acted { state, .. } => Some(state),
            _ => None,
        }
    }
}
