//! The page inside another one: `?embed` in its address. What it takes and what it tells is described in
//! `docs/embedding.md`.

use crate::report::Report;
use cutline_session::{LinkText, Session, separator};
use gloo_timers::callback::Timeout;
use js_sys::{Object, Reflect};
use std::cell::{Cell, RefCell};
use wasm_bindgen::prelude::*;
use web_sys::{Element, MessageEvent, ResizeObserver, Window};
use yew::prelude::*;

/// A part of the page that an embedding page can choose, by the name that it has in `show`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What is to be seen in the scenario.
    About,
    /// The diagram.
    Diagram,
    /// What happened at the step.
    Explanation,
    /// The controls of time, and the button for a snapshot.
    Transport,
    /// The recorded global state.
    State,
    /// The verdict.
    Verdict,
    /// The reader's own cut.
    Cut,
    /// The rules of the algorithm.
    Rules,
    /// The network with its queues.
    Network,
    /// The list of events.
    Events,
    /// What the signs mean.
    Signs,
}

const PARTS: [(&str, Part); 11] = [
    ("about", Part::About),
    ("diagram", Part::Diagram),
    ("explanation", Part::Explanation),
    ("transport", Part::Transport),
    ("state", Part::State),
    ("verdict", Part::Verdict),
    ("cut", Part::Cut),
    ("rules", Part::Rules),
    ("network", Part::Network),
    ("events", Part::Events),
    ("signs", Part::Signs),
];
/// When all components have been drawn, in milliseconds.
const AFTER_DRAWING: u32 = 50;
/// Of a name that no part has, so many letters are told.
const LONGEST_NAME: usize = 40;
/// What is shown where the embedding page does not say.
const BY_DEFAULT: &str = "about,diagram,explanation,transport,state,verdict";

/// The parts that are shown. Components ask for it with [`use_shown`].
#[derive(Clone, Debug, PartialEq)]
pub struct Shown(Option<Vec<Part>>);

impl Shown {
    /// All of them, as on a page of its own.
    pub const ALL: Self = Self(None);

    /// The parts of these names, with the names that no part has; what is shown by default where none is known.
    fn of(names: &str) -> (Self, Vec<String>) {
        let (mut parts, mut unknown) = (Vec::new(), Vec::new());
        for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            match PARTS.iter().find(|(known, _)| *known == name) {
                Some((_, part)) => parts.push(*part),
                None => unknown.push(name.chars().take(LONGEST_NAME).collect()),
            }
        }
        let shown = if parts.is_empty() { Self::of(BY_DEFAULT).0 } else { Self(Some(parts)) };
        (shown, unknown)
    }

    /// Whether a part is shown.
    #[must_use]
    pub fn has(&self, part: Part) -> bool {
        self.0.as_ref().is_none_or(|parts| parts.contains(&part))
    }

    /// Whether any of some parts is shown.
    #[must_use]
    pub fn has_any(&self, parts: &[Part]) -> bool {
        parts.iter().any(|part| self.has(*part))
    }
}

/// The parts that are shown.
#[hook]
pub fn use_shown() -> Shown {
    use_context::<Shown>().unwrap_or(Shown::ALL)
}

/// What the query of the address asks for, by name; none if the name is not there.
pub(crate) fn asked(name: &str) -> Option<String> {
    let query = web_sys::window()?.location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&query).ok()?.get(name)
}

/// The page that is around this one.
pub(crate) struct Embed {
    pub(crate) shown: Shown,
    /// What was asked for that there is not.
    unknown: Vec<String>,
    host: Option<Host>,
    height: Option<HeightReports>,
    _listener: Option<gloo_events::EventListener>,
}

/// Where messages go.
#[derive(Clone)]
struct Host {
    window: Window,
    id: Option<String>,
}

impl Host {
    fn of_page() -> Option<Self> {
        let window = web_sys::window()?;
        let parent = window.parent().ok().flatten().filter(|parent| !Object::is(parent, &window))?;
        Some(Self { window: parent, id: asked("id") })
    }

