//! The tree itself: what came before a moment and after it, on whatever branch, and the run that leads there.

use super::{History, NodeId};
use crate::action::Action;
use crate::algorithm::Algorithm;
use crate::trace::Trace;
use crate::world::World;

impl NodeId {
    /// Its place in the order in which the moments of a history came about; the start has 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

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

    /// The moments right after, in the order in which they came about.
    #[must_use]
    pub fn children(&self, node: NodeId) -> &[NodeId] {
        &self.node(node).children
    }

    /// The run from the start to a moment on any branch.
    #[must_use]
    pub fn trace_of(&self, node: NodeId) -> Trace<'_> {
        let steps = self.path(node).into_iter().filter_map(|id| self.step_to(id));
        Trace { system: self.world.system(), steps: steps.collect() }
    }

    /// The world at a moment on any branch, replayed from the nearest copy before it. The present moment stays.
    #[must_use]
    pub fn world_at(&self, node: NodeId) -> World<A> {
        let path = self.path(node);
        let copies = path.iter().enumerate().rev();
        let nearest = copies.filter_map(|(at, id)| Some((at, self.keyframes.get(id)?))).next();
        let (from, mut world) = nearest.map_or_else(|| (0, self.world.clone()), |(at, world)| (at, world.clone()));
        let mut unused = Vec::new();
        let actions = path[from + 1..].iter().filter_map(|id| self.node(*id).action);
        actions.for_each(|action: Action| {
            unused.clear();
            // It was accepted in this very state, so it cannot be refused.
            let accepted = world.apply(action, &mut unused);
            debug_assert_eq!(accepted, Ok(()));
        });
        world
    }
}
