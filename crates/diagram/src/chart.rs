//! The facts of a run that a diagram shows, gathered once: what crossed from process to process, what was recorded,
//! what processes did by themselves, and the states that they went through.
//!
//! A chart holds the whole of a branch. What of it has happened is asked with the number of steps taken, so that
//! stepping through a long run gathers nothing anew.

mod network;
mod stretches;

pub use stretches::{Alarm, Split};

use cutline_core::event::ControlRole;
use cutline_core::riding::TagRole;
use cutline_core::{
    ChannelId, Computation, ControlId, Event, LocalState, MessageId, Payload, ProcessId, SnapshotId, Step, Topology,
    Trace,
};
use std::collections::{BTreeMap, VecDeque};

/// The facts of one branch of a run. Steps are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    topology: Topology,
    computation: Computation,
    steps: usize,
    flights: Vec<Flight>,
    messages: Index<MessageId>,
    controls: Index<ControlId>,
    tags: BTreeMap<MessageId, Vec<TagRole>>,
    recordings: Vec<Recordings>,
    /// The steps at which processes noted their states, by process and number.
    notes: BTreeMap<(ProcessId, u32), usize>,
    acts: Vec<Vec<Solitude>>,
    lives: Vec<Vec<(usize, LocalState)>>,
    restorations: Vec<usize>,
    /// By process: from which step on it had crashed, and at which it began again, if it did.
    outages: Vec<Vec<(usize, Option<usize>)>>,
    splits: Vec<Split>,
    alarms: Vec<Alarm>,
    /// By process: from which step to which it is there, if it joined or left; nothing of others.
    stays: Vec<Option<(Option<usize>, Option<usize>)>>,
    /// What is in each channel at the end of the branch, in its order.
    open: Vec<VecDeque<usize>>,
    /// What came early on links, and has not been handed over.
    held: Vec<usize>,
    /// Whether the last thing that a process did touched no channel.
    alone: Vec<bool>,
}

/// A message or control message, from its sending on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flight {
    /// What it is.
    pub what: What,
    /// Its channel.
    pub channel: ChannelId,
    /// The step that sent it.
    pub sent: usize,
    /// The step at which it came, if it did.
    pub received: Option<usize>,
    /// The step at which it was dropped, since the run went back to a recorded state.
    pub dropped: Option<usize>,
    /// The step at which the network lost it.
    pub lost: Option<usize>,
    /// What is there twice, and how.
    pub again: Option<Again>,
    /// What came on a link before its turn: at which step it was handed over, if it was.
    pub early: Option<Option<usize>>,
    /// Whether it is dropped where it comes: it has come before, on a link, or the network has changed it.
    pub surplus: bool,
    /// The step at which the network changed it.
    pub corrupted: Option<usize>,
    /// What a message carries; 0 for a control message.
    pub payload: Payload,
    /// The snapshots in whose recorded channel state the message stands, each with the step at which it came there.
    pub kept: Vec<(SnapshotId, usize)>,
    /// What stands in a channel together stands in the order of these, and then of sending.
    pub rank: usize,
}

/// How something came to be there a second time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// The network made it, of the flight of this number.
    ByNetwork(usize),
    /// Its sender sent it once more.
    BySender,
}

/// What crosses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// An application message.
    Message(MessageId),
    /// A marker.
    Marker(ControlId, SnapshotId),
    /// Recorded parts, on their way to where they are put together.
    Report(ControlId, SnapshotId),
}

/// Where each id stands. Ids come in order, so that a list serves.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Index<Id>(Vec<(Id, usize)>);

impl<Id> Default for Index<Id> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<Id: Ord + Copy> Index<Id> {
    fn insert(&mut self, id: Id, at: usize) {
        let place = self.0.partition_point(|(known, _)| *known < id);
        self.0.insert(place, (id, at));
    }

    fn get(&self, id: Id) -> Option<usize> {
        let place = self.0.binary_search_by_key(&id, |(known, _)| *known).ok()?;
        Some(self.0[place].1)
    }
}

/// What one snapshot recorded of the processes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recordings {
    /// The snapshot.
    pub snapshot: SnapshotId,
    /// By process: where it recorded.
    pub points: Vec<Option<RecordingPoint>>,
    /// The step at which the snapshot was given up, since the run went back to a recorded state.
    pub given_up: Option<usize>,
    /// The step at which the snapshot became what was recorded by then, though not everybody had recorded.
    pub concluded: Option<usize>,
}

