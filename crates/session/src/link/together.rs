//! Which actions of a history can be said together: deliveries in order of age, random traffic, and what was done before.

use super::tree::{cost_of_asking, cost_of_drawing};
use crate::traffic::traffic;
use cutline_core::history::{START, Taken};
use cutline_core::scheduler::{Scheduler, oldest_first};
use cutline_core::{Action, History, Method, World};
use std::collections::BTreeMap;

/// So many actions in a row and more are said together as traffic or as a repetition; fewer are shorter by themselves.
const LEAST: usize = 8;
/// Asking which delivery is the oldest, or what traffic would do, takes time in the number of channels; after so much of
/// it, actions are written one by one.
const ASKING: usize = 4_000_000;

/// Some actions in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Together {
    /// So many deliveries of what has been under way longest.
    Oldest(usize),
    /// So many steps of the page's random traffic.
    Traffic(usize),
    /// So many actions that are those from so many before the first of them on.
    Again { count: usize, back: usize },
    /// One by itself.
    One(Action),
}

impl Together {
    pub(super) fn count(self) -> usize {
        match self {
            Self::Oldest(count) | Self::Traffic(count) | Self::Again { count, .. } => count,
            Self::One(_) => 1,
        }
    }
}

/// What an action is, beside itself.
#[derive(Clone, Copy, Debug, Default)]
struct Fits {
    oldest: bool,
    traffic: bool,
}

/// The actions of a link, in the order of the link, and what is known of them.
pub(super) struct Sayable<'a> {
    actions: &'a [(usize, Taken)],
    fits: Vec<Fits>,
    /// Where `LEAST` actions in a row were last begun.
    begun: BTreeMap<&'a [Action], usize>,
    plain: &'a [Action],
    /// How many places have been put into `begun`.
    seen: usize,
    /// Where the next fork is.
    end: usize,
}

impl<'a> Sayable<'a> {
    /// `actions` have the place in the list of the one before each, counted from 1; `plain` is the same without.
    pub(super) fn new(history: &History<Method>, actions: &'a [(usize, Taken)], plain: &'a [Action]) -> Self {
        Self { actions, fits: fits(history, actions), begun: BTreeMap::new(), plain, seen: 0, end: 0 }
    }

    /// What to say from a place on, up to the next fork.
    pub(super) fn at(&mut self, at: usize) -> Together {
        if at >= self.end {
            let fork = (at + 1..self.actions.len()).find(|next| self.actions[*next].0 != *next);
            self.end = fork.unwrap_or(self.actions.len());
        }
        let end = self.end;
        let fits = &self.fits[at..end];
        let oldest = fits.iter().take_while(|fits| fits.oldest).count();
        let traffic = fits.iter().take_while(|fits| fits.traffic).count();
        if traffic >= LEAST && traffic > oldest {
            return Together::Traffic(traffic);
        }
        if let Some((count, back)) = self.again(at, end).filter(|(count, _)| *count > oldest) {
            return Together::Again { count, back };
        }
        if oldest > 0 { Together::Oldest(oldest) } else { Together::One(self.plain[at]) }
    }

    /// How many of the actions from here on are those that were done from some earlier place on, and how far before.
    fn again(&mut self, at: usize, end: usize) -> Option<(usize, usize)> {
        while self.seen < at {
            if let Some(window) = self.plain.get(self.seen..self.seen + LEAST) {
                self.begun.insert(window, self.seen);
            }
            self.seen += 1;
        }
        let from = *self.begun.get(self.plain[..end].get(at..at + LEAST)?)?;
        let count = self.plain[at..end].iter().zip(&self.plain[from..]).take_while(|(one, other)| one == other).count();
        Some((count, at - from))
    }
}

fn fits(history: &History<Method>, actions: &[(usize, Taken)]) -> Vec<Fits> {
    let mut world = history.world_at(START);
    let (mut here, mut steps, mut drawn) = (START, vec![0_usize], 0);
    let mut asking = [ASKING; 2];
    let mut events = Vec::new();
    let mut fits = Vec::with_capacity(actions.len());
    for (parent, taken) in actions {
        if here != taken.parent {
            (world, drawn) = (history.world_at(taken.parent), 0);
        }
        here = taken.node;
        let step = steps[*parent];
        steps.push(step + 1);
        let is_traffic = may_ask(&mut asking[0], cost_of_drawing(&world))
            && traffic(crate::traffic::SEED, step).next(&world) == Some(taken.action);
        drawn = if is_traffic { drawn + 1 } else { 0 };
        // Where it is said as traffic anyway, it need not be asked.
        let is_oldest = drawn <= LEAST && is_oldest(&world, taken.action, &mut asking[1]);
        fits.push(Fits { oldest: is_oldest, traffic: is_traffic });
        events.clear();
        let accepted = world.apply(taken.action, &mut events);
        debug_assert_eq!(accepted, Ok(()), "an action in the tree was accepted in this very state");
    }
    fits
}

fn is_oldest(world: &World<Method>, action: Action, asking: &mut usize) -> bool {
    matches!(action, Action::Deliver { .. })
        && may_ask(asking, cost_of_asking(world))
        && oldest_first(world) == Some(action)
}

fn may_ask(left: &mut usize, cost: usize) -> bool {
    let rest = left.checked_sub(cost);
    *left = rest.unwrap_or(*left);
    rest.is_some()
}
