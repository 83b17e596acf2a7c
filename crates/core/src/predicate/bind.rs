//! Finding the names of a predicate in a run, and refusing what the run cannot answer.

use super::condition::{Condition, Node, Value};
use super::{Number, Operation, Place, Predicate};
use crate::computation::{Computation, LocalState};
use crate::cuts::{EventOrder, NotACut};
use crate::ids::{ChannelId, ProcessId};
use std::fmt;

/// The most parts that a predicate may have once `all` and `some` are written out.
const MAX_PARTS: usize = 100_000;
/// No balance is larger than this.
const MOST_MONEY: u128 = 1 << 63;
/// No count of events or messages is larger than this.
const MOST_COUNTED: u128 = 1 << 32;

/// Why a run cannot answer a predicate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BindError {
    /// There is no process of this name, only those of the other ones.
    NoSuchProcess(String, Vec<String>),
    /// There is no channel of this name, only those of the other ones.
    NoSuchChannel(String, Vec<String>),
    /// No channel joins these processes.
    NotJoined(String, String),
    /// Several channels, of these names, join two processes.
    SeveralChannels(Vec<String>),
    /// No process can be in a state of this name.
    NoSuchState(String),
    /// The run does not tell what the processes hold.
    StatesUnknown,
    /// The processes are automata, so they have no balance.
    NoMoney,
    /// The processes hold money, so they are in no state.
    NoStates,
    /// The numbers are no cut of the run.
    NotACut(NotACut),
    /// A number could become larger than 128 bits can hold.
    TooLarge,
    /// There would be more parts than can be kept.
    TooManyParts,
}

impl fmt::Display for BindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchProcess(name, known) => write!(f, "there is no process {name}, only: {}", known.join(", ")),
            Self::NoSuchChannel(name, known) if known.is_empty() => {
                write!(f, "there is no channel {name}, and no other one")
            }
            Self::NoSuchChannel(name, known) => write!(f, "there is no channel {name}, only: {}", known.join(", ")),
            Self::NotJoined(from, to) => write!(f, "there is no channel from {from} to {to}"),
            Self::SeveralChannels(names) => {
                write!(f, "several channels are meant; name one of them: {}", names.join(", "))
            }
            Self::NoSuchState(label) => write!(f, "no process can be in a state {label}"),
            Self::StatesUnknown => write!(
                f,
                "this trace does not tell what the processes hold; it can be asked for events, cut, sent, received, \
                 in_transit and empty"
            ),
            Self::NoMoney => write!(f, "the processes are in states and hold no money; ask for P.state"),
            Self::NoStates => write!(f, "the processes hold money and are in no states; ask for P.balance"),
            Self::NotACut(error) => error.fmt(f),
            Self::TooLarge => write!(f, "the numbers could become too large here; multiply less"),
            Self::TooManyParts => {
                write!(f, "with all and some written out, this has more than {MAX_PARTS} parts; nest them less")
            }
        }
    }
}

impl std::error::Error for BindError {}

impl Predicate {
    /// Finds all names in the order of a run. What comes of it needs no further checks: every question that the run
    /// cannot answer is found here. Takes time in the length of the predicate, times the number of processes for
    /// each `all` and `some` that stands in another.
    ///
    /// # Errors
    /// If a name is not known, the run does not tell what is asked for, or the numbers could become too large.
    pub fn bind(&self, order: &EventOrder) -> Result<Condition, BindError> {
        let mut binder = Binder { order, variables: Vec::new(), parts: 0 };
        binder.node(self).map(Condition)
    }
}

struct Binder<'a> {
    order: &'a EventOrder,
    variables: Vec<(&'a str, ProcessId)>,
    parts: usize,
}

impl<'a> Binder<'a> {
    fn node(&mut self, predicate: &'a Predicate) -> Result<Node, BindError> {
        self.parts += 1;
        if self.parts > MAX_PARTS {
            return Err(BindError::TooManyParts);
        }
        Ok(match predicate {
            Predicate::Constant(value) => Node::Constant(*value),
            Predicate::Not(inner) => Node::Not(Box::new(self.node(inner)?)),
            Predicate::And(first, second) => Node::All(vec![self.node(first)?, self.node(second)?]),
            Predicate::Or(first, second) => Node::Any(vec![self.node(first)?, self.node(second)?]),
            Predicate::Compare(first, comparison, second) => {
                let (first, second) = (self.number(first)?.0, self.number(second)?.0);
                Node::Compare(first, *comparison, second)
            }
            Predicate::Cut(comparison, counts) => {
                let cut = self.order.cut(counts.clone()).map_err(BindError::NotACut)?;
                Node::Cut(*comparison, cut)
            }
            Predicate::State { process, equal, label } => {
                let (process, state) = (self.process(process)?, self.state(label)?);
                let node = Node::State { process, state };
                if *equal { node } else { Node::Not(Box::new(node)) }
            }
            Predicate::EveryIn(label) => Node::All(self.each_in(label)?),
            Predicate::SomeIn(label) => Node::Any(self.each_in(label)?),
            Predicate::Every(variable, inner) => Node::All(self.for_each(variable, inner)?),
            Predicate::Some(variable, inner) => Node::Any(self.for_each(variable, inner)?),
            Predicate::Empty(place) => Node::Empty(self.link(place)?),
        })
    }

