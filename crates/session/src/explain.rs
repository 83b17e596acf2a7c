//! What happened at a step, and why, in a sentence.

use crate::catalogue::Text;
use crate::session::Session;
use crate::words::{Words, list, rich};
use cutline_core::computation::{Does, Wait};
use cutline_core::event::ControlRole;
use cutline_core::snapshot::ChannelRecord;
use cutline_core::{ChannelId, Computation, Event, LocalState, Payload, ProcessId, SnapshotId};

/// The rule of Chandy and Lamport that was at work in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// An initiator recorded.
    Initiate,
    /// A first marker came.
    FirstMarker,
    /// A later marker came.
    LaterMarker,
}

impl Session {
    /// The present step in words; at the start, what the scenario is about.
    #[must_use]
    pub fn explanation(&self) -> Words {
        let trace = self.history().trace();
        let Some(step) = trace.steps.last() else {
            return rich(self.lang(), Text::AtStart, &[("about", self.about())]);
        };
        let mut words = rich(self.lang(), Text::StepN, &[("step", &self.step().to_string())]);
        for event in step.events {
            match *event {
                Event::Sent { channel, payload, state, .. } => self.explain_sent(&mut words, channel, payload, state),
                Event::Received { channel, payload, state, .. } => {
                    self.explain_received(&mut words, channel, payload, state, step.events);
                }
                Event::Acted { process, state, .. } => {
                    let values = [("p", &*self.process_name(process)), ("state", &self.state_words(state))];
                    words.then(self.lang(), self.by_kind(Text::Acted, Text::Acted, Text::ActedAndIs), &values);
                }
                Event::Initiated { process, snapshot } => {
                    self.explain_start(&mut words, process, snapshot, step.events);
                }
                Event::ControlReceived { channel, role: ControlRole::Marker(snapshot), .. } => {
                    self.explain_marker(&mut words, channel, snapshot, step.events);
                }
                Event::ControlReceived { channel, role: ControlRole::Report { snapshot, part, parts }, .. } => {
                    self.explain_report(&mut words, channel, snapshot, part, parts);
                }
                Event::Collected { process, snapshot } => {
                    let values = [("p", &*self.process_name(process)), ("n", &Self::number(snapshot))];
                    words.then(self.lang(), Text::NowCollected, &values);
                }
                Event::Restored { process: ProcessId(0), snapshot, .. } => {
                    words.then(self.lang(), Text::Restored, &[("n", &Self::number(snapshot))]);
                }
                Event::TimerRang { process, .. } => self.explain_ring(&mut words, process, step.events),
                _ => {}
            }
        }
        self.explain_completion(&mut words, step.events);
        words
    }

    /// The rule at work in the present step, if that is about the snapshot shown.
    #[must_use]
    pub fn active_rule(&self) -> Option<Rule> {
        let shown = self.shown()?;
        let trace = self.history().trace();
        let rules = trace.steps.last()?.events.iter().map(|event| match *event {
            Event::Initiated { snapshot, .. } if snapshot == shown => Some(Rule::Initiate),
            Event::Recorded { snapshot, .. } if snapshot == shown => Some(Rule::FirstMarker),
            Event::Closed { snapshot, .. } if snapshot == shown => Some(Rule::LaterMarker),
            _ => None,
        });
        // An initiator records too, and a first marker closes its channel: the first to be found says it.
        rules.flatten().next()
    }

