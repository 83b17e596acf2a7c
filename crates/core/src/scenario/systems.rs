//! Which algorithm is at work, and what it works with besides processes and channels.

use super::ScenarioError;
use super::declare::process_in;
use super::lines::Line;
use super::script::only_channel;
use crate::algorithms::chandy_lamport::ChandyLamport;
use crate::algorithms::global_clock::{GlobalClock, Remedy};
use crate::algorithms::method::{Method, NAMES};
use crate::ids::ChannelId;
use crate::time::{Clock, END_OF_TIME};
use crate::topology::Topology;

const CLOCKS: &str = "clock at TIME, clock at TIME stamps, clock at TIME holding, or clock at TIME silence TIME";
const CLOCK: &str = "expected: clock PROCESS offset NUMBER, or: clock PROCESS offset NUMBER drift NUMBER";
const CONTROL: &str = "expected: control channel P -> Q, or: control channel NAME: P -> Q";
const NUMBERS: &str = "expected: numbers on every channel, numbers on P -> Q, or: numbers on CHANNEL";

/// The algorithm that a line names; `markers`: that of Chandy and Lamport as other lines have it.
pub(super) fn algorithm(lines: &[Line<'_>], markers: ChandyLamport) -> Result<Method, ScenarioError> {
    let mut named = lines.iter().filter(|line| line.words[0] == "algorithm");
    let Some(line) = named.next() else { return Ok(markers.into()) };
    if let Some(second) = named.next() {
        return Err(second.error("algorithm can stand only once"));
    }
    let method: Method = match line.words[1..] {
        ["chandy-lamport"] => return Ok(markers.into()),
        // Of those with markers other lines say when these go.
        [name] => Method::named(name).filter(|method| method.markers().is_none()).ok_or_else(|| unknown(line))?,
        ref words => match clock(words).map_err(|message| line.error(message))? {
            Some(clock) => clock.into(),
            None => return Err(unknown(line)),
        },
    };
    let of_markers = |line: &&Line<'_>| ["markers", "collect"].contains(&line.words[0]);
    match lines.iter().find(of_markers) {
        Some(other) => Err(other.error("this goes with the algorithm chandy-lamport, which has markers")),
        None => Ok(method),
    }
}

/// Recording by clocks, as in `clock at 100 holding`; none if the words are about something else.
fn clock(words: &[&str]) -> Result<Option<GlobalClock>, String> {
    let ["clock", "at", time, remedy @ ..] = words else { return Ok(None) };
    let remedy = match *remedy {
        [] => Remedy::None,
        ["stamps"] => Remedy::Stamps,
        ["holding"] => Remedy::Holding,
        ["silence", lasts] => {
            let lasts = lasts.parse().map_err(|_| format!("expected how long the silence lasts, found {lasts}"))?;
            Remedy::Silence(lasts)
        }
        _ => return Ok(None),
    };
    let every = number_of(time)?;
    if every < 1 {
        return Err("a clock is asked for a reading of 1 or more".to_owned());
    }
    Ok(Some(GlobalClock { every, remedy }))
}

/// The algorithm of a name as files and the command line have it: one of [`NAMES`], or recording by clocks, in several words.
///
/// # Errors
/// A sentence with all that can be said.
pub fn algorithm_named(name: &str) -> Result<Method, String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    if let Some(clock) = clock(&words)? {
        return Ok(clock.into());
    }
    Method::named(name.trim()).ok_or_else(|| format!("expected one of {}, {CLOCKS}", NAMES.join(", ")))
}

/// Neither of those that another word says nothing about, nor a clock.
fn unknown(line: &Line<'_>) -> ScenarioError {
    let named = NAMES.iter().filter(|name| !name.starts_with("cl-"));
    let names: String = named.map(|name| format!("{name}, ")).collect();
    line.error(format!("expected: algorithm {names}{CLOCKS}"))
}

