//! All keys, in one table: what the handler does and what the help lists are both made from it.

use crate::app::AppMsg;
use crate::focus::Focus;
use crate::motion;
use cutline_session::catalogue::keys::KeyText;
use cutline_session::{EditMsg, LookMsg, Msg, Speed, TimeMsg};
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

/// What keys are about, as the help groups them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    Time,
    Run,
    Diagram,
    Cut,
    Views,
    Page,
}

/// Where a key works. None does while something is being typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Wherever the focus is; inside a dialog too.
    Everywhere,
    /// Unless what has the focus uses this key itself.
    Unless(Uses),
    /// The same, and only in presenter mode.
    Presenting,
    /// What has the focus does it, if it is one of these; without any, what holds it with others. Only listed here.
    On(&'static [On]),
}

/// What has keys of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum On {
    /// The head of a process.
    Head,
    /// Something on the diagram that has happened.
    Mark,
    /// What waits to be delivered.
    Waiting,
    /// A handle of the reader's own cut.
    Cut,
    /// A process in the network.
    Node,
    /// What waits in a channel of the network.
    Item,
    /// An entry of the list of events.
    Event,
    Tab,
}

impl On {
    /// Its name in the help, for those who read it by machine.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Mark => "mark",
            Self::Waiting => "waiting",
            Self::Cut => "cut",
            Self::Node => "node",
            Self::Item => "item",
            Self::Event => "event",
            Self::Tab => "tab",
        }
    }
}

/// What else uses a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Uses {
    /// Nothing but fields.
    Typing,
    /// Sliders, tabs and what scrolls.
    Moving,
    /// Buttons.
    Pressing,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Deed {
    Tell(Msg),
    /// The digit's speed.
    Speed,
    Snapshot,
    /// Time the other way.
    Turn,
    Presenter,
    Help,
    Native,
}

/// A line of the table.
#[derive(Debug)]
pub(crate) struct Binding {
    /// The keys, as browsers name them.
    pub keys: &'static [&'static str],
    pub says: KeyText,
    pub group: Group,
    pub holds: Holds,
    pub deed: Deed,
}

const fn bind(keys: &'static [&'static str], says: KeyText, group: Group, holds: Holds, deed: Deed) -> Binding {
    Binding { keys, says, group, holds, deed }
}

const fn native(keys: &'static [&'static str], says: KeyText, group: Group, on: &'static [On]) -> Binding {
    bind(keys, says, group, Holds::On(on), Deed::Native)
}

