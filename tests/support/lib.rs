//! What the suites share: stored schedules, random runs, checks of a run that know nothing of how the core works,
//! and snapshot algorithms that are wrong on purpose.

pub mod algorithm;
pub mod case;
pub mod checks;
pub mod drive;
pub mod mutant;
pub mod run;
pub mod soak;
pub mod stored;
pub mod tampered;
