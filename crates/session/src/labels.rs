//! What a thing on the diagram is called, for those who hear it and for tooltips.

use crate::catalogue::keys::KeyText;
use crate::catalogue::mishaps::MishapText;
use crate::catalogue::{Lang, LookText, Text};
use crate::session::Session;
use crate::words::{Words, list};
use cutline_core::event::ControlRole;
use cutline_core::world::Waiting;
use cutline_core::{Action, ChannelId, ControlId, Event, MessageId, ProcessId, SnapshotId};
use cutline_diagram::{Flight, Target, What, Wording};

/// The texts for each kind of thing that goes on a channel.
#[derive(Clone, Copy)]
struct Texts {
    message: Text,
    marker: Text,
    report: Text,
}

const LABELS: Texts = Texts { message: Text::MessageLabel, marker: Text::MarkerLabel, report: Text::ReportLabel };
const DELIVER: Texts =
    Texts { message: Text::DeliverMessage, marker: Text::DeliverMarker, report: Text::DeliverReport };
const WAITING: Texts =
    Texts { message: Text::WaitingMessage, marker: Text::WaitingMarker, report: Text::WaitingReport };

/// How many of the things under way a summary names.
const NAMED: usize = 8;

impl Session {
    /// The state that a process recorded, in the words that stand on the diagram.
    fn recorded_briefly(&self, process: ProcessId, snapshot: SnapshotId) -> String {
        let recorded = self.world().snapshots().get(snapshot.index()).and_then(|snapshot| snapshot.process(process));
        recorded.map(|state| Wording::state(self, state)).unwrap_or_default()
    }

    /// The name of a thing on the diagram.
    #[must_use]
    pub fn label(&self, target: Target) -> String {
        match target {
            Target::Process(process) if !self.world().is_here(process) => self.absence(process),
            Target::Process(process) => {
                // The words that stand in it, so that who sees it and who hears it say the same.
                let state = Wording::state(self, self.world().state(process));
                self.say(Text::ProcessLabel, &[("p", &self.process_name(process)), ("state", &state)])
            }
            Target::Message(message) => self.message_label(message),
            Target::Control(control) => self.control_label(control),
            Target::Recording(snapshot, process) => {
                let (p, state) = (self.process_name(process), self.recorded_briefly(process, snapshot));
                self.say(Text::RecordingLabel, &[("p", &p), ("state", &state), ("n", &Self::number(snapshot))])
            }
            Target::OwnCut(process) => self.cut_handle_label(process),
            Target::Waiting(channel, position) => self.waiting_label(channel, position),
        }
    }

    /// The whole diagram in a sentence or two.
    #[must_use]
    pub fn summary(&self) -> String {
        let world = self.world();
        let in_channel = |channel: ChannelId| {
            let items = 0..u32::try_from(world.in_channel(channel).len()).unwrap_or(u32::MAX);
            items.map(move |position| (channel, position))
        };
        let items = self.topology().channels().flat_map(in_channel);
        let named: Vec<String> =
            items.take(NAMED).map(|(channel, at)| self.waiting_words(channel, at, LABELS)).collect();
        let all: usize = self.topology().channels().map(|channel| world.in_channel(channel).len()).sum();
        let (names, more) = (list(self.lang(), &named), (all - named.len()).to_string());
        let waiting = match all {
            0 => self.say(Text::NoneUnderWay, &[]),
            n if n > named.len() => self.say(LookText::UnderWayAndMore, &[("list", &names), ("n", &more)]),
            _ => self.say(Text::UnderWay, &[("list", &names)]),
        };
        let processes = self.topology().process_count().to_string();
        let (step, steps) = (self.step().to_string(), self.steps().to_string());
        let values = [("processes", &*processes), ("step", &step), ("steps", &steps), ("waiting", &waiting)];
        let mut words = Words::default();
        words.then(self.lang(), Text::DiagramSummary, &values);
        self.begun().into_iter().for_each(|snapshot| self.summarise(&mut words, snapshot));
        words.plain()
    }

    /// How a snapshot stands, and who has recorded what.
    fn summarise(&self, words: &mut Words, id: SnapshotId) {
        let state = |process: ProcessId| {
            let state = self.world().snapshots().get(id.index())?.process(process)?;
            Some(format!("{} {}", self.process_name(process), self.state_words(state)))
        };
        let recorded: Vec<String> = self.topology().processes().filter_map(state).collect();
        let standing = self.standing_words(self.standing(id)).to_lowercase();
        let values = [("n", &*Self::number(id)), ("standing", &standing), ("list", &list(self.lang(), &recorded))];
        words.then(self.lang(), KeyText::SummarySnapshot, &values);
    }

