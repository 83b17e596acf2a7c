//! What is not as it happened: the future of the branch beyond the present, or another branch, drawn faintly.

use crate::chart::{Chart, Flight, What};
use crate::edge::Edge;
use crate::flights::Course;
use crate::layout::{Builder, Detail};
use crate::points::ring;
use crate::scene::{Anchor, Key, Mark, Point, Role, Shape, Target};

/// Steps of a branch that are drawn faintly.
#[derive(Clone, Copy)]
struct Shadow<'a> {
    chart: &'a Chart,
    /// Those after this one.
    after: usize,
    /// Whether it is another branch than the current one.
    other: bool,
}

impl<'a> Builder<'a> {
    fn shadows(&self) -> Vec<Shadow<'a>> {
        let ghost = self.view.ghost;
        let other = ghost.other.map(|(chart, after)| Shadow { chart, after, other: true });
        let ahead = ghost.ahead.then_some(Shadow { chart: self.chart, after: self.view.now, other: false });
        other.into_iter().chain(ahead).collect()
    }

    /// The flights of a branch that are sent or end after its shadow begins, with how they lie. One that waits at the
    /// edge goes on from there.
    fn shadowed(&self, shadow: Shadow<'a>, edge: &Edge) -> Vec<(&'a Flight, Course)> {
        let course = |(at, flight): (usize, &'a Flight)| {
            let to_come = flight.sent > shadow.after || flight.end().is_some_and(|end| end > shadow.after);
            if !to_come {
                return None;
            }
            let whole = self.whole_course(flight, shadow.chart);
            let waits = if shadow.other { None } else { edge.place(at) };
            let course = match waits {
                Some(waits) if !edge.is_shown(waits) => return None,
                Some(waits) => Course { from: waits.at, ..whole },
                None => whole,
            };
            let (from, to) = (self.frame.along(course.from), self.frame.along(course.to));
            self.meets_window(from.min(to), from.max(to)).then_some((flight, course))
        };
        shadow.chart.flights().iter().enumerate().filter_map(course).collect()
    }

    /// The faint arrows and, on the lines, what else is to come.
    pub(crate) fn ghost_arrows(&mut self, edge: &Edge) {
        for shadow in self.shadows() {
            self.shadow_arrows(shadow, edge);
            self.shadow_points(shadow);
            self.shadow_acts(shadow);
        }
    }

    fn shadow_arrows(&mut self, shadow: Shadow<'a>, edge: &Edge) {
        let Shadow { after, other, .. } = shadow;
        for (flight, course) in self.shadowed(shadow, edge) {
            let (key, target, role) = match flight.what {
                What::Message(id) => {
                    let key = if other { Key::OtherArrow(id) } else { Key::GhostArrow(id) };
                    (key, Target::Message(id), Role::GhostMessage)
                }
                What::Marker(id, snapshot) | What::Report(id, snapshot) => {
                    let key = if other { Key::OtherControl(id) } else { Key::GhostControl(id) };
                    (key, Target::Control(id), Role::GhostMarker(snapshot))
                }
            };
            if role.snapshot().is_some_and(|snapshot| self.view.hidden.contains(&snapshot)) {
                continue;
            }
            let shape = self.arrow(flight.what, course);
            let named = !other && flight.sent > after;
            self.put(key, named.then_some(target), vec![Mark { role, shape }]);
        }
    }

    fn shadow_points(&mut self, shadow: Shadow<'a>) {
        let Shadow { chart, after, other } = shadow;
        let radius = self.ring_radius();
        for recordings in chart.recordings().iter().filter(|one| !self.view.hidden.contains(&one.snapshot)) {
            for process in chart.topology().processes() {
                let Some(point) = recordings.points[process.index()].filter(|point| point.step > after) else {
                    continue;
                };
                let at = self.frame.at(process, point.step);
                if !self.meets_window(self.frame.along(at), self.frame.along(at)) {
                    continue;
                }
                let snapshot = recordings.snapshot;
                let key =
                    if other { Key::OtherRecording(snapshot, process) } else { Key::Recording(snapshot, process) };
                let mark = Mark { role: Role::GhostRecording(snapshot), shape: ring(at, radius, snapshot) };
                self.put(key, None, vec![mark]);
            }
        }
    }

    fn shadow_acts(&mut self, shadow: Shadow<'a>) {
        let Shadow { chart, after, other } = shadow;
        for process in chart.topology().processes() {
            let acts = chart.acts(process);
            for act in &acts[self.first_act_in_window(acts)..] {
                let taken = act.steps.partition_point(|step| *step <= after);
                let rest = &act.steps[taken..];
                let Some(first) = rest.first() else { continue };
                if self.frame.moment(*first) > self.window.1 {
                    break;
                }
                let marks = self.solitude(process, rest, Role::GhostEnd);
                let first = u32::try_from(*first).unwrap_or(u32::MAX);
                let key = if other { Key::OtherAct(first) } else { Key::GhostAct(first) };
                self.put(key, None, marks);
            }
        }
    }

    /// The faint ends and labels.
    pub(crate) fn ghost_messages(&mut self, edge: &Edge) {
        self.shadows().into_iter().for_each(|shadow| self.shadow_messages(shadow, edge));
    }

    fn shadow_messages(&mut self, shadow: Shadow<'a>, edge: &Edge) {
        let Shadow { after, other, .. } = shadow;
        let radius = self.dot_radius() - 1;
        for (flight, course) in self.shadowed(shadow, edge) {
            let What::Message(id) = flight.what else { continue };
            let mut marks = Vec::new();
            if flight.sent > after {
                marks.push(Mark { role: Role::GhostEnd, shape: Shape::Circle(course.from, radius) });
            }
            if course.arrives {
                marks.push(Mark { role: Role::GhostEnd, shape: Shape::Circle(course.to, radius) });
            }
            if flight.sent > after && self.detail == Detail::Full {
                let words = self.view.words.payload(flight.payload);
                let (place, _, _) = self.label_place(course, &words);
                let baseline = Point { x: place.x, y: place.y + 5 };
                marks.push(Mark { role: Role::GhostLabel, shape: Shape::Text(baseline, Anchor::Middle, words) });
            }
            let key = if other { Key::OtherMessage(id) } else { Key::GhostMessage(id) };
            let named = !other && flight.sent > after;
            self.put(key, named.then_some(Target::Message(id)), marks);
        }
    }
}
