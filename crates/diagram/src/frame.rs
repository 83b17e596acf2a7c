//! Where lines and columns are.

use crate::scene::Point;
use cutline_core::ProcessId;

/// The measures of a diagram, in pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    pub width: i32,
    pub height: i32,
    pub min_height: i32,
    /// Where the lines begin.
    pub lanes_x: i32,
    /// Where the present is.
    pub now_x: i32,
    /// Top and bottom of the area that cuts cross.
    pub top: i32,
    pub bottom: i32,
    first_lane: i32,
    lane_gap: i32,
    first_column: i32,
    column: i32,
    pub compact: bool,
}

/// What the measures are made from.
pub(crate) struct Room {
    pub width: i32,
    pub height: i32,
    pub compact: bool,
    pub lanes: i32,
    /// How many columns the whole branch takes, so that stepping moves nothing.
    pub columns: i32,
    pub now: i32,
    /// The longest name and state, in pixels.
    pub head: i32,
}

impl Frame {
    pub(crate) fn new(room: &Room) -> Self {
        let compact = room.compact;
        let (margin, inset) = if compact { (12, 20) } else { (22, 30) };
        let (narrowest, widest) = if compact { (22, 44) } else { (34, 76) };
        let (above, below) = if compact { (56, 44) } else { (78, 56) };
        let lanes_x = margin + room.head + if compact { 14 } else { 26 };
        // After the last column: the way to the edge of the present, and a little of what lies ahead.
        let ahead = if compact { 62 } else { 96 };
        let free = room.width - lanes_x - inset - ahead;
        let column = (free / room.columns.max(1)).clamp(narrowest, widest);
        let gaps = (room.lanes - 1).max(1);
        let least = if compact { 76 } else { 92 };
        // Two lines far apart look better in an empty room than two close together.
        let most = if compact { 130 } else { 190 } + if room.lanes == 2 { 60 } else { 0 };
        let lane_gap = ((room.height - above - below) / gaps).clamp(least, most);
        let used = lane_gap * (room.lanes - 1);
        let height = room.height.max(above + used + below);
        let first_lane = above + (height - above - below - used) / 2;
        let first_column = lanes_x + inset;
        let now_x = first_column + column * room.now + if compact { 26 } else { 38 };
        let needed = first_column + column * room.columns + ahead;
        Self {
            width: room.width.max(needed),
            height,
            min_height: above + least * (room.lanes - 1) + below,
            lanes_x,
            now_x,
            top: first_lane - if compact { 36 } else { 52 },
            bottom: first_lane + used + if compact { 32 } else { 46 },
            first_lane,
            lane_gap,
            first_column,
            column,
            compact,
        }
    }

    /// The place of a process at a step; steps are counted from 1.
    pub(crate) fn at(&self, process: ProcessId, step: usize) -> Point {
        let step = i32::try_from(step).unwrap_or(i32::MAX / 128);
        Point { x: self.first_column + self.column * step - self.column / 2, y: self.lane(process) }
    }

    pub(crate) fn lane(&self, process: ProcessId) -> i32 {
        self.first_lane + self.lane_gap * i32::from(process.0)
    }

    pub(crate) fn lane_gap(&self) -> i32 {
        self.lane_gap
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
    let part = |d: i64| i32::try_from(d * i64::from(length) / whole).unwrap_or_default();
    Point { x: to.x - part(dx), y: to.y - part(dy) }
}

/// The point at so many hundredths of the way.
pub(crate) fn along(from: Point, to: Point, hundredths: i32) -> Point {
    Point { x: from.x + (to.x - from.x) * hundredths / 100, y: from.y + (to.y - from.y) * hundredths / 100 }
}
