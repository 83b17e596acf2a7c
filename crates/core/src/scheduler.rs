//! Who decides what happens next when the reader does not. A scheduler only chooses; what it chooses is an action
//! like any other.

use crate::action::Action;
use crate::algorithm::Algorithm;
use crate::world::World;

/// The delivery of the item that has been under way longest, among those that can be delivered. None if nothing
/// can. Takes time in the number of channels.
#[must_use]
pub fn oldest_first<A: Algorithm>(world: &World<A>) -> Option<Action> {
    let heads = world.topology().channels().filter_map(|channel| {
        let action = Action::Deliver { channel, position: 0 };
        Some((world.age_of_head(channel)?, action)).filter(|_| world.check(action).is_ok())
    });
    heads.min().map(|(_, action)| action)
}
