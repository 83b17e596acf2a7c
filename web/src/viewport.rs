//! Which part of the diagram is in sight, along time, and which part around it is laid out.

use cutline_core::history::NodeId;
use cutline_diagram::{Frame, Orientation};
use web_sys::Element;

/// Where the reader looks. What is laid out is what is in sight and as much again on either side, so that scrolling
/// needs nothing new for a while.
#[derive(Clone, Debug, Default)]
pub(crate) struct Viewport {
    /// Along: the beginning of what is in sight.
    at: i32,
    /// Along: how much is in sight, with the heads.
    seen: i32,
    window: (i32, i32),
    before: Option<Before>,
    /// What stays where it is while zooming, from the beginning of what is in sight.
    held: Option<i32>,
    /// Where to scroll to once it is painted. Kept until then: of several pictures in a row only the last is painted.
    wanted: Option<i32>,
    /// Whether the reader has scrolled since it was last placed here.
    by_reader: bool,
}

/// How it was when it was last laid out.
#[derive(Clone, Copy, Debug)]
struct Before {
    frame: Frame,
    moment: (NodeId, usize),
    seen: i32,
}

/// The present is kept so far from both ends of what is in sight, in pixels.
const AROUND_NOW: (i32, i32) = (120, 70);
/// What lies around the two ends of a stretch that is shown, words most of all: with time across and downwards, in pixels.
const AROUND_STRETCH: (i32, i32) = (96, 36);
/// The least of it.
const CLOSE_AROUND: i32 = 18;

impl Viewport {
    /// Looks at a diagram of these measures, of which so many pixels along are in sight. The present moment is kept in
    /// sight when it has moved; when columns change their width, what is in the middle stays there. Answers with the part
    /// to lay out.
    pub(crate) fn place(&mut self, frame: &Frame, seen: i32, moment: (NodeId, usize)) -> (i32, i32) {
        let was = self.at;
        self.seen = seen;
        let turned = self.before.is_none_or(|before| before.frame.orientation != frame.orientation);
        if let Some(before) = self.before.filter(|before| before.frame.column != frame.column && !turned) {
            let held = self.held.take().unwrap_or_else(|| self.middle(&before.frame));
            self.at = frame.carried_over(&before.frame, self.at + held) - held;
        }
        let resized = self.before.is_some_and(|before| before.seen != seen) && !self.by_reader;
        if turned || resized || self.before.is_none_or(|before| before.moment != moment) {
            self.follow(frame);
        }
        self.at = self.at.clamp(0, (frame.length - seen).max(0));
        let same = self.before.is_some_and(|before| !turned && before.frame.column == frame.column);
        if !same || self.wants_more(frame.length) {
            self.window = (self.at.saturating_sub(seen).max(0), (self.at + 2 * seen).min(frame.length));
        }
        // The run may have become longer since.
        if frame.length - self.window.1 < seen / 2 {
            self.window.1 = frame.length;
        }
        self.before = Some(Before { frame: *frame, moment, seen });
        if self.at != was || turned {
            self.wanted = Some(self.at);
        }
        self.window
    }

    /// Where to scroll to, now that it is painted.
    pub(crate) fn take_wanted(&mut self) -> Option<i32> {
        self.wanted.take()
    }

    /// The reader has scrolled. Whether more has to be laid out.
    pub(crate) fn scrolled(&mut self, at: i32) -> bool {
        self.by_reader |= at != self.at;
        self.at = at;
        self.before.is_some_and(|before| self.wants_more(before.frame.length))
    }

    /// Looks at a stretch along: the whole of it, with the present beside it if both can be seen at once. Of a longer one
    /// the present is seen, or its beginning if it is only the stretch that is asked for. Answers with where to scroll to.
    pub(crate) fn show(&mut self, frame: &Frame, (first, last): (i32, i32), with_present: bool) -> i32 {
        let around = if frame.orientation == Orientation::Across { AROUND_STRETCH.0 } else { AROUND_STRETCH.1 };
        let room = self.seen - frame.lanes_from;
        let present = frame.now + AROUND_NOW.1;
        let whole = (first - around, last + around);
        let tries = [
            (whole.0, whole.1.max(present), with_present),
            (first - CLOSE_AROUND, (last + CLOSE_AROUND).max(present), with_present),
            (whole.0, whole.1, true),
            (first - CLOSE_AROUND, last + CLOSE_AROUND, true),
        ];
        let fitting = tries.into_iter().find(|(from, to, asked)| *asked && to - from <= room);
        let least_moved = |from: i32, to: i32| self.at.max(to - self.seen).min(from - frame.lanes_from);
        let at = match fitting {
            Some((from, to, _)) => least_moved(from, to),
            None if with_present => least_moved(frame.now - AROUND_NOW.0.min(room - AROUND_NOW.1).max(0), present),
            None => first - CLOSE_AROUND - frame.lanes_from,
        };
        self.by_reader = false;
        self.at = at.clamp(0, (frame.length - self.seen).max(0));
        self.at
    }

    /// Whether it is as it was placed here.
    pub(crate) fn is_left_alone(&self) -> bool {
        !self.by_reader
    }

    /// Zooming holds what is so far from the beginning of what is in sight.
    pub(crate) fn hold(&mut self, place: i32) {
        self.held = Some(place);
    }

    /// From where to where is in sight, along.
    pub(crate) fn in_sight(&self) -> (i32, i32) {
        (self.at, self.at + self.seen)
    }

    fn wants_more(&self, length: i32) -> bool {
        let spare = self.seen / 4;
        let (from, to) = ((self.at - spare).max(0), (self.at + self.seen + spare).min(length));
        from < self.window.0 || to > self.window.1
    }

    /// The present, if it is in sight, and else the middle.
    fn middle(&self, frame: &Frame) -> i32 {
        let now = frame.now - self.at;
        if (frame.lanes_from..self.seen).contains(&now) { now } else { i32::midpoint(frame.lanes_from, self.seen) }
    }

    fn follow(&mut self, frame: &Frame) {
        self.by_reader = false;
        let (from, to) = (self.at + frame.lanes_from, self.at + self.seen);
        if frame.now - AROUND_NOW.0 < from || frame.now + AROUND_NOW.1 > to {
            // What has happened matters more than what is to come.
            self.at = frame.now - frame.lanes_from - (self.seen - frame.lanes_from) * 3 / 4;
        }
    }
}

/// How far an element is scrolled along time.
pub(crate) fn scroll_of(element: &Element, orientation: Orientation) -> i32 {
    match orientation {
        Orientation::Across => element.scroll_left(),
        Orientation::Down => element.scroll_top(),
    }
}

/// Scrolls an element along time.
pub(crate) fn scroll_to(element: &Element, orientation: Orientation, at: i32) {
    match orientation {
        Orientation::Across => element.set_scroll_left(at),
        Orientation::Down => element.set_scroll_top(at),
    }
}
