//! A system with a snapshot algorithm at work in it.

mod delivery;
mod effects;
mod following;
mod histories;
mod link;
mod load;
mod members;
mod mishaps;
mod notes;
mod packing;
mod partition;
mod places;
mod restore;
mod transport;

pub use crate::ids::MAX_SNAPSHOTS;
pub use crate::system::System;
pub(crate) use packing::Detail;

use effects::Occasion;
use histories::Histories;
use notes::Notes;
use places::{Counters, Item, Lane, Sent, Site};
use transport::Transport;

use crate::absent::Absent;
use crate::action::Action;
use crate::algorithm::{Algorithm, Effects, Here, Surroundings};
use crate::collection::Collection;
use crate::computation::{Does, LocalState, Offer, Payload};
use crate::event::{ControlRole, Event};
use crate::ids::{ChannelId, ControlId, MessageId, ProcessId, SnapshotId, TimerId};
use crate::rejected::Rejected;
use crate::riding::TagRole;
use crate::snapshot::{Kept, Snapshot};
use crate::time::{END_OF_TIME, Time};
use crate::topology::{Order, Topology};
use std::sync::Arc;

/// The state of everything at one moment: processes, channels, the algorithm's memories, and what was recorded.
///
/// Replaying the same actions from the same start gives an equal world.
#[derive(Clone, Debug, PartialEq)]
pub struct World<A: Algorithm> {
    around: Surroundings,
    algorithm: A,
    sites: Box<[Site<A>]>,
    lanes: Box<[Lane<A>]>,
    snapshots: Vec<Snapshot>,
    collection: Collection,
    histories: Histories,
    notes: Notes,
    /// What the transport has copies of, where the algorithm leaves channels to it.
    transport: Option<Box<Transport>>,
    epoch: u32,
    /// Whether a link repairs any channel.
    has_links: bool,
    next: Counters,
    /// What the handler at work asks for; empty between actions.
    effects: Effects<A::Control>,
}

/// What stands in a channel, as anybody sees it who does not know the algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// An application message.
    Message(Kept),
    /// A control message.
    Control(ControlId, ControlRole),
}

impl<A: Algorithm> World<A> {
    /// The start: every process in its initial state, all channels empty, nothing recorded.
    #[must_use]
    pub fn new(system: Arc<System>, algorithm: A) -> Self {
        let keeps_copies = algorithm.leaves_channels() && system.topology.outsiders().is_empty();
        let transport = keeps_copies.then(|| Box::new(Transport::new(&system.topology, system.computation.initial())));
        let site = |state| Site { state, memory: algorithm.blank(), timers: Vec::new(), crashed: false };
        let absent = Absent::at_first(&system.topology);
        let mut world = Self {
            sites: system.computation.initial().into_iter().map(site).collect(),
            algorithm,
            lanes: system.topology.channels().map(|id| Lane::empty(&system.topology, id)).collect(),
            snapshots: Vec::new(),
            collection: Collection::default(),
            histories: Histories::default(),
            notes: Notes::default(),
            transport,
            epoch: 0,
            has_links: system.topology.channels().any(|channel| system.topology.is_repaired(channel)),
            next: Counters::default(),
            effects: Effects::new(),
            around: Surroundings { system, absent, now: Time::default(), first: SnapshotId(0) },
        };
        if !world.around.absent.is_nobody() {
            world.look_over_lanes();
        }
        world
    }

    /// The same without copies of what is sent: it cannot go back to what was left to the transport.
    pub(crate) fn without_copies(self) -> Self {
        Self { transport: None, ..self }
    }

    /// Carries out an action and appends what happened to `events`.
    ///
    /// # Errors
    /// Why it cannot be done; then nothing has changed and `events` is as it was.
    #[inline]
    pub fn apply(&mut self, action: Action, events: &mut Vec<Event>) -> Result<(), Rejected> {
        match action {
            Action::Send { channel, payload } => self.send(channel, payload, events),
            Action::Deliver { channel, position } => self.deliver(channel, position, events),
            seldom => self.apply_seldom(seldom, events),
        }?;
        if self.has_links {
            self.hand_over_all(events);
        }
        Ok(())
    }