    /// Tells what a message of a type has, an object. It is no secret, and where the other page comes from is not known here.
    fn tell(&self, r#type: &str, message: &JsValue) {
        let set = |name: &str, value: &JsValue| Reflect::set(message, &name.into(), value).is_ok();
        let id = self.id.as_deref().map_or(JsValue::NULL, JsValue::from);
        if set("type", &r#type.into()) && set("id", &id) {
            _ = self.window.post_message(message, "*");
        }
    }
}

impl Embed {
    /// If this page is asked to be one. `open` is called with every link that the page around it asks for.
    pub(crate) fn of_page(open: Callback<String>) -> Option<Self> {
        asked("embed")?;
        let (shown, unknown) = Shown::of(&asked("show").unwrap_or_default());
        let host = Host::of_page();
        if let Some(root) = web_sys::window()?.document()?.document_element() {
            _ = root.class_list().add_1("embed");
        }
        let listener = host.as_ref().and_then(|host| listen(host, open));
        let height = host.as_ref().and_then(HeightReports::begin);
        Some(Self { shown, unknown, host, height, _listener: listener })
    }

    /// That some of what was asked for is not there, in words.
    pub(crate) fn unknown_words(&self, session: &Session) -> Option<String> {
        let list = |names: Vec<&str>| names.join(separator(session.lang()));
        let asked = list(self.unknown.iter().map(String::as_str).collect());
        let all = list(PARTS.iter().map(|(name, _)| *name).collect());
        (!asked.is_empty()).then(|| session.say(LinkText::NoSuchPart, &[("list", &asked), ("all", &all)]))
    }

    /// Tells the page around this one how things stand.
    pub(crate) fn announce(&self, report: &Report, link: Option<&str>) {
        if let Some(host) = &self.host {
            let Ok(message) = serde_wasm_bindgen::to_value(report) else { return };
            _ = Reflect::set(&message, &"link".into(), &link.map_or(JsValue::NULL, JsValue::from));
            host.tell("cutline:change", &message);
        }
        self.height.iter().for_each(HeightReports::look);
    }
}

/// The one message that is taken, from the page around this one and nobody else: `{ type: "cutline:open", link }`.
fn listen(host: &Host, open: Callback<String>) -> Option<gloo_events::EventListener> {
    let parent = host.window.clone();
    let window = web_sys::window()?;
    let listener = gloo_events::EventListener::new(&window, "message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
        let from_parent = event.source().is_some_and(|source| Object::is(&source, &parent));
        let field = |name: &str| Reflect::get(&event.data(), &name.into()).ok()?.as_string();
        if from_parent && field("type").as_deref() == Some("cutline:open") {
            field("link").into_iter().for_each(|link| open.emit(link));
        }
    });
    Some(listener)
}

/// Tells the page around this one its height, now and whenever it changes.
struct HeightReports {
    observer: ResizeObserver,
    callback: Closure<dyn FnMut()>,
    after_drawing: RefCell<Option<Timeout>>,
}

impl HeightReports {
    fn begin(host: &Host) -> Option<Self> {
        let root: Element = web_sys::window()?.document()?.get_element_by_id("cutline")?;
        let (host, measured, told) = (host.clone(), root.clone(), Cell::new(0));
        let callback = Closure::<dyn FnMut()>::new(move || {
            let height = measured.get_bounding_client_rect().height().ceil() as i32;
            if told.replace(height) != height {
                let message = Object::new();
                _ = Reflect::set(&message, &"height".into(), &height.into());
                host.tell("cutline:height", &message);
            }
        });
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(&root);
        Some(Self { observer, callback, after_drawing: RefCell::default() })
    }

    /// In a frame that is out of sight the observer keeps silent, so the height is also looked at after drawing.
    fn look(&self) {
        let callback: js_sys::Function = self.callback.as_ref().unchecked_ref::<js_sys::Function>().clone();
        let look = move || drop(callback.call0(&JsValue::NULL));
        self.after_drawing.replace(Some(Timeout::new(AFTER_DRAWING, look)));
    }
}

impl Drop for HeightReports {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
