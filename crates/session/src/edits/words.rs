//! What is said about a change of the run.

use super::{EditMsg, Fact, InTheWay, Lost, Told};
use crate::catalogue::mishaps::MishapText;
use crate::catalogue::roles::RoleText;
use crate::catalogue::{EditText, Key};
use crate::session::Session;
use crate::words::list;
use cutline_core::edit::{Bound, Why};
use cutline_core::event::ControlRole;
use cutline_core::{Action, ChannelId, Event, ProcessId};

/// How many impossible steps are listed.
const LISTED: usize = 24;

/// What is said, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidWords {
    /// The sentence.
    pub sentence: String,
    /// What cannot happen any more, a line each.
    pub list: Vec<String>,
    /// The words for undoing it, or for doing it again, where that can be done.
    pub offer: Option<(String, EditMsg)>,
    /// Counts what is said, so that the same twice is two.
    pub number: u32,
}

impl Session {
    /// What is to be said about the last change.
    #[must_use]
    pub fn said(&self) -> Option<SaidWords> {
        let said = self.editing.said.as_ref()?;
        let say = |text, values: &[(&str, &str)]| self.say(text, values);
        let (mut sentence, lost, changed) = match &said.what {
            Told::Moved(fact, to) => {
                (say(EditText::Moved, &[("step", &to.to_string()), ("what", &self.fact_words(fact))]), &[][..], true)
            }
            Told::Deleted(fact, markers, lost) => (self.deleted_words(fact, markers), &lost[..], true),
            Told::Replaced(fact, lost) => {
                (say(EditText::Replaced, &[("what", &self.fact_words(fact))]), &lost[..], true)
            }
            Told::InTheWay(way) => (self.way_words(way), &[][..], false),
            Told::Undone => (say(EditText::Undone, &[]), &[][..], false),
            Told::Redone => (say(EditText::Redone, &[]), &[][..], false),
            Told::NothingToUndo => (say(EditText::NothingToUndo, &[]), &[][..], false),
            Told::NothingToRedo => (say(EditText::NothingToRedo, &[]), &[][..], false),
            Told::Branched(number) => (say(EditText::OldRunIsBranch, &[("n", &number.to_string())]), &[][..], false),
        };
        if changed {
            let then = match lost.len() {
                0 => say(EditText::OldRunStays, &[]),
                1 => say(EditText::OneImpossible, &[]),
                n => say(EditText::SomeImpossible, &[("n", &n.to_string())]),
            };
            sentence = self.sentences(&[sentence, then]);
        }
        let mut list: Vec<String> = lost.iter().take(LISTED).map(|lost| self.lost_words(lost)).collect();
        if lost.len() > LISTED {
            list.push(say(EditText::MoreImpossible, &[("n", &(lost.len() - LISTED).to_string())]));
        }
        let way = &self.editing.way_back;
        let offer = match said.what {
            Told::Undone | Told::NothingToUndo if way.leads_forth() => Some((say(EditText::Redo, &[]), EditMsg::Redo)),
            Told::Undone | Told::NothingToUndo | Told::InTheWay(_) => None,
            _ => way.last().map(|_| (say(EditText::Undo, &[]), EditMsg::Undo)),
        };
        Some(SaidWords { sentence, list, offer, number: said.number })
    }

    /// That something is deleted, and the markers that it sent with it.
    fn deleted_words(&self, fact: &Fact, markers: &[ChannelId]) -> String {
        let what = self.fact_words(fact);
        if let Action::Deliver { .. } = self.computation().plain(fact.action) {
            return self.say(EditText::LeftUnderWay, &[("what", &what)]);
        }
        let mut sentences = vec![self.say(EditText::Deleted, &[("what", &what)])];
        let channels: Vec<String> = markers.iter().map(|channel| self.channel_name(*channel)).collect();
        match &channels[..] {
            [] => {}
            [one] => sentences.push(self.say(EditText::MarkerGoes, &[("channel", one)])),
            _ => sentences.push(self.say(EditText::MarkersGo, &[("list", &list(self.lang(), &channels))])),
        }
        self.sentences(&sentences)
    }

    /// Where the step that is in hand is, and what stops it from going further.
    #[must_use]
    pub fn hand_words(&self) -> Option<(String, bool)> {
        let draft = self.editing.draft.as_ref()?;
        let fact = self.fact(draft.step);
        Some(match draft.resists {
            Some((bound, later)) => (self.way_words(&self.in_the_way(draft.step, bound, later)), true),
            None => {
                let values = [("step", &*draft.to.to_string()), ("what", &self.fact_words(&fact))];
                (self.say(EditText::MovedTo, &values), false)
            }
        })
    }

