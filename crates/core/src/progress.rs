//! How far a snapshot has come, whether it can ever be complete, and how long it takes.
//!
//! A process is done when it has recorded its own state and every channel into it; the snapshot is complete when
//! every process is done. The one does not tell the other, so both are told. All this is read off the topology and
//! the record: that markers can get through is an assumption on the application, since an automaton that will not
//! receive what stands at the head of a channel blocks the markers behind it (Chandy and Lamport 1985, section 3.3).

use crate::ids::{ChannelId, ProcessId};
use crate::snapshot::Snapshot;
use crate::topology::Topology;

/// How far a process has come with its part of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// It has not recorded its state.
    NotYet,
    /// It has, and still records these channels into it.
    Recording(Vec<ChannelId>),
    /// It has recorded its state and all channels into it.
    Done,
}

/// Whether a snapshot can be completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// No process has recorded.
    NotBegun,
    /// Markers can reach every process.
    CanComplete,
    /// No marker can reach these processes, unless one of them, or another that reaches it, becomes an initiator.
    Stuck(Stuck),
    /// Every process is done.
    Complete,
}

/// Why a snapshot can never be complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// The processes to which no path leads from any process that has recorded: they will never record.
    pub unreachable: Vec<ProcessId>,
    /// The channels out of them: no marker will ever come on these.
    pub never_closed: Vec<ChannelId>,
    /// The processes at the ends of those channels that record, or will, and will never be done.
    pub never_done: Vec<ProcessId>,
}

/// How far a snapshot has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// By process.
    pub parts: Vec<Part>,
    /// Whether it can be completed.
    pub outlook: Outlook,
}

impl Progress {
    /// How many processes are done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.parts.iter().filter(|part| **part == Part::Done).count()
    }
}

/// How far a snapshot by markers has come.
#[must_use]
pub fn progress(topology: &Topology, snapshot: &Snapshot) -> Progress {
    let parts = topology.processes().map(|process| part(topology, snapshot, process)).collect();
    Progress { parts, outlook: outlook(topology, snapshot) }
}

fn part(topology: &Topology, snapshot: &Snapshot, process: ProcessId) -> Part {
    if snapshot.is_outside(process) || snapshot.is_stood_by(process) {
        return Part::Done;
    }
    let open: Vec<ChannelId> =
        topology.incoming(process).iter().copied().filter(|channel| !snapshot.is_closed(*channel)).collect();
    match (snapshot.process(process), open.is_empty()) {
        (None, _) => Part::NotYet,
        (Some(_), false) => Part::Recording(open),
        (Some(_), true) => Part::Done,
    }
}

fn outlook(topology: &Topology, snapshot: &Snapshot) -> Outlook {
    if !snapshot.has_begun() {
        return Outlook::NotBegun;
    }
    if snapshot.is_complete() {
        return Outlook::Complete;
    }
    // Who has recorded has sent its markers, so it reaches whom the initiators reach.
    let recorded: Vec<ProcessId> = topology.processes().filter(|p| snapshot.process(*p).is_some()).collect();
    let distances = distances_among(topology, &recorded, |process| !snapshot.is_outside(process));
    let is_unreachable = |process: &ProcessId| distances[process.index()].is_none() && !snapshot.is_outside(*process);
    let unreachable: Vec<ProcessId> = topology.processes().filter(is_unreachable).collect();
    // What goes on control channels may reach them all the same.
    if unreachable.is_empty() || topology.channels().any(|channel| topology.is_for_control(channel)) {
        return Outlook::CanComplete;
    }
    let never_closed: Vec<ChannelId> = unreachable.iter().flat_map(|p| topology.outgoing(*p)).copied().collect();
    let ends_there = |process: &ProcessId| never_closed.iter().any(|channel| topology.channel(*channel).to == *process);
    let never_done = topology.processes().filter(|p| !is_unreachable(p)).filter(ends_there).collect();
    Outlook::Stuck(Stuck { unreachable, never_closed, never_done })
}

/// How many channels lie between each process and the nearest of `from`; none where no path leads.
#[must_use]
pub fn distances(topology: &Topology, from: &[ProcessId]) -> Vec<Option<u32>> {
    distances_among(topology, from, |_| true)
}

/// The same by way of some processes only.
fn distances_among(topology: &Topology, from: &[ProcessId], is_inside: impl Fn(ProcessId) -> bool) -> Vec<Option<u32>> {
    let mut distances = vec![None; topology.process_count()];
    let mut border = from.to_vec();
    for distance in 0.. {
        border.retain(|process| distances[process.index()].is_none());
        if border.is_empty() {
            break;
        }
        border.iter().for_each(|process| distances[process.index()] = Some(distance));
        let channels = border.iter().flat_map(|process| topology.outgoing(*process));
        let channels = channels.filter(|channel| topology.is_recorded(**channel));
        border = channels.map(|channel| topology.channel(*channel).to).filter(|to| is_inside(*to)).collect();
    }
    distances
}

/// How many markers a snapshot takes: one for each channel out of a process that records.
#[must_use]
pub fn marker_count(topology: &Topology, initiators: &[ProcessId]) -> usize {
    marker_count_among(topology, initiators, |_| true)
}

/// The same where some processes do not belong to the snapshot.
pub(crate) fn marker_count_among(
    topology: &Topology,
    initiators: &[ProcessId],
    is_inside: impl Fn(ProcessId) -> bool,
) -> usize {
    let distances = distances_among(topology, initiators, &is_inside);
    let records = |process: &ProcessId| distances[process.index()].is_some();
    let is_marked = |channel: &&ChannelId| topology.is_recorded(**channel) && is_inside(topology.channel(**channel).to);
    let markers = |process| topology.outgoing(process).iter().filter(is_marked).count();
    topology.processes().filter(records).map(markers).sum()
}

