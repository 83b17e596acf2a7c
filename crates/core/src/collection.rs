//! Recorded parts on their way to somebody who puts them together.
//!
//! An algorithm names parts by process and snapshot; the world attaches what was recorded, as it stands when the
//! report goes out, and keeps for each process what has reached it. So nothing can be collected that was not
//! recorded and has not travelled.

use crate::algorithms::chandy_lamport::Collect;
use crate::computation::LocalState;
use crate::event::{ControlRole, Event};
use crate::ids::{ChannelId, ControlId, ProcessId, SnapshotId};
use crate::progress::marker_count_among;
use crate::snapshot::{ChannelRecord, Kept, Snapshot};
use crate::topology::Topology;
use crate::trace::Trace;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The part of one process in a snapshot: its state and the channels into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The process.
    pub process: ProcessId,
    /// Its recorded state.
    pub state: LocalState,
    /// The recorded channels into it.
    pub channels: Vec<(ChannelId, Vec<Kept>)>,
}

impl Part {
    /// The part of a process in a snapshot; none unless it is done.
    #[must_use]
    pub fn of(snapshot: &Snapshot, process: ProcessId, topology: &Topology) -> Option<Self> {
        let channel = |channel: &ChannelId| match snapshot.channel(*channel) {
            ChannelRecord::Closed(kept) => Some((*channel, kept.clone())),
            _ => None,
        };
        let is_apart =
            |channel: ChannelId| *snapshot.channel(channel) == ChannelRecord::NotStarted && snapshot.is_closed(channel);
        let recorded = topology.incoming(process).iter().filter(|channel| topology.is_recorded(**channel));
        let recorded = recorded.filter(|channel| !is_apart(**channel));
        let channels = recorded.map(channel).collect::<Option<_>>()?;
        Some(Self { process, state: snapshot.process(process)?, channels })
    }
}

/// The snapshot that parts make, each of which counts once, together with one of the same processes of which nothing has been
/// recorded; none unless it is whole.
pub(crate) fn whole_of<'a>(parts: impl Iterator<Item = &'a Part>, mut whole: Snapshot) -> Option<Snapshot> {
    for part in parts {
        if whole.process(part.process).is_some() {
            continue;
        }
        whole.record(part.process, part.state);
        for (channel, kept) in &part.channels {
            kept.iter().for_each(|kept| whole.keep(*channel, *kept));
            whole.close(*channel);
        }
    }
    whole.is_complete().then_some(whole)
}

/// Parts by where they are.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Collection {
    carried: BTreeMap<ControlId, (SnapshotId, Vec<Arc<Part>>)>,
    gathered: BTreeMap<(ProcessId, SnapshotId), Vec<Arc<Part>>>,
    collected: BTreeMap<(ProcessId, SnapshotId), Snapshot>,
}

impl Collection {
    /// The part of `of`, which is at `process` because it is its own or has been reported there.
    fn part(&self, process: ProcessId, id: SnapshotId, of: ProcessId, own: Option<&Arc<Part>>) -> Option<Arc<Part>> {
        let here = self.gathered.get(&(process, id));
        own.filter(|_| of == process).or_else(|| here?.iter().find(|part| part.process == of)).cloned()
    }

    /// Attaches to a control message those of the named parts that its sender has.
    pub(crate) fn attach(
        &mut self,
        control: ControlId,
        sender: ProcessId,
        id: SnapshotId,
        parts: &[ProcessId],
        own: Option<Part>,
    ) {
        let own = own.map(Arc::new);
        let attached = parts.iter().filter_map(|of| self.part(sender, id, *of, own.as_ref())).collect();
        self.carried.insert(control, (id, attached));
    }

    /// A control message has arrived, with what is attached to it.
    pub(crate) fn arrive(&mut self, control: ControlId, process: ProcessId) {
        let Some((id, parts)) = self.carried.remove(&control) else { return };
        let gathered = self.gathered.entry((process, id)).or_default();
        for part in parts {
            if gathered.iter().all(|known| known.process != part.process) {
                gathered.push(part);
            }
        }
    }

    /// Puts together what a process has; whether it is the whole snapshot.
    pub(crate) fn assemble(
        &mut self,
        process: ProcessId,
        id: SnapshotId,
        own: Option<&Part>,
        topology: &Topology,
    ) -> bool {
        let others = self.gathered.get(&(process, id)).into_iter().flatten().map(AsRef::as_ref);
        let whole = whole_of(others.filter(|part| part.process != process).chain(own), Snapshot::empty(topology));
        let is_whole = whole.is_some();
        self.collected.extend(whole.map(|whole| ((process, id), whole)));
        is_whole
    }

    /// Drops what is under way and what is not whole.
    pub(crate) fn forget(&mut self) {
        self.carried.clear();
        self.gathered.clear();
    }

    pub(crate) fn collected(&self, process: ProcessId, id: SnapshotId) -> Option<&Snapshot> {
        self.collected.get(&(process, id))
    }
}

/// What a snapshot has cost so far, and what it must cost in the end.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Tally {
    /// Who has begun to take part of its own accord.
    pub initiators: Vec<ProcessId>,
    /// Markers.
    pub markers: Count,
    /// Reports.
    pub reports: Count,
    /// Who has put all parts together, and after which step of the run.
    pub collected: Vec<(ProcessId, usize)>,
}

