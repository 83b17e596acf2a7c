//! The tree of branches: where each leaves another, how long it is, and how two of them compare.

mod compare;

pub use compare::{Comparison, Line, SnapshotComparison};

use crate::catalogue::Key;
use crate::catalogue::branches::BranchText;
use crate::catalogue::roles::RoleText;
use crate::session::Session;
use cutline_core::event::ControlRole;
use cutline_core::history::{End, NodeId, START};
use cutline_core::{ChannelId, Event, Payload};
use std::cell::RefCell;
use std::rc::Rc;

/// What the reader does with branches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BranchMsg {
    /// Open or close the tree.
    Toggle,
    /// To the branch that ends here. The present moment stays where both have it.
    Switch(NodeId),
}

/// A branch: from where it leaves another one to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Its last moment.
    pub tip: NodeId,
    /// The first moment that is its own; none if it is the beginning of the one that it leaves.
    pub first: Option<NodeId>,
    /// The branch that it leaves, by its place in the tree; none for the first.
    pub leaves: Option<usize>,
    /// After how many steps it leaves that one.
    pub forks_at: usize,
    /// How many steps it has, from the start of the run.
    pub steps: usize,
}

/// The part of the session that branches are about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Branches {
    open: bool,
    /// The tree when the history had so many moments, and these ends of branches where others go on.
    tree: RefCell<(usize, Vec<End>, Rc<[Branch]>)>,
    pub(crate) compared: RefCell<Option<compare::Known>>,
}

impl Branches {
    /// Moments have been made and forgotten, so that what is known of one may be about another now.
    pub(crate) fn forget(&self) {
        self.tree.take();
        self.compared.take();
    }
}

impl Session {
    pub(crate) fn on_branch(&mut self, msg: BranchMsg) {
        match msg {
            BranchMsg::Toggle => self.branches.open = !self.branches.open,
            BranchMsg::Switch(node) => self.switch(node),
        }
    }

    /// Closes the menu, or else the tree.
    pub(crate) fn close(&mut self) {
        if self.menu.is_none() && !self.editing.is_open() {
            self.branches.open = false;
        }
        self.close_menus();
    }

    fn switch(&mut self, node: NodeId) {
        let left = self.history.tip();
        if self.history.has(node) && node != left {
            self.history.switch_to(node);
            self.look.compare(Some(left));
        }
    }

    pub(crate) fn next_branch(&mut self) {
        let tree = self.branch_tree();
        let next = &tree[(self.branch().0 + 1) % tree.len()];
        self.switch(next.tip);
        self.seek(self.steps());
    }

    /// Takes note that what was done has led away from the branch that ended here, which stays to be compared with.
    pub(crate) fn left_branch(&mut self, tip: NodeId) {
        if self.history.tip() != tip && self.history.is_tip(tip) {
            self.look.compare(Some(tip));
        }
    }

    /// All branches in the order in which they were begun. O(moments), found once for each length of the history.
    #[must_use]
    pub fn branch_tree(&self) -> Rc<[Branch]> {
        let moments = self.history().moments().len();
        let mut known = self.branches.tree.borrow_mut();
        if known.0 != moments || !self.history().ends().eq(known.1.iter().copied()) {
            *known = (moments, self.history().ends().collect(), self.find_branches().into());
        }
        known.2.clone()
    }