    /// The rules of the application, a sentence each, where it has declared some.
    #[must_use]
    pub fn behaviour(&self) -> Vec<String> {
        let automaton = match self.computation() {
            Computation::Automaton(automaton) => automaton,
            Computation::Resources(resources) => {
                return resources.rules().iter().map(|rule| self.may_wait(rule)).collect();
            }
            Computation::Bank(_) | Computation::Diffusing(_) => return Vec::new(),
        };
        let sentence = |rule: &cutline_core::computation::Rule| {
            let (text, on) = match rule.does {
                Does::Send(channel, payload) => (Text::BehaviourSend, Some((channel, payload))),
                Does::Receive(channel, payload) => (Text::BehaviourReceive, Some((channel, payload))),
                Does::Nothing => (Text::BehaviourAct, None),
            };
            let (channel, what) = on.map_or_else(Default::default, |(channel, payload)| {
                (self.channel_name(channel), self.payload_words(payload))
            });
            let (from, to) = (automaton.label(rule.from), automaton.label(rule.to));
            let p = self.process_name(rule.process);
            self.say(text, &[("p", &p), ("from", from), ("to", to), ("what", &what), ("channel", &channel)])
        };
        automaton.rules().iter().map(sentence).collect()
    }

    fn may_wait(&self, rule: &Wait) -> String {
        let values = [("p", &*self.process_name(rule.process)), ("state", &self.state_words(rule.state()))];
        self.say(Text::BehaviourWait, &values)
    }

    fn explain_sent(&self, words: &mut Words, channel: ChannelId, payload: Payload, state: LocalState) {
        let ends = self.topology().channel(channel);
        let (p, q) = (self.process_name(ends.from), self.process_name(ends.to));
        let (what, state) = (self.payload_words(payload), self.state_words(state));
        let values = [("p", &*p), ("q", &q), ("what", &what), ("state", &state), ("channel", &ends.name)];
        let text = self.by_kind(Text::SentMoney, Text::SentMessage, Text::SentTo);
        words.then(self.lang(), text, &values);
        let Some(shown) = self.shown() else { return };
        let recorded = self.world().snapshots().get(shown.index()).and_then(|snapshot| snapshot.process(ends.from));
        if recorded.is_some() {
            words.then(self.lang(), Text::SentAfterRecording, &[("p", &p), ("which", &self.which(shown))]);
        }
    }

    fn explain_received(
        &self,
        words: &mut Words,
        channel: ChannelId,
        payload: Payload,
        state: LocalState,
        events: &[Event],
    ) {
        let ends = self.topology().channel(channel);
        let (p, q) = (self.process_name(ends.from), self.process_name(ends.to));
        let (what, state) = (self.payload_words(payload), self.state_words(state));
        let values = [("p", &*p), ("q", &q), ("what", &what), ("state", &state), ("channel", &ends.name)];
        let text = self.by_kind(Text::ReceivedMoney, Text::ReceivedMessage, Text::ReceivedAndIs);
        words.then(self.lang(), text, &values);
        for event in events {
            if let Event::Kept { snapshot, .. } = *event {
                let which = self.which(snapshot);
                let values = [("q", &*q), ("what", &what), ("channel", &ends.name), ("which", &which)];
                words.then(self.lang(), Text::AlsoKept, &values);
            }
        }
    }

    fn explain_start(&self, words: &mut Words, process: ProcessId, snapshot: SnapshotId, events: &[Event]) {
        let (p, n) = (self.process_name(process), Self::number(snapshot));
        let state = self.recorded_words(process, snapshot);
        let initiated = |event: &Event| matches!(event, Event::Initiated { snapshot: of, .. } if *of == snapshot);
        let trace = self.history().trace();
        let first = trace.events().filter(|(_, event)| initiated(event)).count() <= 1;
        let text = if first { Text::Started } else { Text::Joined };
        let markers = self.markers_of(events);
        words.then(self.lang(), text, &[("p", &p), ("n", &n), ("state", &state), ("markers", &markers)]);
    }

    /// What became of the markers of a process that recorded in a step: sent, or owed.
    fn markers_of(&self, events: &[Event]) -> String {
        let owed = events.iter().any(|event| matches!(event, Event::TimerSet { .. }));
        self.say(if owed { Text::MarkersOwed } else { Text::MarkersSent }, &[])
    }

