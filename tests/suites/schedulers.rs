//! Schedulers choose what can be done, finish what they should, and choose alike for ever.

use cutline_core::algorithms::chandy_lamport::Markers;
use cutline_core::computation::Bank;
use cutline_core::judge::judge;
use cutline_core::progress::{Outlook, completion_time, marker_count, progress};
use cutline_core::scheduler::{
    Latency, Manual, MostInFlight, OldestFirst, RoundRobin, Scheduler, Script, SlowestMarker, Timed,
};
use cutline_core::world::Waiting;
use cutline_core::{
    Action, ChandyLamport, ChannelId, Computation, History, Order, ProcessId, SnapshotId, System, Topology, World,
};
use cutline_tests::case::cases;
use cutline_tests::{drive, soak};
use expect_test::expect;
use proptest::prelude::*;
use std::sync::Arc;

fn triangle() -> History<ChandyLamport> {
    let mut topology = Topology::new();
    for name in ["p", "q", "r"] {
        topology.add_process(name).expect("a process");
    }
    for (from, to) in [(0, 1), (1, 2), (2, 0), (1, 0)] {
        topology.add_channel(None, ProcessId(from), ProcessId(to), Order::Fifo).expect("a channel");
    }
    let computation = Computation::Bank(Bank::new(vec![9, 5, 0]).expect("a bank"));
    History::new(World::new(Arc::new(System { topology, computation }), ChandyLamport::default()))
}

/// What a scheduler makes of the triangle in which p has started a snapshot: `s` sends, `d` delivers, with the
/// channel and the amount or the position.
fn chosen(mut scheduler: impl Scheduler<ChandyLamport>, steps: usize) -> String {
    let mut history = triangle();
    history.act(Action::Initiate { process: ProcessId(0), snapshot: SnapshotId(0) }).expect("a start");
    let mut words = Vec::new();
    while let Some(action) = scheduler.next(history.world()).filter(|_| words.len() < steps) {
        history.act(action).expect("a scheduler chooses what can be done");
        words.push(match action {
            Action::Send { channel, payload } => format!("s{}:{}", channel.0, payload.0),
            Action::Deliver { channel, position } => format!("d{}:{position}", channel.0),
            other => format!("{other:?}"),
        });
    }
    words.join(" ")
}

fn random(seed: u64) -> Timed {
    Timed::new(seed, Latency::Uniform { least: 1, most: 9 })
        .with_channel(ChannelId(1), Latency::Constant(20))
        .with_channel(ChannelId(2), Latency::Geometric { least: 1, one_in: 3 })
        .with_channel(ChannelId(3), Latency::Discrete(vec![(1, 9), (50, 1)]))
        .with_pauses(Latency::Geometric { least: 1, one_in: 6 }, 4)
}

