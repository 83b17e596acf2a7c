//! What can be asked, and the help.

use crate::progress::Patience;
use crate::schedulers::Name;
use clap::{Args, Parser, Subcommand, ValueEnum};
use cutline_core::algorithms::method::NAMES;
use cutline_core::keeping::Keeping;
use cutline_core::scenario::algorithm_named;
use cutline_core::scheduler::Latency;
use cutline_core::{Faults, Method};
use cutline_diagram::style::Theme as Colours;
use cutline_session::Lang;
use std::path::PathBuf;

const EXIT: &str = "Exit status:
  0  nothing wrong was found
  1  something is inconsistent, can never be complete, or does not meet an expectation; or the answer is no
  2  wrong use, or a file that cannot be read
  3  the budget (--max-states, --max-seconds, --max-memory, --max-part, --limit, --steps) was spent before the answer was known";

/// Distributed snapshots: play a run, explore all runs, count the cuts, draw the picture.
#[derive(Debug, Parser)]
#[command(name = "cutline", version, after_help = EXIT)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Play the run of a scenario or schedule file, and judge every snapshot taken in it
    #[command(after_help = "Examples:
  cutline run money-in-flight.cutline
  cutline run money-in-flight.cutline --lang zh
  cutline run never-occurred.cutline --scheduler script    only what the file says
  cutline run mine.cutline --scheduler random-delays --seed 7
  cutline run mine.cutline --seed 7 --latency 1..4 --latency 'Ann->Bob=20+~5'
  cutline run mine.cutline --scheduler random-work --faults drop=1,crash=1 --seed 7
  cutline run mine.cutline --keep 1                        which crashes the snapshots outlive
  cutline run s01_paper_S_star_never_occurred.json         compares with what the file expects")]
    Run(RunArgs),
    /// Take one schedule through several algorithms, and lay side by side what each records and what it costs
    #[command(after_help = "Examples:
  cutline compare money-in-flight.cutline
  cutline compare money-in-flight.cutline --algorithms chandy-lamport,lai-yang,naive
  cutline compare mine.cutline --scheduler random-work --seed 7 --json")]
    Compare(CompareArgs),
    /// Explore all runs of a small system, and show a shortest one in which a snapshot goes wrong
    #[command(after_help = "Examples:
  cutline explore two-processes.json
  cutline explore never-occurred.cutline --json
  cutline explore large.json --max-states 200000 --max-seconds 60
  cutline explore two-processes.json --theorem
  cutline explore large.json --reduce --max-memory 8G")]
    Explore(ExploreArgs),
    /// Count the consistent cuts of a run, and ask whether something possibly or definitely held
    #[command(after_help = "Examples:
  cutline cuts trace.json
  cutline cuts money-in-flight.cutline --where 'P1.balance + P2.balance < 150'
  cutline cuts money-in-flight.cutline --where 'in_transit(P1 -> P3) >= 1 and empty(P2 -> P3)'")]
    Cuts(CutsArgs),
    /// Let every process compare its clock with one process's, and tell whether recording by the clock is right then
    #[command(after_help = "Examples:
  cutline clocks clocks-that-differ.cutline --server Ann
  cutline clocks mine.cutline --server Ann --ntp --every 5000 --latency 5..9
  cutline clocks mine.cutline --server Ann --exchanges 16 --seed 7 --json")]
    Clocks(ClocksArgs),
    /// Draw the space-time diagram of a scenario's run as an SVG file
    #[command(after_help = "Examples:
  cutline draw money-in-flight.cutline -o money.svg
  cutline draw money-in-flight.cutline -o slide.svg --at 12 --theme dark --width 1600
  cutline draw money-in-flight.cutline -o - | rsvg-convert -o money.png")]
    Draw(DrawArgs),
}

