//! Going back to a recorded state and on from there.

use cutline_core::algorithm::Algorithm;
use cutline_core::algorithms::chandy_lamport::{Collect, Markers};
use cutline_core::bare::GlobalState;
use cutline_core::judge::judge;
use cutline_core::scheduler::oldest_first;
use cutline_core::world::Waiting;
use cutline_core::{
    Action, ChandyLamport, Computation, Event, History, ProcessId, Rejected, Scenario, SnapshotId, World,
};
use cutline_session::{Lang, Msg, Session};
use cutline_tests::case::{Case, cases, property_cases};
use cutline_tests::drive::{self, Driver};
use cutline_tests::run::Run;
use cutline_tests::{checks, soak};
use expect_test::expect;
use proptest::prelude::*;

const FIRST: SnapshotId = SnapshotId(0);

/// The application in a world, as one sees it who stands outside.
fn seen(world: &World<ChandyLamport>) -> GlobalState {
    let mut state = GlobalState::initial(world.system());
    state.processes = world.topology().processes().map(|process| world.state(process)).collect();
    for channel in world.topology().channels() {
        let payload = |item| match item {
            Waiting::Message(kept) => Some(kept.payload),
            Waiting::Control(..) => None,
        };
        state.channels[channel.index()] = world.in_channel(channel).filter_map(payload).collect();
    }
    state
}

/// Plays a case with its snapshots, goes on, begins one more snapshot, and goes back to the first in its midst.
fn gone_back(case: &Case, algorithm: ChandyLamport) -> Driver<ChandyLamport> {
    let mut run = drive::begin(case, algorithm);
    case.choices.iter().for_each(|choice| run.choose(*choice));
    run.finish(case.ending);
    case.choices.iter().for_each(|choice| run.choose(*choice));
    let next = SnapshotId::at(run.history.world().snapshots().len());
    run.history.act(Action::Initiate { process: ProcessId(0), snapshot: next }).expect("a start");
    case.choices.iter().take(9).for_each(|choice| run.choose(*choice));
    run.history.act(Action::Restore { snapshot: FIRST }).expect("it is complete");
    run
}

fn recorded(world: &World<ChandyLamport>, snapshot: SnapshotId) -> Option<GlobalState> {
    GlobalState::recorded(world.system(), &world.snapshots()[snapshot.index()])
}

fn deliver_all<A: Algorithm>(history: &mut History<A>) {
    while let Some(action) = oldest_first(history.world()) {
        history.act(action).expect("it can be delivered");
    }
}

