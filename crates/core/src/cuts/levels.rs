//! All consistent cuts, level by level.

use super::cut::Cut;
use super::order::EventOrder;
use std::collections::BTreeMap;
use std::fmt;

/// The consistent cuts that hold as many events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// The cuts, in lexical order.
    pub cuts: Vec<Cut>,
    /// For each cut in how many ways a run can lead to it; none where that is more than 128 bits can hold.
    pub ways: Vec<Option<u128>>,
}

/// The budget was spent before all cuts were seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverBudget {
    /// How many cuts were to be looked at.
    pub budget: u64,
    /// How many cuts there are on each level that was finished, from the bottom.
    pub levels: Vec<u64>,
}

impl fmt::Display for OverBudget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (levels, cuts) = (self.levels.len(), self.levels.iter().sum::<u64>());
        write!(
            f,
            "there are more than {} cuts to look at; stopped with {levels} levels finished, which have {cuts} cuts",
            self.budget
        )
    }
}

impl std::error::Error for OverBudget {}

/// Some cuts of one level, in lexical order, each with the number of ways that lead to it.
pub(super) type Frontier = BTreeMap<Vec<u32>, Option<u128>>;

/// Goes up the lattice: each level holds what one more event makes of the cuts of the level below (Cooper and
/// Marzullo 1991). Holds two levels at a time.
#[derive(Clone, Debug)]
pub(super) struct Ascent<'a> {
    order: &'a EventOrder,
    budget: u64,
    /// How many more cuts can be made.
    room: u64,
    /// How many cuts each finished level has, the present one included.
    pub finished: Vec<u64>,
    pub frontier: Frontier,
}

impl<'a> Ascent<'a> {
    /// At the bottom.
    pub(super) fn new(order: &'a EventOrder, budget: u64) -> Result<Self, OverBudget> {
        let Some(room) = budget.checked_sub(1) else { return Err(OverBudget { budget, levels: Vec::new() }) };
        let frontier = Frontier::from([(order.bottom().into_counts(), Some(1))]);
        Ok(Self { order, budget, room, finished: vec![1], frontier })
    }

    /// Goes one level up, from the cuts that are left in the frontier. Above the top the frontier is empty.
    pub(super) fn rise(&mut self) -> Result<(), OverBudget> {
        let mut next = Frontier::new();
        for (counts, ways) in &self.frontier {
            for process in self.order.may_advance(counts) {
                let mut above = counts.clone();
                above[process] += 1;
                let sum = next.entry(above).or_insert(Some(0));
                *sum = sum.and_then(|sum| sum.checked_add((*ways)?));
            }
            if next.len() as u64 > self.room {
                return Err(OverBudget { budget: self.budget, levels: self.finished.clone() });
            }
        }
        self.room -= next.len() as u64;
        if !next.is_empty() {
            self.finished.push(next.len() as u64);
        }
        self.frontier = next;
        Ok(())
    }
}

impl EventOrder {
    /// The consistent cuts, level by level (Cooper and Marzullo 1991), until `budget` of them have been made. Takes
    /// time in the number of cuts times the square of the number of processes, and memory in the widest level.
    #[must_use]
    pub fn levels(&self, budget: u64) -> Levels<'_> {
        Levels { ascent: Some(Ascent::new(self, budget)), first: true }
    }

    /// The processes whose next event can be added to a consistent cut: all that it knows of is inside.
    pub(super) fn may_advance<'a>(&'a self, counts: &'a [u32]) -> impl Iterator<Item = usize> + 'a {
        (0..counts.len()).filter(|process| {
            let next = self.clock_after(*process, counts[*process] + 1);
            next.is_some_and(|clock| (0..counts.len()).all(|other| other == *process || clock[other] <= counts[other]))
        })
    }
}

/// The consistent cuts, level by level. Made by [`EventOrder::levels`].
#[derive(Clone, Debug)]
pub struct Levels<'a> {
    ascent: Option<Result<Ascent<'a>, OverBudget>>,
    first: bool,
}

impl Iterator for Levels<'_> {
    type Item = Result<Level, OverBudget>;

    fn next(&mut self) -> Option<Self::Item> {
        let ascent = match self.ascent.as_mut()? {
            Ok(ascent) => ascent,
            Err(over) => {
                let over = over.clone();
                self.ascent = None;
                return Some(Err(over));
            }
        };
        if self.first {
            self.first = false;
        } else if let Err(over) = ascent.rise() {
            self.ascent = None;
            return Some(Err(over));
        }
        if ascent.frontier.is_empty() {
            self.ascent = None;
            return None;
        }
        let cuts = ascent.frontier.keys().map(|counts| Cut::of(counts.clone())).collect();
        Some(Ok(Level { cuts, ways: ascent.frontier.values().copied().collect() }))
    }
}
