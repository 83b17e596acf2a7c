//! Processes as automata: declared states, and rules that send, receive or just change state. Covers the examples
//! of Chandy and Lamport 1985 (the single token, the nondeterministic system) and any lecturer's own.

use super::{LocalState, Offer, Payload};
use crate::ids::{ChannelId, ProcessId};
use crate::rejected::Rejected;

/// What a rule does besides changing the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// Sends this message on this channel.
    Send(ChannelId, Payload),
    /// Receives this message from this channel.
    Receive(ChannelId, Payload),
    /// Touches no channel.
    Nothing,
}

/// In state `from`, `process` may go to state `to` by what it `does`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Whose rule it is.
    pub process: ProcessId,
    /// The label of the state that it starts from.
    pub from: u16,
    /// The label of the state that it leads to.
    pub to: u16,
    /// What happens on the way.
    pub does: Does,
}

/// States, message names and rules. Two rules never differ in the target state alone, so an action names one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Automaton {
    labels: Vec<String>,
    messages: Vec<String>,
    initial: Vec<u16>,
    rules: Vec<Rule>,
}

/// Why an automaton cannot be declared so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AutomatonError {
    /// The rules at these two places differ in the target state alone, so no action could tell them apart.
    Ambiguous(usize, usize),
}

impl Automaton {
    /// An automaton; labels and messages are referred to by their place in these lists.
    ///
    /// # Errors
    /// If two rules differ in their target state alone.
    pub fn new(
        labels: Vec<String>,
        messages: Vec<String>,
        initial: Vec<u16>,
        rules: Vec<Rule>,
    ) -> Result<Self, AutomatonError> {
        for (second, rule) in rules.iter().enumerate() {
            let same = |other: &Rule| {
                rule.does != Does::Nothing
                    && (other.process, other.from, other.does) == (rule.process, rule.from, rule.does)
            };
            if let Some(first) = rules[..second].iter().position(same) {
                return Err(AutomatonError::Ambiguous(first, second));
            }
        }
        Ok(Self { labels, messages, initial, rules })
    }

    /// The name of a state.
    #[must_use]
    pub fn label(&self, label: u16) -> &str {
        self.labels.get(usize::from(label)).map_or("?", String::as_str)
    }

    /// The name of a message.
    #[must_use]
    pub fn message(&self, payload: Payload) -> &str {
        usize::try_from(payload.0).ok().and_then(|at| self.messages.get(at)).map_or("?", String::as_str)
    }

    /// The message of this name.
    #[must_use]
    pub fn message_named(&self, name: &str) -> Option<Payload> {
        let at = self.messages.iter().position(|m| m == name)?;
        i64::try_from(at).ok().map(Payload)
    }

    /// The state of this name.
    #[must_use]
    pub fn label_named(&self, name: &str) -> Option<LocalState> {
        let at = self.labels.iter().position(|l| l == name)?;
        u16::try_from(at).ok().map(LocalState::Label)
    }

    /// The rules, in the order of declaration.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    pub(super) fn initial(&self) -> Vec<LocalState> {
        self.initial.iter().map(|label| LocalState::Label(*label)).collect()
    }

    pub(super) fn send(
        &self,
        process: ProcessId,
        state: LocalState,
        channel: ChannelId,
        payload: Payload,
    ) -> Result<LocalState, Rejected> {
        self.follow(process, state, Does::Send(channel, payload)).ok_or(Rejected::NoRuleToSend {
            process,
            state,
            channel,
            payload,
        })
    }

    pub(super) fn receive(
        &self,
        process: ProcessId,
        state: LocalState,
        channel: ChannelId,
        payload: Payload,
    ) -> Result<LocalState, Rejected> {
        self.follow(process, state, Does::Receive(channel, payload)).ok_or(Rejected::NoRuleToReceive {
            process,
            state,
            channel,
            payload,
        })
    }

    pub(super) fn act(&self, process: ProcessId, state: LocalState, choice: u16) -> Result<LocalState, Rejected> {
        match self.rules.get(usize::from(choice)) {
            Some(rule) if starts_from(rule, process, state) && rule.does == Does::Nothing => {
                Ok(LocalState::Label(rule.to))
            }
            _ => Err(Rejected::NoRuleToAct { process, state }),
        }
    }

    pub(super) fn offers(&self, process: ProcessId, state: LocalState) -> Vec<Offer> {
        let of_rule = |(at, rule): (usize, &Rule)| match rule.does {
            Does::Send(channel, payload) => Some(Offer::Message { channel, payload }),
            Does::Nothing => u16::try_from(at).ok().map(|choice| Offer::Act { choice }),
            Does::Receive(..) => None,
        };
        let usable = self.rules.iter().enumerate().filter(|(_, rule)| starts_from(rule, process, state));
        usable.filter_map(of_rule).collect()
    }

    fn follow(&self, process: ProcessId, state: LocalState, does: Does) -> Option<LocalState> {
        let rule = self.rules.iter().find(|rule| rule.does == does && starts_from(rule, process, state))?;
        Some(LocalState::Label(rule.to))
    }
}

fn starts_from(rule: &Rule, process: ProcessId, state: LocalState) -> bool {
    rule.process == process && LocalState::Label(rule.from) == state
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(to: u16, does: Does) -> Rule {
        Rule { process: ProcessId(0), from: 0, to, does }
    }

    #[test]
    fn rules_that_an_action_cannot_tell_apart_are_refused() {
        let send = Does::Send(ChannelId(0), Payload(0));
        let names = |s: &str| s.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let made = Automaton::new(names("A B"), names("M"), vec![0], vec![rule(0, send), rule(1, send)]);
        assert_eq!(made, Err(AutomatonError::Ambiguous(0, 1)));
        let inner = vec![rule(0, Does::Nothing), rule(1, Does::Nothing)];
        assert!(Automaton::new(names("A B"), names("M"), vec![0], inner).is_ok(), "an inner step names its rule");
    }
}