    fn each_in(&mut self, label: &str) -> Result<Vec<Node>, BindError> {
        let state = self.state(label)?;
        self.parts += self.order.process_count();
        Ok(self.processes().map(|process| Node::State { process, state }).collect())
    }

    fn for_each(&mut self, variable: &'a str, inner: &'a Predicate) -> Result<Vec<Node>, BindError> {
        let mut nodes = Vec::new();
        for process in self.processes() {
            self.variables.push((variable, process));
            let node = self.node(inner);
            self.variables.pop();
            nodes.push(node?);
        }
        Ok(nodes)
    }

    /// What a number is computed from, and what it cannot exceed in either direction.
    fn number(&mut self, number: &'a Number) -> Result<(Value, u128), BindError> {
        self.parts += 1;
        Ok(match number {
            Number::Literal(value) => (Value::Literal(i128::from(*value)), u128::from(*value)),
            Number::Balance(process) => {
                let process = self.process(process)?;
                self.must_have_money()?;
                (Value::Balance(process), MOST_MONEY)
            }
            Number::Events(process) => (Value::Events(self.process(process)?), MOST_COUNTED),
            Number::Total => {
                self.must_have_money()?;
                (Value::Total, MOST_MONEY * MOST_COUNTED)
            }
            Number::Sent(place) => (Value::Sent(self.link(place)?), MOST_COUNTED),
            Number::Received(place) => (Value::Received(self.link(place)?), MOST_COUNTED),
            Number::InTransit(place) => (Value::InTransit(self.link(place)?), MOST_COUNTED),
            Number::Negative(inner) => {
                let (inner, most) = self.number(inner)?;
                (Value::Negative(Box::new(inner)), most)
            }
            Number::Combined(first, operation, second) => {
                let ((first, most), (second, most_second)) = (self.number(first)?, self.number(second)?);
                let most = match operation {
                    Operation::Plus | Operation::Minus => most.checked_add(most_second),
                    Operation::Times => most.checked_mul(most_second),
                };
                let most = most.filter(|most| *most <= i128::MAX as u128).ok_or(BindError::TooLarge)?;
                (Value::Combined(Box::new(first), *operation, Box::new(second)), most)
            }
        })
    }

    fn processes(&self) -> impl Iterator<Item = ProcessId> + use<> {
        (0..self.order.process_count()).map(ProcessId::at)
    }

    /// The process of this name; the variable of the innermost `all` or `some` comes first.
    fn process(&self, name: &str) -> Result<ProcessId, BindError> {
        let variable = self.variables.iter().rev().find(|(variable, _)| *variable == name).map(|(_, process)| *process);
        let known = || self.order.process_names().to_vec();
        let process = variable.or_else(|| self.order.process_named(name));
        process.ok_or_else(|| BindError::NoSuchProcess(name.to_owned(), known()))
    }

    fn link(&self, place: &Place) -> Result<ChannelId, BindError> {
        let links = self.order.links();
        match place {
            Place::Named(name) => self.order.link_named(name).ok_or_else(|| {
                BindError::NoSuchChannel(name.clone(), links.iter().map(|link| link.name.clone()).collect())
            }),
            Place::Between(from, to) => {
                let ends = (self.process(from)?, Some(self.process(to)?));
                let joining = |(_, link): &(usize, &crate::cuts::Link)| (link.from, link.to) == ends;
                let found: Vec<_> = links.iter().enumerate().filter(joining).collect();
                match found[..] {
                    [(at, _)] => Ok(ChannelId::at(at)),
                    [] => Err(BindError::NotJoined(from.clone(), to.clone())),
                    _ => Err(BindError::SeveralChannels(found.iter().map(|(_, link)| link.name.clone()).collect())),
                }
            }
        }
    }

    fn state(&self, label: &str) -> Result<LocalState, BindError> {
        match self.order.computation() {
            Some(Computation::Automaton(automaton)) => {
                automaton.label_named(label).ok_or_else(|| BindError::NoSuchState(label.to_owned()))
            }
            Some(Computation::Diffusing(_)) if matches!(label, "active" | "passive") => {
                Ok(LocalState::Work { active: label == "active", sends_left: None })
            }
            Some(Computation::Resources(_)) if label == "running" => Ok(LocalState::Running),
            Some(Computation::Diffusing(_) | Computation::Resources(_)) => {
                Err(BindError::NoSuchState(label.to_owned()))
            }
            Some(Computation::Bank(_) | Computation::Dataflow(_)) => Err(BindError::NoStates),
            None => Err(BindError::StatesUnknown),
        }
    }

    fn must_have_money(&self) -> Result<(), BindError> {
        match self.order.computation() {
            Some(Computation::Bank(_)) => Ok(()),
            Some(_) => Err(BindError::NoMoney),
            None => Err(BindError::StatesUnknown),
        }
    }
}
