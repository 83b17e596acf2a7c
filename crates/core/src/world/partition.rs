//! A network that falls apart and comes together again. Nothing is lost: what is under way between two sides waits.

use super::World;
use crate::algorithm::Algorithm;
use crate::event::Event;
use crate::group::Group;
use crate::ids::{ChannelId, ProcessId};
use crate::rejected::Rejected;

impl<A: Algorithm> World<A> {
    /// Whether the network delivers nothing on a channel for now.
    #[must_use]
    pub fn is_cut_off(&self, channel: ChannelId) -> bool {
        self.lanes[channel.index()].is_cut_off
    }

    /// The end of the channel runs, and the network delivers there.
    #[inline(never)]
    pub(super) fn must_reach(&self, channel: ChannelId) -> Result<(), Rejected> {
        let lane = self.lane(channel)?;
        if lane.is_cut_off { Err(Rejected::CutOff { channel }) } else { self.must_run(lane.to) }
    }

    pub(super) fn admit_partition(&self, group: Group) -> Result<(), Rejected> {
        group.processes().try_for_each(|process| self.must_have_process(process))?;
        let mut cut = self.lanes.iter().filter(|lane| !lane.is_cut_off && is_between(group, (lane.from, lane.to)));
        cut.next().map(drop).ok_or(Rejected::CutsNothing)
    }

    pub(super) fn partition(&mut self, group: Group, events: &mut Vec<Event>) -> Result<(), Rejected> {
        self.admit_partition(group)?;
        for lane in &mut self.lanes {
            lane.is_cut_off |= is_between(group, (lane.from, lane.to));
        }
        self.look_over_lanes();
        events.push(Event::Partitioned { group });
        Ok(())
    }

    pub(super) fn admit_healing(&self) -> Result<(), Rejected> {
        if self.lanes.iter().any(|lane| lane.is_cut_off) { Ok(()) } else { Err(Rejected::NothingToHeal) }
    }

    pub(super) fn heal(&mut self, events: &mut Vec<Event>) -> Result<(), Rejected> {
        self.admit_healing()?;
        self.lanes.iter_mut().for_each(|lane| lane.is_cut_off = false);
        self.look_over_lanes();
        events.push(Event::Healed);
        Ok(())
    }
}

fn is_between(group: Group, (from, to): (ProcessId, ProcessId)) -> bool {
    group.contains(from) != group.contains(to)
}
