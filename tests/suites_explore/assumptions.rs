//! What each algorithm takes for granted, one thing at a time: a shortest run that goes wrong where it is not so, found by
//! going through all runs of a small system; and the same with a remedy, where no run goes wrong any more. Both runs are
//! scenario files in `tests/data/assumptions`, written by this test (`cargo xtask bless`).

mod rows;

use cutline_core::explore::{Exploration, Planned, View, WholeExplorer};
use cutline_core::faults::Faults;
use cutline_core::judge::judge;
use cutline_core::scenario::sentences;
use cutline_core::scheduler::oldest_first;
use cutline_core::{
    Action, Algorithm, Event, LocalState, Method, ProcessId, Rejected, Scenario, SnapshotId, Trace, World,
};
use rows::{ROWS, Row};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// A system under an algorithm, with what may go wrong.
struct Setting {
    exploration: Exploration,
    algorithm: Method,
    declarations: String,
}

impl Setting {
    fn new(declarations: &str, faults: &str) -> Self {
        let scenario = Scenario::parse(&format!("cutline 1\ntitle t\n{declarations}")).expect(declarations);
        let algorithm = scenario.algorithm.planned_for([SnapshotId(0)]);
        let topology = &scenario.system.topology;
        let sources = |process: &ProcessId| topology.outgoing(*process).len() > topology.incoming(*process).len();
        let initiators: Vec<ProcessId> = match algorithm {
            Method::Barriers(_) => topology.processes().filter(sources).collect(),
            _ if !algorithm.spreads() => topology.processes().collect(),
            _ if declarations.contains("spezialetti") => topology.processes().collect(),
            _ => vec![ProcessId(0)],
        };
        let planned = Planned { id: SnapshotId(0), initiators };
        let planned = if algorithm.takes_snapshots() { vec![planned] } else { Vec::new() };
        let mut exploration = Exploration::new(scenario.system.clone(), planned).viewed(View::Plain);
        exploration.faults = if faults.is_empty() { Faults::default() } else { faults.parse().expect(faults) };
        exploration.max_states = 400_000;
        Self { exploration, algorithm, declarations: declarations.to_owned() }
    }

    fn explorer(&self) -> WholeExplorer<Method> {
        WholeExplorer::new(&self.exploration, self.algorithm)
    }

    fn start(&self) -> World<Method> {
        World::new(self.exploration.system.clone(), self.algorithm)
    }

    /// A shortest run that goes wrong: a snapshot that is complete and not consistent; or else one after which nothing can be
    /// done that completes it; of signals, one after which the end of work is announced too early.
    fn shortest(&self) -> Result<Option<(Vec<Action>, &'static str)>, String> {
        if !self.algorithm.takes_snapshots() {
            let early = self.explorer().shortest(is_announced_too_early).map(|way| (way, "announced before its end"));
            let never = || Some((self.explorer().shortest(is_over_unannounced)?, "never announced"));
            return Ok(early.or_else(never));
        }
        let mut explorer = self.explorer();
        explorer.run_slice(u32::MAX);
        let figures = explorer.figures();
        if !figures.finished {
            return Err(format!("{} states and more", figures.states));
        }
        let wrong = figures.counterexample.map(|way| (way, "inconsistent"));
        Ok(wrong.or_else(|| Some((figures.stuck?, "never complete"))))
    }

    /// A scenario with this run.
    fn scenario(&self, title: &str, about: &str, run: &[Action], expected: &str) -> String {
        let mut text = format!("cutline 1\ntitle {title}\nabout {about}\n\n{}\nrun\n", self.declarations);
        for sentence in sentences(&self.start(), run) {
            let _ = writeln!(text, "{sentence}");
        }
        if !expected.is_empty() {
            let _ = write!(text, "\nexpect\n{expected}\n");
        }
        text
    }
}

fn has_ended(trace: &Trace<'_>) -> bool {
    let topology = &trace.system.topology;
    let mut states: Vec<LocalState> = trace.system.computation.initial();
    let mut under_way = 0;
    for (_, event) in trace.events() {
        if let Some(state) = event.state_after() {
            states[event.process(topology).index()] = state;
        }
        match event {
            Event::Sent { .. } | Event::Duplicated { item: cutline_core::event::Carried::Message(..), .. } => {
                under_way += 1;
            }
            Event::Received { .. } | Event::Lost { item: cutline_core::event::Carried::Message(..), .. } => {
                under_way -= 1;
            }
            _ => {}
        }
    }
    under_way == 0 && !states.iter().any(|state| matches!(state, LocalState::Work { active: true, .. }))
}

fn is_announced(trace: &Trace<'_>) -> bool {
    trace.events().any(|(_, event)| matches!(event, Event::Announced { .. }))
}

fn is_announced_too_early(trace: &Trace<'_>) -> bool {
    is_announced(trace) && !has_ended(trace)
}

/// Work has ended, nothing is under way, and nobody says so.
fn is_over_unannounced(trace: &Trace<'_>) -> bool {
    let count = |wanted: fn(&Event) -> bool| trace.events().filter(|(_, event)| wanted(event)).count();
    let sent = count(|event| matches!(event, Event::ControlSent { .. } | Event::Duplicated { .. }));
    let gone = count(|event| matches!(event, Event::ControlReceived { .. } | Event::Lost { .. }));
    has_ended(trace) && !is_announced(trace) && sent == gone && trace.events().next().is_some()
}

