//! The second part of a file: the run, a sentence an action.

use super::ScenarioError;
use super::declare::{amount_in, process_in};
use super::flow;
use super::lines::Line;
use super::mishaps;
use super::waits::Told;
use crate::action::Action;
use crate::algorithms::chandy_lamport::{owed_marker, owed_on};
use crate::algorithms::method::Method;
use crate::computation::{Automaton, Computation, Diffusing, Does, LocalState, Payload, Resources};
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::rejected::Rejected;
use crate::topology::Topology;
use crate::world::{MAX_SNAPSHOTS, System, Waiting, World};
use std::sync::Arc;

pub(super) struct Script {
    pub actions: Vec<Action>,
    pub opens_at: usize,
}

const SENTENCE: &str = "expected: P sends WHAT to Q, P receives from Q, P goes A -> B, P becomes passive, \
                        P waits for all of Q R, P starts a snapshot, P starts snapshot 2, \
                        P sends the marker to Q, restore snapshot 1, P crashes, P restarts, P joins, P leaves, partition P Q | R, \
                        cut off P, heal, lose item 1 on P -> Q, corrupt item 1 on P -> Q, \
                        repeat item 1 on P -> Q, send item 1 on P -> Q again, wait until 5, or: open here";

/// The actions of the run, each tried out in turn.
pub(super) fn run(lines: &[Line<'_>], system: &Arc<System>, algorithm: Method) -> Result<Script, ScenarioError> {
    let mut world = World::new(system.clone(), algorithm);
    let mut actions = Vec::new();
    let mut opens_at = None;
    let mut events = Vec::new();
    for line in lines {
        if line.words == ["open", "here"] {
            if opens_at.replace(actions.len()).is_some() {
                return Err(line.error("open here can stand only once"));
            }
            continue;
        }
        let action = action(line, system, &world)?;
        events.clear();
        world.apply(action, &mut events).map_err(|why| line.error(refusal(system, why)))?;
        actions.push(action);
    }
    Ok(Script { opens_at: opens_at.unwrap_or(actions.len()), actions })
}

fn action(line: &Line<'_>, system: &System, world: &World<Method>) -> Result<Action, ScenarioError> {
    let topology = &system.topology;
    if let ["restore", "snapshot", number] = line.words[..] {
        return Ok(Action::Restore { snapshot: snapshot_in(line, number)? });
    }
    if let Some(action) = mishaps::action(line, topology)? {
        return Ok(action);
    }
    let process = process_in(line, topology, line.words[0])?;
    match line.words[1..] {
        [ref does @ .., "becoming", state] => {
            let plain = transfer(line, system, process, does)?.ok_or_else(|| line.error(SENTENCE))?;
            becoming(line, world, plain, state)
        }
        ["sends", "the", "marker", "of", "snapshot", number, ref on @ ..] => {
            let channel = channel_out(line, topology, process, on)?;
            marker(line, world, channel, Some(snapshot_in(line, number)?))
        }
        ["sends", "the", "marker", ref on @ ..] => {
            let channel = channel_out(line, topology, process, on)?;
            marker(line, world, channel, None)
        }
        ref does => transfer(line, system, process, does)?.map_or_else(|| other(line, system, world, process), Ok),
    }
}

/// Sending or receiving; none if it is neither.
fn transfer(
    line: &Line<'_>,
    system: &System,
    process: ProcessId,
    words: &[&str],
) -> Result<Option<Action>, ScenarioError> {
    let topology = &system.topology;
    Ok(Some(match *words {
        ["sends", what, ref on @ ..] => {
            let channel = channel_out(line, topology, process, on)?;
            Action::Send { channel, payload: payload(line, system, what)? }
        }
        ["receives", "item", number, ref on @ ..] => {
            let channel = channel_in(line, topology, process, on)?;
            let position = number.parse::<u32>().ok().and_then(|number| number.checked_sub(1));
            let position =
                position.ok_or_else(|| line.error("expected the place of an item in its channel, from 1"))?;
            Action::Deliver { channel, position }
        }
        ["receives", ref on @ ..] => {
            let channel = channel_in(line, topology, process, on)?;
            Action::Deliver { channel, position: 0 }
        }
        _ => return Ok(None),
    }))
}

/// The same by the rule that leads to this state.
fn becoming(line: &Line<'_>, world: &World<Method>, plain: Action, state: &str) -> Result<Action, ScenarioError> {
    let (Computation::Automaton(automaton), topology) = (&world.system().computation, world.topology()) else {
        return Err(line.error("only automata are told which state they go to"));
    };
    let wanted = automaton.label_named(state).ok_or_else(|| line.error(format!("no rule leads to {state}")))?;
    let (process, does, position) = match plain {
        Action::Send { channel, payload } => (topology.channel(channel).from, Does::Send(channel, payload), 0),
        Action::Deliver { channel, position } => match world.in_channel(channel).nth(position as usize) {
            Some(Waiting::Message(kept)) => {
                (topology.channel(channel).to, Does::Receive(channel, kept.payload), position)
            }
            Some(Waiting::Control(..)) => return Err(line.error("a marker at this point; it changes no state")),
            None => return Err(line.error(refusal(world.system(), Rejected::NothingThere { channel, holds: 0 }))),
        },
        other => return Ok(other),
    };
    let before = world.state(process);
    let leads_there = |rule: &u16| world.system().computation.follow(*rule, process, before, does) == Some(wanted);
    let mut rules = automaton.rules_for(process, before, does);
    match rules.position(|rule| leads_there(&rule)) {
        Some(0) => Ok(plain),
        Some(at) => {
            let rule = automaton.rules_for(process, before, does).nth(at);
            Ok(rule.map_or(plain, |rule| Action::Follow { rule, position }))
        }
        None => {
            let (name, before) = (topology.process_name(process), automaton_state(automaton, before));
            Err(line.error(format!("{name} is in {before} at this point and has no such rule that leads to {state}")))
        }
    }
}

fn automaton_state(automaton: &Automaton, state: LocalState) -> &str {
    if let LocalState::Label(label) = state { automaton.label(label) } else { "?" }
}

/// Anything else that a process does.
fn other(line: &Line<'_>, system: &System, world: &World<Method>, process: ProcessId) -> Result<Action, ScenarioError> {
    match line.words[1..] {
        ["goes", from, "->", to] => {
            let choice = inner_rule(system, process, from, to);
            choice.map(|choice| Action::Act { process, choice }).ok_or_else(|| {
                line.error(format!("{} has no rule {from} -> {to} that touches no channel", line.words[0]))
            })
        }
        ["becomes", "passive"] => match &system.computation {
            Computation::Diffusing(_) => Ok(Action::Act { process, choice: Diffusing::rest() }),
            _ => Err(line.error("only processes that are active can become passive")),
        },
        ["waits", ref how @ ..] => {
            let told = Told::of(line, process, how).ok_or_else(|| line.error(SENTENCE))?;
            let choice = wait_rule(system, &told)?;
            choice
                .map(|choice| Action::Act { process, choice })
                .ok_or_else(|| line.error(format!("{} has no rule to wait so", line.words[0])))
        }
        ["starts", "a", "snapshot"] => {
            let begun = world.snapshots().len();
            Ok(Action::Initiate { process, snapshot: SnapshotId::at(begun) })
        }
        ["starts", "snapshot", number] => Ok(Action::Initiate { process, snapshot: snapshot_in(line, number)? }),
        _ => Err(line.error(SENTENCE)),
    }
}

/// Sends a marker that is owed: that of this snapshot, or the one that is meant if only one is owed there.
fn marker(
    line: &Line<'_>,
    world: &World<Method>,
    channel: ChannelId,
    snapshot: Option<SnapshotId>,
) -> Result<Action, ScenarioError> {
    let ends = world.topology().channel(channel);
    let owed = owed_on(channel, world.timers(ends.from));
    let fits = |owed: &&SnapshotId| snapshot.is_none_or(|wanted| wanted == **owed);
    let mut fitting = owed.iter().filter(fits);
    match (fitting.next(), fitting.next()) {
        (Some(snapshot), None) => Ok(Action::Ring { process: ends.from, timer: owed_marker(*snapshot, channel) }),
        (Some(_), Some(_)) => {
            Err(line.error(format!("several markers are owed on {}; say: the marker of snapshot NUMBER", ends.name)))
        }
        (None, _) => Err(line.error(format!("no such marker is owed on {} at this point", ends.name))),
    }
}

/// The number of a snapshot as people count, from 1.
pub(super) fn snapshot_in(line: &Line<'_>, word: &str) -> Result<SnapshotId, ScenarioError> {
    let number = word.parse::<u16>().ok().filter(|number| (1..=MAX_SNAPSHOTS).contains(number));
    let number =
        number.ok_or_else(|| line.error(format!("expected the number of a snapshot, 1 to {MAX_SNAPSHOTS}")))?;
    Ok(SnapshotId(number - 1))
}

/// What a message of this system carries, as written in a file.
pub(super) fn payload(line: &Line<'_>, system: &System, word: &str) -> Result<Payload, ScenarioError> {
    match &system.computation {
        Computation::Bank(_) => amount_in(line, word).map(Payload),
        Computation::Dataflow(_) => flow::payload(line, word),
        Computation::Automaton(automaton) => {
            automaton.message_named(word).ok_or_else(|| line.error(format!("no rule sends or receives {word}")))
        }
        Computation::Diffusing(_) => {
            Diffusing::message_named(word).ok_or_else(|| line.error("what these processes send is called work"))
        }
        Computation::Resources(_) => {
            Resources::message_named(word).ok_or_else(|| line.error("what these processes send is called grant"))
        }
    }
}

fn channel_out(
    line: &Line<'_>,
    topology: &Topology,
    process: ProcessId,
    on: &[&str],
) -> Result<ChannelId, ScenarioError> {
    match *on {
        ["to", to] => only_channel(line, topology, process, process_in(line, topology, to)?),
        ["on", name] => named_channel(line, topology, name, |channel| topology.channel(channel).from == process),
        _ => Err(line.error("expected: P sends WHAT to Q, or: P sends WHAT on CHANNEL")),
    }
}

fn channel_in(
    line: &Line<'_>,
    topology: &Topology,
    process: ProcessId,
    on: &[&str],
) -> Result<ChannelId, ScenarioError> {
    match *on {
        ["from", from] => only_channel(line, topology, process_in(line, topology, from)?, process),
        ["on", name] => named_channel(line, topology, name, |channel| topology.channel(channel).to == process),
        _ => Err(line.error("expected: Q receives from P, or: Q receives on CHANNEL")),
    }
}

/// The channel between two processes, if there is just one.
pub(super) fn only_channel(
    line: &Line<'_>,
    topology: &Topology,
    from: ProcessId,
    to: ProcessId,
) -> Result<ChannelId, ScenarioError> {
    // Channels of the algorithm are called by their names.
    let mut between = topology.channels_between(from, to).filter(|channel| !topology.is_for_control(*channel));
    match (between.next(), between.next()) {
        (Some(channel), None) => Ok(channel),
        (found, _) => {
            let (from, to) = (topology.process_name(from), topology.process_name(to));
            Err(line.error(match found {
                None => format!("there is no channel {from} -> {to}"),
                Some(_) => format!("there are several channels {from} -> {to}; say which one: on CHANNEL"),
            }))
        }
    }
}

fn named_channel(
    line: &Line<'_>,
    topology: &Topology,
    name: &str,
    fits: impl Fn(ChannelId) -> bool,
) -> Result<ChannelId, ScenarioError> {
    let channel = topology.channel_named(name).ok_or_else(|| line.error(format!("there is no channel {name}")))?;
    if fits(channel) {
        return Ok(channel);
    }
    let ends = topology.channel(channel);
    let (from, to) = (topology.process_name(ends.from), topology.process_name(ends.to));
    Err(line.error(format!("{name} leads from {from} to {to}")))
}

fn inner_rule(system: &System, process: ProcessId, from: &str, to: &str) -> Option<u16> {
    let Computation::Automaton(automaton) = &system.computation else { return None };
    let fits = |rule: &crate::computation::Rule| {
        rule.process == process
            && rule.does == Does::Nothing
            && automaton.label(rule.from) == from
            && automaton.label(rule.to) == to
    };
    automaton.rules().iter().position(fits).and_then(|at| u16::try_from(at).ok())
}

fn wait_rule(system: &System, told: &Told<'_>) -> Result<Option<u16>, ScenarioError> {
    let Computation::Resources(resources) = &system.computation else { return Ok(None) };
    let wanted = told.resolve(&system.topology)?;
    let at = resources.rules().iter().position(|rule| *rule == wanted);
    Ok(at.and_then(|at| u16::try_from(at).ok()))
}

/// Why an action of a run cannot be carried out, in English. (The page says the same through its own catalogue.)
#[must_use]
pub fn refusal(system: &System, why: Rejected) -> String {
    let process = |p: ProcessId| system.topology.process_name(p);
    let channel = |c: ChannelId| system.topology.channel(c).name.as_str();
    let computation = &system.computation;
    match why {
        Rejected::NothingThere { channel: c, .. } => format!("nothing is in {} at this point", channel(c)),
        Rejected::NotAtTheHead { channel: c, ahead } => {
            format!("{} is first in, first out, and {ahead} are ahead of that one", channel(c))
        }
        Rejected::NotEnough { process: p, has, wanted } => {
            format!("{} has {has} at this point and cannot send {wanted}", process(p))
        }
        Rejected::NoSendsLeft { process: p } => format!("{} has done all its sends at this point", process(p)),
        Rejected::Passive { process: p } => format!("{} is passive at this point", process(p)),
        Rejected::Waits { process: p } => format!("{} waits at this point, and does nothing else", process(p)),
        Rejected::NotAnAmount(_) => "the amount must be at least 1".into(),
        Rejected::NoRuleToSend { process: p, state, payload, .. } => {
            let (state, message) = (computation.show_state(state), computation.show_payload(payload));
            format!("{} is in {state} at this point and has no rule to send {message} there", process(p))
        }
        Rejected::NoRuleToReceive { process: p, state, payload, .. } => {
            let (state, message) = (computation.show_state(state), computation.show_payload(payload));
            format!("{} is in {state} at this point and has no rule to receive {message}", process(p))
        }
        Rejected::NoRuleToAct { process: p, state } => {
            format!("{} is in {} at this point", process(p), computation.show_state(state))
        }
        Rejected::AlreadyRecorded { process: p, snapshot } => {
            format!("{} has recorded its state for snapshot {} before", process(p), snapshot.0 + 1)
        }
        Rejected::MarkerOwed { channel: c } => format!("the marker on {} has to go first", channel(c)),
        Rejected::NotComplete { snapshot } => {
            format!("snapshot {} is not complete at this point and cannot be restored", snapshot.0 + 1)
        }
        Rejected::Partial { snapshot } => {
            let n = snapshot.0 + 1;
            format!("snapshot {n} leaves channels to the transport, and somebody takes no part: it cannot be restored")
        }
        Rejected::LeftBehind { snapshot } => {
            format!("snapshot {} was begun before the run went back; a new one takes a new number", snapshot.0 + 1)
        }
        Rejected::TooManySnapshots { limit } => format!("a run takes at most {limit} snapshots"),
        other => seldom_refusal(system, other),
    }
}

/// What other algorithms than the paper's, and what goes wrong, bring about.
fn seldom_refusal(system: &System, why: Rejected) -> String {
    let process = |p: ProcessId| system.topology.process_name(p);
    let channel = |c: ChannelId| system.topology.channel(c).name.as_str();
    match why {
        Rejected::Crashed { process: p } => format!("{} has crashed at this point, and does nothing", process(p)),
        Rejected::CutOff { channel: c } => format!("the network delivers nothing on {} at this point", channel(c)),
        Rejected::CutsNothing => "no channel that is not cut off leads from one side to the other".to_owned(),
        Rejected::NothingToHeal => "nothing is cut off at this point".to_owned(),
        Rejected::NotCrashed { process: p } => format!("{} has not crashed at this point", process(p)),
        Rejected::NoSnapshots => "this algorithm takes no snapshots".to_owned(),
        Rejected::NoSource { process: p } => format!("{} is no source; barriers begin at the sources", process(p)),
        Rejected::TakesNoPart { process: p } => format!("{} takes no part in snapshots", process(p)),
        Rejected::ForControl { channel: c } => {
            format!("{} is for messages of the algorithm; the application sends nothing on it", channel(c))
        }
        Rejected::OneAtATime { snapshot } => {
            format!("snapshot {} has to be complete before another begins", snapshot.0 + 1)
        }
        Rejected::OutOfTurn { snapshot } => {
            format!("snapshot {} has begun, and the next one takes a greater number", snapshot.0 + 1)
        }
        Rejected::OneInitiator { snapshot } => {
            format!("snapshot {} has begun, and this algorithm knows no second initiator", snapshot.0 + 1)
        }
        Rejected::NoWay { from, to } => {
            format!("for this algorithm there has to be a channel from {} to {}", process(from), process(to))
        }
        Rejected::AlreadyCorrupted { channel: c } => format!("that item on {} is corrupted already", channel(c)),
        Rejected::NotToSendAgain { channel: c, number } => {
            format!("item {number} on {} does not wait to be sent again at this point", channel(c))
        }
        Rejected::NotThen { until } => {
            format!("time does not go back, nor beyond its end: it cannot become {}", until.0)
        }
        Rejected::TooEarly { process: p, reads, wanted } => {
            format!("the clock of {} reads {reads} at this point; it records when it reads {wanted}", process(p))
        }
        Rejected::SendHeld { channel: c } | Rejected::ReceiveHeld { channel: c } => {
            format!("the algorithm holds {} back at this point", channel(c))
        }
        other => members_refusal(system, other),
    }
}

/// What joining and leaving bring about.
fn members_refusal(system: &System, why: Rejected) -> String {
    let process = |p: ProcessId| system.topology.process_name(p);
    let channel = |c: ChannelId| system.topology.channel(c).name.as_str();
    match why {
        Rejected::NotHere { process: p, has_left: false } => format!("{} has not joined at this point", process(p)),
        Rejected::NotHere { process: p, has_left: true } => format!("{} has left at this point", process(p)),
        Rejected::CannotJoin { process: p, has_left: false } => {
            format!("{} is there at this point; only a newcomer joins", process(p))
        }
        Rejected::CannotJoin { process: p, has_left: true } => format!("{} has left, for good", process(p)),
        Rejected::FixedMembers => "with this algorithm nobody joins or leaves".to_owned(),
        Rejected::StillComing { process: p, channel: c } => {
            format!("something is in {} at this point, and would never reach {}", channel(c), process(p))
        }
        Rejected::StillHolds { process: p, holds } => {
            format!("{} holds {holds} at this point, and has to hand it over before it leaves", process(p))
        }
        Rejected::StillRecording { process: p, snapshot } => {
            format!("{} still records channels for snapshot {} at this point", process(p), snapshot.0 + 1)
        }
        Rejected::JoinedTooLate { process: p, snapshot } => {
            format!("snapshot {} was complete before {} joined", snapshot.0 + 1, process(p))
        }
        Rejected::MembersChanged { snapshot } => {
            format!("somebody has joined or left since snapshot {}, and it cannot be restored", snapshot.0 + 1)
        }
        other => format!("this cannot be done at this point ({other:?})"),
    }
}
