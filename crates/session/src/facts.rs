//! What happened on the whole branch, in an order in which it can be asked for: so that any step can be told without
//! going through all of them again.

use crate::session::Session;
use cutline_core::event::ControlRole;
use cutline_core::history::NodeId;
use cutline_core::{ChannelId, Event, LocalState, MessageId, Payload, ProcessId, SnapshotId, Topology};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The facts of one branch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// The step at which a process recorded for a snapshot, and what.
    recorded: BTreeMap<(SnapshotId, ProcessId), (usize, LocalState)>,
    closed: BTreeMap<(SnapshotId, ChannelId), usize>,
    kept: BTreeMap<(SnapshotId, ChannelId), Vec<(usize, MessageId)>>,
    /// By the number of the message.
    payloads: Vec<Payload>,
    begun: BTreeMap<SnapshotId, usize>,
    /// The snapshots for which markers are sent.
    by_markers: BTreeSet<SnapshotId>,
    complete: BTreeMap<SnapshotId, usize>,
    /// The steps at which some process recorded.
    recordings: BTreeSet<usize>,
    /// Whether somebody joins or leaves, so that not all processes and channels belong to every snapshot.
    pub(crate) members_change: bool,
}

/// The facts that were asked for last, with the branch that they are of.
pub(crate) type Known = Option<(NodeId, usize, Rc<Facts>)>;

/// How an event of a process lies to a snapshot that is being taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The process has not recorded.
    Before,
    /// It has.
    After,
}

impl Session {
    /// The facts of the current branch. They are gathered once for each branch.
    pub(crate) fn facts(&self) -> Rc<Facts> {
        let history = self.history();
        let (tip, steps) = (history.tip(), history.len());
        let mut known = self.known_facts().borrow_mut();
        if let Some((of, until, facts)) = &*known
            && (*of, *until) == (tip, steps)
        {
            return facts.clone();
        }
        let mut facts = Facts::of(history.trace_to(steps).events(), self.topology());
        if facts.members_change {
            facts.complete = facts.begun.keys().filter_map(|one| Some((*one, self.completed_at(*one)?))).collect();
        }
        let facts = Rc::new(facts);
        *known = Some((tip, steps, facts.clone()));
        facts
    }

    /// After which step of the branch a snapshot is complete, if it is at its end. Takes the time of going back to the logarithm
    /// of as many moments.
    fn completed_at(&self, snapshot: SnapshotId) -> Option<usize> {
        let history = self.history();
        let is_complete = |step: usize| {
            let world = history.moment(step).map(|moment| history.world_at(moment));
            world.is_some_and(|world| {
                let found = world.snapshots().get(snapshot.index());
                found.is_some_and(|snapshot| snapshot.has_begun() && snapshot.is_complete())
            })
        };
        let (mut before, mut by) = (0, history.len());
        if !is_complete(by) {
            return None;
        }
        while by - before > 1 {
            let middle = usize::midpoint(before, by);
            if is_complete(middle) { by = middle } else { before = middle }
        }
        Some(by)
    }
}

