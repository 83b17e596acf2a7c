//! A world in which one process at a time is made to do one thing, to see what comes of it.
//!
//! What an action does depends on the process where it happens and on the item that it takes, and changes nothing but
//! that process, what it took from, and the ends of its outgoing channels: an algorithm's handlers see no more
//! ([`crate::algorithm`]). So it is enough to try each action once for each state of its process.

use super::book::Book;
use super::setup::{Exploration, Planned, View};
use crate::action::Action;
use crate::computation::{Offer, Payload};
use crate::event::Event;
use crate::explore::Explorable;
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::topology::Order;
use crate::world::{Detail, World};

/// See the module.
#[derive(Clone, Debug)]
pub(super) struct Scratch<A: Explorable> {
    pub(super) world: World<A>,
    pub(super) book: Book,
    events: Vec<Event>,
    detail: Detail,
    tagged: bool,
    snapshots: u16,
    /// Who starts each snapshot.
    planned: Vec<Planned>,
}

impl<A: Explorable> Scratch<A> {
    pub(super) fn new(setup: &Exploration, algorithm: A) -> Self {
        let tagged = setup.view == View::Tagged;
        let snapshots = setup.snapshot_numbers();
        Self {
            world: World::new(setup.system.clone(), algorithm).without_copies(),
            book: Book::new(&setup.system.topology, snapshots, !setup.faults.are_none()),
            events: Vec::new(),
            detail: if tagged { Detail::Numbers } else { Detail::Payloads },
            tagged,
            snapshots,
            planned: setup.snapshots.clone(),
        }
    }

    /// The algorithm at work.
    pub(super) fn algorithm(&self) -> A {
        self.world.algorithm().clone()
    }

    /// Puts a process into the state that [`Scratch::pack`] wrote, and empties all channels.
    pub(super) fn load(&mut self, process: ProcessId, mut bytes: &[u8]) {
        let from = &mut bytes;
        let read = self.world.unpack_process(process, self.snapshots, from);
        let system = self.world.system().clone();
        let counted = if self.tagged { self.book.unpack(&system.topology, process, from) } else { Some(()) };
        debug_assert!(
            read.and(counted).is_some() && from.is_empty(),
            "the algorithm does not read what it wrote: see `Pack`"
        );
        for channel in system.topology.outgoing(process) {
            self.world.restore_sent(*channel, if self.tagged { self.book.sent(*channel) } else { 0 });
        }
        self.world.clear_channels();
    }

