//! Files that declare a trace: who sends and receives what, in which order at each process.

use crate::error::{FileError, read, wrong};
use crate::wanted::or_default;
use cutline_core::cuts::{Declared, DeclaredProcess, EventOrder};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A trace as its file has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TraceFile {
    /// Its name; empty if the file has none.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
    /// What it shows.
    pub doc: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// How many processes there are.
    pub processes: usize,
    /// Of each process what it does: `["i"]`, `["s", message]` or `["r", message]`.
    pub events: Vec<Vec<Vec<String>>>,
    /// What is asked of it.
    #[serde(default, deserialize_with = "or_default")]
    pub queries: Queries,
}

/// What is asked of a trace.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Queries {
    /// Cuts whose nearest consistent cut below is wanted.
    #[serde(deserialize_with = "or_default")]
    pub max_below: Vec<Vec<u32>>,
    /// Cuts whose nearest consistent cut above is wanted.
    #[serde(deserialize_with = "or_default")]
    pub min_above: Vec<Vec<u32>>,
    /// Whether it is possibly or definitely so.
    #[serde(deserialize_with = "or_default")]
    pub predicates: Vec<When>,
    /// Cuts of which is wanted what is in the channels.
    #[serde(deserialize_with = "or_default")]
    pub channel_states: Vec<Vec<u32>>,
    /// Recovery lines.
    #[serde(deserialize_with = "or_default")]
    pub recovery: Vec<Recovery>,
    /// What comes back after crashes at the end of the trace.
    #[serde(deserialize_with = "or_default")]
    pub crashes: Vec<Crash>,
    #[serde(rename = "doc")]
    _doc: Option<String>,
    #[serde(rename = "note")]
    _note: Option<String>,
}

/// Each of these processes, by number, has executed one of these numbers of events.
pub type When = BTreeMap<String, Vec<u32>>;

/// A recovery line that is wanted.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recovery {
    /// By process: its checkpoints, as numbers of events.
    pub checkpoints: Vec<Vec<u32>>,
    /// By process: from which of them to begin.
    pub start: Vec<usize>,
    #[serde(rename = "doc")]
    _doc: Option<String>,
    #[serde(rename = "note")]
    _note: Option<String>,
}

/// Processes that crash at the end of the trace and come back by checkpoints and logs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crash {
    /// Which, by number.
    pub crashed: Vec<usize>,
    /// By process: its checkpoints, as numbers of events.
    pub checkpoints: Vec<Vec<u32>>,
    /// By process: the receipts among so many first events are on stable storage.
    pub logged: Vec<u32>,
    /// `pessimistic`, `optimistic` or `causal`.
    pub logging: String,
    #[serde(rename = "doc")]
    _doc: Option<String>,
    #[serde(rename = "note")]
    _note: Option<String>,
}

impl TraceFile {
    /// Reads a trace.
    ///
    /// # Errors
    /// What in it cannot be understood.
    pub fn parse(text: &str) -> Result<Self, FileError> {
        let file: Self = read(text)?;
        let (given, wanted) = (file.events.len(), file.processes);
        if given != wanted {
            return Err(wrong("events", format!("expected a list for each of the {wanted} processes, found {given}")));
        }
        Ok(file)
    }

    /// The order of its events. Processes are called P0, P1, ...
    ///
    /// # Errors
    /// If no run can go like this.
    pub fn order(&self) -> Result<EventOrder, FileError> {
        let mut processes = Vec::new();
        for (process, events) in self.events.iter().enumerate() {
            let named = |(at, words): (usize, &Vec<String>)| declared(&format!("events[{process}][{at}]"), words);
            let events = events.iter().enumerate().map(named).collect::<Result<_, _>>()?;
            processes.push(DeclaredProcess { name: format!("P{process}"), events });
        }
        EventOrder::declared(&processes).map_err(|error| wrong("events", error.to_string()))
    }
}

fn declared(field: &str, words: &[String]) -> Result<Declared, FileError> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["i"] => Ok(Declared::Internal),
        ["s", message] => Ok(Declared::Send(message.to_owned())),
        ["r", message] => Ok(Declared::Receive(message.to_owned())),
        _ => Err(wrong(field, format!("expected [\"i\"], [\"s\", message] or [\"r\", message], found {words:?}"))),
    }
}
