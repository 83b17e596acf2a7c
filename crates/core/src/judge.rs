//! Whether what an algorithm recorded is a consistent global state of the run, and why.
//!
//! The judge knows a run by its events alone and shares no code with any algorithm. It asks the same question in
//! several ways, since no single check suffices: a wrong channel list passes the test by vector clocks, and money
//! that was lost before the cut passes every test but conservation.

mod epoch;
mod line;
mod members;
mod messages;
mod reorder;
mod unavailable;

pub use messages::{Class, Fate};
pub use reorder::{Passage, sides, swaps};
pub use unavailable::{Availability, availability};

use crate::bare::GlobalState;
use crate::causality::{self, Clocks};
use crate::computation::LocalState;
use crate::event::Event;
use crate::ids::{ChannelId, MessageId, ProcessId, SnapshotId};
use crate::system::System;
use crate::trace::Trace;
use epoch::Epoch;
use line::Line;
use messages::Ledger;
use reorder::AtTheCut;

/// What the judge has to say about one snapshot of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How many of its events each process did before it recorded; none where it has not.
    pub cut: Vec<Option<u32>>,
    /// The processes that have not recorded their state.
    pub unrecorded: Vec<ProcessId>,
    /// The channels whose recording is not finished.
    pub unclosed: Vec<ChannelId>,
    /// The channels that were left to the transport, which has to send again what is under way there.
    pub left: Vec<ChannelId>,
    /// What is wrong with it. An unfinished snapshot is judged as far as it goes.
    pub faults: Vec<Fault>,
    /// What became of each message, in the order of sending.
    pub messages: Vec<Fate>,
    /// The sums, where the computation conserves something.
    pub sums: Option<Sums>,
    /// Whether the vector clocks find the cut consistent; none unless every process has recorded.
    pub clocks_agree: Option<bool>,
    /// The first step of the run after which the system really was in the recorded state, 0 being the start; none if it
    /// never was, or the snapshot is not complete.
    pub occurred_after: Option<usize>,
    /// Whether somebody takes no part, so that there is no global state that a run could pass through.
    pub is_partial: bool,
    /// The run that passes through the recorded state; none unless the snapshot is complete and without fault.
    pub passage: Option<Passage>,
}

/// Something wrong with a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A message is received inside the cut and sent outside it.
    OrphanInProcess(MessageId),
    /// A message sent outside the cut stands in the recorded state of a channel.
    OrphanInChannel(MessageId),
    /// A message sent inside the cut is neither received inside it nor in the recorded state of its channel.
    Missing(MessageId),
    /// A message is received inside the cut and stands in the recorded state of its channel too, or twice in either.
    Twice(MessageId),
    /// The recorded messages of a FIFO channel do not stand in the order of sending.
    OutOfOrder(ChannelId),
    /// The recorded state of a process is not the one that it had at the cut.
    WrongState(ProcessId),
    /// A process recorded more than once.
    RecordedTwice(ProcessId),
}

/// The conserved quantity, added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// What there was at the start of the run, or when it last went back to a recorded state.
    pub at_start: i64,
    /// What the recorded process states add up to.
    pub in_processes: i64,
    /// What the recorded channel states add up to.
    pub in_channels: i64,
}

impl Sums {
    /// Whether as much was recorded as there was at the start.
    #[must_use]
    pub fn balance(self) -> bool {
        self.in_processes + self.in_channels == self.at_start
    }
}

impl Verdict {
    /// Whether every process and every channel has been recorded.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.unrecorded.is_empty() && self.unclosed.is_empty()
    }

    /// Whether the snapshot, complete or not, can only be called inconsistent.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        !self.faults.is_empty() || self.clocks_agree == Some(false) || (self.is_complete() && !self.is_consistent())
    }

    /// The messages that were left to the transport, in the order of sending: under way at the cut, on channels that were
    /// not recorded.
    pub fn left_messages(&self) -> impl Iterator<Item = &Fate> {
        let is_left = |fate: &&Fate| fate.class() == Class::InChannel && self.left.contains(&fate.channel);
        self.messages.iter().filter(is_left)
    }

    /// Whether the snapshot is complete and every check finds it consistent.
    #[must_use]
    pub fn is_consistent(&self) -> bool {
        self.is_complete()
            && self.faults.is_empty()
            && self.clocks_agree == Some(true)
            && self.sums.is_none_or(Sums::balance)
            && self.passage.as_ref().map_or(self.is_partial, Passage::holds)
    }
}

