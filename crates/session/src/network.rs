//! The network as a graph with what is in its channels, laid out as data: whole pixels, no browser.

use crate::catalogue::events::EventsText;
use crate::catalogue::mishaps::MishapText;
use crate::session::Session;
use crate::thing::Thing;
use crate::words::list;
use cutline_core::event::ControlRole;
use cutline_core::snapshot::ChannelRecord;
use cutline_core::topology::Order;
use cutline_core::world::Waiting;
use cutline_core::{Action, ChannelId, Event, ProcessId, Snapshot, SnapshotId};
use cutline_diagram::{Point, Segment, Target, Wording};
use std::collections::BTreeMap;

/// Where the reader has put processes, in thousandths of width and height; the others stand on a circle.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Places(BTreeMap<ProcessId, (i32, i32)>);

impl Places {
    pub(crate) fn put(&mut self, process: ProcessId, x: i32, y: i32) {
        self.0.insert(process, (x.clamp(0, WHOLE), y.clamp(0, WHOLE)));
    }

    /// Where a process is: where it was put, or else on a circle that begins at the top and goes clockwise.
    #[must_use]
    pub fn of(&self, process: ProcessId, processes: usize) -> (i32, i32) {
        self.0.get(&process).copied().unwrap_or_else(|| on_circle(process.index(), processes))
    }

    /// Those who have been moved, and where to.
    pub(crate) fn moved(&self) -> impl Iterator<Item = (ProcessId, (i32, i32))> + '_ {
        self.0.iter().map(|(process, place)| (*process, *place))
    }

    /// Whether somebody has been moved.
    #[must_use]
    pub fn any(&self) -> bool {
        !self.0.is_empty()
    }
}

const WHOLE: i32 = 1000;

/// The network, laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// Its width in pixels.
    pub width: i32,
    /// Its height in pixels.
    pub height: i32,
    /// The processes.
    pub nodes: Vec<Node>,
    /// The channels.
    pub edges: Vec<Edge>,
    /// What is under way, and what has just arrived.
    pub items: Vec<Item>,
}

/// A process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Which.
    pub process: ProcessId,
    /// Its middle.
    pub at: Point,
    /// Its radius in pixels.
    pub radius: i32,
    /// Its name.
    pub name: String,
    /// What it holds, in as few words as possible.
    pub state: String,
    /// What it is called for those who hear it.
    pub label: String,
    /// Where its name stands, if there is no room for it inside.
    pub beside: Option<Point>,
    /// Whether it is there: it has joined, and not left.
    pub is_here: bool,
    /// Whether it has recorded for the snapshot that is shown.
    pub recorded: Option<SnapshotId>,
}

/// A channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Which.
    pub channel: ChannelId,
    /// Where it begins.
    pub from: Point,
    /// Its way to its end.
    pub way: Segment,
    /// The direction in which it ends: the point from which the arrow head comes.
    pub comes_from: Point,
    /// Where it ends.
    pub to: Point,
    /// What it holds, in words.
    pub label: String,
    /// How far its recording for the snapshot that is shown has come.
    pub recording: Recording,
    /// Whether it joins two that are there, or something is still on it.
    pub is_used: bool,
    /// How many items have no room on it, and where their number stands.
    pub more: Option<(usize, Point)>,
}

/// How far the recording of a channel has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recording {
    /// It has not begun, or there is no snapshot.
    NotStarted,
    /// What comes on it is kept.
    Open(SnapshotId),
    /// It is finished.
    Closed(SnapshotId),
}

/// Something in a channel, or that has just come out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub thing: Thing,
    /// Its middle.
    pub at: Point,
    /// Where it set out.
    pub from: Point,
    /// What it carries; nothing for markers.
    pub words: String,
    /// The snapshot that it belongs to, if it is a control message.
    pub snapshot: Option<SnapshotId>,
    /// Whether it brings recorded parts along rather than being a marker.
    pub is_report: bool,
    /// Its channel and place in it, the head being 0; none if it has just been received.
    pub waits: Option<(ChannelId, u32)>,
    /// Whether it can be delivered.
    pub ready: bool,
    /// What it is called for those who hear it.
    pub label: String,
}

/// How much room there is, and for how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Width in pixels.
    pub width: i32,
    /// Height in pixels.
    pub height: i32,
    /// The number of processes.
    pub count: usize,
}

impl Room {
    fn margin(self) -> i32 {
        node_radius(self.count) + if self.count > LARGE { 22 } else { 6 }
    }

    /// The pixel of a place in thousandths.
    #[must_use]
    pub fn at(self, (x, y): (i32, i32)) -> Point {
        let margin = self.margin();
        let scaled = |whole: i32, part: i32| margin + (whole - 2 * margin) * part / WHOLE;
        Point { x: scaled(self.width, x), y: scaled(self.height, y) }
    }

