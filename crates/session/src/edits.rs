//! Changing a run that has happened: what is in hand, what has been changed, and the way back.

mod menu;
mod moved;
mod reach;
mod way_back;
mod words;

pub use menu::{AmountEdit, ThingMenu};
pub use words::SaidWords;

use crate::session::{Msg, Session};
use cutline_core::edit::{Bound, Edit, Impossible, Limits, Slots, Why, edit};
use cutline_core::event::ControlRole;
use cutline_core::history::NodeId;
use cutline_core::{Action, ChannelId, Event, History, Method, ProcessId, Rejected};
use cutline_diagram::Target;
use moved::{Draft, Series};
use way_back::WayBack;

/// What the reader does to a run that has happened. Steps are those of the branch, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditMsg {
    /// Take a step in hand, to put it at another place.
    Begin(usize),
    /// Hold the step that is in hand at this place.
    DragTo(usize),
    /// Leave it there.
    Drop,
    /// Put it back.
    Cancel,
    /// Move a step by one place.
    Nudge {
        /// Which.
        step: usize,
        /// Towards the present, or away from it.
        later: bool,
    },
    /// Move on what was moved last by one place, wherever it is now; nothing if something else was done since.
    NudgeOn {
        /// Towards the present, or away from it.
        later: bool,
    },
    /// An action shall not have happened.
    Delete(usize),
    /// Another action shall have happened.
    Replace(usize, Action),
    /// Back before the last thing that was done.
    Undo,
    /// Do again what was undone.
    Redo,
    /// Open the menu of a thing on the diagram.
    Open(Target),
    /// Open what one process can send to another.
    OpenSend(ProcessId, ProcessId),
}

/// A step that is in hand, for the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InHand {
    /// Where it happens.
    pub process: ProcessId,
    /// Where it is held.
    pub to: usize,
    /// The first place that it may have.
    pub earliest: usize,
    /// The last place that it may have.
    pub latest: usize,
    /// Whether the reader pulls further than that.
    pub resists: bool,
}

/// What concerns changes of the run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Editing {
    draft: Option<Box<Draft>>,
    said: Option<Said>,
    number: u32,
    way_back: WayBack,
    series: Option<Series>,
    open: Option<Target>,
    send_to: Option<ProcessId>,
}

/// Something that the reader is told about a change.
#[derive(Clone, Debug)]
struct Said {
    what: Told,
    number: u32,
}

#[derive(Clone, Debug)]
enum Told {
    Moved(Fact, usize),
    /// With the channels on which it sent markers.
    Deleted(Fact, Vec<ChannelId>, Vec<Lost>),
    Replaced(Fact, Vec<Lost>),
    InTheWay(InTheWay),
    Undone,
    Redone,
    NothingToUndo,
    NothingToRedo,
    /// Something was done in the past of a run, which is the branch of this number now.
    Branched(usize),
}

/// What stops a step, with what there is to say about it.
#[derive(Clone, Copy, Debug)]
struct InTheWay {
    bound: Bound,
    later: bool,
    own: Fact,
    other: Option<Fact>,
}

/// An action with what it was about.
#[derive(Clone, Copy, Debug)]
struct Fact {
    step: usize,
    action: Action,
    /// What it took from a channel or did.
    event: Option<Event>,
}

/// What cannot happen any more.
#[derive(Clone, Copy, Debug)]
struct Lost {
    fact: Fact,
    why: Why,
}

impl Editing {
    pub(crate) fn draft(&self) -> Option<&History<Method>> {
        self.draft.as_ref().map(|draft| &draft.history)
    }

