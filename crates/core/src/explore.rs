//! Every run of a small system: all states that it can get into, and what is true of all of them.
//!
//! An [`Explorer`] goes through the states breadth first; [`Exploration`] says of which system and how. It works for
//! any algorithm whose memory can be written as bytes ([`Explorable`]), and asks the [`crate::World`] itself what each
//! action does. Figures: [`Explorer::plain_figures`], [`Explorer::tagged_figures`], [`Explorer::reach`].

mod after;
mod alone;
mod block;
mod book;
mod findings;
mod hands;
mod index;
mod intern;
mod layout;
mod link;
mod mishaps;
mod pack;
mod parts;
mod rows;
mod schedule;
mod scratch;
mod search;
mod setup;
mod states;
mod survey;
mod tables;
mod verdicts;
mod whole;

pub use crate::faults::{Faults, Target};
pub use after::{Executions, Review};
pub use alone::Alone;
pub use hands::{Hands, OneHand};
pub(crate) use pack::pack_fields;
pub use pack::{Explorable, Pack};
pub use schedule::Counterexample;
pub use search::{Explorer, Progress, Status};
pub use setup::{Exploration, Planned, Reduction, View};
pub use survey::{PlainFigures, Reach, TaggedFigures, ViolationCount};
pub use verdicts::{Kind, Violation};
pub use whole::{WholeExplorer, WholeFigures, explore_whole};
