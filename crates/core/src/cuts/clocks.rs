//! The vector clocks of all events at once, from who sent and who received what.

use super::order::{EventKind, Message};
use super::refused::{MAX_CLOCK_NUMBERS, OrderError};

/// The clocks of the events of each process, one after the other (Fidge 1988; Mattern 1989). Takes time in the
/// number of events times that of processes: a process that waits for a message is taken up again when that
/// message is sent.
pub(super) fn clocks(kinds: &[Vec<EventKind>], messages: &[Message]) -> Result<Vec<Vec<u32>>, OrderError> {
    let size = kinds.len();
    let events: usize = kinds.iter().map(Vec::len).sum();
    if events.saturating_mul(size) > MAX_CLOCK_NUMBERS {
        return Err(OrderError::TooLong);
    }
    let mut clocks = vec![Vec::<u32>::new(); size];
    let mut ready: Vec<usize> = (0..size).rev().collect();
    while let Some(process) = ready.pop() {
        while let Some(kind) = kinds[process].get(done(&clocks, process)) {
            let known = clocks[process].len().checked_sub(size).map(|start| clocks[process][start..].to_vec());
            let mut clock = known.unwrap_or_else(|| vec![0; size]);
            if let EventKind::Receive(message) = kind {
                let sent = messages[*message].sent;
                let start = (sent.number as usize - 1) * size;
                let Some(theirs) = clocks[sent.process.index()].get(start..start + size) else { break };
                for (own, theirs) in clock.iter_mut().zip(theirs) {
                    *own = (*own).max(*theirs);
                }
            }
            clock[process] += 1;
            clocks[process].extend(clock);
            if let EventKind::Send(message) = kind
                && let Some(received) = messages[*message].received
                && done(&clocks, received.process.index()) + 1 == received.number as usize
            {
                ready.push(received.process.index());
            }
        }
    }
    match (0..size).find(|process| done(&clocks, *process) < kinds[*process].len()) {
        Some(waiting) => Err(OrderError::Cycle(cycle(kinds, messages, &clocks, waiting))),
        None => Ok(clocks),
    }
}

/// How many events of a process have a clock.
fn done(clocks: &[Vec<u32>], process: usize) -> usize {
    clocks[process].len() / clocks.len()
}

/// Messages each of which is received before the next one is sent, and the last before the first. Whoever waits
/// for a message waits for a process that waits itself, so going from one to the next leads into a circle.
fn cycle(kinds: &[Vec<EventKind>], messages: &[Message], clocks: &[Vec<u32>], waiting: usize) -> Vec<String> {
    let mut path: Vec<(usize, &str)> = Vec::new();
    let mut process = waiting;
    loop {
        if let Some(begin) = path.iter().position(|(known, _)| *known == process) {
            return path[begin..].iter().rev().map(|(_, name)| (*name).to_owned()).collect();
        }
        let Some(EventKind::Receive(message)) = kinds[process].get(done(clocks, process)) else { return Vec::new() };
        let message = &messages[*message];
        path.push((process, &message.name));
        process = message.sent.process.index();
    }
}
