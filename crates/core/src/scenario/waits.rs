//! Who waits for whom, in the words of a file.

use super::ScenarioError;
use super::declare::process_in;
use super::lines::Line;
use crate::computation::{ProcessSet, Resources, ResourcesError, Wait};
use crate::ids::ProcessId;
use crate::topology::Topology;

/// A wait as a line tells it. The names are looked up once all processes are known.
pub(super) struct Told<'a> {
    pub line: Line<'a>,
    process: ProcessId,
    all: bool,
    names: Vec<&'a str>,
}

impl<'a> Told<'a> {
    /// The wait of a process that these words tell: for all of P Q, or for any of P Q.
    pub(super) fn of(line: &Line<'a>, process: ProcessId, words: &[&'a str]) -> Option<Self> {
        let ["for", how @ ("all" | "any"), "of", names @ ..] = words else { return None };
        let named = !names.is_empty();
        named.then(|| Self { line: line.clone(), process, all: *how == "all", names: names.to_vec() })
    }

    /// The same with the processes that it names.
    pub(super) fn resolve(&self, topology: &Topology) -> Result<Wait, ScenarioError> {
        let mut whom = ProcessSet::EMPTY;
        for name in &self.names {
            let other = process_in(&self.line, topology, name)?;
            if other == self.process {
                return Err(self.line.error(format!("{name} cannot wait for itself")));
            }
            if whom.contains(other) {
                return Err(self.line.error(format!("{name} is named twice")));
            }
            whom = whom.with(other);
        }
        Ok(Wait { process: self.process, all: self.all, whom })
    }
}

/// The computation of these waits; `last` is the line for what no other line is to blame for.
pub(super) fn resources(
    waiting: &[Told<'_>],
    rules: &[Told<'_>],
    topology: &Topology,
    last: usize,
) -> Result<Resources, ScenarioError> {
    if topology.process_count() > ProcessSet::MOST {
        return Err(ScenarioError { line: last, message: ResourcesError::TooMany.to_string() });
    }
    let resolve = |told: &[Told<'_>]| told.iter().map(|told| told.resolve(topology)).collect::<Result<Vec<_>, _>>();
    let (at_start, may) = (resolve(waiting)?, resolve(rules)?);
    let told = |at: usize| waiting.iter().chain(rules).nth(at);
    let line = |at: usize| told(at).map_or(last, |told| told.line.number);
    Resources::new(&at_start, may, topology).map_err(|error| match error {
        ResourcesError::NoChannel(at, from) => {
            let to = told(at).map_or("?", |told| topology.process_name(told.process));
            let from = topology.process_name(from);
            let message = format!("there is no channel {from} -> {to}, so {from} could never grant {to} anything");
            ScenarioError { line: line(at), message }
        }
        ResourcesError::Twice(first, second) => {
            ScenarioError { line: line(second), message: format!("this is the rule of line {} again", line(first)) }
        }
        ResourcesError::ForNobody(at) => ScenarioError { line: line(at), message: error.to_string() },
        ResourcesError::TooMany => ScenarioError { line: last, message: error.to_string() },
    })
}
