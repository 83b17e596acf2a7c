//! A cut of the reader's own: a line that crosses each process after one of its steps, with a handle there.

use crate::chart::What;
use crate::layout::Builder;
use crate::scene::{Key, Mark, Point, Role, Segment, Shape, Target};
use cutline_core::{MessageId, ProcessId};

/// A line over all processes, and what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnCut<'a> {
    /// After which step it crosses each process.
    pub steps: &'a [usize],
    /// The messages that are received before it and sent after it, in the order of their numbers.
    pub orphans: &'a [MessageId],
    /// The messages that are sent before it and not received before it, in the order of their numbers.
    pub in_transit: &'a [MessageId],
}

impl Builder<'_> {
    /// What shows through from under the arrows: the messages that matter to the line.
    pub(crate) fn own_cut_messages(&mut self) {
        let Some(own) = self.view.own_cut else { return };
        let (chart, now) = (self.chart, self.view.now);
        let flights: Vec<_> = chart.flights().iter().filter(|one| one.sent <= now && self.is_in_window(one)).collect();
        for flight in flights {
            let What::Message(message) = flight.what else { continue };
            let role = match (own.orphans.binary_search(&message), own.in_transit.binary_search(&message)) {
                (Ok(_), _) => Role::OwnOrphan,
                (_, Ok(_)) => Role::OwnInTransit,
                _ => continue,
            };
            let ends = chart.topology().channel(flight.channel);
            let from = self.frame.at(ends.from, flight.sent);
            let to = match flight.received.filter(|step| *step <= now) {
                Some(step) => self.frame.at(ends.to, step),
                None => continue,
            };
            self.put(Key::OwnMessage(message), None, vec![Mark { role, shape: Shape::Line(from, to) }]);
        }
    }

    fn crossings(&self) -> Vec<(ProcessId, Point)> {
        let frame = self.frame;
        let steps = self.view.own_cut.map_or(&[][..], |own| own.steps);
        let crossing =
            |(process, step): (ProcessId, &usize)| (process, frame.point(frame.after(*step), frame.lane(process)));
        let crossings: Vec<_> = (0..).map(ProcessId).zip(steps).map(crossing).collect();
        let along = || crossings.iter().map(|(_, point)| frame.along(*point));
        let (first, last) = (along().min().unwrap_or_default(), along().max().unwrap_or_default());
        if self.meets_window(first, last) { crossings } else { Vec::new() }
    }

    /// The line, in front of arrows and behind words.
    pub(crate) fn own_cut(&mut self) {
        let Some(own) = self.view.own_cut else { return };
        let frame = self.frame;
        let crossings = self.crossings();
        let (Some((_, first)), Some((_, last))) = (crossings.first(), crossings.last()) else { return };
        let mut segments = vec![Segment::To(*first)];
        segments.extend(crossings.windows(2).map(|pair| {
            let [(_, from), (_, to)] = [pair[0], pair[1]];
            let middle = i32::midpoint(frame.across(from), frame.across(to));
            Segment::Curve(frame.point(frame.along(from), middle), frame.point(frame.along(to), middle), to)
        }));
        segments.push(Segment::To(frame.point(frame.along(*last), frame.edges.1)));
        let role = if own.orphans.is_empty() { Role::OwnCut } else { Role::OwnCutWrong };
        let start = frame.point(frame.along(*first), frame.edges.0);
        self.put(Key::OwnCut, None, vec![Mark { role, shape: Shape::Path(start, segments) }]);
    }

    /// Its handles, in front of all else.
    pub(crate) fn own_cut_handles(&mut self) {
        let (frame, crossings) = (self.frame, self.crossings());
        let (size, reach) = if frame.compact { (8, 22) } else { (7, 18) };
        for (process, at) in crossings {
            let tip = |dx: i32, dy: i32| Point { x: at.x + dx, y: at.y + dy };
            let diamond = [tip(size, 0), tip(0, size), tip(-size, 0), tip(0, -size)].map(Segment::To);
            let marks = vec![
                Mark { role: Role::HitArea, shape: Shape::Circle(at, reach.min(frame.lane_gap / 2)) },
                Mark { role: Role::OwnHandle, shape: Shape::Path(tip(0, -size), diamond.to_vec()) },
            ];
            self.put(Key::OwnHandle(process), Some(Target::OwnCut(process)), marks);
        }
    }
}
