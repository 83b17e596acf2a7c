//! `cutline explore`: all runs of a small system, in the plain and the tagged view side by side.

use crate::args::ExploreArgs;
use crate::compare::lacking;
use crate::crew::Crew;
use crate::input::{self, Input};
use crate::progress::{Patience, Watch};
use crate::theorem::{Theorem, theorem};
use crate::{Failure, Outcome, explore_json, explore_text, explore_whole, say, say_json};
use cutline_core::explore::{
    Alone, Executions, Explorable, Exploration, Explorer, Faults, PlainFigures, Planned, Progress, Reach, Reduction,
    Review, Status, TaggedFigures, View,
};
use cutline_core::{Action, Algorithm, Computation, LocalState, Method, Scenario, System, World};
use cutline_session::Lang;
use std::sync::Arc;
use std::time::Duration;

/// How many states are left for the first time between two looks at the clock.
const SLICE: u32 = 1 << 15;

/// What is to be explored.
pub(crate) struct Task {
    pub(crate) name: String,
    pub(crate) exploration: Exploration,
    pub(crate) algorithm: Method,
    pub(crate) tagged: Tagged,
    /// What the algorithm takes for granted and does not have here.
    pub(crate) lack: Option<String>,
}

/// Whether the tagged view is finite.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tagged {
    Yes,
    No,
    /// If no run goes on for ever, which the plain view shows.
    IfRunsEnd,
}

/// What was found.
pub(crate) struct Found {
    /// The application alone.
    pub(crate) base: Progress,
    pub(crate) plain: PlainFigures,
    pub(crate) tagged: Option<TaggedFigures>,
    pub(crate) more: More,
}

/// What is found out besides, or why it is not.
pub(crate) struct More {
    /// Whether what was recorded lies between where the snapshot began and where it ended; none if nobody asks.
    pub(crate) reach: Option<Result<Reach, String>>,
    /// How every run comes out; none if nobody asks.
    pub(crate) theorem: Option<Result<Theorem, String>>,
}

pub(crate) fn explore(args: &ExploreArgs) -> Result<Outcome, Failure> {
    let mut task = task(args)?;
    task.exploration.max_states = args.max_states;
    task.exploration.max_part = u32::try_from(args.max_part).unwrap_or(u32::MAX);
    let planned = task.exploration.snapshots.iter().map(|planned| planned.id);
    task.algorithm = args.algorithm.unwrap_or(task.algorithm).planned_for(planned);
    task.exploration.faults = args.faults.unwrap_or(task.exploration.faults);
    if !task.algorithm.takes_snapshots() {
        return Err(Failure("this algorithm takes no snapshots, and there is nothing to explore about it".to_owned()));
    }
    let alone = matches!(&task.exploration.snapshots[..], [planned] if planned.initiators.len() == 1);
    if task.algorithm.asks_only_some() && !alone {
        return Err(Failure("where not everybody is asked, one snapshot by one initiator can be explored".to_owned()));
    }
    let processes = task.exploration.system.topology.process_count();
    if task.exploration.faults.partitions > 0 && processes > Faults::MOST_PARTED {
        let most = Faults::MOST_PARTED;
        return Err(Failure(format!(
            "partition: all ways to come apart are gone through for at most {most} processes; here are {processes}"
        )));
    }
    task.lack = lack(&task);
    if explore_whole::has_to_be_whole(&task) {
        return Ok(explore_whole::explore(&task, args));
    }
    if args.reduce {
        task.exploration.reduction = Reduction::ClosingsFirst;
    }
    let found = find(&task, args)?;
    let start = World::new(task.exploration.system.clone(), task.algorithm);
    if args.json {
        say_json(&explore_json::json(&task, &found, &start));
    } else {
        say(&explore_text::text(&task, &found, &start));
    }
    Ok(found.outcome())
}

