//! The reader's own cut: its handles on the diagram and what is said of it beside.

use crate::picture::Picture;
use crate::shared::SharedProps;
use crate::stage::words_html;
use cutline_core::ProcessId;
use cutline_diagram::Item;
use cutline_session::{CutMsg, CutReport, CutText, Msg, Session, Thing};
use wasm_bindgen::JsCast;
use web_sys::{Element, SvgElement};
use yew::prelude::*;

/// The switch among the tools of the diagram: draws the line, or takes it away.
pub(crate) fn own_cut_switch(session: &Session, tell: &Callback<Msg>) -> Html {
    let drawn = session.cut_line().is_some();
    let (text, msg) = if drawn { (CutText::Remove, CutMsg::Remove) } else { (CutText::Draw, CutMsg::Draw) };
    let label = session.say(text, &[]);
    html! {
        <button class={classes!("icon", "draw-cut", drawn.then_some("on"))} aria-label={label.clone()} title={label}
            onclick={tell.reform(move |_| Msg::Cut(msg))}>{ sign() }</button>
    }
}

/// The section beside the diagram: what the cut means, where there is one.
pub(crate) fn own_cut_section(props: &SharedProps, session: &Session) -> Html {
    let say = |text| session.say(text, &[]);
    if session.cut_line().is_none() {
        return Html::default();
    }
    let body = match session.cut_report() {
        Some(report) => report_html(props, session, &report),
        None => html! { <p>{ say(CutText::Unknown) }</p> },
    };
    html! {
        <section class="own-cut-report" tabindex="-1" aria-label={say(CutText::Heading)}>
            <div class="own-cut-title">
                <h2>{ sign() }{ say(CutText::Heading) }</h2>
                <button class="quiet icon" aria-label={say(CutText::Remove)} title={say(CutText::Remove)}
                    onclick={props.tell.reform(|_| Msg::Cut(CutMsg::Remove))}>{ "×" }</button>
            </div>
            { body }
            <p class="hint">{ say(CutText::Lead) }</p>
        </section>
    }
}

fn report_html(props: &SharedProps, session: &Session, report: &CutReport) -> Html {
    let standing = if report.is_consistent() { "consistent" } else { "inconsistent" };
    let move_to = |text: CutText, values: &[(&str, &str)], msg: CutMsg| {
        html! {
            <button key={format!("{msg:?}")} onclick={props.tell.reform(move |_| Msg::Cut(msg))}>{ session.say(text, values) }</button>
        }
    };
    let nearest = [(&report.below, CutText::Below, CutMsg::Below), (&report.above, CutText::Above, CutMsg::Above)];
    let nearest = nearest.into_iter().filter(|(cut, ..)| cut.is_some()).map(|(_, text, msg)| move_to(text, &[], msg));
    let recorded = session
        .begun()
        .into_iter()
        .map(|snapshot| move_to(CutText::ToSnapshot, &[("n", &Session::number(snapshot))], CutMsg::To(snapshot)));
    let sum = report.sum.as_ref().map(|(sum, right)| {
        html! { <p class={classes!("own-cut-sum", (!right).then_some("wrong"))}>{ sum }</p> }
    });
    html! {
        <>
            <div class={classes!("verdict", standing)} role="status">
                <strong>{ &report.title }</strong>
                <p>{ words_html(&report.reasons) }</p>
            </div>
            { held(session, report) }
            { sum.unwrap_or_default() }
            <div class="choices">{ for nearest.chain(recorded) }</div>
        </>
    }
}

/// What the processes hold and what is in the channels, in two lines of words.
fn held(session: &Session, report: &CutReport) -> Html {
    let state = |(process, state): &(ProcessId, String)| {
        html! {
            <span key={process.0} class="held" data-thing={Thing::Process(*process).to_string()}>
                { session.topology().process_name(*process) }{ " " }<b>{ state }</b>
            </span>
        }
    };
    let channels = report.channels.iter().flat_map(|(channel, messages)| {
        messages.iter().map(move |(message, words)| {
            let thing = format!("{} {}", Thing::Message(*message), Thing::Channel(*channel));
            html! {
                <span key={message.0} class="held" data-thing={thing}>
                    { &session.topology().channel(*channel).name }{ " " }<b class="pill">{ words }</b>
                </span>
            }
        })
    });
    let empty = report.channels.is_empty().then(|| html! { <span>{ session.say(CutText::AllEmpty, &[]) }</span> });
    html! {
        <dl>
            <dt>{ session.say(CutText::Holds, &[]) }</dt><dd>{ for report.states.iter().map(state) }</dd>
            <dt>{ session.say(CutText::InTransit, &[]) }</dt><dd>{ for channels }{ empty.unwrap_or_default() }</dd>
        </dl>
    }
}

