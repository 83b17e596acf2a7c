//! Something that opens beside a thing and is about it: takes the focus, is closed by Escape or by pressing elsewhere,
//! and gives the focus back. On phones it is a sheet from below.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, SvgElement};
use yew::prelude::*;

#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct PopoverProps {
    /// Its name, which stands above.
    pub title: String,
    /// What its closing button is called.
    pub close_label: String,
    pub close: Callback<()>,
    /// Where it is.
    #[prop_or_default]
    pub style: String,
    /// Whether the first field gets the focus, with what stands in it selected.
    #[prop_or_default]
    pub field_first: bool,
    pub children: Html,
}

#[component]
pub(crate) fn Popover(props: &PopoverProps) -> Html {
    let root = use_node_ref();
    let field_first = props.field_first;
    use_effect_with(root.clone(), move |root| {
        let before = focused();
        let element = root.cast::<HtmlElement>();
        if let Some(element) = &element {
            take_focus(element, field_first);
        }
        move || give_back(before.as_ref(), element.as_ref())
    });
    use_press_outside(&root, &props.close);
    html! {
        <div class="menu" role="dialog" aria-label={props.title.clone()} tabindex="-1" ref={root.clone()}
            ~style={props.style.clone()} onfocusout={leave(&root, &props.close)} onkeydown={on_escape(&props.close)}>
            <div class="menu-title">
                <strong>{ &props.title }</strong>
                <button class="quiet icon" aria-label={props.close_label.clone()} onclick={props.close.reform(|_| ())}>
                    { "×" }
                </button>
            </div>
            { props.children.clone() }
        </div>
    }
}

fn on_escape(close: &Callback<()>) -> Callback<KeyboardEvent> {
    let close = close.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            close.emit(());
        }
    })
}

fn take_focus(root: &HtmlElement, field_first: bool) {
    let field = root.query_selector("input").ok().flatten().filter(|_| field_first);
    match field.map(JsCast::dyn_into::<HtmlInputElement>) {
        Some(Ok(field)) => {
            _ = field.focus();
            field.select();
        }
        _ => _ = root.focus(),
    }
}

/// Closes it when the focus goes elsewhere.
fn leave(root: &NodeRef, close: &Callback<()>) -> Callback<FocusEvent> {
    let (root, close) = (root.clone(), close.clone());
    Callback::from(move |event: FocusEvent| {
        let target = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let elsewhere = target.is_some_and(|target| !root.get().is_some_and(|menu| menu.contains(Some(&target))));
        if elsewhere {
            close.emit(());
        }
    })
}

/// Closes it when something outside of it is pressed.
#[hook]
fn use_press_outside(root: &NodeRef, close: &Callback<()>) {
    let (root, close) = (root.clone(), close.clone());
    use_effect_with((), move |()| {
        let document = web_sys::window().and_then(|window| window.document());
        let listener = document.map(|document| {
            EventListener::new(&document, "pointerdown", move |event| {
                let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
                if !root.get().is_some_and(|menu| menu.contains(target.as_ref())) {
                    close.emit(());
                }
            })
        });
        move || drop(listener)
    });
}

/// What has the focus: the whole page, if nothing has.
pub(crate) fn focused() -> Option<Element> {
    web_sys::window()?.document()?.active_element()
}

/// Puts the focus on an element of the document or of a picture.
pub(crate) fn focus_on(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        _ = element.focus();
    } else if let Some(element) = element.dyn_ref::<SvgElement>() {
        _ = element.focus();
    }
}

/// When it goes with the focus in it, the focus goes back to where it was; otherwise it stays where it went.
fn give_back(before: Option<&Element>, menu: Option<&HtmlElement>) {
    let lost =
        focused().is_none_or(|now| now.tag_name() == "BODY" || menu.is_some_and(|menu| menu.contains(Some(&now))));
    if let Some(before) = before.filter(|before| lost && before.is_connected()) {
        focus_on(before);
    }
}
