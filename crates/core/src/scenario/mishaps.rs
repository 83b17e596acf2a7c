//! What goes wrong in a run, and how time goes on, in the words of a file.

use super::ScenarioError;
use super::declare::process_in;
use super::lines::Line;
use super::systems::channel_in;
use crate::action::{Action, Copied};
use crate::group::Group;
use crate::time::Time;
use crate::topology::Topology;

/// The action of a line, if it is of this kind.
pub(super) fn action(line: &Line<'_>, topology: &Topology) -> Result<Option<Action>, ScenarioError> {
    Ok(Some(match line.words[..] {
        ["wait", "until", time] => {
            let until = time.parse().map(Time).map_err(|_| line.error("expected a moment, from 0"))?;
            Action::Wait { until }
        }
        ["lose", "item", place, "on", ref channel @ ..] => {
            Action::Lose { channel: channel_in(line, topology, channel)?, position: position(line, place)? }
        }
        ["corrupt", "item", place, "on", ref channel @ ..] => {
            Action::Corrupt { channel: channel_in(line, topology, channel)?, position: position(line, place)? }
        }
        ["repeat", "item", place, "on", ref channel @ .., "behind", "everything"] => Action::Duplicate {
            channel: channel_in(line, topology, channel)?,
            position: position(line, place)?,
            copy: Copied::Tail,
        },
        ["repeat", "item", place, "on", ref channel @ ..] => Action::Duplicate {
            channel: channel_in(line, topology, channel)?,
            position: position(line, place)?,
            copy: Copied::Adjacent,
        },
        ["send", "item", number, "on", ref channel @ .., "again"] => {
            let channel = channel_in(line, topology, channel)?;
            Action::SendAgain { channel, number: position(line, number)? + 1 }
        }
        ["partition", ref sides @ ..] => Action::Partition { group: sides_in(line, topology, sides)? },
        ["cut", "off", ref processes @ ..] if !processes.is_empty() => {
            Action::Partition { group: group_in(line, topology, processes)? }
        }
        ["heal"] => Action::Heal,
        [process, "joins"] => Action::Join { process: process_in(line, topology, process)? },
        [process, "leaves"] => Action::Leave { process: process_in(line, topology, process)? },
        [process, "crashes"] => Action::Crash { process: process_in(line, topology, process)? },
        [process, "restarts"] => Action::Restart { process: process_in(line, topology, process)? },
        _ => return Ok(None),
    }))
}

/// The first of two sides that have every process on one of them.
fn sides_in(line: &Line<'_>, topology: &Topology, words: &[&str]) -> Result<Group, ScenarioError> {
    let mut sides = words.split(|word| *word == "|");
    let (Some(one), Some(other), None) = (sides.next(), sides.next(), sides.next()) else {
        return Err(line.error("expected: partition P Q | R, two sides"));
    };
    let (group, others) = (group_in(line, topology, one)?, group_in(line, topology, other)?);
    for process in topology.processes() {
        let name = topology.process_name(process);
        match (group.contains(process), others.contains(process)) {
            (true, true) => return Err(line.error(format!("{name} cannot be on both sides"))),
            (false, false) => return Err(line.error(format!("every process has to be on one side; {name} is missing"))),
            _ => {}
        }
    }
    Ok(group)
}

fn group_in(line: &Line<'_>, topology: &Topology, words: &[&str]) -> Result<Group, ScenarioError> {
    let processes: Result<Vec<_>, _> = words.iter().map(|word| process_in(line, topology, word)).collect();
    let beyond = || format!("only the first {} processes can be named here", Group::LIMIT);
    Group::of(processes?).ok_or_else(|| line.error(beyond()))
}

/// The place of an item, from 1, as its position, from 0.
fn position(line: &Line<'_>, place: &str) -> Result<u32, ScenarioError> {
    let position = place.parse::<u32>().ok().and_then(|place| place.checked_sub(1));
    position.ok_or_else(|| line.error("expected the number of an item, from 1"))
}