/// Judges one snapshot of a run. If the run has gone back to a recorded state, that is where it begins for the snapshots
/// after it, and where it ends for those before it. Takes time in the number of events times the number of processes.
#[must_use]
pub fn judge(trace: &Trace<'_>, snapshot: SnapshotId) -> Verdict {
    let system = trace.system;
    let topology = &system.topology;
    let mut cut = Cut::new(system);
    let mut ledger = Ledger::new(topology.channel_count());
    let mut clocks = Clocks::new(topology);
    let mut at_cut = vec![None; topology.process_count()];
    let epoch = Epoch::of(trace, snapshot);
    let line = Line::of(trace, &epoch, snapshot);
    ledger.keep_out(line.apart());
    for process in topology.processes().filter(|process| line.at(*process).is_none()) {
        cut.begin(process, epoch.start.processes[process.index()]);
        match line.is_outside_at_first(process) {
            true => ledger.keep_out_all(topology, process),
            false => ledger.leave_all(topology.incoming(process)),
        }
        at_cut[process.index()] = Some(vec![0; topology.process_count()]);
    }
    for event in epoch.events() {
        let process = event.process(topology);
        let part = line.at(process).unwrap_or(snapshot);
        ledger.follow(event, part, cut.has_recorded(process));
        let crosses = line.crosses_at(event);
        cut.follow(event, part, process, crosses);
        if line.ends_at(event) {
            cut.end(process);
            ledger.keep_out_all(topology, process);
        }
        clocks.follow(event);
        if crosses {
            at_cut[process.index()].get_or_insert_with(|| clocks.processes()[process.index()].clone());
        }
    }
    let faults = [cut.faults.clone(), ledger.faults(system, &cut.recorded_processes())].concat();
    let mut verdict = Verdict {
        unrecorded: topology.processes().filter(|p| topology.takes_part(*p) && !cut.has_recorded(*p)).collect(),
        unclosed: topology.channels().filter(|c| topology.is_recorded(*c) && !ledger.is_closed(*c)).collect(),
        left: topology.channels().filter(|c| topology.is_recorded(*c) && ledger.is_left(*c)).collect(),
        cut: cut.recorded.iter().map(|taken| taken.map(|taken| taken.events)).collect(),
        sums: cut.sums(system, &epoch.start, &ledger, &line),
        clocks_agree: None,
        messages: ledger.fates().to_vec(),
        faults,
        occurred_after: None,
        is_partial: !topology.outsiders().is_empty(),
        passage: None,
    };
    if verdict.unrecorded.is_empty() {
        verdict.clocks_agree = Some(causality::is_consistent(&at_cut));
    }
    if verdict.is_complete() && !verdict.is_partial {
        let states = cut.recorded.iter().flatten().map(|taken| taken.state).collect();
        let recorded = ledger.recorded_state(system, states);
        let (occurred_after, end) = reorder::as_it_was(&epoch, &line, &recorded);
        verdict.occurred_after = occurred_after;
        if verdict.faults.is_empty() {
            let at_the_cut = AtTheCut::of(&verdict.messages, &verdict.left);
            verdict.passage = Some(reorder::pass_through(&epoch, &line, &recorded, end.as_ref(), &at_the_cut));
        }
    }
    verdict
}

/// Where the cut crosses each process, and what each was found to hold there.
struct Cut {
    now: Vec<Taken>,
    recorded: Vec<Option<Taken>>,
    /// Who has recorded what it had noted before.
    recalled: Vec<bool>,
    faults: Vec<Fault>,
}

