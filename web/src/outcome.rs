//! On small screens, what has come of it, right under the diagram: the side of the page lies further down.

use crate::shared::SharedProps;
use crate::stage::words_html;
use cutline_session::catalogue::keys::KeyText;
use cutline_session::panel::{Cell, Row, Term};
use cutline_session::properties::PropertyLine;
use cutline_session::{CutText, Session, Standing, Text};
use web_sys::{ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

const RIGHT: &str = "M4 11l4 4 8-10";
const WRONG: &str = "M5 5l10 10M15 5L5 15";

/// The verdict on the reader's own cut and on the snapshot that is shown; a press leads to the whole.
#[component]
pub(crate) fn Outcome(props: &SharedProps) -> Html {
    let session = props.session.read();
    html! { <div class="outcome-room">{ own_cut(&session) }{ snapshot(&session) }</div> }
}

fn own_cut(session: &Session) -> Html {
    let Some(report) = session.cut_report() else { return Html::default() };
    let name = session.say(CutText::Heading, &[]);
    let body = html! { <span class="why">{ words_html(&report.reasons) }</span> };
    strip(session, (report.is_consistent(), None), (Some(name), report.title), "aside .own-cut-report", body)
}

fn snapshot(session: &Session) -> Html {
    let words = session.verdict_words();
    let is_consistent = match words.standing {
        Standing::None | Standing::Recording => return Html::default(),
        Standing::Consistent => true,
        Standing::Inconsistent => false,
    };
    // Whose verdict it is goes without saying where there is only one.
    let several = session.begun().len() > 1 || session.cut_line().is_some();
    let name = session.shown().filter(|_| several);
    let name = name.map(|shown| session.say(Text::SnapshotN, &[("n", &Session::number(shown))]));
    let colour = session.shown().map(|snapshot| format!("s{}", snapshot.0 % 4));
    let property = |line: PropertyLine| {
        html! { <span class="property" key={format!("{:?}", line.property)}><i>{ line.name }</i>{ " " }<b>{ line.answer }</b></span> }
    };
    let body = html! { <>{ states(session) }{ for session.shown_properties().into_iter().map(property) }</> };
    strip(session, (is_consistent, colour), (name, words.title), "aside .recorded", body)
}

fn strip(
    session: &Session,
    (is_consistent, colour): (bool, Option<String>),
    (name, title): (Option<String>, String),
    whole: &'static str,
    body: Html,
) -> Html {
    let (class, sign) = if is_consistent { ("consistent", RIGHT) } else { ("inconsistent", WRONG) };
    let label = session.say(KeyText::ToRecorded, &[]);
    html! {
        <button class={classes!("outcome", class, colour)} title={label} onclick={Callback::from(move |_: MouseEvent| show(whole))}>
            <strong>
                <svg class="sign" viewBox="0 0 20 20" aria-hidden="true"><path d={sign} /></svg>
                { for name.map(|name| html! { <span class="whose">{ name }</span> }) }
                { title }
            </strong>
            { body }
        </button>
    }
}

/// What was recorded: as an equation where something is conserved, and otherwise one by one.
fn states(session: &Session) -> Html {
    let Some(equation) = session.equation() else {
        let state = |row: Row| match row.cell {
            Cell::State(state) => html! { <span class="term"><i>{ row.name }</i>{ " " }{ state }</span> },
            Cell::Messages(messages) => {
                let pill = |term: &Term| html! { <span class="pill" data-thing={term.thing.to_string()}>{ &term.words }</span> };
                html! { <span class="term"><i>{ row.name }</i>{ " " }{ for messages.iter().map(pill) }</span> }
            }
            Cell::NotYet(_) | Cell::Empty(_) => Html::default(),
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

/// Brings what stands for a selector to the top of the window.
fn show(selector: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let whole = document.and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(whole) = whole {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Start);
        options.set_behavior(if crate::motion::is_reduced() { ScrollBehavior::Auto } else { ScrollBehavior::Smooth });
        whole.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
