//! Whether the cut of a state in the tagged view is consistent, told from the counters alone: with S the number of
//! messages sent on a channel before its sender recorded, R those received before its receiver recorded and C those in
//! its recorded state, a consistent snapshot has each of 1..=S in R or in C and not in both, and no other in either
//! (Chandy and Lamport 1985, section 3.1: "n = n'", "m = m'").

use super::findings::{progress, wanted};
use super::parts::Parts;
use super::setup::bit;
use super::states::Layout;
use crate::explore::Explorable;
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::snapshot::ChannelRecord;
use crate::topology::Order;

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
    /// A message was received inside the cut and recorded too, or recorded twice.
    CountedTwice,
    /// The recorded messages of a FIFO channel do not stand in the order of sending.
    OutOfOrder,
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

/// What there is to say about a state.
pub(super) struct Found {
    /// Each kind once, in ascending order, with the number of channels that show it, counted for each snapshot.
    pub(super) violations: Vec<(Violation, u32)>,
    /// Whether two snapshots have cuts of which neither lies within the other.
    pub(super) incomparable: bool,
}

/// Judges the snapshots of a state for which all processes have recorded. While channels are still open, only messages
/// that should not be there can be told; whether one is missing is known at the end.
pub(super) fn judge<A: Explorable>(parts: &mut Parts<A>, layout: &Layout, state: &[u64]) -> Found {
    let (recorded, done) = progress(parts, layout, state);
    for (at, process) in parts.processes.iter().enumerate() {
        parts.scratch.load(ProcessId::at(at), process.table.get(layout.get(state, at)));
    }
    let mut violations = Vec::new();
    let judged: Vec<SnapshotId> = wanted(&parts.setup, recorded).collect();
    for snapshot in &judged {
        let complete = done & bit(*snapshot) != 0;
        for channel in parts.setup.system.topology.channels() {
            let kinds = kinds_on(parts, *snapshot, channel, complete);
            violations.extend(kinds.into_iter().map(|kind| Violation { kind, complete }));
        }
    }
    violations.sort_unstable();
    let count = |same: &[Violation]| (same[0], u32::try_from(same.len()).unwrap_or(u32::MAX));
    let violations = violations.chunk_by(Violation::eq).map(count).collect();
    let cuts: Vec<Vec<u32>> = judged.iter().map(|snapshot| cut(parts, *snapshot)).collect();
    let within = |inner: &[u32], outer: &[u32]| inner.iter().zip(outer).all(|(inner, outer)| inner <= outer);
    let apart =
        |(at, cut): (usize, &Vec<u32>)| cuts[..at].iter().any(|other| !within(cut, other) && !within(other, cut));
    Found { violations, incomparable: cuts.iter().enumerate().any(apart) }
}

/// What is wrong on one channel.
fn kinds_on<A: Explorable>(
    parts: &Parts<A>,
    snapshot: SnapshotId,
    channel: ChannelId,
    complete: bool,
) -> impl IntoIterator<Item = Kind> + use<A> {
    let (world, book) = (&parts.scratch.world, &parts.scratch.book);
    let order = world.topology().channel(channel).order;
    let sent = book.sent_inside(snapshot, channel);
    let received = book.received_inside(snapshot, channel);
    let was_received = |number: u32| received.is_some_and(|received| received.contains(number, order));
    let record = world.snapshots().get(snapshot.index()).map(|snapshot| snapshot.channel(channel));
    let kept: Vec<u32> = record.map_or(&[][..], ChannelRecord::messages).iter().map(|kept| kept.number).collect();
    let twice = |(at, number): (usize, &u32)| was_received(*number) || kept[..at].contains(number);
    let checks = [
        (Kind::Missing, complete && (1..=sent).any(|number| !was_received(number) && !kept.contains(&number))),
        (Kind::OrphanInProcess, received.is_some_and(|received| received.greatest(order) > sent)),
        (Kind::OrphanInChannel, kept.iter().any(|number| *number > sent)),
        (Kind::CountedTwice, complete && kept.iter().enumerate().any(twice)),
        (Kind::OutOfOrder, complete && order == Order::Fifo && !kept.is_sorted()),
    ];
    checks.into_iter().filter(|(_, wrong)| *wrong).map(|(kind, _)| kind)
}

/// How many sends and receipts of each process lie in the past of the cut.
fn cut<A: Explorable>(parts: &Parts<A>, snapshot: SnapshotId) -> Vec<u32> {
    let topology = &parts.setup.system.topology;
    let book = &parts.scratch.book;
    let received = |channel: &ChannelId| book.received_inside(snapshot, *channel).map_or(0, |received| received.count);
    let events = |process| {
        let sent: u32 = topology.outgoing(process).iter().map(|channel| book.sent_inside(snapshot, *channel)).sum();
        sent + topology.incoming(process).iter().map(received).sum::<u32>()
    };
    topology.processes().map(events).collect()
}
