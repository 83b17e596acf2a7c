//! Many events in few pixels: what happened together is drawn together.

use crate::chart::What;
use crate::edge::Edge;
use crate::flights::Course;
use crate::layout::Builder;
use crate::scene::{Key, Mark, Point, Role, Segment, Shape, Target};
use cutline_core::{ProcessId, SnapshotId};
use std::collections::BTreeMap;

/// Along: how wide a stretch is that is looked at together, in pixels.
const BIN: i32 = 4;
/// Messages that stand in the recorded state of a channel are drawn one by one, up to so many.
const KEPT_ONE_BY_ONE: usize = 60;
/// How many events in one stretch of a line are some, and how many are many.
const SOME: u32 = 2;
const MANY: u32 = 6;

/// The arrows of one kind, without those that would cover each other.
#[derive(Default)]
struct Bundle(Vec<(Point, Point)>);

impl Bundle {
    fn add(&mut self, course: Course) {
        self.0.push((course.from, course.to));
    }

    fn shape(mut self) -> Option<Shape> {
        self.0.sort_unstable();
        self.0.dedup();
        let (first, rest) = self.0.split_first()?;
        let mut segments = vec![Segment::To(first.1)];
        segments.extend(rest.iter().flat_map(|(from, to)| [Segment::Move(*from), Segment::To(*to)]));
        Some(Shape::Path(first.0, segments))
    }
}

impl Builder<'_> {
    /// All arrows of the window as one mark a kind, and how busy each line was.
    pub(crate) fn merged(&mut self, edge: &Edge) {
        let mut messages = Bundle::default();
        let mut markers: BTreeMap<SnapshotId, Bundle> = BTreeMap::new();
        let mut kept = Vec::new();
        for (at, course) in self.begun(edge) {
            let flight = &self.chart.flights()[at];
            match (flight.what, self.kept_in_shown(flight)) {
                (What::Message(id), Some(snapshot)) if kept.len() < KEPT_ONE_BY_ONE => {
                    kept.push((id, snapshot, course));
                }
                (What::Message(_), _) => messages.add(self.rounded(course)),
                (What::Marker(_, snapshot) | What::Report(_, snapshot), _) => {
                    if !self.view.hidden.contains(&snapshot) {
                        markers.entry(snapshot).or_default().add(self.rounded(course));
                    }
                }
            }
        }
        self.merged_ghost();
        if let Some(shape) = messages.shape() {
            self.put(Key::Traffic, None, vec![Mark { role: Role::Traffic, shape }]);
        }
        self.busy_lines();
        for (snapshot, bundle) in markers {
            if let Some(shape) = bundle.shape() {
                self.put(Key::MarkerTraffic(snapshot), None, vec![Mark { role: Role::MarkerTraffic(snapshot), shape }]);
            }
        }
        for (id, snapshot, course) in kept {
            let shape = Shape::Line(course.from, course.to);
            let mark = Mark { role: Role::MessageInChannel(snapshot), shape };
            self.put(Key::MessageArrow(id), Some(Target::Message(id)), vec![mark]);
        }
    }

    fn rounded(&self, course: Course) -> Course {
        let round = |point: Point| {
            let along = self.frame.along(point).div_euclid(BIN) * BIN + BIN / 2;
            self.frame.point(along, self.frame.across(point))
        };
        Course { from: round(course.from), to: round(course.to), ..course }
    }

    fn merged_ghost(&mut self) {
        if !self.view.ghost.ahead {
            return;
        }
        let mut ghosts = Bundle::default();
        for flight in self.chart.flights() {
            let later = flight.sent > self.view.now && flight.end().is_some();
            if later && self.is_in_window(flight) && matches!(flight.what, What::Message(_)) {
                ghosts.add(self.rounded(self.whole_course(flight, self.chart)));
            }
        }
        if let Some(shape) = ghosts.shape() {
            self.put(Key::GhostTraffic, None, vec![Mark { role: Role::GhostTraffic, shape }]);
        }
    }

    /// How much happened on each stretch of each line.
    fn busy_lines(&mut self) {
        let (from, to) = (self.window.0.div_euclid(BIN), self.window.1.min(self.frame.now).div_euclid(BIN));
        let bins = usize::try_from(to - from + 1).unwrap_or(0);
        let mut counts = vec![vec![0_u32; bins]; self.chart.topology().process_count()];
        let mut count = |process: ProcessId, step: usize| {
            let bin = usize::try_from(self.frame.moment(step).div_euclid(BIN) - from).ok();
            if let Some(count) =
                bin.filter(|_| step <= self.view.now).and_then(|bin| counts[process.index()].get_mut(bin))
            {
                *count += 1;
            }
        };
        for flight in self.chart.flights() {
            let channel = self.chart.topology().channel(flight.channel);
            count(channel.from, flight.sent);
            flight.received.into_iter().for_each(|step| count(channel.to, step));
        }
        for process in self.chart.topology().processes() {
            self.chart.acts(process).iter().flat_map(|act| &act.steps).for_each(|step| count(process, *step));
        }
        for (process, counts) in (0..).map(ProcessId).zip(counts) {
            let marks: Vec<Mark> = (0..3).filter_map(|level| self.busy_line(process, &counts, from, level)).collect();
            if !marks.is_empty() {
                self.put(Key::Busy(process), Some(Target::Process(process)), marks);
            }
        }
    }

    /// The stretches of one line that are busy to one degree.
    fn busy_line(&self, process: ProcessId, counts: &[u32], first: i32, level: u8) -> Option<Mark> {
        let degree = |count: u32| match count {
            0 => None,
            1..=SOME => Some(0),
            n if n <= MANY => Some(1),
            _ => Some(2),
        };
        let lane = self.frame.lane(process);
        let mut stretches = Vec::new();
        let mut since = None;
        for (at, count) in counts.iter().chain([&0]).enumerate() {
            let along = (first + i32::try_from(at).unwrap_or(0)) * BIN;
            if degree(*count) == Some(level) {
                since.get_or_insert(along);
            } else if let Some(from) = since.take() {
                stretches.push((self.frame.point(from, lane), self.frame.point(along, lane)));
            }
        }
        Some(Mark { role: Role::Busy(level), shape: Bundle(stretches).shape()? })
    }
}
