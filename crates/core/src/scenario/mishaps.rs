//! What goes wrong in a run, and how time goes on, in the words of a file.

use super::ScenarioError;
use super::declare::process_in;
use super::lines::Line;
use super::systems::channel_in;
use crate::action::{Action, Copied};
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
        [process, "crashes"] => Action::Crash { process: process_in(line, topology, process)? },
        [process, "restarts"] => Action::Restart { process: process_in(line, topology, process)? },
        _ => return Ok(None),
    }))
}

/// The place of an item, from 1, as its position, from 0.
fn position(line: &Line<'_>, place: &str) -> Result<u32, ScenarioError> {
    let position = place.parse::<u32>().ok().and_then(|place| place.checked_sub(1));
    position.ok_or_else(|| line.error("expected the number of an item, from 1"))
}
