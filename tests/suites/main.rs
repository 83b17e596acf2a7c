//! The suites that need more than one crate, or random runs.

mod carried;
mod checkpoints;
mod choices;
mod clocks;
mod collection;
mod comparing;
mod dependencies;
mod edits;
mod flow;
mod incremental;
mod menus;
mod mutants;
mod offsets;
mod owed;
mod properties;
mod recovery;
mod regions;
mod replay;
mod robustness;
mod scenarios;
mod schedulers;
mod signals;
mod stable;
mod systems;
mod told_properties;
mod two_phases;