/// What the algorithm takes for granted and does not have, in a network in which items overtake each other as they may.
fn lack(task: &Task) -> Option<String> {
    let system = &task.exploration.system;
    let topology = task.exploration.faults.loosened(&system.topology);
    let system = System { topology, computation: system.computation.clone() };
    task.algorithm.lacks(&system).map(|lack| lacking(&system.topology, lack, Lang::En))
}

fn task(args: &ExploreArgs) -> Result<Task, Failure> {
    match input::read(&args.file)? {
        Input::System(file) => {
            let explorable = file.exploration();
            let (exploration, algorithm) =
                explorable.map_err(|error| Failure(format!("{}: {error}", args.file.display())))?;
            let tagged = if file.tagged { tagged_of(&exploration.system.computation) } else { Tagged::No };
            Ok(Task { name: file.name, exploration, algorithm, tagged, lack: None })
        }
        Input::Scenario(scenario) => {
            notes(&scenario, args.faults.is_some()).iter().for_each(|note| eprintln!("cutline: note: {note}"));
            Ok(of_scenario(&scenario))
        }
        Input::Schedule(schedule) => Ok(of_scenario(&schedule.0)),
        other @ Input::Trace(_) => Err(other.unfit(&args.file, "a system file or a scenario")),
    }
}

/// What of a scenario is not explored.
fn notes(scenario: &Scenario, says_faults: bool) -> Vec<&'static str> {
    let goes_back = scenario.script.iter().any(|action| matches!(action, Action::Restore { .. }));
    let collects = scenario.algorithm != scenario.algorithm.without_collecting();
    let goes_wrong = scenario.script.iter().any(|action| {
        let network = matches!(action, Action::Lose { .. } | Action::Duplicate { .. } | Action::Corrupt { .. });
        network || matches!(action, Action::Crash { .. } | Action::Partition { .. })
    });
    let leaves = scenario.script.iter().any(|action| matches!(action, Action::Leave { .. }));
    let notes = [
        (
            leaves && scenario.system.topology.newcomers().is_empty(),
            "leaving is left out: only newcomers, which join at any time, leave at any time",
        ),
        (
            goes_wrong && !says_faults,
            "what goes wrong in the run of the file is left out; --faults says what may go wrong",
        ),
        (
            collects,
            "collecting is left out: reports change nothing that is recorded, and would only multiply the states",
        ),
        (
            goes_back,
            "going back to a recorded state is left out: the snapshots of the run are taken once, from the start",
        ),
    ];
    notes.into_iter().filter_map(|(applies, note)| applies.then_some(note)).collect()
}

/// Who starts snapshots in the run of the file may start them at any time; if nobody does, everybody may. Amounts of
/// money are those of the run.
fn of_scenario(scenario: &Scenario) -> Task {
    let mut snapshots: Vec<Planned> = Vec::new();
    let mut amounts = Vec::new();
    for action in &scenario.script {
        match *action {
            Action::Send { payload, .. } => amounts.push(payload.0),
            Action::Initiate { process, snapshot } => match snapshots.iter_mut().find(|known| known.id == snapshot) {
                Some(known) => known.initiators.push(process),
                None => snapshots.push(Planned { id: snapshot, initiators: vec![process] }),
            },
            _ => {}
        }
    }
    if snapshots.is_empty() {
        let everybody = scenario.system.topology.processes().collect();
        snapshots.push(Planned { id: cutline_core::SnapshotId(0), initiators: everybody });
    }
    amounts.sort_unstable();
    amounts.dedup();
    let mut exploration = Exploration::new(scenario.system.clone(), snapshots);
    if matches!(scenario.system.computation, Computation::Bank(_)) && !amounts.is_empty() {
        exploration.amounts = amounts;
    }
    let tagged = tagged_of(&scenario.system.computation);
    let algorithm = scenario.algorithm.without_collecting();
    Task { name: scenario.title.en.clone(), exploration, algorithm, tagged, lack: None }
}

