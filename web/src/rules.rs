//! The algorithm in the paper's two rules, with what is filled in for them at the present step.

use cutline_session::rules::RuleLine;
use cutline_session::thing::tokens;
use cutline_session::{Session, Text};
use yew::prelude::*;

pub(crate) fn rules(session: &Session) -> Html {
    let lines = session.rules();
    let group = |(at, (heading, rules)): (usize, (String, Vec<cutline_session::Rule>))| {
        let of_group = lines.iter().filter(|line| rules.contains(&line.rule));
        html! {
            <div key={at}><h3>{ heading }</h3><ol>{ for of_group.map(line_html) }</ol></div>
        }
    };
    html! {
        <>
            <section class="rules">
                { for session.rule_groups().into_iter().enumerate().map(group) }
                { for session.marker_rule().map(|rule| html! { <p class="marker-rule">{ rule }</p> }) }
            </section>
            { behaviour(session) }
            <p class="source">{ session.algorithm_source() }</p>
        </>
    }
}

fn line_html(line: &RuleLine) -> Html {
    let key = format!("{:?}", line.rule);
    match &line.now {
        None => html! { <li {key}>{ &line.text }</li> },
        Some(now) => html! {
            <li {key} class={format!("on s{}", now.snapshot.0 % 4)} aria-current="step" data-thing={tokens(&now.things)}>
                { &line.text }{ " " }<b class="filled">{ &now.words }</b>
            </li>
        },
    }
}

/// What the application may do, where the scenario declares it.
pub(crate) fn behaviour(session: &Session) -> Html {
    let sentences = session.behaviour();
    if sentences.is_empty() {
        return Html::default();
    }
    let line = |(at, sentence): (usize, String)| html! { <li key={at}>{ sentence }</li> };
    html! {
        <section class="behaviour">
            <h3>{ session.say(Text::Behaviour, &[]) }</h3>
            <ul>{ for sentences.into_iter().enumerate().map(line) }</ul>
        </section>
    }
}
