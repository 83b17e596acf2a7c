//! The figures of an exploration under the names that stored figures have.

use crate::explore::{Found, More, Task};
use cutline_core::explore::{Counterexample, Executions, Progress, Reduction, Status, TaggedFigures, ViolationCount};
use cutline_core::scenario::sentences;
use cutline_core::{Computation, Method, World};
use serde_json::{Value, json};

pub(crate) fn json(task: &Task, found: &Found, start: &World<Method>) -> Value {
    let plain = &found.plain;
    let mut all = json!({
        "name": task.name,
        "lacks": task.lack,
        "finished": found.is_finished(),
        "reduced": task.exploration.reduction != Reduction::None,
        "states": plain.progress.states,
        "transitions": plain.progress.transitions,
        "max_distance": plain.progress.depth,
        "complete_states": plain.complete_states,
        "complete_with_marker_in_flight": plain.complete_with_marker_in_flight,
        "distinct_snapshots": plain.distinct_snapshots,
        "terminal_states": plain.terminal_states,
        "terminal_incomplete": plain.terminal_incomplete,
        "states_that_cannot_complete": plain.states_that_cannot_complete,
        "base_states": found.base.states,
        "base_transitions": found.base.transitions,
        "snapshots_outside_base": plain.snapshots_outside_base,
    });
    // An automaton has nothing that could be added up.
    let computation = &task.exploration.system.computation;
    if matches!(computation, Computation::Bank(_)) {
        let worth = computation.initial().into_iter().map(|state| computation.worth_of_state(state));
        all["tokens"] = json!(worth.sum::<Option<i64>>());
        all["snapshot_token_totals"] = json!(plain.snapshot_totals);
    }
    add_more(&mut all, &found.more);
    match plain.maximal_executions {
        Executions::Counted(count) => {
            all["acyclic"] = json!(true);
            all["maximal_executions"] = number(count);
        }
        Executions::TooMany => {
            all["acyclic"] = json!(true);
            all["maximal_executions"] = json!(format!("more than {}", u128::MAX));
        }
        Executions::Infinite => all["acyclic"] = json!(false),
        Executions::Unknown => all["acyclic"] = Value::Null,
    }
    let views = [("base", Some(&found.base)), ("plain", Some(&plain.progress))];
    let tagged = ("tagged", found.tagged.as_ref().map(|tagged| &tagged.progress));
    let stopped =
        views.into_iter().chain([tagged]).filter_map(|(view, progress)| Some((view.to_owned(), why(progress?)?)));
    let stopped: Value = stopped.collect();
    if stopped.as_object().is_some_and(|views| !views.is_empty()) {
        all["stopped_by"] = stopped;
    }
    if let Some(tagged) = &found.tagged {
        add_tagged(&mut all, tagged, start, task.exploration.snapshots.len() > 1);
    }
    all
}

/// What was found out besides, and why something was not.
fn add_more(all: &mut Value, more: &More) {
    let mut left_out = serde_json::Map::new();
    match &more.reach {
        Some(Ok(reach)) => {
            all["reach_pairs_checked"] = json!(reach.checked);
            all["reach_violations"] = json!(reach.violations);
        }
        Some(Err(why)) => _ = left_out.insert("reach".to_owned(), json!(why)),
        None => {}
    }
    match &more.theorem {
        Some(Ok(found)) => {
            all["theorem1"] = json!({
                "executions": found.executions,
                "complete": found.complete,
                "sstar_occurred": found.occurred,
                "sstar_never_occurred": found.never,
                "swaps_total": found.swaps.0,
                "swaps_max": found.swaps.1,
            });
            all["theorem1_violations"] = json!(found.violations);
        }
        Some(Err(why)) => _ = left_out.insert("theorem1".to_owned(), json!(why)),
        None => {}
    }
    if !left_out.is_empty() {
        all["left_out"] = Value::Object(left_out);
    }
}

/// Which budget was spent before a view was finished.
fn why(progress: &Progress) -> Option<Value> {
    match progress.status {
        Status::Finished => None,
        Status::LimitReached => Some(json!("max-states")),
        Status::MemoryReached => Some(json!("max-memory")),
        Status::PartReached => Some(json!("max-part")),
        Status::Running => Some(json!("max-seconds")),
    }
}

fn add_tagged(all: &mut Value, tagged: &TaggedFigures, start: &World<Method>, several: bool) {
    all["tagged_states"] = json!(tagged.progress.states);
    all["tagged_transitions"] = json!(tagged.progress.transitions);
    all["tagged_complete"] = json!(tagged.complete_states);
    all["tagged_inconsistent_complete"] = json!(tagged.inconsistent_complete);
    all["tagged_complete_with_incomparable_cuts"] = json!(tagged.incomparable_cuts);
    all["violations"] = counts(&tagged.violations);
    all["counterexamples"] = examples(&tagged.counterexamples, start);
    if several {
        all["violations_of_single_snapshots"] = counts(&tagged.single_violations);
        all["counterexamples_of_single_snapshots"] = examples(&tagged.single_counterexamples, start);
    }
}

fn counts(violations: &[ViolationCount]) -> Value {
    violations.iter().map(|count| (count.violation.name().to_owned(), json!(count.channels))).collect()
}

fn examples(examples: &[Counterexample], start: &World<Method>) -> Value {
    let example = |example: &Counterexample| {
        let schedule = sentences(start, &example.actions);
        let json = json!({ "length": example.actions.len(), "schedule": schedule });
        (example.violation.name().to_owned(), json)
    };
    examples.iter().map(example).collect()
}

/// As a number where JSON readers can be trusted with it, and otherwise in quotes.
pub(crate) fn number(value: u128) -> Value {
    u64::try_from(value).map_or_else(|_| json!(value.to_string()), |value| json!(value))
}
