//! The part of a run in which a snapshot was taken: from the last restoration before it to the next.

use crate::bare::GlobalState;
use crate::event::Event;
use crate::ids::SnapshotId;
use crate::trace::{Step, Trace};

pub(super) struct Epoch<'a> {
    /// The restoration at its beginning; nothing at the start of the run.
    pub restoration: &'a [Event],
    /// The state at its beginning.
    pub start: GlobalState,
    /// The run since then.
    pub trace: Trace<'a>,
    /// How many steps of the whole run come before that.
    pub offset: usize,
}

impl<'a> Epoch<'a> {
    /// The epoch of a snapshot; the last one if it has not begun.
    pub(super) fn of(trace: &Trace<'a>, snapshot: SnapshotId) -> Self {
        let is_about = |event: &Event| event.snapshot() == Some(snapshot) && !is_restoration(event);
        let steps = &trace.steps;
        let begun = steps.iter().position(|step| step.events.iter().any(is_about)).unwrap_or(steps.len());
        let restores = |step: &Step<'_>| step.events.iter().any(is_restoration);
        let offset = steps[..begun].iter().rposition(restores).map_or(0, |at| at + 1);
        let end = steps[offset..].iter().position(restores).map_or(steps.len(), |at| offset + at);
        let restoration = if offset == 0 { &[][..] } else { steps[offset - 1].events };
        let mut start = GlobalState::initial(trace.system);
        for event in restoration {
            // What a restoration does is possible in every state.
            let done = start.follow(trace.system, event);
            debug_assert_eq!(done, Ok(()));
        }
        let trace = Trace { system: trace.system, steps: steps[offset..end].to_vec() };
        Self { restoration, start, trace, offset }
    }

    /// The events since the beginning of the epoch, with those that brought it about.
    pub(super) fn events(&self) -> impl Iterator<Item = &'a Event> + '_ {
        self.restoration.iter().chain(self.trace.events().map(|(_, event)| event))
    }
}

fn is_restoration(event: &Event) -> bool {
    matches!(event, Event::Restored { .. } | Event::Resent { .. })
}
