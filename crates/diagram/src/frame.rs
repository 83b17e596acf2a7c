//! Where lines and columns are, and what is at a place.

use crate::scene::Point;
use crate::view::Orientation;
use cutline_core::ProcessId;

/// So many of these are a pixel: the unit of the width of a column. A long run in a small room has many columns in
/// one pixel.
pub const COLUMN_UNIT: i32 = 1024;

/// The measures of a diagram, in whole pixels. Time runs along the lines of the processes, which lie beside each other
/// across; how that becomes right and down is the orientation's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Which way time runs.
    pub orientation: Orientation,
    /// Whether the tighter measures of a small screen are used.
    pub compact: bool,
    /// Along: the length of the whole picture.
    pub length: i32,
    /// Across: the breadth of the whole picture.
    pub breadth: i32,
    /// Across: the least breadth that these processes need, however much room there is.
    pub least_breadth: i32,
    /// Along: where the lines begin.
    pub lanes_from: i32,
    /// Along: where the present is.
    pub now: i32,
    /// Across: the beginning and the end of the area that cuts cross.
    pub edges: (i32, i32),
    /// Across: from one line to the next.
    pub lane_gap: i32,
    /// The width of a column, in [`COLUMN_UNIT`]ths of a pixel.
    pub column: i32,
    first_lane: i32,
    lanes: i32,
    first_column: i32,
    /// How many steps have been taken.
    taken: i32,
    /// Along: the room of the present, between the last step taken and the next.
    present: i32,
}

/// What the measures are made from.
pub(crate) struct Room {
    pub width: i32,
    pub height: i32,
    pub compact: bool,
    pub orientation: Orientation,
    /// Asked for; none for what suits the room.
    pub column: Option<i32>,
    pub lanes: i32,
    /// How many columns the whole branch takes, so that stepping moves nothing that is done.
    pub columns: i32,
    pub now: i32,
    /// The longest name and state, in pixels.
    pub head: i32,
}

/// The widest that a column can be made, in pixels.
pub const WIDEST_COLUMN: i32 = 240;

impl Frame {
    pub(crate) fn new(room: &Room) -> Self {
        let compact = room.compact;
        let across = room.orientation == Orientation::Across;
        let (free, breadth) = if across { (room.width, room.height) } else { (room.height, room.width) };
        let lanes = Lanes::new(room, breadth);
        let inset = if compact { 20 } else { 30 };
        // The present: the way to its edge, and a little of what lies ahead.
        let lead = if compact { 24 } else { 34 };
        let present = lead + if compact { 16 } else { 22 };
        let ahead = if compact { 30 } else { 44 };
        let fixed = lanes.from + inset + present + ahead;
        let (fit, natural) = columns(room, free - fixed);
        let column = room.column.map_or(natural, |asked| asked.clamp(fit.min(natural), WIDEST_COLUMN * COLUMN_UNIT));
        let first_column = lanes.from + inset;
        Self {
            orientation: room.orientation,
            compact,
            length: free.max(fixed + scaled(column, room.columns)),
            breadth: lanes.breadth,
            least_breadth: lanes.least_breadth,
            lanes_from: lanes.from,
            now: first_column + scaled(column, room.now) + lead,
            edges: lanes.edges,
            lane_gap: lanes.gap,
            column,
            first_lane: lanes.first,
            lanes: room.lanes,
            first_column,
            taken: room.now,
            present,
        }
    }

    /// The point at a place along and across.
    #[must_use]
    pub fn point(&self, along: i32, across: i32) -> Point {
        match self.orientation {
            Orientation::Across => Point { x: along, y: across },
            Orientation::Down => Point { x: across, y: along },
        }
    }

    /// How far along a point lies.
    #[must_use]
    pub fn along(&self, point: Point) -> i32 {
        match self.orientation {
            Orientation::Across => point.x,
            Orientation::Down => point.y,
        }
    }

    /// How far across a point lies.
    #[must_use]
    pub fn across(&self, point: Point) -> i32 {
        match self.orientation {
            Orientation::Across => point.y,
            Orientation::Down => point.x,
        }
    }

    /// The place of a process at a step; steps are counted from 1.
    #[must_use]
    pub fn at(&self, process: ProcessId, step: usize) -> Point {
        self.point(self.moment(step), self.lane(process))
    }

