//! Snapshots that are started by themselves, as the scenario says: when the next one is due.

use crate::session::Session;
use cutline_core::scheduler::Policy;
use cutline_core::world::Waiting;
use cutline_core::{Action, ProcessId, SnapshotId};

impl Session {
    /// When snapshots are started by themselves; none if the reader starts them.
    pub(crate) fn policy(&self) -> Option<&Policy> {
        self.listed().scenario.policy.as_ref()
    }

    /// The start that the scenario's policy wants now: the next snapshot, or a further process that joins the last one. It
    /// depends on the moment alone.
    pub(crate) fn due_start(&self) -> Option<Action> {
        let policy = self.policy()?;
        let allowed = |(process, snapshot): (ProcessId, SnapshotId)| {
            let action = Action::Initiate { process, snapshot };
            self.world().check(action).is_ok().then_some(action)
        };
        if let Some((snapshot, joining)) = self.joining(policy)
            && let Some(action) = joining.iter().find_map(|process| allowed((*process, snapshot)))
        {
            return Some(action);
        }
        let next = self.next_snapshot();
        let is_due = next.0 < policy.most && self.steps_since_start(policy.every) >= policy.every as usize;
        let first = policy.by.first().filter(|_| is_due && self.has_room(policy))?;
        allowed((*first, next))
    }

    /// The snapshot that was started just now by the first of those who start them, and those who are still to join.
    fn joining<'a>(&self, policy: &'a Policy) -> Option<(SnapshotId, &'a [ProcessId])> {
        let mut step = self.step();
        let Action::Initiate { process: last, snapshot } = self.start_at(step)? else { return None };
        let place = policy.by.iter().position(|process| *process == last)?;
        // Only where the first of them has begun it, and nothing else has happened since.
        while self.start_at(step).is_some_and(|start| start != Action::Initiate { process: policy.by[0], snapshot }) {
            step -= 1;
        }
        self.start_at(step)?;
        Some((snapshot, &policy.by[place + 1..]))
    }

    fn start_at(&self, step: usize) -> Option<Action> {
        let action = (step > 0).then(|| self.history.step_at(step).0)?;
        matches!(action, Action::Initiate { .. }).then_some(action)
    }

    /// How many steps were taken since a snapshot was started, or since the beginning; no more than `most` are counted.
    fn steps_since_start(&self, most: u32) -> usize {
        let (now, most) = (self.step(), most as usize);
        let since = (0..most.min(now)).find(|back| self.start_at(now - back).is_some());
        since.unwrap_or(most.min(now))
    }

    /// Whether little enough is under way.
    fn has_room(&self, policy: &Policy) -> bool {
        let Some(load) = policy.load else { return true };
        let is_message = |item: &Waiting| matches!(item, Waiting::Message(_));
        let waiting = |channel| self.world().in_channel(channel).filter(is_message).count();
        self.topology().channels().map(waiting).sum::<usize>() <= load as usize
    }
}
