//! The run that passes through the recorded state, one swap after the other.

use crate::shared::SharedProps;
use cutline_session::catalogue::side::SideText;
use cutline_session::passage::{Passage, PassageEvent};
use cutline_session::{Msg, Session, SideMsg};
use yew::prelude::*;

pub(crate) fn passage(props: &SharedProps, session: &Session) -> Html {
    if !session.has_passage() {
        return Html::default();
    }
    let shown = session.passage();
    let (text, msg) = match shown {
        None => (SideText::ShowPassage, Some(0)),
        Some(_) => (SideText::HidePassage, None),
    };
    html! {
        <div class="passage">
            <button class="link" aria-expanded={shown.is_some().to_string()}
                onclick={props.tell.reform(move |_| Msg::Side(SideMsg::Passage(msg)))}>{ session.say(text, &[]) }</button>
            { shown.map(|shown| reordered(props, session, &shown)).unwrap_or_default() }
        </div>
    }
}

fn reordered(props: &SharedProps, session: &Session, passage: &Passage) -> Html {
    let go = |text: SideText, sign: &'static str, to: u64, off: bool| {
        let label = session.say(text, &[]);
        let tell = props.tell.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            if !off {
                tell.emit(Msg::Side(SideMsg::Passage(Some(to))));
            }
        });
        html! {
            <button class="icon" aria-label={label.clone()} title={label} aria-disabled={off.to_string()} {onclick}>
                <svg class="sign" viewBox="0 0 20 20" aria-hidden="true"><path d={sign} /></svg>
            </button>
        }
    };
    let (at_start, at_end) = (passage.done == 0, passage.done == passage.swaps);
    let hidden = |n: usize| {
        let words = session.say(SideText::PassageMore, &[("n", &n.to_string())]);
        if n > 0 {
            html! { <li class="more">{ words }</li> }
        } else {
            Html::default()
        }
    };
    html! {
        <>
            <p class="caption" aria-live="polite">{ &passage.caption }</p>
            <div class="swaps" role="group">
                { go(SideText::PassageFirst, "M15 4l-7 6 7 6M5 4v12", 0, at_start) }
                { go(SideText::PassageBack, "M13 4l-7 6 7 6", passage.previous, at_start) }
                <span class="count">{ format!("{} / {}", passage.done, passage.swaps) }</span>
                { go(SideText::PassageOn, "M7 4l7 6-7 6", passage.next, at_end) }
                { go(SideText::PassageLast, "M5 4l7 6-7 6M15 4v12", passage.swaps, at_end) }
            </div>
            <ol class="order">
                { hidden(passage.before) }
                { for passage.events.iter().map(|event| event_html(session, event)) }
                { hidden(passage.after) }
            </ol>
        </>
    }
}

fn event_html(session: &Session, event: &PassageEvent) -> Html {
    let (class, side) = if event.is_before { ("before", SideText::BeforeCut) } else { ("behind", SideText::AfterCut) };
    let line = |is_here: bool| {
        if is_here {
            html! { <li class="here">{ session.say(SideText::StateHere, &[]) }</li> }
        } else {
            Html::default()
        }
    };
    html! {
        <>
            { line(event.state_before) }
            <li key={event.step} class={classes!(class, event.moved.then_some("moved"))} data-thing={event.thing().to_string()}>
                <i>{ event.step }</i><span>{ &event.words }</span><small>{ session.say(side, &[]) }</small>
            </li>
            { line(event.state_after) }
        </>
    }
}
