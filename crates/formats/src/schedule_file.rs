//! Files that give a fixed schedule: a system, what is done in it one operation after another, and what must have been
//! recorded at the end.

use crate::app::{App, Delivery, build, known_process, repair};
use crate::error::{FileError, read, wrong};
use crate::outcome::Outcome;
use crate::system_file::Faults;
use crate::wanted::{or_default, or_yes, yes};
use cutline_core::action::Copied;
use cutline_core::algorithms::chandy_lamport::{Repeats, TimeOuts, TimedOut};
use cutline_core::algorithms::method::NAMES;
use cutline_core::computation::{Computation, Offer, Payload};
use cutline_core::scenario::{Bilingual, refusal};
use cutline_core::world::MAX_SNAPSHOTS;
use cutline_core::{Action, ChandyLamport, ChannelId, Method, ProcessId, Scenario, SnapshotId, System, World};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// A schedule as its file has it: the fields of a system, and some more.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScheduleFile {
    /// Its name; empty if the file has none.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
    /// What it shows.
    #[serde(default, deserialize_with = "or_default")]
    pub doc: String,
    /// A remark.
    pub note: Option<String>,
    /// How many processes there are.
    pub processes: u16,
    /// From where to where each channel leads.
    pub channels: Vec<(u16, u16)>,
    /// The application.
    pub app: App,
    /// Which algorithm is at work; without this, that of Chandy and Lamport.
    pub algorithm: Option<String>,
    /// In which order channels deliver; without this, first in, first out.
    #[serde(default, deserialize_with = "or_default")]
    pub order: Delivery,
    /// The snapshots that are taken.
    pub snapshots: Vec<Scheduled>,
    /// What is done.
    pub ops: Vec<Vec<Value>>,
    /// What must come out.
    pub expect: Option<Outcome>,
    /// How often something may go wrong in the channels. The operations say what does, and how often, whatever this says.
    pub faults: Option<Faults>,
    /// What repairs the channels.
    pub link: Option<String>,
    /// Who takes part in the snapshots.
    pub members: Option<Vec<u16>>,
    /// Whether a repeated marker is ignored.
    #[serde(default = "yes", deserialize_with = "or_yes")]
    pub marker_idempotent: bool,
    /// Whether its system could be explored in the tagged view. For the schedule it means nothing.
    pub tagged: Option<bool>,
}

/// A snapshot that is taken.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheduled {
    /// Its number.
    pub id: u16,
    /// Who may start it; without this, everybody.
    pub initiators: Option<Vec<u16>>,
    #[serde(rename = "doc")]
    _doc: Option<String>,
    #[serde(rename = "note")]
    _note: Option<String>,
}

const KNOWN: &str = "expected [\"send\", process, channel], [\"init\", snapshot, process], [\"recv\", channel, place], \
                     [\"drop\", channel, place], [\"corrupt\", channel, place], [\"dup\", channel, place, \"adjacent\" or \"tail\"], [\"retx\", channel, \
                     number], [\"resend_marker\", channel, snapshot], [\"timeout_close\", channel, snapshot], [\"crash\", \
                     process] or [\"restart\", process]";

impl ScheduleFile {
    /// Reads a schedule.
    ///
    /// # Errors
    /// What in it cannot be understood.
    pub fn parse(text: &str) -> Result<Self, FileError> {
        read(text)
    }

    /// The same as a scenario with this run, which has been tried out.
    ///
    /// # Errors
    /// What in it contradicts itself, which operation is impossible, or what of it is not supported.
    pub fn scenario(&self) -> Result<Scenario, FileError> {
        let method = self.method()?;
        let system = Arc::new(self.system()?);
        self.declared_snapshots()?;
        let mut world = World::new(system.clone(), method);
        let (mut script, mut events) = (Vec::new(), Vec::new());
        for (at, op) in self.ops.iter().enumerate() {
            let field = format!("ops[{at}]");
            let action = self.action(&field, &world, op)?;
            world.apply(action, &mut events).map_err(|why| wrong(&field, refusal(&system, why)))?;
            script.push(action);
            events.clear();
        }
        let both = |text: &str| Bilingual { en: text.to_owned(), zh: text.to_owned() };
        Ok(Scenario {
            title: both(&self.name),
            about: both(&self.doc),
            system,
            algorithm: method,
            latencies: Vec::new(),
            policy: None,
            keeping: None,
            opens_at: script.len(),
            script,
            expected: Vec::new(),
        })
    }

