//! `cutline compare`: one schedule through several algorithms.

use crate::args::CompareArgs;
use crate::compare_text;
use crate::input::{self, Input};
use crate::run::{going, scheduler};
use crate::run_meters::Storing;
use crate::schedulers::{GoesOn, Name};
use crate::{Failure, Outcome, say, say_json, undone};
use cutline_core::algorithm::{Algorithm, Lack};
use cutline_core::algorithms::method::{NAMES, is_wrong_on_purpose};
use cutline_core::meters::{Costs, Facts, Formula, Meter, Meters, held, stored};
use cutline_core::scheduler::{Following, OldestFirst, Schedule, Scheduler};
use cutline_core::{History, Method, Scenario, SnapshotId, Topology, World};
use cutline_session::{Lang, Msg, Session, Standing};
use serde_json::{Value, json};

/// A schedule, and what each algorithm made of it.
pub(crate) struct Comparison {
    pub(crate) title: String,
    pub(crate) steps: usize,
    pub(crate) rows: Vec<Row>,
}

/// One algorithm.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) meters: Meters,
    /// What it takes for granted and does not have here.
    pub(crate) lack: Option<String>,
    /// How many actions of the schedule it held back, how many went ahead, and how many were never done.
    pub(crate) followed: Following,
    /// What was not done, in sentences.
    pub(crate) undone: Vec<undone::Told>,
    pub(crate) snapshots: Vec<One>,
    /// How much it holds back, if that does not depend on the run.
    pub(crate) held: Option<Formula>,
    /// What the theory says of a run without a snapshot.
    pub(crate) costs: Costs,
}

/// One snapshot that it took.
pub(crate) struct One {
    pub(crate) id: SnapshotId,
    pub(crate) standing: Standing,
    pub(crate) verdict: String,
    pub(crate) reasons: String,
    pub(crate) costs: Costs,
    /// How many bytes the judge finds to be recorded, if it is complete.
    pub(crate) size: Option<Formula>,
    /// How many bytes it takes stored in full and as a difference to the one before, if it is complete.
    pub(crate) stored: Option<(usize, usize)>,
    /// What is stable, by name, and whether it holds in what was recorded.
    pub(crate) properties: Vec<(String, String, bool)>,
}

pub(crate) fn compare(args: &CompareArgs) -> Result<Outcome, Failure> {
    let (mut scenario, finisher) = match input::read(&args.scenario)? {
        Input::Scenario(scenario) => (*scenario, Name::OldestFirst),
        Input::Schedule(schedule) => (schedule.0, Name::Script),
        other => {
            return Err(
                other.unfit(&args.scenario, "a scenario, which begins with the line: cutline 1, or a schedule file")
            );
        }
    };
    let otherwise = if args.going_on.latency.is_empty() { finisher } else { Name::RandomDelays };
    let name = scheduler(&args.going_on, otherwise)?;
    let (going, _) = going(&args.going_on, name, &mut scenario)?;
    let given = run(&scenario, going, args.going_on.steps);
    let schedule = Schedule::of(&given.trace());
    let lang = Lang::from(args.lang);
    let rows = args.patience.telling("compare", "algorithms", |done| {
        let one = |(name, method): (String, Method)| {
            let row = row(&scenario, &schedule, name, method, args);
            done.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            row
        };
        algorithms(args, &scenario).into_iter().map(one).collect()
    });
    let title = match lang {
        Lang::En => scenario.title.en.clone(),
        Lang::Zh => scenario.title.zh.clone(),
    };
    let comparison = Comparison { title, steps: given.step(), rows };
    if args.json {
        say_json(&comparison.json());
    } else {
        say(&compare_text::text(&comparison, lang));
    }
    let all = || comparison.rows.iter().flat_map(|row| &row.snapshots);
    let is_fine = all().all(|one| matches!(one.standing, Standing::Consistent | Standing::None));
    Ok(if is_fine { Outcome::Fine } else { Outcome::Wrong })
}

