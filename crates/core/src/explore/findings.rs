//! What is found out about each state as it is left.

use super::intern::Interner;
use super::layout::Layout;
use super::link::{Link, read_record};
use super::parts::Parts;
use super::setup::{Exploration, View};
use super::states::StateId;
use super::verdicts::{self, Concluded, Violation};
use crate::explore::Explorable;
use crate::ids::ChannelId;
use std::collections::BTreeSet;

/// Sums over the states left so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings {
    pub(super) complete: u64,
    pub(super) complete_with_control: u64,
    pub(super) terminal: u64,
    pub(super) terminal_incomplete: u64,
    /// By planned snapshot: what was recorded in it.
    pub(super) recorded: Vec<Recorded>,
    pub(super) inconsistent_complete: u64,
    pub(super) incomparable: u64,
    /// In states in which all processes have recorded in every snapshot: what their snapshots show, as one.
    pub(super) violations: Vec<Seen>,
    /// What single snapshots show, however far the others are.
    pub(super) single: Vec<Seen>,
    pub(super) reach_pairs: u64,
    pub(super) reach_violations: u64,
    concluded: Concluded,
}

/// The different states that a snapshot recorded.
#[derive(Clone, Debug, Default)]
pub(super) struct Recorded {
    pub(super) distinct: Interner,
    /// What they add up to; none if nothing is conserved.
    pub(super) totals: BTreeSet<i64>,
    pub(super) outside_base: u64,
    /// By recorded state: the base state that it is.
    base: Vec<Option<StateId>>,
}

/// How often something wrong was seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) violation: Violation,
    pub(super) states: u64,
    pub(super) channels: u64,
    pub(super) first: StateId,
}

impl Findings {
    pub(super) fn new(setup: &Exploration) -> Self {
        Self { recorded: vec![Recorded::default(); setup.snapshots.len()], ..Self::default() }
    }

    /// How many bytes it takes, about.
    pub(super) fn bytes(&self) -> usize {
        let of = |recorded: &Recorded| {
            recorded.distinct.bytes() + recorded.base.capacity() * 8 + recorded.totals.len() * size_of::<i64>() * 2
        };
        self.recorded.iter().map(of).sum::<usize>() + self.concluded.bytes()
    }

    /// Whether there is anything to note of a state: false for most.
    pub(super) fn concerns<A: Explorable>(parts: &Parts<A>, layout: &Layout, state: &[u64], terminal: bool) -> bool {
        let (recorded, done) = progress(parts, layout, state);
        let counts = if parts.setup.view == View::Tagged { recorded } else { done };
        let wanted = parts.setup.all_snapshots();
        terminal || counts & wanted != 0 || wanted == 0
    }

    /// Looks at a state. Most are not complete, for which a few comparisons of bits suffice.
    pub(super) fn inspect<A: Explorable>(
        &mut self,
        parts: &Parts<A>,
        link: Option<&mut Link>,
        layout: &Layout,
        (id, state): (StateId, &[u64]),
        terminal: bool,
    ) {
        let wanted = parts.setup.all_snapshots();
        let (recorded, done) = progress(parts, layout, state);
        let complete = done & wanted == wanted;
        self.terminal += u64::from(terminal);
        self.terminal_incomplete += u64::from(terminal && !complete);
        if parts.setup.view == View::Tagged && recorded & wanted != 0 {
            self.judge(parts, layout, (id, state), complete);
        }
        if complete {
            self.complete += 1;
            self.complete_with_control += u64::from(has_control(parts, layout, state));
        }
        if parts.setup.view != View::Tagged && done & wanted != 0 {
            self.note_recorded(parts, link, layout, state, done);
        }
    }

    fn judge<A: Explorable>(&mut self, parts: &Parts<A>, layout: &Layout, at: (StateId, &[u64]), complete: bool) {
        let (id, state) = at;
        let judged = verdicts::judge(parts, layout, state, &mut self.concluded);
        count(&mut self.single, id, judged.iter().flat_map(|one| one.shown(one.complete)).collect());
        if judged.len() == parts.setup.snapshots.len() {
            let all: Vec<(Violation, u32)> = judged.iter().flat_map(|one| one.shown(complete)).collect();
            self.inconsistent_complete += u64::from(complete && !all.is_empty());
            self.incomparable += u64::from(complete && verdicts::cross(&judged));
            count(&mut self.violations, id, all);
        }
    }

