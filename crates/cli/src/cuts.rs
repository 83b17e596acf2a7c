//! `cutline cuts`: the lattice of consistent cuts of a run, and what is asked of it.

use crate::args::CutsArgs;
use crate::explore_json::number;
use crate::input::{self, Input};
use crate::progress::Patience;
use crate::{Failure, Outcome, cuts_text, say, say_json};
use cutline_core::cuts::{
    AtCut, Checkpoints, Cut, Definitely, EventId, EventOrder, Link, Logging, Message, OrderError, OverBudget,
    RolledBack, Storage,
};
use cutline_core::judge::judge;
use cutline_core::predicate::Predicate;
use cutline_core::{ChannelId, Event, ProcessId, Scenario, SnapshotId, Step};
use cutline_formats::{Crash, Queries, Recovery, When};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// What is asked.
struct Question {
    name: String,
    order: EventOrder,
    queries: Queries,
    /// Where each snapshot of a scenario cuts its run, if everybody has recorded in it.
    snapshots: Vec<(SnapshotId, Cut)>,
    /// The checkpoints of its processes, where what is under way is left to the transport.
    checkpoints: Option<Checkpoints>,
}

pub(crate) fn cuts(args: &CutsArgs) -> Result<Outcome, Failure> {
    let path = &args.trace;
    let question = question(path)?;
    let failure = |error: &dyn std::fmt::Display| Failure(format!("{}: {error}", path.display()));
    let budget = Budget { cuts: args.limit, patience: args.patience };
    let (mut all, mut spent) = figures(&question, budget);
    if !question.snapshots.is_empty() {
        all["snapshots"] = question.snapshots.iter().map(|cut| repaired(&question.order, cut)).collect();
    }
    if let Some(checkpoints) = &question.checkpoints {
        all["checkpoints"] = recovery_of_run(&question.order, checkpoints);
    }
    spent |= answer_queries(&question, budget, &mut all).map_err(|message| failure(&message))?;
    let mut outcome = Outcome::Fine;
    if let Some(text) = &args.predicate {
        let found = ask(&question.order, text, budget)?;
        spent |= found.is_unknown();
        if found.possibly == Ok(None) {
            outcome = Outcome::Wrong;
        }
        all["where"] = asked(&found, &question.order, text);
    }
    if args.json {
        say_json(&all);
    } else {
        say(&cuts_text::text(&question.order, &all));
    }
    Ok(if spent && outcome == Outcome::Fine { Outcome::Unknown } else { outcome })
}

/// How many cuts to look at, and when to tell how far that is.
#[derive(Clone, Copy)]
struct Budget {
    cuts: u64,
    patience: Patience,
}

/// Whether something possibly or definitely holds; an error where the budget was spent before that was known.
struct Modal {
    possibly: Result<Option<Cut>, OverBudget>,
    definitely: Result<Definitely, OverBudget>,
}

impl Modal {
    fn of(order: &EventOrder, budget: Budget, holds: impl Fn(AtCut<'_>) -> bool) -> Self {
        let counting = |counter: &AtomicU64, at: AtCut<'_>| {
            counter.fetch_add(1, Ordering::Relaxed);
            holds(at)
        };
        let cuts = "cuts looked at";
        Self {
            possibly: (budget.patience)
                .telling("possibly", cuts, |counter| order.possibly(budget.cuts, |at| counting(counter, at))),
            definitely: (budget.patience)
                .telling("definitely", cuts, |counter| order.definitely(budget.cuts, |at| counting(counter, at))),
        }
    }

    fn is_unknown(&self) -> bool {
        self.possibly.is_err() || self.definitely.is_err()
    }

    /// Yes, no, or null where it is not known.
    fn answers(&self) -> (Option<bool>, Option<bool>) {
        let definitely = self.definitely.as_ref().ok().map(|answer| *answer == Definitely::Holds);
        (self.possibly.as_ref().ok().map(Option::is_some), definitely)
    }
}

