//! The JSON files of the command line and the suites: systems to be explored ([`SystemFile`]), fixed schedules
//! ([`ScheduleFile`]) with what must come out of them, and declared traces ([`TraceFile`]). Scenario files belong to the core, which reads them in the page too.
//!
//! A file is refused with the place and what was expected there ([`FileError`]). Remarks (`doc`, `note`) are welcome;
//! a field that may be left out may be `null` as well;
//! fields that are not known are refused, since they may say something that would change the answer.
#![forbid(unsafe_code)]

mod app;
mod error;
mod outcome;
mod plain;
mod schedule_file;
mod system_file;
mod trace_file;
mod wanted;

pub use app::{App, AppRule, Delivery, build};
pub use error::FileError;
pub use outcome::{Difference, Messages, Outcome, Recorded, fault_kind, sent_as};
pub use schedule_file::{ScheduleFile, Scheduled};
pub use system_file::{Begun, Faults, SystemFile};
pub use trace_file::{Crash, Queries, Recovery, TraceFile, When};
pub use wanted::Wanted;