    /// The place in thousandths of a pixel.
    #[must_use]
    pub fn place(self, at: Point) -> (i32, i32) {
        let margin = self.margin();
        let part = |whole: i32, at: i32| ((at - margin) * WHOLE / (whole - 2 * margin).max(1)).clamp(0, WHOLE);
        (part(self.width, at.x), part(self.height, at.y))
    }
}

/// So many items of a channel are shown at most.
const SHOWN: usize = 6;
/// In so large a network only channels that hold something are shown one by one, and names stand outside.
pub const LARGE: usize = 16;

impl Session {
    /// Where the processes of the network are.
    #[must_use]
    pub fn places(&self) -> &Places {
        &self.side().places
    }

    /// The network in this much room, in pixels; a process that is being dragged is where the hand is, in thousandths. Takes
    /// time in the number of channels and of what is under way.
    #[must_use]
    pub fn network(&self, width: i32, height: i32, dragged: Option<(ProcessId, i32, i32)>) -> Network {
        let snapshot = self.shown().and_then(|id| Some((id, self.world().snapshots().get(id.index())?)));
        let nodes: Vec<Node> = {
            let mut places = self.places().clone();
            dragged.into_iter().for_each(|(process, x, y)| places.put(process, x, y));
            let room = Room { width, height, count: self.topology().process_count() };
            self.topology().processes().map(|p| self.node(p, places.of(p, room.count), room, snapshot)).collect()
        };
        let lanes = self.lanes();
        let edges: Vec<Edge> = self
            .topology()
            .channels()
            .map(|channel| self.edge(channel, lanes[channel.index()], &nodes, snapshot))
            .collect();
        let mut items: Vec<Item> = edges.iter().flat_map(|edge| self.waiting_on(edge)).collect();
        items.extend(self.just_received(&edges, &nodes));
        Network { width, height, nodes, edges, items }
    }

    fn node(
        &self,
        process: ProcessId,
        place: (i32, i32),
        room: Room,
        snapshot: Option<(SnapshotId, &Snapshot)>,
    ) -> Node {
        let Room { width, height, count } = room;
        let radius = node_radius(count);
        let at = room.at(place);
        let (dx, dy) = (at.x - width / 2, at.y - height / 2);
        let away = i32::try_from((i64::from(dx) * i64::from(dx) + i64::from(dy) * i64::from(dy)).isqrt()).unwrap_or(1);
        let out = radius + 11;
        let outside = Point { x: at.x + dx * out / away.max(1), y: at.y + dy * out / away.max(1) + 4 };
        let name = self.process_name(process);
        let is_here = self.world().is_here(process);
        let state = match (is_here, self.world().has_left(process)) {
            (true, _) => Wording::state(self, self.world().state(process)),
            (false, true) => self.say(MishapText::Gone, &[]),
            (false, false) => self.say(MishapText::ToCome, &[]),
        };
        // The words that stand in it, so that who sees it and who hears it say the same.
        let values = [("p", &*name), ("state", &*state)];
        let recorded = snapshot.filter(|(_, snapshot)| snapshot.process(process).is_some()).map(|(id, _)| id);
        Node {
            label: self.say(EventsText::NodeLabel, &values),
            state,
            is_here,
            beside: (radius < 16).then_some(outside),
            process,
            at,
            radius,
            name,
            recorded,
        }
    }

    /// For each channel, how far it is bent: the first of those that join two processes one way is straight if nothing
    /// comes the other way.
    fn lanes(&self) -> Vec<i32> {
        let mut seen: BTreeMap<(ProcessId, ProcessId), i32> = BTreeMap::new();
        let topology = self.topology();
        let ends = |channel: ChannelId| (topology.channel(channel).from, topology.channel(channel).to);
        let lane = |channel: ChannelId| {
            let (from, to) = ends(channel);
            let lane = seen.entry((from, to)).or_insert(0);
            *lane += 1;
            *lane
        };
        let lanes: Vec<i32> = topology.channels().map(lane).collect();
        let bend = |channel: ChannelId| {
            let (from, to) = ends(channel);
            let alone = topology.channels_between(to, from).next().is_none();
            lanes[channel.index()] * 2 - if alone { 2 } else { 1 }
        };
        topology.channels().map(bend).collect()
    }

