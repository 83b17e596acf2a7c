//! What must come out of a schedule, and where a run comes out differently.

use cutline_core::computation::{Computation, LocalState, Payload};
use cutline_core::event::ControlRole;
use cutline_core::judge::{Fault, Verdict, judge};
use cutline_core::snapshot::{ChannelRecord, Snapshot};
use cutline_core::world::Waiting;
use cutline_core::{ChannelId, Event, History, MessageId, Method, SnapshotId, Trace, World};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// What must come out of a schedule.
#[derive(Clone, Debug, Deserialize)]
pub struct Outcome {
    /// The states of the processes at the end.
    pub final_states: Vec<Label>,
    /// What is in each channel at the end: `mark` or `msg` with its number.
    pub left_in_channels: Vec<Vec<String>>,
    /// What was recorded, by snapshot.
    #[serde(flatten)]
    pub snapshots: BTreeMap<String, Recorded>,
}

/// What must have been recorded in one snapshot.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// The states of the processes.
    pub recorded: Vec<Option<Label>>,
    /// The messages in each channel, by number and content; none for a channel whose recording never began.
    pub channels: Vec<Option<Vec<(u32, Value)>>>,
    /// Whether all was recorded.
    pub complete: bool,
    /// What it adds up to.
    pub total: Option<i64>,
    /// What is wrong: which way, on which channel, with which number.
    pub violations: Vec<(String, u16, u32)>,
    /// Whether the vector clocks find the cut consistent.
    pub vector_clock_consistent: Option<bool>,
    /// The cut.
    pub events_before_recording: Vec<Option<u32>>,
    /// Whether the recorded state really occurred.
    pub occurred: Option<bool>,
}

/// The state of a process: a list of one label or number.
pub type Label = [Value; 1];

/// A field that came out differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which field, such as `0.recorded`.
    pub field: String,
    /// What the file has, as JSON.
    pub expected: String,
    /// What the run has, as JSON.
    pub found: String,
}

impl Outcome {
    /// How many fields are compared.
    #[must_use]
    pub fn fields(&self) -> usize {
        2 + 8 * self.snapshots.len()
    }

    /// Where a run comes out differently at the point where it stands.
    #[must_use]
    pub fn differences(&self, history: &History<Method>) -> Vec<Difference> {
        let (world, trace) = (history.world(), history.trace());
        let topology = world.topology();
        let computation = &world.system().computation;
        let mut found = Differences(Vec::new());
        let states: Vec<Label> = topology.processes().map(|process| label(computation, world.state(process))).collect();
        found.compare("final_states", &self.final_states, &states);
        let left: Vec<Vec<String>> = topology.channels().map(|channel| left_in(world, channel)).collect();
        found.compare("left_in_channels", &self.left_in_channels, &left);
        let empty = Snapshot::empty(topology);
        for (id, expected) in &self.snapshots {
            let number = id.parse().ok().map(SnapshotId);
            let snapshot = number.and_then(|id| world.snapshots().get(id.index())).unwrap_or(&empty);
            let verdict = judge(&trace, number.unwrap_or(SnapshotId(u16::MAX)));
            found.compare_snapshot(id, expected, &recorded(&trace, snapshot, &verdict));
        }
        found.0
    }
}

fn left_in(world: &World<Method>, channel: ChannelId) -> Vec<String> {
    let show = |item| match item {
        Waiting::Message(kept) => format!("msg{}", kept.number),
        Waiting::Control(_, ControlRole::Marker(_)) => "mark".to_owned(),
        Waiting::Control(_, ControlRole::Count { .. }) => "count".to_owned(),
        Waiting::Control(..) => "report".to_owned(),
    };
    world.in_channel(channel).map(show).collect()
}

