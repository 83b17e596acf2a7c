//! The way back from what has been done, and forth again.

use crate::edits::{EditMsg, Told};
use crate::session::{Msg, Session};
use cutline_core::history::NodeId;

/// A branch by its end, and how many of its steps are taken.
pub(crate) type Place = (NodeId, usize);

/// So many things can be undone.
const LEVELS: usize = 200;

/// Where the reader has been. Nothing is forgotten by going back: every run stays in the tree.
#[derive(Clone, Debug, Default)]
pub(crate) struct WayBack {
    undo: Vec<Place>,
    redo: Vec<Place>,
    /// Whether the last thing was done by time, whose steps are undone together.
    by_time: bool,
}

impl WayBack {
    /// Something is done at this place.
    pub(super) fn remember(&mut self, place: Place) {
        self.redo.clear();
        self.by_time = false;
        if self.undo.len() == LEVELS {
            self.undo.remove(0);
        }
        self.undo.push(place);
    }

    /// What was done last has not been done after all.
    pub(super) fn forget_last(&mut self) {
        self.undo.pop();
    }

    pub(super) fn last(&self) -> Option<Place> {
        self.undo.last().copied()
    }

    pub(super) fn leads_forth(&self) -> bool {
        !self.redo.is_empty()
    }

    fn back(&mut self, here: Place) -> Option<Place> {
        self.by_time = false;
        let place = self.undo.pop()?;
        self.redo.push(here);
        Some(place)
    }

    fn forth(&mut self, here: Place) -> Option<Place> {
        self.by_time = false;
        let place = self.redo.pop()?;
        self.undo.push(here);
        Some(place)
    }
}

impl Session {
    /// Where the reader is, and how many moments there are: taken before something is done.
    pub(crate) fn place_before(&self) -> (Place, usize) {
        (self.settled_moment(), self.real_history().moments().len())
    }

    /// Takes note of what was done, if it made anything happen, so that it can be undone.
    pub(crate) fn note_done(&mut self, msg: Msg, (place, moments): (Place, usize)) {
        if matches!(msg, Msg::Edit(_) | Msg::Open(_) | Msg::System(_)) || self.real_history().moments().len() == moments
        {
            return;
        }
        let way = &mut self.editing.way_back;
        let by_time = msg == Msg::Tick;
        if !(by_time && way.by_time) {
            way.remember(place);
        }
        way.by_time = by_time;
        self.say_of_new_branch(place.0);
    }

    /// Where something was done in the past of a run, that run is another branch now.
    fn say_of_new_branch(&mut self, left: NodeId) {
        let history = self.real_history();
        if left != history.tip() && history.is_tip(left) {
            let number = self.branch_tree().iter().position(|branch| branch.tip == left);
            number.into_iter().for_each(|at| self.say_of_change(Told::Branched(at + 1)));
        }
    }

    /// Back before the last thing that was done, or forth again; whether there is such a way.
    pub(super) fn go_back(&mut self, msg: EditMsg) -> bool {
        let here = self.settled_moment();
        let way = &mut self.editing.way_back;
        let place = if msg == EditMsg::Undo { way.back(here) } else { way.forth(here) };
        let Some((tip, step)) = place else { return false };
        self.editing.draft = None;
        let history = self.real_history_mut();
        history.switch_to(tip);
        history.seek(step);
        // What was undone does not shine through: the reader did not want it.
        self.look.compare(None);
        true
    }
}
