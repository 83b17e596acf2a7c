//! From pressing to letting go.

use super::places::{held_at, middle_of};
use super::{Grip, Hands, Held, LONG, Pressed, REST, SLACK};
use cutline_core::ProcessId;
use cutline_diagram::{Orientation, Target};
use cutline_session::{EditMsg, Msg};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, MouseEvent, PointerEvent};

impl Hands {
    pub(super) fn pressed(&self, event: &PointerEvent) {
        if event.button() != 0 || !event.is_primary() || *self.grip.borrow() != Grip::Nothing {
            return;
        }
        self.held.set(false);
        let client = (event.client_x(), event.client_y());
        let by_finger = event.pointer_type() == "touch";
        let meant = if by_finger { self.meant(event.target(), client) } else { event.target() };
        let Some((target, element)) = self.thing_under(meant.clone()) else { return };
        self.note_place(client.0, client.1);
        if element.class_list().contains("waiting") {
            self.wait_for_long_press(element);
            return;
        }
        let grip = meant.and_then(|meant| meant.dyn_into::<Element>().ok());
        let grip = grip.filter(|grip| grip.class_list().contains("grip"));
        let on = match target {
            Target::Process(process) => Some(Held::Process(process)),
            // An arrow under a finger is for scrolling and opening.
            _ if by_finger && grip.is_none() => None,
            target => {
                let at = grip.as_ref().map_or(client, middle_of);
                let now = self.now.borrow();
                let (session, point) = (now.session.read(), self.point(at));
                now.frame.zip(point).and_then(|(frame, point)| held_at(&session, &frame, target, point))
            }
        };
        if let Some(on) = on {
            self.pressed.replace(Some(Pressed { element, by_finger, strayed: false }));
            self.grip.replace(Grip::Down { on, client });
            self.listen();
            if by_finger {
                let hands = self.clone();
                self.press.replace(Some(Timeout::new(REST, move || hands.take(on, client))));
            }
        }
    }

    /// What was pressed is held from now on.
    fn take(&self, on: Held, client: (i32, i32)) {
        self.held.set(self.pressed.borrow().as_ref().is_some_and(|pressed| pressed.by_finger));
        match on {
            Held::Process(process) => self.draw(process, client),
            Held::Step(step) => {
                self.grip.replace(Grip::Moving);
                self.tell(Msg::Edit(EditMsg::Begin(step)));
            }
        }
    }

    /// Whether a finger that moves like this can mean nothing but dragging: it moves sideways, where nothing scrolls, and
    /// that is the way in which such a thing is dragged. Otherwise it scrolls, unless it has rested first.
    fn means_dragging(&self, on: Held, (dx, dy): (i32, i32)) -> bool {
        let now = self.now.borrow();
        let drags_sideways = now.frame.is_some_and(|frame| match on {
            Held::Process(_) => frame.orientation == Orientation::Down,
            Held::Step(_) => frame.orientation == Orientation::Across,
        });
        let scroll = self.figure.cast::<Element>().and_then(|figure| figure.query_selector(".scroll").ok().flatten());
        let scrolls = scroll.is_some_and(|scroll| scroll.scroll_width() > scroll.client_width());
        drags_sideways && !scrolls && dx.abs() > dy.abs()
    }

    /// A press that stays is the other button of those who have none.
    fn wait_for_long_press(&self, element: Element) {
        let hands = self.clone();
        let timeout = Timeout::new(LONG, move || {
            hands.end();
            swallow_click_of_press();
            hands.open(&element);
        });
        self.press.replace(Some(timeout));
        self.listen();
    }

