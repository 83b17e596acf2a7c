//! What must come out of a schedule, and where a run comes out differently.

use crate::error::{FileError, wrong};
use crate::wanted::Wanted;
use cutline_core::computation::{Computation, LocalState, Payload};
use cutline_core::event::ControlRole;
use cutline_core::judge::{Fault, Verdict, judge};
use cutline_core::snapshot::{ChannelRecord, Snapshot};
use cutline_core::world::Waiting;
use cutline_core::{ChannelId, Event, History, MessageId, Method, SnapshotId, Trace, World};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What must come out of a schedule. What it does not say is not compared.
#[derive(Clone, Debug, Deserialize)]
pub struct Outcome {
    /// The states of the processes at the end.
    #[serde(default)]
    pub final_states: Wanted<Vec<Value>>,
    /// What is in each channel at the end: `mark` or `msg` with its number.
    #[serde(default)]
    pub left_in_channels: Wanted<Vec<Vec<String>>>,
    #[serde(rename = "doc")]
    _doc: Option<String>,
    #[serde(rename = "note")]
    _note: Option<String>,
    /// What was recorded, by snapshot.
    #[serde(flatten)]
    pub snapshots: BTreeMap<String, Recorded>,
}

/// What must have been recorded in one snapshot.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Recorded {
    /// The states of the processes.
    pub recorded: Wanted<Vec<Value>>,
    /// The messages in each channel, by number and content; none for a channel whose recording never began.
    pub channels: Wanted<Vec<Option<Messages>>>,
    /// Whether all was recorded.
    pub complete: Wanted<bool>,
    /// What it adds up to.
    pub total: Wanted<Option<i64>>,
    /// What is wrong: which way, on which channel, with which number; in any order.
    pub violations: Wanted<Vec<(String, u16, u32)>>,
    /// Whether the vector clocks find the cut consistent.
    pub vector_clock_consistent: Wanted<Option<bool>>,
    /// The cut.
    pub events_before_recording: Wanted<Vec<Option<u32>>>,
    /// Whether the recorded state really occurred.
    pub occurred: Wanted<Option<bool>>,
    #[serde(rename = "doc")]
    _doc: Option<String>,
    #[serde(rename = "note")]
    _note: Option<String>,
}

/// The messages of a channel, each by its number there and what it carries.
pub type Messages = Vec<(u32, Value)>;

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
        let own = usize::from(self.final_states.this().is_some()) + usize::from(self.left_in_channels.this().is_some());
        own + self.snapshots.values().map(Recorded::fields).sum::<usize>()
    }

    /// Refuses what is said of a snapshot that is not among these.
    pub(crate) fn only_of(&self, snapshots: &[u16]) -> Result<(), FileError> {
        let known = |id: &str| id.parse().is_ok_and(|id: u16| snapshots.contains(&id));
        let stranger = self.snapshots.keys().find(|id| !known(id));
        stranger.map_or(Ok(()), |id| Err(wrong("expect", format!("there is no snapshot {id} under snapshots"))))
    }

    /// Where a run comes out differently at the point where it stands.
    #[must_use]
    pub fn differences(&self, history: &History<Method>) -> Vec<Difference> {
        let (world, trace) = (history.world(), history.trace());
        let topology = world.topology();
        let computation = &world.system().computation;
        let mut found = Differences(Vec::new());
        let states = topology.processes().map(|process| Some(world.state(process)));
        found.compare_states("final_states", &self.final_states, computation, &states.collect::<Vec<_>>());
        let left: Vec<Vec<String>> = topology.channels().map(|channel| left_in(world, channel)).collect();
        found.compare("left_in_channels", &self.left_in_channels, &left);
        let empty = Snapshot::empty(topology);
        for (id, expected) in &self.snapshots {
            let number = id.parse().ok().map(SnapshotId);
            let snapshot = number.and_then(|id| world.snapshots().get(id.index())).unwrap_or(&empty);
            let verdict = judge(&trace, number.unwrap_or(SnapshotId(u16::MAX)));
            found.compare_snapshot(id, expected, &Judged { trace: &trace, snapshot, verdict: &verdict });
        }
        found.0
    }
}

impl Recorded {
    fn fields(&self) -> usize {
        let said = [
            self.recorded.this().is_some(),
            self.channels.this().is_some(),
            self.complete.this().is_some(),
            self.total.this().is_some(),
            self.violations.this().is_some(),
            self.vector_clock_consistent.this().is_some(),
            self.events_before_recording.this().is_some(),
            self.occurred.this().is_some(),
        ];
        said.into_iter().filter(|said| *said).count()
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

/// What the world and the judge have to say of a snapshot.
struct Judged<'a> {
    trace: &'a Trace<'a>,
    snapshot: &'a Snapshot,
    verdict: &'a Verdict,
}

impl Judged<'_> {
    fn states(&self) -> Vec<Option<LocalState>> {
        let processes = self.trace.system.topology.processes();
        processes.map(|process| self.snapshot.process(process)).collect()
    }

