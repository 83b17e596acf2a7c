//! The theorem of Chandy and Lamport 1985, section 3.2: the recorded state lies on a run that begins and ends as
//! the real one did. That run has the same events with those before the cut moved to the front.

use super::epoch::Epoch;
use super::line::Line;
use super::messages::{Class, Fate};
use crate::bare::GlobalState;
use crate::event::{Carried, Event};
use crate::ids::{ChannelId, MessageId, ProcessId, SnapshotId};
use crate::system::System;
use crate::trace::Trace;
use std::collections::BTreeSet;

/// The run with all events before the cut moved in front of all events after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// How many swaps of neighbouring events lead from the real run to the reordered one.
    pub swaps: u64,
    /// The steps of the two events that are swapped first, in the order in which they happened.
    pub first_swap: Option<(usize, usize)>,
    /// Whether the application could have run that way.
    pub executable: bool,
    /// Whether it passes through the recorded state.
    pub passes: bool,
    /// Whether it ends like the real run.
    pub same_end: bool,
}

impl Passage {
    /// Whether all is as the theorem says.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.executable && self.passes && self.same_end
    }
}

/// Replays the run reordered, and compares it with the recorded state and with the real end. Takes time in the number
/// of events times the size of a global state.
pub(super) fn pass_through(
    epoch: &Epoch<'_>,
    line: &Line<'_>,
    recorded: &GlobalState,
    end: Option<&GlobalState>,
    at_the_cut: &AtTheCut,
) -> Passage {
    let trace = &epoch.trace;
    let Partition { before, after, swaps, first_swap } = Partition::of(trace, line, at_the_cut);
    let mut state = epoch.start.clone();
    let first_swap = first_swap.map(|(one, other)| (one + epoch.offset, other + epoch.offset));
    let first_half = follow_all(&mut state, trace.system, &before);
    let passes = first_half && state == *recorded;
    let executable = first_half && follow_all(&mut state, trace.system, &after);
    Passage { swaps, first_swap, executable, passes, same_end: executable && end == Some(&state) }
}

/// What has become of messages by the cut, as it was recorded.
pub(super) struct AtTheCut {
    /// Received before it.
    received: BTreeSet<MessageId>,
    /// Sent before it, and neither in the recorded state of a channel nor left there to the transport.
    gone: BTreeSet<MessageId>,
}

impl AtTheCut {
    pub(super) fn of(fates: &[Fate], left: &[ChannelId]) -> Self {
        let is_left = |fate: &&Fate| fate.class() == Class::InChannel && left.contains(&fate.channel);
        let is_gone = |fate: &&Fate| fate.sent_inside && fate.kept == 0 && !is_left(fate);
        let received = fates.iter().filter(|fate| fate.receipts_inside > 0).map(|fate| fate.message).collect();
        Self { received, gone: fates.iter().filter(is_gone).map(|fate| fate.message).collect() }
    }
}

/// The events of the application, told apart by the cut, each half in its order.
struct Partition<'a> {
    before: Vec<&'a Event>,
    after: Vec<&'a Event>,
    swaps: u64,
    first_swap: Option<(usize, usize)>,
}

impl<'a> Partition<'a> {
    fn of(trace: &Trace<'a>, line: &Line<'_>, at_the_cut: &AtTheCut) -> Self {
        let topology = &trace.system.topology;
        let mut recorded: Vec<bool> = topology.processes().map(|process| line.at(process).is_none()).collect();
        let mut parts = Self { before: Vec::new(), after: Vec::new(), swaps: 0, first_swap: None };
        let (mut last_after, mut after) = (None, 0);
        for (step, event) in trace.events() {
            let process = event.process(topology).index();
            if line.crosses_at(event) {
                recorded[process] = true;
            }
            if event.is_mishap() {
                parts.add_mishap(event, recorded[process], at_the_cut);
                continue;
            }
            if event.state_after().is_none() {
                continue;
            }
            if recorded[process] {
                parts.after.push(event);
                after += 1;
                last_after = Some(step);
            } else {
                // Every later event that stands in front of this one has to let it pass.
                parts.swaps += after;
                parts.first_swap = parts.first_swap.or(last_after.map(|before| (before, step)));
                parts.before.push(event);
            }
        }
        parts
    }

