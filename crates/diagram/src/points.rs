//! What stands on the lines themselves: recording points, and what processes did alone.

use crate::chart::{RecordingPoint, Solitude};
use crate::crowd::Area;
use crate::frame::text_width;
use crate::layout::{Builder, Detail};
use crate::scene::{Anchor, Key, Mark, Point, Role, Segment, Shape, Target};
use crate::view::Orientation;
use cutline_core::{ProcessId, SnapshotId};

/// So many snapshots have looks of their own.
pub(crate) const LOOKS: u16 = 4;
/// Up to so many things that a process does alone are drawn one by one.
const ONE_BY_ONE: usize = 3;

impl Builder<'_> {
    /// The recording points with what was recorded.
    pub(crate) fn points(&mut self) {
        let (chart, now) = (self.chart, self.view.now);
        for recordings in chart.recordings().iter().filter(|one| !self.view.hidden.contains(&one.snapshot)) {
            let snapshot = recordings.snapshot;
            for process in chart.topology().processes() {
                let Some(point) = recordings.point(process, now) else {
                    self.forgotten(snapshot, process, recordings.points[process.index()]);
                    continue;
                };
                let along = self.frame.moment(point.step);
                if self.meets_window(along - 100, along + 100) {
                    let text = self.recorded_text(snapshot, process, point);
                    self.recording(snapshot, process, point.step, text);
                }
            }
        }
    }

    /// A recording point of which the process has forgotten by now what it recorded there.
    fn forgotten(&mut self, snapshot: SnapshotId, process: ProcessId, point: Option<RecordingPoint>) {
        let Some(point) = point.filter(|point| point.forgotten.is_some_and(|end| end <= self.view.now)) else { return };
        let at = self.frame.at(process, point.step);
        if self.meets_window(self.frame.along(at), self.frame.along(at)) {
            let mark = Mark { role: Role::GhostRecording(snapshot), shape: ring(at, self.ring_radius(), snapshot) };
            self.put(Key::Recording(snapshot, process), None, vec![mark]);
        }
    }

    fn recording(&mut self, snapshot: SnapshotId, process: ProcessId, step: usize, text: String) {
        let at = self.frame.at(process, step);
        let radius = self.ring_radius();
        let mut marks = vec![
            Mark { role: Role::Recording(snapshot), shape: ring(at, radius, snapshot) },
            // Where shapes and colours come again, the number tells them apart.
            if snapshot.0 >= LOOKS && self.detail == Detail::Full {
                let low = if snapshot.0 % LOOKS == 3 { 7 } else { 4 };
                let number = Shape::Text(Point { x: at.x, y: at.y + low }, Anchor::Middle, number(snapshot));
                Mark { role: Role::RecordingNumber(snapshot), shape: number }
            } else {
                Mark { role: Role::RecordingCore(snapshot), shape: ring(at, radius * 2 / 5, snapshot) }
            },
        ];
        if self.detail == Detail::Full {
            let best = self.place_of(Key::Recording(snapshot, process)).unwrap_or(0);
            let (baseline, anchor, _) = self.beside(at, &text)[best];
            marks.push(Mark { role: Role::RecordedState(snapshot), shape: Shape::Text(baseline, anchor, text) });
        }
        self.put(Key::Recording(snapshot, process), Some(Target::Recording(snapshot, process)), marks);
    }

    pub(crate) fn ring_radius(&self) -> i32 {
        let most = match (self.detail, self.frame.compact) {
            (Detail::Full, false) => 10,
            (Detail::Full, true) => 8,
            (Detail::Bare, _) => 7,
            (Detail::Merged, _) => 5,
        };
        most.min(self.frame.lane_gap * 2 / 5)
    }

    /// What was recorded, as it stands beside its point: where other points are close, in few words.
    pub(crate) fn recorded_text(&self, snapshot: SnapshotId, process: ProcessId, point: RecordingPoint) -> String {
        let (frame, state) = (self.frame, self.view.words.state(point.state));
        let whole = format!("{}{state}", self.view.captions.recorded);
        let reach = text_width(&whole, 14) + 24;
        let is_close = || {
            let others = self.chart.recordings().iter().filter(|one| one.snapshot != snapshot);
            let mut drawn = others.filter(|one| !self.view.hidden.contains(&one.snapshot));
            let along = |step| frame.moment(step);
            drawn.any(|one| {
                let other = one.point(process, self.view.now);
                other.is_some_and(|other| (along(other.step) - along(point.step)).abs() < reach)
            })
        };
        if frame.has_close_lanes() || frame.orientation == Orientation::Across && is_close() { state } else { whole }
    }

    /// Places for words beside a point on a line, at least one: on either side of it, before or after it.
    pub(crate) fn beside(&self, at: Point, text: &str) -> Vec<(Point, Anchor, Area)> {
        let size = if self.frame.compact { 12 } else { 14 };
        let width = text_width(text, size) + 4;
        let (dx, up, down) = match (self.frame.orientation, self.frame.compact) {
            (Orientation::Across, true) => (11, -12, 22),
            (Orientation::Across, false) => (14, -15, 28),
            (Orientation::Down, true) => (12, -4, 14),
            (Orientation::Down, false) => (15, -5, 16),
        };
        let place = |(dx, dy): (i32, i32)| {
            let left = if dx < 0 { at.x + dx - width } else { at.x + dx };
            let area = Area { left, top: at.y + dy - size, right: left + width, bottom: at.y + dy + 4 };
            let anchor = if dx < 0 { Anchor::End } else { Anchor::Start };
            (Point { x: at.x + dx, y: at.y + dy }, anchor, area)
        };
        let (width, height) = self.frame.size();
        // What scrolls under the heads cannot be read.
        let from = self.frame.point(self.frame.lanes_from, 0);
        let inside =
            |area: &Area| area.left >= from.x && area.right <= width && area.top >= from.y && area.bottom <= height;
        // Nothing lies below the last line, as nothing lies above the first.
        let last = self.chart.topology().processes().last().map(|last| self.frame.lane(last));
        let is_last = self.frame.orientation == Orientation::Across && last == Some(at.y);
        let (first, then) = if is_last { (down, up) } else { (up, down) };
        let places = [(dx, first), (-dx, first), (dx, then), (-dx, then)].map(place);
        let fitting: Vec<_> = places.into_iter().filter(|(_, _, area)| inside(area)).collect();
        if fitting.is_empty() { vec![places[0]] } else { fitting }
    }

    /// What processes did by themselves. A long series is one mark with its number.
    pub(crate) fn acts(&mut self) {
        for process in self.chart.topology().processes() {
            let acts = self.chart.acts(process);
            for act in &acts[self.first_act_in_window(acts)..] {
                let Some(first) = act.steps.first().filter(|first| self.frame.moment(**first) <= self.window.1) else {
                    break;
                };
                let taken = act.steps.partition_point(|step| *step <= self.view.now);
                let key = Key::Act(u32::try_from(*first).unwrap_or(u32::MAX));
                let marks = self.solitude(process, &act.steps[..taken], Role::Act);
                if !marks.is_empty() {
                    self.put(key, None, marks);
                }
            }
        }
    }

    pub(crate) fn first_act_in_window(&self, acts: &[Solitude]) -> usize {
        let before = |act: &Solitude| act.steps.last().is_some_and(|last| self.frame.moment(*last) < self.window.0);
        acts.partition_point(before)
    }

    /// Marks for a series of steps that touch no channel.
    pub(crate) fn solitude(&self, process: ProcessId, steps: &[usize], role: Role) -> Vec<Mark> {
        let frame = &self.frame;
        let radius = if self.detail == Detail::Full && !frame.compact { 4 } else { 3 };
        let [first, .., last] = steps else {
            let dot = |step: &usize| Mark { role, shape: Shape::Circle(frame.at(process, *step), radius) };
            return steps.iter().map(dot).collect();
        };
        if steps.len() <= ONE_BY_ONE {
            let dot = |step: &usize| Mark { role, shape: Shape::Circle(frame.at(process, *step), radius) };
            return steps.iter().map(dot).collect();
        }
        let (from, to) = (frame.moment(*first) - radius, frame.moment(*last) + radius);
        let text = format!("×{}", steps.len());
        let (thin, wide) = (radius * 2, to - from);
        let middle = frame.point(i32::midpoint(from, to), frame.lane(process));
        let pill = match frame.orientation {
            Orientation::Across => Shape::Pill(middle, wide, thin),
            Orientation::Down => Shape::Pill(middle, thin, wide),
        };
        let series = if role == Role::Act { Role::Acts } else { role };
        let mut marks = vec![Mark { role: series, shape: pill }];
        if self.detail == Detail::Full || wide > text_width(&text, 12) {
            let (at, anchor) = match frame.orientation {
                Orientation::Across => (Point { x: middle.x, y: middle.y - 10 }, Anchor::Middle),
                Orientation::Down => (Point { x: middle.x + 10, y: middle.y + 4 }, Anchor::Start),
            };
            marks.push(Mark { role: Role::ActCount, shape: Shape::Text(at, anchor, text) });
        }
        marks
    }
}

/// The number of a snapshot, as people count.
pub(crate) fn number(snapshot: SnapshotId) -> String {
    (snapshot.0 + 1).to_string()
}

/// A ring in the shape of its snapshot, so that not only colour tells them apart: round, and standing on a corner,
/// and square, and pointed.
pub(crate) fn ring(at: Point, radius: i32, snapshot: SnapshotId) -> Shape {
    let to = |x: i32, y: i32| Point { x: at.x + x, y: at.y + y };
    let (half, more) = (radius * 9 / 10, radius * 6 / 5);
    let corners = match snapshot.0 % LOOKS {
        0 => return Shape::Circle(at, radius),
        1 => vec![to(0, -more), to(more, 0), to(0, more), to(-more, 0)],
        2 => vec![to(-half, -half), to(half, -half), to(half, half), to(-half, half)],
        _ => vec![to(0, -more), to(more, half), to(-more, half)],
    };
    let first = corners[0];
    let close = corners.into_iter().skip(1).chain([first]).map(Segment::To);
    Shape::Path(first, close.collect())
}
