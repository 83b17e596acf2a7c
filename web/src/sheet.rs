//! What is printed and not seen: the diagram in bands as wide as a sheet, and the events as a list.

use crate::paint::paint;
use crate::passage::more;
use crate::shared::Shared;
use crate::stage::words_html;
use cutline_diagram::{Detail, Frame, Orientation, Scene};
use cutline_session::events::{Entry, Filter};
use cutline_session::{Room, Session, Tab};
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, MediaQueryListEvent};
use yew::prelude::*;

/// The width of a band in pixels, the names of the processes included; as much as is legible across a sheet.
const WIDTH: i32 = 1060;
/// The room of a band along time where time runs downwards, in pixels.
const HEIGHT: i32 = 1300;
/// The least height of a band where time runs to the right, in pixels.
const LEAST: i32 = 330;
/// So many bands are printed; of a longer run, those up to the present.
const MOST_BANDS: usize = 12;
/// So many events are printed; of more, those around the present.
const MOST_EVENTS: usize = 600;

#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct SheetProps {
    pub session: Shared,
}

/// The diagram, while the page is printed.
#[component]
pub(crate) fn DiagramOnPaper(props: &SheetProps) -> Html {
    if use_printing() { diagram(&props.session.read()) } else { Html::default() }
}

/// The list of events, while the page is printed with that view.
#[component]
pub(crate) fn EventsOnPaper(props: &SheetProps) -> Html {
    let session = props.session.read();
    if use_printing() && session.tab() == Tab::Events { events(&session) } else { Html::default() }
}

/// Whether the page is being printed.
#[hook]
fn use_printing() -> bool {
    let prints = use_state_eq(|| false);
    let setter = prints.setter();
    use_effect_with((), move |()| {
        let listeners = listen(&setter);
        move || drop(listeners)
    });
    *prints
}

/// Browsers tell of printing in one of two ways, or in both.
fn listen(prints: &UseStateSetter<bool>) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let on = |name: &'static str, printing: bool| {
        let prints = prints.clone();
        EventListener::new(&window, name, move |_| prints.set(printing))
    };
    let mut listeners = vec![on("beforeprint", true), on("afterprint", false)];
    if let Ok(Some(query)) = window.match_media("print") {
        let prints = prints.clone();
        let target: &EventTarget = query.unchecked_ref();
        listeners.push(EventListener::new(target, "change", move |event| {
            prints.set(event.dyn_ref::<MediaQueryListEvent>().is_some_and(MediaQueryListEvent::matches));
        }));
    }
    listeners
}

fn diagram(session: &Session) -> Html {
    let room = Room { width: WIDTH, height: LEAST, compact: false, window: None };
    let frame = session.frame_in(room);
    let room = match frame.orientation {
        Orientation::Across => Room { height: LEAST.max(frame.least_breadth), ..room },
        Orientation::Down => Room { height: HEIGHT, ..room },
    };
    let frame = session.frame_in(room);
    let (windows, is_whole) = bands(&frame);
    let (from, to) = (windows.first().map_or(0, |band| band.0), windows.last().map_or(0, |band| band.1));
    let part = session.steps_words(frame.steps_between(from, to));
    let last = windows.last().copied();
    // What the processes hold, they hold in the end.
    let band = |window: &(i32, i32)| {
        band_html(&session.scene_in(Room { window: Some(*window), ..room }), *window, Some(*window) == last)
    };
    html! {
        <div class="bands">
            { for windows.iter().map(band) }
            if !is_whole {
                <p class="caption">{ part }</p>
            }
        </div>
    }
}

/// The picture cut into stretches of time, and whether that is all of it.
fn bands(frame: &Frame) -> (Vec<(i32, i32)>, bool) {
    let begin = frame.lanes_from;
    let whole = match frame.orientation {
        Orientation::Across => WIDTH - begin,
        Orientation::Down => HEIGHT - begin,
    }
    .max(200);
    let length = (frame.length - begin).max(1);
    // All of one length, so that they are drawn to one scale.
    let count = (length + whole - 1) / whole;
    let each = if count == 1 { length } else { whole };
    let all: Vec<(i32, i32)> = (0..count).map(|at| (begin + at * each, begin + (at + 1) * each)).collect();
    if all.len() <= MOST_BANDS {
        return (all, true);
    }
    let present = all.iter().position(|(_, to)| *to > frame.now).unwrap_or(all.len() - 1);
    let first = (present + 1).saturating_sub(MOST_BANDS);
    (all[first..(first + MOST_BANDS).min(all.len())].to_vec(), false)
}

/// A stretch of the picture beside, or below, the names of the processes.
fn band_html(scene: &Scene, (from, to): (i32, i32), is_last: bool) -> Html {
    let (frame, span) = (scene.frame, to - from);
    let names = frame.lanes_from;
    let view = |from: i32, span: i32| match frame.orientation {
        Orientation::Across => (from, 0, span, frame.breadth),
        Orientation::Down => (0, from, frame.breadth, span),
    };
    let (_, _, width, height) = view(0, names + span);
    let (x, y, part_width, part_height) = view(from, span);
    let corner = view(names, 0);
    let roomy = scene.detail == Detail::Full;
    let marks = scene.items.iter().flat_map(|item| &item.marks).map(|mark| paint(mark, roomy));
    let head = |head: &cutline_diagram::scene::Head| {
        let (x, y) = match frame.orientation {
            Orientation::Across => (6, head.lane),
            Orientation::Down => (head.lane - 12, 22),
        };
        html! {
            <g key={head.process.0}>
                <text class="on-paper" x={x.to_string()} y={(y - 2).to_string()}>{ &head.name }</text>
                if is_last {
                    <text class="on-paper holds" x={x.to_string()} y={(y + 16).to_string()}>{ &head.state }</text>
                }
            </g>
        }
    };
    html! {
        <svg key={from} class={classes!("diagram", "band", (frame.orientation == Orientation::Down).then_some("down"))} viewBox={format!("0 0 {width} {height}")} role="img">
            { for scene.heads.iter().map(head) }
            <svg x={corner.0.to_string()} y={corner.1.to_string()} width={part_width.to_string()} height={part_height.to_string()}
                viewBox={format!("{x} {y} {part_width} {part_height}")}>{ for marks }</svg>
        </svg>
    }
}

fn events(session: &Session) -> Html {
    let all = session.steps_fitting(&Filter::default());
    let here = all.partition_point(|step| *step <= session.step());
    let first =
        if all.len() <= MOST_EVENTS { 0 } else { here.saturating_sub(MOST_EVENTS / 2).min(all.len() - MOST_EVENTS) };
    let shown = &all[first..(first + MOST_EVENTS).min(all.len())];
    let line = |entry: &Entry| {
        let class = classes!((entry.step == session.step()).then_some("now"));
        html! { <li key={entry.step} {class}><span>{ entry.step }</span><span>{ words_html(&entry.words) }</span></li> }
    };
    html! {
        <ol class="sheet-events">
            { more(session, first) }
            { for session.entries(shown).iter().map(line) }
            { more(session, all.len() - first - shown.len()) }
        </ol>
    }
}
