//! What the signs on the page mean.

use cutline_session::Session;
use cutline_session::catalogue::signs::SignText;
use yew::prelude::*;

/// What the signs on the page mean.
pub(crate) fn legend(session: &Session) -> Html {
    let signs = [
        (
            SignText::Message,
            html! { <><path class="message" d="M3 11H27" /><path class="message tip" d="M22 8l6 3-6 3z" /><circle class="sending" cx="4" cy="11" r="3.5" /><circle class="receipt" cx="30" cy="11" r="3.5" /></> },
        ),
        (
            SignText::Handle,
            html! { <><circle class="handle" cx="17" cy="11" r="9" /><path class="handle-sign" d="M15 7l5 4-5 4" /></> },
        ),
        (SignText::Queued, html! { <circle class="queued" cx="17" cy="11" r="5" /> }),
        (
            SignText::Marker,
            html! { <><path class="marker" d="M1 11H32" /><path class="marker tip" d="M25 7l8 4-8 4" /></> },
        ),
        (
            SignText::Recording,
            html! { <><circle class="recording" cx="17" cy="11" r="8" /><circle class="recording-core" cx="17" cy="11" r="3" /></> },
        ),
        (SignText::Cut, html! { <><path class="cut" d="M11 2V20" /><path class="cut-so-far" d="M23 2V20" /></> }),
        (
            SignText::InChannel,
            html! { <><path class="message-in-channel" d="M1 11H33" /><rect class="label-in-channel" x="7" y="3" width="20" height="16" rx="8" /></> },
        ),
        (
            SignText::Colour,
            html! { <><path class="message" d="M1 11H33" /><rect class="label" x="3" y="4" width="28" height="14" rx="7" /><path class="white" d="M6 11l5-5 5 5-5 5z" /><path class="red" d="M18 11l5-5 5 5-5 5z" /></> },
        ),
        (
            SignText::Rider,
            html! { <><path class="message" d="M1 11H33" /><rect class="label" x="4" y="3" width="26" height="16" rx="8" /><text class="rider" x="17" y="15" text-anchor="middle">{ "#2" }</text></> },
        ),
        (
            SignText::Ghost,
            html! { <><path class="ghost-message" d="M4 11H30" /><circle class="ghost-end" cx="4" cy="11" r="3.5" /><circle class="ghost-end" cx="30" cy="11" r="3.5" /></> },
        ),
        (
            SignText::Half,
            html! { <><circle class="stage-ring" cx="17" cy="11" r="5" /><path class="recording-core" d="M17 6a5 5 0 0 0 0 10z" /></> },
        ),
        (
            SignText::OnTrack,
            html! { <><circle class="sending" cx="5" cy="11" r="2.5" /><circle class="stage-ring" cx="16" cy="11" r="3.5" /><circle class="sending" cx="28" cy="11" r="5" /></> },
        ),
    ];
    let signs = signs.into_iter().chain(mishaps());
    let line = |(text, marks): (SignText, Html)| {
        html! {
            <li key={format!("{text:?}")}>
                <svg class="diagram s0" width="34" height="22" aria-hidden="true">{ marks }</svg>
                { session.say(text, &[]) }
            </li>
        }
    };
    html! {
        <section class="legend">
            <ul>{ for signs.map(line) }</ul>
            <p class="source">{ session.algorithm_source() }</p>
        </section>
    }
}

/// The signs of what goes wrong.
fn mishaps() -> [(SignText, Html); 6] {
    [
        (
            SignText::Loss,
            html! { <><path class="message" d="M1 11H22" /><path class="loss" d="M19 7l8 8m0-8l-8 8" /></> },
        ),
        (
            SignText::Corruption,
            html! { <><path class="message" d="M1 11H33" /><path class="corruption" d="M18 2l-6 10h8l-4 9" /></> },
        ),
        (
            SignText::Outage,
            html! { <><path class="lane" d="M1 11H33" /><path class="outage" d="M8 11H26" /><path class="crash" d="M4 7l8 8m0-8l-8 8" /><path class="restart" d="M22 6l9 5-9 5z" /></> },
        ),
        (
            SignText::Apart,
            html! { <><path class="fence" d="M1 11H20" /><path class="fence-post" d="M2 4V18" /><path class="bar" d="M24 5V17" /><circle class="queued" cx="30" cy="11" r="3.5" /></> },
        ),
        (
            SignText::Timer,
            html! { <><path class="alarm" d="M2 11H22" /><circle class="ringing" cx="27" cy="11" r="5" /><path class="ringing" d="M27 8v3l2 1" /></> },
        ),
        (
            SignText::HeldBack,
            html! { <><path class="held-back" d="M4 11H26" /><circle class="receipt" cx="29" cy="11" r="3.5" /></> },
        ),
    ]
}