/// After what time the snapshot is complete if all initiators start at once, all channels are empty and each marker
/// takes one unit: a process records at its distance from the nearest initiator, and a channel is closed one unit
/// after its sender has recorded. None if some process cannot be reached.
#[must_use]
pub fn completion_time(topology: &Topology, initiators: &[ProcessId]) -> Option<u32> {
    let distances: Option<Vec<u32>> = distances(topology, initiators).into_iter().collect();
    let distances = distances?;
    let closes = topology.channels().map(|channel| distances[topology.channel(channel).from.index()] + 1);
    Some(closes.max().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::computation::LocalState;
    use crate::topology::Order;

    const P: ProcessId = ProcessId(0);

    fn graph(processes: u16, channels: impl IntoIterator<Item = (u16, u16)>) -> Topology {
        let mut topology = Topology::new();
        (0..processes).for_each(|at| _ = topology.add_process(&format!("p{at}")).unwrap());
        for (from, to) in channels {
            topology.add_channel(None, ProcessId(from), ProcessId(to), Order::Fifo).unwrap();
        }
        topology
    }

    fn both(of: impl Iterator<Item = (u16, u16)>) -> impl Iterator<Item = (u16, u16)> {
        of.flat_map(|(from, to)| [(from, to), (to, from)])
    }

    fn everybody(topology: &Topology) -> Vec<ProcessId> {
        topology.processes().collect()
    }

    #[test]
    fn the_complete_graph_takes_two_units() {
        for n in 2..=9 {
            let all = graph(n, (0..n).flat_map(|from| (0..n).filter(move |to| *to != from).map(move |to| (from, to))));
            assert_eq!(marker_count(&all, &[P]), usize::from(n * (n - 1)));
            assert_eq!(completion_time(&all, &[P]), Some(2));
            assert_eq!(completion_time(&all, &everybody(&all)), Some(1));
        }
    }

    #[test]
    fn rings_and_lines_take_as_long_as_they_are() {
        for n in 3..=9 {
            let ring = graph(n, (0..n).map(|at| (at, (at + 1) % n)));
            assert_eq!((marker_count(&ring, &[P]), completion_time(&ring, &[P])), (usize::from(n), Some(n.into())));
            assert_eq!(completion_time(&ring, &everybody(&ring)), Some(1));
            let two_ways = graph(n, both((0..n).map(|at| (at, (at + 1) % n))));
            assert_eq!(marker_count(&two_ways, &[P]), usize::from(2 * n));
            assert_eq!(completion_time(&two_ways, &[P]), Some(u32::from(n / 2) + 1));
            let line = graph(n, both((1..n).map(|at| (at - 1, at))));
            assert_eq!(marker_count(&line, &[P]), usize::from(2 * (n - 1)));
            assert_eq!(completion_time(&line, &[P]), Some(u32::from(n)));
            assert_eq!(completion_time(&line, &[P, ProcessId(n - 1)]), Some(u32::from((n - 1) / 2) + 1));
        }
    }

    #[test]
    fn a_process_alone_is_done_at_once() {
        let alone = graph(1, []);
        assert_eq!((marker_count(&alone, &[P]), completion_time(&alone, &[P])), (0, Some(0)));
        let two = graph(2, []);
        assert_eq!(completion_time(&two, &[P]), None);
    }

    /// Channels {0 -> 1, 2 -> 1}, initiator 1: neither 0 nor 2 ever records.
    #[test]
    fn who_cannot_be_reached_is_named() {
        let topology = graph(3, [(0, 1), (2, 1)]);
        let mut snapshot = Snapshot::empty(&topology);
        assert_eq!(progress(&topology, &snapshot).outlook, Outlook::NotBegun);
        snapshot.record(ProcessId(1), LocalState::Money(0));
        topology.channels().for_each(|channel| snapshot.open(channel));
        let found = progress(&topology, &snapshot);
        let channels = vec![ChannelId(0), ChannelId(1)];
        assert_eq!(found.parts, [Part::NotYet, Part::Recording(channels.clone()), Part::NotYet]);
        let stuck =
            Stuck { unreachable: vec![P, ProcessId(2)], never_closed: channels, never_done: vec![ProcessId(1)] };
        assert_eq!(found.outlook, Outlook::Stuck(stuck));
        // Another initiator helps: 0 is one now, and done, since no channel leads into it.
        snapshot.record(P, LocalState::Money(0));
        let found = progress(&topology, &snapshot);
        assert_eq!((&found.parts[0], found.done()), (&Part::Done, 1));
        let Outlook::Stuck(stuck) = found.outlook else { panic!("2 is still out of reach") };
        assert_eq!(stuck.unreachable, [ProcessId(2)]);
    }

    #[test]
    fn done_everywhere_is_complete() {
        let topology = graph(2, [(0, 1)]);
        let mut snapshot = Snapshot::empty(&topology);
        snapshot.record(P, LocalState::Money(0));
        let found = progress(&topology, &snapshot);
        assert_eq!((found.done(), found.outlook), (1, Outlook::CanComplete));
        snapshot.record(ProcessId(1), LocalState::Money(0));
        snapshot.close(ChannelId(0));
        let found = progress(&topology, &snapshot);
        assert_eq!((found.done(), found.outlook), (2, Outlook::Complete));
    }
}