    pub(super) fn way_words(&self, way: &InTheWay) -> String {
        let other = way.other.map(|other| self.fact_words(&other)).unwrap_or_default();
        let step = way.other.map(|other| other.step.to_string()).unwrap_or_default();
        let (text, channel) = match (way.bound, way.later) {
            (Bound::End, false) => (EditText::BoundBegin, None),
            (Bound::End, true) => (EditText::BoundNow, None),
            (Bound::Sending { .. }, _) => (EditText::BoundSending, None),
            (Bound::Arrival { .. }, _) => (EditText::BoundArrival, None),
            (Bound::InOrder { channel, .. }, false) => (EditText::BoundFirst, Some(channel)),
            (Bound::InOrder { channel, .. }, true) => (EditText::BoundNext, Some(channel)),
            (Bound::Impossible(_), _) => (EditText::BoundImpossible, None),
            (Bound::NotSought, _) => (EditText::BoundNotSought, None),
        };
        let why = match way.bound {
            Bound::Impossible(lost) => self.why_words(lost.why),
            _ => String::new(),
        };
        let channel = channel.map(|channel| self.channel_name(channel)).unwrap_or_default();
        let p = self.process_of(way.own.action).map(|process| self.process_name(process)).unwrap_or_default();
        self.say(text, &[("step", &*step), ("what", &other), ("why", &why), ("channel", &channel), ("p", &p)])
    }

    fn lost_words(&self, lost: &Lost) -> String {
        let (what, why) = (self.fact_words(&lost.fact), self.why_words(lost.why));
        self.say(EditText::ImpossibleStep, &[("step", &*lost.fact.step.to_string()), ("what", &what), ("why", &why)])
    }

    fn why_words(&self, why: Why) -> String {
        match why {
            Why::Refused(rejected) => self.refusal(rejected),
            Why::BeforeItsSending { .. } => self.say(EditText::WhyTooEarly, &[]),
            Why::NeverSent { .. } => self.say(EditText::WhyNeverSent, &[]),
        }
    }

    fn fact_words(&self, fact: &Fact) -> String {
        match (self.computation().plain(fact.action), fact.event) {
            (Action::Send { channel, payload }, _) => {
                self.way_of(EditText::StepSend, channel, &self.payload_words(payload), "")
            }
            (Action::Deliver { channel, .. }, Some(Event::Received { payload, .. })) => {
                self.way_of(EditText::StepReceive, channel, &self.payload_words(payload), "")
            }
            (Action::Deliver { channel, .. }, Some(Event::ControlReceived { role, .. })) => {
                let n = Self::number(role.snapshot());
                match role {
                    ControlRole::Marker(_) => self.way_of(EditText::StepMarker, channel, "", &n),
                    ControlRole::Report { .. } => self.way_of(EditText::StepReport, channel, "", &n),
                    other => self.way_of(RoleText::Arrives, channel, &self.role_words(other), &n),
                }
            }
            (Action::Deliver { channel, .. }, _) => self.way_of(EditText::StepReceive, channel, "", ""),
            (Action::Act { process, .. }, event) => {
                let state = event.and_then(|event| event.state_after()).map(|state| self.state_words(state));
                let (p, state) = (self.process_name(process), state.unwrap_or_default());
                self.say(EditText::StepAct, &[("p", &*p), ("state", &state)])
            }
            (Action::Initiate { process, snapshot }, _) => {
                let (p, n) = (self.process_name(process), Self::number(snapshot));
                self.say(EditText::StepStart, &[("p", &*p), ("n", &n)])
            }
            (Action::Restore { snapshot }, _) => self.say(EditText::StepRestore, &[("n", &Self::number(snapshot))]),
            (Action::Follow { .. }, _) => String::new(),
            (Action::Ring { process, .. }, _) => self.say(EditText::StepRing, &[("p", &self.process_name(process))]),
            (Action::Join { process }, _) => self.say(MishapText::StepJoin, &[("p", &self.process_name(process))]),
            (Action::Leave { process }, _) => self.say(MishapText::StepLeave, &[("p", &self.process_name(process))]),
            (Action::Corrupt { channel, .. }, _) => self.way_of(MishapText::StepCorrupt, channel, "", ""),
            (Action::Lose { channel, .. }, _) => self.way_of(MishapText::StepLost, channel, "", ""),
            (Action::Duplicate { channel, .. }, _) => self.way_of(MishapText::StepRepeated, channel, "", ""),
            (Action::SendAgain { channel, .. }, _) => self.way_of(MishapText::StepSentAgain, channel, "", ""),
            (Action::Wait { until }, _) => self.say(MishapText::StepWait, &[("time", &until.0.to_string())]),
            (Action::Partition { group }, _) => {
                self.say(MishapText::StepPartition, &[("list", &self.group_words(group))])
            }
            (Action::Heal, _) => self.say(MishapText::StepHeal, &[]),
            (Action::Crash { process }, _) => self.say(MishapText::StepCrash, &[("p", &self.process_name(process))]),
            (Action::Restart { process }, _) => {
                self.say(MishapText::StepRestart, &[("p", &self.process_name(process))])
            }
        }
    }

    pub(super) fn process_of(&self, action: Action) -> Option<ProcessId> {
        self.computation().plain(action).process(self.topology())
    }

    pub(super) fn way_of(&self, text: impl Key, channel: ChannelId, what: &str, n: &str) -> String {
        let ends = self.topology().channel(channel);
        let (p, q) = (self.process_name(ends.from), self.process_name(ends.to));
        self.say(text, &[("p", &*p), ("q", &q), ("what", what), ("n", n), ("channel", &ends.name)])
    }

    /// Sentences one after another.
    pub(super) fn sentences(&self, sentences: &[String]) -> String {
        sentences.join(match self.lang() {
            crate::Lang::En => " ",
            crate::Lang::Zh => "",
        })
    }
}