/// What the world and the judge have to say, in the words of the files.
fn recorded(trace: &Trace<'_>, snapshot: &Snapshot, verdict: &Verdict) -> Recorded {
    let computation = &trace.system.computation;
    let topology = &trace.system.topology;
    let messages = |record: &ChannelRecord| match record {
        ChannelRecord::NotStarted => None,
        ChannelRecord::Open(list) | ChannelRecord::Closed(list) => {
            Some(list.iter().map(|kept| (kept.number, content(computation, kept.payload))).collect())
        }
    };
    let state = |process| snapshot.process(process).map(|state| label(computation, state));
    let complete = snapshot.is_complete();
    Recorded {
        recorded: topology.processes().map(state).collect(),
        channels: topology.channels().map(|channel| messages(snapshot.channel(channel))).collect(),
        complete,
        total: verdict.sums.map(|sums| sums.in_processes + sums.in_channels),
        violations: verdict.faults.iter().map(|fault| violation(trace, *fault)).collect(),
        vector_clock_consistent: verdict.clocks_agree,
        events_before_recording: verdict.cut.clone(),
        occurred: complete.then_some(verdict.occurred_after.is_some()),
    }
}

fn violation(trace: &Trace<'_>, fault: Fault) -> (String, u16, u32) {
    let (channel, number) = match fault {
        Fault::OrphanInProcess(message)
        | Fault::OrphanInChannel(message)
        | Fault::Missing(message)
        | Fault::Twice(message) => sent_as(trace, message).unwrap_or_default(),
        Fault::OutOfOrder(channel) => (channel, 0),
        Fault::WrongState(_) | Fault::RecordedTwice(_) => (ChannelId(0), 0),
    };
    (fault_kind(fault).to_owned(), channel.0, number)
}

/// What a fault is called in files.
#[must_use]
pub fn fault_kind(fault: Fault) -> &'static str {
    match fault {
        Fault::OrphanInProcess(_) => "orphan-in-process",
        Fault::OrphanInChannel(_) => "orphan-in-channel",
        Fault::Missing(_) => "missing",
        Fault::Twice(_) => "counted-twice",
        Fault::OutOfOrder(_) => "out-of-order",
        Fault::WrongState(_) => "wrong-state",
        Fault::RecordedTwice(_) => "recorded-twice",
    }
}

/// The channel of a message and its number there; none if nobody sent it.
#[must_use]
pub fn sent_as(trace: &Trace<'_>, wanted: MessageId) -> Option<(ChannelId, u32)> {
    trace.events().find_map(|(_, event)| match *event {
        Event::Sent { message, channel, number, .. } | Event::Resent { message, channel, number, .. }
            if message == wanted =>
        {
            Some((channel, number))
        }
        _ => None,
    })
}

/// A state as files write it.
fn label(computation: &Computation, state: LocalState) -> Label {
    match state {
        LocalState::Money(amount) | LocalState::Budgeted { amount, .. } => [Value::from(amount)],
        _ => [Value::from(computation.show_state(state))],
    }
}

/// A message's content as files write it.
fn content(computation: &Computation, payload: Payload) -> Value {
    match computation {
        Computation::Bank(_) => Value::from(payload.0),
        _ => Value::from(computation.show_payload(payload)),
    }
}

struct Differences(Vec<Difference>);

impl Differences {
    fn compare<T: PartialEq + Serialize>(&mut self, field: &str, expected: &T, found: &T) {
        if expected != found {
            let show = |value: &T| serde_json::to_string(value).unwrap_or_default();
            self.0.push(Difference { field: field.to_owned(), expected: show(expected), found: show(found) });
        }
    }

    fn compare_snapshot(&mut self, id: &str, expected: &Recorded, found: &Recorded) {
        let field = |name: &str| format!("{id}.{name}");
        self.compare(&field("recorded"), &expected.recorded, &found.recorded);
        self.compare(&field("channels"), &expected.channels, &found.channels);
        self.compare(&field("complete"), &expected.complete, &found.complete);
        self.compare(&field("total"), &expected.total, &found.total);
        self.compare(&field("violations"), &expected.violations, &found.violations);
        let clocks = field("vector_clock_consistent");
        self.compare(&clocks, &expected.vector_clock_consistent, &found.vector_clock_consistent);
        let cut = field("events_before_recording");
        self.compare(&cut, &expected.events_before_recording, &found.events_before_recording);
        self.compare(&field("occurred"), &expected.occurred, &found.occurred);
    }
}
