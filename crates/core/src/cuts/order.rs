//! The events of a run and what happened before what.

use super::at::AtCut;
use super::cut::{Cut, NotACut};
use crate::computation::{Computation, LocalState};
use crate::ids::{ChannelId, MessageId, ProcessId};

/// An event, by its process and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId {
    /// The process at which it happened.
    pub process: ProcessId,
    /// Its number among the events of that process, counted from 1: a cut holds it if it counts so many.
    pub number: u32,
}

/// What an event does to the channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// It touches no channel.
    Internal,
    /// It sends the message at this place in [`EventOrder::messages`].
    Send(usize),
    /// It receives the message at this place in [`EventOrder::messages`].
    Receive(usize),
}

/// A message and the events at its ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its number in the run.
    pub id: MessageId,
    /// What to call it.
    pub name: String,
    /// The place of its channel in [`EventOrder::links`].
    pub link: ChannelId,
    /// Its sending.
    pub sent: EventId,
    /// Its receipt, if it was received.
    pub received: Option<EventId>,
    /// How much of the conserved quantity it carries, where there is one.
    pub worth: Option<i64>,
}

/// A channel, as far as an order of events knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What people call it.
    pub name: String,
    /// The process that sends on it.
    pub from: ProcessId,
    /// The process that receives from it. None where a declared trace does not tell: no message of it is received.
    pub to: Option<ProcessId>,
    /// The places of its messages in [`EventOrder::messages`], in the order of sending.
    pub messages: Vec<usize>,
}

/// What the processes held, where that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct States {
    pub computation: Computation,
    /// For each process its state after 0, 1, 2, ... events.
    pub after: Vec<Vec<LocalState>>,
}

/// The application events of a run, partially ordered by "happened before" (Lamport 1978), each with its vector
/// clock (Fidge 1988; Mattern 1989). Markers and recording are no events here, so snapshots do not change it.
///
/// It is built from a [`crate::Trace`] by [`EventOrder::of_trace`], or from a list of sends and receipts by
/// [`EventOrder::declared`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventOrder {
    pub(super) names: Vec<String>,
    pub(super) kinds: Vec<Vec<EventKind>>,
    /// For each process the clocks of its events, one after the other.
    pub(super) clocks: Vec<Vec<u32>>,
    pub(super) messages: Vec<Message>,
    pub(super) links: Vec<Link>,
    pub(super) states: Option<States>,
}

impl EventOrder {
    /// How many processes there are.
    #[must_use]
    pub fn process_count(&self) -> usize {
        self.names.len()
    }

    /// What people call the processes.
    #[must_use]
    pub fn process_names(&self) -> &[String] {
        &self.names
    }

    /// The process of this name.
    #[must_use]
    pub fn process_named(&self, name: &str) -> Option<ProcessId> {
        self.names.iter().position(|known| known == name).map(ProcessId::at)
    }

    /// What the events of a process do, in their order.
    #[must_use]
    pub fn events_of(&self, process: ProcessId) -> &[EventKind] {
        &self.kinds[process.index()]
    }

    /// How many events there are in all.
    #[must_use]
    pub fn event_count(&self) -> u64 {
        self.kinds.iter().map(|events| events.len() as u64).sum()
    }

    /// All messages: in the order of sending for a trace, in the order of declaration for a declared one.
    #[must_use]
    pub fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// All channels. For a trace they have the numbers that they have in its topology.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The channel of this name.
    #[must_use]
    pub fn link_named(&self, name: &str) -> Option<ChannelId> {
        self.links.iter().position(|link| link.name == name).map(ChannelId::at)
    }

    /// Whether it is known what the processes hold after each event.
    #[must_use]
    pub fn knows_states(&self) -> bool {
        self.states.is_some()
    }

    /// The application that ran, if it is known.
    #[must_use]
    pub fn computation(&self) -> Option<&Computation> {
        self.states.as_ref().map(|states| &states.computation)
    }

    /// The vector clock of an event: how many events of each process happened before it or are it.
    #[must_use]
    pub fn clock(&self, event: EventId) -> &[u32] {
        self.clock_after(event.process.index(), event.number).unwrap_or_default()
    }

    /// Whether one event happened before another one.
    #[must_use]
    pub fn happened_before(&self, first: EventId, second: EventId) -> bool {
        let known = self.clock(second).get(first.process.index());
        first != second && known.is_some_and(|known| *known >= first.number)
    }

    /// The cut with these numbers of events.
    ///
    /// # Errors
    /// If there are not as many numbers as processes, or a process does not have so many events.
    pub fn cut(&self, counts: Vec<u32>) -> Result<Cut, NotACut> {
        let (given, wanted) = (counts.len(), self.process_count());
        if given != wanted {
            return Err(NotACut::WrongLength { given, wanted });
        }
        for (process, (events, given)) in self.kinds.iter().zip(&counts).enumerate() {
            if *given as usize > events.len() {
                let process = self.names[process].clone();
                return Err(NotACut::TooManyEvents { process, given: *given, has: events.len() });
            }
        }
        Ok(Cut::of(counts))
    }

    /// The cut before all events.
    #[must_use]
    pub fn bottom(&self) -> Cut {
        Cut::of(vec![0; self.process_count()])
    }

    /// The cut after all events.
    #[must_use]
    pub fn top(&self) -> Cut {
        Cut::of((0..self.process_count()).map(|process| self.last(process)).collect())
    }

    /// What can be asked about a cut.
    #[must_use]
    pub fn at<'a>(&'a self, cut: &'a Cut) -> AtCut<'a> {
        AtCut::new(self, cut)
    }

    /// The clock of a process after `count` events; none before the first.
    pub(super) fn clock_after(&self, process: usize, count: u32) -> Option<&[u32]> {
        let size = self.process_count();
        let start = (count as usize).checked_sub(1)? * size;
        self.clocks[process].get(start..start + size)
    }

    /// How many events a process has.
    pub(super) fn last(&self, process: usize) -> u32 {
        u32::try_from(self.kinds[process].len()).unwrap_or(u32::MAX)
    }
}
