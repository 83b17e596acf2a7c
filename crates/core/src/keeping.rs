//! Keeping collected snapshots so that they outlive processes: every part on several of them, and a new snapshot in place
//! of the old one in two phases, so that whoever reads gets a whole one, the old or the new.
//!
//! The part of a process is kept by itself and by the `copies` processes after it in the order of declaration, so each is
//! still somewhere when any `copies` of them are gone. The two phases are those of J. Gray, "Notes on Data Base Operating
//! Systems", 1978, section 5.8.3: everybody has the new parts beside the old ones before anybody drops an old one. For
//! the consistency of a cut none of this is needed; it is about what is left of a snapshot afterwards.
//!
//! Whoever has read the new one may read the old one again if all are lost that had committed by then; to keep that away
//! takes agreement among the keepers, which is not here.
//!
//! Not part of a run: what happens here are steps of a store, and who is lost stays lost.

use crate::collection::{Part, whole_of};
use crate::ids::ProcessId;
use crate::snapshot::Snapshot;
use crate::topology::Topology;
use std::sync::Arc;

/// Who keeps the part of a process, itself first: itself and so many others, as far as there are others.
pub fn keepers(topology: &Topology, of: ProcessId, copies: usize) -> impl Iterator<Item = ProcessId> + use<> {
    let count = topology.process_count();
    (0..count.min(copies + 1)).map(move |at| ProcessId::at((of.index() + at) % count))
}

/// How a new snapshot takes the place of the one that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phases {
    /// Everybody keeps the new parts beside the old ones, and drops the old ones at a word that goes out when all have.
    Two,
    /// Everybody drops the old parts as the new ones come. Wrong, to show why.
    One,
}

/// What happens to a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreStep {
    /// The parts of the new snapshot reach a process, which writes them down and says so.
    Prepare(ProcessId),
    /// A process hears that all have them, and drops what it had before. The first to hear is who decides.
    Commit(ProcessId),
    /// A process is gone for good, with all that it kept.
    Lose(ProcessId),
}

/// What a process keeps of one snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Held {
    version: u32,
    parts: Vec<Arc<Part>>,
}

/// What one process keeps.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct Shelf {
    committed: Option<Held>,
    prepared: Option<Held>,
    lost: bool,
}

/// The snapshots that are kept, by who keeps them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    topology: Arc<Topology>,
    copies: usize,
    phases: Phases,
    shelves: Vec<Shelf>,
    /// The snapshot that is being written, by part.
    writing: Vec<Arc<Part>>,
    version: u32,
    /// How many have said that they have the parts of the new snapshot.
    prepared: usize,
}

impl Store {
    /// An empty store, with so many copies of each part besides the one at its own process.
    #[must_use]
    pub fn new(topology: Arc<Topology>, copies: usize, phases: Phases) -> Self {
        let shelves = vec![Shelf::default(); topology.process_count()];
        Self { topology, copies, phases, shelves, writing: Vec::new(), version: 0, prepared: 0 }
    }

    /// Begins to write a snapshot; whether it could: it has to be complete, and the one before written to the end
    /// wherever somebody is left.
    pub fn begin(&mut self, snapshot: &Snapshot) -> bool {
        let parts = self.topology.processes().map(|process| Part::of(snapshot, process, &self.topology));
        let Some(parts) = parts.map(|part| part.map(Arc::new)).collect::<Option<Vec<_>>>() else { return false };
        if self
            .shelves
            .iter()
            .any(|shelf| !shelf.lost && shelf.committed.as_ref().map_or(0, Held::version) < self.version)
        {
            return false;
        }
        (self.writing, self.prepared) = (parts, 0);
        self.version += 1;
        true
    }

    /// Does a step, if it can be done now.
    pub fn step(&mut self, step: StoreStep) -> bool {
        let can = self.can(step);
        if can {
            match step {
                StoreStep::Prepare(process) => self.prepare(process),
                StoreStep::Commit(process) => {
                    let shelf = &mut self.shelves[process.index()];
                    shelf.committed = shelf.prepared.take();
                }
                StoreStep::Lose(process) => {
                    self.shelves[process.index()] = Shelf { lost: true, ..Shelf::default() };
                }
            }
        }
        can
    }

    fn can(&self, step: StoreStep) -> bool {
        let (StoreStep::Prepare(process) | StoreStep::Commit(process) | StoreStep::Lose(process)) = step;
        let Some(shelf) = self.shelves.get(process.index()).filter(|shelf| !shelf.lost) else { return false };
        let has = |held: &Option<Held>| held.as_ref().is_some_and(|held| held.version == self.version);
        match step {
            StoreStep::Prepare(_) => self.version > 0 && !has(&shelf.prepared) && !has(&shelf.committed),
            StoreStep::Commit(_) => has(&shelf.prepared) && self.prepared == self.shelves.len(),
            StoreStep::Lose(_) => true,
        }
    }

    fn prepare(&mut self, process: ProcessId) {
        let keeps = |part: &&Arc<Part>| keepers(&self.topology, part.process, self.copies).any(|by| by == process);
        let held = Held { version: self.version, parts: self.writing.iter().filter(keeps).cloned().collect() };
        let shelf = &mut self.shelves[process.index()];
        match self.phases {
            Phases::Two => shelf.prepared = Some(held),
            Phases::One => shelf.committed = Some(held),
        }
        self.prepared += 1;
    }

