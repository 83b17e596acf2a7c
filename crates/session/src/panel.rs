//! The recorded global state as a table, growing as the algorithm runs.

use crate::catalogue::Text;
use crate::catalogue::roles::RoleText;
use crate::catalogue::systems::SystemText;
use crate::session::Session;
use crate::side::names_shown;
use crate::systems::is_by_each;
use crate::thing::Thing;
use crate::words::list;
use cutline_core::algorithms::chandy_lamport::Markers;
use cutline_core::algorithms::global_clock::Remedy;
use cutline_core::event::ControlRole;
use cutline_core::judge::Fate;
use cutline_core::snapshot::ChannelRecord;
use cutline_core::{ChannelId, Event, LocalState, Method, ProcessId, Snapshot, SnapshotId};

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The process, or one channel, or all channels that are alike, in full.
    pub name: String,
    /// The same, name by name, as many as there is room for on the page.
    pub names: Vec<Term>,
    /// How many more there are than are named, in words.
    pub more: Option<String>,
    /// All that it stands for, where that is several.
    pub things: Vec<Thing>,
    /// How it came to record, or how far it is.
    pub how: String,
    /// What was recorded.
    pub cell: Cell,
    /// What it stands for, where it is one thing.
    pub subject: Subject,
    /// How far its recording has come.
    pub stage: Stage,
}

/// A word or a number that stands for a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The words.
    pub words: String,
    /// The thing.
    pub thing: Thing,
}

impl Term {
    /// Whether it stands for a message in a channel.
    #[must_use]
    pub fn is_in_channel(&self) -> bool {
        matches!(self.thing, Thing::Message(_))
    }
}

/// How far the recording of a process, with the channels into it, or of a channel has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing has been recorded.
    NotStarted,
    /// What there is may grow.
    Recording,
    /// All of it has been recorded.
    Done,
}

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A process.
    Process(ProcessId),
    /// One channel.
    Channel(ChannelId),
    /// Several channels.
    Channels,
}

/// The last column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing recorded yet.
    NotYet(String),
    /// The state of a process.
    State(String),
    /// The messages of a channel.
    Messages(Vec<Term>),
    /// A channel with nothing in it.
    Empty(String),
}

/// The equation under the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equation {
    /// The terms: recorded states, then messages in recorded channels.
    pub terms: Vec<Term>,
    /// What they add up to.
    pub sum: String,
    /// How that compares with the start.
    pub remark: String,
    /// Whether everything is recorded and the sum is wrong.
    pub wrong: bool,
}

