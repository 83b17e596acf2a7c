//! What a diagram consists of, as plain data.

use crate::frame::Frame;
use crate::layout::Detail;
pub(crate) use crate::role::Role;
use cutline_core::{ChannelId, ControlId, LocalState, MessageId, ProcessId, SnapshotId};
use std::fmt;

/// A place, in pixels from the top left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// To the right.
    pub x: i32,
    /// Downwards.
    pub y: i32,
}

/// A diagram: items in painting order, the first at the back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// Width of the whole picture in pixels.
    pub width: i32,
    /// Height of the whole picture in pixels.
    pub height: i32,
    /// Where lines and columns are.
    pub frame: Frame,
    /// How much is told apart.
    pub detail: Detail,
    /// From where to where along time the picture is laid out.
    pub window: (i32, i32),
    /// From where to where along time the cut that is shown reaches, with the messages in its recorded channels.
    pub cut_span: Option<(i32, i32)>,
    /// The heads of the processes: name, state, and the place of the line.
    pub heads: Vec<Head>,
    /// All else.
    pub items: Vec<Item>,
}

/// The beginning of a process's line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The process.
    pub process: ProcessId,
    /// Its name.
    pub name: String,
    /// The state that it has now, as people write it.
    pub state: String,
    /// The same, as data.
    pub holds: LocalState,
    /// Whether it is there: it has joined, and not left.
    pub is_here: bool,
    /// Across: the place of its line.
    pub lane: i32,
}

/// Marks that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Tells this item from all others of the scene, and is the same for the same thing in the next one.
    pub key: Key,
    /// What it stands for, where one can point at it.
    pub target: Option<Target>,
    /// Its marks, the first at the back.
    pub marks: Vec<Mark>,
}

/// What an item shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The past of a cut.
    Past(SnapshotId),
    /// The line of a process.
    Lane(ProcessId),
    /// The edge of the present.
    Now,
    /// The words beside the past of a cut.
    PastCaption,
    /// The line of a cut.
    Cut(SnapshotId),
    /// The arrow of a message.
    MessageArrow(MessageId),
    /// The ends and the label of a message.
    Message(MessageId),
    /// The arrow of a control message.
    Control(ControlId),
    /// The arrow of what was there a second time, by its place among all arrows.
    Again(u32),
    /// The ends and the label of such a message.
    AgainEnds(u32),
    /// The same, of what is to come.
    GhostAgain(u32),
    /// The ends and the label of such a message to come.
    GhostAgainEnds(u32),
    /// Where a process stopped, by step.
    Outage(ProcessId, u32),
    /// Where the network is apart between a process and the next, by step.
    Fence(ProcessId, u32),
    /// A timer, by its place among all.
    Alarm(u32),
    /// What a process did by itself, one thing or several, by the first step.
    Act(u32),
    /// Where the run went back to a recorded state, by step.
    Restoration(u32),
    /// A recording point.
    Recording(SnapshotId, ProcessId),
    /// The handle of an item in a channel, by position.
    Handle(ChannelId, u32),
    /// The reader's own cut.
    OwnCut,
    /// Its handle at a process.
    OwnHandle(ProcessId),
    /// A message that matters to it.
    OwnMessage(MessageId),
    /// The arrow of a message as it will go on.
    GhostArrow(MessageId),
    /// The ends and the label of a message as they will be.
    GhostMessage(MessageId),
    /// The arrow of a control message as it will go on.
    GhostControl(ControlId),
    /// What a process will do by itself, by the first step.
    GhostAct(u32),
    /// The arrows of all messages to come, where they are too many to tell apart.
    GhostTraffic,
    /// The arrow of a message of another branch.
    OtherArrow(MessageId),
    /// The ends and the label of a message of another branch.
    OtherMessage(MessageId),
    /// A recording point of another branch.
    OtherRecording(SnapshotId, ProcessId),
    /// What a process did by itself on another branch, by the first step.
    OtherAct(u32),
    /// The arrows of all messages, where they are too many to tell apart.
    Traffic,
    /// The arrows of all markers of a snapshot, where they are too many to tell apart.
    MarkerTraffic(SnapshotId),
    /// Where a process was busy, where its events are too many to tell apart.
    Busy(ProcessId),
}

