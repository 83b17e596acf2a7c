//! Keys on a thing that has the focus.

use super::Hands;
use cutline_diagram::Target;
use cutline_session::{EditMsg, Msg};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, SvgElement};

impl Hands {
    pub(super) fn key(&self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let Some((target, element)) = self.thing_under(event.target()) else { return };
        let (waits, key) = (element.class_list().contains("waiting"), event.key());
        let later = match (key.as_str(), event.shift_key()) {
            ("[", _) | ("ArrowLeft", true) => Some(false),
            ("]", _) | ("ArrowRight", true) => Some(true),
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
            (_, Target::Message(_) | Target::Control(_) | Target::Recording(..)) if !waits && later.is_some() => {
                self.nudge(target, &element, later == Some(true));
            }
            _ => return,
        }
        event.prevent_default();
    }

    fn nudge(&self, target: Target, element: &Element, later: bool) {
        let end = self.now.borrow().session.read().ends_of(target).first().copied();
        if let Some((_, step)) = end {
            self.again.replace(selector_of(element));
            self.tell(Msg::Edit(EditMsg::Nudge { step, later }));
        }
    }

    fn open_beside(&self, element: &Element) {
        let place = element.get_bounding_client_rect();
        let middle = |from: f64, size: f64| (from + size / 2.0) as i32;
        self.note_place(middle(place.left(), place.width()), middle(place.top(), place.height()));
        self.open(element);
    }

    /// The focus goes on to the next thing of the figure.
    fn next(&self, element: &Element, forward: bool) {
        let Some(figure) = self.figure.cast::<Element>() else { return };
        let Ok(all) = figure.query_selector_all(".diagram [data-thing][tabindex]") else { return };
        let things: Vec<SvgElement> = (0..all.length()).filter_map(|at| all.get(at)?.dyn_into().ok()).collect();
        let Some(at) = things.iter().position(|thing| thing.is_same_node(Some(element))) else { return };
        let next = if forward { things.get(at + 1) } else { at.checked_sub(1).and_then(|at| things.get(at)) };
        if let Some(next) = next {
            _ = next.focus();
        }
    }

    /// After a thing has been moved by key it has the focus still, wherever it is painted now.
    pub(super) fn focus_again(&self) {
        let Some(selector) = self.again.take() else { return };
        let thing = self.figure.cast::<Element>().and_then(|figure| figure.query_selector(&selector).ok().flatten());
        if let Some(thing) = thing.and_then(|thing| thing.dyn_into::<SvgElement>().ok()) {
            _ = thing.focus();
        }
    }
}

fn selector_of(element: &Element) -> Option<String> {
    let tokens = element.get_attribute("data-thing")?;
    let token = tokens.split_whitespace().next()?;
    Some(format!(".diagram [tabindex][data-thing^=\"{token} \"], .diagram [tabindex][data-thing=\"{token}\"]"))
}
