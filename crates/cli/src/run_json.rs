//! What `cutline run --json` tells. `docs/command-line.md` names every field.

use crate::run_keeping::Kept;
use crate::run_meters::Metered;
use crate::run_mishaps;
use crate::run_report::{Report, announced};
use cutline_core::algorithms::chandy_lamport::{Collect, Markers};
use cutline_core::bare::GlobalState;
use cutline_core::collection::{Count, Obstacle, obstacles};
use cutline_core::event::ControlRole;
use cutline_core::judge::{Class, Fate, Fault, Verdict, availability};
use cutline_core::progress::{Outlook, progress};
use cutline_core::scenario::sentences;
use cutline_core::snapshot::ChannelRecord;
use cutline_core::stable;
use cutline_core::world::Waiting;
use cutline_core::{ChannelId, Event, MessageId, ProcessId, SnapshotId, Trace, World};
use cutline_formats::fault_kind;
use cutline_session::properties::{Follows, Model, Property, PropertyLine, model};
use cutline_session::{Msg, Session, Standing};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) fn json(report: &Report, session: &mut Session, told: &AtomicU64) -> Value {
    let mut snapshots = Vec::new();
    let sent = sent(&session.history().trace());
    for snapshot in session.begun() {
        session.update(Msg::Show(snapshot));
        let verdict = session.verdict(snapshot);
        let fates = verdict.messages.iter().map(|fate| (fate.message, fate)).collect();
        snapshots.push(Part { session, id: snapshot, verdict: &verdict, sent: &sent, fates }.snapshot());
        told.fetch_add(1, Ordering::Relaxed);
    }
    let kept = Kept::of(session);
    for (at, told) in session.begun().into_iter().zip(&mut snapshots) {
        told["keeping"] = json!(kept.as_ref().and_then(|kept| kept.json(at)));
    }
    let unmet = report.unmet.iter().map(|unmet| json!({ "line": unmet.line, "text": unmet.words }));
    let world = session.world();
    let start = World::new(world.system().clone(), *world.algorithm());
    let actions: Vec<_> = session.history().trace().steps.iter().map(|step| step.action).collect();
    let mut all = json!({
        "title": session.title(),
        "about": session.about(),
        "steps": { "file": report.scripted, "scheduler": report.scheduled },
        "scheduler": report.scheduler.name(),
        "seed": report.seed,
        "stopped_early": report.spent,
        "markers": match world.algorithm().markers() {
            None => "none",
            Some(Markers::AtOnce) => "at once",
            Some(Markers::OneByOne) => "one by one",
            Some(Markers::OneByOneUnguarded) => "one by one unguarded",
        },
        "run": sentences(&start, &actions),
        "mishaps": run_mishaps::json(&run_mishaps::of(session, &report.ordered)),
        "final": end(session),
        "snapshots": snapshots,
        "expectations": { "all": report.expected, "unmet": unmet.collect::<Vec<_>>() },
    });
    let announced = announced(session);
    if !announced.is_empty() {
        let one = |(process, step)| json!({ "process": process, "after_step": step });
        all["announced"] = announced.into_iter().map(one).collect();
    }
    if report.meters {
        all["meters"] = Metered::of(session).json();
    }
    all
}

/// The state of the run at its end.
fn end(session: &Session) -> Value {
    let (world, topology) = (session.world(), session.topology());
    let computation = &world.system().computation;
    let process = |process| {
        let state = computation.show_state(world.state(process));
        json!({ "name": topology.process_name(process), "state": state })
    };
    let item = |item| match item {
        Waiting::Message(kept) => json!({ "number": kept.number, "carries": computation.show_payload(kept.payload) }),
        Waiting::Control(_, ControlRole::Marker(snapshot)) => json!({ "marker": snapshot.0 + 1 }),
        Waiting::Control(_, ControlRole::Count { snapshot, messages }) => {
            json!({ "count": snapshot.0 + 1, "messages": messages })
        }
        Waiting::Control(_, ControlRole::Report { snapshot, .. }) => json!({ "report": snapshot.0 + 1 }),
        Waiting::Control(_, other) => json!({ "control": other.to_string() }),
    };
    let channel = |channel| {
        let items: Vec<Value> = world.in_channel(channel).map(item).collect();
        json!({ "name": topology.channel(channel).name, "items": items })
    };
    json!({
        "processes": topology.processes().map(process).collect::<Vec<_>>(),
        "channels": topology.channels().map(channel).collect::<Vec<_>>(),
    })
}

/// One snapshot at the end of the run.
struct Part<'a> {
    session: &'a Session,
    id: SnapshotId,
    verdict: &'a Verdict,
    sent: &'a Sent,
    fates: BTreeMap<MessageId, &'a Fate>,
}

/// The channel of each message and its number there.
type Sent = BTreeMap<MessageId, (ChannelId, u32)>;