#[derive(Clone, Copy)]
struct Taken {
    events: u32,
    state: LocalState,
}

impl Cut {
    fn new(system: &System) -> Self {
        let initial = system.computation.initial();
        Self {
            recorded: vec![None; initial.len()],
            recalled: vec![false; initial.len()],
            now: initial.into_iter().map(|state| Taken { events: 0, state }).collect(),
            faults: Vec::new(),
        }
    }

    /// The cut crosses a process where it begins.
    fn begin(&mut self, process: ProcessId, state: LocalState) {
        self.recorded[process.index()] = Some(Taken { events: 0, state });
    }

    /// The cut crosses a process where it ends.
    fn end(&mut self, process: ProcessId) {
        self.recorded[process.index()] = Some(self.now[process.index()]);
    }

    /// Takes note of the next event; `crosses` tells whether the cut crosses its process there.
    fn follow(&mut self, event: &Event, snapshot: SnapshotId, process: ProcessId, crosses: bool) {
        let now = &mut self.now[process.index()];
        if let Some(state) = event.state_after() {
            *now = Taken { events: now.events + 1, state };
        }
        match *event {
            Event::Restored { state, .. } => *now = Taken { events: 0, state },
            Event::Restarted { state, .. } => now.state = state,
            _ => {}
        }
        if matches!(event, Event::Noted { .. }) && crosses {
            self.recorded[process.index()] = Some(*now);
        }
        let Event::Recorded { snapshot: of, state, noted, .. } = event else { return };
        if *of != snapshot {
            return;
        }
        if noted.is_some() {
            self.recall(process, *state);
            return;
        }
        let place = &mut self.recorded[process.index()];
        if !crosses && place.is_none() {
            // It will be forgotten.
            return;
        }
        if now.state != *state {
            self.faults.push(Fault::WrongState(process));
        }
        if crosses {
            *place = Some(Taken { events: now.events, state: *state });
        } else {
            self.faults.push(Fault::RecordedTwice(process));
        }
    }

    /// The process recorded what it had noted where the cut crosses it.
    fn recall(&mut self, process: ProcessId, state: LocalState) {
        let (place, now) = (&mut self.recorded[process.index()], self.now[process.index()]);
        if place.is_none_or(|taken| taken.state != state) {
            self.faults.push(Fault::WrongState(process));
        }
        if std::mem::replace(&mut self.recalled[process.index()], true) {
            self.faults.push(Fault::RecordedTwice(process));
        }
        *place = Some(Taken { events: place.map_or(now.events, |taken| taken.events), state });
    }

    fn has_recorded(&self, process: ProcessId) -> bool {
        self.recorded[process.index()].is_some()
    }

    fn recorded_processes(&self) -> Vec<bool> {
        self.recorded.iter().map(Option::is_some).collect()
    }

    /// Who joined too late to belong to the snapshot brings nothing to it, then or at the start.
    fn sums(&self, system: &System, start: &GlobalState, ledger: &Ledger, line: &Line<'_>) -> Option<Sums> {
        let computation = &system.computation;
        let belongs = |at: usize| !line.is_outside_at_first(ProcessId::at(at));
        let recorded = self.recorded.iter().enumerate();
        let under_way = start.channels.iter().flatten();
        let worth = |states: &mut dyn Iterator<Item = LocalState>| {
            states.map(|state| computation.worth_of_state(state)).sum::<Option<i64>>()
        };
        Some(Sums {
            at_start: worth(
                &mut start.processes.iter().enumerate().filter(|(at, _)| belongs(*at)).map(|(_, state)| *state),
            )? + under_way.map(|payload| computation.worth_of_payload(*payload)).sum::<Option<i64>>()?,
            in_processes: worth(
                &mut recorded.filter(|(at, _)| belongs(*at)).filter_map(|(_, taken)| Some(taken.as_ref()?.state)),
            )?,
            in_channels: ledger.kept().map(|kept| computation.worth_of_payload(kept)).sum::<Option<i64>>()?,
        })
    }
}