/// Where everybody can send only so often, every run ends, and the tagged view with it. Otherwise the plain view has to
/// tell first: the numbers of messages in endless runs have no end either.
fn tagged_of(computation: &Computation) -> Tagged {
    let is_limited = |state: &LocalState| {
        matches!(state, LocalState::Budgeted { .. } | LocalState::Work { sends_left: Some(_), .. })
    };
    if computation.initial().iter().all(is_limited) { Tagged::Yes } else { Tagged::IfRunsEnd }
}

/// What may be used up.
#[derive(Clone, Copy)]
struct Budget {
    time: Option<Duration>,
    bytes: u64,
    patience: Patience,
}

impl Budget {
    fn halved(self) -> Self {
        Self { bytes: self.bytes / 2, ..self }
    }

    /// What is left when so much memory is used, and the time is running since.
    fn after(self, bytes: u64, watch: &Watch) -> Self {
        Self { time: watch.left_of(self.time), bytes: self.bytes.saturating_sub(bytes), ..self }
    }

    /// Half of the time.
    fn for_half_the_time(self) -> Self {
        Self { time: self.time.map(|time| time / 2), ..self }
    }
}

fn find(task: &Task, args: &ExploreArgs) -> Result<Found, Failure> {
    let (time, patience) = (args.max_seconds.map(Duration::from_secs), args.patience);
    let whole = Budget { time, bytes: args.max_memory, patience };
    let watch = Watch::start("", None, patience);
    let crew = Crew::new(args.threads());
    let side_by_side = task.tagged == Tagged::Yes && crew.hire();
    let share = if side_by_side { whole.halved() } else { whole };
    std::thread::scope(|scope| {
        let beside = side_by_side.then(|| {
            scope.spawn(|| {
                let figures = tagged_view(task, share, &crew);
                crew.release();
                figures
            })
        });
        let (base, plain, more) = plain_view(task, args, share, &crew);
        let tagged = match beside {
            Some(beside) => {
                crew.release();
                Some(beside.join().map_err(|_| Failure("the tagged view broke off".to_owned()))?)
            }
            None => {
                let ends = !matches!(plain.maximal_executions, Executions::Infinite | Executions::Unknown);
                let wanted = task.tagged == Tagged::Yes || task.tagged == Tagged::IfRunsEnd && ends;
                wanted.then(|| tagged_view(task, whole.after(0, &watch), &crew))
            }
        };
        Ok(Found { base, plain, tagged, more })
    })
}

fn tagged_view(task: &Task, budget: Budget, crew: &Crew) -> TaggedFigures {
    let exploration = Exploration { max_bytes: budget.bytes, ..task.exploration.viewed(View::Tagged) };
    let mut tagged = Explorer::new(exploration, task.algorithm);
    drive(&mut tagged, "tagged view", budget, crew);
    tagged.tagged_figures()
}

/// The application alone, the plain view, and what is found out by way of these.
fn plain_view(task: &Task, args: &ExploreArgs, budget: Budget, crew: &Crew) -> (Progress, PlainFigures, More) {
    let watch = Watch::start("plain view, looked over once more", budget.time, budget.patience);
    let exploration = Exploration { max_bytes: budget.bytes / 2, ..task.exploration.clone() };
    let mut base = Explorer::alone(&exploration);
    // It is there for comparison only, and not to use up the time of the rest.
    drive(&mut base, "application alone", budget.for_half_the_time(), crew);
    let base = Arc::new(base);
    let left = budget.after(base.progress().bytes, &watch);
    let exploration = Exploration { max_bytes: left.bytes, ..exploration };
    let mut plain = Explorer::with_base(exploration, task.algorithm, base.clone());
    drive(&mut plain, "plain view", left, crew);
    let progress = plain.progress();
    let is_room_for_runs = progress.bytes + Review::bytes(progress.states, true) <= left.bytes;
    let mut review = Review::new(&plain, is_room_for_runs);
    let mut watch = watch;
    while !review.run_slice(&plain, SLICE, crew) && !watch.is_over() {
        watch.tell(|| format!("{} states", progress.states));
    }
    let figures = plain.plain_figures_with(&review);
    drop(review);
    let mut watch = Watch::start("every run", watch.left_of(budget.time), budget.patience);
    let runs = figures.maximal_executions;
    let theorem = args.theorem.then(|| theorem(task, &plain, runs, args.max_executions, &mut watch));
    drop(plain);
    // Only programs read these figures, and others may have to be waited for.
    let reach = args.json.then(|| reach(task, &figures, &base, budget.after(base.progress().bytes, &watch), crew));
    (base.progress(), figures, More { reach, theorem })
}

