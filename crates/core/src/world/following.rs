//! Following a rule that an action names, where several rules differ in the state alone that they lead to.

use super::places::Item;
use super::{Waiting, World};
use crate::action::Action;
use crate::algorithm::Algorithm;
use crate::computation::{Does, Payload, Rule};
use crate::event::Event;
use crate::ids::{ChannelId, ProcessId};
use crate::rejected::Rejected;
use crate::snapshot::Kept;

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
                self.around.system.computation.other_rules(process, self.state(process), does)
            }
            _ => Vec::new(),
        };
        std::iter::once(plain).chain(others.into_iter().map(|rule| Action::Follow { rule, position })).collect()
    }

    pub(super) fn admit_following(&self, rule: u16, position: u32) -> Result<(), Rejected> {
        match self.rule(rule)?.does {
            Does::Send(channel, payload) => self.admit_send_by(rule, channel, payload).map(drop),
            Does::Receive(channel, _) => self.admit_delivery_by(rule, channel, position).map(drop),
            Does::Nothing => self.admit_act(self.rule(rule)?.process, rule).map(drop),
        }
    }

    pub(super) fn follow(&mut self, rule: u16, position: u32, events: &mut Vec<Event>) -> Result<(), Rejected> {
        match self.rule(rule)?.does {
            Does::Send(channel, payload) => {
                let process = self.admit_send_by(rule, channel, payload)?;
                self.send_by(Some(rule), process, channel, payload, events);
            }
            Does::Receive(channel, _) => {
                let process = self.admit_delivery_by(rule, channel, position)?;
                if let Some(Item::Message { kept, tag, .. }) = self.lanes[channel.index()].take(position) {
                    self.receive_by(Some(rule), process, channel, (kept, &tag), events);
                }
            }
            Does::Nothing => self.act(self.rule(rule)?.process, rule, events)?,
        }
        Ok(())
    }

    /// Whatever the computation would do of its own accord, the rule must allow it.
    fn admit_send_by(&self, rule: u16, channel: ChannelId, payload: Payload) -> Result<ProcessId, Rejected> {
        let process = self.admit_send(channel, payload)?;
        let state = self.state(process);
        let follows = self.around.system.computation.follow(rule, process, state, Does::Send(channel, payload));
        follows.map(|_| process).ok_or(Rejected::NoRuleToSend { process, state, channel, payload })
    }

    /// The same for the item at a position, which must be a message.
    fn admit_delivery_by(&self, rule: u16, channel: ChannelId, position: u32) -> Result<ProcessId, Rejected> {
        let process = self.admit_delivery(channel, position)?;
        let state = self.state(process);
        if self.is_corrupted(channel, position) || self.topology().is_repaired(channel) {
            return Err(Rejected::NoRuleToAct { process, state });
        }
        let Some(Waiting::Message(Kept { payload, .. })) = self.in_channel(channel).nth(position as usize) else {
            return Err(Rejected::NoRuleToAct { process, state });
        };
        let follows = self.around.system.computation.follow(rule, process, state, Does::Receive(channel, payload));
        follows.map(|_| process).ok_or(Rejected::NoRuleToReceive { process, state, channel, payload })
    }

    fn rule(&self, rule: u16) -> Result<Rule, Rejected> {
        self.around.system.computation.rule(rule).ok_or(Rejected::NoSuchRule(rule))
    }
}
