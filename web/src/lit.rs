//! Points at one thing and lights it everywhere. Elements say what they stand for in `data-thing`: first what they are,
//! then what that belongs to. Nothing is rendered anew for it.

use crate::elements::elements;
use gloo_events::EventListener;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event};

/// Lights what the pointer or the focus is on, until dropped.
pub(crate) struct Lit {
    document: Document,
    token: Rc<RefCell<Option<String>>>,
    _listeners: Vec<EventListener>,
}

impl Lit {
    pub(crate) fn listen() -> Option<Self> {
        let document = web_sys::window()?.document()?;
        let token = Rc::new(RefCell::new(None));
        let on = |name: &'static str, leaves: bool| {
            let (of, token) = (document.clone(), token.clone());
            EventListener::new(&document, name, move |event| {
                let wanted = if leaves { None } else { pointed_at(event) };
                if *token.borrow() != wanted {
                    show(&of, wanted.as_deref());
                    token.replace(wanted);
                }
            })
        };
        let listeners =
            vec![on("pointerover", false), on("focusin", false), on("focusout", true), on("pointerleave", true)];
        Some(Self { document, token, _listeners: listeners })
    }

    /// Lights elements that have come since.
    pub(crate) fn refresh(&self) {
        if let Some(token) = &*self.token.borrow() {
            show(&self.document, Some(token));
        }
    }
}

/// What the innermost element around the event's target is, if it stands for something.
fn pointed_at(event: &Event) -> Option<String> {
    let element = event.target()?.dyn_into::<Element>().ok()?;
    let things = element.closest("[data-thing]").ok()??.get_attribute("data-thing")?;
    things.split_whitespace().next().map(str::to_owned)
}

fn show(document: &Document, token: Option<&str>) {
    let wanted = token.map(|token| format!("[data-thing~=\"{token}\"]"));
    let all = |selector: &str| elements(document.query_selector_all(selector));
    for element in all("[data-lit]") {
        if !wanted.as_deref().is_some_and(|wanted| element.matches(wanted).unwrap_or(false)) {
            // Only a name that is none is refused.
            _ = element.remove_attribute("data-lit");
        }
    }
    for element in wanted.as_deref().map(all).unwrap_or_default() {
        _ = element.set_attribute("data-lit", "");
    }
}
