//! The side of the page: the recorded global state with the verdict, and below it the other views.

use crate::embed::{Part, use_shown};
use crate::own_cut::own_cut_section;
use crate::passage::Passage;
use crate::recorded::recorded;
use crate::shared::SharedProps;
use crate::stage::words_html;
use crate::tabs::Tabs;
use cutline_session::catalogue::Finding;
use cutline_session::properties::PropertyLine;
use cutline_session::{Session, Standing};
use yew::prelude::*;

/// The side of the page.
#[component]
pub fn Panel(props: &SharedProps) -> Html {
    let session = props.session.read();
    let colour = session.shown().map_or_else(String::new, |snapshot| format!("s{}", snapshot.0 % 4));
    let shown = use_shown();
    let answer = if shown.has(Part::Verdict) {
        html! { <>{ verdict(props, &session) }{ properties(&session) }</> }
    } else {
        Html::default()
    };
    html! {
        <aside class={colour}>
            if shown.has_any(&[Part::State, Part::Verdict, Part::Cut]) {
                <div class="above">
                    { own_cut_section(props, &session) }
                    if shown.has(Part::State) {
                        { recorded(props, &session, answer) }
                    } else {
                        { answer }
                    }
                </div>
            }
            if shown.has_any(&[Part::Rules, Part::Network, Part::Events, Part::Signs]) {
                <Tabs session={props.session.clone()} tell={props.tell.clone()} />
            }
        </aside>
    }
}

fn verdict(props: &SharedProps, session: &Session) -> Html {
    let words = session.verdict_words();
    let standing = match words.standing {
        // The table says so already.
        Standing::None => return Html::default(),
        Standing::Recording => "recording",
        Standing::Consistent => "consistent",
        Standing::Inconsistent => "inconsistent",
    };
    html! {
        <section class={classes!("verdict", standing)}>
            <strong>{ words.title }</strong>
            <p>{ words_html(&words.reasons) }</p>
            <Passage session={props.session.clone()} tell={props.tell.clone()}>{ restoration(props, session) }</Passage>
        </section>
    }
}

/// What stays true once it is true, and what that says about the run.
fn properties(session: &Session) -> Html {
    let lines = session.shown_properties();
    if lines.is_empty() {
        return Html::default();
    }
    let line = |line: PropertyLine| {
        html! {
            <li key={format!("{:?}", line.property)}>
                <strong>{ line.name }</strong>{ " " }<em>{ line.answer }</em>
                <p>{ line.witness }</p>
                <p class="implication">{ line.conclusion }</p>
            </li>
        }
    };
    html! {
        <section class="properties">
            <h2>{ session.say(Finding::Properties, &[]) }</h2>
            <ul>{ for lines.into_iter().map(line) }</ul>
        </section>
    }
}

/// Going on from what was recorded.
fn restoration(props: &SharedProps, session: &Session) -> Html {
    let Some(choice) = session.restoration() else { return Html::default() };
    let onclick = choice.msg.map(|msg| props.tell.reform(move |_| msg));
    html! {
        <button class="restoration" {onclick} title={choice.remark.clone()} aria-description={choice.remark}>{ choice.label }</button>
    }
}
