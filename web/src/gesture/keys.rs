//! Keys on a thing that has the focus.

use super::Hands;
use super::places::middle_of;
use cutline_diagram::Target;
use cutline_session::{EditMsg, Msg};
use web_sys::{Element, KeyboardEvent};

/// An end of a message. What has only one end is moved there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Sending,
    Arrival,
}

impl Hands {
    pub(super) fn key(&self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let Some((target, element)) = self.thing_under(event.target()) else { return };
        let (waits, key) = (element.class_list().contains("waiting"), event.key());
        // Which end is moved, and whether later.
        let moves = match (key.as_str(), event.shift_key()) {
            ("[", _) | ("ArrowLeft", true) => Some((End::Arrival, false)),
            ("]", _) | ("ArrowRight", true) => Some((End::Arrival, true)),
            ("{", _) => Some((End::Sending, false)),
            ("}", _) => Some((End::Sending, true)),
            _ => None,
        };
        match (key.as_str(), target) {
            ("ArrowUp" | "ArrowDown", _) if !element.class_list().contains("head") => {
                self.next(&element, key == "ArrowDown");
            }
            ("m", Target::Message(_) | Target::Control(_)) if waits => self.open_beside(&element),
            ("Enter" | " ", Target::Message(_) | Target::Control(_) | Target::Recording(..)) if !waits => {
                self.open_beside(&element);
            }
            (_, Target::Message(_) | Target::Control(_) | Target::Recording(..)) if moves.is_some() => {
                moves.into_iter().for_each(|(end, later)| self.nudge(target, end, later));
            }
            ("Delete", Target::Message(_)) => {
                let deletion = self.by_now(target).and_then(|now| self.now.borrow().session.read().deletion_of(now));
                deletion.into_iter().for_each(|deletion| self.tell(Msg::Edit(deletion)));
            }
            _ => return,
        }
        event.prevent_default();
    }

    fn nudge(&self, target: Target, end: End, later: bool) {
        if self.again.replace(Some((target, end))) == Some((target, end)) {
            // Keys come faster than pictures: where it is by then is not known here.
            self.tell(Msg::Edit(EditMsg::NudgeOn { later }));
            return;
        }
        let Some(target) = self.by_now(target) else { return };
        let ends = self.now.borrow().session.read().ends_of(target);
        match if end == End::Arrival { ends.first() } else { ends.last() } {
            Some((_, step)) => self.tell(Msg::Edit(EditMsg::Nudge { step: *step, later })),
            None => self.again.set(None),
        }
    }

    fn open_beside(&self, element: &Element) {
        let (x, y) = middle_of(element);
        self.note_place(x, y);
        self.open(element);
    }
}