/// Where a process recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordingPoint {
    /// The step at which it had the state: where the cut crosses it.
    pub step: usize,
    /// The step at which it recorded that: the same, unless it had noted the state before.
    pub since: usize,
    /// What it recorded.
    pub state: LocalState,
    /// The channel on which the cause came; none for an initiator.
    pub via: Option<ChannelId>,
    /// The step at which the process forgot what it had recorded, if it did.
    pub forgotten: Option<usize>,
}

/// What a process did by itself, one thing after another with no communication and no recording between them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Solitude {
    /// The steps, in order; at least one.
    pub steps: Vec<usize>,
}

impl Chart {
    /// The facts of a run. Takes time in the number of its events.
    #[must_use]
    pub fn new(trace: &Trace<'_>) -> Self {
        let (topology, computation) = (trace.system.topology.clone(), trace.system.computation.clone());
        let (processes, channels) = (topology.process_count(), topology.channel_count());
        let lives = computation.initial().into_iter().map(|state| vec![(0, state)]).collect();
        let newcomers = topology.newcomers();
        let stays = topology.processes().map(|process| newcomers.contains(&process).then_some((None, None))).collect();
        let mut chart = Self {
            topology,
            computation,
            steps: 0,
            flights: Vec::new(),
            messages: Index::default(),
            controls: Index::default(),
            tags: BTreeMap::new(),
            recordings: Vec::new(),
            notes: BTreeMap::new(),
            acts: vec![Vec::new(); processes],
            lives,
            restorations: Vec::new(),
            outages: vec![Vec::new(); processes],
            splits: Vec::new(),
            alarms: Vec::new(),
            stays,
            held: Vec::new(),
            open: vec![VecDeque::new(); channels],
            alone: vec![false; processes],
        };
        chart.extend(&trace.steps);
        chart
    }

    /// Adds what happened after the steps that the chart has. Takes time in the number of the new events.
    pub fn extend(&mut self, steps: &[Step<'_>]) {
        for step in steps {
            self.steps += 1;
            self.take_in(step.action);
            step.events.iter().for_each(|event| self.note(self.steps, event));
        }
    }

    /// Adds what rides on messages, which events do not say.
    pub fn add_tags(&mut self, tags: impl IntoIterator<Item = (MessageId, Vec<TagRole>)>) {
        self.tags.extend(tags);
    }

    fn note(&mut self, step: usize, event: &Event) {
        let process = event.process(&self.topology);
        if let Some(state) = event.state_after() {
            self.lives[process.index()].push((step, state));
        }
        match *event {
            Event::Sent { message, channel, payload, .. } | Event::Resent { message, channel, payload, .. } => {
                self.messages.insert(message, self.flights.len());
                self.depart(What::Message(message), channel, step, payload, None);
            }
            Event::ControlSent { control, channel, role } => {
                self.controls.insert(control, self.flights.len());
                self.depart(What::of_control(control, role), channel, step, Payload(0), None);
            }
            Event::Received { message, .. } => self.hand_over(What::Message(message)),
            Event::ControlReceived { control, role, .. } => self.hand_over(What::of_control(control, role)),
            Event::OnLink { channel, what, item } => self.on_link(channel, what, item),
            Event::Lost { .. } => self.drop_arrived(),
            Event::Joined { process, .. } => self.stays[process.index()] = Some((Some(step), None)),
            Event::Departed { process } => {
                let joined = self.stays[process.index()].map_or(Some(0), |(joined, _)| joined);
                self.stays[process.index()] = Some((joined, Some(step)));
                self.forget_timers(process, step);
            }
            Event::Crashed { process } => self.outages[process.index()].push((step, None)),
            Event::Partitioned { group } => self.come_apart(group, step),
            Event::Healed => self.heal(step),
            Event::TimerSet { process, timer } => self.set_timer(process, timer, step),
            Event::TimerRang { process, timer } => self.ring(process, timer, step),
            Event::Restarted { process, state } => self.restart(process, state, step),
            Event::Kept { snapshot, message, .. } => {
                let arriving = self.held.iter().copied().find(|at| self.flights[*at].what == What::Message(message));
                if let Some(at) = arriving.or(self.messages.get(message)) {
                    self.flights[at].kept.push((snapshot, step));
                }
            }
            Event::Noted { process, number, .. } => _ = self.notes.insert((process, number), step),
            Event::Recorded { process, snapshot, state, via, noted } => {
                let note = noted.and_then(|number| self.notes.get(&(process, number)).copied());
                let step_of_state = note.unwrap_or(step);
                let point = RecordingPoint { step: step_of_state, since: step, state, via, forgotten: None };
                self.recordings_of(snapshot).points[process.index()] = Some(point);
            }
            Event::Discarded { process, snapshot } => self.discard(snapshot, process, step),
            Event::Concluded { snapshot, .. } => _ = self.recordings_of(snapshot).concluded.get_or_insert(step),
            Event::Restored { process, state, .. } => self.restore(process, state, step),
            Event::Acted { .. } => self.act(process, step),
            _ => {}
        }
        self.alone[process.index()] = matches!(event, Event::Acted { .. });
    }

    fn recordings_of(&mut self, snapshot: SnapshotId) -> &mut Recordings {
        let processes = self.topology.process_count();
        while self.recordings.len() <= snapshot.index() {
            let (snapshot, points) = (SnapshotId::at(self.recordings.len()), vec![None; processes]);
            self.recordings.push(Recordings { snapshot, points, given_up: None, concluded: None });
        }
        &mut self.recordings[snapshot.index()]
    }

    fn discard(&mut self, snapshot: SnapshotId, process: ProcessId, step: usize) {
        if let Some(point) = &mut self.recordings_of(snapshot).points[process.index()] {
            point.forgotten = Some(step);
        }
    }

    /// One event for each process; the first of them tells.
    fn restore(&mut self, process: ProcessId, state: LocalState, step: usize) {
        self.lives[process.index()].push((step, state));
        if self.restorations.last() == Some(&step) {
            return;
        }
        self.restorations.push(step);
        for open in self.open.iter_mut().flat_map(std::mem::take).chain(std::mem::take(&mut self.held)) {
            self.flights[open].dropped = Some(step);
        }
        for process in self.topology.processes() {
            self.recover(process, step);
            self.forget_timers(process, step);
        }
        for recordings in self.recordings.iter_mut().filter(|recordings| recordings.points.contains(&None)) {
            recordings.given_up.get_or_insert(step);
        }
    }

    fn act(&mut self, process: ProcessId, step: usize) {
        let acts = &mut self.acts[process.index()];
        match acts.last_mut().filter(|_| self.alone[process.index()]) {
            Some(going_on) => going_on.steps.push(step),
            None => acts.push(Solitude { steps: vec![step] }),
        }
    }
}

/// What can be asked of a chart.
impl Chart {
    /// Processes and channels.
    #[must_use]
    pub fn topology(&self) -> &Topology {
        &self.topology
    }

