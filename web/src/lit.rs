//! Points at one thing and lights it everywhere. Elements say what they stand for in `data-thing`: first what they are,
//! then what that belongs to; what stands for several things alike has them in `data-things`. Nothing is rendered anew.

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

/// What the innermost element around the event's target is, as tokens, if it stands for something.
fn pointed_at(event: &Event) -> Option<String> {
    let element = event.target()?.dyn_into::<Element>().ok()?;
    let around = element.closest("[data-thing], [data-things]").ok()??;
    let one = around.get_attribute("data-thing").and_then(|thing| thing.split_whitespace().next().map(str::to_owned));
    one.or_else(|| around.get_attribute("data-things"))
}

fn show(document: &Document, tokens: Option<&str>) {
    let selector = |token: &str| format!("[data-thing~=\"{token}\"]");
    let wanted = tokens.map(|tokens| tokens.split_whitespace().map(selector).collect::<Vec<_>>().join(","));
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
