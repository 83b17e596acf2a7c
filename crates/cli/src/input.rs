//! Reading files, and telling what they are by what is in them.

use crate::Failure;
use cutline_core::Scenario;
use cutline_formats::{Outcome, ScheduleFile, SystemFile, TraceFile};
use std::path::Path;

/// A file that was read.
pub(crate) enum Input {
    Scenario(Box<Scenario>),
    System(Box<SystemFile>),
    Trace(Box<TraceFile>),
    /// As a scenario, and what must come out.
    Schedule(Box<(Scenario, Option<Outcome>)>),
}

impl Input {
    fn kind(&self) -> &'static str {
        match self {
            Self::Scenario(_) => "a scenario",
            Self::System(_) => "a system file",
            Self::Trace(_) => "a trace file",
            Self::Schedule(_) => "a schedule file",
        }
    }

    /// That it is not what was wanted.
    pub(crate) fn unfit(&self, path: &Path, wanted: &str) -> Failure {
        Failure(format!("{}: this is {}; expected {wanted}", path.display(), self.kind()))
    }
}

/// The text of a file.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure(format!("{}: {error}", path.display())))?;
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Failure(format!("{}: line {line}: expected text in UTF-8", path.display()))
    })
}

/// A file of whichever kind it is: JSON begins with a brace, a trace has events, a schedule has operations. One without
/// a name is called after its file.
pub(crate) fn read(path: &Path) -> Result<Input, Failure> {
    let text = text(path)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let failure = |error: &dyn std::fmt::Display| Failure(format!("{}: {error}", path.display()));
    match text.trim_start().chars().next() {
        Some('{') => {}
        Some('[' | '"' | '/') => return Err(failure(&NEITHER)),
        _ => {
            let scenario = Scenario::parse(text).map_err(|error| failure(&error))?;
            return Ok(Input::Scenario(Box::new(scenario)));
        }
    }
    let json = serde_json::from_str::<serde_json::Value>(text).unwrap_or_default();
    let named = |name: &mut String| {
        if name.is_empty() {
            *name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        }
    };
    if json.get("events").is_some() {
        let mut file = TraceFile::parse(text).map_err(|error| failure(&error))?;
        named(&mut file.name);
        Ok(Input::Trace(Box::new(file)))
    } else if json.get("ops").is_some() {
        let mut file = ScheduleFile::parse(text).map_err(|error| failure(&error))?;
        named(&mut file.name);
        let scenario = file.scenario().map_err(|error| failure(&error))?;
        Ok(Input::Schedule(Box::new((scenario, file.expect))))
    } else {
        let mut file = SystemFile::parse(text).map_err(|error| failure(&error))?;
        named(&mut file.name);
        Ok(Input::System(Box::new(file)))
    }
}

/// For a file that begins like JSON of another kind.
const NEITHER: &str = "line 1: expected fields in braces, as in a system, schedule or trace file, or a scenario file, which \
                       begins with the line: cutline 1";

/// A scenario file.
pub(crate) fn scenario(path: &Path) -> Result<Scenario, Failure> {
    match read(path)? {
        Input::Scenario(scenario) => Ok(*scenario),
        Input::Schedule(schedule) => Ok(schedule.0),
        other => Err(other.unfit(path, "a scenario, which begins with the line: cutline 1, or a schedule file")),
    }
}
