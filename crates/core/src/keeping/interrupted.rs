//! What somebody reads while a later snapshot of a run is put in place of an earlier one, wherever that stops and whoever is
//! lost: all orders of the store's steps are gone through, fewest steps first.

use super::kept::Presence;
use super::{Keeping, KeptSnapshot, Phases, Seen, Store, StoreStep, kept};
use crate::ids::{ProcessId, SnapshotId};
use crate::snapshot::Snapshot;
use crate::trace::Trace;
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

/// With more keepers than this not all orders of steps are gone through.
pub const MAX_KEEPERS: usize = 10;
/// After so many states that is given up.
pub const MAX_STATES: usize = 200_000;

/// One snapshot in place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The one that is kept.
    pub old: SnapshotId,
    /// The one that is written.
    pub new: SnapshotId,
    /// Before the writing begins, and after each of its steps if nobody is lost and one process comes after the other.
    pub told: Vec<Told>,
    /// How many may be lost at any time: as many as both can do without.
    pub losses: usize,
    /// What is read in all orders of steps; none if there are too many.
    pub tried: Option<Tried>,
}

/// What is read after a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The step; none before the first.
    pub step: Option<StoreStep>,
    /// What is read.
    pub seen: Seen,
}

/// What is read in all states that steps lead to.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Tried {
    /// How many states there are.
    pub states: usize,
    /// In how many of them the old one is read, whole.
    pub old: usize,
    /// In how many of them the new one is read, whole.
    pub new: usize,
    /// The fewest steps after which neither is read.
    pub half: Option<Half>,
}

/// A moment at which no whole snapshot is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Half {
    /// The steps that lead there.
    pub steps: Vec<StoreStep>,
    /// Whose parts are found.
    pub found: Vec<ProcessId>,
}

/// Every complete snapshot of a run but the first, in place of the one that was kept before it. One that cannot be put
/// together when the next comes, or whose parts are not all there to be copied, is left out. Goes through up to
/// [`MAX_STATES`] states for each.
#[must_use]
pub fn changes(trace: &Trace<'_>, snapshots: &[Snapshot], keeping: Keeping) -> Vec<Change> {
    let kept = in_turn(trace, snapshots, keeping);
    let pairs = kept.iter().zip(kept.iter().skip(1));
    pairs.filter_map(|(old, new)| change(trace, snapshots, keeping, old, new)).collect()
}

/// Which snapshot this one takes the place of, and what is read meanwhile if nobody is lost: as in [`Change::told`], without going
/// through all orders of steps.
#[must_use]
pub fn told_of(
    trace: &Trace<'_>,
    snapshots: &[Snapshot],
    keeping: Keeping,
    new: SnapshotId,
) -> Option<(SnapshotId, Vec<Told>)> {
    let kept = in_turn(trace, snapshots, keeping);
    let at = kept.iter().position(|kept| kept.snapshot == new)?;
    let old = kept.get(at.checked_sub(1)?)?;
    let store = about_to_change(trace, snapshots, keeping, old, &kept[at])?;
    let there: Vec<ProcessId> = store.there().collect();
    Some((old.snapshot, told(store, &there, keeping.phases)))
}

/// In the order in which they were complete.
fn in_turn(trace: &Trace<'_>, snapshots: &[Snapshot], keeping: Keeping) -> Vec<KeptSnapshot> {
    let mut kept = kept(trace, snapshots, keeping);
    kept.sort_by_key(|kept| kept.after_step);
    kept
}

fn change(
    trace: &Trace<'_>,
    snapshots: &[Snapshot],
    keeping: Keeping,
    old: &KeptSnapshot,
    new: &KeptSnapshot,
) -> Option<Change> {
    let store = about_to_change(trace, snapshots, keeping, old, new)?;
    let there: Vec<ProcessId> = store.there().collect();
    let losses = losses(&store, new, old, &there)?;
    let tried = (there.len() <= MAX_KEEPERS).then(|| tried(&store, &there, losses)).flatten();
    let told = told(store, &there, keeping.phases);
    Some(Change { old: old.snapshot, new: new.snapshot, told, losses, tried })
}

