//! What the processes of a dataflow are, in the words of a file.

use super::ScenarioError;
use super::lines::Line;
use crate::computation::{MAX_RECORD, Payload, Stage};

/// The most records that a source emits.
const MAX_RECORDS: usize = 10_000;

/// A source that emits these records, or an operator.
pub(super) fn stage(line: &Line<'_>, stage: &str, records: &[&str]) -> Result<Stage, ScenarioError> {
    match (stage, records) {
        ("sums", []) => Ok(Stage::Sum),
        ("sums", _) => Err(line.error("expected: process NAME sums, and nothing after it")),
        (_, records) if records.len() > MAX_RECORDS => {
            Err(line.error(format!("a source emits at most {MAX_RECORDS} records")))
        }
        (_, records) => Ok(Stage::Source(records.iter().map(|word| record(line, word)).collect::<Result<_, _>>()?)),
    }
}

/// A record as what a message carries.
pub(super) fn payload(line: &Line<'_>, word: &str) -> Result<Payload, ScenarioError> {
    record(line, word).map(|record| Payload(record.into()))
}

fn record(line: &Line<'_>, word: &str) -> Result<u32, ScenarioError> {
    let record = word.parse::<u32>().ok().filter(|record| (1..=MAX_RECORD).contains(record));
    record.ok_or_else(|| line.error(format!("{word} is no record: expected a whole number from 1 to {MAX_RECORD}")))
}
