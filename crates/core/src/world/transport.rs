//! The transport's memory: copies of what was sent, for algorithms that leave channels to it. With them a run can go back to a
//! snapshot that does not say what was under way: that is what was sent before the line and not received before it.

use crate::computation::LocalState;
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::snapshot::Kept;
use crate::topology::Topology;
use std::collections::BTreeMap;

/// What a snapshot that says only a part stands for: the state of each process and the messages in each channel.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Whole {
    pub(super) states: Vec<LocalState>,
    pub(super) channels: Vec<Vec<Kept>>,
}

/// What was sent and received since the run began or last went back, and where processes recorded in between.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Transport {
    /// The states in which the processes began.
    began: Vec<LocalState>,
    /// By channel: the messages sent, in order. The first so many were there from the beginning.
    sent: Vec<(usize, Vec<Kept>)>,
    /// By channel: the numbers of the messages received, in order.
    received: Vec<Vec<u32>>,
    /// By process: its recordings, in order.
    points: Vec<Vec<Point>>,
    /// The snapshots that were concluded, in order.
    concluded: Vec<SnapshotId>,
    /// Those of before the run last went back.
    earlier: BTreeMap<SnapshotId, Whole>,
}

/// A recording.
#[derive(Clone, Debug, PartialEq)]
struct Point {
    snapshot: SnapshotId,
    state: LocalState,
    /// How many messages it had sent on each of its outgoing channels, and received on each of its incoming ones.
    sent: Vec<(ChannelId, usize)>,
    received: Vec<(ChannelId, usize)>,
}

impl Transport {
    pub(super) fn new(topology: &Topology, began: Vec<LocalState>) -> Self {
        let channels = topology.channel_count();
        Self {
            points: vec![Vec::new(); began.len()],
            began,
            sent: vec![(0, Vec::new()); channels],
            received: vec![Vec::new(); channels],
            concluded: Vec::new(),
            earlier: BTreeMap::new(),
        }
    }

    pub(super) fn send(&mut self, channel: ChannelId, kept: Kept) {
        self.sent[channel.index()].1.push(kept);
    }

    /// A message is in its channel as the run begins anew.
    pub(super) fn send_again(&mut self, channel: ChannelId, kept: Kept) {
        self.sent[channel.index()].0 += 1;
        self.send(channel, kept);
    }

    pub(super) fn receive(&mut self, channel: ChannelId, number: u32) {
        self.received[channel.index()].push(number);
    }

    pub(super) fn record(&mut self, topology: &Topology, process: ProcessId, snapshot: SnapshotId, state: LocalState) {
        let sent = |channel: &ChannelId| (*channel, self.sent[channel.index()].1.len());
        let received = |channel: &ChannelId| (*channel, self.received[channel.index()].len());
        let sent = topology.outgoing(process).iter().map(sent).collect();
        let received = topology.incoming(process).iter().map(received).collect();
        self.points[process.index()].push(Point { snapshot, state, sent, received });
    }

    pub(super) fn discard(&mut self, process: ProcessId, snapshot: SnapshotId) {
        self.points[process.index()].retain(|point| point.snapshot != snapshot);
    }

    pub(super) fn conclude(&mut self, snapshot: SnapshotId) {
        self.concluded.push(snapshot);
    }

    /// What a complete snapshot stands for.
    pub(super) fn whole(&self, topology: &Topology, snapshot: SnapshotId) -> Whole {
        if let Some(earlier) = self.earlier.get(&snapshot) {
            return earlier.clone();
        }
        let line: Vec<Option<&Point>> = topology.processes().map(|process| self.point(process, snapshot)).collect();
        let states = line.iter().zip(&self.began).map(|(point, began)| point.map_or(*began, |point| point.state));
        let under_way = |channel: ChannelId| {
            let (ends, (begun_with, sent)) = (topology.channel(channel), &self.sent[channel.index()]);
            let (from, to) = (line[ends.from.index()], line[ends.to.index()]);
            let sent_inside = from.map_or(*begun_with, |point| count(&point.sent, channel));
            let received_inside = to.map_or(0, |point| count(&point.received, channel));
            let received = &self.received[channel.index()][..received_inside];
            sent[..sent_inside].iter().filter(|kept| !received.contains(&kept.number)).copied().collect()
        };
        Whole { states: states.collect(), channels: topology.channels().map(under_way).collect() }
    }

    /// Where a process stands in a snapshot: where it recorded for it, or last for one that was concluded by then; none where
    /// it began.
    fn point(&self, process: ProcessId, snapshot: SnapshotId) -> Option<&Point> {
        let points = &self.points[process.index()];
        let own = points.iter().find(|point| point.snapshot == snapshot);
        let by_then = self.concluded.iter().position(|of| *of == snapshot).map_or(&[][..], |at| &self.concluded[..at]);
        own.or_else(|| points.iter().rev().find(|point| by_then.contains(&point.snapshot)))
    }

    /// The run begins anew from these states. What the complete snapshots so far stand for is kept.
    pub(super) fn begin_anew(&mut self, topology: &Topology, complete: &[SnapshotId], began: Vec<LocalState>) {
        let earlier = complete.iter().map(|snapshot| (*snapshot, self.whole(topology, *snapshot))).collect();
        *self = Self { earlier, ..Self::new(topology, began) };
    }
}

fn count(counts: &[(ChannelId, usize)], channel: ChannelId) -> usize {
    counts.iter().find(|(of, _)| *of == channel).map_or(0, |(_, count)| *count)
}