    /// Apart from the others, so that those do not carry its weight.
    #[inline(never)]
    fn apply_seldom(&mut self, action: Action, events: &mut Vec<Event>) -> Result<(), Rejected> {
        match action {
            Action::Send { channel, payload } => self.send(channel, payload, events),
            Action::Deliver { channel, position } => self.deliver(channel, position, events),
            Action::Act { process, choice } => self.act(process, choice, events),
            Action::Follow { rule, position } => self.follow(rule, position, events),
            Action::Initiate { process, snapshot } => self.initiate(process, snapshot, events),
            Action::Restore { snapshot } => self.restore(snapshot, events),
            Action::Ring { process, timer } => self.ring(process, timer, events),
            Action::Lose { channel, position } => self.lose(channel, position, events),
            Action::Corrupt { channel, position } => self.corrupt(channel, position, events),
            Action::Duplicate { channel, position, copy } => self.duplicate((channel, position), copy, events),
            Action::SendAgain { channel, number } => self.send_again(channel, number, events),
            Action::Wait { until } => self.wait(until, events),
            Action::Crash { process } => self.crash(process, events),
            Action::Restart { process } => self.restart(process, events),
            Action::Join { process } => self.join(process, events),
            Action::Leave { process } => self.depart(process, events),
            Action::Partition { group } => self.partition(group, events),
            Action::Heal => self.heal(events),
        }
    }

    /// Whether the world would carry out an action.
    ///
    /// # Errors
    /// Why it would not, exactly as [`World::apply`] would answer.
    pub fn check(&self, action: Action) -> Result<(), Rejected> {
        match action {
            Action::Send { channel, payload } => self.admit_send(channel, payload).map(drop),
            Action::Act { process, choice } => self.admit_act(process, choice).map(drop),
            Action::Deliver { channel, position } => self.admit_delivery(channel, position).map(drop),
            Action::Follow { rule, position } => self.admit_following(rule, position),
            Action::Initiate { process, snapshot } => self.admit_initiation(process, snapshot),
            Action::Restore { snapshot } => self.admit_restoration(snapshot),
            Action::Ring { process, timer } => self.admit_ring(process, timer).map(drop),
            Action::Lose { channel, position } => self.admit_mishap(channel, position).map(drop),
            Action::Corrupt { channel, position } => self.admit_corruption(channel, position).map(drop),
            Action::Duplicate { channel, position, .. } => self.admit_mishap(channel, position).map(drop),
            Action::SendAgain { channel, number } => self.admit_again(channel, number).map(drop),
            Action::Wait { until } => self.admit_wait(until),
            Action::Crash { process } => self.admit_crash(process),
            Action::Restart { process } => self.admit_restart(process),
            Action::Join { process } => self.admit_join(process),
            Action::Leave { process } => self.admit_departure(process),
            Action::Partition { group } => self.admit_partition(group),
            Action::Heal => self.admit_healing(),
        }
    }

    /// What never changes.
    #[must_use]
    pub fn system(&self) -> &Arc<System> {
        &self.around.system
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> Time {
        self.around.now
    }

    /// The algorithm at work.
    #[must_use]
    pub fn algorithm(&self) -> &A {
        &self.algorithm
    }

    /// Processes and channels.
    #[must_use]
    pub fn topology(&self) -> &Topology {
        &self.around.system.topology
    }

    /// The application state of a process.
    #[must_use]
    pub fn state(&self, process: ProcessId) -> LocalState {
        self.sites[process.index()].state
    }

    /// What is in a channel, head first.
    pub fn in_channel(&self, channel: ChannelId) -> impl ExactSizeIterator<Item = Waiting> + '_ {
        self.lanes[channel.index()].items.iter().map(|item| match item.as_sent() {
            Sent::Message(kept, _) => Waiting::Message(*kept),
            Sent::Control(id, control) => Waiting::Control(id, self.algorithm.role(control)),
        })
    }

    /// What rides on a message that is in a channel; nothing if it is not there. What was put there last is found first.
    #[must_use]
    pub fn tag_roles(&self, channel: ChannelId, wanted: MessageId) -> Vec<TagRole> {
        let Lane { to, ref items, .. } = self.lanes[channel.index()];
        let tag = items.iter().rev().find_map(|item| match item {
            Item::Message { kept, tag, .. } if kept.message == wanted => Some(tag),
            _ => None,
        });
        tag.map(|tag| self.algorithm.tag_roles(tag, to)).unwrap_or_default()
    }

    /// Whether the network has changed an item on its way, so that whoever takes it drops it.
    #[must_use]
    pub fn is_corrupted(&self, channel: ChannelId, position: u32) -> bool {
        matches!(self.lanes[channel.index()].items.get(position as usize), Some(Item::Corrupted(_)))
    }

    /// How many items have ever been put into any channel before the one at this position; none if there is no
    /// such item. The smallest is the oldest.
    #[must_use]
    pub fn age(&self, channel: ChannelId, position: u32) -> Option<u64> {
        self.lanes[channel.index()].items.get(position as usize).map(|item| u64::from(item.age()))
    }

