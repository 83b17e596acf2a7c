//! All consistent cuts, one from the other.

use super::cut::Cut;
use super::order::EventOrder;

impl EventOrder {
    /// The consistent cuts in lexical order, each found from the one before it alone (Garg 2003). Takes time in the
    /// square of the number of processes for each cut, and no memory.
    #[must_use]
    pub fn lexical(&self) -> LexicalCuts<'_> {
        LexicalCuts { order: self, next: Some(self.bottom()) }
    }

    /// The consistent cut that follows in lexical order: the last process that can go on does so, those after it
    /// fall back to what the ones before them know of.
    fn lexical_successor(&self, cut: &Cut) -> Option<Cut> {
        let counts = cut.counts();
        let knows_only = |process: usize| {
            let clock = self.clock_after(process, counts[process] + 1)?;
            (0..process).all(|before| clock[before] <= counts[before]).then_some(process)
        };
        let advancing = (0..counts.len()).rev().find_map(knows_only)?;
        let mut next = counts.to_vec();
        next[advancing] += 1;
        next[advancing + 1..].fill(0);
        Some(self.min_above(&Cut::of(next)))
    }
}

/// The consistent cuts in lexical order. Made by [`EventOrder::lexical`].
#[derive(Clone, Debug)]
pub struct LexicalCuts<'a> {
    order: &'a EventOrder,
    next: Option<Cut>,
}

impl Iterator for LexicalCuts<'_> {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        let cut = self.next.take()?;
        self.next = self.order.lexical_successor(&cut);
        Some(cut)
    }
}
