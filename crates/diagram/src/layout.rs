//! From a run to a scene.

use crate::crowd::{Area, Crowd};
use crate::cut::{Recordings, recordings};
use crate::flight::{Flight, What, flights};
use crate::frame::{Frame, Room, along, short_of, text_width};
use crate::scene::{Anchor, Head, Item, Key, Mark, Point, Role, Scene, Shape, Target};
use cutline_core::topology::Order;
use cutline_core::{ChannelId, Computation, Event, LocalState, Payload, ProcessId, SnapshotId, Topology, Trace};
use std::fmt::Debug;

/// What is to be drawn.
#[derive(Clone, Debug)]
pub struct Picture<'a> {
    /// The run up to the present.
    pub trace: Trace<'a>,
    /// How many steps its whole branch has; the columns are laid out for all of them.
    pub steps: usize,
    /// The channels whose head cannot be delivered now.
    pub blocked: &'a [ChannelId],
    /// What states and messages are called.
    pub words: &'a dyn Wording,
}

/// What states and messages are called in the reader's language.
pub trait Wording: Debug {
    /// A state, in as few words as possible.
    fn state(&self, state: LocalState) -> String;
    /// What a message carries.
    fn payload(&self, payload: Payload) -> String;
}

/// The words of scenario files.
impl Wording for Computation {
    fn state(&self, state: LocalState) -> String {
        self.show_state(state)
    }

    fn payload(&self, payload: Payload) -> String {
        self.show_payload(payload)
    }
}

/// How it is to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The width that there is, in pixels. A long run takes more.
    pub width: i32,
    /// The height that there is, in pixels. Many processes take more.
    pub height: i32,
    /// Whether to use the tighter measures of a small screen.
    pub compact: bool,
    /// The snapshot whose past and channel states are shown.
    pub snapshot: Option<SnapshotId>,
    /// The words on the figure.
    pub captions: Captions,
}

/// The words on the figure, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captions {
    /// At a recording point, before the state; may be empty.
    pub recorded: String,
    /// At the edge of the present.
    pub now: String,
    /// Above the area before the cut.
    pub past: String,
}

/// Lays out a run. Takes time in the number of its events, and for the placing of words in the number of messages
/// times that of arrows.
#[must_use]
pub fn lay_out(picture: &Picture<'_>, view: &View) -> Scene {
    let trace = &picture.trace;
    let heads = states_now(trace, picture.words);
    let frame = Frame::new(&room(picture, view, &heads));
    let heads = heads.into_iter().map(|head| Head { y: frame.lane(head.process), ..head }).collect();
    let flights = flights(trace, picture.words);
    let recordings = recordings(trace, picture.words);
    let ends = Ends::find(&frame, &trace.system.topology, &flights);
    let mut builder = Builder { frame, view, picture, items: Vec::new(), crowd: Crowd::default() };
    builder.ground(&recordings);
    builder.arrows(&flights, &ends);
    builder.keep_handles_free(&ends);
    builder.points(&recordings);
    builder.acts();
    builder.labels(&flights, &ends);
    builder.handles(&flights, &ends);
    Scene {
        width: frame.width,
        height: frame.height,
        min_height: frame.min_height,
        now_x: frame.now_x,
        cut_span: builder.cut_span(&recordings, &flights, &ends),
        lanes_x: frame.lanes_x,
        heads,
        items: builder.items,
    }
}

fn states_now(trace: &Trace<'_>, words: &dyn Wording) -> Vec<Head> {
    let topology = &trace.system.topology;
    let mut states: Vec<LocalState> = trace.system.computation.initial();
    for (_, event) in trace.events() {
        if let Some(state) = event.state_after() {
            states[event.process(topology).index()] = state;
        }
        if let Event::Restored { process, state, .. } = event {
            states[process.index()] = *state;
        }
    }
    let head = |process: ProcessId| {
        let holds = states[process.index()];
        let (name, state) = (topology.process_name(process).to_owned(), words.state(holds));
        Head { process, name, state, holds, y: 0 }
    };
    topology.processes().map(head).collect()
}

