//! Every action of a run, as a tree: going back and acting differently begins a branch, and nothing is lost.

mod ends;
mod tree;

pub use ends::End;
pub use tree::Taken;

use crate::action::Action;
use crate::algorithm::Algorithm;
use crate::event::Event;
use crate::rejected::Rejected;
use crate::trace::{Step, Trace};
use crate::world::World;
use std::collections::BTreeMap;
use std::ops::Range;

mod paths;
mod riding;

/// The most actions that a history holds, over all its branches.
pub const MAX_ACTIONS: u32 = 2_000_000;
/// After how many actions a copy of the world is kept, from which any later moment is replayed. Doubles whenever the
/// copies weigh too much.
const KEYFRAME_EVERY: usize = 256;
/// What all copies together may weigh, in bytes, about. A run comes near it only where worlds are large: hundreds of thousands
/// of messages under way, or dozens of snapshots over a thousand channels.
const KEYFRAMES_WEIGH: usize = 256 << 20;
/// How many copies there may be.
const KEYFRAMES: usize = 512;

/// A moment in a history: after one action, or at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct NodeId(u32);

/// The moment before the first action.
pub const START: NodeId = NodeId(0);

/// How far a history went at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    nodes: usize,
    ended: Vec<End>,
    tip: NodeId,
}

/// An append-only tree of actions with a place in it: the current branch, from the start to its end, and the
/// number of its steps that have been taken.
#[derive(Clone, Debug)]
pub struct History<A: Algorithm> {
    nodes: Vec<Node>,
    events: Vec<Event>,
    keyframes: BTreeMap<NodeId, World<A>>,
    /// What they weigh together.
    keyframes_weigh: usize,
    keyframe_every: usize,
    branch: Vec<NodeId>,
    /// Where branches end although others go on there, in the order in which they came to.
    ended: Vec<End>,
    step: usize,
    world: World<A>,
}

#[derive(Clone, Debug)]
struct Node {
    parent: NodeId,
    action: Option<Action>,
    events: Range<usize>,
    children: Vec<NodeId>,
    /// The child on the branch that was last followed through here; none if that one ends here.
    latest: Option<NodeId>,
}

impl<A: Algorithm> History<A> {
    /// A history that begins with this world.
    #[must_use]
    pub fn new(world: World<A>) -> Self {
        let start = Node { parent: START, action: None, events: 0..0, children: Vec::new(), latest: None };
        Self {
            nodes: vec![start],
            events: Vec::new(),
            keyframes: BTreeMap::from([(START, world.clone())]),
            keyframes_weigh: world.weight(),
            keyframe_every: KEYFRAME_EVERY,
            branch: vec![START],
            ended: Vec::new(),
            step: 0,
            world,
        }
    }

    /// Takes an action at the present moment. If it has been taken here before, its branch is followed; otherwise
    /// a new branch begins, and the old one stays. At the end of a branch, that branch grows, also where others went on.
    ///
    /// # Errors
    /// Why the world refuses it; then nothing has changed.
    pub fn act(&mut self, action: Action) -> Result<(), Rejected> {
        let end = (self.step == self.len()).then(|| self.here());
        self.take(action)?;
        self.ended.retain(|ended| Some(ended.node) != end);
        Ok(())
    }

    /// Takes an action, and lets no branch grow that ended here.
    pub(crate) fn take(&mut self, action: Action) -> Result<(), Rejected> {
        if let Some(known) = self.child_by(action) {
            // Switching walks the whole branch, which following it step by step should not.
            if self.branch.get(self.step + 1) != Some(&known) {
                self.follow(known);
            }
            self.seek(self.step + 1);
            return Ok(());
        }
        let id = u32::try_from(self.nodes.len()).unwrap_or(MAX_ACTIONS);
        if id >= MAX_ACTIONS {
            return Err(Rejected::TooLong { limit: MAX_ACTIONS });
        }
        let first = self.events.len();
        self.world.apply(action, &mut self.events)?;
        let (id, parent) = (NodeId(id), self.here());
        let events = first..self.events.len();
        self.nodes.push(Node { parent, action: Some(action), events, children: Vec::new(), latest: None });
        let parent = self.node_mut(parent);
        parent.children.push(id);
        parent.latest = Some(id);
        self.branch.truncate(self.step + 1);
        self.branch.push(id);
        self.step += 1;
        if self.step.is_multiple_of(self.keyframe_every) {
            self.keyframes.insert(id, self.world.clone());
            self.keyframes_weigh += self.world.weight();
            self.thin_keyframes();
        }
        Ok(())
    }

