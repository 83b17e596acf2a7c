//! What rode on the messages of a run. Events do not say it; it is read off what the channels hold right after a sending.

use super::{History, NodeId};
use crate::algorithm::Algorithm;
use crate::event::Event;
use crate::ids::{ChannelId, MessageId};
use crate::riding::TagRole;

impl<A: Algorithm> History<A> {
    /// What rides on the messages that are sent on the way to a moment, by all steps but so many first ones. Replays from the nearest
    /// copy of the world, unless the present world shows it; no further than to the first message if nothing rides on messages.
    ///
    /// # Panics
    /// If `node` is no moment of this history.
    #[must_use]
    pub fn tag_roles(&self, node: NodeId, after: usize) -> Vec<(MessageId, Vec<TagRole>)> {
        let path = self.path(node);
        let is_last = after + 2 == path.len();
        if is_last && self.here() == node {
            let sent = self.step_to(node).into_iter().flat_map(|step| sendings(step.events));
            let tagged = sent.map(|(message, channel)| (message, self.world.tag_roles(channel, message)));
            return tagged.filter(|(_, roles)| !roles.is_empty()).collect();
        }
        let before = (0..=after.min(path.len() - 1)).rev();
        let copy = before.into_iter().find_map(|at| Some((at, self.keyframes.get(&path[at])?)));
        let (mut found, mut events) = (Vec::new(), Vec::new());
        let Some((from, mut world)) = copy.map(|(at, world)| (at, world.clone())) else { return found };
        for (at, node) in path.iter().enumerate().skip(from + 1) {
            events.clear();
            // An action in the tree was accepted in this very state, so it cannot be refused.
            let accepted = self.node(*node).action.map(|action| world.apply(action, &mut events));
            debug_assert_eq!(accepted, Some(Ok(())));
            for (message, channel) in sendings(&events) {
                let roles = world.tag_roles(channel, message);
                if roles.is_empty() {
                    return found;
                }
                if at > after {
                    found.push((message, roles));
                }
            }
        }
        found
    }
}

fn sendings(events: &[Event]) -> impl Iterator<Item = (MessageId, ChannelId)> + '_ {
    events.iter().filter_map(|event| match *event {
        Event::Sent { message, channel, .. } | Event::Resent { message, channel, .. } => Some((message, channel)),
        _ => None,
    })
}