impl Key {
    /// A number that no other key has.
    #[must_use]
    pub fn number(self) -> u64 {
        let (kind, a, b) = match self {
            Self::Past(snapshot) => (0, snapshot.0.into(), 0),
            Self::Lane(process) => (1, process.0.into(), 0),
            Self::Now => (2, 0, 0),
            Self::PastCaption => (3, 0, 0),
            Self::Cut(snapshot) => (4, snapshot.0.into(), 0),
            Self::MessageArrow(message) => (5, message.0, 0),
            Self::Message(message) => (6, message.0, 0),
            Self::Control(control) => (7, control.0, 0),
            Self::Act(step) => (8, step, 0),
            Self::Restoration(step) => (9, step, 0),
            Self::Recording(snapshot, process) => (10, snapshot.0.into(), process.0),
            // What waits in one channel is told apart by a position of 32 bits.
            Self::Handle(channel, position) => (11, position, channel.0),
            Self::GhostArrow(message) => (12, message.0, 0),
            Self::GhostMessage(message) => (13, message.0, 0),
            Self::GhostControl(control) => (14, control.0, 0),
            Self::GhostAct(step) => (15, step, 0),
            Self::GhostTraffic => (16, 0, 0),
            Self::OtherArrow(message) => (17, message.0, 0),
            Self::OtherMessage(message) => (18, message.0, 0),
            Self::OtherRecording(snapshot, process) => (20, snapshot.0.into(), process.0),
            Self::OtherAct(step) => (21, step, 0),
            Self::Traffic => (22, 0, 0),
            Self::MarkerTraffic(snapshot) => (23, snapshot.0.into(), 0),
            Self::Busy(process) => (24, process.0.into(), 0),
            Self::OwnCut => (25, 0, 0),
            Self::OwnHandle(process) => (26, process.0.into(), 0),
            Self::OwnMessage(message) => (27, message.0, 0),
            Self::Again(at) => (28, at, 0),
            Self::AgainEnds(at) => (29, at, 0),
            Self::GhostAgain(at) => (31, at, 0),
            Self::GhostAgainEnds(at) => (32, at, 0),
            Self::Outage(process, step) => (30, step, process.0),
            Self::Fence(process, step) => (33, step, process.0),
            Self::Alarm(at) => (34, at, 0),
        };
        kind << 48 | u64::from(a) << 16 | u64::from(b)
    }
}

/// What one points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A process.
    Process(ProcessId),
    /// An application message.
    Message(MessageId),
    /// A control message.
    Control(ControlId),
    /// A recording point.
    Recording(SnapshotId, ProcessId),
    /// Something in a channel, by position; 0 is the head.
    Waiting(ChannelId, u32),
    /// Where the reader's own cut crosses a process.
    OwnCut(ProcessId),
}

/// A shape with a meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it means.
    pub role: Role,
    /// What it looks like.
    pub shape: Shape,
}

/// What a mark looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A straight line.
    Line(Point, Point),
    /// A straight line with a head at its end.
    Arrow(Point, Point),
    /// A line of straight and curved pieces from a point on.
    Path(Point, Vec<Segment>),
    /// A circle.
    Circle(Point, i32),
    /// A box with round ends: middle, width, height.
    Pill(Point, i32, i32),
    /// Words at a place.
    Text(Point, Anchor, String),
}

/// A piece of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment {
    /// On from here, without a line.
    Move(Point),
    /// Straight to here.
    To(Point),
    /// Curved to the last point, by the two control points.
    Curve(Point, Point, Point),
}

impl Segment {
    /// Where it leads.
    #[must_use]
    pub fn end(self) -> Point {
        match self {
            Self::Move(to) | Self::To(to) | Self::Curve(_, _, to) => to,
        }
    }
}

/// Which end of the words stands at the place given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The beginning.
    Start,
    /// The middle.
    Middle,
    /// The end.
    End,
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.x, self.y)
    }
}

impl fmt::Display for Scene {
    /// The scene as text that people can review: a line a mark.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} x {}, now at {}", self.width, self.height, self.frame.now)?;
        for head in &self.heads {
            writeln!(f, "head {} {} at {}", head.name, head.state, head.lane)?;
        }
        for item in &self.items {
            writeln!(f, "{:?}", item.key)?;
            for mark in &item.marks {
                let snapshot = mark.role.snapshot().map(|s| format!(" {}", s.0)).unwrap_or_default();
                writeln!(f, "  {}{snapshot}: {}", mark.role.class(), mark.shape)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(from, to) => write!(f, "{from} -- {to}"),
            Self::Arrow(from, to) => write!(f, "{from} -> {to}"),
            Self::Path(from, segments) => {
                write!(f, "{from}")?;
                segments.iter().try_for_each(|segment| match segment {
                    Segment::Move(to) => write!(f, " from {to}"),
                    Segment::To(to) => write!(f, " to {to}"),
                    Segment::Curve(a, b, to) => write!(f, " by {a} {b} to {to}"),
                })
            }
            Self::Circle(middle, radius) => write!(f, "circle {middle} r{radius}"),
            Self::Pill(middle, width, height) => write!(f, "pill {middle} {width}x{height}"),
            Self::Text(at, anchor, text) => write!(f, "{text:?} {anchor:?} {at}"),
        }
    }
}
