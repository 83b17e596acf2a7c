//! What is under the pointer.

use super::{Hands, Held};
use cutline_core::{ControlId, MessageId, ProcessId, SnapshotId};
use cutline_diagram::{Frame, Point, Target};
use cutline_session::Session;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget};

impl Hands {
    /// The thing that an element of the figure belongs to, with the element that stands for it.
    pub(super) fn thing_under(&self, target: Option<EventTarget>) -> Option<(Target, Element)> {
        let element =
            target?.dyn_into::<Element>().ok()?.closest(".diagram [data-thing], .head[data-thing]").ok()??;
        Some((thing_of(&element)?, element))
    }

    /// What a press is meant for: where handles overlap, the one whose middle is nearest.
    pub(super) fn meant(&self, target: Option<EventTarget>, (x, y): (i32, i32)) -> Option<EventTarget> {
        let on_grip = target.as_ref().and_then(|target| target.dyn_ref::<Element>()).filter(|on| is_grip(on)).is_some();
        if !on_grip {
            return target;
        }
        let nearest = self.all(".diagram .grip").into_iter().min_by_key(|grip| {
            let (middle_x, middle_y) = middle_of(grip);
            (middle_x - x).pow(2) + (middle_y - y).pow(2)
        });
        nearest.map(Into::into).or(target)
    }

    /// What a thing's menu is about: where it waits, it is its place in the channel.
    pub(super) fn target_of(&self, element: &Element) -> Option<Target> {
        let thing = thing_of(element)?;
        if !element.class_list().contains("waiting") {
            return Some(thing);
        }
        let now = self.now.borrow();
        let session = now.session.read();
        session.topology().channels().find_map(|channel| {
            let mut items = session.world().in_channel(channel);
            let position = items.position(|item| match (item, thing) {
                (cutline_core::world::Waiting::Message(kept), Target::Message(message)) => kept.message == message,
                (cutline_core::world::Waiting::Control(id, _), Target::Control(control)) => id == control,
                _ => false,
            })?;
            Some(Target::Waiting(channel, u32::try_from(position).ok()?))
        })
    }

    /// A place in the window as a point of the picture.
    pub(super) fn point(&self, client: (i32, i32)) -> Option<Point> {
        let picture = self.figure.cast::<Element>()?.query_selector("svg.diagram").ok()??;
        let corner = picture.get_bounding_client_rect();
        let seen = picture.get_attribute("viewBox").unwrap_or_default();
        let mut from = seen.split_whitespace().filter_map(|number| number.parse::<i32>().ok());
        let (x, y) = (from.next().unwrap_or(0), from.next().unwrap_or(0));
        Some(Point { x: client.0 - corner.left() as i32 + x, y: client.1 - corner.top() as i32 + y })
    }
}

/// The end of a thing that is meant by a point: the nearer one, and its arrival where that is not clear.
pub(super) fn held_at(session: &Session, frame: &Frame, target: Target, at: Point) -> Option<Held> {
    let distance = |(process, step): (ProcessId, usize)| {
        let end = frame.at(process, step);
        (end.x - at.x).abs() + (end.y - at.y).abs()
    };
    let ends = session.ends_of(target);
    let nearest = ends.iter().copied().min_by_key(|end| distance(*end)).filter(|end| distance(*end) < 40);
    nearest.or(ends.first().copied()).map(|(_, step)| Held::Step(step))
}

fn is_grip(element: &Element) -> bool {
    element.class_list().contains("grip")
}

/// The middle of an element, in the window.
pub(super) fn middle_of(element: &Element) -> (i32, i32) {
    let place = element.get_bounding_client_rect();
    let middle = |from: f64, size: f64| (from + size / 2.0) as i32;
    (middle(place.left(), place.width()), middle(place.top(), place.height()))
}

/// What an element stands for, by its first token.
fn thing_of(element: &Element) -> Option<Target> {
    let tokens = element.get_attribute("data-thing")?;
    let token = tokens.split_whitespace().next()?;
    let (kind, number) = token.split_at_checked(1)?;
    match kind {
        "p" => Some(Target::Process(ProcessId(number.parse().ok()?))),
        "m" => Some(Target::Message(MessageId(number.parse().ok()?))),
        "k" => Some(Target::Control(ControlId(number.parse().ok()?))),
        "r" => {
            let (snapshot, process) = number.split_once('.')?;
            Some(Target::Recording(SnapshotId(snapshot.parse().ok()?), ProcessId(process.parse().ok()?)))
        }
        _ => None,
    }
}