    /// Whether no channel holds anything.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.lanes.iter().all(|lane| lane.items.is_empty())
    }

    /// The snapshots begun so far, by number. One that is passed over in the numbering is empty.
    #[must_use]
    pub fn snapshots(&self) -> &[Snapshot] {
        &self.snapshots
    }

    /// What a process has put together of a snapshot; none until it has all of it.
    #[must_use]
    pub fn collected(&self, process: ProcessId, snapshot: SnapshotId) -> Option<&Snapshot> {
        self.collection.collected(process, snapshot)
    }

    /// The timers that are set at a process.
    #[must_use]
    pub fn timers(&self, process: ProcessId) -> &[TimerId] {
        &self.sites[process.index()].timers
    }

    /// What a process could be asked to do now, apart from receiving and initiating.
    #[must_use]
    pub fn offers(&self, process: ProcessId) -> Vec<Offer> {
        self.around.system.computation.offers(process, self.state(process))
    }

    /// Every delivery that would be carried out now, by channel and position.
    pub fn deliveries(&self) -> impl Iterator<Item = Action> + '_ {
        let of_channel = |channel: ChannelId| {
            let lane = &self.lanes[channel.index()];
            let items = match lane.order {
                Order::Fifo => lane.items.len().min(1),
                Order::Unordered => lane.items.len(),
            };
            (0..items).filter_map(move |at| Some(Action::Deliver { channel, position: u32::try_from(at).ok()? }))
        };
        self.topology().channels().flat_map(of_channel).filter(|action| self.check(*action).is_ok())
    }

    /// How many messages processes remember for the algorithm: what they have sent, and what has come enclosed.
    #[must_use]
    pub fn remembered(&self) -> usize {
        self.histories.len()
    }

    /// How many states processes have noted, so that they can record them later.
    #[must_use]
    pub fn noted(&self) -> usize {
        self.notes.len()
    }

    /// How many bytes a copy of this world takes, about.
    pub(crate) fn weight(&self) -> usize {
        let parts = self.topology().process_count() + self.topology().channel_count();
        let waiting: usize = self.lanes.iter().map(|lane| lane.items.len()).sum();
        let remembered = self.histories.len() * size_of::<Kept>() + self.notes.len() * size_of::<(u32, LocalState)>();
        1024 + parts * (64 + 32 * self.snapshots.len()) + waiting * size_of::<Item<A>>() + remembered
    }

    fn admit_wait(&self, until: Time) -> Result<(), Rejected> {
        if (self.around.now..=END_OF_TIME).contains(&until) { Ok(()) } else { Err(Rejected::NotThen { until }) }
    }

    fn wait(&mut self, until: Time, events: &mut Vec<Event>) -> Result<(), Rejected> {
        self.admit_wait(until)?;
        self.around.now = until;
        events.push(Event::TimePassed { now: until });
        Ok(())
    }

    #[inline(always)]
    fn here(&self, process: ProcessId) -> Here<'_> {
        Here { process, around: &self.around }
    }

    #[inline(always)]
    fn admit_send(&self, channel: ChannelId, payload: Payload) -> Result<ProcessId, Rejected> {
        let lane = self.lane(channel)?;
        if !lane.is_plain {
            self.must_carry_messages(channel)?;
        }
        let process = lane.from;
        let Site { state, memory, .. } = &self.sites[process.index()];
        self.around.system.computation.may_send(process, state, channel, payload)?;
        self.algorithm.may_send(self.here(process), memory, channel)?;
        Ok(process)
    }

    #[inline(never)]
    fn must_carry_messages(&self, channel: ChannelId) -> Result<(), Rejected> {
        if self.topology().is_for_control(channel) {
            return Err(Rejected::ForControl { channel });
        }
        self.must_run(self.topology().channel(channel).from)?;
        self.must_be_here(self.topology().channel(channel).to)
    }

    #[inline(never)]
    fn send(&mut self, channel: ChannelId, payload: Payload, events: &mut Vec<Event>) -> Result<(), Rejected> {
        let process = self.admit_send(channel, payload)?;
        self.send_by(None, process, channel, payload, events);
        Ok(())
    }

    /// Sends what has been admitted: by this rule, or by the first that allows it.
    #[inline(always)]
    fn send_by(
        &mut self,
        rule: Option<u16>,
        process: ProcessId,
        channel: ChannelId,
        payload: Payload,
        events: &mut Vec<Event>,
    ) {
        let here = Here { process, around: &self.around };
        let tag = self.algorithm.send(here, &mut self.sites[process.index()].memory, channel, &mut self.effects);
        if !self.effects.is_empty() {
            let message = Some(self.lanes[channel.index()].next(&self.next, payload));
            self.perform(&Occasion { process, via: None, message }, events);
        }

        let (site, lane) = (&mut self.sites[process.index()], &mut self.lanes[channel.index()]);
        let Kept { message, number, .. } = lane.put(&mut self.next, payload, tag);
        let computation = &self.around.system.computation;
        match rule {
            None => computation.sent(process, &mut site.state, channel, payload),
            Some(rule) => site.follow(computation, rule, process, Does::Send(channel, payload)),
        }
        if let Some(transport) = &mut self.transport {
            transport.send(channel, Kept { message, number, payload });
        }
        events.push(Event::Sent { message, channel, number, payload, state: site.state });
    }

    fn admit_act(&self, process: ProcessId, choice: u16) -> Result<LocalState, Rejected> {
        self.must_have_process(process)?;
        self.must_run(process)?;
        self.around.system.computation.act(process, self.state(process), choice)
    }

    fn act(&mut self, process: ProcessId, choice: u16, events: &mut Vec<Event>) -> Result<(), Rejected> {
        let state = self.admit_act(process, choice)?;
        self.sites[process.index()].state = state;
        events.push(Event::Acted { process, choice, state });
        if self.offers(process).is_empty() {
            let here = Here { process, around: &self.around };
            self.algorithm.rested(here, &mut self.sites[process.index()].memory, &mut self.effects);
            self.perform(&Occasion::by_itself(process), events);
        }
        Ok(())
    }

    fn admit_initiation(&self, process: ProcessId, snapshot: SnapshotId) -> Result<(), Rejected> {
        self.must_have_process(process)?;
        self.must_run(process)?;
        if snapshot.0 >= MAX_SNAPSHOTS {
            return Err(Rejected::TooManySnapshots { limit: MAX_SNAPSHOTS });
        }
        self.must_be_of_this_epoch(snapshot)?;
        if !self.topology().takes_part(process) {
            return Err(Rejected::TakesNoPart { process });
        }
        self.algorithm.may_initiate(self.here(process), &self.sites[process.index()].memory, snapshot)?;
        let begun = self.snapshots.get(snapshot.index()).filter(|snapshot| snapshot.has_begun());
        if begun.is_some_and(|begun| begun.is_outside(process)) {
            return Err(Rejected::JoinedTooLate { process, snapshot });
        }
        let has_begun = begun.is_some();
        if self.algorithm.takes_one_at_a_time() {
            self.must_be_the_next(snapshot)?;
        }
        if has_begun && self.algorithm.has_one_initiator() { Err(Rejected::OneInitiator { snapshot }) } else { Ok(()) }
    }

    /// All others are complete, and their numbers are lower.
    fn must_be_the_next(&self, snapshot: SnapshotId) -> Result<(), Rejected> {
        let begun = self.snapshots.iter().enumerate().skip(self.around.first.index());
        let others = begun.filter(|(at, other)| *at != snapshot.index() && other.has_begun());
        for (at, other) in others {
            let known = SnapshotId::at(at);
            if !other.is_complete() {
                return Err(Rejected::OneAtATime { snapshot: known });
            }
            if known > snapshot {
                return Err(Rejected::OutOfTurn { snapshot: known });
            }
        }
        Ok(())
    }

    fn initiate(&mut self, process: ProcessId, snapshot: SnapshotId, events: &mut Vec<Event>) -> Result<(), Rejected> {
        self.admit_initiation(process, snapshot)?;
        events.push(Event::Initiated { process, snapshot });
        self.snapshot(snapshot);
        let here = Here { process, around: &self.around };
        self.algorithm.initiate(here, &mut self.sites[process.index()].memory, snapshot, &mut self.effects);
        self.perform(&Occasion::by_itself(process), events);
        Ok(())
    }

    fn admit_ring(&self, process: ProcessId, timer: TimerId) -> Result<usize, Rejected> {
        self.must_have_process(process)?;
        self.must_run(process)?;
        let set = self.timers(process).iter().position(|t| *t == timer);
        set.ok_or(Rejected::NoSuchTimer { process, timer })
    }

    fn ring(&mut self, process: ProcessId, timer: TimerId, events: &mut Vec<Event>) -> Result<(), Rejected> {
        let at = self.admit_ring(process, timer)?;
        self.sites[process.index()].timers.remove(at);
        events.push(Event::TimerRang { process, timer });
        let here = Here { process, around: &self.around };
        self.algorithm.ring(here, &mut self.sites[process.index()].memory, timer, &mut self.effects);
        self.perform(&Occasion::by_itself(process), events);
        Ok(())
    }

    fn must_have_process(&self, process: ProcessId) -> Result<(), Rejected> {
        if self.topology().has_process(process) { Ok(()) } else { Err(Rejected::NoSuchProcess(process)) }
    }

    fn lane(&self, channel: ChannelId) -> Result<&Lane<A>, Rejected> {
        self.lanes.get(channel.index()).ok_or(Rejected::NoSuchChannel(channel))
    }
}
