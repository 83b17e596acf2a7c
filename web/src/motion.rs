//! What moves, and what may not.

use cutline_session::{Msg, TimeMsg};
use gloo_events::EventListener;
use web_sys::{Document, Window};
use yew::Callback;

/// Whether the reader wants nothing to move.
pub(crate) fn is_reduced() -> bool {
    is_so("(prefers-reduced-motion: reduce)")
}

/// Whether fingers, rather than something finer, press what is on the page.
pub(crate) fn by_fingers() -> bool {
    is_so("(pointer: coarse)")
}

fn is_so(query: &str) -> bool {
    let query = web_sys::window().and_then(|window: Window| window.match_media(query).ok());
    query.flatten().is_some_and(|query| query.matches())
}

/// Takes a snapshot and shows how it becomes complete; where nothing may move, the result comes at once.
pub(crate) fn take_snapshot() -> Msg {
    Msg::Time(if is_reduced() { TimeMsg::TakeWhole } else { TimeMsg::Watch })
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Whether the page is in presenter mode.
pub(crate) fn is_presenting() -> bool {
    document().and_then(|document| document.document_element()).is_some_and(|root| root.has_attribute("data-presenter"))
}

/// Whether time runs downwards on the diagram.
pub(crate) fn is_down() -> bool {
    document().and_then(|document| document.query_selector(".figure.down").ok().flatten()).is_some()
}

/// Into presenter mode or out of it, as far as looks go.
pub(crate) fn present(on: bool) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        // Only a broken document refuses an attribute.
        _ = root.toggle_attribute_with_force("data-presenter", on);
    }
}

/// Tells when the page no longer has the whole screen, whoever ended that.
pub(crate) fn when_screen_is_taken(told: Callback<()>) -> Option<EventListener> {
    let document = document()?;
    Some(EventListener::new(&document.clone(), "fullscreenchange", move |_| {
        if document.fullscreen_element().is_none() {
            told.emit(());
        }
    }))
}

/// Takes the whole screen, where the browser lets the page have it, or gives it back.
pub(crate) fn fill_screen(on: bool) {
    let Some(document) = document() else { return };
    if on && document.fullscreen_enabled() {
        // Inside other pages it is often forbidden, and then presenter mode is as good without.
        _ = document.document_element().map(|root| root.request_fullscreen());
    } else if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
    }
}
