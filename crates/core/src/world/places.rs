//! A process and a channel at work: what each holds at a moment, side by side.

use super::link::Link;
use crate::algorithm::Algorithm;
use crate::computation::{Computation, Does, LocalState, Payload};
use crate::ids::{ChannelId, ControlId, MessageId, ProcessId, TimerId};
use crate::snapshot::Kept;
use crate::topology::{Channel, Order, Topology};
use std::collections::VecDeque;

/// One process.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Site<A: Algorithm> {
    /// What the application holds.
    pub(super) state: LocalState,
    /// What the algorithm remembers.
    pub(super) memory: A::Memory,
    /// The timers that are set.
    pub(super) timers: Vec<TimerId>,
    /// Whether it does nothing any more.
    pub(super) crashed: bool,
}

impl<A: Algorithm> Site<A> {
    /// Does what a rule says, if the rule allows it in this state.
    pub(super) fn follow(&mut self, computation: &Computation, rule: u16, process: ProcessId, does: Does) {
        self.state = computation.follow(rule, process, self.state, does).unwrap_or(self.state);
    }
}

/// One channel. Its ends are in the topology too; here a step finds them without going through the whole system.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lane<A: Algorithm> {
    pub(super) from: ProcessId,
    pub(super) to: ProcessId,
    pub(super) order: Order,
    /// How many application messages were sent on it since the start or the last restoration.
    pub(super) sent: u32,
    /// What is in it, head first.
    pub(super) items: VecDeque<Item<A>>,
    /// Whether a step on it asks no more than the application and the algorithm, as on most: it carries application
    /// messages, no link repairs it, the network delivers on it, and the processes at its ends run.
    pub(super) is_plain: bool,
    /// Whether the network delivers nothing on it for now.
    pub(super) is_cut_off: bool,
    /// What repairs it, if something does.
    pub(super) link: Option<Box<Link<A>>>,
}

impl<A: Algorithm> Lane<A> {
    pub(super) fn empty(topology: &Topology, id: ChannelId) -> Self {
        let Channel { from, to, order, .. } = *topology.channel(id);
        let is_plain = Self::is_simple(topology, id);
        let link = topology.is_repaired(id).then(Box::default);
        Self { from, to, order, sent: 0, items: VecDeque::new(), is_plain, is_cut_off: false, link }
    }

    /// Whether it carries application messages and no link repairs it.
    pub(super) fn is_simple(topology: &Topology, id: ChannelId) -> bool {
        !topology.is_repaired(id) && !topology.is_for_control(id)
    }

    /// The application message that would be put next.
    #[inline(never)]
    pub(super) fn next(&self, next: &Counters, payload: Payload) -> Kept {
        Kept { message: MessageId(next.message), number: self.sent + 1, payload }
    }

    /// Puts an application message behind all else.
    #[inline(always)]
    pub(super) fn put(&mut self, next: &mut Counters, payload: Payload, tag: A::Tag) -> Kept {
        let age = next.age();
        let message = MessageId(next.message);
        next.message += 1;
        self.sent += 1;
        let kept = Kept { message, number: self.sent, payload };
        self.push(Item::Message { age, kept, tag });
        kept
    }

    /// Puts a control message behind all else.
    pub(super) fn put_control(&mut self, next: &mut Counters, control: A::Control) -> ControlId {
        let age = next.age();
        let id = ControlId(next.control);
        next.control += 1;
        self.push(Item::Control { age, id, control: Box::new(control) });
        id
    }

    #[inline(always)]
    fn push(&mut self, item: Item<A>) {
        if self.is_plain { self.items.push_back(item) } else { self.push_over_link(item) }
    }

    #[inline(never)]
    fn push_over_link(&mut self, item: Item<A>) {
        if let Some(link) = &mut self.link {
            link.send(item.clone());
        }
        self.items.push_back(item);
    }

    /// Takes everything out, and forgets what was sent.
    pub(super) fn clear(&mut self) {
        self.items.clear();
        self.sent = 0;
        if let Some(link) = &mut self.link {
            **link = Link::default();
        }
    }

    #[inline(always)]
    pub(super) fn take(&mut self, position: u32) -> Option<Item<A>> {
        if position == 0 { self.items.pop_front() } else { self.items.remove(position as usize) }
    }
}

/// Something in a channel. Its age is its place in the order of all sending. Kept small: in a large system these are
/// most of what a run goes through.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item<A: Algorithm> {
    Message {
        age: u32,
        kept: Kept,
        tag: A::Tag,
    },
    Control {
        age: u32,
        id: ControlId,
        control: Box<A::Control>,
    },
    /// What the network has changed, as it was.
    Corrupted(Box<Item<A>>),
}

/// An item as it was sent.
pub(super) enum Sent<'a, A: Algorithm> {
    Message(&'a Kept, &'a A::Tag),
    Control(ControlId, &'a A::Control),
}

impl<A: Algorithm> Item<A> {
    pub(super) fn age(&self) -> u32 {
        match self {
            Self::Message { age, .. } | Self::Control { age, .. } => *age,
            Self::Corrupted(item) => item.age(),
        }
    }

    /// What it was before anything was changed.
    pub(super) fn as_sent(&self) -> Sent<'_, A> {
        match self {
            Self::Message { kept, tag, .. } => Sent::Message(kept, tag),
            Self::Control { id, control, .. } => Sent::Control(*id, control.as_ref()),
            Self::Corrupted(item) => item.as_sent(),
        }
    }
}

/// The names that the next messages get.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Counters {
    message: u32,
    control: u32,
}

impl Counters {
    /// How many items have been put into any channel.
    fn age(&self) -> u32 {
        self.message.wrapping_add(self.control)
    }
}
