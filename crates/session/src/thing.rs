//! What the page shows, thing by thing, so that all views can light the same one together.

use crate::session::Session;
use cutline_core::world::Waiting;
use cutline_core::{ChannelId, ControlId, MessageId, ProcessId, SnapshotId};
use cutline_diagram::{Chart, Flight, Key, Target};
use std::fmt;
use std::rc::Rc;

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

impl Thing {
    /// What is meant on the diagram; none of what waits in a channel, which is known by its place there.
    #[must_use]
    pub fn meant(target: Target) -> Option<Self> {
        Some(match target {
            Target::Process(process) | Target::OwnCut(process) => Self::Process(process),
            Target::Message(message) => Self::Message(message),
            Target::Control(control) => Self::Control(control),
            Target::Recording(snapshot, process) => Self::Recording(snapshot, process),
            Target::Waiting(..) => return None,
        })
    }
}

/// What an element stands for, and after it what that belongs to, as tokens in a row.
#[must_use]
pub fn tokens(things: &[Thing]) -> String {
    things.iter().map(Thing::to_string).collect::<Vec<_>>().join(" ")
}

/// What each thing of a run belongs to.
#[derive(Debug)]
pub struct Things<'a> {
    session: &'a Session,
    chart: Rc<Chart>,
}

impl Session {
    /// What each thing of the run so far belongs to.
    #[must_use]
    pub fn things(&self) -> Things<'_> {
        Things { session: self, chart: self.chart() }
    }
}

/// Its channel, and the steps that sent and received it, up to now.
fn crossing(flight: Option<&Flight>, now: usize) -> impl Iterator<Item = Thing> {
    let channel = flight.map(|flight| Thing::Channel(flight.channel));
    let steps = flight.into_iter().flat_map(|flight| [Some(flight.sent), flight.received]);
    channel.into_iter().chain(steps.flatten().filter(move |step| *step <= now).map(Thing::Step))
}

impl Things<'_> {
    /// A thing and what it belongs to, as tokens.
    #[must_use]
    pub fn of(&self, thing: Thing) -> String {
        let mut all = vec![thing];
        let now = self.session.step();
        match thing {
            Thing::Recording(snapshot, process) => {
                all.extend([Thing::Process(process), Thing::Snapshot(snapshot)]);
                let recordings = self.chart.recordings().get(snapshot.index());
                let point = recordings.and_then(|recordings| recordings.points[process.index()]);
                all.extend(point.filter(|point| point.since <= now).map(|point| Thing::Step(point.since)));
            }
            Thing::Message(message) => all.extend(crossing(self.chart.message(message), now)),
            Thing::Control(control) => all.extend(crossing(self.chart.control(control), now)),
            Thing::Process(_) | Thing::Channel(_) | Thing::Snapshot(_) | Thing::Step(_) => {}
        }
        tokens(&all)
    }

    /// The tokens of something on the diagram; none where it stands for no single thing.
    #[must_use]
    pub fn on_diagram(&self, key: Key, target: Option<Target>) -> Option<String> {
        let thing = match (target, key) {
            (Some(Target::Waiting(channel, position)), _) => self.waiting(channel, position)?,
            (Some(target), _) => Thing::meant(target)?,
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
