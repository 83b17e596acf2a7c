//! A run in which something goes wrong now and then, as often as is allowed.

use super::{Scheduler, oldest, timers};
use crate::action::Action;
use crate::algorithm::Algorithm;
use crate::faults::{Faults, Mishap, Used, ordered};
use crate::group::Group;
use crate::ids::{ChannelId, ProcessId};
use crate::random::SplitMix64;
use crate::topology::Topology;
use crate::world::World;

/// Another scheduler, and between its steps what [`Faults`] allow: at about one step in four, drawn from a seed, something that
/// is allowed and possible then, each kind as likely. Who crashes with amnesia begins again after some steps, and a network
/// that came apart is made whole then; at the latest when nothing else can be done.
///
/// If items may overtake each other, the world has to be one over [`Faults::loosened`] channels; but for what is allowed they
/// keep their order. A choice takes time in the number of items under way.
#[derive(Clone, Debug)]
pub struct Faulty<S> {
    inner: S,
    faults: Faults,
    seed: u64,
    step: u64,
    used: Used,
    /// Who begins again, and at which step.
    away: Vec<(ProcessId, u64)>,
    /// At which step the network is made whole.
    apart: Option<u64>,
    /// The channels that keep their order but for what is allowed.
    ordered: Vec<ChannelId>,
}

/// Of so many steps something goes wrong at one, as long as it may.
const RARITY: u64 = 4;
/// A crash with amnesia and a partition last at most so many steps.
const LASTS: u64 = 12;
/// So that what goes wrong does not depend on the same numbers as what the other scheduler draws.
const OWN: u64 = 0x6661_756C_7479;

impl<S> Faulty<S> {
    /// `given`: the topology before it was loosened.
    pub fn new(inner: S, faults: Faults, seed: u64, given: &Topology) -> Self {
        let ordered = if faults.overtakings > 0 { ordered(given).collect() } else { Vec::new() };
        Self { inner, faults, seed: seed ^ OWN, step: 0, used: Used::default(), away: Vec::new(), apart: None, ordered }
    }

    /// The scheduler that goes on between mishaps.
    pub fn inner(&self) -> &S {
        &self.inner
    }

    /// That scheduler alone.
    pub fn into_inner(self) -> S {
        self.inner
    }

    /// Whether somebody is still to begin again, or the network to be made whole.
    #[must_use]
    pub fn owes(&self) -> bool {
        !self.away.is_empty() || self.apart.is_some()
    }

    /// The first of what has to be put right by a step.
    fn putting_right<A: Algorithm>(&mut self, world: &World<A>, by: u64) -> Option<Action> {
        if self.apart.is_some_and(|at| at <= by) {
            self.apart = None;
            if world.check(Action::Heal).is_ok() {
                return Some(Action::Heal);
            }
        }
        while let Some(at) = self.away.iter().position(|(_, at)| *at <= by) {
            let restart = Action::Restart { process: self.away.remove(at).0 };
            if world.check(restart).is_ok() {
                return Some(restart);
            }
        }
        None
    }

    fn mishap<A: Algorithm>(&mut self, world: &World<A>, random: &mut SplitMix64) -> Option<Action> {
        let mut possible: Vec<(Mishap, Vec<Action>)> = Vec::new();
        for mishap in Mishap::ALL.into_iter().filter(|mishap| self.faults.allow(*mishap, self.used)) {
            let mut ways = self.ways(world, mishap, random);
            ways.retain(|action| world.check(*action).is_ok());
            if !ways.is_empty() {
                possible.push((mishap, ways));
            }
        }
        let (mishap, ways) = possible.get(drawn(random, possible.len()))?;
        let action = *ways.get(drawn(random, ways.len()))?;
        self.used = self.used.and(*mishap);
        let until = self.step + 1 + random.below(LASTS);
        match (mishap, action) {
            (Mishap::Amnesia, Action::Crash { process }) => self.away.push((process, until)),
            (Mishap::Partition, _) => self.apart = Some(self.apart.unwrap_or(0).max(until)),
            _ => {}
        }
        Some(action)
    }

