//! What happened at a step, and why it matters, in a sentence or two.

use crate::catalogue::Text;
use crate::catalogue::mishaps::MishapText;
use crate::catalogue::roles::RoleText;
use crate::catalogue::side::SideText;
use crate::catalogue::systems::SystemText;
use crate::catalogue::why::WhyText;
use crate::facts::{Facts, Side};
use crate::session::Session;
use crate::words::{Words, list, rich};
use cutline_core::event::{Carried, ControlRole, OnLink};
use cutline_core::trace::{Step, Trace};
use cutline_core::{Action, ChannelId, Computation, Event, LocalState, MessageId, Payload, ProcessId, SnapshotId};
use std::rc::Rc;

impl Session {
    /// The present step in words; at the start, what the scenario is about.
    #[must_use]
    pub fn explanation(&self) -> Words {
        self.teller().tell(self.step())
    }

    /// Who can tell every step of the branch. Made once for many steps.
    #[must_use]
    pub fn teller(&self) -> Teller<'_> {
        let trace = self.history().trace_to(self.steps());
        Teller { session: self, trace, facts: self.facts() }
    }

    /// The state that a process has recorded by now.
    pub(crate) fn recorded_words(&self, process: ProcessId, snapshot: SnapshotId) -> String {
        let snapshot = self.world().snapshots().get(snapshot.index());
        let state = snapshot.and_then(|snapshot| snapshot.process(process));
        state.map(|state| self.state_words(state)).unwrap_or_default()
    }
}

/// Tells the steps of one branch.
#[derive(Debug)]
pub struct Teller<'a> {
    session: &'a Session,
    trace: Trace<'a>,
    facts: Rc<Facts>,
}

/// One step that is being told.
struct Telling<'a> {
    session: &'a Session,
    facts: &'a Facts,
    step: usize,
    action: Action,
    events: &'a [Event],
    words: Words,
}

impl<'a> Teller<'a> {
    /// A step in words; of step 0, what the scenario is about. Takes time in the number of snapshots, not of steps.
    #[must_use]
    pub fn tell(&self, step: usize) -> Words {
        let session = self.session;
        let Some(at) = self.at(step) else {
            return rich(session.lang(), Text::AtStart, &[("about", session.about())]);
        };
        let words = rich(session.lang(), Text::StepN, &[("step", &step.to_string())]);
        self.telling(step, at, words)
    }

    /// The same without its number; nothing of step 0.
    #[must_use]
    pub fn tell_unnumbered(&self, step: usize) -> Words {
        self.at(step).map_or_else(Words::default, |at| self.telling(step, at, Words::default()))
    }

    /// What happened at a step, without why it matters: the emphasised words.
    #[must_use]
    pub fn headline(&self, step: usize) -> String {
        let words = self.tell_unnumbered(step);
        let strong: Vec<&str> = words.0.iter().filter(|span| span.strong).map(|span| span.text.trim()).collect();
        let between = crate::words::separator(self.session.lang());
        // Of several sentences one is made: only the last keeps its full stop.
        let strong: Vec<&str> = match strong.split_last() {
            Some((last, others)) => others.iter().map(|one| one.trim_end_matches(['.', '。'])).chain([*last]).collect(),
            None => return words.plain(),
        };
        strong.join(between)
    }

    /// What was done and what came of it.
    pub(crate) fn at(&self, step: usize) -> Option<&Step<'a>> {
        self.trace.steps.get(step.checked_sub(1)?)
    }

    fn telling(&self, step: usize, at: &Step<'a>, words: Words) -> Words {
        let (session, facts) = (self.session, &*self.facts);
        let mut telling = Telling { session, facts, step, action: at.action, events: at.events, words };
        at.events.iter().for_each(|event| telling.event(event));
        telling.completion();
        telling.words
    }
}

