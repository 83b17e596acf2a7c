//! The tree itself: what came before a moment and after it, on whatever branch, and the run that leads there.

use super::{History, NodeId};
use crate::algorithm::Algorithm;
use crate::trace::Trace;

impl<A: Algorithm> History<A> {
    /// All moments in the order in which they came about: a moment after the one that it follows.
    pub fn moments(&self) -> impl ExactSizeIterator<Item = NodeId> + use<A> {
        (0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)).map(NodeId)
    }

    /// Whether it is a moment of this history.
    #[must_use]
    pub fn has(&self, node: NodeId) -> bool {
        node.index() < self.nodes.len()
    }

    /// The moment before; the start comes before itself.
    #[must_use]
    pub fn before(&self, node: NodeId) -> NodeId {
        self.node(node).parent
    }

    /// The run from the start to a moment on any branch.
    #[must_use]
    pub fn trace_of(&self, node: NodeId) -> Trace<'_> {
        let steps = self.path(node).into_iter().filter_map(|id| self.step_to(id));
        Trace { system: self.world.system(), steps: steps.collect() }
    }
}
