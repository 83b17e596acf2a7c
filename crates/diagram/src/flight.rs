//! What crosses from process to process, gathered from the events of a run.

use crate::layout::Wording;
use cutline_core::event::ControlRole;
use cutline_core::{ChannelId, ControlId, Event, MessageId, ProcessId, SnapshotId, Trace};
use std::collections::BTreeMap;

/// A message or control message on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flight {
    pub what: What,
    pub channel: ChannelId,
    pub sent: usize,
    pub received: Option<usize>,
    /// When it was dropped, since the run went back to a recorded state.
    pub dropped: Option<usize>,
    /// The label of a message.
    pub text: String,
    /// The snapshots in whose recorded channel state the message stands.
    pub kept_in: Vec<SnapshotId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    Message(MessageId),
    Marker(ControlId, SnapshotId),
    Report(ControlId, SnapshotId),
}

/// All that crossed or is crossing, in the order of sending.
pub(crate) fn flights(trace: &Trace<'_>, words: &dyn Wording) -> Vec<Flight> {
    let mut flights: Vec<Flight> = Vec::new();
    let mut messages = BTreeMap::new();
    let mut controls = BTreeMap::new();
    for (step, event) in trace.events() {
        match *event {
            Event::Sent { message, channel, payload, .. } | Event::Resent { message, channel, payload, .. } => {
                messages.insert(message, flights.len());
                let text = words.payload(payload);
                flights.push(Flight::new(What::Message(message), channel, step, text));
            }
            Event::ControlSent { control, channel, role } => {
                controls.insert(control, flights.len());
                let what = match role {
                    ControlRole::Marker(snapshot) => What::Marker(control, snapshot),
                    ControlRole::Report { snapshot, .. } => What::Report(control, snapshot),
                };
                flights.push(Flight::new(what, channel, step, String::new()));
            }
            Event::Received { message, .. } => {
                if let Some(at) = messages.get(&message) {
                    flights[*at].received = Some(step);
                }
            }
            Event::ControlReceived { control, .. } => {
                if let Some(at) = controls.get(&control) {
                    flights[*at].received = Some(step);
                }
            }
            Event::Restored { process: ProcessId(0), .. } => {
                let under_way = flights.iter_mut().filter(|flight| flight.received.is_none());
                under_way.for_each(|flight| _ = flight.dropped.get_or_insert(step));
            }
            Event::Kept { snapshot, message, .. } => {
                if let Some(at) = messages.get(&message) {
                    flights[*at].kept_in.push(snapshot);
                }
            }
            _ => {}
        }
    }
    flights
}

impl Flight {
    fn new(what: What, channel: ChannelId, sent: usize, text: String) -> Self {
        Self { what, channel, sent, received: None, dropped: None, text, kept_in: Vec::new() }
    }
}
