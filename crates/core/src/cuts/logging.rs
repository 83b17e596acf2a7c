//! Message logging: what comes back after a crash, from checkpoints and from a log of what was received (R. E. Strom and
//! S. Yemini, "Optimistic Recovery in Distributed Systems", ACM Transactions on Computer Systems 3(3), 1985, 204-226;
//! causal logging after E. N. Elnozahy and W. Zwaenepoel, "Manetho", IEEE Transactions on Computers 41(5), 1992).
//!
//! What a process does between two receipts is taken to follow from what it has received, in that order (piecewise
//! determinism). An *interval* begins with each receipt. A process that has crashed comes back to the end of the last
//! interval whose receipts, since its checkpoint, are all known: on stable storage, or, in causal logging, to somebody
//! who has not crashed. It says so, and whoever depends on a later interval of it is an orphan: it goes back too, to
//! where it did not, and says so in turn.

use super::cut::Cut;
use super::order::{EventKind, EventOrder};
use super::recovery::{CheckpointError, Checkpoints};
use crate::bare::GlobalState;
use crate::computation::LocalState;
use crate::event::Event;
use crate::ids::ProcessId;
use crate::system::System;
use crate::trace::Trace;

/// What of a run is on stable storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Storage {
    checkpoints: Checkpoints,
    logged: Vec<u32>,
}

/// When what was received is known to others than who received it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Logging {
    /// It is on stable storage before the receiver does anything else: all of it always is.
    Pessimistic,
    /// It gets there some time later: see [`Storage`].
    Optimistic,
    /// As before, and until it is there every message brings along what its sender knows of it.
    Causal,
}

/// A process that went back on account of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RolledBack {
    /// The orphan.
    pub process: ProcessId,
    /// After how many of its events it is now.
    pub to: u32,
    /// Who had announced less than it depended on.
    pub because_of: ProcessId,
    /// The interval that was announced as the last one recovered.
    pub announced: u32,
    /// The interval that the orphan depended on.
    pub depended: u32,
}

/// Where everybody is after a recovery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// How many events of each process are left. A consistent cut.
    pub cut: Cut,
    /// Who went back without having crashed, or farther than its log, in turn.
    pub rolled_back: Vec<RolledBack>,
}

impl Storage {
    /// Checkpoints, and the receipts among so many first events of each process.
    ///
    /// # Errors
    /// If there is not one number for each process, or one is beyond its events.
    pub fn new(order: &EventOrder, checkpoints: Checkpoints, logged: Vec<u32>) -> Result<Self, CheckpointError> {
        let (given, wanted) = (logged.len(), order.process_count());
        if given != wanted || checkpoints.counts().len() != wanted {
            return Err(CheckpointError::WrongLength { given, wanted });
        }
        let beyond = (0..wanted).find(|process| logged[*process] > order.last(*process));
        match beyond {
            Some(process) => Err(CheckpointError::TooManyEvents(order.names[process].clone())),
            None => Ok(Self { checkpoints, logged }),
        }
    }
}

impl EventOrder {
    /// The interval in which a process is after so many events: how many messages it has received.
    #[must_use]
    pub fn interval(&self, process: ProcessId, events: u32) -> u32 {
        let first = self.kinds[process.index()].iter().take(events as usize);
        u32::try_from(first.filter(|kind| matches!(kind, EventKind::Receive(_))).count()).unwrap_or(u32::MAX)
    }

    /// After how many of its events a process is, by its last checkpoint and the receipts among so many first events:
    /// before the first receipt that is not known.
    fn replayable(&self, storage: &Storage, process: usize, known: u32) -> u32 {
        let checkpoint = storage.checkpoints.counts()[process].last().copied().unwrap_or(0);
        let start = checkpoint.max(known);
        let later = self.kinds[process].iter().skip(start as usize);
        let unknown = later.take_while(|kind| !matches!(kind, EventKind::Receive(_))).count();
        start + u32::try_from(unknown).unwrap_or(u32::MAX)
    }

