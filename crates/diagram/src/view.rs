//! What of a run is to be drawn, and how.

use crate::chart::Chart;
use crate::own_cut::OwnCut;
use cutline_core::{ChannelId, Computation, LocalState, Payload, SnapshotId};
use std::fmt::Debug;

/// What of a run is to be drawn, and how.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// The room that there is, in pixels. A long run and many processes take more.
    pub width: i32,
    /// The same, downwards.
    pub height: i32,
    /// Whether to use the tighter measures of a small screen.
    pub compact: bool,
    /// Which way time runs.
    pub orientation: Orientation,
    /// How wide the column of a step is, in [`crate::COLUMN_UNIT`]ths of a pixel; none for what suits the room. A
    /// column is never so narrow that the run takes less than its room.
    pub column: Option<i32>,
    /// The part of the picture that is laid out, in pixels along time; none for the whole. What crosses the border
    /// is drawn to its ends.
    pub window: Option<(i32, i32)>,
    /// How many steps have been taken.
    pub now: usize,
    /// The channels whose head cannot be delivered now.
    pub blocked: &'a [ChannelId],
    /// The snapshot whose past and channel states are shown.
    pub snapshot: Option<SnapshotId>,
    /// Snapshots that are not drawn.
    pub hidden: &'a [SnapshotId],
    /// What is drawn faintly, since it is not what has happened.
    pub ghost: Ghost<'a>,
    /// A cut of the reader's own.
    pub own_cut: Option<OwnCut<'a>>,
    /// What states and messages are called.
    pub words: &'a dyn Wording,
    /// The words on the figure.
    pub captions: Captions,
}

/// Which way time runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Orientation {
    /// From left to right; the processes are rows.
    #[default]
    Across,
    /// From top to bottom; the processes are columns.
    Down,
}

/// What is drawn faintly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Ghost<'a> {
    /// What comes after the present on the same branch.
    pub ahead: bool,
    /// What happened on another branch after so many steps, up to which the two are the same.
    pub other: Option<(&'a Chart, usize)>,
}

/// What states and messages are called in the reader's language.
pub trait Wording: Debug {
    /// A state, in as few words as possible.
    fn state(&self, state: LocalState) -> String;
    /// What a message carries.
    fn payload(&self, payload: Payload) -> String;
}

/// The words of scenario files.
impl Wording for Computation {
    fn state(&self, state: LocalState) -> String {
        self.show_state(state)
    }

    fn payload(&self, payload: Payload) -> String {
        self.show_payload(payload)
    }
}

/// The words on the figure, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Captions {
    /// At a recording point, before the state; may be empty.
    pub recorded: String,
    /// At the edge of the present.
    pub now: String,
    /// Beside the area before the cut.
    pub past: String,
    /// At the head of a process that has not joined, in place of its state.
    pub to_come: String,
    /// At the head of a process that has left, in place of its state.
    pub gone: String,
}
