//! The algorithm in the paper's two rules, with what is filled in for them at the present step.

use crate::catalogue::side::SideText;
use crate::catalogue::systems::SystemText;
use crate::explain::Teller;
use crate::session::Session;
use crate::thing::Thing;
use crate::words::list;
use cutline_core::algorithms::chandy_lamport::marker_owed_by;
use cutline_core::event::{ControlRole, Word};
use cutline_core::{ChannelId, Event, LocalState, Method, ProcessId, SnapshotId, TimerId};

/// A part of the algorithm of Chandy and Lamport (1985, section 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// An initiator records of its own accord.
    Start,
    /// The marker-sending rule.
    Send,
    /// The marker-receiving rule, where the process has not recorded.
    First,
    /// The marker-receiving rule, where it has.
    Later,
    /// What happens to messages in between.
    Keep,
}

/// A part of the algorithm in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleLine {
    /// Which.
    pub rule: Rule,
    /// In general.
    pub text: String,
    /// What it does at the present step, if it is at work there.
    pub now: Option<Filled>,
}

/// A part of the algorithm at work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The rule with its values.
    pub words: String,
    /// For which snapshot.
    pub snapshot: SnapshotId,
    /// What it is about.
    pub things: Vec<Thing>,
}

/// The parts of each of the two rules, under its heading.
pub const RULES: [(SideText, &[Rule]); 2] = [
    (SideText::SendingRule, &[Rule::Start, Rule::Send]),
    (SideText::ReceivingRule, &[Rule::First, Rule::Keep, Rule::Later]),
];

impl Session {
    /// The parts of the algorithm, each with what it does at the present step.
    #[must_use]
    pub fn rules(&self) -> Vec<RuleLine> {
        let teller = self.teller();
        if let Some(offer) = self.family().filter(|offer| !offer.rules.is_empty()) {
            return offer.rules.iter().map(|(rule, text)| self.other_rule(*rule, *text, &teller)).collect();
        }
        let line = |rule: Rule| {
            let text = match rule {
                Rule::Start => SideText::RuleStart,
                Rule::Send => SideText::RuleSend,
                Rule::First => SideText::RuleFirst,
                Rule::Later => SideText::RuleLater,
                Rule::Keep => SideText::RuleKeep,
            };
            RuleLine { rule, text: self.say(text, &[]), now: self.filled(rule, &teller) }
        };
        RULES.iter().flat_map(|(_, rules)| *rules).map(|rule| line(*rule)).collect()
    }

    /// Under which headings the parts of the algorithm stand, and which they are.
    #[must_use]
    pub fn rule_groups(&self) -> Vec<(String, Vec<Rule>)> {
        match self.family().filter(|offer| !offer.rules.is_empty()) {
            Some(offer) => {
                let heading = self.say(SystemText::RulesOf, &[("name", &self.algorithm_name())]);
                vec![(heading, offer.rules.iter().map(|(rule, _)| *rule).collect())]
            }
            None => RULES.iter().map(|(heading, rules)| (self.say(*heading, &[]), rules.to_vec())).collect(),
        }
    }

    /// A part of an algorithm other than that of Chandy and Lamport; at work, with what happens at the present step.
    fn other_rule(&self, rule: Rule, text: SystemText, teller: &Teller<'_>) -> RuleLine {
        let reading = match self.world().algorithm() {
            Method::GlobalClock(own) => own.moment(SnapshotId(0)).to_string(),
            _ => String::new(),
        };
        let text = self.say(text, &[("reading", &reading)]);
        let now = teller.at(self.step()).and_then(|step| {
            let (snapshot, thing) = step.events.iter().find_map(|event| works_by(rule, event, step.events))?;
            Some(Filled { words: teller.headline(self.step()), snapshot, things: vec![thing] })
        });
        RuleLine { rule, text, now }
    }

    /// The parts of the algorithm that are at work at the present step.
    #[must_use]
    pub fn active_rules(&self) -> Vec<Rule> {
        self.rules().into_iter().filter(|line| line.now.is_some()).map(|line| line.rule).collect()
    }

    fn filled(&self, rule: Rule, teller: &Teller<'_>) -> Option<Filled> {
        let events = teller.at(self.step())?.events;
        let at_work = events.iter().filter_map(|event| self.at_work(rule, event, events));
        let all: Vec<Filled> = at_work.collect();
        let shown = all.iter().find(|filled| Some(filled.snapshot) == self.shown());
        shown.or(all.first()).cloned()
    }