    /// Takes note of what the snapshots that are complete have recorded.
    fn note_recorded<A: Explorable>(
        &mut self,
        parts: &Parts<A>,
        mut link: Option<&mut Link>,
        layout: &Layout,
        state: &[u64],
        done: u64,
    ) {
        let planned = parts.setup.snapshots.iter().enumerate();
        for (at, planned) in planned.filter(|(_, planned)| done & planned.id.bit() != 0) {
            let processes = parts.processes.iter().enumerate();
            let numbers: Vec<u32> =
                processes.map(|(at, process)| process.record(layout.get(state, at), planned.id)).collect();
            let key: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
            let recorded = &mut self.recorded[at];
            let number = recorded.distinct.intern(&key) as usize;
            if number == recorded.base.len() {
                let records = parts.processes.iter().zip(&numbers);
                let records = records.map(|(process, number)| process.record_bytes(planned.id, *number));
                recorded.add(parts, link.as_deref(), records);
            }
            if let Some(link) = link.as_mut().filter(|link| link.has_origins()) {
                self.reach_pairs += 1;
                let (origin, now) = (link.origin(layout, state, at), link.application(layout, state));
                let between = origin.zip(recorded.base[number]).zip(now);
                let lies_between = between.is_some_and(|((from, at), to)| link.leads(from, at) && link.leads(at, to));
                self.reach_violations += u64::from(!lies_between);
            }
        }
    }
}

/// Takes note of what the state of this number shows, with the number of channels that show it.
fn count(known: &mut Vec<Seen>, id: StateId, mut shown: Vec<(Violation, u32)>) {
    shown.sort_unstable();
    for same in shown.chunk_by(|one, other| one.0 == other.0) {
        let violation = same[0].0;
        let at = known.iter().position(|seen| seen.violation == violation).unwrap_or_else(|| {
            known.push(Seen { violation, states: 0, channels: 0, first: id });
            known.len() - 1
        });
        known[at].states += 1;
        known[at].channels += same.iter().map(|(_, channels)| u64::from(*channels)).sum::<u64>();
    }
}

impl Recorded {
    fn add<'a, A: Explorable>(
        &mut self,
        parts: &Parts<A>,
        link: Option<&Link>,
        records: impl Iterator<Item = &'a [u8]> + Clone,
    ) {
        if !parts.scratch.algorithm().records_channels() {
            return self.base.push(None);
        }
        let base = link.and_then(|link| link.recorded(records.clone()));
        self.outside_base += u64::from(base.is_none());
        self.base.push(base);
        let system = &parts.setup.system;
        let worth = |(process, mut record): (_, &[u8])| {
            let (state, lists) = read_record(&mut record, &system.topology, process)?;
            let messages = lists.iter().flatten().map(|payload| system.computation.worth_of_payload(*payload));
            Some(system.computation.worth_of_state(state)? + messages.sum::<Option<i64>>()?)
        };
        self.totals.extend(system.topology.processes().zip(records).map(worth).sum::<Option<i64>>());
    }
}

/// The snapshots for which all processes have recorded, and those that are complete.
pub(super) fn progress<A: Explorable>(parts: &Parts<A>, layout: &Layout, state: &[u64]) -> (u64, u64) {
    let each = parts.processes.iter().enumerate().map(|(at, process)| process.progress(layout.get(state, at)));
    let (recorded, done) = each.fold((u64::MAX, u64::MAX), |all, one| (all.0 & one.0, all.1 & one.1));
    let is_quiet = !parts.scratch.completes_when_quiet() || !has_control(parts, layout, state);
    (recorded, if is_quiet { done } else { 0 })
}

/// Whether every snapshot is complete.
pub(super) fn is_complete<A: Explorable>(parts: &Parts<A>, layout: &Layout, state: &[u64]) -> bool {
    let wanted = parts.setup.all_snapshots();
    progress(parts, layout, state).1 & wanted == wanted
}

fn has_control<A: Explorable>(parts: &Parts<A>, layout: &Layout, state: &[u64]) -> bool {
    (0..parts.channels.len()).any(|at| {
        let queue = layout.get(state, parts.processes.len() + at);
        parts.items(ChannelId::at(at), queue).any(|item| item.first() == Some(&1))
    })
}
