//! How far long work has come, on stderr and only if it lasts.

use clap::Args;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;
#[expect(
    clippy::disallowed_types,
    reason = "only what is told while one waits depends on the time, and when to stop"
)]
use std::time::Instant;

/// After how long one wants to know, and how often.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Patience {
    /// After how many milliseconds to tell on stderr how far the work is, and how often
    #[arg(long, value_name = "MS", default_value_t = 1000, value_parser = clap::value_parser!(u64).range(1..))]
    progress: u64,
}

impl Patience {
    fn span(self) -> Duration {
        Duration::from_millis(self.progress)
    }

    /// Does some work and tells meanwhile how far it is, by a counter that the work keeps: so many of these.
    pub(crate) fn telling<T>(self, name: &str, of_these: &str, work: impl FnOnce(&AtomicU64) -> T) -> T {
        let counter = AtomicU64::new(0);
        let (done, waiting) = mpsc::channel::<()>();
        std::thread::scope(|scope| {
            let counter = &counter;
            scope.spawn(move || {
                let mut passed = Duration::ZERO;
                while waiting.recv_timeout(self.span()) == Err(RecvTimeoutError::Timeout) {
                    passed += self.span();
                    let count = counter.load(Ordering::Relaxed);
                    eprintln!("{name}: {count} {of_these} ({} s)", passed.as_secs());
                }
            });
            let found = work(counter);
            drop(done);
            found
        })
    }
}

/// A clock for work under a name.
#[expect(clippy::disallowed_types, reason = "as above")]
pub(crate) struct Watch {
    name: &'static str,
    begun: Instant,
    told: Instant,
    limit: Option<Duration>,
    patience: Patience,
}

impl Watch {
    #[expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "as above")]
    pub(crate) fn start(name: &'static str, limit: Option<Duration>, patience: Patience) -> Self {
        let now = Instant::now();
        Self { name, begun: now, told: now, limit, patience }
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
        if self.told.elapsed() >= self.patience.span() {
            self.told = Instant::now();
            eprintln!("{}: {} ({} s)", self.name, how_far(), self.begun.elapsed().as_secs());
        }
    }
}
