//! How far long work has come, on stderr and only if it lasts.

use std::time::Duration;
#[expect(
    clippy::disallowed_types,
    reason = "only what is told while one waits depends on the time, and when to stop"
)]
use std::time::Instant;

/// After how long one wants to know, and how often.
const PATIENCE: Duration = Duration::from_secs(1);

/// A clock for work under a name.
#[expect(clippy::disallowed_types, reason = "as above")]
pub(crate) struct Watch {
    name: &'static str,
    begun: Instant,
    told: Instant,
    limit: Option<Duration>,
}

impl Watch {
    #[expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "as above")]
    pub(crate) fn start(name: &'static str, limit: Option<Duration>) -> Self {
        let now = Instant::now();
        Self { name, begun: now, told: now, limit }
    }

    /// What is left of a time, in which this work took its part.
    pub(crate) fn left_of(&self, limit: Option<Duration>) -> Option<Duration> {
        limit.map(|limit| limit.saturating_sub(self.begun.elapsed()))
    }

    /// Whether the time that was given is over.
    pub(crate) fn is_over(&self) -> bool {
        self.limit.is_some_and(|limit| self.begun.elapsed() >= limit)
    }

    /// Tells how far it is, now and then.
    #[expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "as above")]
    pub(crate) fn tell(&mut self, how_far: impl FnOnce() -> String) {
        if self.told.elapsed() >= PATIENCE {
            self.told = Instant::now();
            eprintln!("{}: {} ({} s)", self.name, how_far(), self.begun.elapsed().as_secs());
        }
    }
}
