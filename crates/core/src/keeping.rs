//! Keeping collected snapshots so that they outlive processes: every part on several of them, and a new snapshot in place
//! of the old one in two phases, so that whoever reads gets a whole one, the old or the new.
//!
//! The part of a process is kept by itself and by so many others after it in the order of declaration, so each is
//! still somewhere when any so many of them are gone. The two phases are those of J. Gray, "Notes on Data Base Operating
//! Systems", 1978, section 5.8.3: everybody has the new parts beside the old ones before anybody drops an old one. For
//! the consistency of a cut none of this is needed; it is about what is left of a snapshot afterwards.
//!
//! Whoever has read the new one may read the old one again if all are lost that had committed by then; to keep that away
//! takes agreement among the keepers, which is not here.
//!
//! No action or message of a run does any of it: [`kept`] works out from a run's events what is left of its snapshots, and
//! `interrupted` goes through all steps by which a [`Store`] puts one in place of another.

mod interrupted;
mod kept;

pub use interrupted::{Change, Half, MAX_KEEPERS, MAX_STATES, Told, Tried, changes, told_of};
pub use kept::{KeptPart, KeptSnapshot, kept, kept_of};

use crate::collection::{Part, whole_of};
use crate::ids::ProcessId;
use crate::snapshot::Snapshot;
use crate::topology::Topology;
use std::sync::Arc;

/// How complete snapshots are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeping {
    /// On how many others each part is kept, besides the process that recorded it.
    pub others: usize,
    /// How a snapshot takes the place of the one before it.
    pub phases: Phases,
}

impl Default for Keeping {
    /// Everybody keeps its own part alone.
    fn default() -> Self {
        Self { others: 0, phases: Phases::Two }
    }
}

/// Who keeps the part of a process among those that are there: itself, and so many others after it in the order of
/// declaration, as far as there are others.
pub fn keepers(there: &[bool], of: ProcessId, others: usize) -> impl Iterator<Item = ProcessId> {
    let count = there.len();
    let own = there[of.index()].then_some(of);
    let next = (1..count).map(move |at| ProcessId::at((of.index() + at) % count)).filter(|by| there[by.index()]);
    own.into_iter().chain(next.take(others))
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

/// What somebody reads who asks all that are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seen {
    /// Nobody has committed any snapshot.
    Nothing,
    /// The snapshot before the one that is being written, whole.
    Old,
    /// The one that is being written, whole.
    New,
    /// One of which parts are nowhere.
    Half,
}

/// What a process keeps of one snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Held {
    version: u32,
    /// The snapshot with nothing recorded: who belongs to it.
    blank: Arc<Snapshot>,
    parts: Vec<Arc<Part>>,
}

/// What one process keeps.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct Shelf {
    committed: Option<Held>,
    prepared: Option<Held>,
    lost: bool,
    /// Whether it was there when the snapshot that is being written was begun.
    asked: bool,
}

/// The snapshots that are kept, by who keeps them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    topology: Arc<Topology>,
    keeping: Keeping,
    shelves: Vec<Shelf>,
    /// The snapshot that is being written, by part, and by whom each part is kept.
    writing: Vec<(Arc<Part>, Vec<ProcessId>)>,
    blank: Arc<Snapshot>,
    version: u32,
    /// How many have yet to say that they have the parts of the new snapshot.
    unprepared: usize,
}

impl Store {
    /// An empty store. Whoever takes no part in snapshots keeps nothing.
    #[must_use]
    pub fn new(topology: Arc<Topology>, keeping: Keeping) -> Self {
        let shelf = |process| Shelf { lost: !topology.takes_part(process), ..Shelf::default() };
        let shelves = topology.processes().map(shelf).collect();
        let blank = Arc::new(Snapshot::empty(&topology));
        Self { topology, keeping, shelves, writing: Vec::new(), blank, version: 0, unprepared: 0 }
    }

