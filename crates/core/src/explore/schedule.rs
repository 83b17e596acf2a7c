//! Shortest ways to states, as actions that a world carries out.

use super::findings::Seen;
use super::parts::Meaning;
use super::search::{Explorer, Found};
use super::states::{StateId, UNSEEN};
use super::tables::Label;
use super::verdicts::{Concluded, Judged, Violation, judge};
use crate::action::{Action, Copied};
use crate::event::Event;
use crate::explore::{Explorable, View};
use crate::ids::{ChannelId, SnapshotId};
use crate::world::{Detail, World};

/// Something wrong, and a shortest run that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counterexample {
    /// What is wrong.
    pub violation: Violation,
    /// What to do, from the initial state on.
    pub actions: Vec<Action>,
}

impl<A: Explorable> Explorer<A> {
    /// For each kind of violation a shortest run to a state in which all processes have recorded in every snapshot and
    /// that shows it, in ascending order of kinds. Only the tagged view finds any.
    #[must_use]
    pub fn counterexamples(&self) -> Vec<Counterexample> {
        self.examples(&self.findings.violations)
    }

    /// The same for what a single snapshot shows, however far the others are.
    #[must_use]
    pub fn single_counterexamples(&self) -> Vec<Counterexample> {
        self.examples(&self.findings.single)
    }

    fn examples(&self, seen: &[Seen]) -> Vec<Counterexample> {
        let mut seen = seen.to_vec();
        seen.sort_unstable_by_key(|seen| seen.violation);
        let example = |violation, first| Counterexample { violation, actions: self.schedule(first) };
        seen.iter().map(|seen| example(seen.violation, seen.first)).collect()
    }

    /// A shortest run to a state, by its number ([`Explorer::frontier`]). Takes one expansion and one action for each
    /// step.
    #[must_use]
    pub fn schedule(&self, state: u32) -> Vec<Action> {
        let mut states = vec![state];
        while let Some(parent) = states.last().and_then(|last| self.parent(*last)) {
            states.push(parent);
        }
        states.reverse();
        let mut world = World::new(self.system().clone(), self.parts().scratch.algorithm());
        let (mut actions, mut events) = (Vec::new(), Vec::new());
        let mut found = Found::default();
        for pair in states.windows(2) {
            self.successors(pair[0], &mut found);
            let label = found.looks.ids.iter().zip(&found.next.labels).find(|(next, _)| **next == pair[1]);
            let action = label.and_then(|(_, label)| self.action_in(&world, *label));
            let done = action.is_some_and(|action| world.apply(action, &mut events).is_ok());
            debug_assert!(done, "what was explored can be done");
            actions.extend(action);
        }
        actions
    }

    /// What leads to a next state, in a world that is in the state before. In a channel without order items stand in
    /// the world as they came; of equal ones the first is taken.
    fn action_in(&self, world: &World<A>, label: Label) -> Option<Action> {
        let (channel, item) = match self.parts().meaning(label) {
            Meaning::Move(action) => return Some(action),
            Meaning::Take(channel, item, _) | Meaning::Befall(channel, item, _) => (channel, item),
        };
        let detail = self.detail();
        let is_item = |position: &usize| {
            let mut bytes = Vec::new();
            world.pack_item(channel, *position, detail, &mut bytes);
            bytes == item
        };
        let position = (0..world.items_in(channel)).find(is_item)?;
        let position = u32::try_from(position).ok()?;
        Some(match self.parts().meaning(label) {
            Meaning::Befall(_, _, what) => what.action(channel, position, Copied::Adjacent),
            Meaning::Take(_, _, Some(rule)) => Action::Follow { rule, position },
            _ => Action::Deliver { channel, position },
        })
    }

    fn detail(&self) -> Detail {
        if self.exploration().view == View::Tagged { Detail::Numbers } else { Detail::Payloads }
    }

    /// What there is to say about the snapshots of a state for which all processes have recorded: which, whether it is
    /// complete, and what is wrong with it. Only the tagged view can tell.
    #[must_use]
    pub fn verdicts(&self, state: u32) -> Vec<(SnapshotId, bool, Vec<Violation>)> {
        let judged = judge(self.parts(), self.layout(), &self.states().get(state), &mut Concluded::default());
        let kinds = |one: &Judged| one.shown(one.complete).map(|(violation, _)| violation).collect();
        judged.iter().map(|one| (one.snapshot, one.complete, kinds(one))).collect()
    }

    /// Whether a world is in a state, as far as the view can tell. In the tagged view the counters are left out.
    #[must_use]
    pub fn is_in(&self, world: &World<A>, state: u32) -> bool {
        let (layout, state, parts) = (self.layout(), self.states().get(state), self.parts());
        let topology = world.topology();
        let snapshots = self.exploration().snapshot_numbers();
        let process = |process| {
            let mut bytes = Vec::new();
            world.pack_process(process, snapshots, self.detail(), &mut bytes);
            parts.processes[process.index()].table.get(layout.get(&state, process.index())).starts_with(&bytes)
        };
        let channel = |channel: ChannelId| {
            let queue = layout.get(&state, topology.process_count() + channel.index());
            let pack = |position| {
                let mut bytes = Vec::new();
                world.pack_item(channel, position, self.detail(), &mut bytes);
                bytes
            };
            let mut there: Vec<Vec<u8>> = (0..world.items_in(channel)).map(pack).collect();
            let mut here: Vec<Vec<u8>> = parts.items(channel, queue).map(<[u8]>::to_vec).collect();
            if topology.channel(channel).order == crate::topology::Order::Unordered {
                there.sort_unstable();
                here.sort_unstable();
            }
            there == here
        };
        topology.processes().all(process) && topology.channels().all(channel)
    }

    /// Shows every maximal run, step by step with its events, until `visit` answers that it has seen enough. Only for
    /// small systems: there may be very many of them, and on a cycle a run never ends.
    pub fn each_execution(&self, visit: &mut impl FnMut(&[(Action, Vec<Event>)]) -> bool) {
        let world = World::new(self.system().clone(), self.parts().scratch.algorithm());
        self.walk(0, &world, &mut Vec::new(), visit);
    }

    fn walk(
        &self,
        state: StateId,
        world: &World<A>,
        run: &mut Vec<(Action, Vec<Event>)>,
        visit: &mut impl FnMut(&[(Action, Vec<Event>)]) -> bool,
    ) -> bool {
        let mut found = Found::default();
        if self.successors(state, &mut found).is_empty() {
            return visit(run);
        }
        let seen = found.looks.ids.into_iter().zip(found.next.labels).filter(|(next, _)| *next != UNSEEN);
        for (next, label) in seen {
            let (mut world, mut events) = (world.clone(), Vec::new());
            let Some(action) = self.action_in(&world, label) else { continue };
            if world.apply(action, &mut events).is_err() {
                continue;
            }
            run.push((action, events));
            let go_on = self.walk(next, &world, run, visit);
            run.pop();
            if !go_on {
                return false;
            }
        }
        true
    }
}
