//! From a chart to a scene.

use crate::chart::{Chart, Flight};
use crate::crowd::Crowd;
use crate::edge::Edge;
use crate::frame::{COLUMN_UNIT, Frame, Room, text_width};
use crate::scene::{Head, Item, Key, Mark, Scene, Target};
use crate::view::{View, Wording};
use cutline_core::{Computation, LocalState, ProcessId, SnapshotId};
use std::collections::BTreeMap;

/// Lays out the part of a run that a view asks for. Takes time in the number of messages of the run, and for the
/// placing of words in the number of those in the window times that of arrows there.
#[must_use]
pub fn lay_out(chart: &Chart, view: &View<'_>) -> Scene {
    let heads = heads(chart, view);
    let frame = Frame::new(&room(chart, view, &heads));
    let heads = heads.into_iter().map(|head| Head { lane: frame.lane(head.process), ..head }).collect();
    let edge = Edge::new(chart, &frame, view.now);
    let mut builder = Builder::new(chart, view, frame);
    let cut_span = builder.shown_span();
    builder.ground();
    builder.fences();
    if builder.detail == Detail::Merged {
        builder.merged(&edge);
    } else {
        builder.own_cut_messages();
        builder.ghost_arrows(&edge);
        builder.arrows(&edge);
        builder.keep_handles_free(&edge);
    }
    builder.outages();
    builder.alarms();
    builder.own_cut();
    builder.settle_words(&edge);
    builder.points();
    if builder.detail != Detail::Merged {
        builder.acts();
        builder.messages(&edge);
        builder.ghost_messages(&edge);
    }
    builder.own_cut_handles();
    builder.handles(&edge);
    let (width, height) = frame.size();
    Scene {
        width,
        height,
        frame,
        detail: builder.detail,
        window: builder.window,
        cut_span,
        heads,
        items: builder.items,
    }
}

/// The measures of what [`lay_out`] makes of the same. Takes time in the number of processes.
#[must_use]
pub fn measure(chart: &Chart, view: &View<'_>) -> Frame {
    Frame::new(&room(chart, view, &heads(chart, view)))
}

/// How much is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// What happened together is drawn together.
    Merged,
    /// Every message has its arrow and its ends.
    Bare,
    /// And words.
    Full,
}

/// From this column width on messages have words, in pixels.
const WORDS_FROM: i32 = 20;
/// Below this column width events are merged, in pixels, if there are more messages than [`FEW`].
const MERGED_BELOW: i32 = 8;
/// So many messages in the window can always be told apart.
const FEW: usize = 120;
/// So many messages in a window are never told apart. A picture of the whole, for a file, has no such limit.
const MANY: usize = 360;

impl Detail {
    fn new(column: i32, messages: usize, for_screen: bool) -> Self {
        if for_screen && messages > MANY {
            Self::Merged
        } else if column >= WORDS_FROM * COLUMN_UNIT {
            Self::Full
        } else if column >= MERGED_BELOW * COLUMN_UNIT || messages <= FEW {
            Self::Bare
        } else {
            Self::Merged
        }
    }
}

/// What a scene grows in.
pub(crate) struct Builder<'a> {
    pub chart: &'a Chart,
    pub view: &'a View<'a>,
    pub frame: Frame,
    pub detail: Detail,
    /// Along: what is laid out.
    pub window: (i32, i32),
    pub items: Vec<Item>,
    pub crowd: Crowd,
    /// Of the places for the words of an item, the one that they have.
    pub places: BTreeMap<Key, usize>,
}

impl<'a> Builder<'a> {
    fn new(chart: &'a Chart, view: &'a View<'a>, frame: Frame) -> Self {
        let window = view.window.map_or((0, frame.length), |(from, to)| (from.max(0), to.min(frame.length)));
        let (items, crowd, detail) = (Vec::new(), Crowd::default(), Detail::Full);
        let places = BTreeMap::new();
        let mut builder = Self { chart, view, frame, detail, window, items, crowd, places };
        let messages = chart.flights().iter().filter(|flight| builder.is_in_window(flight)).count();
        builder.detail = Detail::new(frame.column, messages, view.window.is_some());
        builder
    }