    /// What somebody reads who asks all that are left: the newest snapshot that somebody has committed, put together from
    /// whatever is kept of it; none if there is none, or parts of it are nowhere.
    #[must_use]
    pub fn read(&self) -> Option<Snapshot> {
        let newest = self.shelves.iter().filter_map(|shelf| shelf.committed.as_ref()).map(Held::version).max()?;
        let held = self.shelves.iter().flat_map(|shelf| shelf.committed.iter().chain(&shelf.prepared));
        let parts = held.filter(|held| held.version == newest).flat_map(|held| &held.parts);
        whole_of(parts.map(AsRef::as_ref), &self.topology)
    }
}

impl Held {
    fn version(&self) -> u32 {
        self.version
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::computation::LocalState;
    use crate::topology::Order;

    const COPIES: usize = 1;
    const PROCESSES: u16 = 4;

    fn ring() -> Arc<Topology> {
        let mut topology = Topology::new();
        (0..PROCESSES).for_each(|at| _ = topology.add_process(&format!("p{at}")).unwrap());
        for from in 0..PROCESSES {
            topology.add_channel(None, ProcessId(from), ProcessId((from + 1) % PROCESSES), Order::Fifo).unwrap();
        }
        Arc::new(topology)
    }

    fn snapshot(topology: &Topology, amount: i64) -> Snapshot {
        let mut snapshot = Snapshot::empty(topology);
        topology.processes().for_each(|process| snapshot.record(process, LocalState::Money(amount)));
        topology.channels().for_each(|channel| snapshot.close(channel));
        snapshot
    }

    fn steps(topology: &Topology) -> Vec<StoreStep> {
        let kinds = [StoreStep::Prepare, StoreStep::Commit, StoreStep::Lose];
        kinds.into_iter().flat_map(|kind| topology.processes().map(kind)).collect()
    }

    /// A store that holds the old snapshot and is about to be given the new one.
    fn about_to_change(phases: Phases) -> (Store, [Snapshot; 2]) {
        let topology = ring();
        let both = [snapshot(&topology, 1), snapshot(&topology, 2)];
        let mut store = Store::new(topology.clone(), COPIES, phases);
        assert!(store.begin(&both[0]) && !store.begin(&both[1]), "one after the other");
        assert!(topology.processes().all(|process| store.step(StoreStep::Prepare(process))));
        let committed = topology.processes().all(|process| store.step(StoreStep::Commit(process)));
        assert!(committed || phases == Phases::One);
        assert_eq!(store.read().as_ref(), Some(&both[0]));
        assert!(store.begin(&both[1]));
        (store, both)
    }

    /// Every state that steps lead to, with so many losses at most, and what is read there.
    fn all_that_is_read(store: Store, most_lost: usize) -> Vec<Option<Snapshot>> {
        let (mut seen, mut at) = (vec![store], 0);
        while let Some(store) = seen.get(at).cloned() {
            for step in steps(&store.topology) {
                let mut next = store.clone();
                let lost = |store: &Store| store.shelves.iter().filter(|shelf| shelf.lost).count();
                if next.step(step) && lost(&next) <= most_lost && !seen.contains(&next) {
                    seen.push(next);
                }
            }
            at += 1;
        }
        seen.iter().map(Store::read).collect()
    }

    #[test]
    fn in_two_phases_the_old_or_the_new_one_is_read_whoever_is_lost_and_when() {
        let (store, both) = about_to_change(Phases::Two);
        let read = all_that_is_read(store, COPIES);
        assert!(read.len() > 100, "only {} states", read.len());
        for one in &read {
            assert!(one.as_ref().is_some_and(|one| both.contains(one)), "{one:?}");
        }
        assert!(both.iter().all(|one| read.contains(&Some(one.clone()))), "each of them is read somewhere");
    }

    #[test]
    fn in_one_phase_it_is_neither() {
        let (store, _) = about_to_change(Phases::One);
        assert!(all_that_is_read(store, 0).contains(&None), "half of the new one, and half of the old");
    }

    #[test]
    fn it_survives_as_many_losses_as_there_are_copies_and_no_more() {
        let topology = ring();
        let whole = snapshot(&topology, 7);
        for copies in 0..usize::from(PROCESSES) {
            let mut written = Store::new(topology.clone(), copies, Phases::Two);
            written.begin(&whole);
            topology.processes().for_each(|process| _ = written.step(StoreStep::Prepare(process)));
            topology.processes().for_each(|process| _ = written.step(StoreStep::Commit(process)));
            let survives = |lost: u32| {
                let mut store = written.clone();
                let gone = topology.processes().filter(|process| lost >> process.0 & 1 == 1);
                gone.for_each(|process| _ = store.step(StoreStep::Lose(process)));
                store.read().as_ref() == Some(&whole)
            };
            let of = |count: usize| (0..1_u32 << PROCESSES).filter(move |lost| lost.count_ones() as usize == count);
            assert!((0..=copies).all(|count| of(count).all(survives)), "{copies} copies");
            assert!(!of(copies + 1).all(survives), "{copies} copies, and one more lost");
        }
    }

    #[test]
    fn a_snapshot_that_is_not_complete_is_not_kept() {
        let topology = ring();
        let mut store = Store::new(topology.clone(), COPIES, Phases::Two);
        assert!(!store.begin(&Snapshot::empty(&topology)));
        assert!(steps(&topology)[..2].iter().all(|step| !store.step(*step)), "nothing is being written");
        assert_eq!(store.read(), None);
    }
}