    /// The algorithm, with the naive repairs that the operations ask for.
    fn method(&self) -> Result<Method, FileError> {
        let uses = |name: &str| self.ops.iter().any(|op| op.first().and_then(Value::as_str) == Some(name));
        match self.algorithm.as_deref().unwrap_or("chandy-lamport") {
            "chandy-lamport" => Ok(Method::ChandyLamport(ChandyLamport {
                repeats: if self.marker_idempotent { Repeats::Ignored } else { Repeats::Heeded },
                time_outs: if uses("resend_marker") || uses("timeout_close") {
                    TimeOuts::Naive
                } else {
                    TimeOuts::None
                },
                ..ChandyLamport::default()
            })),
            other => {
                // Of those with markers the fields of the file say how these go.
                let method = Method::named(other).filter(|method| method.markers().is_none());
                let known: Vec<&str> = NAMES.iter().copied().filter(|name| !name.starts_with("cl-")).collect();
                let known = known.join(", ");
                method.ok_or_else(|| wrong("algorithm", format!("{other} is not known here; those that are: {known}")))
            }
        }
    }

    fn declared_snapshots(&self) -> Result<(), FileError> {
        let ids: Vec<u16> = self.snapshots.iter().map(|declared| declared.id).collect();
        for (at, declared) in self.snapshots.iter().enumerate() {
            if ids[..at].contains(&declared.id) {
                return Err(wrong(
                    &format!("snapshots[{at}].id"),
                    format!("there is a snapshot {} already", declared.id),
                ));
            }
            if declared.id >= MAX_SNAPSHOTS {
                return Err(wrong(&format!("snapshots[{at}].id"), format!("expected a number below {MAX_SNAPSHOTS}")));
            }
            let field = format!("snapshots[{at}].initiators");
            let initiators = declared.initiators.iter().flatten();
            initiators.copied().try_for_each(|process| known_process(&field, process, self.processes))?;
        }
        self.expect.as_ref().map_or(Ok(()), |expect| expect.only_of(&ids))
    }

    /// The action that an operation stands for.
    fn action(&self, field: &str, world: &World<Method>, op: &[Value]) -> Result<Action, FileError> {
        let words = Value::from(op.to_vec());
        let kind = op.first().and_then(Value::as_str).ok_or_else(|| wrong(field, KNOWN))?;
        let small = |value: &Value| value.as_u64().and_then(|number| u16::try_from(number).ok());
        let (numbers, copy) = match op[1..].split_last() {
            Some((Value::String(place), numbers)) => (numbers, Some(place.as_str())),
            _ => (&op[1..], None),
        };
        let numbers: Option<Vec<u16>> = numbers.iter().map(small).collect();
        if let (Some(copy), Some(numbers)) = (copy, &numbers) {
            return copied(field, world, (kind, numbers, copy))
                .ok_or_else(|| wrong(field, format!("{KNOWN}, found {words}")))?;
        }
        match (kind, numbers.as_deref()) {
            ("send", Some([process, channel])) => {
                let (process, channel) = (self.process(field, *process)?, known_channel(field, world, *channel)?);
                let ends = world.topology().channel(channel);
                if ends.from != process {
                    let (from, to) = (ends.from.0, ends.to.0);
                    let channel = channel.0;
                    return Err(wrong(field, format!("channel {channel} leads from process {from} to process {to}")));
                }
                Ok(Action::Send { channel, payload: next_payload(field, world, process, channel)? })
            }
            ("init", Some([snapshot, process])) => self.initiation(field, *snapshot, *process),
            ("recv", Some([channel, position])) => {
                let channel = known_channel(field, world, *channel)?;
                Ok(Action::Deliver { channel, position: u32::from(*position) })
            }
            ("drop", Some([channel, position])) => {
                let channel = known_channel(field, world, *channel)?;
                Ok(Action::Lose { channel, position: u32::from(*position) })
            }
            ("corrupt", Some([channel, position])) => {
                let channel = known_channel(field, world, *channel)?;
                Ok(Action::Corrupt { channel, position: u32::from(*position) })
            }
            ("retx", Some([channel, number])) => {
                let channel = known_channel(field, world, *channel)?;
                Ok(Action::SendAgain { channel, number: u32::from(*number) })
            }
            ("crash", Some([process])) => Ok(Action::Crash { process: self.process(field, *process)? }),
            ("restart", Some([process])) => Ok(Action::Restart { process: self.process(field, *process)? }),
            ("resend_marker", Some([channel, snapshot])) => {
                let channel = known_channel(field, world, *channel)?;
                let timer = TimedOut::Resend.timer(SnapshotId(*snapshot), channel);
                Ok(Action::Ring { process: world.topology().channel(channel).from, timer })
            }
            ("timeout_close", Some([channel, snapshot])) => {
                let channel = known_channel(field, world, *channel)?;
                let timer = TimedOut::Close.timer(SnapshotId(*snapshot), channel);
                Ok(Action::Ring { process: world.topology().channel(channel).to, timer })
            }
            _ => Err(wrong(field, format!("{KNOWN}, found {words}"))),
        }
    }

