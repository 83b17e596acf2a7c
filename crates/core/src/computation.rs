//! The application under observation: what processes hold, may send, and do with what they receive.
//!
//! A computation knows nothing of snapshots. It is declared in the scenario and never changes; what changes is
//! the [`LocalState`] of each process, which the world keeps.

mod automaton;
mod bank;
mod dataflow;
mod diffusing;
mod process_set;
mod resources;

pub use automaton::{Automaton, Does, Rule, Token};
pub use bank::{Bank, MAX_MONEY};
pub use dataflow::{Dataflow, MAX_RECORD, Stage};
pub use diffusing::Diffusing;
pub use process_set::ProcessSet;
pub use resources::{Resources, ResourcesError, Wait};

use crate::action::Action;
use crate::ids::{ChannelId, ProcessId};
use crate::rejected::Rejected;

/// What a process holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LocalState {
    /// Money, in whole units.
    Money(i64),
    /// Money, where the process may send only so many times more.
    Budgeted {
        /// In whole units.
        amount: i64,
        /// How many sends it may still do.
        sends_left: u32,
    },
    /// One of the declared states of an automaton, by its place in the list of labels.
    Label(u16),
    /// Active or passive, in a diffusing computation.
    Work {
        /// Whether it is active.
        active: bool,
        /// How many sends it may still do, if they are limited.
        sends_left: Option<u32>,
    },
    /// A source of records.
    Source {
        /// How many records it has emitted.
        offset: u32,
        /// On which of its channels the next goes out next.
        out: u16,
    },
    /// It adds up records and passes them on.
    Operator {
        /// What it has added up.
        sum: i64,
        /// The record on its way out; 0 if there is none.
        passing: u32,
        /// On which of its channels that goes out next.
        out: u16,
    },
    /// It waits for nobody.
    Running,
    /// It waits until each of these has granted what it waits for.
    WaitsForAll(ProcessSet),
    /// It waits until one of these has granted what it waits for.
    WaitsForAny(ProcessSet),
}

/// What an application message carries: an amount of money, or the place of its name in an automaton's list of
/// message names; 0 where there is only one kind of message. The computation knows how to show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Payload(pub i64);

/// Something that a process could be asked to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Any amount from 1 to `most` on any outgoing channel.
    Amount {
        /// The most that can be sent.
        most: i64,
    },
    /// This message on this channel.
    Message {
        /// The channel.
        channel: ChannelId,
        /// The message.
        payload: Payload,
    },
    /// Something that touches no channel.
    Act {
        /// As in [`crate::Action::Act`].
        choice: u16,
    },
    /// A message that another rule sends too, but to end in another state.
    Follow {
        /// As in [`crate::Action::Follow`].
        rule: u16,
    },
}

/// One of the kinds of application that a scenario can declare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Computation {
    /// Processes hold money and transfer it.
    Bank(Bank),
    /// Processes are automata over declared states and messages.
    Automaton(Automaton),
    /// Processes are active or passive and hand out work.
    Diffusing(Diffusing),
    /// Processes run or wait for each other.
    Resources(Resources),
    /// Sources emit records, and operators add them up and pass them on.
    Dataflow(Dataflow),
}

impl Computation {
    /// What every process holds at the start.
    #[must_use]
    pub fn initial(&self) -> Vec<LocalState> {
        match self {
            Self::Bank(bank) => bank.initial(),
            Self::Automaton(automaton) => automaton.initial(),
            Self::Diffusing(diffusing) => diffusing.initial(),
            Self::Resources(resources) => resources.initial(),
            Self::Dataflow(flow) => flow.initial(),
        }
    }

    /// The state in which a process begins.
    #[must_use]
    pub fn initial_of(&self, process: ProcessId) -> LocalState {
        self.initial()[process.index()]
    }

    /// The sender's state after it sends `payload` on `channel`.
    ///
    /// # Errors
    /// If the computation does not allow it in this state.
    #[inline(never)]
    pub fn send(
        &self,
        process: ProcessId,
        state: LocalState,
        channel: ChannelId,
        payload: Payload,
    ) -> Result<LocalState, Rejected> {
        match self {
            Self::Bank(_) => Bank::send(process, state, payload),
            Self::Automaton(automaton) => automaton.send(process, state, channel, payload),
            Self::Diffusing(_) => Diffusing::send(process, state, channel, payload),
            Self::Resources(_) => Resources::send(process, state, channel, payload),
            Self::Dataflow(flow) => flow.send(process, state, channel, payload),
        }
    }

