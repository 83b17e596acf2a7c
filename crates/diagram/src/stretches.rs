//! What lasts on the picture: a network that is apart, timers that are set.

use crate::chart::{Alarm, Flight, Split};
use crate::flights::{Course, number};
use crate::frame::short_of;
use crate::layout::{Builder, Detail};
use crate::scene::{Key, Mark, Point, Role, Segment, Shape, Target};
use cutline_core::ProcessId;

/// How large the sign of a timer that goes off is.
const CLOCK: i32 = 6;

impl Builder<'_> {
    /// The fences between the lines of neighbours between whom the network delivers nothing.
    pub(crate) fn fences(&mut self) {
        let processes: Vec<ProcessId> = self.chart.topology().processes().collect();
        for pair in processes.windows(2) {
            let across = i32::midpoint(self.frame.lane(pair[0]), self.frame.lane(pair[1]));
            for (from, until) in between(self.chart.splits(), pair[0], pair[1]) {
                if from > self.view.now {
                    break;
                }
                let end = until.filter(|step| *step <= self.view.now);
                let (begins, ends) =
                    (self.frame.moment(from), end.map_or(self.frame.now, |step| self.frame.moment(step)));
                if self.meets_window(begins, ends) {
                    let marks = self.fence((begins, ends), across, end.is_some());
                    self.put(Key::Fence(pair[0], number(from)), None, marks);
                }
            }
        }
    }

    /// Posts stand where it begins and, if it has, where it ends.
    fn fence(&self, (begins, ends): (i32, i32), across: i32, is_over: bool) -> Vec<Mark> {
        let at = |along: i32, aside: i32| self.frame.point(along, across + aside);
        let post = |along: i32| Mark { role: Role::FencePost, shape: Shape::Line(at(along, -9), at(along, 9)) };
        let mut marks = vec![Mark { role: Role::Fence, shape: Shape::Line(at(begins, 0), at(ends, 0)) }, post(begins)];
        marks.extend(is_over.then(|| post(ends)));
        marks
    }

    /// A bar before something that waits since the network delivers nothing on its channel.
    pub(crate) fn bar(&self, flight: &Flight, course: Course) -> Option<Mark> {
        let waits = flight.is_under_way(self.view.now) && self.chart.is_cut_off(flight.channel, self.view.now);
        if !waits || self.detail == Detail::Merged {
            return None;
        }
        let middle = short_of(course.from, course.to, 11);
        let (dx, dy) = (course.to.x - course.from.x, course.to.y - course.from.y);
        // Across the arrow: a way of the same length, turned.
        let aside = Point { x: middle.x - dy, y: middle.y + dx };
        let (one, other) = (short_of(aside, middle, 7), short_of(aside, middle, -7));
        Some(Mark { role: Role::Bar, shape: Shape::Path(one, vec![Segment::To(other)]) })
    }

    /// Where timers are set, and where they go off.
    pub(crate) fn alarms(&mut self) {
        let alarms: Vec<Alarm> =
            self.chart.alarms().iter().filter(|alarm| alarm.set <= self.view.now).copied().collect();
        for (at, alarm) in alarms.into_iter().enumerate() {
            let end = alarm.end().filter(|step| *step <= self.view.now);
            let (begins, ends) =
                (self.frame.moment(alarm.set), end.map_or(self.frame.now, |step| self.frame.moment(step)));
            if self.meets_window(begins, ends) {
                let marks = self.alarm((begins, ends), alarm.process, end.is_some() && alarm.rang.is_some());
                self.put(Key::Alarm(number(at)), Some(Target::Process(alarm.process)), marks);
            }
        }
    }

    fn alarm(&self, (begins, ends): (i32, i32), process: ProcessId, rings: bool) -> Vec<Mark> {
        let at = |along: i32| self.frame.point(along, self.frame.lane(process));
        let mut marks = vec![Mark { role: Role::Alarm, shape: Shape::Line(at(begins), at(ends)) }];
        if rings && self.detail != Detail::Merged {
            marks.push(Mark { role: Role::Ringing, shape: Shape::Circle(at(ends), CLOCK) });
            // The hands of a clock look alike whichever way time runs.
            let middle = at(ends);
            let hand = |x: i32, y: i32| Point { x: middle.x + x, y: middle.y + y };
            let hands = vec![Segment::To(middle), Segment::To(hand(3, 1))];
            marks.push(Mark { role: Role::Ringing, shape: Shape::Path(hand(0, -4), hands) });
        }
        marks
    }
}

/// From when to when something lies between two processes, each stretch once.
fn between(splits: &[Split], one: ProcessId, other: ProcessId) -> Vec<(usize, Option<usize>)> {
    let mut stretches: Vec<(usize, Option<usize>)> = Vec::new();
    for split in splits.iter().filter(|split| split.parts(one, other)) {
        let is_new = stretches.last().is_none_or(|(_, until)| until.is_some_and(|end| end <= split.from));
        stretches.extend(is_new.then_some((split.from, split.until)));
    }
    stretches
}
