//! What the tagged view keeps besides the world: for each channel how much was sent and received, now and when the
//! processes at its ends recorded. Kept from the events alone, and so the same for every algorithm.

use super::pack::Pack;
use crate::event::Event;
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::topology::{Order, Topology};

/// Which messages of a channel were received.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Received {
    /// How many.
    pub(super) count: u32,
    /// Which numbers, in ascending order, where they are kept; else they are the first `count`.
    numbers: Vec<u32>,
}

impl Received {
    fn add(&mut self, number: u32, by_number: bool) {
        self.count += 1;
        if by_number {
            let at = self.numbers.partition_point(|other| *other <= number);
            self.numbers.insert(at, number);
        }
    }

    pub(super) fn contains(&self, number: u32, by_number: bool) -> bool {
        if by_number { self.numbers.binary_search(&number).is_ok() } else { number <= self.count }
    }

    /// Whether some message was received more than once.
    pub(super) fn has_twice(&self) -> bool {
        self.numbers.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// The greatest number received, 0 if there is none.
    pub(super) fn greatest(&self, by_number: bool) -> u32 {
        if by_number { self.numbers.last().copied().unwrap_or(0) } else { self.count }
    }
}

impl Pack for Received {
    fn pack(&self, out: &mut Vec<u8>) {
        self.count.pack(out);
        self.numbers.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Some(Self { count: Pack::unpack(from)?, numbers: Pack::unpack(from)? })
    }
}

/// The counters of all channels.
#[derive(Clone, Debug)]
pub(super) struct Book {
    sent: Vec<u32>,
    received: Vec<Received>,
    at_recording: Vec<Recording>,
    /// By channel: whether what is received need not be the first so many messages.
    by_number: Vec<bool>,
}

/// The counters as they stood when each process recorded in one snapshot.
#[derive(Clone, Debug)]
struct Recording {
    recorded: Vec<bool>,
    sent: Vec<u32>,
    received: Vec<Received>,
}

impl Book {
    /// `faulty`: whether messages can be lost or repeated.
    pub(super) fn new(topology: &Topology, snapshots: u16, faulty: bool) -> Self {
        let (sent, received) = (vec![0; topology.channel_count()], vec![Received::default(); topology.channel_count()]);
        let recorded = vec![false; topology.process_count()];
        let recording = Recording { recorded, sent: sent.clone(), received: received.clone() };
        let by_number =
            topology.channels().map(|channel| faulty || topology.channel(channel).order == Order::Unordered);
        let by_number = by_number.collect();
        Self { sent, received, at_recording: vec![recording; usize::from(snapshots)], by_number }
    }

    /// Takes note of an event.
    pub(super) fn follow(&mut self, topology: &Topology, event: &Event) {
        match *event {
            Event::Sent { channel, .. } => self.sent[channel.index()] += 1,
            Event::Received { channel, number, .. } => {
                self.received[channel.index()].add(number, self.by_number[channel.index()]);
            }
            Event::Recorded { process, snapshot, .. } => self.record(topology, process, snapshot),
            _ => {}
        }
    }

    /// The first recording counts, as for the judge.
    fn record(&mut self, topology: &Topology, process: ProcessId, snapshot: SnapshotId) {
        let Some(recording) = self.at_recording.get_mut(snapshot.index()) else { return };
        if std::mem::replace(&mut recording.recorded[process.index()], true) {
            return;
        }
        for channel in topology.outgoing(process) {
            recording.sent[channel.index()] = self.sent[channel.index()];
        }
        for channel in topology.incoming(process) {
            recording.received[channel.index()].clone_from(&self.received[channel.index()]);
        }
    }

    /// How many messages were sent on a channel so far.
    pub(super) fn sent(&self, channel: ChannelId) -> u32 {
        self.sent[channel.index()]
    }

    /// How many messages its sender had sent on a channel when it recorded.
    pub(super) fn sent_inside(&self, snapshot: SnapshotId, channel: ChannelId) -> u32 {
        self.at_recording.get(snapshot.index()).map_or(0, |recording| recording.sent[channel.index()])
    }

    /// Which messages its receiver had received from a channel when it recorded.
    pub(super) fn received_inside(&self, snapshot: SnapshotId, channel: ChannelId) -> Option<&Received> {
        self.at_recording.get(snapshot.index()).map(|recording| &recording.received[channel.index()])
    }

    /// Appends the counters that belong to a process: those of what it sends and what it receives.
    pub(super) fn pack(&self, topology: &Topology, process: ProcessId, out: &mut Vec<u8>) {
        let own = |sent: &[u32], received: &[Received], out: &mut Vec<u8>| {
            topology.outgoing(process).iter().for_each(|channel| sent[channel.index()].pack(out));
            topology.incoming(process).iter().for_each(|channel| received[channel.index()].pack(out));
        };
        own(&self.sent, &self.received, out);
        for recording in &self.at_recording {
            out.push(u8::from(recording.recorded[process.index()]));
            own(&recording.sent, &recording.received, out);
        }
    }

    /// Sets the counters of a process to what [`Book::pack`] wrote; none if these are not such bytes.
    pub(super) fn unpack(&mut self, topology: &Topology, process: ProcessId, from: &mut &[u8]) -> Option<()> {
        let own = |sent: &mut [u32], received: &mut [Received], from: &mut &[u8]| {
            for channel in topology.outgoing(process) {
                sent[channel.index()] = Pack::unpack(from)?;
            }
            for channel in topology.incoming(process) {
                received[channel.index()] = Pack::unpack(from)?;
            }
            Some(())
        };
        own(&mut self.sent, &mut self.received, from)?;
        for recording in &mut self.at_recording {
            recording.recorded[process.index()] = u8::unpack(from)? == 1;
            own(&mut recording.sent, &mut recording.received, from)?;
        }
        Some(())
    }
}
