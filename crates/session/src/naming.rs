//! What states and messages are called in the reader's language.

use crate::catalogue::{Key, Text};
use crate::session::Session;
use crate::words::list;
use cutline_core::computation::ProcessSet;
use cutline_core::{Computation, LocalState, Payload, ProcessId};
use cutline_diagram::Wording;

impl Session {
    pub(crate) fn computation(&self) -> &Computation {
        &self.world().system().computation
    }

    /// One of three texts: for money, for automata, and for processes that are this or that.
    pub(crate) fn by_kind<K: Key>(&self, money: K, automaton: K, other: K) -> K {
        match self.computation() {
            Computation::Bank(_) | Computation::Dataflow(_) => money,
            Computation::Automaton(_) => automaton,
            Computation::Diffusing(_) | Computation::Resources(_) => other,
        }
    }

    /// A state as it stands in a sentence.
    pub(crate) fn state_words(&self, state: LocalState) -> String {
        match state {
            LocalState::Work { active: true, .. } => self.say(Text::StateActive, &[]),
            LocalState::Work { active: false, .. } => self.say(Text::StatePassive, &[]),
            LocalState::Running => self.say(Text::StateRunning, &[]),
            LocalState::WaitsForAll(whom) => self.waiting_for(whom, Text::StateWaitsAll),
            LocalState::WaitsForAny(whom) => self.waiting_for(whom, Text::StateWaitsAny),
            _ => self.computation().show_state(state),
        }
    }

    /// What a message carries, as it stands in a sentence.
    pub(crate) fn payload_words(&self, payload: Payload) -> String {
        match self.computation() {
            Computation::Diffusing(_) => self.say(Text::PayloadWork, &[]),
            Computation::Resources(_) => self.say(Text::PayloadGrant, &[]),
            computation => computation.show_payload(payload),
        }
    }

    fn waiting_for(&self, whom: ProcessSet, several: Text) -> String {
        let names = self.names(whom);
        let text = if names.len() == 1 { Text::StateWaitsOne } else { several };
        self.say(text, &[("list", &list(self.lang(), &names))])
    }

    fn names(&self, whom: ProcessSet) -> Vec<String> {
        let known = whom.iter().filter(|process: &ProcessId| self.topology().has_process(*process));
        known.map(|process| self.process_name(process)).collect()
    }
}

/// On the figure there is less room than in a sentence.
impl Wording for Session {
    fn state(&self, state: LocalState) -> String {
        let joined = |whom, sign: &str| {
            let names = self.names(whom).join(sign);
            self.say(Text::StateWaitsShort, &[("list", &names)])
        };
        match state {
            LocalState::WaitsForAll(whom) => joined(whom, " ∧ "),
            LocalState::WaitsForAny(whom) => joined(whom, " ∨ "),
            _ => self.state_words(state),
        }
    }

    fn payload(&self, payload: Payload) -> String {
        match self.computation() {
            Computation::Resources(_) => self.say(Text::PayloadGrantShort, &[]),
            _ => self.payload_words(payload),
        }
    }
}
