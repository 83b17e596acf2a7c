//! The real program on real files.

mod clocks;
mod comparing;
mod figures;
mod goldens;
mod keeping;
mod mishaps;
mod refusals;
mod running;
mod schedules;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a call came to.
struct Done {
    status: i32,
    out: String,
    err: String,
}

impl Done {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace")
}

/// Calls the program in the root of the workspace, so that paths are the same everywhere.
fn cutline(words: &[&str]) -> Done {
    let output = Command::new(env!("CARGO_BIN_EXE_cutline")).args(words).current_dir(root()).output();
    let output = output.expect("the program");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Done { status: output.status.code().expect("a status"), out: text(output.stdout), err: text(output.stderr) }
}

const MONEY: &str = "crates/session/scenarios/money-in-flight.cutline";
const NEVER: &str = "crates/session/scenarios/never-occurred.cutline";

/// A file of one's own with this text; its path.
fn file(name: &str, text: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).expect("a file");
    path.display().to_string()
}
