//! What an algorithm costs at a moment: what it sends along, remembers, and holds back. Asked by whoever meters a run,
//! never by a step.

use super::World;
use super::places::{Item, Sent, Site};
use crate::algorithm::{Algorithm, Arriving};
use crate::explore::{Explorable, Pack};
use crate::ids::{ChannelId, ProcessId};
use crate::topology::Order;

impl<A: Explorable> World<A> {
    /// How many bits of an item are the algorithm's: all of a control message, the tag of an application message. None if
    /// there is no such item.
    pub(crate) fn bits(&self, channel: ChannelId, position: usize) -> Option<u32> {
        let mut packed = Vec::new();
        let said = match self.lanes[channel.index()].items.get(position)?.as_sent() {
            Sent::Message(_, tag) => {
                tag.pack(&mut packed);
                self.algorithm.bits(Arriving::Message(tag))
            }
            Sent::Control(_, control) => {
                control.pack(&mut packed);
                self.algorithm.bits(Arriving::Control(control))
            }
        };
        Some(said.unwrap_or_else(|| u32::try_from(8 * packed.len()).unwrap_or(u32::MAX)))
    }
}

impl<A: Algorithm> World<A> {
    /// What a process remembers for the algorithm.
    #[must_use]
    pub fn memory(&self, process: ProcessId) -> &A::Memory {
        &self.sites[process.index()].memory
    }

    /// Whether something stands in a channel that the algorithm would not take in now.
    pub(crate) fn holds_receipt(&self, channel: ChannelId) -> bool {
        let lane = &self.lanes[channel.index()];
        let Site { memory, crashed, .. } = &self.sites[lane.to.index()];
        let arriving = |item: &Item<A>| match item {
            Item::Message { tag, .. } => {
                self.algorithm.may_receive(self.here(lane.to), memory, channel, Arriving::Message(tag))
            }
            Item::Control { control, .. } => {
                self.algorithm.may_receive(self.here(lane.to), memory, channel, Arriving::Control(control.as_ref()))
            }
            Item::Corrupted(_) => Ok(()),
        };
        let within = if lane.order == Order::Fifo { 1 } else { usize::MAX };
        !crashed && lane.items.iter().take(within).any(|item| arriving(item).is_err())
    }

    /// Whether the algorithm would let no application message out on a channel now.
    pub(crate) fn holds_sends(&self, channel: ChannelId) -> bool {
        let lane = &self.lanes[channel.index()];
        let Site { memory, crashed, .. } = &self.sites[lane.from.index()];
        let may_send = || self.algorithm.may_send(self.here(lane.from), memory, channel);
        !crashed && !self.topology().is_for_control(channel) && may_send().is_err()
    }
}
