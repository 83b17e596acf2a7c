//! Keeps the focus: when what had it goes away, the focus goes to what was around it, and never back to the whole page.

use crate::popover::focus_on;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element};

/// What can be come to by key.
const STOPS: &str = "button, a[href], input, select, [tabindex]";

/// Remembers where the focus is, until dropped.
pub(crate) struct Keeper {
    document: Document,
    /// What has the focus, and all that is around it from the inside out.
    path: Rc<RefCell<Vec<Element>>>,
    due: RefCell<Option<Timeout>>,
    _listeners: [EventListener; 2],
}

impl Keeper {
    pub(crate) fn listen() -> Option<Self> {
        let document = web_sys::window()?.document()?;
        let path = Rc::new(RefCell::new(Vec::new()));
        let came = path.clone();
        let comes = EventListener::new(&document, "focusin", move |event| {
            let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            came.replace(std::iter::successors(element, |element| element.parent_element()).collect());
        });
        let left = path.clone();
        let leaves = EventListener::new(&document, "focusout", move |_| {
            let left = left.clone();
            let before = left.borrow().first().cloned();
            // What is still there a moment later was left by the reader, and is not missed.
            Timeout::new(0, move || {
                let was_left =
                    before.is_some_and(|before| before.is_connected() && left.borrow().first() == Some(&before));
                if was_left && nothing_has_focus() {
                    left.borrow_mut().clear();
                }
            })
            .forget();
        });
        Some(Self { document, path, due: RefCell::default(), _listeners: [comes, leaves] })
    }

    /// The page has been painted anew.
    pub(crate) fn look(&self) {
        let (document, path) = (self.document.clone(), self.path.clone());
        // Whoever moves the focus by intention has done so by then.
        self.due.replace(Some(Timeout::new(0, move || {
            let lost = path.borrow().first().is_some_and(|had| !had.is_connected());
            if lost && nothing_has_focus() {
                let around = path.borrow().iter().skip(1).find_map(|around| stop_in(&document, around));
                around.iter().for_each(focus_on);
            }
        })));
    }
}

fn nothing_has_focus() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.and_then(|document| document.active_element()).is_none_or(|active| active.tag_name() == "BODY")
}

/// What takes the focus in an element that is still there: itself, or else the first thing in it.
fn stop_in(document: &Document, around: &Element) -> Option<Element> {
    let there = around.is_connected() && document.body().is_none_or(|body| around != body.unchecked_ref::<Element>());
    if !there {
        return None;
    }
    if around.has_attribute("tabindex") { Some(around.clone()) } else { around.query_selector(STOPS).ok().flatten() }
}
