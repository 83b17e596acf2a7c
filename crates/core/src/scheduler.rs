//! Who decides what happens next when the reader does not. A scheduler only chooses; what it chooses is an action
//! like any other.

use crate::action::Action;
use crate::algorithm::Algorithm;
use crate::world::World;

/// The delivery of the item that has been under way longest, among those that can be delivered. None if nothing
/// can. Takes time in the number of channels and of the items in channels without order.
#[must_use]
pub fn oldest_first<A: Algorithm>(world: &World<A>) -> Option<Action> {
    world.deliveries().min_by_key(|action| match *action {
        Action::Deliver { channel, position } => world.age(channel, position),
        _ => None,
    })
}