    fn channels(&self) -> Vec<Option<Messages>> {
        let computation = &self.trace.system.computation;
        let messages = |channel| match self.snapshot.channel(channel) {
            ChannelRecord::NotStarted | ChannelRecord::Left => None,
            ChannelRecord::Open(list) | ChannelRecord::Closed(list) => {
                Some(list.iter().map(|kept| (kept.number, content(computation, kept.payload))).collect())
            }
        };
        self.trace.system.topology.channels().map(messages).collect()
    }

    fn violations(&self) -> Vec<(String, u16, u32)> {
        self.verdict.faults.iter().map(|fault| violation(self.trace, *fault)).collect()
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

/// A state as files write it: a list of the tokens and, where sends are counted, how many are left; or of the label.
fn label(computation: &Computation, state: LocalState) -> Value {
    match state {
        LocalState::Money(amount) => json!([amount]),
        LocalState::Budgeted { amount, sends_left } => json!([amount, sends_left]),
        _ => json!([computation.show_state(state)]),
    }
}

/// Whether a file means this state. What is left of a budget need not be told, nor need one thing stand in a list.
fn means(expected: &Value, computation: &Computation, state: Option<LocalState>) -> bool {
    let Some(state) = state else { return expected.is_null() };
    let full = label(computation, state);
    let parts = full.as_array().map_or(&[][..], Vec::as_slice);
    match expected.as_array() {
        Some(given) if given.len() > 1 => given == parts,
        Some(given) => given.first().is_some_and(|given| same_word(given, &parts[0])),
        None => same_word(expected, &parts[0]),
    }
}

/// Whether both are the same number or name, where the name of a state or a message may be a number.
fn same_word(expected: &Value, found: &Value) -> bool {
    expected == found || expected.is_i64() && found.as_str() == Some(&*expected.to_string())
}

/// A message's content as files write it.
fn content(computation: &Computation, payload: Payload) -> Value {
    match computation {
        Computation::Bank(_) => Value::from(payload.0),
        _ => Value::from(computation.show_payload(payload)),
    }
}

/// Whether files mean the same recorded messages.
fn same_lists(expected: &[Option<Messages>], found: &[Option<Messages>]) -> bool {
    let same_message =
        |((number, what), (found, is)): (&(u32, Value), &(u32, Value))| number == found && same_word(what, is);
    let same = |(expected, found): (&Option<Messages>, &Option<Messages>)| match (expected, found) {
        (Some(expected), Some(found)) => expected.len() == found.len() && expected.iter().zip(found).all(same_message),
        (None, None) => true,
        _ => false,
    };
    expected.len() == found.len() && expected.iter().zip(found).all(same)
}

struct Differences(Vec<Difference>);

impl Differences {
    fn compare<T: PartialEq + Serialize>(&mut self, field: &str, expected: &Wanted<T>, found: &T) {
        self.compare_by(field, expected, found, |expected| expected == found);
    }

    fn compare_by<T: Serialize>(&mut self, field: &str, expected: &Wanted<T>, found: &T, same: impl Fn(&T) -> bool) {
        if let Some(expected) = expected.this().filter(|expected| !same(expected)) {
            let show = |value: &T| serde_json::to_string(value).unwrap_or_default();
            self.0.push(Difference { field: field.to_owned(), expected: show(expected), found: show(found) });
        }
    }

    fn compare_states(
        &mut self,
        field: &str,
        expected: &Wanted<Vec<Value>>,
        computation: &Computation,
        found: &[Option<LocalState>],
    ) {
        let shown = found.iter().map(|state| state.map_or(Value::Null, |state| label(computation, state))).collect();
        self.compare_by(field, expected, &shown, |expected| {
            expected.len() == found.len()
                && expected.iter().zip(found).all(|(expected, state)| means(expected, computation, *state))
        });
    }

    fn compare_snapshot(&mut self, id: &str, expected: &Recorded, found: &Judged<'_>) {
        let field = |name: &str| format!("{id}.{name}");
        let (verdict, complete) = (found.verdict, found.snapshot.is_complete());
        let computation = &found.trace.system.computation;
        self.compare_states(&field("recorded"), &expected.recorded, computation, &found.states());
        let channels = found.channels();
        self.compare_by(&field("channels"), &expected.channels, &channels, |expected| same_lists(expected, &channels));
        self.compare(&field("complete"), &expected.complete, &complete);
        let total = verdict.sums.map(|sums| sums.in_processes + sums.in_channels);
        self.compare(&field("total"), &expected.total, &total);
        let violations = found.violations();
        let sorted = |list: &[(String, u16, u32)]| {
            let mut list = list.to_vec();
            list.sort_unstable();
            list
        };
        let same = |expected: &Vec<_>| sorted(expected) == sorted(&violations);
        self.compare_by(&field("violations"), &expected.violations, &violations, same);
        self.compare(&field("vector_clock_consistent"), &expected.vector_clock_consistent, &verdict.clocks_agree);
        self.compare(&field("events_before_recording"), &expected.events_before_recording, &verdict.cut);
        let occurred = complete.then_some(verdict.occurred_after.is_some());
        self.compare(&field("occurred"), &expected.occurred, &occurred);
    }
}
