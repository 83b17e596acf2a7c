//! The same search written as simply as can be: whole worlds, keys built from what a world shows, a map. For systems
//! that nobody has figures of: several snapshots with markers sent one by one, channels without order that are being
//! recorded, both kinds of channel side by side.

use cutline_core::algorithms::chandy_lamport::Markers;
use cutline_core::computation::{Bank, Offer, Payload};
use cutline_core::event::ControlRole;
use cutline_core::explore::{Exploration, Explorer, Planned, View};
use cutline_core::snapshot::{ChannelRecord, Kept};
use cutline_core::world::Waiting;
use cutline_core::{
    Action, ChandyLamport, ChannelId, Computation, Event, LocalState, Order, ProcessId, SnapshotId, System, TimerId,
    Topology, World,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An item, or a recorded message: payload and number, or the snapshot of a marker.
type Thing = (bool, i64, u32);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    states: Vec<LocalState>,
    timers: Vec<Vec<TimerId>>,
    queues: Vec<Vec<Thing>>,
    recorded: Vec<Vec<Option<LocalState>>>,
    records: Vec<Vec<(u8, Vec<Thing>)>>,
    counters: Option<Counters>,
}

#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Counters {
    sent: BTreeMap<ChannelId, u32>,
    received: BTreeMap<ChannelId, BTreeSet<u32>>,
    at_recording: BTreeMap<(SnapshotId, ChannelId, bool), BTreeSet<u32>>,
}

impl Counters {
    pub(crate) fn follow(&mut self, topology: &Topology, event: &Event) {
        match *event {
            Event::Sent { channel, .. } => *self.sent.entry(channel).or_default() += 1,
            Event::Received { channel, number, .. } => {
                self.received.entry(channel).or_default().insert(number);
            }
            Event::Recorded { process, snapshot, .. } => {
                for channel in topology.outgoing(process) {
                    let sent = self.sent.get(channel).copied().unwrap_or(0);
                    self.at_recording.entry((snapshot, *channel, true)).or_insert_with(|| (1..=sent).collect());
                }
                for channel in topology.incoming(process) {
                    let received = self.received.get(channel).cloned().unwrap_or_default();
                    self.at_recording.entry((snapshot, *channel, false)).or_insert(received);
                }
            }
            _ => {}
        }
    }
}

pub(crate) struct Naive {
    pub(crate) exploration: Exploration,
    pub(crate) tagged: bool,
}

impl Naive {
    fn arranged(&self, channel: ChannelId, mut things: Vec<Thing>) -> Vec<Thing> {
        if self.exploration.system.topology.channel(channel).order == Order::Unordered {
            things.sort_unstable();
        }
        things
    }

    fn message(&self, kept: &Kept) -> Thing {
        (false, kept.payload.0, if self.tagged { kept.number } else { 0 })
    }

    fn thing(&self, waiting: Waiting) -> Thing {
        match waiting {
            Waiting::Message(kept) => self.message(&kept),
            Waiting::Control(_, ControlRole::Marker(snapshot)) => (true, i64::from(snapshot.0), 0),
            Waiting::Control(..) => {
                unreachable!("markers are all there is here")
            }
        }
    }

    pub(crate) fn key(&self, world: &World<ChandyLamport>, counters: &Counters) -> Key {
        let topology = world.topology();
        let queue = |channel| self.arranged(channel, world.in_channel(channel).map(|item| self.thing(item)).collect());
        let empty = cutline_core::Snapshot::empty(topology);
        let snapshots = |id: &Planned| world.snapshots().get(id.id.index()).unwrap_or(&empty);
        let record = |planned, channel| {
            let record = snapshots(planned).channel(channel);
            let list = record.messages().iter().map(|kept| self.message(kept)).collect();
            let stage = match record {
                ChannelRecord::NotStarted => 0,
                ChannelRecord::Open(_) => 1,
                ChannelRecord::Closed(_) => 2,
                ChannelRecord::Left => 3,
            };
            (stage, self.arranged(channel, list))
        };
        let planned = || self.exploration.snapshots.iter();
        let sorted = |process| {
            let mut timers = world.timers(process).to_vec();
            timers.sort_unstable();
            timers
        };
        Key {
            states: topology.processes().map(|process| world.state(process)).collect(),
            timers: topology.processes().map(sorted).collect(),
            queues: topology.channels().map(queue).collect(),
            recorded: planned()
                .map(|planned| topology.processes().map(|process| snapshots(planned).process(process)).collect())
                .collect(),
            records: planned()
                .map(|planned| topology.channels().map(|channel| record(planned, channel)).collect())
                .collect(),
            counters: self.tagged.then(|| counters.clone()),
        }
    }

    pub(crate) fn actions(&self, world: &World<ChandyLamport>) -> Vec<Action> {
        let topology = world.topology();
        let mut actions = Vec::new();
        for process in topology.processes() {
            if world.offers(process).iter().any(|offer| matches!(offer, Offer::Amount { .. })) {
                let send = |channel: &ChannelId| Action::Send { channel: *channel, payload: Payload(1) };
                actions.extend(topology.outgoing(process).iter().map(send));
            }
            actions.extend(world.timers(process).iter().map(|timer| Action::Ring { process, timer: *timer }));
            let mine = self.exploration.snapshots.iter().filter(|planned| planned.initiators.contains(&process));
            actions.extend(mine.map(|planned| Action::Initiate { process, snapshot: planned.id }));
        }
        for channel in topology.channels() {
            let things: Vec<Thing> = world.in_channel(channel).map(|item| self.thing(item)).collect();
            let first = |at: &usize| !things[..*at].contains(&things[*at]);
            let deliver = |at| Action::Deliver { channel, position: u32::try_from(at).expect("few items") };
            actions.extend((0..things.len()).filter(first).map(deliver));
        }
        actions.retain(|action| world.check(*action).is_ok());
        actions
    }

