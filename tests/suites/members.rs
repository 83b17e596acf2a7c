//! Processes that join and leave while snapshots are taken: whoever comes and goes, every snapshot that is complete is
//! consistent, and nothing is missing from it.

use cutline_core::algorithm::{Algorithm, Effect, Effects};
use cutline_core::algorithms::chandy_lamport::Control;
use cutline_core::computation::Bank;
use cutline_core::judge::judge;
use cutline_core::random::SplitMix64;
use cutline_core::scheduler::oldest_first;
use cutline_core::{
    Action, ChandyLamport, ChannelId, Computation, Event, History, Method, Order, Payload, ProcessId, Rejected,
    Scenario, SnapshotId, System, Topology, World,
};
use cutline_tests::soak;
use cutline_tests::tampered::{Handler, Tampered};
use proptest::prelude::*;
use std::sync::Arc;

/// A bank on a complete graph in which the last processes join later.
fn bank(processes: usize, newcomers: usize, has_links: bool) -> Arc<System> {
    let mut topology = Topology::new();
    let ids: Vec<ProcessId> =
        (0..processes).map(|at| topology.add_process(&format!("p{at}")).expect("few processes")).collect();
    for from in &ids {
        for to in ids.iter().filter(|to| *to != from) {
            topology.add_channel(None, *from, *to, Order::Fifo).expect("one channel each way");
        }
    }
    if has_links {
        topology.channels().for_each(|channel| topology.repair(channel));
    }
    ids[processes - newcomers..].iter().for_each(|process| topology.keep_for_later(*process));
    let computation = Computation::Bank(Bank::new(vec![5; processes]).expect("little money"));
    Arc::new(System { topology, computation })
}

/// What a random number has happen; refused is as good as nothing.
fn wish<A: Algorithm>(world: &World<A>, random: &mut SplitMix64) -> Action {
    let topology = world.topology();
    let mut below = |count: usize| random.below(u64::try_from(count).unwrap_or(1)) as usize;
    let channel = ChannelId::at(below(topology.channel_count()));
    let process = ProcessId::at(below(topology.process_count()));
    let is_repaired = topology.is_repaired(channel);
    match below(if is_repaired { 19 } else { 17 }) {
        17 => Action::Lose { channel, position: 0 },
        18 => match world.to_send_again(channel).next() {
            Some(number) => Action::SendAgain { channel, number },
            None => Action::Deliver { channel, position: 0 },
        },
        16 => Action::Restore { snapshot: SnapshotId::at(below(3)) },
        0 => Action::Join { process },
        1 => Action::Leave { process },
        2 => Action::Initiate { process, snapshot: SnapshotId::at(below(6)) },
        3..=6 => Action::Send { channel, payload: Payload(1 + below(5) as i64) },
        _ => Action::Deliver { channel, position: 0 },
    }
}

/// What a link has to send once more.
fn sent_again<A: Algorithm>(world: &World<A>) -> Option<Action> {
    let again = |channel| Some(Action::SendAgain { channel, number: world.to_send_again(channel).next()? });
    world.topology().channels().find_map(again)
}

/// Whoever would leave hands over what it has first.
fn hand_over<A: Algorithm>(history: &mut History<A>, process: ProcessId) {
    let world = history.world();
    let holds = world.system().computation.worth_of_state(world.state(process)).unwrap_or_default();
    let outgoing = world.topology().outgoing(process).to_vec();
    for channel in outgoing {
        if history.act(Action::Send { channel, payload: Payload(holds) }).is_ok() {
            break;
        }
    }
}

#[derive(Default)]
struct Counted {
    joined: usize,
    left: usize,
    complete: usize,
}

fn whoever_comes_and_goes<A: Algorithm>(
    algorithm: A,
    seed: u64,
    (processes, newcomers): (usize, usize),
) -> Result<Counted, TestCaseError> {
    let mut random = SplitMix64::new(seed);
    let mut history = History::new(World::new(bank(processes, newcomers, seed.is_multiple_of(3)), algorithm));
    for _ in 0..120 {
        let action = wish(history.world(), &mut random);
        if let Action::Leave { process } = action {
            hand_over(&mut history, process);
        }
        _ = history.act(action);
    }
    while let Some(action) = sent_again(history.world()).or_else(|| oldest_first(history.world())) {
        history.act(action).map_err(|why| TestCaseError::fail(format!("{action:?}: {why:?}")))?;
    }
    let trace = history.trace();
    let count = |wanted: fn(&Event) -> bool| trace.events().filter(|(_, event)| wanted(event)).count();
    let mut counted = Counted {
        joined: count(|event| matches!(event, Event::Joined { .. })),
        left: count(|event| matches!(event, Event::Departed { .. })),
        complete: 0,
    };
    // Those of before the run last went back may have been given up.
    let is_over = |at: usize| {
        history.world().check(Action::Initiate { process: ProcessId(0), snapshot: SnapshotId::at(at) })
            == Err(Rejected::LeftBehind { snapshot: SnapshotId::at(at) })
    };
    for (at, snapshot) in history.world().snapshots().iter().enumerate().filter(|(_, one)| one.has_begun()) {
        let verdict = judge(&trace, SnapshotId::at(at));
        if is_over(at) {
            prop_assert_eq!(snapshot.is_complete(), verdict.is_complete(), "{}: {:?}", at, verdict);
            continue;
        }
        prop_assert!(snapshot.is_complete(), "all has come, and {at} is not complete: {snapshot:?}");
        prop_assert!(verdict.is_complete(), "the judge finds {at} incomplete: {verdict:?}");
        prop_assert!(verdict.is_consistent(), "{at}: {verdict:?}");
        counted.complete += 1;
    }
    Ok(counted)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(1000), failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_snapshot_is_consistent(seed in any::<u64>(), processes in 2_usize..6, newcomers in 0_usize..3) {
        whoever_comes_and_goes(Method::default(), seed, (processes, newcomers.min(processes - 1)))?;
    }
}

