//! The menu of a message, a marker, a recording or something under way: its story, and what can be done with it.

use crate::popover::Popover;
use crate::process_menu::{choice_html, mishaps_html, wanted};
use crate::shared::Shared;
use cutline_core::{Action, Payload};
use cutline_session::catalogue::EditText;
use cutline_session::edits::{AmountEdit, ThingMenu as Menu};
use cutline_session::{EditMsg, Msg, Text};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the menu takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ThingMenuProps {
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
pub fn ThingMenu(props: &ThingMenuProps) -> Html {
    let Menu { title, story, amount, choices, mishaps, .. } = &props.menu;
    let typed = use_state(|| amount.map(|amount| amount.amount.to_string()).unwrap_or_default());
    let refused = {
        let session = props.session.read();
        session.notice().map(|notice| session.refusal(notice.why))
    };
    let amount = amount.map(|amount| amount_html(props, amount, &typed));
    html! {
        <Popover title={title.clone()} close_label={props.session.text(Text::Close)}
            close={props.tell.reform(|()| Msg::CloseMenu)} style={props.style.clone()}>
            <p class="story">{ story }</p>
            { amount.unwrap_or_default() }
            <p id="refused" class="refused" role="alert">{ refused.unwrap_or_default() }</p>
            <div class="choices pairs">
                { for choices.iter().enumerate().map(|(at, choice)| choice_html(&props.tell, at, choice)) }
            </div>
            { mishaps_html(&props.session, &props.tell, mishaps) }
        </Popover>
    }
}

fn amount_html(props: &ThingMenuProps, amount: AmountEdit, typed: &UseStateHandle<String>) -> Html {
    let oninput = {
        let (typed, tell) = (typed.clone(), props.tell.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                typed.set(input.value());
                tell.emit(Msg::Dismiss);
            }
        })
    };
    let send = Action::Send { channel: amount.channel, payload: Payload(wanted(typed)) };
    let msg = Msg::Edit(EditMsg::Replace(amount.step, send));
    let onkeydown = {
        let tell = props.tell.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                tell.emit(msg);
            }
        })
    };
    html! {
        <div class="transfer one">
            <label>
                { props.session.text(Text::Amount) }
                <input type="number" inputmode="numeric" min="1" step="1" aria-describedby="refused"
                    value={(**typed).clone()} {oninput} {onkeydown} />
            </label>
            <button onclick={props.tell.reform(move |_| msg)}>{ props.session.text(EditText::Change) }</button>
        </div>
    }
}
