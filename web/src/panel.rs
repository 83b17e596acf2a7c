//! The recorded global state, the verdict, and the rules.

use crate::embed::{Part, use_shown};
use crate::shared::SharedProps;
use crate::stage::words_html;
use cutline_session::catalogue::Finding;
use cutline_session::panel::{Cell, Equation, Row, Subject, Term};
use cutline_session::properties::PropertyLine;
use cutline_session::separator;
use cutline_session::thing::Things;
use cutline_session::{Lang, Msg, Rule, Session, Standing, Text, Thing};
use yew::prelude::*;

/// The side of the page.
#[component]
pub fn Panel(props: &SharedProps) -> Html {
    let session = props.session.read();
    let colour = session.shown().map_or_else(String::new, |snapshot| format!("s{}", snapshot.0 % 4));
    let shown = use_shown();
    html! {
        <aside class={colour}>
            if shown.has(Part::State) {
                { recorded(props, &session) }
            }
            if shown.has(Part::Verdict) {
                { verdict(&session) }
                { properties(&session) }
                { restoration(props, &session) }
            }
            if shown.has(Part::Rules) {
                { rules(&session) }
                { behaviour(&session) }
            }
            if shown.has(Part::Signs) {
                { legend(&session) }
            }
        </aside>
    }
}

fn recorded(props: &SharedProps, session: &Session) -> Html {
    let rows = session.rows();
    let things = session.things();
    let table = if rows.is_empty() {
        html! { <p class="none">{ session.say(Text::NothingRecorded, &[]) }</p> }
    } else {
        html! {
            <table>
                <thead class="unseen"><tr>
                    <th scope="col">{ session.say(Text::ProcessColumn, &[]) }</th>
                    <th scope="col">{ session.say(Text::HowColumn, &[]) }</th>
                    <th scope="col">{ session.say(Text::StateColumn, &[]) }</th>
                </tr></thead>
                <tbody>{ for rows.iter().enumerate().map(|(at, row)| row_html(at, row, session.lang(), &things)) }</tbody>
            </table>
        }
    };
    let equation = session.equation().map(|equation| equation_html(&equation, &things));
    html! {
        <section class="recorded">
            <h2><i class="dot"></i>{ session.say(Text::RecordedState, &[]) }</h2>
            { chips(props, session) }
            { table }
            { equation.unwrap_or_default() }
        </section>
    }
}

fn row_html(at: usize, row: &Row, lang: Lang, things: &Things<'_>) -> Html {
    let cell = match &row.cell {
        Cell::NotYet(text) | Cell::Empty(text) => html! { <span class="none">{ text }</span> },
        Cell::State(state) => html! { <>{ state }</> },
        Cell::Messages(messages) => {
            let pill = |term: &Term| {
                let thing = things.of(term.thing);
                html! { <span key={thing.clone()} class="pill" data-thing={thing}>{ &term.words }</span> }
            };
            messages.iter().map(pill).collect()
        }
    };
    let key = format!("{:?} {at}", row.subject);
    let thing = match &row.names[..] {
        [name] => Some(things.of(name.thing)),
        _ => None,
    };
    match row.subject {
        Subject::Process(_) => html! {
            <tr {key} class="process" data-thing={thing}>
                <th scope="row">{ &row.name }</th><td class="how">{ &row.how }</td><td>{ cell }</td>
            </tr>
        },
        // Names of channels are long: they take the place of the second column too.
        Subject::Channel(_) | Subject::Channels => html! {
            <tr {key} class="channel" data-thing={thing}>
                <th scope="row" colspan="2">{ names_html(&row.names, lang, things) }</th>
                <td><span class="how">{ &row.how }</span>{ cell }</td>
            </tr>
        },
    }
}

fn names_html(names: &[Term], lang: Lang, things: &Things<'_>) -> Html {
    let name = |(at, term): (usize, &Term)| {
        let before = if at > 0 { separator(lang) } else { "" };
        html! {
            <span key={at}>{ before }<span class="name-of" data-thing={things.of(term.thing)}>{ &term.words }</span></span>
        }
    };
    names.iter().enumerate().map(name).collect()
}

