//! Vector clocks as a snapshot method: F. Mattern, "Virtual Time and Global States of Distributed Systems", Parallel and
//! Distributed Algorithms 1989, 215-226, and C. J. Fidge, "Timestamps in Message-Passing Systems That Preserve the Partial
//! Ordering", 1988, for the clocks; B. Randell, "System Structure for Software Fault Tolerance", 1975, for going back to
//! what fits together.
//!
//! A clock counts, for each process, the sends and receipts that its owner knows of, and rides on every message. The initiator
//! tells everybody; *each notes its state when told, and answers with its log: what it sent and received until then, and what
//! it knew after each receipt*. The states so noted need not fit together: *they do exactly if nobody knows of more events of a
//! process than that process had done when it was told*. Where somebody knows too much, the initiator takes back its events
//! until it does not: since the clocks are exact, that is the nearest consistent cut below, and there is only one. *Then
//! everybody records the state that it had there.* What was sent before that cut and not received before it was under way.
//!
//! To go back, a process has to have noted its state there. Only a receipt can teach it too much, so the cut lies either where
//! it was told or just before one of its receipts: *it notes its state before each receipt*, and not after each event. What
//! touches no channel teaches nobody anything and does not tick.
//!
//! Needs no order in the channels, holds nothing back, and sends no markers among the messages; needs ways between the
//! initiator and everybody. Costs a clock on each message, 3(n-1) control messages, and a log: a state for each receipt, a
//! copy of each message and the clocks, kept until all planned snapshots are taken.

use super::counts::Counts;
use super::lai_yang::Colours;
use super::ways;
use crate::algorithm::{Algorithm, Arriving, Effect, Effects, Here, Lack};
use crate::event::{ControlRole, Word};
use crate::explore::{Explorable, Pack, pack_fields};
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::meters::{Costs, Facts, Formula, width};
use crate::rejected::Rejected;
use crate::riding::TagRole;
use crate::system::System;

/// Snapshots by vector clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VectorClocks {
    /// The snapshots that may be taken. A process keeps its log until it has been told of all of them.
    pub planned: Colours,
    /// What is done with states that do not fit together.
    pub repair: Repair,
}

impl Default for VectorClocks {
    /// Any snapshot may be taken.
    fn default() -> Self {
        Self { planned: Colours::all(), repair: Repair::default() }
    }
}

/// What is done with states that do not fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Repair {
    /// Everybody goes back to the nearest consistent cut.
    #[default]
    NearestBelow,
    /// Nothing: everybody records when told. For showing what the repair is for.
    No,
}

/// For each process the number of its sends and receipts that somebody knows of.
pub type Clock = Counts<ProcessId>;

/// A send or a receipt, as its process has noted it. Its number is its place in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// On which channel.
    channel: ChannelId,
    /// Of a receipt; none of a send.
    receipt: Option<Receipt>,
}

/// What there is to say about a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The number that the sending has at its process.
    sending: u32,
    /// Under which number the state before it was noted.
    note: u32,
    /// What the process knew of the others after it.
    knows: Clock,
}

/// A control message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Control {
    /// Of which snapshot.
    snapshot: SnapshotId,
    /// What it says.
    says: Says,
}

/// What a control message says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Says {
    /// That the snapshot has begun.
    Begin,
    /// What its sender had done when it was told.
    Log(Vec<Entry>),
    /// How many of the receiver's events lie before the cut.
    Cut(u32),
}

/// What a process remembers.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Memory {
    log: Vec<Entry>,
    /// What it knows of the others.
    knows: Clock,
    /// How many times it has noted its state.
    notes: u32,
    taken: Vec<Taken>,
}

/// A snapshot of which a process has been told.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Taken {
    snapshot: SnapshotId,
    /// How many events it had done by then.
    events: u32,
    /// Under which number it noted its state then.
    note: u32,
    /// Whether it has recorded.
    is_done: bool,
    /// At an initiator: what has been answered.
    answers: Vec<(ProcessId, Vec<Entry>)>,
}

impl Memory {
    fn told(&self) -> Colours {
        Colours::of(self.taken.iter().map(|taken| taken.snapshot))
    }

    fn taken(&mut self, snapshot: SnapshotId) -> Option<&mut Taken> {
        self.taken.iter_mut().find(|taken| taken.snapshot == snapshot)
    }

    fn events(&self) -> u32 {
        u32::try_from(self.log.len()).unwrap_or(u32::MAX)
    }

    /// Notes the state of the process; the answer is the number of the note.
    fn note(&mut self, out: &mut Effects<Control>) -> u32 {
        self.notes += 1;
        out.push(Effect::Note(self.notes));
        self.notes
    }

    /// What a message carries that leaves as the event of this number.
    fn clock(&self, here: Here<'_>, event: u32) -> Box<Clock> {
        let mut clock = self.knows.clone();
        clock.raise(here.process, event);
        Box::new(clock)
    }

