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

/// States, message names and rules. Where several rules differ in their target state alone, an action that does not
/// name its rule means the first of them ([`crate::Action::Follow`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Automaton {
    labels: Vec<String>,
    messages: Vec<String>,
    initial: Vec<u16>,
    rules: Vec<Rule>,
    token: Option<Token>,
}

/// What holds the token of automata that have one: a process in one of these states, and each of these messages.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Token {
    /// The states, each of the process that is named or of whichever.
    pub holding: Vec<(Option<ProcessId>, u16)>,
    /// The messages.
    pub carrying: Vec<Payload>,
}

impl Token {
    /// Whether a process holds it in this state.
    #[must_use]
    pub fn is_held(&self, process: ProcessId, state: LocalState) -> bool {
        let holds = |(of, label): &(Option<ProcessId>, u16)| {
            of.is_none_or(|of| of == process) && LocalState::Label(*label) == state
        };
        self.holding.iter().any(holds)
    }

    /// Whether this message carries it.
    #[must_use]
    pub fn is_carried(&self, payload: Payload) -> bool {
        self.carrying.contains(&payload)
    }
}

impl Automaton {
    /// An automaton; labels and messages are referred to by their place in these lists.
    #[must_use]
    pub fn new(labels: Vec<String>, messages: Vec<String>, initial: Vec<u16>, rules: Vec<Rule>) -> Self {
        Self { labels, messages, initial, rules, token: None }
    }

    /// The same, with a token that these states and messages hold. What it is changes nothing that happens.
    #[must_use]
    pub fn with_token(self, token: Token) -> Self {
        Self { token: Some(token), ..self }
    }

    /// What holds the token, if it was said.
    #[must_use]
    pub fn token(&self) -> Option<&Token> {
        self.token.as_ref()
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
        self.first(process, state, Does::Send(channel, payload)).ok_or(Rejected::NoRuleToSend {
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
        self.first(process, state, Does::Receive(channel, payload)).ok_or(Rejected::NoRuleToReceive {
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

    /// The state to which a rule leads, if it is about this.
    pub(super) fn follow(&self, rule: u16, process: ProcessId, state: LocalState, does: Does) -> Option<LocalState> {
        let rule = self.rules.get(usize::from(rule))?;
        (rule.does == does && starts_from(rule, process, state)).then_some(LocalState::Label(rule.to))
    }

    /// The rules that are about this, by their place, in the order of declaration. The first is the one that an action
    /// means which does not name its rule.
    pub fn rules_for(&self, process: ProcessId, state: LocalState, does: Does) -> impl Iterator<Item = u16> + '_ {
        let fits = move |rule: &Rule| rule.does == does && starts_from(rule, process, state);
        let fitting = self.rules.iter().enumerate().filter(move |(_, rule)| fits(rule));
        fitting.filter_map(|(at, _)| u16::try_from(at).ok())
    }

    pub(super) fn offers(&self, process: ProcessId, state: LocalState) -> Vec<Offer> {
        let of_rule = |(at, rule): (usize, &Rule)| {
            let at = u16::try_from(at).ok()?;
            match rule.does {
                Does::Send(channel, payload) if self.rules_for(process, state, rule.does).next() == Some(at) => {
                    Some(Offer::Message { channel, payload })
                }
                Does::Send(..) => Some(Offer::Follow { rule: at }),
                Does::Nothing => Some(Offer::Act { choice: at }),
                Does::Receive(..) => None,
            }
        };
        let usable = self.rules.iter().enumerate().filter(|(_, rule)| starts_from(rule, process, state));
        usable.filter_map(of_rule).collect()
    }

    /// The state to which the first rule about this leads.
    fn first(&self, process: ProcessId, state: LocalState, does: Does) -> Option<LocalState> {
        let rule = self.rules_for(process, state, does).next()?;
        self.follow(rule, process, state, does)
    }
}

fn starts_from(rule: &Rule, process: ProcessId, state: LocalState) -> bool {
    rule.process == process && LocalState::Label(rule.from) == state
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_that_differ_in_their_target_are_offered_one_by_one() {
        let rule = |to: u16, does: Does| Rule { process: ProcessId(0), from: 0, to, does };
        let (channel, payload) = (ChannelId(0), Payload(0));
        let send = Does::Send(channel, payload);
        let names = |s: &str| s.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let rules = vec![rule(0, send), rule(1, Does::Nothing), rule(1, send)];
        let made = Automaton::new(names("A B"), names("M"), vec![0], rules);
        let state = LocalState::Label(0);
        let offers = [Offer::Message { channel, payload }, Offer::Act { choice: 1 }, Offer::Follow { rule: 2 }];
        assert_eq!(made.offers(ProcessId(0), state), offers);
        assert_eq!(made.send(ProcessId(0), state, channel, payload), Ok(state));
        assert_eq!(made.follow(2, ProcessId(0), state, send), Some(LocalState::Label(1)));
        assert_eq!(made.follow(1, ProcessId(0), state, send), None);
    }
}
