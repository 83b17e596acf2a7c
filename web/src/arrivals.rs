//! What has just arrived or been recorded, so that it can be seen going there. Only a step forward moves anything.

use cutline_core::Event;
use cutline_core::history::NodeId;
use cutline_diagram::scene::Key;
use cutline_diagram::{Item, Point, Shape};
use cutline_session::Session;
use yew::prelude::*;

/// The items that the last step has brought, if it was taken just now.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arrivals(Vec<Key>);

impl Arrivals {
    fn of(session: &Session) -> Self {
        let step = session.history().step_to(session.history().here());
        let events = step.map_or(&[][..], |step| step.events);
        let key = |event: &Event| match *event {
            Event::Received { message, .. } => Some(Key::MessageArrow(message)),
            Event::ControlReceived { control, .. } => Some(Key::Control(control)),
            Event::Recorded { process, snapshot, .. } => Some(Key::Recording(snapshot, process)),
            _ => None,
        };
        Self(events.iter().filter_map(key).collect())
    }

    /// How an item moves: by the style sheet, which also knows who wants nothing to move.
    pub(crate) fn class(&self, key: Key) -> Option<&'static str> {
        match key {
            Key::Recording(..) => self.0.contains(&key).then_some("records"),
            _ => self.0.contains(&key).then_some("arrives"),
        }
    }

    /// A dot that goes along an arrow which has just come to its end.
    pub(crate) fn traveller(&self, item: &Item) -> Html {
        let ends = item.marks.iter().find_map(|mark| match mark.shape {
            Shape::Arrow(from, to) => Some((from, to)),
            _ => None,
        });
        match ends.filter(|_| self.0.contains(&item.key)) {
            Some((from, to)) => html! { <circle key="traveller" class="travels" r="6" ~style={way(from, to)} /> },
            None => Html::default(),
        }
    }
}

fn way(from: Point, to: Point) -> String {
    format!("offset-path:path('M{} {}L{} {}')", from.x, from.y, to.x, to.y)
}

/// What has just arrived: nothing when one has gone back or leapt.
#[hook]
pub(crate) fn use_arrivals(session: &Session) -> Arrivals {
    let last = use_mut_ref(|| (None::<NodeId>, false));
    let here = session.history().here();
    let mut last = last.borrow_mut();
    if last.0 != Some(here) {
        *last = (Some(here), last.0 == Some(session.history().before(here)));
    }
    if last.1 { Arrivals::of(session) } else { Arrivals::default() }
}
