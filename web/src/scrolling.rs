//! How the diagram moves under the reader's hands: by scrolling, which is the browser's own, and by zooming.
//!
//! A plain wheel belongs to the page, always: where time runs downwards, what comes from a mouse does not scroll the
//! diagram along; fingers do, and so do a wheel sideways, the strip with the whole run, and keys.

use crate::minimap::{Moved, Part};
use crate::viewport::{Viewport, scroll_of, scroll_to};
use cutline_diagram::{Frame, Orientation, Point};
use cutline_session::{LookMsg, Msg};
use gloo_events::{EventListener, EventListenerOptions};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent, PointerEvent, TouchEvent, WheelEvent};
use yew::prelude::*;

/// The element that scrolls and what is known of it. Clones share all of it.
#[derive(Clone)]
pub(crate) struct Scrolling {
    pub element: NodeRef,
    /// What is as large as the whole picture.
    pub space: NodeRef,
    pub slider: NodeRef,
    pub viewport: Rc<RefCell<Viewport>>,
    /// The measures of what is on the screen.
    frame: Rc<RefCell<Option<Frame>>>,
    listening: Rc<RefCell<Option<Listening>>>,
    /// While two fingers zoom: how far they were apart at first, and how wide columns were.
    pinch: Rc<RefCell<Option<(f64, f64)>>>,
    again: UseForceUpdateHandle,
    tell: Callback<Msg>,
}

/// An element with what listens to it.
type Listening = (Element, Vec<EventListener>);

/// Everything that a diagram needs in order to be scrolled.
#[hook]
pub(crate) fn use_scrolling(tell: &Callback<Msg>) -> Scrolling {
    Scrolling {
        element: use_node_ref(),
        space: use_node_ref(),
        slider: use_node_ref(),
        viewport: use_mut_ref(Viewport::default),
        frame: use_mut_ref(|| None),
        listening: use_mut_ref(|| None),
        pinch: use_mut_ref(|| None),
        again: use_force_update(),
        tell: tell.clone(),
    }
}

impl Scrolling {
    /// A picture of these measures is in the document now, and has to be scrolled there.
    pub(crate) fn painted(&self, frame: Option<Frame>) {
        self.frame.replace(frame);
        let element = self.element.cast::<Element>();
        let mut listening = self.listening.borrow_mut();
        if listening.as_ref().map(|(known, _)| known) != element.as_ref() {
            *listening = element.map(|element| (element.clone(), self.listen(&element)));
        }
        drop(listening);
        let wanted = self.viewport.borrow_mut().take_wanted();
        if let Some(at) = wanted {
            self.go(at);
        }
    }

    /// Which part is in sight.
    pub(crate) fn part(&self, whole: i32) -> Part {
        let (from, to) = self.viewport.borrow().in_sight();
        Part { at: from, seen: to - from, whole }
    }

    /// Moves what is in sight.
    pub(crate) fn moved(&self) -> Callback<Moved> {
        let scrolling = self.clone();
        Callback::from(move |moved| match moved {
            Moved::Dragged(at) => scrolling.go(at),
            Moved::To(at) => {
                scrolling.go(at);
                scrolling.scrolled(true);
            }
        })
    }

    /// Scrolls so that a stretch can be seen, with the present if that is asked for too.
    pub(crate) fn show(&self, stretch: Option<(i32, i32)>, with_present: bool) {
        let (Some(stretch), Some(frame)) = (stretch, *self.frame.borrow()) else { return };
        let at = self.viewport.borrow_mut().show(&frame, stretch, with_present);
        self.go(at);
    }

    /// Scrolls no further than it takes to see a place along.
    pub(crate) fn keep_in_sight(&self, place: i32) {
        let Some(frame) = *self.frame.borrow() else { return };
        let (from, to) = self.viewport.borrow().in_sight();
        if place < from + frame.lanes_from || place > to {
            self.show(Some((place, place)), false);
        }
    }

    /// Whether what is in sight is what the figure itself has placed there.
    pub(crate) fn is_left_alone(&self) -> bool {
        self.viewport.borrow().is_left_alone()
    }

    fn orientation(&self) -> Orientation {
        self.frame.borrow().map(|frame| frame.orientation).unwrap_or_default()
    }

    fn go(&self, at: i32) {
        if let Some(element) = self.element.cast::<Element>() {
            scroll_to(&element, self.orientation(), at);
            // The browser may have stopped short of it.
            self.scrolled(false);
        }
    }