    /// The application.
    #[must_use]
    pub fn computation(&self) -> &Computation {
        &self.computation
    }

    /// How many steps the branch has.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// All that crossed or is crossing, in the order of sending.
    #[must_use]
    pub fn flights(&self) -> &[Flight] {
        &self.flights
    }

    /// A message; none if it was never sent.
    #[must_use]
    pub fn message(&self, message: MessageId) -> Option<&Flight> {
        self.messages.get(message).map(|at| &self.flights[at])
    }

    /// What rides on a message for the algorithm, as far as that was added.
    #[must_use]
    pub fn tag_roles(&self, message: MessageId) -> &[TagRole] {
        self.tags.get(&message).map_or(&[], Vec::as_slice)
    }

    /// A control message; none if it was never sent.
    #[must_use]
    pub fn control(&self, control: ControlId) -> Option<&Flight> {
        self.controls.get(control).map(|at| &self.flights[at])
    }

    /// What was recorded of the processes, by snapshot. One that is passed over in the numbering is empty.
    #[must_use]
    pub fn recordings(&self) -> &[Recordings] {
        &self.recordings
    }

    /// At which step a process, which has recorded nothing for a snapshot, stands by what it recorded before, if the snapshot was
    /// concluded by then: for the last one before that was concluded; or 0, how it began.
    #[must_use]
    pub fn stands_by(&self, snapshot: SnapshotId, process: ProcessId, step: usize) -> Option<usize> {
        let end = self.recordings.get(snapshot.index())?.concluded.filter(|end| *end <= step)?;
        let before = self.recordings.iter().filter(|one| one.concluded.is_some_and(|concluded| concluded <= end));
        let points = before.filter_map(|one| one.point(process, end));
        Some(points.map(|point| point.step).max().unwrap_or(0))
    }

    /// Where the cut of a snapshot passes a process that does not belong to it after so many steps: at its end, if it has left
    /// without recording; beside a neighbour that has recorded, if it has not joined, or joined when all was recorded. None
    /// of others.
    #[must_use]
    pub fn passes(&self, snapshot: SnapshotId, process: ProcessId, step: usize) -> Option<usize> {
        let (joins, leaves) = self.stay(process)?;
        let recordings = self.recordings.get(snapshot.index())?;
        if recordings.point(process, step).is_some() {
            return None;
        }
        if let Some(left) = leaves.filter(|left| *left <= step) {
            return Some(left);
        }
        let joined = joins.filter(|joined| *joined <= step);
        if joined.is_some_and(|joined| !self.was_over(recordings, joined)) {
            return None;
        }
        let at = process.index();
        let neighbours = (0..at).rev().chain(at + 1..self.topology.process_count()).map(ProcessId::at);
        neighbours.into_iter().find_map(|other| recordings.point(other, step)).map(|point| point.step)
    }

