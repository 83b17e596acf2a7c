//! Scenario files: chosen by a button, or dropped anywhere on the page.

use crate::shared::Shared;
use cutline_session::catalogue::file::FileText;
use cutline_session::{FileTrouble, MAX_FILE};
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, File, HtmlElement, HtmlInputElement};
use yew::platform::spawn_local;
use yew::prelude::*;

/// A file that was brought: its name, and its text or why it has none.
pub(crate) type Brought = (String, Result<String, FileTrouble>);

#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct OpenFileProps {
    pub session: Shared,
    pub brought: Callback<Brought>,
}

/// The button.
#[component]
pub(crate) fn OpenFile(props: &OpenFileProps) -> Html {
    let field = use_node_ref();
    let press = {
        let field = field.clone();
        Callback::from(move |_: MouseEvent| field.cast::<HtmlElement>().iter().for_each(HtmlElement::click))
    };
    let chosen = {
        let brought = props.brought.clone();
        Callback::from(move |event: Event| {
            let Some(field) = event.target_dyn_into::<HtmlInputElement>() else { return };
            read(field.files().and_then(|files| files.get(0)), &brought);
            // So that the same file can be chosen again once it has been mended.
            field.set_value("");
        })
    };
    let label = props.session.text(FileText::Open);
    html! {
        <>
            <button class="quiet icon open-file" aria-label={label.clone()} title={label} onclick={press}>
                <svg class="sign" viewBox="0 0 20 20" aria-hidden="true"><path d={FOLDER} /></svg>
            </button>
            <input type="file" hidden=true ref={field} onchange={chosen} />
        </>
    }
}

const FOLDER: &str = "M2.5 16V4.5h5l2 2.5h8v9zM10 14v-4.5M7.8 11.5L10 9.3l2.2 2.2";

/// Takes files that are dropped on the page, until dropped itself.
pub(crate) fn listen(brought: Callback<Brought>) -> Vec<EventListener> {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return Vec::new() };
    let on = |name: &'static str, take: Option<Callback<Brought>>| {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&document, name, options, move |event| {
            let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
            let Some(data) = data.filter(|data| data.types().includes(&"Files".into(), 0)) else { return };
            // Otherwise the browser would leave the page for the file.
            event.prevent_default();
            if let Some(brought) = &take {
                read(data.files().and_then(|files| files.get(0)), brought);
            }
        })
    };
    vec![on("dragover", None), on("drop", Some(brought))]
}

fn read(file: Option<File>, brought: &Callback<Brought>) {
    let Some(file) = file else { return };
    let brought = brought.clone();
    spawn_local(async move {
        let text = if file.size() > MAX_FILE as f64 { Err(FileTrouble::TooLarge) } else { text_of(&file).await };
        brought.emit((file.name(), text));
    });
}

async fn text_of(file: &File) -> Result<String, FileTrouble> {
    let bytes = JsFuture::from(file.array_buffer()).await.map_err(|_| FileTrouble::Unreadable)?;
    String::from_utf8(js_sys::Uint8Array::new(&bytes).to_vec()).map_err(|_| FileTrouble::Unreadable)
}
