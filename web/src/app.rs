//! The whole page: carries out what the session commands.

use crate::address::{self, Address, AddressMsg};
use crate::header::Header;
use crate::key_help::KeyHelp;
use crate::keys;
use crate::lit::Lit;
use crate::motion;
use crate::panel::Panel;
use crate::preferences::{self, Theme};
use crate::report;
use crate::shared::Shared;
use crate::stage::Stage;
use cutline_diagram::Orientation;
use cutline_session::{Command, Lang, LookMsg, Msg, Session, Text};
use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use yew::prelude::*;

/// The page.
pub struct App {
    session: Shared,
    theme: Theme,
    ticking: Option<Interval>,
    presenter: bool,
    help: bool,
    address: Address,
    lit: Option<Lit>,
    _keys: Vec<EventListener>,
}

/// What happens to the page.
#[derive(Clone, Copy, Debug)]
pub enum AppMsg {
    /// Something for the session.
    Session(Msg),
    /// The reader wants other colours.
    NextTheme,
    /// Into presenter mode or out of it.
    Presenter,
    /// Time runs the other way on the diagram.
    Turn,
    /// Open the help on keys, or close it.
    Help(bool),
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
        let (lit, keys) = (Lit::listen(), listen_to_keys(ctx));
        Self { session, theme, ticking: None, address, presenter: false, help: false, lit, _keys: keys }
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
            AppMsg::Presenter => {
                self.presenter = !self.presenter;
                motion::present(self.presenter);
            }
            AppMsg::Turn => {
                let turned = motion::is_down();
                let other = if turned { Orientation::Across } else { Orientation::Down };
                ctx.link().send_message(AppMsg::Session(Msg::Look(LookMsg::Turn(Some(other)))));
            }
            AppMsg::Help(open) => self.help = open,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let tell = ctx.link().callback(AppMsg::Session);
        let next_theme = ctx.link().callback(|()| AppMsg::NextTheme);
        let presenter = ctx.link().callback(|()| AppMsg::Presenter);
        let help = ctx.link().callback(|()| AppMsg::Help(true));
        let close = ctx.link().callback(|()| AppMsg::Help(false));
        let session = &self.session;
        html! {
            <>
                <Header session={session.clone()} tell={tell.clone()} theme={self.theme} {next_theme}
                    presenting={self.presenter} {presenter} {help} />
                <main>
                    <Stage session={session.clone()} tell={tell.clone()} />
                    <Panel session={session.clone()} {tell} />
                </main>
                if self.help {
                    <KeyHelp session={session.clone()} {close} />
                }
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

/// Keys are heard in the element in which the playground is.
fn listen_to_keys(ctx: &Context<App>) -> Vec<EventListener> {
    let document = web_sys::window().and_then(|window| window.document());
    let root =
        document.and_then(|document| document.get_element_by_id("cutline").or_else(|| document.body().map(Into::into)));
    root.map(|root| keys::listen(&root, ctx.link().callback(|msg| msg))).unwrap_or_default()
}
