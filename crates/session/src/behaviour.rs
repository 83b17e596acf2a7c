//! What processes may do, where the scenario declares it.

use crate::catalogue::Text;
use crate::session::Session;
use cutline_core::Computation;
use cutline_core::computation::{Does, Wait};

impl Session {
    /// The rules of the application, a sentence each, where it has declared some.
    #[must_use]
    pub fn behaviour(&self) -> Vec<String> {
        let automaton = match self.computation() {
            Computation::Automaton(automaton) => automaton,
            Computation::Resources(resources) => {
                return resources.rules().iter().map(|rule| self.may_wait(rule)).collect();
            }
            Computation::Bank(_) | Computation::Diffusing(_) | Computation::Dataflow(_) => return Vec::new(),
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
}
