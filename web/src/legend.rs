//! What the signs on the diagram mean.

use cutline_session::{Session, Text};
use yew::prelude::*;

/// What the signs on the diagram mean.
pub(crate) fn legend(session: &Session) -> Html {
    let signs = [
        (
            Text::LegendHandle,
            html! { <><circle class="handle" cx="17" cy="11" r="9" /><path class="handle-sign" d="M15 7l5 4-5 4" /></> },
        ),
        (Text::LegendQueued, html! { <circle class="queued" cx="17" cy="11" r="5" /> }),
        (
            Text::LegendMarker,
            html! { <><path class="marker" d="M1 11H32" /><path class="marker tip" d="M25 7l8 4-8 4" /></> },
        ),
        (
            Text::LegendRecording,
            html! { <><circle class="recording" cx="17" cy="11" r="8" /><circle class="recording-core" cx="17" cy="11" r="3" /></> },
        ),
        (
            Text::LegendInChannel,
            html! { <><path class="message-in-channel" d="M1 11H33" /><rect class="label-in-channel" x="7" y="3" width="20" height="16" rx="8" /></> },
        ),
    ];
    let line = |(text, marks): (Text, Html)| {
        html! {
            <li key={format!("{text:?}")}>
                <svg class="diagram s0" width="34" height="22" aria-hidden="true">{ marks }</svg>
                { session.say(text, &[]) }
            </li>
        }
    };
    html! {
        <section class="legend">
            <ul>{ for signs.into_iter().map(line) }</ul>
            <p class="source">{ session.say(Text::Source, &[]) }</p>
        </section>
    }
}
