//! The tree of a history as data, and what it takes to build it again elsewhere.

use super::{History, NodeId, START};
use crate::action::Action;
use crate::algorithm::Algorithm;
use crate::world::World;

/// One action of a history, in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The moment after it.
    pub node: NodeId,
    /// The moment before it.
    pub parent: NodeId,
    /// What was asked for.
    pub action: Action,
}

impl NodeId {
    /// The moment's number: 0 for the start, then counted in the order in which actions were first taken.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl<A: Algorithm> History<A> {
    /// Every action, in the order in which they were first taken; so each comes after the one before it.
    pub fn taken(&self) -> impl DoubleEndedIterator<Item = Taken> + '_ {
        let nodes = self.nodes.iter().enumerate();
        nodes.filter_map(|(at, node)| {
            let node_id = NodeId(u32::try_from(at).ok()?);
            Some(Taken { node: node_id, parent: node.parent, action: node.action? })
        })
    }

    /// How many actions there are over all branches.
    #[must_use]
    pub fn action_count(&self) -> usize {
        self.nodes.len() - 1
    }

    /// How many events have happened over all branches.
    #[must_use]
    pub fn event_count(&self) -> usize {
        self.events.len()
    }

    /// The moments of the current branch, the start and its end included.
    #[must_use]
    pub fn branch_nodes(&self) -> &[NodeId] {
        &self.branch
    }

    /// The moments that follow one, in the order in which they were first reached. None if there is no such moment.
    #[must_use]
    pub fn children(&self, node: NodeId) -> &[NodeId] {
        self.nodes.get(node.index()).map_or(&[], |node| &node.children)
    }

    /// The moment to which one comes next from this one, on the branch that was last followed through it.
    #[must_use]
    pub fn way_on(&self, node: NodeId) -> Option<NodeId> {
        self.nodes.get(node.index())?.latest
    }

    /// Makes `node` the way on from the moment before it, as if one had last gone there, without going anywhere. It
    /// is left undone where the present moment would no longer lie on the current branch.
    pub fn prefer(&mut self, node: NodeId) {
        let Some(parent) = self.nodes.get(node.index()).filter(|_| node != START).map(|node| node.parent) else {
            return;
        };
        let on_branch = self.branch.iter().position(|on| *on == parent);
        match on_branch {
            Some(at) if at < self.step => {}
            Some(at) => {
                self.node_mut(parent).latest = Some(node);
                self.branch.truncate(at + 1);
                while let Some(next) = self.branch.last().and_then(|last| self.node(*last).latest) {
                    self.branch.push(next);
                }
            }
            None => self.node_mut(parent).latest = Some(node),
        }
    }

    /// The world at any moment, replayed from the nearest copy before it. Takes time in the number of actions since
    /// that copy.
    ///
    /// # Panics
    /// If the moment is of another history and not of this one.
    #[must_use]
    pub fn world_at(&self, node: NodeId) -> World<A> {
        let mut path = Vec::new();
        let mut at = node;
        // There is always a copy at the start.
        let mut world = loop {
            if let Some(world) = self.keyframes.get(&at) {
                break world.clone();
            }
            path.push(at);
            at = self.node(at).parent;
        };
        let mut unused = Vec::new();
        for action in path.into_iter().rev().filter_map(|node| self.node(node).action) {
            unused.clear();
            let accepted = world.apply(action, &mut unused);
            debug_assert_eq!(accepted, Ok(()), "an action in the tree was accepted in this very state");
        }
        world
    }
}
