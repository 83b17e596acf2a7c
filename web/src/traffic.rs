//! A small control that adds random traffic.

use crate::shared::SharedProps;
use cutline_session::catalogue::events::EventsText;
use cutline_session::{Msg, Session};
use yew::prelude::*;

pub(crate) fn traffic(props: &SharedProps, session: &Session) -> Html {
    let off = !session.can_add_traffic();
    let button = |actions: u32| {
        let tell = props.tell.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            if !off {
                tell.emit(Msg::Traffic { actions });
            }
        });
        let label = session.say(EventsText::AddTraffic, &[("n", &actions.to_string())]);
        html! {
            <button key={actions} aria-label={label.clone()} title={label} aria-disabled={off.to_string()} {onclick}>
                { "+" }{ actions }
            </button>
        }
    };
    html! {
        <div class="traffic" role="group" aria-label={session.say(EventsText::Traffic, &[])}>
            <span>{ session.say(EventsText::Traffic, &[]) }</span>{ for [10, 100, 1000].map(button) }
        </div>
    }
}