    fn find_branches(&self) -> Vec<Branch> {
        let history = self.history();
        let moments = history.moments().len();
        // The branch that a moment belongs to, and its step. The first way on belongs to the same branch.
        let (mut branch_of, mut step_of) = (vec![0_usize; moments], vec![0_usize; moments]);
        let mut branches = vec![Branch { tip: START, first: Some(START), leaves: None, forks_at: 0, steps: 0 }];
        let mut ends = history.ends().peekable();
        for node in history.moments().skip(1) {
            let before = history.before(node);
            let (from, step) = (branch_of[before.index()], step_of[before.index()] + 1);
            let own = if history.children(before).first() == Some(&node) { from } else { branches.len() };
            if own == branches.len() {
                branches.push(Branch {
                    tip: node,
                    first: Some(node),
                    leaves: Some(from),
                    forks_at: step - 1,
                    steps: step,
                });
            }
            (branches[own].tip, branches[own].steps) = (node, step);
            (branch_of[node.index()], step_of[node.index()]) = (own, step);
            while let Some(End { node: tip, .. }) = ends.next_if(|end| end.newest <= node) {
                let (leaves, steps) = (Some(branch_of[tip.index()]), step_of[tip.index()]);
                branches.push(Branch { tip, first: None, leaves, forks_at: steps, steps });
            }
        }
        branches
    }

    /// Which branch is the current one, counted from 0, and how many there are.
    #[must_use]
    pub fn branch(&self) -> (usize, usize) {
        let tree = self.branch_tree();
        let tip = self.history().tip();
        (tree.iter().position(|branch| branch.tip == tip).unwrap_or(0), tree.len())
    }

    /// The end of the branch that the current one is compared with, if there is one.
    #[must_use]
    pub fn ghost(&self) -> Option<NodeId> {
        self.compared().filter(|tip| self.history().is_tip(*tip) && *tip != self.history().tip())
    }

    /// Whether the tree of branches is open.
    #[must_use]
    pub fn shows_branches(&self) -> bool {
        self.branches.open && self.branch().1 > 1
    }

    /// What was done to come to a moment, in a few words.
    #[must_use]
    pub fn deed(&self, node: NodeId) -> String {
        let step = self.history().step_to(node);
        let event = step.and_then(|step| step.events.first().copied());
        event.map(|event| self.deed_words(event)).unwrap_or_default()
    }

    fn deed_words(&self, event: Event) -> String {
        match event {
            Event::Sent { channel, payload, .. } => {
                self.crossing_deed(BranchText::DeedSent, channel, Some(payload), "")
            }
            Event::Received { channel, payload, .. } => {
                self.crossing_deed(BranchText::DeedReceived, channel, Some(payload), "")
            }
            Event::ControlReceived { channel, role, .. } => {
                let n = Self::number(role.snapshot());
                match role {
                    ControlRole::Marker(_) => self.crossing_deed(BranchText::DeedMarker, channel, None, &n),
                    ControlRole::Report { .. } => self.crossing_deed(BranchText::DeedReport, channel, None, &n),
                    other => {
                        let ends = self.topology().channel(channel);
                        let (p, q) = (self.process_name(ends.from), self.process_name(ends.to));
                        self.say(RoleText::Deed, &[("what", &self.role_words(other)), ("p", &p), ("q", &q)])
                    }
                }
            }
            Event::Acted { process, state, .. } => {
                let values = [("p", &*self.process_name(process)), ("state", &self.state_words(state))];
                self.say(BranchText::DeedActed, &values)
            }
            Event::Initiated { process, snapshot } => {
                let values = [("p", &*self.process_name(process)), ("n", &Self::number(snapshot))];
                self.say(BranchText::DeedStarted, &values)
            }
            Event::Restored { snapshot, .. } => self.say(BranchText::DeedRestored, &[("n", &Self::number(snapshot))]),
            Event::TimerRang { process, .. } => self.say(BranchText::DeedTimer, &[("p", &self.process_name(process))]),
            _ => String::new(),
        }
    }

    fn crossing_deed(&self, text: impl Key, channel: ChannelId, payload: Option<Payload>, n: &str) -> String {
        let ends = self.topology().channel(channel);
        let (p, q) = (self.process_name(ends.from), self.process_name(ends.to));
        let what = payload.map(|payload| self.payload_words(payload)).unwrap_or_default();
        self.say(text, &[("p", &p), ("q", &q), ("what", &what), ("n", n)])
    }
}
