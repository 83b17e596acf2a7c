//! Schedulers that make life hard for an algorithm, within what the system allows.

use super::{Scheduler, oldest, oldest_first, timers};
use crate::action::Action;
use crate::algorithm::Algorithm;
use crate::computation::{Offer, Payload};
use crate::world::{Waiting, World};

/// Never delivers a control message, nor lets a timer go off, while an application message can be delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct SlowestMarker;

impl<A: Algorithm> Scheduler<A> for SlowestMarker {
    fn next(&mut self, world: &World<A>) -> Option<Action> {
        let messages = world.deliveries().filter(|action| is_message(world, *action));
        oldest(world, messages).or_else(|| oldest_first(world)).or_else(|| timers(world).next())
    }
}

/// Whether it is the delivery of an application message.
fn is_message<A: Algorithm>(world: &World<A>, action: Action) -> bool {
    let Action::Deliver { channel, position } = action else { return false };
    matches!(world.in_channel(channel).nth(position as usize), Some(Waiting::Message(_)))
}

/// Has as many application messages under way as it can, up to a bound: whoever can send sends, on the channel that
/// holds least, and of money the least amount. At the bound, and where nobody can send, timers go off and processes act
/// by themselves, or the oldest item is delivered, in turn. May go on for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MostInFlight {
    bound: usize,
    acts: bool,
}

impl MostInFlight {
    /// At most `bound` application messages under way.
    #[must_use]
    pub fn new(bound: usize) -> Self {
        Self { bound, acts: false }
    }
}

impl<A: Algorithm> Scheduler<A> for MostInFlight {
    fn next(&mut self, world: &World<A>) -> Option<Action> {
        let messages = |channel| world.in_channel(channel).filter(|item| matches!(item, Waiting::Message(_))).count();
        let under_way: usize = world.topology().channels().map(messages).sum();
        if under_way < self.bound {
            let mut sends = doings(world);
            sends.retain(|action| matches!(action, Action::Send { .. }));
            let least = sends.into_iter().min_by_key(|action| match *action {
                Action::Send { channel, .. } => messages(channel),
                _ => usize::MAX,
            });
            if least.is_some() {
                return least;
            }
        }
        self.acts = !self.acts;
        let acts = || doings(world).into_iter().find(|action| matches!(action, Action::Act { .. }));
        // A timer takes the turn of an act: sending goes on for ever, and what timers send must go out all the same.
        let act = if self.acts { timers(world).next().or_else(acts) } else { None };
        act.or_else(|| oldest_first(world)).or_else(|| timers(world).next())
    }
}

/// What the processes could do of their own accord now; of money, sending the least amount.
fn doings<A: Algorithm>(world: &World<A>) -> Vec<Action> {
    let topology = world.topology();
    let mut doings = Vec::new();
    for process in topology.processes() {
        for offer in world.offers(process) {
            match offer {
                Offer::Amount { .. } => {
                    let send = |channel: &_| Action::Send { channel: *channel, payload: Payload(1) };
                    doings.extend(topology.outgoing(process).iter().map(send));
                }
                Offer::Message { channel, payload } => doings.push(Action::Send { channel, payload }),
                Offer::Act { choice } => doings.push(Action::Act { process, choice }),
                Offer::Follow { rule } => doings.push(Action::Follow { rule, position: 0 }),
            }
        }
    }
    doings.retain(|action| world.check(*action).is_ok());
    doings
}
