//! Going on from a recorded state: what a snapshot is taken for (rollback recovery).

use super::transport::Whole;
use super::{Histories, Notes, Occasion, World};
use crate::algorithm::{Algorithm, Here};
use crate::event::Event;
use crate::ids::SnapshotId;
use crate::rejected::Rejected;
use crate::snapshot::Kept;

impl<A: Algorithm> World<A> {
    /// How many times the run has gone back to a recorded state.
    #[must_use]
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    pub(super) fn admit_restoration(&self, snapshot: SnapshotId) -> Result<(), Rejected> {
        match self.snapshots.get(snapshot.index()).filter(|snapshot| snapshot.is_complete()) {
            None => Err(Rejected::NotComplete { snapshot }),
            Some(partial) if partial.is_partial() && self.transport.is_none() => Err(Rejected::Partial { snapshot }),
            Some(recorded) if !recorded.is_of(self.topology(), &self.around.absent) => {
                Err(Rejected::MembersChanged { snapshot })
            }
            Some(_) => Ok(()),
        }
    }

    /// Whether a snapshot has been left behind by a restoration. It is over, complete or not.
    pub(super) fn must_be_of_this_epoch(&self, snapshot: SnapshotId) -> Result<(), Rejected> {
        if snapshot < self.around.first { Err(Rejected::LeftBehind { snapshot }) } else { Ok(()) }
    }

    /// Every process and every channel is as recorded. All else that was under way is dropped, snapshots in progress
    /// are given up, and the algorithm starts afresh: the recorded messages are sent anew under its eyes.
    pub(super) fn restore(&mut self, snapshot: SnapshotId, events: &mut Vec<Event>) -> Result<(), Rejected> {
        self.admit_restoration(snapshot)?;
        let system = self.around.system.clone();
        let Whole { states, channels } = self.whole(snapshot);
        self.epoch += 1;
        let complete =
            (0..).map(SnapshotId).zip(&self.snapshots).filter(|(_, one)| one.is_complete() && one.is_partial());
        let complete: Vec<SnapshotId> = complete.map(|(id, _)| id).collect();
        if let Some(transport) = &mut self.transport {
            transport.begin_anew(&system.topology, &complete, states.clone());
        }
        self.forget();
        for process in system.topology.processes() {
            let state = states[process.index()];
            self.sites[process.index()].state = state;
            events.push(Event::Restored { process, snapshot, state });
        }
        for channel in system.topology.channels() {
            let process = system.topology.channel(channel).from;
            for kept in &channels[channel.index()] {
                let here = Here { process, around: &self.around };
                let tag =
                    self.algorithm.send(here, &mut self.sites[process.index()].memory, channel, &mut self.effects);
                let message = Some(self.lanes[channel.index()].next(&self.next, kept.payload));
                self.perform(&Occasion { process, via: None, message }, events);
                let kept = self.lanes[channel.index()].put(&mut self.next, kept.payload, tag);
                self.transport.iter_mut().for_each(|transport| transport.send_again(channel, kept));
                let Kept { message, number, payload } = kept;
                events.push(Event::Resent { message, channel, number, payload });
            }
        }
        self.say_last_words_again(events);
        Ok(())
    }

    /// The last words of those who have left were under way or forgotten; they belong behind what is sent again.
    fn say_last_words_again(&mut self, events: &mut Vec<Event>) {
        for process in self.around.absent.gone().to_vec() {
            let here = Here { process, around: &self.around };
            self.algorithm.leave(here, &mut self.sites[process.index()].memory, &mut self.effects);
            self.perform(&Occasion::by_itself(process), events);
        }
    }

    /// What a complete snapshot stands for; who takes no part stays as it is.
    fn whole(&self, snapshot: SnapshotId) -> Whole {
        let (topology, recorded) = (self.topology(), &self.snapshots[snapshot.index()]);
        match &self.transport {
            Some(transport) if recorded.is_partial() => transport.whole(topology, snapshot),
            _ => Whole {
                states: topology.processes().map(|p| recorded.process(p).unwrap_or(self.state(p))).collect(),
                channels: topology.channels().map(|c| recorded.channel(c).messages().to_vec()).collect(),
            },
        }
    }

    /// Drops all that is under way and all that the algorithm knows.
    fn forget(&mut self) {
        for lane in &mut self.lanes {
            lane.clear();
        }
        for site in &mut self.sites {
            site.timers.clear();
            site.crashed = false;
            site.memory = self.algorithm.blank();
        }
        self.look_over_lanes();
        self.collection.forget();
        self.histories = Histories::default();
        self.notes = Notes::default();
        self.around.first = SnapshotId::at(self.snapshots.len());
        let blank = self.blank_snapshot();
        for snapshot in self.snapshots.iter_mut().filter(|snapshot| !snapshot.is_complete()) {
            *snapshot = blank.clone();
        }
    }
}
