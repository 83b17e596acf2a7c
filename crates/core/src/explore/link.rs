//! From the states of an exploration to those of the application alone.

use super::alone::Alone;
use super::layout::Layout;
use super::pack::Pack;
use super::parts::{Parts, Step};
use super::search::{Explorer, Found};
use super::setup::Exploration;
use super::states::StateId;
use super::tables::UNKNOWN;
use crate::computation::{LocalState, Payload};
use crate::explore::Explorable;
use crate::ids::{ChannelId, ProcessId, SnapshotId, TimerId};
use crate::topology::{Order, Topology};
use std::collections::BTreeMap;
use std::sync::Arc;

/// For everything that a process or channel was seen to hold, the number of its application part in the exploration
/// of the application alone.
#[derive(Clone, Debug)]
pub(super) struct Link {
    base: Arc<Explorer<Alone>>,
    processes: Vec<Vec<u32>>,
    channels: Vec<Vec<u32>>,
    origins: Vec<SnapshotId>,
    /// By base state: the set of base states that can be reached from it, as bits. Found when asked for.
    reach: BTreeMap<StateId, Vec<u64>>,
}

impl Link {
    /// `origins`: the snapshots whose origins are parts of a state.
    pub(super) fn new(base: Arc<Explorer<Alone>>, setup: &Exploration, origins: bool) -> Self {
        let topology = &setup.system.topology;
        let planned = if origins { &setup.snapshots[..] } else { &[] };
        Self {
            base,
            processes: vec![Vec::new(); topology.process_count()],
            channels: vec![Vec::new(); topology.channel_count()],
            origins: planned.iter().map(|planned| planned.id).collect(),
            reach: BTreeMap::new(),
        }
    }

    /// How many values each origin can have: none yet, each base state, and none of these.
    pub(super) fn origin_counts(&self) -> impl Iterator<Item = usize> + '_ {
        self.origins.iter().map(|_| self.base.states().len() + 2)
    }

    /// Takes note of what is new since the last time.
    pub(super) fn extend<A: Explorable>(&mut self, parts: &Parts<A>) {
        for (at, known) in self.processes.iter_mut().enumerate() {
            let table = &parts.processes[at].table;
            for number in known.len()..table.len() {
                let mut bytes = table.get(number as u32);
                let state = LocalState::unpack(&mut bytes);
                known.push(state.and_then(|state| self.base.local_of(ProcessId::at(at), state)).unwrap_or(UNKNOWN));
            }
        }
        for (at, known) in self.channels.iter_mut().enumerate() {
            let channel = ChannelId::at(at);
            for number in known.len()..parts.channels[at].len() {
                let payloads = parts.items(channel, number as u32).filter_map(payload_of);
                known.push(self.base.queue_of(channel, payloads).unwrap_or(UNKNOWN));
            }
        }
    }

    /// The base state that the application is in.
    pub(super) fn application(&self, layout: &Layout, state: &[u64]) -> Option<StateId> {
        let known = |number: u32| (number != UNKNOWN).then_some(number);
        let processes = self.processes.iter();
        let numbers = processes.chain(&self.channels).enumerate().map(|(part, numbers)| {
            let number = numbers.get(layout.get(state, part) as usize);
            number.copied().and_then(known)
        });
        self.base.find(numbers)
    }

    /// The base state that was recorded, given what was recorded at each process.
    pub(super) fn recorded<'a>(&self, records: impl Iterator<Item = &'a [u8]>) -> Option<StateId> {
        let topology = &self.base.system().topology;
        let mut locals = Vec::new();
        let mut queues = vec![None; topology.channel_count()];
        for (process, mut record) in topology.processes().zip(records) {
            let (state, lists) = read_record(&mut record, topology, process)?;
            locals.push(self.base.local_of(process, state));
            for (channel, list) in topology.incoming(process).iter().zip(lists) {
                queues[channel.index()] = self.base.queue_of(*channel, list.into_iter());
            }
        }
        self.base.find(locals.into_iter().chain(queues))
    }

    /// Sets the origins of the snapshots that begin in a step.
    pub(super) fn remember_origin(&self, step: &Step<'_>, recorded: u64, next: &mut [u64]) {
        for (at, snapshot) in self.origins.iter().enumerate() {
            let part = self.processes.len() + self.channels.len() + at;
            if recorded & snapshot.bit() != 0 && step.layout.get(step.state, part) == 0 {
                let origin = self.application(step.layout, step.state);
                let outside = self.base.states().len() as u32;
                step.layout.set(next, part, origin.unwrap_or(outside) + 1);
            }
        }
    }

    /// The origin of the `at`-th planned snapshot.
    pub(super) fn origin(&self, layout: &Layout, state: &[u64], at: usize) -> Option<StateId> {
        let value = layout.get(state, self.processes.len() + self.channels.len() + at);
        value.checked_sub(1).filter(|origin| (*origin as usize) < self.base.states().len())
    }

    /// Whether origins are kept.
    pub(super) fn has_origins(&self) -> bool {
        !self.origins.is_empty()
    }

    /// Whether the application can get from one state to another.
    pub(super) fn leads(&mut self, from: StateId, to: StateId) -> bool {
        let base = &self.base;
        let reached = self.reach.entry(from).or_insert_with(|| reached_from(base, from));
        reached[to as usize / 64] >> (to % 64) & 1 == 1
    }
}

