//! Barriers, as in Apache Flink: P. Carbone et al., "Lightweight Asynchronous Snapshots for Distributed Dataflows", 2015, and
//! Flink's documentation, "Stateful stream processing".
//!
//! The sources of a dataflow record how far they are and send a barrier on every channel. *Aligned*: an operator that gets a
//! barrier takes in nothing more from that input until the barrier has come on all inputs; then it records its state, sends
//! the barrier on, and goes on. Nothing is under way at such a cut, so no channel needs to be recorded; the price is
//! waiting. *Unaligned*: it does so at the first barrier, and what comes before the barrier on each other input is recorded
//! too: the rules of Chandy and Lamport, begun at the sources. (In Flink barriers also overtake what is queued; where
//! they stand in a queue changes how long it takes, and not what kind of cut it is.) *At least once*: it waits for all
//! barriers, but goes on taking in: what comes behind a barrier slips into the state, and comes again after going back.
//!
//! *Loops*: the head of a loop cannot wait for a barrier that only it causes. It waits for the other inputs, records, sends
//! the barrier into the loop, and records what comes on feedback channels until the barrier comes back.
//!
//! Several checkpoints may be under way; sources begin them in ascending order. A barrier that comes before those of an
//! earlier checkpoint have all come ends that one. Needs FIFO channels, sources that can go back, and a feedback channel on
//! every loop. Costs one barrier a channel.

use crate::algorithm::{Algorithm, Arriving, Effect, Effects, Here, Lack};
use crate::event::ControlRole;
use crate::explore::{Explorable, Pack, pack_fields};
use crate::ids::{ChannelId, SnapshotId};
use crate::meters::{Costs, Facts, Formula, width};
use crate::rejected::Rejected;
use crate::system::System;

/// Snapshots by barriers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Barriers {
    /// What an operator does between the first barrier and the last.
    pub alignment: Alignment,
}

/// What an operator does between the first barrier and the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Alignment {
    /// It holds back the inputs on which it has come.
    #[default]
    Aligned,
    /// It has recorded at the first, and records what comes on the other inputs.
    Unaligned,
    /// It takes in everything, and records at the last. Wrong for exactly once.
    AtLeastOnce,
}

/// A barrier of a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Barrier(pub SnapshotId);

/// What a process remembers.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Memory {
    /// In ascending order.
    taken: Vec<Taken>,
}

/// A checkpoint of which a process knows.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct Taken {
    snapshot: SnapshotId,
    recorded: bool,
    /// Until it has recorded: the inputs on which the barrier has come.
    seen: Vec<ChannelId>,
    /// Then: the inputs that are still recorded.
    open: Vec<ChannelId>,
}

impl Taken {
    /// Records, and sends the barrier on.
    fn record(&mut self, here: Here<'_>, out: &mut Effects<Barrier>) {
        here.begin(self.snapshot, out);
        self.recorded = true;
        self.open = here.incoming().filter(|channel| !self.seen.contains(channel)).collect();
        out.extend(self.seen.drain(..).map(|channel| Effect::Close(self.snapshot, channel)));
        out.extend(here.outgoing().map(|channel| Effect::SendControl(channel, Barrier(self.snapshot))));
    }
}

/// The inputs on which barriers come that this process does not cause itself.
fn regular(here: Here<'_>) -> impl Iterator<Item = ChannelId> + '_ {
    here.incoming().filter(move |channel| !here.topology().feeds_back(*channel))
}

impl Algorithm for Barriers {
    type Memory = Memory;
    type Control = Barrier;
    type Tag = ();

    fn role(&self, barrier: &Barrier) -> ControlRole {
        ControlRole::Marker(barrier.0)
    }

    fn may_initiate(&self, here: Here<'_>, memory: &Memory, snapshot: SnapshotId) -> Result<(), Rejected> {
        let process = here.process;
        match memory.taken.last() {
            _ if regular(here).next().is_some() => Err(Rejected::NoSource { process }),
            Some(last) if last.snapshot >= snapshot => Err(Rejected::AlreadyRecorded { process, snapshot }),
            _ => Ok(()),
        }
    }

    fn may_receive(
        &self,
        _here: Here<'_>,
        memory: &Memory,
        channel: ChannelId,
        _arriving: Arriving<'_, Self>,
    ) -> Result<(), Rejected> {
        let waits = |taken: &Taken| !taken.recorded && taken.seen.contains(&channel);
        if self.alignment == Alignment::Aligned && memory.taken.iter().any(waits) {
            return Err(Rejected::ReceiveHeld { channel });
        }
        Ok(())
    }

    fn initiate(&self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Barrier>) {
        let mut taken = Taken { snapshot, ..Taken::default() };
        taken.record(here, out);
        memory.taken.push(taken);
    }

    fn send(&self, _here: Here<'_>, _memory: &mut Memory, _channel: ChannelId, _out: &mut Effects<Barrier>) {}

    fn receive(&self, _here: Here<'_>, memory: &mut Memory, channel: ChannelId, (): &(), out: &mut Effects<Barrier>) {
        let open = memory.taken.iter().filter(|taken| taken.open.contains(&channel));
        out.extend(open.map(|taken| Effect::Keep(taken.snapshot)));
    }

    fn control(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        &Barrier(snapshot): &Barrier,
        out: &mut Effects<Barrier>,
    ) {
        // A later checkpoint ends those that wait for earlier barriers.
        memory.taken.retain(|taken| taken.recorded || taken.snapshot >= snapshot);
        let at = match memory.taken.binary_search_by_key(&snapshot, |taken| taken.snapshot) {
            Ok(at) => at,
            Err(at) if at < memory.taken.len() => return,
            Err(at) => {
                memory.taken.push(Taken { snapshot, ..Taken::default() });
                at
            }
        };
        let taken = &mut memory.taken[at];
        if taken.recorded {
            if let Some(at) = taken.open.iter().position(|open| *open == channel) {
                taken.open.remove(at);
                out.push(Effect::Close(snapshot, channel));
            }
            return;
        }
        taken.seen.push(channel);
        if self.alignment == Alignment::Unaligned || regular(here).all(|input| taken.seen.contains(&input)) {
            taken.record(here, out);
        }
    }

    fn bits(&self, carried: Arriving<'_, Self>) -> Option<u32> {
        Some(match carried {
            Arriving::Message(()) => 0,
            Arriving::Control(barrier) => width(barrier.0.0.into()),
        })
    }

    fn costs(&self, facts: &Facts) -> Costs {
        let delay = facts.reach.filter(|_| self.alignment == Alignment::Unaligned);
        Costs {
            controls: Some(Formula::exactly("e", facts.channels)),
            tag_bits: Some(Formula::exactly("0", 0)),
            delay: delay.map(|reach| Formula::exactly("d", reach)),
        }
    }

    fn lacks(&self, system: &System) -> Option<Lack> {
        let topology = &system.topology;
        let order = topology.without_order().map(Lack::Order);
        order.or_else(|| (!topology.ends_without_feedback()).then_some(Lack::Feedback))
    }
}

impl Explorable for Barriers {}

impl Pack for Barrier {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Pack::unpack(from).map(Self)
    }
}

pack_fields!(Memory { taken });

impl Pack for Taken {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.snapshot, self.recorded).pack(out);
        (self.seen.clone(), self.open.clone()).pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let (snapshot, recorded) = Pack::unpack(from)?;
        let (seen, open) = Pack::unpack(from)?;
        Some(Self { snapshot, recorded, seen, open })
    }
}
