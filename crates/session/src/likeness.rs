//! The same thing in another run: messages have other numbers there.

use crate::session::Session;
use cutline_core::{ChannelId, Payload, ProcessId, SnapshotId};
use cutline_diagram::{Flight, Target, What};

/// What a thing is in whatever run it happens: of the things that are alike on a channel, one by its place among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Likeness {
    kind: Kind,
    nth: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Message(ChannelId, Payload),
    Marker(ChannelId, SnapshotId),
    Report(ChannelId, SnapshotId),
    Recording(SnapshotId, ProcessId),
}

impl Session {
    /// What a thing of the branch is apart from its number; none for what is no thing of a run, or not of this one.
    /// Takes time in the number of messages.
    #[must_use]
    pub fn likeness_of(&self, target: Target) -> Option<Likeness> {
        let chart = self.chart();
        let flight = match target {
            Target::Recording(snapshot, process) => {
                return Some(Likeness { kind: Kind::Recording(snapshot, process), nth: 0 });
            }
            Target::Message(message) => chart.message(message)?,
            Target::Control(control) => chart.control(control)?,
            Target::Process(_) | Target::Waiting(..) | Target::OwnCut(_) => return None,
        };
        let kind = kind(flight);
        let mut alike = chart.flights().iter().filter(|other| self::kind(other) == kind);
        alike.position(|other| other.what == flight.what).map(|nth| Likeness { kind, nth })
    }

    /// The thing of this branch that is like that; none if there is none. Takes time in the number of messages.
    #[must_use]
    pub fn alike(&self, likeness: Likeness) -> Option<Target> {
        if let Kind::Recording(snapshot, process) = likeness.kind {
            return Some(Target::Recording(snapshot, process));
        }
        let chart = self.chart();
        let mut alike = chart.flights().iter().filter(|flight| kind(flight) == likeness.kind);
        alike.nth(likeness.nth).map(|flight| match flight.what {
            What::Message(message) => Target::Message(message),
            What::Marker(control, _) | What::Report(control, _) => Target::Control(control),
        })
    }

    /// The process at which a thing begins.
    #[must_use]
    pub fn home_of(&self, likeness: Likeness) -> ProcessId {
        match likeness.kind {
            Kind::Recording(_, process) => process,
            Kind::Message(channel, _) | Kind::Marker(channel, _) | Kind::Report(channel, _) => {
                self.topology().channel(channel).from
            }
        }
    }
}

fn kind(flight: &Flight) -> Kind {
    match flight.what {
        What::Message(_) => Kind::Message(flight.channel, flight.payload),
        What::Marker(_, snapshot) => Kind::Marker(flight.channel, snapshot),
        What::Report(_, snapshot) => Kind::Report(flight.channel, snapshot),
    }
}
