//! Moving a step along the line of its process: what is in hand, and moving the same thing again.

use super::Told;
use crate::session::Session;
use cutline_core::edit::{Bound, Edit, Limits, Slots, edit, limits};
use cutline_core::event::Event;
use cutline_core::history::{Mark, NodeId};
use cutline_core::{Action, History, Method};
use cutline_diagram::Target;

/// A run with one step in hand.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) history: History<Method>,
    /// The moments of the branch from which the step is taken.
    pub(super) branch: Vec<NodeId>,
    mark: Mark,
    slots: Slots,
    pub(super) step: usize,
    now: usize,
    pub(super) limits: Limits,
    pub(super) to: usize,
    pub(super) resists: Option<(Bound, bool)>,
    /// Where the step was when it was taken in hand: elsewhere, if it has just been moved already.
    found_at: usize,
}

/// What was moved last. Moved on before anything else is done, it is the same change still: one branch and one thing to
/// undo, however often a key is pressed.
#[derive(Clone, Debug)]
pub(super) struct Series {
    /// The history as it was at first.
    mark: Mark,
    /// The same after the last move, and the moment.
    after: (Mark, usize),
    step: usize,
    now: usize,
    to: usize,
}

impl Draft {
    fn of(mut history: History<Method>, step: usize, series: Option<Series>) -> Self {
        let (first, now) = series.as_ref().map_or((step, history.step()), |series| (series.step, series.now));
        if let Some(series) = series {
            history.forget(&series.mark);
            history.seek(now);
        }
        let slots = Slots::of(&history.trace_to(history.len()));
        let limits = limits(&history, &slots, first, 1..=now);
        let (branch, mark) = (history.branch_nodes().to_vec(), history.mark());
        let mut draft =
            Self { history, branch, mark, slots, step: first, now, limits, to: first, resists: None, found_at: step };
        draft.hold_at(step);
        draft
    }

    /// A step of the branch from which the one in hand is taken.
    pub(super) fn step_at(&self, step: usize) -> (Action, &[Event]) {
        let taken = self.history.step_to(self.branch[step]).expect("only the start has no action");
        (taken.action, taken.events)
    }

    fn hold_at(&mut self, to: usize) {
        let Limits { earliest, latest, earliest_because, latest_because } = self.limits;
        self.resists = match to {
            _ if to < earliest => Some((earliest_because, false)),
            _ if to > latest => Some((latest_because, true)),
            _ => None,
        };
        let to = to.clamp(earliest, latest);
        if to != self.to {
            self.history.forget(&self.mark);
            // Within the limits every place is a place.
            if to != self.step {
                _ = edit(&mut self.history, &self.slots, Edit::Move { step: self.step, to });
            }
            self.history.seek(self.now);
            self.to = to;
        }
    }
}

impl Session {
    pub(super) fn take_in_hand(&mut self, step: usize) {
        self.editing.draft = None;
        let history = self.real_history();
        if (1..=history.step()).contains(&step) {
            let series = self.series().filter(|series| series.to == step);
            self.editing.draft = Some(Box::new(Draft::of(history.clone(), step, series)));
        }
    }

    pub(super) fn hold_at(&mut self, to: usize) {
        if let Some(draft) = &mut self.editing.draft {
            draft.hold_at(to);
        }
    }

    pub(super) fn let_go(&mut self) {
        let Some(draft) = &self.editing.draft else { return };
        if draft.to == draft.found_at {
            self.editing.draft = None;
            return;
        }
        let fact = self.fact(draft.step);
        let is_series = draft.found_at != draft.step;
        let Some(draft) = self.editing.draft.take() else { return };
        let Draft { history, branch, mark, step, now, to, .. } = *draft;
        if is_series {
            self.editing.way_back.forget_last();
        }
        if to == step {
            // Back where it was at first: there is no other run.
            self.put_history(history);
            self.look.compare(None);
            self.editing.series = None;
            self.say_of_change(Told::Undone);
            return;
        }
        self.editing.way_back.remember((branch[branch.len() - 1], now));
        self.put_history(history);
        self.editing.series = Some(Series { mark, after: (self.real_history().mark(), now), step, now, to });
        self.compare_with_last();
        self.say_of_change(Told::Moved(fact, to));
    }

    pub(super) fn nudge(&mut self, step: usize, later: bool) {
        self.take_in_hand(step);
        self.hold_at(if later { step + 1 } else { step.saturating_sub(1) });
        let Some(draft) = &self.editing.draft else { return };
        let resists = draft.resists.map(|(bound, later)| self.in_the_way(draft.step, bound, later));
        let to = draft.to;
        self.let_go();
        if let Some(way) = resists {
            self.say_of_change(Told::InTheWay(way));
        }
        self.editing.open = self.editing.open.map(|open| self.thing_at(to, open).unwrap_or(open));
    }

    /// Where the step is that was moved last, if nothing has been done since.
    #[must_use]
    pub fn last_moved(&self) -> Option<usize> {
        self.series().map(|series| series.to)
    }

    /// The thing of the same kind as another that a step is about. Messages have other numbers in another order.
    #[must_use]
    pub fn thing_at(&self, step: usize, like: Target) -> Option<Target> {
        let events = self.history().events_of(step);
        events.iter().find_map(|event| match (like, *event) {
            (Target::Message(_), Event::Sent { message, .. } | Event::Received { message, .. }) => {
                Some(Target::Message(message))
            }
            (Target::Control(_), Event::ControlReceived { control, .. }) => Some(Target::Control(control)),
            (Target::Recording(..), Event::Recorded { process, snapshot, .. }) => {
                Some(Target::Recording(snapshot, process))
            }
            _ => None,
        })
    }

    /// What was moved last, if nothing else has been done since.
    fn series(&self) -> Option<Series> {
        let history = self.real_history();
        self.editing.series.clone().filter(|series| series.after == (history.mark(), history.step()))
    }
}
