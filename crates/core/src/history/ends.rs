//! Where branches end. Most do so at a moment that nothing follows; one that is the beginning of another ends where that goes on.

use super::{History, NodeId};
use crate::algorithm::Algorithm;

/// The end of a branch at a moment from which others go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// Its last moment.
    pub node: NodeId,
    /// The newest moment of the history when the branch came to end there.
    pub newest: NodeId,
}

impl<A: Algorithm> History<A> {
    /// Makes the present moment the end of a branch, the current one, even where others go on.
    pub fn end_here(&mut self) {
        if self.step < self.len() {
            let newest = self.moments().last().unwrap_or_default();
            self.add_end(End { node: self.here(), newest });
            self.prefer_end(self.here());
        }
    }

    /// Adds the end of a branch without going there. Nothing changes where no other branch goes on, and where one ends already.
    pub fn add_end(&mut self, end: End) {
        if !self.children(end.node).is_empty() && !self.ends_at(end.node) {
            let newest = if self.has(end.newest) { end.newest.max(end.node) } else { end.node };
            self.ended.push(End { newest, ..end });
        }
    }

    /// Lets the way from a moment lead nowhere, as if one had last followed the branch that ends there, without going
    /// anywhere. It is left undone where none ends, or where the present moment would no longer lie on the current branch.
    pub fn prefer_end(&mut self, node: NodeId) {
        let on_branch = self.branch.iter().position(|on| *on == node);
        if self.ends_at(node) && on_branch.is_none_or(|at| at >= self.step) {
            self.node_mut(node).latest = None;
            self.branch.truncate(on_branch.map_or(usize::MAX, |at| at + 1));
        }
    }

    /// The ends of branches at moments from which others go on, in the order in which they came to be.
    pub fn ends(&self) -> impl Iterator<Item = End> + '_ {
        self.ended.iter().copied().filter(|end| !self.children(end.node).is_empty())
    }

    /// The end of every branch, in the order of the moments.
    pub fn tips(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.moments().filter(|node| self.is_tip(*node))
    }

    /// Whether a branch ends at this moment.
    #[must_use]
    pub fn is_tip(&self, node: NodeId) -> bool {
        self.has(node) && (self.children(node).is_empty() || self.ends_at(node))
    }

    /// How many branches there are in all.
    #[must_use]
    pub fn branch_count(&self) -> usize {
        self.tips().count()
    }

    pub(super) fn ends_at(&self, node: NodeId) -> bool {
        self.ended.iter().any(|end| end.node == node)
    }
}
