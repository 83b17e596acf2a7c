//! The edge of the present, at which everything waits that is under way.

use crate::chart::{Chart, What};
use crate::crowd::NOT_YET;
use crate::frame::Frame;
use crate::layout::Builder;
use crate::scene::{Anchor, Key, Mark, Point, Role, Segment, Shape, Target};
use cutline_core::topology::Order;
use cutline_core::{ChannelId, ProcessId};
use std::collections::BTreeMap;

/// How many items of one channel have a place of their own at the edge; the rest share the last.
const SHOWN: u32 = 4;
/// The same where many channels hold something.
const SHOWN_OF_MANY: u32 = 1;
/// So many channels are many.
const MANY: usize = 60;

/// Where everything waits.
pub(crate) struct Edge {
    /// By flight.
    waiting: BTreeMap<usize, Waits>,
    /// How many items of a channel share its last place with the one that is drawn there.
    behind: BTreeMap<ChannelId, u32>,
    shown: u32,
}

/// The place of one item.
#[derive(Clone, Copy)]
pub(crate) struct Waits {
    pub at: Point,
    /// Its place in its channel.
    pub position: u32,
}

impl Edge {
    /// What is under way waits beside the line that it is going to: the nearer its sender the nearer the line, and
    /// along a channel in its order.
    pub(crate) fn new(chart: &Chart, frame: &Frame, now: usize) -> Self {
        let mut sides: BTreeMap<(ProcessId, bool), Vec<usize>> = BTreeMap::new();
        let mut items: BTreeMap<ChannelId, u32> = BTreeMap::new();
        for (at, flight) in chart.flights().iter().enumerate().filter(|(_, flight)| flight.is_under_way(now)) {
            let channel = chart.topology().channel(flight.channel);
            sides.entry((channel.to, channel.from < channel.to)).or_default().push(at);
            *items.entry(flight.channel).or_default() += 1;
        }
        let shown = if items.len() > MANY { SHOWN_OF_MANY } else { SHOWN };
        let mut edge = Self { waiting: BTreeMap::new(), behind: BTreeMap::new(), shown };
        edge.behind = items.into_iter().map(|(channel, n)| (channel, n.saturating_sub(shown))).collect();
        for ((process, _), side) in &mut sides {
            side.sort_by_key(|at| {
                let flight = &chart.flights()[*at];
                let distance = chart.topology().channel(flight.channel).from.0.abs_diff(process.0);
                (distance, flight.channel, flight.rank, *at)
            });
        }
        for ((process, from_before), side) in &sides {
            // The neighbour across the gap has its own waiting there.
            let neighbour = if *from_before { process.0.checked_sub(1) } else { process.0.checked_add(1) };
            let facing = neighbour.and_then(|at| sides.get(&(ProcessId(at), !from_before)));
            let facing = facing.map_or(0, |facing| slots(chart, facing, shown).last().map_or(0, |(slot, _)| *slot));
            let places = slots(chart, side, shown);
            let here = places.last().map_or(0, |(slot, _)| *slot);
            for (flight, (slot, position)) in side.iter().zip(places) {
                let away = away(frame, slot, here + facing);
                let across = frame.lane(*process) + if *from_before { -away } else { away };
                edge.waiting.insert(*flight, Waits { at: frame.point(frame.now, across), position });
            }
        }
        edge
    }

    /// Where a flight waits; none if it is not under way.
    pub(crate) fn place(&self, flight: usize) -> Option<Waits> {
        self.waiting.get(&flight).copied()
    }

    /// Whether it has a place of its own.
    pub(crate) fn is_shown(&self, waits: Waits) -> bool {
        waits.position < self.shown
    }
}

/// For items under way, sorted by channel, the slot of each, counted from 1, and its position in its channel.
fn slots(chart: &Chart, under_way: &[usize], shown: u32) -> Vec<(i32, u32)> {
    let (mut slot, mut position) = (0, 0);
    let mut before = None;
    let place = |at: &usize| {
        let channel = chart.flights()[*at].channel;
        position = if before.replace(channel) == Some(channel) { position + 1 } else { 0 };
        slot += i32::from(position < shown);
        (slot, position)
    };
    under_way.iter().map(place).collect()
}

/// How far from its line the end in a slot is, counted from 1, with so many in the gap between two lines, from both
/// its sides. All of them stay apart, as long as there are not more of them than pixels.
fn away(frame: &Frame, slot: i32, count: i32) -> i32 {
    let widest = if frame.compact { 30 } else { 32 };
    (widest * slot).min(frame.lane_gap * slot / (count + 1))
}

impl Builder<'_> {
    /// No words on what can be clicked.
    pub(crate) fn keep_handles_free(&mut self, edge: &Edge) {
        for waits in edge.waiting.values() {
            self.crowd.add_area(crate::crowd::Area::around(waits.at, 28, 28), NOT_YET);
        }
    }

    /// What waits at the edge of the present: a handle for what can be delivered, a dot for what cannot.
    pub(crate) fn handles(&mut self, edge: &Edge) {
        if !self.meets_window(self.frame.now, self.frame.now) {
            return;
        }
        for (at, waits) in edge.waiting.iter().filter(|(_, waits)| edge.is_shown(**waits)) {
            let flight = &self.chart.flights()[*at];
            let first = waits.position == 0 || self.chart.topology().channel(flight.channel).order == Order::Unordered;
            let ready = first && !self.view.blocked.contains(&flight.channel);
            let mut marks = self.handle(flight.what, waits.at, ready);
            let behind = edge.behind.get(&flight.channel).copied().unwrap_or(0);
            if waits.position + 1 == edge.shown && behind > 0 {
                let place = Point { x: waits.at.x + 10, y: waits.at.y + 4 };
                let words = Shape::Text(place, Anchor::Start, format!("+{behind}"));
                marks.push(Mark { role: Role::MoreQueued, shape: words });
            }
            let key = Key::Handle(flight.channel, waits.position);
            self.put(key, Some(Target::Waiting(flight.channel, waits.position)), marks);
        }
    }

    fn handle(&self, what: What, at: Point, ready: bool) -> Vec<Mark> {
        let (radius, dot, reach) = if self.frame.compact { (10, 4, 20) } else { (11, 5, 16) };
        let radius = radius.min(self.frame.lane_gap * 2 / 5);
        let (role, sign) = match (what.snapshot(), ready) {
            (None, true) => (Role::Handle, Role::HandleSign),
            (None, false) => (Role::Queued, Role::HandleSign),
            (Some(snapshot), true) => (Role::MarkerHandle(snapshot), Role::MarkerHandleSign(snapshot)),
            (Some(snapshot), false) => (Role::MarkerQueued(snapshot), Role::MarkerHandleSign(snapshot)),
        };
        let mut marks = vec![Mark { role, shape: Shape::Circle(at, if ready { radius } else { dot }) }];
        if ready {
            let tip = |along: i32, across: i32| {
                let (now, lane) = (self.frame.along(at), self.frame.across(at));
                self.frame.point(now + along, lane + across)
            };
            let segments = vec![Segment::To(tip(3, 0)), Segment::To(tip(-2, 4))];
            marks.push(Mark { role: sign, shape: Shape::Path(tip(-2, -4), segments) });
            marks.push(Mark { role: Role::HitArea, shape: Shape::Circle(at, reach) });
        }
        marks
    }
}
