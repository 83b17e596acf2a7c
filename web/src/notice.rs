//! What was refused, and why: shown until the next thing happens, and read out at once. While the menu of a process
//! is open, it says so itself.

use crate::shared::SharedProps;
use cutline_session::{Msg, Text};
use yew::prelude::*;

#[component]
pub(crate) fn NoticeBar(props: &SharedProps) -> Html {
    let session = props.session.read();
    let words = session.notice_words().filter(|_| session.open_menu().is_none());
    let shown = words.map(|(number, why)| {
        html! {
            <div class="notice" key={number}>
                <span>{ why }</span>
                <button class="quiet icon" aria-label={session.say(Text::Close, &[])}
                    onclick={props.tell.reform(|_| Msg::Dismiss)}>{ "×" }</button>
            </div>
        }
    });
    html! { <div class="notices" role="alert">{ shown.unwrap_or_default() }</div> }
}
