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

const ROUNDS: usize = 3;

/// Opens a thousand steps all over a run of so many actions, never two neighbours in turn; of several rounds the best counts for
/// each step.
#[must_use]
pub fn measure(load: Load, actions: usize, clock: Clock<'_>, memory: Memory<'_>) -> Seek {
    let before = memory.map(|bytes| bytes());
    let mut history = long_run(load, actions);
    let bytes = memory.map(|bytes| bytes() - before.unwrap_or(0));
    let mut times = vec![u64::MAX; 1000];
    let mut step = 0;
    for _ in 0..ROUNDS {
        for best in &mut times {
            step = (step + actions * 618 / 1000 + 1) % actions;
            let start = clock();
            history.seek(step);
            *best = (*best).min(clock() - start);
        }
        // Each round opens the same steps in the same order.
        step = 0;
        history.seek(step);
    }
    times.sort_unstable();
    Seek {
        median_nanoseconds: times[times.len() / 2],
        late_nanoseconds: times[times.len() * 99 / 100],
        slowest_nanoseconds: times[times.len() - 1],
        bytes_per_event: bytes.map(|bytes| bytes / actions as u64),
    }
}

/// Processes that each send to 15 others, or to all if there are fewer. Snapshots begin all over the run.
fn long_run(load: Load, actions: usize) -> History<ChandyLamport> {
    let system = system(load.processes);
    let channels = system.topology.channel_count();
    let mut history = History::new(World::new(system, ChandyLamport::default()));
    let mut random = Random::new();
    let (mut tries, mut begun) = (0, 0);
    while history.len() < actions {
        let (channel, sends) = match load.sends {
            None => (tries / 2 % channels, tries % 2 == 0),
            Some(sends) => {
                let drawn = random.next();
                (pick(drawn, channels), drawn % 100 < sends)
            }
        };
        tries += 1;
        let channel = ChannelId::at(channel);
        let action =
            if begun < load.snapshots && history.len() >= usize::from(begun) * actions / usize::from(load.snapshots) {
                begun += 1;
                Action::Initiate { process: ProcessId(0), snapshot: SnapshotId(begun - 1) }
            } else if sends {
                Action::Send { channel, payload: Payload(1) }
            } else {
                Action::Deliver { channel, position: 0 }
            };
        // What is refused because nothing is there is no action.
        _ = history.act(action);
    }
    history
}
