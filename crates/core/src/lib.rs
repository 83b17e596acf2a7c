//! Distributed snapshots as data.
//!
//! A [`World`] is a system of processes and channels with a snapshot [`Algorithm`] at work in it. It changes in
//! one way only: [`World::apply`] takes an [`Action`] and either answers with the [`Event`]s that happened or with
//! why it refuses ([`Rejected`]), in which case nothing has changed. A [`History`] keeps every action of a run as
//! a tree. The [`judge`] says from the events alone whether what was recorded is a consistent global state; it
//! shares no code with any algorithm.
//!
//! Nothing here reads a clock, draws a random number, does I/O or iterates a hash table: the same actions give
//! the same events, bit for bit, on every machine.
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

mod absent;
pub mod action;
pub mod algorithm;
pub mod algorithms;
pub mod bare;
pub mod causality;
pub mod collection;
pub mod colours;
pub mod computation;
pub mod cuts;
pub mod deltas;
pub mod edit;
pub mod event;
pub mod explore;
pub mod faults;
pub mod group;
pub mod history;
pub mod ids;
pub mod judge;
pub mod keeping;
pub mod meters;
pub mod offsets;
pub mod predicate;
pub mod progress;
pub mod random;
pub mod rejected;
pub mod riding;
pub mod scenario;
pub mod scheduler;
pub mod snapshot;
pub mod stable;
pub mod system;
pub mod time;
pub mod topology;
pub mod trace;
pub mod world;

pub use action::Action;
pub use algorithm::Algorithm;
pub use algorithms::chandy_lamport::ChandyLamport;
pub use algorithms::method::Method;
pub use computation::{Computation, LocalState, Payload};
pub use event::Event;
pub use faults::Faults;
pub use group::Group;
pub use history::History;
pub use ids::{ChannelId, ControlId, MessageId, ProcessId, SnapshotId, TimerId};
pub use judge::Verdict;
pub use rejected::Rejected;
pub use scenario::Scenario;
pub use snapshot::Snapshot;
pub use topology::{Channel, Order, Topology};
pub use trace::{Step, Trace};
pub use world::{System, World};
