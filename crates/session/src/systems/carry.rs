//! What the application did in one system, done again in another.

use crate::session::Session;
use cutline_core::algorithm::Algorithm;
use cutline_core::scheduler::Schedule;
use cutline_core::{Action, ChannelId, History, Method};
use std::collections::BTreeSet;

/// So many steps are done again at most.
const MAX_STEPS: usize = 5000;

impl Session {
    /// Has this system go along with what the application did in another run, and what it was to do there after the present,
    /// which it goes to.
    pub(super) fn carry_over(&mut self, from: &History<Method>) {
        let done = self.again(from, from.step());
        let whole = if from.step() < from.len() { self.again(from, from.len()) } else { done.clone() };
        // Where the two would not agree on what was done, only that counts.
        let actions = if whole.starts_with(&done) { whole } else { done.clone() };
        for action in actions {
            // Done once already, on a world like this one.
            _ = self.history.act(action);
        }
        self.history.seek(done.len());
    }

    /// What the application did in so many steps of another run, as it is done here.
    fn again(&self, from: &History<Method>, steps: usize) -> Vec<Action> {
        let mut trace = from.trace_to(steps);
        let there = &trace.system.topology;
        let topology = self.topology();
        // The control channels of one algorithm are not those of another.
        let is_here = |channel: ChannelId| {
            channel.index() < topology.channel_count() && topology.channel(channel).name == there.channel(channel).name
        };
        // Where everybody starts by itself, the first start is the reader's; and some algorithms know but one initiator.
        let joins = !is_by_each(from.world().algorithm()) && !self.world().algorithm().has_one_initiator();
        let mut begun = BTreeSet::new();
        let mut is_kept = |action: Action| match action {
            Action::Initiate { snapshot, .. } => begun.insert(snapshot) || joins,
            _ => true,
        };
        trace.steps.retain(|step| channel_of(step.action).is_none_or(is_here) && is_kept(step.action));
        let schedule = Schedule::of(&trace);
        let (actions, _) = schedule.play(self.history.world(), MAX_STEPS);
        actions
    }
}

/// The channel that an action is about.
fn channel_of(action: Action) -> Option<ChannelId> {
    match action {
        Action::Send { channel, .. }
        | Action::Deliver { channel, .. }
        | Action::Lose { channel, .. }
        | Action::Corrupt { channel, .. }
        | Action::Duplicate { channel, .. }
        | Action::SendAgain { channel, .. } => Some(channel),
        _ => None,
    }
}

/// Whether everybody starts every snapshot by itself, so that the starts beside the first are the algorithm's own.
pub(crate) fn is_by_each(method: &Method) -> bool {
    matches!(method, Method::Naive(_) | Method::GlobalClock(_) | Method::IndexBased(_))
}
