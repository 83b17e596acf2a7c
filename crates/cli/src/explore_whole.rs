//! `cutline explore` where an action may change more than one process: fewer figures, of whole states.

use crate::explore::{Tagged, Task};
use crate::schedule::sentences;
use crate::{Outcome, say, say_json};
use cutline_core::World;
use cutline_core::explore::{View, WholeFigures, explore_whole};
use serde_json::json;
use std::fmt::Write;

/// Whether a link repairs any channel of it, or one process records what was under way to another.
pub(crate) fn has_to_be_whole(task: &Task) -> bool {
    is_repaired(task) || task.algorithm.records_elsewhere()
}

fn is_repaired(task: &Task) -> bool {
    let topology = &task.exploration.system.topology;
    topology.channels().any(|channel| topology.is_repaired(channel))
}

pub(crate) fn explore(task: &Task, as_json: bool) -> Outcome {
    let view = if is_repaired(task) || task.tagged != Tagged::Yes { View::Plain } else { View::Tagged };
    let found = explore_whole(&task.exploration.viewed(view), task.algorithm);
    let start = World::new(task.exploration.system.clone(), task.algorithm);
    let example = found.counterexample.as_ref().map(|actions| sentences(&start, actions));
    if as_json {
        say_json(&json!({
            "name": task.name,
            "finished": found.finished,
            "states": found.states,
            "transitions": found.transitions,
            "complete_states": found.complete_states,
            "terminal_states": found.terminal_states,
            "terminal_incomplete": found.terminal_incomplete,
            "joint_distinct_snapshots": found.joint_distinct_snapshots,
            "inconsistent_complete": found.inconsistent_complete,
            "counterexample": example.map(|schedule| json!({ "length": schedule.len(), "schedule": schedule })),
        }));
    } else {
        say(&text(&task.name, &found, example));
    }
    if found.inconsistent_complete > 0 || found.terminal_incomplete > 0 {
        Outcome::Wrong
    } else if found.finished {
        Outcome::Fine
    } else {
        Outcome::Unknown
    }
}

fn text(name: &str, found: &WholeFigures, example: Option<Vec<String>>) -> String {
    let mut out = format!("{name}\n\n");
    let rows = [
        ("states", found.states),
        ("transitions", found.transitions),
        ("states in which all snapshots are complete", found.complete_states),
        ("  of these inconsistent", found.inconsistent_complete),
        ("different recorded states", found.joint_distinct_snapshots),
        ("states in which nothing more can be done", found.terminal_states),
        ("  of these with a snapshot not complete", found.terminal_incomplete),
    ];
    for (what, value) in rows {
        let _ = writeln!(out, "  {what:<60}{value:>14}");
    }
    let verdict = match (found.inconsistent_complete, found.finished) {
        (0, true) => "Every snapshot of every run is consistent.",
        (0, false) => "The limit of states is reached: what was not seen may still happen.",
        _ => "There are inconsistent snapshots, on a shortest way:",
    };
    let _ = writeln!(out, "\n{verdict}");
    for line in example.into_iter().flatten() {
        let _ = writeln!(out, "  {line}");
    }
    out
}
