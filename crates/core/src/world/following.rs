//! Following a rule that an action names, where several rules differ in the state alone that they lead to.

use super::{Waiting, World};
use crate::action::Action;
use crate::algorithm::Algorithm;
use crate::computation::{Does, Rule};
use crate::event::Event;
use crate::ids::ChannelId;
use crate::rejected::Rejected;

impl<A: Algorithm> World<A> {
    /// Every way to deliver the item at a position that would be carried out now: more than one where several rules of
    /// the receiver differ in the state that they lead to.
    #[must_use]
    pub fn ways_to_deliver(&self, channel: ChannelId, position: u32) -> Vec<Action> {
        let plain = Action::Deliver { channel, position };
        if self.check(plain).is_err() {
            return Vec::new();
        }
        let process = self.topology().channel(channel).to;
        let others = match self.in_channel(channel).nth(position as usize) {
            Some(Waiting::Message(kept)) => {
                let does = Does::Receive(channel, kept.payload);
                self.system.computation.other_rules(process, self.state(process), does)
            }
            _ => Vec::new(),
        };
        std::iter::once(plain).chain(others.into_iter().map(|rule| Action::Follow { rule, position })).collect()
    }

    pub(super) fn admit_following(&self, rule: u16, position: u32) -> Result<(), Rejected> {
        match self.rule(rule)?.does {
            Does::Send(channel, payload) => self.admit_send(channel, payload, Some(rule)).map(drop),
            Does::Receive(channel, _) => self.admit_delivery(channel, position, Some(rule)).map(drop),
            Does::Nothing => self.admit_act(self.rule(rule)?.process, rule).map(drop),
        }
    }

    pub(super) fn follow(&mut self, rule: u16, position: u32, events: &mut Vec<Event>) -> Result<(), Rejected> {
        match self.rule(rule)?.does {
            Does::Send(channel, payload) => {
                let admitted = self.admit_send(channel, payload, Some(rule))?;
                self.send(admitted, channel, payload, events);
            }
            Does::Receive(channel, _) => {
                let admitted = self.admit_delivery(channel, position, Some(rule))?;
                self.deliver(admitted, channel, position, events);
            }
            Does::Nothing => self.act(self.rule(rule)?.process, rule, events)?,
        }
        Ok(())
    }

    fn rule(&self, rule: u16) -> Result<Rule, Rejected> {
        self.system.computation.rule(rule).ok_or(Rejected::NoSuchRule(rule))
    }
}