fn room(picture: &Picture<'_>, view: &View, heads: &[Head]) -> Room {
    let (name_size, state_size, least) = if view.compact { (19, 13, 34) } else { (25, 15, 48) };
    // Of the states all that there can be, so that no step moves the lines.
    let states = widest_states(&picture.trace.system.computation, picture.words);
    let states = states.iter().map(|state| text_width(state, state_size)).max().unwrap_or(0);
    let widest = |head: &Head| text_width(&head.name, name_size).max(states);
    Room {
        width: view.width,
        height: view.height,
        compact: view.compact,
        lanes: i32::try_from(heads.len()).unwrap_or(i32::MAX / 1024),
        columns: i32::try_from(picture.steps).unwrap_or(i32::MAX / 128).max(8),
        now: i32::try_from(picture.trace.steps.len()).unwrap_or(i32::MAX / 128),
        head: heads.iter().map(widest).max().unwrap_or(0).max(least),
    }
}

/// The states that a process can be in, as people write them, or at least the longest of them.
fn widest_states(computation: &Computation, words: &dyn Wording) -> Vec<String> {
    match computation {
        // Nobody ever has more than all together.
        Computation::Bank(_) => {
            let worth = |state| computation.worth_of_state(state).unwrap_or(0);
            vec![computation.initial().into_iter().map(worth).sum::<i64>().to_string()]
        }
        Computation::Automaton(automaton) => {
            let ruled = automaton.rules().iter().flat_map(|rule| [rule.from, rule.to]).map(LocalState::Label);
            ruled.chain(computation.initial()).map(|state| words.state(state)).collect()
        }
        Computation::Diffusing(_) => {
            [true, false].map(|active| words.state(LocalState::Work { active, sends_left: None })).into()
        }
        // Who waits is granted one thing after another, so it waits for no more than at first.
        Computation::Resources(resources) => {
            let declared = resources.rules().iter().map(|rule| rule.state());
            declared.chain(computation.initial()).chain([LocalState::Running]).map(|state| words.state(state)).collect()
        }
    }
}

/// Where the arrows end, by flight.
struct Ends {
    places: Vec<End>,
}

#[derive(Clone, Copy)]
struct End {
    from: Point,
    to: Point,
    /// For what is under way: its place in its channel.
    waits: Option<u32>,
}

impl Ends {
    /// An arrow that has arrived ends at its receipt. One under way ends at the edge of the present, beside the
    /// line that it is going to: the nearer its sender the nearer the line, and along a channel in its order.
    fn find(frame: &Frame, topology: &Topology, flights: &[Flight]) -> Self {
        let mut places: Vec<End> = flights
            .iter()
            .map(|flight| {
                let channel = topology.channel(flight.channel);
                let from = frame.at(channel.from, flight.sent);
                let to = match (flight.received, flight.dropped) {
                    (Some(step), _) => frame.at(channel.to, step),
                    // Not quite there.
                    (None, Some(step)) => along(from, frame.at(channel.to, step), 85),
                    (None, None) => from,
                };
                End { from, to, waits: None }
            })
            .collect();
        for process in topology.processes() {
            for from_above in [true, false] {
                let mut under_way = Self::under_way(topology, flights, process, from_above);
                under_way.sort_by_key(|at| {
                    let sender = topology.channel(flights[*at].channel).from;
                    (sender.0.abs_diff(process.0), flights[*at].channel, *at)
                });
                // The neighbour across the gap has its own waiting there.
                let across = if from_above { process.0.checked_sub(1) } else { process.0.checked_add(1) };
                let facing = across.map(|at| Self::under_way(topology, flights, ProcessId(at), !from_above));
                let facing = facing.map_or(0, |facing| slots(flights, &facing).last().map_or(0, |(slot, _)| *slot));
                let places_here = slots(flights, &under_way);
                let here = places_here.last().map_or(0, |(slot, _)| *slot);
                let pitch = Pitch::new(frame, here + facing);
                for (at, (slot, position)) in under_way.iter().zip(places_here) {
                    let away = pitch.away(slot);
                    let y = frame.lane(process) + if from_above { -away } else { away };
                    places[*at].to = Point { x: frame.now_x, y };
                    places[*at].waits = Some(position);
                }
            }
        }
        Self { places }
    }

    fn under_way(topology: &Topology, flights: &[Flight], to: ProcessId, from_above: bool) -> Vec<usize> {
        let comes = |flight: &Flight| {
            let channel = topology.channel(flight.channel);
            flight.received.is_none()
                && flight.dropped.is_none()
                && channel.to == to
                && (channel.from < to) == from_above
        };
        (0..flights.len()).filter(|at| comes(&flights[*at])).collect()
    }
}

