//! What an algorithm has recorded: its result, and nothing else.

use crate::absent::Absent;
use crate::computation::{LocalState, Payload};
use crate::explore::Pack;
use crate::ids::{ChannelId, MessageId, ProcessId};
use crate::topology::{Channel, Topology};
use std::sync::Arc;

/// A message in the recorded state of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The message.
    pub message: MessageId,
    /// Its number on its channel, from 1.
    pub number: u32,
    /// What it carries.
    pub payload: Payload,
}

/// How far the recording of a channel has come.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum ChannelRecord {
    /// The receiving process has not recorded its own state yet.
    #[default]
    NotStarted,
    /// These messages so far; more may come.
    Open(Vec<Kept>),
    /// These messages, in the order in which they came.
    Closed(Vec<Kept>),
    /// Nothing: the transport has copies of what is under way, and sends it again if it comes to that.
    Left,
}

impl ChannelRecord {
    /// The messages recorded so far.
    #[must_use]
    pub fn messages(&self) -> &[Kept] {
        match self {
            Self::NotStarted | Self::Left => &[],
            Self::Open(kept) | Self::Closed(kept) => kept,
        }
    }
}

/// A recorded global state, or as much of it as there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    processes: Vec<Option<LocalState>>,
    /// Shared by the copies of a world for as long as they do not differ here: a complete snapshot is there once, however many
    /// moments of a run are kept.
    channels: Arc<Vec<ChannelRecord>>,
    /// Messages that an algorithm holds in readiness and has not recorded.
    aside: Vec<(ChannelId, Kept)>,
    /// Who has said that it is concluded, and that those without a part stand by what they recorded last.
    concluded: Option<ProcessId>,
    /// What belongs to no snapshot, since somebody takes no part.
    outside: (Vec<ProcessId>, Vec<ChannelId>),
}

impl Snapshot {
    /// A snapshot of which nothing has been recorded, of all who take part.
    #[must_use]
    pub fn empty(topology: &Topology) -> Self {
        Self::among(topology, &Absent::default())
    }

    /// The same of those who are there.
    pub(crate) fn among(topology: &Topology, absent: &Absent) -> Self {
        let is_outside = |process: &ProcessId| !topology.takes_part(*process) || absent.has(*process);
        Self {
            processes: vec![None; topology.process_count()],
            channels: Arc::new(vec![ChannelRecord::NotStarted; topology.channel_count()]),
            aside: Vec::new(),
            concluded: None,
            outside: (
                topology.processes().filter(is_outside).collect(),
                topology.channels().filter(|channel| is_apart(topology, absent, *channel)).collect(),
            ),
        }
    }

    /// One of the same processes and channels, of which nothing has been recorded.
    pub(crate) fn blank(&self) -> Self {
        let channels = Arc::new(vec![ChannelRecord::NotStarted; self.channels.len()]);
        let processes = vec![None; self.processes.len()];
        Self { processes, channels, aside: Vec::new(), concluded: None, outside: self.outside.clone() }
    }

    /// A newcomer belongs to it, and the channels between it and others.
    pub(crate) fn let_in(&mut self, process: ProcessId, topology: &Topology, absent: &Absent) {
        self.outside.0.retain(|other| *other != process || !topology.takes_part(*other));
        self.outside.1.retain(|channel| is_apart(topology, absent, *channel));
    }

    /// Who has left and has not recorded does not belong to it, nor do the channels into it. What is still under way from it
    /// belongs to it where somebody records it.
    pub(crate) fn let_go(&mut self, process: ProcessId, topology: &Topology) {
        if self.process(process).is_none() {
            self.outside.0.push(process);
            self.outside.1.extend(topology.incoming(process));
            self.outside.1.extend(topology.outgoing(process));
            self.outside.0.sort_unstable();
            self.outside.1.sort_unstable();
            self.outside.1.dedup();
        }
    }

    pub(crate) fn pack_members(&self, out: &mut Vec<u8>) {
        self.outside.0.pack(out);
        self.outside.1.pack(out);
    }

    /// Whether it is of those who are there now.
    pub(crate) fn is_of(&self, topology: &Topology, absent: &Absent) -> bool {
        let is_outside = |process: ProcessId| !topology.takes_part(process) || absent.has(process);
        topology.processes().all(|process| self.is_outside(process) == is_outside(process))
    }

    /// Whether a process does not belong to it: it takes no part, has not joined in time, or had left.
    #[must_use]
    pub fn is_outside(&self, process: ProcessId) -> bool {
        self.outside.0.contains(&process)
    }

    /// The recorded state of a process.
    #[must_use]
    pub fn process(&self, process: ProcessId) -> Option<LocalState> {
        self.processes[process.index()]
    }

    /// The recorded state of a channel.
    #[must_use]
    pub fn channel(&self, channel: ChannelId) -> &ChannelRecord {
        &self.channels[channel.index()]
    }

