//! A run as the checks see it: its events, and from them where each thing happened. A place in a run is the number of
//! an event, so "before" is a comparison of two numbers.

use cutline_core::event::ControlRole;
use cutline_core::{
    Algorithm, ChannelId, Event, History, LocalState, MessageId, Payload, ProcessId, Snapshot, SnapshotId, System,
    Topology, Trace,
};
use std::collections::BTreeMap;

/// A finished run.
#[derive(Debug)]
pub struct Run<'a> {
    /// The run as the core tells it.
    pub trace: Trace<'a>,
    /// Its events since then.
    pub events: Vec<Event>,
    /// The snapshots that were started in it.
    pub snapshots: Vec<SnapshotId>,
    /// The application states of the world at the end.
    pub end: Vec<LocalState>,
    /// How many items each channel of the world holds at the end.
    pub left: Vec<usize>,
    /// What the world has recorded.
    pub recorded: &'a [Snapshot],
    /// The application messages, in the order of sending.
    pub messages: Vec<Message>,
}

/// An application message and where in the run it was sent and received.
#[derive(Clone, Copy, Debug)]
pub struct Message {
    /// Which.
    pub id: MessageId,
    /// On which channel.
    pub channel: ChannelId,
    /// Its number on this channel.
    pub number: u32,
    /// What it carries.
    pub payload: Payload,
    /// The place of its sending.
    pub sent: usize,
    /// The place of its receipt.
    pub received: Option<usize>,
}

impl<'a> Run<'a> {
    /// The run that a history has behind it, since it last went back to a recorded state.
    #[must_use]
    pub fn of<A: Algorithm>(history: &'a History<A>) -> Self {
        let world = history.world();
        let trace = history.trace();
        let mut events: Vec<Event> = trace.events().map(|(_, event)| *event).collect();
        let restored = |event: &Event| matches!(event, Event::Restored { process: ProcessId(0), .. });
        events.drain(..events.iter().rposition(restored).unwrap_or(0));
        let topology = world.topology();
        Self {
            snapshots: begun(&events),
            end: topology.processes().map(|process| world.state(process)).collect(),
            left: topology.channels().map(|channel| world.in_channel(channel).len()).collect(),
            recorded: world.snapshots(),
            messages: messages(&events),
            trace,
            events,
        }
    }

    /// The system that ran.
    #[must_use]
    pub fn system(&self) -> &'a System {
        self.trace.system
    }

    /// Its processes and channels.
    #[must_use]
    pub fn topology(&self) -> &'a Topology {
        &self.system().topology
    }

    /// The places at which a process recorded its state for a snapshot.
    pub fn records_of(&self, snapshot: SnapshotId, process: ProcessId) -> impl Iterator<Item = usize> + '_ {
        let fits = move |event: &Event| matches!(event, Event::Recorded { process: at, snapshot: of, .. } if (*at, *of) == (process, snapshot));
        self.places(fits)
    }

    /// The place at which each process was in the state that it first recorded: where it did so, or where it had noted that
    /// state; none unless all did.
    #[must_use]
    pub fn cut(&self, snapshot: SnapshotId) -> Option<Vec<usize>> {
        let place = |process| self.records_of(snapshot, process).next().and_then(|place| self.state_at(place));
        self.topology().processes().map(place).collect()
    }

    /// Where a process had the state that it recorded at a place; none if it recorded what it had never noted.
    #[must_use]
    pub fn state_at(&self, place: usize) -> Option<usize> {
        let Event::Recorded { process, noted: Some(number), .. } = self.events[place] else { return Some(place) };
        let is_note = |event: &Event| matches!(event, Event::Noted { process: at, number: of, .. } if (*at, *of) == (process, number));
        self.events[..place].iter().rposition(is_note)
    }

    /// The places at which markers of a snapshot were sent on a channel.
    pub fn markers_sent(&self, snapshot: SnapshotId, on: ChannelId) -> impl Iterator<Item = usize> + '_ {
        let marker = ControlRole::Marker(snapshot);
        self.places(
            move |event| matches!(event, Event::ControlSent { channel, role, .. } if (*channel, *role) == (on, marker)),
        )
    }

    /// The places at which markers of a snapshot were received from a channel.
    pub fn markers_received(&self, snapshot: SnapshotId, from: ChannelId) -> impl Iterator<Item = usize> + '_ {
        let marker = ControlRole::Marker(snapshot);
        self.places(move |event| {
            matches!(event, Event::ControlReceived { channel, role, .. } if (*channel, *role) == (from, marker))
        })
    }

    /// The messages in the recorded state of a channel, in their order.
    #[must_use]
    pub fn kept(&self, snapshot: SnapshotId, channel: ChannelId) -> Vec<Message> {
        let mut kept = Vec::new();
        for event in &self.events {
            match *event {
                Event::Opened { snapshot: of, channel: at } if (of, at) == (snapshot, channel) => kept.clear(),
                Event::Kept { snapshot: of, channel: at, message } if (of, at) == (snapshot, channel) => {
                    kept.extend(self.messages.iter().filter(|known| known.id == message));
                }
                _ => {}
            }
        }
        kept
    }

    fn places(&self, fits: impl Fn(&Event) -> bool) -> impl Iterator<Item = usize> {
        self.events.iter().enumerate().filter(move |(_, event)| fits(event)).map(|(place, _)| place)
    }
}

fn begun(events: &[Event]) -> Vec<SnapshotId> {
    let mut begun: Vec<SnapshotId> = events
        .iter()
        .filter_map(|event| match event {
            Event::Initiated { snapshot, .. } => Some(*snapshot),
            _ => None,
        })
        .collect();
    begun.sort();
    begun.dedup();
    begun
}

fn messages(events: &[Event]) -> Vec<Message> {
    let mut messages = Vec::<Message>::new();
    let mut at = BTreeMap::new();
    for (place, event) in events.iter().enumerate() {
        match *event {
            Event::Sent { message: id, channel, number, payload, .. }
            | Event::Resent { message: id, channel, number, payload } => {
                at.insert(id, messages.len());
                messages.push(Message { id, channel, number, payload, sent: place, received: None });
            }
            Event::Received { message, .. } => messages[at[&message]].received = Some(place),
            _ => {}
        }
    }
    messages
}
