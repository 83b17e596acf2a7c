//! How fast the core is, against the least that such work can cost.
//!
//! The measurements take their clock as an argument, so that they are the same natively and in a browser. Each
//! figure is the best of several rounds; what is compared is measured in turn in one run.

pub mod events;
#[cfg(not(target_arch = "wasm32"))]
pub mod explore;
#[cfg(not(target_arch = "wasm32"))]
pub mod model;
pub mod report;
pub mod seek;

/// A clock in nanoseconds from any start.
pub type Clock<'a> = &'a dyn Fn() -> u64;

/// How many bytes are allocated now, where that can be told.
pub type Memory<'a> = Option<&'a dyn Fn() -> u64>;
