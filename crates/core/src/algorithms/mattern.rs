//! F. Mattern, "Efficient algorithms for distributed snapshots and global virtual time approximation", Journal of Parallel
//! and Distributed Computing 18(4), 1993, 423-434: colours, and a vector counter that finds out when nothing white is
//! under way any more.
//!
//! Messages are coloured as by Lai and Yang: a process is white until it records, and a red message makes a white process
//! record first. A process p keeps a vector L: `L[q]` white messages sent to q, and `-L[p]` white messages received. The
//! initiator sends a control vector V around a ring. On its first round it makes everybody record, and takes `L[q]` along
//! for every other q. *At p it waits until `V[p] + L[p] <= 0`*: until all white messages that are announced to p have come.
//! On the second round all are announced; so what it waited for at p was the last, and p has recorded its channels.
//!
//! `L[p]` stays at p, since nobody else asks for `V[p]`; so the vectors of several initiators do not disturb each other, and
//! one that comes to an initiator before its own in the ring goes no further. Needs a ring through all processes, and no
//! order in any channel. Costs 2n control messages of n counters, and one bit a snapshot on every message.

use super::counts::Counts;
use super::lai_yang::Colours;
use super::ways;
use crate::algorithm::{Algorithm, Arriving, Effect, Effects, Here, Lack};
use crate::event::ControlRole;
use crate::explore::{Explorable, Pack, pack_fields};
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::meters::{Costs, Facts, Formula, width};
use crate::rejected::Rejected;
use crate::riding::TagRole;
use crate::system::System;

/// The algorithm of Mattern, with a vector counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mattern {
    /// The snapshots that may be taken. A process counts until it has recorded in all of them.
    pub planned: Colours,
}

impl Default for Mattern {
    /// Any snapshot may be taken.
    fn default() -> Self {
        Self { planned: Colours::all() }
    }
}

/// The control vector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vector {
    /// The snapshot.
    pub snapshot: SnapshotId,
    /// Where its rounds begin and end.
    pub initiator: ProcessId,
    /// Which round it is on, from 1.
    pub round: u16,
    /// V: how many white messages are announced to each process.
    pub announced: Counts<ProcessId>,
}

/// What a process remembers.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Memory {
    taken: Vec<Taken>,
    /// L but for its own component: the messages sent to each process, until all planned snapshots are recorded.
    sent: Counts<ProcessId>,
    /// The messages received, as long.
    received: u32,
}

/// A snapshot for which a process has recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Taken {
    snapshot: SnapshotId,
    has_initiated: bool,
    /// The white messages sent to each process.
    sent: Counts<ProcessId>,
    /// The white messages received.
    received: u32,
    /// Whether the channels into this process are still recorded.
    is_open: bool,
    /// The vectors that wait here.
    waiting: Vec<Vector>,
}

impl Memory {
    fn taken(&mut self, snapshot: SnapshotId) -> Option<&mut Taken> {
        self.taken.iter_mut().find(|taken| taken.snapshot == snapshot)
    }

    fn reds(&self) -> Colours {
        Colours::of(self.taken.iter().map(|taken| taken.snapshot))
    }
}

impl Mattern {
    fn counts_on(self, memory: &Memory) -> bool {
        self.planned.0 & !memory.reds().0 != 0
    }

    fn record(self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Vector>) {
        here.begin(snapshot, out);
        let taken = Taken {
            snapshot,
            has_initiated: false,
            sent: memory.sent.clone(),
            received: memory.received,
            is_open: true,
            waiting: Vec::new(),
        };
        let at = memory.taken.partition_point(|other| other.snapshot < snapshot);
        memory.taken.insert(at, taken);
        if !self.counts_on(memory) {
            (memory.sent, memory.received) = (Counts::default(), 0);
        }
    }
}

impl Taken {
    /// A vector is here.
    fn visited(&mut self, here: Here<'_>, mut vector: Vector, out: &mut Effects<Vector>) {
        if self.has_initiated && here.process < vector.initiator {
            return;
        }
        if vector.round == 1 {
            self.sent.iter().for_each(|(to, messages)| vector.announced.add(to, messages));
        }
        self.waiting.push(vector);
        self.let_go(here, out);
    }

    /// Lets those vectors go on for which everything that is announced has come.
    fn let_go(&mut self, here: Here<'_>, out: &mut Effects<Vector>) {
        let has_come = |vector: &mut Vector| vector.announced.get(here.process) <= self.received;
        for vector in self.waiting.extract_if(.., has_come) {
            if vector.round > 1 && std::mem::replace(&mut self.is_open, false) {
                out.extend(here.incoming().map(|channel| Effect::Close(self.snapshot, channel)));
            }
            let is_over = vector.round > 2;
            let next = here.others().next().and_then(|next| here.way_to(next)).filter(|_| !is_over);
            out.extend(next.map(|way| Effect::SendControl(way, vector)));
        }
    }
}

