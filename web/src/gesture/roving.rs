//! Marks have one tab stop together, as a toolbar has: arrows go from one to the next, and Tab comes back to the last.

use super::Hands;
use super::places::middle_of;
use crate::popover::focus_on;
use cutline_diagram::{Orientation, Target};
use cutline_session::Thing;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget};

/// Handles of the reader's own cut are sliders, which use the arrows themselves.
const MARKS: &str = ".diagram [data-thing][tabindex]:not(.own-cut-handle)";
const TAB_STOP: &str = ".diagram [tabindex=\"0\"]:not(.own-cut-handle)";

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

    /// After a thing has been moved by key it has the focus still, wherever and as whatever it is painted now.
    pub(super) fn focus_again(&self) {
        let Some((like, _)) = self.again.take() else { return };
        let thing = match self.moved_thing(like) {
            Target::Message(message) => Thing::Message(message),
            Target::Control(control) => Thing::Control(control),
            Target::Recording(snapshot, process) => Thing::Recording(snapshot, process),
            Target::Process(process) | Target::OwnCut(process) => Thing::Process(process),
            Target::Waiting(..) => return,
        };
        let selector =
            format!(".diagram [tabindex][data-thing^=\"{thing} \"], .diagram [tabindex][data-thing=\"{thing}\"]");
        if let Some(thing) = self.all(&selector).first() {
            focus_on(thing);
        }
    }

    /// What a thing is that has just been moved: messages have other numbers in another order.
    fn moved_thing(&self, like: Target) -> Target {
        let now = self.now.borrow();
        let session = now.session.read();
        session.last_moved().and_then(|step| session.thing_at(step, like)).unwrap_or(like)
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
        }
    }

    fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.figure.cast::<Element>().and_then(|figure| figure.query_selector_all(selector).ok());
        let nodes = found.into_iter().flat_map(|all| (0..all.length()).filter_map(move |at| all.get(at)));
        nodes.filter_map(|node| node.dyn_into().ok()).collect()
    }
}

fn set_tab_stop(mark: &Element, on: bool) {
    // Only a broken document refuses an attribute.
    _ = mark.set_attribute("tabindex", if on { "0" } else { "-1" });
}
