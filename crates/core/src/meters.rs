//! What a run costs: control messages, bits, what is stored, how long things are held back, how long a snapshot takes.
//!
//! Everything is counted while the run goes on, from its events and from what stands in the channels; an algorithm says
//! how many bits its control messages and tags take ([`Algorithm::bits`]) and what the theory expects
//! ([`Algorithm::costs`]), and nothing about what really happened. One that says nothing is metered by how it is packed.

mod chain;
mod costs;
mod theory;
mod used;

pub use costs::{Costs, Facts, Formula};
pub use theory::{held, stored};

use crate::algorithm::Algorithm;
use crate::event::{ControlRole, Event};
use crate::explore::{Explorable, Pack};
use crate::ids::{ChannelId, MessageId, ProcessId, SnapshotId};
use crate::world::World;
use chain::Chains;
use used::Used;

/// How many bits a number takes in binary, at least one.
#[must_use]
pub fn width(number: u64) -> u32 {
    (u64::BITS - number.leading_zeros()).max(1)
}

/// What a run has cost so far.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Meters {
    /// Its steps.
    pub steps: usize,
    /// The application messages sent.
    pub messages: u64,
    /// The bits that rode on them.
    pub tag_bits: u64,
    /// For every step and every channel that held something which the algorithm would not take in, one.
    pub held_receipts: u64,
    /// For every step and every channel on which the algorithm would have let nothing out, one.
    pub held_sends: u64,
    /// The control messages that belong to no snapshot, and their bits.
    pub signals: (u64, u64),
    /// The steps in which something was announced.
    pub announced: Vec<usize>,
    /// The most bytes, packed, that all processes together remembered for the algorithm at any moment.
    pub memory_bytes: usize,
    /// By snapshot.
    pub snapshots: Vec<Snapshot>,
}

/// What one snapshot has cost so far.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Snapshot {
    /// The step in which it was first started.
    pub begun: Option<usize>,
    /// The step after which it was complete.
    pub complete: Option<usize>,
    /// Who started it, in that order.
    pub initiators: Vec<ProcessId>,
    /// The control messages sent.
    pub controls: u64,
    /// Their bits, without recorded parts that they bring along.
    pub control_bits: u64,
    /// The messages in recorded channels.
    pub kept: u64,
    /// What was recorded, packed, in bytes.
    pub stored_bytes: usize,
    /// As [`Meters::held_receipts`] and [`Meters::held_sends`] together, while it was being taken.
    pub held: u64,
    /// How many messages one after the other it took from its start until now, along the longest row of them: its time if
    /// each takes one unit.
    pub delay: u32,
    /// Whether what was sent for it arrived in rounds: nothing before what has fewer messages behind it, and nobody started it
    /// later than that. So it is if each message takes one unit and all start at once, and only then do formulas of the
    /// delay hold to the letter ([`Costs::delay`]); otherwise it takes as long or longer.
    pub in_rounds: bool,
    /// On how many channels something was sent between the moments when their sender recorded for the snapshots before this
    /// one and after it.
    pub used: u64,
}

impl Snapshot {
    /// How many steps it took; none unless it is complete.
    #[must_use]
    pub fn steps(&self) -> Option<usize> {
        Some(self.complete? - self.begun? + 1)
    }

    fn is_going_on(&self) -> bool {
        self.begun.is_some() && self.complete.is_none()
    }
}

/// Meters a run. To be told of every step, right after it.
#[derive(Clone, Debug)]
pub struct Meter {
    meters: Meters,
    chains: Chains,
    /// By process: the packed size of what it remembers.
    memories: Vec<usize>,
    /// By message: the packed size of what it carries.
    carried: Vec<u8>,
    used: Used,
}

impl Meter {
    /// For a run from its start.
    #[must_use]
    pub fn new<A: Explorable>(world: &World<A>) -> Self {
        let memories: Vec<usize> = world.topology().processes().map(|process| packed(world.memory(process))).collect();
        let meters = Meters { memory_bytes: memories.iter().sum(), ..Meters::default() };
        Self { meters, chains: Chains::default(), memories, carried: Vec::new(), used: Used::default() }
    }

    /// What has been counted.
    #[must_use]
    pub fn meters(&self) -> &Meters {
        &self.meters
    }

