//! Marks as SVG elements: one match over the shapes, classes by role.

use cutline_diagram::svg::{anchor, arrow_head, classes, path};
use cutline_diagram::{Mark, Point, Role, Shape};
use yew::prelude::*;

/// The elements of a mark. Where there is room, lines that one can point at have a wider, invisible one under them.
pub(crate) fn paint(mark: &Mark, roomy: bool) -> Html {
    let wide_line = |role, a, b| if roomy { wide_line(role, a, b) } else { Html::default() };
    let class = classes(mark.role);
    match &mark.shape {
        Shape::Line(a, b) => html! { <>{ wide_line(mark.role, *a, *b) }{ line(class, *a, *b) }</> },
        Shape::Arrow(a, b) => html! {
            <>
                { wide_line(mark.role, *a, *b) }
                { line(class.clone(), *a, *b) }
                <path class={classes!(class, "tip")} d={arrow_head(*a, *b)} />
            </>
        },
        Shape::Path(from, segments) => html! { <path {class} d={path(*from, segments)} /> },
        Shape::Circle(at, r) => html! {
            <circle {class} cx={at.x.to_string()} cy={at.y.to_string()} r={r.to_string()} />
        },
        Shape::Pill(at, width, height) => html! {
            <rect {class} x={(at.x - width / 2).to_string()} y={(at.y - height / 2).to_string()}
                width={width.to_string()} height={height.to_string()} rx={(height / 2).to_string()} />
        },
        Shape::Text(at, side, words) => html! {
            <text {class} x={at.x.to_string()} y={at.y.to_string()} text-anchor={anchor(*side)}>{ words }</text>
        },
    }
}

/// For lines that one can point at.
fn wide_line(role: Role, a: Point, b: Point) -> Html {
    match role {
        Role::Lane | Role::LaneAhead | Role::Message | Role::MessageInChannel(_) | Role::Marker(_) => {
            line("reach".into(), a, b)
        }
        _ => Html::default(),
    }
}

fn line(class: String, a: Point, b: Point) -> Html {
    html! {
        <line {class} x1={a.x.to_string()} y1={a.y.to_string()} x2={b.x.to_string()} y2={b.y.to_string()} />
    }
}
