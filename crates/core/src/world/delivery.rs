//! What comes to a process: an application message or a control message, from the head of a channel or wherever its order allows.

use super::World;
use super::effects::Occasion;
use super::places::{Item, Lane, Site};
use crate::algorithm::{Algorithm, Arriving, Here};
use crate::computation::Does;
use crate::event::Event;
use crate::ids::{ChannelId, ControlId, ProcessId};
use crate::rejected::Rejected;
use crate::snapshot::Kept;
use crate::topology::Order;

impl<A: Algorithm> World<A> {
    #[inline(always)]
    pub(super) fn admit_delivery(&self, channel: ChannelId, position: u32) -> Result<ProcessId, Rejected> {
        let Lane { to: process, order, is_plain, ref items, .. } = *self.lane(channel)?;
        let Some(item) = items.get(position as usize) else {
            return Err(Rejected::NothingThere { channel, holds: u32::try_from(items.len()).unwrap_or(u32::MAX) });
        };
        if order == Order::Fifo && position > 0 {
            return Err(Rejected::NotAtTheHead { channel, ahead: position });
        }
        if !is_plain {
            self.must_reach(channel)?;
            if self.topology().is_repaired(channel) {
                return Ok(process);
            }
        }
        self.admit_item(channel, item)?;
        Ok(process)
    }

    /// Whether the application and the algorithm at the end of a channel would take in an item.
    #[inline(always)]
    pub(super) fn admit_item(&self, channel: ChannelId, item: &Item<A>) -> Result<(), Rejected> {
        let process = self.lanes[channel.index()].to;
        let Site { state, memory, .. } = &self.sites[process.index()];
        let arriving = match item {
            Item::Message { kept, tag, .. } => {
                self.around.system.computation.may_receive(process, state, channel, kept.payload)?;
                Arriving::Message(tag)
            }
            Item::Control { control, .. } => Arriving::Control(control.as_ref()),
            Item::Corrupted(_) => return Ok(()),
        };
        self.algorithm.may_receive(self.here(process), memory, channel, arriving)
    }

    #[inline(never)]
    pub(super) fn deliver(
        &mut self,
        channel: ChannelId,
        position: u32,
        events: &mut Vec<Event>,
    ) -> Result<(), Rejected> {
        let process = self.admit_delivery(channel, position)?;
        let lane = &mut self.lanes[channel.index()];
        if !lane.is_plain && lane.link.is_some() {
            self.arrive(channel, position, events);
            return Ok(());
        }
        match lane.take(position) {
            Some(Item::Message { kept, tag, .. }) => self.receive_by(None, process, channel, (kept, &tag), events),
            Some(Item::Control { id, control, .. }) => self.receive_control(channel, id, &control, events),
            Some(Item::Corrupted(item)) => self.drop_corrupted((channel, position), &item, events),
            None => {}
        }
        Ok(())
    }

    /// Takes in what has been admitted: by this rule, or by the first that allows it.
    #[inline(always)]
    pub(super) fn receive_by(
        &mut self,
        rule: Option<u16>,
        process: ProcessId,
        channel: ChannelId,
        (kept, tag): (Kept, &A::Tag),
        events: &mut Vec<Event>,
    ) {
        let Kept { message, number, payload } = kept;
        let here = Here { process, around: &self.around };
        self.algorithm.receive(here, &mut self.sites[process.index()].memory, channel, tag, &mut self.effects);
        if !self.effects.is_empty() {
            self.perform(&Occasion { process, via: Some(channel), message: Some(kept) }, events);
        }
        let site = &mut self.sites[process.index()];
        let computation = &self.around.system.computation;
        match rule {
            None => computation.received(process, &mut site.state, channel, payload),
            Some(rule) => site.follow(computation, rule, process, Does::Receive(channel, payload)),
        }
        if let Some(transport) = &mut self.transport {
            transport.receive(channel, number);
        }
        events.push(Event::Received { message, channel, number, payload, state: site.state });
    }

    #[inline(never)]
    pub(super) fn receive_control(
        &mut self,
        channel: ChannelId,
        id: ControlId,
        control: &A::Control,
        events: &mut Vec<Event>,
    ) {
        let process = self.lanes[channel.index()].to;
        events.push(Event::ControlReceived { control: id, channel, role: self.algorithm.role(control) });
        self.collection.arrive(id, process);
        self.histories.arrive(id, process);
        let here = Here { process, around: &self.around };
        self.algorithm.control(here, &mut self.sites[process.index()].memory, channel, control, &mut self.effects);
        self.perform(&Occasion { process, via: Some(channel), message: None }, events);
    }
}
