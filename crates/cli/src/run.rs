//! `cutline run`: the run of a scenario, and what was recorded in it.

use crate::args::{GoingOn, RunArgs};
use crate::input::{self, Input};
use crate::run_report::{Report, Unmet};
use crate::schedulers::{GoesOn, Name, all_complete};
use crate::{Failure, Outcome, run_json, say};
use cutline_core::progress::{Outlook, progress};
use cutline_core::scenario::Expectation;
use cutline_core::scheduler::{Following, Latency, Policy, Schedule};
use cutline_core::{ChannelId, Method, Scenario, SnapshotId, System, Topology, World};
use cutline_session::{Lang, Msg, Session, Standing};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A run that a file prepares, and how it compares with what the file expects of it.
struct Prepared {
    scenario: Scenario,
    expected: usize,
    unmet: Vec<Unmet>,
    /// Whether the file says what must come out as a whole, so that what is wrong as it should be is not wrong.
    tells_all: bool,
    /// The snapshots that it expects to be inconsistent.
    wrong_on_purpose: Vec<SnapshotId>,
    /// Who goes on if nothing else is said.
    scheduler: Name,
}

impl Prepared {
    /// Takes its schedule through another algorithm. What the file expects is about its own.
    fn go_through(&mut self, algorithm: Method, limit: usize) {
        let begun = Schedule::of(&self.scenario.play().trace());
        let world = World::new(self.scenario.system.clone(), algorithm);
        let (script, _) = Following::new(&begun).telling_everybody().play(&world, limit);
        self.scenario.opens_at = script.len();
        (self.scenario.algorithm, self.scenario.script) = (algorithm, script);
        self.scenario.expected.clear();
        (self.expected, self.tells_all) = (0, false);
        self.unmet.clear();
        self.wrong_on_purpose.clear();
    }
}

pub(crate) fn run(args: &RunArgs) -> Result<Outcome, Failure> {
    let mut prepared = prepare(args)?;
    if let Some(algorithm) = args.algorithm {
        prepared.go_through(algorithm, args.going_on.steps);
    }
    let scheduler = scheduler(&args.going_on, prepared.scheduler)?;
    let meters = args.meters || policy(&args.going_on, &prepared.scenario)?.is_some();
    let (going, ordered) = going(&args.going_on, scheduler, &mut prepared.scenario)?;
    let scripted = prepared.scenario.script.len();
    let mut session = Session::with(vec![prepared.scenario], args.lang.into());
    session.update(Msg::Seek(session.steps()));
    let steps = args.going_on.steps;
    let spent = args.patience.telling("run", "steps by the scheduler", |done| finish(&mut session, going, steps, done));
    let scheduled = session.step() - scripted;
    let met = prepared.unmet.is_empty();
    let outcome = if !met {
        Outcome::Wrong
    } else if prepared.tells_all {
        Outcome::Fine
    } else {
        outcome(&session, scheduler, spent, &prepared.wrong_on_purpose)
    };
    let (expected, unmet) = (prepared.expected, prepared.unmet);
    let report =
        Report { scripted, scheduled, scheduler, seed: args.going_on.seed, spent, expected, unmet, meters, ordered };
    let text = args.patience.telling("judging", "snapshots told", |told| {
        if args.json {
            format!("{:#}\n", run_json::json(&report, &mut session, told))
        } else {
            report.text(&mut session, told)
        }
    });
    say(&text);
    Ok(outcome)
}

fn prepare(args: &RunArgs) -> Result<Prepared, Failure> {
    let path = &args.scenario;
    match input::read(path)? {
        Input::Scenario(mut scenario) => {
            scenario.keeping = args.keep.or(scenario.keeping);
            let unmet = unmet(&scenario, &input::text(path)?);
            let expected = scenario.expected.len();
            let scheduler = if args.going_on.latency.is_empty() { Name::OldestFirst } else { Name::RandomDelays };
            let wrong = scenario.expected.iter().filter(|expected| expected.what == Expectation::Inconsistent);
            let wrong_on_purpose = wrong.map(|expected| expected.snapshot).collect();
            Ok(Prepared { scenario: *scenario, expected, unmet, tells_all: false, wrong_on_purpose, scheduler })
        }
        Input::Schedule(schedule) => {
            let (mut scenario, outcome) = *schedule;
            scenario.keeping = args.keep;
            let differences = outcome.as_ref().map(|outcome| outcome.differences(&scenario.play()));
            let unmet = |one: cutline_formats::Difference| Unmet {
                line: None,
                words: match args.lang.into() {
                    Lang::En => format!("{}: expected {}, found {}", one.field, one.expected, one.found),
                    Lang::Zh => format!("{}：应为 {}，实为 {}", one.field, one.expected, one.found),
                },
            };
            let unmet: Vec<Unmet> = differences.into_iter().flatten().map(unmet).collect();
            let expected = outcome.as_ref().map_or(0, cutline_formats::Outcome::fields);
            let scheduler = if args.going_on.latency.is_empty() { Name::Script } else { Name::RandomDelays };
            let tells_all = outcome.is_some();
            Ok(Prepared { scenario, expected, unmet, tells_all, wrong_on_purpose: Vec::new(), scheduler })
        }
        other => Err(other.unfit(path, "a scenario, which begins with the line: cutline 1, or a schedule file")),
    }
}

