//! On small screens, what a snapshot has come to, right under the diagram: the side of the page lies further down.

use crate::shared::SharedProps;
use cutline_session::catalogue::keys::KeyText;
use cutline_session::panel::{Cell, Row, Term};
use cutline_session::{Session, Standing};
use web_sys::{ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

/// The verdict and the sum; a press leads to the whole.
#[component]
pub(crate) fn Outcome(props: &SharedProps) -> Html {
    let session = props.session.read();
    let words = session.verdict_words();
    let (class, sign) = match words.standing {
        Standing::None | Standing::Recording => return html! { <div class="outcome-room"></div> },
        Standing::Consistent => ("consistent", "M4 11l4 4 8-10"),
        Standing::Inconsistent => ("inconsistent", "M5 5l10 10M15 5L5 15"),
    };
    let colour = session.shown().map_or_else(String::new, |snapshot| format!("s{}", snapshot.0 % 4));
    let label = session.say(KeyText::ToRecorded, &[]);
    let onclick = Callback::from(|_: MouseEvent| show_recorded());
    html! {
        <div class="outcome-room">
            <button class={classes!("outcome", class, colour)} title={label} {onclick}>
                <strong><svg class="sign" viewBox="0 0 20 20" aria-hidden="true"><path d={sign} /></svg>{ words.title }</strong>
                { states(&session) }
            </button>
        </div>
    }
}

/// The recorded states: as an equation where something is conserved, and otherwise one by one.
fn states(session: &Session) -> Html {
    let Some(equation) = session.equation() else {
        let state = |row: Row| match row.cell {
            Cell::State(state) => html! { <span class="term">{ row.name }{ " " }{ state }</span> },
            _ => Html::default(),
        };
        return session.rows().into_iter().map(state).collect();
    };
    let term = |(at, term): (usize, &Term)| {
        let class = if term.is_in_channel() { "pill" } else { "term" };
        html! { <span key={at} class="addend"><i>{ if at > 0 { "+" } else { "" } }</i><span {class} data-thing={term.thing.to_string()}>{ &term.words }</span></span> }
    };
    html! {
        <span class="sum-line">
            { for equation.terms.iter().enumerate().map(term) }
            <span class="addend"><i>{ "=" }</i><span class="term">{ &equation.sum }</span></span>
        </span>
    }
}

fn show_recorded() {
    let document = web_sys::window().and_then(|window| window.document());
    let recorded = document.and_then(|document| document.query_selector("aside .recorded").ok().flatten());
    if let Some(recorded) = recorded {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Start);
        options.set_behavior(if crate::motion::is_reduced() { ScrollBehavior::Auto } else { ScrollBehavior::Smooth });
        recorded.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
