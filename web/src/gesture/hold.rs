//! From pressing to letting go.

use super::places::held_at;
use super::{Grip, Hands, Held, LONG, SLACK};
use cutline_core::ProcessId;
use cutline_diagram::Target;
use cutline_session::{EditMsg, Msg};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, MouseEvent, PointerEvent};

impl Hands {
    pub(super) fn pressed(&self, event: &PointerEvent) {
        if event.button() != 0 || !event.is_primary() || *self.grip.borrow() != Grip::Nothing {
            return;
        }
        let Some((target, element)) = self.thing_under(event.target()) else { return };
        let client = (event.client_x(), event.client_y());
        self.note_place(client.0, client.1);
        if element.class_list().contains("waiting") {
            self.wait_for_long_press(element);
            return;
        }
        let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let handle = pressed.and_then(|pressed| pressed.closest(".grip, .head").ok().flatten());
        let on = match target {
            // A finger on anything but a handle scrolls the page.
            _ if event.pointer_type() == "touch" && handle.is_none() => None,
            Target::Process(process) => Some(Held::Process(process)),
            target => {
                let now = self.now.borrow();
                let (session, point) = (now.session.read(), self.point(client));
                now.frame.zip(point).and_then(|(frame, point)| held_at(&session, &frame, target, point))
            }
        };
        if let Some(on) = on {
            self.grip.replace(Grip::Down { on, client });
            self.listen();
        }
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

    fn is_dragging(&self) -> bool {
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
                if (client.0 - from.0).abs().max((client.1 - from.1).abs()) <= SLACK {
                    return;
                }
                self.hold_pointer(event.pointer_id());
                match on {
                    Held::Process(process) => {
                        self.draw(process, client);
                    }
                    Held::Step(step) => {
                        self.grip.replace(Grip::Moving);
                        self.tell(Msg::Edit(EditMsg::Begin(step)));
                        self.drag(client);
                    }
                }
            }
            Grip::Drawing { from, .. } => self.draw(from, client),
            Grip::Moving => self.drag(client),
        }
        if self.is_dragging() {
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
        self.note_place(client.0, client.1);
        self.update.force_update();
    }

    fn drag(&self, client: (i32, i32)) {
        let (Some(point), Some(frame)) = (self.point(client), self.now.borrow().frame) else { return };
        self.tell(Msg::Edit(EditMsg::DragTo(frame.step_at(point))));
    }

    fn let_go(&self) {
        let grip = *self.grip.borrow();
        let dragged = self.is_dragging();
        self.end();
        if dragged {
            swallow_click();
        }
        match grip {
            Grip::Drawing { from, to: Some(to), .. } => self.tell(Msg::Edit(EditMsg::OpenSend(from, to))),
            Grip::Drawing { .. } => self.update.force_update(),
            Grip::Moving => self.tell(Msg::Edit(EditMsg::Drop)),
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

/// What ends a drag is not a click as well.
fn swallow_click() {
    let Some(window) = web_sys::window() else { return };
    let options = EventListenerOptions { phase: gloo_events::EventListenerPhase::Capture, passive: false };
    let listener = EventListener::new_with_options(&window, "click", options, |event| {
        // Neither a key that presses a button nor one that is pressed by the page.
        let by_pointer = event.dyn_ref::<MouseEvent>().is_some_and(|click| click.is_trusted() && click.detail() > 0);
        if by_pointer {
            event.stop_immediate_propagation();
            event.prevent_default();
        }
    });
    Timeout::new(60, move || drop(listener)).forget();
}

/// What ends a long press is not a click either, whenever that is.
fn swallow_click_of_press() {
    let Some(window) = web_sys::window() else { return };
    let options = EventListenerOptions { phase: gloo_events::EventListenerPhase::Capture, passive: true };
    let listener = EventListener::once_with_options(&window, "pointerup", options, |_| swallow_click());
    listener.forget();
}
