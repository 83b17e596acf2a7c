//! The main part of the page: what is to be seen, the diagram, what has just happened, and the controls of time.

use crate::figure::Figure;
use crate::shared::SharedProps;
use crate::transport::Transport;
use cutline_session::{Msg, Primary, Session, Text, Words};
use yew::prelude::*;

#[component]
pub(crate) fn Stage(props: &SharedProps) -> Html {
    let session = props.session.read();
    html! {
        <section class="stage">
            <div class="bar">
                <div class="about">
                    <h1>{ session.about() }</h1>
                    <p class="hint">{ session.say(Text::Hint, &[]) }</p>
                </div>
                <span class="grow"></span>
                { chips(props, &session) }
                { primary(props, &session) }
            </div>
            <Figure session={props.session.clone()} tell={props.tell.clone()} />
            <p class="explanation" aria-live="polite">{ words_html(&session.explanation()) }</p>
            <Transport session={props.session.clone()} tell={props.tell.clone()} />
        </section>
    }
}

/// One button a snapshot, to choose whose cut is shown.
fn chips(props: &SharedProps, session: &Session) -> Html {
    let shown = session.shown();
    let chip = |snapshot: cutline_core::SnapshotId| {
        let label = session.say(Text::SnapshotN, &[("n", &Session::number(snapshot))]);
        html! {
            <button key={snapshot.0} class={format!("chip s{}", snapshot.0 % 4)}
                aria-pressed={(shown == Some(snapshot)).to_string()}
                onclick={props.tell.reform(move |_| Msg::Show(snapshot))}>
                <i class="dot"></i>{ label }
            </button>
        }
    };
    html! { <div class="chips">{ for session.begun().into_iter().map(chip) }</div> }
}

fn primary(props: &SharedProps, session: &Session) -> Html {
    let (text, msg) = match session.primary() {
        Primary::TakeSnapshot => (Text::TakeSnapshot, Msg::TakeSnapshot),
        Primary::RunToEnd => (Text::RunToEnd, Msg::RunToEnd),
    };
    html! {
        <button class="primary" onclick={props.tell.reform(move |_| msg)}>{ session.say(text, &[]) }</button>
    }
}

/// Sentences with their emphasis.
pub(crate) fn words_html(words: &Words) -> Html {
    let spans = words.0.iter().enumerate().map(|(at, span)| {
        if span.strong {
            html! { <b key={at}>{ &span.text }</b> }
        } else {
            html! { <span key={at}>{ &span.text }</span> }
        }
    });
    spans.collect()
}
