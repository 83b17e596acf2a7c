//! The button that copies a link to the present state.

use crate::address::with_fragment;
use crate::shared::Shared;
use cutline_session::LinkText;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::platform::spawn_local;
use yew::prelude::*;

/// How long it says that the link was copied, in milliseconds.
const SAYS_COPIED: u32 = 2500;

#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct CopyLinkProps {
    pub session: Shared,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
enum Outcome {
    Copied { link: String, remark: Option<String> },
    ByHand { link: String, remark: Option<String> },
    Cannot(String),
}

#[component]
pub(crate) fn CopyLink(props: &CopyLinkProps) -> Html {
    let root = use_node_ref();
    let outcome = use_state(|| None);
    use_going_away(&root, &outcome);
    let shown = (*outcome).clone();
    let copy = {
        let (session, setter) = (props.session.clone(), outcome.setter());
        Callback::from(move |_: MouseEvent| {
            let session = session.read();
            match session.link() {
                Ok(fragment) => {
                    let (link, remark) = (with_fragment(&fragment.text), session.extent_words(fragment.extent));
                    let setter = setter.clone();
                    spawn_local(async move {
                        let copied = to_clipboard(&link).await.is_ok();
                        setter.set(Some(match copied {
                            true => Outcome::Copied { link, remark },
                            false => Outcome::ByHand { link, remark },
                        }));
                    });
                }
                Err(why) => setter.set(Some(Outcome::Cannot(session.no_link_words(why)))),
            }
        })
    };
    let label = props.session.text(LinkText::Copy);
    let done = matches!(shown, Some(Outcome::Copied { .. }));
    html! {
        <span class="copy-link" ref={root}>
            <button class="quiet icon" aria-label={label.clone()} title={label} onclick={copy}>
                <svg class="sign" viewBox="0 0 20 20" aria-hidden="true"><path d={if done { TICK } else { CHAIN }} /></svg>
            </button>
            <span class="bubbles" role="status">{ shown.map(|shown| bubble(props, &shown)).unwrap_or_default() }</span>
        </span>
    }
}

const CHAIN: &str = "M8.5 11.5a3.5 3.5 0 0 0 5 0l2.6-2.6a3.5 3.5 0 0 0-5-5l-1 1M11.5 8.5a3.5 3.5 0 0 0-5 0l-2.6 2.6a3.5 3.5 0 0 0 5 5l1-1";
const TICK: &str = "M4 10.5l4 4 8-9";

fn bubble(props: &CopyLinkProps, outcome: &Outcome) -> Html {
    let remark = |remark: &Option<String>| remark.as_ref().map(|words| html! { <p>{ words }</p> }).unwrap_or_default();
    match outcome {
        Outcome::Copied { remark: words, .. } => html! {
            <span class="bubble"><b>{ props.session.text(LinkText::Copied) }</b>{ remark(words) }</span>
        },
        Outcome::ByHand { link, remark: words } => html! {
            <span class="bubble wide">
                <label>{ props.session.text(LinkText::ByHand) }<Selected link={link.clone()} /></label>
                { remark(words) }
            </span>
        },
        Outcome::Cannot(words) => html! { <span class="bubble wide">{ words }</span> },
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct SelectedProps {
    link: String,
}

/// The link, selected, ready to be copied by the reader's own means.
#[component]
fn Selected(props: &SelectedProps) -> Html {
    let field = use_node_ref();
    let selected = field.clone();
    use_effect_with(props.link.clone(), move |_| {
        if let Some(field) = selected.cast::<HtmlInputElement>() {
            _ = field.focus();
            field.select();
        }
    });
    html! { <input type="text" readonly=true value={props.link.clone()} ref={field} /> }
}

/// The bubble goes by itself once it has said that all is well, and else by Escape or by pressing elsewhere.
#[hook]
fn use_going_away(root: &NodeRef, outcome: &UseStateHandle<Option<Outcome>>) {
    let (root, setter) = (root.clone(), outcome.setter());
    use_effect_with((**outcome).clone(), move |shown| {
        let timeout = match shown {
            Some(Outcome::Copied { remark: None, .. }) => {
                let setter = setter.clone();
                Some(Timeout::new(SAYS_COPIED, move || setter.set(None)))
            }
            _ => None,
        };
        let document = shown.as_ref().and_then(|_| web_sys::window()?.document());
        let listeners = document.map(|document| {
            let (outside, escape) = (setter.clone(), setter);
            let within = root.clone();
            let pressed = EventListener::new(&document, "pointerdown", move |event| {
                let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
                if !within.get().is_some_and(|root| root.contains(target.as_ref())) {
                    outside.set(None);
                }
            });
            let keyed = EventListener::new(&document, "keydown", move |event| {
                if event.dyn_ref::<web_sys::KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
                    give_focus_back(&root);
                    escape.set(None);
                }
            });
            [pressed, keyed]
        });
        move || drop((timeout, listeners))
    });
}

/// From the field to the button, so that the focus is not lost with the field.
fn give_focus_back(root: &NodeRef) {
    let Some(root) = root.cast::<web_sys::Element>() else { return };
    let field = root.query_selector("input:focus").ok().flatten();
    let button = root.query_selector("button").ok().flatten();
    if let (Some(_), Some(Ok(button))) = (field, button.map(JsCast::dyn_into::<HtmlElement>)) {
        _ = button.focus();
    }
}

/// Where there is no clipboard (a page without TLS, a sandbox) or none may be used, that is an error like any other.
async fn to_clipboard(text: &str) -> Result<(), JsValue> {
    let navigator = web_sys::window().ok_or(JsValue::NULL)?.navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into())?;
    let clipboard: web_sys::Clipboard = clipboard.dyn_into()?;
    JsFuture::from(clipboard.write_text(text)).await.map(drop)
}
