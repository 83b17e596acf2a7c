//! Snapshots by policy: every so many steps, or when little is under way.

use super::Scheduler;
use crate::action::Action;
use crate::algorithm::Algorithm;
use crate::ids::{ProcessId, SnapshotId};
use crate::world::{Waiting, World};

/// When snapshots are started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// So many steps after the last one was started, or after the start of the run; at least 1.
    pub every: u32,
    /// Not while more application messages than this are under way, if that matters.
    pub load: Option<u32>,
    /// How many in all.
    pub most: u16,
    /// Who starts each.
    pub by: Vec<ProcessId>,
}

impl Policy {
    /// Whether little enough is under way.
    fn allows<A: Algorithm>(&self, world: &World<A>) -> bool {
        let Some(load) = self.load else { return true };
        let is_message = |item: &Waiting| matches!(item, Waiting::Message(_));
        let channels = world.topology().channels();
        let under_way: usize = channels.map(|channel| world.in_channel(channel).filter(is_message).count()).sum();
        under_way <= load as usize
    }
}

/// Leaves all to another scheduler, and starts snapshots in between. Where the algorithm does not allow one yet, it is
/// started as soon as it does.
#[derive(Debug)]
pub struct Periodic<S> {
    inner: S,
    policy: Policy,
    since: u32,
    begun: u16,
    /// Who is still to start the last one.
    joining: Vec<(ProcessId, SnapshotId)>,
}

impl<S> Periodic<S> {
    /// Starts snapshots in what this scheduler does.
    #[must_use]
    pub fn new(inner: S, policy: Policy) -> Self {
        Self { inner, policy, since: 0, begun: 0, joining: Vec::new() }
    }

    /// Whether all snapshots of the policy have been started.
    #[must_use]
    pub fn is_through(&self) -> bool {
        self.begun == self.policy.most && self.joining.is_empty()
    }

    fn start<A: Algorithm>(&mut self, world: &World<A>) -> Option<Action> {
        let due = self.begun < self.policy.most && self.since >= self.policy.every.max(1);
        if self.joining.is_empty() && due && self.policy.allows(world) {
            let snapshot = SnapshotId::at(world.snapshots().len());
            self.joining = self.policy.by.iter().rev().map(|process| (*process, snapshot)).collect();
        }
        while let Some(&(process, snapshot)) = self.joining.last() {
            let action = Action::Initiate { process, snapshot };
            let is_first = self.joining.len() == self.policy.by.len();
            if world.check(action).is_ok() {
                self.joining.pop();
                if is_first {
                    (self.since, self.begun) = (0, self.begun + 1);
                }
                return Some(action);
            }
            if is_first {
                self.joining.clear();
            } else {
                // It has recorded already, or cannot join any more.
                self.joining.pop();
            }
        }
        None
    }
}

impl<A: Algorithm, S: Scheduler<A>> Scheduler<A> for Periodic<S> {
    fn next(&mut self, world: &World<A>) -> Option<Action> {
        if let Some(action) = self.start(world) {
            return Some(action);
        }
        self.since = self.since.saturating_add(1);
        self.inner.next(world)
    }
}