    /// The next thing is done: what is in hand goes back, and what was said has been heard.
    pub(crate) fn moves_on(&mut self, msg: Msg) {
        // A menu that closes after a change has been chosen in it does not take back what is said of that.
        if matches!(msg, Msg::Speak(_) | Msg::CloseMenu) && self.draft.is_none() {
            return;
        }
        self.said = None;
        if !matches!(msg, Msg::Edit(_)) {
            self.draft = None;
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    pub(crate) fn close(&mut self) {
        (self.open, self.send_to) = (None, None);
    }

    pub(crate) fn send_to(&self) -> Option<ProcessId> {
        self.send_to
    }
}

impl EditMsg {
    /// Whether a menu is open after it.
    pub(crate) fn keeps_menu(self) -> bool {
        matches!(self, Self::Open(_) | Self::OpenSend(..) | Self::Nudge { .. } | Self::NudgeOn { .. })
    }
}

impl Session {
    pub(crate) fn edit(&mut self, msg: EditMsg) {
        match msg {
            EditMsg::Begin(step) => self.take_in_hand(step),
            EditMsg::DragTo(to) => self.hold_at(to),
            EditMsg::Drop => self.let_go(),
            EditMsg::Cancel => self.editing.draft = None,
            EditMsg::Nudge { step, later } => self.nudge(step, later),
            EditMsg::NudgeOn { later } => self.last_moved().into_iter().for_each(|step| self.nudge(step, later)),
            EditMsg::Delete(step) => self.change(Edit::Delete { step }),
            EditMsg::Replace(step, action) => self.change(Edit::Replace { step, action }),
            EditMsg::Undo | EditMsg::Redo => self.undo_or_redo(msg),
            EditMsg::Open(target) => (self.editing.open, self.editing.send_to) = (Some(target), None),
            EditMsg::OpenSend(from, to) => {
                if self.topology().has_process(from) && self.topology().has_process(to) && from != to {
                    self.open_menu_of(from);
                    (self.editing.open, self.editing.send_to) = (None, Some(to));
                }
            }
        }
        self.forget_judgements();
    }

    /// The step that is in hand, if one is.
    #[must_use]
    pub fn in_hand(&self) -> Option<InHand> {
        let draft = self.editing.draft.as_ref()?;
        let Limits { earliest, latest, .. } = draft.limits;
        let process = self.process_of(self.fact(draft.step).action)?;
        Some(InHand { process, to: draft.to, earliest, latest, resists: draft.resists.is_some() })
    }

    /// The process to which the reader has drawn a line, while it is open what can be sent there.
    #[must_use]
    pub fn drawn_to(&self) -> Option<ProcessId> {
        self.editing.send_to
    }

    /// The end of the branch and the step, whatever is in hand: the figure stays where it is while something is.
    #[must_use]
    pub fn settled_moment(&self) -> (NodeId, usize) {
        (self.real_history().tip(), self.real_history().step())
    }

    /// Deletes or replaces, unless the replacement itself is refused.
    fn change(&mut self, change: Edit) {
        self.editing.draft = None;
        let history = self.real_history();
        let (now, steps, mark) = (history.step(), history.len(), history.mark());
        let step = match change {
            Edit::Delete { step } | Edit::Replace { step, .. } | Edit::Move { step, .. } => step,
        };
        if !(1..=steps).contains(&step) {
            return;
        }
        let slots = Slots::of(&history.trace_to(steps));
        let mut fact = self.fact(step);
        let markers = markers_sent(history.step_at(step).1);
        let facts: Vec<Fact> = (step..=steps).map(|step| self.fact(step)).collect();
        self.remember_way_back();
        let history = self.real_history_mut();
        let Ok(edited) = edit(history, &slots, change) else { return };
        let refused = edited.impossible.iter().find_map(|lost| refusal_of_change(*lost, change));
        if let Some(why) = refused {
            history.forget(&mark);
            history.seek(now);
            self.editing.way_back.forget_last();
            self.refuse(why);
            return;
        }
        let to = edited.steps.iter().filter(|(from, _)| *from <= now).count();
        history.seek(to);
        self.compare_with_last();
        let lost = |lost: &Impossible| Lost { fact: facts[lost.step - step], why: lost.why };
        let lost: Vec<Lost> = edited.impossible.iter().map(lost).collect();
        let told = match change {
            Edit::Replace { action, .. } => {
                fact.action = action;
                Told::Replaced(fact, lost)
            }
            _ => Told::Deleted(fact, markers, lost),
        };
        self.say_of_change(told);
    }

    fn undo_or_redo(&mut self, msg: EditMsg) {
        let told = match (msg, self.go_back(msg)) {
            (EditMsg::Undo, true) => Told::Undone,
            (EditMsg::Undo, false) => Told::NothingToUndo,
            (_, true) => Told::Redone,
            (_, false) => Told::NothingToRedo,
        };
        self.say_of_change(told);
    }

    fn remember_way_back(&mut self) {
        self.editing.way_back.remember(self.settled_moment());
    }

    /// The run before the last change shows through.
    fn compare_with_last(&mut self) {
        self.look.compare(self.editing.way_back.last().map(|(tip, _)| tip));
    }

    fn say_of_change(&mut self, what: Told) {
        self.editing.number = self.editing.number.wrapping_add(1);
        self.editing.said = Some(Said { what, number: self.editing.number });
    }

    fn in_the_way(&self, step: usize, bound: Bound, later: bool) -> InTheWay {
        let other = match bound {
            Bound::End | Bound::NotSought => None,
            Bound::Sending { step } | Bound::Arrival { step } | Bound::InOrder { step, .. } => Some(self.fact(step)),
            Bound::Impossible(lost) => Some(self.fact(lost.step)),
        };
        InTheWay { bound, later, own: self.fact(step), other }
    }

    /// A step of the branch as it is without what is in hand.
    fn fact(&self, step: usize) -> Fact {
        let (action, events) = match &self.editing.draft {
            Some(draft) => draft.step_at(step),
            None => self.real_history().step_at(step),
        };
        let telling = |event: &&Event| {
            matches!(event, Event::Received { .. } | Event::ControlReceived { .. } | Event::Acted { .. })
        };
        Fact { step, action, event: events.iter().find(telling).copied() }
    }
}

/// The channels on which a step sent markers.
fn markers_sent(events: &[Event]) -> Vec<ChannelId> {
    let on = |event: &Event| match *event {
        Event::ControlSent { channel, role: ControlRole::Marker(_), .. } => Some(channel),
        _ => None,
    };
    events.iter().filter_map(on).collect()
}

/// Why a change as a whole cannot be: what should happen instead is refused, or there is no room for a further run.
fn refusal_of_change(lost: Impossible, change: Edit) -> Option<Rejected> {
    match (lost.why, change) {
        (Why::Refused(why @ Rejected::TooLong { .. }), _) => Some(why),
        (Why::Refused(why), Edit::Replace { step, .. }) if step == lost.step => Some(why),
        _ => None,
    }
}
