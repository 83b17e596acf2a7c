//! The cuts of a run: which are consistent, how many there are, and what holds at them.
//!
//! An [`EventOrder`] is a run reduced to its application events and what happened before what. A [`Cut`] says how
//! many events of each process belong to the past. The consistent cuts form a distributive lattice: with two of
//! them their [`Cut::meet`] and [`Cut::join`] are consistent too (Mattern 1989). They can be enumerated by
//! [`EventOrder::levels`] or [`EventOrder::lexical`], counted by [`EventOrder::figures`], searched by
//! [`EventOrder::possibly`] and [`EventOrder::definitely`], and approached from any cut by
//! [`EventOrder::max_below`] and [`EventOrder::min_above`]; [`EventOrder::retreat`] shows the way down.
//!
//! There can be exponentially many of them, so whatever goes through all takes a budget and says how far it got.

mod at;
mod build;
mod clocks;
mod cut;
mod declare;
mod figures;
mod levels;
mod lexical;
mod logging;
mod messages;
mod modal;
mod nearest;
mod order;
mod recovery;
mod refused;
mod taken;

pub use at::AtCut;
pub use cut::{Cut, NotACut};
pub use declare::{Declared, DeclaredProcess};
pub use figures::{BeyondU128, Figures};
pub use levels::{Level, Levels, OverBudget};
pub use lexical::LexicalCuts;
pub use logging::{Logging, Recovered, RolledBack, Storage, replay};
pub use modal::Definitely;
pub use nearest::{Retraction, Retreat};
pub use order::{EventId, EventKind, EventOrder, Link, Message};
pub use recovery::{CheckpointError, Checkpoints, RecoveryLine, Rollback};
pub use refused::OrderError;
