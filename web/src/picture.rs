//! From the pointer to the picture and back: what gestures on the diagram are made of.

use cutline_diagram::{Frame, Point};
use web_sys::Element;
use yew::prelude::*;

/// The picture as it is laid out, and where it is on the page. [`Frame`] says which process and step are at a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Where lines and columns are.
    pub frame: Frame,
    /// The element whose top left corner is the top left corner of the whole picture.
    pub space: NodeRef,
}

impl Picture {
    /// The point of the picture under a place in the window, such as an event's `clientX` and `clientY`.
    #[must_use]
    pub fn point(&self, client_x: i32, client_y: i32) -> Option<Point> {
        let corner = self.space.cast::<Element>()?.get_bounding_client_rect();
        Some(Point { x: client_x - corner.left() as i32, y: client_y - corner.top() as i32 })
    }
}
