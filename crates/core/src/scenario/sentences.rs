//! Actions in the sentences of scenario files, so that they can be copied into one: what [`super::script`] reads, written.

use crate::action::{Action, Copied};
use crate::algorithm::Algorithm;
use crate::algorithms::chandy_lamport::{marker_owed_by, owed_on};
use crate::computation::{Computation, Does, LocalState};
use crate::ids::{ChannelId, ProcessId};
use crate::world::{Waiting, World};

/// One sentence of a scenario file for each action from the start of the world on, as far as they can be done.
#[must_use]
pub fn sentences<A: Algorithm>(world: &World<A>, actions: &[Action]) -> Vec<String> {
    let mut world = world.clone();
    let mut events = Vec::new();
    let mut lines = Vec::new();
    for action in actions {
        lines.push(sentence(&world, *action));
        if world.apply(*action, &mut events).is_err() {
            break;
        }
    }
    lines
}

/// One action, as it would be done now.
#[must_use]
pub fn sentence<A: Algorithm>(world: &World<A>, action: Action) -> String {
    let topology = world.topology();
    let process = |process: ProcessId| topology.process_name(process);
    match action {
        Action::Follow { rule, position } => following(world, rule, position),
        Action::Send { channel, payload } => {
            let what = world.system().computation.show_payload(payload);
            format!("{} sends {what} {}", process(topology.channel(channel).from), way(world, channel, "to"))
        }
        Action::Deliver { channel, position } => {
            let item = if position == 0 { String::new() } else { format!("item {} ", position + 1) };
            let what = match world.in_channel(channel).nth(position as usize) {
                Some(Waiting::Message(kept)) => world.system().computation.show_payload(kept.payload),
                Some(Waiting::Control(_, role)) => role.to_string(),
                None => "nothing".to_owned(),
            };
            let to = process(topology.channel(channel).to);
            format!("{to} receives {item}{}    # {what}", way(world, channel, "from"))
        }
        Action::Initiate { process: p, snapshot } => format!("{} starts snapshot {}", process(p), snapshot.0 + 1),
        Action::Act { process: p, choice } => format!("{} {}", process(p), act(world, choice)),
        Action::Restore { snapshot } => format!("restore snapshot {}", snapshot.0 + 1),
        Action::Lose { channel, position } => {
            format!("lose item {} on {}", position + 1, topology.channel(channel).name)
        }
        Action::Corrupt { channel, position } => {
            format!("corrupt item {} on {}", position + 1, topology.channel(channel).name)
        }
        Action::Duplicate { channel, position, copy } => {
            let place = if copy == Copied::Tail { " behind everything" } else { "" };
            format!("repeat item {} on {}{place}", position + 1, topology.channel(channel).name)
        }
        Action::SendAgain { channel, number } => {
            format!("send item {number} on {} again", topology.channel(channel).name)
        }
        Action::Wait { until } => format!("wait until {}", until.0),
        Action::Partition { group } => {
            format!("cut off {}", group.processes().map(process).collect::<Vec<_>>().join(" "))
        }
        Action::Heal => "heal".to_owned(),
        Action::Join { process: p } => format!("{} joins", process(p)),
        Action::Leave { process: p } => format!("{} leaves", process(p)),
        Action::Crash { process: p } => format!("{} crashes", process(p)),
        Action::Restart { process: p } => format!("{} restarts", process(p)),
        Action::Ring { process: p, timer } => {
            let (snapshot, channel) = marker_owed_by(timer);
            let of = match owed_on(channel, world.timers(p)).len() {
                0 | 1 => String::new(),
                _ => format!("of snapshot {} ", snapshot.0 + 1),
            };
            format!("{} sends the marker {of}{}", process(p), way(world, channel, "to"))
        }
    }
}

/// What a process does by itself.
fn act<A: Algorithm>(world: &World<A>, choice: u16) -> String {
    let choice = usize::from(choice);
    match &world.system().computation {
        Computation::Automaton(automaton) => match automaton.rules().get(choice) {
            Some(rule) if rule.does == Does::Nothing => {
                format!("goes {} -> {}", automaton.label(rule.from), automaton.label(rule.to))
            }
            _ => "acts".to_owned(),
        },
        Computation::Diffusing(_) => "becomes passive".to_owned(),
        Computation::Resources(resources) => resources.rules().get(choice).map_or_else(String::new, |rule| {
            let whom = rule.whom.iter().map(|process| world.topology().process_name(process));
            let how = if rule.all { "all" } else { "any" };
            format!("waits for {how} of {}", whom.collect::<Vec<_>>().join(" "))
        }),
        Computation::Bank(_) | Computation::Dataflow(_) => "acts".to_owned(),
    }
}

/// Sending or receiving by a rule that has to be named.
fn following<A: Algorithm>(world: &World<A>, rule: u16, position: u32) -> String {
    let computation = &world.system().computation;
    let Some(rule) = computation.rule(rule) else { return String::new() };
    let to = computation.show_state(LocalState::Label(rule.to));
    let plain = match rule.does {
        Does::Send(channel, payload) => Action::Send { channel, payload },
        Does::Receive(channel, _) => Action::Deliver { channel, position },
        Does::Nothing => return format!("{} acts", world.topology().process_name(rule.process)),
    };
    let plain = sentence(world, plain);
    match plain.split_once("    # ") {
        Some((sentence, remark)) => format!("{sentence} becoming {to}    # {remark}"),
        None => format!("{plain} becoming {to}"),
    }
}

/// `to Q` if that says which channel is meant, and otherwise its name: channels of the algorithm are always named.
fn way<A: Algorithm>(world: &World<A>, channel: ChannelId, word: &str) -> String {
    let topology = world.topology();
    let ends = topology.channel(channel);
    let mut others = topology.channels_between(ends.from, ends.to).filter(|other| !topology.is_for_control(*other));
    if topology.is_for_control(channel) || others.nth(1).is_some() {
        return format!("on {}", ends.name);
    }
    let other = if word == "to" { ends.to } else { ends.from };
    format!("{word} {}", topology.process_name(other))
}
