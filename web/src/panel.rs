//! The recorded global state, the verdict, and the rules.

use crate::shared::SharedProps;
use crate::stage::words_html;
use cutline_session::panel::{Cell, Equation, Row, Subject};
use cutline_session::{Rule, Session, Standing, Text};
use yew::prelude::*;

/// The side of the page.
#[component]
pub fn Panel(props: &SharedProps) -> Html {
    let session = props.session.read();
    let colour = session.shown().map_or_else(String::new, |snapshot| format!("s{}", snapshot.0 % 4));
    html! {
        <aside class={colour}>
            { recorded(&session) }
            { verdict(&session) }
            { rules(&session) }
        </aside>
    }
}

fn recorded(session: &Session) -> Html {
    let rows = session.rows();
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
                <tbody>{ for rows.iter().map(row_html) }</tbody>
            </table>
        }
    };
    let equation = session.equation().map(|equation| equation_html(&equation));
    html! {
        <section class="recorded">
            <h2><i class="dot"></i>{ session.say(Text::RecordedState, &[]) }</h2>
            { table }
            { equation.unwrap_or_default() }
        </section>
    }
}

fn row_html(row: &Row) -> Html {
    let cell = match &row.cell {
        Cell::NotYet(text) | Cell::Empty(text) => html! { <span class="none">{ text }</span> },
        Cell::State(state) => html! { <>{ state }</> },
        Cell::Messages(messages) => {
            let pill = |(at, text): (usize, &String)| html! { <span key={at} class="pill">{ text }</span> };
            messages.iter().enumerate().map(pill).collect()
        }
    };
    let key = row.name.clone();
    match row.subject {
        Subject::Process(_) => html! {
            <tr {key} class="process"><th scope="row">{ &row.name }</th><td class="how">{ &row.how }</td><td>{ cell }</td></tr>
        },
        // Names of channels are long: they take the place of the second column too.
        Subject::Channel(_) | Subject::Channels => html! {
            <tr {key} class="channel">
                <th scope="row" colspan="2">{ &row.name }</th>
                <td><span class="how">{ &row.how }</span>{ cell }</td>
            </tr>
        },
    }
}

fn equation_html(equation: &Equation) -> Html {
    let term = |(at, (text, in_channel)): (usize, &(String, bool))| {
        let plus = if at > 0 {
            html! { <i>{ "+" }</i> }
        } else {
            Html::default()
        };
        let class = if *in_channel { "pill" } else { "term" };
        html! { <span key={at} class="addend">{ plus }<span {class}>{ text }</span></span> }
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
        <section class={classes!("verdict", standing)} role="status">
            <strong>{ words.title }</strong>
            <p>{ words_html(&words.reasons) }</p>
        </section>
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
        html! { <><h3>{ session.say(Text::Markers, &[]) }</h3><p class="markers">{ count }</p></> }
    });
    html! {
        <section class="rules">
            <h2>{ session.say(Text::Rules, &[]) }</h2>
            <ol>{ for rules.into_iter().map(rule) }</ol>
            { markers.unwrap_or_default() }
        </section>
    }
}
