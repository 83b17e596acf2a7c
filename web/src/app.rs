//! The whole page: carries out what the session commands.

use crate::address::{self, Address, AddressMsg};
use crate::embed::{Embed, Part, Shown};
use crate::header::{self, Header};
use crate::keeper::Keeper;
use crate::key_help::KeyHelp;
use crate::keys;
use crate::lit::Lit;
use crate::motion;
use crate::open_file::{self, Brought};
use crate::panel::Panel;
use crate::preferences::{self, Theme};
use crate::report;
use crate::shared::Shared;
use crate::sheet::EventsOnPaper;
use crate::stage::Stage;
use cutline_diagram::Orientation;
use cutline_session::{Command, LinkText, LookMsg, Msg, Session, Text};
use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use std::cell::RefCell;
use yew::prelude::*;

/// The page.
pub struct App {
    session: Shared,
    theme: Theme,
    ticking: Option<Interval>,
    /// None in a page that is embedded: the address is the embedding page's.
    address: Option<Address>,
    embed: Option<Embed>,
    /// The link that is told and offered in an embedded page.
    link: RefCell<Option<String>>,
    help: bool,
    lit: Option<Lit>,
    keeper: Option<Keeper>,
    _keys: Vec<EventListener>,
    _files: Vec<EventListener>,
    _screen: Option<EventListener>,
}

/// What is at the side of the page.
const SIDE: [Part; 7] = [Part::State, Part::Verdict, Part::Cut, Part::Rules, Part::Network, Part::Events, Part::Signs];

/// What happens to the page.
#[derive(Clone, Debug)]
pub enum AppMsg {
    /// Something for the session.
    Session(Msg),
    /// The reader wants other colours.
    NextTheme,
    /// Into presenter mode or out of it.
    Presenter,
    /// The browser has taken the whole screen from the page.
    ScreenTaken,
    /// Time runs the other way on the diagram.
    Turn,
    /// Open the help on keys, or close it.
    Help(bool),
    /// Something for the address.
    Address(AddressMsg),
    /// The page around this one wants a link to be opened.
    Open(String),
    /// The reader has brought a file.
    File(Brought),
}

