//! What still holds of a snapshot when somebody has crashed and will never record.
//!
//! Whoever has crashed without having recorded is marked unavailable, and with it whoever no marker can reach any more.
//! Between the others markers still separate what belongs to the snapshot from what does not, so their states and the
//! channels between them are exact (Chandy and Lamport 1985, section 3, rule by rule for each channel), and what was
//! recorded is a lower bound of the whole. Of what comes from an unavailable process nobody can say where it belongs.

use super::epoch::Epoch;
use crate::event::{ControlRole, Event};
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::topology::Topology;
use crate::trace::Trace;

/// Who is missing from a snapshot for good, and what holds without them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Availability {
    /// Who has crashed without having recorded, or can be reached only through such a process.
    pub unavailable: Vec<ProcessId>,
    /// The channels between others that are recorded to the end.
    pub exact: Vec<ChannelId>,
    /// The channels from somebody unavailable to somebody who has recorded: no marker will come on them.
    pub unseparated: Vec<ChannelId>,
    /// What the recorded states and the exact channels add up to, where the computation conserves something: no more
    /// than there is.
    pub at_least: Option<i64>,
}

/// Who is unavailable in a snapshot by the end of a run, and what holds without them. A snapshot that nobody has begun
/// misses nobody. Takes time in the number of events and in the size of the system.
#[must_use]
pub fn availability(trace: &Trace<'_>, snapshot: SnapshotId) -> Availability {
    let epoch = Epoch::of(trace, snapshot);
    let told = Told::of(&epoch, trace, snapshot);
    let topology = &trace.system.topology;
    if told.states.iter().all(Option::is_none) {
        return Availability::default();
    }
    let reached = told.reached(topology);
    let is_unavailable = |process: &ProcessId| topology.takes_part(*process) && !reached[process.index()];
    let recorded = |process: ProcessId| told.states[process.index()].is_some();
    let ends = |channel: &ChannelId| (topology.channel(*channel).from, topology.channel(*channel).to);
    let between = |channel: &ChannelId| recorded(ends(channel).0) && recorded(ends(channel).1);
    let exact: Vec<ChannelId> =
        topology.recorded_channels().filter(between).filter(|channel| told.closed[channel.index()]).collect();
    let unseparated = topology.recorded_channels().filter(|channel| {
        let (from, to) = ends(channel);
        is_unavailable(&from) && recorded(to)
    });
    Availability {
        unavailable: topology.processes().filter(is_unavailable).collect(),
        unseparated: unseparated.collect(),
        at_least: told.worth(trace, &exact),
        exact,
    }
}

/// What the events tell of one snapshot.
struct Told {
    states: Vec<Option<crate::computation::LocalState>>,
    crashed: Vec<bool>,
    kept: Vec<Vec<crate::computation::Payload>>,
    closed: Vec<bool>,
    /// On which channels a marker has gone out.
    marked: Vec<bool>,
}

impl Told {
    fn of(epoch: &Epoch<'_>, trace: &Trace<'_>, snapshot: SnapshotId) -> Self {
        let topology = &trace.system.topology;
        let (processes, channels) = (topology.process_count(), topology.channel_count());
        let mut told = Self {
            states: vec![None; processes],
            crashed: vec![false; processes],
            kept: vec![Vec::new(); channels],
            closed: vec![false; channels],
            marked: vec![false; channels],
        };
        let mut payloads = std::collections::BTreeMap::new();
        for event in epoch.events() {
            match *event {
                Event::Sent { message, payload, .. } | Event::Resent { message, payload, .. } => {
                    payloads.insert(message, payload);
                }
                Event::Crashed { process } => told.crashed[process.index()] = true,
                Event::Restarted { process, .. } => told.crashed[process.index()] = false,
                Event::Recorded { process, snapshot: of, state, .. } if of == snapshot => {
                    told.states[process.index()] = Some(state);
                }
                Event::Discarded { process, snapshot: of } if of == snapshot => told.states[process.index()] = None,
                Event::Kept { snapshot: of, channel, message } if of == snapshot => {
                    told.kept[channel.index()].extend(payloads.get(&message));
                }
                Event::Opened { snapshot: of, channel } if of == snapshot => told.kept[channel.index()].clear(),
                Event::Closed { snapshot: of, channel } if of == snapshot => told.closed[channel.index()] = true,
                Event::ControlSent { channel, role: ControlRole::Marker(of), .. } if of == snapshot => {
                    told.marked[channel.index()] = true;
                }
                _ => {}
            }
        }
        told
    }

    /// Who has recorded, or can still be reached by a marker that is under way or will be sent.
    fn reached(&self, topology: &Topology) -> Vec<bool> {
        let mut reached: Vec<bool> = self.states.iter().map(Option::is_some).collect();
        let mut border: Vec<ProcessId> = topology.processes().filter(|process| reached[process.index()]).collect();
        while let Some(from) = border.pop() {
            for channel in topology.outgoing(from) {
                let to = topology.channel(*channel).to;
                let sends = !self.crashed[from.index()] || self.marked[channel.index()];
                if sends && topology.takes_part(to) && !self.crashed[to.index()] && !reached[to.index()] {
                    reached[to.index()] = true;
                    border.push(to);
                }
            }
        }
        reached
    }

    fn worth(&self, trace: &Trace<'_>, exact: &[ChannelId]) -> Option<i64> {
        let computation = &trace.system.computation;
        let states = self.states.iter().flatten().map(|state| computation.worth_of_state(*state));
        let kept = exact.iter().flat_map(|channel| &self.kept[channel.index()]);
        let kept = kept.map(|payload| computation.worth_of_payload(*payload));
        states.chain(kept).sum()
    }
}
