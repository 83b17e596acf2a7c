//! Hands on the figure: a line drawn from one process to another sends, an arrival dragged along its line is moved,
//! and a press on a thing opens what can be done with it.

mod hold;
mod keys;
mod overlay;
mod places;
mod roving;

use crate::shared::Shared;
use crate::thing_menu::ThingMenu;
use cutline_core::ProcessId;
use cutline_diagram::{Frame, Point, Target};
use cutline_session::{EditMsg, Msg};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, MouseEvent, PointerEvent};
use yew::prelude::*;

/// How far the pointer moves before a press becomes a drag, in pixels.
const SLACK: i32 = 5;
/// How long a press is a long one, in milliseconds.
const LONG: u32 = 500;
/// How long a finger rests before it holds what is under it and no longer scrolls, in milliseconds.
const REST: u32 = 250;
/// The most that a menu takes, in pixels.
const MENU_WIDTH: i32 = 330;
/// From a place to the menu beside it, in pixels.
const BESIDE: i32 = 28;

/// The hands of one figure. Clones share all of it.
#[derive(Clone)]
pub(crate) struct Hands {
    figure: NodeRef,
    now: Rc<RefCell<Now>>,
    grip: Rc<RefCell<Grip>>,
    /// What the pointer was last on, in pixels from the figure's corner.
    at: Rc<Cell<(i32, i32)>>,
    during: Rc<RefCell<Vec<EventListener>>>,
    press: Rc<RefCell<Option<Timeout>>>,
    pressed: Rc<RefCell<Option<Pressed>>>,
    /// Whether a finger that is down holds something, or did.
    held: Rc<Cell<bool>>,
    /// The line that was drawn last, which stays while one chooses what to send along it.
    drawn: Rc<Cell<Option<Drawn>>>,
    /// The thing that a key has moved, by which end, to be focused again once it is painted.
    again: Rc<Cell<Option<(Target, keys::End)>>>,
    /// The thing that has the focus.
    focus: Rc<RefCell<Option<roving::Focused>>>,
    update: UseForceUpdateHandle,
}

/// What the last painting showed.
struct Now {
    session: Shared,
    tell: Callback<Msg>,
    frame: Option<Frame>,
}

/// What the pointer is doing.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Grip {
    Nothing,
    /// It is down and has not moved yet.
    Down {
        on: Held,
        client: (i32, i32),
    },
    /// It draws a line from a process.
    Drawing {
        from: ProcessId,
        to: Option<ProcessId>,
        end: Point,
    },
    /// It moves a step.
    Moving,
}

/// A line from a process to a process, with the place where it ends.
type Drawn = (ProcessId, Option<ProcessId>, Point);

/// How the pointer went down.
#[derive(Clone, Debug)]
struct Pressed {
    element: Element,
    by_finger: bool,
    /// Whether it has moved since.
    strayed: bool,
}

/// What can be dragged.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Held {
    Process(ProcessId),
    Step(usize),
}

/// The hands of a figure.
#[hook]
pub(crate) fn use_hands(figure: &NodeRef, session: &Shared, tell: &Callback<Msg>) -> Hands {
    let now = use_mut_ref(|| Now { session: session.clone(), tell: tell.clone(), frame: None });
    {
        let mut now = now.borrow_mut();
        (now.session, now.tell) = (session.clone(), tell.clone());
    }
    let hands = Hands {
        figure: figure.clone(),
        now,
        grip: use_mut_ref(|| Grip::Nothing),
        at: (*use_state(|| Rc::new(Cell::new((0, 0))))).clone(),
        during: use_mut_ref(Vec::new),
        press: use_mut_ref(|| None),
        pressed: use_mut_ref(|| None),
        held: (*use_state(|| Rc::new(Cell::new(false)))).clone(),
        drawn: (*use_state(|| Rc::new(Cell::new(None)))).clone(),
        again: (*use_state(|| Rc::new(Cell::new(None)))).clone(),
        focus: use_mut_ref(|| None),
        update: use_force_update(),
    };
    let after = hands.clone();
    use_effect(move || {
        after.keep_focus();
        after.keep_tab_stop();
    });
    let touched = hands.clone();
    use_effect_with((), move |()| {
        let options = EventListenerOptions::enable_prevent_default();
        let figure = touched.figure.cast::<Element>();
        let listeners = figure.map(|figure| {
            let lifted = touched.clone();
            let moves = EventListener::new_with_options(&figure, "touchmove", options, move |event| {
                // A finger that holds something does not scroll.
                if (touched.is_dragging() || on_cut_handle(event)) && event.cancelable() {
                    event.prevent_default();
                }
            });
            let lifts = EventListener::new_with_options(&figure, "touchend", options, move |event| {
                // Nor is it a mouse afterwards, which would take the focus from what it has opened.
                if lifted.held.take() && event.cancelable() {
                    event.prevent_default();
                }
            });
            [moves, lifts]
        });
        move || drop(listeners)
    });
    hands
}