    /// Listens to the pointer wherever it goes until it is let go.
    fn listen(&self) {
        let Some(window) = web_sys::window() else { return };
        let options = || EventListenerOptions { phase: gloo_events::EventListenerPhase::Capture, passive: false };
        let on = |name: &'static str, does: fn(&Self, &Event)| {
            let hands = self.clone();
            EventListener::new_with_options(&window, name, options(), move |event| does(&hands, event))
        };
        let listeners = vec![
            on("pointermove", |hands, event| {
                if let Some(event) = event.dyn_ref::<PointerEvent>() {
                    hands.moved(event);
                }
            }),
            on("pointerup", |hands, _| hands.let_go()),
            on("pointercancel", |hands, _| hands.give_up()),
            on("keydown", |hands, event| {
                let escape = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape");
                if escape && hands.is_dragging() {
                    event.stop_propagation();
                    event.prevent_default();
                    hands.give_up();
                }
            }),
        ];
        self.during.replace(listeners);
    }

    pub(super) fn is_dragging(&self) -> bool {
        matches!(*self.grip.borrow(), Grip::Drawing { .. } | Grip::Moving)
    }

    fn moved(&self, event: &PointerEvent) {
        let client = (event.client_x(), event.client_y());
        let grip = *self.grip.borrow();
        match grip {
            Grip::Nothing => {
                let (x, y) = self.at.get();
                self.note_place(client.0, client.1);
                let (nx, ny) = self.at.get();
                if (nx - x).abs().max((ny - y).abs()) > SLACK * 2 {
                    self.end();
                } else {
                    self.at.set((x, y));
                }
            }
            Grip::Down { on, client: from } => {
                let way = (client.0 - from.0, client.1 - from.1);
                if way.0.abs().max(way.1.abs()) <= SLACK {
                    return;
                }
                let by_finger = self.pressed.borrow().as_ref().is_some_and(|pressed| pressed.by_finger);
                if by_finger && !self.means_dragging(on, way) {
                    self.end();
                    return;
                }
                self.press.replace(None);
                self.hold_pointer(event.pointer_id());
                self.take(on, client);
                if let Held::Step(_) = on {
                    self.drag(client);
                }
            }
            Grip::Drawing { from, .. } => self.draw(from, client),
            Grip::Moving => self.drag(client),
        }
        if self.is_dragging() {
            let (x, y) = self.at.get();
            self.note_place(client.0, client.1);
            if let Some(pressed) = &mut *self.pressed.borrow_mut() {
                pressed.strayed |= self.at.get() != (x, y);
            }
            event.prevent_default();
        }
    }

    fn draw(&self, from: ProcessId, client: (i32, i32)) {
        let (Some(end), Some(frame)) = (self.point(client), self.now.borrow().frame) else { return };
        let near = |process: &ProcessId| {
            let off = (frame.across(end) - frame.lane(*process)).abs();
            *process != from && off * 5 < frame.lane_gap * 2
        };
        let to = frame.process_at(end).filter(near);
        self.grip.replace(Grip::Drawing { from, to, end });
        self.drawn.set(Some((from, to, end)));
        self.update.force_update();
    }

    fn drag(&self, client: (i32, i32)) {
        let (Some(point), Some(frame)) = (self.point(client), self.now.borrow().frame) else { return };
        self.tell(Msg::Edit(EditMsg::DragTo(frame.step_at(point))));
    }

    fn let_go(&self) {
        let grip = *self.grip.borrow();
        let dragged = self.is_dragging();
        let rested = self.pressed.take().filter(|pressed| dragged && pressed.by_finger && !pressed.strayed);
        self.end();
        if dragged {
            swallow_click();
        }
        match grip {
            Grip::Drawing { to: None, .. } if rested.is_some() => {
                self.update.force_update();
                if let Grip::Drawing { from, .. } = grip {
                    self.tell(Msg::OpenMenu(from));
                }
            }
            Grip::Drawing { from, to: Some(to), .. } => self.tell(Msg::Edit(EditMsg::OpenSend(from, to))),
            Grip::Drawing { .. } => self.update.force_update(),
            Grip::Moving => {
                self.tell(Msg::Edit(EditMsg::Drop));
                // A finger that has rested on something and not moved it has pressed it for long.
                rested.into_iter().for_each(|pressed| self.open(&pressed.element));
            }
            Grip::Nothing | Grip::Down { .. } => {}
        }
    }

    fn give_up(&self) {
        let moving = *self.grip.borrow() == Grip::Moving;
        self.end();
        swallow_click();
        if moving {
            self.tell(Msg::Edit(EditMsg::Cancel));
        } else {
            self.update.force_update();
        }
    }

    fn end(&self) {
        self.grip.replace(Grip::Nothing);
        self.press.replace(None);
        // Dropping a listener while it runs is not allowed to it, so that is put off.
        let during = self.during.take();
        Timeout::new(0, move || drop(during)).forget();
    }

    fn hold_pointer(&self, pointer: i32) {
        if let Some(figure) = self.figure.cast::<Element>() {
            // Refused only for a pointer that is up already.
            _ = figure.set_pointer_capture(pointer);
        }
    }
}

/// What ends a drag is not a click as well. A press that begins after it is one, however soon it comes.
fn swallow_click() {
    let Some(window) = web_sys::window() else { return };
    let options = || EventListenerOptions { phase: gloo_events::EventListenerPhase::Capture, passive: false };
    let pressed = Rc::new(Cell::new(false));
    let anew = pressed.clone();
    let presses = EventListener::new_with_options(&window, "pointerdown", options(), move |_| anew.set(true));
    let clicks = EventListener::new_with_options(&window, "click", options(), move |event| {
        // Neither a key that presses a button nor one that is pressed by the page.
        let by_pointer = event.dyn_ref::<MouseEvent>().is_some_and(|click| click.is_trusted() && click.detail() > 0);
        if by_pointer && !pressed.get() {
            event.stop_immediate_propagation();
            event.prevent_default();
        }
    });
    Timeout::new(60, move || drop((presses, clicks))).forget();
}

/// What ends a long press is not a click either, whenever that is.
fn swallow_click_of_press() {
    let Some(window) = web_sys::window() else { return };
    let options = EventListenerOptions { phase: gloo_events::EventListenerPhase::Capture, passive: true };
    let listener = EventListener::once_with_options(&window, "pointerup", options, |_| swallow_click());
    listener.forget();
}
