//! How long a snapshot takes if every message takes one unit: the longest row of messages, one after the other, from its
//! start to the last that was recorded. Messages of the application count where they made their receiver record something.

use crate::event::Event;
use crate::ids::{ControlId, MessageId, SnapshotId};
use crate::topology::Topology;
use std::collections::BTreeMap;

/// Follows a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Chains {
    of: BTreeMap<SnapshotId, Chain>,
}

#[derive(Clone, Debug, Default)]
struct Chain {
    /// By process: how many messages lie behind it; none before it has anything to do with the snapshot.
    behind: Vec<Option<u32>>,
    /// What its sender had behind it.
    messages: BTreeMap<MessageId, u32>,
    controls: BTreeMap<ControlId, u32>,
    longest: u32,
    /// How many messages the last that arrived had behind it, itself included.
    round: u32,
    /// Whether one arrived after another that had more behind it, or somebody started late.
    mixed: bool,
}

impl Chains {
    /// How long it has taken, and whether what was sent for it arrived in rounds.
    pub(super) fn delay(&self, snapshot: SnapshotId) -> (u32, bool) {
        self.of.get(&snapshot).map_or((0, true), |chain| (chain.longest, !chain.mixed))
    }

    /// The snapshot is complete.
    pub(super) fn end(&mut self, snapshot: SnapshotId) {
        self.of.remove(&snapshot);
    }

    pub(super) fn follow(&mut self, topology: &Topology, events: &[Event]) {
        for event in events {
            if let Event::Initiated { snapshot, .. } | Event::Recorded { snapshot, .. } = *event {
                let chain = self.of.entry(snapshot).or_default();
                chain.behind.resize(topology.process_count(), None);
            }
        }
        for (snapshot, chain) in &mut self.of {
            chain.follow(*snapshot, topology, events);
        }
    }
}

impl Chain {
    fn follow(&mut self, snapshot: SnapshotId, topology: &Topology, events: &[Event]) {
        let concerned = events.iter().any(|event| event.snapshot() == Some(snapshot));
        for event in events {
            let arrived = match event {
                Event::Received { message, .. } => self.messages.remove(message).filter(|_| concerned),
                Event::ControlReceived { control, .. } => self.controls.remove(control),
                _ => None,
            };
            if let Some(behind) = arrived {
                let own = &mut self.behind[event.process(topology).index()];
                *own = (*own).max(Some(behind + 1));
                self.mixed |= behind + 1 < self.round;
                self.round = self.round.max(behind + 1);
            }
        }
        for event in events {
            let own = &mut self.behind[event.process(topology).index()];
            match *event {
                Event::Initiated { snapshot: of, .. } if of == snapshot => {
                    own.get_or_insert(0);
                    self.mixed |= self.round > 0;
                }
                Event::Recorded { snapshot: of, .. }
                | Event::Closed { snapshot: of, .. }
                | Event::Collected { snapshot: of, .. }
                    if of == snapshot =>
                {
                    self.longest = self.longest.max(*own.get_or_insert(0));
                }
                Event::ControlSent { control, role, .. } if role.snapshot() == snapshot => {
                    self.controls.insert(control, own.unwrap_or(0));
                }
                Event::Sent { message, .. } => _ = own.map(|behind| self.messages.insert(message, behind)),
                _ => {}
            }
        }
    }
}