fn question(path: &Path) -> Result<Question, Failure> {
    let failure = |error: &dyn std::fmt::Display| Failure(format!("{}: {error}", path.display()));
    match input::read(path)? {
        Input::Trace(file) => {
            let order = file.order().map_err(|error| failure(&error))?;
            Ok(Question { name: file.name, order, queries: file.queries, snapshots: Vec::new(), checkpoints: None })
        }
        Input::Scenario(scenario) => of_scenario(*scenario).map_err(|error| failure(&error)),
        Input::Schedule(schedule) => of_scenario(schedule.0).map_err(|error| failure(&error)),
        other @ Input::System(_) => Err(other.unfit(path, "a trace file or a scenario")),
    }
}

fn of_scenario(scenario: Scenario) -> Result<Question, OrderError> {
    let history = scenario.play();
    let mut trace = history.trace();
    let goes_back = |step: &Step<'_>| step.events.iter().any(|event| matches!(event, Event::Restored { .. }));
    // What comes after that is no part of one order with what was undone.
    if let Some(end) = trace.steps.iter().position(goes_back) {
        trace.steps.truncate(end);
        eprintln!("cutline: note: the run is looked at until it first goes back to a recorded state");
    }
    let order = EventOrder::of_trace(&trace)?;
    let leaves = trace.events().any(|(_, event)| matches!(event, Event::Left { .. }));
    let checkpoints = if leaves { Checkpoints::of_trace(&order, &trace) } else { None };
    let begun = (0..).map(SnapshotId).zip(history.world().snapshots()).filter(|(_, snapshot)| snapshot.has_begun());
    let cut_of = |(id, _): (SnapshotId, _)| {
        let counts = judge(&trace, id).cut.into_iter().collect::<Option<Vec<u32>>>()?;
        Some((id, order.cut(counts).ok()?))
    };
    let snapshots = begun.filter_map(cut_of).collect();
    Ok(Question { name: scenario.title.en, order, queries: Queries::default(), snapshots, checkpoints })
}

/// What the vector clocks say of the local records of a snapshot, and what they are repaired to: whoever knows of what is
/// outside goes back to a state before that.
fn repaired(order: &EventOrder, (snapshot, cut): &(SnapshotId, Cut)) -> Value {
    let below = order.retreat(cut);
    let at = order.at(&below.cut);
    let channel = |(link, place): (&Link, usize)| {
        let names: Vec<&str> = at.in_transit(ChannelId::at(place)).map(|message| message.name.as_str()).collect();
        json!({ "channel": link.name, "messages": names })
    };
    json!({
        "number": snapshot.0 + 1,
        "cut": cut.counts(),
        "consistent": order.is_consistent(cut),
        "max_below": below.cut.counts(),
        "retractions": below.retractions.len(),
        "in_transit": order.links().iter().zip(0..).map(channel).collect::<Vec<_>>(),
        "min_above": order.min_above(cut).counts(),
    })
}

/// The sizes; whether the budget was spent before all cuts were counted.
fn figures(question: &Question, budget: Budget) -> (Value, bool) {
    let order = &question.order;
    let clock = |process: ProcessId| {
        let events = (1..).zip(order.events_of(process));
        events.map(|(number, _)| json!(order.clock(EventId { process, number }))).collect::<Vec<_>>()
    };
    let processes = (0..order.process_count()).map(ProcessId::at);
    let large = |count: Option<u128>| count.map_or_else(|| json!(format!("more than {}", u128::MAX)), number);
    let mut all = json!({
        "name": question.name,
        "events": order.event_count(),
        "all_cuts": large(order.all_cuts().ok()),
        "vector_clocks": processes.map(clock).collect::<Vec<_>>(),
    });
    let figures = budget.patience.telling("all cuts", "consistent cuts counted", |counter| {
        order.figures_telling(budget.cuts, |levels| counter.store(levels.iter().sum(), Ordering::Relaxed))
    });
    match &figures {
        Ok(figures) => {
            all["consistent_cuts"] = json!(figures.consistent_cuts());
            all["levels"] = json!(figures.levels);
            all["width"] = json!(figures.width());
            all["observations"] = large(figures.observations.ok());
        }
        Err(over) => {
            ["consistent_cuts", "width", "observations"].into_iter().for_each(|field| all[field] = Value::Null);
            all["levels"] = json!(over.levels);
            all["stopped"] = json!(over.to_string());
        }
    }
    (all, figures.is_err())
}