/// How many items of one channel have a place of their own at the edge of the present; the rest share the last.
const SHOWN: u32 = 4;

/// For items under way, sorted by channel, the slot of each, counted from 1, and its position in its channel.
fn slots(flights: &[Flight], under_way: &[usize]) -> Vec<(i32, u32)> {
    let (mut slot, mut position) = (0, 0);
    let mut before = None;
    let place = |at: &usize| {
        let channel = flights[*at].channel;
        position = if before.replace(channel) == Some(channel) { position + 1 } else { 0 };
        slot += i32::from(position < SHOWN);
        (slot, position)
    };
    under_way.iter().map(place).collect()
}

/// How far apart the ends of arrows under way are in a gap between two lines.
struct Pitch {
    gap: i32,
    widest: i32,
    places: i32,
}

impl Pitch {
    /// For so many ends in one gap, from both its sides.
    fn new(frame: &Frame, count: i32) -> Self {
        let widest = if frame.compact { 30 } else { 32 };
        Self { gap: frame.lane_gap(), widest, places: count + 1 }
    }

    /// How far from its line the end in a slot is, counted from 1. All slots of both sides stay apart, as long as
    /// there are not more of them than pixels.
    fn away(&self, slot: i32) -> i32 {
        (self.widest * slot).min(self.gap * slot / self.places)
    }
}

struct Builder<'a> {
    frame: Frame,
    view: &'a View,
    picture: &'a Picture<'a>,
    items: Vec<Item>,
    crowd: Crowd,
}