/// How many of those that are there may be lost, whoever they are, for the old one and the new one.
fn losses(store: &Store, new: &KeptSnapshot, old: &KeptSnapshot, there: &[ProcessId]) -> Option<usize> {
    let has = |by: &&ProcessId| there.contains(by) && store.shelves[by.index()].committed.is_some();
    let of_old = old.parts.iter().map(|part| part.keepers.iter().filter(has).count()).min();
    let of_new = new.parts.iter().map(|part| part.keepers.len()).min();
    of_old.min(of_new).and_then(|fewest| fewest.checked_sub(1))
}

/// A store that holds the old one, as far as it is left, and is about to be given the new one.
fn about_to_change(
    trace: &Trace<'_>,
    snapshots: &[Snapshot],
    keeping: Keeping,
    old: &KeptSnapshot,
    new: &KeptSnapshot,
) -> Option<Store> {
    let topology = &trace.system.topology;
    let (before, after) = (Presence::at(trace, old.after_step), Presence::at(trace, new.after_step));
    let mut store = Store::new(Arc::new(topology.clone()), keeping);
    let set = |store: &mut Store, process: ProcessId, is_there: bool, has_all: bool| {
        if !is_there || !has_all {
            store.step(StoreStep::Lose(process));
        }
        if is_there && store.shelves[process.index()].lost {
            store.come_back(process);
        }
    };
    topology.processes().for_each(|of| set(&mut store, of, before.there[of.index()], true));
    if !store.begin(&snapshots[old.snapshot.index()]) {
        return None;
    }
    for kind in [StoreStep::Prepare, StoreStep::Commit] {
        topology.processes().for_each(|process| _ = store.step(kind(process)));
    }
    for of in topology.processes() {
        set(&mut store, of, after.there[of.index()], after.has_from(of, old.after_step));
    }
    let parts_are_there = new.parts.iter().all(|part| part.keepers.first() == Some(&part.of));
    (store.seen() == Seen::New && parts_are_there && store.begin(&snapshots[new.snapshot.index()])).then_some(store)
}

fn told(mut store: Store, there: &[ProcessId], phases: Phases) -> Vec<Told> {
    let mut all = vec![Told { step: None, seen: store.seen() }];
    let kinds = match phases {
        Phases::Two => &[StoreStep::Prepare as fn(ProcessId) -> StoreStep, StoreStep::Commit][..],
        Phases::One => &[StoreStep::Prepare as fn(ProcessId) -> StoreStep][..],
    };
    for step in kinds.iter().flat_map(|kind| there.iter().map(|process| kind(*process))) {
        if store.step(step) {
            all.push(Told { step: Some(step), seen: store.seen() });
        }
    }
    all
}

/// Every state, breadth first, so that the first half one is one of the nearest.
fn tried(start: &Store, there: &[ProcessId], losses: usize) -> Option<Tried> {
    let kinds = [StoreStep::Prepare, StoreStep::Commit, StoreStep::Lose];
    let steps: Vec<StoreStep> = kinds.into_iter().flat_map(|kind| there.iter().map(move |of| kind(*of))).collect();
    let mut tried = Tried::default();
    let mut seen = BTreeSet::from([start.key()]);
    let mut border = VecDeque::from([(start.clone(), Vec::new(), 0)]);
    while let Some((store, path, lost)) = border.pop_front() {
        tried.states += 1;
        match store.seen() {
            Seen::Old => tried.old += 1,
            Seen::New => tried.new += 1,
            Seen::Nothing | Seen::Half if tried.half.is_none() => {
                tried.half = Some(Half { steps: path.clone(), found: store.found() });
            }
            Seen::Nothing | Seen::Half => {}
        }
        for step in &steps {
            let lost = lost + usize::from(matches!(step, StoreStep::Lose(_)));
            let mut next = store.clone();
            if lost <= losses && next.step(*step) && seen.insert(next.key()) {
                border.push_back((next, path.iter().copied().chain([*step]).collect(), lost));
            }
        }
        if seen.len() > MAX_STATES {
            return None;
        }
    }
    Some(tried)
}
