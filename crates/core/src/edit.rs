//! Changing a run that has happened: an action is moved, deleted or replaced, and everything after it is played again.
//!
//! Every other action keeps its place in the order and its meaning. A delivery means the item that it delivered:
//! on a FIFO channel it stands for an arrival, which takes whatever is then at the head, provided that its own item has
//! been sent; on a channel without order it takes exactly its own item. What cannot happen any more is told with
//! its reason. Any order that keeps each process's own order and puts no arrival before its sending is again a run
//! (Lamport 1978, "happened before"; Chandy and Lamport 1985, section 4.3), which is why most moves succeed.

mod limits;
mod replay;
mod slots;

pub use limits::{Bound, Limits, limits};
pub use slots::Slots;

use crate::action::Action;
use crate::algorithm::Algorithm;
use crate::event::Event;
use crate::history::History;
use crate::rejected::Rejected;
use crate::world::World;
use replay::{Order, Replay, Runs};

/// A change to a branch. Steps are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The action of `step` becomes that of step `to`; those between move up.
    Move {
        /// Which.
        step: usize,
        /// Its place in the edited order.
        to: usize,
    },
    /// The action of `step` does not happen.
    Delete {
        /// Which.
        step: usize,
    },
    /// Another action happens at `step`. A message that it sends on the same channel is the same message.
    Replace {
        /// Which.
        step: usize,
        /// What happens there.
        action: Action,
    },
}

/// The outcome of an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// All steps of the new run, each with the step of the old run that it comes from and what is asked for now.
    pub steps: Vec<(usize, Action)>,
    /// What cannot happen any more, in the order in which it would have.
    pub impossible: Vec<Impossible>,
}

impl Edited {
    /// Where a step of the old run is in the new one; none if it is gone.
    #[must_use]
    pub fn place_of(&self, step: usize) -> Option<usize> {
        self.steps.iter().position(|(from, _)| *from == step).map(|at| at + 1)
    }
}

/// An action that cannot happen any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Impossible {
    /// Its step in the old run.
    pub step: usize,
    /// What it was in the old run.
    pub action: Action,
    /// Why it cannot be.
    pub why: Why,
}

/// Why an action cannot happen any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The world refuses it.
    Refused(Rejected),
    /// It would be an arrival of what is sent only later.
    BeforeItsSending {
        /// The step of the old run that sends it.
        sent_by: usize,
    },
    /// It would be an arrival of what is not sent at all any more.
    NeverSent {
        /// The step of the old run that sent it.
        sent_by: usize,
    },
}

/// An edit of a step that the branch does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchStep {
    /// The step.
    pub step: usize,
    /// How many there are.
    pub steps: usize,
}

/// Plays the current branch of a history anew with an edit. The new run becomes the current branch, the present
/// moment is its end, and the old one stays in the tree, even where the new one is its beginning and no more. `slots` are those of the whole branch as it is before the edit.
/// Takes time in the number of steps from the first that changes.
///
/// # Errors
/// If the branch has no such step; then nothing has changed.
pub fn edit<A: Algorithm>(history: &mut History<A>, slots: &Slots, edit: Edit) -> Result<Edited, NoSuchStep> {
    let order = Order::of(edit, slots.len())?;
    history.seek(order.first - 1);
    let kept = (1..order.first).map(|step| (step, slots.action(step)));
    let mut edited = Edited { steps: kept.collect(), impossible: Vec::new() };
    let mut replay = Replay::before(slots, order.first);
    for step in order.steps() {
        let instead = order.instead.filter(|(replaced, _)| *replaced == step).map(|(_, action)| action);
        match replay.step(history, step, instead) {
            Ok(action) => edited.steps.push((step, action)),
            Err(why) => edited.impossible.push(Impossible { step, action: slots.action(step), why }),
        }
    }
    for impossible in &mut edited.impossible {
        replay.settle(impossible);
    }
    history.end_here();
    Ok(edited)
}

impl<A: Algorithm> Runs<A> for History<A> {
    fn world(&self) -> &World<A> {
        History::world(self)
    }

    fn run(&mut self, action: Action) -> Result<(), Rejected> {
        self.take(action)
    }

    fn happened(&self) -> &[Event] {
        History::happened(self)
    }
}
