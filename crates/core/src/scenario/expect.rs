//! The third part of a file: what must come out at the end of the run. Makes every scenario a test of itself.

use super::declare::{amount_in, process_in};
use super::lines::Line;
use super::script::{only_channel, payload, snapshot_in};
use super::waits::Told;
use super::{Scenario, ScenarioError};
use crate::bare::GlobalState;
use crate::computation::{Computation, LocalState, Payload};
use crate::cuts::{Checkpoints, EventOrder, RecoveryLine};
use crate::event::Event;
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::judge::{Verdict, availability, judge};
use crate::keeping::kept_of;
use crate::snapshot::Snapshot;
use crate::stable;
use crate::system::System;
use crate::trace::Trace;

/// Something that must be true of one snapshot at the end of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The line that says so.
    pub line: usize,
    /// The snapshot.
    pub snapshot: SnapshotId,
    /// What must be true.
    pub what: Expectation,
}

/// What can be expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// A process recorded this state.
    Recorded(ProcessId, String),
    /// Exactly these messages were recorded in a channel, in this order.
    Holds(ChannelId, Vec<Payload>),
    /// A process was not asked, and stands by what it recorded before.
    Stands(ProcessId),
    /// Exactly these messages of a channel were left to the transport, in the order of sending.
    Left(ChannelId, Vec<Payload>),
    /// The snapshot is complete and consistent.
    Consistent,
    /// Something is wrong with it.
    Inconsistent,
    /// Whether the computation had terminated in the recorded state.
    Terminated(bool),
    /// Exactly these processes are deadlocked in the recorded state, in the order of their declaration.
    Deadlocked(Vec<ProcessId>),
    /// All parts have come together at this process.
    Collected(ProcessId),
    /// Whether the run really passed through the recorded state.
    Occurred(bool),
    /// Whether a process has announced that the work has ended.
    Announced(ProcessId, bool),
    /// At the end of the run a process is in this state.
    Ends(ProcessId, String),
    /// The recorded amounts add up to this.
    Total(i64),
    /// A process has crashed without having recorded, or can be reached only through such a one.
    Unavailable(ProcessId),
    /// Without those that are unavailable, the recorded amounts that are certain add up to this.
    AtLeast(i64),
    /// Whether the snapshot can be put together from what is left of its parts at the end of the run.
    Kept(bool),
    /// If all processes fail at the end of the run, so many events before their last checkpoints are lost.
    RecoveryLoses(u64),
}

const SENTENCE: &str = "expected: P recorded STATE, P stands, P -> Q holds WHAT..., CHANNEL holds WHAT..., P -> Q empty, P -> Q left WHAT..., \
                        consistent, not consistent, occurred, never occurred, total AMOUNT, terminated, \
                        not terminated, deadlocked P Q, not deadlocked, collected at P, P ends with STATE, P announced, P announced nothing, P unavailable, at least AMOUNT, recovery loses NUMBER, kept, not kept, or: snapshot NUMBER";
const RESOURCES: &str = "expected: P recorded running, P recorded waiting for all of Q R, or: waiting for any of Q R";

