//! Two branches side by side: where they part, and what each snapshot comes to on either, at the end of each.

use crate::catalogue::Lang;
use crate::catalogue::branches::BranchText;
use crate::session::Session;
use crate::verdict::{Standing, standing};
use crate::words::list;
use cutline_core::history::NodeId;
use cutline_core::judge::judge;
use cutline_core::{ChannelId, Event, Method, ProcessId, Snapshot, SnapshotId, Trace, World};
use std::rc::Rc;

/// The comparison that was made last, with what it is of.
pub(crate) type Known = ((NodeId, NodeId, Lang), Rc<Comparison>);

/// The current branch and another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The numbers of both branches, as people count them.
    pub numbers: [usize; 2],
    /// How many steps they have in common.
    pub common: usize,
    /// What each does next; empty where it ends there.
    pub next: [String; 2],
    /// The snapshots begun on either.
    pub snapshots: Vec<SnapshotComparison>,
}

/// A snapshot on both branches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotComparison {
    /// The snapshot.
    pub snapshot: SnapshotId,
    /// How it stands on each.
    pub standings: [Standing; 2],
    /// That in words.
    pub standing_words: [String; 2],
    /// What each has recorded, and where.
    pub lines: Vec<Line>,
}

/// One recorded thing on both branches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The process or channel.
    pub name: String,
    /// What was recorded on each.
    pub recorded: [String; 2],
    /// At which step a process recorded, on each.
    pub at: [Option<usize>; 2],
    /// Whether what was recorded differs.
    pub differs: bool,
}

/// A branch at its end.
struct Outcome<'a> {
    world: World<Method>,
    trace: Trace<'a>,
}

impl Outcome<'_> {
    fn snapshot(&self, id: SnapshotId) -> Option<&Snapshot> {
        self.world.snapshots().get(id.index()).filter(|snapshot| snapshot.has_begun())
    }

    /// At which step a process recorded.
    fn recorded_at(&self, id: SnapshotId, wanted: ProcessId) -> Option<usize> {
        self.trace.events().find_map(|(step, event)| match *event {
            Event::Recorded { process, snapshot, .. } if snapshot == id && process == wanted => Some(step),
            _ => None,
        })
    }
}

impl Session {
    /// The current branch beside the one chosen to compare it with; none if none is chosen. Both are looked at as they
    /// are in the end. Asks the judge, so it is made once for each pair: O(steps) for each snapshot.
    #[must_use]
    pub fn comparison(&self) -> Option<Rc<Comparison>> {
        let of = (self.history().tip(), self.ghost()?, self.lang());
        let mut known = self.branches.compared.borrow_mut();
        if known.as_ref().is_none_or(|(known, _)| *known != of) {
            *known = Some((of, Rc::new(self.compare([of.0, of.1]))));
        }
        known.as_ref().map(|(_, comparison)| comparison.clone())
    }

    fn compare(&self, tips: [NodeId; 2]) -> Comparison {
        let paths = tips.map(|tip| self.history().path(tip));
        let common = paths[0].iter().zip(&paths[1]).take_while(|(a, b)| a == b).count();
        let next = [0, 1].map(|side| paths[side].get(common).map(|node| self.deed(*node)).unwrap_or_default());
        let outcomes =
            tips.map(|tip| Outcome { world: self.history().world_at(tip), trace: self.history().trace_of(tip) });
        let most = outcomes.iter().map(|outcome| outcome.world.snapshots().len()).max().unwrap_or(0);
        let begun = |id: &SnapshotId| outcomes.iter().any(|outcome| outcome.snapshot(*id).is_some());
        let tree = self.branch_tree();
        Comparison {
            numbers: tips.map(|tip| tree.iter().position(|branch| branch.tip == tip).unwrap_or(0) + 1),
            common: common - 1,
            next,
            snapshots: (0..most)
                .map(SnapshotId::at)
                .filter(begun)
                .map(|id| self.compare_snapshot(id, [&outcomes[0], &outcomes[1]]))
                .collect(),
        }
    }

    fn compare_snapshot(&self, id: SnapshotId, sides: [&Outcome<'_>; 2]) -> SnapshotComparison {
        let standings = sides.map(|side| match side.snapshot(id) {
            Some(_) => standing(&judge(&side.trace, id)),
            None => Standing::None,
        });
        let channel_line = |channel| self.channel_line(channel, sides.map(|side| side.snapshot(id)));
        let processes = self.topology().processes().map(|process| self.process_line(process, id, sides));
        SnapshotComparison {
            snapshot: id,
            standings,
            standing_words: standings.map(|standing| self.standing_words(standing)),
            lines: processes.chain(self.topology().channels().filter_map(channel_line)).collect(),
        }
    }

    fn process_line(&self, process: ProcessId, id: SnapshotId, sides: [&Outcome<'_>; 2]) -> Line {
        let states = sides.map(|side| side.snapshot(id).and_then(|snapshot| snapshot.process(process)));
        Line {
            name: self.process_name(process),
            recorded: states.map(|state| state.map(|state| self.state_words(state)).unwrap_or_default()),
            at: sides.map(|side| side.recorded_at(id, process)),
            differs: states[0] != states[1],
        }
    }

    /// A channel in which either has recorded something.
    fn channel_line(&self, channel: ChannelId, sides: [Option<&Snapshot>; 2]) -> Option<Line> {
        let recorded = sides.map(|side| {
            let kept = side.map_or(&[][..], |snapshot| snapshot.channel(channel).messages());
            kept.iter().map(|kept| self.payload_words(kept.payload)).collect::<Vec<_>>()
        });
        let differs = recorded[0] != recorded[1];
        let something = recorded.iter().any(|kept| !kept.is_empty());
        let words = |side: usize| match sides[side] {
            Some(_) if recorded[side].is_empty() => self.say(BranchText::EmptyChannel, &[]),
            _ => list(self.lang(), &recorded[side]),
        };
        let line = Line { name: self.channel_name(channel), recorded: [0, 1].map(words), at: [None; 2], differs };
        something.then_some(line)
    }
}
