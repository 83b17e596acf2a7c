//! Which channels were used for a snapshot: what the costs of incremental snapshots depend on.

use crate::event::{ControlRole, Event};
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::topology::Topology;
use std::collections::{BTreeMap, BTreeSet};

/// Follows a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Used {
    /// On which something was sent since their sender recorded last.
    since: BTreeSet<ChannelId>,
    /// By snapshot that is being taken.
    of: BTreeMap<SnapshotId, One>,
}

#[derive(Clone, Debug, Default)]
struct One {
    channels: BTreeSet<ChannelId>,
    /// Who has recorded and does not know that all is complete.
    recorded: BTreeSet<ProcessId>,
}

impl Used {
    pub(super) fn channels(&self, snapshot: SnapshotId) -> u64 {
        self.of.get(&snapshot).map_or(0, |one| one.channels.len() as u64)
    }

    /// The snapshot is complete.
    pub(super) fn end(&mut self, snapshot: SnapshotId) {
        self.of.remove(&snapshot);
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
                    let one = self.of.entry(snapshot).or_default();
                    one.recorded.insert(process);
                    let outgoing = topology.outgoing(process).iter().copied();
                    one.channels.extend(outgoing.filter(|channel| self.since.remove(channel)));
                }
                Event::ControlSent { role: ControlRole::Complete(snapshot), .. }
                | Event::ControlReceived { role: ControlRole::Complete(snapshot), .. } => {
                    if let Some(one) = self.of.get_mut(&snapshot) {
                        one.recorded.remove(&process);
                    }
                }
                _ => {}
            }
        }
    }
}
