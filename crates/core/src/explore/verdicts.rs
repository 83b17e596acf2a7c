//! Whether the cut of a state in the tagged view is consistent, told from the counters alone: with S the number of
//! messages sent on a channel before its sender recorded, R those received before its receiver recorded and C those in
//! its recorded state, a consistent snapshot has each of 1..=S in R or in C and not in both, and no other in either
//! (Chandy and Lamport 1985, section 3.1: "n = n'", "m = m'").
//!
//! What each process can tell of this is written down once for everything that it was seen to hold, and what follows
//! from two such testimonies once for every pair.

use super::book::Received;
use super::findings::progress;
use super::intern::Interner;
use super::layout::Layout;
use super::pack::{Explorable, Pack};
use super::parts::Parts;
use super::scratch::Scratch;
use super::tables::{Grid, UNKNOWN};
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::snapshot::ChannelRecord;
use crate::topology::{Order, Topology};

/// Something wrong with a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// What.
    pub kind: Kind,
    /// Whether the snapshot is complete; otherwise all processes have recorded and some channel is still open.
    pub complete: bool,
}

/// What can be wrong with a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A message sent inside the cut was neither received inside it nor recorded.
    Missing,
    /// A message was received inside the cut and sent outside it.
    OrphanInProcess,
    /// A message sent outside the cut was recorded.
    OrphanInChannel,
    /// A message was received inside the cut and recorded too, or one of them twice.
    CountedTwice,
    /// The recorded messages of a FIFO channel do not stand in the order of sending.
    OutOfOrder,
}

const KINDS: [Kind; 5] =
    [Kind::Missing, Kind::OrphanInProcess, Kind::OrphanInChannel, Kind::CountedTwice, Kind::OutOfOrder];

impl Kind {
    /// Whether it can be told while a channel is still open: that a message should not be there is final, that one is
    /// not there is not.
    fn shows_early(self) -> bool {
        matches!(self, Self::OrphanInProcess | Self::OrphanInChannel)
    }
}

impl Violation {
    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match (self.kind, self.complete) {
            (Kind::Missing, _) => "missing",
            (Kind::OrphanInProcess, true) => "orphan-in-process",
            (Kind::OrphanInProcess, false) => "orphan-in-process (all recorded, channels still open)",
            (Kind::OrphanInChannel, true) => "orphan-in-channel",
            (Kind::OrphanInChannel, false) => "orphan-in-channel (all recorded, channels still open)",
            (Kind::CountedTwice, _) => "counted-twice",
            (Kind::OutOfOrder, _) => "out-of-order",
        }
    }
}

/// What the processes can tell about the cuts.
#[derive(Clone, Debug)]
pub(super) struct Evidence {
    snapshots: u16,
    /// By process: a row for everything it was seen to hold. For each snapshot: how many sends and receipts lie inside
    /// its cut; for each outgoing channel S; for each incoming channel the number of (R, C) in `channels`.
    rows: Vec<Vec<u32>>,
    channels: Vec<Ends>,
}

/// A channel, where its ends tell about it, and what its receiver was ever seen to tell.
#[derive(Clone, Debug)]
struct Ends {
    sender: (ProcessId, usize),
    receiver: (ProcessId, usize),
    order: Order,
    by_number: bool,
    testimonies: Interner,
    /// Whether nothing is ever recorded of it.
    left_alone: bool,
}

impl Evidence {
    /// `faulty`: whether messages can be lost or repeated; `left_alone`: whether channels are left to the transport.
    pub(super) fn new(topology: &Topology, snapshots: u16, faulty: bool, left_alone: bool) -> Self {
        let place = |list: &[ChannelId], channel| list.iter().position(|other| *other == channel).unwrap_or_default();
        let ends = |id| {
            let channel = topology.channel(id);
            let (out, into) = (topology.outgoing(channel.from), topology.incoming(channel.to));
            let behind = topology.outgoing(channel.to).len();
            Ends {
                sender: (channel.from, 1 + place(out, id)),
                receiver: (channel.to, 1 + behind + place(into, id)),
                order: channel.order,
                by_number: faulty || channel.order == Order::Unordered,
                testimonies: Interner::default(),
                left_alone,
            }
        };
        let channels = topology.channels().map(ends).collect();
        Self { snapshots, rows: vec![Vec::new(); topology.process_count()], channels }
    }

    /// Writes down what a process can tell with what it newly holds in the scratch world.
    pub(super) fn note<A: Explorable>(&mut self, process: ProcessId, scratch: &Scratch<A>) {
        let (topology, book) = (scratch.world.topology(), &scratch.book);
        let row = &mut self.rows[process.index()];
        for snapshot in (0..self.snapshots).map(SnapshotId) {
            let at = row.len();
            row.push(0);
            let mut events = 0;
            for channel in topology.outgoing(process) {
                let sent = book.sent_inside(snapshot, *channel);
                events += sent;
                row.push(sent);
            }
            for channel in topology.incoming(process) {
                let mut bytes = Vec::new();
                if let Some(received) = book.received_inside(snapshot, *channel) {
                    events += received.count;
                    received.pack(&mut bytes);
                }
                let record = scratch.world.snapshots().get(snapshot.index()).map(|taken| taken.channel(*channel));
                let kept = record.map_or(&[][..], ChannelRecord::messages);
                kept.iter().map(|kept| kept.number).collect::<Vec<_>>().pack(&mut bytes);
                row.push(self.channels[channel.index()].testimonies.intern(&bytes));
            }
            row[at] = events;
        }
    }

