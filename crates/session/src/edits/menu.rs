//! What can be done with a message, a marker, a recording or something under way: its story and its choices.

use super::EditMsg;
use crate::bulk::Bulk;
use crate::catalogue::EditText;
use crate::menu::Choice;
use crate::session::{Msg, Session};
use cutline_core::computation::Offer;
use cutline_core::edit::{Limits, Slots, limits};
use cutline_core::event::ControlRole;
use cutline_core::world::Waiting;
use cutline_core::{Action, ChannelId, Computation, ControlId, Event, MessageId, Payload, ProcessId, SnapshotId};
use cutline_diagram::{Target, What};

/// The menu of a thing on the diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThingMenu {
    /// What it is about.
    pub target: Target,
    /// What it is called.
    pub title: String,
    /// What happens to it, in a sentence or two.
    pub story: String,
    /// Its amount, where that can be changed.
    pub amount: Option<AmountEdit>,
    /// What can be done.
    pub choices: Vec<Choice>,
    /// What can go wrong with it.
    pub mishaps: Vec<Choice>,
}

/// An amount that can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountEdit {
    /// The step that sends it.
    pub step: usize,
    /// On which channel.
    pub channel: ChannelId,
    /// What it is now.
    pub amount: i64,
}

/// Something that goes on a channel, with the steps where it does so.
#[derive(Clone, Copy)]
struct Passage {
    channel: ChannelId,
    sent: usize,
    taken: Option<usize>,
    sending: Event,
}

impl Session {
    /// The menu of a thing that is open.
    #[must_use]
    pub fn thing_menu(&self) -> Option<ThingMenu> {
        let target = self.editing.open?;
        let (story, amount, choices) = match target {
            Target::Message(message) => self.passage_menu(self.message_passage(message)?, target),
            Target::Control(control) => self.passage_menu(self.control_passage(control)?, target),
            Target::Recording(snapshot, process) => self.recording_menu(snapshot, process)?,
            Target::Waiting(channel, position) => {
                let passage = match self.world().in_channel(channel).nth(position as usize)? {
                    Waiting::Message(kept) => self.message_passage(kept.message)?,
                    Waiting::Control(control, _) => self.control_passage(control)?,
                };
                self.passage_menu(passage, target)
            }
            Target::Process(_) | Target::OwnCut(_) => return None,
        };
        let mishaps = match target {
            Target::Waiting(channel, position) => self.mishaps_in(channel, position),
            _ => Vec::new(),
        };
        Some(ThingMenu { target, title: self.label(target), story, amount, choices, mishaps })
    }

    /// The places where a thing can be taken in hand, the arrival or recording first: processes with their steps.
    #[must_use]
    pub fn ends_of(&self, target: Target) -> Vec<(ProcessId, usize)> {
        let passage = match target {
            Target::Message(message) => self.message_passage(message),
            Target::Control(control) => self.control_passage(control),
            Target::Recording(snapshot, process) => {
                return self.recording_step(snapshot, process).map(|(step, _)| (process, step)).into_iter().collect();
            }
            Target::Process(_) | Target::Waiting(..) | Target::OwnCut(_) => None,
        };
        let Some(passage) = passage else { return Vec::new() };
        let ends = self.topology().channel(passage.channel);
        let arrival = passage.taken.map(|step| (ends.to, step));
        // What a restoration puts into a channel is sent by nobody.
        let sending = (!matches!(passage.sending, Event::Resent { .. })).then_some((ends.from, passage.sent));
        arrival.into_iter().chain(sending).collect()
    }

    /// What takes back the sending of a message of the branch; none for what is no message, or was never sent.
    #[must_use]
    pub fn deletion_of(&self, target: Target) -> Option<EditMsg> {
        let Target::Message(message) = target else { return None };
        let passage = self.message_passage(message)?;
        matches!(passage.sending, Event::Sent { .. }).then_some(EditMsg::Delete(passage.sent))
    }

    fn passage_menu(&self, passage: Passage, target: Target) -> (String, Option<AmountEdit>, Vec<Choice>) {
        let mut choices = Vec::new();
        if let Target::Waiting(channel, position) = target {
            choices.push(self.delivery(channel, position));
            choices.extend(self.bulk_choices(Some(channel)));
        }
        // In pairs, as they stand beside each other: what moves either way, what takes back.
        if let Event::Sent { .. } = passage.sending
            && passage.sent <= self.step()
        {
            choices.extend(self.movings(passage.sent, EditText::SendEarlier, EditText::SendLater));
        }
        if let Some(step) = passage.taken {
            choices.extend(self.movings(step, EditText::DeliverEarlier, EditText::DeliverLater));
            choices.push(self.plain(EditText::KeepUnderWay, Msg::Edit(EditMsg::Delete(step))));
        }
        let mut amount = None;
        if let Event::Sent { channel, payload, .. } = passage.sending {
            if let Computation::Bank(_) = self.computation() {
                amount = Some(AmountEdit { step: passage.sent, channel, amount: payload.0 });
            }
            choices.push(self.plain(EditText::DeleteMessage, Msg::Edit(EditMsg::Delete(passage.sent))));
            choices.extend(self.instead(passage.sent, channel, payload));
        }
        choices.push(self.plain(EditText::GoToSending, Msg::Seek(passage.sent)));
        choices.extend(passage.taken.map(|step| self.plain(EditText::GoToArrival, Msg::Seek(step))));
        (self.passage_story(passage), amount, choices)
    }

