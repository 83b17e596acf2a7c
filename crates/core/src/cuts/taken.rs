//! The checkpoints that processes took in a run, and what is lost if it has to go back to them.

use super::order::EventOrder;
use super::recovery::{Checkpoints, RecoveryLine};
use crate::event::Event;
use crate::ids::{ProcessId, SnapshotId};
use crate::trace::Trace;
use std::collections::BTreeMap;

impl Checkpoints {
    /// The checkpoints of a run: wherever a process recorded its state, for whichever snapshot, and has not forgotten it; and
    /// the initial states. `order` is that of the run. None if the run goes back to a recorded state, since then its events are
    /// not one order. Takes time in the number of events.
    #[must_use]
    pub fn of_trace(order: &EventOrder, trace: &Trace<'_>) -> Option<Self> {
        let topology = &trace.system.topology;
        let mut done = vec![0_u32; topology.process_count()];
        let mut noted: BTreeMap<(ProcessId, u32), u32> = BTreeMap::new();
        let mut taken: BTreeMap<(ProcessId, SnapshotId), u32> = BTreeMap::new();
        for (_, event) in trace.events() {
            let now = &mut done[event.process(topology).index()];
            *now += u32::from(event.state_after().is_some());
            match *event {
                Event::Restored { .. } => return None,
                Event::Noted { process, number, .. } => _ = noted.insert((process, number), *now),
                Event::Recorded { process, snapshot, noted: note, .. } => {
                    let then = note.and_then(|number| noted.get(&(process, number)).copied());
                    taken.entry((process, snapshot)).or_insert(then.unwrap_or(*now));
                }
                Event::Discarded { process, snapshot } => _ = taken.remove(&(process, snapshot)),
                _ => {}
            }
        }
        let of = |wanted: ProcessId| {
            let own = taken.iter().filter(|((process, _), _)| *process == wanted).map(|(_, events)| *events);
            let mut all: Vec<u32> = own.chain([0]).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        Self::new(order, topology.processes().map(of).collect()).ok()
    }

    /// The recovery line if these processes fail: they come back at their last checkpoints, and the others go on from where
    /// they are unless they have to go back. None if these are not checkpoints of that order.
    #[must_use]
    pub fn after_failure(&self, order: &EventOrder, failed: &[ProcessId]) -> Option<RecoveryLine> {
        let survivors = (0..order.process_count()).map(ProcessId::at).filter(|process| !failed.contains(process));
        let checkpoints = survivors.fold(self.clone(), |all, process| all.surviving(order, process));
        order.recovery_line(&checkpoints, &checkpoints.last()).ok().map(|(line, _)| line)
    }
}
