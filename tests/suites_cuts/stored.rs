//! The stored traces and the figures that belong to them.

use cutline_core::cuts::EventOrder;
use cutline_formats::TraceFile;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A stored trace with its golden figures.
pub(super) struct Stored {
    /// The order of its events.
    pub order: EventOrder,
    /// How many events its file has.
    pub events: usize,
    /// What must come out.
    pub golden: Value,
    /// The questions of the trace file, to be compared with those that the golden figures answer.
    pub queries: Value,
}

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All stored traces.
pub(super) fn all() -> Vec<Stored> {
    let golden = json(&data("golden_lattice.json"));
    let golden = golden.as_array().expect("a list of traces");
    let files = std::fs::read_dir(data("traces")).expect("the folder of traces").count();
    assert_eq!(files, golden.len(), "each trace has its figures");
    golden.iter().map(stored).collect()
}

fn stored(golden: &Value) -> Stored {
    let name = golden["name"].as_str().expect("a name");
    let trace = json(&data("traces").join(format!("{name}.json")));
    assert_eq!(trace["name"], golden["name"]);
    let text = trace.to_string();
    let order = TraceFile::parse(&text).and_then(|file| file.order()).unwrap_or_else(|error| panic!("{name}: {error}"));
    let events = rows(&trace["events"]).iter().map(|process| rows(process).len()).sum();
    Stored { order, events, golden: golden.clone(), queries: trace["queries"].clone() }
}

/// A row of numbers of a stored file.
pub(super) fn counts(value: &Value) -> Vec<u32> {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"))
}

/// A row of places of a stored file.
pub(super) fn places(value: &Value) -> Vec<usize> {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"))
}

/// The rows of a list.
pub(super) fn rows(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}