/// Answers the queries of a file; whether the budget was spent before all answers were known. An error says what of a query
/// makes no sense.
fn answer_queries(question: &Question, budget: Budget, all: &mut Value) -> Result<bool, String> {
    let (order, queries) = (&question.order, &question.queries);
    let cut = |kind: &str, at: usize, counts: &Vec<u32>| {
        order.cut(counts.clone()).map_err(|error| format!("queries.{kind}[{at}]: {error}"))
    };
    let each = |kind: &str, cuts: &[Vec<u32>], answer: &dyn Fn(&Cut) -> Value| {
        let answers = cuts.iter().enumerate().map(|(at, counts)| cut(kind, at, counts).map(|cut| answer(&cut)));
        answers.collect::<Result<Vec<_>, _>>().map(Value::from)
    };
    all["max_below"] = each("max_below", &queries.max_below, &|cut| {
        let retreat = order.retreat(cut);
        let retractions = retreat.retractions.len();
        json!({ "cut": cut.counts(), "answer": retreat.cut.counts(), "retractions": retractions })
    })?;
    all["min_above"] = each(
        "min_above",
        &queries.min_above,
        &|cut| json!({ "cut": cut.counts(), "answer": order.min_above(cut).counts() }),
    )?;
    all["channel_states"] = each("channel_states", &queries.channel_states, &|cut| {
        let names = |messages: Vec<&Message>| messages.iter().map(|message| message.name.clone()).collect::<Vec<_>>();
        json!({
            "cut": cut.counts(),
            "consistent": order.is_consistent(cut),
            "in_transit": names(order.in_transit(cut)),
            "orphans": names(order.orphans(cut)),
        })
    })?;
    let mut spent = false;
    let predicates = queries.predicates.iter().enumerate().map(|(at, when)| {
        let (answer, unknown) = answer_when(order, budget, at, when)?;
        spent |= unknown;
        Ok(answer)
    });
    all["predicates"] = predicates.collect::<Result<Vec<_>, String>>()?.into();
    let recovery = queries.recovery.iter().enumerate().map(|(at, wanted)| answer_recovery(order, at, wanted));
    all["recovery"] = recovery.collect::<Result<Vec<_>, _>>()?.into();
    if !queries.crashes.is_empty() {
        let crashes = queries.crashes.iter().enumerate().map(|(at, crash)| answer_crash(order, at, crash));
        all["crashes"] = crashes.collect::<Result<Vec<_>, _>>()?.into();
    }
    Ok(spent)
}

/// The answer, and whether something of it is not known.
fn answer_when(order: &EventOrder, budget: Budget, at: usize, when: &When) -> Result<(Value, bool), String> {
    let process = |name: &String| name.parse::<usize>().ok().filter(|process| *process < order.process_count());
    let mut wanted = Vec::new();
    for (name, numbers) in when {
        let refused = || format!("queries.predicates[{at}]: there is no process {name}");
        wanted.push((ProcessId::at(process(name).ok_or_else(refused)?), numbers));
    }
    let found =
        Modal::of(order, budget, |at| wanted.iter().all(|(process, numbers)| numbers.contains(&at.events(*process))));
    let (possibly, definitely) = found.answers();
    Ok((json!({ "when": when, "possibly": possibly, "definitely": definitely }), found.is_unknown()))
}

