//! Diagrams of whole runs: goldens to look at, and what holds for every run.

mod captions;
mod cuts;
mod goldens;
mod invariants;
mod looks;
mod members;
mod runs;
mod style;
mod svg;
mod xml;
