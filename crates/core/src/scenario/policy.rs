//! When snapshots are started by themselves, in the words of a file.

use super::ScenarioError;
use super::lines::Line;
use crate::scheduler::Policy;
use crate::topology::Topology;
use crate::world::MAX_SNAPSHOTS;

const POLICY: &str = "expected: snapshots NUMBER every NUMBER steps by P, or: snapshots NUMBER every NUMBER steps at load NUMBER \
                      by P; several may start each";

/// The policy of a file, if it has one.
pub(super) fn policy(lines: &[Line<'_>], topology: &Topology) -> Result<Option<Policy>, ScenarioError> {
    let mut with_it = lines.iter().filter(|line| line.words[0] == "snapshots");
    let Some(line) = with_it.next() else { return Ok(None) };
    if let Some(second) = with_it.next() {
        return Err(second.error("snapshots can stand only once"));
    }
    Policy::parse(&line.words[1..], topology).map(Some).map_err(|message| line.error(message))
}

impl Policy {
    /// `5 every 20 steps by Ann`, `5 every 20 steps at load 3 by Ann Bob`, as words.
    ///
    /// # Errors
    /// What was expected.
    pub fn parse(words: &[&str], topology: &Topology) -> Result<Self, String> {
        let (most, every, load, names) = match *words {
            [most, "every", every, "steps", "at", "load", load, "by", ref names @ ..] => {
                (most, every, Some(load), names)
            }
            [most, "every", every, "steps", "by", ref names @ ..] => (most, every, None, names),
            _ => return Err(POLICY.to_owned()),
        };
        let number = |word: &str| word.parse::<u32>().map_err(|_| format!("expected a whole number, found {word}"));
        let most = most.parse().ok().filter(|most| (1..=MAX_SNAPSHOTS).contains(most));
        let most = most.ok_or_else(|| format!("a run takes 1 to {MAX_SNAPSHOTS} snapshots"))?;
        let every =
            Some(number(every)?).filter(|every| *every > 0).ok_or("a snapshot is started every 1 step at most")?;
        let load = load.map(number).transpose()?;
        let process = |name: &&str| topology.process_named(name).ok_or_else(|| format!("there is no process {name}"));
        let by = names.iter().map(process).collect::<Result<Vec<_>, _>>()?;
        if by.is_empty() { Err(POLICY.to_owned()) } else { Ok(Self { every, load, most, by }) }
    }
}