fn equation_html(equation: &Equation, things: &Things<'_>) -> Html {
    let term = |(at, term): (usize, &Term)| {
        let plus = if at > 0 {
            html! { <i>{ "+" }</i> }
        } else {
            Html::default()
        };
        let class = if term.is_in_channel() { "pill" } else { "term" };
        html! {
            <span key={at} class="addend">
                { plus }<span {class} tabindex="0" data-thing={things.of(term.thing)}>{ &term.words }</span>
            </span>
        }
    };
    html! {
        <p class={classes!("equation", equation.wrong.then_some("wrong"))}>
            { for equation.terms.iter().enumerate().map(term) }
            <i>{ "=" }</i><span class="sum">{ &equation.sum }</span><i>{ &equation.remark }</i>
        </p>
    }
}

fn verdict(session: &Session) -> Html {
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
        <p class="restoration">
            <button {onclick}>{ choice.label }</button>
            <small>{ choice.remark.unwrap_or_default() }</small>
        </p>
    }
}

fn rules(session: &Session) -> Html {
    let active = session.active_rule();
    let rules = [
        (Rule::Initiate, Text::RuleInitiate),
        (Rule::FirstMarker, Text::RuleFirst),
        (Rule::LaterMarker, Text::RuleLater),
    ];
    let rule = |(rule, text): (Rule, Text)| {
        let on = active == Some(rule);
        html! {
            <li key={format!("{rule:?}")} class={on.then_some("on")} aria-current={on.then_some("step")}>
                { session.say(text, &[]) }
            </li>
        }
    };
    let markers = session.marker_count().map(|count| {
        // Reports, and who has got them, where parts are collected.
        let rest = session.shown().map(|shown| session.tally_words(shown)).unwrap_or_default().into_iter().skip(1);
        let line = |(at, words): (usize, String)| html! { <p key={at} class="reports">{ words }</p> };
        html! {
            <>
                <h3>{ session.say(Text::Markers, &[]) }</h3>
                <p class="markers">{ count }</p>
                { for rest.enumerate().map(line) }
            </>
        }
    });
    html! {
        <section class="rules">
            <h2>{ session.say(Text::Rules, &[]) }</h2>
            <ol>{ for rules.into_iter().map(rule) }</ol>
            { for session.marker_rule().map(|rule| html! { <p class="marker-rule">{ rule }</p> }) }
            { markers.unwrap_or_default() }
        </section>
    }
}

/// One button a snapshot, to choose whose cut is shown; with how it stands.
fn chips(props: &SharedProps, session: &Session) -> Html {
    let begun = session.begun();
    if begun.len() < 2 {
        return Html::default();
    }
    let shown = session.shown();
    let chip = |snapshot: cutline_core::SnapshotId| {
        let label = session.say(Text::SnapshotN, &[("n", &Session::number(snapshot))]);
        let standing = session.standing_words(session.standing(snapshot));
        html! {
            <button key={snapshot.0} class={format!("chip s{}", snapshot.0 % 4)} data-thing={Thing::Snapshot(snapshot).to_string()}
                aria-pressed={(shown == Some(snapshot)).to_string()}
                onclick={props.tell.reform(move |_| Msg::Show(snapshot))}>
                <i class="dot"></i><span>{ label }</span>{ " " }<small>{ standing }</small>
            </button>
        }
    };
    html! { <div class="chips">{ for begun.into_iter().map(chip) }</div> }
}

/// What the application may do, where the scenario declares it.
fn behaviour(session: &Session) -> Html {
    let sentences = session.behaviour();
    if sentences.is_empty() {
        return Html::default();
    }
    let line = |(at, sentence): (usize, String)| html! { <li key={at}>{ sentence }</li> };
    html! {
        <section class="behaviour">
            <h2>{ session.say(Text::Behaviour, &[]) }</h2>
            <ul>{ for sentences.into_iter().enumerate().map(line) }</ul>
        </section>
    }
}

/// What the signs on the diagram mean.
fn legend(session: &Session) -> Html {
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
            <h2>{ session.say(Text::Legend, &[]) }</h2>
            <ul>{ for signs.into_iter().map(line) }</ul>
            <p class="source">{ session.say(Text::Source, &[]) }</p>
        </section>
    }
}
