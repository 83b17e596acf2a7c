//! The cores of this machine, shared out among the views that are explored at the same time.

use cutline_core::explore::Hands;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The cores that nobody uses.
#[derive(Debug)]
pub(crate) struct Crew {
    idle: AtomicUsize,
}

impl Crew {
    /// So many threads, one of which is the caller's.
    pub(crate) fn new(threads: usize) -> Self {
        Self { idle: AtomicUsize::new(threads.saturating_sub(1)) }
    }

    /// Takes one for work of its own, if there is one.
    pub(crate) fn hire(&self) -> bool {
        self.idle.fetch_update(Ordering::AcqRel, Ordering::Acquire, |idle| idle.checked_sub(1)).is_ok()
    }

    /// Gives it back.
    pub(crate) fn release(&self) {
        self.idle.fetch_add(1, Ordering::AcqRel);
    }
}

impl Hands for Crew {
    fn count(&self) -> usize {
        1 + self.idle.load(Ordering::Acquire)
    }

    fn each<T: Send, R: Send>(&self, pieces: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
        let mut pieces: Vec<Option<T>> = pieces.into_iter().map(Some).collect();
        let share = pieces.len().div_ceil(self.count()).clamp(1, pieces.len().max(1));
        let work = &work;
        let one_hand =
            |share: &mut [Option<T>]| share.iter_mut().filter_map(Option::take).map(work).collect::<Vec<R>>();
        let own = share.min(pieces.len());
        let (own, others) = pieces.split_at_mut(own);
        std::thread::scope(|scope| {
            let others: Vec<_> = others
                .chunks_mut(share)
                .map(|others| {
                    let hired = self.hire();
                    (hired, scope.spawn(move || one_hand(others)))
                })
                .collect();
            let mut done = one_hand(own);
            for (hired, other) in others {
                done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
                if hired {
                    self.release();
                }
            }
            done
        })
    }
}
