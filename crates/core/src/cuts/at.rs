//! What can be asked about one cut.

use super::cut::Cut;
use super::order::{EventOrder, Message};
use crate::computation::LocalState;
use crate::ids::{ChannelId, ProcessId};

/// A cut of a run, to be asked what the processes hold at it and what is in the channels.
#[derive(Clone, Copy, Debug)]
pub struct AtCut<'a> {
    order: &'a EventOrder,
    cut: &'a Cut,
}

impl<'a> AtCut<'a> {
    pub(super) fn new(order: &'a EventOrder, cut: &'a Cut) -> Self {
        Self { order, cut }
    }

    /// The cut.
    #[must_use]
    pub fn cut(&self) -> &'a Cut {
        self.cut
    }

    /// How many events of a process it holds.
    #[must_use]
    pub fn events(&self, process: ProcessId) -> u32 {
        self.cut.counts()[process.index()]
    }

    /// What a process holds; none if the order does not know.
    #[must_use]
    pub fn state(&self, process: ProcessId) -> Option<LocalState> {
        let states = self.order.states.as_ref()?;
        states.after[process.index()].get(self.events(process) as usize).copied()
    }

    /// How many messages have been sent on a channel. Takes time in the logarithm of the number of its messages.
    #[must_use]
    pub fn sent(&self, link: ChannelId) -> usize {
        let link = &self.order.links()[link.index()];
        let inside = self.events(link.from);
        link.messages.partition_point(|place| self.order.messages[*place].sent.number <= inside)
    }

    /// How many messages have been received from a channel. Takes time in the number of its messages.
    #[must_use]
    pub fn received(&self, link: ChannelId) -> usize {
        let places = &self.order.links()[link.index()].messages;
        places.iter().filter(|place| self.received_inside(&self.order.messages[**place])).count()
    }

    /// What is under way on a channel, in the order of sending: sent inside the cut and not received inside it.
    /// For a consistent cut this is the state of the channel (Chandy and Lamport 1985, section 2). Takes time in
    /// the number of messages sent on it.
    pub fn in_transit(&self, link: ChannelId) -> impl Iterator<Item = &'a Message> + use<'a> {
        let at = *self;
        let places = &at.order.links()[link.index()].messages[..at.sent(link)];
        places.iter().map(move |place| &at.order.messages[*place]).filter(move |message| !at.received_inside(message))
    }

    /// What all processes hold and all messages under way carry of the conserved quantity; none if that is not
    /// known or the computation conserves nothing. At a consistent cut it is what there was at the start.
    #[must_use]
    pub fn total(&self) -> Option<i128> {
        let computation = self.order.computation()?;
        let mut total = 0;
        for process in 0..self.order.process_count() {
            total += i128::from(computation.worth_of_state(self.state(ProcessId::at(process))?)?);
        }
        for link in 0..self.order.links().len() {
            for message in self.in_transit(ChannelId::at(link)) {
                total += i128::from(message.worth?);
            }
        }
        Some(total)
    }

    pub(super) fn received_inside(&self, message: &Message) -> bool {
        message.received.is_some_and(|received| received.number <= self.events(received.process))
    }

    pub(super) fn sent_inside(&self, message: &Message) -> bool {
        message.sent.number <= self.events(message.sent.process)
    }
}
