//! Going back to snapshots that leave channels to the transport: nothing is lost or doubled, and what is sent again is what the
//! events say was under way.

use cutline_core::computation::LocalState;
use cutline_core::judge::judge;
use cutline_core::world::Waiting;
use cutline_core::{Action, Computation, History, Method, Order, Payload, SnapshotId, World};
use cutline_tests::case::{Case, cases};
use cutline_tests::drive::{self, Driver};
use cutline_tests::{run::Run, soak};
use proptest::prelude::*;

const NAMES: [&str; 2] = ["index-based", "koo-toueg"];

/// What processes and channels hold, where that is money.
fn money(world: &World<Method>) -> i64 {
    let topology = world.topology();
    if !matches!(world.system().computation, Computation::Bank(_)) {
        return 0;
    }
    let of_state = |state| match state {
        LocalState::Money(amount) | LocalState::Budgeted { amount, .. } => amount,
        _ => 0,
    };
    let of_item = |item| match item {
        Waiting::Message(kept) => kept.payload.0,
        Waiting::Control(..) => 0,
    };
    let states: i64 = topology.processes().map(|process| of_state(world.state(process))).sum();
    states + topology.channels().flat_map(|channel| world.in_channel(channel)).map(of_item).sum::<i64>()
}

fn complete(history: &History<Method>) -> Vec<SnapshotId> {
    let snapshots = (0..).map(SnapshotId).zip(history.world().snapshots());
    snapshots.filter(|(_, snapshot)| snapshot.is_complete()).map(|(id, _)| id).collect()
}

/// Goes back, and compares what is there then with what the events tell of the snapshot.
fn go_back(history: &mut History<Method>, snapshot: SnapshotId) -> Result<(), TestCaseError> {
    let verdict = judge(&history.trace(), snapshot);
    prop_assert!(verdict.is_consistent(), "{verdict:?}");
    history.act(Action::Restore { snapshot }).expect("it is complete");
    let world = history.world();
    for channel in world.topology().channels() {
        let mut left: Vec<Payload> =
            verdict.left_messages().filter(|fate| fate.channel == channel).map(|fate| fate.payload).collect();
        let mut sent: Vec<Payload> = world
            .in_channel(channel)
            .filter_map(|item| match item {
                Waiting::Message(kept) => Some(kept.payload),
                Waiting::Control(..) => None,
            })
            .collect();
        if world.topology().channel(channel).order == Order::Unordered {
            left.sort_unstable();
            sent.sort_unstable();
        }
        prop_assert_eq!(sent, left);
    }
    Ok(())
}

fn everybody(case: Case, unordered: bool) -> Case {
    let all: Vec<u16> = (0..case.processes).collect();
    let order = if unordered { Order::Unordered } else { Order::Fifo };
    Case { initiators: case.initiators.iter().map(|_| all.clone()).collect(), order, ..case }
}

/// Two phases have one initiator.
fn of_one_each(case: Case) -> Case {
    Case { initiators: case.initiators.iter().map(|own| vec![own[0]]).collect(), ..case }
}

fn begun(case: &Case, name: &str) -> Driver<Method> {
    let method = Method::named(name).expect("an algorithm");
    let mut run = drive::begin_in(case.with_control_channels(), case, method);
    case.choices.iter().for_each(|choice| run.choose(*choice));
    run.finish(case.ending);
    run
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(200), failure_persistence: None, ..Default::default() })]

    /// To each complete snapshot in turn, with more of the run in between, and further snapshots then.
    #[test]
    fn a_run_goes_back_to_what_was_left_to_the_transport(case in cases(), unordered in any::<bool>(), asks in 0..2_usize) {
        let name = NAMES[asks];
        let case = if name == "koo-toueg" { of_one_each(case) } else { everybody(case, unordered) };
        let mut run = begun(&case, name);
        let start = money(run.history.world());
        for round in 0..2 {
            for snapshot in complete(&run.history) {
                // What was judged before the run went back once stays what it was.
                go_back(&mut run.history, snapshot)?;
                prop_assert_eq!(money(run.history.world()), start, "{} {:?}", name, snapshot);
                case.choices.iter().for_each(|choice| run.choose(*choice));
            }
            let next = run.history.world().snapshots().len();
            for (snapshot, process) in case.initiations().into_iter().filter(|_| round == 0) {
                run.plan(SnapshotId::at(next + snapshot.index()), process);
            }
            case.choices.iter().for_each(|choice| run.choose(*choice));
            run.finish(case.ending);
            prop_assert_eq!(money(run.history.world()), start);
        }
        let run = Run::of(&run.history);
        for snapshot in &run.snapshots {
            let verdict = judge(&run.trace, *snapshot);
            prop_assert!(!verdict.is_complete() || verdict.is_consistent(), "{} {:?} {:?}", name, snapshot, verdict);
        }
    }
}
