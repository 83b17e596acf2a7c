//! What goes wrong, on the picture: what the network loses, what comes before its turn, processes that stop.

use crate::chart::Flight;
use crate::flights::Course;
use crate::frame::along;
use crate::layout::{Builder, Detail};
use crate::scene::{Key, Mark, Point, Role, Segment, Shape, Target};
use cutline_core::ProcessId;

impl Builder<'_> {
    /// What goes wrong with something that crosses.
    pub(crate) fn mishaps(&self, flight: &Flight, course: Course) -> Vec<Mark> {
        let mut marks = Vec::new();
        let happened = |step: Option<usize>| step.filter(|step| *step <= self.view.now);
        if happened(flight.lost).is_some() {
            marks.push(Mark { role: Role::Loss, shape: cross(course.to, self.dot_radius() + 1) });
        }
        if course.arrives && flight.surplus {
            marks.push(Mark { role: Role::Loss, shape: cross(course.to, self.dot_radius()) });
        }
        if happened(flight.corrupted).is_some() {
            marks.push(Mark { role: Role::Corruption, shape: zigzag(along(course.from, course.to, 25)) });
        }
        if let Some((from, to)) = self.held_back(flight, course) {
            marks.push(Mark { role: Role::HeldBack, shape: Shape::Line(from, to) });
        }
        marks
    }

    /// Where a message is received, if it is: not always where it comes.
    pub(crate) fn receipt(&self, flight: &Flight, course: Course) -> Option<Point> {
        match flight.early {
            _ if !course.arrives || flight.surplus => None,
            None => Some(course.to),
            Some(handed_over) => {
                let step = handed_over.filter(|step| *step <= self.view.now)?;
                Some(self.frame.at(self.chart.topology().channel(flight.channel).to, step))
            }
        }
    }

    /// From where something comes early to where it is handed over, or to the present.
    fn held_back(&self, flight: &Flight, course: Course) -> Option<(Point, Point)> {
        let handed_over = flight.early.filter(|_| course.arrives)?;
        let to = self.chart.topology().channel(flight.channel).to;
        let end = handed_over.filter(|step| *step <= self.view.now);
        let end = end.map_or(self.frame.point(self.frame.now, self.frame.lane(to)), |step| self.frame.at(to, step));
        Some((course.to, end))
    }

    /// The stretches in which processes do nothing, since they have crashed.
    pub(crate) fn outages(&mut self) {
        let now = self.view.now;
        for process in self.chart.topology().processes() {
            for (from, to) in self.chart.outages(process) {
                let end = to.filter(|step| *step <= now);
                let until = end.map_or(self.frame.now, |step| self.frame.moment(step));
                if *from <= now && self.meets_window(self.frame.moment(*from), until) {
                    let marks = self.outage(process, *from, until, end.is_some());
                    let key = Key::Outage(process, u32::try_from(*from).unwrap_or(u32::MAX));
                    self.put(key, Some(Target::Process(process)), marks);
                }
            }
        }
    }

    fn outage(&self, process: ProcessId, from: usize, until: i32, is_over: bool) -> Vec<Mark> {
        let (at, end) = (self.frame.at(process, from), self.frame.point(until, self.frame.lane(process)));
        let radius = if self.detail == Detail::Full { 6 } else { 4 };
        let mut marks = vec![
            Mark { role: Role::Outage, shape: Shape::Line(at, end) },
            Mark { role: Role::Crash, shape: cross(at, radius) },
        ];
        if is_over {
            let to = |along: i32, across: i32| {
                let (begins, lane) = (self.frame.along(end), self.frame.across(end));
                self.frame.point(begins + along, lane + across)
            };
            let segments =
                vec![Segment::To(to(radius, 0)), Segment::To(to(-radius, radius)), Segment::To(to(-radius, -radius))];
            marks.push(Mark { role: Role::Restart, shape: Shape::Path(to(-radius, -radius), segments) });
        }
        marks
    }
}

/// A small flash across an arrow.
fn zigzag(at: Point) -> Shape {
    let to = |x: i32, y: i32| Point { x: at.x + x, y: at.y + y };
    Shape::Path(to(2, -9), vec![Segment::To(to(-4, 1)), Segment::To(to(4, -1)), Segment::To(to(-2, 9))])
}

fn cross(at: Point, radius: i32) -> Shape {
    let to = |x: i32, y: i32| Point { x: at.x + x, y: at.y + y };
    let segments =
        vec![Segment::To(to(radius, radius)), Segment::Move(to(radius, -radius)), Segment::To(to(-radius, radius))];
    Shape::Path(to(-radius, -radius), segments)
}