    /// Drops every second copy of the world while there are too many. The one at the start stays.
    fn thin_keyframes(&mut self) {
        let is_too_much = |history: &Self| {
            history.keyframes.len() > KEYFRAMES
                || history.keyframes_weigh > KEYFRAMES_WEIGH && history.keyframes.len() > 2
        };
        while is_too_much(self) {
            let mut keep = false;
            self.keyframes.retain(|_, _| {
                keep = !keep;
                keep
            });
            self.weigh_keyframes();
            self.keyframe_every *= 2;
        }
    }

    fn weigh_keyframes(&mut self) {
        self.keyframes_weigh = self.keyframes.values().map(World::weight).sum();
    }

    /// Goes to the moment after `step` actions of the current branch, or to its end if it is shorter. Replays from the
    /// nearest copy of the world before it.
    pub fn seek(&mut self, step: usize) {
        let target = step.min(self.len());
        let from = if target < self.step { None } else { Some(self.step) };
        let keyframe = (from.unwrap_or(0)..=target)
            .rev()
            .find_map(|at| self.keyframes.get(&self.branch[at]).filter(|_| Some(at) != from).map(|world| (at, world)));
        let mut at = self.step;
        if let Some((found, world)) = keyframe {
            // The memory of the world that is left is free again before the other one is copied.
            self.world = self.keyframes[&START].clone();
            (at, self.world) = (found, world.clone());
        }
        let mut unused = Vec::new();
        while at < target {
            at += 1;
            unused.clear();
            let action = self.node(self.branch[at]).action;
            // An action in the tree was accepted in this very state, so it cannot be refused.
            let accepted = action.map(|action| self.world.apply(action, &mut unused));
            debug_assert_eq!(accepted, Some(Ok(())));
        }
        self.step = target;
    }

    /// The action of a step of the current branch, counted from 1, and what it brought about.
    ///
    /// # Panics
    /// If the branch has no such step.
    #[must_use]
    pub fn step_at(&self, step: usize) -> (Action, &[Event]) {
        let node = self.node(self.branch[step]);
        (node.action.expect("only the start has no action"), &self.events[node.events.clone()])
    }

    /// What the last action brought about; nothing at the start.
    #[must_use]
    pub fn happened(&self) -> &[Event] {
        &self.events[self.node(self.here()).events.clone()]
    }

