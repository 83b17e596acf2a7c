//! Deadlock of processes that wait for all or for any of others.
//!
//! A process waits for another as long as no grant of that one is in the channel between them: a grant under way
//! will come. By reduction: whoever runs can grant; who waits for any is freed by one that can grant, who waits for
//! all by all of them; those who are never freed are deadlocked. Where all wait for all that is a cycle; where all
//! wait for any, a knot: processes that cannot reach anybody who runs. Stable as long as nobody gives up waiting.

use crate::bare::GlobalState;
use crate::computation::{Computation, LocalState, ProcessSet};
use crate::ids::ProcessId;
use crate::system::System;

/// Who waits for whom, and who will wait for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadlock {
    /// The wait-for graph: the first waits for the second, whose grant is not under way.
    pub edges: Vec<(ProcessId, ProcessId)>,
    /// The processes that will never run again. Of those that wait for any, these are the knots and whoever can
    /// reach nothing else.
    pub dead: Vec<ProcessId>,
    /// A cycle among them, each waiting for the next and the last for the first; empty if nobody is deadlocked.
    pub cycle: Vec<ProcessId>,
}

impl Deadlock {
    /// Whether anybody is deadlocked.
    #[must_use]
    pub fn holds(&self) -> bool {
        !self.dead.is_empty()
    }
}

/// Looks for a deadlock; none if the processes do not wait for each other.
#[must_use]
pub fn deadlock(system: &System, state: &GlobalState) -> Option<Deadlock> {
    let Computation::Resources(_) = system.computation else { return None };
    let waits: Vec<Wait> = system.topology.processes().map(|process| wait(system, state, process)).collect();
    let mut free = ProcessSet::EMPTY;
    while let Some(next) = waits.iter().find(|wait| !free.contains(wait.process) && wait.is_over(free)) {
        free = free.with(next.process);
    }
    let dead: ProcessSet = system.topology.processes().filter(|process| !free.contains(*process)).collect();
    let edges = waits.iter().flat_map(|wait| wait.whom.iter().map(|other| (wait.process, other)));
    Some(Deadlock { edges: edges.collect(), dead: dead.iter().collect(), cycle: cycle(&waits, dead) })
}

/// For whom a process still waits.
struct Wait {
    process: ProcessId,
    all: bool,
    whom: ProcessSet,
}

impl Wait {
    /// Whether it ends once all of these can grant. Who waits for nobody runs, or will by itself.
    fn is_over(&self, free: ProcessSet) -> bool {
        let mut whom = self.whom.iter();
        self.whom.is_empty() || if self.all { whom.all(|p| free.contains(p)) } else { whom.any(|p| free.contains(p)) }
    }
}

fn wait(system: &System, state: &GlobalState, process: ProcessId) -> Wait {
    let topology = &system.topology;
    let granted = |from: &ProcessId| {
        topology.channels_between(*from, process).any(|channel| !state.channels[channel.index()].is_empty())
    };
    let (all, whom) = match state.processes[process.index()] {
        LocalState::WaitsForAll(whom) => (true, whom.iter().filter(|from| !granted(from)).collect()),
        LocalState::WaitsForAny(whom) if whom.iter().any(|from| granted(&from)) => (false, ProcessSet::EMPTY),
        LocalState::WaitsForAny(whom) => (false, whom),
        _ => (true, ProcessSet::EMPTY),
    };
    Wait { process, all, whom }
}

/// Everybody who is deadlocked waits for somebody who is, so following them comes round.
fn cycle(waits: &[Wait], dead: ProcessSet) -> Vec<ProcessId> {
    let mut path: Vec<ProcessId> = Vec::new();
    let mut next = dead.iter().next();
    while let Some(process) = next {
        if let Some(at) = path.iter().position(|known| *known == process) {
            return path.split_off(at);
        }
        path.push(process);
        next = waits[process.index()].whom.iter().find(|other| dead.contains(*other));
    }
    Vec::new()
}