    /// The receiver's state after it receives `payload` from `channel`.
    ///
    /// # Errors
    /// If the computation does not allow it in this state; the message then stays where it is.
    #[inline(never)]
    pub fn receive(
        &self,
        process: ProcessId,
        state: LocalState,
        channel: ChannelId,
        payload: Payload,
    ) -> Result<LocalState, Rejected> {
        match self {
            Self::Bank(_) => Ok(Bank::receive(state, payload)),
            Self::Automaton(automaton) => automaton.receive(process, state, channel, payload),
            Self::Diffusing(_) => Ok(Diffusing::receive(state)),
            Self::Resources(resources) => Ok(resources.receive(state, channel)),
            Self::Dataflow(flow) => flow.receive(process, state, channel, payload),
        }
    }

    /// Whether [`Computation::send`] would allow it, and why not.
    ///
    /// This and the next three are what the world asks and tells at every step. Money without a budget, which most
    /// runs move, is dealt with on the spot; all else takes the general way.
    #[inline(always)]
    pub(crate) fn may_send(
        &self,
        process: ProcessId,
        state: &LocalState,
        channel: ChannelId,
        payload: Payload,
    ) -> Result<(), Rejected> {
        match (self, *state) {
            (Self::Bank(_), LocalState::Money(has)) if 0 < payload.0 && payload.0 <= has => Ok(()),
            _ => self.send(process, *state, channel, payload).map(drop),
        }
    }

    /// Whether [`Computation::receive`] would allow it, and why not.
    #[inline(always)]
    pub(crate) fn may_receive(
        &self,
        process: ProcessId,
        state: &LocalState,
        channel: ChannelId,
        payload: Payload,
    ) -> Result<(), Rejected> {
        match self {
            Self::Bank(_) => Ok(()),
            _ => self.receive(process, *state, channel, payload).map(drop),
        }
    }

    /// Changes the sender's state by a send that is allowed.
    #[inline(always)]
    pub(crate) fn sent(&self, process: ProcessId, state: &mut LocalState, channel: ChannelId, payload: Payload) {
        match (self, &mut *state) {
            (Self::Bank(_), LocalState::Money(amount)) => *amount -= payload.0,
            _ => *state = self.send(process, *state, channel, payload).unwrap_or(*state),
        }
    }

    /// Changes the receiver's state by a receipt that is allowed.
    #[inline(always)]
    pub(crate) fn received(&self, process: ProcessId, state: &mut LocalState, channel: ChannelId, payload: Payload) {
        match (self, &mut *state) {
            (Self::Bank(_), LocalState::Money(amount)) => *amount += payload.0,
            _ => *state = self.receive(process, *state, channel, payload).unwrap_or(*state),
        }
    }

    /// The state of a process after it does `choice` by itself.
    ///
    /// # Errors
    /// If the computation does not allow it in this state.
    pub fn act(&self, process: ProcessId, state: LocalState, choice: u16) -> Result<LocalState, Rejected> {
        match self {
            Self::Bank(_) | Self::Dataflow(_) => Err(Rejected::NoRuleToAct { process, state }),
            Self::Automaton(automaton) => automaton.act(process, state, choice),
            Self::Diffusing(_) => Diffusing::act(process, state, choice),
            Self::Resources(resources) => resources.act(process, state, choice),
        }
    }

    /// A rule of an automaton, by its place.
    #[must_use]
    pub fn rule(&self, rule: u16) -> Option<Rule> {
        match self {
            Self::Automaton(automaton) => automaton.rules().get(usize::from(rule)).copied(),
            _ => None,
        }
    }

    /// The action that says what a rule does, but not by which rule; any other action as it is.
    #[must_use]
    pub fn plain(&self, action: Action) -> Action {
        let Action::Follow { rule: at, position } = action else { return action };
        match self.rule(at).map(|rule| (rule.process, rule.does)) {
            Some((_, Does::Send(channel, payload))) => Action::Send { channel, payload },
            Some((_, Does::Receive(channel, _))) => Action::Deliver { channel, position },
            Some((process, Does::Nothing)) => Action::Act { process, choice: at },
            None => action,
        }
    }

    /// The state of a process after it follows a rule that does this; none if the rule does not allow it.
    #[must_use]
    pub fn follow(&self, rule: u16, process: ProcessId, state: LocalState, does: Does) -> Option<LocalState> {
        match self {
            Self::Automaton(automaton) => automaton.follow(rule, process, state, does),
            _ => None,
        }
    }

