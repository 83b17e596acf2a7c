//! How the reader looks at the diagram: which way time runs, how wide a step is, what is hidden, what is faint.

use crate::catalogue::mishaps::MishapText;
use crate::catalogue::{LookText, Text};
use crate::link::bytes::{Reader, Writer};
use crate::link::section::{Section, tag};
use crate::own_cut::CutReport;
use crate::session::Session;
use cutline_core::history::NodeId;
use cutline_core::world::MAX_SNAPSHOTS;
use cutline_core::{Action, ChannelId, MessageId, SnapshotId};
use cutline_diagram::{
    COLUMN_UNIT, Captions, Frame, Ghost, Orientation, OwnCut, Scene, View, WIDEST_COLUMN, lay_out, measure,
};
use std::cell::Cell;

/// What the reader changes about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookMsg {
    /// Wider columns.
    ZoomIn,
    /// Narrower columns.
    ZoomOut,
    /// Columns so narrow that the whole run is seen; or again such as suit the room.
    Fit,
    /// Columns of this width, in [`COLUMN_UNIT`]ths of a pixel.
    Column(i32),
    /// Time runs this way; none for what suits the screen.
    Turn(Option<Orientation>),
    /// Hides a snapshot, or shows it again.
    Toggle(SnapshotId),
    /// Compares with the branch that ends here; with none, if that is so.
    Compare(Option<NodeId>),
}

/// How the diagram is looked at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Look {
    orientation: Option<Orientation>,
    column: Option<i32>,
    hidden: Vec<SnapshotId>,
    other: Option<NodeId>,
    /// The width of a column when the diagram was last laid out, from which zooming goes on.
    seen: Cell<i32>,
}

/// The room for a diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Pixels to the right.
    pub width: i32,
    /// Pixels downwards.
    pub height: i32,
    /// Whether it is a small screen.
    pub compact: bool,
    /// The part that is needed, in pixels along time; none for all.
    pub window: Option<(i32, i32)>,
}

/// One step of the zoom makes columns wider by a quarter, twice over.
const ZOOM: (i32, i32) = (25, 16);

/// What links keep of it.
impl Section for Look {
    const TAG: u64 = tag::LOOK;

    fn write(&self, out: &mut Writer) {
        out.number(match self.orientation {
            None => 0,
            Some(Orientation::Across) => 1,
            Some(Orientation::Down) => 2,
        });
        out.number(self.column.and_then(|column| u64::try_from(column).ok()).unwrap_or(0));
        self.hidden.iter().for_each(|snapshot| out.number(u64::from(snapshot.0)));
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let orientation = match from.number()? {
            1 => Some(Orientation::Across),
            2 => Some(Orientation::Down),
            _ => None,
        };
        let column: i32 = from.small()?;
        let column = Some(column).filter(|column| (1..=WIDEST_COLUMN * COLUMN_UNIT).contains(column));
        let mut hidden = Vec::new();
        while !from.is_at_end() && hidden.len() < usize::from(MAX_SNAPSHOTS) {
            hidden.push(SnapshotId(from.small()?));
        }
        Some(Self { orientation, column, hidden, ..Self::default() })
    }

    fn is_default(&self) -> bool {
        self.orientation.is_none() && self.column.is_none() && self.hidden.is_empty()
    }
}

impl Look {
    /// Another run: only which way time runs stays.
    pub(crate) fn renew(&mut self) {
        *self = Self { orientation: self.orientation, ..Self::default() };
    }

    pub(crate) fn compare(&mut self, other: Option<NodeId>) {
        self.other = other;
    }

    pub(crate) fn update(&mut self, msg: LookMsg) {
        let seen = self.seen.get();
        match msg {
            LookMsg::ZoomIn => self.column = Some((seen.saturating_mul(ZOOM.0) / ZOOM.1).max(seen.saturating_add(1))),
            LookMsg::ZoomOut => self.column = Some(seen.saturating_mul(ZOOM.1) / ZOOM.0),
            LookMsg::Fit => self.column = if self.column == Some(1) { None } else { Some(1) },
            LookMsg::Column(column) => self.column = Some(column),
            LookMsg::Turn(orientation) => self.orientation = orientation,
            LookMsg::Compare(other) => self.other = other,
            LookMsg::Toggle(snapshot) => match self.hidden.iter().position(|hidden| *hidden == snapshot) {
                Some(at) => _ = self.hidden.remove(at),
                None => self.hidden.push(snapshot),
            },
        }
        self.column = self.column.map(|column| column.clamp(1, WIDEST_COLUMN * COLUMN_UNIT));
    }
}

