//! Actions in the sentences of scenario files, so that they can be copied into one.

use cutline_core::algorithm::Algorithm;
use cutline_core::computation::{Computation, Does};
use cutline_core::world::Waiting;
use cutline_core::{Action, ChannelId, LocalState, ProcessId, World};

/// One sentence for each action from the start of the world on.
pub(crate) fn sentences<A: Algorithm>(world: &World<A>, actions: &[Action]) -> Vec<String> {
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

fn sentence<A: Algorithm>(world: &World<A>, action: Action) -> String {
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
                Some(Waiting::Control(_, role)) => format!("the marker of snapshot {}", role.snapshot().0 + 1),
                None => "nothing".to_owned(),
            };
            let to = process(topology.channel(channel).to);
            format!("{to} receives {item}{}    # {what}", way(world, channel, "from"))
        }
        Action::Initiate { process: p, snapshot } => format!("{} starts snapshot {}", process(p), snapshot.0 + 1),
        Action::Act { process: p, choice } => match &world.system().computation {
            Computation::Automaton(automaton) => match automaton.rules().get(usize::from(choice)) {
                Some(rule) if rule.does == Does::Nothing => {
                    format!("{} goes {} -> {}", process(p), automaton.label(rule.from), automaton.label(rule.to))
                }
                _ => format!("{} acts", process(p)),
            },
            _ => format!("{} acts", process(p)),
        },
        Action::Restore { snapshot } => format!("restore snapshot {}", snapshot.0 + 1),
        Action::Ring { process: p, .. } => format!("{} sends a marker that it owes", process(p)),
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

/// `to Q` if that says which channel is meant, and otherwise its name.
fn way<A: Algorithm>(world: &World<A>, channel: ChannelId, word: &str) -> String {
    let topology = world.topology();
    let ends = topology.channel(channel);
    if topology.channels_between(ends.from, ends.to).count() > 1 {
        return format!("on {}", ends.name);
    }
    let other = if word == "to" { ends.to } else { ends.from };
    format!("{word} {}", topology.process_name(other))
}
