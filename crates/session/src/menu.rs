//! What one can ask of a process.

use crate::catalogue::EditText;
use crate::catalogue::Text;
use crate::session::{Msg, Session};
use crate::words::list;
use cutline_core::algorithms::chandy_lamport::marker_owed_by;
use cutline_core::computation::{Does, Offer, Rule};
use cutline_core::world::Waiting;
use cutline_core::{Action, ChannelId, Computation, LocalState, Payload, ProcessId, Rejected, SnapshotId, TimerId};

/// The menu of a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// The process.
    pub process: ProcessId,
    /// Its name and state.
    pub title: String,
    /// Sending an amount, where the computation is of that kind and there is something to send.
    pub transfer: Option<Transfer>,
    /// Why nothing can be sent, where that is so.
    pub nothing: Option<String>,
    /// All else.
    pub choices: Vec<Choice>,
    /// What can go wrong at it.
    pub mishaps: Vec<Choice>,
    /// Whether it is only about what can be sent to one other process, since the reader has drawn a line there.
    pub drawn: bool,
}

/// Sending an amount of one's choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// The most that can be sent.
    pub most: i64,
    /// What is proposed.
    pub proposed: i64,
    /// The channels to send on, each with the words for it.
    pub channels: Vec<(ChannelId, String)>,
}

/// A line of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it does.
    pub label: String,
    /// What to tell the session; none if it cannot be done now.
    pub msg: Option<Msg>,
    /// Why it cannot be done now, or what it means.
    pub remark: Option<String>,
    /// Whether it is about snapshots.
    pub snapshot: Option<SnapshotId>,
    /// The channel that it sends on.
    pub channel: Option<ChannelId>,
}

const PROPOSED: i64 = 10;

impl Session {
    /// The menu that is open.
    #[must_use]
    pub fn menu(&self) -> Option<Menu> {
        let process = self.open_menu()?;
        if !self.world().is_here(process) {
            return Some(self.menu_of_absent(process));
        }
        let state = self.state_words(self.world().state(process));
        let title = self.by_kind(Text::MenuTitle, Text::MenuTitleIn, Text::MenuTitleIs);
        let title = self.say(title, &[("p", &self.process_name(process)), ("state", &state)]);
        let leads_there =
            |channel: ChannelId| self.editing.send_to().is_none_or(|to| self.topology().channel(channel).to == to);
        let transfer = self.transfer(process, leads_there);
        let mut choices = self.sendings(process);
        if let Some(to) = self.editing.send_to() {
            let title =
                self.say(EditText::SendFromTo, &[("p", &self.process_name(process)), ("q", &self.process_name(to))]);
            return Some(self.menu_towards(process, to, title, transfer, choices));
        }
        let nothing = self.why_nothing(process, transfer.is_none() && choices.is_empty());
        choices.extend(self.owed_markers(process));
        choices.extend(self.starts(process));
        choices.extend(self.time_choices(process));
        let mishaps = self.mishaps_of(process);
        Some(Menu { process, title, transfer, nothing, choices, mishaps, drawn: false })
    }

    /// What one process can send to another, after the reader has drawn a line between the two.
    fn menu_towards(
        &self,
        process: ProcessId,
        to: ProcessId,
        title: String,
        transfer: Option<Transfer>,
        mut choices: Vec<Choice>,
    ) -> Menu {
        let ends = [("p", &*self.process_name(process)), ("q", &self.process_name(to))];
        let connected = self.topology().channels_between(process, to).next().is_some();
        choices.retain(|choice| choice.channel.is_some_and(|channel| self.topology().channel(channel).to == to));
        let nothing = if !self.world().is_here(to) {
            Some(self.absence(to))
        } else if connected {
            self.why_nothing(process, transfer.is_none() && choices.is_empty())
        } else {
            Some(self.say(EditText::NoChannel, &ends))
        };
        Menu { process, title, transfer, nothing, choices, mishaps: Vec::new(), drawn: true }
    }

