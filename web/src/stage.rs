//! The main part of the page: what is to be seen, the diagram, what has just happened, and the controls of time.

use crate::branches::Branches;
use crate::embed::{Part, use_shown};
use crate::figure::Figure;
use crate::motion;
use crate::notice::NoticeBar;
use crate::outcome::Outcome;
use crate::shared::SharedProps;
use crate::sheet::DiagramOnPaper;
use crate::transport::Transport;
use cutline_session::catalogue::keys::KeyText;
use cutline_session::{Msg, Primary, Session, Text, TimeMsg, Words};
use yew::prelude::*;

#[component]
pub(crate) fn Stage(props: &SharedProps) -> Html {
    let session = props.session.read();
    let shown = use_shown();
    html! {
        <section class="stage">
            <div class="bar">
                if shown.has(Part::About) {
                    <div class="about">
                        <h1>{ session.about() }</h1>
                        <p class="hint">{ session.say(Text::Hint, &[]) }</p>
                    </div>
                }
                <span class="grow"></span>
                if shown.has(Part::Transport) {
                    { primary(props, &session) }
                }
            </div>
            if shown.has(Part::Diagram) {
                <Figure session={props.session.clone()} tell={props.tell.clone()} />
                <DiagramOnPaper session={props.session.clone()} />
            }
            if shown.has(Part::State) {
                <Outcome session={props.session.clone()} tell={props.tell.clone()} />
            }
            <NoticeBar session={props.session.clone()} tell={props.tell.clone()} />
            if shown.has(Part::Explanation) {
                <p class="explanation">{ words_html(&session.explanation()) }</p>
            }
            // One piece of text, so that it is read as a whole, and only when the step changes.
            <p class="unseen" role="status" aria-live="polite" aria-atomic="true">{ session.explanation().plain() }</p>
            if shown.has(Part::Transport) {
                <Transport session={props.session.clone()} tell={props.tell.clone()} />
                <Branches session={props.session.clone()} tell={props.tell.clone()} />
            }
        </section>
    }
}

fn primary(props: &SharedProps, session: &Session) -> Html {
    let primary = session.primary();
    let words = match primary {
        Primary::TakeSnapshot => session.say(Text::TakeSnapshot, &[]),
        Primary::RunToEnd => session.say(Text::RunToEnd, &[]),
        Primary::Finish => session.say(KeyText::SkipToResult, &[]),
    };
    let tell = props.tell.clone();
    // The button changes under the pointer, so the second half of a double click means nothing.
    let onclick = Callback::from(move |event: MouseEvent| {
        if event.detail() < 2 {
            tell.emit(match primary {
                Primary::TakeSnapshot => motion::take_snapshot(),
                Primary::RunToEnd => Msg::RunToEnd,
                Primary::Finish => Msg::Time(TimeMsg::Finish),
            });
        }
    });
    html! {
        <button class="primary" {onclick}>{ words }</button>
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
