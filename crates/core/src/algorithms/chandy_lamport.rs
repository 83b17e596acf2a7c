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

use crate::algorithm::{Algorithm, Effect, Effects, Here};
use crate::event::ControlRole;
use crate::ids::{ChannelId, SnapshotId};
use crate::rejected::Rejected;

/// The algorithm of Chandy and Lamport.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ChandyLamport;

/// A control message that separates what its sender sent before recording from what it sent after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker(pub SnapshotId);

/// The snapshots for which a process has recorded its state, with the incoming channels that it still records.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Memory {
    taken: Vec<(SnapshotId, Vec<ChannelId>)>,
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
        true
    }
}

impl ChandyLamport {
    /// Records the state, opens every incoming channel but `via`, which is recorded as empty, and applies the
    /// marker-sending rule.
    fn record(
        here: Here<'_>,
        memory: &mut Memory,
        snapshot: SnapshotId,
        via: Option<ChannelId>,
        out: &mut Effects<Marker>,
    ) {
        out.push(Effect::Record(snapshot));
        out.extend(here.incoming().iter().map(|channel| Effect::Open(snapshot, *channel)));
        let open = here.incoming().iter().copied().filter(|channel| Some(*channel) != via).collect();
        memory.taken.push((snapshot, open));
        out.extend(via.map(|channel| Effect::Close(snapshot, channel)));
        out.extend(here.outgoing().iter().map(|channel| Effect::SendControl(*channel, Marker(snapshot))));
    }
}

impl Algorithm for ChandyLamport {
    type Memory = Memory;
    type Control = Marker;
    type Tag = ();

    fn role(&self, control: &Marker) -> ControlRole {
        ControlRole::Marker(control.0)
    }

    fn may_initiate(&self, here: Here<'_>, memory: &Memory, snapshot: SnapshotId) -> Result<(), Rejected> {
        if memory.has_recorded(snapshot) {
            return Err(Rejected::AlreadyRecorded { process: here.process, snapshot });
        }
        Ok(())
    }

    fn initiate(&self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Marker>) {
        Self::record(here, memory, snapshot, None, out);
    }

    fn send(&self, _here: Here<'_>, _memory: &mut Memory, _channel: ChannelId, _out: &mut Effects<Marker>) {}

    fn receive(&self, _here: Here<'_>, memory: &mut Memory, channel: ChannelId, (): &(), out: &mut Effects<Marker>) {
        let recording = memory.taken.iter().filter(|(_, open)| open.contains(&channel));
        out.extend(recording.map(|(snapshot, _)| Effect::Keep(*snapshot)));
    }

    fn control(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        marker: &Marker,
        out: &mut Effects<Marker>,
    ) {
        let snapshot = marker.0;
        if !memory.has_recorded(snapshot) {
            Self::record(here, memory, snapshot, Some(channel), out);
        } else if memory.stop(snapshot, channel) {
            out.push(Effect::Close(snapshot, channel));
        }
    }
}
