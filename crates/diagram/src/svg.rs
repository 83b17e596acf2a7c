//! The scene as the text of an SVG file.

use crate::frame::Frame;
use crate::points::LOOKS;
use crate::scene::{Anchor, Head, Mark, Point, Role, Scene, Segment, Shape};
use crate::view::Orientation;
use std::fmt::Write;

/// An SVG file of the scene. `style` is put into it as its style sheet; the classes are those of [`Role::class`],
/// with `s0`, `s1`, ... for the number of a snapshot, and `name` and `state` for the heads.
#[must_use]
pub fn text(scene: &Scene, title: &str, style: &str) -> String {
    let mut out = String::new();
    let (width, height) = (scene.width, scene.height);
    put(
        &mut out,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n"
        ),
    );
    put(&mut out, format_args!("<title>{}</title>\n<style>{}</style>\n", escape(title), escape(style)));
    put(&mut out, format_args!("<rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>\n"));
    for head in &scene.heads {
        head_text(&mut out, &scene.frame, head);
    }
    for mark in scene.items.iter().flat_map(|item| &item.marks) {
        mark_text(&mut out, mark);
    }
    out.push_str("</svg>\n");
    out
}

/// A path in the notation of SVG.
#[must_use]
pub fn path(from: Point, segments: &[Segment]) -> String {
    let mut out = format!("M{} {}", from.x, from.y);
    for segment in segments {
        match segment {
            Segment::Move(to) => put(&mut out, format_args!("M{} {}", to.x, to.y)),
            Segment::To(to) => put(&mut out, format_args!("L{} {}", to.x, to.y)),
            Segment::Curve(a, b, to) => {
                put(&mut out, format_args!("C{} {} {} {} {} {}", a.x, a.y, b.x, b.y, to.x, to.y));
            }
        }
    }
    out
}

/// The head of an arrow at `to`, as a path: its two barbs and its tip.
#[must_use]
pub fn arrow_head(from: Point, to: Point) -> String {
    let (dx, dy) = (i64::from(to.x - from.x), i64::from(to.y - from.y));
    let length = (dx * dx + dy * dy).isqrt().max(1);
    // In tenths of a pixel, so that both barbs look alike at every angle.
    let barb = |side: i64| {
        let x = i64::from(to.x) * 10 - (dx * 90 - side * dy * 38) / length;
        let y = i64::from(to.y) * 10 - (dy * 90 + side * dx * 38) / length;
        format!("{} {}", tenths(x), tenths(y))
    };
    format!("M{}L{} {}L{}", barb(1), to.x, to.y, barb(-1))
}

fn tenths(value: i64) -> String {
    format!("{}{}.{}", if value < 0 { "-" } else { "" }, value.abs() / 10, value.abs() % 10)
}

/// The classes of a role: its name, and the looks of its snapshot.
#[must_use]
pub fn classes(role: Role) -> String {
    match role.snapshot() {
        Some(snapshot) if snapshot.0 >= LOOKS => format!("{} s{} again", role.class(), snapshot.0 % LOOKS),
        Some(snapshot) => format!("{} s{}", role.class(), snapshot.0),
        None => role.class().to_owned(),
    }
}

/// The notation of SVG for where words begin.
#[must_use]
pub fn anchor(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    }
}

fn head_text(out: &mut String, frame: &Frame, head: &Head) {
    let (name, state, lane) = (escape(&head.name), escape(&head.state), head.lane);
    let mut words = |class: &str, at: Point, side: Anchor, words: &str| {
        let (x, y, side) = (at.x, at.y, anchor(side));
        put(out, format_args!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{side}\">{words}</text>\n"));
    };
    if frame.orientation == Orientation::Down {
        words("name", Point { x: lane, y: 28 }, Anchor::Middle, &name);
        words("state", Point { x: lane, y: 50 }, Anchor::Middle, &state);
    } else if frame.has_close_lanes() {
        words("name close", Point { x: 22, y: lane + 5 }, Anchor::Start, &name);
        words("state close", Point { x: frame.lanes_from - 14, y: lane + 5 }, Anchor::End, &state);
    } else {
        words("name", Point { x: 22, y: lane - 3 }, Anchor::Start, &name);
        words("state", Point { x: 22, y: lane + 19 }, Anchor::Start, &state);
    }
}

fn mark_text(out: &mut String, mark: &Mark) {
    let class = classes(mark.role);
    match &mark.shape {
        Shape::Line(a, b) => line(out, &class, *a, *b),
        Shape::Arrow(a, b) => {
            line(out, &class, *a, *b);
            put(out, format_args!("<path class=\"{class} tip\" d=\"{}\"/>\n", arrow_head(*a, *b)));
        }
        Shape::Path(from, segments) => {
            put(out, format_args!("<path class=\"{class}\" d=\"{}\"/>\n", path(*from, segments)));
        }
        Shape::Circle(at, r) => {
            put(out, format_args!("<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{r}\"/>\n", at.x, at.y));
        }
        Shape::Pill(at, width, height) => {
            let (x, y, r) = (at.x - width / 2, at.y - height / 2, height / 2);
            put(
                out,
                format_args!(
                    "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{r}\"/>\n"
                ),
            );
        }
        Shape::Text(at, side, words) => {
            let (x, y, side, words) = (at.x, at.y, anchor(*side), escape(words));
            put(
                out,
                format_args!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{side}\">{words}</text>\n"),
            );
        }
    }
}

fn line(out: &mut String, class: &str, a: Point, b: Point) {
    put(out, format_args!("<line class=\"{class}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>\n", a.x, a.y, b.x, b.y));
}

fn put(out: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = out.write_fmt(words);
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