/// A dashed line that bends, as on the diagram.
fn sign() -> Html {
    html! {
        <svg class="sign" viewBox="0 0 20 20" aria-hidden="true">
            <path d="M6 1.5v2.5c0 3 2.2 3.4 3.4 4.6M14 18.5v-2.5c0-3-2.2-3.4-3.4-4.6" stroke-dasharray="2.6 2.4" />
            <path d="M10 6.8l3.2 3.2-3.2 3.2-3.2-3.2z" />
        </svg>
    }
}

/// A handle of the line on the diagram: drag it along its process, or move it with keys from event to event.
pub(crate) fn handle(
    session: &Session,
    tell: &Callback<Msg>,
    picture: &Picture,
    (item, process): (&Item, ProcessId),
    marks: Html,
) -> Html {
    let label = session.cut_handle_label(process);
    let line = session.cut_line().unwrap_or_default();
    let step = line.get(process.index()).copied().unwrap_or(0);
    let (event, events) = session.cut_place(process);
    // The pointer is held fast, so that it may stray from the line.
    let onpointerdown = Callback::from(|event: PointerEvent| {
        // The process under it is not meant.
        event.stop_propagation();
        if event.button() == 0
            && let Some(element) = handle_of(&event)
        {
            // It fails only for a pointer that is gone again.
            _ = element.set_pointer_capture(event.pointer_id());
            event.prevent_default();
            if let Some(graphic) = element.dyn_ref::<SvgElement>() {
                _ = graphic.focus();
            }
        }
    });
    let onpointermove = {
        let (tell, picture) = (tell.clone(), picture.clone());
        Callback::from(move |event: PointerEvent| {
            let element = handle_of(&event);
            if !element.is_some_and(|element| element.has_pointer_capture(event.pointer_id())) {
                return;
            }
            let to = picture.point(event.client_x(), event.client_y()).map(|point| picture.frame.boundary_at(point));
            if let Some(to) = to.filter(|to| *to != step) {
                tell.emit(Msg::Cut(CutMsg::Move(process, to)));
            }
        })
    };
    html! {
        <g key={item.key.number()} class="own-cut-handle" role="slider" tabindex="0" aria-label={label.clone()}
            aria-valuemin="0" aria-valuemax={events.to_string()} aria-valuenow={event.to_string()}
            aria-valuetext={label} data-thing={Thing::Process(process).to_string()}
            onkeydown={on_keys(process, tell)} {onpointerdown} {onpointermove}
            onclick={Callback::from(|event: MouseEvent| event.stop_propagation())}>
            { marks }
        </g>
    }
}

/// The handle that an event is about: events are listened to from further up.
fn handle_of(event: &PointerEvent) -> Option<Element> {
    event.target_dyn_into::<Element>()?.closest(".own-cut-handle").ok().flatten()
}

/// As a slider: arrows from event to event, Home and End to its ends; Delete takes the whole line away.
fn on_keys(process: ProcessId, tell: &Callback<Msg>) -> Callback<KeyboardEvent> {
    let tell = tell.clone();
    Callback::from(move |event: KeyboardEvent| {
        let msg = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => CutMsg::Shift(process, 1),
            "ArrowLeft" | "ArrowDown" => CutMsg::Shift(process, -1),
            "PageUp" => CutMsg::Shift(process, 5),
            "PageDown" => CutMsg::Shift(process, -5),
            "Home" => CutMsg::Move(process, 0),
            "End" => CutMsg::Move(process, usize::MAX),
            "Delete" => CutMsg::Remove,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        tell.emit(Msg::Cut(msg));
    })
}