    /// How far the history goes by now, to come back to with [`History::forget`].
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark { nodes: self.nodes.len(), ended: self.ended.clone(), tip: self.tip() }
    }

    /// Forgets every moment that was added since `mark` was taken of this history, and makes the branch of then the
    /// current one. The present moment stays if it lies on that branch and otherwise becomes the place where the two part.
    /// Takes time in the length of the branch and in what is forgotten.
    pub fn forget(&mut self, mark: &Mark) {
        let added = |id: NodeId| id.index() >= mark.nodes;
        let kept = self.branch.iter().take_while(|id| !added(**id)).count();
        self.seek(self.step.min(kept - 1));
        self.branch.truncate(kept);
        self.ended.clone_from(&mark.ended);
        if let Some(first) = self.nodes.get(mark.nodes) {
            self.events.truncate(first.events.start);
            let forgotten = self.nodes.split_off(mark.nodes);
            for parent in forgotten.iter().map(|node| node.parent).filter(|parent| !added(*parent)) {
                let ended = self.ends_at(parent);
                let parent = self.node_mut(parent);
                parent.children.retain(|child| !added(*child));
                if parent.latest.is_some_and(added) {
                    parent.latest = parent.children.last().copied().filter(|_| !ended);
                }
            }
            self.keyframes.retain(|id, _| !added(*id));
            self.weigh_keyframes();
        }
        self.switch_to(mark.tip);
    }

    /// Makes the branch that ends at `node` the current one, or else the one that was last followed through it. The present
    /// moment stays if it lies on that branch and otherwise becomes the place where the two part.
    pub fn switch_to(&mut self, node: NodeId) {
        if self.ends_at(node) {
            self.node_mut(node).latest = None;
        }
        self.follow(node);
    }

    /// Makes the branch that was last followed through `node` the current one.
    fn follow(&mut self, node: NodeId) {
        let mut path = self.path(node);
        let parted = path.iter().zip(&self.branch).take_while(|(new, old)| new == old).count();
        self.seek(self.step.min(parted.saturating_sub(1)));
        for pair in path.windows(2) {
            self.node_mut(pair[0]).latest = Some(pair[1]);
        }
        let mut last = node;
        while let Some(next) = self.node(last).latest {
            path.push(next);
            last = next;
        }
        self.branch = path;
    }

    /// The world at the present moment.
    #[must_use]
    pub fn world(&self) -> &World<A> {
        &self.world
    }

    /// How many actions of the current branch have been taken.
    #[must_use]
    pub fn step(&self) -> usize {
        self.step
    }

    /// How many actions the current branch has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.branch.len() - 1
    }

    /// Whether the current branch has no action.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The present moment.
    #[must_use]
    pub fn here(&self) -> NodeId {
        self.branch[self.step]
    }

    /// The moments that follow the present one, one for each branch that passes through here.
    #[must_use]
    pub fn branches_here(&self) -> &[NodeId] {
        &self.node(self.here()).children
    }

    /// The end of the current branch.
    #[must_use]
    pub fn tip(&self) -> NodeId {
        self.branch[self.len()]
    }

    /// The moment after so many steps of the current branch; none if it is shorter.
    #[must_use]
    pub fn moment(&self, step: usize) -> Option<NodeId> {
        self.branch.get(step).copied()
    }

    /// The moments from the start to this one. Takes time in their number.
    #[must_use]
    pub fn path(&self, node: NodeId) -> Vec<NodeId> {
        let mut path = vec![node];
        while let Some(&last) = path.last().filter(|last| **last != START) {
            path.push(self.node(last).parent);
        }
        path.reverse();
        path
    }

    /// The step that led to a moment; none for the start.
    #[must_use]
    pub fn step_to(&self, node: NodeId) -> Option<Step<'_>> {
        let node = self.node(node);
        Some(Step { action: node.action?, events: &self.events[node.events.clone()] })
    }

    /// The step that led to the present moment; none at the start. Takes no time, unlike [`History::trace`].
    #[must_use]
    pub fn last_step(&self) -> Option<Step<'_>> {
        self.step_to(self.here())
    }

    /// The run up to the present moment. Takes time in the number of its steps.
    #[must_use]
    pub fn trace(&self) -> Trace<'_> {
        self.trace_to(self.step)
    }

    /// The run along the current branch up to this step, which may lie after the present moment.
    #[must_use]
    pub fn trace_to(&self, step: usize) -> Trace<'_> {
        let taken = &self.branch[1..=step.min(self.len())];
        let steps = taken.iter().filter_map(|id| self.step_to(*id));
        Trace { system: self.world.system(), steps: steps.collect() }
    }

    /// The events of one step of the current branch; none of step 0, or beyond the end.
    #[must_use]
    pub fn events_of(&self, step: usize) -> &[Event] {
        let node = self.branch.get(step).map(|id| self.node(*id));
        node.map_or(&[], |node| &self.events[node.events.clone()])
    }

    fn child_by(&self, action: Action) -> Option<NodeId> {
        self.branches_here().iter().copied().find(|child| self.node(*child).action == Some(action))
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.0 as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithms::chandy_lamport::ChandyLamport;
    use crate::computation::{Bank, Computation, Payload};
    use crate::ids::ChannelId;
    use crate::system::System;
    use crate::topology::{Order, Topology};

    /// Copies of a large world weigh more than there is room for: fewer are kept, and every step still opens.
    #[test]
    fn large_worlds_are_copied_less_often() {
        let mut topology = Topology::new();
        let processes: Vec<_> = (0..100).map(|at| topology.add_process(&at.to_string()).unwrap()).collect();
        for from in &processes {
            for to in processes.iter().filter(|to| *to != from) {
                topology.add_channel(None, *from, *to, Order::Fifo).unwrap();
            }
        }
        let computation = Computation::Bank(Bank::new(vec![1_000_000; 100]).unwrap());
        let system = System { topology, computation };
        let mut history = History::new(World::new(system.into(), ChandyLamport::default()));
        let send = |at: usize| Action::Send { channel: ChannelId::at(at % 9900), payload: Payload(1) };
        let steps = 80_000;
        (0..steps).for_each(|at| history.act(send(at)).unwrap());
        let weigh: usize = history.keyframes.values().map(World::weight).sum();
        assert!(weigh <= KEYFRAMES_WEIGH, "{} copies weigh {weigh}", history.keyframes.len());
        assert_eq!(weigh, history.keyframes_weigh);
        assert!(weigh > KEYFRAMES_WEIGH / 4, "room for more copies was left: {weigh}");
        assert!(history.keyframe_every > KEYFRAME_EVERY && history.keyframes.contains_key(&START));
        let end = history.world().clone();
        for step in [steps - 1, 0, KEYFRAME_EVERY, steps / 2] {
            history.seek(step);
            assert_eq!(history.step(), step);
        }
        history.seek(steps);
        assert_eq!(history.world(), &end);
    }
}