impl Facts {
    fn of<'a>(events: impl Iterator<Item = (usize, &'a Event)>, topology: &Topology) -> Self {
        let mut facts = Self { members_change: !topology.newcomers().is_empty(), ..Self::default() };
        let takes_part = |process: &ProcessId| topology.takes_part(*process);
        let parts = topology.processes().filter(takes_part).count() + topology.recorded_channels().count();
        let mut done: BTreeMap<SnapshotId, usize> = BTreeMap::new();
        let mut one_done = |facts: &mut Self, snapshot, step| {
            let count = done.entry(snapshot).or_default();
            *count += 1;
            if *count == parts {
                facts.complete.insert(snapshot, step);
            }
        };
        for (step, event) in events {
            match *event {
                Event::Sent { payload, .. } | Event::Resent { payload, .. } => facts.payloads.push(payload),
                Event::Recorded { process, snapshot, state, .. } => {
                    facts.recordings.insert(step);
                    facts.begun.entry(snapshot).or_insert(step);
                    if facts.recorded.insert((snapshot, process), (step, state)).is_none() {
                        one_done(&mut facts, snapshot, step);
                    }
                }
                Event::ControlSent { role: ControlRole::Marker(snapshot), .. } => _ = facts.by_markers.insert(snapshot),
                Event::Departed { .. } => facts.members_change = true,
                Event::Concluded { snapshot, .. } => _ = facts.complete.entry(snapshot).or_insert(step),
                Event::Discarded { snapshot, process } => _ = facts.recorded.remove(&(snapshot, process)),
                Event::Closed { snapshot, channel } | Event::Left { snapshot, channel } => {
                    let is_new = facts.closed.insert((snapshot, channel), step).is_none();
                    if is_new {
                        one_done(&mut facts, snapshot, step);
                    }
                }
                Event::Kept { snapshot, channel, message } => {
                    facts.kept.entry((snapshot, channel)).or_default().push((step, message));
                }
                // Snapshots in progress are given up.
                Event::Restored { .. } => {
                    let complete = facts.complete.clone();
                    facts.begun.retain(|snapshot, _| complete.contains_key(snapshot));
                }
                _ => {}
            }
        }
        facts
    }

    /// How many snapshots have begun by a step.
    pub(crate) fn begun_by(&self, step: usize) -> usize {
        self.begun.values().filter(|at| **at <= step).count()
    }

    /// The snapshots that are being taken when a step begins, the wanted one first.
    pub(crate) fn in_progress(&self, step: usize, wanted: Option<SnapshotId>) -> Option<SnapshotId> {
        let mut running = self.begun.iter().filter(|(snapshot, begun)| {
            **begun < step && self.complete.get(snapshot).is_none_or(|complete| *complete >= step)
        });
        let all: Vec<SnapshotId> = running.by_ref().map(|(snapshot, _)| *snapshot).collect();
        wanted.filter(|wanted| all.contains(wanted)).or(all.last().copied())
    }

    /// On which side of a cut a process is at a step.
    pub(crate) fn side(&self, snapshot: SnapshotId, process: ProcessId, step: usize) -> Side {
        match self.recorded.get(&(snapshot, process)) {
            Some((at, _)) if *at < step => Side::After,
            _ => Side::Before,
        }
    }

    /// What a process recorded by a step.
    pub(crate) fn recorded(&self, snapshot: SnapshotId, process: ProcessId, step: usize) -> Option<LocalState> {
        self.recorded.get(&(snapshot, process)).filter(|(at, _)| *at <= step).map(|(_, state)| *state)
    }

    /// Whether the recording of a channel was finished before a step.
    pub(crate) fn is_closed(&self, snapshot: SnapshotId, channel: ChannelId, step: usize) -> bool {
        self.closed.get(&(snapshot, channel)).is_some_and(|at| *at < step)
    }

    /// What the messages recorded in a channel by a step carry.
    pub(crate) fn kept(&self, snapshot: SnapshotId, channel: ChannelId, step: usize) -> Vec<Payload> {
        let kept = self.kept.get(&(snapshot, channel)).into_iter().flatten();
        let by_then = kept.filter(|(at, _)| *at <= step);
        by_then.filter_map(|(_, message)| self.payloads.get(message.0 as usize).copied()).collect()
    }

    /// Whether markers are sent for a snapshot, so that channels are recorded until they come.
    pub(crate) fn is_by_markers(&self, snapshot: SnapshotId) -> bool {
        self.by_markers.contains(&snapshot)
    }

    /// Whether a snapshot begins at a step.
    pub(crate) fn begins_at(&self, snapshot: SnapshotId, step: usize) -> bool {
        self.begun.get(&snapshot) == Some(&step)
    }

    /// The snapshots that become complete at a step.
    pub(crate) fn completed_at(&self, step: usize) -> Vec<SnapshotId> {
        self.complete.iter().filter(|(_, at)| **at == step).map(|(snapshot, _)| *snapshot).collect()
    }

    /// The next step after, or before, this one at which a process records.
    pub(crate) fn recording_beside(&self, step: usize, forward: bool) -> Option<usize> {
        if forward {
            self.recordings.range(step + 1..).next().copied()
        } else {
            self.recordings.range(..step).last().copied()
        }
    }
}
