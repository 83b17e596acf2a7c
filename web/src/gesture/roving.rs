//! Marks have one tab stop together, as a toolbar has: arrows go from one to the next, and Tab comes back to the last.

use super::Hands;
use super::places::middle_of;
use crate::elements::elements;
use crate::popover::{focus_on, focused};
use cutline_core::history::NodeId;
use cutline_diagram::{Orientation, Target};
use cutline_session::Thing;
use cutline_session::likeness::Likeness;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget};

/// Handles of the reader's own cut are sliders, which use the arrows themselves.
const MARKS: &str = ".diagram [data-thing][tabindex]:not(.own-cut-handle)";
const TAB_STOP: &str = ".diagram [tabindex=\"0\"]:not(.own-cut-handle)";

/// What has the focus.
#[derive(Clone, Debug)]
pub(super) struct Focused {
    mark: Element,
    likeness: Likeness,
    /// The end of the branch to which it belongs.
    tip: NodeId,
}

impl Focused {
    /// Whether it still has the focus, or has lost it only by going away.
    fn has_it(&self) -> bool {
        match focused() {
            Some(on) if on.tag_name() != "BODY" => on == self.mark,
            _ => !self.mark.is_connected(),
        }
    }
}

impl Hands {
    /// The focus goes on to the next thing of the figure, along time.
    pub(super) fn next(&self, element: &Element, forward: bool) {
        let down = self.now.borrow().frame.is_some_and(|frame| frame.orientation == Orientation::Down);
        let mut marks: Vec<((i32, i32), Element)> = self
            .all(MARKS)
            .into_iter()
            .map(|mark| {
                let (x, y) = mark
                    .query_selector(".grip")
                    .ok()
                    .flatten()
                    .map_or_else(|| middle_of(&mark), |grip| middle_of(&grip));
                (if down { (y, x) } else { (x, y) }, mark)
            })
            .collect();
        marks.sort_by_key(|(place, _)| *place);
        let Some(at) = marks.iter().position(|(_, mark)| mark.is_same_node(Some(element))) else { return };
        let next = if forward { marks.get(at + 1) } else { at.checked_sub(1).and_then(|at| marks.get(at)) };
        if let Some((_, next)) = next {
            focus_on(next);
        }
    }

    /// The focus stays on its thing, wherever and as whatever it is painted now: in another run the same number is
    /// another message. Where the thing is no more, it goes to the process at which it began.
    pub(super) fn keep_focus(&self) {
        let by_key = self.again.take().map(|(like, _)| like);
        let was = self.focus.take().filter(Focused::has_it);
        if let Some(was) = was.filter(|was| was.tip != self.tip()) {
            let session = self.now.borrow().session.clone();
            let moved = by_key.and_then(|like| {
                let session = session.read();
                session.last_moved().and_then(|step| session.thing_at(step, like))
            });
            let thing = moved.or_else(|| session.read().alike(was.likeness));
            if !thing.is_some_and(|thing| self.focus_thing(thing)) {
                let home = Thing::Process(session.read().home_of(was.likeness));
                self.all(&format!(".head[data-thing=\"{home}\"]")).iter().for_each(focus_on);
            }
        }
        self.note_focus();
    }

    /// Puts the focus on a thing, if it is painted; answers whether it is.
    fn focus_thing(&self, target: Target) -> bool {
        let Some(thing) = Thing::meant(target) else { return false };
        let selector =
            format!(".diagram [tabindex][data-thing^=\"{thing} \"], .diagram [tabindex][data-thing=\"{thing}\"]");
        let found = self.all(&selector);
        found.first().inspect(|thing| focus_on(thing)).is_some()
    }

    /// Takes note of the thing that has the focus, if one has.
    fn note_focus(&self) {
        let Some(mark) = focused().filter(|mark| mark.matches(MARKS).unwrap_or(false)) else { return };
        let thing = self.thing_under(Some(mark.clone().into()));
        let likeness = thing.and_then(|(thing, _)| self.now.borrow().session.read().likeness_of(thing));
        self.focus.replace(likeness.map(|likeness| Focused { mark, likeness, tip: self.tip() }));
    }

    fn tip(&self) -> NodeId {
        self.now.borrow().session.read().settled_moment().0
    }

    /// What a painted thing is by now, should the picture be behind the run.
    pub(super) fn by_now(&self, painted: Target) -> Option<Target> {
        let focus = self.focus.borrow();
        match &*focus {
            Some(was) if was.tip != self.tip() => self.now.borrow().session.read().alike(was.likeness),
            _ => Some(painted),
        }
    }

    /// One mark is a tab stop, if there are any: what waits to be delivered, to begin with.
    pub(super) fn keep_tab_stop(&self) {
        if self.all(TAB_STOP).is_empty() {
            let marks = self.all(MARKS);
            let first = marks.iter().find(|mark| mark.class_list().contains("waiting")).or(marks.first());
            first.into_iter().for_each(|first| set_tab_stop(first, true));
        }
    }

    /// What has the focus is the tab stop from now on.
    pub(super) fn focused(&self, target: Option<EventTarget>) {
        let mark = target.and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(mark) = mark.filter(|mark| mark.matches(MARKS).unwrap_or(false)) {
            self.all(TAB_STOP).iter().for_each(|before| set_tab_stop(before, false));
            set_tab_stop(&mark, true);
            self.note_focus();
        }
    }

    pub(super) fn all(&self, selector: &str) -> Vec<Element> {
        self.figure.cast::<Element>().map_or_else(Vec::new, |figure| elements(figure.query_selector_all(selector)))
    }
}

fn set_tab_stop(mark: &Element, on: bool) {
    // Only a broken document refuses an attribute.
    _ = mark.set_attribute("tabindex", if on { "0" } else { "-1" });
}
