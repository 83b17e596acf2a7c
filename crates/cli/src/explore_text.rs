//! The figures of an exploration as a table, with the shortest counterexample.

use crate::explore::{Found, Task};
use cutline_core::explore::{Counterexample, Executions, Progress, Reduction, Status, TaggedFigures};
use cutline_core::scenario::sentences;
use cutline_core::{Method, World};
use std::fmt::Write;

pub(crate) fn text(task: &Task, found: &Found, start: &World<Method>) -> String {
    let mut out = heading(task);
    let mut row = |what: &str, value: String| {
        let _ = writeln!(out, "  {what:<60}{value:>14}");
    };
    let plain = &found.plain;
    row("states", grouped(plain.progress.states));
    row("transitions", grouped(plain.progress.transitions));
    row("greatest distance from the start", plain.progress.depth.to_string());
    row("states in which all snapshots are complete", grouped(plain.complete_states));
    row("  of these with a marker still under way", grouped(plain.complete_with_marker_in_flight));
    for (planned, distinct) in task.exploration.snapshots.iter().zip(&plain.distinct_snapshots) {
        row(&format!("different states recorded by snapshot {}", planned.id.0 + 1), grouped(*distinct));
    }
    if let Some(outside) = &plain.snapshots_outside_base {
        row("  of these not reachable by the application", grouped(outside.iter().sum()));
    }
    row("states in which nothing more can be done", grouped(plain.terminal_states));
    row("  of these with a snapshot not complete", grouped(plain.terminal_incomplete));
    row("states that cannot become complete", plain.states_that_cannot_complete.map_or_else(unknown, grouped));
    row("runs to their end", executions(plain.maximal_executions));
    row("states of the application alone", grouped(found.base.states));
    if let Some(tagged) = &found.tagged {
        row("states with messages told apart", grouped(tagged.progress.states));
        row("  complete", grouped(tagged.complete_states));
        row("  complete and inconsistent", grouped(tagged.inconsistent_complete));
        row("  complete, and two cuts cross", grouped(tagged.incomparable_cuts));
        for count in &tagged.single_violations {
            row(&format!("  {}", count.violation.name()), grouped(count.channels));
        }
    }
    if let Some(Ok(theorem)) = &found.more.theorem {
        row("runs judged", grouped(theorem.executions));
        row("  complete", grouped(theorem.complete));
        row("  in which the recorded state occurred", grouped(theorem.occurred));
        row("  in which it never did", grouped(theorem.never));
        row("  swaps to a run that passes through it, at most", grouped(theorem.swaps.1));
        row("  of which no such run can be made", grouped(theorem.violations));
    }
    out.push('\n');
    conclusion(&mut out, task, found);
    if let Some(Err(why)) = &found.more.theorem {
        let _ = writeln!(out, "No run was judged (--theorem): {why}.");
    }
    if let Some(shortest) = found.tagged.as_ref().and_then(shortest) {
        let length = shortest.actions.len();
        let _ = writeln!(out, "\nA shortest run to {}, {length} steps:\n", shortest.violation.name());
        for (at, sentence) in sentences(start, &shortest.actions).iter().enumerate() {
            let _ = writeln!(out, "  {:>3}  {sentence}", at + 1);
        }
    }
    out
}

/// The name, and what the algorithm lacks in this system.
pub(crate) fn heading(task: &Task) -> String {
    let lack = task.lack.as_ref().map(|lack| format!("\nThe algorithm {lack}, which is not there.\n"));
    format!("{}\n{}\n", task.name, lack.unwrap_or_default())
}

/// What it comes to, in sentences.
fn conclusion(out: &mut String, task: &Task, found: &Found) {
    let mut say = |sentence: &str| {
        let _ = writeln!(out, "{sentence}");
    };
    if found.is_inconsistent() {
        say("There are runs in which a snapshot is inconsistent.");
    } else if !found.is_finished() {
        say("No inconsistent snapshot was found in the part that was explored.");
    } else if found.plain.complete_states == 0 {
        say("No snapshot is complete in any run.");
    } else if found.tagged.is_some() {
        say("Every snapshot of every run is consistent.");
    } else {
        say("Every recorded state is one that the application can get into. Messages could not be told apart, since");
        say("there are runs that never end, so that consistency was not decided message by message.");
    }
    if task.exploration.reduction != Reduction::None {
        say(
            "With --reduce: the states, transitions and runs are those that were looked at, not all; no verdict depends",
        );
        say("on the others.");
    }
    if found.is_stuck() {
        say("There are states from which a snapshot can never become complete.");
    } else if found.is_finished() {
        say("Every snapshot can always become complete.");
    }
    for (name, progress) in [("application alone", Some(&found.base)), ("plain view", Some(&found.plain.progress))]
        .into_iter()
        .chain([("tagged view", found.tagged.as_ref().map(|tagged| &tagged.progress))])
    {
        if let Some(progress) = progress.filter(|progress| progress.status != Status::Finished) {
            say(&unfinished(name, progress));
            if progress.status == Status::PartReached {
                say(&grows(task.exploration.max_part));
            }
        }
    }
    if found.plain.progress.status == Status::Finished {
        if found.plain.states_that_cannot_complete.is_none() {
            say("Not finished (--max-seconds): which states can become complete was not found out.");
        } else if found.plain.maximal_executions == Executions::Unknown {
            say("The runs were not counted (--max-memory).");
        }
    }
}

/// Why an exploration ends at the size of a part.
pub(crate) fn grows(max_part: u32) -> String {
    format!(
        "One process or channel then held more than {} bytes, recorded messages included: in some runs that grows, and may \
         grow without end.",
        grouped(max_part.into())
    )
}

fn unfinished(name: &str, progress: &Progress) -> String {
    let why = match progress.status {
        Status::LimitReached => "--max-states",
        Status::MemoryReached => "--max-memory",
        Status::PartReached => "--max-part",
        Status::Running | Status::Finished => "--max-seconds",
    };
    let (states, frontier) = (grouped(progress.states), grouped(progress.frontier));
    format!(
        "Not finished: the {name} stopped ({why}) with {states} states found, {frontier} of them not looked beyond, \
         {} steps from the start.",
        progress.depth
    )
}

/// The counterexample of a complete snapshot if there is one, and of these the shortest.
fn shortest(tagged: &TaggedFigures) -> Option<&Counterexample> {
    tagged.single_counterexamples.iter().min_by_key(|example| (!example.violation.complete, example.actions.len()))
}

fn executions(count: Executions) -> String {
    match count {
        Executions::Counted(count) => u64::try_from(count).map_or_else(|_| count.to_string(), grouped),
        Executions::TooMany => "too many to count".to_owned(),
        Executions::Infinite => "endless".to_owned(),
        Executions::Unknown => unknown(),
    }
}

fn unknown() -> String {
    "unknown".to_owned()
}

/// A number with its digits in threes.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}