    /// Begins to write a snapshot; whether it could: it has to be complete, everybody that recorded a part there, and the
    /// one before written to the end wherever somebody is left.
    pub fn begin(&mut self, snapshot: &Snapshot) -> bool {
        let behind = |shelf: &Shelf| {
            !shelf.lost && shelf.asked && shelf.committed.as_ref().map_or(0, |held| held.version) < self.version
        };
        if snapshot.is_partial() || !snapshot.is_complete() || self.shelves.iter().any(behind) {
            return false;
        }
        let there: Vec<bool> = self.shelves.iter().map(|shelf| !shelf.lost).collect();
        let members = self.topology.processes().filter(|process| !snapshot.is_outside(*process));
        let part = |process: ProcessId| {
            let part = Part::of(snapshot, process, &self.topology).filter(|_| there[process.index()])?;
            Some((Arc::new(part), keepers(&there, process, self.keeping.others).collect()))
        };
        let Some(writing) = members.map(part).collect::<Option<Vec<_>>>() else { return false };
        self.writing = writing;
        self.unprepared = there.iter().filter(|there| **there).count();
        self.shelves.iter_mut().for_each(|shelf| shelf.asked = !shelf.lost);
        self.blank = Arc::new(snapshot.blank());
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
            StoreStep::Prepare(_) => shelf.asked && !has(&shelf.prepared) && !has(&shelf.committed),
            StoreStep::Commit(_) => has(&shelf.prepared) && self.unprepared == 0,
            StoreStep::Lose(_) => true,
        }
    }

    fn prepare(&mut self, process: ProcessId) {
        let kept = self.writing.iter().filter(|(_, keepers)| keepers.contains(&process));
        let parts = kept.map(|(part, _)| part.clone()).collect();
        let held = Held { version: self.version, blank: self.blank.clone(), parts };
        let shelf = &mut self.shelves[process.index()];
        match self.keeping.phases {
            Phases::Two => shelf.prepared = Some(held),
            Phases::One => shelf.committed = Some(held),
        }
        self.unprepared -= 1;
    }

    /// Somebody who was gone is there again, and remembers nothing.
    pub(crate) fn come_back(&mut self, process: ProcessId) {
        self.shelves[process.index()] = Shelf::default();
    }

    /// What somebody reads who asks all that are left: the newest snapshot that somebody has committed, put together from
    /// whatever is kept of it; none if there is none, or parts of it are nowhere.
    #[must_use]
    pub fn read(&self) -> Option<Snapshot> {
        let newest = self.newest()?;
        whole_of(self.parts_of(newest.version), Snapshot::clone(&newest.blank))
    }

    /// Which of the two that is.
    #[must_use]
    pub fn seen(&self) -> Seen {
        match (self.newest(), self.read()) {
            (None, _) => Seen::Nothing,
            (Some(_), None) => Seen::Half,
            (Some(newest), Some(_)) if newest.version == self.version => Seen::New,
            (Some(_), Some(_)) => Seen::Old,
        }
    }

    /// Whose parts of the newest snapshot are somewhere, in the order of declaration.
    #[must_use]
    pub fn found(&self) -> Vec<ProcessId> {
        let parts = self.newest().into_iter().flat_map(|newest| self.parts_of(newest.version));
        let mut found: Vec<ProcessId> = parts.map(|part| part.process).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn newest(&self) -> Option<&Held> {
        self.shelves.iter().filter_map(|shelf| shelf.committed.as_ref()).max_by_key(|held| held.version)
    }

    fn parts_of(&self, version: u32) -> impl Iterator<Item = &Part> {
        let held = self.shelves.iter().flat_map(|shelf| shelf.committed.iter().chain(&shelf.prepared));
        held.filter(move |held| held.version == version).flat_map(|held| &held.parts).map(AsRef::as_ref)
    }

    /// Who is there.
    fn there(&self) -> impl Iterator<Item = ProcessId> {
        self.topology.processes().filter(|process| !self.shelves[process.index()].lost)
    }

    /// What tells this state from the others that steps lead to, a byte a process.
    fn key(&self) -> Vec<u8> {
        let now = |held: &Option<Held>| u8::from(held.as_ref().is_some_and(|held| held.version == self.version));
        let shelf = |shelf: &Shelf| u8::from(shelf.lost) << 2 | now(&shelf.prepared) << 1 | now(&shelf.committed);
        let unprepared = u8::try_from(self.unprepared).unwrap_or(u8::MAX);
        self.shelves.iter().map(shelf).chain([unprepared]).collect()
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
        let mut store = Store::new(topology.clone(), Keeping { others: COPIES, phases });
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
            let mut written = Store::new(topology.clone(), Keeping { others: copies, phases: Phases::Two });
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
        let mut store = Store::new(topology.clone(), Keeping { others: COPIES, phases: Phases::Two });
        assert!(!store.begin(&Snapshot::empty(&topology)));
        assert!(steps(&topology)[..2].iter().all(|step| !store.step(*step)), "nothing is being written");
        assert_eq!(store.read(), None);
    }
}
