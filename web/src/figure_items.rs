//! The items of the diagram and the heads of its processes as elements.

use crate::arrivals::Arrivals;
use crate::own_cut;
use crate::paint::paint;
use crate::picture::Picture;
use cutline_core::{Action, ProcessId};
use cutline_diagram::scene::Head;
use cutline_diagram::{Detail, Frame, Item, Key, Mark, Orientation, Point, Role, Scene, Segment, Shape, Target};
use cutline_session::thing::Things;
use cutline_session::{Msg, Session, Thing};
use yew::prelude::*;

/// Opens the menu of a process, beside its head or where one has pointed at its line.
pub(crate) type Open = Callback<(ProcessId, Option<(i32, i32)>)>;
/// Delivers something; with whether that was done by key.
pub(crate) type Deliver = Callback<(Action, bool)>;

/// What the items of one picture have in common.
pub(crate) struct Items<'a> {
    pub session: &'a Session,
    pub things: Things<'a>,
    pub scene: &'a Scene,
    pub arrivals: Arrivals,
    pub open: Open,
    pub deliver: Deliver,
    pub tell: Callback<Msg>,
    pub picture: Picture,
}

impl Items<'_> {
    pub(crate) fn html(&self) -> Html {
        self.scene.items.iter().map(|item| self.item(item)).collect()
    }

    fn item(&self, item: &Item) -> Html {
        let key = item.key.number();
        let thing = self.things.on_diagram(item.key, item.target);
        let roomy = self.scene.detail == Detail::Full;
        let marks: Html = item.marks.iter().map(|mark| paint(mark, roomy)).collect();
        let marks = html! { <>{ marks }{ self.arrivals.traveller(item) }</> };
        let moves = self.arrivals.class(item.key);
        match item.target {
            Some(Target::Process(process)) => {
                let onclick =
                    self.open.reform(move |event: MouseEvent| (process, Some((event.client_x(), event.client_y()))));
                html! { <g {key} class="pointable" data-thing={thing} {onclick}>{ marks }</g> }
            }
            Some(target @ Target::Waiting(channel, position)) => {
                let action = Action::Deliver { channel, position };
                let label = self.session.label(target);
                let onclick = self.deliver.reform(move |_| (action, false));
                let onkeydown = by_key(action, &self.deliver);
                html! {
                    <g {key} class="waiting" role="button" tabindex="-1" aria-label={label.clone()} data-thing={thing}
                        {onclick} {onkeydown}>
                        <title>{ label }</title>
                        { marks }
                    </g>
                }
            }
            Some(Target::OwnCut(process)) => {
                own_cut::handle(self.session, &self.tell, &self.picture, (item, process), marks)
            }
            // The arrow is a part of the message, which one comes to once.
            Some(target) if roomy && matches!(item.key, Key::MessageArrow(_)) => html! {
                <g {key} class={classes!("pointable", moves)} data-thing={thing}><title>{ self.session.label(target) }</title>{ marks }</g>
            },
            Some(target) if roomy => {
                let label = self.session.label(target);
                html! {
                    <g {key} class={classes!("pointable", moves)} role="button" tabindex="-1" aria-keyshortcuts={shortcuts(target)}
                        aria-label={label.clone()} data-thing={thing}>
                        <title>{ label }</title>
                        { marks }
                        { grips(item) }
                    </g>
                }
            }
            _ => html! { <g {key} class={classes!(moves)} data-thing={thing}>{ marks }</g> },
        }
    }

    /// The head of a process.
    pub(crate) fn head(&self, head: &Head) -> Html {
        let process = head.process;
        let label = self.session.label(Target::Process(process));
        let side = match self.scene.frame.orientation {
            Orientation::Across => "top",
            Orientation::Down => "left",
        };
        html! {
            <button key={process.0} class={classes!("head", (!head.is_here).then_some("absent"))} data-thing={Thing::Process(process).to_string()}
                ~style={format!("{side}:{}px", head.lane)} aria-label={label.clone()} title={label} aria-haspopup="dialog"
                aria-expanded={(self.session.open_menu() == Some(process)).to_string()}
                onclick={self.open.reform(move |_| (process, None))}>
                <span class="name">{ &head.name }</span>{ " " }<span class="state">{ &head.state }</span>
            </button>
        }
    }
}

/// The keys that move a thing: its arrival or recording, and its sending.
fn shortcuts(target: Target) -> &'static str {
    match target {
        Target::Message(_) => "[ ] { }",
        _ => "[ ]",
    }
}

/// Where a thing is taken in hand: around its sending, and around its arrival or its recording.
fn grips(item: &Item) -> Html {
    let place = |mark: &Mark| match (mark.role, &mark.shape) {
        (Role::Sending | Role::Receipt | Role::Recording(_) | Role::MarkerSending(_), Shape::Circle(at, _)) => {
            Some(*at)
        }
        (Role::Recording(_), Shape::Path(from, segments)) => Some(middle(*from, segments)),
        (Role::Marker(_) | Role::Report(_), Shape::Arrow(_, at)) => Some(*at),
        _ => None,
    };
    let grip = |at: Point| html! { <circle class="grip" cx={at.x.to_string()} cy={at.y.to_string()} r="14" /> };
    item.marks.iter().filter_map(place).map(grip).collect()
}

/// The middle of a shape with corners.
fn middle(from: Point, segments: &[Segment]) -> Point {
    let corners: Vec<Point> = segments.iter().map(|segment| segment.end()).chain([from]).collect();
    let between = |of: fn(&Point) -> i32| {
        let least = corners.iter().map(of).min().unwrap_or_default();
        i32::midpoint(least, corners.iter().map(of).max().unwrap_or_default())
    };
    Point { x: between(|point| point.x), y: between(|point| point.y) }
}

/// A head inside the picture, which can be scaled to fit a sheet; on the screen the buttons are there instead.
pub(crate) fn head_on_paper(head: &Head, frame: &Frame, corner: Point) -> Html {
    let at = match frame.orientation {
        Orientation::Across => Point { x: corner.x + 4, y: head.lane },
        Orientation::Down => Point { x: head.lane - 12, y: corner.y + 20 },
    };
    html! {
        <g key={format!("head {}", head.process.0)} class="on-paper" aria-hidden="true">
            <text class="on-paper" x={at.x.to_string()} y={(at.y - 2).to_string()}>{ &head.name }</text>
            <text class="on-paper holds" x={at.x.to_string()} y={(at.y + 16).to_string()}>{ &head.state }</text>
        </g>
    }
}

fn by_key(action: Action, deliver: &Deliver) -> Callback<KeyboardEvent> {
    let deliver = deliver.clone();
    Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            deliver.emit((action, true));
        }
    })
}
