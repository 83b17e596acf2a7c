//! The schedulers by name.

use clap::ValueEnum;
use cutline_core::scheduler::{
    Faulty, Latency, Manual, MostInFlight, OldestFirst, Periodic, Policy, RoundRobin, Scheduler, SlowestMarker, Timed,
};
use cutline_core::{Action, ChannelId, Faults, Method, Snapshot, Topology, World};

/// Who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Name {
    /// Nobody: the run of the file and nothing else
    Script,
    /// What has been under way longest arrives first
    OldestFirst,
    /// The channels deliver in turn
    RoundRobin,
    /// Every item takes a random time; needs a seed
    RandomDelays,
    /// The same, and the processes go on sending, until every snapshot is complete; needs a seed
    RandomWork,
    /// No marker arrives while a message can: as late as possible
    SlowestMarker,
    /// As many messages under way as possible, until every snapshot is complete
    MostInFlight,
}

/// How long things take where nothing is said.
pub(crate) const DELAYS: Latency = Latency::Uniform { least: 1, most: 20 };
const PAUSES: Latency = Latency::Uniform { least: 1, most: 12 };
/// The most money that a process sends at a time.
const MOST: i64 = 10;
/// The most messages under way.
const BOUND: usize = 8;

impl Name {
    /// With this seed, and with these delays of single channels; the last word on a channel counts.
    pub(crate) fn scheduler(self, seed: u64, latencies: &[(ChannelId, Latency)]) -> Box<dyn Scheduler<Method>> {
        let timed = || {
            let with =
                |timed: Timed, (channel, latency): &(ChannelId, Latency)| timed.with_channel(*channel, latency.clone());
            latencies.iter().fold(Timed::new(seed, DELAYS), with)
        };
        match self {
            Self::Script => Box::new(Manual),
            Self::OldestFirst => Box::new(OldestFirst),
            Self::RoundRobin => Box::new(RoundRobin::default()),
            Self::RandomDelays => Box::new(timed()),
            Self::RandomWork => Box::new(timed().with_pauses(PAUSES, MOST)),
            Self::SlowestMarker => Box::new(SlowestMarker),
            Self::MostInFlight => Box::new(MostInFlight::new(BOUND)),
        }
    }

    /// Whether it goes on for as long as the processes can do something.
    pub(crate) fn goes_on(self) -> bool {
        matches!(self, Self::RandomWork | Self::MostInFlight)
    }

    /// Whether it draws how long things are under way.
    pub(crate) fn draws(self) -> bool {
        matches!(self, Self::RandomDelays | Self::RandomWork)
    }

    pub(crate) fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// A scheduler that goes on until there is nothing more to do for it.
pub(crate) struct GoesOn {
    name: Name,
    scheduler: Faulty<Periodic<Box<dyn Scheduler<Method>>>>,
}

impl GoesOn {
    /// With this seed, these delays, and snapshots by this policy.
    pub(crate) fn new(name: Name, seed: u64, latencies: &[(ChannelId, Latency)], policy: Option<Policy>) -> Self {
        let none = Policy { every: 1, load: None, most: 0, by: Vec::new() };
        let periodic = Periodic::new(name.scheduler(seed, latencies), policy.unwrap_or(none));
        Self { name, scheduler: Faulty::new(periodic, Faults::default(), seed, &Topology::default()) }
    }

    /// The same, with what may go wrong in a network that is given as it was before it was loosened.
    pub(crate) fn with_faults(self, faults: Faults, seed: u64, given: &Topology) -> Self {
        Self { name: self.name, scheduler: Faulty::new(self.scheduler.into_inner(), faults, seed, given) }
    }

    /// The next action; none if there is none, or if it would go on for ever and every snapshot is complete.
    pub(crate) fn next(&mut self, world: &World<Method>) -> Option<Action> {
        let all_complete =
            || world.snapshots().iter().filter(|snapshot| snapshot.has_begun()).all(Snapshot::is_complete);
        if self.name.goes_on() && self.scheduler.inner().is_through() && !self.scheduler.owes() && all_complete() {
            return None;
        }
        self.scheduler.next(world)
    }
}

/// Whether every snapshot that was begun is complete.
pub(crate) fn all_complete(world: &World<Method>) -> bool {
    world.snapshots().iter().filter(|snapshot| snapshot.has_begun()).all(Snapshot::is_complete)
}
