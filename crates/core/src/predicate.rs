//! What a lecturer can ask of a cut: a small language of conditions on what processes hold and what is in the
//! channels. Its grammar stands in `docs/predicates.md`.
//!
//! A text is read by [`Predicate::parse`], and made ready for one run by [`Predicate::bind`], which finds whatever
//! the run cannot answer. The [`Condition`] that comes of it is true or false at every cut, and can be given to
//! [`crate::cuts::EventOrder::possibly`] and [`crate::cuts::EventOrder::definitely`].

mod bind;
mod condition;
mod number;
mod parse;
mod print;
mod tokens;

pub use bind::BindError;
pub use condition::Condition;

use std::cmp::Ordering;
use std::fmt;

/// The most characters that a predicate may have.
pub const MAX_LENGTH: usize = 2_000;
/// How deep a predicate may be nested.
pub const MAX_DEPTH: usize = 50;

/// A condition on a cut, as it was written. Names are not looked up yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Predicate {
    /// `true` or `false`.
    Constant(bool),
    /// `not ...`
    Not(Box<Predicate>),
    /// `... and ...`
    And(Box<Predicate>, Box<Predicate>),
    /// `... or ...`
    Or(Box<Predicate>, Box<Predicate>),
    /// `P1.balance + P2.balance < 50`
    Compare(Number, Comparison, Number),
    /// `cut = (0,1)`, where cuts are compared as vectors.
    Cut(Comparison, Vec<u32>),
    /// `p.state = A`, `p in A`, `p.state != A`
    State {
        /// The process, or the variable of a quantifier.
        process: String,
        /// Whether it is to be in the state, or in another one.
        equal: bool,
        /// The name of the state.
        label: String,
    },
    /// `all passive`: every process is in this state.
    EveryIn(String),
    /// `some passive`: some process is in this state.
    SomeIn(String),
    /// `all p: p.balance > 0`
    Every(String, Box<Predicate>),
    /// `some p: p.balance > 0`
    Some(String, Box<Predicate>),
    /// `empty(c21)`
    Empty(Place),
}

/// A number that depends on the cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
    /// `50`
    Literal(u64),
    /// `p.balance`
    Balance(String),
    /// `p.events`: how many events of the process the cut holds.
    Events(String),
    /// `total`: what all processes hold and all messages under way carry.
    Total,
    /// `sent(c)`
    Sent(Place),
    /// `received(c)`
    Received(Place),
    /// `in_transit(c)`
    InTransit(Place),
    /// `-...`
    Negative(Box<Number>),
    /// `... + ...` and the like.
    Combined(Box<Number>, Operation, Box<Number>),
}

/// Which channel is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The one of this name.
    Named(String),
    /// The only one from the first process to the second.
    Between(String, String),
}

/// What is done with two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
}

/// How two things are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `>=`
    AtLeast,
    /// `>`
    Greater,
}

impl Comparison {
    /// Whether it is so with two things that compare like this; none for incomparable ones, which are unequal and
    /// nothing else.
    #[must_use]
    pub fn holds(self, compared: Option<Ordering>) -> bool {
        match self {
            Self::Less => compared == Some(Ordering::Less),
            Self::AtMost => matches!(compared, Some(Ordering::Less | Ordering::Equal)),
            Self::Equal => compared == Some(Ordering::Equal),
            Self::Unequal => compared != Some(Ordering::Equal),
            Self::AtLeast => matches!(compared, Some(Ordering::Greater | Ordering::Equal)),
            Self::Greater => compared == Some(Ordering::Greater),
        }
    }
}

/// A text that is no predicate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PredicateError {
    /// At which character, counted from 1.
    pub column: usize,
    /// What is wrong and what was expected.
    pub message: String,
}

impl fmt::Display for PredicateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: {}", self.column, self.message)
    }
}

impl std::error::Error for PredicateError {}

impl std::str::FromStr for Predicate {
    type Err = PredicateError;

    fn from_str(text: &str) -> Result<Self, PredicateError> {
        Self::parse(text)
    }
}
