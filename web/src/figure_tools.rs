//! Buttons for how the diagram is looked at.

use crate::own_cut::own_cut_switch;
use cutline_core::SnapshotId;
use cutline_diagram::Orientation;
use cutline_session::{LookMsg, LookText, Msg, Session};
use yew::prelude::*;

const ZOOM_IN: &str = "M10 4v12M4 10h12";
const ZOOM_OUT: &str = "M4 10h12";
const FIT: &str = "M3 4v12M17 4v12M6 10h8M8.5 7.5L6 10l2.5 2.5M11.5 7.5L14 10l-2.5 2.5";
const TO_DOWN: &str = "M4 4h9M10 1l3 3-3 3M16 8v9M13 14l3 3 3-3";
const TO_ACROSS: &str = "M4 3v9M1 9l3 3 3-3M8 16h9M14 13l3 3-3 3";

/// Which snapshots are drawn, the reader's own cut, zoom, the direction of time.
pub(crate) fn figure_tools(session: &Session, tell: &Callback<Msg>, orientation: Orientation) -> Html {
    let (turn, sign, other) = match orientation {
        Orientation::Across => (LookText::TurnDown, TO_DOWN, Orientation::Down),
        Orientation::Down => (LookText::TurnAcross, TO_ACROSS, Orientation::Across),
    };
    let button = |text: LookText, sign: &'static str, msg: LookMsg| {
        let label = session.say(text, &[]);
        html! {
            <button class="icon" aria-label={label.clone()} title={label} onclick={tell.reform(move |_| Msg::Look(msg))}>
                <svg class="sign" viewBox="0 0 20 20" aria-hidden="true"><path d={sign} /></svg>
            </button>
        }
    };
    html! {
        <div class="figure-tools" role="group" aria-label={session.say(LookText::Tools, &[])}>
            { shown(session, tell) }
            { own_cut_switch(session, tell) }
            { button(LookText::ZoomOut, ZOOM_OUT, LookMsg::ZoomOut) }
            { button(LookText::ZoomIn, ZOOM_IN, LookMsg::ZoomIn) }
            { button(LookText::Fit, FIT, LookMsg::Fit) }
            { button(turn, sign, LookMsg::Turn(Some(other))) }
        </div>
    }
}

/// One switch a snapshot, where there are several.
fn shown(session: &Session, tell: &Callback<Msg>) -> Html {
    let begun = session.begun();
    if begun.len() < 2 {
        return Html::default();
    }
    let switch = |snapshot: SnapshotId| {
        let number = Session::number(snapshot);
        let visible = !session.is_hidden(snapshot);
        let label = session.say(LookText::Drawn, &[("n", &number)]);
        html! {
            <button key={snapshot.0} class={format!("icon drawn s{}", snapshot.0 % 4)} aria-pressed={visible.to_string()}
                aria-label={label.clone()} title={label}
                onclick={tell.reform(move |_| Msg::Look(LookMsg::Toggle(snapshot)))}>
                <span>{ number }</span>
            </button>
        }
    };
    html! { <span class="switches">{ for begun.into_iter().map(switch) }</span> }
}