    fn explain_ring(&self, words: &mut Words, process: ProcessId, events: &[Event]) {
        let p = self.process_name(process);
        let paid = events.iter().find_map(|event| match *event {
            Event::ControlSent { channel, role: ControlRole::Marker(snapshot), .. } => Some((channel, snapshot)),
            _ => None,
        });
        let Some((channel, snapshot)) = paid else { return words.then(self.lang(), Text::TimerRang, &[("p", &p)]) };
        let (n, channel) = (Self::number(snapshot), self.channel_name(channel));
        words.then(self.lang(), Text::MarkerPaid, &[("p", &p), ("n", &n), ("channel", &channel)]);
    }

    fn explain_marker(&self, words: &mut Words, channel: ChannelId, snapshot: SnapshotId, events: &[Event]) {
        let ends = self.topology().channel(channel);
        let (p, q) = (self.process_name(ends.from), self.process_name(ends.to));
        let state = self.recorded_words(ends.to, snapshot);
        let kept = self.kept_words(channel, snapshot);
        let kept = list(self.lang(), &kept);
        let which = self.which(snapshot);
        let markers = self.markers_of(events);
        let values = [
            ("p", &*p),
            ("q", &q),
            ("channel", &ends.name),
            ("state", &state),
            ("list", &kept),
            ("which", &which),
            ("markers", &markers),
        ];
        let recorded = |event: &Event| matches!(event, Event::Recorded { snapshot: of, .. } if *of == snapshot);
        let closed = |event: &Event| matches!(event, Event::Closed { snapshot: of, .. } if *of == snapshot);
        let text = if events.iter().any(recorded) {
            Text::FirstMarker
        } else if !events.iter().any(closed) {
            Text::MarkerAgain
        } else if kept.is_empty() {
            Text::LaterMarkerEmpty
        } else {
            Text::LaterMarkerWith
        };
        words.then(self.lang(), text, &values);
    }

    /// The snapshot that is meant, where there are several.
    fn which(&self, snapshot: SnapshotId) -> String {
        match self.begun().len() {
            0 | 1 => String::new(),
            _ => self.say(Text::ForSnapshot, &[("n", &Self::number(snapshot))]),
        }
    }

    fn explain_report(&self, words: &mut Words, channel: ChannelId, snapshot: SnapshotId, part: ProcessId, parts: u16) {
        let ends = self.topology().channel(channel);
        let (p, q, part) = (self.process_name(ends.from), self.process_name(ends.to), self.process_name(part));
        let (n, k) = (Self::number(snapshot), parts.to_string());
        let text = if parts == 1 { Text::ReportOne } else { Text::ReportMany };
        words.then(self.lang(), text, &[("p", &p), ("q", &q), ("part", &part), ("n", &n), ("k", &k)]);
    }

    /// Whether a snapshot became complete by this step.
    fn explain_completion(&self, words: &mut Words, events: &[Event]) {
        for (at, snapshot) in self.world().snapshots().iter().enumerate() {
            let id = SnapshotId::at(at);
            let touched = events.iter().any(|event| {
                matches!(event, Event::Closed { snapshot, .. } | Event::Recorded { snapshot, .. } if *snapshot == id)
            });
            if touched && snapshot.is_complete() {
                words.then(self.lang(), Text::NowComplete, &[("n", &Self::number(id))]);
            }
        }
    }

    /// The state that a process recorded.
    pub(crate) fn recorded_words(&self, process: ProcessId, snapshot: SnapshotId) -> String {
        let snapshot = self.world().snapshots().get(snapshot.index());
        let state = snapshot.and_then(|snapshot| snapshot.process(process));
        state.map(|state| self.state_words(state)).unwrap_or_default()
    }

    /// The messages recorded in a channel so far.
    pub(crate) fn kept_words(&self, channel: ChannelId, snapshot: SnapshotId) -> Vec<String> {
        let snapshot = self.world().snapshots().get(snapshot.index());
        let kept = snapshot.map(|snapshot| snapshot.channel(channel)).map_or(&[][..], ChannelRecord::messages);
        kept.iter().map(|kept| self.payload_words(kept.payload)).collect()
    }
}
