//! What must be true of every finished run of a correct snapshot algorithm over FIFO channels in a strongly connected
//! system. Every check works from the events of the run by itself: it knows neither the judge nor any algorithm.

mod markers;
mod messages;
mod whole;

use crate::run::Run;
use cutline_core::SnapshotId;

/// A check of one snapshot of a run; an error says what is wrong.
pub type Check = fn(&Run<'_>, SnapshotId) -> Result<(), String>;

/// A check with its name and what it is about.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// A few words for it.
    pub name: &'static str,
    /// What it looks at.
    pub about: About,
    /// The check.
    pub check: Check,
}

/// What a check looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// How the algorithm went about it. An algorithm may go about it differently and be right.
    Manner,
    /// What was recorded. The judge must say the same.
    Result,
    /// Whether the core tells the run truly, whatever the algorithm does.
    Telling,
}

/// All checks, in the order in which they are made.
pub const ALL: [Named; 14] = [
    Named { name: "one marker per channel", about: About::Manner, check: markers::one_each },
    Named { name: "recorded in time", about: About::Manner, check: markers::recorded_in_time },
    Named { name: "nothing before the marker", about: About::Manner, check: markers::nothing_before_the_marker },
    Named { name: "first channel empty", about: About::Manner, check: markers::first_channel_empty },
    Named { name: "recorded once", about: About::Result, check: markers::recorded_once },
    Named { name: "complete", about: About::Result, check: whole::complete },
    Named { name: "true states", about: About::Result, check: whole::true_states },
    Named { name: "one class per message", about: About::Result, check: messages::one_class },
    Named { name: "numbers in order", about: About::Result, check: messages::numbers_in_order },
    Named { name: "no orphan", about: About::Result, check: messages::no_orphan },
    Named { name: "conserved", about: About::Result, check: whole::conserved },
    Named { name: "orphans seen both ways", about: About::Telling, check: messages::seen_both_ways },
    Named { name: "legal without markers", about: About::Telling, check: whole::legal_without_markers },
    Named { name: "recorded as told", about: About::Telling, check: whole::recorded_as_told },
];

/// The names of all checks that a run does not pass, with what the first of each found.
#[must_use]
pub fn failures(run: &Run<'_>) -> Vec<(Named, String)> {
    let of = |named: &Named| {
        let found = run.snapshots.iter().find_map(|snapshot| (named.check)(run, *snapshot).err());
        found.map(|found| (*named, found))
    };
    ALL.iter().filter_map(of).collect()
}

/// Whether a snapshot passes all checks of its result.
#[must_use]
pub fn is_right(run: &Run<'_>, snapshot: SnapshotId) -> bool {
    let mut results = ALL.iter().filter(|named| named.about == About::Result);
    results.all(|named| (named.check)(run, snapshot).is_ok())
}

/// An error unless it is so.
fn must(so: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if so { Ok(()) } else { Err(otherwise()) }
}
