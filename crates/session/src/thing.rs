//! What the page shows, thing by thing, so that all views can light the same one together.

use crate::session::Session;
use cutline_core::world::Waiting;
use cutline_core::{ChannelId, ControlId, Event, MessageId, ProcessId, SnapshotId};
use cutline_diagram::{Key, Target};
use std::collections::BTreeMap;
use std::fmt;

/// Something that may be shown in several places at once. Written out, it is a token without spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// A process: `p0`.
    Process(ProcessId),
    /// A channel: `c2`.
    Channel(ChannelId),
    /// An application message: `m5`.
    Message(MessageId),
    /// A control message: `k7`.
    Control(ControlId),
    /// The recording of a process for a snapshot: `r1.0` for process 0.
    Recording(SnapshotId, ProcessId),
    /// A snapshot: `s1`.
    Snapshot(SnapshotId),
    /// A step of the branch, counted from 1: `e12`.
    Step(usize),
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Process(process) => write!(f, "p{}", process.0),
            Self::Channel(channel) => write!(f, "c{}", channel.0),
            Self::Message(message) => write!(f, "m{}", message.0),
            Self::Control(control) => write!(f, "k{}", control.0),
            Self::Recording(snapshot, process) => write!(f, "r{}.{}", snapshot.0, process.0),
            Self::Snapshot(snapshot) => write!(f, "s{}", snapshot.0),
            Self::Step(step) => write!(f, "e{step}"),
        }
    }
}

/// What an element stands for, and after it what that belongs to, as tokens in a row.
#[must_use]
pub fn tokens(things: &[Thing]) -> String {
    things.iter().map(Thing::to_string).collect::<Vec<_>>().join(" ")
}

/// What each thing of a run belongs to. Made once for each painting, in time in the number of events.
#[derive(Debug)]
pub struct Things<'a> {
    session: &'a Session,
    belongs: BTreeMap<Thing, Vec<Thing>>,
}

impl Session {
    /// What each thing of the run so far belongs to.
    #[must_use]
    pub fn things(&self) -> Things<'_> {
        let mut belongs: BTreeMap<Thing, Vec<Thing>> = BTreeMap::new();
        for (step, event) in self.history().trace().events() {
            let Some((thing, channel)) = crossing(event) else { continue };
            let first = channel.into_iter().filter(|_| !belongs.contains_key(&thing));
            let first: Vec<Thing> = first.map(Thing::Channel).collect();
            let all = belongs.entry(thing).or_default();
            all.extend(first);
            all.push(Thing::Step(step));
        }
        Things { session: self, belongs }
    }
}

/// What an event is about that can be pointed at, and the channel that it is on.
fn crossing(event: &Event) -> Option<(Thing, Option<ChannelId>)> {
    match *event {
        Event::Sent { message, channel, .. }
        | Event::Resent { message, channel, .. }
        | Event::Received { message, channel, .. } => Some((Thing::Message(message), Some(channel))),
        Event::ControlSent { control, channel, .. } | Event::ControlReceived { control, channel, .. } => {
            Some((Thing::Control(control), Some(channel)))
        }
        Event::Recorded { process, snapshot, .. } => Some((Thing::Recording(snapshot, process), None)),
        _ => None,
    }
}

impl Things<'_> {
    /// A thing and what it belongs to, as tokens.
    #[must_use]
    pub fn of(&self, thing: Thing) -> String {
        let mut all = vec![thing];
        if let Thing::Recording(snapshot, process) = thing {
            all.extend([Thing::Process(process), Thing::Snapshot(snapshot)]);
        }
        all.extend(self.belongs.get(&thing).into_iter().flatten());
        tokens(&all)
    }

    /// The tokens of something on the diagram; none where it stands for no single thing.
    #[must_use]
    pub fn on_diagram(&self, key: Key, target: Option<Target>) -> Option<String> {
        let thing = match (target, key) {
            (Some(Target::Process(process)), _) => Thing::Process(process),
            (Some(Target::Message(message)), _) => Thing::Message(message),
            (Some(Target::Control(control)), _) => Thing::Control(control),
            (Some(Target::Recording(snapshot, process)), _) => Thing::Recording(snapshot, process),
            (Some(Target::Waiting(channel, position)), _) => self.waiting(channel, position)?,
            (Some(Target::OwnCut(process)), _) => Thing::Process(process),
            (None, Key::OwnMessage(message)) => Thing::Message(message),
            (None, Key::Cut(snapshot)) => Thing::Snapshot(snapshot),
            (None, Key::Act(step) | Key::Restoration(step)) => Thing::Step(step as usize),
            (None, _) => return None,
        };
        Some(self.of(thing))
    }

    fn waiting(&self, channel: ChannelId, position: u32) -> Option<Thing> {
        let item = self.session.world().in_channel(channel).nth(position as usize)?;
        Some(match item {
            Waiting::Message(kept) => Thing::Message(kept.message),
            Waiting::Control(control, _) => Thing::Control(control),
        })
    }
}
