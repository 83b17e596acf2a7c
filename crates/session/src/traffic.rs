//! Random traffic: processes send and receive by themselves for a while.

use crate::session::Session;
use cutline_core::scheduler::{Scheduler, Traffic};

/// The most actions that are added at once.
pub const MAX_TRAFFIC: u32 = 100_000;
/// What decides about all traffic. It never changes, so that the same steps taken from the same moment are the same.
pub(crate) const SEED: u64 = 1985;
/// The most money that is sent at a time. It never changes either: links tell traffic by its seed alone.
const MOST: i64 = 20;

impl Session {
    /// Whether anything could happen at random now.
    #[must_use]
    pub fn can_add_traffic(&self) -> bool {
        self.scheduler().next(self.world()).is_some()
    }

    /// Adds so many actions, or fewer where nothing more can happen. What comes depends on the moment alone: ten actions and
    /// then ten more are twenty.
    pub(crate) fn add_traffic(&mut self, actions: u32) {
        let mut scheduler = self.scheduler();
        for _ in 0..actions.min(MAX_TRAFFIC) {
            // What comes depends on the moment alone, also after a start that was due.
            let start = self.due_start();
            if start.is_some() {
                scheduler = traffic(SEED, self.step() + 1);
            }
            let Some(action) = start.or_else(|| scheduler.next(self.world())) else { break };
            if !self.act(action) {
                break;
            }
        }
    }

    fn scheduler(&self) -> Traffic {
        traffic(SEED, self.step())
    }
}

/// The traffic of a seed after so many steps.
pub(crate) fn traffic(seed: u64, step: usize) -> Traffic {
    Traffic::new(seed, step as u64, MOST)
}
