//! Opening any step of a long run.

use crate::events::{Random, pick, system};
use crate::{Clock, Memory};
use cutline_core::{Action, ChandyLamport, ChannelId, History, Payload, ProcessId, SnapshotId, World};

/// How long it takes.
#[derive(Clone, Copy, Debug)]
pub struct Seek {
    /// Of the middle one.
    pub median_nanoseconds: u64,
    /// Of the one that 99 of a hundred are not slower than.
    pub late_nanoseconds: u64,
    /// Of the slowest.
    pub slowest_nanoseconds: u64,
    /// Memory of the history, where it was measured.
    pub bytes_per_event: Option<u64>,
}

/// What a run is like.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// That in words.
    pub name: &'static str,
    processes: usize,
    /// Of a hundred attempts so many are to send, the others to receive; none for sending and receiving in turn.
    sends: Option<u64>,
    snapshots: u16,
}

/// From what is easy to open to what is hard: many messages under way, and much that was recorded.
pub const LOADS: [Load; 4] = [
    Load { name: "3 processes, in turn", processes: 3, sends: None, snapshots: 0 },
    Load { name: "3 processes, 9 of 10 send", processes: 3, sends: Some(90), snapshots: 0 },
    Load { name: "64 processes, 6 of 10 send", processes: 64, sends: Some(60), snapshots: 0 },
    Load { name: "64 processes, 8 of 10 send, 64 snapshots", processes: 64, sends: Some(80), snapshots: 64 },
];

/// How many rounds there are; of each step the best counts.
pub const ROUNDS: usize = 3;

/// Opening a thousand steps all over a run, piece by piece, so that whoever measures can do something else between.
#[derive(Debug)]
pub struct Seeking {
    load: Load,
    actions: usize,
    history: History<ChandyLamport>,
    random: Random,
    tries: usize,
    begun: u16,
    memory_before: Option<u64>,
    memory: Option<u64>,
    times: Vec<u64>,
}

impl Seeking {
    /// Processes that each send to 15 others, or to all if there are fewer. Nothing has happened.
    #[must_use]
    pub fn new(load: Load, actions: usize, memory: Memory<'_>) -> Self {
        let memory_before = memory.map(|bytes| bytes());
        let history = History::new(World::new(system(load.processes), ChandyLamport::default()));
        let (random, times) = (Random::new(), vec![u64::MAX; 1000]);
        Self { load, actions, history, random, tries: 0, begun: 0, memory_before, memory: None, times }
    }

    /// Goes on by at most so many actions; whether the run is as long as it is to be. Snapshots begin all over it.
    pub fn grow(&mut self, by: usize, memory: Memory<'_>) -> bool {
        let end = self.actions.min(self.history.len() + by);
        while self.history.len() < end {
            let action = self.next_action();
            // What is refused because nothing is there is no action.
            _ = self.history.act(action);
        }
        if self.history.len() == self.actions {
            self.memory = memory.map(|bytes| bytes() - self.memory_before.unwrap_or(0));
        }
        self.history.len() == self.actions
    }

    fn next_action(&mut self) -> Action {
        let Load { sends, snapshots, .. } = self.load;
        let channels = self.history.world().topology().channel_count();
        let (channel, sends) = match sends {
            None => (self.tries / 2 % channels, self.tries.is_multiple_of(2)),
            Some(sends) => {
                let drawn = self.random.next();
                (pick(drawn, channels), drawn % 100 < sends)
            }
        };
        self.tries += 1;
        let channel = ChannelId::at(channel);
        let is_due = |begun: u16| self.history.len() >= usize::from(begun) * self.actions / usize::from(snapshots);
        if self.begun < snapshots && is_due(self.begun) {
            self.begun += 1;
            Action::Initiate { process: ProcessId(0), snapshot: SnapshotId(self.begun - 1) }
        } else if sends {
            Action::Send { channel, payload: Payload(1) }
        } else {
            Action::Deliver { channel, position: 0 }
        }
    }

    /// One round: never two neighbours in turn, in every round the same steps in the same order.
    pub fn round(&mut self, clock: Clock<'_>) {
        let mut step = 0;
        self.history.seek(step);
        for best in &mut self.times {
            step = (step + self.actions * 618 / 1000 + 1) % self.actions;
            let start = clock();
            self.history.seek(step);
            *best = (*best).min(clock() - start);
        }
    }

    /// What was found.
    #[must_use]
    pub fn figures(mut self) -> Seek {
        self.times.sort_unstable();
        Seek {
            median_nanoseconds: self.times[self.times.len() / 2],
            late_nanoseconds: self.times[self.times.len() * 99 / 100],
            slowest_nanoseconds: self.times[self.times.len() - 1],
            bytes_per_event: self.memory.map(|bytes| bytes / self.actions as u64),
        }
    }
}

/// All of it at once.
#[must_use]
pub fn measure(load: Load, actions: usize, clock: Clock<'_>, memory: Memory<'_>) -> Seek {
    let mut seeking = Seeking::new(load, actions, memory);
    while !seeking.grow(actions, memory) {}
    (0..ROUNDS).for_each(|_| seeking.round(clock));
    seeking.figures()
}