const MOVING: Holds = Holds::Unless(Uses::Moving);
const TYPING: Holds = Holds::Unless(Uses::Typing);
const PRESSING: Holds = Holds::Unless(Uses::Pressing);
const DIGITS: &[&str] = &["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// Every key of the page.
pub(crate) const KEYS: &[Binding] = &[
    bind(&["ArrowRight"], KeyText::Forward, Group::Time, MOVING, Deed::Tell(Msg::Forward)),
    bind(&["ArrowLeft"], KeyText::Back, Group::Time, MOVING, Deed::Tell(Msg::Back)),
    bind(&[" "], KeyText::Play, Group::Time, PRESSING, Deed::Tell(Msg::TogglePlay)),
    bind(&["Home"], KeyText::ToStart, Group::Time, MOVING, Deed::Tell(Msg::Seek(0))),
    bind(&["End"], KeyText::ToEnd, Group::Time, MOVING, Deed::Tell(Msg::RunToEnd)),
    bind(DIGITS, KeyText::SpeedDigits, Group::Time, TYPING, Deed::Speed),
    bind(&["."], KeyText::NextRecording, Group::Time, TYPING, Deed::Tell(Msg::Time(TimeMsg::NextRecording))),
    bind(&[","], KeyText::PreviousRecording, Group::Time, TYPING, Deed::Tell(Msg::Time(TimeMsg::PreviousRecording))),
    bind(&["b"], KeyText::NextBranch, Group::Time, TYPING, Deed::Tell(Msg::NextBranch)),
    bind(&["s"], KeyText::Snapshot, Group::Run, TYPING, Deed::Snapshot),
    bind(&["d"], KeyText::DeliverNext, Group::Run, TYPING, Deed::Tell(Msg::Time(TimeMsg::DeliverNext))),
    native(
        &["Enter", " "],
        KeyText::Choose,
        Group::Run,
        &[On::Head, On::Mark, On::Waiting, On::Node, On::Item, On::Event],
    ),
    native(
        &["[", "]", "Shift+ArrowLeft", "Shift+ArrowRight"],
        KeyText::MoveThing,
        Group::Run,
        &[On::Mark, On::Waiting],
    ),
    native(&["{", "}"], KeyText::MoveSending, Group::Run, &[On::Mark, On::Waiting]),
    native(&["Delete"], KeyText::DeleteMessage, Group::Run, &[On::Mark, On::Waiting]),
    bind(&["Ctrl+Z"], KeyText::Undo, Group::Run, Holds::On(&[]), Deed::Tell(Msg::Edit(EditMsg::Undo))),
    bind(&["Ctrl+Shift+Z", "Ctrl+Y"], KeyText::Redo, Group::Run, Holds::On(&[]), Deed::Tell(Msg::Edit(EditMsg::Redo))),
    native(&["m"], KeyText::ThingMenu, Group::Run, &[On::Waiting]),
    native(&["ArrowUp", "ArrowDown"], KeyText::NextMark, Group::Diagram, &[On::Mark, On::Waiting]),
    bind(&["+", "="], KeyText::ZoomIn, Group::Diagram, TYPING, Deed::Tell(Msg::Look(LookMsg::ZoomIn))),
    bind(&["-"], KeyText::ZoomOut, Group::Diagram, TYPING, Deed::Tell(Msg::Look(LookMsg::ZoomOut))),
    bind(&["0"], KeyText::Fit, Group::Diagram, TYPING, Deed::Tell(Msg::Look(LookMsg::Fit))),
    bind(&["o"], KeyText::Turn, Group::Diagram, TYPING, Deed::Turn),
    native(&["ArrowLeft", "ArrowDown", "ArrowRight", "ArrowUp"], KeyText::CutByOne, Group::Cut, &[On::Cut]),
    native(&["PageDown", "PageUp"], KeyText::CutByFive, Group::Cut, &[On::Cut]),
    native(&["Home", "End"], KeyText::CutToEnd, Group::Cut, &[On::Cut]),
    native(&["Delete"], KeyText::CutAway, Group::Cut, &[On::Cut]),
    native(&["ArrowLeft", "ArrowRight", "Home", "End"], KeyText::OtherTab, Group::Views, &[On::Tab]),
    native(&["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"], KeyText::MoveNode, Group::Views, &[On::Node]),
    native(
        &["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"],
        KeyText::OtherEvent,
        Group::Views,
        &[On::Event],
    ),
    bind(&["p"], KeyText::Presenter, Group::Page, TYPING, Deed::Presenter),
    bind(&["PageDown"], KeyText::Clicker, Group::Page, Holds::Presenting, Deed::Tell(Msg::Forward)),
    bind(&["PageUp"], KeyText::Clicker, Group::Page, Holds::Presenting, Deed::Tell(Msg::Back)),
    bind(&["?"], KeyText::Help, Group::Page, TYPING, Deed::Help),
    bind(&["Escape"], KeyText::Escape, Group::Page, Holds::Everywhere, Deed::Tell(Msg::CloseMenu)),
];

impl Binding {
    fn fits(&self, key: &str, focus: &Focus, presenting: bool) -> bool {
        let holds = match self.holds {
            Holds::Everywhere => true,
            Holds::Unless(_) if focus.types => false,
            Holds::Unless(Uses::Typing) => true,
            Holds::Unless(Uses::Moving) => !focus.moves,
            Holds::Unless(Uses::Pressing) => !focus.presses,
            Holds::Presenting => presenting && !focus.types && !focus.moves,
            Holds::On(_) => false,
        };
        // Letters are the same keys with and without the shift key.
        let named = |wanted: &&str| *wanted == key || (wanted.len() == 1 && wanted.eq_ignore_ascii_case(key));
        holds && self.keys.iter().any(named)
    }

    fn messages(&self, key: &str) -> Vec<AppMsg> {
        match self.deed {
            Deed::Tell(msg) => vec![AppMsg::Session(msg)],
            Deed::Speed => {
                let place = DIGITS.iter().zip(0..).find(|(digit, _)| **digit == key).map_or(0, |(_, place)| place);
                vec![AppMsg::Session(Msg::Time(TimeMsg::Speed(Speed::at(place))))]
            }
            Deed::Snapshot => vec![AppMsg::Session(motion::take_snapshot())],
            Deed::Turn => vec![AppMsg::Turn],
            Deed::Presenter => vec![AppMsg::Presenter],
            Deed::Help => vec![AppMsg::Help(true)],
            Deed::Native => Vec::new(),
        }
    }
}

/// What a key does, where the focus is on this; none if it does nothing there.
fn deed(key: &str, focus: &Focus, presenting: bool) -> Option<&'static Binding> {
    KEYS.iter().find(|binding| binding.fits(key, focus, presenting))
}

/// As everywhere: with the control key, or the command key of a Mac.
fn undo_or_redo(event: &KeyboardEvent) -> Option<EditMsg> {
    let held = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.default_prevented();
    match (event.key().as_str(), event.shift_key()) {
        ("z" | "Z", false) if held => Some(EditMsg::Undo),
        ("z" | "Z", true) | ("y" | "Y", false) if held => Some(EditMsg::Redo),
        _ => None,
    }
}

/// Listens to keys in the playground, and in the body while nothing has the focus.
pub(crate) fn listen(root: &Element, tell: Callback<AppMsg>) -> Vec<EventListener> {
    let heard = move |event: &web_sys::Event, within: bool| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let focus = Focus::of(event);
        if let Some(msg) = undo_or_redo(event).filter(|_| within != focus.nowhere && !focus.types) {
            event.prevent_default();
            tell.emit(AppMsg::Session(Msg::Edit(msg)));
            return;
        }
        if event.ctrl_key() || event.alt_key() || event.meta_key() || event.default_prevented() || event.is_composing()
        {
            return;
        }
        if within != focus.nowhere {
            let key = event.key();
            if let Some(binding) = deed(&key, &focus, motion::is_presenting()) {
                // Escape also closes what the browser has opened.
                if key != "Escape" {
                    event.prevent_default();
                }
                binding.messages(&key).into_iter().for_each(|msg| tell.emit(msg));
            }
        }
    };
    let options = EventListenerOptions::enable_prevent_default;
    let inside = {
        let heard = heard.clone();
        EventListener::new_with_options(root, "keydown", options(), move |event| heard(event, true))
    };
    // With nothing focused, keys go to the body, which lies around the playground.
    let body = root.owner_document().and_then(|document| document.body());
    let outside =
        body.map(|body| EventListener::new_with_options(&body, "keydown", options(), move |event| heard(event, false)));
    std::iter::once(inside).chain(outside).collect()
}