impl Session {
    /// The rows for the snapshot that is shown; none if there is no snapshot.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let Some(id) = self.shown() else { return Vec::new() };
        let Some(snapshot) = self.world().snapshots().get(id.index()) else { return Vec::new() };
        let mut rows: Vec<Row> = self.topology().processes().map(|p| self.process_row(p, id, snapshot)).collect();
        let channels = |wanted: fn(&ChannelRecord) -> bool| {
            let stands = |channel: ChannelId| snapshot.is_stood_by(self.topology().channel(channel).to);
            let record = |channel| if stands(channel) { &ChannelRecord::Left } else { snapshot.channel(channel) };
            self.topology().recorded_channels().filter(|channel| wanted(record(*channel))).collect::<Vec<_>>()
        };
        let holding = channels(|record| !record.messages().is_empty());
        rows.extend(holding.into_iter().map(|channel| self.channel_row(channel, snapshot)));
        let recording = channels(|record| matches!(record, ChannelRecord::Open(kept) if kept.is_empty()));
        let empty = |text| Cell::Empty(self.say(text, &[]));
        rows.extend(self.joint_row(&recording, empty(Text::EmptySoFar), Stage::Recording));
        let closed = channels(|record| matches!(record, ChannelRecord::Closed(kept) if kept.is_empty()));
        rows.extend(self.joint_row(&closed, empty(Text::Empty), Stage::Done));
        let left = channels(|record| *record == ChannelRecord::Left);
        rows.extend(self.joint_row(&left, Cell::NotYet(self.say(RoleText::LeftToTransport, &[])), Stage::Done));
        let not_started = channels(|record| matches!(record, ChannelRecord::NotStarted));
        let (apart, waiting): (Vec<_>, Vec<_>) =
            not_started.into_iter().partition(|channel| snapshot.has_begun() && snapshot.is_closed(*channel));
        rows.extend(self.joint_row(&apart, Cell::NotYet(self.say(Text::NoPart, &[])), Stage::Done));
        rows.extend(self.joint_row(&waiting, Cell::NotYet(self.say(Text::NotYet, &[])), Stage::NotStarted));
        rows
    }

    /// The equation for the snapshot that is shown, where the computation conserves something.
    #[must_use]
    pub fn equation(&self) -> Option<Equation> {
        let id = self.shown()?;
        let snapshot = self.world().snapshots().get(id.index())?;
        if self.topology().processes().any(|process| snapshot.is_stood_by(process)) {
            return None;
        }
        let sums = self.sums(id)?;
        let of_process = |process: ProcessId| {
            // What a newcomer brings along is outside of the snapshot, but among what there is in all.
            let brings = || self.brings(process).filter(|_| snapshot.is_outside(process));
            let words = self.state_words(snapshot.process(process).or_else(brings)?);
            Some(Term { words, thing: Thing::Recording(id, process) })
        };
        let states = self.topology().processes().filter_map(of_process);
        let in_channels = self.topology().channels().flat_map(|channel| self.kept_terms(channel, snapshot));
        let verdict = self.verdict(id);
        let term = |fate: &Fate| Term { words: self.payload_words(fate.payload), thing: Thing::Message(fate.message) };
        let left = verdict.left_messages().map(term);
        let terms = states.chain(in_channels).chain(left).collect();
        let total = sums.at_start.to_string();
        let remark = match (snapshot.is_complete(), sums.balance()) {
            (false, _) => self.say(Text::OfTotal, &[("total", &total)]),
            (true, true) => self.say(Text::AsAtStart, &[]),
            (true, false) => self.say(Text::NotAsAtStart, &[("total", &total)]),
        };
        let sum = (sums.in_processes + sums.in_channels).to_string();
        Some(Equation { terms, sum, remark, wrong: snapshot.is_complete() && !sums.balance() })
    }

    /// The first state of a newcomer that comes with something.
    fn brings(&self, process: ProcessId) -> Option<LocalState> {
        let is_newcomer = self.topology().newcomers().contains(&process);
        let state = is_newcomer.then(|| self.computation().initial()[process.index()])?;
        Some(state).filter(|state| self.computation().worth_of_state(*state).is_some_and(|worth| worth != 0))
    }

    /// When markers go out, where that is not at once.
    #[must_use]
    pub fn marker_rule(&self) -> Option<String> {
        match self.world().algorithm().markers() {
            None | Some(Markers::AtOnce) => None,
            Some(Markers::OneByOne) => Some(self.say(Text::RuleOwed, &[])),
            Some(Markers::OneByOneUnguarded) => Some(self.say(Text::RuleOwedUnguarded, &[])),
        }
    }

    /// Why a process does not belong to a snapshot.
    fn why_outside(&self, process: ProcessId) -> Text {
        match (self.topology().takes_part(process), self.world().has_left(process), self.world().is_here(process)) {
            (false, ..) => Text::Outside,
            (_, true, _) => Text::HadLeft,
            (_, _, true) => Text::JoinedLater,
            (_, _, false) => Text::NotJoined,
        }
    }

    fn process_row(&self, process: ProcessId, id: SnapshotId, snapshot: &Snapshot) -> Row {
        let name = self.process_name(process);
        let subject = Subject::Process(process);
        let names = |thing| vec![Term { words: self.process_name(process), thing }];
        let Some(state) = snapshot.process(process) else {
            let (what, stage) = if snapshot.is_stood_by(process) {
                (self.say(RoleText::StoodBy, &[]), Stage::Done)
            } else if !self.world().is_here(process) || snapshot.has_begun() && snapshot.is_outside(process) {
                (self.say(self.why_outside(process), &[]), Stage::NotStarted)
            } else if !self.topology().takes_part(process) {
                (self.say(Text::Outside, &[]), Stage::NotStarted)
            } else {
                (self.say(Text::NotYet, &[]), Stage::NotStarted)
            };
            let (how, cell) = (String::new(), Cell::NotYet(what));
            let names = names(Thing::Process(process));
            return Row { name, names, more: None, things: Vec::new(), how, cell, subject, stage };
        };
        let is_done = snapshot.is_done_at(process, self.topology());
        let stage = if is_done { Stage::Done } else { Stage::Recording };
        let trace = self.history().trace();
        let recorded = trace.steps.iter().find_map(|step| {
            let via = step.events.iter().find_map(|event| match *event {
                Event::Recorded { process: p, snapshot: of, via, .. } if p == process && of == id => Some(via),
                _ => None,
            });
            // Who waits for all its barriers records at the last of them.
            let one_is_enough = !matches!(self.world().algorithm(), Method::Barriers(_));
            via.map(|via| via.map(|channel| (channel, one_is_enough && brought_a_marker(step.events))))
        });
        let how = match recorded.flatten() {
            Some((channel, by_marker)) => {
                let from = self.process_name(self.topology().channel(channel).from);
                let by_clock =
                    matches!(self.world().algorithm(), Method::GlobalClock(own) if own.remedy != Remedy::Stamps);
                match by_clock {
                    true => self.say(SystemText::ByItself, &[]),
                    false => self.say(if by_marker { Text::FirstMarkerFrom } else { Text::WordFrom }, &[("p", &from)]),
                }
            }
            None if is_by_each(self.world().algorithm()) => self.say(SystemText::ByItself, &[]),
            None => self.say(Text::Initiator, &[]),
        };
        let names = names(Thing::Recording(id, process));
        let cell = Cell::State(self.state_words(state));
        Row { name, names, more: None, things: Vec::new(), how, cell, subject, stage }
    }

    fn channel_row(&self, channel: ChannelId, snapshot: &Snapshot) -> Row {
        let (how, stage) = match snapshot.channel(channel) {
            ChannelRecord::Open(_) => (self.say(Text::SoFar, &[]), Stage::Recording),
            _ => (String::new(), Stage::Done),
        };
        let cell = Cell::Messages(self.kept_terms(channel, snapshot));
        let names = vec![Term { words: self.channel_name(channel), thing: Thing::Channel(channel) }];
        Row {
            name: self.channel_name(channel),
            names,
            more: None,
            things: Vec::new(),
            how,
            cell,
            subject: Subject::Channel(channel),
            stage,
        }
    }

    fn kept_terms(&self, channel: ChannelId, snapshot: &Snapshot) -> Vec<Term> {
        let kept = snapshot.channel(channel).messages().iter();
        kept.map(|kept| Term { words: self.payload_words(kept.payload), thing: Thing::Message(kept.message) }).collect()
    }

    /// One row for channels that are alike; none if there are none.
    fn joint_row(&self, channels: &[ChannelId], cell: Cell, stage: Stage) -> Option<Row> {
        let subject = match channels {
            [] => return None,
            [channel] => Subject::Channel(*channel),
            _ => Subject::Channels,
        };
        let term = |channel: &ChannelId| Term { words: self.channel_name(*channel), thing: Thing::Channel(*channel) };
        let (count, more) = names_shown(self, channels.len());
        let all: Vec<Term> = channels.iter().map(term).collect();
        let name = list(self.lang(), &all.iter().map(|term| term.words.clone()).collect::<Vec<_>>());
        let things = all.iter().map(|term| term.thing).collect();
        let names = all[..count].to_vec();
        Some(Row { name, names, more, things, how: String::new(), cell, subject, stage })
    }
}

/// Whether it was a marker by which a step began.
fn brought_a_marker(events: &[Event]) -> bool {
    let came = events.iter().find_map(|event| match event {
        Event::ControlReceived { role, .. } => Some(*role),
        _ => None,
    });
    matches!(came, Some(ControlRole::Marker(_)))
}