    /// The rules, by their place, other than the first, that a process in this state can follow to do this.
    #[must_use]
    pub fn other_rules(&self, process: ProcessId, state: LocalState, does: Does) -> Vec<u16> {
        match self {
            Self::Automaton(automaton) => automaton.rules_for(process, state, does).skip(1).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether a process in the state `before` can send this and be in the state `after`.
    #[must_use]
    pub fn can_send(
        &self,
        process: ProcessId,
        (before, after): (LocalState, LocalState),
        channel: ChannelId,
        payload: Payload,
    ) -> bool {
        let does = Does::Send(channel, payload);
        let other = || self.other_rules(process, before, does).into_iter();
        self.send(process, before, channel, payload) == Ok(after)
            || other().any(|rule| self.follow(rule, process, before, does) == Some(after))
    }

    /// Whether a process in the state `before` can receive this and be in the state `after`.
    #[must_use]
    pub fn can_receive(
        &self,
        process: ProcessId,
        (before, after): (LocalState, LocalState),
        channel: ChannelId,
        payload: Payload,
    ) -> bool {
        let does = Does::Receive(channel, payload);
        let other = || self.other_rules(process, before, does).into_iter();
        self.receive(process, before, channel, payload) == Ok(after)
            || other().any(|rule| self.follow(rule, process, before, does) == Some(after))
    }

    /// All that a process could do in this state, apart from receiving.
    #[must_use]
    pub fn offers(&self, process: ProcessId, state: LocalState) -> Vec<Offer> {
        match self {
            Self::Bank(_) => Bank::offers(state),
            Self::Automaton(automaton) => automaton.offers(process, state),
            Self::Diffusing(diffusing) => diffusing.offers(process, state),
            Self::Resources(resources) => resources.offers(process, state),
            Self::Dataflow(flow) => flow.offers(process, state),
        }
    }

    /// How much of the conserved quantity a state stands for; none where the computation conserves nothing.
    #[must_use]
    pub fn worth_of_state(&self, state: LocalState) -> Option<i64> {
        match (self, state) {
            (Self::Bank(_), LocalState::Money(amount) | LocalState::Budgeted { amount, .. }) => Some(amount),
            _ => None,
        }
    }

    /// How much of the conserved quantity a message carries; none where the computation conserves nothing.
    #[must_use]
    pub fn worth_of_payload(&self, payload: Payload) -> Option<i64> {
        match self {
            Self::Bank(_) => Some(payload.0),
            Self::Automaton(_) | Self::Diffusing(_) | Self::Resources(_) | Self::Dataflow(_) => None,
        }
    }

    /// A state as people write it.
    #[must_use]
    pub fn show_state(&self, state: LocalState) -> String {
        match (self, state) {
            (_, LocalState::Money(amount) | LocalState::Budgeted { amount, .. }) => amount.to_string(),
            (Self::Automaton(automaton), LocalState::Label(label)) => automaton.label(label).to_owned(),
            (Self::Resources(resources), state) => resources.show_state(state),
            (Self::Dataflow(_), state) => Dataflow::show_state(state),
            (_, LocalState::Work { .. }) => Diffusing::show_state(state),
            // No state of the remaining ones is of another kind.
            _ => format!("{state:?}"),
        }
    }

    /// What a message carries, as people write it.
    #[must_use]
    pub fn show_payload(&self, payload: Payload) -> String {
        match self {
            Self::Bank(_) | Self::Dataflow(_) => payload.0.to_string(),
            Self::Automaton(automaton) => automaton.message(payload).to_owned(),
            Self::Diffusing(_) => Diffusing::show_payload(),
            Self::Resources(_) => Resources::show_payload(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is dealt with on the spot comes out as it would the general way.
    #[test]
    fn the_short_way_is_the_general_one() {
        let bank = Computation::Bank(Bank::new(vec![0]).unwrap());
        let (process, channel) = (ProcessId(0), ChannelId(0));
        let budgeted = |sends_left| LocalState::Budgeted { amount: 3, sends_left };
        for before in [LocalState::Money(0), LocalState::Money(3), budgeted(0), budgeted(2)] {
            for payload in (-1..=4).map(Payload) {
                let send = bank.send(process, before, channel, payload);
                assert_eq!(bank.may_send(process, &before, channel, payload), send.map(drop), "{before:?} {payload:?}");
                let mut after = before;
                if let Ok(expected) = send {
                    bank.sent(process, &mut after, channel, payload);
                    assert_eq!(after, expected);
                    assert_eq!(after, expected);
                }
                let receipt = bank.receive(process, before, channel, payload);
                assert_eq!(bank.may_receive(process, &before, channel, payload), receipt.map(drop));
                let mut after = before;
                bank.received(process, &mut after, channel, payload);
                assert_eq!(Ok(after), receipt);
                assert_eq!(Ok(after), receipt);
            }
        }
    }
}
