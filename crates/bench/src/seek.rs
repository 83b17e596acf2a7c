//! Opening any step of a long run.

use crate::events::system;
use crate::{Clock, Memory};
use cutline_core::{Action, ChandyLamport, ChannelId, History, Payload, World};

/// How long it takes.
#[derive(Clone, Copy, Debug)]
pub struct Seek {
    /// Of the middle one.
    pub median_nanoseconds: u64,
    /// Of the slowest.
    pub slowest_nanoseconds: u64,
    /// Memory of the history, where it was measured.
    pub bytes_per_event: Option<u64>,
}

/// Opens a thousand steps all over a run of so many actions, never two neighbours in turn.
#[must_use]
pub fn measure(actions: usize, clock: Clock<'_>, memory: Memory<'_>) -> Seek {
    let before = memory.map(|bytes| bytes());
    let mut history = long_run(actions);
    let bytes = memory.map(|bytes| bytes() - before.unwrap_or(0));
    let mut step = 0;
    let mut times: Vec<u64> = (0..1000)
        .map(|_| {
            step = (step + actions * 618 / 1000 + 1) % actions;
            let start = clock();
            history.seek(step);
            clock() - start
        })
        .collect();
    times.sort_unstable();
    Seek {
        median_nanoseconds: times[times.len() / 2],
        slowest_nanoseconds: times[times.len() - 1],
        bytes_per_event: bytes.map(|bytes| bytes / actions as u64),
    }
}

/// Three processes that send and receive in turn.
fn long_run(actions: usize) -> History<ChandyLamport> {
    let system = system(3);
    let channels = system.topology.channel_count();
    let mut history = History::new(World::new(system, ChandyLamport::default()));
    for at in 0..actions {
        let channel = ChannelId::at(at / 2 % channels);
        let action = if at % 2 == 0 {
            Action::Send { channel, payload: Payload(1) }
        } else {
            Action::Deliver { channel, position: 0 }
        };
        history.act(action).expect("there is always money, and what is sent can be received");
    }
    history
}