/// The test above would say nothing if nobody came or went.
#[test]
fn in_random_runs_members_do_change() {
    let runs = (0..50).map(|seed| whoever_comes_and_goes(Method::default(), seed, (4, 1)).expect("a consistent run"));
    let all = runs.fold(Counted::default(), |all, one| Counted {
        joined: all.joined + one.joined,
        left: all.left + one.left,
        complete: all.complete + one.complete,
    });
    assert!(all.joined > 20 && all.left > 20 && all.complete > 50, "{} {} {}", all.joined, all.left, all.complete);
}

/// What is done to an algorithm.
type Spoil = fn(Handler, &mut Effects<Control>);

/// Whoever leaves a rule out is found out: no marker for the newcomer, or no last word.
#[test]
fn both_rules_are_needed() {
    let spoils: [(&str, Spoil); 2] = [
        ("no marker for the newcomer", |handler, out| {
            out.retain(|effect| handler != Handler::Welcome || !matches!(effect, Effect::SendControl(..)));
        }),
        ("no last word", |handler, out| out.retain(|_| handler != Handler::Leave)),
    ];
    for (what, effects) in spoils {
        let flawed = || Tampered { effects, ..Tampered::sound(ChandyLamport::default()) };
        let caught = (0..300).filter(|seed| whoever_comes_and_goes(flawed(), *seed, (4, 2)).is_err()).count();
        assert!(caught > 0, "{what}");
    }
    let sound = |seed| whoever_comes_and_goes(Tampered::sound(ChandyLamport::default()), seed, (4, 2)).is_ok();
    assert!((0..300).all(sound));
}

const THREE: &str =
    "cutline 1\ntitle t\nprocess p has 5\nprocess q has 5\nprocess r has 0\nchannels complete\nnewcomer r\n";

fn refused(run: &str) -> String {
    Scenario::parse(&format!("{THREE}{run}")).expect_err(run).to_string()
}

#[test]
fn what_members_cannot_do_is_said() {
    let cases = [
        ("run\np sends 1 to r", "line 9: r has not joined at this point"),
        ("run\nr sends 1 to p", "line 9: r has not joined at this point"),
        ("run\nr starts a snapshot", "line 9: r has not joined at this point"),
        ("run\np joins", "line 9: p is there at this point; only a newcomer joins"),
        ("run\nr joins\nr joins", "line 10: r is there at this point"),
        ("run\np leaves", "line 9: p holds 5 at this point, and has to hand it over before it leaves"),
        ("run\nr joins\nr leaves\nr joins", "line 11: r has left, for good"),
        ("run\nr joins\nr leaves\np sends 1 to r", "line 11: r has left at this point"),
        (
            "run\nr joins\np sends 1 to r\nr leaves",
            "line 11: something is in p→r at this point, and would never reach r",
        ),
        (
            "run\nr joins\nr starts a snapshot\nr leaves",
            "line 11: r still records channels for snapshot 1 at this point",
        ),
        (
            "run\np starts snapshot 1\nq receives from p\np receives from q\nr joins\nr starts snapshot 1",
            "line 13: snapshot 1 was complete before r joined",
        ),
        ("newcomer\nrun\nr joins", "line 8: expected: newcomer PROCESS"),
        ("algorithm lai-yang\nrun\nr joins", "line 10: with this algorithm nobody joins or leaves"),
        ("collect along the tree\nrun\nr joins", "line 10: with this algorithm nobody joins or leaves"),
    ];
    for (run, expected) in cases {
        let said = refused(run);
        assert!(said.starts_with(expected), "{run}: {said}");
    }
}

#[test]
fn a_run_does_not_go_back_behind_a_change_of_members() {
    let text = format!("{THREE}run\np starts a snapshot\nq receives from p\np receives from q\nr joins\n");
    let mut history = Scenario::parse(&text).expect("a good file").play();
    let snapshot = SnapshotId(0);
    assert!(history.world().snapshots()[0].is_complete(), "r joined too late to belong to it");
    assert_eq!(history.act(Action::Restore { snapshot }).map(drop), Err(Rejected::MembersChanged { snapshot }));
    assert!(judge(&history.trace(), snapshot).is_consistent());
}