    /// Whether a snapshot was complete when somebody joined: everybody who was there had recorded, and nobody sent a marker to
    /// the newcomer at once.
    fn was_over(&self, recordings: &Recordings, joined: usize) -> bool {
        let is_there = |process: &ProcessId| {
            self.stay(*process).is_none_or(|(joins, leaves)| {
                joins.is_some_and(|joins| joins < joined) && leaves.is_none_or(|leaves| leaves > joined)
            })
        };
        let sends_at_once =
            |flight: &Flight| flight.sent == joined && flight.what.snapshot() == Some(recordings.snapshot);
        let mut there = self.topology.processes().filter(|process| self.topology.takes_part(*process)).filter(is_there);
        there.all(|process| recordings.point(process, joined).is_some()) && !self.flights.iter().any(sends_at_once)
    }

    /// Whether a process is there after so many steps: it has joined, and not left.
    #[must_use]
    pub fn is_here(&self, process: ProcessId, step: usize) -> bool {
        let by_then = |at: Option<usize>| at.is_some_and(|at| at <= step);
        self.stay(process).is_none_or(|(joins, leaves)| by_then(joins) && !by_then(leaves))
    }

    /// What a process did by itself.
    #[must_use]
    pub fn acts(&self, process: ProcessId) -> &[Solitude] {
        &self.acts[process.index()]
    }

    /// The steps at which the run went back to a recorded state.
    #[must_use]
    pub fn restorations(&self) -> &[usize] {
        &self.restorations
    }

    /// At which steps a process joined and left, 0 being the start; none of who is there all the time.
    #[must_use]
    pub fn stay(&self, process: ProcessId) -> Option<(Option<usize>, Option<usize>)> {
        self.stays[process.index()]
    }

    /// The state of a process after so many steps. Takes time in the logarithm of what it did.
    #[must_use]
    pub fn state(&self, process: ProcessId, step: usize) -> LocalState {
        let life = &self.lives[process.index()];
        life[life.partition_point(|(since, _)| *since <= step).saturating_sub(1)].1
    }
}

impl Flight {
    /// Whether it is in its channel after so many steps.
    #[must_use]
    pub fn is_under_way(&self, step: usize) -> bool {
        let over = |end: Option<usize>| end.is_some_and(|end| end <= step);
        self.sent <= step && !over(self.received) && !over(self.dropped) && !over(self.lost)
    }

    /// Whether it stands in the recorded state of its channel after so many steps.
    #[must_use]
    pub fn is_kept(&self, snapshot: SnapshotId, step: usize) -> bool {
        self.kept.iter().any(|(of, since)| *of == snapshot && *since <= step)
    }

    /// The step that ended it, if one did.
    #[must_use]
    pub fn end(&self) -> Option<usize> {
        self.received.or(self.dropped).or(self.lost)
    }
}

impl What {
    fn of_control(control: ControlId, role: ControlRole) -> Self {
        match role {
            ControlRole::Marker(snapshot) | ControlRole::Count { snapshot, .. } => Self::Marker(control, snapshot),
            other => Self::Report(control, other.snapshot()),
        }
    }

    /// The snapshot that a control message belongs to.
    #[must_use]
    pub fn snapshot(self) -> Option<SnapshotId> {
        match self {
            Self::Message(_) => None,
            Self::Marker(_, snapshot) | Self::Report(_, snapshot) => Some(snapshot),
        }
    }
}

impl Recordings {
    /// Where a process had recorded after so many steps.
    #[must_use]
    pub fn point(&self, process: ProcessId, step: usize) -> Option<RecordingPoint> {
        let given_up = self.given_up.is_some_and(|end| end <= step);
        let forgotten = |point: &RecordingPoint| point.forgotten.is_some_and(|end| end <= step);
        self.points[process.index()].filter(|point| point.since <= step && !given_up && !forgotten(point))
    }

    /// Whether any process had recorded after so many steps.
    #[must_use]
    pub fn has_begun(&self, step: usize) -> bool {
        (0..self.points.len()).any(|at| self.point(ProcessId::at(at), step).is_some())
    }

    /// Whether the snapshot is unfinished at the end of the branch or was given up.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.points.iter().all(Option::is_none)
    }
}
