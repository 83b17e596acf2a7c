//! An order of events from a list of who sends and receives what.

use super::clocks::clocks;
use super::order::{EventId, EventKind, EventOrder, Link, Message};
use super::refused::OrderError;
use crate::ids::{ChannelId, MessageId, ProcessId};
use crate::topology::MAX_PROCESSES;
use std::collections::{BTreeMap, BTreeSet};

/// An event of a declared trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Declared {
    /// Sends the message of this name.
    Send(String),
    /// Receives the message of this name.
    Receive(String),
    /// Touches no channel.
    Internal,
}

/// A process of a declared trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredProcess {
    /// Its name.
    pub name: String,
    /// Its events, in their order.
    pub events: Vec<Declared>,
}

impl EventOrder {
    /// The order of a declared trace. What the processes hold is not known. There is one channel for each pair of
    /// processes that a message goes between, and one to nobody known for what is never received. Takes time in the
    /// number of events times that of processes.
    ///
    /// # Errors
    /// If no run can go like this. Sending to oneself is refused too: a channel joins two different processes.
    pub fn declared(processes: &[DeclaredProcess]) -> Result<Self, OrderError> {
        if processes.len() > MAX_PROCESSES {
            return Err(OrderError::TooManyProcesses);
        }
        let mut names = BTreeSet::new();
        if let Some(twice) = processes.iter().find(|process| !names.insert(&process.name)) {
            return Err(OrderError::ProcessTwice(twice.name.clone()));
        }
        let names: Vec<String> = processes.iter().map(|process| process.name.clone()).collect();
        let (mut messages, places) = sends(processes)?;
        let kinds = receipts(processes, &mut messages, &places)?;
        let links = links(&names, &mut messages);
        Ok(Self { clocks: clocks(&kinds, &messages)?, names, kinds, messages, links, states: None })
    }
}

fn ids(process: usize, events: &[Declared]) -> impl Iterator<Item = (EventId, &Declared)> {
    let process = ProcessId::at(process);
    events.iter().zip(1..).map(move |(event, number)| (EventId { process, number }, event))
}

/// The messages, none of them received as yet, and where in the list each is found.
fn sends(processes: &[DeclaredProcess]) -> Result<(Vec<Message>, BTreeMap<&str, usize>), OrderError> {
    let mut messages: Vec<Message> = Vec::new();
    let mut places = BTreeMap::new();
    for (process, declared) in processes.iter().enumerate() {
        for (sent, event) in ids(process, &declared.events) {
            let Declared::Send(name) = event else { continue };
            let place = messages.len();
            if places.insert(name.as_str(), place).is_some() {
                return Err(OrderError::SentTwice { message: name.clone() });
            }
            let (id, link) = (MessageId::at(place), ChannelId(0));
            messages.push(Message { id, name: name.clone(), link, sent, received: None, worth: None });
        }
    }
    Ok((messages, places))
}

/// What each event does; the receipts are entered into the messages.
fn receipts(
    processes: &[DeclaredProcess],
    messages: &mut [Message],
    places: &BTreeMap<&str, usize>,
) -> Result<Vec<Vec<EventKind>>, OrderError> {
    let mut kinds = Vec::new();
    for (process, declared) in processes.iter().enumerate() {
        let mut own = Vec::new();
        for (id, event) in ids(process, &declared.events) {
            own.push(match event {
                Declared::Internal => EventKind::Internal,
                Declared::Send(name) => EventKind::Send(places[name.as_str()]),
                Declared::Receive(name) => {
                    let (message, receiver) = (name.clone(), declared.name.clone());
                    let Some(&place) = places.get(name.as_str()) else {
                        return Err(OrderError::NeverSent { message, receiver });
                    };
                    let known = &mut messages[place];
                    if known.sent.process == id.process {
                        return Err(OrderError::OwnMessage { message, process: receiver });
                    }
                    if known.received.replace(id).is_some() {
                        return Err(OrderError::ReceivedTwice { message });
                    }
                    EventKind::Receive(place)
                }
            });
        }
        kinds.push(own);
    }
    Ok(kinds)
}

/// The channels that the messages need, sorted by their ends; each message is told its own.
fn links(names: &[String], messages: &mut [Message]) -> Vec<Link> {
    let mut by_ends: BTreeMap<(ProcessId, Option<ProcessId>), Vec<usize>> = BTreeMap::new();
    for (place, message) in messages.iter().enumerate() {
        let ends = (message.sent.process, message.received.map(|received| received.process));
        by_ends.entry(ends).or_default().push(place);
    }
    let links = by_ends.into_iter().enumerate().map(|(link, ((from, to), places))| {
        for place in &places {
            messages[*place].link = ChannelId::at(link);
        }
        let to_name = to.map_or("?", |to| &names[to.index()]);
        Link { name: format!("{}→{to_name}", names[from.index()]), from, to, messages: places }
    });
    links.collect()
}
