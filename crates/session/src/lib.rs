//! The playground as a state machine.
//!
//! [`Session::update`] takes what the reader did ([`Msg`]) and answers with what the page has to do ([`Command`]);
//! everything that the page shows it asks the session for. Time enters as an argument. Every visible string comes
//! from the [`catalogue`], in both languages.
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

mod behaviour;
pub mod branches;
mod bulk;
pub mod catalogue;
mod charts;
pub mod deed;
pub mod edits;
pub mod events;
mod explain;
mod facts;
mod file;
mod gallery;
mod jump;
mod keeping;
mod labels;
pub mod likeness;
pub mod link;
mod look;
mod losses;
pub mod menu;
mod mishaps;
mod naming;
pub mod network;
mod own_cut;
pub mod panel;
pub mod passage;
mod picker;
mod policy;
pub mod properties;
mod reading;
mod refusal;
mod riding;
pub mod rules;
mod session;
mod side;
pub mod systems;
mod tally;
pub mod thing;
mod time;
mod traffic;
mod unavailable;
mod verdict;
mod words;

pub use branches::BranchMsg;
pub use bulk::Bulk;
pub use catalogue::{CutText, EditText, Key, Lang, LinkText, LookText, Text};
pub use edits::EditMsg;
pub use explain::Teller;
pub use file::{FileTrouble, MAX_FILE};
pub use jump::Jump;
pub use look::{LookMsg, Room};
pub use own_cut::{CutMsg, CutReport};
pub use rules::Rule;
pub use session::{Command, Msg, Notice, Primary, Session};
pub use side::{SideMsg, Tab};
pub use thing::Thing;
pub use time::{Speed, TimeMsg};
pub use traffic::MAX_TRAFFIC;
pub use verdict::{Standing, VerdictWords};
pub use words::{Span, Words, separator};