    fn passage_story(&self, passage: Passage) -> String {
        let (text, what, n) = match passage.sending {
            Event::Sent { payload, .. } => (EditText::StorySent, self.payload_words(payload), String::new()),
            Event::Resent { payload, .. } => (EditText::StoryResent, self.payload_words(payload), String::new()),
            Event::ControlSent { role: ControlRole::Marker(snapshot), .. } => {
                (EditText::StoryMarker, String::new(), Self::number(snapshot))
            }
            Event::ControlSent { role: ControlRole::Report { snapshot, .. }, .. } => {
                (EditText::StoryReport, String::new(), Self::number(snapshot))
            }
            Event::ControlSent { role, .. } => (EditText::StorySent, self.role_words(role), String::new()),
            _ => return String::new(),
        };
        let ends = self.topology().channel(passage.channel);
        let (p, q, sent) = (self.process_name(ends.from), self.process_name(ends.to), passage.sent.to_string());
        let values = [("p", &*p), ("q", &q), ("what", &what), ("n", &n), ("sent", &sent)];
        let mut sentences = vec![self.say(text, &values)];
        sentences.push(match passage.taken {
            Some(step) => self.say(EditText::StoryArrives, &[("step", &step.to_string())]),
            None if self.is_lost(&passage.sending) => self.say(EditText::StoryLost, &[]),
            None => self.say(EditText::StoryUnderWay, &[]),
        });
        let arrival = passage.taken.map(|step| self.history().step_at(step).1).unwrap_or_default();
        for event in arrival {
            if let Event::Kept { snapshot, channel, .. } = *event {
                sentences.push(self.way_of(EditText::StoryKept, channel, "", &Self::number(snapshot)));
            }
        }
        self.sentences(&sentences)
    }

    /// Whether the network has lost what was sent by this event, and all copies of it.
    fn is_lost(&self, sending: &Event) -> bool {
        let chart = self.chart();
        let what = match *sending {
            Event::Sent { message, .. } | Event::Resent { message, .. } => What::Message(message),
            _ => return false,
        };
        let flights = chart.flights().iter().filter(|flight| flight.what == what);
        let step = self.step();
        flights.into_iter().all(|flight| !flight.is_under_way(step))
    }

    fn recording_menu(
        &self,
        snapshot: SnapshotId,
        process: ProcessId,
    ) -> Option<(String, Option<AmountEdit>, Vec<Choice>)> {
        let (step, via) = self.recording_step(snapshot, process)?;
        let own = matches!(self.history().step_at(step).0, Action::Initiate { .. });
        let n = Self::number(snapshot);
        let text = match via {
            _ if own => EditText::StoryStarted,
            Some(_) => EditText::StoryRecorded,
            None => EditText::StoryRecordedAlone,
        };
        let channel = via.map(|channel| self.channel_name(channel)).unwrap_or_default();
        let (p, state) = (self.process_name(process), self.recorded_words(process, snapshot));
        let values = [("p", &*p), ("n", &n), ("step", &step.to_string()), ("state", &state), ("channel", &channel)];
        let story = self.say(text, &values);
        let mut choices = Vec::new();
        if own {
            choices.extend(self.movings(step, EditText::StartEarlier, EditText::StartLater));
            for other in self.topology().processes().filter(|other| *other != process) {
                let msg = Msg::Edit(EditMsg::Replace(step, Action::Initiate { process: other, snapshot }));
                let label = self.say(EditText::StartElsewhere, &[("p", &self.process_name(other))]);
                choices.push(Choice { label, msg: Some(msg), remark: None, snapshot: None, channel: None });
            }
            let label = self.say(EditText::DeleteStart, &[("n", &n)]);
            let msg = Some(Msg::Edit(EditMsg::Delete(step)));
            choices.push(Choice { label, msg, remark: None, snapshot: None, channel: None });
        } else {
            choices.extend(self.movings(step, EditText::DeliverEarlier, EditText::DeliverLater));
        }
        choices.push(self.plain(EditText::GoToRecording, Msg::Seek(step)));
        Some((story, None, choices))
    }

