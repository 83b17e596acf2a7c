//! Dataflow, as stream processors have it (P. Carbone et al., "Lightweight Asynchronous Snapshots for Distributed
//! Dataflows", 2015): sources emit a list of records one by one, and know how far they are; operators add up what comes and
//! pass it on. A source that goes back to an earlier offset emits the same records again.
//!
//! A record goes out on every channel of its process, one after the other; until it has, an operator takes in nothing
//! more. On a feedback channel goes one less than the record, and nothing once that would be 0: so loops end.

use super::{LocalState, Offer, Payload};
use crate::ids::{ChannelId, ProcessId};
use crate::rejected::Rejected;
use crate::topology::Topology;

/// The largest record.
pub const MAX_RECORD: u32 = 1_000_000;

/// What each process is at the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It emits these records, each from 1 to [`MAX_RECORD`].
    Source(Vec<u32>),
    /// It adds up what comes and passes it on.
    Sum,
}

/// Sources, operators, and where their records go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dataflow {
    /// By process: what it emits; nothing at an operator.
    records: Vec<Vec<u32>>,
    initial: Vec<LocalState>,
    /// By process: the channels out of it, and whether they feed back.
    outputs: Vec<Vec<(ChannelId, bool)>>,
}

impl Dataflow {
    /// Processes of these kinds; those of the topology that are not listed add up.
    pub fn new(stages: impl IntoIterator<Item = Stage>, topology: &Topology) -> Self {
        let (mut records, mut initial) = (Vec::new(), Vec::new());
        let all = stages.into_iter().chain(std::iter::repeat(Stage::Sum)).take(topology.process_count());
        for stage in all {
            match stage {
                Stage::Source(list) => {
                    records.push(list);
                    initial.push(LocalState::Source { offset: 0, out: 0 });
                }
                Stage::Sum => {
                    records.push(Vec::new());
                    initial.push(LocalState::Operator { sum: 0, passing: 0, out: 0 });
                }
            }
        }
        let outputs = |process| {
            let carrying = topology.outgoing(process).iter().filter(|channel| !topology.is_for_control(**channel));
            carrying.map(|channel| (*channel, topology.feeds_back(*channel))).collect()
        };
        Self { records, initial, outputs: topology.processes().map(outputs).collect() }
    }

    pub(super) fn initial(&self) -> Vec<LocalState> {
        self.initial.clone()
    }

    /// The record that a process has to pass on, and on which of its channels next.
    fn record(&self, process: ProcessId, state: LocalState) -> Option<(u32, u16)> {
        match state {
            LocalState::Source { offset, out } => {
                let record = self.records[process.index()].get(offset as usize)?;
                Some((*record, out))
            }
            LocalState::Operator { passing, out, .. } => (passing > 0).then_some((passing, out)),
            _ => None,
        }
    }

    /// The first channel from a place on that takes a record, and what goes there.
    fn output(&self, process: ProcessId, record: u32, from: u16) -> Option<(u16, ChannelId, Payload)> {
        let outputs = self.outputs[process.index()].iter().enumerate().skip(usize::from(from));
        outputs
            .filter_map(|(at, (channel, back))| {
                let value = if *back { record.checked_sub(1)? } else { record };
                (value > 0).then(|| (u16::try_from(at).unwrap_or(u16::MAX), *channel, Payload(value.into())))
            })
            .next()
    }

    /// What a process has to send next.
    fn due(&self, process: ProcessId, state: LocalState) -> Option<(u16, ChannelId, Payload)> {
        let (record, out) = self.record(process, state)?;
        self.output(process, record, out)
    }

    pub(super) fn send(
        &self,
        process: ProcessId,
        state: LocalState,
        channel: ChannelId,
        payload: Payload,
    ) -> Result<LocalState, Rejected> {
        let due = self.due(process, state).filter(|due| (due.1, due.2) == (channel, payload));
        let (Some((at, ..)), Some((record, _))) = (due, self.record(process, state)) else {
            return Err(Rejected::NoRuleToSend { process, state, channel, payload });
        };
        let next = self.output(process, record, at + 1).map(|(at, ..)| at);
        Ok(match (state, next) {
            (LocalState::Source { offset, .. }, Some(out)) => LocalState::Source { offset, out },
            (LocalState::Source { offset, .. }, None) => LocalState::Source { offset: offset + 1, out: 0 },
            (LocalState::Operator { sum, passing, .. }, Some(out)) => LocalState::Operator { sum, passing, out },
            (LocalState::Operator { sum, .. }, None) => LocalState::Operator { sum, passing: 0, out: 0 },
            (other, _) => other,
        })
    }

    pub(super) fn receive(
        &self,
        process: ProcessId,
        state: LocalState,
        channel: ChannelId,
        payload: Payload,
    ) -> Result<LocalState, Rejected> {
        match (state, u32::try_from(payload.0)) {
            (LocalState::Operator { sum, passing: 0, .. }, Ok(record)) => {
                let sum = sum + i64::from(record);
                let out = self.output(process, record, 0).map(|(at, ..)| at);
                Ok(match out {
                    Some(out) => LocalState::Operator { sum, passing: record, out },
                    None => LocalState::Operator { sum, passing: 0, out: 0 },
                })
            }
            _ => Err(Rejected::NoRuleToReceive { process, state, channel, payload }),
        }
    }

    pub(super) fn offers(&self, process: ProcessId, state: LocalState) -> Vec<Offer> {
        let due = self.due(process, state);
        due.map(|(_, channel, payload)| Offer::Message { channel, payload }).into_iter().collect()
    }

    /// The offset of a source, or the sum of an operator; behind it the record on its way out.
    pub(super) fn show_state(state: LocalState) -> String {
        match state {
            LocalState::Source { offset, out: 0 } => offset.to_string(),
            LocalState::Source { offset, .. } => format!("{offset}+"),
            LocalState::Operator { sum, passing: 0, .. } => sum.to_string(),
            LocalState::Operator { sum, passing, .. } => format!("{sum} ({passing}→)"),
            other => format!("{other:?}"),
        }
    }

    /// The largest sum that a sink could come to, about: for how wide a state may get.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.records.iter().flatten().map(|record| i64::from(*record)).sum()
    }
}
