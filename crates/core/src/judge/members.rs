//! Who belongs to a snapshot, where processes join and leave.
//!
//! Who has left without having recorded has done all that it ever does before the cut: its line ends there. Who joins when
//! all others and the channels between them are recorded does all that it does after the cut. Everybody else records.

use super::epoch::Epoch;
use crate::event::Event;
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::topology::Topology;
use crate::trace::Trace;

/// Where the line crosses a process that does not record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    /// It joined after the snapshot was complete, or not at all.
    AtItsBeginning,
    /// It left before it would have recorded.
    AtItsEnd,
}

/// Where the line crosses those that do not record. Empty where nobody joins or leaves, as in most runs.
#[derive(Default)]
pub(super) struct Members {
    stand: Vec<(ProcessId, Stands)>,
    /// The channels between processes that were never there at the same time.
    apart: Vec<ChannelId>,
}

impl Members {
    /// Takes time in the number of events, where anybody joins or leaves.
    pub(super) fn of(trace: &Trace<'_>, epoch: &Epoch<'_>, snapshot: SnapshotId) -> Self {
        let topology = &trace.system.topology;
        let changes = |event: &Event| matches!(event, Event::Joined { .. } | Event::Departed { .. });
        if topology.newcomers().is_empty() && !trace.events().any(|(_, event)| changes(event)) {
            return Self::default();
        }
        let mut known = Known::new(topology);
        let before = trace.steps[..epoch.offset].iter().flat_map(|step| step.events);
        before.filter(|event| changes(event)).for_each(|event| known.follow(event, snapshot));
        // Whoever had left when the run went back does nothing after that.
        known.stand.iter_mut().for_each(|(_, stands)| *stands = Stands::AtItsBeginning);
        epoch.trace.events().for_each(|(_, event)| known.follow(event, snapshot));
        let recorded = |process: &(ProcessId, Stands)| known.recorded[process.0.index()];
        let stand = known.stand.iter().copied().filter(|process| !recorded(process)).collect();
        Self { stand, apart: known.apart }
    }

    pub(super) fn apart(&self) -> &[ChannelId] {
        &self.apart
    }

    pub(super) fn stands(&self, process: ProcessId) -> Option<Stands> {
        self.stand.iter().find(|(of, _)| *of == process).map(|(_, stands)| *stands)
    }
}

struct Known<'a> {
    topology: &'a Topology,
    here: Vec<bool>,
    recorded: Vec<bool>,
    closed: Vec<bool>,
    opened: Vec<bool>,
    stand: Vec<(ProcessId, Stands)>,
    gone: Vec<bool>,
    apart: Vec<ChannelId>,
}

impl<'a> Known<'a> {
    fn new(topology: &'a Topology) -> Self {
        let newcomers = topology.newcomers();
        Self {
            topology,
            here: topology.processes().map(|process| !newcomers.contains(&process)).collect(),
            recorded: vec![false; topology.process_count()],
            gone: vec![false; topology.process_count()],
            apart: Vec::new(),
            closed: vec![false; topology.channel_count()],
            opened: vec![false; topology.channel_count()],
            stand: newcomers.iter().map(|process| (*process, Stands::AtItsBeginning)).collect(),
        }
    }

    fn follow(&mut self, event: &Event, snapshot: SnapshotId) {
        match *event {
            Event::Recorded { process, snapshot: of, .. } if of == snapshot => self.recorded[process.index()] = true,
            Event::Opened { channel, snapshot: of } if of == snapshot => {
                self.opened[channel.index()] = true;
                self.closed[channel.index()] = false;
            }
            Event::Closed { channel, snapshot: of } if of == snapshot => self.closed[channel.index()] = true,
            Event::Joined { process, .. } => {
                if !self.is_complete() {
                    self.stand.retain(|(of, _)| *of != process);
                }
                self.here[process.index()] = true;
                let is_gone = |of: ProcessId| self.gone[of.index()];
                let (into, out) = (self.topology.incoming(process), self.topology.outgoing(process));
                self.apart.extend(into.iter().filter(|channel| is_gone(self.topology.channel(**channel).from)));
                self.apart.extend(out.iter().filter(|channel| is_gone(self.topology.channel(**channel).to)));
            }
            Event::Departed { process } => {
                self.here[process.index()] = false;
                self.gone[process.index()] = true;
                if !self.recorded[process.index()] && !self.stand.iter().any(|(of, _)| *of == process) {
                    self.stand.push((process, Stands::AtItsEnd));
                }
            }
            _ => {}
        }
    }

    /// Whether it has begun, and all who are there have recorded, and all channels between them and whatever else was begun.
    fn is_complete(&self) -> bool {
        let stands = |process: &ProcessId| self.stand.iter().any(|(of, _)| of == process);
        let takes_part =
            |process: &ProcessId| self.here[process.index()] && self.topology.takes_part(*process) && !stands(process);
        let is_open = |channel: &ChannelId| {
            let ends = self.topology.channel(*channel);
            let between = takes_part(&ends.from) && takes_part(&ends.to) && self.topology.is_recorded(*channel);
            !self.closed[channel.index()] && (between || self.opened[channel.index()])
        };
        self.recorded.contains(&true)
            && self.topology.processes().filter(takes_part).all(|process| self.recorded[process.index()])
            && !self.topology.channels().any(|channel| is_open(&channel))
    }
}
