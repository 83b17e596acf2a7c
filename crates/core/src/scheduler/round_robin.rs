//! Everybody in turn.

use super::{Scheduler, timers};
use crate::action::Action;
use crate::algorithm::Algorithm;
use crate::ids::ChannelId;
use crate::world::World;

/// The channels deliver in turn, one item each; once round, the timers that are set go off, one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct RoundRobin {
    next: ChannelId,
}

impl<A: Algorithm> Scheduler<A> for RoundRobin {
    fn next(&mut self, world: &World<A>) -> Option<Action> {
        let delivery = |from: ChannelId| {
            world.deliveries().find_map(|action| match action {
                Action::Deliver { channel, .. } if channel >= from => Some((channel, action)),
                _ => None,
            })
        };
        if let Some((channel, action)) = delivery(self.next) {
            self.next = ChannelId(channel.0.saturating_add(1));
            return Some(action);
        }
        self.next = ChannelId(0);
        timers(world).next().or_else(|| {
            let (channel, action) = delivery(self.next)?;
            self.next = ChannelId(channel.0.saturating_add(1));
            Some(action)
        })
    }
}