    fn message_label(&self, wanted: MessageId) -> String {
        let chart = self.chart();
        let Some(flight) = chart.message(wanted) else { return String::new() };
        let is_kept = self.shown().is_some_and(|snapshot| flight.is_kept(snapshot, self.step()));
        let text = match (is_kept, flight.sent > self.step()) {
            (true, _) => Text::MessageInChannelLabel,
            (false, false) => Text::MessageLabel,
            (false, true) => return self.to_come(flight),
        };
        let label = self.crossing(text, flight.channel, &self.payload_words(flight.payload), "");
        self.with_damage(self.with_tags(label, flight.channel, wanted), self.is_damaged(flight))
    }

    fn control_label(&self, wanted: ControlId) -> String {
        let chart = self.chart();
        let Some(flight) = chart.control(wanted) else { return String::new() };
        if flight.sent > self.step() {
            return self.to_come(flight);
        }
        let n = flight.what.snapshot().map(Self::number).unwrap_or_default();
        let label = match flight.what {
            What::Report(..) => self.report_label(flight, wanted, &n),
            What::Message(_) | What::Marker(..) => self.crossing(Text::MarkerLabel, flight.channel, "", &n),
        };
        self.with_damage(label, self.is_damaged(flight))
    }

    /// What is no marker, by what it is where that has words of its own.
    fn report_label(&self, flight: &Flight, wanted: ControlId, n: &str) -> String {
        let sent = self.history().events_of(flight.sent).iter().find_map(|event| match *event {
            Event::ControlSent { control, role, .. } if control == wanted => Some(role),
            _ => None,
        });
        match sent {
            Some(role) if !matches!(role, ControlRole::Report { .. }) => {
                self.crossing(Text::MessageLabel, flight.channel, &self.role_words(role), n)
            }
            _ => self.crossing(Text::ReportLabel, flight.channel, "", n),
        }
    }

    fn is_damaged(&self, flight: &Flight) -> bool {
        flight.corrupted.is_some_and(|step| step <= self.step())
    }

    fn with_damage(&self, label: String, is_damaged: bool) -> String {
        if is_damaged { self.say(MishapText::WithDamage, &[("what", &label)]) } else { label }
    }

    /// Something that is sent later on the branch.
    fn to_come(&self, flight: &Flight) -> String {
        let (text, what) = match flight.what {
            What::Message(_) => (LookText::MessageToCome, self.payload_words(flight.payload)),
            What::Marker(..) => (LookText::MarkerToCome, String::new()),
            What::Report(..) => (LookText::ReportToCome, String::new()),
        };
        let ends = self.topology().channel(flight.channel);
        let (p, q) = (self.process_name(ends.from), self.process_name(ends.to));
        let n = flight.what.snapshot().map(Self::number).unwrap_or_default();
        let step = flight.sent.to_string();
        self.say(text, &[("p", &p), ("q", &q), ("what", &what), ("n", &n), ("step", &step)])
    }

    fn waiting_label(&self, channel: ChannelId, position: u32) -> String {
        match self.world().check(Action::Deliver { channel, position }) {
            Ok(()) => self.waiting_with_tags(channel, position, DELIVER),
            Err(why) => {
                let what = self.waiting_with_tags(channel, position, WAITING);
                let stop = match self.lang() {
                    Lang::En => ". ",
                    Lang::Zh => "。",
                };
                format!("{what}{stop}{}", self.refusal(why))
            }
        }
    }

    fn waiting_with_tags(&self, channel: ChannelId, position: u32, texts: Texts) -> String {
        let words = self.waiting_words(channel, position, texts);
        let words = match self.world().in_channel(channel).nth(position as usize) {
            Some(Waiting::Message(kept)) => self.with_tags(words, channel, kept.message),
            _ => words,
        };
        self.with_damage(words, self.world().is_corrupted(channel, position))
    }

    fn waiting_words(&self, channel: ChannelId, position: u32, texts: Texts) -> String {
        match self.world().in_channel(channel).nth(position as usize) {
            Some(Waiting::Message(kept)) => {
                self.crossing(texts.message, channel, &self.payload_words(kept.payload), "")
            }
            Some(Waiting::Control(_, role)) => self.control_words(channel, role, texts),
            None => String::new(),
        }
    }

    fn control_words(&self, channel: ChannelId, role: ControlRole, texts: Texts) -> String {
        let n = Self::number(role.snapshot());
        match role {
            ControlRole::Marker(_) => self.crossing(texts.marker, channel, "", &n),
            ControlRole::Report { .. } => self.crossing(texts.report, channel, "", &n),
            other => self.crossing(texts.message, channel, &self.role_words(other), &n),
        }
    }

    fn crossing(&self, text: Text, channel: ChannelId, what: &str, n: &str) -> String {
        let ends = self.topology().channel(channel);
        let (p, q) = (self.process_name(ends.from), self.process_name(ends.to));
        self.say(text, &[("p", &p), ("q", &q), ("what", what), ("n", n), ("channel", &ends.name)])
    }
}