    /// Moving a step by one place either way; where that cannot be, what is in the way.
    fn movings(&self, step: usize, earlier: EditText, later: EditText) -> [Choice; 2] {
        let history = self.real_history();
        let slots = Slots::of(&history.trace_to(history.len()));
        let near = step.saturating_sub(1)..=(step + 1).min(history.step());
        let Limits { earliest, latest, earliest_because, latest_because } = limits(history, &slots, step, near);
        let choice = |text: EditText, stops: bool, bound, later| {
            let remark = stops.then(|| self.way_words(&self.in_the_way(step, bound, later)));
            let msg = (!stops).then_some(Msg::Edit(EditMsg::Nudge { step, later }));
            Choice { label: self.say(text, &[]), msg, remark, snapshot: None, channel: None }
        };
        [
            choice(earlier, earliest == step, earliest_because, false),
            choice(later, latest == step, latest_because, true),
        ]
    }

    /// What could have been sent in place of a message, where there is a choice of names.
    fn instead(&self, step: usize, channel: ChannelId, payload: Payload) -> Vec<Choice> {
        let history = self.history();
        let before = history.world_at(history.branch_nodes()[step - 1]);
        let process = self.topology().channel(channel).from;
        let other = |offer: Offer| match offer {
            Offer::Message { channel: on, payload: what } if on == channel && what != payload => Some(what),
            _ => None,
        };
        let choice = |payload: Payload| {
            let label = self.say(EditText::SendInstead, &[("what", &self.payload_words(payload))]);
            let msg = Msg::Edit(EditMsg::Replace(step, Action::Send { channel, payload }));
            Choice { label, msg: Some(msg), remark: None, snapshot: None, channel: None }
        };
        before.offers(process).into_iter().filter_map(other).map(choice).collect()
    }

    fn delivery(&self, channel: ChannelId, position: u32) -> Choice {
        let action = Action::Deliver { channel, position };
        let why_not = self.world().check(action).err();
        let (msg, remark) = (why_not.is_none().then_some(Msg::Do(action)), why_not.map(|why| self.refusal(why)));
        Choice { label: self.say(EditText::Deliver, &[]), msg, remark, snapshot: None, channel: None }
    }

    /// Delivering more than one thing.
    #[must_use]
    pub fn bulk_choices(&self, channel: Option<ChannelId>) -> Vec<Choice> {
        let mut choices = Vec::new();
        if let Some(channel) = channel {
            let label = self.say(EditText::DeliverChannel, &[("channel", &self.channel_name(channel))]);
            let msg = Some(Msg::Deliver(Bulk::Channel(channel)));
            choices.push(Choice { label, msg, remark: None, snapshot: None, channel: None });
        }
        let incomplete = |shown: &SnapshotId| !self.world().snapshots()[shown.index()].is_complete();
        if let Some(snapshot) = self.shown().filter(incomplete) {
            let label = self.say(EditText::DeliverUntilComplete, &[("n", &Self::number(snapshot))]);
            let msg = Some(Msg::Deliver(Bulk::UntilComplete(snapshot)));
            choices.push(Choice { label, msg, remark: None, snapshot: None, channel: None });
        }
        choices.push(self.plain(EditText::DeliverEverything, Msg::Deliver(Bulk::Everything)));
        choices
    }

    fn plain(&self, text: EditText, msg: Msg) -> Choice {
        Choice { label: self.say(text, &[]), msg: Some(msg), remark: None, snapshot: None, channel: None }
    }

    fn message_passage(&self, wanted: MessageId) -> Option<Passage> {
        let trace = self.history().trace();
        let (sent, channel, sending) = trace.events().find_map(|(step, event)| match *event {
            Event::Sent { message, channel, .. } | Event::Resent { message, channel, .. } if message == wanted => {
                Some((step, channel, *event))
            }
            _ => None,
        })?;
        let taken = |event: &Event| matches!(*event, Event::Received { message, .. } if message == wanted);
        let taken = trace.events().find(|(_, event)| taken(event)).map(|(step, _)| step);
        Some(Passage { channel, sent, taken, sending })
    }

    fn control_passage(&self, wanted: ControlId) -> Option<Passage> {
        let trace = self.history().trace();
        let (sent, channel, sending) = trace.events().find_map(|(step, event)| match *event {
            Event::ControlSent { control, channel, .. } if control == wanted => Some((step, channel, *event)),
            _ => None,
        })?;
        let taken = |event: &Event| matches!(*event, Event::ControlReceived { control, .. } if control == wanted);
        let taken = trace.events().find(|(_, event)| taken(event)).map(|(step, _)| step);
        Some(Passage { channel, sent, taken, sending })
    }

    fn recording_step(&self, of: SnapshotId, at: ProcessId) -> Option<(usize, Option<ChannelId>)> {
        self.history().trace().events().find_map(|(step, event)| match *event {
            Event::Recorded { process, snapshot, via, .. } if (process, snapshot) == (at, of) => Some((step, via)),
            _ => None,
        })
    }
}