    /// Whether any process has recorded its state.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.processes.iter().any(Option::is_some)
    }

    /// Whether a process has recorded its own state and all channels into it.
    #[must_use]
    pub fn is_done_at(&self, process: ProcessId, topology: &Topology) -> bool {
        let is_outside = self.outside.0.contains(&process);
        is_outside || self.process(process).is_some() && topology.incoming(process).iter().all(|c| self.is_closed(*c))
    }

    /// Whether it has been begun and is complete, so that nobody who comes or goes changes it.
    pub(crate) fn is_over(&self) -> bool {
        self.has_begun() && self.is_complete()
    }

    /// Whether every process and every channel has been recorded, or stands by what was recorded before.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let has_recorded = |(at, state): (usize, &Option<LocalState>)| {
            state.is_some() || self.concluded.is_some() || self.outside.0.contains(&ProcessId::at(at))
        };
        self.processes.iter().enumerate().all(has_recorded)
            && (0..self.channels.len()).all(|channel| self.is_closed(ChannelId::at(channel)))
    }

    /// Whether the recording of a channel is finished, or it belongs to no snapshot.
    #[must_use]
    pub fn is_closed(&self, channel: ChannelId) -> bool {
        match self.channel(channel) {
            ChannelRecord::Closed(_) | ChannelRecord::Left => true,
            ChannelRecord::NotStarted => self.concluded.is_some() || self.outside.1.contains(&channel),
            ChannelRecord::Open(_) => false,
        }
    }

    /// Whether this process stands by what it recorded before: others have concluded the snapshot without it.
    #[must_use]
    pub fn is_stood_by(&self, process: ProcessId) -> bool {
        self.concluded.is_some() && self.process(process).is_none()
    }

    /// Whether some channel was left to the transport, or some process stands by what it recorded before: then there is
    /// more to the global state than is recorded here.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.concluded.is_some() || self.channels.contains(&ChannelRecord::Left)
    }

    /// Who has concluded it without a part of everybody.
    pub(crate) fn concluded(&self) -> Option<ProcessId> {
        self.concluded
    }

    fn channel_mut(&mut self, channel: ChannelId) -> &mut ChannelRecord {
        &mut Arc::make_mut(&mut self.channels)[channel.index()]
    }

    pub(crate) fn restore_process(&mut self, process: ProcessId, state: Option<LocalState>) {
        self.processes[process.index()] = state;
    }

    pub(crate) fn restore_channel(&mut self, channel: ChannelId, record: ChannelRecord) {
        *self.channel_mut(channel) = record;
    }

    pub(crate) fn record(&mut self, process: ProcessId, state: LocalState) {
        self.processes[process.index()] = Some(state);
    }

    pub(crate) fn open(&mut self, channel: ChannelId) {
        *self.channel_mut(channel) = ChannelRecord::Open(Vec::new());
    }

    pub(crate) fn keep(&mut self, channel: ChannelId, kept: Kept) {
        match self.channel_mut(channel) {
            ChannelRecord::Open(list) | ChannelRecord::Closed(list) => list.push(kept),
            not_started @ (ChannelRecord::NotStarted | ChannelRecord::Left) => {
                *not_started = ChannelRecord::Open(vec![kept]);
            }
        }
    }

    pub(crate) fn leave(&mut self, channel: ChannelId) {
        *self.channel_mut(channel) = ChannelRecord::Left;
    }

    pub(crate) fn discard(&mut self, process: ProcessId, topology: &Topology) {
        self.processes[process.index()] = None;
        for channel in topology.incoming(process) {
            *self.channel_mut(*channel) = ChannelRecord::NotStarted;
        }
    }

    pub(crate) fn conclude(&mut self, process: ProcessId) {
        self.concluded = Some(process);
    }

    pub(crate) fn restore_concluded(&mut self, process: ProcessId, so: bool) {
        if so {
            self.concluded = Some(process);
        } else if self.concluded == Some(process) {
            self.concluded = None;
        }
    }

    pub(crate) fn set_aside(&mut self, channel: ChannelId, kept: Kept) {
        self.aside.push((channel, kept));
    }

    /// Records what was put aside for a channel, and answers what that is.
    pub(crate) fn take_in(&mut self, channel: ChannelId) -> Vec<Kept> {
        let (taken, left): (Vec<_>, Vec<_>) = self.aside.drain(..).partition(|(of, _)| *of == channel);
        self.aside = left;
        let taken: Vec<Kept> = taken.into_iter().map(|(_, kept)| kept).collect();
        taken.iter().for_each(|kept| self.keep(channel, *kept));
        taken
    }

    /// What was put aside for a channel, in the order in which it came.
    pub(crate) fn aside(&self, channel: ChannelId) -> Vec<Kept> {
        self.aside.iter().filter(|(of, _)| *of == channel).map(|(_, kept)| *kept).collect()
    }

    pub(crate) fn restore_aside(&mut self, channel: ChannelId, kept: Vec<Kept>) {
        self.aside.retain(|(of, _)| *of != channel);
        self.aside.extend(kept.into_iter().map(|kept| (channel, kept)));
    }

    pub(crate) fn close(&mut self, channel: ChannelId) {
        let record = self.channel_mut(channel);
        *record = ChannelRecord::Closed(record.messages().to_vec());
    }
}

/// Whether a channel belongs to no snapshot of those who are there.
fn is_apart(topology: &Topology, absent: &Absent, channel: ChannelId) -> bool {
    let Channel { from, to, .. } = *topology.channel(channel);
    !topology.is_recorded(channel) || absent.has(from) || absent.has(to)
}
