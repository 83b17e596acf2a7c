//! `cutline explore` where an action may change more than one process: fewer figures, of whole states.

use crate::args::ExploreArgs;
use crate::explore::{Tagged, Task};
use crate::explore_text::{grouped, grows, heading};
use crate::progress::Watch;
use crate::{Outcome, say, say_json};
use cutline_core::World;
use cutline_core::explore::{Status, View, WholeExplorer, WholeFigures};
use cutline_core::scenario::sentences;
use serde_json::json;
use std::fmt::Write;
use std::time::Duration;

/// After how many states to look at the clock.
const SLICE: u32 = 1 << 8;

/// Whether a link repairs any channel of it, somebody joins later, one process records what was under way to another, or something can go wrong
/// that is about more than single items.
pub(crate) fn has_to_be_whole(task: &Task) -> bool {
    let has_newcomers = !task.exploration.system.topology.newcomers().is_empty();
    is_repaired(task)
        || has_newcomers
        || task.algorithm.needs_time()
        || task.algorithm.records_elsewhere()
        || task.exploration.faults.concern_more_than_items()
}

fn is_repaired(task: &Task) -> bool {
    let topology = &task.exploration.system.topology;
    topology.channels().any(|channel| topology.is_repaired(channel))
}

/// What was found, and which budget ended it.
struct Whole<'a> {
    task: &'a Task,
    view: View,
    figures: WholeFigures,
    stopped_by: Option<&'static str>,
    /// What was asked for and left out.
    left_out: Vec<&'static str>,
    /// The shortest ways, in sentences.
    counterexample: Option<Vec<String>>,
    stuck: Option<Vec<String>>,
}

pub(crate) fn explore(task: &Task, args: &ExploreArgs) -> Outcome {
    let view = if is_repaired(task) || task.tagged != Tagged::Yes { View::Plain } else { View::Tagged };
    let mut exploration = task.exploration.viewed(view);
    exploration.max_bytes = args.max_memory;
    let mut explorer = WholeExplorer::new(&exploration, task.algorithm);
    let mut watch = Watch::start("whole states", args.max_seconds.map(Duration::from_secs), args.patience);
    while explorer.run_slice(SLICE) == Status::Running && !watch.is_over() {
        watch.tell(|| {
            let WholeFigures { states, transitions, frontier, .. } = explorer.figures();
            format!("{states} states, {transitions} transitions, {frontier} not looked beyond")
        });
    }
    let stopped_by = match explorer.status() {
        Status::Finished => None,
        Status::LimitReached => Some("max-states"),
        Status::MemoryReached => Some("max-memory"),
        Status::PartReached => Some("max-part"),
        Status::Running => Some("max-seconds"),
    };
    let start = World::new(explorer.system().clone(), task.algorithm);
    let figures = explorer.figures();
    let told = |way: &Option<Vec<_>>| way.as_ref().map(|actions| sentences(&start, actions));
    let (counterexample, stuck) = (told(&figures.counterexample), told(&figures.stuck));
    let asked = [(args.reduce, "--reduce"), (args.theorem, "--theorem")];
    let left_out = asked.into_iter().filter_map(|(asked, name)| asked.then_some(name)).collect();
    let whole = Whole { task, view, figures, stopped_by, left_out, counterexample, stuck };
    if args.json {
        say_json(&whole.json());
    } else {
        say(&whole.text());
    }
    whole.outcome()
}

impl Whole<'_> {
    fn outcome(&self) -> Outcome {
        if self.figures.inconsistent_complete > 0 || self.figures.terminal_incomplete > 0 {
            Outcome::Wrong
        } else if self.figures.finished {
            Outcome::Fine
        } else {
            Outcome::Unknown
        }
    }

    fn json(&self) -> serde_json::Value {
        let found = &self.figures;
        let way = |way: &Option<Vec<String>>| {
            way.as_ref().map(|schedule| json!({ "length": schedule.len(), "schedule": schedule }))
        };
        let mut all = json!({
            "name": self.task.name,
            "lacks": self.task.lack,
            "view": if self.view == View::Tagged { "tagged" } else { "plain" },
            "finished": found.finished,
            "states": found.states,
            "transitions": found.transitions,
            "complete_states": found.complete_states,
            "terminal_states": found.terminal_states,
            "terminal_incomplete": found.terminal_incomplete,
            "joint_distinct_snapshots": found.joint_distinct_snapshots,
            "inconsistent_complete": found.inconsistent_complete,
            "counterexample": way(&self.counterexample),
            "stuck": way(&self.stuck),
        });
        if let Some(budget) = self.stopped_by {
            all["stopped_by"] = json!({ "whole": budget });
        }
        if !self.left_out.is_empty() {
            let why = "states are explored whole";
            all["left_out"] = self.left_out.iter().map(|name| ((*name).to_owned(), json!(why))).collect();
        }
        all
    }

    fn text(&self) -> String {
        let found = &self.figures;
        let mut out = heading(self.task);
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
            let _ = writeln!(out, "  {what:<60}{:>14}", grouped(value));
        }
        out.push('\n');
        for name in &self.left_out {
            let _ = writeln!(out, "{name} is left out: states are explored whole.");
        }
        if let Some(budget) = self.stopped_by {
            let (states, frontier) = (grouped(found.states), grouped(found.frontier));
            let _ = writeln!(
                out,
                "Not finished (--{budget}): {states} states were found, {frontier} of them not looked beyond; what was not \
                 seen may still happen."
            );
            if budget == "max-part" {
                let _ = writeln!(out, "{}", grows(self.task.exploration.max_part));
            }
        }
        self.verdict(&mut out);
        out
    }

    fn verdict(&self, out: &mut String) {
        let found = &self.figures;
        let _ = match (&self.counterexample, found.finished, found.complete_states, self.view) {
            (Some(_), ..) => writeln!(out, "There are inconsistent snapshots, on a shortest way:"),
            (None, true, 0, _) => writeln!(out, "No snapshot is complete in any run."),
            (None, true, _, View::Tagged) => writeln!(out, "Every snapshot of every run is consistent."),
            (None, true, ..) => {
                writeln!(
                    out,
                    "Every complete state is consistent on a shortest way to it; messages are not told apart."
                )
            }
            (None, false, ..) => writeln!(out, "No inconsistent snapshot was found in the part that was explored."),
        };
        for line in self.counterexample.iter().flatten() {
            let _ = writeln!(out, "  {line}");
        }
        if let Some(stuck) = &self.stuck {
            let _ = writeln!(out, "There are runs that end with a snapshot not complete, on a shortest way:");
            for line in stuck {
                let _ = writeln!(out, "  {line}");
            }
        }
    }
}
