//! How complete snapshots are kept, in the words of a file.

use super::ScenarioError;
use super::lines::Line;
use crate::keeping::{Keeping, Phases};
use crate::topology::MAX_PROCESSES;

const KEEP: &str =
    "expected: keep on 1 other, or: keep on NUMBER others, with in one phase after it for the way that is wrong";

/// What a file says of it.
pub(super) fn keeping(lines: &[Line<'_>]) -> Result<Option<Keeping>, ScenarioError> {
    let mut with_it = lines.iter().filter(|line| line.words[0] == "keep");
    let Some(line) = with_it.next() else { return Ok(None) };
    if let Some(second) = with_it.next() {
        return Err(second.error("keep can stand only once"));
    }
    let ["on", number, "other" | "others", ref phases @ ..] = line.words[1..] else { return Err(line.error(KEEP)) };
    let words: Vec<&str> = [number].into_iter().chain(phases.iter().copied()).collect();
    Keeping::parse(&words).map(Some).map_err(|message| line.error(message))
}

impl Keeping {
    /// `2`, `2 in one phase`, as words.
    ///
    /// # Errors
    /// What was expected.
    pub fn parse(words: &[&str]) -> Result<Self, String> {
        let (others, phases) = match *words {
            [others] | [others, "in", "two", "phases"] => (others, Phases::Two),
            [others, "in", "one", "phase"] => (others, Phases::One),
            _ => return Err(
                "expected on how many others each part is kept, and with in one phase after it the way that is wrong"
                    .to_owned(),
            ),
        };
        let most = MAX_PROCESSES - 1;
        let others = others.parse().ok().filter(|others| (0..=most).contains(others));
        let others = others.ok_or_else(|| format!("a part is kept on 0 to {most} others"))?;
        Ok(Self { others, phases })
    }
}
