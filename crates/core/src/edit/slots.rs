//! What each step of a run is about, so that it keeps its meaning when the run is played in another order.

use crate::action::Action;
use crate::event::{ControlRole, Event};
use crate::ids::{ChannelId, MessageId, ProcessId};
use crate::topology::Order;
use crate::trace::Trace;
use std::collections::BTreeMap;

/// Something that was in a channel, by where it came from and not by its number, which changes with the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name {
    /// The message of this step on this channel; of those that a restoration puts there, the one of this number.
    Message { step: usize, channel: ChannelId, number: u32 },
    /// The control message of this meaning.
    Control { channel: ChannelId, kind: u8, snapshot: u16, part: u16, parts: u16 },
}

impl Name {
    /// The item that an event puts into a channel, if it does so at this step.
    pub(super) fn put_in(step: usize, event: &Event) -> Option<Self> {
        match *event {
            Event::Sent { channel, .. } => Some(Self::Message { step, channel, number: 0 }),
            Event::Resent { channel, number, .. } => Some(Self::Message { step, channel, number }),
            Event::ControlSent { channel, role, .. } => Some(Self::control(channel, role)),
            _ => None,
        }
    }

    pub(super) fn control(channel: ChannelId, role: ControlRole) -> Self {
        let snapshot = role.snapshot().0;
        let (kind, part, parts) = match role {
            ControlRole::Marker(_) | ControlRole::Count { .. } => (0, 0, 0),
            ControlRole::Report { part, parts, .. } => (1, part.0, parts),
            ControlRole::Begin(_) => (2, 0, 0),
            ControlRole::Signal => (8, 0, 0),
            ControlRole::Leave => (9, 0, 0),
            ControlRole::Acknowledged(_) => (3, 0, 0),
            ControlRole::Ready(_) => (4, 0, 0),
            ControlRole::Complete(_) => (5, 0, 0),
            ControlRole::Vector { round, .. } => (6, 0, round),
            ControlRole::Word { word, number, .. } => (32 + word as u8, 0, u16::try_from(number).unwrap_or(u16::MAX)),
        };
        Self::Control { channel, kind, snapshot, part, parts }
    }
}

/// The number of an item among those of the run.
pub(super) type Item = usize;

#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) action: Action,
    /// The same, whichever rule is followed.
    pub(super) plain: Action,
    /// Where it happens; none for what happens everywhere at once.
    pub(super) process: Option<ProcessId>,
    /// What it takes from its channel.
    pub(super) takes: Option<Item>,
    /// How many messages were sent before it.
    pub(super) messages: usize,
}

/// The steps of a whole branch with what they are about. Made once, in time linear in the events but for a logarithm.
#[derive(Clone, Debug)]
pub struct Slots {
    pub(super) slots: Vec<Slot>,
    pub(super) items: BTreeMap<Name, Item>,
    /// The step that puts each item into its channel.
    pub(super) put_by: Vec<usize>,
    /// The step that takes it out.
    pub(super) taken_by: Vec<Option<usize>>,
    /// The messages in the order of sending.
    pub(super) messages: Vec<Option<Item>>,
    unordered: Vec<bool>,
}

impl Slots {
    /// Those of a run.
    #[must_use]
    pub fn of(trace: &Trace<'_>) -> Self {
        let topology = &trace.system.topology;
        let unordered = topology.channels().map(|channel| topology.channel(channel).order == Order::Unordered);
        let mut slots = Self {
            slots: Vec::with_capacity(trace.steps.len()),
            items: BTreeMap::new(),
            put_by: Vec::new(),
            taken_by: Vec::new(),
            messages: Vec::new(),
            unordered: unordered.collect(),
        };
        let plain = |action| trace.system.computation.plain(action);
        for (at, step) in trace.steps.iter().enumerate() {
            let messages = slots.messages.len();
            let takes = step.events.iter().find_map(|event| slots.taken(event));
            slots.slots.push(Slot {
                action: step.action,
                plain: plain(step.action),
                process: plain(step.action).process(topology),
                takes,
                messages,
            });
            if let Some(item) = takes {
                slots.taken_by[item] = Some(at + 1);
            }
            step.events.iter().for_each(|event| slots.put(at + 1, event));
        }
        slots
    }

    /// How many steps there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The action of a step, counted from 1.
    #[must_use]
    pub fn action(&self, step: usize) -> Action {
        self.slots[step - 1].action
    }

    pub(super) fn slot(&self, step: usize) -> &Slot {
        &self.slots[step - 1]
    }

    /// The step that puts into its channel what this step takes out.
    pub(super) fn put_by(&self, step: usize) -> Option<usize> {
        self.slot(step).takes.map(|item| self.put_by[item])
    }

    /// Whether two steps take from one channel that keeps its order.
    pub(super) fn in_order(&self, one: usize, other: usize) -> Option<ChannelId> {
        match (self.slot(one).plain, self.slot(other).plain) {
            (Action::Deliver { channel, .. }, Action::Deliver { channel: same, .. }) => {
                (channel == same && !self.is_unordered(channel)).then_some(channel)
            }
            _ => None,
        }
    }

    pub(super) fn is_unordered(&self, channel: ChannelId) -> bool {
        self.unordered.get(channel.index()).copied().unwrap_or_default()
    }

    fn put(&mut self, step: usize, event: &Event) {
        let Some(name) = Name::put_in(step, event) else { return };
        let item = self.put_by.len();
        self.put_by.push(step);
        self.taken_by.push(None);
        self.items.insert(name, item);
        if matches!(name, Name::Message { .. }) {
            self.messages.push(Some(item));
        }
    }

    fn taken(&self, event: &Event) -> Option<Item> {
        match *event {
            Event::Received { message, .. } => taken_message(&self.messages, message),
            Event::ControlReceived { channel, role, .. } => self.items.get(&Name::control(channel, role)).copied(),
            _ => None,
        }
    }
}

pub(super) fn taken_message(messages: &[Option<Item>], message: MessageId) -> Option<Item> {
    messages.get(message.index()).copied().flatten()
}