    /// What a part of the algorithm does by one event of a step.
    fn at_work(&self, rule: Rule, event: &Event, events: &[Event]) -> Option<Filled> {
        match (rule, *event) {
            (Rule::Start, Event::Initiated { process, snapshot }) => Some(self.started(process, snapshot, events)),
            (Rule::Send, Event::Recorded { process, snapshot, state, .. }) => {
                let words = self.recorded(process, snapshot, state, events);
                Some(Filled { words, snapshot, things: vec![Thing::Recording(snapshot, process)] })
            }
            (Rule::Send, Event::ControlSent { control, channel, role: ControlRole::Marker(snapshot) })
                if matches!(events.first(), Some(Event::TimerRang { .. })) =>
            {
                let p = self.process_name(self.topology().channel(channel).from);
                let left = owed_by(self.world().timers(self.topology().channel(channel).from), snapshot);
                let text = if left.is_empty() { SideText::SendLast } else { SideText::SendLater };
                let values =
                    [("p", &*p), ("channel", &self.channel_name(channel)), ("list", &self.channel_names(&left))];
                let words = self.say(text, &values);
                Some(Filled { words, snapshot, things: vec![Thing::Control(control)] })
            }
            (Rule::First, Event::Recorded { process, snapshot, via: Some(channel), .. }) => {
                let opened = Self::opened(snapshot, events);
                let text = if opened.is_empty() { SideText::FirstHere } else { SideText::FirstHereAnd };
                let (q, names) = (self.process_name(process), self.channel_names(&opened));
                let values = [("q", &*q), ("channel", &self.channel_name(channel)), ("list", &names)];
                Some(Filled { words: self.say(text, &values), snapshot, things: vec![Thing::Channel(channel)] })
            }
            (Rule::Later, Event::Closed { snapshot, channel }) if !is_recorded(events, snapshot) => {
                let kept = self.facts().kept(snapshot, channel, self.step());
                let kept: Vec<String> = kept.into_iter().map(|payload| self.payload_words(payload)).collect();
                let text = if kept.is_empty() { SideText::LaterHereEmpty } else { SideText::LaterHere };
                let values = [("channel", &*self.channel_name(channel)), ("list", &list(self.lang(), &kept))];
                Some(Filled { words: self.say(text, &values), snapshot, things: vec![Thing::Channel(channel)] })
            }
            (Rule::Keep, Event::Kept { snapshot, channel, message }) => {
                let payload = events.iter().find_map(|event| match *event {
                    Event::Received { message: of, payload, .. } if of == message => Some(payload),
                    _ => None,
                })?;
                let values = [("what", &*self.payload_words(payload)), ("channel", &self.channel_name(channel))];
                let words = self.say(SideText::KeepHere, &values);
                Some(Filled { words, snapshot, things: vec![Thing::Message(message), Thing::Channel(channel)] })
            }
            _ => None,
        }
    }

    /// A process records: its markers have gone, or it owes them.
    fn recorded(&self, process: ProcessId, snapshot: SnapshotId, state: LocalState, events: &[Event]) -> String {
        let sent = channels(events, |event| match *event {
            Event::ControlSent { channel, role: ControlRole::Marker(of), .. } if of == snapshot => Some(channel),
            _ => None,
        });
        let set = events.iter().filter_map(|event| match *event {
            Event::TimerSet { process: at, timer } if at == process => Some(timer),
            _ => None,
        });
        let owed = owed_by(&set.collect::<Vec<_>>(), snapshot);
        let (text, named) = match (sent.is_empty(), owed.is_empty()) {
            (false, _) => (SideText::SendHere, sent),
            (true, false) => (SideText::SendOwed, owed),
            (true, true) => (SideText::SendHereNone, owed),
        };
        let (p, state, names) = (self.process_name(process), self.state_words(state), self.channel_names(&named));
        self.say(text, &[("p", &p), ("state", &state), ("list", &names)])
    }

    fn started(&self, process: ProcessId, snapshot: SnapshotId, events: &[Event]) -> Filled {
        let (p, n) = (self.process_name(process), Self::number(snapshot));
        let opened = Self::opened(snapshot, events);
        let names = self.channel_names(&opened);
        let text = match (opened.is_empty(), self.facts().begins_at(snapshot, self.step())) {
            (false, true) => SideText::StartRecording,
            (_, false) => SideText::JoinHere,
            (true, true) => SideText::StartHere,
        };
        let words = self.say(text, &[("p", &p), ("n", &n), ("list", &names)]);
        Filled { words, snapshot, things: vec![Thing::Recording(snapshot, process)] }
    }