    /// Writes down all that belongs to a process.
    pub(super) fn pack(&self, process: ProcessId) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.world.pack_process(process, self.snapshots, self.detail, &mut bytes);
        if self.tagged {
            self.book.pack(self.world.topology(), process, &mut bytes);
        }
        bytes
    }

    /// Writes down what was recorded of a process and the channels into it, without the numbers of messages.
    pub(super) fn pack_record(&self, process: ProcessId, snapshot: SnapshotId) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.world.pack_record(process, snapshot, Detail::Payloads, &mut bytes);
        bytes
    }

    /// What the process could be asked to do, apart from receiving; the world may still refuse it.
    pub(super) fn wishes(&self, process: ProcessId, setup: &Exploration) -> Vec<Action> {
        wishes(&self.world, process, setup)
    }

    /// Does something; whether it was possible.
    pub(super) fn attempt(&mut self, action: Action) -> bool {
        self.events.clear();
        if self.world.apply(action, &mut self.events).is_err() {
            return false;
        }
        if self.tagged {
            let topology = &self.world.system().topology;
            self.events.iter().for_each(|event| self.book.follow(topology, event));
        }
        true
    }

    /// Puts an item into a channel; the ways to deliver it.
    pub(super) fn put(&mut self, channel: ChannelId, mut item: &[u8]) -> Vec<Action> {
        let put = self.world.put_item(channel, &mut item);
        debug_assert!(put.is_some() && item.is_empty(), "the algorithm does not read what it wrote: see `Pack`");
        self.world.ways_to_deliver(channel, 0)
    }

    /// What now is in a channel, item by item.
    pub(super) fn items(&self, channel: ChannelId) -> impl Iterator<Item = Vec<u8>> + '_ {
        (0..self.world.items_in(channel)).map(move |position| {
            let mut bytes = Vec::new();
            self.world.pack_item(channel, position, self.detail, &mut bytes);
            bytes
        })
    }

    /// The snapshots for which a process recorded in what was done last.
    pub(super) fn just_recorded(&self) -> u64 {
        let of = |event: &Event| match event {
            Event::Recorded { snapshot, .. } => snapshot.bit(),
            _ => 0,
        };
        self.events.iter().map(of).fold(0, |all, one| all | one)
    }

    /// Whether what was done last was to finish the recording of a FIFO channel, and nothing else.
    pub(super) fn just_closed(&self, channel: ChannelId) -> bool {
        self.world.algorithm().closings_commute()
            && self.world.topology().channel(channel).order == Order::Fifo
            && matches!(self.events[..], [Event::ControlReceived { .. }, Event::Closed { .. }])
    }

    /// The snapshots for which a process has recorded, and those for which all channels into it are recorded too.
    pub(super) fn progress(&self, process: ProcessId) -> (u64, u64) {
        let (mut recorded, mut done) = (0, 0);
        if self.world.algorithm().asks_only_some() {
            return self.progress_of_some(process);
        }
        for (at, snapshot) in self.world.snapshots().iter().enumerate() {
            let bit = SnapshotId::at(at).bit();
            if snapshot.process(process).is_some() || !self.world.topology().takes_part(process) {
                recorded |= bit;
            }
            if snapshot.is_done_at(process, self.world.topology()) {
                done |= bit;
            }
        }
        if self.completes_when_quiet() { (recorded, recorded) } else { (recorded, done) }
    }

    /// The same where not everybody is asked: who has begun to record is done when the rest is known, and who has not
    /// stands by how it began, unless it starts the snapshot.
    fn progress_of_some(&self, process: ProcessId) -> (u64, u64) {
        let is_done = |planned: &&Planned| {
            let snapshot = self.world.snapshots().get(planned.id.index());
            match snapshot.filter(|snapshot| snapshot.process(process).is_some()) {
                Some(snapshot) => snapshot.is_done_at(process, self.world.topology()),
                None => !planned.initiators.contains(&process),
            }
        };
        let done = self.planned.iter().filter(is_done).fold(0, |all, planned| all | planned.id.bit());
        (done, done)
    }

    /// Whether it takes no more than silence for a snapshot to be complete once all have recorded.
    pub(super) fn completes_when_quiet(&self) -> bool {
        self.world.algorithm().completes_when_quiet()
    }
}

/// What the process could be asked to do, apart from receiving; the world may still refuse it.
pub(super) fn wishes<A: Explorable>(world: &World<A>, process: ProcessId, setup: &Exploration) -> Vec<Action> {
    let mut wishes = Vec::new();
    for offer in world.offers(process) {
        match offer {
            Offer::Amount { most } => {
                for channel in world.topology().outgoing(process) {
                    let possible = setup.amounts.iter().filter(|amount| **amount <= most);
                    wishes.extend(possible.map(|amount| Action::Send { channel: *channel, payload: Payload(*amount) }));
                }
            }
            Offer::Message { channel, payload } => wishes.push(Action::Send { channel, payload }),
            Offer::Act { choice } => wishes.push(Action::Act { process, choice }),
            Offer::Follow { rule } => wishes.push(Action::Follow { rule, position: 0 }),
        }
    }
    let mut timers = world.timers(process).to_vec();
    timers.sort_unstable();
    timers.dedup();
    wishes.extend(timers.into_iter().map(|timer| Action::Ring { process, timer }));
    let mine = setup.snapshots.iter().filter(|planned| planned.initiators.contains(&process));
    wishes.extend(mine.map(|planned| Action::Initiate { process, snapshot: planned.id }));
    wishes
}
