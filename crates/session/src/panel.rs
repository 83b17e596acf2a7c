//! The recorded global state as a table, growing as the algorithm runs.

use crate::catalogue::Text;
use crate::session::Session;
use crate::words::list;
use cutline_core::algorithms::chandy_lamport::Markers;
use cutline_core::event::ControlRole;
use cutline_core::snapshot::ChannelRecord;
use cutline_core::{ChannelId, Event, ProcessId, Snapshot, SnapshotId};

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The process, or one channel, or all channels that are alike.
    pub name: String,
    /// How it came to record, or how far it is.
    pub how: String,
    /// What was recorded.
    pub cell: Cell,
    /// What it stands for, where it is one thing.
    pub subject: Subject,
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
    Messages(Vec<String>),
    /// A channel with nothing in it.
    Empty(String),
}

/// The equation under the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equation {
    /// The terms, each with whether it stands for a message in a channel.
    pub terms: Vec<(String, bool)>,
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
            let fits = move |channel: &ChannelId| wanted(snapshot.channel(*channel));
            self.topology().channels().filter(fits).collect::<Vec<_>>()
        };
        let holding = channels(|record| !record.messages().is_empty());
        rows.extend(holding.into_iter().map(|channel| self.channel_row(channel, id, snapshot)));
        let recording = channels(|record| matches!(record, ChannelRecord::Open(kept) if kept.is_empty()));
        let empty = |text| Cell::Empty(self.say(text, &[]));
        rows.extend(self.joint_row(&recording, empty(Text::EmptySoFar)));
        let closed = channels(|record| matches!(record, ChannelRecord::Closed(kept) if kept.is_empty()));
        rows.extend(self.joint_row(&closed, empty(Text::Empty)));
        let waiting = channels(|record| matches!(record, ChannelRecord::NotStarted));
        rows.extend(self.joint_row(&waiting, Cell::NotYet(self.say(Text::NotYet, &[]))));
        rows
    }

    /// The equation for the snapshot that is shown, where the computation conserves something.
    #[must_use]
    pub fn equation(&self) -> Option<Equation> {
        let id = self.shown()?;
        let snapshot = self.world().snapshots().get(id.index())?;
        let sums = self.sums(id)?;
        let states = self.topology().processes().filter_map(|p| snapshot.process(p));
        let mut terms: Vec<(String, bool)> = states.map(|state| (self.state_words(state), false)).collect();
        for channel in self.topology().channels() {
            terms.extend(self.kept_words(channel, id).into_iter().map(|what| (what, true)));
        }
        let total = sums.at_start.to_string();
        let remark = match (snapshot.is_complete(), sums.balance()) {
            (false, _) => self.say(Text::OfTotal, &[("total", &total)]),
            (true, true) => self.say(Text::AsAtStart, &[]),
            (true, false) => self.say(Text::NotAsAtStart, &[("total", &total)]),
        };
        let sum = (sums.in_processes + sums.in_channels).to_string();
        Some(Equation { terms, sum, remark, wrong: snapshot.is_complete() && !sums.balance() })
    }

    /// How many markers of the snapshot that is shown have been delivered, of how many.
    #[must_use]
    pub fn marker_count(&self) -> Option<String> {
        let id = self.shown()?;
        let of_it =
            |event: &Event| matches!(event, Event::ControlReceived { role: ControlRole::Marker(of), .. } if *of == id);
        let trace = self.history().trace();
        let n = trace.events().filter(|(_, event)| of_it(event)).count().to_string();
        let all = self.topology().channel_count().to_string();
        Some(self.say(Text::MarkersOf, &[("n", &n), ("all", &all)]))
    }

    /// When markers go out, where that is not at once.
    #[must_use]
    pub fn marker_rule(&self) -> Option<String> {
        match self.world().algorithm().markers {
            Markers::AtOnce => None,
            Markers::OneByOne => Some(self.say(Text::RuleOwed, &[])),
            Markers::OneByOneUnguarded => Some(self.say(Text::RuleOwedUnguarded, &[])),
        }
    }

    fn process_row(&self, process: ProcessId, id: SnapshotId, snapshot: &Snapshot) -> Row {
        let name = self.process_name(process);
        let subject = Subject::Process(process);
        let Some(state) = snapshot.process(process) else {
            return Row { name, how: String::new(), cell: Cell::NotYet(self.say(Text::NotYet, &[])), subject };
        };
        let trace = self.history().trace();
        let recorded = trace.events().find_map(|(_, event)| match *event {
            Event::Recorded { process: p, snapshot: of, via, .. } if p == process && of == id => Some(via),
            _ => None,
        });
        let how = match recorded.flatten() {
            Some(channel) => {
                let from = self.process_name(self.topology().channel(channel).from);
                self.say(Text::FirstMarkerFrom, &[("p", &from)])
            }
            None => self.say(Text::Initiator, &[]),
        };
        Row { name, how, cell: Cell::State(self.state_words(state)), subject }
    }

    fn channel_row(&self, channel: ChannelId, id: SnapshotId, snapshot: &Snapshot) -> Row {
        let how = match snapshot.channel(channel) {
            ChannelRecord::Open(_) => self.say(Text::SoFar, &[]),
            _ => String::new(),
        };
        let cell = Cell::Messages(self.kept_words(channel, id));
        Row { name: self.channel_name(channel), how, cell, subject: Subject::Channel(channel) }
    }

    /// One row for channels that are alike; none if there are none.
    fn joint_row(&self, channels: &[ChannelId], cell: Cell) -> Option<Row> {
        let subject = match channels {
            [] => return None,
            [channel] => Subject::Channel(*channel),
            _ => Subject::Channels,
        };
        let names: Vec<String> = channels.iter().map(|channel| self.channel_name(*channel)).collect();
        Some(Row { name: list(self.lang(), &names), how: String::new(), cell, subject })
    }
}