    /// Along: the middle of a step's column.
    #[must_use]
    pub fn moment(&self, step: usize) -> i32 {
        let step = i32::try_from(step).unwrap_or(i32::MAX);
        let later = if step > self.taken { self.present } else { 0 };
        // Half a column back, without rounding twice.
        let twice = i64::from(self.column) * (2 * i64::from(step) - 1);
        self.first_column + later + saturated(twice / (2 * i64::from(COLUMN_UNIT)))
    }

    /// Along: between a step's column and the next one's, 0 being the beginning. What has been taken lies before the
    /// edge of the present.
    #[must_use]
    pub fn after(&self, step: usize) -> i32 {
        let step = i32::try_from(step).unwrap_or(i32::MAX);
        let later = if step > self.taken { self.present } else { 0 };
        self.first_column + later + scaled(self.column, step)
    }

    /// Across: the line of a process.
    #[must_use]
    pub fn lane(&self, process: ProcessId) -> i32 {
        self.first_lane + self.lane_gap * i32::from(process.0)
    }

    /// The step in whose column a point lies; 0 before the first. It may lie beyond the end of the branch. Left of
    /// the edge of the present it is one that has been taken, right of it one that has not.
    #[must_use]
    pub fn step_at(&self, point: Point) -> usize {
        let along = self.along(point);
        let before = if along > self.now { self.present } else { 0 };
        let units = i64::from(along - before - self.first_column) * i64::from(COLUMN_UNIT);
        let step = units.div_euclid(i64::from(self.column.max(1))) + 1;
        let taken = i64::from(self.taken);
        let step = if along > self.now { step.max(taken + 1) } else { step.min(taken) };
        usize::try_from(step).unwrap_or(0)
    }

    /// The first and the last step between two places along.
    #[must_use]
    pub fn steps_between(&self, from: i32, to: i32) -> (usize, usize) {
        let step = |along: i32| self.step_at(self.point(along, 0)).max(1);
        (step(from), step(to))
    }

    /// Where a place along a picture of other measures is in this one, of the same run.
    #[must_use]
    pub fn carried_over(&self, other: &Self, along: i32) -> i32 {
        let later = |frame: &Self, is_later: bool| if is_later { frame.present } else { 0 };
        let is_later = along > other.now;
        let from_first = i64::from(along - other.first_column - later(other, is_later));
        let wider = from_first * i64::from(self.column) / i64::from(other.column.max(1));
        self.first_column + later(self, is_later) + saturated(wider)
    }

    /// The number of the steps that lie before a point, rounded: the place between two columns that is nearest to it. At
    /// most the steps that have been taken.
    #[must_use]
    pub fn boundary_at(&self, point: Point) -> usize {
        let units = i64::from(self.along(point) - self.first_column) * i64::from(COLUMN_UNIT);
        let column = i64::from(self.column.max(1));
        let steps = (units + column / 2).div_euclid(column);
        usize::try_from(steps.clamp(0, i64::from(self.taken.max(0)))).unwrap_or(0)
    }

    /// The process whose line is nearest to a point; none if there are no processes.
    #[must_use]
    pub fn process_at(&self, point: Point) -> Option<ProcessId> {
        let from_first = self.across(point) - self.first_lane + self.lane_gap / 2;
        let lane = from_first.div_euclid(self.lane_gap.max(1)).clamp(0, (self.lanes - 1).max(0));
        u16::try_from(lane).ok().filter(|_| self.lanes > 0).map(ProcessId)
    }

    /// Whether the lines are so close that a head has one line for its words.
    #[must_use]
    pub fn has_close_lanes(&self) -> bool {
        self.orientation == Orientation::Across && self.lane_gap < 52
    }

    /// Width and height of the whole picture.
    #[must_use]
    pub fn size(&self) -> (i32, i32) {
        let far = self.point(self.length, self.breadth);
        (far.x, far.y)
    }
}

