//! Predicates as text, with no more parentheses than are needed. What is printed is read back as the same.

use super::tokens::{KEYWORDS, in_word};
use super::{Comparison, Number, Operation, Place, Predicate};
use std::fmt;

/// How closely a form binds, from loosely to closely.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Quantifier,
    Or,
    And,
    Not,
    Closed,
}

impl Predicate {
    fn binding(&self) -> Binding {
        match self {
            Self::Every(..) | Self::Some(..) => Binding::Quantifier,
            Self::Or(..) => Binding::Or,
            Self::And(..) => Binding::And,
            Self::Not(..) => Binding::Not,
            _ => Binding::Closed,
        }
    }

    fn within(&self, least: Binding, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.binding() < least { write!(f, "({self})") } else { write!(f, "{self}") }
    }
}

impl fmt::Display for Predicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constant(value) => write!(f, "{value}"),
            Self::Not(inner) => {
                write!(f, "not ")?;
                inner.within(Binding::Not, f)
            }
            Self::And(first, second) => {
                first.within(Binding::And, f)?;
                write!(f, " and ")?;
                second.within(Binding::Not, f)
            }
            Self::Or(first, second) => {
                first.within(Binding::Or, f)?;
                write!(f, " or ")?;
                second.within(Binding::And, f)
            }
            Self::Compare(first, comparison, second) => write!(f, "{first} {comparison} {second}"),
            Self::Cut(comparison, counts) => {
                let counts: Vec<String> = counts.iter().map(u32::to_string).collect();
                write!(f, "cut {comparison} ({})", counts.join(","))
            }
            Self::State { process, equal, label } => {
                let comparison = if *equal { Comparison::Equal } else { Comparison::Unequal };
                write!(f, "{}.state {comparison} {}", name(process), name(label))
            }
            Self::EveryIn(label) => write!(f, "all {}", name(label)),
            Self::SomeIn(label) => write!(f, "some {}", name(label)),
            Self::Every(variable, inner) => write!(f, "all {}: {inner}", name(variable)),
            Self::Some(variable, inner) => write!(f, "some {}: {inner}", name(variable)),
            Self::Empty(place) => write!(f, "empty({place})"),
        }
    }
}

impl Number {
    fn binding(&self) -> u8 {
        match self {
            Self::Combined(_, operation, _) => operation.binding(),
            Self::Negative(_) => 2,
            _ => 3,
        }
    }

    fn within(&self, least: u8, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.binding() < least { write!(f, "({self})") } else { write!(f, "{self}") }
    }
}

impl Operation {
    fn binding(self) -> u8 {
        match self {
            Self::Plus | Self::Minus => 0,
            Self::Times => 1,
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(value) => write!(f, "{value}"),
            Self::Balance(process) => write!(f, "{}.balance", name(process)),
            Self::Events(process) => write!(f, "{}.events", name(process)),
            Self::Total => write!(f, "total"),
            Self::Sent(place) => write!(f, "sent({place})"),
            Self::Received(place) => write!(f, "received({place})"),
            Self::InTransit(place) => write!(f, "in_transit({place})"),
            Self::Negative(inner) => {
                write!(f, "-")?;
                inner.within(2, f)
            }
            Self::Combined(first, operation, second) => {
                first.within(operation.binding(), f)?;
                write!(f, " {operation} ")?;
                second.within(operation.binding() + 1, f)
            }
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(channel) => write!(f, "{}", name(channel)),
            Self::Between(from, to) => write!(f, "{} -> {}", name(from), name(to)),
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
        })
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::Unequal => "!=",
            Self::AtLeast => ">=",
            Self::Greater => ">",
        })
    }
}

/// A name as it is written: bare if it can be, otherwise in quotes.
fn name(name: &str) -> String {
    let plain = !name.is_empty() && name.chars().all(in_word) && !name.bytes().all(|byte| byte.is_ascii_digit());
    if plain && !KEYWORDS.contains(&name) { name.to_owned() } else { quoted(name) }
}

/// A name in quotes.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
