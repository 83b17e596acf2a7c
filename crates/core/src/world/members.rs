//! Who comes and goes. A newcomer is there from when it joins, with its initial state and empty channels; who leaves says so
//! as the last item on each of its channels. The algorithm sees to it that both are on one side of every cut: it is asked
//! first, and told afterwards.
//!
//! Who is admitted, and that nobody sends any more to who is gone, is known to all at once: agreeing on a membership is another
//! protocol's task, and not looked at here.

use super::World;
use super::effects::Occasion;
use crate::algorithm::{Algorithm, Here};
use crate::event::Event;
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::rejected::Rejected;
use crate::snapshot::Snapshot;

impl<A: Algorithm> World<A> {
    /// Whether a process is there: it has joined, and not left.
    #[must_use]
    pub fn is_here(&self, process: ProcessId) -> bool {
        !self.around.absent.has(process)
    }

    /// Whether a process was there and has left.
    #[must_use]
    pub fn has_left(&self, process: ProcessId) -> bool {
        self.around.absent.is_gone(process)
    }

    pub(super) fn must_be_here(&self, process: ProcessId) -> Result<(), Rejected> {
        if self.is_here(process) {
            Ok(())
        } else {
            Err(Rejected::NotHere { process, has_left: self.has_left(process) })
        }
    }

    pub(super) fn admit_join(&self, process: ProcessId) -> Result<(), Rejected> {
        self.must_have_process(process)?;
        if !self.around.absent.is_to_come(process) {
            return Err(Rejected::CannotJoin { process, has_left: self.has_left(process) });
        }
        if self.algorithm.lets_members_change() { Ok(()) } else { Err(Rejected::FixedMembers) }
    }

    /// Everybody with a channel to or from the newcomer welcomes it. To snapshots that are complete it does not belong.
    pub(super) fn join(&mut self, process: ProcessId, events: &mut Vec<Event>) -> Result<(), Rejected> {
        self.admit_join(process)?;
        self.around.absent.join(process);
        self.look_over_lanes();
        let system = self.around.system.clone();
        let (topology, absent) = (&system.topology, &self.around.absent);
        let first = self.around.first.index();
        let mut open = Vec::new();
        for (at, snapshot) in self.snapshots.iter_mut().enumerate().skip(first) {
            if snapshot.is_over() {
                continue;
            }
            snapshot.let_in(process, topology, absent);
            if snapshot.has_begun() {
                open.push(SnapshotId::at(at));
            }
        }
        events.push(Event::Joined { process, state: self.state(process) });
        for other in topology.processes().filter(|other| *other != process) {
            if self.is_here(other) && topology.takes_part(other) && topology.takes_part(process) {
                let here = Here { process: other, around: &self.around };
                let memory = &mut self.sites[other.index()].memory;
                self.algorithm.welcome(here, memory, process, &open, &mut self.effects);
                self.perform(&Occasion::by_itself(other), events);
            }
        }
        Ok(())
    }

    /// Nothing may be on its way to who leaves, and it hands over what it holds before: nobody could look for it there.
    pub(super) fn admit_departure(&self, process: ProcessId) -> Result<(), Rejected> {
        self.must_have_process(process)?;
        self.must_run(process)?;
        if !self.algorithm.lets_members_change() {
            return Err(Rejected::FixedMembers);
        }
        let coming = |channel: &&ChannelId| {
            let lane = &self.lanes[channel.index()];
            let waits = lane.link.as_deref().is_some_and(|link| !link.outstanding.is_empty());
            waits || !lane.items.is_empty()
        };
        if let Some(channel) = self.topology().incoming(process).iter().find(coming) {
            return Err(Rejected::StillComing { process, channel: *channel });
        }
        let holds = self.around.system.computation.worth_of_state(self.state(process)).unwrap_or_default();
        if holds != 0 {
            return Err(Rejected::StillHolds { process, holds });
        }
        self.algorithm.may_leave(self.here(process), &self.sites[process.index()].memory)
    }

    pub(super) fn depart(&mut self, process: ProcessId, events: &mut Vec<Event>) -> Result<(), Rejected> {
        self.admit_departure(process)?;
        let here = Here { process, around: &self.around };
        self.algorithm.leave(here, &mut self.sites[process.index()].memory, &mut self.effects);
        self.perform(&Occasion::by_itself(process), events);
        self.sites[process.index()].timers.clear();
        self.around.absent.leave(process);
        self.look_over_lanes();
        let system = self.around.system.clone();
        for snapshot in self.snapshots.iter_mut().filter(|snapshot| !snapshot.is_over()) {
            snapshot.let_go(process, &system.topology);
        }
        events.push(Event::Departed { process });
        Ok(())
    }

    /// A snapshot of those who are there.
    pub(super) fn blank_snapshot(&self) -> Snapshot {
        Snapshot::among(self.topology(), &self.around.absent)
    }
}