/// The view with origins, which may be much larger than the plain one, so that it gets a share of the budget: some times as
/// many states, and half of the time.
fn reach(
    task: &Task,
    plain: &PlainFigures,
    base: &Arc<Explorer<Alone>>,
    budget: Budget,
    crew: &Crew,
) -> Result<Reach, String> {
    let exploration = &task.exploration;
    if exploration.faults != Faults::default() {
        return Err("it is asked of channels without faults".to_owned());
    }
    if matches!(task.algorithm, Method::LaiYang(_)) {
        return Err("it is asked of algorithms with markers".to_owned());
    }
    if exploration.reduction != Reduction::None {
        return Err("with --reduce not all states are looked at".to_owned());
    }
    if plain.progress.status != Status::Finished || base.progress().status != Status::Finished {
        return Err("the plain view or the application alone was not finished".to_owned());
    }
    let share = u32::try_from(plain.progress.states.saturating_mul(8)).unwrap_or(u32::MAX).max(100_000);
    let (max_states, max_bytes) = (exploration.max_states.min(share), budget.bytes);
    let exploration = Exploration { max_states, max_bytes, ..exploration.viewed(View::Origins) };
    let mut origins = Explorer::with_base(exploration, task.algorithm, base.clone());
    drive(&mut origins, "view with origins", budget.for_half_the_time(), crew);
    let found = origins.reach().filter(|reach| reach.status == Status::Finished);
    found.ok_or_else(|| format!("the share of the budget was spent after {} states", origins.progress().states))
}

/// To the end, or until the states or the time that were given are used up.
fn drive<A: Explorable>(explorer: &mut Explorer<A>, name: &'static str, budget: Budget, crew: &Crew) {
    let mut watch = Watch::start(name, budget.time, budget.patience);
    while explorer.run_slice_with(SLICE, crew).status == Status::Running && !watch.is_over() {
        watch.tell(|| {
            let Progress { states, transitions, depth, .. } = explorer.progress();
            format!("{states} states, {transitions} transitions, {depth} steps from the start")
        });
    }
}

impl Found {
    /// Whether all views have come to their end.
    pub(crate) fn is_finished(&self) -> bool {
        let tagged = self.tagged.as_ref().is_none_or(|tagged| tagged.progress.status == Status::Finished);
        let looked_over = self.plain.states_that_cannot_complete.is_some();
        self.plain.progress.status == Status::Finished && looked_over && self.base.status == Status::Finished && tagged
    }

    pub(crate) fn is_inconsistent(&self) -> bool {
        let outside = self.plain.snapshots_outside_base.iter().flatten().any(|count| *count > 0);
        let tagged = self
            .tagged
            .as_ref()
            .is_some_and(|tagged| tagged.inconsistent_complete > 0 || !tagged.single_violations.is_empty());
        outside || tagged
    }

    pub(crate) fn is_stuck(&self) -> bool {
        self.plain.terminal_incomplete > 0 || self.plain.states_that_cannot_complete.is_some_and(|states| states > 0)
    }

    fn outcome(&self) -> Outcome {
        if self.is_inconsistent() || self.is_stuck() {
            Outcome::Wrong
        } else if self.is_finished() {
            Outcome::Fine
        } else {
            Outcome::Unknown
        }
    }
}
