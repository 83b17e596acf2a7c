//! Scenario files: a system and a run, written by hand. The grammar stands in `docs/scenario-format.md`.

mod declare;
mod delays;
mod expect;
mod flow;
mod keeping;
mod lines;
mod mishaps;
mod policy;
mod script;
mod sentences;
mod systems;
mod waits;

pub use expect::{Expectation, Expected};
pub use script::refusal;
pub use sentences::{sentence, sentences};
pub use systems::algorithm_named;

use crate::action::Action;
use crate::algorithms::method::Method;
use crate::history::History;
use crate::ids::ChannelId;
use crate::keeping::Keeping;
use crate::scheduler::{Latency, Policy};
use crate::world::{System, World};
use lines::Line;
use std::fmt;
use std::sync::Arc;

/// The most bytes that a scenario file may have.
pub const MAX_BYTES: usize = 1_000_000;

/// A text in the two languages of the page. Where the Chinese is not given it is the English.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Bilingual {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

/// A system with a run prepared in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Its short name.
    pub title: Bilingual,
    /// What is to be seen, in a sentence.
    pub about: Bilingual,
    /// Processes, channels and the application.
    pub system: Arc<System>,
    /// The algorithm: when its markers go out, and how recorded parts come together.
    pub algorithm: Method,
    /// How long things are under way, for schedulers that draw delays; the last word on a channel counts.
    pub latencies: Vec<(ChannelId, Latency)>,
    /// When snapshots are started by themselves, once a scheduler goes on.
    pub policy: Option<Policy>,
    /// How complete snapshots are kept; none if nothing is said of that, so that everybody keeps its own part.
    pub keeping: Option<Keeping>,
    /// The prepared run.
    pub script: Vec<Action>,
    /// After how many of its actions the page opens.
    pub opens_at: usize,
    /// What must come out at the end of the prepared run.
    pub expected: Vec<Expected>,
}

/// A line of a scenario file that cannot be understood or carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong and what was expected.
    pub message: String,
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for ScenarioError {}

impl Scenario {
    /// Reads a scenario file. The prepared run is tried out, so it can be carried out.
    ///
    /// # Errors
    /// The first line that is wrong.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        if text.len() > MAX_BYTES {
            return Err(ScenarioError { line: 1, message: format!("a scenario has at most {MAX_BYTES} bytes") });
        }
        let lines = lines::split(text);
        let sections = Sections::find(&lines)?;
        let head = declare::head(sections.declarations)?;
        let system = Arc::new(declare::system(sections.declarations)?);
        let algorithm = declare::algorithm(sections.declarations)?;
        let latencies = delays::latencies(sections.declarations, &system.topology)?;
        let policy = policy::policy(sections.declarations, &system.topology)?;
        let keeping = keeping::keeping(sections.declarations)?;
        let script = script::run(sections.run, &system, algorithm)?;
        let expected = expect::expectations(sections.expect, &system)?;
        Ok(Self {
            title: head.title,
            about: head.about,
            system,
            algorithm,
            latencies,
            policy,
            keeping,
            script: script.actions,
            opens_at: script.opens_at,
            expected,
        })
    }

    /// The prepared run, at its end.
    #[must_use]
    pub fn play(&self) -> History<Method> {
        let mut history = History::new(World::new(self.system.clone(), self.algorithm));
        for action in &self.script {
            // The run was tried out when the scenario was read.
            let accepted = history.act(*action);
            debug_assert_eq!(accepted, Ok(()));
        }
        history
    }
}

/// The three parts of a file.
struct Sections<'a> {
    declarations: &'a [Line<'a>],
    run: &'a [Line<'a>],
    expect: &'a [Line<'a>],
}

impl<'a> Sections<'a> {
    fn find(lines: &'a [Line<'a>]) -> Result<Self, ScenarioError> {
        let Some((first, rest)) = lines.split_first() else {
            return Err(ScenarioError { line: 1, message: "the file is empty; it begins with: cutline 1".into() });
        };
        if first.words != ["cutline", "1"] {
            return Err(first.error("a scenario file begins with the line: cutline 1"));
        }
        let heading = |line: &Line<'_>, word: &str| line.words == [word];
        let run_at = rest.iter().position(|line| heading(line, "run")).unwrap_or(rest.len());
        let (declarations, rest) = rest.split_at(run_at);
        let rest = rest.get(1..).unwrap_or_default();
        let expect_at = rest.iter().position(|line| heading(line, "expect")).unwrap_or(rest.len());
        let (run, rest) = rest.split_at(expect_at);
        Ok(Self { declarations, run, expect: rest.get(1..).unwrap_or_default() })
    }
}