/// The run of the file, to its end.
fn run(scenario: &Scenario, mut scheduler: GoesOn, steps: usize) -> History<Method> {
    let mut history = scenario.play();
    for _ in 0..steps {
        let Some(action) = scheduler.next(history.world()) else { break };
        if history.act(action).is_err() {
            break;
        }
    }
    history
}

/// Those that were asked for; or that of the file, and the others that have here what they need.
fn algorithms(args: &CompareArgs, scenario: &Scenario) -> Vec<(String, Method)> {
    if !args.algorithms.is_empty() {
        return args.algorithms.clone();
    }
    let known = || NAMES.iter().filter_map(|name| Some(((*name).to_owned(), Method::named(name)?)));
    let own = known().find(|(_, method)| *method == scenario.algorithm);
    let own = own.unwrap_or_else(|| ("(file)".to_owned(), scenario.algorithm));
    let is_right = |name: &str, method: Method| !is_wrong_on_purpose(name) && method.lacks(&scenario.system).is_none();
    let others = known().filter(|(name, method)| *name != own.0 && is_right(name, *method));
    std::iter::once(own.clone()).chain(others).collect()
}

fn row(scenario: &Scenario, schedule: &Schedule, name: String, method: Method, args: &CompareArgs) -> Row {
    let world = World::new(scenario.system.clone(), method);
    let following = Following::new(schedule).telling_everybody();
    let (mut actions, followed) = following.play(&world, args.going_on.steps * 2);
    let mut world = world;
    let (mut meter, mut events) = (Meter::new(&world), Vec::new());
    let mut metered = |world: &mut World<Method>, action| {
        events.clear();
        let done = world.apply(action, &mut events).is_ok();
        if done {
            meter.follow(world, &events);
        }
        done
    };
    actions.iter().all(|action| metered(&mut world, *action));
    let undone = undone::of(&followed, &world);
    while actions.len() < args.going_on.steps * 4
        && let Some(action) = OldestFirst.next(&world)
        && metered(&mut world, action)
    {
        actions.push(action);
    }
    let meters = meter.meters().clone();
    let opens_at = actions.len();
    let played = Scenario { algorithm: method, script: actions, opens_at, expected: Vec::new(), ..scenario.clone() };
    let mut session = Session::with(vec![played], args.lang.into());
    session.update(Msg::Seek(session.steps()));
    let mut storing = Storing::default();
    let snapshots = session.begun().into_iter().map(|id| one(&mut session, &mut storing, &meters, id)).collect();
    let lack = method.lacks(&scenario.system).map(|lack| lacking(&scenario.system.topology, lack, args.lang.into()));
    let costs = method.costs(&Facts::of(&scenario.system.topology, &meters, SnapshotId(0)));
    let undone = undone.into_iter().map(|one| one.told(&session)).collect();
    Row { name, meters, lack, followed, undone, snapshots, held: held(&method), costs }
}

fn one(session: &mut Session, storing: &mut Storing, meters: &Meters, id: SnapshotId) -> One {
    session.update(Msg::Show(id));
    let words = session.verdict_words();
    let facts = Facts::of(session.topology(), meters, id);
    let (verdict, reasons) = (words.title.clone(), words.reasons.plain());
    let costs = session.world().algorithm().costs(&facts);
    let kept = storing.put(session.world(), id);
    let is_complete = session.world().snapshots().get(id.index()).is_some_and(cutline_core::Snapshot::is_complete);
    let size = is_complete.then(|| stored(&session.history().trace(), id, &session.verdict(id)));
    let properties = session.properties(id).into_iter().map(|line| (line.name, line.answer, line.holds)).collect();
    One { id, standing: words.standing, verdict, reasons, costs, size, stored: kept, properties }
}