impl Hands {
    /// A picture of these measures is being painted.
    pub(crate) fn paints(&self, frame: Frame) {
        self.now.borrow_mut().frame = Some(frame);
        let moving = *self.grip.borrow() == Grip::Moving;
        if moving && self.now.borrow().session.read().in_hand().is_none() {
            // Something else was done meanwhile, which puts back what was held.
            self.grip.replace(Grip::Nothing);
        }
    }

    pub(crate) fn on_pointer_down(&self) -> Callback<PointerEvent> {
        let hands = self.clone();
        Callback::from(move |event: PointerEvent| hands.pressed(&event))
    }

    pub(crate) fn on_key_down(&self) -> Callback<KeyboardEvent> {
        let hands = self.clone();
        Callback::from(move |event: KeyboardEvent| hands.key(&event))
    }

    pub(crate) fn on_click(&self) -> Callback<MouseEvent> {
        let hands = self.clone();
        Callback::from(move |event: MouseEvent| {
            let client = (event.client_x(), event.client_y());
            let on = hands.thing_under(hands.meant(event.target(), client));
            if let Some((Target::Message(_) | Target::Control(_) | Target::Recording(..), element)) = on
                && !element.class_list().contains("waiting")
            {
                hands.note_place(client.0, client.1);
                hands.open(&element);
            }
        })
    }

    pub(crate) fn on_focus_in(&self) -> Callback<FocusEvent> {
        let hands = self.clone();
        Callback::from(move |event: FocusEvent| hands.focused(event.target()))
    }

    pub(crate) fn on_context_menu(&self) -> Callback<MouseEvent> {
        let hands = self.clone();
        Callback::from(move |event: MouseEvent| {
            let Some((target, element)) = hands.thing_under(event.target()) else { return };
            event.prevent_default();
            if hands.is_dragging() {
                // It is what browsers make of a finger that rests.
                return;
            }
            hands.note_place(event.client_x(), event.client_y());
            match target {
                Target::Process(process) => hands.tell(Msg::OpenMenu(process)),
                _ => hands.open(&element),
            }
        })
    }

    /// Where the pointer last was, in pixels from the figure's corner.
    pub(crate) fn place(&self) -> (i32, i32) {
        self.at.get()
    }

    /// The menu of a thing, if one is open.
    pub(crate) fn menu(&self, room: Option<(i32, i32)>) -> Html {
        let now = self.now.borrow();
        let Some(menu) = now.session.read().thing_menu() else { return Html::default() };
        let style = placed(self.at.get(), room);
        let key = format!("{:?}", menu.target);
        html! { <ThingMenu {key} {menu} {style} session={now.session.clone()} tell={now.tell.clone()} /> }
    }

    /// The line that is being drawn, or how far what is held may go.
    pub(crate) fn overlay(&self) -> Html {
        let now = self.now.borrow();
        let Some(frame) = now.frame else { return Html::default() };
        let session = now.session.read();
        match *self.grip.borrow() {
            Grip::Drawing { from, to, end } => overlay::drawing(&session, &frame, from, to, end),
            _ if session.drawn_to().is_some() => match self.drawn.get() {
                Some((from, to, end)) => overlay::drawing(&session, &frame, from, to, end),
                None => Html::default(),
            },
            _ => session.in_hand().map_or_else(Html::default, |held| overlay::moving(&frame, held)),
        }
    }

    fn tell(&self, msg: Msg) {
        let tell = self.now.borrow().tell.clone();
        tell.emit(msg);
    }

    fn open(&self, element: &Element) {
        let target = self.target_of(element);
        if let Some(target) = target {
            self.tell(Msg::Edit(EditMsg::Open(target)));
        }
    }

    fn note_place(&self, x: i32, y: i32) {
        let corner = self.figure.cast::<Element>().map(|figure| figure.get_bounding_client_rect());
        let corner = corner.map_or((0, 0), |corner| (corner.left() as i32, corner.top() as i32));
        self.at.set((x - corner.0, y - corner.1));
    }
}

/// Whether a finger is on a handle of the reader's own cut.
fn on_cut_handle(event: &web_sys::Event) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.closest(".own-cut-handle").is_ok_and(|handle| handle.is_some()))
}

/// The style of a menu beside a place inside the figure's room, so that the place itself can still be seen.
pub(crate) fn placed((x, y): (i32, i32), room: Option<(i32, i32)>) -> String {
    let (width, height) = room.unwrap_or((x, y));
    let across = if x + BESIDE + MENU_WIDTH <= width {
        format!("left:{}px", x + BESIDE)
    } else if x - BESIDE - MENU_WIDTH >= 0 {
        format!("right:{}px", width - x + BESIDE)
    } else {
        // No room on either side: above or below.
        let x = (x - MENU_WIDTH / 2).clamp(0, (width - MENU_WIDTH).max(0));
        let up =
            if y > height / 2 { format!("bottom:{}px", height - y + BESIDE) } else { format!("top:{}px", y + BESIDE) };
        return format!("left:{x}px;{up}");
    };
    let up = if y > height / 2 {
        format!("bottom:{}px", (height - y - BESIDE).max(0))
    } else {
        format!("top:{}px", (y - BESIDE).max(0))
    };
    format!("{across};{up}")
}
