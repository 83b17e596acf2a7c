//! What is not as it happened: the future of the branch beyond the present, or another branch, drawn faintly.

use crate::chart::{Chart, Flight, What};
use crate::crowd::{Area, NOT_YET};
use crate::edge::Edge;
use crate::flights::{Course, number};
use crate::layout::{Builder, Detail};
use crate::points::ring;
use crate::riding::Label;
use crate::scene::{Anchor, Key, Mark, Point, Role, Shape, Target};
use cutline_core::{ProcessId, SnapshotId};

/// Steps of a branch that are drawn faintly.
#[derive(Clone, Copy)]
struct Shadow<'a> {
    chart: &'a Chart,
    /// Those after this one.
    after: usize,
    /// Whether it is another branch than the current one.
    other: bool,
}

/// The messages of the current branch by their channels, and the control messages apart, to know again those of another
/// branch.
struct Known<'a>(Vec<Vec<&'a Flight>>);

impl<'a> Known<'a> {
    fn of(chart: &'a Chart) -> Self {
        let mut by_channel = vec![Vec::new(); 2 * chart.topology().channels().count()];
        chart.flights().iter().for_each(|flight| by_channel[Self::row(flight)].push(flight));
        Self(by_channel)
    }

    fn row(flight: &Flight) -> usize {
        2 * flight.channel.index() + usize::from(flight.what.snapshot().is_some())
    }

    /// For each flight of another branch the one that it is on the current branch, if there is such a one: the same in the
    /// order of its channel, with the same content.
    fn same(&self, other: &Chart) -> Vec<Option<&'a Flight>> {
        let mut places = vec![0; self.0.len()];
        let same = |flight: &Flight| {
            let place = &mut places[Self::row(flight)];
            *place += 1;
            let known = self.0[Self::row(flight)].get(*place - 1).copied()?;
            let alike = known.payload == flight.payload && known.what.snapshot() == flight.what.snapshot();
            alike.then_some(known)
        };
        other.flights().iter().map(same).collect()
    }
}

impl<'a> Builder<'a> {
    fn shadows(&self) -> Vec<Shadow<'a>> {
        let ghost = self.view.ghost;
        let other = ghost.other.map(|(chart, after)| Shadow { chart, after, other: true });
        let ahead = ghost.ahead.then_some(Shadow { chart: self.chart, after: self.view.now, other: false });
        other.into_iter().chain(ahead).collect()
    }

    /// The flights of a branch that are sent or end after its shadow begins: the place of each among all, how it lies, and
    /// whether it is on the current branch too, at other steps. One that waits at the edge goes on from there.
    fn shadowed(&self, shadow: Shadow<'a>, edge: &Edge) -> Vec<(usize, &'a Flight, Course, bool)> {
        let same = if shadow.other { Known::of(self.chart).same(shadow.chart) } else { Vec::new() };
        let course = |(at, flight): (usize, &'a Flight)| {
            let to_come = flight.sent > shadow.after || flight.end().is_some_and(|end| end > shadow.after);
            let same = same.get(at).copied().flatten();
            // What happens at the same steps on both branches is drawn once.
            let drawn = same.is_some_and(|same| (same.sent, same.end()) == (flight.sent, flight.end()));
            // Of another branch the copies that its network makes would only hide this one.
            if !to_come || drawn || shadow.other && flight.again.is_some() {
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
            self.meets_window(from.min(to), from.max(to)).then_some((at, flight, course, same.is_some()))
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
        for (at, flight, course, _) in self.shadowed(shadow, edge) {
            let (key, target, role) = match flight.what {
                What::Message(id) => {
                    let key = if other { Key::OtherArrow(id) } else { Key::GhostArrow(id) };
                    (key, Target::Message(id), Role::GhostMessage)
                }
                // Of another branch the recordings say enough: its markers would hide this one.
                What::Marker(..) | What::Report(..) if other => continue,
                What::Marker(id, snapshot) | What::Report(id, snapshot) => {
                    let key = Key::GhostControl(id);
                    (key, Target::Control(id), Role::GhostMarker(snapshot))
                }
            };
            if role.snapshot().is_some_and(|snapshot| self.view.hidden.contains(&snapshot)) {
                continue;
            }
            let shape = self.arrow(flight.what, course);
            let named = !other && flight.sent > after;
            let mut marks = vec![Mark { role, shape }];
            if let (What::Marker(_, snapshot) | What::Report(_, snapshot), true) = (flight.what, flight.sent > after)
                && self.is_sent_alone(flight, shadow.chart)
            {
                let role = Role::GhostRecording(snapshot);
                marks.push(Mark { role, shape: Shape::Circle(course.from, self.dot_radius() - 2) });
            }
            let key = if flight.again.is_some() { Key::GhostAgain(number(at)) } else { key };
            self.put(key, named.then_some(target), marks);
        }
    }

    fn shadow_points(&mut self, shadow: Shadow<'a>) {
        let Shadow { chart, after, other } = shadow;
        let radius = self.ring_radius();
        for recordings in chart.recordings().iter().filter(|one| !self.view.hidden.contains(&one.snapshot)) {
            for process in chart.topology().processes() {
                let Some(point) = recordings.points[process.index()].filter(|point| point.since > after) else {
                    continue;
                };
                if other && self.is_recorded_there(recordings.snapshot, process, point.step) {
                    continue;
                }
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

    fn is_recorded_there(&self, snapshot: SnapshotId, process: ProcessId, step: usize) -> bool {
        let recordings = self.chart.recordings().get(snapshot.index());
        let point = recordings.and_then(|recordings| recordings.points[process.index()]);
        point.is_some_and(|point| point.step == step)
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
        for (at, flight, course, is_known) in self.shadowed(shadow, edge) {
            let What::Message(id) = flight.what else { continue };
            let mut marks = Vec::new();
            if flight.sent > after {
                marks.push(Mark { role: Role::GhostEnd, shape: Shape::Circle(course.from, radius) });
            }
            if course.arrives {
                marks.push(Mark { role: Role::GhostEnd, shape: Shape::Circle(course.to, radius) });
            }
            if flight.sent > after && !is_known && self.detail == Detail::Full {
                let words = self.view.words.payload(flight.payload);
                let (places, (width, height)) = self.label_places(course, &Label::plain(words.clone()));
                let areas = places.map(|place| Area::around(place, width, height));
                let place = places[self.crowd.settle(&areas, NOT_YET)];
                let baseline = Point { x: place.x, y: place.y + 5 };
                marks.push(Mark { role: Role::GhostLabel, shape: Shape::Text(baseline, Anchor::Middle, words) });
            }
            let key = match flight.again {
                Some(_) => Key::GhostAgainEnds(number(at)),
                None if other => Key::OtherMessage(id),
                None => Key::GhostMessage(id),
            };
            let named = !other && flight.sent > after;
            self.put(key, named.then_some(Target::Message(id)), marks);
        }
    }
}