    fn edge(&self, channel: ChannelId, bend: i32, nodes: &[Node], snapshot: Option<(SnapshotId, &Snapshot)>) -> Edge {
        let ends = self.topology().channel(channel);
        let (start, end) = (&nodes[ends.from.index()], &nodes[ends.to.index()]);
        let apart = if nodes.len() > LARGE { 7 } else { 13 };
        let control = bent(start.at, end.at, bend * apart);
        let from = towards(start.at, control, start.radius + 1);
        let to = towards(end.at, control, end.radius + 4);
        // The quadratic curve as the cubic one that it is.
        let third = |a: i32, b: i32| a + (b - a) * 2 / 3;
        let way = Segment::Curve(
            Point { x: third(from.x, control.x), y: third(from.y, control.y) },
            Point { x: third(to.x, control.x), y: third(to.y, control.y) },
            to,
        );
        let held = self.world().in_channel(channel).len();
        let shown = room_for(from, control, to).min(SHOWN);
        let more = (held > shown).then(|| (held - shown, along(from, control, to, 14)));
        let recording = match snapshot.map(|(id, snapshot)| (id, snapshot.channel(channel))) {
            Some((id, ChannelRecord::Open(_))) => Recording::Open(id),
            Some((id, ChannelRecord::Closed(_) | ChannelRecord::Left)) => Recording::Closed(id),
            _ => Recording::NotStarted,
        };
        let is_used = held > 0 || start.is_here && end.is_here;
        let label = self.channel_label(channel);
        Edge { channel, from, way, comes_from: control, to, label, recording, is_used, more }
    }

    fn channel_label(&self, channel: ChannelId) -> String {
        let name = self.channel_name(channel);
        let held = self.world().in_channel(channel);
        let words = |item: Waiting| match item {
            Waiting::Message(kept) => self.payload_words(kept.payload),
            Waiting::Control(_, role) => self.role_words(role),
        };
        let held: Vec<String> = held.map(words).collect();
        if held.is_empty() {
            return self.say(EventsText::ChannelEmpty, &[("channel", &name)]);
        }
        self.say(EventsText::ChannelHolds, &[("channel", &name), ("list", &list(self.lang(), &held))])
    }

    /// The queue of a channel: the head is nearest to the receiver.
    fn waiting_on(&self, edge: &Edge) -> Vec<Item> {
        let (from, control, to) = (edge.from, edge.comes_from, edge.to);
        let shown = room_for(from, control, to).min(SHOWN);
        let unordered = self.topology().channel(edge.channel).order == Order::Unordered;
        let item = |(at, item): (usize, Waiting)| {
            let position = u32::try_from(at).unwrap_or(u32::MAX);
            let (thing, words, role) = self.shown_as(item);
            let action = Action::Deliver { channel: edge.channel, position };
            Item {
                thing,
                at: along(from, control, to, HEAD - pitch(from, to) * i32::try_from(at).unwrap_or(0)),
                from,
                words,
                snapshot: role.map(ControlRole::snapshot),
                is_report: matches!(role, Some(ControlRole::Report { .. })),
                waits: Some((edge.channel, position)),
                ready: (at == 0 || unordered) && self.world().check(action).is_ok(),
                label: self.label(Target::Waiting(edge.channel, position)),
            }
        };
        self.world().in_channel(edge.channel).take(shown).enumerate().map(item).collect()
    }

    fn shown_as(&self, item: Waiting) -> (Thing, String, Option<ControlRole>) {
        match item {
            Waiting::Message(kept) => (Thing::Message(kept.message), Wording::payload(self, kept.payload), None),
            Waiting::Control(control, role) => (Thing::Control(control), String::new(), Some(role)),
        }
    }

    /// What the present step received stands at its receiver for as long as it is the present step.
    fn just_received(&self, edges: &[Edge], nodes: &[Node]) -> Vec<Item> {
        let received = |event: &Event| {
            let (thing, channel, words, role) = match *event {
                Event::Received { message, channel, payload, .. } => {
                    (Thing::Message(message), channel, Wording::payload(self, payload), None)
                }
                Event::ControlReceived { control, channel, role } => {
                    (Thing::Control(control), channel, String::new(), Some(role))
                }
                _ => return None,
            };
            let at = nodes[self.topology().channel(channel).to.index()].at;
            Some(Item {
                thing,
                at,
                from: edges[channel.index()].from,
                words,
                snapshot: role.map(ControlRole::snapshot),
                is_report: matches!(role, Some(ControlRole::Report { .. })),
                waits: None,
                ready: false,
                label: String::new(),
            })
        };
        self.history().events_of(self.step()).iter().filter_map(received).collect()
    }
}

/// Where on its channel the head stands, in hundredths of the way.
const HEAD: i32 = 80;

fn node_radius(count: usize) -> i32 {
    match count {
        0..=5 => 24,
        6..=8 => 20,
        9..=16 => 16,
        17..=32 => 9,
        _ => 6,
    }
}

/// Hundredths of the way between two items of a channel.
fn pitch(from: Point, to: Point) -> i32 {
    (27 * 100 / distance(from, to).max(1)).clamp(6, 40)
}

