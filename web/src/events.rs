//! The run as a list. Only the entries in sight are in the document.

use crate::motion;
use crate::shared::SharedProps;
use crate::stage::words_html;
use crate::traffic::traffic;
use cutline_core::ProcessId;
use cutline_session::catalogue::events::EventsText;
use cutline_session::events::{Entry, Filter, When};
use cutline_session::{Msg, Session, TimeMsg};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The height of an entry in pixels.
const ROW: usize = 34;
/// The same where fingers press it.
const ROW_FOR_FINGERS: usize = 44;
/// So many entries are in the document.
const IN_DOCUMENT: usize = 40;

/// The list of events.
#[component]
pub fn Events(props: &SharedProps) -> Html {
    let filter = use_state(Filter::default);
    let scroll = use_node_ref();
    let first = use_state_eq(|| 0_usize);
    let chosen = use_state_eq(|| None::<usize>);
    let session = props.session.read();
    let of = (session.history().tip(), session.steps(), session.lang(), session.shown(), (*filter).clone());
    let steps = use_memo(of, |(.., filter)| session.steps_fitting(filter));
    let here = steps.partition_point(|step| *step <= session.step()).saturating_sub(1);
    let (list, rows) = (scroll.clone(), steps.clone());
    use_effect_with((session.step(), steps.len()), move |_| show_row(&list, here, rows.len()));
    let list = scroll.clone();
    use_effect_with(*chosen, move |chosen| focus_row(&list, *chosen));

    let onscroll = {
        let (first, scroll) = (first.clone(), scroll.clone());
        Callback::from(move |_: Event| {
            let top = scroll.cast::<Element>().map_or(0, |list| list.scroll_top());
            // Not at every pixel.
            first.set((usize::try_from(top).unwrap_or(0) / row_height()).saturating_sub(10) / 5 * 5);
        })
    };
    let at = (*chosen).unwrap_or(here).min(steps.len().saturating_sub(1));
    let onkeydown = {
        let (chosen, count) = (chosen.clone(), steps.len());
        Callback::from(move |event: KeyboardEvent| {
            let last = count.saturating_sub(1);
            let to = match event.key().as_str() {
                "ArrowDown" => (at + 1).min(last),
                "ArrowUp" => at.saturating_sub(1),
                "PageDown" => (at + 5).min(last),
                "PageUp" => at.saturating_sub(5),
                "Home" => 0,
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            chosen.set(Some(to));
        })
    };
    let from = (*first).min(steps.len().saturating_sub(IN_DOCUMENT));
    let mut in_sight: Vec<usize> = (from..(from + IN_DOCUMENT).min(steps.len())).collect();
    // The one that has the focus must not leave the document.
    if at < steps.len() && !in_sight.contains(&at) {
        in_sight.push(at);
    }
    let wanted: Vec<usize> = in_sight.iter().map(|at| steps[*at]).collect();
    let entries = session.entries(&wanted);
    let row = |(place, entry): (&usize, &Entry)| entry_html(props, &session, entry, *place, steps.len(), *place == at);
    html! {
        <section class="events">
            { tools(&session, &filter, steps.len()) }
            <div class="list" ref={scroll} {onscroll}>
                <ol aria-label={session.say(EventsText::List, &[])} ~style={format!("height:{}px;--row:{}px", steps.len() * row_height(), row_height())} {onkeydown}>
                    { for in_sight.iter().zip(&entries).map(row) }
                </ol>
                { nothing(&session, steps.is_empty()) }
            </div>
            <div class="row">
                { traffic(props, &session) }
                <span>
                    { jump(props, &session, EventsText::PreviousRecording, "M13 4l-7 6 7 6", TimeMsg::PreviousRecording) }
                    <i class="stage-sign full"></i>
                    { jump(props, &session, EventsText::NextRecording, "M7 4l7 6-7 6", TimeMsg::NextRecording) }
                </span>
            </div>
        </section>
    }
}

/// The height of an entry, in pixels.
fn row_height() -> usize {
    if motion::by_fingers() { ROW_FOR_FINGERS } else { ROW }
}

fn nothing(session: &Session, is_empty: bool) -> Html {
    let text = if session.steps() == 0 { EventsText::NothingYet } else { EventsText::NoneFits };
    if is_empty {
        html! { <p class="none">{ session.say(text, &[]) }</p> }
    } else {
        Html::default()
    }
}

fn entry_html(props: &SharedProps, session: &Session, entry: &Entry, at: usize, of: usize, in_turn: bool) -> Html {
    let step = entry.step;
    let (class, current) = match entry.when {
        When::Past => ("event", None),
        When::Now => ("event now", Some("step")),
        When::Ahead => ("event ahead", None),
    };
    let colour = entry.snapshot.map(|snapshot| format!("s{}", snapshot.0 % 4));
    let sign = match (entry.records, entry.snapshot) {
        (true, _) => "mark records",
        (false, Some(_)) => "mark of-snapshot",
        (false, None) => "mark",
    };
    // What comes of it is for those who point at it, or hear it.
    let (first, rest) = entry.words.first_sentence();
    let ahead = (entry.when == When::Ahead).then(|| session.say(EventsText::Ahead, &[]));
    html! {
        <li key={step} ~style={format!("top:{}px", at * row_height())} aria-setsize={of.to_string()}
            aria-posinset={(at + 1).to_string()}>
            <button class={classes!(class, colour)} aria-current={current} tabindex={if in_turn { "0" } else { "-1" }}
                data-thing={entry.things.clone()} data-step={step.to_string()} title={entry.words.plain()}
                onclick={props.tell.reform(move |_| Msg::Seek(step))}>
                <i class={sign}></i><span class="number">{ step }</span>
                <span class="what">{ words_html(&first) }<span class="unseen">{ rest.plain() }</span>
                    { ahead.map(|ahead| html! { <span class="unseen">{ ahead }</span> }).unwrap_or_default() }
                </span>
            </button>
        </li>
    }
}

fn tools(session: &Session, filter: &UseStateHandle<Filter>, count: usize) -> Html {
    let say = |text: EventsText| session.say(text, &[]);
    let change = |edit: fn(&mut Filter)| {
        let filter = filter.clone();
        Callback::from(move |_: MouseEvent| {
            let mut changed = (*filter).clone();
            edit(&mut changed);
            filter.set(changed);
        })
    };
    let toggle = |text: EventsText, on: bool, edit: fn(&mut Filter)| {
        html! { <button class="chip" aria-pressed={on.to_string()} onclick={change(edit)}>{ say(text) }</button> }
    };
    let typed = {
        let filter = filter.clone();
        Callback::from(move |event: InputEvent| {
            let Some(field) = event.target_dyn_into::<HtmlInputElement>() else { return };
            filter.set(Filter { text: field.value(), ..(*filter).clone() });
        })
    };
    let chosen = {
        let filter = filter.clone();
        Callback::from(move |event: Event| {
            let Some(field) = event.target_dyn_into::<HtmlSelectElement>() else { return };
            let process = usize::try_from(field.selected_index()).ok().and_then(|at| at.checked_sub(1));
            filter.set(Filter { process: process.map(ProcessId::at), ..(*filter).clone() });
        })
    };
    let option = |process: ProcessId| {
        let name = session.topology().process_name(process).to_owned();
        html! { <option key={process.0} selected={filter.process == Some(process)}>{ name }</option> }
    };
    let (n, all) = (count.to_string(), session.steps().to_string());
    html! {
        <div class="tools">
            <input type="search" placeholder={say(EventsText::Filter)} aria-label={say(EventsText::Filter)}
                value={filter.text.clone()} oninput={typed} />
            <select aria-label={say(EventsText::OfProcess)} onchange={chosen}>
                <option selected={filter.process.is_none()}>{ say(EventsText::Everybody) }</option>
                { for session.topology().processes().map(option) }
            </select>
            <div class="kinds">
                { toggle(EventsText::Messages, filter.messages, |filter| filter.messages = !filter.messages) }
                { toggle(EventsText::Markers, filter.markers, |filter| filter.markers = !filter.markers) }
                { toggle(EventsText::Recordings, filter.recordings, |filter| filter.recordings = !filter.recordings) }
                <span class="count" role="status">{ session.say(EventsText::CountOf, &[("n", &n), ("all", &all)]) }</span>
            </div>
        </div>
    }
}

fn jump(props: &SharedProps, session: &Session, text: EventsText, sign: &'static str, to: TimeMsg) -> Html {
    let off = session.recording_beside(to == TimeMsg::NextRecording).is_none();
    let tell = props.tell.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        if !off {
            tell.emit(Msg::Time(to));
        }
    });
    let label = session.say(text, &[]);
    html! {
        <button class="icon" aria-label={label.clone()} title={label} aria-disabled={off.to_string()} {onclick}>
            <svg class="sign" viewBox="0 0 20 20" aria-hidden="true"><path d={sign} /></svg>
        </button>
    }
}

/// Scrolls the list, and nothing else, so that an entry can be seen.
fn show_row(list: &NodeRef, at: usize, count: usize) {
    let Some(list) = list.cast::<Element>().filter(|_| at < count) else { return };
    let (row, room) = (i32::try_from(row_height()).unwrap_or(1), list.client_height());
    let top = i32::try_from(at * row_height()).unwrap_or(i32::MAX);
    if top < list.scroll_top() || top + row > list.scroll_top() + room {
        list.set_scroll_top(top - (room - row) / 2);
    }
}

/// Moves the focus to an entry, by its place in the list.
fn focus_row(list: &NodeRef, at: Option<usize>) {
    let (Some(at), Some(element)) = (at, list.cast::<Element>()) else { return };
    show_row(list, at, usize::MAX);
    let place = format!("[aria-posinset=\"{}\"] button", at + 1);
    let found = element.query_selector(&place).ok().flatten().and_then(|row| row.dyn_into::<HtmlElement>().ok());
    found.into_iter().for_each(|row| _ = row.focus());
}
