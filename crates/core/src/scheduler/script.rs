//! A run decided beforehand.

use super::Scheduler;
use crate::action::Action;
use crate::algorithm::Algorithm;
use crate::world::World;

/// These actions in this order. Stops before the first that the world would refuse.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Script {
    actions: Vec<Action>,
    done: usize,
}

impl Script {
    /// A script from its beginning.
    #[must_use]
    pub fn new(actions: Vec<Action>) -> Self {
        Self { actions, done: 0 }
    }
}

impl<A: Algorithm> Scheduler<A> for Script {
    fn next(&mut self, world: &World<A>) -> Option<Action> {
        let action = *self.actions.get(self.done)?;
        world.check(action).ok()?;
        self.done += 1;
        Some(action)
    }
}