    fn transfer(&self, process: ProcessId, leads_there: impl Fn(ChannelId) -> bool) -> Option<Transfer> {
        if self.world().has_crashed(process) {
            return None;
        }
        let most = self.world().offers(process).into_iter().find_map(|offer| match offer {
            Offer::Amount { most } => Some(most),
            _ => None,
        })?;
        let outgoing = self.topology().outgoing(process);
        let channels: Vec<_> = outgoing
            .iter()
            .filter(|channel| leads_there(**channel) && self.world().is_here(self.topology().channel(**channel).to))
            .map(|channel| (*channel, self.way(*channel)))
            .collect();
        (!channels.is_empty()).then_some(Transfer { most, proposed: most.min(PROPOSED), channels })
    }

    /// To whom a channel leads, and on which one if there are several.
    fn way(&self, channel: ChannelId) -> String {
        let ends = self.topology().channel(channel);
        let several = self.topology().channels_between(ends.from, ends.to).count() > 1;
        let text = if several { Text::SendToOn } else { Text::SendTo };
        self.say(text, &[("q", &self.process_name(ends.to)), ("channel", &ends.name)])
    }

    fn why_nothing(&self, process: ProcessId, nothing: bool) -> Option<String> {
        let text = match self.world().state(process) {
            LocalState::Work { active: false, .. } => Text::NothingWhilePassive,
            LocalState::WaitsForAll(_) | LocalState::WaitsForAny(_) => Text::NothingWhileWaiting,
            _ if self.topology().outgoing(process).is_empty() => Text::NoOneToSendTo,
            _ => Text::NothingToSend,
        };
        nothing.then(|| self.say(text, &[("p", &self.process_name(process))]))
    }

    /// What the rules of an automaton let it send or do: in the present state, and otherwise with the states in
    /// which it could. Rules that differ in their states alone are one choice.
    fn sendings(&self, process: ProcessId) -> Vec<Choice> {
        let automaton = match self.computation() {
            Computation::Bank(_) => return Vec::new(),
            Computation::Automaton(automaton) => automaton,
            Computation::Diffusing(_) | Computation::Resources(_) | Computation::Dataflow(_) => {
                return self.offered(process);
            }
        };
        let mut choices: Vec<Known> = Vec::new();
        let own = automaton.rules().iter().enumerate().filter(|(_, rule)| rule.process == process);
        for (at, rule) in own {
            let alternatives = || automaton.rules_for(process, LocalState::Label(rule.from), rule.does);
            let is_first = alternatives().next().is_none_or(|first| usize::from(first) == at);
            let Some(action) = action_of(at, rule, is_first) else { continue };
            let refused = self.world().check(action).err();
            let possible = refused.is_none().then_some(action);
            let held = refused.filter(|why| matches!(why, Rejected::MarkerOwed { .. } | Rejected::SendHeld { .. }));
            // What is sent is the same whatever state it leads to, unless that is a choice; a step by itself is known
            // by that.
            let is_choice = rule.does == Does::Nothing || alternatives().count() > 1;
            let to = is_choice.then_some(rule.to);
            let from = automaton.label(rule.from).to_owned();
            match choices.iter_mut().find(|known| (known.does, known.to) == (rule.does, to)) {
                Some(known) => {
                    known.states.push(from);
                    known.possible = known.possible.or(possible);
                    known.held = known.held.or(held);
                }
                None => choices.push(Known { does: rule.does, to, states: vec![from], possible, held }),
            }
        }
        let sendings = choices.iter().map(|known| self.sending(known));
        sendings.chain(self.receivings(process)).collect()
    }