/// The run after going back passes every check, as one that begins there.
fn goes_on(case: &Case, algorithm: ChandyLamport) -> Result<(), TestCaseError> {
    let mut run = gone_back(case, algorithm);
    let next = SnapshotId::at(run.history.world().snapshots().len());
    case.initiations().into_iter().for_each(|(at, process)| run.plan(SnapshotId(next.0 + at.0), process));
    case.choices.iter().for_each(|choice| run.choose(*choice));
    run.finish(case.ending);
    let run = Run::of(&run.history);
    prop_assert!(!run.snapshots.is_empty());
    let failures: Vec<_> = checks::failures(&run).into_iter().map(|(named, what)| (named.name, what)).collect();
    prop_assert_eq!(failures, vec![]);
    for snapshot in run.snapshots.iter().chain([&FIRST]) {
        let verdict = judge(&run.trace, *snapshot);
        prop_assert!(verdict.is_consistent(), "{:?} {:?}", snapshot, verdict);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(500), failure_persistence: None, ..Default::default() })]

    /// What was recorded is there again, and a snapshot of it before anything happens is the same once more.
    #[test]
    fn restored_is_what_was_recorded(case in prop_oneof![cases(), property_cases()]) {
        let mut history = gone_back(&case, ChandyLamport::default()).history;
        let expected = recorded(history.world(), FIRST);
        prop_assert_eq!(Some(seen(history.world())), expected.clone());
        prop_assert_eq!(history.world().epoch(), 1);
        let next = SnapshotId::at(history.world().snapshots().len());
        for process in history.world().topology().processes() {
            prop_assert_eq!(history.act(Action::Initiate { process, snapshot: next }), Ok(()));
        }
        deliver_all(&mut history);
        prop_assert_eq!(recorded(history.world(), next), expected);
        let verdict = judge(&history.trace(), next);
        prop_assert!(verdict.is_consistent(), "{:?}", verdict);
        let restored = history.trace().steps.iter().position(|step| matches!(step.action, Action::Restore { .. }));
        let occurred = verdict.occurred_after;
        prop_assert_eq!(occurred, restored.map(|at| at + 1), "the run was in it right after going back");
    }

    #[test]
    fn the_run_goes_on_from_there(
        case in prop_oneof![cases(), property_cases()],
        one_by_one in any::<bool>(),
        flooding in any::<bool>(),
    ) {
        let markers = if one_by_one { Markers::OneByOne } else { Markers::AtOnce };
        goes_on(&case, ChandyLamport { markers, collect: if flooding { Collect::Flooding } else { Collect::No }, ..ChandyLamport::default() })?;
    }

    /// No money comes or goes, however often one goes back.
    #[test]
    fn money_stays(case in cases(), back in 1..4_u16) {
        let mut run = gone_back(&case, ChandyLamport::default());
        for _ in 0..back {
            case.choices.iter().for_each(|choice| run.choose(*choice));
            prop_assert_eq!(run.history.act(Action::Restore { snapshot: FIRST }), Ok(()));
        }
        case.choices.iter().for_each(|choice| run.choose(*choice));
        let world = run.history.world();
        if let Computation::Bank(_) = world.system().computation {
            let (start, now) = (GlobalState::initial(world.system()), seen(world));
            let total = |state: &GlobalState| {
                let tokens = cutline_core::stable::tokens(world.system(), state).expect("money");
                tokens.in_processes + tokens.in_channels
            };
            prop_assert_eq!(total(&start), total(&now));
        }
        let mut told = GlobalState::initial(world.system());
        for (_, event) in run.history.trace().events() {
            prop_assert_eq!(told.follow(world.system(), event), Ok(()));
        }
        prop_assert_eq!(told, seen(world));
    }

    /// A history goes to and fro over it.
    #[test]
    fn every_moment_around_it_can_be_gone_back_to(case in cases(), hops in prop::collection::vec(any::<u16>(), 0..9)) {
        let mut history = gone_back(&case, ChandyLamport::default()).history;
        let mut fresh = World::new(case.system(), ChandyLamport::default());
        let mut worlds = vec![fresh.clone()];
        let mut events = Vec::new();
        for step in &history.trace().steps {
            let before = events.len();
            fresh.apply(step.action, &mut events).expect("accepted before");
            prop_assert_eq!(&events[before..], step.events);
            worlds.push(fresh.clone());
        }
        for step in (0..worlds.len()).rev().chain(hops.into_iter().map(|hop| usize::from(hop) % worlds.len())) {
            history.seek(step);
            prop_assert_eq!(history.world(), &worlds[step]);
        }
    }
}

const STORY: &str = "cutline 1\ntitle t\nprocess Ann has 50\nprocess Bob has 50\nchannels complete\nrun\n\
                     Bob sends 10 to Ann\nAnn starts a snapshot\nAnn receives from Bob\nBob receives from Ann\n\
                     Ann receives from Bob\nAnn sends 7 to Bob\nBob starts a snapshot\nrestore snapshot 1\n";

#[test]
fn what_was_left_behind_is_over() {
    let scenario = Scenario::parse(STORY).expect("a good file");
    let mut history = scenario.play();
    let second = SnapshotId(1);
    let world = history.world();
    assert!(!world.snapshots()[1].has_begun(), "the second is given up");
    for snapshot in [FIRST, second] {
        let again = world.check(Action::Initiate { process: ProcessId(0), snapshot });
        assert_eq!(again, Err(Rejected::LeftBehind { snapshot }));
    }
    let unfinished = Action::Restore { snapshot: second };
    assert_eq!(world.check(unfinished), Err(Rejected::NotComplete { snapshot: second }));
    let numbers = history.trace().steps.last().map(|step| step.events.to_vec()).unwrap_or_default();
    let numbers = numbers.into_iter().filter_map(|event| match event {
        Event::Resent { number, payload, .. } => Some((number, payload.0)),
        _ => None,
    });
    assert_eq!(numbers.collect::<Vec<_>>(), [(1, 10)]);
    deliver_all(&mut history);
    let money = history.world().topology().processes().map(|process| history.world().state(process));
    assert_eq!(money.collect::<Vec<_>>(), [60, 40].map(cutline_core::LocalState::Money));
    assert!(judge(&history.trace(), FIRST).is_consistent());
    assert!(!judge(&history.trace(), second).is_complete());
}