impl Builder<'_> {
    fn put(&mut self, key: Key, target: Option<Target>, marks: Vec<Mark>) {
        self.items.push(Item { key, target, marks });
    }

    /// The past of the cut, the lines, the present, the cuts.
    fn ground(&mut self, recordings: &[Recordings]) {
        let frame = self.frame;
        let shown = recordings.iter().find(|r| Some(r.snapshot) == self.view.snapshot);
        self.items.extend(shown.map(|recordings| recordings.past(&frame)));
        for process in self.picture.trace.system.topology.processes() {
            let y = frame.lane(process);
            let at = |x: i32| Point { x, y };
            let lane = Mark { role: Role::Lane, shape: Shape::Line(at(frame.lanes_x), at(frame.now_x)) };
            let ahead = Shape::Line(at(frame.now_x), at(frame.width - if frame.compact { 6 } else { 14 }));
            self.crowd.add_line(at(frame.lanes_x), at(frame.now_x));
            let marks = vec![lane, Mark { role: Role::LaneAhead, shape: ahead }];
            self.put(Key::Lane(process), Some(Target::Process(process)), marks);
        }
        let (top, bottom) = (Point { x: frame.now_x, y: frame.top }, Point { x: frame.now_x, y: frame.bottom });
        let mut words =
            vec![caption(Point { x: frame.now_x, y: frame.top - 8 }, Anchor::Middle, &self.view.captions.now)];
        let past = &self.view.captions.past;
        let cut_top = shown.and_then(|recordings| recordings.top(&frame)).filter(|x| *x < frame.now_x);
        if let Some(x) = cut_top.filter(|x| frame.lanes_x + text_width(past, 12) + 20 < *x) {
            words.push(caption(Point { x: x - 10, y: frame.top - 8 }, Anchor::End, past));
        }
        words.insert(0, Mark { role: Role::Now, shape: Shape::Line(top, bottom) });
        self.put(Key::Now, None, words);
        let several = recordings.len() > 1;
        self.items.extend(recordings.iter().map(|recordings| recordings.line(&frame, several)));
    }

    /// The cut that is shown and the messages in its channels, from left to right.
    fn cut_span(&self, recordings: &[Recordings], flights: &[Flight], ends: &Ends) -> Option<(i32, i32)> {
        let shown = recordings.iter().find(|r| Some(r.snapshot) == self.view.snapshot)?;
        let (left, right) = shown.span(&self.frame)?;
        let kept = flights.iter().zip(&ends.places).filter(|(flight, _)| self.kept_in_shown(flight).is_some());
        Some((kept.map(|(_, end)| end.from.x).fold(left, i32::min), right))
    }

    /// No words on what can be clicked.
    fn keep_handles_free(&mut self, ends: &Ends) {
        for end in ends.places.iter().filter(|end| end.waits.is_some()) {
            self.crowd.add_area(Area::around(end.to, 28, 28));
        }
    }

    fn arrows(&mut self, flights: &[Flight], ends: &Ends) {
        for (flight, end) in flights.iter().zip(&ends.places) {
            let has_no_tip = end.waits.is_some() || flight.dropped.is_some();
            let (key, target, role, start, gap) = match flight.what {
                What::Message(id) => {
                    let role = self.kept_in_shown(flight).map_or(Role::Message, Role::MessageInChannel);
                    (Key::MessageArrow(id), Target::Message(id), role, 4, 6)
                }
                What::Marker(id, snapshot) => (Key::Control(id), Target::Control(id), Role::Marker(snapshot), 10, 3),
                What::Report(id, snapshot) => (Key::Control(id), Target::Control(id), Role::Report(snapshot), 10, 3),
            };
            let from = short_of(end.to, end.from, start);
            let shape = if has_no_tip {
                Shape::Line(from, end.to)
            } else {
                Shape::Arrow(from, short_of(end.from, end.to, gap))
            };
            self.crowd.add_line(end.from, end.to);
            self.put(key, Some(target), vec![Mark { role, shape }]);
        }
    }

    /// The ends and labels of messages. The crowd decides where on its arrow a label stands.
    fn labels(&mut self, flights: &[Flight], ends: &Ends) {
        let (size, height, radius) = if self.frame.compact { (13, 20, 4) } else { (14, 22, 5) };
        for (flight, end) in flights.iter().zip(&ends.places) {
            let What::Message(id) = flight.what else { continue };
            let mut marks = vec![Mark { role: Role::Sending, shape: Shape::Circle(end.from, radius) }];
            if flight.received.is_some() {
                marks.push(Mark { role: Role::Receipt, shape: Shape::Circle(end.to, radius) });
            }
            let width = text_width(&flight.text, size).max(size / 2) + 14;
            let places = [50, 38, 62, 30, 70, 22, 78].map(|hundredths| along(end.from, end.to, hundredths));
            let areas = places.map(|place| Area::around(place, width, height));
            // Its own arrow crosses all its places alike, so it does not weigh.
            let place = places[self.crowd.settle(&areas)];
            let role = self.kept_in_shown(flight).map_or(Role::Label, Role::LabelInChannel);
            marks.push(Mark { role, shape: Shape::Pill(place, width, height) });
            let baseline = Point { x: place.x, y: place.y + size / 2 - 2 };
            marks.push(Mark { role, shape: Shape::Text(baseline, Anchor::Middle, flight.text.clone()) });
            self.put(Key::Message(id), Some(Target::Message(id)), marks);
        }
    }

    /// The recording points with what was recorded.
    fn points(&mut self, recordings: &[Recordings]) {
        let radius = if self.frame.compact { 8 } else { 10 };
        for recordings in recordings {
            let snapshot = recordings.snapshot;
            for (process, step) in (0..).map(ProcessId).zip(&recordings.steps) {
                let Some(step) = step else { continue };
                let at = self.frame.at(process, *step);
                self.crowd.add_area(Area::around(at, radius * 2 + 4, radius * 2 + 4));
                let text = format!("{}{}", self.view.captions.recorded, recordings.states[process.index()]);
                let (baseline, anchor) = self.beside(at, &text);
                let marks = vec![
                    Mark { role: Role::Recording(snapshot), shape: Shape::Circle(at, radius) },
                    Mark { role: Role::RecordingCore(snapshot), shape: Shape::Circle(at, radius * 2 / 5) },
                    Mark { role: Role::RecordedState(snapshot), shape: Shape::Text(baseline, anchor, text) },
                ];
                let key = Key::Recording(snapshot, process);
                self.put(key, Some(Target::Recording(snapshot, process)), marks);
            }
        }
    }

    /// A place for words beside a point on a line: above or below it, to the right or the left.
    fn beside(&mut self, at: Point, text: &str) -> (Point, Anchor) {
        let size = if self.frame.compact { 12 } else { 14 };
        let width = text_width(text, size) + 4;
        let (dx, up, down) = if self.frame.compact { (11, -12, 22) } else { (14, -15, 28) };
        let places = [(dx, up), (-dx, up), (dx, down), (-dx, down)];
        let areas = places.map(|(dx, dy)| {
            let left = if dx < 0 { at.x + dx - width } else { at.x + dx };
            Area { left, top: at.y + dy - size, right: left + width, bottom: at.y + dy + 4 }
        });
        let (dx, dy) = places[self.crowd.settle(&areas)];
        let anchor = if dx < 0 { Anchor::End } else { Anchor::Start };
        (Point { x: at.x + dx, y: at.y + dy }, anchor)
    }

    /// What processes did by themselves, and where the run went back to a recorded state.
    fn acts(&mut self) {
        let topology = &self.picture.trace.system.topology;
        for (step, event) in self.picture.trace.events() {
            if let Event::Restored { process: ProcessId(0), .. } = event {
                let x = self.frame.at(ProcessId(0), step).x;
                let shape = Shape::Line(Point { x, y: self.frame.top }, Point { x, y: self.frame.bottom });
                let key = Key::Restoration(u32::try_from(step).unwrap_or(u32::MAX));
                self.items.push(Item { key, target: None, marks: vec![Mark { role: Role::Restoration, shape }] });
            }
            if let Event::Acted { process, .. } = event {
                debug_assert!(topology.has_process(*process));
                let shape = Shape::Circle(self.frame.at(*process, step), if self.frame.compact { 3 } else { 4 });
                let key = Key::Act(u32::try_from(step).unwrap_or(u32::MAX));
                self.items.push(Item { key, target: None, marks: vec![Mark { role: Role::Act, shape }] });
            }
        }
    }

    /// What waits at the edge of the present: a handle for what can be delivered, a dot for what cannot.
    fn handles(&mut self, flights: &[Flight], ends: &Ends) {
        let topology = &self.picture.trace.system.topology;
        let (radius, dot, reach) = if self.frame.compact { (10, 4, 20) } else { (11, 5, 16) };
        for (flight, end) in flights.iter().zip(&ends.places) {
            let Some(position) = end.waits.filter(|position| *position < SHOWN) else { continue };
            let first = position == 0 || topology.channel(flight.channel).order == Order::Unordered;
            let ready = first && !self.picture.blocked.contains(&flight.channel);
            let at = end.to;
            let role = match (flight.what, ready) {
                (What::Message(_), true) => Role::Handle,
                (What::Message(_), false) => Role::Queued,
                (What::Marker(_, snapshot) | What::Report(_, snapshot), true) => Role::MarkerHandle(snapshot),
                (What::Marker(_, snapshot) | What::Report(_, snapshot), false) => Role::MarkerQueued(snapshot),
            };
            let mut marks = vec![Mark { role, shape: Shape::Circle(at, if ready { radius } else { dot }) }];
            if ready {
                let tip = |dx: i32, dy: i32| Point { x: at.x + dx, y: at.y + dy };
                let segments = vec![crate::Segment::To(tip(3, 0)), crate::Segment::To(tip(-2, 4))];
                let sign = match flight.what {
                    What::Message(_) => Role::HandleSign,
                    What::Marker(_, snapshot) | What::Report(_, snapshot) => Role::MarkerHandleSign(snapshot),
                };
                marks.push(Mark { role: sign, shape: Shape::Path(tip(-2, -4), segments) });
                marks.push(Mark { role: Role::HitArea, shape: Shape::Circle(at, reach) });
            }
            let same = flights.iter().zip(&ends.places).filter(|(other, _)| other.channel == flight.channel);
            let behind = same.filter(|(_, end)| end.waits.is_some_and(|position| position >= SHOWN)).count();
            if position + 1 == SHOWN && behind > 0 {
                let place = Point { x: at.x + 10, y: at.y + 4 };
                marks.push(Mark {
                    role: Role::MoreQueued,
                    shape: Shape::Text(place, Anchor::Start, format!("+{behind}")),
                });
            }
            let key = Key::Handle(flight.channel, position);
            self.put(key, Some(Target::Waiting(flight.channel, position)), marks);
        }
    }

    fn kept_in_shown(&self, flight: &Flight) -> Option<SnapshotId> {
        self.view.snapshot.filter(|snapshot| flight.kept_in.contains(snapshot))
    }
}

fn caption(at: Point, anchor: Anchor, text: &str) -> Mark {
    Mark { role: Role::Caption, shape: Shape::Text(at, anchor, text.to_owned()) }
}