pub(super) fn expectations(lines: &[Line<'_>], system: &System) -> Result<Vec<Expected>, ScenarioError> {
    let mut expected = Vec::new();
    let mut snapshot = SnapshotId(0);
    for line in lines {
        if let ["snapshot", number] = line.words[..] {
            snapshot = snapshot_in(line, number)?;
        } else {
            expected.push(Expected { line: line.number, snapshot, what: expectation(line, system)? });
        }
    }
    Ok(expected)
}

fn expectation(line: &Line<'_>, system: &System) -> Result<Expectation, ScenarioError> {
    let topology = &system.topology;
    let between = |from: &str, to: &str| {
        only_channel(line, topology, process_in(line, topology, from)?, process_in(line, topology, to)?)
    };
    let named =
        |name: &str| topology.channel_named(name).ok_or_else(|| line.error(format!("there is no channel {name}")));
    let payloads = |what: &[&str]| what.iter().map(|word| payload(line, system, word)).collect::<Result<_, _>>();
    Ok(match line.words[..] {
        [process, "recorded", ref state @ ..] => {
            let process = process_in(line, topology, process)?;
            Expectation::Recorded(process, state_named(line, system, process, state)?)
        }
        [process, "announced"] => Expectation::Announced(process_in(line, topology, process)?, true),
        [process, "announced", "nothing"] => Expectation::Announced(process_in(line, topology, process)?, false),
        [process, "ends", "with", ref state @ ..] => {
            let process = process_in(line, topology, process)?;
            Expectation::Ends(process, state_named(line, system, process, state)?)
        }
        [from, "->", to, "holds", ref what @ ..] => Expectation::Holds(between(from, to)?, payloads(what)?),
        [from, "->", to, "left", ref what @ ..] => Expectation::Left(between(from, to)?, payloads(what)?),
        [from, "->", to, "empty"] => Expectation::Holds(between(from, to)?, Vec::new()),
        [channel, "holds", ref what @ ..] => Expectation::Holds(named(channel)?, payloads(what)?),
        [channel, "empty"] => Expectation::Holds(named(channel)?, Vec::new()),
        [process, "unavailable"] => Expectation::Unavailable(process_in(line, topology, process)?),
        ["at", "least", amount] => Expectation::AtLeast(amount_in(line, amount)?),
        ["recovery", "loses", events] => Expectation::RecoveryLoses(
            events.parse().map_err(|_| line.error("expected how many events are lost, a whole number"))?,
        ),
        [process, "stands"] => Expectation::Stands(process_in(line, topology, process)?),
        ["kept"] => Expectation::Kept(true),
        ["not", "kept"] => Expectation::Kept(false),
        ["consistent"] => Expectation::Consistent,
        ["not", "consistent"] => Expectation::Inconsistent,
        ["terminated"] => Expectation::Terminated(true),
        ["not", "terminated"] => Expectation::Terminated(false),
        ["deadlocked", ref names @ ..] if !names.is_empty() => {
            let processes = names.iter().map(|name| process_in(line, topology, name));
            let mut processes = waiting(line, system, processes.collect::<Result<Vec<_>, _>>()?)?;
            processes.sort_unstable();
            Expectation::Deadlocked(processes)
        }
        ["not", "deadlocked"] => Expectation::Deadlocked(waiting(line, system, Vec::new())?),
        ["collected", "at", process] => Expectation::Collected(process_in(line, topology, process)?),
        ["occurred"] => Expectation::Occurred(true),
        ["never", "occurred"] => Expectation::Occurred(false),
        ["total", amount] => Expectation::Total(amount_in(line, amount)?),
        _ => return Err(line.error(SENTENCE)),
    })
}

/// Some processes of a system in which processes can wait for each other.
fn waiting(line: &Line<'_>, system: &System, processes: Vec<ProcessId>) -> Result<Vec<ProcessId>, ScenarioError> {
    match system.computation {
        Computation::Resources(_) => Ok(processes),
        _ => Err(line.error("only processes that run or wait can be deadlocked")),
    }
}

/// A state of a process as the computation shows it.
fn state_named(line: &Line<'_>, system: &System, process: ProcessId, words: &[&str]) -> Result<String, ScenarioError> {
    let state = match (&system.computation, words) {
        (Computation::Bank(_), [amount]) => LocalState::Money(amount_in(line, amount)?),
        (Computation::Dataflow(_), [number]) if number.parse::<u32>().is_ok() => return Ok((*number).to_owned()),
        (Computation::Automaton(automaton), [label]) => {
            automaton.label_named(label).ok_or_else(|| line.error(format!("there is no state {label}")))?
        }
        (Computation::Diffusing(_), [state @ ("active" | "passive")]) => {
            LocalState::Work { active: *state == "active", sends_left: None }
        }
        (Computation::Diffusing(_), _) => return Err(line.error("a process is recorded active or passive")),
        (Computation::Resources(_), ["running"]) => LocalState::Running,
        (Computation::Resources(_), ["waiting", how @ ..]) => {
            let told = Told::of(line, process, how).ok_or_else(|| line.error(RESOURCES))?;
            told.resolve(&system.topology)?.state()
        }
        (Computation::Resources(_), _) => return Err(line.error(RESOURCES)),
        _ => return Err(line.error(SENTENCE)),
    };
    Ok(system.computation.show_state(state))
}

impl Scenario {
    /// Plays the prepared run and returns those expectations that it does not meet.
    #[must_use]
    pub fn unmet(&self) -> Vec<Expected> {
        let history = self.play();
        let trace = history.trace();
        let empty = Snapshot::empty(&self.system.topology);
        let met = |expected: &&Expected| {
            let (world, id) = (history.world(), expected.snapshot);
            let snapshot = world.snapshots().get(id.index()).unwrap_or(&empty);
            match expected.what {
                Expectation::Ends(process, ref state) => {
                    self.system.computation.show_state(world.state(process)) == *state
                }
                Expectation::Announced(process, wanted) => {
                    let announced = Event::Announced { process };
                    trace.events().any(|(_, event)| *event == announced) == wanted
                }
                Expectation::Unavailable(process) => availability(&trace, id).unavailable.contains(&process),
                Expectation::AtLeast(amount) => availability(&trace, id).at_least == Some(amount),
                Expectation::Kept(wanted) => {
                    let left = kept_of(&trace, id, snapshot, self.keeping.unwrap_or_default());
                    left.is_some_and(|left| left.is_whole() == wanted)
                }
                Expectation::RecoveryLoses(events) => {
                    recovery_line(&trace).is_some_and(|line| line.events_lost == events)
                }
                Expectation::Collected(process) => world.collected(process, id) == Some(snapshot),
                _ => expected.what.is_met(&self.system, snapshot, &judge(&trace, id)),
            }
        };
        self.expected.iter().filter(|expected| !met(expected)).cloned().collect()
    }
}

/// Where recovery leads from the last checkpoints of all.
fn recovery_line(trace: &Trace<'_>) -> Option<RecoveryLine> {
    let order = EventOrder::of_trace(trace).ok()?;
    let everybody: Vec<ProcessId> = trace.system.topology.processes().collect();
    Checkpoints::of_trace(&order, trace)?.after_failure(&order, &everybody)
}

impl Expectation {
    fn is_met(&self, system: &System, snapshot: &Snapshot, verdict: &Verdict) -> bool {
        match self {
            Self::Recorded(process, state) => {
                let recorded = snapshot.process(*process).map(|state| system.computation.show_state(state));
                recorded.as_ref() == Some(state)
            }
            Self::Holds(channel, payloads) => {
                let kept = snapshot.channel(*channel).messages().iter().map(|kept| kept.payload);
                kept.eq(payloads.iter().copied())
            }
            Self::Stands(process) => snapshot.is_stood_by(*process),
            Self::Left(channel, payloads) => {
                let left = verdict.left_messages().filter(|fate| fate.channel == *channel);
                verdict.left.contains(channel) && left.map(|fate| fate.payload).eq(payloads.iter().copied())
            }
            Self::Consistent => verdict.is_consistent(),
            Self::Inconsistent => verdict.is_wrong(),
            Self::Terminated(expected) => {
                let state = GlobalState::recorded(system, snapshot);
                state.is_some_and(|state| stable::termination(system, &state).holds() == *expected)
            }
            Self::Deadlocked(expected) => {
                let state = GlobalState::recorded(system, snapshot);
                let found = state.and_then(|state| stable::deadlock(system, &state));
                found.is_some_and(|found| found.dead == *expected)
            }
            // What was recorded does not tell this; the world or the run does.
            Self::Collected(_)
            | Self::Ends(..)
            | Self::Announced(..)
            | Self::Unavailable(_)
            | Self::AtLeast(_)
            | Self::RecoveryLoses(_)
            | Self::Kept(_) => false,
            Self::Occurred(expected) => verdict.passage.is_some() && verdict.occurred_after.is_some() == *expected,
            Self::Total(total) => verdict.sums.is_some_and(|sums| sums.in_processes + sums.in_channels == *total),
        }
    }
}