#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// A scenario file, or a schedule file (JSON)
    pub(crate) scenario: PathBuf,
    /// Take the schedule of the file through another algorithm, as in lai-yang or 'clock at 100 stamps'. What the file expects
    /// is then left out
    #[arg(long, value_parser = method)]
    pub(crate) algorithm: Option<Method>,
    #[command(flatten)]
    pub(crate) going_on: GoingOn,
    /// On how many others each part of a complete snapshot is kept, in place of what the file says, as in 1 or '1 in one
    /// phase': who keeps which part, what is left, and what is read while one snapshot takes the place of another
    #[arg(long, value_name = "NUMBER", value_parser = keeping)]
    pub(crate) keep: Option<Keeping>,
    /// Tell what each snapshot cost; where snapshots start by themselves, that is told anyway
    #[arg(long)]
    pub(crate) meters: bool,
    /// The language of the words
    #[arg(long, value_enum, default_value_t = Language::En)]
    pub(crate) lang: Language,
    #[command(flatten)]
    pub(crate) patience: Patience,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CompareArgs {
    /// A scenario file, or a schedule file (JSON)
    pub(crate) scenario: PathBuf,
    /// Which algorithms, by name and with commas between, as in naive,'clock at 100'. Without this: that of the file, then all others that have here
    /// what they take for granted
    #[arg(long, value_delimiter = ',', value_parser = named_method)]
    pub(crate) algorithms: Vec<(String, Method)>,
    #[command(flatten)]
    pub(crate) going_on: GoingOn,
    /// The language of the words
    #[arg(long, value_enum, default_value_t = Language::En)]
    pub(crate) lang: Language,
    #[command(flatten)]
    pub(crate) patience: Patience,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// How a run goes on after what its file says.
#[derive(Debug, Args)]
pub(crate) struct GoingOn {
    /// Who decides what happens after the run of the file. Without this: oldest-first after a scenario, nobody (script)
    /// after a schedule, random-delays with --latency
    #[arg(long, value_enum)]
    pub(crate) scheduler: Option<Name>,
    /// Determines the run of a random scheduler: the same seed gives the same run, on every machine
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// How long things take on a channel under a random scheduler, or without the channel on all of them: 5, 3..9, 3+~4
    /// (3 and on average 4 more), 1:3,9:1 (delays with weights). May be repeated; the last word on a channel counts
    #[arg(long, value_name = "[CHANNEL=]DELAY")]
    pub(crate) latency: Vec<String>,
    /// After how many steps of the scheduler to stop
    #[arg(long, default_value_t = 10_000)]
    pub(crate) steps: usize,
    /// Start snapshots by themselves while the scheduler goes on, in place of what the file says, as in '5 every 20 steps by
    /// Ann' or '5 every 20 steps at load 3 by Ann': only while at most 3 messages are under way
    #[arg(long, value_name = "POLICY")]
    pub(crate) snapshots: Option<String>,
    /// What may go wrong while the scheduler goes on, each at most so often, drawn from --seed: drop=N, dup=N,
    /// corrupt=N, reorder=N, crash=N, amnesia=N, partition=N; target=app, marker or any; copy=adjacent or tail; with commas between, as for explore
    #[arg(long, value_name = "WHAT", value_parser = faults)]
    pub(crate) faults: Option<Faults>,
}

#[derive(Debug, Args)]
pub(crate) struct ExploreArgs {
    /// A system file (JSON), or a scenario file: then the processes that start snapshots in its run may start them
    /// at any time, and amounts of money are those of its run
    pub(crate) file: PathBuf,
    /// Explore another algorithm than that of the file, by its name in scenario files; a name that is none lists all
    #[arg(long, value_parser = explorable)]
    pub(crate) algorithm: Option<Method>,
    /// What may go wrong, in place of what the file says, as in drop=1,crash=1: drop=N, dup=N, corrupt=N,
    /// reorder=N, how many items may be lost, come twice, be changed, overtake others; target=app, marker or any, which of them; copy=adjacent or tail, where
    /// the second comes; crash=N, amnesia=N, how often a process may crash for good, or crash and begin again;
    /// partition=N, how often the network may come apart and be made whole
    #[arg(long, value_name = "WHAT", value_parser = faults)]
    pub(crate) faults: Option<Faults>,
    /// After how many states to give up, in each view
    #[arg(long, default_value_t = 5_000_000)]
    pub(crate) max_states: u32,
    /// After how many seconds to give up
    #[arg(long)]
    pub(crate) max_seconds: Option<u64>,
    /// At how much memory to give up, about: a number of bytes, with K, M or G for 1024 of the next smaller
    #[arg(long, default_value = "2G", value_parser = bytes)]
    pub(crate) max_memory: u64,
    /// At how many bytes of what one process or channel holds to give up, recorded messages included: where a message can go
    /// round and be recorded each time, that grows without end
    #[arg(long, default_value = "2K", value_parser = bytes, value_name = "BYTES")]
    pub(crate) max_part: u64,
    /// Leave out what changes no verdict: where a marker would do nothing but close a channel, only that is looked at.
    /// There are fewer states, transitions and runs then; complete and final states, what they record, shortest
    /// counterexamples of complete snapshots and all verdicts stay the same
    #[arg(long)]
    pub(crate) reduce: bool,
    /// Go through every run to its end as well, and judge each: whether it passes through the recorded state, and how many
    /// swaps of neighbouring events it takes to make it do so
    #[arg(long)]
    pub(crate) theorem: bool,
    /// With --theorem: of more runs than this, none is judged
    #[arg(long, default_value_t = 1_000_000)]
    pub(crate) max_executions: u64,
    /// On how many cores to work; without this, on all of them. What is found does not depend on it
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,
    #[command(flatten)]
    pub(crate) patience: Patience,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

fn method(name: &str) -> Result<Method, String> {
    algorithm_named(name)
}

fn named_method(name: &str) -> Result<(String, Method), String> {
    Ok((name.split_whitespace().collect::<Vec<_>>().join(" "), method(name)?))
}

fn keeping(words: &str) -> Result<Keeping, String> {
    Keeping::parse(&words.split_whitespace().collect::<Vec<_>>())
}

/// One that the explorer can go through all runs of.
fn explorable(name: &str) -> Result<Method, String> {
    let takes_snapshots = |name: &&&str| Method::named(name).is_some_and(|method| method.takes_snapshots());
    let known = || NAMES.iter().filter(takes_snapshots).copied().collect::<Vec<_>>().join(", ");
    match algorithm_named(name) {
        Ok(method) if !method.takes_snapshots() => {
            Err(format!("it takes no snapshots, and there is nothing to explore about it; expected one of {}", known()))
        }
        Ok(method) => Ok(method),
        Err(message) if name.trim_start().starts_with("clock ") => Err(message),
        Err(_) => Err(format!("expected one of {}", known())),
    }
}

/// What may go wrong, as in `drop=1,target=app`.
fn faults(text: &str) -> Result<Faults, String> {
    text.parse::<Faults>().map_err(|error| error.to_string())
}

/// A number of bytes, as people write it.
fn bytes(text: &str) -> Result<u64, String> {
    let (digits, unit) = match text.char_indices().next_back() {
        Some((at, 'k' | 'K')) => (&text[..at], 1 << 10),
        Some((at, 'm' | 'M')) => (&text[..at], 1 << 20),
        Some((at, 'g' | 'G')) => (&text[..at], 1 << 30),
        _ => (text, 1),
    };
    let number = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
    number.filter(|number| *number > 0).ok_or_else(|| "expected a number of bytes, such as 500M or 2G".to_owned())
}

impl ExploreArgs {
    pub(crate) fn threads(&self) -> usize {
        let all = || std::thread::available_parallelism().map_or(1, usize::from);
        self.threads.map_or_else(all, usize::from)
    }
}

#[derive(Debug, Args)]
pub(crate) struct CutsArgs {
    /// A trace file (JSON), or a scenario file: then the run that it prepares
    pub(crate) trace: PathBuf,
    /// A condition on a cut, such as 'P1.balance < 50'; docs/predicates.md tells what can be asked
    #[arg(long = "where", value_name = "PREDICATE")]
    pub(crate) predicate: Option<String>,
    /// How many consistent cuts to look at, at most
    #[arg(long, default_value_t = 1_000_000)]
    pub(crate) limit: u64,
    #[command(flatten)]
    pub(crate) patience: Patience,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ClocksArgs {
    /// A scenario file, or a schedule file (JSON): its clocks and its delays count, its run does not
    pub(crate) scenario: PathBuf,
    /// Whose clock the others ask for
    #[arg(long, value_name = "PROCESS")]
    pub(crate) server: String,
    /// Use the four stamps of NTP, for which no least delay has to be known. Without this: Cristian's rule
    #[arg(long)]
    pub(crate) ntp: bool,
    /// After how much time to ask anew: the period of resynchronisation
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u64).range(1..=1_000_000_000))]
    pub(crate) every: u64,
    /// How many times to do so
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub(crate) rounds: u32,
    /// How many questions to ask at a time; the one with the smallest round trip counts
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub(crate) exchanges: u32,
    /// How long the server takes for an answer, written as for --latency
    #[arg(long, value_name = "DELAY", default_value = "0..2")]
    pub(crate) thinking: Latency,
    /// How long things take on a channel, as for run: without this, what the file says, or 1..20
    #[arg(long, value_name = "[CHANNEL=]DELAY")]
    pub(crate) latency: Vec<String>,
    /// Determines the delays that are drawn
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DrawArgs {
    /// A scenario file
    pub(crate) scenario: PathBuf,
    /// Where to write the picture; - is stdout
    #[arg(short, long)]
    pub(crate) output: PathBuf,
    /// After how many steps of the run; without this, at its end
    #[arg(long)]
    pub(crate) at: Option<usize>,
    /// Dark on light, or light on dark
    #[arg(long, value_enum, default_value_t = Theme::Light)]
    pub(crate) theme: Theme,
    /// The language of the words
    #[arg(long, value_enum, default_value_t = Language::En)]
    pub(crate) lang: Language,
    /// Width in pixels; a long run takes more. Below 640 the measures are those of a phone
    #[arg(long, default_value_t = 1200, value_parser = clap::value_parser!(i32).range(200..=20_000))]
    pub(crate) width: i32,
    #[command(flatten)]
    pub(crate) patience: Patience,
    /// Print where the picture went and how large it is as JSON, with -o - also the picture itself, as svg
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Language {
    /// English
    En,
    /// Chinese
    Zh,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::En,
            Language::Zh => Self::Zh,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Theme {
    /// Dark on light
    Light,
    /// Light on dark
    Dark,
}

impl From<Theme> for Colours {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::Light => Self::Light,
            Theme::Dark => Self::Dark,
        }
    }
}