    /// The channels that a process begins to record for a snapshot, and does not close at once.
    fn opened(snapshot: SnapshotId, events: &[Event]) -> Vec<ChannelId> {
        let stays_open = |wanted: ChannelId| {
            !events.iter().any(|event| matches!(event, Event::Closed { channel, .. } if *channel == wanted))
        };
        channels(events, |event| match *event {
            Event::Opened { snapshot: of, channel } if of == snapshot && stays_open(channel) => Some(channel),
            _ => None,
        })
    }

    fn channel_names(&self, channels: &[ChannelId]) -> String {
        let (count, more) = crate::side::names_shown(self, channels.len());
        let mut names: Vec<String> = channels[..count].iter().map(|channel| self.channel_name(*channel)).collect();
        names.extend(more);
        list(self.lang(), &names)
    }
}

/// Whether a part of some algorithm works by an event of a step: for which snapshot, and on what.
fn works_by(rule: Rule, event: &Event, events: &[Event]) -> Option<(SnapshotId, Thing)> {
    let is_started = events.iter().any(|event| matches!(event, Event::Initiated { .. }));
    match (rule, *event) {
        (Rule::Start, Event::Initiated { process, snapshot }) => Some((snapshot, Thing::Recording(snapshot, process))),
        (Rule::First, Event::Recorded { process, snapshot, .. }) if !is_started => {
            Some((snapshot, Thing::Recording(snapshot, process)))
        }
        (_, Event::ControlSent { control, role, .. }) if sent_by(role) == Some(rule) => {
            Some((role.snapshot(), Thing::Control(control)))
        }
        (_, Event::ControlReceived { control, role, .. }) if taken_by(role) == Some(rule) => {
            Some((role.snapshot(), Thing::Control(control)))
        }
        (Rule::Later, Event::Discarded { snapshot, process }) => Some((snapshot, Thing::Process(process))),
        (Rule::Keep, Event::Kept { snapshot, message, .. }) => Some((snapshot, Thing::Message(message))),
        (Rule::Keep, Event::Noted { process, .. }) => {
            Some((events.iter().find_map(Event::snapshot)?, Thing::Process(process)))
        }
        (Rule::Later, Event::Closed { snapshot, channel }) => Some((snapshot, Thing::Channel(channel))),
        (Rule::Later, Event::Concluded { snapshot, process }) => Some((snapshot, Thing::Process(process))),
        (Rule::Later, Event::Announced { process }) => Some((SnapshotId(0), Thing::Process(process))),
        _ => None,
    }
}

/// By which part of an algorithm a control message is sent: when its sender records, or asks others to, or later.
fn sent_by(role: ControlRole) -> Option<Rule> {
    match role {
        // Whoever leaves says so, whatever the algorithm.
        ControlRole::Leave => None,
        ControlRole::Acknowledged(_)
        | ControlRole::Ready(_)
        | ControlRole::Complete(_)
        | ControlRole::Word { word: Word::Commit | Word::Abort, .. } => Some(Rule::Later),
        _ => Some(Rule::Send),
    }
}

/// Which part of an algorithm is at work when a control message comes, whatever else comes of that; none where it is what comes of
/// it that counts: who records, and what is recorded.
fn taken_by(role: ControlRole) -> Option<Rule> {
    match role {
        ControlRole::Marker(_)
        | ControlRole::Begin(_)
        | ControlRole::Leave
        | ControlRole::Word { word: Word::Cut, .. } => None,
        ControlRole::Count { .. }
        | ControlRole::Acknowledged(_)
        | ControlRole::Ready(_)
        | ControlRole::Complete(_)
        | ControlRole::Word { word: Word::Willing | Word::Unwilling | Word::Commit | Word::Abort, .. } => {
            Some(Rule::Later)
        }
        ControlRole::Signal
        | ControlRole::Report { .. }
        | ControlRole::Vector { .. }
        | ControlRole::Word { word: Word::Request | Word::Exchange | Word::Blank, .. } => Some(Rule::Send),
    }
}

/// The channels on which timers stand for markers of a snapshot.
fn owed_by(timers: &[TimerId], snapshot: SnapshotId) -> Vec<ChannelId> {
    let owed = timers.iter().map(|timer| marker_owed_by(*timer));
    owed.filter(|(of, _)| *of == snapshot).map(|(_, channel)| channel).collect()
}

fn channels(events: &[Event], of: impl Fn(&Event) -> Option<ChannelId>) -> Vec<ChannelId> {
    events.iter().filter_map(of).collect()
}

fn is_recorded(events: &[Event], snapshot: SnapshotId) -> bool {
    events.iter().any(|event| matches!(event, Event::Recorded { snapshot: of, .. } if *of == snapshot))
}
