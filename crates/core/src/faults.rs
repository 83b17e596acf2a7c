//! What may go wrong in a run, and how often: allowances, that somebody who decides may use up.
//!
//! A random run ([`crate::scheduler::Faulty`]) uses them where it likes, the explorer ([`crate::explore`]) in every way there is.

use crate::action::Copied;
use crate::topology::{Order, Topology};
use crate::world::Waiting;
use std::fmt;
use std::str::FromStr;

/// How often something may go wrong, all together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Faults {
    /// How many items may be lost.
    pub losses: u16,
    /// How many may be repeated.
    pub copies: u16,
    /// How many may be changed on their way, which their receiver notices: it drops them.
    pub corruptions: u16,
    /// How often an item may overtake those ahead of it in a FIFO channel.
    pub overtakings: u16,
    /// How many times a process may crash for good.
    pub crashes: u16,
    /// How many times a process may crash and begin again: from its initial state, or as it was where it keeps a log.
    pub amnesias: u16,
    /// How many times the network may come apart in two, until it is made whole again.
    pub partitions: u16,
    /// Which items can be lost, repeated or changed.
    pub target: Target,
    /// Where in a FIFO channel the copy goes.
    pub copied: Copied,
}

/// Which items of a channel something can happen to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Target {
    /// All.
    #[default]
    Any,
    /// Application messages.
    Messages,
    /// Control messages.
    Controls,
}

/// Something that can go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mishap {
    Loss,
    Copy,
    Corruption,
    Overtaking,
    Crash,
    Amnesia,
    Partition,
}

impl Mishap {
    pub(crate) const ALL: [Self; 7] =
        [Self::Loss, Self::Copy, Self::Corruption, Self::Overtaking, Self::Crash, Self::Amnesia, Self::Partition];
}

/// How often each thing has gone wrong so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Used([u16; Mishap::ALL.len()]);

impl Used {
    /// The same, and one more.
    pub(crate) fn and(mut self, mishap: Mishap) -> Self {
        self.0[mishap as usize] = self.0[mishap as usize].saturating_add(1);
        self
    }

    pub(crate) fn numbers(self) -> impl Iterator<Item = u16> {
        self.0.into_iter()
    }
}

impl Faults {
    /// In how large a system all ways to come apart are gone through: with so many processes there are 511.
    pub const MOST_PARTED: usize = 10;

    /// Whether nothing goes wrong.
    #[must_use]
    pub fn are_none(self) -> bool {
        Mishap::ALL.into_iter().all(|mishap| self.most(mishap) == 0)
    }

    /// Whether something may go wrong that is about more than losing and repeating the items of a channel: then states have to
    /// be explored whole.
    #[must_use]
    pub fn concern_more_than_items(self) -> bool {
        let of_items = Self { losses: 0, copies: 0, ..self };
        !of_items.are_none()
    }

    /// How often this may happen.
    pub(crate) fn most(self, mishap: Mishap) -> u16 {
        match mishap {
            Mishap::Loss => self.losses,
            Mishap::Copy => self.copies,
            Mishap::Corruption => self.corruptions,
            Mishap::Overtaking => self.overtakings,
            Mishap::Crash => self.crashes,
            Mishap::Amnesia => self.amnesias,
            Mishap::Partition => self.partitions,
        }
    }

    /// Whether this may happen once more.
    pub(crate) fn allow(self, mishap: Mishap, used: Used) -> bool {
        used.0[mishap as usize] < self.most(mishap)
    }

    /// The network under channels whose items may overtake each other: those that were FIFO have no order any more.
    /// Whoever decides keeps to the order otherwise. Nothing changes if nothing may overtake.
    #[must_use]
    pub fn loosened(self, topology: &Topology) -> Topology {
        let mut loosened = topology.clone();
        if self.overtakings > 0 {
            ordered(topology).for_each(|channel| loosened.loosen(channel));
        }
        loosened
    }
}

/// The channels in which something can be overtaken: with order, and no link that would mend it.
pub(crate) fn ordered(topology: &Topology) -> impl Iterator<Item = crate::ids::ChannelId> + '_ {
    topology
        .channels()
        .filter(|channel| topology.channel(*channel).order == Order::Fifo && !topology.is_repaired(*channel))
}

impl Target {
    /// Whether it can happen to this item.
    pub(crate) fn hits(self, item: Option<Waiting>) -> bool {
        match self {
            Self::Any => true,
            Self::Messages => matches!(item, Some(Waiting::Message(_))),
            Self::Controls => matches!(item, Some(Waiting::Control(..))),
        }
    }
}

