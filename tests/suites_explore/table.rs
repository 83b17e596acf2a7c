//! The README's table of algorithms. Every cell is counted here: what goes wrong in every run of a small system, in order,
//! in any order, with something lost, with something repeated; and what a snapshot costs in the page's first scenario.

use cutline_core::algorithm::Algorithm;
use cutline_core::algorithms::method::NAMES;
use cutline_core::computation::Bank;
use cutline_core::explore::{Exploration, Faults, Planned, WholeFigures, explore_whole};
use cutline_core::meters::{Facts, Meter};
use cutline_core::scheduler::{OldestFirst, Schedule, Scheduler};
use cutline_core::topology::Order;
use cutline_core::{Computation, History, Method, ProcessId, Scenario, SnapshotId, System, Topology, World};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

const MONEY: &str = include_str!("../../crates/session/scenarios/money-in-flight.cutline");
const BEGIN: &str = "<!-- counted: begin -->\n";
const END: &str = "<!-- counted: end -->\n";
const HEAD: &str = "| algorithm | in order | in any order | one lost | one repeated | control messages | delay |\n\
                    | --- | --- | --- | --- | --- | --- | --- |\n";
const SYSTEM: SnapshotId = SnapshotId(0);

/// Two processes with one token each, which each sends once at most; control channels both ways.
fn two(order: Order) -> Arc<System> {
    let mut topology = Topology::new();
    let processes = ["p", "q"].map(|name| topology.add_process(name).expect("a new name"));
    let [p, q] = processes;
    for (from, to) in [(p, q), (q, p)] {
        topology.add_channel(None, from, to, order).expect("a new channel");
    }
    for (from, to) in [(p, q), (q, p)] {
        topology.add_control_channel(None, from, to).expect("a control channel");
    }
    let bank = Bank::with_budgets([(1, Some(1)), (1, Some(1))]).expect("a bank");
    Arc::new(System { topology, computation: Computation::Bank(bank) })
}

fn every_run(method: Method, order: Order, faults: Faults) -> WholeFigures {
    let snapshots = vec![Planned { id: SYSTEM, initiators: initiators(&method) }];
    let exploration = Exploration { faults, ..Exploration::new(two(order), snapshots) };
    let figures = explore_whole(&exploration, method.planned_for([SYSTEM]));
    assert!(figures.finished && figures.states > 1);
    figures
}

/// Where nobody makes others record, everybody has to be told.
fn initiators(method: &Method) -> Vec<ProcessId> {
    let told = method.spreads();
    if told { vec![ProcessId(0)] } else { vec![ProcessId(0), ProcessId(1)] }
}

/// How many of the complete states are wrong, and how many runs end without a snapshot.
fn cell(figures: &WholeFigures) -> String {
    let wrong = match (figures.inconsistent_complete, figures.complete_states) {
        (_, 0) => "never complete".to_owned(),
        (0, _) => "always right".to_owned(),
        (wrong, all) => format!("{wrong} of {all} wrong"),
    };
    match figures.terminal_incomplete {
        0 => wrong,
        stuck => format!("{wrong}, {stuck} of {} stuck", figures.terminal_states),
    }
}

/// What a snapshot takes when the money scenario's application goes its way.
fn costs(method: Method) -> (String, String) {
    let scenario = Scenario::parse(MONEY).expect("the scenario of the page");
    let mut system = System::clone(&scenario.system);
    let pairs = |topology: &Topology| -> Vec<(ProcessId, ProcessId)> {
        topology.processes().flat_map(|p| topology.processes().map(move |q| (p, q))).filter(|(p, q)| p != q).collect()
    };
    for (from, to) in pairs(&system.topology) {
        system.topology.add_control_channel(None, from, to).expect("a control channel");
    }
    let schedule = Schedule::of(&scenario.play().trace());
    let start = World::new(Arc::new(system), method);
    let (actions, _) = schedule.play(&start, 10_000);
    let mut history = History::new(start.clone());
    actions.iter().for_each(|action| history.act(*action).expect("what was played"));
    while let Some(action) = OldestFirst.next(history.world()) {
        history.act(action).expect("what the scheduler chose");
    }
    let mut meter = Meter::new(&start);
    let mut world = start;
    for step in history.trace().steps {
        world.apply(step.action, &mut Vec::new()).expect("a step of the run");
        meter.follow(&world, step.events);
    }
    let meters = meter.meters();
    let Some(metered) = meters.snapshots.first() else { return ("none".into(), "none".into()) };
    let formula = method.costs(&Facts::of(world.topology(), meters, SYSTEM)).controls;
    let written = formula.as_ref().map(|formula| {
        assert!(metered.complete.is_none() || formula.agrees(metered.controls), "{formula:?} {metered:?}");
        format!(" ({} {})", if formula.is_bound { "at most" } else { "=" }, formula.written)
    });
    let delay = if metered.complete.is_some() { metered.delay.to_string() } else { "never complete".into() };
    (format!("{}{}", metered.controls, written.unwrap_or_default()), delay)
}

fn row(name: &str) -> Option<String> {
    let method = Method::named(name)?;
    let fits = !matches!(method, Method::Barriers(_) | Method::DijkstraScholten(_));
    let faults = |losses, copies| Faults { losses, copies, ..Faults::default() };
    let figures = [
        every_run(method, Order::Fifo, Faults::default()),
        every_run(method, Order::Unordered, Faults::default()),
        every_run(method, Order::Fifo, faults(1, 0)),
        every_run(method, Order::Fifo, faults(0, 1)),
    ];
    let (controls, delay) = costs(method);
    let cells: Vec<String> = figures.iter().map(cell).collect();
    fits.then(|| format!("| `{name}` | {} | {controls} | {delay} |\n", cells.join(" | ")))
}

#[test]
fn the_readme_has_the_table_as_counted() {
    let mut table = HEAD.to_owned();
    let for_all = |name: &&&str| !["barriers", "dijkstra"].iter().any(|of_its_own| name.contains(of_its_own));
    for name in NAMES.iter().filter(for_all) {
        write!(table, "{}", row(name).expect("a known name")).expect("a string");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let readme = std::fs::read_to_string(&path).expect("the README");
    let (before, rest) = readme.split_once(BEGIN).expect("the place of the table");
    let (found, after) = rest.split_once(END).expect("the end of the table");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}")).expect("the README");
    } else {
        assert_eq!(found, table, "`cargo xtask bless` puts the table right");
    }
}
