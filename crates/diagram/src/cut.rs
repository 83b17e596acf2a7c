//! The line of a cut: through the recording points, and with the present where a process has not recorded.

use crate::frame::Frame;
use crate::layout::Wording;
use crate::scene::{Anchor, Item, Key, Mark, Point, Role, Segment, Shape};
use cutline_core::{Event, ProcessId, SnapshotId, Trace};

/// Where each process recorded for one snapshot, by step; none where it has not.
pub(crate) struct Recordings {
    pub snapshot: SnapshotId,
    pub steps: Vec<Option<usize>>,
    pub states: Vec<String>,
}

/// The recordings of every snapshot of a run, by number.
pub(crate) fn recordings(trace: &Trace<'_>, words: &dyn Wording) -> Vec<Recordings> {
    let processes = trace.system.topology.process_count();
    let mut all: Vec<Recordings> = Vec::new();
    for (step, event) in trace.events() {
        if matches!(event, Event::Restored { .. }) {
            // Snapshots in progress are given up.
            let unfinished = all.iter_mut().filter(|recordings| recordings.steps.contains(&None));
            unfinished.for_each(|recordings| recordings.steps.fill(None));
        }
        let Event::Recorded { process, snapshot, state, .. } = *event else { continue };
        while all.len() <= snapshot.index() {
            let snapshot = SnapshotId::at(all.len());
            all.push(Recordings { snapshot, steps: vec![None; processes], states: vec![String::new(); processes] });
        }
        all[snapshot.index()].steps[process.index()] = Some(step);
        all[snapshot.index()].states[process.index()] = words.state(state);
    }
    all.retain(|recordings| recordings.steps.iter().any(Option::is_some));
    all
}

impl Recordings {
    fn has(&self, process: ProcessId) -> bool {
        self.steps[process.index()].is_some()
    }

    /// Where the cut crosses a process's line.
    fn crossing(&self, frame: &Frame, process: ProcessId) -> Point {
        match self.steps[process.index()] {
            Some(step) => frame.at(process, step),
            None => Point { x: frame.now_x, y: frame.lane(process) },
        }
    }

    fn crossings(&self, frame: &Frame) -> Vec<(ProcessId, Point)> {
        (0..self.steps.len()).map(ProcessId::at).map(|p| (p, self.crossing(frame, p))).collect()
    }

    /// The area before the cut.
    pub(crate) fn past(&self, frame: &Frame) -> Item {
        let crossings = self.crossings(frame);
        let corner = Point { x: frame.lanes_x, y: frame.top };
        let first = crossings.first().map_or(frame.now_x, |(_, p)| p.x);
        let last = crossings.last().map_or(frame.now_x, |(_, p)| p.x);
        let mut segments = vec![Segment::To(Point { x: first, y: frame.top })];
        segments.extend(crossings.first().map(|(_, p)| Segment::To(*p)));
        segments.extend(crossings.windows(2).map(|pair| curve(pair[0].1, pair[1].1)));
        segments.push(Segment::To(Point { x: last, y: frame.bottom }));
        segments.push(Segment::To(Point { x: frame.lanes_x, y: frame.bottom }));
        segments.push(Segment::To(corner));
        let marks = vec![Mark { role: Role::PastOfCut(self.snapshot), shape: Shape::Path(corner, segments) }];
        Item { key: Key::Past(self.snapshot), target: None, marks }
    }

    /// Where it leaves the figure at the top.
    pub(crate) fn top(&self, frame: &Frame) -> Option<i32> {
        self.crossings(frame).first().map(|(_, point)| point.x)
    }

    /// From where to where it reaches.
    pub(crate) fn span(&self, frame: &Frame) -> Option<(i32, i32)> {
        let xs = || self.crossings(frame).into_iter().map(|(_, point)| point.x);
        Some((xs().min()?, xs().max()?))
    }

    /// The line, in pieces from process to process; with its number, if that is asked for.
    pub(crate) fn line(&self, frame: &Frame, named: bool) -> Item {
        let crossings = self.crossings(frame);
        let role = |known: bool| if known { Role::Cut(self.snapshot) } else { Role::CutSoFar(self.snapshot) };
        let mut marks = Vec::new();
        let mut piece = |known: bool, from: Point, segment: Segment| {
            marks.push(Mark { role: role(known), shape: Shape::Path(from, vec![segment]) });
        };
        let name = named.then(|| (self.snapshot.0 + 1).to_string());
        if let Some((process, first)) = crossings.first() {
            piece(self.has(*process), Point { x: first.x, y: frame.top }, Segment::To(*first));
        }
        for pair in crossings.windows(2) {
            let [(upper, from), (lower, to)] = [pair[0], pair[1]];
            piece(self.has(upper) && self.has(lower), from, curve(from, to));
        }
        if let Some((process, last)) = crossings.last() {
            piece(self.has(*process), *last, Segment::To(Point { x: last.x, y: frame.bottom }));
        }
        if let (Some(name), Some((_, first))) = (name, crossings.first()) {
            let at = Point { x: first.x, y: frame.top - 7 };
            marks.push(Mark { role: Role::CutName(self.snapshot), shape: Shape::Text(at, Anchor::Middle, name) });
        }
        Item { key: Key::Cut(self.snapshot), target: None, marks }
    }
}

/// From line to line, leaving and arriving straight downwards.
fn curve(from: Point, to: Point) -> Segment {
    let middle = i32::midpoint(from.y, to.y);
    Segment::Curve(Point { x: from.x, y: middle }, Point { x: to.x, y: middle }, to)
}