/// Why a text says nothing about what may go wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultsError {
    /// A part has no `=`.
    NoValue(String),
    /// What stands before the `=` is not known, or the value is not one that it can have.
    Unknown(String),
    /// A number was expected.
    NoNumber {
        /// Of what.
        what: String,
        /// What stands there.
        found: String,
    },
    /// The same is said twice.
    Twice(String),
}

/// All that can be said.
const KNOWN: &str = "drop=N, dup=N, corrupt=N, reorder=N, crash=N, amnesia=N, partition=N, target=app, target=marker, target=any, \
                     copy=adjacent or copy=tail";

impl fmt::Display for FaultsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoValue(part) => {
                write!(f, "expected WHAT=VALUE, found {}", if part.is_empty() { "nothing" } else { part })
            }
            Self::Unknown(part) => write!(f, "expected {KNOWN}, found {part}"),
            Self::NoNumber { what, found } => {
                write!(f, "{what}: expected how often, a whole number up to {}, found {found}", u16::MAX)
            }
            Self::Twice(what) => write!(f, "{what} stands there twice; expected each at most once"),
        }
    }
}

impl std::error::Error for FaultsError {}

/// As in `drop=1,crash=1,target=app`: parts with commas between, each at most once, in any order.
impl FromStr for Faults {
    type Err = FaultsError;

    fn from_str(text: &str) -> Result<Self, FaultsError> {
        let (mut faults, mut said) = (Self::default(), Vec::new());
        for part in text.split(',').map(str::trim) {
            let (what, value) = part.split_once('=').ok_or_else(|| FaultsError::NoValue(part.to_owned()))?;
            faults.say(what.trim(), value.trim(), part)?;
            if said.contains(&what.trim()) {
                return Err(FaultsError::Twice(what.trim().to_owned()));
            }
            said.push(what.trim());
        }
        Ok(faults)
    }
}

impl Faults {
    fn say(&mut self, what: &str, value: &str, part: &str) -> Result<(), FaultsError> {
        let place = match what {
            "drop" => &mut self.losses,
            "dup" => &mut self.copies,
            "corrupt" => &mut self.corruptions,
            "reorder" => &mut self.overtakings,
            "crash" => &mut self.crashes,
            "amnesia" => &mut self.amnesias,
            "partition" => &mut self.partitions,
            _ => return self.say_which(what, value, part),
        };
        let no_number = |_| FaultsError::NoNumber { what: what.to_owned(), found: value.to_owned() };
        *place = value.parse().map_err(no_number)?;
        Ok(())
    }

    fn say_which(&mut self, what: &str, value: &str, part: &str) -> Result<(), FaultsError> {
        match (what, value) {
            ("target", "any") => self.target = Target::Any,
            ("target", "app") => self.target = Target::Messages,
            ("target", "marker") => self.target = Target::Controls,
            ("copy", "adjacent") => self.copied = Copied::Adjacent,
            ("copy", "tail") => self.copied = Copied::Tail,
            _ => return Err(FaultsError::Unknown(part.to_owned())),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_go_wrong_is_read() {
        let read = |text: &str| text.parse::<Faults>();
        let all = "drop=1,dup=2, reorder=3,corrupt=7,crash=4,amnesia=5,partition=6,target=marker,copy=tail";
        let expected = Faults {
            losses: 1,
            copies: 2,
            corruptions: 7,
            overtakings: 3,
            crashes: 4,
            amnesias: 5,
            partitions: 6,
            target: Target::Controls,
            copied: Copied::Tail,
        };
        assert_eq!(read(all), Ok(expected));
        assert!(expected.concern_more_than_items() && !expected.are_none());
        assert!(!read("drop=1").unwrap().concern_more_than_items());
        assert!(read("target=app").unwrap().are_none());
    }

    #[test]
    fn what_is_no_fault_is_refused_in_a_sentence() {
        let said = |text: &str| text.parse::<Faults>().unwrap_err().to_string();
        assert_eq!(said(""), "expected WHAT=VALUE, found nothing");
        assert_eq!(said("drop"), "expected WHAT=VALUE, found drop");
        assert_eq!(said("drop=1,drop=2"), "drop stands there twice; expected each at most once");
        assert_eq!(said("target=app,dup=1,target=app"), "target stands there twice; expected each at most once");
        assert_eq!(said("drop=-1"), "drop: expected how often, a whole number up to 65535, found -1");
        assert_eq!(said("crash=70000"), "crash: expected how often, a whole number up to 65535, found 70000");
        assert!(said("fire=1").starts_with("expected drop=N, dup=N, corrupt=N, reorder=N, crash=N, "));
        assert!(said("target=all").ends_with("found target=all"));
    }
}
