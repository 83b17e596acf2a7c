//! Events a second with every event recorded, against a bare loop that does what no simulator can do without: draw a
//! random number, put something into a queue or take it out, and write a line of a log.

use crate::Clock;
use cutline_core::computation::{Bank, LocalState};
use cutline_core::topology::Order;
use cutline_core::{Action, ChandyLamport, ChannelId, Computation, Event, Payload, ProcessId, SnapshotId};
use cutline_core::{System, Topology, World};
use std::collections::VecDeque;
use std::hint::black_box;
use std::sync::Arc;

const ROUNDS: usize = 5;
/// Every process sends to this many others at the most, so that 64 processes have about 1,000 channels.
const REACH: usize = 15;
/// One action may bring about several events: as many as all markers of a process with many channels.
const SLACK: usize = 100;

/// Nanoseconds an event, in tenths.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// Of the bare loop.
    pub bare_tenths: u64,
    /// Of the world.
    pub world_tenths: u64,
}

impl Rate {
    const UNKNOWN: Self = Self { bare_tenths: u64::MAX, world_tenths: u64::MAX };

    /// One round: each writes its log once, and the better figures stay.
    fn improve(&mut self, lines: &mut Vec<Line>, log: &mut Vec<Event>, runs: &Runs<'_>) {
        let start = (runs.clock)();
        bare_loop(runs.system.topology.channel_count(), runs.events, lines);
        self.bare_tenths = self.bare_tenths.min(((runs.clock)() - start) * 10 / lines.len() as u64);
        // What was written is read, or a compiler may leave out the writing.
        black_box(lines.iter().fold(0, |sum, line| line.sum() ^ sum));

        let start = (runs.clock)();
        world_run(runs.system, runs.events, log);
        self.world_tenths = self.world_tenths.min(((runs.clock)() - start) * 10 / log.len() as u64);
        black_box(log.iter().filter(|event| matches!(event, Event::Sent { .. })).count());
    }
}

/// What both sides do in every round.
struct Runs<'a> {
    system: &'a Arc<System>,
    events: usize,
    clock: Clock<'a>,
}

/// Both, measured in turn, with the best of each: first with logs in memory that nothing has used before, as that of
/// a run that goes on always is; then with logs written over old ones, which leaves out what new memory costs.
///
/// Memory once used is used, so it is not given back: about 500 bytes for each of the `events` are lost.
#[must_use]
pub fn measure(processes: usize, events: usize, clock: Clock<'_>) -> (Rate, Rate) {
    let system = system(processes);
    let runs = Runs { system: &system, events, clock };
    let (mut new, mut used) = (Rate::UNKNOWN, Rate::UNKNOWN);
    for _ in 0..ROUNDS {
        let (mut lines, mut log) = (Vec::with_capacity(events), Vec::with_capacity(events + SLACK));
        new.improve(&mut lines, &mut log, &runs);
        // Never given back: an allocator would hand it out again as if it were new.
        std::mem::forget((lines, log));
    }
    let (mut lines, mut log) = (Vec::with_capacity(events), Vec::with_capacity(events + SLACK));
    new.improve(&mut lines, &mut log, &runs);
    for _ in 0..ROUNDS {
        lines.clear();
        log.clear();
        used.improve(&mut lines, &mut log, &runs);
    }
    std::mem::forget((lines, log));
    (new, used)
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
    let bank = Bank::new(vec![1_000_000; processes]).expect("not too much money");
    Arc::new(System { topology, computation: Computation::Bank(bank) })
}

/// What the bare loop puts into a queue: as much as a line about taking it out has to tell.
#[derive(Clone, Copy)]
struct Message {
    message: u32,
    number: u32,
    payload: i64,
}

/// A line of the bare loop's log: all that an event of the application tells, no more.
struct Line {
    received: bool,
    channel: u16,
    message: Message,
    state: LocalState,
}

/// Both logs take the same memory.
const _: () = assert!(size_of::<Line>() == size_of::<Event>());

impl Line {
    fn sum(&self) -> i64 {
        let LocalState::Money(amount) = self.state else { return 0 };
        let Message { message, number, payload } = self.message;
        i64::from(self.received) ^ i64::from(self.channel) ^ i64::from(message ^ number) ^ payload ^ amount
    }
}

fn bare_loop(channels: usize, events: usize, log: &mut Vec<Line>) {
    let mut random = Random::new();
    let mut queues: Vec<VecDeque<Message>> = vec![VecDeque::new(); channels];
    while log.len() < events {
        let drawn = random.next();
        let channel = pick(drawn, channels);
        let queue = &mut queues[channel];
        let received = drawn & 1 == 1;
        let message = if received {
            queue.pop_front()
        } else {
            let name = log.len() as u32;
            let message = Message { message: name, number: name, payload: 1 };
            queue.push_back(message);
            Some(message)
        };
        if let Some(message) = message {
            log.push(Line { received, channel: channel as u16, message, state: LocalState::Money(drawn as i64) });
        }
    }
}

/// The run begins with a snapshot, whose markers go their way among the messages.
fn world_run(system: &Arc<System>, events: usize, log: &mut Vec<Event>) {
    let mut random = Random::new();
    let mut world = World::new(system.clone(), ChandyLamport::default());
    let channels = system.topology.channel_count();
    let begin = Action::Initiate { process: ProcessId(0), snapshot: SnapshotId(0) };
    world.apply(begin, log).expect("the first snapshot");
    while log.len() < events {
        let drawn = random.next();
        let channel = ChannelId::at(pick(drawn, channels));
        let action = if drawn & 1 == 0 {
            Action::Send { channel, payload: Payload(1) }
        } else {
            Action::Deliver { channel, position: 0 }
        };
        // What is refused because nothing is there is no event, as in the bare loop.
        _ = world.apply(action, log);
    }
}

/// One of so many.
pub(crate) fn pick(drawn: u64, channels: usize) -> usize {
    (((drawn >> 32) * channels as u64) >> 32) as usize
}

/// Marsaglia's xorshift, the cheapest that will do.
#[derive(Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new() -> Self {
        Self(88_172_645_463_325_252)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}
