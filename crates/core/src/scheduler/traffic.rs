//! Processes that send and receive at random, in no time of their own.

use super::Scheduler;
use crate::action::Action;
use crate::algorithm::Algorithm;
use crate::computation::{Offer, Payload};
use crate::ids::{ChannelId, ProcessId};
use crate::random::SplitMix64;
use crate::topology::Order;
use crate::world::World;

/// Draws a process and lets it receive, send or act. What it draws depends on the seed, on the number of the draw and on
/// the world, and on nothing that it has seen before: whoever knows how many steps a run has can go on with it, and ten
/// draws and then ten more are twenty.
///
/// A choice takes time in the number of channels of one process, however large the system is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traffic {
    seed: u64,
    step: u64,
    most: i64,
}

/// How often a process is drawn before all of them are asked in turn.
const ATTEMPTS: u64 = 16;

impl Traffic {
    /// The traffic of this seed from the `step`-th draw on, sending at most so much money at a time.
    #[must_use]
    pub fn new(seed: u64, step: u64, most: i64) -> Self {
        Self { seed, step, most: most.max(1) }
    }

    fn of_process<A: Algorithm>(
        &self,
        world: &World<A>,
        process: ProcessId,
        random: &mut SplitMix64,
    ) -> Option<Action> {
        let waiting: usize = world.topology().incoming(process).iter().map(|c| world.in_channel(*c).len()).sum();
        // The more waits, the sooner it is received: so that channels neither run dry nor over.
        let receives_first = random.below(4) < if waiting > 1 { 3 } else { 1 };
        if receives_first {
            receipt(world, process, random).or_else(|| self.doing(world, process, random))
        } else {
            self.doing(world, process, random).or_else(|| receipt(world, process, random))
        }
    }

    /// Something that the process does of its own accord.
    fn doing<A: Algorithm>(&self, world: &World<A>, process: ProcessId, random: &mut SplitMix64) -> Option<Action> {
        let offers = world.offers(process);
        let action = match *offers.get(index(random, offers.len()))? {
            Offer::Amount { most } => {
                let outgoing = world.topology().outgoing(process);
                let channel = *outgoing.get(index(random, outgoing.len()))?;
                let most = u64::try_from(most.min(self.most)).unwrap_or(1);
                Action::Send { channel, payload: Payload(i64::try_from(1 + random.below(most)).unwrap_or(1)) }
            }
            Offer::Message { channel, payload } => Action::Send { channel, payload },
            Offer::Act { choice } => Action::Act { process, choice },
            Offer::Follow { rule } => Action::Follow { rule, position: 0 },
        };
        world.check(action).is_ok().then_some(action)
    }
}

/// A delivery to the process, from one of its channels; the first is drawn, the others follow in turn.
fn receipt<A: Algorithm>(world: &World<A>, process: ProcessId, random: &mut SplitMix64) -> Option<Action> {
    let incoming = world.topology().incoming(process);
    let first = index(random, incoming.len());
    let channels = incoming[first..].iter().chain(&incoming[..first]);
    let mut delivery = |channel: &ChannelId| {
        let held = world.in_channel(*channel).len();
        let position = match world.topology().channel(*channel).order {
            Order::Fifo => 0,
            Order::Unordered => index(random, held),
        };
        let action = Action::Deliver { channel: *channel, position: u32::try_from(position).ok()? };
        (held > 0 && world.check(action).is_ok()).then_some(action)
    };
    channels.into_iter().find_map(&mut delivery)
}

fn index(random: &mut SplitMix64, count: usize) -> usize {
    usize::try_from(random.below(count as u64)).unwrap_or(0)
}

impl<A: Algorithm> Scheduler<A> for Traffic {
    fn next(&mut self, world: &World<A>) -> Option<Action> {
        let mut random = SplitMix64::of(self.seed, self.step);
        self.step += 1;
        let processes = world.topology().process_count();
        for _ in 0..ATTEMPTS {
            let process = ProcessId::at(index(&mut random, processes));
            if let Some(action) = self.of_process(world, process, &mut random) {
                return Some(action);
            }
        }
        let stubborn = |process| self.of_process(world, process, &mut random);
        let any = world.topology().processes().find_map(stubborn);
        any.or_else(|| world.deliveries().next()).or_else(|| super::timers(world).next())
    }
}