/// How many messages of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Count {
    /// Sent so far.
    pub sent: usize,
    /// Received so far.
    pub received: usize,
    /// Sent once all is done. Markers: one for each channel out of a process that can be reached. Reports along the
    /// tree: one from each process but the initiators, if nothing is in the way (see [`obstacles`]). By flooding: each
    /// of n parts once on each of e channels.
    pub expected: usize,
}

/// Counts the messages of a snapshot in a run. Takes time in the number of events.
#[must_use]
pub fn tally(trace: &Trace<'_>, snapshot: SnapshotId, collect: Collect) -> Tally {
    let topology = &trace.system.topology;
    let mut tally = Tally::default();
    let (mut belongs, mut is_gone) = (vec![false; topology.process_count()], vec![false; topology.process_count()]);
    for (step, event) in trace.events() {
        match *event {
            Event::Initiated { process, snapshot: of } if of == snapshot => tally.initiators.push(process),
            Event::Collected { process, snapshot: of } if of == snapshot => tally.collected.push((process, step)),
            Event::ControlSent { role, channel, .. } if event.snapshot() == Some(snapshot) => {
                belongs[topology.channel(channel).to.index()] = true;
                tally.count(role).sent += 1;
            }
            Event::ControlReceived { role, .. } if event.snapshot() == Some(snapshot) => {
                tally.count(role).received += 1;
            }
            // Who leaves before it is reached does not belong to it, nor a newcomer that nobody tells of it.
            Event::Departed { process } => is_gone[process.index()] = true,
            _ => {}
        }
    }
    let is_newcomer = |process: ProcessId| topology.newcomers().contains(&process);
    let is_inside = |process: ProcessId| {
        belongs[process.index()]
            || tally.initiators.contains(&process)
            || !is_gone[process.index()] && !is_newcomer(process)
    };
    tally.markers.expected = marker_count_among(topology, &tally.initiators, is_inside);
    let processes = topology.process_count();
    tally.reports.expected = match collect {
        _ if tally.initiators.is_empty() => 0,
        Collect::No => 0,
        Collect::Tree => processes - tally.initiators.len(),
        Collect::Flooding => processes * topology.channel_count(),
    };
    tally
}

impl Tally {
    fn count(&mut self, role: ControlRole) -> &mut Count {
        match role {
            ControlRole::Marker(_) | ControlRole::Count { .. } => &mut self.markers,
            _ => &mut self.reports,
        }
    }
}

/// Why the tree of first markers cannot bring a snapshot together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The child has no channel to its parent, on which it could report.
    NoWayBack {
        /// Who got its first marker from the parent.
        child: ProcessId,
        /// Who sent it.
        parent: ProcessId,
    },
    /// Each of these initiators has a tree of its own.
    SeveralInitiators(Vec<ProcessId>),
}

/// What stands in the way of collecting a snapshot along its tree, as far as the run has come.
#[must_use]
pub fn obstacles(trace: &Trace<'_>, snapshot: SnapshotId) -> Vec<Obstacle> {
    let topology = &trace.system.topology;
    let (mut initiators, mut obstacles) = (Vec::new(), Vec::new());
    for (_, event) in trace.events() {
        match *event {
            Event::Recorded { process, snapshot: of, via: None, .. } if of == snapshot => initiators.push(process),
            Event::Recorded { process: child, snapshot: of, via: Some(channel), .. } if of == snapshot => {
                let parent = topology.channel(channel).from;
                if topology.channels_between(child, parent).next().is_none() {
                    obstacles.push(Obstacle::NoWayBack { child, parent });
                }
            }
            _ => {}
        }
    }
    if initiators.len() > 1 {
        obstacles.push(Obstacle::SeveralInitiators(initiators));
    }
    obstacles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topology::Order;

    /// Naming a part is not having it.
    #[test]
    fn what_has_not_travelled_is_not_collected() {
        const S: SnapshotId = SnapshotId(0);
        let (p, q) = (ProcessId(0), ProcessId(1));
        let mut topology = Topology::new();
        ["p", "q"].iter().for_each(|name| _ = topology.add_process(name).unwrap());
        let channel = topology.add_channel(None, p, q, Order::Fifo).unwrap();
        let mut recorded = Snapshot::empty(&topology);
        recorded.record(p, LocalState::Money(1));
        recorded.record(q, LocalState::Money(2));
        recorded.open(channel);
        assert_eq!(Part::of(&recorded, q, &topology), None, "it still records a channel");
        let own = |of| Part::of(&recorded, of, &topology);
        let mut collection = Collection::default();
        collection.attach(ControlId(0), p, S, &[p, q], own(p));
        collection.arrive(ControlId(0), q);
        assert!(!collection.assemble(q, S, own(q).as_ref(), &topology));
        assert!(!collection.assemble(p, S, own(p).as_ref(), &topology));
        recorded.close(channel);
        let own = Part::of(&recorded, q, &topology);
        assert!(collection.assemble(q, S, own.as_ref(), &topology));
        assert_eq!(collection.collected(q, S), Some(&recorded));
        assert_eq!(collection.collected(p, S), None);
        collection.attach(ControlId(1), q, S, &[q], own);
        collection.forget();
        collection.arrive(ControlId(1), p);
        let whole = Collection { collected: collection.collected.clone(), ..Collection::default() };
        assert_eq!(collection, whole, "only what is whole is kept");
    }
}