/// The width of a column with which the whole branch fits, and the one that suits the room, in units.
fn columns(room: &Room, free: i32) -> (i32, i32) {
    let (narrowest, widest) = match (room.orientation, room.compact) {
        (Orientation::Across, true) => (22, 44),
        (Orientation::Across, false) => (34, 76),
        (Orientation::Down, true) => (24, 44),
        (Orientation::Down, false) => (30, 60),
    };
    let fit = i64::from(free.max(1)) * i64::from(COLUMN_UNIT) / i64::from(room.columns.max(1));
    let fit = saturated(fit).clamp(1, widest * COLUMN_UNIT);
    // Whole pixels, where nothing forces less: even spacing looks better.
    let natural = (fit / COLUMN_UNIT).clamp(narrowest, widest) * COLUMN_UNIT;
    (fit, natural)
}

/// So many columns, in pixels.
fn scaled(column: i32, count: i32) -> i32 {
    saturated(i64::from(column) * i64::from(count) / i64::from(COLUMN_UNIT))
}

fn saturated(value: i64) -> i32 {
    // Far beyond what a browser can scroll to, and far from overflowing when such lengths are added.
    i32::try_from(value.clamp(-(1 << 28), 1 << 28)).unwrap_or_default()
}

/// The measures across, and how much the heads take along.
struct Lanes {
    from: i32,
    first: i32,
    gap: i32,
    breadth: i32,
    least_breadth: i32,
    edges: (i32, i32),
}

impl Lanes {
    fn new(room: &Room, breadth: i32) -> Self {
        let compact = room.compact;
        let gaps = (room.lanes - 1).max(1);
        let down = room.orientation == Orientation::Down;
        let (before, after) = match (down, compact) {
            (false, true) => (56, 44),
            (false, false) => (78, 56),
            (true, _) => (room.head / 2 + 14, room.head / 2 + 14),
        };
        let least = match (down, room.lanes) {
            (true, _) => (room.head + 10).max(if compact { 52 } else { 76 }),
            // Many lines are set close, so that they can be seen together.
            (false, 13..) => 26,
            (false, 7..) => 48,
            // So that six fit on a small desktop, with what stands around them.
            (false, 5..) if !compact => 62,
            (false, _) => {
                if compact {
                    76
                } else {
                    92
                }
            }
        };
        // Two lines far apart look better in an empty room than two close together.
        let most = if compact && !down { 130 } else { 190 } + if room.lanes == 2 { 60 } else { 0 };
        let gap = ((breadth - before - after) / gaps).clamp(least, most.max(least));
        let used = gap * (room.lanes - 1).max(0);
        let whole = breadth.max(before + used + after);
        let first = before + (whole - before - after - used) / 2;
        let (upper, lower) = if compact { (36, 32) } else { (52, 46) };
        let edges = if down {
            (first - room.head / 2 - 6, first + used + room.head / 2 + 6)
        } else {
            (first - upper, first + used + lower)
        };
        let margin = if compact { 12 } else { 22 };
        let from = match (down, compact) {
            (true, true) => 62,
            (true, false) => 78,
            (false, true) => margin + room.head + 14,
            (false, false) => margin + room.head + 26,
        };
        let least_breadth = before + least * (room.lanes - 1).max(0) + after;
        Self { from, first, gap, breadth: whole, least_breadth, edges }
    }
}

/// How wide a text is at a size, about: wide signs count twice.
pub(crate) fn text_width(text: &str, size: i32) -> i32 {
    let units: i32 = text.chars().map(|c| if u32::from(c) >= 0x2E80 { 20 } else { 11 }).sum();
    units * size / 20
}

/// The point on the way from one to another that is `length` pixels short of the end.
pub(crate) fn short_of(from: Point, to: Point, length: i32) -> Point {
    let (dx, dy) = (i64::from(to.x - from.x), i64::from(to.y - from.y));
    let whole = (dx * dx + dy * dy).isqrt().max(1);
    let part = |d: i64| saturated(d * i64::from(length) / whole);
    Point { x: to.x - part(dx), y: to.y - part(dy) }
}

/// The point at so many hundredths of the way.
pub(crate) fn along(from: Point, to: Point, hundredths: i32) -> Point {
    let part = |a: i32, b: i32| a + saturated(i64::from(b - a) * i64::from(hundredths) / 100);
    Point { x: part(from.x, to.x), y: part(from.y, to.y) }
}
