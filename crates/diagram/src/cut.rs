//! The line of a cut: through the recording points, and with the present where a process has not recorded.

use crate::chart::{Chart, Recordings};
use crate::frame::Frame;
use crate::points::number;
use crate::scene::{Anchor, Item, Key, Mark, Point, Role, Segment, Shape};
use cutline_core::ProcessId;

/// A cut as it lies in a picture.
pub(crate) struct Cut<'a> {
    recordings: &'a Recordings,
    frame: &'a Frame,
    /// Where it crosses the line of each process, and whether that process has recorded.
    crossings: Vec<(Point, bool)>,
}

impl<'a> Cut<'a> {
    /// The cut after so many steps; none if no process has recorded by then.
    pub(crate) fn new(chart: &Chart, recordings: &'a Recordings, frame: &'a Frame, step: usize) -> Option<Self> {
        let crossing = |at: usize| {
            let process = ProcessId::at(at);
            let recorded = recordings.point(process, step).map(|point| point.step);
            match recorded
                .or_else(|| chart.passes(recordings.snapshot, process, step))
                .or_else(|| chart.stands_by(recordings.snapshot, process, step))
            {
                Some(0) => (frame.point(frame.after(0), frame.lane(process)), true),
                Some(step) => (frame.at(process, step), true),
                None => (frame.point(frame.now, frame.lane(process)), false),
            }
        };
        let crossings: Vec<_> = (0..recordings.points.len()).map(crossing).collect();
        recordings.has_begun(step).then_some(Self { recordings, frame, crossings })
    }

    /// Where it enters the figure, along.
    pub(crate) fn begins(&self) -> i32 {
        self.crossings.first().map_or(self.frame.now, |(point, _)| self.frame.along(*point))
    }

    /// The number of its snapshot.
    pub(crate) fn name(&self) -> String {
        number(self.recordings.snapshot)
    }

    fn ends(&self) -> i32 {
        self.crossings.last().map_or(self.frame.now, |(point, _)| self.frame.along(*point))
    }

    /// From where to where it reaches, along.
    pub(crate) fn span(&self) -> (i32, i32) {
        let along = || self.crossings.iter().map(|(point, _)| self.frame.along(*point));
        (along().min().unwrap_or_default(), along().max().unwrap_or_default())
    }

    /// The area before it.
    pub(crate) fn past(&self) -> Item {
        let frame = self.frame;
        let corner = frame.point(frame.lanes_from, frame.edges.0);
        let mut segments = vec![Segment::To(frame.point(self.begins(), frame.edges.0))];
        segments.extend(self.crossings.first().map(|(point, _)| Segment::To(*point)));
        segments.extend(self.crossings.windows(2).map(|pair| self.curve(pair[0].0, pair[1].0)));
        segments.push(Segment::To(frame.point(self.ends(), frame.edges.1)));
        segments.push(Segment::To(frame.point(frame.lanes_from, frame.edges.1)));
        segments.push(Segment::To(corner));
        let snapshot = self.recordings.snapshot;
        let marks = vec![Mark { role: Role::PastOfCut(snapshot), shape: Shape::Path(corner, segments) }];
        Item { key: Key::Past(snapshot), target: None, marks }
    }

    /// The line, in pieces from process to process; with its number at this place, if there is to be one.
    pub(crate) fn line(&self, name: Option<(Point, Anchor)>) -> Item {
        let (frame, snapshot) = (self.frame, self.recordings.snapshot);
        let mut pieces = Pieces { snapshot, marks: Vec::new(), last: None };
        if let Some((first, known)) = self.crossings.first() {
            pieces.add(*known, frame.point(self.begins(), frame.edges.0), Segment::To(*first));
        }
        for pair in self.crossings.windows(2) {
            let [(from, known), (to, known_too)] = [pair[0], pair[1]];
            pieces.add(known && known_too, from, self.curve(from, to));
        }
        if let Some((last, known)) = self.crossings.last() {
            pieces.add(*known, *last, Segment::To(frame.point(self.ends(), frame.edges.1)));
        }
        let mut marks = pieces.marks;
        marks.extend(name.map(|(at, anchor)| {
            let name = Shape::Text(at, anchor, self.name());
            Mark { role: Role::CutName(snapshot), shape: name }
        }));
        Item { key: Key::Cut(snapshot), target: None, marks }
    }

    /// From line to line, leaving and arriving straight across.
    fn curve(&self, from: Point, to: Point) -> Segment {
        let frame = self.frame;
        let middle = i32::midpoint(frame.across(from), frame.across(to));
        Segment::Curve(frame.point(frame.along(from), middle), frame.point(frame.along(to), middle), to)
    }
}

/// The pieces of a line: those that follow each other and are equally certain are one mark.
struct Pieces {
    snapshot: cutline_core::SnapshotId,
    marks: Vec<Mark>,
    last: Option<bool>,
}

impl Pieces {
    fn add(&mut self, known: bool, from: Point, segment: Segment) {
        if let (true, Some(Mark { shape: Shape::Path(_, segments), .. })) =
            (self.last == Some(known), self.marks.last_mut())
        {
            segments.push(segment);
        } else {
            let role = if known { Role::Cut(self.snapshot) } else { Role::CutSoFar(self.snapshot) };
            self.marks.push(Mark { role, shape: Shape::Path(from, vec![segment]) });
        }
        self.last = Some(known);
    }
}

impl Frame {
    /// Where a small word about a place along time stands: outside of the area that cuts cross.
    pub(crate) fn caption_place(&self, along: i32) -> (i32, i32, Anchor) {
        match self.orientation {
            crate::view::Orientation::Across => (along, self.edges.0 - 8, Anchor::Middle),
            crate::view::Orientation::Down => (along - 6, self.edges.0 + 2, Anchor::Start),
        }
    }
}
