//! Happened-before, by vector clocks (Fidge 1988; Mattern 1989). Only events of the application tick.

use crate::event::Event;
use crate::ids::MessageId;
use crate::topology::Topology;
use std::collections::BTreeMap;

/// How many events of each process somebody knows of.
pub type VectorClock = Vec<u32>;

/// The clocks of all processes while a run goes by. A step takes time in the number of processes.
#[derive(Clone, Debug)]
pub struct Clocks<'a> {
    topology: &'a Topology,
    processes: Vec<VectorClock>,
    messages: BTreeMap<MessageId, VectorClock>,
}

impl<'a> Clocks<'a> {
    /// All clocks at zero.
    #[must_use]
    pub fn new(topology: &'a Topology) -> Self {
        let zero = vec![0; topology.process_count()];
        Self { topology, processes: vec![zero; topology.process_count()], messages: BTreeMap::new() }
    }

    /// Takes note of the next event of the run.
    pub fn follow(&mut self, event: &Event) {
        let process = event.process(self.topology).index();
        if matches!(event, Event::Restored { .. }) {
            // The run begins anew, and so does all knowledge of it.
            self.processes[process].fill(0);
        }
        if event.state_after().is_none() {
            return;
        }
        if let Event::Received { message, .. } = event
            && let Some(sent) = self.messages.get(message)
        {
            for (own, theirs) in self.processes[process].iter_mut().zip(sent) {
                *own = (*own).max(*theirs);
            }
        }
        self.processes[process][process] += 1;
        if let Event::Sent { message, .. } = event {
            self.messages.insert(*message, self.processes[process].clone());
        }
    }

    /// The clock of each process after the events so far.
    #[must_use]
    pub fn processes(&self) -> &[VectorClock] {
        &self.processes
    }
}

/// Whether a cut is consistent, given the clock of each process at it, none for those that are not cut: nobody knows
/// of more events of a process than that process has inside the cut.
#[must_use]
pub fn is_consistent(cut: &[Option<VectorClock>]) -> bool {
    let all = || cut.iter().enumerate().filter_map(|(at, clock)| Some((at, clock.as_ref()?)));
    all().all(|(i, own)| all().all(|(_, other)| own[i] >= other[i]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_back_forgets_what_was_known() {
        let mut topology = Topology::new();
        let p = topology.add_process("p").unwrap();
        let q = topology.add_process("q").unwrap();
        let channel = topology.add_channel(None, p, q, crate::topology::Order::Fifo).unwrap();
        let (message, number, payload) = (MessageId(0), 1, crate::Payload(1));
        let state = crate::LocalState::Money(1);
        let mut clocks = Clocks::new(&topology);
        clocks.follow(&Event::Sent { message, channel, number, payload, state });
        clocks.follow(&Event::Received { message, channel, number, payload, state });
        assert_eq!(clocks.processes(), [[1, 0], [1, 1]]);
        for process in [p, q] {
            clocks.follow(&Event::Restored { process, snapshot: crate::SnapshotId(0), state });
        }
        let message = MessageId(1);
        clocks.follow(&Event::Resent { message, channel, number, payload });
        assert_eq!(clocks.processes(), [[0, 0], [0, 0]]);
        clocks.follow(&Event::Received { message, channel, number, payload, state });
        assert_eq!(clocks.processes(), [[0, 0], [0, 1]]);
    }

    #[test]
    fn a_cut_in_which_somebody_knows_too_much_is_inconsistent() {
        assert!(is_consistent(&[Some(vec![1, 0]), Some(vec![1, 2])]));
        assert!(!is_consistent(&[Some(vec![0, 0]), Some(vec![1, 2])]));
    }
}