/// Depth first; time in the number of base transitions.
fn reached_from(base: &Explorer<Alone>, from: StateId) -> Vec<u64> {
    let mut reached = vec![0_u64; base.states().len().div_ceil(64)];
    let (mut open, mut found) = (vec![from], Found::default());
    while let Some(state) = open.pop() {
        let (word, bit) = (state as usize / 64, 1 << (state % 64));
        if reached[word] & bit == 0 {
            reached[word] |= bit;
            open.extend(base.successors(state, &mut found));
        }
    }
    reached
}

/// What an item carries, if it is an application message.
fn payload_of(mut item: &[u8]) -> Option<Payload> {
    match u8::unpack(&mut item)? {
        0 => Payload::unpack(&mut item),
        _ => None,
    }
}

/// What was recorded of a process and the channels into it; none unless that is all there is to record.
pub(super) fn read_record(
    from: &mut &[u8],
    topology: &Topology,
    process: ProcessId,
) -> Option<(LocalState, Vec<Vec<Payload>>)> {
    u8::unpack(from).filter(|tag| tag & 1 == 1)?;
    let state = LocalState::unpack(from)?;
    let mut list = |channel: &ChannelId| {
        if u8::unpack(from)? == 0 {
            return (!topology.is_recorded(*channel)).then(Vec::new);
        }
        let list = Vec::<(Payload, u32)>::unpack(from)?;
        Some(list.into_iter().map(|(payload, _)| payload).collect())
    };
    let lists = topology.incoming(process).iter().map(&mut list).collect::<Option<_>>()?;
    Some((state, lists))
}

impl Explorer<Alone> {
    /// The number of an application state among what a process was seen to hold.
    fn local_of(&self, process: ProcessId, state: LocalState) -> Option<u32> {
        let mut bytes = Vec::new();
        state.pack(&mut bytes);
        Vec::<TimerId>::new().pack(&mut bytes);
        // Histories and notes, of which there are none.
        [Vec::<ChannelId>::new(), Vec::new(), Vec::new()].iter().for_each(|none| none.pack(&mut bytes));
        self.parts().processes[process.index()].table.find(&bytes)
    }

    /// The number of a queue with these messages.
    fn queue_of(&self, channel: ChannelId, payloads: impl Iterator<Item = Payload>) -> Option<u32> {
        let table = &self.parts().channels[channel.index()];
        let number = |payload: Payload| {
            let mut bytes = vec![0];
            (payload, 0_u32).pack(&mut bytes);
            table.items.find(&bytes)
        };
        let mut items = payloads.map(number).collect::<Option<Vec<u32>>>()?;
        if self.system().topology.channel(channel).order == Order::Unordered {
            items.sort_unstable();
        }
        table.find(&items)
    }
}