    /// States, transitions, complete states.
    fn explore(&self, algorithm: ChandyLamport) -> (u64, u64, u64) {
        let start = (World::new(self.exploration.system.clone(), algorithm), Counters::default());
        let mut seen = BTreeSet::from([self.key(&start.0, &start.1)]);
        let (mut open, mut transitions, mut complete) = (vec![start], 0, 0);
        while let Some((world, counters)) = open.pop() {
            let done = |planned: &Planned| {
                world.snapshots().get(planned.id.index()).is_some_and(cutline_core::Snapshot::is_complete)
            };
            complete += u64::from(self.exploration.snapshots.iter().all(done));
            for action in self.actions(&world) {
                let (mut next, mut counted, mut events) = (world.clone(), counters.clone(), Vec::new());
                next.apply(action, &mut events).expect("it was checked");
                events.iter().for_each(|event| counted.follow(next.topology(), event));
                transitions += 1;
                if seen.insert(self.key(&next, &counted)) {
                    open.push((next, counted));
                }
            }
        }
        (seen.len() as u64, transitions, complete)
    }
}

struct Case {
    channels: &'static [(u16, u16, Order)],
    purse: &'static [(i64, u32)],
    snapshots: &'static [&'static [u16]],
    markers: Markers,
}

const F: Order = Order::Fifo;
const U: Order = Order::Unordered;

const CASES: [Case; 8] = [
    Case { channels: &[(0, 1, U), (1, 0, U)], purse: &[(3, 3), (0, 0)], snapshots: &[&[1]], markers: Markers::AtOnce },
    Case {
        channels: &[(0, 1, U), (1, 0, F)],
        purse: &[(2, 2), (1, 1)],
        snapshots: &[&[0, 1]],
        markers: Markers::OneByOne,
    },
    Case {
        channels: &[(0, 1, F), (1, 0, F)],
        purse: &[(1, 1), (1, 1)],
        snapshots: &[&[0], &[0]],
        markers: Markers::OneByOne,
    },
    Case {
        channels: &[(0, 1, F), (0, 1, F), (1, 0, F)],
        purse: &[(1, 1), (0, 0)],
        snapshots: &[&[0], &[0, 1]],
        markers: Markers::OneByOneUnguarded,
    },
    Case {
        channels: &[(0, 1, U), (0, 1, U), (1, 0, U)],
        purse: &[(2, 2), (0, 1)],
        snapshots: &[&[1]],
        markers: Markers::OneByOneUnguarded,
    },
    Case {
        channels: &[(0, 1, F), (1, 2, U), (2, 0, F)],
        purse: &[(2, 2), (1, 1), (0, 1)],
        snapshots: &[&[1, 2]],
        markers: Markers::AtOnce,
    },
    Case {
        channels: &[(0, 1, F), (1, 2, F), (2, 1, F)],
        purse: &[(2, 2), (0, 1), (0, 1)],
        snapshots: &[&[0]],
        markers: Markers::OneByOne,
    },
    Case { channels: &[(0, 1, F)], purse: &[(2, 2), (0, 0)], snapshots: &[&[0], &[]], markers: Markers::AtOnce },
];

fn exploration(case: &Case) -> Exploration {
    let mut topology = Topology::new();
    for process in 0..case.purse.len() {
        topology.add_process(&format!("p{process}")).expect("a process");
    }
    for (at, (from, to, order)) in case.channels.iter().enumerate() {
        let name = format!("c{at}");
        topology.add_channel(Some(&name), ProcessId(*from), ProcessId(*to), *order).expect("a channel");
    }
    let bank = Bank::with_budgets(case.purse.iter().map(|(amount, sends)| (*amount, Some(*sends)))).expect("a bank");
    let planned = |(at, initiators): (usize, &&[u16])| Planned {
        id: SnapshotId::at(at),
        initiators: initiators.iter().copied().map(ProcessId).collect(),
    };
    let system = Arc::new(System { topology, computation: Computation::Bank(bank) });
    Exploration::new(system, case.snapshots.iter().enumerate().map(planned).collect())
}

#[test]
fn a_search_with_whole_worlds_finds_the_same() {
    for (at, case) in CASES.iter().enumerate() {
        let algorithm = ChandyLamport { markers: case.markers, ..ChandyLamport::default() };
        for view in [View::Plain, View::Tagged] {
            let exploration = exploration(case).viewed(view);
            let naive = Naive { exploration: exploration.clone(), tagged: view == View::Tagged };
            let mut explorer = Explorer::new(exploration, algorithm);
            let progress = explorer.run();
            let found = (progress.states, progress.transitions, explorer.plain_figures().complete_states);
            assert_eq!(found, naive.explore(algorithm), "case {at}, {view:?}");
            assert!(found.0 > 5 && found.0 < 60_000, "case {at}: {found:?}");
        }
    }
}