impl Session {
    /// The whole diagram for this much room, in pixels, as it is put into a file: with nothing faint, at a width of
    /// columns that suits the room.
    #[must_use]
    pub fn scene(&self, width: i32, height: i32, compact: bool) -> Scene {
        let room = Room { width, height, compact, window: None };
        let view = self.view(room, Orientation::Across, None, &[], Ghost::default());
        lay_out(&self.chart(), &View { blocked: &self.blocked(), ..view })
    }

    /// The diagram as the reader looks at it.
    #[must_use]
    pub fn scene_in(&self, room: Room) -> Scene {
        let look = &self.look;
        let other = look.other.and_then(|tip| self.other_chart(tip));
        let ghost = Ghost { ahead: true, other: other.as_ref().map(|(chart, shared)| (&**chart, *shared)) };
        let orientation = self.orientation(room.compact);
        let blocked = self.blocked();
        let view = self.view(room, orientation, look.column, &look.hidden, ghost);
        let (line, report) = (self.cut_line(), self.cut_report());
        let messages = |of: fn(&CutReport) -> &Vec<MessageId>| report.as_ref().map_or(&[][..], |report| of(report));
        let own_cut = line.as_ref().map(|steps| OwnCut {
            steps,
            orphans: messages(|report| &report.orphans),
            in_transit: messages(|report| &report.in_transit),
        });
        let scene = lay_out(&self.chart(), &View { blocked: &blocked, own_cut, ..view });
        look.seen.set(scene.frame.column);
        scene
    }

    /// The measures of the diagram as the reader looks at it. Takes no time for what happened in the run.
    #[must_use]
    pub fn frame_in(&self, room: Room) -> Frame {
        let chart = self.chart();
        let other = self.look.other.and_then(|tip| self.other_chart(tip));
        let ghost = Ghost { ahead: true, other: other.as_ref().map(|(chart, shared)| (&**chart, *shared)) };
        let orientation = self.orientation(room.compact);
        measure(&chart, &self.view(room, orientation, self.look.column, &self.look.hidden, ghost))
    }

    /// A range of steps in words.
    #[must_use]
    pub fn steps_words(&self, (from, to): (usize, usize)) -> String {
        let steps = self.steps();
        let values = [from.min(steps), to.min(steps), steps].map(|step| step.to_string());
        self.say(LookText::StepsInView, &[("from", &values[0]), ("to", &values[1]), ("steps", &values[2])])
    }

    /// Which way time runs on a screen: as chosen, or else downwards on a small one.
    #[must_use]
    pub fn orientation(&self, compact: bool) -> Orientation {
        self.look.orientation.unwrap_or(if compact { Orientation::Down } else { Orientation::Across })
    }

    /// Whether it is shown to a hall: larger, and only what a lecture needs.
    #[must_use]
    pub fn is_presenting(&self) -> bool {
        self.presenting
    }

    /// Whether a snapshot is drawn.
    #[must_use]
    pub fn is_hidden(&self, snapshot: SnapshotId) -> bool {
        self.look.hidden.contains(&snapshot)
    }

    /// The end of the branch that the current one is compared with.
    #[must_use]
    pub fn compared(&self) -> Option<NodeId> {
        self.look.other
    }

    fn view<'a>(
        &'a self,
        room: Room,
        orientation: Orientation,
        column: Option<i32>,
        hidden: &'a [SnapshotId],
        ghost: Ghost<'a>,
    ) -> View<'a> {
        let Room { width, height, compact, window } = room;
        let captions = Captions {
            recorded: if compact { String::new() } else { self.say(Text::RecordedCaption, &[]) },
            now: self.say(Text::NowCaption, &[]),
            past: self.say(Text::PastCaption, &[]),
            to_come: self.say(MishapText::ToCome, &[]),
            gone: self.say(MishapText::Gone, &[]),
        };
        View {
            width,
            height,
            compact,
            orientation,
            column,
            window,
            now: self.step(),
            blocked: &[],
            snapshot: self.shown(),
            hidden,
            ghost,
            own_cut: None,
            words: self,
            captions,
        }
    }

    /// The channels whose head cannot be delivered now.
    fn blocked(&self) -> Vec<ChannelId> {
        let world = self.world();
        let stuck = |channel: &ChannelId| {
            world.in_channel(*channel).len() > 0
                && world.check(Action::Deliver { channel: *channel, position: 0 }).is_err()
        };
        self.topology().channels().filter(stuck).collect()
    }
}