    /// What it had done when it was told of a snapshot.
    fn log_of(&mut self, snapshot: SnapshotId) -> Vec<Entry> {
        let events = self.taken(snapshot).map_or(0, |taken| taken.events);
        self.log[..events as usize].to_vec()
    }

    /// Under which number it has noted its state after so many events, of those that it had done when told.
    fn note_at(&self, taken: &Taken, events: u32) -> u32 {
        let next = self.log.get(events as usize).filter(|_| events < taken.events);
        next.and_then(|entry| entry.receipt.as_ref()).map_or(taken.note, |receipt| receipt.note)
    }

    /// Records the state that it had after so many events.
    fn record(&mut self, snapshot: SnapshotId, events: u32, out: &mut Effects<Control>) {
        let Some(taken) = self.taken.iter().find(|taken| taken.snapshot == snapshot && !taken.is_done) else { return };
        out.push(Effect::Recall(snapshot, self.note_at(taken, events)));
        self.taken(snapshot).into_iter().for_each(|taken| taken.is_done = true);
    }
}

impl VectorClocks {
    /// Whether what a process does may still matter to a snapshot. Who takes no part passes on what it knows, and no more.
    fn goes_on(self, here: Here<'_>, memory: &Memory) -> bool {
        here.topology().takes_part(here.process) && self.planned.without(memory.told()) != Colours::default()
    }

    fn be_told(self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Control>) {
        let (events, repaired) = (memory.events(), self.repair == Repair::NearestBelow);
        let note = if repaired { memory.note(out) } else { 0 };
        if !repaired {
            here.begin(snapshot, out);
        }
        let at = memory.taken.partition_point(|other| other.snapshot < snapshot);
        memory.taken.insert(at, Taken { snapshot, events, note, is_done: !repaired, answers: Vec::new() });
    }

    /// Puts everything together when all have answered.
    fn advance(self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Control>) {
        let own = (here.process, memory.log_of(snapshot));
        let Some(taken) = memory.taken(snapshot) else { return };
        if taken.answers.len() != here.others().count() {
            return;
        }
        let mut logs = std::mem::take(&mut taken.answers);
        logs.push(own);
        if self.repair == Repair::NearestBelow {
            let told = lengths(&logs);
            logs.iter_mut().for_each(|(_, log)| log.truncate(known_within(log, &told)));
            for (process, events) in lengths(&logs) {
                if process == here.process {
                    memory.record(snapshot, events, out);
                } else if let Some(way) = here.way_to(process) {
                    out.push(Effect::SendControl(way, Control { snapshot, says: Says::Cut(events) }));
                }
            }
        }
        for channel in here.topology().channels().filter(|channel| here.topology().is_recorded(*channel)) {
            out.push(Effect::Settle { snapshot, channel, numbers: under_way(&logs, channel) });
        }
    }
}

/// How many events each process has in its log.
fn lengths(logs: &[(ProcessId, Vec<Entry>)]) -> Vec<(ProcessId, u32)> {
    logs.iter().map(|(process, log)| (*process, u32::try_from(log.len()).unwrap_or(u32::MAX))).collect()
}

/// How many of the events of a log know of none but these. What one of them knows of knows no more than it does, so that the
/// others need not be asked again.
fn known_within(log: &[Entry], told: &[(ProcessId, u32)]) -> usize {
    let is_too_much = |entry: &Entry| {
        let knows = |receipt: &Receipt| told.iter().any(|(process, events)| receipt.knows.get(*process) > *events);
        entry.receipt.as_ref().is_some_and(knows)
    };
    log.iter().position(is_too_much).unwrap_or(log.len())
}

/// The messages of a channel that are sent in these logs and not received in them, by the numbers of their sendings.
fn under_way(logs: &[(ProcessId, Vec<Entry>)], channel: ChannelId) -> Vec<u32> {
    let entries = |is_receipt: bool| {
        let of = logs.iter().flat_map(|(_, log)| (1..).zip(log));
        of.filter(move |(_, entry)| entry.channel == channel && entry.receipt.is_some() == is_receipt)
    };
    let received: Vec<u32> = entries(true).filter_map(|(_, entry)| Some(entry.receipt.as_ref()?.sending)).collect();
    entries(false).map(|(sending, _)| sending).filter(|sending| !received.contains(sending)).collect()
}

impl Algorithm for VectorClocks {
    type Memory = Memory;
    type Control = Control;
    type Tag = Box<Clock>;

    fn role(&self, control: &Control) -> ControlRole {
        let snapshot = control.snapshot;
        match control.says {
            Says::Begin => ControlRole::Begin(snapshot),
            Says::Log(_) => ControlRole::Ready(snapshot),
            Says::Cut(number) => ControlRole::Word { snapshot, word: Word::Cut, number },
        }
    }

    fn may_initiate(&self, here: Here<'_>, memory: &Memory, snapshot: SnapshotId) -> Result<(), Rejected> {
        if memory.told().is_red(snapshot) {
            return Err(Rejected::AlreadyRecorded { process: here.process, snapshot });
        }
        ways::must_be_there(ways::between(here.topology(), here.process))
    }