    /// In which ways this can happen now; of the ways to come apart one that is drawn, and everybody cut off alone.
    fn ways<A: Algorithm>(&self, world: &World<A>, mishap: Mishap, random: &mut SplitMix64) -> Vec<Action> {
        let topology = world.topology();
        let mut places = Vec::new();
        for channel in topology.channels() {
            places.extend((0_u32..).zip(world.in_channel(channel)).map(|(position, item)| (channel, position, item)));
        }
        let targets = || places.iter().filter(|(.., item)| self.faults.target.hits(Some(*item)));
        match mishap {
            Mishap::Loss => targets().map(|(channel, position, _)| lose(*channel, *position)).collect(),
            Mishap::Copy => {
                let copy = self.faults.copied;
                let twice = |(channel, position)| Action::Duplicate { channel, position, copy };
                targets().map(|(channel, position, _)| twice((*channel, *position))).collect()
            }
            Mishap::Corruption => {
                let change = |(channel, position)| Action::Corrupt { channel, position };
                targets().map(|(channel, position, _)| change((*channel, *position))).collect()
            }
            Mishap::Overtaking => {
                let behind =
                    places.iter().filter(|(channel, position, _)| *position > 0 && self.ordered.contains(channel));
                behind.map(|(channel, position, _)| deliver(*channel, *position)).collect()
            }
            Mishap::Crash | Mishap::Amnesia => topology.processes().map(|process| Action::Crash { process }).collect(),
            Mishap::Partition => {
                let within = topology.process_count().min(Group::LIMIT);
                let all = u64::MAX.checked_shr((Group::LIMIT - within) as u32).unwrap_or(0);
                let one = Group(random.draw() & all);
                let alone = topology.processes().filter_map(|process| Group::of([process]));
                let groups =
                    if world.check(Action::Partition { group: one }).is_ok() { vec![one] } else { alone.collect() };
                groups.into_iter().map(|group| Action::Partition { group }).collect()
            }
        }
    }

    /// The same action where channels keep their order and whoever has crashed does nothing, or else what can be done.
    fn in_order<A: Algorithm>(&self, world: &World<A>, action: Action) -> Option<Action> {
        let kept = match action {
            Action::Deliver { channel, position: 1.. } if self.ordered.contains(&channel) => deliver(channel, 0),
            Action::Follow { rule, position: 1.. } => {
                let first = Action::Follow { rule, position: 0 };
                if self.ordered.is_empty() { action } else { first }
            }
            other => other,
        };
        if world.check(kept).is_ok() {
            return Some(kept);
        }
        let is_first = |action: &Action| match action {
            Action::Deliver { channel, position } => *position == 0 || !self.ordered.contains(channel),
            _ => false,
        };
        let ringing = || timers(world).find(|ring| world.check(*ring).is_ok());
        oldest(world, world.deliveries().filter(is_first)).or_else(ringing)
    }
}

fn lose(channel: ChannelId, position: u32) -> Action {
    Action::Lose { channel, position }
}

fn deliver(channel: ChannelId, position: u32) -> Action {
    Action::Deliver { channel, position }
}

fn drawn(random: &mut SplitMix64, count: usize) -> usize {
    usize::try_from(random.below(count as u64)).unwrap_or(0)
}

