//! A run laid out as a space-time diagram.
//!
//! [`lay_out`] turns a trace into a [`Scene`]: marks with a role and a place in whole pixels, and the words that
//! stand on them. It knows no colours and no browser; the page paints the marks by role, and [`svg::text`] does the
//! same for files.
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

mod crowd;
mod cut;
mod flight;
mod frame;
mod layout;
pub mod scene;
pub mod style;
pub mod svg;

pub use layout::{Captions, Picture, View, Wording, lay_out};
pub use scene::{Anchor, Item, Key, Mark, Point, Role, Scene, Segment, Shape, Target};