    fn process(&self, field: &str, process: u16) -> Result<ProcessId, FileError> {
        known_process(field, process, self.processes).map(|()| ProcessId(process))
    }

    fn initiation(&self, field: &str, snapshot: u16, process: u16) -> Result<Action, FileError> {
        let declared = self.snapshots.iter().find(|declared| declared.id == snapshot);
        let declared =
            declared.ok_or_else(|| wrong(field, format!("there is no snapshot {snapshot} under snapshots")))?;
        let process = self.process(field, process)?;
        if declared.initiators.as_ref().is_some_and(|initiators| !initiators.contains(&process.0)) {
            return Err(wrong(field, format!("process {} is no initiator of snapshot {snapshot}", process.0)));
        }
        Ok(Action::Initiate { process, snapshot: SnapshotId(snapshot) })
    }

    /// The system in which it happens.
    ///
    /// # Errors
    /// If the file describes none.
    pub fn system(&self) -> Result<System, FileError> {
        let mut system = build(self.processes, &self.channels, self.order, &self.app)?;
        if let Some(members) = &self.members {
            members.iter().try_for_each(|process| known_process("members", *process, self.processes))?;
            let outside = (0..self.processes).filter(|process| !members.contains(process));
            outside.for_each(|process| system.topology.leave_out(ProcessId(process)));
        }
        repair(&mut system, self.link.as_deref())?;
        self.faults.as_ref().map_or(Ok(()), |faults| faults.read().map(drop))?;
        Ok(system)
    }
}

/// A copy of an item, right behind it or behind everything.
fn copied(field: &str, world: &World<Method>, op: (&str, &[u16], &str)) -> Option<Result<Action, FileError>> {
    let (channel, position, copy) = match op {
        ("dup", [channel, position], "adjacent") => (*channel, *position, Copied::Adjacent),
        ("dup", [channel, position], "tail") => (*channel, *position, Copied::Tail),
        _ => return None,
    };
    let channel = known_channel(field, world, channel);
    Some(channel.map(|channel| Action::Duplicate { channel, position: u32::from(position), copy }))
}

fn known_channel(field: &str, world: &World<Method>, channel: u16) -> Result<ChannelId, FileError> {
    let known = world.topology().has_channel(ChannelId(channel));
    known.then_some(ChannelId(channel)).ok_or_else(|| wrong(field, format!("there is no channel {channel}")))
}

/// One token, or the only message that the automaton has to send there.
fn next_payload(field: &str, world: &World<Method>, process: ProcessId, on: ChannelId) -> Result<Payload, FileError> {
    if matches!(world.system().computation, Computation::Bank(_)) {
        return Ok(Payload(1));
    }
    let mut fitting: Vec<Payload> = Vec::new();
    for offer in world.offers(process) {
        match offer {
            Offer::Message { channel, payload } if channel == on && !fitting.contains(&payload) => {
                fitting.push(payload);
            }
            _ => {}
        }
    }
    match fitting[..] {
        [payload] => Ok(payload),
        [] => Err(wrong(field, format!("process {} has nothing to send on channel {} there", process.0, on.0))),
        _ => Err(wrong(field, format!("process {} has several messages to send on channel {}", process.0, on.0))),
    }
}
