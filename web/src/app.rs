//! The whole page: carries out what the session commands.

use crate::address::{self, Address, AddressMsg};
use crate::header::Header;
use crate::lit::Lit;
use crate::panel::Panel;
use crate::preferences::{self, Theme};
use crate::report;
use crate::shared::Shared;
use crate::stage::Stage;
use cutline_session::{Command, Lang, Msg, Session, Text};
use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

/// The page.
pub struct App {
    session: Shared,
    theme: Theme,
    ticking: Option<Interval>,
    address: Address,
    lit: Option<Lit>,
    _keys: Option<EventListener>,
}

/// What happens to the page.
#[derive(Clone, Copy, Debug)]
pub enum AppMsg {
    /// Something for the session.
    Session(Msg),
    /// The reader wants other colours.
    NextTheme,
    /// Something for the address.
    Address(AddressMsg),
}

impl Component for App {
    type Message = AppMsg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let lang = preferences::language();
        let mut session = Shared::new(Session::new(lang));
        let link = address::fragment();
        if !link.is_empty() {
            // Nothing plays yet, and the language is spoken below.
            _ = session.open_link(&link);
        }
        let lang = session.read().lang();
        speak(&session, lang);
        let theme = preferences::theme();
        theme.apply();
        let address = Address::new(&session.read(), ctx.link().callback(AppMsg::Address));
        Self { session, theme, ticking: None, address, lit: Lit::listen(), _keys: listen_to_keys(ctx) }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: AppMsg) -> bool {
        match msg {
            AppMsg::Session(msg) => {
                self.address.about_to(&self.session.read(), msg);
                for command in self.session.update(msg) {
                    self.carry_out(ctx, command);
                }
                self.address.after(&self.session, msg);
            }
            AppMsg::Address(AddressMsg::Moved) => return self.follow_address(ctx),
            AppMsg::Address(AddressMsg::Due | AddressMsg::Leaving) => {
                self.address.flush(&self.session.read());
                return false;
            }
            AppMsg::NextTheme => {
                self.theme = self.theme.next();
                self.theme.apply();
                self.theme.remember();
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let tell = ctx.link().callback(AppMsg::Session);
        let next_theme = ctx.link().callback(|()| AppMsg::NextTheme);
        let session = &self.session;
        html! {
            <>
                <Header session={session.clone()} tell={tell.clone()} theme={self.theme} {next_theme} />
                <main>
                    <Stage session={session.clone()} tell={tell.clone()} />
                    <Panel session={session.clone()} {tell} />
                </main>
            </>
        }
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first: bool) {
        report::announce(&self.session.read());
        if let Some(lit) = &self.lit {
            lit.refresh();
        }
    }
}

impl App {
    /// Whether there was anywhere to go.
    fn follow_address(&mut self, ctx: &Context<Self>) -> bool {
        let Some(link) = self.address.moved() else { return false };
        // An address without a fragment is the page as it first opens.
        let commands = if link.is_empty() { self.session.update(Msg::Open(0)) } else { self.session.open_link(&link) };
        for command in commands {
            match command {
                // The link's language is for now; what the reader chose before is kept.
                Command::SpokenLanguage(lang) => speak(&self.session, lang),
                other => self.carry_out(ctx, other),
            }
        }
        true
    }

    fn carry_out(&mut self, ctx: &Context<Self>, command: Command) {
        match command {
            Command::StartTicking(milliseconds) => {
                let link = ctx.link().clone();
                let tick = move || link.send_message(AppMsg::Session(Msg::Tick));
                self.ticking = Some(Interval::new(milliseconds, tick));
            }
            Command::StopTicking => self.ticking = None,
            Command::SpokenLanguage(lang) => {
                speak(&self.session, lang);
                preferences::remember_language(lang);
            }
        }
    }
}

/// Puts the language into the document's own properties.
fn speak(session: &Shared, lang: Lang) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    document.set_title(&session.text(Text::PageTitle));
    if let Some(root) = document.document_element() {
        // Only a broken document refuses an attribute, and then there is nothing to do about it.
        _ = root.set_attribute("lang", lang.tag());
    }
}

/// Arrow keys step and the space bar plays, unless something else has the focus that uses them.
fn listen_to_keys(ctx: &Context<App>) -> Option<EventListener> {
    let link = ctx.link().clone();
    let document = web_sys::window()?.document()?;
    let options = gloo_events::EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(&document, "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.ctrl_key() || event.alt_key() || event.meta_key() || event.default_prevented() {
            return;
        }
        let focus = focus_of(event);
        let msg = match event.key().as_str() {
            "Escape" => Msg::CloseMenu,
            _ if focus == Focus::Field => return,
            "ArrowRight" => Msg::Forward,
            "ArrowLeft" => Msg::Back,
            "Home" => Msg::Seek(0),
            "End" => Msg::RunToEnd,
            " " if focus == Focus::Nothing => Msg::TogglePlay,
            _ => return,
        };
        event.prevent_default();
        link.send_message(AppMsg::Session(msg));
    }))
}

/// What has the focus, as far as keys are concerned.
#[derive(PartialEq)]
enum Focus {
    Nothing,
    Button,
    Field,
}

fn focus_of(event: &KeyboardEvent) -> Focus {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some(element) = element else { return Focus::Nothing };
    match element.tag_name().to_ascii_lowercase().as_str() {
        "input" | "select" | "textarea" => Focus::Field,
        "body" | "html" => Focus::Nothing,
        _ if element.class_list().contains("scroll") => Focus::Field,
        _ if element.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable) => Focus::Field,
        _ => Focus::Button,
    }
}
