//! What can go wrong: the network loses or repeats an item, a process stops or forgets. No algorithm is asked.

use super::World;
use super::link::carried;
use super::places::{Item, Lane, Sent};
use crate::action::Copied;
use crate::algorithm::Algorithm;
use crate::event::{Carried, Event, OnLink};
use crate::ids::{ChannelId, ProcessId};
use crate::rejected::Rejected;

impl<A: Algorithm> World<A> {
    /// Whether a process has crashed and not begun again.
    #[must_use]
    pub fn has_crashed(&self, process: ProcessId) -> bool {
        self.sites[process.index()].crashed
    }

    pub(super) fn must_run(&self, process: ProcessId) -> Result<(), Rejected> {
        if self.has_crashed(process) { Err(Rejected::Crashed { process }) } else { self.must_be_here(process) }
    }

    pub(super) fn admit_mishap(&self, channel: ChannelId, position: u32) -> Result<Carried, Rejected> {
        let items = &self.lane(channel)?.items;
        let holds = u32::try_from(items.len()).unwrap_or(u32::MAX);
        let item = items.get(position as usize).ok_or(Rejected::NothingThere { channel, holds })?;
        Ok(carried(&self.algorithm, item))
    }

    pub(super) fn lose(&mut self, channel: ChannelId, position: u32, events: &mut Vec<Event>) -> Result<(), Rejected> {
        let item = self.admit_mishap(channel, position)?;
        let ahead = self.messages_ahead(channel, position as usize);
        let lane = &mut self.lanes[channel.index()];
        lane.items.remove(position as usize);
        if let Some(link) = &mut lane.link {
            link.numbers.remove(position as usize);
            events.push(Event::OnLink { channel, what: OnLink::Lost, item });
            return Ok(());
        }
        events.push(Event::Lost { channel, ahead, item });
        Ok(())
    }

    pub(super) fn duplicate(
        &mut self,
        (channel, position): (ChannelId, u32),
        copied: Copied,
        events: &mut Vec<Event>,
    ) -> Result<(), Rejected> {
        let item = self.admit_mishap(channel, position)?;
        let lane = &mut self.lanes[channel.index()];
        let items = &mut lane.items;
        let at = match copied {
            Copied::Adjacent => position as usize + 1,
            Copied::Tail => items.len(),
        };
        if let Some(copy) = items.get(position as usize).cloned() {
            items.insert(at, copy);
        }
        if let Some(link) = &mut lane.link {
            link.numbers.insert(at, link.numbers[position as usize]);
            events.push(Event::OnLink { channel, what: OnLink::Repeated, item });
            return Ok(());
        }
        events.push(Event::Duplicated { channel, ahead: self.messages_ahead(channel, at), item });
        Ok(())
    }

    /// What is changed already cannot be changed again: nobody would notice.
    pub(super) fn admit_corruption(&self, channel: ChannelId, position: u32) -> Result<Carried, Rejected> {
        let item = self.admit_mishap(channel, position)?;
        if self.is_corrupted(channel, position) { Err(Rejected::AlreadyCorrupted { channel }) } else { Ok(item) }
    }

    pub(super) fn corrupt(
        &mut self,
        channel: ChannelId,
        position: u32,
        events: &mut Vec<Event>,
    ) -> Result<(), Rejected> {
        let item = self.admit_corruption(channel, position)?;
        let lane = &mut self.lanes[channel.index()];
        if let Some(sound) = lane.items.get_mut(position as usize) {
            *sound = Item::Corrupted(Box::new(sound.clone()));
        }
        events.push(match lane.link {
            Some(_) => Event::OnLink { channel, what: OnLink::Corrupted, item },
            None => Event::Corrupted { channel, item },
        });
        Ok(())
    }

    /// What came changed is lost.
    #[inline(never)]
    pub(super) fn drop_corrupted(
        &mut self,
        (channel, position): (ChannelId, u32),
        item: &Item<A>,
        events: &mut Vec<Event>,
    ) {
        let ahead = self.messages_ahead(channel, position as usize);
        events.push(Event::Lost { channel, ahead, item: carried(&self.algorithm, item) });
    }

    fn messages_ahead(&self, channel: ChannelId, position: usize) -> u32 {
        let items = self.lanes[channel.index()].items.iter().take(position);
        u32::try_from(items.filter(|item| matches!(item.as_sent(), Sent::Message(..))).count()).unwrap_or(u32::MAX)
    }

    pub(super) fn admit_crash(&self, process: ProcessId) -> Result<(), Rejected> {
        self.must_have_process(process)?;
        self.must_run(process)
    }

    pub(super) fn crash(&mut self, process: ProcessId, events: &mut Vec<Event>) -> Result<(), Rejected> {
        self.admit_crash(process)?;
        self.sites[process.index()].crashed = true;
        self.look_over_lanes();
        events.push(Event::Crashed { process });
        Ok(())
    }

    pub(super) fn admit_restart(&self, process: ProcessId) -> Result<(), Rejected> {
        self.must_have_process(process)?;
        if self.has_crashed(process) { Ok(()) } else { Err(Rejected::NotCrashed { process }) }
    }

    /// The process has lost its state, what the algorithm remembered there and its timers; unless it keeps a log, from
    /// which all of that comes back as it was. What it recorded before is a part of the snapshot already.
    pub(super) fn restart(&mut self, process: ProcessId, events: &mut Vec<Event>) -> Result<(), Rejected> {
        self.admit_restart(process)?;
        if !self.topology().keeps_log(process) {
            let state = self.around.system.computation.initial_of(process);
            let memory = self.algorithm.blank();
            let site = &mut self.sites[process.index()];
            (site.state, site.memory) = (state, memory);
            site.timers.clear();
            self.notes.restore(process, Vec::new());
        }
        let site = &mut self.sites[process.index()];
        site.crashed = false;
        let state = site.state;
        self.look_over_lanes();
        events.push(Event::Restarted { process, state });
        Ok(())
    }

    /// Some process has stopped or runs again, or the network has: on which channels a step asks for more than on others.
    pub(super) fn look_over_lanes(&mut self) {
        let topology = &self.around.system.topology;
        for (id, lane) in topology.channels().zip(&mut self.lanes) {
            let runs = |process: ProcessId| !self.sites[process.index()].crashed && !self.around.absent.has(process);
            lane.is_plain = Lane::<A>::is_simple(topology, id) && !lane.is_cut_off && runs(lane.from) && runs(lane.to);
        }
    }
}