    /// A step has been taken: the world after it, and what happened. Takes time in the number of channels.
    pub fn follow<A: Explorable>(&mut self, world: &World<A>, events: &[Event]) {
        self.meters.steps += 1;
        let mut loads = sizes(world, events);
        for event in events {
            self.count(event, &mut loads);
        }
        self.chains.follow(world.topology(), events);
        self.used.follow(world.topology(), events);
        self.hold(world);
        for event in events {
            let process = event.process(world.topology());
            self.memories[process.index()] = packed(world.memory(process));
        }
        self.meters.memory_bytes = self.meters.memory_bytes.max(self.memories.iter().sum());
        let step = self.meters.steps;
        for (at, snapshot) in self.meters.snapshots.iter_mut().enumerate() {
            snapshot.used = self.used.channels(SnapshotId::at(at));
        }
        for (at, snapshot) in self.meters.snapshots.iter_mut().enumerate().filter(|(_, one)| one.is_going_on()) {
            let id = SnapshotId::at(at);
            (snapshot.delay, snapshot.in_rounds) = self.chains.delay(id);
            if world.snapshots().get(at).is_some_and(crate::snapshot::Snapshot::is_complete) {
                snapshot.complete = Some(step);
                self.chains.end(id);
            }
        }
    }

    fn snapshot(&mut self, id: SnapshotId) -> &mut Snapshot {
        let count = self.meters.snapshots.len().max(id.index() + 1);
        self.meters.snapshots.resize_with(count, Snapshot::default);
        &mut self.meters.snapshots[id.index()]
    }

    fn count(&mut self, event: &Event, loads: &mut impl Iterator<Item = u32>) {
        let step = self.meters.steps;
        match *event {
            Event::Initiated { process, snapshot } => {
                let snapshot = self.snapshot(snapshot);
                snapshot.begun.get_or_insert(step);
                snapshot.initiators.push(process);
            }
            Event::Sent { message, payload, .. } | Event::Resent { message, payload, .. } => {
                self.meters.messages += 1;
                self.meters.tag_bits += u64::from(loads.next().unwrap_or(0));
                self.carry(message, packed(&payload));
            }
            Event::ControlSent { role: ControlRole::Signal | ControlRole::Leave, .. } => {
                self.meters.signals.0 += 1;
                self.meters.signals.1 += u64::from(loads.next().unwrap_or(0));
            }
            Event::Announced { .. } => self.meters.announced.push(step),
            Event::ControlSent { role, .. } => {
                let bits = u64::from(loads.next().unwrap_or(0));
                let snapshot = self.snapshot(role.snapshot());
                snapshot.controls += 1;
                snapshot.control_bits += bits;
            }
            Event::Recorded { snapshot, state, .. } => {
                let snapshot = self.snapshot(snapshot);
                snapshot.begun.get_or_insert(step);
                snapshot.stored_bytes += packed(&state);
            }
            Event::Kept { snapshot, message, .. } => {
                let bytes = self.carried.get(message.index()).copied().unwrap_or(0);
                let snapshot = self.snapshot(snapshot);
                snapshot.kept += 1;
                snapshot.stored_bytes += usize::from(bytes);
            }
            _ => {}
        }
    }

    fn carry(&mut self, message: MessageId, bytes: usize) {
        self.carried.resize(self.carried.len().max(message.index() + 1), 0);
        self.carried[message.index()] = u8::try_from(bytes).unwrap_or(u8::MAX);
    }

    /// What is held back now.
    fn hold<A: Algorithm>(&mut self, world: &World<A>) {
        let held = |holds: fn(&World<A>, ChannelId) -> bool| {
            world.topology().channels().filter(|channel| holds(world, *channel)).count() as u64
        };
        let (receipts, sends) = (held(World::holds_receipt), held(World::holds_sends));
        self.meters.held_receipts += receipts;
        self.meters.held_sends += sends;
        let going_on = self.meters.snapshots.iter_mut().filter(|one| one.is_going_on());
        going_on.for_each(|snapshot| snapshot.held += receipts + sends);
    }
}

/// How many bytes something takes, packed.
fn packed<T: Pack>(value: &T) -> usize {
    let mut bytes = Vec::new();
    value.pack(&mut bytes);
    bytes.len()
}

/// The bits of what was sent in a step, in order. It stands at the ends of its channels.
fn sizes<A: Explorable>(world: &World<A>, events: &[Event]) -> impl Iterator<Item = u32> + use<A> {
    let sent = |event: &Event| match *event {
        Event::Sent { channel, .. } | Event::Resent { channel, .. } | Event::ControlSent { channel, .. } => {
            Some(channel)
        }
        _ => None,
    };
    let channels: Vec<ChannelId> = events.iter().filter_map(sent).collect();
    let size = |(at, channel): (usize, &ChannelId)| {
        let behind = channels[at + 1..].iter().filter(|other| *other == channel).count();
        let place = world.in_channel(*channel).len().checked_sub(behind + 1)?;
        world.bits(*channel, place)
    };
    let sizes: Vec<u32> = channels.iter().enumerate().map(|pair| size(pair).unwrap_or(0)).collect();
    sizes.into_iter()
}
