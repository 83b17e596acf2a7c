//! Every figure and every answer of the stored lattices.

use super::stored::{self, Stored, counts, places, rows};
use cutline_core::cuts::{AtCut, Checkpoints, Cut, Definitely, EventId, EventOrder, Message};
use cutline_core::ids::ProcessId;
use cutline_core::predicate::{Condition, Predicate};
use serde_json::{Value, json};

const BUDGET: u64 = 10_000;

fn cut(order: &EventOrder, value: &Value) -> Cut {
    order.cut(counts(value)).unwrap_or_else(|error| panic!("{value}: {error}"))
}

fn names(messages: &[&Message]) -> Value {
    messages.iter().map(|message| message.name.as_str()).collect()
}

/// The answers that the golden file gives, and as many questions in the trace file.
fn answers<'a>(stored: &'a Stored, kind: &str) -> &'a [Value] {
    let answers = rows(&stored.golden[kind]);
    let asked = stored.queries.get(kind).map_or(0, |asked| rows(asked).len());
    assert_eq!(answers.len(), asked, "{} of {}", kind, stored.golden["name"]);
    answers
}

#[test]
fn the_sizes_of_the_lattices() {
    for Stored { order, events, golden, .. } in &stored::all() {
        let figures = order.figures(BUDGET).expect("a small lattice");
        let found = json!({
            "events": order.event_count(),
            "all_cuts": figures.all_cuts.expect("few cuts") as u64,
            "consistent_cuts": figures.consistent_cuts(),
            "levels": figures.levels,
            "width": figures.width(),
            "observations": figures.observations.expect("few observations") as u64,
        });
        for (figure, value) in found.as_object().expect("figures") {
            assert_eq!(*value, golden[figure], "{figure} of {}", golden["name"]);
        }
        assert_eq!(order.event_count(), *events as u64);
        assert_eq!(order.lexical().count() as u64, figures.consistent_cuts(), "{}", golden["name"]);
    }
}

#[test]
fn the_vector_clocks() {
    for Stored { order, golden, .. } in &stored::all() {
        for (process, clocks) in rows(&golden["vector_clocks"]).iter().enumerate() {
            let process = ProcessId::at(process);
            assert_eq!(order.events_of(process).len(), rows(clocks).len());
            for (number, clock) in (1..).zip(rows(clocks)) {
                assert_eq!(order.clock(EventId { process, number }), counts(clock), "{}", golden["name"]);
            }
        }
    }
}

#[test]
fn the_nearest_consistent_cuts() {
    for stored in &stored::all() {
        let order = &stored.order;
        for query in answers(stored, "max_below") {
            let from = cut(order, &query["cut"]);
            let retreat = order.retreat(&from);
            assert_eq!(order.max_below(&from), retreat.cut, "{query}");
            assert_eq!(retreat.cut, cut(order, &query["answer"]), "{query}");
            assert_eq!(Some(retreat.retractions.len() as u64), query["retractions"].as_u64(), "{query}");
        }
        for query in answers(stored, "min_above") {
            assert_eq!(order.min_above(&cut(order, &query["cut"])), cut(order, &query["answer"]), "{query}");
        }
    }
}

#[test]
fn what_is_in_the_channels() {
    for stored in &stored::all() {
        let order = &stored.order;
        for query in answers(stored, "channel_states") {
            let cut = cut(order, &query["cut"]);
            assert_eq!(Some(order.is_consistent(&cut)), query["consistent"].as_bool(), "{query}");
            assert_eq!(names(&order.orphans(&cut)), query["orphans"], "{query}");
            assert_eq!(names(&order.in_transit(&cut)), query["in_transit"], "{query}");
            let by_channel: Vec<&Message> = order.channel_states(&cut).into_iter().flatten().collect();
            assert_eq!(names(&by_channel), query["in_transit"], "{query}");
        }
    }
}

/// The same question in words: `(P0.events = 1) and (P1.events = 1 or P1.events = 2)`.
fn written(order: &EventOrder, when: &[(ProcessId, Vec<u32>)]) -> Condition {
    let one_of = |(process, numbers): &(ProcessId, Vec<u32>)| {
        let each = numbers.iter().map(|number| format!("P{}.events = {number}", process.0));
        format!("({})", each.collect::<Vec<_>>().join(" or "))
    };
    let text = when.iter().map(one_of).collect::<Vec<_>>().join(" and ");
    let predicate = Predicate::parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
    predicate.bind(order).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn possibly_and_definitely() {
    for stored in &stored::all() {
        let order = &stored.order;
        for query in answers(stored, "predicates") {
            let when: Vec<(ProcessId, Vec<u32>)> = query["when"]
                .as_object()
                .expect("numbers of events for some processes")
                .iter()
                .map(|(process, numbers)| (ProcessId(process.parse().expect("a process")), counts(numbers)))
                .collect();
            let holds = |at: AtCut<'_>| when.iter().all(|(process, numbers)| numbers.contains(&at.events(*process)));
            let possibly = order.possibly(BUDGET, holds).expect("a small lattice");
            assert_eq!(Some(possibly.is_some()), query["possibly"].as_bool(), "{query}");
            if let Some(witness) = &possibly {
                assert!(order.is_consistent(witness) && holds(order.at(witness)), "{query}");
            }
            let definitely = order.definitely(BUDGET, holds).expect("a small lattice");
            let written = written(order, &when);
            assert_eq!(order.possibly(BUDGET, |at| written.holds(at)), Ok(possibly), "{query}");
            assert_eq!(order.definitely(BUDGET, |at| written.holds(at)).as_ref(), Ok(&definitely), "{query}");
            assert_eq!(Some(definitely == Definitely::Holds), query["definitely"].as_bool(), "{query}");
            if let Definitely::Avoided(observation) = definitely {
                super::avoids(order, &observation, holds);
            }
        }
    }
}

#[test]
fn recovery_lines() {
    for stored in &stored::all() {
        let order = &stored.order;
        for query in answers(stored, "recovery") {
            let lists = rows(&query["checkpoints"]).iter().map(counts).collect();
            let checkpoints = Checkpoints::new(order, lists).expect("checkpoints");
            let start = places(&query["start"]);
            let (line, rollbacks) = order.recovery_line(&checkpoints, &start).expect("a line");
            assert_eq!(line.checkpoints, places(&query["line_index"]), "{query}");
            assert_eq!(line.cut, cut(order, &query["line_events"]), "{query}");
            assert_eq!(Some(line.events_lost), query["events_lost"].as_u64(), "{query}");
            let steps: usize = start.iter().zip(&line.checkpoints).map(|(from, to)| from - to).sum();
            assert_eq!(rollbacks.len(), steps, "{query}");
            assert_eq!(order.recovery_line_by_graph(&checkpoints, &start).as_ref(), Ok(&line), "{query}");
            assert_eq!(order.recovery_line_by_max_below(&checkpoints, &start).as_ref(), Ok(&line), "{query}");
        }
    }
}
