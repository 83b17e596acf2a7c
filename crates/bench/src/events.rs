//! Events a second with every event recorded, against a bare loop that does what no simulator can do without: draw a
//! random number, put something into a queue or take it out, and write a line of a log.

use crate::Clock;
use cutline_core::computation::Bank;
use cutline_core::topology::Order;
use cutline_core::{Action, ChandyLamport, ChannelId, Computation, Event, Payload, System, Topology, World};
use std::collections::VecDeque;
use std::hint::black_box;
use std::sync::Arc;

const ROUNDS: usize = 5;
/// Every process sends to this many others at the most, so that 64 processes have about 1,000 channels.
const REACH: usize = 15;

/// Nanoseconds an event, in tenths.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// Of the bare loop.
    pub bare_tenths: u64,
    /// Of the world.
    pub world_tenths: u64,
}

/// Measures both in turn and keeps the best of each.
#[must_use]
pub fn measure(processes: usize, events: usize, clock: Clock<'_>) -> Rate {
    let system = system(processes);
    let channels = system.topology.channel_count();
    let mut best = Rate { bare_tenths: u64::MAX, world_tenths: u64::MAX };
    for _ in 0..ROUNDS {
        let start = clock();
        let log = bare_loop(channels, events);
        best.bare_tenths = best.bare_tenths.min((clock() - start) * 10 / log.len() as u64);
        // What was written is read, or a compiler may leave out the writing.
        black_box(log.iter().fold(0, |sum, line| line.sum() ^ sum));

        let start = clock();
        let log = world_run(&system, events);
        best.world_tenths = best.world_tenths.min((clock() - start) * 10 / log.len() as u64);
        black_box(log.iter().filter(|event| matches!(event, Event::Sent { .. })).count());
    }
    best
}

/// A bank in which everybody can send to 15 others, or to all if there are fewer.
#[must_use]
pub fn system(processes: usize) -> Arc<System> {
    let mut topology = Topology::new();
    for at in 0..processes {
        topology.add_process(&format!("P{at}")).expect("a new name");
    }
    for from in topology.processes() {
        for to in topology.processes().filter(|to| *to != from) {
            if (to.index() + processes - from.index()) % processes <= REACH {
                topology.add_channel(None, from, to, Order::Fifo).expect("a new channel");
            }
        }
    }
    let bank = Bank::new(vec![1000; processes]).expect("little money");
    Arc::new(System { topology, computation: Computation::Bank(bank) })
}

/// A line of the bare loop's log, as large as it needs to be to tell the same story.
struct Line {
    received: bool,
    channel: u32,
    number: u64,
    payload: u64,
    state: u64,
}

impl Line {
    fn sum(&self) -> u64 {
        u64::from(self.received) ^ u64::from(self.channel) ^ self.number ^ self.payload ^ self.state
    }
}

fn bare_loop(channels: usize, events: usize) -> Vec<Line> {
    let mut random = Random::new();
    let mut queues: Vec<VecDeque<u64>> = vec![VecDeque::new(); channels];
    let mut log = Vec::with_capacity(events);
    while log.len() < events {
        let drawn = random.next();
        let channel = pick(drawn, channels);
        let queue = &mut queues[channel];
        let payload = if drawn & 1 == 0 {
            queue.push_back(drawn);
            Some(drawn)
        } else {
            queue.pop_front()
        };
        if let Some(payload) = payload {
            let number = log.len() as u64;
            let channel = u32::try_from(channel).unwrap_or_default();
            log.push(Line { received: drawn & 1 == 1, channel, number, payload, state: drawn });
        }
    }
    log
}

fn world_run(system: &Arc<System>, events: usize) -> Vec<Event> {
    let mut random = Random::new();
    let mut world = World::new(system.clone(), ChandyLamport::default());
    let channels = system.topology.channel_count();
    let mut log = Vec::with_capacity(events + 1);
    while log.len() < events {
        let drawn = random.next();
        let channel = ChannelId::at(pick(drawn, channels));
        let action = if drawn & 1 == 0 {
            Action::Send { channel, payload: Payload(1) }
        } else {
            Action::Deliver { channel, position: 0 }
        };
        // What is refused (nothing there, no money) is no event, as in the bare loop.
        _ = world.apply(action, &mut log);
    }
    log
}

fn pick(drawn: u64, channels: usize) -> usize {
    (((drawn >> 32) * channels as u64) >> 32) as usize
}

/// Marsaglia's xorshift, the cheapest that will do.
struct Random(u64);

impl Random {
    fn new() -> Self {
        Self(88_172_645_463_325_252)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}
