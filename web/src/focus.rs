//! What the focus is on, as far as keys are concerned.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Which keys what has the focus uses itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Focus {
    /// It is the page itself.
    pub nowhere: bool,
    /// It takes letters and digits, or is inside a dialog, which is a small page of its own.
    pub types: bool,
    /// It uses the arrows and the keys that go to ends and by pages.
    pub moves: bool,
    /// It uses the space bar.
    pub presses: bool,
}

impl Focus {
    /// Where an event comes from.
    pub(crate) fn of(event: &KeyboardEvent) -> Self {
        match event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
            Some(element) => Self::on(&element),
            None => Self { nowhere: true, ..Self::default() },
        }
    }

    fn on(element: &Element) -> Self {
        let is = |selector| element.closest(selector).is_ok_and(|found| found.is_some());
        let slider = element.matches("input[type=range]").unwrap_or(false);
        let field = element.matches("input, select, textarea").unwrap_or(false) && !slider;
        let edited = element.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable);
        Self {
            nowhere: element.matches("body, html").unwrap_or(false),
            types: field || edited || is("dialog, [role=dialog]"),
            // What scrolls has keys of its own, but not what lies in it.
            moves: slider
                || element.matches(".scroll").unwrap_or(false)
                || is("[role=tablist], [role=slider], [role=separator], [data-own-arrows]"),
            presses: is("button, a, summary, [role=button], [role=tab], [role=checkbox], [role=radio]"),
        }
    }
}