    /// A process forgets on the side of the cut that it is on. What the network does to a message happens at no process, so it
    /// may be on either side, as far as the message allows: one that stands in the recorded state of its channel is lost
    /// after the cut, any other that was sent before it is lost before; one that was received before the cut was
    /// repeated before, any other after. It is not swapped with anything: nobody does it.
    fn add_mishap(&mut self, event: &'a Event, has_recorded: bool, at_the_cut: &AtTheCut) {
        let is_before = match event {
            Event::Lost { item: Carried::Message(message, _), .. } => at_the_cut.gone.contains(message),
            Event::Duplicated { item: Carried::Message(message, _), .. } => at_the_cut.received.contains(message),
            _ => !has_recorded,
        };
        if is_before { self.before.push(event) } else { self.after.push(event) }
    }
}

/// The events of the application in the part of the run that a snapshot is judged in, by step, each with whether it comes
/// before the cut. Those before it, then the others, are the run that passes through the recorded state.
#[must_use]
pub fn sides(trace: &Trace<'_>, snapshot: SnapshotId) -> Vec<(usize, bool)> {
    let epoch = Epoch::of(trace, snapshot);
    let topology = &epoch.trace.system.topology;
    let line = Line::of(trace, &epoch, snapshot);
    let mut recorded: Vec<bool> = topology.processes().map(|process| line.at(process).is_none()).collect();
    let mut sides = Vec::new();
    for (step, event) in epoch.trace.events() {
        let process = event.process(topology).index();
        if line.crosses_at(event) {
            recorded[process] = true;
        }
        if event.state_after().is_some() {
            sides.push((step + epoch.offset, !recorded[process]));
        }
    }
    sides
}

/// The single swaps of neighbouring events that lead from the real run to the one that passes through the recorded
/// state, in turn, each by the steps of the two events as they stood before it. Every one swaps an event after the cut
/// with the event before the cut that follows it, as in the proof of the theorem; there are [`Passage::swaps`] of them,
/// up to the square of the number of events, so they come one by one.
pub fn swaps(trace: &Trace<'_>, snapshot: SnapshotId) -> impl Iterator<Item = (usize, usize)> + use<> {
    let mut after: Vec<usize> = Vec::new();
    let mut moves: Vec<(usize, usize)> = Vec::new();
    for (step, is_before) in sides(trace, snapshot) {
        if is_before {
            moves.push((step, after.len()));
        } else {
            after.push(step);
        }
    }
    moves.into_iter().flat_map(move |(step, passes)| {
        let passed: Vec<usize> = after[..passes].iter().rev().copied().collect();
        passed.into_iter().map(move |other| (other, step))
    })
}

/// The first step of the whole run after which the system really was in the recorded state, 0 being the start; and the
/// last state, if the run is one of the application. Takes time in the number of events times the size of a global state.
pub(super) fn as_it_was(
    epoch: &Epoch<'_>,
    line: &Line<'_>,
    recorded: &GlobalState,
) -> (Option<usize>, Option<GlobalState>) {
    let mut state = epoch.start.clone();
    let mut to_join: Vec<ProcessId> = epoch.trace.events().filter_map(|(_, event)| line.joins_it(event)).collect();
    let mut occurred = (to_join.is_empty() && state == *recorded).then_some(epoch.offset);
    for (step, event) in epoch.trace.events() {
        if let Some(joined) = line.joins_it(event) {
            to_join.retain(|process| *process != joined);
        } else if event.state_after().is_none() && !event.is_mishap() {
            continue;
        } else if state.follow(epoch.trace.system, event).is_err() {
            return (occurred, None);
        }
        if occurred.is_none() && to_join.is_empty() && state == *recorded {
            occurred = Some(step + epoch.offset);
        }
    }
    (occurred, Some(state))
}

fn follow_all(state: &mut GlobalState, system: &System, events: &[&Event]) -> bool {
    events.iter().all(|event| state.follow(system, event).is_ok())
}