    fn initiate(&self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Control>) {
        self.be_told(here, memory, snapshot, out);
        let ways = here.others().filter_map(|other| here.way_to(other));
        out.extend(ways.map(|way| Effect::SendControl(way, Control { snapshot, says: Says::Begin })));
        self.advance(here, memory, snapshot, out);
    }

    fn send(&self, here: Here<'_>, memory: &mut Memory, channel: ChannelId, out: &mut Effects<Control>) -> Box<Clock> {
        // Once it has been told of all snapshots, this says "afterwards", and that is all that anybody asks.
        let event = memory.events() + 1;
        if self.goes_on(here, memory) {
            out.push(Effect::Remember(channel, event));
            memory.log.push(Entry { channel, receipt: None });
        }
        memory.clock(here, event)
    }

    fn receive(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        clock: &Box<Clock>,
        out: &mut Effects<Control>,
    ) {
        let others = clock.iter().filter(|(process, _)| *process != here.process);
        others.for_each(|(process, events)| memory.knows.raise(process, events));
        if !self.goes_on(here, memory) {
            return;
        }
        let note = if self.repair == Repair::NearestBelow { memory.note(out) } else { 0 };
        let sending = clock.get(here.topology().channel(channel).from);
        let receipt = Some(Receipt { sending, note, knows: memory.knows.clone() });
        memory.log.push(Entry { channel, receipt });
    }

    fn control(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        control: &Control,
        out: &mut Effects<Control>,
    ) {
        let (from, snapshot) = (here.topology().channel(channel).from, control.snapshot);
        match &control.says {
            Says::Begin => {
                if !memory.told().is_red(snapshot) {
                    self.be_told(here, memory, snapshot, out);
                }
                let control = Control { snapshot, says: Says::Log(memory.log_of(snapshot)) };
                let enclose = |channel| Effect::Enclose { channel, histories: here.outgoing().collect(), control };
                out.extend(here.way_to(from).map(enclose));
            }
            Says::Log(log) => {
                if let Some(taken) = memory.taken(snapshot)
                    && taken.answers.iter().all(|(process, _)| *process != from)
                {
                    taken.answers.push((from, log.clone()));
                }
                self.advance(here, memory, snapshot, out);
            }
            Says::Cut(events) => memory.record(snapshot, *events, out),
        }
    }

    fn bits(&self, carried: Arriving<'_, Self>) -> Option<u32> {
        Some(match carried {
            Arriving::Message(clock) => bits_of(clock),
            Arriving::Control(Control { snapshot, says }) => {
                let kind_and_snapshot = 2 + width(snapshot.0.into());
                kind_and_snapshot
                    + match says {
                        Says::Begin => 0,
                        Says::Log(log) => log.iter().map(Entry::bits).sum(),
                        Says::Cut(events) => width((*events).into()),
                    }
            }
        })
    }

    fn tag_roles(&self, knows: &Box<Clock>, _to: ProcessId) -> Vec<TagRole> {
        vec![TagRole::Vector(knows.iter().collect())]
    }

    fn costs(&self, facts: &Facts) -> Costs {
        let others = facts.processes.saturating_sub(1);
        let controls = match self.repair {
            Repair::NearestBelow => Formula::exactly("3(n-1) r", 3 * others * facts.initiators),
            Repair::No => Formula::exactly("2(n-1) r", 2 * others * facts.initiators),
        };
        Costs { controls: Some(controls), tag_bits: None, delay: None }
    }

    fn lacks(&self, system: &System) -> Option<Lack> {
        ways::from_nobody(&system.topology)
    }
}

impl Entry {
    fn bits(&self) -> u32 {
        let of_receipt = |receipt: &Receipt| width(receipt.sending.into()) + bits_of(&receipt.knows);
        1 + width(u64::from(self.channel.0)) + self.receipt.as_ref().map_or(0, of_receipt)
    }
}

/// The components that are not zero, each with whose it is.
fn bits_of(clock: &Clock) -> u32 {
    clock.iter().map(|(process, events)| width(process.0.into()) + width(events.into())).sum()
}

impl Explorable for VectorClocks {}

impl Pack for Says {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::Begin => out.push(0),
            Self::Log(log) => {
                out.push(1);
                log.pack(out);
            }
            Self::Cut(events) => {
                out.push(2);
                events.pack(out);
            }
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        match u8::unpack(from)? {
            0 => Some(Self::Begin),
            1 => Pack::unpack(from).map(Self::Log),
            2 => Pack::unpack(from).map(Self::Cut),
            _ => None,
        }
    }
}

pack_fields!(Entry { channel, receipt });

pack_fields!(Receipt { sending, note, knows });

pack_fields!(Control { snapshot, says });

pack_fields!(Memory { log, knows, notes, taken });

pack_fields!(Taken { snapshot, events, note, is_done, answers });
