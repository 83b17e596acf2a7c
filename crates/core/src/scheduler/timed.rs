//! A random run in a time of its own: everything that is under way has a moment at which it arrives.

use super::{Latency, Scheduler, timers};
use crate::action::Action;
use crate::algorithm::Algorithm;
use crate::computation::{Offer, Payload};
use crate::ids::{ChannelId, ProcessId};
use crate::random::SplitMix64;
use crate::topology::Order;
use crate::world::World;
use std::collections::BTreeMap;

/// Draws for every item how long it is under way, by the distribution of its channel; what is due first comes
/// first. On a FIFO channel nothing is due before what is ahead of it. If there are pauses, each process does
/// something of its own accord after every pause, drawn from what it can do then; such a run may go on for ever.
///
/// The delay of an item depends on the seed and on how many items were sent before it, so that one seed gives one
/// run on every machine and in every version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timed {
    seed: u64,
    channels: Vec<Latency>,
    others: Latency,
    pauses: Option<Latency>,
    most: i64,
    now: u64,
    /// By age: when the item arrives.
    due: BTreeMap<u64, u64>,
    /// By process: when its pause is over, and how many it has had.
    rested: Vec<(u64, u64)>,
}

impl Timed {
    /// A run of this seed in which every channel has this distribution, and processes do nothing by themselves.
    #[must_use]
    pub fn new(seed: u64, latency: Latency) -> Self {
        let (channels, due, rested) = (Vec::new(), BTreeMap::new(), Vec::new());
        Self { seed, channels, others: latency, pauses: None, most: 1, now: 0, due, rested }
    }

    /// The same with a distribution of its own for one channel.
    #[must_use]
    pub fn with_channel(mut self, channel: ChannelId, latency: Latency) -> Self {
        let count = self.channels.len().max(channel.index() + 1);
        self.channels.resize(count, self.others.clone());
        self.channels[channel.index()] = latency;
        self
    }

    /// The same with processes that do something after every pause, sending at most so much money at a time.
    #[must_use]
    pub fn with_pauses(mut self, pauses: Latency, most: i64) -> Self {
        (self.pauses, self.most) = (Some(pauses), most.max(1));
        self
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.now
    }

    /// When an item arrives, as far as this scheduler has seen it.
    #[must_use]
    pub fn due<A: Algorithm>(&self, world: &World<A>, channel: ChannelId, position: u32) -> Option<u64> {
        self.due.get(&world.age(channel, position)?).copied()
    }

    /// Gives everything that is new in a channel its moment, and forgets what has arrived.
    fn look<A: Algorithm>(&mut self, world: &World<A>) {
        let before = std::mem::take(&mut self.due);
        for channel in world.topology().channels() {
            let latency = self.channels.get(channel.index()).unwrap_or(&self.others);
            let fifo = world.topology().channel(channel).order == Order::Fifo;
            let mut ahead = 0;
            for age in (0..).map_while(|position| world.age(channel, position)) {
                let new = || self.now.saturating_add(latency.draw(&mut SplitMix64::of(self.seed, age * 2)));
                let due = before.get(&age).copied().unwrap_or_else(new).max(ahead);
                ahead = if fifo { due } else { 0 };
                self.due.insert(age, due);
            }
        }
        let pauses = self.pauses.as_ref();
        while let Some(pauses) = pauses.filter(|_| self.rested.len() < world.topology().process_count()) {
            let process = self.rested.len();
            self.rested.push((self.now.saturating_add(pauses.draw(&mut Self::own(self.seed, process, 0))), 0));
        }
    }

    /// The stream of a process for what it does after its `nth` pause.
    fn own(seed: u64, process: usize, nth: u64) -> SplitMix64 {
        SplitMix64::of(seed, ((process as u64) << 40 | nth) * 2 + 1)
    }

    /// What is due first, with its moment: an arrival before a doing at the same time.
    fn first<A: Algorithm>(&self, world: &World<A>) -> Option<(u64, What)> {
        let arrival = |action: Action| {
            let Action::Deliver { channel, position } = action else { return None };
            let age = world.age(channel, position)?;
            Some((*self.due.get(&age)?, age, action))
        };
        let arrival = world.deliveries().filter_map(arrival).min_by_key(|(due, age, _)| (*due, *age));
        let doing = self.rested.iter().zip(world.topology().processes()).min_by_key(|((due, _), _)| *due);
        match (arrival, doing) {
            (Some((due, _, action)), doing) if doing.is_none_or(|((rested, _), _)| due <= *rested) => {
                Some((due, What::Do(action)))
            }
            (_, Some(((due, _), process))) => Some((*due, What::Rested(process))),
            (_, None) => None,
        }
    }

    /// What a process does after its pause; it may be nothing.
    fn doing<A: Algorithm>(&mut self, world: &World<A>, process: ProcessId) -> Option<Action> {
        let (due, nth) = self.rested[process.index()];
        let mut random = Self::own(self.seed, process.index(), nth);
        let pauses = self.pauses.as_ref()?;
        let pause = pauses.draw(&mut random).max(1);
        self.rested[process.index()] = (due.saturating_add(pause), nth + 1);
        let mut drawn = |end: usize| random.below(end as u64) as usize;
        let offers = world.offers(process);
        let action = match *offers.get(drawn(offers.len()))? {
            Offer::Amount { most } => {
                let outgoing = world.topology().outgoing(process);
                let channel = *outgoing.get(drawn(outgoing.len()))?;
                let most = usize::try_from(most.min(self.most)).unwrap_or(1);
                Action::Send { channel, payload: Payload(i64::try_from(1 + drawn(most)).unwrap_or(1)) }
            }
            Offer::Message { channel, payload } => Action::Send { channel, payload },
            Offer::Act { choice } => Action::Act { process, choice },
            Offer::Follow { rule } => Action::Follow { rule, position: 0 },
        };
        world.check(action).is_ok().then_some(action)
    }
}

enum What {
    Do(Action),
    Rested(ProcessId),
}

/// After so many pauses in which nobody did anything there is nothing to be done.
const IDLE_ROUNDS: usize = 64;

impl<A: Algorithm> Scheduler<A> for Timed {
    fn next(&mut self, world: &World<A>) -> Option<Action> {
        self.look(world);
        if let Some(ring) = timers(world).next() {
            return Some(ring);
        }
        for _ in 0..=IDLE_ROUNDS * self.rested.len() {
            let (due, what) = self.first(world)?;
            self.now = self.now.max(due);
            match what {
                What::Do(action) => return Some(action),
                What::Rested(process) => {
                    if let Some(action) = self.doing(world, process) {
                        return Some(action);
                    }
                }
            }
        }
        None
    }
}
