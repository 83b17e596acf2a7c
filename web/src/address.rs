//! The fragment of the page's address: it always says the present state, so that reloading, going back and copying the
//! address all work.

use crate::shared::Shared;
use cutline_session::deed::Deeds;
use cutline_session::link::{Extent, TooLong};
use cutline_session::{Msg, Session};
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

/// The address of the page.
pub(crate) struct Address {
    tell: Callback<AddressMsg>,
    /// The fragment as it was last read or written, without the `#`.
    fragment: String,
    gathering: Option<Timeout>,
    /// How long writing took last, in milliseconds.
    cost: u32,
    deeds: Deeds,
    /// Whether what is done now belongs to what was done before it.
    belongs: bool,
    kept: Result<Extent, TooLong>,
    /// How many writes there may be at once, and when that was last counted, in milliseconds.
    free: (u32, f64),
    _listeners: Vec<EventListener>,
}

impl Address {
    /// Listens to the address of this page.
    pub(crate) fn new(tell: Callback<AddressMsg>) -> Self {
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
            deeds: Deeds::default(),
            belongs: true,
            // What came from an address fits into one.
            kept: Ok(Extent::Whole),
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
        self.deeds.part();
        self.kept = Ok(Extent::Whole);
        self.fragment.clone_from(&there);
        Some(there)
    }

    /// Before the session hears of something: the place that is left is written down first.
    pub(crate) fn about_to(&mut self, session: &Session, msg: Msg) {
        let now = js_sys::Date::now();
        self.refill(now);
        // Where the browser would refuse further places, what is done goes into the last one.
        self.belongs = self.deeds.belongs(msg, now as u64) || self.free.0 == 0;
        if self.gathering.is_some() && !self.belongs {
            self.write(session, false);
        }
    }

    /// After that. Each thing done is a place of its own to which one can go back, as [`Deeds`] tell them apart; the rest goes
    /// into the place where one is.
    pub(crate) fn after(&mut self, shared: &Shared, msg: Msg) {
        if matches!(msg, Msg::OpenMenu(_) | Msg::CloseMenu | Msg::Dismiss) {
            return;
        }
        if self.belongs {
            self.gather();
        } else if !self.write(&shared.read(), true) {
            // Nothing has come of it.
            return;
        }
        self.deeds.note(msg, js_sys::Date::now() as u64);
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

    /// What of the run is in the address.
    pub(crate) fn kept(&self) -> Result<Extent, TooLong> {
        self.kept
    }

    /// How many writes there may be at once grows with time.
    fn refill(&mut self, now: f64) {
        let refilled = ((now - self.free.1) as u32 / GATHER_MANY).min(AT_ONCE);
        if refilled > 0 {
            self.free = ((self.free.0 + refilled).min(AT_ONCE), now);
        }
    }

    /// Whether the address is another one now.
    fn write(&mut self, session: &Session, new_place: bool) -> bool {
        self.gathering = None;
        let begun = js_sys::Date::now();
        let link = session.link();
        self.kept = link.as_ref().map(|fragment| fragment.extent).map_err(|why| *why);
        let now = js_sys::Date::now();
        self.cost = (now - begun) as u32;
        self.refill(now);
        self.free.0 = self.free.0.saturating_sub(1);
        let Some(text) = link.ok().map(|fragment| fragment.text).or_else(|| session.link_to_scenario()) else {
            return false;
        };
        if text == self.fragment {
            return false;
        }
        let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else { return false };
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
        written.is_ok()
    }
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