/// Where a scenario's run can go back to, if all processes fail and if each does alone. What is lost counts from the end of the
/// run.
fn recovery_of_run(order: &EventOrder, checkpoints: &Checkpoints) -> Value {
    let everybody: Vec<ProcessId> = (0..order.process_count()).map(ProcessId::at).collect();
    let line = |failed: &[ProcessId]| {
        let line = checkpoints.after_failure(order, failed)?;
        let names: Vec<&str> = failed.iter().map(|process| order.process_names()[process.index()].as_str()).collect();
        let events_lost = order.top().level() - line.cut.level();
        Some(json!({
            "failed": names,
            "line_events": line.cut.counts(),
            "events_lost": events_lost,
            "before_checkpoints": line.events_lost,
        }))
    };
    let alone = everybody.iter().filter_map(|process| line(&[*process]));
    json!({
        "taken": checkpoints.counts(),
        "all_fail": line(&everybody),
        "one_fails": alone.collect::<Vec<_>>(),
    })
}

fn answer_recovery(order: &EventOrder, at: usize, wanted: &Recovery) -> Result<Value, String> {
    let refused = |error: cutline_core::cuts::CheckpointError| format!("queries.recovery[{at}]: {error}");
    let checkpoints = Checkpoints::new(order, wanted.checkpoints.clone()).map_err(refused)?;
    let (line, _) = order.recovery_line(&checkpoints, &wanted.start).map_err(refused)?;
    Ok(json!({
        "checkpoints": wanted.checkpoints,
        "start": wanted.start,
        "line_index": line.checkpoints,
        "line_events": line.cut.counts(),
        "events_lost": line.events_lost,
    }))
}

fn answer_crash(order: &EventOrder, at: usize, crash: &Crash) -> Result<Value, String> {
    let field = |field: &str, what: String| format!("queries.crashes[{at}]{field}: {what}");
    let logging = match crash.logging.as_str() {
        "pessimistic" => Logging::Pessimistic,
        "optimistic" => Logging::Optimistic,
        "causal" => Logging::Causal,
        other => return Err(field(".logging", format!("expected pessimistic, optimistic or causal, found {other}"))),
    };
    if let Some(process) = crash.crashed.iter().find(|process| **process >= order.process_count()) {
        return Err(field(".crashed", format!("there is no process {process}")));
    }
    let storage = Checkpoints::new(order, crash.checkpoints.clone())
        .and_then(|checkpoints| Storage::new(order, checkpoints, crash.logged.clone()))
        .map_err(|error| field("", error.to_string()))?;
    let crashed: Vec<ProcessId> = crash.crashed.iter().map(|process| ProcessId::at(*process)).collect();
    let found = order.recover(&storage, &crashed, logging);
    let back = |back: &RolledBack| {
        json!({
            "process": back.process.index(), "to": back.to, "because_of": back.because_of.index(),
            "announced": back.announced, "depended": back.depended,
        })
    };
    let back: Vec<Value> = found.rolled_back.iter().map(back).collect();
    let lost = order.event_count() - found.cut.level();
    Ok(json!({
        "crashed": crash.crashed, "logging": crash.logging, "events": found.cut.counts(), "events_lost": lost,
        "rolled_back": back,
    }))
}

fn ask(order: &EventOrder, text: &str, budget: Budget) -> Result<Modal, Failure> {
    // A long text is not told back in full.
    let shown: String = text.chars().take(60).collect();
    let dots = if shown.len() < text.len() { "..." } else { "" };
    let failure = |error: &dyn std::fmt::Display| Failure(format!("--where '{shown}{dots}': {error}"));
    let condition = Predicate::parse(text).map_err(|error| failure(&error))?;
    let condition = condition.bind(order).map_err(|error| failure(&error))?;
    Ok(Modal::of(order, budget, |at| condition.holds(at)))
}

fn asked(found: &Modal, order: &EventOrder, text: &str) -> Value {
    let event = |event: &EventId| json!([order.process_names()[event.process.index()], event.number]);
    let avoided = match &found.definitely {
        Ok(Definitely::Avoided(observation)) => observation.iter().map(event).collect::<Vec<_>>().into(),
        _ => Value::Null,
    };
    let witness = found.possibly.as_ref().ok().and_then(Option::as_ref);
    let (possibly, definitely) = found.answers();
    json!({
        "predicate": text,
        "possibly": possibly,
        "witness": witness.map(Cut::counts),
        "definitely": definitely,
        "avoided_by": avoided,
    })
}
