//! What was refused, and why: shown until the next thing happens, and read out at once. While the menu of a process
//! is open, it says so itself.

use crate::shared::SharedProps;
use cutline_session::edits::SaidWords;
use cutline_session::{Msg, Text};
use yew::prelude::*;

#[component]
pub(crate) fn NoticeBar(props: &SharedProps) -> Html {
    let session = props.session.read();
    let menu_open = session.open_menu().is_some() || session.thing_menu().is_some();
    let words = session.notice_words().filter(|_| !menu_open);
    let shown = words.map(|(number, why)| {
        html! {
            <div class="notice" key={format!("refused {number}")}>
                <span>{ why }</span>
                <button class="quiet icon" aria-label={session.say(Text::Close, &[])}
                    onclick={props.tell.reform(|_| Msg::Dismiss)}>{ "×" }</button>
            </div>
        }
    });
    let said = session.said().map(|said| said_html(&said, props));
    let hand = session.hand_words().map(|(words, resists)| {
        html! { <div class={classes!("notice", "hand", resists.then_some("resists"))}><span>{ words }</span></div> }
    });
    html! {
        <>
            <div class="notices" role="alert">{ shown.or(said).unwrap_or_default() }</div>
            <div class="notices" aria-hidden="true">{ hand.unwrap_or_default() }</div>
        </>
    }
}

/// What is said about a change of the run, what became impossible by it, and the way back.
fn said_html(said: &SaidWords, props: &SharedProps) -> Html {
    let offer = said.offer.as_ref().map(|(words, msg)| {
        let msg = Msg::Edit(*msg);
        html! { <button class="undo" onclick={props.tell.reform(move |_| msg)}>{ words }</button> }
    });
    let list = said.list.iter().enumerate().map(|(at, line)| html! { <li key={at}>{ line }</li> });
    let list = (!said.list.is_empty()).then(|| html! { <ul tabindex="0">{ for list }</ul> });
    html! {
        <div class="notice" key={format!("said {}", said.number)}>
            <div class="said"><span>{ &said.sentence }</span>{ list.unwrap_or_default() }</div>
            { offer.unwrap_or_default() }
            <button class="quiet icon" aria-label={props.session.text(Text::Close)}
                onclick={props.tell.reform(|_| Msg::Dismiss)}>{ "×" }</button>
        </div>
    }
}