    /// Receiving what is at the head of a channel, where the state that this leads to is a choice. (Where it is none, one
    /// receives by pointing at the message.)
    fn receivings(&self, process: ProcessId) -> Vec<Choice> {
        let of_channel = |channel: &ChannelId| {
            let ways = self.world().ways_to_deliver(*channel, 0);
            let Some(Waiting::Message(kept)) = self.world().in_channel(*channel).next() else { return Vec::new() };
            let does = Does::Receive(*channel, kept.payload);
            let (computation, before) = (self.computation(), self.world().state(process));
            let state_after = |action: Action| match action {
                Action::Follow { rule, .. } => computation.follow(rule, process, before, does),
                _ => computation.receive(process, before, *channel, kept.payload).ok(),
            };
            let choice = |action: Action| {
                let after = state_after(action)?;
                let label = self.going_to(&self.receiving_words(*channel, kept.payload), after);
                Some(Choice { label, msg: Some(Msg::Do(action)), remark: None, snapshot: None, channel: None })
            };
            if ways.len() > 1 { ways.into_iter().filter_map(choice).collect() } else { Vec::new() }
        };
        self.topology().incoming(process).iter().flat_map(of_channel).collect()
    }

    fn receiving_words(&self, channel: ChannelId, payload: Payload) -> String {
        let ends = self.topology().channel(channel);
        let several = self.topology().channels_between(ends.from, ends.to).count() > 1;
        let text = if several { Text::ReceiveOn } else { Text::ReceiveFrom };
        let (what, p) = (self.payload_words(payload), self.process_name(ends.from));
        self.say(text, &[("what", &what), ("p", &p), ("channel", &ends.name)])
    }

    fn going_to(&self, does: &str, state: LocalState) -> String {
        self.say(Text::AndGoTo, &[("does", does), ("state", &self.state_words(state))])
    }

    /// What a process may do in its present state, where that is a short list.
    fn offered(&self, process: ProcessId) -> Vec<Choice> {
        let choice = |offer: Offer| {
            let on = match offer {
                Offer::Message { channel, .. } => Some(channel),
                _ => None,
            };
            let (action, label) = match offer {
                Offer::Amount { .. } | Offer::Follow { .. } => return None,
                Offer::Message { channel, payload } => {
                    (Action::Send { channel, payload }, self.sending_words(channel, payload))
                }
                Offer::Act { choice } => (Action::Act { process, choice }, self.act_words(choice)),
            };
            let remark = self.world().check(action).err().map(|why| self.refusal(why));
            Some(Choice {
                label,
                msg: remark.is_none().then_some(Msg::Do(action)),
                remark,
                snapshot: None,
                channel: on,
            })
        };
        self.world().offers(process).into_iter().filter_map(choice).collect()
    }

    fn sending_words(&self, channel: ChannelId, payload: Payload) -> String {
        let ends = self.topology().channel(channel);
        let several = self.topology().channels_between(ends.from, ends.to).count() > 1;
        let text = if several { Text::SendMessageOn } else { Text::SendMessageTo };
        let (what, q) = (self.payload_words(payload), self.process_name(ends.to));
        self.say(text, &[("what", &what), ("q", &q), ("channel", &ends.name)])
    }

    fn act_words(&self, choice: u16) -> String {
        match self.computation() {
            Computation::Resources(resources) => {
                let wait = resources.rules().get(usize::from(choice)).map(|rule| self.state_words(rule.state()));
                self.say(Text::Begin, &[("state", &wait.unwrap_or_default())])
            }
            _ => self.say(Text::BecomePassive, &[]),
        }
    }

    fn sending(&self, known: &Known) -> Choice {
        let to = known.to.map(LocalState::Label);
        let label = match known.does {
            Does::Send(channel, payload) | Does::Receive(channel, payload) => {
                let ends = self.topology().channel(channel);
                let (what, q) = (self.payload_words(payload), self.process_name(ends.to));
                let words = self.say(Text::SendMessageOn, &[("what", &what), ("q", &q), ("channel", &ends.name)]);
                to.map_or_else(|| words.clone(), |state| self.going_to(&words, state))
            }
            Does::Nothing => {
                let state = to.map(|state| self.state_words(state)).unwrap_or_default();
                self.say(Text::GoTo, &[("state", &state)])
            }
        };
        let states = list(self.lang(), &known.states);
        let why_not = || match known.held {
            Some(why) => self.refusal(why),
            None => self.say(Text::OnlyInState, &[("state", &states)]),
        };
        let remark = known.possible.is_none().then(why_not);
        let channel = match known.does {
            Does::Send(channel, _) => Some(channel),
            _ => None,
        };
        Choice { label, msg: known.possible.map(Msg::Do), remark, snapshot: None, channel }
    }

