//! A run laid out as a space-time diagram.
//!
//! A [`Chart`] holds the facts of a run; [`lay_out`] turns the part of it that is on screen into a [`Scene`]: marks with
//! a role and a place in whole pixels, and the words that stand on them. A [`Frame`] says which process and step is at a
//! place. Nothing here knows colours or a browser; the page paints the marks by role, and [`svg::text`] does the same for
//! files.
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

pub mod chart;
mod crowd;
mod cut;
mod edge;
mod flights;
mod frame;
mod ghost;
mod ground;
mod layout;
mod merged;
mod mishaps;
mod overview;
mod own_cut;
mod points;
mod riding;
mod role;
pub mod scene;
mod stretches;
pub mod style;
pub mod svg;
mod view;
mod words;

pub use chart::{Again, Chart, Flight, What};
pub use frame::{COLUMN_UNIT, Frame, WIDEST_COLUMN};
pub use layout::{Detail, lay_out, measure};
pub use overview::Overview;
pub use own_cut::OwnCut;
pub use role::Role;
pub use scene::{Anchor, Item, Key, Mark, Point, Scene, Segment, Shape, Target};
pub use view::{Captions, Ghost, Orientation, View, Wording};
