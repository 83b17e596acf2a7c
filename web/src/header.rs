//! The bar at the top: name, scenario, language, colours.

use crate::copy_link::CopyLink;
use crate::open_file::{Brought, OpenFile};
use crate::preferences::Theme;
use crate::shared::Shared;
use crate::systems::Systems;
use cutline_session::catalogue::keys::KeyText;
use cutline_session::{Msg, Text};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct HeaderProps {
    pub session: Shared,
    pub tell: Callback<Msg>,
    pub theme: Theme,
    pub next_theme: Callback<()>,
    pub presenting: bool,
    pub presenter: Callback<()>,
    pub help: Callback<()>,
    pub brought: Callback<Brought>,
}

#[component]
pub(crate) fn Header(props: &HeaderProps) -> Html {
    let session = props.session.read();
    let picker = use_node_ref();
    let shown = picker.clone();
    // The browser leaves an option alone that the reader has once chosen, whatever its attribute says.
    use_effect_with((session.current(), session.titles().count()), move |(current, _)| {
        if let (Some(picker), Ok(at)) = (shown.cast::<HtmlSelectElement>(), i32::try_from(*current)) {
            picker.set_selected_index(at);
        }
    });
    let say = |text| session.say(text, &[]);
    let other = session.lang().other();
    let choose = props.tell.reform(|event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.selected_index());
        Msg::Open(chosen.and_then(|at| usize::try_from(at).ok()).unwrap_or(usize::MAX))
    });
    let option = |(at, title): (usize, &str)| {
        html! { <option key={at} selected={at == session.current()}>{ title }</option> }
    };
    let groups = session.grouped_titles();
    let options = groups.into_iter().map(|(name, titles)| {
        html! { <optgroup key={name.clone()} label={name}>{ for titles.into_iter().map(option) }</optgroup> }
    });
    html! {
        <header>
            <span class="brand">{ mark() }{ "Cutline" }</span>
            <span class="picker">
                <select ref={picker} aria-label={say(Text::Scenario)} onchange={choose}>{ for options }</select>
            </span>
            <Systems session={props.session.clone()} tell={props.tell.clone()} />
            <span class="grow"></span>
            <button class="quiet icon keys" aria-label={session.say(KeyText::Show, &[])} title={session.say(KeyText::Show, &[])}
                aria-haspopup="dialog" onclick={props.help.reform(|_| ())}>{ "?" }</button>
            <button class="quiet icon presenter" aria-label={session.say(KeyText::PresenterOn, &[])}
                title={session.say(if props.presenting { KeyText::PresenterOff } else { KeyText::PresenterOn }, &[])}
                aria-pressed={props.presenting.to_string()} onclick={props.presenter.reform(|_| ())}>
                <svg class="sign" viewBox="0 0 20 20" aria-hidden="true"><path d="M3 3.5h14M4 3.5v9h12v-9M10 12.5v2M7 17.5l3-3 3 3" /></svg>
            </button>
            <OpenFile session={props.session.clone()} brought={props.brought.clone()} />
            <CopyLink session={props.session.clone()} />
            <button class="quiet" lang={other.tag()} title={say(Text::OtherLanguageLabel)}
                onclick={props.tell.reform(move |_| Msg::Speak(other))}>
                { say(Text::OtherLanguage) }
            </button>
            <button class="quiet icon" aria-label={say(props.theme.label())} title={say(props.theme.label())}
                onclick={props.next_theme.reform(|_| ())}>
                { theme_sign(props.theme) }
            </button>
        </header>
    }
}

/// Three lines and a cut through them.
pub(crate) fn mark() -> Html {
    html! {
        <svg class="brand-mark" viewBox="0 0 26 26" aria-hidden="true">
            <path d="M2 6h22M2 13h22M2 20h22" />
            <path class="brand-cut" d="M9 2.5c0 5 8 4.5 8 10.5s-6 5-6 11" />
        </svg>
    }
}

fn theme_sign(theme: Theme) -> Html {
    let half = match theme {
        Theme::System => "M10 3a7 7 0 0 1 0 14z",
        Theme::Light => "",
        Theme::Dark => "M10 3a7 7 0 0 1 0 14a7 7 0 0 1 0-14z",
    };
    html! {
        <svg class="sign" viewBox="0 0 20 20" aria-hidden="true">
            <circle cx="10" cy="10" r="7" />
            <path class="full" d={half} />
        </svg>
    }
}