/// A line about a clock, a process that takes no part, or a link under a channel.
pub(super) fn attribute(line: &Line<'_>, topology: &mut Topology) -> Result<(), ScenarioError> {
    match line.words[..] {
        ["clock", process, "offset", offset, ref drift @ ..] => {
            let process = process_in(line, topology, process)?;
            let drift = match *drift {
                [] => 0,
                ["drift", drift] => number(line, drift)?,
                _ => return Err(line.error(CLOCK)),
            };
            let drift = i32::try_from(drift).ok().filter(|drift| drift.abs() < 1_000_000);
            let drift = drift.ok_or_else(|| line.error("a drift is below a million, in units of a million"))?;
            topology.set_clock(process, Clock { offset: number(line, offset)?, drift });
        }
        ["clock", ..] => return Err(line.error(CLOCK)),
        ["outsider", process] => {
            let process = process_in(line, topology, process)?;
            topology.leave_out(process);
        }
        ["newcomer", process] => {
            let process = process_in(line, topology, process)?;
            topology.keep_for_later(process);
        }
        ["newcomer", ..] => return Err(line.error("expected: newcomer PROCESS")),
        ["log", "on", "every", "process"] => {
            topology.processes().for_each(|process| topology.keep_log(process));
        }
        ["log", "on", process] => {
            let process = process_in(line, topology, process)?;
            topology.keep_log(process);
        }
        ["log", ..] => return Err(line.error("expected: log on PROCESS, or: log on every process")),
        ["outsider", ..] => return Err(line.error("expected: outsider PROCESS")),
        ["numbers", "on", "every", "channel"] => topology.channels().for_each(|channel| topology.repair(channel)),
        ["numbers", "on", ref channel @ ..] => {
            let channel = channel_in(line, topology, channel)?;
            topology.repair(channel);
        }
        _ => return Err(line.error(NUMBERS)),
    }
    Ok(())
}

/// A channel for what the algorithm sends.
pub(super) fn control_channel(line: &Line<'_>, topology: &mut Topology) -> Result<(), ScenarioError> {
    let (name, from, to) = match line.words[1..] {
        ["channel", from, "->", to] => (None, from, to),
        ["channel", name, from, "->", to] if name.ends_with(':') => (name.strip_suffix(':'), from, to),
        _ => return Err(line.error(CONTROL)),
    };
    let (from, to) = (process_in(line, topology, from)?, process_in(line, topology, to)?);
    topology.add_control_channel(name, from, to).map(drop).map_err(|error| line.error(error.to_string()))
}

/// The channel of a name, or the only one from one process to another.
pub(super) fn channel_in(line: &Line<'_>, topology: &Topology, words: &[&str]) -> Result<ChannelId, ScenarioError> {
    match *words {
        [from, "->", to] => {
            only_channel(line, topology, process_in(line, topology, from)?, process_in(line, topology, to)?)
        }
        [name] => topology.channel_named(name).ok_or_else(|| line.error(format!("there is no channel {name}"))),
        _ => Err(line.error("expected a channel: its name, or P -> Q")),
    }
}

fn number(line: &Line<'_>, word: &str) -> Result<i64, ScenarioError> {
    number_of(word).map_err(|message| line.error(message))
}

fn number_of(word: &str) -> Result<i64, String> {
    let most = i64::try_from(END_OF_TIME.0).unwrap_or(i64::MAX);
    let number = word.parse::<i64>().ok().filter(|number| number.abs() <= most);
    number.ok_or_else(|| format!("expected a whole number up to {most}, found {word}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_named_as_in_files() {
        let clock = |every, remedy| Ok(Method::from(GlobalClock { every, remedy }));
        assert_eq!(algorithm_named("clock at 100"), clock(100, Remedy::None));
        assert_eq!(algorithm_named(" clock  at 7 stamps"), clock(7, Remedy::Stamps));
        assert_eq!(algorithm_named("clock at 7 holding"), clock(7, Remedy::Holding));
        assert_eq!(algorithm_named("clock at 7 silence 3"), clock(7, Remedy::Silence(3)));
        assert_eq!(algorithm_named("lai-yang").ok(), Method::named("lai-yang"));
        let said = |name| algorithm_named(name).unwrap_err();
        assert_eq!(said("clock at noon"), "expected a whole number up to 1000000000000, found noon");
        assert_eq!(said("clock at 0"), "a clock is asked for a reading of 1 or more");
        assert_eq!(said("clock at 7 silence x"), "expected how long the silence lasts, found x");
        assert!(
            said("clock").starts_with("expected one of chandy-lamport, ") && said("clock").ends_with("silence TIME")
        );
    }
}
