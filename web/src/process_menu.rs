//! The menu of a process: send, and start a snapshot.

use crate::shared::Shared;
use cutline_core::{Action, Payload};
use cutline_session::menu::{Choice, Menu, Transfer};
use cutline_session::{Msg, Text};
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// What the menu takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct MenuProps {
    /// The session.
    pub session: Shared,
    /// Where to tell what the reader did.
    pub tell: Callback<Msg>,
    /// What stands in it.
    pub menu: Menu,
    /// Where it is.
    #[prop_or_default]
    pub style: String,
}

/// The menu.
#[component]
pub fn ProcessMenu(props: &MenuProps) -> Html {
    let root = use_node_ref();
    let amount = use_state(|| props.menu.transfer.as_ref().map_or(1, |transfer| transfer.proposed).to_string());
    use_effect_with(root.clone(), |root| {
        if let Some(element) = root.cast::<HtmlElement>() {
            _ = element.focus();
        }
    });
    let say = |text| props.session.text(text);
    let transfer = props.menu.transfer.as_ref().map(|transfer| transfer_html(props, transfer, &amount));
    let nothing = props.menu.nothing.as_ref().map(|why| html! { <p class="nothing">{ why }</p> });
    let refused = {
        let session = props.session.read();
        session.notice().map(|notice| session.refusal(notice.why))
    };
    let sends = props.menu.choices.iter().filter(|choice| choice.snapshot.is_none());
    let starts = props.menu.choices.iter().filter(|choice| choice.snapshot.is_some());
    html! {
        <div class="menu" role="dialog" aria-label={props.menu.title.clone()} tabindex="-1" ref={root}
            style={props.style.clone()}>
            <div class="menu-title">
                <strong>{ &props.menu.title }</strong>
                <button class="quiet icon" aria-label={say(Text::Close)} onclick={props.tell.reform(|_| Msg::CloseMenu)}>
                    { "×" }
                </button>
            </div>
            { transfer.unwrap_or_default() }
            { nothing.unwrap_or_default() }
            <p class="refused" role="alert">{ refused.unwrap_or_default() }</p>
            <div class="choices">{ for sends.map(|choice| choice_html(props, choice)) }</div>
            <div class="choices starts">{ for starts.map(|choice| choice_html(props, choice)) }</div>
        </div>
    }
}

fn transfer_html(props: &MenuProps, transfer: &Transfer, amount: &UseStateHandle<String>) -> Html {
    let oninput = {
        let amount = amount.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                amount.set(input.value());
            }
        })
    };
    // What is no whole number is sent on as 0, and the world refuses it with the reason.
    let wanted = amount.trim().parse::<i64>().unwrap_or(0);
    let buttons = transfer.channels.iter().map(|(channel, label)| {
        let action = Action::Send { channel: *channel, payload: Payload(wanted) };
        let onclick = props.tell.reform(move |_| Msg::Do(action));
        html! { <button key={channel.0} {onclick}>{ label }</button> }
    });
    html! {
        <div class="transfer">
            <label>
                { props.session.text(Text::Amount) }
                <input type="number" inputmode="numeric" min="1" max={transfer.most.to_string()} step="1"
                    value={(**amount).clone()} {oninput} />
            </label>
            <div class="choices">{ for buttons }</div>
        </div>
    }
}

fn choice_html(props: &MenuProps, choice: &Choice) -> Html {
    let dot = choice.snapshot.map(|snapshot| html! { <i class={format!("dot s{}", snapshot.0 % 4)}></i> });
    let why = choice.why_not.as_ref().map(|why| html! { <small>{ why }</small> });
    let msg = choice.msg;
    let tell = props.tell.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        if let Some(msg) = msg {
            tell.emit(msg);
        }
    });
    html! {
        <button key={choice.label.clone()} aria-disabled={msg.is_none().to_string()} {onclick}>
            { dot.unwrap_or_default() }<span>{ &choice.label }</span>{ why.unwrap_or_default() }
        </button>
    }
}
