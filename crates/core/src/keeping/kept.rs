//! What is left of the complete snapshots of a run, if their parts were kept: worked out from its events.
//!
//! Parts are put out to others when the last one is there. Whoever crashes has lost what it kept, unless it has a log on
//! stable storage: then that is out of reach until it is there again. Whoever leaves takes along what it kept.

use super::{Keeping, keepers};
use crate::collection::{Part, whole_of};
use crate::event::Event;
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::snapshot::{ChannelRecord, Snapshot};
use crate::topology::Topology;
use crate::trace::Trace;

/// A complete snapshot whose parts were kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSnapshot {
    /// Which one.
    pub snapshot: SnapshotId,
    /// After which step of the run it was complete, and its parts were kept.
    pub after_step: usize,
    /// The parts, in the order of declaration.
    pub parts: Vec<KeptPart>,
    /// Who kept something of it and has it no more.
    pub gone: Vec<ProcessId>,
}

/// A part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPart {
    /// Whose part it is.
    pub of: ProcessId,
    /// Who kept it, itself first. Nobody, if it was gone before the snapshot was complete.
    pub keepers: Vec<ProcessId>,
    /// Who has it still.
    pub left: Vec<ProcessId>,
}

impl KeptSnapshot {
    /// Whose parts are nowhere any more.
    #[must_use]
    pub fn nowhere(&self) -> Vec<ProcessId> {
        self.parts.iter().filter(|part| part.left.is_empty()).map(|part| part.of).collect()
    }

    /// Whether it can be put together from what is left.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.parts.iter().all(|part| !part.left.is_empty())
    }

    /// The snapshot, put together from what is left; none if parts are nowhere.
    #[must_use]
    pub fn together(&self, recorded: &Snapshot, topology: &Topology) -> Option<Snapshot> {
        let left = self.parts.iter().filter(|part| !part.left.is_empty());
        let parts: Vec<Part> = left.filter_map(|part| Part::of(recorded, part.of, topology)).collect();
        whole_of(parts.iter(), recorded.blank())
    }

    /// Any so many processes could be lost when it was complete, of those parts that were there.
    #[must_use]
    pub fn copies(&self) -> usize {
        let kept = self.parts.iter().map(|part| part.keepers.len()).filter(|keepers| *keepers > 0);
        kept.min().unwrap_or(1) - 1
    }

    /// Any so many processes may be lost from now on; none if parts are nowhere already.
    #[must_use]
    pub fn survives_any(&self) -> Option<usize> {
        self.smallest_loss().len().checked_sub(1)
    }

    /// The fewest processes whose loss from now on takes a part with it, the first of such; nobody if that has happened.
    #[must_use]
    pub fn smallest_loss(&self) -> &[ProcessId] {
        self.parts.iter().map(|part| &part.left[..]).min_by_key(|left| left.len()).unwrap_or_default()
    }

    /// All sets of processes whose loss from now on takes a part with it and that are no larger than need be, small ones first. It
    /// survives just those losses that have none of them in whole.
    #[must_use]
    pub fn losses_too_many(&self) -> Vec<&[ProcessId]> {
        let mut sets: Vec<&[ProcessId]> = Vec::new();
        let mut all: Vec<&[ProcessId]> = self.parts.iter().map(|part| &part.left[..]).collect();
        all.sort_by_key(|left| left.len());
        for left in all {
            if !sets.iter().any(|set| set.iter().all(|by| left.contains(by))) {
                sets.push(left);
            }
        }
        sets
    }

    /// Whether it can be put together when these are lost too.
    #[must_use]
    pub fn survives(&self, lost: &[ProcessId]) -> bool {
        self.parts.iter().all(|part| part.left.iter().any(|by| !lost.contains(by)))
    }
}

/// What is left at the end of a run of each complete snapshot, in the order of their numbers. `snapshots` is what was recorded in
/// it. Takes time in the number of snapshots, times events and processes.
#[must_use]
pub fn kept(trace: &Trace<'_>, snapshots: &[Snapshot], keeping: Keeping) -> Vec<KeptSnapshot> {
    let all = snapshots.iter().enumerate();
    all.filter_map(|(at, snapshot)| kept_of(trace, SnapshotId::at(at), snapshot, keeping)).collect()
}

/// The same of one; none unless it is complete. One that stands by checkpoints or leaves channels to the transport is more than
/// its parts, and is none either.
#[must_use]
pub fn kept_of(trace: &Trace<'_>, id: SnapshotId, snapshot: &Snapshot, keeping: Keeping) -> Option<KeptSnapshot> {
    if !snapshot.is_over() || snapshot.is_partial() {
        return None;
    }
    let (moment, at_the_end) = (Moment::of(trace, id, snapshot), Presence::at(trace, trace.steps.len()));
    let part = |process: ProcessId| moment.part(process, &at_the_end, keeping.others);
    let members = trace.system.topology.processes().filter(|process| !snapshot.is_outside(*process));
    let parts: Vec<KeptPart> = members.map(part).collect();
    let mut gone: Vec<ProcessId> = parts.iter().flat_map(KeptPart::gone).collect();
    gone.sort_unstable();
    gone.dedup();
    Some(KeptSnapshot { snapshot: id, after_step: moment.step, parts, gone })
}

