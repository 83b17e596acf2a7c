//! The fragment of the page's address: it always says the present state, so that reloading, going back and copying the
//! address all work.

use crate::shared::Shared;
use cutline_session::{BranchMsg, Msg, Session, TimeMsg};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use yew::Callback;

/// How long changes are gathered, in milliseconds.
const GATHER: u32 = 40;
/// How long where many have been written of late.
const GATHER_MANY: u32 = 500;
/// Browsers refuse more than a hundred writes in half a minute. So many may come at once, and then two a second.
const AT_ONCE: u32 = 30;
/// By how much writing links takes its time, at most: one part of so many.
const SHARE: u32 = 20;

/// Something happens at the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressMsg {
    /// The reader went elsewhere: back, forward, or by writing another fragment.
    Moved,
    /// Changes have been gathered long enough.
    Due,
    /// The page goes away.
    Leaving,
}

/// What a change means for the history of the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Landmark {
    scenario: usize,
    branches: usize,
}

impl Landmark {
    fn of(session: &Session) -> Self {
        Self { scenario: session.current(), branches: session.branch().1 }
    }
}

/// The address of the page.
pub(crate) struct Address {
    tell: Callback<AddressMsg>,
    /// The fragment as it was last read or written, without the `#`.
    fragment: String,
    gathering: Option<Timeout>,
    /// How long writing took last, in milliseconds.
    cost: u32,
    before: Landmark,
    /// How many writes there may be at once, and when that was last counted, in milliseconds.
    free: (u32, f64),
    _listeners: Vec<EventListener>,
}

impl Address {
    /// Listens to the address of this page.
    pub(crate) fn new(session: &Session, tell: Callback<AddressMsg>) -> Self {
        let listen = |name: &'static str, msg: AddressMsg| {
            let tell = tell.clone();
            web_sys::window().map(|window| EventListener::new(&window, name, move |_| tell.emit(msg)))
        };
        let moved = ["popstate", "hashchange"].map(|name| listen(name, AddressMsg::Moved));
        // A reload takes the address before the page is hidden.
        let leaving = ["beforeunload", "pagehide"].map(|name| listen(name, AddressMsg::Leaving));
        Self {
            fragment: fragment(),
            gathering: None,
            cost: 0,
            before: Landmark::of(session),
            free: (AT_ONCE, js_sys::Date::now()),
            _listeners: moved.into_iter().chain(leaving).flatten().collect(),
            tell,
        }
    }

    /// Where the reader went, if that is not where the page is already.
    pub(crate) fn moved(&mut self) -> Option<String> {
        let there = fragment();
        if there == self.fragment {
            return None;
        }
        self.gathering = None;
        self.fragment.clone_from(&there);
        Some(there)
    }

    /// Before the session hears of something: the place that may be left is written down first.
    pub(crate) fn about_to(&mut self, session: &Session, msg: Msg) {
        if self.gathering.is_some() && leads_elsewhere(msg) {
            self.write(session, false);
        }
        self.before = Landmark::of(session);
    }

    /// After that. Another scenario, another branch and a new start are places of their own to which one can go back;
    /// smaller steps go into the place where one is.
    pub(crate) fn after(&mut self, shared: &Shared, msg: Msg) {
        if matches!(msg, Msg::OpenMenu(_) | Msg::CloseMenu | Msg::Dismiss) {
            return;
        }
        let session = shared.read();
        if Landmark::of(&session) != self.before || matches!(msg, Msg::Reset | Msg::NextBranch) {
            self.write(&session, true);
        } else {
            self.gather();
        }
    }

    /// The state has changed without the reader.
    pub(crate) fn gather(&mut self) {
        if self.gathering.is_none() {
            let tell = self.tell.clone();
            let least = if self.free.0 > 0 { GATHER } else { GATHER_MANY };
            let wait = least.max(self.cost.saturating_mul(SHARE));
            self.gathering = Some(Timeout::new(wait, move || tell.emit(AddressMsg::Due)));
        }
    }

    /// Writes what has been gathered.
    pub(crate) fn flush(&mut self, session: &Session) {
        if self.gathering.is_some() {
            self.write(session, false);
        }
    }

    fn write(&mut self, session: &Session, new_place: bool) {
        self.gathering = None;
        let begun = js_sys::Date::now();
        let link = session.link().ok().map(|fragment| fragment.text);
        let now = js_sys::Date::now();
        self.cost = (now - begun) as u32;
        let refilled = ((now - self.free.1) as u32 / GATHER_MANY).min(AT_ONCE);
        let counted = if refilled > 0 { now } else { self.free.1 };
        self.free = ((self.free.0 + refilled).min(AT_ONCE).saturating_sub(1), counted);
        let Some(text) = link.or_else(|| session.link_to_scenario()) else { return };
        if text == self.fragment {
            return;
        }
        let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else { return };
        let address = format!("#{text}");
        let written = if new_place {
            history.push_state_with_url(&JsValue::NULL, "", Some(&address))
        } else {
            history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
        };
        // A browser that has had enough of it keeps the address as it was; the next write comes soon.
        if written.is_ok() {
            self.fragment = text;
        }
    }
}

/// Whether the place where one is may be left by this.
fn leads_elsewhere(msg: Msg) -> bool {
    let acts = matches!(msg, Msg::Do(_) | Msg::TakeSnapshot | Msg::StartAt(_));
    let acts =
        acts || matches!(msg, Msg::Time(TimeMsg::Watch | TimeMsg::DeliverNext) | Msg::Branch(BranchMsg::Switch(_)));
    acts || matches!(msg, Msg::Open(_) | Msg::Reset | Msg::NextBranch)
}

/// The fragment of the address, without the `#`.
pub(crate) fn fragment() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    let encoded = hash.strip_prefix('#').unwrap_or(&hash);
    let decoded = js_sys::decode_uri_component(encoded).ok().and_then(|text| text.as_string());
    decoded.unwrap_or_else(|| encoded.into())
}

/// The whole address of the page with another fragment, and without what is asked of an embedded page.
pub(crate) fn with_fragment(text: &str) -> String {
    let location = web_sys::window().map(|window| window.location());
    let part = |part: Result<String, JsValue>| part.unwrap_or_default();
    location.map_or_else(String::new, |location| {
        let page = part(location.href());
        let page = page.split(['#', '?']).next().unwrap_or_default();
        format!("{page}#{text}")
    })
}