/// The expectations of the file that its run does not meet, as they stand there.
fn unmet(scenario: &Scenario, text: &str) -> Vec<Unmet> {
    let words = |line: usize| text.lines().nth(line - 1).unwrap_or_default().trim().to_owned();
    let unmet = scenario.unmet().into_iter();
    unmet.map(|expected| Unmet { line: Some(expected.line), words: words(expected.line) }).collect()
}

/// Who goes on with the scenario, and the channels that keep their order but for what is allowed. If items may overtake each
/// other, the scenario from here on has a network that lets them.
pub(crate) fn going(args: &GoingOn, name: Name, scenario: &mut Scenario) -> Result<(GoesOn, Vec<ChannelId>), Failure> {
    let (latencies, policy) = (latencies(&args.latency, scenario)?, policy(args, scenario)?);
    let going = GoesOn::new(name, args.seed, &latencies, policy);
    let Some(faults) = args.faults else { return Ok((going, Vec::new())) };
    let system = scenario.system.clone();
    let topology = faults.loosened(&system.topology);
    let order = |channel: &ChannelId| topology.channel(*channel).order != system.topology.channel(*channel).order;
    let ordered = topology.channels().filter(order).collect();
    scenario.system = Arc::new(System { topology, computation: system.computation.clone() });
    Ok((going.with_faults(faults, args.seed, &system.topology), ordered))
}

pub(crate) fn scheduler(args: &GoingOn, otherwise: Name) -> Result<Name, Failure> {
    let goes_on = if args.faults.is_some() && otherwise == Name::Script { Name::OldestFirst } else { otherwise };
    let scheduler = args.scheduler.unwrap_or(goes_on);
    if args.faults.is_some() && scheduler == Name::Script {
        let message =
            "--faults goes with a scheduler that goes on; after script, which is the run of the file, nothing happens";
        return Err(Failure(message.to_owned()));
    }
    if !args.latency.is_empty() && !scheduler.draws() {
        let message = format!("--latency goes with random-delays or random-work; {} draws no delays", scheduler.name());
        return Err(Failure(message));
    }
    Ok(scheduler)
}

/// The delays of the file, then those of the command line.
pub(crate) fn latencies(given: &[String], scenario: &Scenario) -> Result<Vec<(ChannelId, Latency)>, Failure> {
    let topology = &scenario.system.topology;
    let mut all = scenario.latencies.clone();
    for given in given {
        let (channels, delay) = match given.rsplit_once('=') {
            None => (topology.channels().collect(), given.as_str()),
            Some((name, delay)) => (named(topology, name)?, delay),
        };
        let latency: Latency = delay.parse().map_err(|error| Failure(format!("--latency {given}: {error}")))?;
        all.extend(channels.into_iter().map(|channel| (channel, latency.clone())));
    }
    Ok(all)
}

/// The channel of this name, or those from one process to another, as in `P->Q`.
fn named(topology: &Topology, name: &str) -> Result<Vec<ChannelId>, Failure> {
    let between = name.split_once("->").and_then(|(from, to)| {
        let (from, to) = (topology.process_named(from.trim())?, topology.process_named(to.trim())?);
        Some(topology.channels_between(from, to).collect::<Vec<_>>())
    });
    let channels = match topology.channel_named(name) {
        Some(channel) => vec![channel],
        None => between.unwrap_or_default(),
    };
    if channels.is_empty() {
        let names: Vec<&str> = topology.channels().map(|channel| topology.channel(channel).name.as_str()).collect();
        return Err(Failure(format!("--latency {name}: there is no such channel, only: {}", names.join(", "))));
    }
    Ok(channels)
}

/// The policy of the command line, or else that of the file.
pub(crate) fn policy(args: &GoingOn, scenario: &Scenario) -> Result<Option<Policy>, Failure> {
    let Some(given) = &args.snapshots else { return Ok(scenario.policy.clone()) };
    let words: Vec<&str> = given.split_whitespace().collect();
    let parsed = Policy::parse(&words, &scenario.system.topology);
    parsed.map(Some).map_err(|message| Failure(format!("--snapshots {given}: {message}")))
}

/// Lets the scheduler finish; whether it was stopped because it had done so many steps.
fn finish(session: &mut Session, mut scheduler: GoesOn, steps: usize, done: &AtomicU64) -> bool {
    for _ in 0..steps {
        let Some(action) = scheduler.next(session.world()) else { return false };
        session.update(Msg::Do(action));
        done.fetch_add(1, Ordering::Relaxed);
    }
    scheduler.next(session.world()).is_some() && !all_complete(session.world())
}

fn outcome(session: &Session, scheduler: Name, spent: bool, wrong_on_purpose: &[SnapshotId]) -> Outcome {
    let of = |snapshot: SnapshotId| match session.standing(snapshot) {
        Standing::Inconsistent if wrong_on_purpose.contains(&snapshot) => Outcome::Fine,
        Standing::Inconsistent => Outcome::Wrong,
        Standing::Consistent | Standing::None => Outcome::Fine,
        Standing::Recording => {
            let record = &session.world().snapshots()[snapshot.index()];
            let stuck = matches!(progress(session.topology(), record).outlook, Outlook::Stuck(_));
            let ended = !spent && scheduler != Name::Script;
            if stuck || ended {
                Outcome::Wrong
            } else if spent {
                Outcome::Unknown
            } else {
                Outcome::Fine
            }
        }
    };
    session.begun().into_iter().map(of).max().unwrap_or(Outcome::Fine)
}