/// The same run as far as it can be done, and then to the end.
fn go_along(setting: &Setting, wrong: &[Action]) -> Vec<Action> {
    let (mut world, mut done) = (setting.start(), Vec::new());
    for action in wrong {
        let head = match *action {
            Action::Deliver { channel, .. } => Action::Deliver { channel, position: 0 },
            other => other,
        };
        if let Some(possible) = [*action, head].into_iter().find(|action| world.check(*action).is_ok()) {
            world.apply(possible, &mut Vec::new()).expect("just asked");
            done.push(possible);
        }
    }
    while let Some(action) = next(setting, &world) {
        world.apply(action, &mut Vec::new()).expect("just asked");
        done.push(action);
        assert!(done.len() < 200, "it goes on and on: {done:?}");
    }
    done
}

/// What there is to be done until nothing is under way and all that records by itself has recorded.
fn next(setting: &Setting, world: &World<Method>) -> Option<Action> {
    let topology = world.topology();
    let again = topology
        .channels()
        .find_map(|channel| Some(Action::SendAgain { channel, number: world.to_send_again(channel).next()? }));
    let restarted = topology.processes().find(|process| world.has_crashed(*process));
    let timer =
        topology.processes().find_map(|process| Some(Action::Ring { process, timer: *world.timers(process).first()? }));
    let planned = setting.exploration.snapshots.iter();
    let starts = planned.flat_map(|planned| {
        let start = |process: &ProcessId| Action::Initiate { process: *process, snapshot: planned.id };
        planned.initiators.iter().map(start).collect::<Vec<_>>()
    });
    let mut starts = starts.filter_map(|start| match world.check(start) {
        Ok(()) => Some(start),
        Err(Rejected::TooEarly { process, wanted, .. }) => {
            Some(Action::Wait { until: topology.clock(process).first_reads(wanted)? })
        }
        Err(_) => None,
    });
    let mut rests = topology.processes().flat_map(|process| (0..2).map(move |choice| Action::Act { process, choice }));
    let is_complete = setting
        .exploration
        .snapshots
        .iter()
        .all(|planned| world.snapshots().get(planned.id.index()).is_some_and(cutline_core::Snapshot::is_complete));
    let own = restarted.map(|process| Action::Restart { process }).or(again).or_else(|| oldest_first(world)).or(timer);
    own.or_else(|| starts.find(|_| !is_complete))
        .or_else(|| rests.find(|rest| world.check(*rest).is_ok()).filter(|_| !setting.algorithm.takes_snapshots()))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/assumptions")
}

/// The two files of a row, with their names.
fn files(row: &Row) -> Result<[(String, String); 2], String> {
    let broken = Setting::new(&row.broken(), row.faults);
    let (way, how) = broken.shortest()?.ok_or("nothing goes wrong")?;
    let title = format!("{}: {}", row.algorithm, row.needs);
    let about = format!("A shortest run that goes wrong where that is not so ({}): {how}.", row.how);
    let is_work = !broken.algorithm.takes_snapshots();
    let expected = match (is_work, how) {
        (true, "never announced") => "Ann announced nothing",
        (true, _) => "Ann announced",
        // No line says that something is missing.
        (false, "never complete") => "",
        (false, _) => "not consistent",
    };
    let wrong = broken.scenario(&title, &about, &way, expected);
    let kept = Setting::new(&row.kept(), row.faults);
    if let Some((way, how)) = kept.shortest()? {
        return Err(format!("the remedy does not help: {how} after {:#?}", sentences(&kept.start(), &way)));
    }
    let run = go_along(&kept, &way);
    let about = format!("The same with a remedy, {}: in no run anything goes wrong.", row.remedy);
    let right = kept.scenario(&title, &about, &run, if is_work { "Ann announced" } else { "consistent" });
    Ok([(format!("{}.wrong.cutline", row.file), wrong), (format!("{}.right.cutline", row.file), right)])
}

#[test]
fn every_assumption_has_a_shortest_wrong_run_and_a_remedy() {
    let blesses = std::env::var_os("UPDATE_EXPECT").is_some();
    let (mut known, mut wrong) = (BTreeSet::new(), Vec::new());
    for row in ROWS {
        let files = match files(row) {
            Ok(files) => files,
            Err(why) => {
                wrong.push(format!("{}: {why}", row.file));
                continue;
            }
        };
        for (name, text) in files {
            let scenario = Scenario::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
            if !scenario.unmet().is_empty() {
                wrong.push(format!("{name}: {:?}\n{text}", scenario.unmet()));
            }
            let path = folder().join(&name);
            if blesses {
                std::fs::create_dir_all(folder()).expect("the folder");
                std::fs::write(&path, &text).expect("the file");
            }
            let stored = std::fs::read_to_string(&path).unwrap_or_default();
            if stored != text {
                wrong.push(format!("{name}: `cargo xtask bless` puts it right"));
            }
            assert!(known.insert(name), "two rows write the same file");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let stored = std::fs::read_dir(folder()).expect("the folder").map(|file| file.expect("a file").file_name());
    let stored: BTreeSet<String> = stored.map(|name| name.to_string_lossy().into_owned()).collect();
    assert_eq!(stored, known, "files that no row writes");
    the_judge_agrees_with_the_files();
}

/// What is stored says by itself what it shows: the one run is wrong, the other right.
fn the_judge_agrees_with_the_files() {
    for file in std::fs::read_dir(folder()).expect("the folder") {
        let path = file.expect("a file").path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let scenario = Scenario::parse(&std::fs::read_to_string(&path).expect("the file")).expect("a scenario");
        let history = scenario.play();
        let is_right = match scenario.algorithm.takes_snapshots() {
            true => judge(&history.trace(), SnapshotId(0)).is_consistent(),
            false => is_announced(&history.trace()) && !is_announced_too_early(&history.trace()),
        };
        assert_eq!(is_right, name.ends_with(".right.cutline"), "{name}");
    }
}
