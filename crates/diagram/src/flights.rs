//! Messages and control messages as arrows.

use crate::chart::{Again, Chart, Flight, What};
use crate::crowd::NOT_YET;
use crate::edge::Edge;
use crate::frame::{along, short_of};
use crate::layout::{Builder, Detail};
use crate::riding::Label;
use crate::scene::{Key, Mark, Point, Role, Shape, Target};

/// How an arrow lies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Course {
    pub from: Point,
    pub to: Point,
    /// Whether it ends at a line, so that it has a tip.
    pub arrives: bool,
}

/// How far on its way something is when the network loses it, in hundredths. (Nobody knows; it has to be drawn
/// somewhere.)
const ON_THE_WAY: i32 = 60;

impl Builder<'_> {
    /// How a flight lies at the present moment; none if it has not begun.
    pub(crate) fn course(&self, at: usize, edge: &Edge) -> Option<Course> {
        let flight = &self.chart.flights()[at];
        if flight.sent > self.view.now {
            return None;
        }
        match edge.place(at) {
            Some(waits) => {
                let from = self.start(flight, self.chart, |of| self.course(of, edge));
                Some(Course { from, to: waits.at, arrives: false })
            }
            None => Some(self.whole_course(flight, self.chart)),
        }
    }

    /// Where it begins: at the line of its sender, or, if the network made it, on the way of what it is a copy of.
    fn start(&self, flight: &Flight, branch: &Chart, original: impl Fn(usize) -> Option<Course>) -> Point {
        let sender = branch.topology().channel(flight.channel).from;
        let Some(Again::ByNetwork(of)) = flight.again else { return self.frame.at(sender, flight.sent) };
        let Some(Course { from, to, .. }) = original(of) else { return self.frame.at(sender, flight.sent) };
        let (begins, ends) = (self.frame.along(from), self.frame.along(to));
        let passed = (self.frame.moment(flight.sent) - begins) * 100 / (ends - begins).max(1);
        along(from, to, passed.clamp(20, 80))
    }

    /// From its sending to its end, whether that has come or not. What is under way at the end of its branch is drawn
    /// as if it came next.
    pub(crate) fn whole_course(&self, flight: &Flight, branch: &Chart) -> Course {
        let from = self.start(flight, branch, |of| Some(self.whole_course(branch.flights().get(of)?, branch)));
        let to = branch.topology().channel(flight.channel).to;
        let end = self.frame.at(to, flight.end().unwrap_or(branch.steps() + 1));
        match (flight.received, flight.lost) {
            (Some(_), _) => Course { from, to: end, arrives: true },
            (None, Some(_)) => Course { from, to: along(from, end, ON_THE_WAY), arrives: false },
            // Not quite there.
            (None, None) => Course { from, to: along(from, end, 85), arrives: false },
        }
    }

    /// The flights that have begun and cross the window, each with how it lies. Of those that are under way and were
    /// sent before the window only those that have a place of their own at the edge.
    pub(crate) fn begun(&self, edge: &Edge) -> Vec<(usize, Course)> {
        let flights = self.chart.flights();
        let begun = flights.partition_point(|flight| flight.sent <= self.view.now);
        let drawn = (0..begun).filter_map(|at| {
            let course = self.course(at, edge)?;
            let (from, to) = (self.frame.along(course.from), self.frame.along(course.to));
            let is_one_of_many = edge.place(at).is_some_and(|waits| !edge.is_shown(waits));
            let visible = self.meets_window(from, to) && (!is_one_of_many || from >= self.window.0);
            visible.then_some((at, course))
        });
        drawn.collect()
    }

    pub(crate) fn arrows(&mut self, edge: &Edge) {
        for (at, course) in self.begun(edge) {
            let flight = &self.chart.flights()[at];
            let (key, target, role) = match flight.what {
                What::Message(id) => {
                    let role = self.kept_in_shown(flight).map_or(Role::Message, Role::MessageInChannel);
                    (Key::MessageArrow(id), Target::Message(id), role)
                }
                What::Marker(id, snapshot) | What::Report(id, snapshot) if self.view.hidden.contains(&snapshot) => {
                    if course.arrives {
                        continue;
                    }
                    // It waits in its channel, where others may wait for it.
                    (Key::Control(id), Target::Control(id), Role::GhostMarker(snapshot))
                }
                What::Marker(id, snapshot) => (Key::Control(id), Target::Control(id), Role::Marker(snapshot)),
                What::Report(id, snapshot) => (Key::Control(id), Target::Control(id), Role::Report(snapshot)),
            };
            self.crowd.add_line(course.from, course.to, self.settles(flight));
            let mut marks = vec![Mark { role, shape: self.arrow(flight.what, course) }];
            marks.extend(self.own_sending(flight, course).filter(|_| !matches!(role, Role::GhostMarker(_))));
            marks.extend(self.mishaps(flight, course));
            marks.extend(self.bar(flight, course));
            let key = if flight.again.is_some() { Key::Again(number(at)) } else { key };
            self.put(key, Some(target), marks);
        }
    }

    /// The place where a control message was sent, where that is not where its sender recorded, which is marked anyway.
    fn own_sending(&self, flight: &Flight, course: Course) -> Option<Mark> {
        let role = Role::MarkerSending(flight.what.snapshot()?);
        let shape = Shape::Circle(course.from, self.dot_radius() - 1);
        self.is_sent_alone(flight, self.chart).then_some(Mark { role, shape })
    }

    /// Whether a control message is sent at another step than that at which its sender records.
    pub(crate) fn is_sent_alone(&self, flight: &Flight, branch: &Chart) -> bool {
        let recordings = flight.what.snapshot().and_then(|snapshot| branch.recordings().get(snapshot.index()));
        let sender = branch.topology().channel(flight.channel).from;
        let recorded = recordings.and_then(|recordings| recordings.points[sender.index()]);
        recorded.is_some_and(|recorded| recorded.step != flight.sent)
    }

    /// The line of an arrow, short of what stands at its ends.
    pub(crate) fn arrow(&self, what: What, course: Course) -> Shape {
        let (start, gap) = match (what, self.detail) {
            (What::Message(_), Detail::Full) => (4, 6),
            (What::Message(_), _) => (2, 3),
            (_, Detail::Full) => (10, 3),
            _ => (4, 2),
        };
        let from = short_of(course.to, course.from, start);
        if course.arrives {
            Shape::Arrow(from, short_of(course.from, course.to, gap))
        } else {
            Shape::Line(from, course.to)
        }
    }

    /// The ends and labels of messages. The crowd decides where on its arrow a label stands.
    pub(crate) fn messages(&mut self, edge: &Edge) {
        let radius = self.dot_radius();
        for (at, course) in self.begun(edge) {
            let flight = &self.chart.flights()[at];
            let What::Message(id) = flight.what else { continue };
            let by_network = matches!(flight.again, Some(Again::ByNetwork(_)));
            let begins = if by_network { radius / 2 } else { radius };
            let mut marks = vec![Mark { role: Role::Sending, shape: Shape::Circle(course.from, begins) }];
            if let Some(place) = self.receipt(flight, course) {
                marks.push(Mark { role: Role::Receipt, shape: Shape::Circle(place, radius) });
            }
            if self.detail == Detail::Full {
                let label = self.label(flight);
                let (places, _) = self.label_places(course, &label);
                let place = self.place_of(Key::Message(id)).filter(|_| flight.again.is_none());
                let place = place.map_or(places[0], |at| places[at]);
                marks.extend(label.marks(place, self.label_size(), self.kept_in_shown(flight)));
            }
            let key = if flight.again.is_some() { Key::AgainEnds(number(at)) } else { Key::Message(id) };
            self.put(key, Some(Target::Message(id)), marks);
        }
    }

    pub(crate) fn dot_radius(&self) -> i32 {
        match (self.detail, self.frame.compact) {
            (Detail::Full, false) => 5,
            (Detail::Full, true) => 4,
            _ => 3,
        }
    }

    /// Size of the letters and height of the box, in pixels.
    fn label_size(&self) -> (i32, i32) {
        if self.frame.compact { (13, 20) } else { (14, 22) }
    }

    /// From which step on it stays where it is.
    pub(crate) fn settles(&self, flight: &Flight) -> usize {
        flight.end().filter(|end| *end <= self.view.now).unwrap_or(NOT_YET)
    }

    /// Where on its arrow a label may stand, and its width and height. Its own arrow crosses all these places alike, so it
    /// does not weigh.
    pub(crate) fn label_places(&self, course: Course, label: &Label) -> ([Point; 7], (i32, i32)) {
        let (size, height) = self.label_size();
        let width = label.width(size);
        let places = [50, 38, 62, 30, 70, 22, 78].map(|hundredths| along(course.from, course.to, hundredths));
        (places, (width, height))
    }
}

/// A number for a key.
pub(crate) fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
