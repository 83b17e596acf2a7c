//! The run that passes through the recorded state, one swap after the other.

use crate::shared::Shared;
use cutline_session::catalogue::side::SideText;
use cutline_session::passage::{Passage as Reordered, PassageEvent};
use cutline_session::{Msg, Session, SideMsg};
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct PassageProps {
    pub session: Shared,
    pub tell: Callback<Msg>,
    /// What else can be done with the recorded state.
    pub children: Html,
}

/// What can be done with the recorded state: look at the run through it, and more.
#[component]
pub(crate) fn Passage(props: &PassageProps) -> Html {
    let session = props.session.read();
    let run = use_node_ref();
    let shown = session.passage();
    let opened = run.clone();
    use_effect_with(shown.is_some(), move |shown| {
        if let Some(run) = opened.cast::<Element>().filter(|_| *shown) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            run.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let begin = if session.has_passage() { switch(props, &session, shown.is_some()) } else { Html::default() };
    html! {
        <div class="passage">
            <p class="acts">{ begin }{ props.children.clone() }</p>
            <div ref={run}>{ shown.map(|shown| reordered(props, &session, &shown)).unwrap_or_default() }</div>
        </div>
    }
}

fn switch(props: &PassageProps, session: &Session, shown: bool) -> Html {
    let (text, msg) =
        if shown { (SideText::HidePassage, None) } else { (SideText::ShowPassage, Some(session.passage_swaps())) };
    html! {
        <button class="link" aria-expanded={shown.to_string()}
            onclick={props.tell.reform(move |_| Msg::Side(SideMsg::Passage(msg)))}>{ session.say(text, &[]) }</button>
    }
}

fn reordered(props: &PassageProps, session: &Session, passage: &Reordered) -> Html {
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
    let hidden = |n: usize| more(session, n);
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

/// Says that there are so many more in a list than are shown, if there are.
pub(crate) fn more(session: &Session, n: usize) -> Html {
    if n == 0 {
        return Html::default();
    }
    html! { <li class="more">{ session.say(SideText::PassageMore, &[("n", &n.to_string())]) }</li> }
}
