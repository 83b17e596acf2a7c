//! Who does the work: one after the other, or several at the same time. There are no threads here; whoever has some
//! lends them.

/// Does the pieces of some work, in whatever order and at the same time or not.
pub trait Hands {
    /// How many pieces can be worked on at the same time; at least 1.
    fn count(&self) -> usize;

    /// Does each piece, and gives back what came of each, in the order of the pieces.
    fn each<T: Send, R: Send>(&self, pieces: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R>;
}

/// One thing after the other.
#[derive(Clone, Copy, Debug, Default)]
pub struct OneHand;

impl Hands for OneHand {
    fn count(&self) -> usize {
        1
    }

    fn each<T: Send, R: Send>(&self, pieces: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
        pieces.into_iter().map(work).collect()
    }
}
