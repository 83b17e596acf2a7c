//! A predicate made ready for one run.

use super::{Comparison, Operation};
use crate::computation::LocalState;
use crate::cuts::{AtCut, Cut};
use crate::ids::{ChannelId, ProcessId};

/// A predicate in which all names have been found in the order of one run. Made by [`super::Predicate::bind`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition(pub(super) Node);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Constant(bool),
    Not(Box<Node>),
    All(Vec<Node>),
    Any(Vec<Node>),
    Compare(Value, Comparison, Value),
    Cut(Comparison, Cut),
    State { process: ProcessId, state: LocalState },
    Empty(ChannelId),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Literal(i128),
    Balance(ProcessId),
    Events(ProcessId),
    Total,
    Sent(ChannelId),
    Received(ChannelId),
    InTransit(ChannelId),
    Negative(Box<Value>),
    Combined(Box<Value>, Operation, Box<Value>),
}

impl Condition {
    /// Whether it is true at a cut of the order that it was made for. Takes time in the length of the predicate,
    /// times the number of messages of the channels that it names.
    #[must_use]
    pub fn holds(&self, at: AtCut<'_>) -> bool {
        self.0.holds(at)
    }
}

impl Node {
    fn holds(&self, at: AtCut<'_>) -> bool {
        match self {
            Self::Constant(value) => *value,
            Self::Not(inner) => !inner.holds(at),
            Self::All(parts) => parts.iter().all(|part| part.holds(at)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(at)),
            Self::Compare(first, comparison, second) => comparison.holds(Some(first.of(at).cmp(&second.of(at)))),
            Self::Cut(comparison, cut) => comparison.holds(at.cut().partial_cmp(cut)),
            Self::State { process, state } => at.state(*process).is_some_and(|held| asked_for(held) == *state),
            Self::Empty(link) => at.in_transit(*link).next().is_none(),
        }
    }
}

/// A state as predicates know it: how many sends are left of it cannot be asked.
fn asked_for(state: LocalState) -> LocalState {
    match state {
        LocalState::Work { active, .. } => LocalState::Work { active, sends_left: None },
        other => other,
    }
}

impl Value {
    /// Cannot overflow: binding has refused what could.
    fn of(&self, at: AtCut<'_>) -> i128 {
        match self {
            Self::Literal(value) => *value,
            Self::Balance(process) => match at.state(*process) {
                Some(LocalState::Money(amount) | LocalState::Budgeted { amount, .. }) => i128::from(amount),
                _ => 0,
            },
            Self::Events(process) => i128::from(at.events(*process)),
            Self::Total => at.total().unwrap_or_default(),
            Self::Sent(link) => at.sent(*link) as i128,
            Self::Received(link) => at.received(*link) as i128,
            Self::InTransit(link) => at.in_transit(*link).count() as i128,
            Self::Negative(inner) => -inner.of(at),
            Self::Combined(first, operation, second) => {
                let (first, second) = (first.of(at), second.of(at));
                match operation {
                    Operation::Plus => first + second,
                    Operation::Minus => first - second,
                    Operation::Times => first * second,
                }
            }
        }
    }
}