pub(crate) fn lacking(topology: &Topology, lack: Lack, lang: Lang) -> String {
    match (lack, lang) {
        (Lack::Order(channel), Lang::En) => format!("needs order in {}", topology.channel(channel).name),
        (Lack::Order(channel), Lang::Zh) => format!("需要 {} 保持次序", topology.channel(channel).name),
        (Lack::OneBeginner, Lang::En) => "needs work that begins at one process".to_owned(),
        (Lack::OneBeginner, Lang::Zh) => "需要只从一个进程开始的工作".to_owned(),
        (Lack::Feedback, Lang::En) => "needs a feedback channel on every circle of channels".to_owned(),
        (Lack::Feedback, Lang::Zh) => "每个通道环路都需要一条反馈通道".to_owned(),
        (Lack::ControlChannel(from, to), lang) => {
            let (from, to) = (topology.process_name(from), topology.process_name(to));
            match lang {
                Lang::En => format!("needs a control channel {from} -> {to}"),
                Lang::Zh => format!("需要控制通道 {from} -> {to}"),
            }
        }
    }
}

impl Comparison {
    fn json(&self) -> Value {
        let rows: Vec<Value> = self.rows.iter().map(Row::json).collect();
        json!({ "title": self.title, "steps": self.steps, "algorithms": rows })
    }
}

impl Row {
    fn json(&self) -> Value {
        let meters = &self.meters;
        let snapshot = |one: &One| {
            let own = &meters.snapshots[one.id.index()];
            let standing = match one.standing {
                Standing::Consistent => "consistent",
                Standing::Inconsistent => "inconsistent",
                Standing::Recording | Standing::None => "recording",
            };
            json!({
                "number": one.id.0 + 1,
                "standing": standing,
                "verdict": one.verdict,
                "reasons": one.reasons,
                "control_messages": own.controls,
                "control_messages_expected": one.costs.controls.as_ref().map(formula),
                "control_bits": own.control_bits,
                "kept_messages": own.kept,
                "stored_bytes": own.stored_bytes,
                "stored_bytes_expected": one.size.as_ref().map(formula),
                "full_bytes": one.stored.map(|(full, _)| full),
                "difference_bytes": one.stored.map(|(_, difference)| difference),
                "properties": one.properties.iter().map(|(name, _, holds)| json!({ "name": name, "holds": holds })).collect::<Vec<_>>(),
                "held": own.held,
                "held_expected": self.held.as_ref().map(formula),
                "used_channels": own.used,
                "steps": own.steps(),
                "delay": own.complete.map(|_| own.delay),
                "delay_expected": one.costs.delay.as_ref().map(|delay| delay_formula(delay, own.in_rounds)),
                "in_rounds": own.complete.map(|_| own.in_rounds),
                "tag_bits_expected": one.costs.tag_bits.as_ref().map(formula),
            })
        };
        json!({
            "algorithm": self.name,
            "lacks": self.lack,
            "steps": meters.steps,
            "messages": meters.messages,
            "tag_bits": meters.tag_bits,
            "memory_bytes": meters.memory_bytes,
            "signals": meters.signals.0,
            "announced_after_steps": meters.announced,
            "held_receipts": meters.held_receipts,
            "held_sends": meters.held_sends,
            "schedule": {
                "held": self.followed.held(), "ahead": self.followed.ahead(), "left": self.followed.left(),
                "missed": self.followed.missed().len(),
                "undone": self.undone.iter().map(undone::Told::json).collect::<Vec<_>>(),
            },
            "snapshots": self.snapshots.iter().map(snapshot).collect::<Vec<_>>(),
        })
    }
}

/// In a run that was not in rounds it takes at least so long.
pub(crate) fn delay_formula(delay: &Formula, in_rounds: bool) -> Value {
    let mut told = formula(delay);
    told["at_least"] = json!(!in_rounds);
    told
}

pub(crate) fn formula(formula: &Formula) -> Value {
    json!({ "formula": formula.written, "value": formula.value, "at_most": formula.is_bound })
}