impl Component for App {
    type Message = AppMsg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let embed = Embed::of_page(ctx.link().callback(AppMsg::Open));
        let mut session = Shared::new(Session::new(preferences::language()));
        let link = address::fragment();
        if !link.is_empty() {
            // Nothing plays yet, and the language is spoken below.
            _ = session.open_link(&link);
        }
        let theme = preferences::theme();
        theme.apply();
        let address = embed.is_none().then(|| Address::new(ctx.link().callback(AppMsg::Address)));
        let files = if embed.is_none() { open_file::listen(ctx.link().callback(AppMsg::File)) } else { Vec::new() };
        let link = RefCell::default();
        let mut app = Self {
            session,
            theme,
            ticking: None,
            address,
            embed,
            link,
            help: false,
            lit: Lit::listen(),
            keeper: Keeper::listen(),
            _keys: listen_to_keys(ctx),
            _files: files,
            _screen: motion::when_screen_is_taken(ctx.link().callback(|()| AppMsg::ScreenTaken)),
        };
        app.speak_as_asked();
        speak(&app.session);
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: AppMsg) -> bool {
        match msg {
            AppMsg::Session(msg) => self.tell(ctx, msg, |session| session.update(msg)),
            // To the address it is like the choice of another scenario.
            AppMsg::File((name, text)) => {
                self.tell(ctx, Msg::Open(0), |session| session.open_file(&name, text));
            }
            AppMsg::Address(AddressMsg::Moved) => {
                let Some(link) = self.address.as_mut().and_then(Address::moved) else { return false };
                self.open(ctx, &link);
            }
            AppMsg::Address(AddressMsg::Due | AddressMsg::Leaving) => {
                let Some(address) = &mut self.address else { return false };
                let kept = address.kept();
                address.flush(&self.session.read());
                return kept != address.kept();
            }
            AppMsg::Open(link) => self.open(ctx, &link),
            AppMsg::NextTheme => {
                self.theme = self.theme.next();
                self.theme.apply();
                self.theme.remember();
            }
            AppMsg::Presenter => {
                let on = !self.session.read().is_presenting();
                motion::fill_screen(on);
                self.tell(ctx, Msg::Present(on), |session| session.update(Msg::Present(on)));
            }
            AppMsg::ScreenTaken => {
                if !self.session.read().is_presenting() {
                    return false;
                }
                self.tell(ctx, Msg::Present(false), |session| session.update(Msg::Present(false)));
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
        let shown = self.embed.as_ref().map_or(Shown::ALL, |embed| embed.shown.clone());
        let at_the_side = shown.has_any(&SIDE);
        html! {
            <ContextProvider<Shown> context={shown.clone()}>
                if self.embed.is_none() {
                    <Header session={session.clone()} tell={tell.clone()} theme={self.theme} {next_theme}
                        presenting={session.read().is_presenting()} {presenter} {help} brought={ctx.link().callback(AppMsg::File)} />
                }
                { self.unkept() }
                <main>
                    <Stage session={session.clone()} tell={tell.clone()} />
                    if at_the_side {
                        <Panel session={session.clone()} {tell} />
                    }
                </main>
                if shown.has(Part::Events) {
                    <EventsOnPaper session={session.clone()} />
                }
                if self.help {
                    <KeyHelp session={session.clone()} {close} />
                }
                if self.embed.is_some() {
                    { self.way_out() }
                }
            </ContextProvider<Shown>>
        }
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first: bool) {
        motion::present(self.session.read().is_presenting());
        let report = report::report(&self.session.read());
        report::announce(&report);
        if let Some(embed) = &self.embed {
            embed.announce(&report, self.link.borrow().as_deref());
        }
        if let Some(lit) = &self.lit {
            lit.refresh();
        }
        if let Some(keeper) = &self.keeper {
            keeper.look();
        }
    }
}

impl App {
    /// Does something to the session, and what the session commands, and keeps the address.
    fn tell(&mut self, ctx: &Context<Self>, msg: Msg, does: impl FnOnce(&mut Shared) -> Vec<Command>) {
        if let Some(address) = &mut self.address {
            address.about_to(&self.session.read(), msg);
        }
        for command in does(&mut self.session) {
            self.carry_out(ctx, command);
        }
        if let Some(address) = &mut self.address {
            address.after(&self.session, msg);
        }
    }

    /// Opens a link; without one, the page as it first opens.
    fn open(&mut self, ctx: &Context<Self>, link: &str) {
        let commands = if link.is_empty() { self.session.update(Msg::Open(0)) } else { self.session.open_link(link) };
        for command in commands {
            // The link's language is for now; what the reader chose before is kept.
            if !matches!(command, Command::SpokenLanguage(_)) {
                self.carry_out(ctx, command);
            }
        }
        self.speak_as_asked();
        speak(&self.session);
    }

    /// In an embedded page, the language that the page around it asks for comes before a link's, and a frame is no hall.
    fn speak_as_asked(&mut self) {
        if self.embed.is_some() {
            _ = self.session.update(Msg::Present(false));
        }
        if let Some(lang) = preferences::language_asked().filter(|_| self.embed.is_some()) {
            _ = self.session.update(Msg::Speak(lang));
        }
    }

    /// That a reload would lose some of the run, or that the embedding page asks for what is not here, where that is so.
    fn unkept(&self) -> Html {
        let kept = self.address.as_ref().map(Address::kept);
        let session = self.session.read();
        let words = kept.and_then(|kept| session.unkept_words(kept));
        let words = words.or_else(|| self.embed.as_ref().and_then(|embed| embed.unknown_words(&session)));
        // It is there while empty, so that what it says is read out when it comes.
        html! { <div class="unkept" role="status">{ words.map(|words| html! { <p>{ words }</p> }).unwrap_or_default() }</div> }
    }

    /// From an embedded page to one of its own, in the same state.
    fn way_out(&self) -> Html {
        let session = self.session.read();
        let link = session.link().ok().map(|fragment| fragment.text);
        let href = address::with_fragment(&link.clone().or_else(|| session.link_to_scenario()).unwrap_or_default());
        self.link.replace(link);
        html! {
            <footer class="way-out">
                <a {href} target="_blank" rel="noopener">{ header::mark() }{ session.say(LinkText::OpenInCutline, &[]) }</a>
            </footer>
        }
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
                speak(&self.session);
                preferences::remember_language(lang);
            }
        }
    }
}

/// Puts the language into the document's own properties.
fn speak(session: &Shared) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    document.set_title(&session.text(Text::PageTitle));
    if let Some(root) = document.document_element() {
        // Only a broken document refuses an attribute, and then there is nothing to do about it.
        _ = root.set_attribute("lang", session.read().lang().tag());
    }
}

/// Keys are heard in the element in which the playground is.
fn listen_to_keys(ctx: &Context<App>) -> Vec<EventListener> {
    let document = web_sys::window().and_then(|window| window.document());
    let root =
        document.and_then(|document| document.get_element_by_id("cutline").or_else(|| document.body().map(Into::into)));
    root.map(|root| keys::listen(&root, ctx.link().callback(|msg| msg))).unwrap_or_default()
}