#[test]
fn the_words_and_the_picture() {
    let mut session = Session::with(vec![Scenario::parse(STORY).expect("a good file")], Lang::En);
    expect!["Step 8. Snapshot 1 is restored. Every process is in the state that it recorded, and every channel holds what was recorded in it. What else was under way is dropped, and snapshots in progress are given up."].assert_eq(&session.explanation().plain());
    expect![
        "2 processes, step 8 of 8. Under way: 10 from Bob to Ann. Snapshot 1, consistent. Recorded: Ann 50, Bob 40."
    ]
    .assert_eq(&session.summary());
    assert_eq!(session.begun(), [FIRST]);
    let scene = session.scene(900, 400, false);
    let classes: Vec<&str> = scene.items.iter().flat_map(|item| &item.marks).map(|mark| mark.role.class()).collect();
    let count = |wanted: &str| classes.iter().filter(|class| **class == wanted).count();
    assert_eq!((count("restoration"), count("handle"), count("marker-handle"), count("recording")), (1, 1, 0, 2));
    let states: Vec<String> = scene.heads.into_iter().map(|head| head.state).collect();
    assert_eq!(states, ["50", "40"]);
    session.update(Msg::Do(Action::Restore { snapshot: SnapshotId(1) }));
    let why = session.notice().expect("a refusal").why;
    expect!["Snapshot 2 is not complete, so it cannot be restored."].assert_eq(&session.refusal(why));
    session.update(Msg::Speak(Lang::Zh));
    expect!["快照 2 尚未完成，不能恢复。"].assert_eq(&session.refusal(why));
    expect!["第 8 步。恢复快照 1。每个进程回到它所记录的状态，每个通道里是为它记录的消息；其余在途的都被丢弃，进行中的快照作废。"].assert_eq(&session.explanation().plain());
}

fn played(text: &str) -> cutline_core::History<cutline_core::Method> {
    cutline_core::Scenario::parse(&format!("cutline 1\ntitle t\n{text}")).expect(text).play()
}

/// After going back the clocks read as late as before; what was recorded is not recorded again.
#[test]
fn clocks_leave_a_snapshot_alone_that_is_gone_back_to() {
    let history = played(
        "process p has 5\nprocess q has 5\nchannel p -> q\nchannel q -> p\nalgorithm clock at 3\nrun\nwait until 3\n\
         p starts a snapshot\nq starts snapshot 1\np receives from q\nq receives from p\nrestore snapshot 1\n\
         p sends 1 to q\n",
    );
    let snapshot = cutline_core::SnapshotId(0);
    let verdict = cutline_core::judge::judge(&history.trace(), snapshot);
    assert!(history.world().snapshots()[0].is_complete() && verdict.is_consistent(), "{verdict:?}");
}

/// What stands in a recorded channel belongs to the snapshot, whatever becomes of it afterwards.
#[test]
fn a_recorded_message_may_be_lost_afterwards() {
    let text = "process p has 5\nprocess q has 5\nchannel p -> q\nchannel q -> p\ncontrol channel p -> q\n\
                control channel q -> p\nalgorithm vector-clocks\nrun\np sends 1 to q\np starts a snapshot\n\
                q receives on p⇢q\np receives on q⇢p\nq receives on p⇢q\n";
    for run in [text.to_owned(), format!("{text}lose item 1 on p -> q\n")] {
        let verdict = cutline_core::judge::judge(&played(&run).trace(), cutline_core::SnapshotId(0));
        assert!(verdict.is_consistent(), "{run}: {verdict:?}");
    }
}

/// Where a snapshot has to be complete before another begins, the other is refused, and numbers go up.
#[test]
fn one_at_a_time_and_in_turn() {
    for algorithm in ["koo-toueg", "venkatesan"] {
        let text = format!(
            "cutline 1\ntitle t\nprocess p has 5\nprocess q has 5\nchannel p -> q\nchannel q -> p\n\
             control channel p -> q\ncontrol channel q -> p\nalgorithm {algorithm}\nrun\nq sends 1 to p\n\
             p receives from q\np starts snapshot 2\nq starts snapshot 3\n"
        );
        let refused = cutline_core::Scenario::parse(&text).expect_err(algorithm).to_string();
        assert!(refused.ends_with("snapshot 2 has to be complete before another begins"), "{algorithm}: {refused}");
    }
}