impl Algorithm for Mattern {
    type Memory = Memory;
    type Control = Vector;
    type Tag = Colours;

    fn role(&self, vector: &Vector) -> ControlRole {
        ControlRole::Vector { snapshot: vector.snapshot, round: vector.round }
    }

    fn may_initiate(&self, here: Here<'_>, memory: &Memory, snapshot: SnapshotId) -> Result<(), Rejected> {
        if memory.reds().is_red(snapshot) {
            return Err(Rejected::AlreadyRecorded { process: here.process, snapshot });
        }
        ways::must_be_there(ways::around(here.topology()))
    }

    fn initiate(&self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Vector>) {
        self.record(here, memory, snapshot, out);
        let Some(taken) = memory.taken(snapshot) else { return };
        taken.has_initiated = true;
        let vector = Vector { snapshot, initiator: here.process, round: 1, announced: Counts::default() };
        taken.visited(here, vector, out);
    }

    fn send(&self, here: Here<'_>, memory: &mut Memory, channel: ChannelId, _out: &mut Effects<Vector>) -> Colours {
        if here.topology().is_recorded(channel) && self.counts_on(memory) {
            memory.sent.add(here.topology().channel(channel).to, 1);
        }
        memory.reds()
    }

    fn receive(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        tag: &Colours,
        out: &mut Effects<Vector>,
    ) {
        if !here.topology().is_recorded(channel) {
            return;
        }
        for snapshot in tag.without(memory.reds()).snapshots() {
            self.record(here, memory, snapshot, out);
        }
        for taken in memory.taken.iter_mut().filter(|taken| taken.is_open && !tag.is_red(taken.snapshot)) {
            taken.received += 1;
            out.push(Effect::Keep(taken.snapshot));
            taken.let_go(here, out);
        }
        if self.counts_on(memory) {
            memory.received += 1;
        }
    }

    fn control(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        _channel: ChannelId,
        vector: &Vector,
        out: &mut Effects<Vector>,
    ) {
        if !memory.reds().is_red(vector.snapshot) {
            self.record(here, memory, vector.snapshot, out);
        }
        let Some(taken) = memory.taken(vector.snapshot) else { return };
        let round = vector.round + u16::from(vector.initiator == here.process);
        taken.visited(here, Vector { round, ..vector.clone() }, out);
    }

    fn bits(&self, carried: Arriving<'_, Self>) -> Option<u32> {
        match carried {
            Arriving::Message(colours) => Some(width(colours.0)),
            Arriving::Control(_) => None,
        }
    }

    fn tag_roles(&self, colours: &Colours, _to: ProcessId) -> Vec<TagRole> {
        vec![TagRole::Colours(*colours)]
    }

    fn costs(&self, facts: &Facts) -> Costs {
        let rounds = 2 * facts.processes;
        let controls = match facts.initiators {
            0 | 1 => Formula::exactly("2n", rounds),
            several => Formula::at_most("2n r", rounds * several),
        };
        Costs {
            controls: Some(controls),
            tag_bits: Some(Formula::at_most("m s", facts.messages * facts.snapshots)),
            delay: None,
        }
    }

    fn lacks(&self, system: &System) -> Option<Lack> {
        ways::lack(ways::around(&system.topology))
    }
}

impl Explorable for Mattern {}

impl Pack for Vector {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.snapshot, self.initiator).pack(out);
        self.round.pack(out);
        self.announced.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let (snapshot, initiator) = Pack::unpack(from)?;
        Some(Self { snapshot, initiator, round: Pack::unpack(from)?, announced: Pack::unpack(from)? })
    }
}

pack_fields!(Memory { taken, sent, received });

impl Pack for Taken {
    fn pack(&self, out: &mut Vec<u8>) {
        self.snapshot.pack(out);
        (self.has_initiated, self.is_open).pack(out);
        self.sent.pack(out);
        self.received.pack(out);
        self.waiting.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let (snapshot, (has_initiated, is_open)) = (Pack::unpack(from)?, Pack::unpack(from)?);
        let (sent, received, waiting) = (Pack::unpack(from)?, Pack::unpack(from)?, Pack::unpack(from)?);
        Some(Self { snapshot, has_initiated, sent, received, is_open, waiting })
    }
}