    /// Sending the markers that the process owes.
    fn owed_markers(&self, process: ProcessId) -> Vec<Choice> {
        let choice = |timer: &TimerId| {
            let (snapshot, channel) = marker_owed_by(*timer);
            let ends = self.topology().channel(channel);
            let several = self.topology().channels_between(ends.from, ends.to).count() > 1;
            let text = if several { Text::SendMarkerOn } else { Text::SendMarker };
            let (n, q) = (Self::number(snapshot), self.process_name(ends.to));
            let label = self.say(text, &[("n", &n), ("q", &q), ("channel", &ends.name)]);
            let action = Action::Ring { process, timer: *timer };
            Choice { label, msg: Some(Msg::Do(action)), remark: None, snapshot: Some(snapshot), channel: None }
        };
        self.world().timers(process).iter().map(choice).collect()
    }

    /// Going back to what the snapshot that is shown recorded; none unless it is complete.
    #[must_use]
    pub fn restoration(&self) -> Option<Choice> {
        let snapshot = self.shown()?;
        let action = Action::Restore { snapshot };
        self.world().check(action).ok()?;
        let remark = self.say(Text::GoBackMeans, &[("n", &Self::number(snapshot))]);
        let label = self.say(Text::GoBack, &[]);
        Some(Choice {
            label,
            msg: Some(Msg::Do(action)),
            remark: Some(remark),
            snapshot: Some(snapshot),
            channel: None,
        })
    }

    /// Starting a snapshot, and joining those that have not reached the process.
    fn starts(&self, process: ProcessId) -> Vec<Choice> {
        let joinable = self
            .begun()
            .into_iter()
            .filter(|snapshot| self.world().check(Action::Initiate { process, snapshot: *snapshot }).is_ok());
        let join = |snapshot: SnapshotId| Choice {
            label: self.say(Text::JoinHere, &[("n", &Self::number(snapshot))]),
            msg: Some(Msg::Do(Action::Initiate { process, snapshot })),
            remark: Some(self.say(Text::JoinMeans, &[])),
            snapshot: Some(snapshot),
            channel: None,
        };
        let next = SnapshotId::at(self.world().snapshots().len());
        let why_not = self.world().check(Action::Initiate { process, snapshot: next }).err();
        let start = Choice {
            label: self.say(Text::StartHere, &[("n", &Self::number(next))]),
            msg: why_not.is_none().then_some(Msg::StartAt(process)),
            remark: why_not.map(|why| self.refusal(why)),
            snapshot: Some(next),
            channel: None,
        };
        std::iter::once(start).chain(joinable.map(join)).collect()
    }
}

/// What rules that differ in their states alone let a process do.
struct Known {
    does: Does,
    /// The state that it leads to, where that is a choice.
    to: Option<u16>,
    /// The states in which it can be done.
    states: Vec<String>,
    possible: Option<Action>,
    /// Why it cannot be done although the state is right.
    held: Option<Rejected>,
}

/// What the world is asked for to follow a rule; none for one that receives, which is done by delivering.
fn action_of(at: usize, rule: &Rule, is_first: bool) -> Option<Action> {
    match rule.does {
        Does::Send(..) if !is_first => Some(Action::Follow { rule: u16::try_from(at).ok()?, position: 0 }),
        Does::Receive(..) => None,
        Does::Send(channel, payload) => Some(Action::Send { channel, payload }),
        Does::Nothing => Some(Action::Act { process: rule.process, choice: u16::try_from(at).ok()? }),
    }
}
