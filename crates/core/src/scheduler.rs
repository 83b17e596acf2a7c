//! Who decides what happens next when the reader does not. A scheduler only chooses; what it chooses is an action
//! like any other, so that a history knows nothing of schedulers and a run can be taken over at any moment.

mod adversary;
mod faulty;
mod following;
mod latency;
mod periodic;
mod round_robin;
mod script;
mod timed;
mod traffic;

pub use adversary::{MostInFlight, SlowestMarker};
pub use faulty::Faulty;
pub use following::{Following, Schedule, Undone};
pub use latency::{Latency, LatencyError, MAX_DELAY};
pub use periodic::{Periodic, Policy};
pub use round_robin::RoundRobin;
pub use script::Script;
pub use timed::Timed;
pub use traffic::Traffic;

use crate::action::Action;
use crate::algorithm::Algorithm;
use crate::ids::ProcessId;
use crate::topology::Order;
use crate::world::World;
use std::fmt::Debug;

/// Chooses what happens next. It may be asked at any moment of any run of one system, and answers alike to the
/// same questions in the same order.
pub trait Scheduler<A: Algorithm>: Debug {
    /// An action that the world would carry out; none if there is nothing that this scheduler would have done.
    fn next(&mut self, world: &World<A>) -> Option<Action>;
}

impl<A: Algorithm, S: Scheduler<A> + ?Sized> Scheduler<A> for Box<S> {
    fn next(&mut self, world: &World<A>) -> Option<Action> {
        (**self).next(world)
    }
}

/// Leaves everything to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Manual;

impl<A: Algorithm> Scheduler<A> for Manual {
    fn next(&mut self, _world: &World<A>) -> Option<Action> {
        None
    }
}

/// What has been under way longest comes first; then timers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct OldestFirst;

impl<A: Algorithm> Scheduler<A> for OldestFirst {
    fn next(&mut self, world: &World<A>) -> Option<Action> {
        oldest_first(world).or_else(|| timers(world).next())
    }
}

/// The delivery of the item that has been under way longest, among those that can be delivered. None if nothing
/// can. Takes time in the number of channels and of the items in channels without order; few of them are tried.
#[must_use]
pub fn oldest_first<A: Algorithm>(world: &World<A>) -> Option<Action> {
    let topology = world.topology();
    let mut oldest: Option<(u64, Action)> = None;
    for channel in topology.channels() {
        let positions = if topology.channel(channel).order == Order::Fifo { 0..=0 } else { 0..=u32::MAX };
        for position in positions {
            let Some(age) = world.age(channel, position) else { break };
            let action = Action::Deliver { channel, position };
            if oldest.is_none_or(|(least, _)| age < least) && world.check(action).is_ok() {
                oldest = Some((age, action));
            }
        }
    }
    oldest.map(|(_, action)| action)
}

/// The oldest of some deliveries.
fn oldest<A: Algorithm>(world: &World<A>, deliveries: impl Iterator<Item = Action>) -> Option<Action> {
    deliveries.min_by_key(|action| match *action {
        Action::Deliver { channel, position } => world.age(channel, position),
        _ => None,
    })
}

/// Every timer that is set, by process. Where somebody has crashed, nothing goes off.
fn timers<A: Algorithm>(world: &World<A>) -> impl Iterator<Item = Action> + '_ {
    let of_process = |process: ProcessId| world.timers(process).iter().map(move |timer| (process, *timer));
    let running = world.topology().processes().filter(|process| !world.has_crashed(*process));
    running.flat_map(of_process).map(|(process, timer)| Action::Ring { process, timer })
}