/// Changing any of these lists breaks runs that somebody has kept.
#[test]
fn the_same_seed_gives_the_same_run_for_ever() {
    expect!["s1:3 d0:0 d3:0 s0:2 s1:1 d0:0 s0:1 d0:0 s3:2 d3:0 s0:2 d1:0 d1:0 d0:0 d2:0 d1:0 s1:3 s0:3 s2:2 s1:1 d2:0 s0:4 s0:1 d0:0 d0:0 s2:2 d0:0 d2:0 s1:1 s0:2 s3:2 d3:0 s1:3 s3:1 d3:0 s1:1 d0:0 d1:0 s0:3 s1:1"].assert_eq(&chosen(random(0), 40));
    expect!["s3:1 d3:0 s1:3 d0:0 d3:0 s1:1 s0:1 d0:0 d1:0 s0:2 d0:0 s0:1 d1:0 d0:0 s1:1 d1:0 d2:0 s2:4 d2:0 s3:2 s1:1 s0:3 d0:0 s1:3 d1:0 s0:1 d0:0 s1:1 d1:0 s0:2 d0:0 s3:1 s2:1 s2:1 d1:0 d2:0 s1:1 d2:0 s0:3 d1:0"].assert_eq(&chosen(random(1), 40));
    expect!["s0:2 s0:4 d0:0 d0:0 d3:0 s1:4 s0:1 s1:2 d0:0 d0:0 s0:1 s3:2 d3:0 d0:0 s0:1 d0:0 s0:1 s0:1 d0:0 d1:0 d1:0 d2:0 s3:3 d3:0 s2:3 d1:0 d0:0 s1:1 s3:4 d3:0 d2:0 s0:2 d0:0 s0:2 d1:0 s0:4 s0:2 s2:3 s2:1 s1:1"].assert_eq(&chosen(random(u64::MAX), 40));
    expect!["d0:0 d3:0 d1:0 d2:0"].assert_eq(&chosen(Timed::new(2, Latency::Uniform { least: 1, most: 9 }), 40));
    expect!["d0:0 d1:0 d3:0 d2:0"].assert_eq(&chosen(OldestFirst, 40));
    expect!["d0:0 d1:0 d2:0 d3:0"].assert_eq(&chosen(RoundRobin::default(), 40));
    expect!["s0:1 s1:1 s3:1 s0:1 s1:1 s3:1 d0:0 d0:0 s0:1 d1:0 s2:1 d3:0 s1:1 d0:0 s0:1 d1:0 s1:1 d3:0 s3:1 d1:0 d3:0 d0:0 s0:1 d2:0 s2:1 d1:0 s1:1 d0:0 s0:1 d1:0 s1:1 d3:0 s2:1 d2:0 d0:0 s3:1 d2:0 s0:1 d1:0 s2:1"].assert_eq(&chosen(MostInFlight::new(6), 40));
    expect![""].assert_eq(&chosen(Manual, 40));
    let deliver = |channel| Action::Deliver { channel: ChannelId(channel), position: 0 };
    expect!["d0:0 d3:0"].assert_eq(&chosen(Script::new(vec![deliver(0), deliver(3), deliver(3), deliver(1)]), 40));
}

#[test]
fn the_slowest_marker_lets_every_message_pass() {
    let mut history = triangle();
    let send = |channel| Action::Send { channel: ChannelId(channel), payload: cutline_core::Payload(1) };
    let start = |process| Action::Initiate { process: ProcessId(process), snapshot: SnapshotId(0) };
    for action in [start(1), send(0), send(0), start(0), send(0)] {
        history.act(action).expect("it can be done");
    }
    let mut order = Vec::new();
    while let Some(Action::Deliver { channel, position }) = SlowestMarker.next(history.world()) {
        order.push(channel.0);
        history.act(Action::Deliver { channel, position }).expect("it can be done");
    }
    // The two messages ahead of the marker on channel 0; then the oldest markers; then what stood behind it.
    assert_eq!(order, [0, 0, 1, 3, 0, 0, 2]);
    assert!(judge(&history.trace(), SnapshotId(0)).is_consistent());
}

/// How many application messages are under way.
fn under_way(world: &World<ChandyLamport>) -> usize {
    let messages = |channel| world.in_channel(channel).filter(|item| matches!(item, Waiting::Message(_))).count();
    world.topology().channels().map(messages).sum()
}

fn schedulers(seed: u64) -> Vec<Box<dyn Scheduler<ChandyLamport>>> {
    vec![
        Box::new(OldestFirst),
        Box::new(RoundRobin::default()),
        Box::new(SlowestMarker),
        Box::new(Timed::new(seed, Latency::Geometric { least: 0, one_in: 9 })),
    ]
}

