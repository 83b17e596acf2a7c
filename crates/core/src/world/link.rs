//! A link that repairs what the network under a channel does: sequence numbers on all items, retransmission of what has
//! not been acknowledged, and handing over in order, repeats dropped (a sliding window without a limit). Whatever the
//! network loses, repeats or reorders, the channel is then FIFO and loses nothing.
//!
//! An item is acknowledged when it has been handed over; that the acknowledgement itself takes time changes nothing, since
//! a repeat is dropped.

use super::World;
use super::places::{Item, Lane, Sent};
use crate::algorithm::Algorithm;
use crate::event::{Carried, Event, OnLink};
use crate::ids::{ChannelId, ProcessId};
use crate::rejected::Rejected;
use std::collections::VecDeque;

/// What the ends of a channel remember to repair it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Link<A: Algorithm> {
    /// The numbers of what is in the network, in the order in which it stands there.
    pub(super) numbers: VecDeque<u32>,
    /// What was sent and has not been handed over, in order.
    pub(super) outstanding: VecDeque<(u32, Item<A>)>,
    /// What came early, in order.
    pub(super) held: Vec<(u32, Item<A>)>,
    /// The number of the next item to be handed over.
    pub(super) next: u32,
    sent: u32,
}

impl<A: Algorithm> Default for Link<A> {
    fn default() -> Self {
        Self { numbers: VecDeque::new(), outstanding: VecDeque::new(), held: Vec::new(), next: 1, sent: 0 }
    }
}

impl<A: Algorithm> Link<A> {
    /// Takes note of an item that is sent.
    pub(super) fn send(&mut self, item: Item<A>) {
        self.sent += 1;
        self.numbers.push_back(self.sent);
        self.outstanding.push_back((self.sent, item));
    }

    /// What may be sent once more: what is neither in the network nor at the receiver.
    fn waiting(&self) -> impl Iterator<Item = u32> + '_ {
        let numbers = self.outstanding.iter().map(|(number, _)| *number);
        numbers.filter(|number| !self.numbers.contains(number) && !self.held.iter().any(|(held, _)| held == number))
    }
}

impl<A: Algorithm> World<A> {
    /// The link numbers of what is in the network under a channel, by position; nothing if it has no link.
    pub fn numbers_in(&self, channel: ChannelId) -> impl Iterator<Item = u32> + '_ {
        let link = self.lanes[channel.index()].link.as_deref();
        link.into_iter().flat_map(|link| link.numbers.iter().copied())
    }

    /// The link numbers of what the sender could send once more.
    pub fn to_send_again(&self, channel: ChannelId) -> impl Iterator<Item = u32> + '_ {
        self.lanes[channel.index()].link.as_deref().into_iter().flat_map(Link::waiting)
    }

    pub(super) fn admit_again(&self, channel: ChannelId, number: u32) -> Result<ProcessId, Rejected> {
        let lane = self.lane(channel)?;
        // What was sent last by who has left still has to arrive: its end of the link stays until then.
        if !self.has_left(lane.from) {
            self.must_run(lane.from)?;
        }
        let waits = lane.link.as_deref().is_some_and(|link| link.waiting().any(|waiting| waiting == number));
        if waits { Ok(lane.from) } else { Err(Rejected::NotToSendAgain { channel, number }) }
    }

    pub(super) fn send_again(
        &mut self,
        channel: ChannelId,
        number: u32,
        events: &mut Vec<Event>,
    ) -> Result<(), Rejected> {
        self.admit_again(channel, number)?;
        let Lane { items, link, .. } = &mut self.lanes[channel.index()];
        let Some(link) = link.as_deref_mut() else { return Ok(()) };
        let found = link.outstanding.iter().find(|(of, _)| *of == number).map(|(_, item)| item.clone());
        if let Some(item) = found {
            link.numbers.push_back(number);
            events.push(Event::OnLink { channel, what: OnLink::SentAgain, item: carried(&self.algorithm, &item) });
            items.push_back(item);
        }
        Ok(())
    }

    /// The network brings an item: repeated, it is dropped; early, or if it may not be taken in yet, it waits at the receiver.
    #[inline(never)]
    pub(super) fn arrive(&mut self, channel: ChannelId, position: u32, events: &mut Vec<Event>) {
        let lane = &mut self.lanes[channel.index()];
        let (Some(item), Some(link)) = (lane.items.remove(position as usize), lane.link.as_deref_mut()) else { return };
        let number = link.numbers.remove(position as usize).unwrap_or_default();
        let what = carried(&self.algorithm, &item);
        let at = link.held.partition_point(|(held, _)| *held < number);
        if matches!(item, Item::Corrupted(_)) {
            return events.push(Event::OnLink { channel, what: OnLink::Refused, item: what });
        }
        if number < link.next || link.held.get(at).is_some_and(|(held, _)| *held == number) {
            return events.push(Event::OnLink { channel, what: OnLink::Dropped, item: what });
        }
        link.held.insert(at, (number, item));
        if number > link.next || !self.may_hand_over(channel) {
            events.push(Event::OnLink { channel, what: OnLink::Held, item: what });
        }
    }

    /// Hands over what waits at receivers and may be taken in by now. One thing leads to another.
    #[inline(never)]
    pub(super) fn hand_over_all(&mut self, events: &mut Vec<Event>) {
        let ready = |world: &Self| world.topology().channels().find(|channel| world.may_hand_over(*channel));
        while let Some(channel) = ready(self) {
            let Some(link) = self.lanes[channel.index()].link.as_deref_mut() else { return };
            let (number, item) = link.held.remove(0);
            link.outstanding.retain(|(outstanding, _)| *outstanding != number);
            link.next += 1;
            self.hand_over(channel, item, events);
        }
    }

    /// Whether the next item waits at the receiver, and the application and the algorithm there would take it in.
    fn may_hand_over(&self, channel: ChannelId) -> bool {
        let lane = &self.lanes[channel.index()];
        let Some(link) = lane.link.as_deref() else { return false };
        let first = link.held.first().filter(|(number, _)| *number == link.next);
        let is_up = self.must_run(lane.to).is_ok();
        first.is_some_and(|(_, item)| is_up && self.admit_item(channel, item).is_ok())
    }

    #[inline(never)]
    fn hand_over(&mut self, channel: ChannelId, item: Item<A>, events: &mut Vec<Event>) {
        match item {
            Item::Message { kept, tag, .. } => {
                let process = self.lanes[channel.index()].to;
                self.receive_by(None, process, channel, (kept, &tag), events);
            }
            Item::Control { id, control, .. } => self.receive_control(channel, id, &control, events),
            Item::Corrupted(_) => {}
        }
    }
}

/// What a channel carries, without what only its algorithm understands.
pub(super) fn carried<A: Algorithm>(algorithm: &A, item: &Item<A>) -> Carried {
    match item.as_sent() {
        Sent::Message(kept, _) => Carried::Message(kept.message, kept.payload),
        Sent::Control(id, control) => Carried::Control(id, algorithm.role(control)),
    }
}
