//! Stored schedules: a system, what is done in it one operation after another, and what must have been recorded at
//! the end. Their figures come from programs that share no code with this project.

use cutline_core::computation::{Computation, LocalState, Payload};
use cutline_core::{ChannelId, ProcessId, System};
use cutline_formats::{App, Delivery, build};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A schedule as its file has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Its name, which is that of its file.
    pub name: String,
    /// What it shows.
    pub doc: String,
    /// How many processes there are.
    pub processes: u16,
    /// From where to where each channel leads.
    pub channels: Vec<(u16, u16)>,
    /// The application.
    pub app: App,
    /// In which order channels deliver.
    #[serde(default)]
    pub order: Delivery,
    /// The runs of the algorithm.
    pub snapshots: Vec<Begun>,
    /// What is done.
    #[serde(deserialize_with = "ops")]
    pub ops: Vec<Op>,
    /// What must come out.
    pub expect: Outcome,
}

/// A run of the algorithm.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begun {
    /// Its number.
    pub id: u16,
}

/// One operation. Where it stands in the file is its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// A process sends on a channel.
    Send(ProcessId, ChannelId),
    /// A process starts a snapshot.
    Init(u16, ProcessId),
    /// The item at this place in a channel is received.
    Receive(ChannelId, u32),
}

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

fn ops<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Vec<Op>, D::Error> {
    let words = Vec::<Vec<Value>>::deserialize(source)?;
    let unknown = |op: &Vec<Value>| serde::de::Error::custom(format!("no reader for the operation {op:?}"));
    words.iter().map(|op| op_of(op).ok_or_else(|| unknown(op))).collect()
}

fn op_of(words: &[Value]) -> Option<Op> {
    let small = |value: &Value| value.as_u64().and_then(|number| u16::try_from(number).ok());
    let (kind, rest) = words.split_first()?;
    let numbers: Vec<u16> = rest.iter().map(small).collect::<Option<_>>()?;
    match (kind.as_str()?, &numbers[..]) {
        ("send", [process, channel]) => Some(Op::Send(ProcessId(*process), ChannelId(*channel))),
        ("init", [snapshot, process]) => Some(Op::Init(*snapshot, ProcessId(*process))),
        ("recv", [channel, index]) => Some(Op::Receive(ChannelId(*channel), u32::from(*index))),
        _ => None,
    }
}

impl Schedule {
    /// Reads a schedule.
    ///
    /// # Errors
    /// What in it cannot be understood.
    pub fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    /// The system in which it happens.
    ///
    /// # Panics
    /// If the file describes none.
    #[must_use]
    pub fn system(&self) -> System {
        build(self.processes, &self.channels, self.order, &self.app).expect("a system")
    }
}

/// A state as the files write it.
#[must_use]
pub fn label(computation: &Computation, state: LocalState) -> Label {
    match state {
        LocalState::Money(amount) | LocalState::Budgeted { amount, .. } => [Value::from(amount)],
        _ => [Value::from(computation.show_state(state))],
    }
}

/// A message's content as the files write it.
#[must_use]
pub fn content(computation: &Computation, payload: Payload) -> Value {
    match computation {
        Computation::Bank(_) => Value::from(payload.0),
        _ => Value::from(computation.show_payload(payload)),
    }
}