/// Sending goes on for ever around a marker that is owed, but the marker goes out and the snapshot gets done.
#[test]
fn much_in_flight_starves_no_timer() {
    let text = "cutline 1\ntitle t\nprocess a has 9\nprocess b has 9\nprocess c has 9\nchannels complete\n\
                markers one by one\nrun\na starts a snapshot\na sends the marker to c\nc receives from a\n\
                c sends the marker to a\n";
    let mut history = cutline_core::Scenario::parse(text).expect("a good file").play();
    let mut scheduler = MostInFlight::new(4);
    let mut steps = 0;
    while !history.world().snapshots()[0].is_complete() {
        let action = scheduler.next(history.world()).expect("it goes on for ever");
        history.act(action).expect("a scheduler chooses what can be done");
        steps += 1;
        assert!(steps < 300, "the markers are never sent");
    }
    assert!(judge(&history.trace(), SnapshotId(0)).is_consistent());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(400), failure_persistence: None, ..Default::default() })]

    /// Whatever went before, everything arrives, every timer goes off and every snapshot is complete and right.
    #[test]
    fn everything_comes_to_an_end(case in cases(), seed in any::<u64>(), one_by_one in any::<bool>()) {
        let markers = if one_by_one { Markers::OneByOne } else { Markers::AtOnce };
        for mut scheduler in schedulers(seed) {
            let mut run = drive::begin(&case, ChandyLamport { markers, ..ChandyLamport::default() });
            case.choices.iter().for_each(|choice| run.choose(*choice));
            let mut history = run.history;
            while let Some(action) = scheduler.next(history.world()) {
                prop_assert_eq!(history.act(action), Ok(()), "{:?}", scheduler);
            }
            prop_assert!(history.world().is_quiet(), "{:?}", scheduler);
            for (at, snapshot) in history.world().snapshots().iter().enumerate().filter(|(_, s)| s.has_begun()) {
                prop_assert!(snapshot.is_complete());
                prop_assert!(judge(&history.trace(), SnapshotId::at(at)).is_consistent(), "{:?}", scheduler);
            }
        }
    }

    /// With a unit of time for every marker and nothing else under way, the formulas are exact.
    #[test]
    fn unit_delays_take_the_time_foretold(case in cases()) {
        let mut history = drive::begin(&case, ChandyLamport::default()).history;
        let first = case.initiations().into_iter().filter(|(snapshot, _)| *snapshot == SnapshotId(0));
        let initiators: Vec<ProcessId> = first.map(|(_, process)| process).collect();
        for process in &initiators {
            let start = Action::Initiate { process: *process, snapshot: SnapshotId(0) };
            prop_assert_eq!(history.act(start), Ok(()));
        }
        let mut scheduler = Timed::new(0, Latency::Constant(1));
        let mut delivered = 0;
        while let Some(action) = scheduler.next(history.world()) {
            prop_assert_eq!(history.act(action), Ok(()));
            delivered += 1;
        }
        let topology = history.world().topology();
        prop_assert_eq!(Some(scheduler.now()), completion_time(topology, &initiators).map(u64::from));
        prop_assert_eq!(delivered, marker_count(topology, &initiators));
        let found = progress(topology, &history.world().snapshots()[0]);
        prop_assert_eq!((found.done(), found.outlook), (topology.process_count(), Outlook::Complete));
    }

    /// Runs that go on by themselves: bounded where they say so, and the same each time.
    #[test]
    fn busy_runs_are_bounded_and_repeat(case in cases(), seed in any::<u64>(), bound in 0..9_usize) {
        let busy = || Timed::new(seed, Latency::Uniform { least: 1, most: 30 })
            .with_pauses(Latency::Geometric { least: 1, one_in: 9 }, 7);
        let mut histories = [(); 2].map(|()| drive::begin(&case, ChandyLamport::default()).history);
        for history in &mut histories {
            let mut scheduler = busy();
            for _ in 0..200 {
                let Some(action) = scheduler.next(history.world()) else { break };
                prop_assert_eq!(history.act(action), Ok(()));
            }
        }
        prop_assert_eq!(histories[0].trace().steps, histories[1].trace().steps);
        let mut history = drive::begin(&case, ChandyLamport::default()).history;
        let mut scheduler = MostInFlight::new(bound);
        for _ in 0..200 {
            let Some(action) = scheduler.next(history.world()) else { break };
            prop_assert_eq!(history.act(action), Ok(()));
            prop_assert!(under_way(history.world()) <= bound);
        }
    }
}
