//! A system with a snapshot algorithm at work in it.

mod following;
mod packing;
mod restore;

pub(crate) use packing::Detail;

use crate::action::Action;
use crate::algorithm::{Algorithm, Arriving, Effect, Here};
use crate::collection::{Collection, Part};
use crate::computation::{Computation, Does, LocalState, Offer, Payload};
use crate::event::{ControlRole, Event};
use crate::ids::{ChannelId, ControlId, MessageId, ProcessId, SnapshotId, TimerId};
use crate::rejected::Rejected;
use crate::snapshot::{Kept, Snapshot};
use crate::topology::{Channel, Order, Topology};
use std::collections::VecDeque;
use std::sync::Arc;

/// The most snapshots that one run may take.
pub const MAX_SNAPSHOTS: u16 = 64;

/// What never changes in a run: who is there, and what they compute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct System {
    /// Processes and channels.
    pub topology: Topology,
    /// The application.
    pub computation: Computation,
}

/// The state of everything at one moment: processes, channels, the algorithm's memories, and what was recorded.
///
/// Replaying the same actions from the same start gives an equal world.
#[derive(Clone, Debug, PartialEq)]
pub struct World<A: Algorithm> {
    system: Arc<System>,
    algorithm: A,
    states: Vec<LocalState>,
    memories: Vec<A::Memory>,
    queues: Vec<VecDeque<Item<A>>>,
    sent_on: Vec<u32>,
    timers: Vec<Vec<TimerId>>,
    snapshots: Vec<Snapshot>,
    collection: Collection,
    epoch: u32,
    /// How many snapshots the last restoration left behind.
    before_epoch: usize,
    next: Counters,
}

#[derive(Clone, Debug, PartialEq, Default)]
struct Counters {
    message: u32,
    control: u32,
    item: u64,
}

/// Something in a channel, with its place in the order of all sending.
#[derive(Clone, Debug, PartialEq)]
struct Item<A: Algorithm> {
    age: u64,
    content: Content<A>,
}

