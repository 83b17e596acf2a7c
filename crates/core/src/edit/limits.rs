//! How far a step can be moved.

use super::replay::{Order, Replay, Runs};
use super::slots::{Item, Slots};
use super::{Edit, Impossible, Why};
use crate::action::Action;
use crate::algorithm::Algorithm;
use crate::event::Event;
use crate::history::History;
use crate::ids::ChannelId;
use crate::rejected::Rejected;
use crate::world::World;
use std::ops::RangeInclusive;

/// How many actions may be played to find the limits of one step.
const BUDGET: usize = 400_000;

/// How far a step can be moved either way so that everything else still happens and it remains about the same item,
/// through places that all allow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The first place.
    pub earliest: usize,
    /// The last place.
    pub latest: usize,
    /// What is in the way before the first place.
    pub earliest_because: Bound,
    /// What is in the way after the last place.
    pub latest_because: Bound,
}

/// What is in the way of moving a step further. Steps are those of the run before the move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The range that was asked about ends there.
    End,
    /// What arrives is sent by this step.
    Sending {
        /// The sending.
        step: usize,
    },
    /// What is sent arrives at this step.
    Arrival {
        /// The arrival.
        step: usize,
    },
    /// The channel keeps its order, and this step is the arrival of the neighbour.
    InOrder {
        /// The channel.
        channel: ChannelId,
        /// The arrival in the way.
        step: usize,
    },
    /// Beyond, something else could not happen any more, or not the step itself.
    Impossible(Impossible),
    /// Nobody looked further: the run is long.
    NotSought,
}

/// The limits of a step of the current branch within a range of places. `slots` are those of the whole branch.
///
/// Passing a step of another process changes nothing unless one sends what the other takes; only where the step passes
/// others of its own process the rest of the run is played again. At most some 400,000 actions are played, and where that
/// is not enough the limit is [`Bound::NotSought`].
#[must_use]
pub fn limits<A: Algorithm>(history: &History<A>, slots: &Slots, step: usize, within: RangeInclusive<usize>) -> Limits {
    let (first, last) = ((*within.start()).max(1), (*within.end()).min(slots.len()));
    let (earliest, earliest_because) = Search::new(history, slots, step).earlier(first);
    let (latest, latest_because) = Search::new(history, slots, step).later(last);
    Limits { earliest, latest, earliest_because, latest_because }
}

struct Search<'a, A: Algorithm> {
    history: &'a History<A>,
    slots: &'a Slots,
    step: usize,
    /// What the step puts into channels at the place where it is now.
    puts: Vec<Item>,
    budget: usize,
}

impl<'a, A: Algorithm> Search<'a, A> {
    fn new(history: &'a History<A>, slots: &'a Slots, step: usize) -> Self {
        let puts = slots.put_by.iter().enumerate().filter(|(_, by)| **by == step).map(|(item, _)| item).collect();
        Self { history, slots, step, puts, budget: BUDGET }
    }

    fn earlier(&mut self, first: usize) -> (usize, Bound) {
        let mut to = self.step;
        while to > first {
            let passed = to - 1;
            let bound = if self.slots.put_by(self.step) == Some(passed) {
                Some(Bound::Sending { step: passed })
            } else {
                self.passing(passed, to - 1)
            };
            if let Some(bound) = bound {
                return (to, bound);
            }
            to -= 1;
        }
        (to, Bound::End)
    }

    fn later(&mut self, last: usize) -> (usize, Bound) {
        let mut to = self.step;
        while to < last {
            let passed = to + 1;
            let bound = if self.slots.slot(passed).takes.is_some_and(|item| self.puts.contains(&item)) {
                Some(Bound::Arrival { step: passed })
            } else {
                self.passing(passed, to + 1)
            };
            if let Some(bound) = bound {
                return (to, bound);
            }
            to += 1;
        }
        (to, Bound::End)
    }

    /// What stops the step from passing another one, to this place.
    fn passing(&mut self, passed: usize, to: usize) -> Option<Bound> {
        if let Some(channel) = self.slots.in_order(self.step, passed) {
            return Some(Bound::InOrder { channel, step: passed });
        }
        let (own, other) = (self.slots.slot(self.step).process, self.slots.slot(passed).process);
        if own.is_some() && other.is_some() && own != other {
            return None;
        }
        self.problem(to)
    }

    /// Plays the run with the step at another place.
    fn problem(&mut self, to: usize) -> Option<Bound> {
        let Ok(order) = Order::of(Edit::Move { step: self.step, to }, self.slots.len()) else {
            return Some(Bound::End);
        };
        let cost = self.slots.len() - order.first + 1;
        let Some(left) = self.budget.checked_sub(cost) else { return Some(Bound::NotSought) };
        self.budget = left;
        let before = self.history.branch_nodes()[order.first - 1];
        let mut probe = Probe { world: self.history.world_at(before), happened: Vec::new() };
        let mut replay = Replay::before(self.slots, order.first);
        let mut problem: Option<Impossible> = None;
        for step in order.steps() {
            match replay.step(&mut probe, step, None) {
                Ok(_) if step == self.step => {
                    if let Some(bound) = self.another_item(&replay, &probe.happened) {
                        return Some(bound);
                    }
                    self.puts = replay.put_in(step, &probe.happened).collect();
                }
                Ok(_) => {}
                Err(why) => {
                    problem.get_or_insert(Impossible { step, action: self.slots.action(step), why });
                }
            }
        }
        let mut problem = problem?;
        replay.settle(&mut problem);
        Some(match problem.why {
            Why::BeforeItsSending { sent_by } if problem.step == self.step => Bound::Sending { step: sent_by },
            Why::BeforeItsSending { sent_by } if sent_by == self.step => Bound::Arrival { step: problem.step },
            _ => Bound::Impossible(problem),
        })
    }

    /// Whether the step takes something else than it did.
    fn another_item(&self, replay: &Replay<'_>, happened: &[Event]) -> Option<Bound> {
        let Action::Deliver { channel, .. } = self.slots.slot(self.step).plain else { return None };
        let (wanted, taken) = (self.slots.slot(self.step).takes, replay.taken(happened));
        let other = taken.and_then(|item| self.slots.taken_by[item]).unwrap_or(self.step);
        (wanted != taken).then_some(Bound::InOrder { channel, step: other })
    }
}

/// A world that is played on to see what happens.
struct Probe<A: Algorithm> {
    world: World<A>,
    happened: Vec<Event>,
}

impl<A: Algorithm> Runs<A> for Probe<A> {
    fn world(&self) -> &World<A> {
        &self.world
    }

    fn run(&mut self, action: Action) -> Result<(), Rejected> {
        self.happened.clear();
        self.world.apply(action, &mut self.happened)
    }

    fn happened(&self) -> &[Event] {
        &self.happened
    }
}
