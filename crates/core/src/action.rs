//! What the reader or a scheduler asks the world to do.

use crate::computation::Payload;
use crate::group::Group;
use crate::ids::{ChannelId, ProcessId, SnapshotId, TimerId};
use crate::time::Time;
use crate::topology::Topology;

/// One request to the world: small, plain, and the only thing that a history or a link stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// The process at the start of `channel` sends an application message on it.
    Send {
        /// The channel to send on.
        channel: ChannelId,
        /// What the message carries.
        payload: Payload,
    },
    /// A process does something that touches no channel (an event whose M and c are null: Chandy and Lamport
    /// 1985, section 2).
    Act {
        /// The process.
        process: ProcessId,
        /// Which of the things that its computation allows.
        choice: u16,
    },
    /// The process at the end of `channel` receives an item, message or control message.
    Deliver {
        /// The channel to receive from.
        channel: ChannelId,
        /// Which item, 0 being the head. On a FIFO channel only the head can be delivered.
        position: u32,
    },
    /// A process sends or receives by a rule of its automaton that is not the first to allow it: the same message as
    /// another rule, but to end in another state. (The first rule needs no name: [`Action::Send`], [`Action::Deliver`].)
    Follow {
        /// The place of the rule among those of the automaton.
        rule: u16,
        /// If it receives: which item of the channel, as in [`Action::Deliver`].
        position: u32,
    },
    /// A process starts a snapshot, or joins one as a further initiator, of its own accord.
    Initiate {
        /// The initiator.
        process: ProcessId,
        /// The run of the algorithm. Unused numbers begin a new one.
        snapshot: SnapshotId,
    },
    /// Every process and every channel goes back to what a complete snapshot recorded; the run goes on from there.
    Restore {
        /// The snapshot.
        snapshot: SnapshotId,
    },
    /// The network loses an item of a channel.
    Lose {
        /// The channel.
        channel: ChannelId,
        /// Which item, 0 being the head.
        position: u32,
    },
    /// The network makes a second copy of an item of a channel.
    Duplicate {
        /// The channel.
        channel: ChannelId,
        /// Which item, 0 being the head.
        position: u32,
        /// Where the copy goes.
        copy: Copied,
    },
    /// The network changes an item of a channel on its way. Whoever takes it finds that its checksum does not fit, and drops it.
    Corrupt {
        /// The channel.
        channel: ChannelId,
        /// Which item, 0 being the head.
        position: u32,
    },
    /// The sender sends an item once more that has not been handed over.
    SendAgain {
        /// A channel with a link.
        channel: ChannelId,
        /// The link number of the item, from 1.
        number: u32,
    },
    /// Time goes on to this moment.
    Wait {
        /// The moment.
        until: Time,
    },
    /// A process stops: it does nothing any more, and what comes to it waits.
    Crash {
        /// The process.
        process: ProcessId,
    },
    /// A process that has crashed begins again: where it was, if it keeps a log; else from its initial state, and
    /// remembers nothing.
    Restart {
        /// The process.
        process: ProcessId,
    },
    /// A process that was not there at the start joins, with its initial state and empty channels.
    Join {
        /// The process.
        process: ProcessId,
    },
    /// A process leaves for good, and says so as the last item on each of its channels.
    Leave {
        /// The process.
        process: ProcessId,
    },
    /// From here on the network delivers nothing on channels between a group and everybody else. What is under way
    /// there, and what is sent there, waits.
    Partition {
        /// One side.
        group: Group,
    },
    /// The network delivers on all channels again.
    Heal,
    /// A timer that the algorithm set goes off.
    Ring {
        /// Where it was set.
        process: ProcessId,
        /// Which one.
        timer: TimerId,
    },
}

impl Action {
    /// The process at which it happens; none where that is not one: going back, time, and what the network does to a
    /// channel, which concerns both its ends. Of a rule that is followed only the automaton knows whose it is.
    #[must_use]
    pub fn process(self, topology: &Topology) -> Option<ProcessId> {
        match self {
            Self::Send { channel, .. } | Self::SendAgain { channel, .. } => Some(topology.channel(channel).from),
            Self::Deliver { channel, .. } => Some(topology.channel(channel).to),
            Self::Act { process, .. }
            | Self::Initiate { process, .. }
            | Self::Ring { process, .. }
            | Self::Crash { process }
            | Self::Join { process }
            | Self::Leave { process }
            | Self::Restart { process } => Some(process),
            Self::Restore { .. }
            | Self::Partition { .. }
            | Self::Heal
            | Self::Wait { .. }
            | Self::Follow { .. }
            | Self::Lose { .. }
            | Self::Corrupt { .. }
            | Self::Duplicate { .. } => None,
        }
    }
}

/// Where in a FIFO channel the copy of an item goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Copied {
    /// Right behind the item.
    #[default]
    Adjacent,
    /// Behind everything.
    Tail,
}
