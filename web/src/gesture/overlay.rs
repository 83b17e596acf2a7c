//! What is painted over the figure while something is in hand.

use cutline_core::ProcessId;
use cutline_diagram::{Frame, Point};
use cutline_session::Session;
use cutline_session::edits::InHand;
use yew::prelude::*;

/// How far before the present a message is drawn that is about to be sent, in pixels.
const SENDING: i32 = 40;

/// The line that the reader draws from a process, and where it would lead.
pub(super) fn drawing(session: &Session, frame: &Frame, from: ProcessId, to: Option<ProcessId>, end: Point) -> Html {
    // What is sent is sent at present, and waits there: wherever the line ends, it chooses no arrival.
    let start = frame.point((frame.now - SENDING).max(frame.lanes_from), frame.lane(from));
    let end = to.map_or(end, |to| frame.point(frame.now, frame.lane(to)));
    let connected = to.is_some_and(|to| session.topology().channels_between(from, to).next().is_some());
    let target = to.map(|to| {
        let (a, b) = (frame.point(frame.lanes_from, frame.lane(to)), frame.point(frame.now, frame.lane(to)));
        html! { <line class="aimed" x1={a.x.to_string()} y1={a.y.to_string()} x2={b.x.to_string()} y2={b.y.to_string()} /> }
    });
    let class = classes!("drawn", (to.is_some() && !connected).then_some("nowhere"));
    over(
        frame,
        html! {
            <>
                { target.unwrap_or_default() }
                <line {class} x1={start.x.to_string()} y1={start.y.to_string()} x2={end.x.to_string()} y2={end.y.to_string()} />
                <circle class="drawn-end" cx={end.x.to_string()} cy={end.y.to_string()} r="5" />
            </>
        },
    )
}

/// How far what is held may go, and where it is.
pub(super) fn moving(frame: &Frame, held: InHand) -> Html {
    let half = (frame.moment(2) - frame.moment(1)).abs() / 2;
    let (from, to) = (frame.moment(held.earliest) - half, frame.moment(held.latest) + half);
    let lane = frame.lane(held.process);
    let corner = |along: i32, across: i32| frame.point(along, across);
    let (a, b) = (corner(from, lane - 16), corner(to, lane + 16));
    let at = frame.at(held.process, held.to);
    let bracket = |along: i32, inward: i32| {
        let ends = [
            corner(along + inward, lane - 16),
            corner(along, lane - 16),
            corner(along, lane + 16),
            corner(along + inward, lane + 16),
        ];
        ends.iter().map(Point::to_string).collect::<Vec<_>>().join(" ")
    };
    let class = classes!("reach-of-hand", held.resists.then_some("resists"));
    over(
        frame,
        html! {
            <g {class}>
                <rect class="band" x={a.x.to_string()} y={a.y.to_string()} width={(b.x - a.x).to_string()}
                    height={(b.y - a.y).to_string()} rx="8" />
                <polyline class="bracket" points={bracket(from, 6)} />
                <polyline class="bracket" points={bracket(to, -6)} />
                <circle class="held" cx={at.x.to_string()} cy={at.y.to_string()} r="11" />
            </g>
        },
    )
}

fn over(frame: &Frame, inner: Html) -> Html {
    let (width, height) = frame.size();
    html! {
        <svg class="hands" aria-hidden="true" width={width.to_string()} height={height.to_string()}
            viewBox={format!("0 0 {width} {height}")}>{ inner }</svg>
    }
}