impl KeptPart {
    fn gone(&self) -> impl Iterator<Item = ProcessId> {
        self.keepers.iter().copied().filter(|by| !self.left.contains(by))
    }
}

/// The moment at which a snapshot was complete.
struct Moment {
    step: usize,
    presence: Presence,
    /// After which step each process had its part.
    done: Vec<usize>,
}

impl Moment {
    fn of(trace: &Trace<'_>, id: SnapshotId, snapshot: &Snapshot) -> Self {
        let topology = &trace.system.topology;
        let mut done = vec![0; topology.process_count()];
        let is_kept = |channel: ChannelId| matches!(snapshot.channel(channel), ChannelRecord::Closed(_));
        for (step, event) in trace.events() {
            match *event {
                Event::Recorded { process, snapshot: of, .. } if of == id => done[process.index()] = step,
                Event::Closed { snapshot: of, channel } if of == id && is_kept(channel) => {
                    done[topology.channel(channel).to.index()] = step;
                }
                _ => {}
            }
        }
        let recorded = done.iter().copied().max().unwrap_or_default();
        let step = all_gone(trace, snapshot, recorded);
        Self { step, presence: Presence::at(trace, step), done }
    }

    fn part(&self, of: ProcessId, at_the_end: &Presence, others: usize) -> KeptPart {
        let has_own = self.presence.has_from(of, self.done[of.index()]);
        let is_there = self.presence.there[of.index()];
        // Nobody can copy what is out of reach.
        let keepers: Vec<ProcessId> = match (has_own, is_there) {
            (false, _) => Vec::new(),
            (true, false) => vec![of],
            (true, true) => keepers(&self.presence.there, of, others).collect(),
        };
        let has = |by: &ProcessId| at_the_end.there[by.index()] && at_the_end.has_from(*by, self.step);
        let left = keepers.iter().copied().filter(has).collect();
        KeptPart { of, keepers, left }
    }
}

/// After which step all have left that belonged to it while it was being recorded and did not record.
fn all_gone(trace: &Trace<'_>, snapshot: &Snapshot, recorded: usize) -> usize {
    let topology = &trace.system.topology;
    let before = Presence::at(trace, recorded);
    let is_awaited = |process: &ProcessId| {
        snapshot.is_outside(*process) && topology.takes_part(*process) && before.here[process.index()]
    };
    let mut awaited: Vec<ProcessId> = topology.processes().filter(is_awaited).collect();
    let mut last = recorded;
    for (step, event) in trace.events().filter(|(step, _)| *step > recorded) {
        match *event {
            _ if awaited.is_empty() => break,
            Event::Joined { process, .. } => awaited.push(process),
            Event::Departed { process } => {
                awaited.retain(|other| *other != process);
                last = step;
            }
            _ => {}
        }
    }
    last
}

/// Who is there after a step, and how long what it was told has been safe with it.
pub(super) struct Presence {
    /// Who has joined and not left.
    here: Vec<bool>,
    /// Who can keep parts and hand them out: it takes part, is here and runs.
    pub(super) there: Vec<bool>,
    /// After which step it forgot everything last.
    forgot: Vec<usize>,
}

impl Presence {
    pub(super) fn at(trace: &Trace<'_>, until: usize) -> Self {
        let topology = &trace.system.topology;
        let mut here: Vec<bool> = topology.processes().map(|of| !topology.newcomers().contains(&of)).collect();
        let mut runs = vec![true; here.len()];
        let mut forgot = vec![0; here.len()];
        for (step, event) in trace.events().take_while(|(step, _)| *step <= until) {
            match *event {
                Event::Joined { process, .. } => here[process.index()] = true,
                Event::Departed { process } => {
                    (here[process.index()], forgot[process.index()]) = (false, step);
                }
                Event::Crashed { process } => {
                    runs[process.index()] = false;
                    if !topology.keeps_log(process) {
                        forgot[process.index()] = step;
                    }
                }
                Event::Restarted { process, .. } | Event::Restored { process, .. } => runs[process.index()] = true,
                _ => {}
            }
        }
        let is_there = |of: ProcessId| topology.takes_part(of) && here[of.index()] && runs[of.index()];
        let there = topology.processes().map(is_there).collect();
        Self { here, there, forgot }
    }

    /// Whether a process still has what it had after this step.
    pub(super) fn has_from(&self, process: ProcessId, step: usize) -> bool {
        self.forgot[process.index()] <= step
    }
}
