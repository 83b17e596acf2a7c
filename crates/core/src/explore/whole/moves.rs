//! What can happen next in a whole state.

use super::{State, WholeExplorer};
use crate::action::Action;
use crate::explore::Explorable;
use crate::explore::scratch::wishes;
use crate::faults::{Faults, Mishap};
use crate::group::Group;
use crate::ids::{ChannelId, ProcessId};
use crate::topology::Order;
use crate::world::World;
use std::collections::BTreeMap;

/// An action, and what goes wrong by it, if it does.
type Move = (Action, Option<Mishap>);

impl<A: Explorable> WholeExplorer<A> {
    pub(super) fn successors(&self, state: &State<A>) -> Vec<(Action, State<A>)> {
        let mut moves: Vec<Move> = self.usual(&state.world).into_iter().map(|action| (action, None)).collect();
        self.mishaps(&state.world, &mut moves);
        moves.extend(state.away.processes().map(|process| (Action::Restart { process }, None)));
        moves.extend((self.setup.faults.partitions > 0).then_some((Action::Heal, None)));
        moves.into_iter().filter_map(|(action, mishap)| Some((action, self.after(state, action, mishap)?))).collect()
    }

    /// What happens where nothing goes wrong.
    fn usual(&self, world: &World<A>) -> Vec<Action> {
        let topology = world.topology();
        let mut actions: Vec<Action> =
            topology.processes().flat_map(|process| wishes(world, process, &self.setup)).collect();
        let comes_and_goes =
            |process: &ProcessId| [Action::Join { process: *process }, Action::Leave { process: *process }];
        let later = self.moments.iter().find(|moment| **moment > world.now());
        actions.extend(later.map(|until| Action::Wait { until: *until }));
        actions.extend(topology.newcomers().iter().flat_map(comes_and_goes));
        for channel in topology.channels() {
            let mut places = self.places(world, channel);
            if self.ordered.contains(&channel) {
                places.truncate(1);
            }
            actions.extend(places.into_iter().flat_map(|position| world.ways_to_deliver(channel, position)));
            actions.extend(world.to_send_again(channel).map(|number| Action::SendAgain { channel, number }));
        }
        actions
    }

    /// What goes wrong, whether or not it may happen once more.
    fn mishaps(&self, world: &World<A>, moves: &mut Vec<Move>) {
        let (topology, faults) = (world.topology(), self.setup.faults);
        let Faults { target, copied, .. } = faults;
        for channel in topology.channels() {
            for position in self.places(world, channel) {
                if position > 0 && self.ordered.contains(&channel) {
                    let ways = world.ways_to_deliver(channel, position).into_iter();
                    moves.extend(ways.map(|way| (way, Some(Mishap::Overtaking))));
                }
                if target.hits(world.in_channel(channel).nth(position as usize)) {
                    moves.push((Action::Lose { channel, position }, Some(Mishap::Loss)));
                    moves.push((Action::Corrupt { channel, position }, Some(Mishap::Corruption)));
                    moves.push((Action::Duplicate { channel, position, copy: copied }, Some(Mishap::Copy)));
                }
            }
        }
        for process in topology.processes() {
            moves.push((Action::Crash { process }, Some(Mishap::Crash)));
            moves.push((Action::Crash { process }, Some(Mishap::Amnesia)));
        }
        if faults.partitions > 0 {
            // The first process is on the other side: it does not matter which side is called the group.
            let sides = 1_u64 << topology.process_count().clamp(1, Faults::MOST_PARTED).saturating_sub(1);
            let apart = (1..sides).map(|side| Action::Partition { group: Group(side << 1) });
            moves.extend(apart.map(|action| (action, Some(Mishap::Partition))));
        }
    }

    /// The state after an action; none if it cannot be done, or must not go wrong once more.
    fn after(&self, state: &State<A>, action: Action, mishap: Option<Mishap>) -> Option<State<A>> {
        if mishap.is_some_and(|mishap| !self.setup.faults.allow(mishap, state.used))
            || state.world.check(action).is_err()
        {
            return None;
        }
        let (mut next, mut events) = (state.clone(), Vec::new());
        next.world.apply(action, &mut events).ok()?;
        if let Some(book) = &mut next.book {
            events.iter().for_each(|event| book.follow(&self.system.topology, event));
        }
        next.used = mishap.map_or(state.used, |mishap| state.used.and(mishap));
        match (action, mishap) {
            (Action::Crash { process }, Some(Mishap::Amnesia)) => next.away.0 |= Group::of([process])?.0,
            (Action::Restart { process }, _) => next.away.0 &= !Group::of([process])?.0,
            _ => {}
        }
        Some(next)
    }

    /// The positions of the items in a channel, or in the network under it; where these have no order, of equal ones the first.
    fn places(&self, world: &World<A>, channel: ChannelId) -> Vec<u32> {
        let has_order = world.topology().channel(channel).order == Order::Fifo || self.ordered.contains(&channel);
        if has_order && !world.topology().is_repaired(channel) {
            return (0..u32::try_from(world.items_in(channel)).unwrap_or(u32::MAX)).collect();
        }
        let mut first = BTreeMap::new();
        let numbers = world.numbers_in(channel).chain(std::iter::repeat(0));
        for (position, number) in (0..world.items_in(channel)).zip(numbers) {
            let mut bytes = Vec::new();
            if !world.topology().is_repaired(channel) {
                world.pack_item(channel, position, self.detail(), &mut bytes);
            }
            first.entry((number, bytes)).or_insert(u32::try_from(position).unwrap_or(u32::MAX));
        }
        first.into_values().collect()
    }
}
