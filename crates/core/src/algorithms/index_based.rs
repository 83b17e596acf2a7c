//! Communication-induced checkpoints, index based: D. Briatico, A. Ciuffoletti and L. Simoncini, "A Distributed
//! Domino-Effect Free Recovery Algorithm", IEEE Symposium on Reliability in Distributed Software and Database Systems
//! 1984, 207-215.
//!
//! Each process numbers its checkpoints, and the number of its last one rides on every message. *On a message with a
//! greater number than its own a process takes a forced checkpoint of that number before it takes the message.* A
//! process may take a checkpoint of its own accord at any time, with the next number. All checkpoints with one number are a
//! consistent line, and where a process has skipped a number the first one with a greater number stands for it: nothing
//! that was sent after a checkpoint of this number can be received before one.
//!
//! Needs nothing of the channels. Costs no messages but a number on each, and extra checkpoints. Channels are not
//! recorded: what crosses a line is left to the transport, which has to send it again. A line is complete when all have
//! come to its number, by messages or of their own accord; nobody sees to it that they do.

use crate::algorithm::{Algorithm, Arriving, Effect, Effects, Here};
use crate::event::ControlRole;
use crate::explore::{Explorable, Pack, pack_fields};
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::meters::{Costs, Facts, Formula, width};
use crate::rejected::Rejected;
use crate::riding::TagRole;

/// Checkpoints that messages induce. Snapshot n is the line of the checkpoints with number n.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct IndexBased {
    /// When a forced checkpoint is taken.
    pub forced: Forced,
}

/// When a forced checkpoint is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Forced {
    /// Before the message that forces it is taken.
    #[default]
    Before,
    /// Before whatever the process does next. Wrong: for showing why the rule says before the message.
    After,
}

/// What a process remembers.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Memory {
    /// The number of its last checkpoint, 0 being its initial state.
    number: u16,
    /// The number that it still has to come to, 0 if there is none.
    owed: u16,
}

impl IndexBased {
    /// Takes one checkpoint for all numbers up to this one.
    fn checkpoint(here: Here<'_>, memory: &mut Memory, number: u16, out: &mut Effects<()>) {
        for snapshot in (memory.number.max(here.first_snapshot().0)..number).map(SnapshotId) {
            out.push(Effect::Record(snapshot));
            out.extend(here.incoming().map(|channel| Effect::Leave(snapshot, channel)));
        }
        memory.number = memory.number.max(number);
        if memory.owed <= memory.number {
            memory.owed = 0;
        }
    }
}

impl Algorithm for IndexBased {
    type Memory = Memory;
    type Control = ();
    type Tag = u16;

    fn role(&self, (): &()) -> ControlRole {
        ControlRole::Marker(SnapshotId(0))
    }

    fn may_initiate(&self, here: Here<'_>, memory: &Memory, snapshot: SnapshotId) -> Result<(), Rejected> {
        if snapshot.0 < memory.number.max(here.first_snapshot().0) {
            return Err(Rejected::AlreadyRecorded { process: here.process, snapshot });
        }
        Ok(())
    }

    fn initiate(&self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<()>) {
        Self::checkpoint(here, memory, snapshot.0 + 1, out);
    }

    fn send(&self, here: Here<'_>, memory: &mut Memory, _channel: ChannelId, out: &mut Effects<()>) -> u16 {
        Self::checkpoint(here, memory, memory.owed, out);
        memory.number
    }

    fn receive(&self, here: Here<'_>, memory: &mut Memory, _channel: ChannelId, number: &u16, out: &mut Effects<()>) {
        let before = if self.forced == Forced::Before { *number } else { memory.owed };
        Self::checkpoint(here, memory, before, out);
        if *number > memory.number {
            memory.owed = memory.owed.max(*number);
        }
    }

    fn control(&self, _here: Here<'_>, _memory: &mut Memory, _channel: ChannelId, (): &(), _out: &mut Effects<()>) {}

    fn spreads(&self) -> bool {
        false
    }

    fn leaves_channels(&self) -> bool {
        true
    }

    fn bits(&self, carried: Arriving<'_, Self>) -> Option<u32> {
        Some(match carried {
            Arriving::Message(number) => width((*number).into()),
            Arriving::Control(()) => 0,
        })
    }

    fn tag_roles(&self, number: &u16, _to: ProcessId) -> Vec<TagRole> {
        vec![TagRole::Recorded(*number)]
    }

    fn costs(&self, _facts: &Facts) -> Costs {
        Costs { controls: Some(Formula::exactly("0", 0)), ..Costs::default() }
    }
}

impl Explorable for IndexBased {
    fn records_channels(&self) -> bool {
        false
    }
}

pack_fields!(Memory { number, owed });