    /// Takes note of where the element is scrolled to; lays out anew if more comes in sight or that is asked for.
    fn scrolled(&self, anew: bool) {
        let Some(element) = self.element.cast::<Element>() else { return };
        let at = scroll_of(&element, self.orientation());
        if let Some(slider) = self.slider.cast::<HtmlInputElement>() {
            slider.set_value(&at.to_string());
        }
        let more = self.viewport.borrow_mut().scrolled(at);
        if more || anew {
            self.again.force_update();
        }
    }

    /// Makes columns wider or narrower while what is under this place in the window stays there.
    fn zoom(&self, column: f64, client: (i32, i32)) {
        let (Some(element), Some(frame)) = (self.element.cast::<Element>(), *self.frame.borrow()) else { return };
        let corner = element.get_bounding_client_rect();
        let place = Point { x: client.0 - corner.left() as i32, y: client.1 - corner.top() as i32 };
        // Always by a unit at least, so that no zooming is stuck.
        let column = if column > f64::from(frame.column) { column.ceil() } else { column.floor() };
        self.viewport.borrow_mut().hold(frame.along(place));
        self.tell.emit(Msg::Look(LookMsg::Column(column as i32)));
    }

    fn listen(&self, element: &Element) -> Vec<EventListener> {
        let passive = |name: &'static str, does: fn(&Self, &Event)| {
            let scrolling = self.clone();
            EventListener::new(element, name, move |event| does(&scrolling, event))
        };
        let active = |name: &'static str, does: fn(&Self, &Event)| {
            let scrolling = self.clone();
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(element, name, options, move |event| does(&scrolling, event))
        };
        vec![
            passive("scroll", |scrolling, _| scrolling.scrolled(false)),
            passive("pointerover", Self::pointed),
            passive("pointerdown", Self::pointed),
            active("wheel", Self::wheeled),
            active("touchstart", Self::touched),
            active("touchmove", Self::touched),
            active("keydown", Self::pressed),
        ]
    }

    fn pointed(&self, event: &Event) {
        let (Some(event), Some(element)) = (event.dyn_ref::<PointerEvent>(), self.element.cast::<Element>()) else {
            return;
        };
        // Only a detached list refuses.
        _ = element.class_list().toggle_with_force("by-mouse", event.pointer_type() == "mouse");
    }

    /// A pinch on a trackpad comes as a wheel with the control key; a wheel sideways moves along time. Everything else
    /// is the page's.
    fn wheeled(&self, event: &Event) {
        let (Some(event), Some(frame)) = (event.dyn_ref::<WheelEvent>(), *self.frame.borrow()) else { return };
        if event.ctrl_key() {
            event.prevent_default();
            let pace = if event.delta_mode() == WheelEvent::DOM_DELTA_LINE { 0.06 } else { 0.006 };
            let factor = (-event.delta_y() * pace).clamp(-0.7, 0.7).exp();
            self.zoom(f64::from(frame.column) * factor, (event.client_x(), event.client_y()));
        } else if frame.orientation == Orientation::Down {
            let sideways = if event.shift_key() && event.delta_x() == 0.0 { event.delta_y() } else { event.delta_x() };
            if sideways.abs() > if event.shift_key() { 0.0 } else { event.delta_y().abs() } {
                event.prevent_default();
                let (from, _) = self.viewport.borrow().in_sight();
                self.go(from + sideways as i32);
            }
        }
    }

    /// Two fingers zoom; one scrolls, which is the browser's own.
    fn touched(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<TouchEvent>() else { return };
        let touches = event.touches();
        let (Some(one), Some(other)) = (touches.get(0), touches.get(1)) else {
            self.pinch.replace(None);
            return;
        };
        event.prevent_default();
        let (dx, dy) = (f64::from(one.client_x() - other.client_x()), f64::from(one.client_y() - other.client_y()));
        let apart = dx.hypot(dy).max(1.0);
        let column = self.frame.borrow().map_or(0.0, |frame| f64::from(frame.column));
        let (from, at_first) = *self.pinch.borrow_mut().get_or_insert((apart, column));
        if (apart - from).abs() > 2.0 {
            let middle = |a: i32, b: i32| i32::midpoint(a, b);
            let client = (middle(one.client_x(), other.client_x()), middle(one.client_y(), other.client_y()));
            self.zoom(at_first * apart / from, client);
        }
    }

    /// Where a mouse does not scroll along, the browser lets no keys do it either.
    fn pressed(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let on_itself = event.target() == event.current_target();
        if self.orientation() != Orientation::Down || !on_itself {
            return;
        }
        let (from, to) = self.viewport.borrow().in_sight();
        let by = match event.key().as_str() {
            "ArrowDown" => 60,
            "ArrowUp" => -60,
            "PageDown" => (to - from) * 7 / 8,
            "PageUp" => (from - to) * 7 / 8,
            _ => return,
        };
        event.prevent_default();
        self.go(from + by);
    }
}
