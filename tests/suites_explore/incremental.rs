//! Markers on used channels only, with and without the lazy rule: the figures that others found.

use cutline_core::algorithms::venkatesan::{Ending, Lazy, Venkatesan};
use cutline_core::computation::{Bank, Computation};
use cutline_core::event::ControlRole;
use cutline_core::explore::{Exploration, Explorer, Planned, View};
use cutline_core::{ChannelId, Event, Order, ProcessId, SnapshotId, System, Topology, World};
use serde_json::{Value, json};
use std::sync::Arc;

/// A complete graph in which everybody holds and may send so much, and process 0 can tell everybody.
fn system(tokens: &[i64], sends: &[u32]) -> Arc<System> {
    let mut topology = Topology::new();
    let processes: Vec<ProcessId> =
        (0..tokens.len()).map(|at| topology.add_process(&format!("p{at}")).expect("a new name")).collect();
    for from in &processes {
        for to in processes.iter().filter(|to| *to != from) {
            topology.add_channel(None, *from, *to, Order::Fifo).expect("a channel");
        }
    }
    for to in &processes[1..] {
        topology.add_control_channel(None, processes[0], *to).expect("a channel");
    }
    let has = tokens.iter().zip(sends).map(|(tokens, sends)| (*tokens, Some(*sends)));
    let bank = Bank::with_budgets(has).expect("a bank");
    Arc::new(System { topology, computation: Computation::Bank(bank) })
}

/// The figures of a system, under the names of the file of known figures.
fn figures(name: &str, lazy: bool) -> Value {
    let system = match name {
        "k1_two_t11_b11" => system(&[1, 1], &[1, 1]),
        "k2_two_t11_b22" => system(&[1, 1], &[2, 2]),
        _ => system(&[1, 1, 0], &[1, 1, 0]),
    };
    let planned = Planned { id: SnapshotId(0), initiators: vec![ProcessId(0)] };
    let algorithm = Venkatesan { lazy: if lazy { Lazy::Rule } else { Lazy::Ignored }, ending: Ending::Quiet };
    let mut explorer = Explorer::new(Exploration::new(system.clone(), vec![planned]).viewed(View::Tagged), algorithm);
    explorer.run();
    let found = explorer.tagged_figures();
    let plain = explorer.plain_figures();
    let shortest = found.counterexamples.iter().filter(|example| example.violation.complete);
    let markers: Vec<usize> = (0..u32::try_from(found.progress.states).expect("few"))
        .filter(|state| explorer.verdicts(*state).iter().any(|(_, complete, _)| *complete))
        .map(|state| markers_on_the_way(&explorer, &system, algorithm, state))
        .collect();
    json!({
        "name": name, "lazy_marker": lazy,
        "states": found.progress.states,
        "transitions": found.progress.transitions,
        "complete_states": found.complete_states,
        "inconsistent_complete": found.inconsistent_complete,
        "stuck": plain.terminal_incomplete,
        "shortest_wrong": shortest.map(|example| example.actions.len()).min(),
        "markers_sent_min": markers.iter().min(),
        "markers_sent_max": markers.iter().max(),
    })
}

fn markers_on_the_way(
    explorer: &Explorer<Venkatesan>,
    system: &Arc<System>,
    algorithm: Venkatesan,
    state: u32,
) -> usize {
    let (mut world, mut events) = (World::new(system.clone(), algorithm), Vec::new());
    for action in explorer.schedule(state) {
        world.apply(action, &mut events).expect("what was explored can be done");
    }
    let is_marker = |event: &&Event| matches!(event, Event::ControlSent { role: ControlRole::Marker(_), .. });
    events.iter().filter(is_marker).count()
}

#[test]
fn the_figures_are_those_that_others_found() {
    let known: Vec<Value> = serde_json::from_str(include_str!("../data/golden-incremental.json")).expect("figures");
    assert_eq!(known.len(), 6);
    for known in known {
        let name = known["name"].as_str().expect("a name");
        assert_eq!(figures(name, known["lazy_marker"] == json!(true)), known);
    }
}

/// What the application may not do on a channel that is the algorithm's.
#[test]
fn nothing_is_sent_on_a_control_channel_by_hand() {
    let system = system(&[1, 1], &[1, 1]);
    let world = World::new(system.clone(), Venkatesan::default());
    let control = system.topology.channels().find(|channel| system.topology.is_for_control(*channel));
    let channel: ChannelId = control.expect("one of the three");
    let send = cutline_core::Action::Send { channel, payload: cutline_core::Payload(1) };
    assert_eq!(world.check(send), Err(cutline_core::Rejected::ForControl { channel }));
}
