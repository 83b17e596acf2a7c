//! Components mounted in the document of the test, and hands to use them with.

use cutline_core::{ChannelId, ProcessId};
use cutline_session::{Key, Lang, Msg, Session};
use cutline_web::{App, Shared, SharedProps};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, EventTarget, HtmlInputElement};
use yew::html::BaseComponent;
use yew::{AppHandle, Callback, Renderer};

pub(crate) fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// Lets the browser get on with things.
pub(crate) async fn rest(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let window = web_sys::window().unwrap();
        window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds).unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

/// Messages that a component has told.
#[derive(Clone, Default)]
pub(crate) struct Told(Rc<RefCell<Vec<Msg>>>);

impl Told {
    pub(crate) fn callback(&self) -> Callback<Msg> {
        let told = self.0.clone();
        Callback::from(move |msg| told.borrow_mut().push(msg))
    }

    /// What was told since this was last asked.
    pub(crate) fn since(&self) -> Vec<Msg> {
        self.0.borrow_mut().drain(..).collect()
    }
}

/// The document of the tests has no style sheet: what draws itself into the room that it has is given some.
fn give_room() {
    let document = document();
    if document.get_element_by_id("room").is_none() {
        let style = document.create_element("style").unwrap();
        style.set_id("room");
        style.set_text_content(Some(".figure, .graph { position: relative; width: 1000px; height: 600px }"));
        document.head().unwrap().append_child(&style).unwrap();
    }
}

/// A component in a room of its own.
pub(crate) struct Mounted<C: BaseComponent> {
    pub(crate) room: Element,
    app: Option<AppHandle<C>>,
}

impl<C: BaseComponent> Mounted<C> {
    /// Mounts it and waits until there is something to be seen that fits the selector.
    pub(crate) async fn new(props: C::Properties, shows: &str) -> Self {
        give_room();
        let room = document().create_element("div").unwrap();
        room.set_attribute("style", "position:relative;width:1000px;height:600px").unwrap();
        document().body().unwrap().append_child(&room).unwrap();
        let app = Renderer::<C>::with_root_and_props(room.clone(), props).render();
        let mounted = Self { room, app: Some(app) };
        mounted.wait_for(shows, |mounted| mounted.find(shows).is_some()).await;
        mounted
    }

    /// Waits until something is so, five seconds at most.
    pub(crate) async fn wait_for(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        for _ in 0..250 {
            if is_so(self) {
                return;
            }
            rest(20).await;
        }
        panic!("waited in vain for: {what}\n{}", self.room.inner_html());
    }

    pub(crate) fn find(&self, selector: &str) -> Option<Element> {
        self.room.query_selector(selector).unwrap()
    }

    pub(crate) fn the(&self, selector: &str) -> Element {
        self.find(selector).unwrap_or_else(|| panic!("no {selector} in {}", self.room.inner_html()))
    }

    pub(crate) fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.room.query_selector_all(selector).unwrap();
        (0..found.length()).map(|at| found.get(at).unwrap().unchecked_into()).collect()
    }

    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).iter().map(text).collect()
    }

    /// The button of these words, or of this accessible name.
    pub(crate) fn button(&self, name: &str) -> Element {
        let buttons = self.all("button, [role=button]");
        let found = buttons.iter().find(|button| name_of(button) == name);
        found
            .cloned()
            .unwrap_or_else(|| panic!("no button {name:?} in {:?}", buttons.iter().map(name_of).collect::<Vec<_>>()))
    }
}

impl<C: BaseComponent> Drop for Mounted<C> {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.room.remove();
    }
}

/// The page as nobody has been to it before, for a reader of English.
pub(crate) async fn app() -> Mounted<App> {
    let window = web_sys::window().unwrap();
    let store = window.local_storage().unwrap().unwrap();
    store.clear().unwrap();
    store.set_item("cutline.language", "en").unwrap();
    // The page before has left its state in the address.
    window.location().set_hash("").unwrap();
    Mounted::new((), "button.head").await
}

pub(crate) fn text(element: &Element) -> String {
    element.text_content().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a button is called: its label, or else its words.
pub(crate) fn name_of(element: &Element) -> String {
    element.get_attribute("aria-label").unwrap_or_else(|| text(element))
}

pub(crate) fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

pub(crate) fn click(element: &Element) {
    let init = web_sys::MouseEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    send(element, &web_sys::MouseEvent::new_with_mouse_event_init_dict("click", &init).unwrap());
}

pub(crate) fn press_down(element: &Element) {
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    send(element, &Event::new_with_event_init_dict("pointerdown", &init).unwrap());
}

pub(crate) fn press(target: &EventTarget, key: &str) {
    let init = web_sys::KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_key(key);
    send(target, &web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap());
}

/// Types into a field, in place of what stood there.
pub(crate) fn fill(element: &Element, value: &str) {
    element.dyn_ref::<HtmlInputElement>().unwrap().set_value(value);
    let init = web_sys::InputEventInit::new();
    init.set_bubbles(true);
    send(element, &web_sys::InputEvent::new_with_event_init_dict("input", &init).unwrap());
}

fn send(target: &EventTarget, event: &Event) {
    target.dispatch_event(event).map_err(|error: JsValue| format!("{error:?}")).unwrap();
}

/// The money scenario, after some messages.
pub(crate) fn money(messages: &[Msg]) -> Session {
    let mut session = Session::new(Lang::En);
    for msg in messages {
        session.update(*msg);
    }
    session
}

pub(crate) fn props(session: Session, told: &Told) -> SharedProps {
    SharedProps { session: Shared::new(session), tell: told.callback() }
}

/// English words of the catalogue.
pub(crate) fn say(text: impl Key, values: &[(&str, &str)]) -> String {
    Session::new(Lang::En).say(text, values)
}

/// The channel from one process to another, counted from 1.
pub(crate) fn channel(session: &Session, from: u16, to: u16) -> ChannelId {
    session.topology().channels_between(ProcessId(from - 1), ProcessId(to - 1)).next().unwrap()
}