    pub(crate) fn put(&mut self, key: Key, target: Option<Target>, marks: Vec<Mark>) {
        self.items.push(Item { key, target, marks });
    }

    /// Whether something between two places along time is laid out.
    pub(crate) fn meets_window(&self, from: i32, to: i32) -> bool {
        // Marks are a little larger than their places.
        from <= self.window.1 + 40 && to >= self.window.0 - 40
    }

    /// Whether a flight crosses the window, or, if it has not ended, may do so.
    pub(crate) fn is_in_window(&self, flight: &Flight) -> bool {
        let last = flight.end().map_or(self.frame.now, |step| self.frame.moment(step));
        self.meets_window(self.frame.moment(flight.sent), last)
    }

    /// The snapshot in whose channel state a message is marked to stand.
    pub(crate) fn kept_in_shown(&self, flight: &Flight) -> Option<SnapshotId> {
        self.view
            .snapshot
            .filter(|snapshot| !self.view.hidden.contains(snapshot) && flight.is_kept(*snapshot, self.view.now))
    }
}

fn heads(chart: &Chart, view: &View<'_>) -> Vec<Head> {
    let head = |process: ProcessId| {
        let holds = chart.state(process, view.now);
        let (name, state) = (chart.topology().process_name(process).to_owned(), view.words.state(holds));
        let is_here = chart.is_here(process, view.now);
        let state = match chart.stay(process) {
            Some(_) if is_here => state,
            Some((Some(joins), _)) if joins <= view.now => view.captions.gone.clone(),
            Some(_) => view.captions.to_come.clone(),
            None => state,
        };
        Head { process, name, state, holds, is_here, lane: 0 }
    };
    chart.topology().processes().map(head).collect()
}

fn room(chart: &Chart, view: &View<'_>, heads: &[Head]) -> Room {
    let (name_size, state_size, least) = if view.compact { (19, 13, 34) } else { (25, 15, 48) };
    // Of the states all that there can be, so that no step moves the lines.
    let states = widest_states(chart.computation(), view.words);
    let absent = heads.iter().filter(|head| chart.stay(head.process).is_some());
    let absent = absent.flat_map(|_| [view.captions.to_come.clone(), view.captions.gone.clone()]);
    let states = states.into_iter().chain(absent).map(|state| text_width(&state, state_size)).max().unwrap_or(0);
    let widest = |head: &Head| text_width(&head.name, name_size).max(states);
    let steps = view.ghost.other.map_or(0, |(other, _)| other.steps()).max(chart.steps());
    Room {
        width: view.width,
        height: view.height,
        compact: view.compact,
        orientation: view.orientation,
        column: view.column,
        lanes: i32::try_from(heads.len()).unwrap_or(i32::MAX / 1024),
        columns: i32::try_from(steps).unwrap_or(i32::MAX).max(8),
        now: i32::try_from(view.now).unwrap_or(i32::MAX),
        head: heads.iter().map(widest).max().unwrap_or(0).max(least),
    }
}

/// The states that a process can be in, as people write them, or at least the longest of them.
fn widest_states(computation: &Computation, words: &dyn Wording) -> Vec<String> {
    match computation {
        // Nobody ever has more than all together.
        Computation::Bank(_) => {
            let worth = |state| computation.worth_of_state(state).unwrap_or(0);
            vec![computation.initial().into_iter().map(worth).sum::<i64>().to_string()]
        }
        Computation::Automaton(automaton) => {
            let ruled = automaton.rules().iter().flat_map(|rule| [rule.from, rule.to]).map(LocalState::Label);
            ruled.chain(computation.initial()).map(|state| words.state(state)).collect()
        }
        Computation::Diffusing(_) => {
            [true, false].map(|active| words.state(LocalState::Work { active, sends_left: None })).into()
        }
        Computation::Dataflow(flow) => vec![format!("{} (1→)", flow.total())],
        // Who waits is granted one thing after another, so it waits for no more than at first.
        Computation::Resources(resources) => {
            let declared = resources.rules().iter().map(|rule| rule.state());
            declared.chain(computation.initial()).chain([LocalState::Running]).map(|state| words.state(state)).collect()
        }
    }
}
