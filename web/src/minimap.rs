//! The whole run as a strip, with the part that is in sight as a frame that can be dragged.

use cutline_diagram::{Frame, Overview};
use cutline_session::{LookText, Session};
use std::fmt::Write;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// How many stretches the strip tells apart.
pub(crate) const STRETCHES: usize = 400;
/// The height of its picture, in units of its own.
const HEIGHT: u32 = 20;

/// Which part of the whole is in sight, along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub at: i32,
    pub seen: i32,
    pub whole: i32,
}

/// Where the part in sight is to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moved {
    /// The frame is being dragged there.
    Dragged(i32),
    /// It is left there, or a key was pressed for it.
    To(i32),
}

/// The strip.
pub(crate) fn minimap(
    session: &Session,
    overview: &Overview,
    frame: &Frame,
    part: Part,
    slider: NodeRef,
    moved: &Callback<Moved>,
) -> Html {
    let thumb = (i64::from(part.seen) * 100_000 / i64::from(part.whole.max(1))).min(100_000);
    let style = format!("--part:{}.{:03}%", thumb / 1000, thumb % 1000);
    let tick = |(at, snapshot): &(usize, cutline_core::SnapshotId)| {
        let (x, class) = (at.to_string(), format!("minimap-recording s{}", snapshot.0 % 4));
        html! { <line {class} x1={x.clone()} x2={x} y1="0" y2={HEIGHT.to_string()} /> }
    };
    let now = (i64::from(frame.now) * STRETCHES as i64 / i64::from(part.whole.max(1))).to_string();
    html! {
        <div class="minimap" ~style={style}>
            <svg viewBox={format!("0 0 {STRETCHES} {HEIGHT}")} preserveAspectRatio="none" aria-hidden="true">
                <path class="minimap-flow" d={flow(overview)} />
                { for overview.recordings.iter().map(tick) }
                <line class="minimap-now" x1={now.clone()} x2={now} y1="0" y2={HEIGHT.to_string()} />
            </svg>
            <input ref={slider} type="range" min="0" max={(part.whole - part.seen).max(0).to_string()} step="1"
                value={part.at.to_string()} aria-label={session.say(LookText::Minimap, &[])}
                aria-valuetext={session.steps_words(frame.steps_between(part.at + frame.lanes_from, part.at + part.seen))}
                oninput={moved.reform(|event: InputEvent| Moved::Dragged(value_of(&event)))}
                onchange={moved.reform(|event: Event| Moved::To(value_of(&event)))}
                onkeydown={by_key(part, moved)} />
        </div>
    }
}

fn value_of(event: &Event) -> i32 {
    let value = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
    value.and_then(|value| value.parse().ok()).unwrap_or(0)
}

/// A pixel at a time is too little for a key.
fn by_key(part: Part, moved: &Callback<Moved>) -> Callback<KeyboardEvent> {
    let moved = moved.clone();
    Callback::from(move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => -part.seen / 8,
            "ArrowRight" | "ArrowUp" => part.seen / 8,
            "PageUp" => part.seen * 7 / 8,
            "PageDown" => -part.seen * 7 / 8,
            _ => return,
        };
        event.prevent_default();
        let now = event.target_dyn_into::<HtmlInputElement>().and_then(|input| input.value().parse().ok());
        let last = (part.whole - part.seen).max(0);
        moved.emit(Moved::To((now.unwrap_or(part.at) + by).clamp(0, last)));
    })
}

/// How much is under way, as an area.
fn flow(overview: &Overview) -> String {
    let mut path = format!("M0 {HEIGHT}");
    let most = overview.under_way.iter().copied().max().unwrap_or(0).max(1);
    for (at, level) in overview.under_way.iter().enumerate() {
        let height = if *level == 0 { 0 } else { (level * (HEIGHT - 4) / most).max(1) };
        // Writing to a String cannot fail.
        _ = write!(path, "L{at} {}L{} {}", HEIGHT - height, at + 1, HEIGHT - height);
    }
    _ = write!(path, "L{} {HEIGHT}Z", overview.under_way.len());
    path
}
