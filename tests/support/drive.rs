//! Plays a case with any algorithm, through a history.

use crate::case::{Case, Ending};
use cutline_core::computation::{Offer, Payload};
use cutline_core::scheduler::oldest_first;
use cutline_core::{Action, Algorithm, History, ProcessId, SnapshotId, System, World};
use std::sync::Arc;

/// Plays a case to its end: first its choices, then the initiations that are still to come, then deliveries until no
/// channel holds anything that can be delivered and no timer is set.
#[must_use]
pub fn play<A: Algorithm>(case: &Case, algorithm: A) -> History<A> {
    play_in(case.system(), case, algorithm)
}

/// The same in a system that has more to it than the case says.
#[must_use]
pub fn play_in<A: Algorithm>(system: Arc<System>, case: &Case, algorithm: A) -> History<A> {
    let mut run = begin_in(system, case, algorithm);
    for choice in &case.choices {
        run.choose(*choice);
    }
    run.finish(case.ending);
    run.history
}

/// A run of a case before its first action.
#[must_use]
pub fn begin<A: Algorithm>(case: &Case, algorithm: A) -> Driver<A> {
    begin_in(case.system(), case, algorithm)
}

/// The same in a system that has more to it than the case says.
#[must_use]
pub fn begin_in<A: Algorithm>(system: Arc<System>, case: &Case, algorithm: A) -> Driver<A> {
    Driver { history: History::new(World::new(system, algorithm)), pending: case.initiations() }
}

/// A run that is being driven.
#[derive(Debug)]
pub struct Driver<A: Algorithm> {
    /// The run so far.
    pub history: History<A>,
    pending: Vec<(SnapshotId, ProcessId)>,
}

impl<A: Algorithm> Driver<A> {
    /// Does one of the things that can be done now, if there is one of the kind that the number asks for. Small
    /// numbers deliver, so that shrinking makes for dull runs.
    pub fn choose(&mut self, choice: u32) {
        let pick = (choice / 8) as usize;
        let menu = match choice % 8 {
            0..=3 => self.history.world().deliveries().collect(),
            4..=6 => self.offers(pick),
            _ => self.initiations_and_timers(),
        };
        if !menu.is_empty() {
            self.act(menu[pick % menu.len()]);
        }
    }

    /// Has a process start or join a snapshot at some later moment.
    pub fn plan(&mut self, snapshot: SnapshotId, process: ProcessId) {
        self.pending.push((snapshot, process));
    }

    /// Ends the run.
    pub fn finish(&mut self, ending: Ending) {
        for initiation in self.initiations_and_timers() {
            if self.history.world().check(initiation).is_ok() {
                self.act(initiation);
            }
        }
        let mut drawn = match ending {
            Ending::OldestFirst => None,
            Ending::Drawn(number) => Some(number),
        };
        while let Some(action) = self.next(&mut drawn) {
            self.act(action);
        }
    }

    fn act(&mut self, action: Action) {
        if let Action::Initiate { process, snapshot } = action {
            self.pending.retain(|pending| *pending != (snapshot, process));
        }
        self.history.act(action).expect("what the world offers it does");
    }

    fn next(&self, drawn: &mut Option<u32>) -> Option<Action> {
        let world = self.history.world();
        let Some(number) = drawn else {
            return oldest_first(world).or_else(|| self.timers().first().copied());
        };
        // The constants of an old and simple generator (Numerical Recipes); its high bits are good enough here.
        *number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let menu: Vec<Action> = world.deliveries().chain(self.timers()).collect();
        (!menu.is_empty()).then(|| menu[(*number >> 16) as usize % menu.len()])
    }

    fn offers(&self, pick: usize) -> Vec<Action> {
        let world = self.history.world();
        let topology = world.topology();
        let of_process = |process: ProcessId| {
            let offers = world.offers(process);
            offers.into_iter().flat_map(move |offer| match offer {
                Offer::Amount { most } => {
                    let payload = Payload(1 + (pick / 64) as i64 % most.min(9));
                    let outgoing = topology.outgoing(process).iter();
                    outgoing.map(|channel| Action::Send { channel: *channel, payload }).collect()
                }
                Offer::Message { channel, payload } => vec![Action::Send { channel, payload }],
                Offer::Act { choice } => vec![Action::Act { process, choice }],
                Offer::Follow { rule } => vec![Action::Follow { rule, position: 0 }],
            })
        };
        topology.processes().flat_map(of_process).filter(|action| world.check(*action).is_ok()).collect()
    }

    fn initiations_and_timers(&self) -> Vec<Action> {
        let initiate = |&(snapshot, process): &(SnapshotId, ProcessId)| Action::Initiate { process, snapshot };
        let initiations = self.pending.iter().map(initiate);
        let world = self.history.world();
        initiations.chain(self.timers()).filter(|action| world.check(*action).is_ok()).collect()
    }

    fn timers(&self) -> Vec<Action> {
        let world = self.history.world();
        let of_process =
            |process: ProcessId| world.timers(process).iter().map(move |timer| Action::Ring { process, timer: *timer });
        world.topology().processes().flat_map(of_process).collect()
    }
}
