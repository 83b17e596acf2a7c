//! What a thing on the diagram is called, for those who hear it and for tooltips.

use crate::catalogue::{Lang, Text};
use crate::session::Session;
use crate::words::list;
use cutline_core::event::ControlRole;
use cutline_core::world::Waiting;
use cutline_core::{Action, ChannelId, ControlId, Event, MessageId};
use cutline_diagram::Target;

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

impl Session {
    /// The name of a thing on the diagram.
    #[must_use]
    pub fn label(&self, target: Target) -> String {
        match target {
            Target::Process(process) => {
                let state = self.state_words(self.world().state(process));
                self.say(Text::ProcessLabel, &[("p", &self.process_name(process)), ("state", &state)])
            }
            Target::Message(message) => self.message_label(message),
            Target::Control(control) => self.control_label(control),
            Target::Recording(snapshot, process) => {
                let (p, state) = (self.process_name(process), self.recorded_words(process, snapshot));
                self.say(Text::RecordingLabel, &[("p", &p), ("state", &state), ("n", &Self::number(snapshot))])
            }
            Target::OwnCut(process) => self.cut_handle_label(process),
            Target::Waiting(channel, position) => self.waiting_label(channel, position),
        }
    }

    /// The whole diagram in a sentence or two.
    #[must_use]
    pub fn summary(&self) -> String {
        let in_channel = |channel: ChannelId| {
            let items = 0..u32::try_from(self.world().in_channel(channel).len()).unwrap_or(u32::MAX);
            items.map(move |position| self.waiting_words(channel, position, LABELS))
        };
        let waiting: Vec<String> = self.topology().channels().flat_map(in_channel).collect();
        let waiting = if waiting.is_empty() {
            self.say(Text::NoneUnderWay, &[])
        } else {
            self.say(Text::UnderWay, &[("list", &list(self.lang(), &waiting))])
        };
        let processes = self.topology().process_count().to_string();
        let (step, steps) = (self.step().to_string(), self.steps().to_string());
        let values = [("processes", &*processes), ("step", &step), ("steps", &steps), ("waiting", &waiting)];
        self.say(Text::DiagramSummary, &values)
    }

    fn message_label(&self, wanted: MessageId) -> String {
        let trace = self.history().trace();
        let sent = trace.events().find_map(|(_, event)| match *event {
            Event::Sent { message, channel, payload, .. } | Event::Resent { message, channel, payload, .. }
                if message == wanted =>
            {
                Some((channel, payload))
            }
            _ => None,
        });
        let Some((channel, payload)) = sent else { return String::new() };
        let kept = |event: &Event| {
            matches!(event, Event::Kept { message, snapshot, .. }
                if *message == wanted && Some(*snapshot) == self.shown())
        };
        let is_kept = trace.events().any(|(_, event)| kept(event));
        let text = if is_kept { Text::MessageInChannelLabel } else { Text::MessageLabel };
        self.crossing(text, channel, &self.payload_words(payload), "")
    }

    fn control_label(&self, wanted: ControlId) -> String {
        let trace = self.history().trace();
        let sent = trace.events().find_map(|(_, event)| match *event {
            Event::ControlSent { control, channel, role } if control == wanted => Some((channel, role)),
            _ => None,
        });
        sent.map_or_else(String::new, |(channel, role)| self.control_words(channel, role, LABELS))
    }

    fn waiting_label(&self, channel: ChannelId, position: u32) -> String {
        match self.world().check(Action::Deliver { channel, position }) {
            Ok(()) => self.waiting_words(channel, position, DELIVER),
            Err(why) => {
                let what = self.waiting_words(channel, position, WAITING);
                let stop = match self.lang() {
                    Lang::En => ". ",
                    Lang::Zh => "。",
                };
                format!("{what}{stop}{}", self.refusal(why))
            }
        }
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
        let text = match role {
            ControlRole::Marker(_) => texts.marker,
            ControlRole::Report { .. } => texts.report,
        };
        self.crossing(text, channel, "", &Self::number(role.snapshot()))
    }

    fn crossing(&self, text: Text, channel: ChannelId, what: &str, n: &str) -> String {
        let ends = self.topology().channel(channel);
        let (p, q) = (self.process_name(ends.from), self.process_name(ends.to));
        self.say(text, &[("p", &p), ("q", &q), ("what", what), ("n", n), ("channel", &ends.name)])
    }
}
