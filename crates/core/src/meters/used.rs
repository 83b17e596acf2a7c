//! Which channels were used for a snapshot: what the costs of incremental snapshots depend on.

use crate::event::Event;
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::topology::Topology;
use std::collections::{BTreeMap, BTreeSet};

/// Follows a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Used {
    /// On which something was sent since their sender recorded last.
    since: BTreeSet<ChannelId>,
    /// By snapshot.
    of: BTreeMap<SnapshotId, One>,
}

#[derive(Clone, Debug, Default)]
struct One {
    channels: BTreeSet<ChannelId>,
    /// Who has recorded, and not for a later snapshot.
    recorded: BTreeSet<ProcessId>,
}

impl Used {
    pub(super) fn channels(&self, snapshot: SnapshotId) -> u64 {
        self.of.get(&snapshot).map_or(0, |one| one.channels.len() as u64)
    }

    pub(super) fn follow(&mut self, topology: &Topology, events: &[Event]) {
        for event in events {
            let process = event.process(topology);
            match *event {
                Event::Sent { channel, .. } => {
                    self.since.insert(channel);
                    let taking = self.of.values_mut().filter(|one| one.recorded.contains(&process));
                    taking.for_each(|one| _ = one.channels.insert(channel));
                }
                Event::Recorded { snapshot, .. } => {
                    self.of.values_mut().for_each(|earlier| _ = earlier.recorded.remove(&process));
                    let one = self.of.entry(snapshot).or_default();
                    one.recorded.insert(process);
                    let outgoing = topology.outgoing(process).iter().copied();
                    one.channels.extend(outgoing.filter(|channel| self.since.remove(channel)));
                }
                _ => {}
            }
        }
    }
}
