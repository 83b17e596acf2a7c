//! The menu of a process: send, and start a snapshot.

use crate::popover::Popover;
use crate::shared::Shared;
use cutline_core::{Action, Payload};
use cutline_session::catalogue::systems::SystemText;
use cutline_session::menu::{Choice, Menu, Transfer};
use cutline_session::{Msg, Text};
use wasm_bindgen::JsCast;
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
    let amount = use_state(|| props.menu.transfer.as_ref().map_or(1, |transfer| transfer.proposed).to_string());
    let transfer = props.menu.transfer.as_ref().map(|transfer| transfer_html(props, transfer, &amount));
    let nothing = props.menu.nothing.as_ref().map(|why| html! { <p class="nothing">{ why }</p> });
    let refused = {
        let session = props.session.read();
        session.notice().map(|notice| session.refusal(notice.why))
    };
    let sends = props.menu.choices.iter().enumerate().filter(|(_, choice)| choice.snapshot.is_none());
    let starts = props.menu.choices.iter().enumerate().filter(|(_, choice)| choice.snapshot.is_some());
    html! {
        <Popover title={props.menu.title.clone()} close_label={props.session.text(Text::Close)}
            close={props.tell.reform(|()| Msg::CloseMenu)} style={props.style.clone()} field_first={props.menu.drawn}>
            { transfer.unwrap_or_default() }
            { nothing.unwrap_or_default() }
            <p id="refused" class="refused" role="alert">{ refused.unwrap_or_default() }</p>
            <div class="choices">{ for sends.map(|(at, choice)| choice_html(&props.tell, at, choice)) }</div>
            <div class="choices starts">{ for starts.map(|(at, choice)| choice_html(&props.tell, at, choice)) }</div>
            { mishaps_html(&props.session, &props.tell, &props.menu.mishaps) }
        </Popover>
    }
}

/// What an amount comes to. What is no whole number counts as 0 and one beyond all bounds as the largest, so that
/// the world refuses them with the right reason.
pub(crate) fn wanted(amount: &str) -> i64 {
    let amount = amount.trim();
    let digits = !amount.is_empty() && amount.bytes().all(|byte| byte.is_ascii_digit());
    amount.parse().unwrap_or(if digits { i64::MAX } else { 0 })
}

/// From the amount on to the first of the buttons that send it; where there is only one, that is pressed.
fn on_enter(event: &KeyboardEvent) {
    if event.key() != "Enter" {
        return;
    }
    event.prevent_default();
    let field = event.target_dyn_into::<web_sys::Element>();
    let transfer = field.and_then(|field| field.closest(".transfer").ok().flatten());
    let Some(buttons) = transfer.and_then(|transfer| transfer.query_selector_all("button").ok()) else { return };
    let Some(first) = buttons.get(0).and_then(|node| node.dyn_into::<HtmlElement>().ok()) else { return };
    if buttons.length() == 1 {
        first.click();
    } else {
        _ = first.focus();
    }
}

fn transfer_html(props: &MenuProps, transfer: &Transfer, amount: &UseStateHandle<String>) -> Html {
    let oninput = {
        let (amount, tell) = (amount.clone(), props.tell.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                amount.set(input.value());
                tell.emit(Msg::Dismiss);
            }
        })
    };
    let wanted = wanted(amount);
    let refused = props.session.read().notice().is_some();
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
                    aria-describedby="refused" aria-invalid={refused.to_string()}
                    value={(**amount).clone()} {oninput} onkeydown={Callback::from(|event| on_enter(&event))} />
            </label>
            <div class="choices">{ for buttons }</div>
        </div>
    }
}

/// What can go wrong, apart from what one usually does.
pub(crate) fn mishaps_html(session: &Shared, tell: &Callback<Msg>, mishaps: &[Choice]) -> Html {
    if mishaps.is_empty() {
        return Html::default();
    }
    html! {
        <details class="mishaps">
            <summary>{ session.text(SystemText::GoesWrong) }</summary>
            <div class="choices">{ for mishaps.iter().enumerate().map(|(at, choice)| choice_html(tell, at, choice)) }</div>
        </details>
    }
}

/// A line of a menu.
pub(crate) fn choice_html(tell: &Callback<Msg>, at: usize, choice: &Choice) -> Html {
    let dot = choice.snapshot.map(|snapshot| html! { <i class={format!("dot s{}", snapshot.0 % 4)}></i> });
    let why = choice.remark.as_ref().map(|why| html! { <small>{ why }</small> });
    let msg = choice.msg;
    let tell = tell.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        if let Some(msg) = msg {
            tell.emit(msg);
        }
    });
    html! {
        <button key={at} aria-disabled={msg.is_none().to_string()} {onclick}>
            { dot.unwrap_or_default() }<span>{ &choice.label }</span>{ why.unwrap_or_default() }
        </button>
    }
}