fn sent(trace: &Trace<'_>) -> Sent {
    let mut sent = Sent::new();
    for (_, event) in trace.events() {
        if let Event::Sent { message, channel, number, .. } | Event::Resent { message, channel, number, .. } = *event {
            sent.entry(message).or_insert((channel, number));
        }
    }
    sent
}

impl Part<'_> {
    fn snapshot(&self) -> Value {
        let (world, topology) = (self.session.world(), self.session.topology());
        let snapshot = &world.snapshots()[self.id.index()];
        let (verdict, words, tally) = (self.verdict, self.session.verdict_words(), self.session.tally(self.id));
        let passage = verdict.passage.as_ref();
        let occurred = snapshot.is_complete() && topology.outsiders().is_empty();
        let sums = verdict.sums.map(|sums| {
            let (processes, channels) = (sums.in_processes, sums.in_channels);
            json!({ "processes": processes, "channels": channels, "at_start": sums.at_start, "equal": sums.balance() })
        });
        json!({
            "number": self.id.0 + 1,
            "initiators": self.processes(&tally.initiators),
            "standing": standing(words.standing),
            "verdict": words.title,
            "reasons": words.reasons.plain(),
            "complete": snapshot.is_complete(),
            "can_complete": !matches!(progress(topology, snapshot).outlook, Outlook::Stuck(_)),
            "cut": verdict.cut,
            "vector_clocks_agree": verdict.clocks_agree,
            "faults": verdict.faults.iter().map(|fault| self.fault(*fault)).collect::<Vec<_>>(),
            "occurred": occurred.then_some(verdict.occurred_after.is_some()),
            "occurred_after_step": verdict.occurred_after,
            "swaps": passage.map(|passage| passage.swaps),
            "first_swap": passage.and_then(|passage| passage.first_swap),
            "sums": sums,
            "processes": topology.processes().map(|process| self.process(process)).collect::<Vec<_>>(),
            "channels": topology.recorded_channels().map(|channel| self.channel(channel)).collect::<Vec<_>>(),
            "messages": verdict.messages.iter().map(|fate| self.fate(fate)).collect::<Vec<_>>(),
            "availability": self.availability(),
            "markers": count(tally.markers),
            "collection": self.collection(),
            "properties": self.properties(),
        })
    }

    /// Who will never record, and what holds without them; none if that is nobody.
    fn availability(&self) -> Option<Value> {
        let found = availability(&self.session.history().trace(), self.id);
        (!found.unavailable.is_empty()).then(|| {
            json!({
                "unavailable": self.processes(&found.unavailable),
                "exact": self.channels(&found.exact),
                "unseparated": self.channels(&found.unseparated),
                "at_least": found.at_least,
            })
        })
    }

    fn processes(&self, processes: &[ProcessId]) -> Vec<&str> {
        processes.iter().map(|process| self.session.topology().process_name(*process)).collect()
    }

    fn channels(&self, channels: &[ChannelId]) -> Vec<&str> {
        channels.iter().map(|channel| self.session.topology().channel(*channel).name.as_str()).collect()
    }

    fn process(&self, process: ProcessId) -> Value {
        let world = self.session.world();
        let recorded = world.snapshots()[self.id.index()].process(process);
        let recorded = recorded.map(|state| world.system().computation.show_state(state));
        let name = self.session.topology().process_name(process);
        json!({ "name": name, "recorded": recorded, "events_before": self.verdict.cut[process.index()] })
    }

    fn channel(&self, channel: ChannelId) -> Value {
        let (world, topology) = (self.session.world(), self.session.topology());
        let ends = topology.channel(channel);
        let record = world.snapshots()[self.id.index()].channel(channel);
        let status = match record {
            ChannelRecord::NotStarted => "not started",
            ChannelRecord::Open(_) => "open",
            ChannelRecord::Closed(_) => "closed",
            ChannelRecord::Left => "left to the transport",
        };
        let show = |payload| world.system().computation.show_payload(payload);
        let messages: Vec<String> = record.messages().iter().map(|kept| show(kept.payload)).collect();
        let numbers: Vec<u32> = record.messages().iter().map(|kept| kept.number).collect();
        let (from, to) = (topology.process_name(ends.from), topology.process_name(ends.to));
        json!({
            "name": ends.name, "from": from, "to": to, "status": status, "messages": messages, "numbers": numbers,
        })
    }

    /// A message by its channel and its number there.
    fn message(&self, message: MessageId) -> Option<Value> {
        let (channel, number) = *self.sent.get(&message)?;
        let fate = self.fates.get(&message);
        let show = |fate: &&Fate| self.session.world().system().computation.show_payload(fate.payload);
        let (topology, ends) = (self.session.topology(), self.session.topology().channel(channel));
        Some(json!({
            "channel": ends.name,
            "number": number,
            "carries": fate.map(show),
            "from": topology.process_name(ends.from),
            "to": topology.process_name(ends.to),
        }))
    }

    fn fault(&self, fault: Fault) -> Value {
        let kind = fault_kind(fault);
        match fault {
            Fault::OrphanInProcess(message)
            | Fault::OrphanInChannel(message)
            | Fault::Missing(message)
            | Fault::Twice(message) => json!({ "kind": kind, "message": self.message(message) }),
            Fault::OutOfOrder(channel) => json!({ "kind": kind, "channel": self.channels(&[channel])[0] }),
            Fault::WrongState(process) | Fault::RecordedTwice(process) => {
                json!({ "kind": kind, "process": self.processes(&[process])[0] })
            }
        }
    }

    fn fate(&self, fate: &Fate) -> Value {
        let class = match fate.class() {
            Class::Past => "past",
            Class::InChannel => "in channel",
            Class::Future => "future",
            Class::Orphan => "orphan",
        };
        let mut value = self.message(fate.message).unwrap_or_default();
        value["class"] = json!(class);
        value["recorded_times"] = json!(fate.kept);
        value
    }

    /// How the parts have come together; none if they are not collected.
    fn collection(&self) -> Option<Value> {
        let collect = self.session.world().algorithm().collect();
        let how = match collect {
            Collect::No => return None,
            Collect::Tree => "tree",
            Collect::Flooding => "flooding",
        };
        let tally = self.session.tally(self.id);
        let at = |(process, step): &(ProcessId, usize)| json!({ "process": self.processes(&[*process])[0], "after_step": step });
        let obstacle = |obstacle: &Obstacle| match obstacle {
            Obstacle::NoWayBack { child, parent } => {
                let (child, parent) = (self.processes(&[*child])[0], self.processes(&[*parent])[0]);
                json!({ "kind": "no way back", "child": child, "parent": parent })
            }
            Obstacle::SeveralInitiators(initiators) => {
                json!({ "kind": "several initiators", "initiators": self.processes(initiators) })
            }
        };
        let in_the_way = match collect {
            Collect::Tree => obstacles(&self.session.history().trace(), self.id),
            _ => Vec::new(),
        };
        Some(json!({
            "how": how,
            "reports": count(tally.reports),
            "collected": tally.collected.iter().map(at).collect::<Vec<_>>(),
            "obstacles": in_the_way.iter().map(obstacle).collect::<Vec<_>>(),
        }))
    }

    fn properties(&self) -> Vec<Value> {
        self.session.properties(self.id).iter().map(|line| self.property(line)).collect()
    }

    fn property(&self, line: &PropertyLine) -> Value {
        let name = match line.property {
            Property::Termination => "termination",
            Property::Deadlock => "deadlock",
            Property::Lost => "tokens lost",
            Property::Doubled => "tokens doubled",
        };
        let follows = match line.follows {
            Follows::TrueAtTheEnd => Some("true at the end"),
            Follows::FalseAtTheStart => Some("false at the start"),
            Follows::Nothing => None,
        };
        json!({
            "property": name,
            "holds": line.holds,
            "witness": self.witness(line.property),
            "words": line.witness,
            "follows": follows,
            "implication": line.implication,
            "assumption": line.assumption,
        })
    }

    fn witness(&self, property: Property) -> Option<Value> {
        let system = self.session.world().system();
        let state = GlobalState::recorded(system, &self.session.world().snapshots()[self.id.index()])?;
        Some(match property {
            Property::Termination => {
                let found = stable::termination(system, &state);
                json!({ "active": self.processes(&found.active), "under_way": self.channels(&found.under_way) })
            }
            Property::Deadlock => {
                let found = stable::deadlock(system, &state)?;
                let edge = |(one, other): &(ProcessId, ProcessId)| self.processes(&[*one, *other]);
                let model = match model(&state, &found.dead) {
                    Model::And => "AND",
                    Model::Or => "OR",
                    Model::Mixed => "mixed",
                };
                json!({
                    "model": found.holds().then_some(model),
                    "deadlocked": self.processes(&found.dead),
                    "cycle": self.processes(&found.cycle),
                    "waits_for": found.edges.iter().map(edge).collect::<Vec<_>>(),
                })
            }
            Property::Lost | Property::Doubled => {
                let found = stable::tokens(system, &state)?;
                json!({
                    "in_processes": found.in_processes,
                    "in_channels": found.in_channels,
                    "at_start": found.at_start,
                })
            }
        })
    }
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Consistent => "consistent",
        Standing::Inconsistent => "inconsistent",
        Standing::Recording | Standing::None => "recording",
    }
}

fn count(count: Count) -> Value {
    json!({ "sent": count.sent, "received": count.received, "expected": count.expected })
}
