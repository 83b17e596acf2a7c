//! The explorer: its figures, its counterexamples, and that it finds the same however it is driven.

mod assumptions;
mod carried;
mod driving;
mod figures;
mod incremental;
mod members;
mod mishaps;
mod naive;
mod refusals;
mod repaired;
mod shortest;
mod table;
mod witnesses;