    /// Where everybody is after these processes have crashed at the end of the run and come back. Takes time in the
    /// square of the number of processes for each event undone.
    #[must_use]
    pub fn recover(&self, storage: &Storage, crashed: &[ProcessId], logging: Logging) -> Recovered {
        let count = self.process_count();
        let has_crashed = |process: usize| crashed.contains(&ProcessId::at(process));
        let knows =
            |process: usize, of: usize| self.clock_after(process, self.last(process)).map_or(0, |clock| clock[of]);
        let known = |process: usize| {
            let survivors = (0..count).filter(|other| !has_crashed(*other));
            match logging {
                Logging::Pessimistic => self.last(process),
                Logging::Optimistic => storage.logged[process],
                Logging::Causal => {
                    survivors.map(|other| knows(other, process)).max().unwrap_or(0).max(storage.logged[process])
                }
            }
        };
        let after = |process: usize| match has_crashed(process) {
            true => self.replayable(storage, process, known(process)),
            false => self.last(process),
        };
        let mut events: Vec<u32> = (0..count).map(after).collect();
        let mut rolled_back = Vec::new();
        while let Some(orphan) = self.orphan(&events) {
            events[orphan.process.index()] = orphan.to;
            rolled_back.push(orphan);
        }
        Recovered { cut: Cut::of(events), rolled_back }
    }

    /// Somebody who depends on an interval that is lost, and where it did not yet.
    fn orphan(&self, events: &[u32]) -> Option<RolledBack> {
        let depends = |process: usize, events: u32, on: ProcessId| {
            let clock = self.clock_after(process, events);
            self.interval(on, clock.map_or(0, |clock| clock[on.index()]))
        };
        let found = |process: usize, on: ProcessId| {
            let announced = self.interval(on, events[on.index()]);
            let depended = depends(process, events[process], on);
            let to = (0..events[process]).rev().find(|before| depends(process, *before, on) <= announced);
            let to = to.filter(|_| process != on.index() && depended > announced)?;
            Some(RolledBack { process: ProcessId::at(process), to, because_of: on, announced, depended })
        };
        let all = 0..events.len();
        all.clone().find_map(|process| all.clone().find_map(|on| found(process, ProcessId::at(on))))
    }
}

/// Plays a run again up to a cut: each process from its last checkpoint there, by its log. What is in a channel is what
/// was sent and not received by then. None if the cut is not consistent, or the application would not do what the log
/// says. Takes time in the number of events.
#[must_use]
pub fn replay(trace: &Trace<'_>, order: &EventOrder, checkpoints: &Checkpoints, cut: &Cut) -> Option<GlobalState> {
    if !order.is_consistent(cut) {
        return None;
    }
    let system = trace.system;
    let mut log: Vec<Vec<&Event>> = vec![Vec::new(); order.process_count()];
    for (_, event) in trace.events().filter(|(_, event)| event.state_after().is_some()) {
        log[event.process(&system.topology).index()].push(event);
    }
    let mut state = GlobalState::initial(system);
    for process in system.topology.processes() {
        let at = cut.counts()[process.index()] as usize;
        let last = checkpoints.counts()[process.index()].iter().filter(|count| **count as usize <= at).max();
        let from = last.map_or(0, |count| *count as usize);
        let log = &log[process.index()];
        let checkpoint = match from.checked_sub(1) {
            Some(before) => log.get(before)?.state_after()?,
            None => state.processes[process.index()],
        };
        let again = |now, event: &&Event| does_again(system, process, now, event);
        state.processes[process.index()] = log.get(from..at)?.iter().try_fold(checkpoint, again)?;
    }
    let at = order.at(cut);
    for channel in system.topology.channels() {
        for message in at.in_transit(channel) {
            let Event::Sent { payload, .. } =
                log[message.sent.process.index()].get(message.sent.number as usize - 1)?
            else {
                return None;
            };
            state.put(system, channel, *payload);
        }
    }
    Some(state)
}

/// The state that an event of the log leads to; none if the application would not do that.
fn does_again(system: &System, process: ProcessId, now: LocalState, event: &Event) -> Option<LocalState> {
    let (after, computation) = (event.state_after()?, &system.computation);
    let possible = match *event {
        Event::Sent { channel, payload, .. } => computation.can_send(process, (now, after), channel, payload),
        Event::Received { channel, payload, .. } => computation.can_receive(process, (now, after), channel, payload),
        Event::Acted { choice, .. } => computation.act(process, now, choice) == Ok(after),
        _ => false,
    };
    possible.then_some(after)
}