fn room_for(from: Point, _control: Point, to: Point) -> usize {
    usize::try_from((HEAD - 14) / pitch(from, to) + 1).unwrap_or(1)
}

fn distance(from: Point, to: Point) -> i32 {
    let (dx, dy) = (i64::from(to.x - from.x), i64::from(to.y - from.y));
    i32::try_from((dx * dx + dy * dy).isqrt()).unwrap_or(i32::MAX)
}

/// The control point of a curve that is bent to the right of its direction.
fn bent(from: Point, to: Point, by: i32) -> Point {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = distance(from, to).max(1);
    // A curve comes half as near to its control point as that is away.
    Point {
        x: i32::midpoint(from.x, to.x) - 2 * by * dy / length,
        y: i32::midpoint(from.y, to.y) + 2 * by * dx / length,
    }
}

/// The point so many pixels from one towards another.
fn towards(from: Point, to: Point, pixels: i32) -> Point {
    let length = distance(from, to).max(1);
    Point { x: from.x + (to.x - from.x) * pixels / length, y: from.y + (to.y - from.y) * pixels / length }
}

/// The point at so many hundredths of a quadratic curve.
fn along(from: Point, control: Point, to: Point, hundredths: i32) -> Point {
    let (t, s) = (hundredths.clamp(0, 100), 100 - hundredths.clamp(0, 100));
    let mix = |a: i32, b: i32, c: i32| (a * s * s + 2 * b * s * t + c * t * t) / 10_000;
    Point { x: mix(from.x, control.x, to.x), y: mix(from.y, control.y, to.y) }
}

/// Thousandths of the sine over a quarter of a circle, in 64 parts.
#[rustfmt::skip]
const SINE: [i32; 65] = [
    0, 25, 49, 74, 98, 122, 147, 171, 195, 219, 243, 267, 290, 314, 337, 360,
    383, 405, 428, 450, 471, 493, 514, 535, 556, 576, 596, 615, 634, 653, 672, 690,
    707, 724, 741, 757, 773, 788, 803, 818, 831, 845, 858, 870, 882, 893, 904, 914,
    924, 933, 942, 950, 957, 964, 970, 976, 981, 985, 989, 992, 995, 997, 999, 1_000,
    1_000,
];

/// The sine of an angle in 256ths of a circle, in thousandths.
fn sine(angle: i32) -> i32 {
    let angle = angle.rem_euclid(256);
    let quarter = usize::try_from(angle % 64).unwrap_or(0);
    match angle / 64 {
        0 => SINE[quarter],
        1 => SINE[64 - quarter],
        2 => -SINE[quarter],
        _ => -SINE[64 - quarter],
    }
}

fn on_circle(at: usize, count: usize) -> (i32, i32) {
    let count = i32::try_from(count.max(1)).unwrap_or(1);
    let angle = i32::try_from(at).unwrap_or(0) * 256 / count;
    (WHOLE / 2 + sine(angle) / 2, WHOLE / 2 - sine(angle + 64) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_circle_begins_at_the_top_and_goes_clockwise() {
        let four: Vec<(i32, i32)> = (0..4).map(|at| on_circle(at, 4)).collect();
        assert_eq!(four, [(500, 0), (1000, 500), (500, 1000), (0, 500)]);
        let from_middle = |(x, y): (i32, i32)| ((x - 500) * (x - 500) + (y - 500) * (y - 500)).isqrt();
        assert!((0..64).all(|at| (497..=501).contains(&from_middle(on_circle(at, 64)))));
    }

    #[test]
    fn a_pixel_and_its_place_belong_together() {
        let room = Room { width: 328, height: 300, count: 3 };
        for place in [(0, 0), (500, 250), (1000, 1000)] {
            let (x, y) = room.place(room.at(place));
            assert!((x - place.0).abs() <= 4 && (y - place.1).abs() <= 4, "{place:?}");
        }
        assert_eq!(room.place(Point { x: -40, y: 9_000 }), (0, 1000));
    }

    #[test]
    fn nobody_can_be_put_outside() {
        let mut places = Places::default();
        places.put(ProcessId(3), -7, 4_000);
        assert_eq!(places.of(ProcessId(3), 5), (0, 1000));
        assert!(places.any());
    }

    #[test]
    fn opposite_channels_are_bent_apart() {
        let (p, q) = (Point { x: 0, y: 0 }, Point { x: 100, y: 0 });
        let there = along(p, bent(p, q, 13), q, 50);
        let back = along(q, bent(q, p, 13), p, 50);
        assert_eq!((there, back), (Point { x: 50, y: 13 }, Point { x: 50, y: -13 }));
        assert_eq!(bent(p, p, 5), p, "two in one place");
    }
}