impl<A: Algorithm, S: Scheduler<A>> Scheduler<A> for Faulty<S> {
    fn next(&mut self, world: &World<A>) -> Option<Action> {
        self.step += 1;
        if let Some(action) = self.putting_right(world, self.step) {
            return Some(action);
        }
        if !self.faults.are_none() {
            let mut random = SplitMix64::of(self.seed, self.step);
            if random.below(RARITY) == 0
                && let Some(action) = self.mishap(world, &mut random)
            {
                return Some(action);
            }
        }
        let next = self.inner.next(world).and_then(|action| self.in_order(world, action));
        next.or_else(|| self.putting_right(world, u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scenario;
    use crate::scheduler::OldestFirst;

    const ANN: &str = "cutline 1\ntitle T\nprocess Ann has 9\nprocess Bob has 9\nchannel Ann -> Bob\nchannel Bob -> Ann\nrun\n\
                       Ann sends 1 to Bob\nAnn sends 2 to Bob\nAnn sends 3 to Bob\nBob sends 4 to Ann\nBob sends 5 to Ann\n";

    /// The actions of a run with these faults, from the file's end on.
    fn played(faults: &str, seed: u64) -> Vec<Action> {
        let faults: Faults = faults.parse().expect("what may go wrong");
        let scenario = Scenario::parse(ANN).expect("a scenario");
        let given = scenario.system.topology.clone();
        let topology = faults.loosened(&given);
        let system = crate::System { topology, ..crate::System::clone(&scenario.system) };
        let mut world = World::new(std::sync::Arc::new(system), scenario.algorithm);
        scenario.script.iter().for_each(|action| world.apply(*action, &mut Vec::new()).expect("a step of the file"));
        let mut faulty = Faulty::new(OldestFirst, faults, seed, &given);
        let mut actions = Vec::new();
        while let Some(action) = faulty.next(&world) {
            world.apply(action, &mut Vec::new()).expect("what the scheduler chose can be done");
            actions.push(action);
        }
        assert!(!faulty.owes(), "nobody is left away and nothing apart");
        actions
    }

    fn count(actions: &[Action], is_it: impl Fn(&Action) -> bool) -> usize {
        actions.iter().filter(|action| is_it(action)).count()
    }

    #[test]
    fn nothing_happens_more_often_than_is_allowed_and_everything_sometimes() {
        let faults = "drop=1,dup=1,reorder=1,crash=1,amnesia=1,partition=1,corrupt=1";
        let mut seen = [0_usize; 8];
        for seed in 0..200 {
            let actions = played(faults, seed);
            let each = [
                count(&actions, |action| matches!(action, Action::Lose { .. })),
                count(&actions, |action| matches!(action, Action::Duplicate { .. })),
                count(&actions, |action| matches!(action, Action::Deliver { position: 1.., .. })),
                count(&actions, |action| matches!(action, Action::Crash { .. })),
                count(&actions, |action| matches!(action, Action::Restart { .. })),
                count(&actions, |action| matches!(action, Action::Partition { .. })),
                count(&actions, |action| matches!(action, Action::Heal)),
                count(&actions, |action| matches!(action, Action::Corrupt { .. })),
            ];
            let [_, _, _, crashes, restarts, apart, whole, _] = each;
            assert!(each.iter().all(|times| *times <= 1 || *times == crashes && crashes == 2), "{each:?} {actions:?}");
            assert!(restarts <= crashes && apart == whole, "{each:?}");
            seen.iter_mut().zip(each).for_each(|(seen, times)| *seen += times);
        }
        assert!(seen.iter().all(|times| *times > 10), "{seen:?}");
    }

    #[test]
    fn one_seed_gives_one_run_and_no_faults_the_run_of_the_other_scheduler() {
        let faults = "drop=2,amnesia=1,partition=1";
        assert_eq!(played(faults, 5), played(faults, 5));
        assert!((0..20).any(|seed| played(faults, seed) != played(faults, 5)));
        assert_eq!(played("drop=0", 1), played("drop=0", 2));
        assert_eq!(count(&played("drop=0", 1), |action| matches!(action, Action::Deliver { position: 0, .. })), 5);
    }

    #[test]
    fn only_what_is_aimed_at_is_hit() {
        let messages = (0..50).map(|seed| played("drop=9,target=app", seed));
        assert!(messages.map(|actions| actions.len()).all(|steps| steps == 5), "all five come or are lost");
        assert!((0..50).all(|seed| played("drop=9,target=marker", seed) == played("drop=0", 0)), "there is no marker");
    }
}