    /// How many bytes it takes, about.
    pub(super) fn bytes(&self) -> usize {
        let rows = self.rows.iter().map(|row| row.capacity() * 4).sum::<usize>();
        rows + self.channels.iter().map(|ends| ends.testimonies.bytes()).sum::<usize>()
    }

    /// One cell of what a process tells about a snapshot.
    fn told(&self, topology: &Topology, process: ProcessId, local: u32, snapshot: SnapshotId, cell: usize) -> u32 {
        let width = 1 + topology.outgoing(process).len() + topology.incoming(process).len();
        let row = local as usize * usize::from(self.snapshots) + snapshot.index();
        self.rows[process.index()][row * width + cell]
    }
}

impl Ends {
    /// The kinds of violation, as bits in the order of [`KINDS`], that follow from S and (R, C).
    fn kinds(&self, sent: u32, testimony: u32) -> u32 {
        let mut bytes = self.testimonies.get(testimony);
        let received = Received::unpack(&mut bytes).unwrap_or_default();
        let kept = Vec::<u32>::unpack(&mut bytes).unwrap_or_default();
        let was_received = |number: u32| received.contains(number, self.by_number);
        let twice = |(at, number): (usize, &u32)| was_received(*number) || kept[..at].contains(number);
        let checks = [
            !self.left_alone && (1..=sent).any(|number| !was_received(number) && !kept.contains(&number)),
            received.greatest(self.by_number) > sent,
            kept.iter().any(|number| *number > sent),
            received.has_twice() || kept.iter().enumerate().any(twice),
            self.order == Order::Fifo && !kept.is_sorted(),
        ];
        checks.iter().enumerate().map(|(at, wrong)| u32::from(*wrong) << at).sum()
    }
}

/// What was concluded before: by channel, testimony of the receiver and S.
#[derive(Clone, Debug, Default)]
pub(super) struct Concluded(Vec<Grid>);

impl Concluded {
    pub(super) fn bytes(&self) -> usize {
        self.0.iter().map(Grid::bytes).sum()
    }
}

/// What there is to say about one snapshot of a state.
pub(super) struct Judged {
    pub(super) snapshot: SnapshotId,
    pub(super) complete: bool,
    /// By kind: the number of channels that show it.
    counts: [u32; KINDS.len()],
    /// How many sends and receipts of each process lie inside its cut.
    pub(super) cut: Vec<u32>,
}

impl Judged {
    /// Each kind that shows, in ascending order, with the number of channels that show it; `complete`: whether
    /// everything counts, also what can be told only when no channel is open any more.
    pub(super) fn shown(&self, complete: bool) -> impl Iterator<Item = (Violation, u32)> + '_ {
        let kinds = KINDS.iter().zip(self.counts).filter(move |(kind, _)| complete || kind.shows_early());
        kinds.filter(|(_, count)| *count > 0).map(move |(kind, count)| (Violation { kind: *kind, complete }, count))
    }
}

/// Judges the snapshots of a state for which all processes have recorded.
pub(super) fn judge<A: Explorable>(
    parts: &Parts<A>,
    layout: &Layout,
    state: &[u64],
    before: &mut Concluded,
) -> Vec<Judged> {
    let (Some(evidence), topology) = (&parts.evidence, &parts.setup.system.topology) else { return Vec::new() };
    before.0.resize_with(evidence.channels.len(), Grid::default);
    let (recorded, done) = progress(parts, layout, state);
    let told = |process: ProcessId, snapshot, cell| {
        evidence.told(topology, process, layout.get(state, process.index()), snapshot, cell)
    };
    let of = |snapshot: SnapshotId| {
        let complete = done & snapshot.bit() != 0;
        let mut counts = [0_u32; KINDS.len()];
        for (ends, known) in evidence.channels.iter().zip(&mut before.0) {
            let sent = told(ends.sender.0, snapshot, ends.sender.1);
            let testimony = told(ends.receiver.0, snapshot, ends.receiver.1);
            let mut kinds = known.get(testimony, sent);
            if kinds == UNKNOWN {
                kinds = ends.kinds(sent, testimony);
                known.set(testimony, sent, kinds);
            }
            counts.iter_mut().enumerate().for_each(|(at, count)| *count += kinds >> at & 1);
        }
        let cut = topology.processes().map(|process| told(process, snapshot, 0)).collect();
        Judged { snapshot, complete, counts, cut }
    };
    let all = parts.setup.snapshots.iter().map(|planned| planned.id);
    all.filter(|snapshot| recorded & snapshot.bit() != 0).map(of).collect()
}

/// Whether two of these snapshots have cuts of which neither lies within the other.
pub(super) fn cross(judged: &[Judged]) -> bool {
    let within = |inner: &[u32], outer: &[u32]| inner.iter().zip(outer).all(|(inner, outer)| inner <= outer);
    let crosses = |one: &Judged, other: &Judged| !within(&one.cut, &other.cut) && !within(&other.cut, &one.cut);
    judged.iter().enumerate().any(|(at, one)| judged[..at].iter().any(|other| crosses(one, other)))
}