impl Telling<'_> {
    fn say(&mut self, text: impl crate::catalogue::Key, values: &[(&str, &str)]) {
        self.words.then(self.session.lang(), text, values);
    }

    fn event(&mut self, event: &Event) {
        let session = self.session;
        match *event {
            Event::Sent { channel, payload, state, .. } => self.sent(channel, payload, state),
            Event::Received { channel, payload, state, .. } => self.received(channel, payload, state),
            Event::Acted { process, state, .. } => {
                let p = session.process_name(process);
                let values = [("p", &*p), ("state", &session.state_words(state))];
                self.say(session.by_kind(Text::Acted, Text::Acted, Text::ActedAndIs), &values);
                self.side(process);
            }
            Event::Initiated { process, snapshot } if self.is_other() => {
                let (p, n) = (session.process_name(process), Session::number(snapshot));
                self.say(SystemText::Starts, &[("p", &p), ("n", &n)]);
            }
            Event::Initiated { process, snapshot } => self.start(process, snapshot),
            Event::ControlReceived { channel, role: ControlRole::Marker(snapshot), .. } if !self.is_other() => {
                self.marker(channel, snapshot);
            }
            Event::ControlReceived { channel, role: ControlRole::Report { snapshot, part, parts }, .. } => {
                self.report(channel, snapshot, part, parts);
            }
            Event::ControlReceived { channel, role, .. } => self.control(channel, role),
            Event::Recorded { .. } | Event::Kept { .. } | Event::Closed { .. } | Event::Noted { .. } => {
                self.without_markers(event);
            }
            Event::Collected { process, snapshot } => {
                let p = session.process_name(process);
                self.say(Text::NowCollected, &[("p", &p), ("n", &Session::number(snapshot))]);
            }
            Event::Restored { process: ProcessId(0), snapshot, .. } => {
                self.say(Text::Restored, &[("n", &Session::number(snapshot))]);
            }
            Event::TimerRang { process, .. } => self.timer(process),
            Event::Announced { process } => {
                let p = session.process_name(process);
                self.say(RoleText::Announced, &[("p", &p)]);
            }
            Event::Lost { .. }
            | Event::Corrupted { .. }
            | Event::Joined { .. }
            | Event::Departed { .. }
            | Event::Duplicated { .. }
            | Event::OnLink { .. }
            | Event::TimePassed { .. }
            | Event::Partitioned { .. }
            | Event::Healed
            | Event::Crashed { .. }
            | Event::Restarted { .. } => {
                self.mishap(event);
            }
            // These say no more than the sentence of what brought them about.
            Event::Opened { .. }
            | Event::Left { .. }
            | Event::Discarded { .. }
            | Event::Concluded { .. }
            | Event::ControlSent { .. }
            | Event::Restored { .. }
            | Event::Resent { .. }
            | Event::TimerSet { .. } => {}
        }
    }

    fn sent(&mut self, channel: ChannelId, payload: Payload, state: LocalState) {
        let session = self.session;
        let ends = session.topology().channel(channel);
        let (p, q) = (session.process_name(ends.from), session.process_name(ends.to));
        let (what, state) = (session.payload_words(payload), session.state_words(state));
        let values = [("p", &*p), ("q", &q), ("what", &what), ("state", &state), ("channel", &ends.name)];
        // A source keeps what it sends, and an operator passes on what it has added up.
        let flows = matches!(session.computation(), Computation::Dataflow(_));
        let money = if flows { Text::SentTo } else { Text::SentMoney };
        self.say(session.by_kind(money, Text::SentMessage, Text::SentTo), &values);
        self.side(ends.from);
    }

    fn received(&mut self, channel: ChannelId, payload: Payload, state: LocalState) {
        let session = self.session;
        let ends = session.topology().channel(channel);
        let (p, q) = (session.process_name(ends.from), session.process_name(ends.to));
        let (what, state) = (session.payload_words(payload), session.state_words(state));
        let values = [("p", &*p), ("q", &q), ("what", &what), ("state", &state), ("channel", &ends.name)];
        self.say(session.by_kind(Text::ReceivedMoney, Text::ReceivedMessage, Text::ReceivedAndIs), &values);
        let mut kept = false;
        for event in self.events {
            if let Event::Kept { snapshot, .. } = *event {
                let which = self.which(snapshot);
                let values = [("p", &*p), ("q", &q), ("what", &what), ("channel", &ends.name), ("which", &which)];
                let by_marker = self.facts.is_by_markers(snapshot);
                self.say(if by_marker { Text::AlsoKept } else { Text::KeptAsSentBefore }, &values);
                kept = true;
            }
        }
        if kept || self.is_other() {
            return;
        }
        let Some(snapshot) = self.in_progress() else { return };
        if self.facts.is_closed(snapshot, channel, self.step) {
            let which = self.which(snapshot);
            self.say(WhyText::AfterTheMarker, &[("channel", &ends.name), ("which", &which)]);
        } else {
            self.side(ends.to);
        }
    }

    /// How what a process has just done lies to the cut that is being made.
    fn side(&mut self, process: ProcessId) {
        if self.is_other() {
            return;
        }
        let Some(snapshot) = self.in_progress() else { return };
        let (p, which) = (self.session.process_name(process), self.which(snapshot));
        let values = [("p", &*p), ("which", &which)];
        match self.facts.side(snapshot, process, self.step) {
            Side::Before => self.say(WhyText::BeforeTheCut, &values),
            Side::After => self.say(Text::SentAfterRecording, &values),
        }
    }

    fn start(&mut self, process: ProcessId, snapshot: SnapshotId) {
        let (p, n) = (self.session.process_name(process), Session::number(snapshot));
        let state = self.recorded(snapshot, process);
        let first = self.facts.begins_at(snapshot, self.step);
        let markers = self.markers();
        let text = if first { Text::Started } else { Text::Joined };
        self.say(text, &[("p", &p), ("n", &n), ("state", &state), ("markers", &markers)]);
    }

    /// What became of the markers of a process that recorded: sent, or owed.
    fn markers(&self) -> String {
        let owed = self.events.iter().any(|event| matches!(event, Event::TimerSet { .. }));
        self.session.say(if owed { Text::MarkersOwed } else { Text::MarkersSent }, &[])
    }

    fn marker(&mut self, channel: ChannelId, snapshot: SnapshotId) {
        let session = self.session;
        let ends = session.topology().channel(channel);
        let (p, q) = (session.process_name(ends.from), session.process_name(ends.to));
        let state = self.recorded(snapshot, ends.to);
        let kept = self.facts.kept(snapshot, channel, self.step);
        let kept: Vec<String> = kept.into_iter().map(|payload| session.payload_words(payload)).collect();
        let kept = list(session.lang(), &kept);
        let which = self.which(snapshot);
        let markers = self.markers();
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
        let text = if self.events.iter().any(recorded) {
            Text::FirstMarker
        } else if !self.events.iter().any(closed) {
            Text::MarkerAgain
        } else if kept.is_empty() {
            Text::LaterMarkerEmpty
        } else {
            Text::LaterMarkerWith
        };
        self.say(text, &values);
    }

    fn report(&mut self, channel: ChannelId, snapshot: SnapshotId, part: ProcessId, parts: u16) {
        let session = self.session;
        let ends = session.topology().channel(channel);
        let (p, q, part) = (session.process_name(ends.from), session.process_name(ends.to), session.process_name(part));
        let (n, k) = (Session::number(snapshot), parts.to_string());
        let text = if parts == 1 { Text::ReportOne } else { Text::ReportMany };
        self.say(text, &[("p", &p), ("q", &q), ("part", &part), ("n", &n), ("k", &k)]);
    }

    /// A control message that is neither a marker nor a report.
    fn control(&mut self, channel: ChannelId, role: ControlRole) {
        let (session, ends) = (self.session, self.session.topology().channel(channel));
        let (p, q) = (session.process_name(ends.from), session.process_name(ends.to));
        self.say(RoleText::Comes, &[("p", &p), ("q", &q), ("what", &session.role_words(role))]);
        if role == ControlRole::Leave {
            self.say(MishapText::NothingMore, &[("channel", &ends.name)]);
            self.events.iter().for_each(|event| self.closing(event));
        }
    }

    /// Whether the algorithm is not that of Chandy and Lamport, whose rules the other sentences tell.
    fn is_other(&self) -> bool {
        self.session.by_markers(false, true)
    }

    /// Whether this message is received in this step.
    fn arrives(&self, wanted: MessageId) -> bool {
        self.events.iter().any(|event| matches!(event, Event::Received { message, .. } if *message == wanted))
    }

    /// What a message that is kept carries.
    fn kept_words(&self, wanted: MessageId) -> String {
        let sent = self.session.history().trace().events().find_map(|(_, event)| match *event {
            Event::Sent { message, payload, .. } | Event::Resent { message, payload, .. } if message == wanted => {
                Some(payload)
            }
            _ => None,
        });
        sent.map(|payload| self.session.payload_words(payload)).unwrap_or_default()
    }

    /// What an algorithm without markers records, and why.
    fn without_markers(&mut self, event: &Event) {
        let session = self.session;
        if !self.is_other() {
            return;
        }
        match *event {
            Event::Recorded { process, state, noted, .. } => {
                let (p, state) = (session.process_name(process), session.state_words(state));
                let text = if noted.is_some() { SystemText::RecordsNoted } else { SystemText::Records };
                self.say(text, &[("p", &p), ("state", &state)]);
            }
            // Before each message that comes it would be too much to say.
            Event::Noted { process, state, .. } if !self.events.iter().any(|event| event.state_after().is_some()) => {
                let (p, state) = (session.process_name(process), session.state_words(state));
                self.say(SystemText::Notes, &[("p", &p), ("state", &state)]);
            }
            Event::Kept { channel, message, .. } if !self.arrives(message) => {
                let (what, channel) = (self.kept_words(message), session.channel_name(channel));
                self.say(SystemText::Keeps, &[("what", &what), ("channel", &channel)]);
            }
            _ => self.closing(event),
        }
    }

    /// With what a channel has been recorded, if that is the event.
    fn closing(&mut self, event: &Event) {
        let Event::Closed { snapshot, channel } = *event else { return };
        let session = self.session;
        let kept = self.facts.kept(snapshot, channel, self.step);
        let kept: Vec<String> = kept.into_iter().map(|payload| session.payload_words(payload)).collect();
        let text = if kept.is_empty() { SideText::LaterHereEmpty } else { SideText::LaterHere };
        let values = [("channel", &*session.channel_name(channel)), ("list", &list(session.lang(), &kept))];
        self.say(text, &values);
    }

    fn mishap(&mut self, event: &Event) {
        let session = self.session;
        let item = |item| match item {
            Carried::Message(_, payload) => {
                session.say(MishapText::TheMessage, &[("what", &session.payload_words(payload))])
            }
            Carried::Control(_, role) => session.role_words(role),
        };
        match *event {
            Event::Lost { channel, item: what, .. } => {
                let by_receiver = matches!(self.action, Action::Deliver { .. });
                let text = if by_receiver { MishapText::CameCorrupted } else { MishapText::Lost };
                let q = session.process_name(session.topology().channel(channel).to);
                self.say(text, &[("what", &item(what)), ("channel", &session.channel_name(channel)), ("q", &q)]);
            }
            Event::Corrupted { channel, item: what } => {
                self.say(MishapText::Corrupted, &[("what", &item(what)), ("channel", &session.channel_name(channel))]);
            }
            Event::Duplicated { channel, item: what, .. } => {
                self.say(MishapText::Repeated, &[("what", &item(what)), ("channel", &session.channel_name(channel))]);
            }
            Event::OnLink { channel, what, item: carried } => self.on_link(channel, what, &item(carried)),
            Event::TimePassed { now } => {
                let clock = |process: ProcessId| {
                    let reads = session.topology().clock(process).reads(now).to_string();
                    session.say(MishapText::ClockOf, &[("p", &session.process_name(process)), ("reads", &reads)])
                };
                let clocks: Vec<String> = session.topology().processes().map(clock).collect();
                let values = [("time", &*now.0.to_string()), ("list", &list(session.lang(), &clocks))];
                self.say(MishapText::TimePasses, &values);
            }
            Event::Partitioned { group } => {
                self.say(MishapText::Partitioned, &[("list", &session.group_words(group))]);
            }
            Event::Healed => self.say(MishapText::Healed, &[]),
            Event::Joined { process, state } => {
                let (p, state) = (session.process_name(process), session.state_words(state));
                self.say(MishapText::Joins, &[("p", &p), ("state", &state)]);
            }
            Event::Departed { process } => self.say(MishapText::Departs, &[("p", &session.process_name(process))]),
            Event::Crashed { process } => self.say(MishapText::Crashes, &[("p", &session.process_name(process))]),
            Event::Restarted { process, state } => {
                let (p, state) = (session.process_name(process), session.state_words(state));
                let has_log = session.topology().keeps_log(process);
                let text = if has_log { MishapText::Recovers } else { MishapText::Restarts };
                self.say(text, &[("p", &p), ("state", &state)]);
            }
            _ => {}
        }
    }

    fn on_link(&mut self, channel: ChannelId, on_link: OnLink, what: &str) {
        let text = match on_link {
            OnLink::Lost => MishapText::LinkLost,
            OnLink::Repeated => MishapText::LinkRepeated,
            OnLink::SentAgain => MishapText::SentAgain,
            OnLink::Held => MishapText::Held,
            OnLink::Corrupted => MishapText::Corrupted,
            OnLink::Refused => MishapText::CameCorrupted,
            OnLink::Dropped => MishapText::Dropped,
        };
        let session = self.session;
        let ends = session.topology().channel(channel);
        let (p, q) = (session.process_name(ends.from), session.process_name(ends.to));
        self.say(text, &[("what", what), ("channel", &ends.name), ("p", &p), ("q", &q)]);
    }

    fn timer(&mut self, process: ProcessId) {
        let (session, p) = (self.session, self.session.process_name(process));
        let paid = self.events.iter().find_map(|event| match *event {
            Event::ControlSent { channel, role: ControlRole::Marker(snapshot), .. } => Some((channel, snapshot)),
            _ => None,
        });
        let Some((channel, snapshot)) = paid else { return self.say(Text::TimerRang, &[("p", &p)]) };
        let (n, channel) = (Session::number(snapshot), session.channel_name(channel));
        self.say(Text::MarkerPaid, &[("p", &p), ("n", &n), ("channel", &channel)]);
    }

    /// The snapshots that this step completes.
    fn completion(&mut self) {
        for snapshot in self.facts.completed_at(self.step) {
            self.say(Text::NowComplete, &[("n", &Session::number(snapshot))]);
        }
    }

    fn in_progress(&self) -> Option<SnapshotId> {
        self.facts.in_progress(self.step, self.session.shown())
    }

    fn recorded(&self, snapshot: SnapshotId, process: ProcessId) -> String {
        let state = self.facts.recorded(snapshot, process, self.step);
        state.map(|state| self.session.state_words(state)).unwrap_or_default()
    }

    /// The snapshot that is meant, where there are several.
    fn which(&self, snapshot: SnapshotId) -> String {
        match self.facts.begun_by(self.step) {
            0 | 1 => String::new(),
            _ => self.session.say(Text::ForSnapshot, &[("n", &Session::number(snapshot))]),
        }
    }
}
