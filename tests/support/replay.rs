//! Plays a stored schedule and finds where it comes out differently.

use crate::schedule::{Label, Op, Recorded, Schedule, content, label};
use cutline_core::computation::{Computation, Offer, Payload};
use cutline_core::event::ControlRole;
use cutline_core::judge::{Fault, Verdict, judge};
use cutline_core::snapshot::{ChannelRecord, Snapshot};
use cutline_core::world::Waiting;
use cutline_core::{Action, ChandyLamport, ChannelId, Event, History, MessageId, ProcessId, SnapshotId, Trace, World};
use serde_json::Value;
use std::fmt::Debug;
use std::sync::Arc;

/// Plays a schedule; each difference is a line that names the field.
#[must_use]
pub fn differences(schedule: &Schedule) -> Vec<String> {
    let system = Arc::new(schedule.system());
    let mut history = History::new(World::new(system.clone(), ChandyLamport::default()));
    for (at, op) in schedule.ops.iter().enumerate() {
        let done = action(history.world(), *op)
            .and_then(|action| history.act(action).map_err(|why| format!("refused, {why:?}")));
        if let Err(why) = done {
            return vec![format!("operation {at}, {op:?}: {why}")];
        }
    }
    let mut found = Differences::default();
    let world = history.world();
    let states: Vec<Label> =
        system.topology.processes().map(|process| label(&system.computation, world.state(process))).collect();
    found.compare("final_states", &schedule.expect.final_states, &states);
    let left: Vec<Vec<String>> = system.topology.channels().map(|channel| left_in(world, channel)).collect();
    found.compare("left_in_channels", &schedule.expect.left_in_channels, &left);
    found.compare("snapshots", &schedule.snapshots.len(), &schedule.expect.snapshots.len());
    let trace = history.trace();
    for (id, expected) in &schedule.expect.snapshots {
        let id = SnapshotId(id.parse().expect("snapshots are numbered"));
        let empty = Snapshot::empty(&system.topology);
        let snapshot = world.snapshots().get(id.index()).unwrap_or(&empty);
        found.compare_snapshot(id, expected, &found_in(&trace, snapshot, &judge(&trace, id)));
    }
    found.lines
}

/// The action that an operation stands for.
fn action(world: &World<ChandyLamport>, op: Op) -> Result<Action, String> {
    match op {
        Op::Send(process, channel) if world.topology().channel(channel).from == process => {
            Ok(Action::Send { channel, payload: next_payload(world, process, channel)? })
        }
        Op::Send(process, channel) => Err(format!("{channel:?} does not lead out of {process:?}")),
        Op::Init(snapshot, process) => Ok(Action::Initiate { process, snapshot: SnapshotId(snapshot) }),
        Op::Receive(channel, position) => Ok(Action::Deliver { channel, position }),
    }
}

/// One token, or the only message that the automaton has to send there.
fn next_payload(world: &World<ChandyLamport>, process: ProcessId, on: ChannelId) -> Result<Payload, String> {
    if matches!(world.system().computation, Computation::Bank(_)) {
        return Ok(Payload(1));
    }
    let offers = world.offers(process);
    let mut fitting = offers.iter().filter_map(|offer| match offer {
        Offer::Message { channel, payload } if *channel == on => Some(*payload),
        _ => None,
    });
    match (fitting.next(), fitting.next()) {
        (Some(payload), None) => Ok(payload),
        _ => Err(format!("not one rule but {offers:?}")),
    }
}

fn left_in(world: &World<ChandyLamport>, channel: ChannelId) -> Vec<String> {
    let show = |item| match item {
        Waiting::Message(kept) => format!("msg{}", kept.number),
        Waiting::Control(_, ControlRole::Marker(_)) => "mark".to_owned(),
        Waiting::Control(_, ControlRole::Report { .. }) => "report".to_owned(),
    };
    world.in_channel(channel).map(show).collect()
}

/// What the world and the judge have to say, in the words of the files.
fn found_in(trace: &Trace<'_>, snapshot: &Snapshot, verdict: &Verdict) -> Recorded {
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
        // The judge looks only for states that are worth looking for; one that is inconsistent cannot occur.
        occurred: complete.then(|| verdict.passage.as_ref().is_some_and(|passage| passage.occurred_after.is_some())),
    }
}

fn violation(trace: &Trace<'_>, fault: Fault) -> (String, u16, u32) {
    let (kind, message) = match fault {
        Fault::OrphanInProcess(message) => ("orphan-in-process", message),
        Fault::OrphanInChannel(message) => ("orphan-in-channel", message),
        Fault::Missing(message) => ("missing", message),
        Fault::Twice(message) => ("counted-twice", message),
        Fault::OutOfOrder(_) | Fault::WrongState(_) | Fault::RecordedTwice(_) => {
            return (format!("{fault:?}"), 0, 0);
        }
    };
    let (channel, number) = sent_as(trace, message).expect("a fault names a message that was sent");
    (kind.to_owned(), channel.0, number)
}

fn sent_as(trace: &Trace<'_>, wanted: MessageId) -> Option<(ChannelId, u32)> {
    trace.events().find_map(|(_, event)| match *event {
        Event::Sent { message, channel, number, .. } if message == wanted => Some((channel, number)),
        _ => None,
    })
}

#[derive(Default)]
struct Differences {
    lines: Vec<String>,
}

impl Differences {
    fn compare<T: PartialEq + Debug>(&mut self, field: &str, expected: &T, found: &T) {
        if expected != found {
            self.lines.push(format!("{field}: expected {expected:?}, found {found:?}"));
        }
    }

    fn compare_snapshot(&mut self, id: SnapshotId, expected: &Recorded, found: &Recorded) {
        let field = |name: &str| format!("snapshot {}, {name}", id.0);
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

/// A field, and what makes it wrong.
type Change = (&'static str, fn(&mut Recorded));

/// A schedule with one field of its outcome changed must be found to differ; this gives every such schedule.
#[must_use]
pub fn spoiled(schedule: &Schedule) -> Vec<(&'static str, Schedule)> {
    let change: [Change; 8] = [
        ("recorded", |r| r.recorded[0] = Some([Value::from("elsewhere")])),
        ("channels", |r| r.channels[0] = Some(vec![(99, Value::from(1))])),
        ("complete", |r| r.complete = !r.complete),
        ("total", |r| r.total = Some(99)),
        ("violations", |r| r.violations.push(("missing".to_owned(), 0, 99))),
        ("vector_clock_consistent", |r| r.vector_clock_consistent = r.vector_clock_consistent.map(|is| !is)),
        ("events_before_recording", |r| r.events_before_recording[0] = Some(99)),
        ("occurred", |r| r.occurred = r.occurred.map(|is| !is)),
    ];
    let mut all: Vec<_> = change.map(|(field, change)| (field, schedule.with(change))).into();
    let mut other = schedule.clone();
    other.expect.final_states[0] = [Value::from("elsewhere")];
    all.push(("final_states", other));
    let mut other = schedule.clone();
    other.expect.left_in_channels[0].push("mark".to_owned());
    all.push(("left_in_channels", other));
    all
}

impl Schedule {
    fn with(&self, change: fn(&mut Recorded)) -> Self {
        let mut changed = self.clone();
        changed.expect.snapshots.values_mut().for_each(change);
        changed
    }
}