#[derive(Clone, Debug, PartialEq)]
enum Content<A: Algorithm> {
    Message { kept: Kept, tag: A::Tag },
    Control { id: ControlId, control: A::Control },
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
        let processes = system.topology.process_count();
        let channels = system.topology.channel_count();
        Self {
            algorithm,
            states: system.computation.initial(),
            memories: vec![A::Memory::default(); processes],
            queues: vec![VecDeque::new(); channels],
            sent_on: vec![0; channels],
            timers: vec![Vec::new(); processes],
            snapshots: Vec::new(),
            collection: Collection::default(),
            epoch: 0,
            before_epoch: 0,
            next: Counters::default(),
            system,
        }
    }

    /// Carries out an action and appends what happened to `events`.
    ///
    /// # Errors
    /// Why it cannot be done; then nothing has changed and `events` is as it was.
    pub fn apply(&mut self, action: Action, events: &mut Vec<Event>) -> Result<(), Rejected> {
        match action {
            Action::Send { channel, payload } => {
                let (process, after) = self.admit_send(channel, payload, None)?;
                self.send((process, after), channel, payload, events);
                Ok(())
            }
            Action::Act { process, choice } => self.act(process, choice, events),
            Action::Deliver { channel, position } => {
                let (process, after) = self.admit_delivery(channel, position, None)?;
                self.deliver((process, after), channel, position, events);
                Ok(())
            }
            Action::Follow { rule, position } => self.follow(rule, position, events),
            Action::Initiate { process, snapshot } => self.initiate(process, snapshot, events),
            Action::Restore { snapshot } => self.restore(snapshot, events),
            Action::Ring { process, timer } => self.ring(process, timer, events),
        }
    }

    /// Whether the world would carry out an action.
    ///
    /// # Errors
    /// Why it would not, exactly as [`World::apply`] would answer.
    pub fn check(&self, action: Action) -> Result<(), Rejected> {
        match action {
            Action::Send { channel, payload } => self.admit_send(channel, payload, None).map(drop),
            Action::Act { process, choice } => self.admit_act(process, choice).map(drop),
            Action::Deliver { channel, position } => self.admit_delivery(channel, position, None).map(drop),
            Action::Follow { rule, position } => self.admit_following(rule, position),
            Action::Initiate { process, snapshot } => self.admit_initiation(process, snapshot),
            Action::Restore { snapshot } => self.admit_restoration(snapshot),
            Action::Ring { process, timer } => self.admit_ring(process, timer).map(drop),
        }
    }

    /// What never changes.
    #[must_use]
    pub fn system(&self) -> &Arc<System> {
        &self.system
    }

    /// The algorithm at work.
    #[must_use]
    pub fn algorithm(&self) -> &A {
        &self.algorithm
    }

    /// Processes and channels.
    #[must_use]
    pub fn topology(&self) -> &Topology {
        &self.system.topology
    }

    /// The application state of a process.
    #[must_use]
    pub fn state(&self, process: ProcessId) -> LocalState {
        self.states[process.index()]
    }

    /// What is in a channel, head first.
    pub fn in_channel(&self, channel: ChannelId) -> impl ExactSizeIterator<Item = Waiting> + '_ {
        self.queues[channel.index()].iter().map(|item| match &item.content {
            Content::Message { kept, .. } => Waiting::Message(*kept),
            Content::Control { id, control } => Waiting::Control(*id, self.algorithm.role(control)),
        })
    }

    /// How many items have ever been put into any channel before the one at this position; none if there is no
    /// such item. The smallest is the oldest.
    #[must_use]
    pub fn age(&self, channel: ChannelId, position: u32) -> Option<u64> {
        self.queues[channel.index()].get(position as usize).map(|item| item.age)
    }

    /// Whether no channel holds anything.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.queues.iter().all(VecDeque::is_empty)
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
        &self.timers[process.index()]
    }

    /// What a process could be asked to do now, apart from receiving and initiating.
    #[must_use]
    pub fn offers(&self, process: ProcessId) -> Vec<Offer> {
        self.system.computation.offers(process, self.state(process))
    }

    /// Every delivery that would be carried out now, by channel and position.
    pub fn deliveries(&self) -> impl Iterator<Item = Action> + '_ {
        let of_channel = |channel: ChannelId| {
            let reach = match self.topology().channel(channel).order {
                Order::Fifo => 1,
                Order::Unordered => usize::MAX,
            };
            let items = self.queues[channel.index()].len().min(reach);
            (0..items).filter_map(move |at| Some(Action::Deliver { channel, position: u32::try_from(at).ok()? }))
        };
        self.topology().channels().flat_map(of_channel).filter(|action| self.check(*action).is_ok())
    }

    /// How many bytes a copy of this world takes, about.
    pub(crate) fn weight(&self) -> usize {
        let parts = self.topology().process_count() + self.topology().channel_count();
        let waiting: usize = self.queues.iter().map(VecDeque::len).sum();
        1024 + parts * (64 + 32 * self.snapshots.len()) + waiting * size_of::<Item<A>>()
    }

    fn here(&self, process: ProcessId) -> Here<'_> {
        Here { process, topology: &self.system.topology }
    }

    /// The sender, and its state afterwards: by this rule, or by the first that allows it.
    fn admit_send(
        &self,
        channel: ChannelId,
        payload: Payload,
        rule: Option<u16>,
    ) -> Result<(ProcessId, LocalState), Rejected> {
        self.must_have_channel(channel)?;
        let process = self.topology().channel(channel).from;
        let (computation, state) = (&self.system.computation, self.state(process));
        let after = match rule {
            None => computation.send(process, state, channel, payload)?,
            Some(rule) => computation
                .follow(rule, process, state, Does::Send(channel, payload))
                .ok_or(Rejected::NoRuleToSend { process, state, channel, payload })?,
        };
        self.algorithm.may_send(self.here(process), &self.memories[process.index()], channel)?;
        Ok((process, after))
    }

    fn send(
        &mut self,
        (process, after): (ProcessId, LocalState),
        channel: ChannelId,
        payload: Payload,
        events: &mut Vec<Event>,
    ) {
        let mut effects = Vec::new();
        let here = Here { process, topology: &self.system.topology };
        let tag = self.algorithm.send(here, &mut self.memories[process.index()], channel, &mut effects);
        self.perform(&Occasion { process, via: None, arriving: None }, effects, events);

        let message = MessageId(self.next.message);
        self.next.message += 1;
        self.sent_on[channel.index()] += 1;
        let number = self.sent_on[channel.index()];
        self.push(channel, Content::Message { kept: Kept { message, number, payload }, tag });
        self.states[process.index()] = after;
        events.push(Event::Sent { message, channel, number, payload, state: after });
    }

    fn admit_act(&self, process: ProcessId, choice: u16) -> Result<LocalState, Rejected> {
        self.must_have_process(process)?;
        self.system.computation.act(process, self.state(process), choice)
    }

    fn act(&mut self, process: ProcessId, choice: u16, events: &mut Vec<Event>) -> Result<(), Rejected> {
        let state = self.admit_act(process, choice)?;
        self.states[process.index()] = state;
        events.push(Event::Acted { process, choice, state });
        Ok(())
    }

    /// The receiving process, and for an application message its state afterwards: by this rule, or by the first that
    /// allows it.
    fn admit_delivery(
        &self,
        channel: ChannelId,
        position: u32,
        rule: Option<u16>,
    ) -> Result<(ProcessId, Option<LocalState>), Rejected> {
        self.must_have_channel(channel)?;
        let Channel { to: process, order, .. } = *self.topology().channel(channel);
        let queue = &self.queues[channel.index()];
        let Some(item) = queue.get(position as usize) else {
            return Err(Rejected::NothingThere { channel, holds: u32::try_from(queue.len()).unwrap_or(u32::MAX) });
        };
        if order == Order::Fifo && position > 0 {
            return Err(Rejected::NotAtTheHead { channel, ahead: position });
        }
        let (after, arriving) = match &item.content {
            Content::Message { kept, tag } => {
                let (computation, state, payload) = (&self.system.computation, self.state(process), kept.payload);
                let after = match rule {
                    None => computation.receive(process, state, channel, payload)?,
                    Some(rule) => computation
                        .follow(rule, process, state, Does::Receive(channel, payload))
                        .ok_or(Rejected::NoRuleToReceive { process, state, channel, payload })?,
                };
                (Some(after), Arriving::Message(tag))
            }
            Content::Control { .. } if rule.is_some() => {
                return Err(Rejected::NoRuleToAct { process, state: self.state(process) });
            }
            Content::Control { control, .. } => (None, Arriving::Control(control)),
        };
        self.algorithm.may_receive(self.here(process), &self.memories[process.index()], channel, arriving)?;
        Ok((process, after))
    }

    fn deliver(
        &mut self,
        (process, after): (ProcessId, Option<LocalState>),
        channel: ChannelId,
        position: u32,
        events: &mut Vec<Event>,
    ) {
        let Some(item) = self.queues[channel.index()].remove(position as usize) else { return };
        let mut effects = Vec::new();
        let here = Here { process, topology: &self.system.topology };
        let memory = &mut self.memories[process.index()];
        match item.content {
            Content::Message { kept, tag } => {
                self.algorithm.receive(here, memory, channel, &tag, &mut effects);
                self.perform(&Occasion { process, via: Some(channel), arriving: Some(kept) }, effects, events);
                let state = after.unwrap_or(self.states[process.index()]);
                self.states[process.index()] = state;
                let Kept { message, number, payload } = kept;
                events.push(Event::Received { message, channel, number, payload, state });
            }
            Content::Control { id, control } => {
                events.push(Event::ControlReceived { control: id, channel, role: self.algorithm.role(&control) });
                self.collection.arrive(id, process);
                self.algorithm.control(here, memory, channel, &control, &mut effects);
                self.perform(&Occasion { process, via: Some(channel), arriving: None }, effects, events);
            }
        }
    }

    fn admit_initiation(&self, process: ProcessId, snapshot: SnapshotId) -> Result<(), Rejected> {
        self.must_have_process(process)?;
        if snapshot.0 >= MAX_SNAPSHOTS {
            return Err(Rejected::TooManySnapshots { limit: MAX_SNAPSHOTS });
        }
        self.must_be_of_this_epoch(snapshot)?;
        self.algorithm.may_initiate(self.here(process), &self.memories[process.index()], snapshot)
    }

    fn initiate(&mut self, process: ProcessId, snapshot: SnapshotId, events: &mut Vec<Event>) -> Result<(), Rejected> {
        self.admit_initiation(process, snapshot)?;
        events.push(Event::Initiated { process, snapshot });
        let mut effects = Vec::new();
        let here = Here { process, topology: &self.system.topology };
        self.algorithm.initiate(here, &mut self.memories[process.index()], snapshot, &mut effects);
        self.perform(&Occasion { process, via: None, arriving: None }, effects, events);
        Ok(())
    }

    fn admit_ring(&self, process: ProcessId, timer: TimerId) -> Result<usize, Rejected> {
        self.must_have_process(process)?;
        let set = self.timers(process).iter().position(|t| *t == timer);
        set.ok_or(Rejected::NoSuchTimer { process, timer })
    }

    fn ring(&mut self, process: ProcessId, timer: TimerId, events: &mut Vec<Event>) -> Result<(), Rejected> {
        let at = self.admit_ring(process, timer)?;
        self.timers[process.index()].remove(at);
        events.push(Event::TimerRang { process, timer });
        let mut effects = Vec::new();
        let here = Here { process, topology: &self.system.topology };
        self.algorithm.ring(here, &mut self.memories[process.index()], timer, &mut effects);
        self.perform(&Occasion { process, via: None, arriving: None }, effects, events);
        Ok(())
    }

    /// Does what an algorithm asks for, whether or not it is wise: that is for the judge to say.
    fn perform(&mut self, occasion: &Occasion, effects: Vec<Effect<A::Control>>, events: &mut Vec<Event>) {
        let process = occasion.process;
        for effect in effects {
            if !self.concerns(process, &effect) {
                debug_assert!(false, "{effect:?} is not for an algorithm at {process:?} to ask");
                continue;
            }
            match effect {
                Effect::Record(snapshot) => {
                    let state = self.states[process.index()];
                    self.snapshot(snapshot).record(process, state);
                    events.push(Event::Recorded { process, snapshot, state, via: occasion.via });
                }
                Effect::Open(snapshot, channel) => {
                    self.snapshot(snapshot).open(channel);
                    events.push(Event::Opened { snapshot, channel });
                }
                Effect::Keep(snapshot) => {
                    let (Some(channel), Some(kept)) = (occasion.via, occasion.arriving) else { continue };
                    self.snapshot(snapshot).keep(channel, kept);
                    events.push(Event::Kept { snapshot, channel, message: kept.message });
                }
                Effect::Close(snapshot, channel) => {
                    self.snapshot(snapshot).close(channel);
                    events.push(Event::Closed { snapshot, channel });
                }
                Effect::SendControl(channel, control) => _ = self.send_control(channel, control, events),
                Effect::Report { channel, snapshot, parts, control } => {
                    let id = self.send_control(channel, control, events);
                    let own = self.own_part(process, snapshot);
                    self.collection.attach(id, process, snapshot, &parts, own);
                }
                Effect::Assemble(snapshot) => {
                    let own = self.own_part(process, snapshot);
                    if self.collection.assemble(process, snapshot, own.as_ref(), &self.system.topology) {
                        events.push(Event::Collected { process, snapshot });
                    }
                }
                Effect::SetTimer(timer) => {
                    self.timers[process.index()].push(timer);
                    events.push(Event::TimerSet { process, timer });
                }
            }
        }
    }

    fn send_control(&mut self, channel: ChannelId, control: A::Control, events: &mut Vec<Event>) -> ControlId {
        let id = ControlId(self.next.control);
        self.next.control += 1;
        events.push(Event::ControlSent { control: id, channel, role: self.algorithm.role(&control) });
        self.push(channel, Content::Control { id, control });
        id
    }

    fn own_part(&self, process: ProcessId, snapshot: SnapshotId) -> Option<Part> {
        Part::of(self.snapshots.get(snapshot.index())?, process, &self.system.topology)
    }

    /// Whether an effect touches nothing but the process where it was asked for and its channels.
    fn concerns(&self, process: ProcessId, effect: &Effect<A::Control>) -> bool {
        let topology = &self.system.topology;
        match effect {
            Effect::Record(snapshot) | Effect::Keep(snapshot) | Effect::Assemble(snapshot) => {
                snapshot.0 < MAX_SNAPSHOTS
            }
            Effect::Open(snapshot, channel) | Effect::Close(snapshot, channel) => {
                snapshot.0 < MAX_SNAPSHOTS && topology.incoming(process).contains(channel)
            }
            Effect::SendControl(channel, _) | Effect::Report { channel, .. } => {
                topology.outgoing(process).contains(channel)
            }
            Effect::SetTimer(_) => true,
        }
    }

    fn push(&mut self, channel: ChannelId, content: Content<A>) {
        self.queues[channel.index()].push_back(Item { age: self.next.item, content });
        self.next.item += 1;
    }

    fn snapshot(&mut self, id: SnapshotId) -> &mut Snapshot {
        while self.snapshots.len() <= id.index() {
            self.snapshots.push(Snapshot::empty(&self.system.topology));
        }
        &mut self.snapshots[id.index()]
    }

    fn must_have_process(&self, process: ProcessId) -> Result<(), Rejected> {
        if self.topology().has_process(process) { Ok(()) } else { Err(Rejected::NoSuchProcess(process)) }
    }

    fn must_have_channel(&self, channel: ChannelId) -> Result<(), Rejected> {
        if self.topology().has_channel(channel) { Ok(()) } else { Err(Rejected::NoSuchChannel(channel)) }
    }
}

/// On whose behalf effects are performed.
struct Occasion {
    process: ProcessId,
    via: Option<ChannelId>,
    arriving: Option<Kept>,
}
