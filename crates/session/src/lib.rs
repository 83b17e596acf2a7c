//! The playground as a state machine.
//!
//! [`Session::update`] takes what the reader did ([`Msg`]) and answers with what the page has to do ([`Command`]);
//! everything that the page shows it asks the session for. Time enters as an argument. Every visible string comes
//! from the [`catalogue`], in both languages.
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

pub mod branches;
pub mod catalogue;
mod charts;
mod explain;
mod gallery;
mod labels;
pub mod link;
mod look;
pub mod menu;
mod naming;
pub mod panel;
mod picker;
pub mod properties;
mod refusal;
mod session;
mod tally;
pub mod thing;
mod time;
mod verdict;
mod words;

pub use branches::BranchMsg;
pub use catalogue::{Key, Lang, LinkText, LookText, Text};
pub use explain::Rule;
pub use look::{LookMsg, Room};
pub use session::{Command, Msg, Notice, Primary, Session};
pub use thing::Thing;
pub use time::{Speed, TimeMsg};
pub use verdict::{Standing, VerdictWords};
pub use words::{Span, Words, separator};
