//! The cuts of a run as people read them.

use cutline_core::cuts::EventOrder;
use serde_json::Value;
use std::fmt::Write;

/// What was found, out of its JSON.
pub(crate) fn text(order: &EventOrder, all: &Value) -> String {
    let mut out = format!("{}\n\n", plain(&all["name"]));
    let mut row = |what: &str, value: &Value| {
        let _ = writeln!(out, "  {what:<30}{:>14}", if value.is_null() { "unknown".into() } else { plain(value) });
    };
    row("events", &all["events"]);
    row("cuts", &all["all_cuts"]);
    row("consistent cuts", &all["consistent_cuts"]);
    row("widest level", &all["width"]);
    row("observations", &all["observations"]);
    let levels = all["levels"].as_array().into_iter().flatten().map(plain).collect::<Vec<_>>().join(" ");
    let _ = writeln!(out, "  cuts on each level: {levels}");
    if let Some(stopped) = all["stopped"].as_str() {
        let _ = writeln!(out, "\nNot finished: {stopped}. Raise --limit to go on.");
    }
    repaired(&mut out, all);
    recovered(&mut out, &all["checkpoints"]);
    nearest(&mut out, all);
    for asked in list(&all["predicates"]) {
        let when = asked["when"].as_object().into_iter().flatten();
        let parts: Vec<String> = when.map(|(process, numbers)| format!("P{process} after {}", cut(numbers))).collect();
        let _ = writeln!(out, "  {}: {}", parts.join(" and "), modal(asked));
    }
    for state in list(&all["channel_states"]) {
        let names = |field: &str| list(&state[field]).iter().map(plain).collect::<Vec<_>>().join(" ");
        let how = if state["consistent"] == true { "consistent" } else { "not consistent" };
        let found = [("under way", names("in_transit")), ("orphans", names("orphans"))];
        let found =
            found.iter().filter(|(_, names)| !names.is_empty()).map(|(what, names)| format!("; {what}: {names}"));
        let _ = writeln!(out, "  {} is {how}{}", cut(&state["cut"]), found.collect::<String>());
    }
    for line in list(&all["recovery"]) {
        let (from, to, lost) = (cut(&line["start"]), cut(&line["line_index"]), plain(&line["events_lost"]));
        let events = cut(&line["line_events"]);
        let _ = writeln!(
            out,
            "  recovery from checkpoints {from}: back to {to}, so many events {events}; events lost: {lost}"
        );
    }
    for crash in list(&all["crashes"]) {
        let (who, left, lost) = (cut(&crash["crashed"]), cut(&crash["events"]), plain(&crash["events_lost"]));
        let (how, back) = (plain(&crash["logging"]), list(&crash["rolled_back"]).len());
        let _ = writeln!(
            out,
            "  after a crash of {who}, {how} logging: so many events {left}; events lost: {lost}; rolled back: {back}"
        );
    }
    asked(&mut out, order, &all["where"]);
    out
}

/// Snapshots whose local records do not fit together, and the nearest ones that do.
fn repaired(out: &mut String, all: &Value) {
    for snapshot in list(&all["snapshots"]) {
        let (number, from) = (plain(&snapshot["number"]), cut(&snapshot["cut"]));
        if snapshot["consistent"] == true {
            let _ = writeln!(out, "  snapshot {number} at {from}: consistent by the vector clocks");
            continue;
        }
        let (below, above) = (cut(&snapshot["max_below"]), cut(&snapshot["min_above"]));
        let taken = plain(&snapshot["retractions"]);
        let _ = writeln!(
            out,
            "  snapshot {number} at {from}: not consistent; nearest below: {below}, events taken back: {taken}; nearest above: {above}"
        );
    }
}

/// Where the run can go back to by the checkpoints of its processes.
fn recovered(out: &mut String, checkpoints: &Value) {
    if checkpoints.is_null() {
        return;
    }
    let taken: Vec<String> = list(&checkpoints["taken"]).iter().map(cut).collect();
    let _ = writeln!(out, "\n  checkpoints after so many events: {}", taken.join(" "));
    let mut say = |who: &str, line: &Value| {
        let (to, lost) = (cut(&line["line_events"]), plain(&line["events_lost"]));
        let before = plain(&line["before_checkpoints"]);
        let _ = writeln!(
            out,
            "  if {who}: back to {to}; events lost: {lost}, of them {before} before the last checkpoints"
        );
    };
    for line in list(&checkpoints["one_fails"]) {
        say(&format!("{} fails", plain(&line["failed"][0])), line);
    }
    say("all fail", &checkpoints["all_fail"]);
}

fn nearest(out: &mut String, all: &Value) {
    let kinds = ["max_below", "min_above", "predicates", "channel_states", "recovery", "crashes"];
    if kinds.iter().any(|kind| !list(&all[*kind]).is_empty()) {
        out.push_str("\nThe questions of the file:\n");
    }
    for answer in list(&all["max_below"]) {
        let (from, to, taken) = (cut(&answer["cut"]), cut(&answer["answer"]), plain(&answer["retractions"]));
        let _ = writeln!(out, "  greatest consistent cut below {from}: {to}; events taken back: {taken}");
    }
    for answer in list(&all["min_above"]) {
        let (from, to) = (cut(&answer["cut"]), cut(&answer["answer"]));
        let _ = writeln!(out, "  least consistent cut above {from}: {to}");
    }
}

/// The answers to the predicate of the command line.
fn asked(out: &mut String, order: &EventOrder, asked: &Value) {
    if asked.is_null() {
        return;
    }
    let _ = writeln!(out, "\n{}\n  {}", plain(&asked["predicate"]), modal(asked));
    if !asked["witness"].is_null() {
        let names = order.process_names().join(", ");
        let _ = writeln!(out, "  It holds at the cut {}: so many events of {names}.", cut(&asked["witness"]));
    }
    if asked["possibly"] == true && !asked["avoided_by"].is_null() {
        let event = |event: &Value| format!("{} {}", plain(&event[0]), plain(&event[1]));
        let events: Vec<String> = list(&asked["avoided_by"]).iter().map(event).collect();
        let _ = writeln!(out, "  Observed in this order, it never holds: {}.", events.join(", "));
    }
}

fn modal(asked: &Value) -> String {
    let word = |field: &str, yes: &str, no: &str| match asked[field].as_bool() {
        Some(true) => yes.to_owned(),
        Some(false) => no.to_owned(),
        None => format!("{field}: unknown, more cuts than --limit"),
    };
    let possibly = word("possibly", "possibly", "not possibly");
    let definitely = word("definitely", "definitely", "not definitely");
    format!("{possibly}, {definitely}")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Numbers as a cut.
fn cut(value: &Value) -> String {
    format!("({})", list(value).iter().map(plain).collect::<Vec<_>>().join(","))
}

/// Without quotes.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
