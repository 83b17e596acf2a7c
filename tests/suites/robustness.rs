//! Nonsense is refused, changes nothing and breaks nothing.

use cutline_core::{Action, ChandyLamport, ChannelId, Event, Order, Payload, ProcessId, SnapshotId, TimerId, World};
use cutline_tests::case::{Case, cases};
use cutline_tests::{drive, soak};
use proptest::prelude::*;

/// A number that is often near what is there and often far from it.
fn small_or_any() -> impl Strategy<Value = u16> {
    prop_oneof![3 => 0..8_u16, 1 => any::<u16>()]
}

fn position() -> impl Strategy<Value = u32> {
    prop_oneof![3 => 0..4_u32, 1 => any::<u32>()]
}

fn amount() -> impl Strategy<Value = i64> {
    prop_oneof![4 => -2..45_i64, 1 => any::<i64>(), 1 => Just(i64::MIN), 1 => Just(i64::MAX)]
}

fn actions() -> impl Strategy<Value = Action> {
    let process = || small_or_any().prop_map(ProcessId);
    let channel = || small_or_any().prop_map(ChannelId);
    let snapshot = || prop_oneof![3 => 0..4_u16, 1 => 60..70_u16, 1 => any::<u16>()].prop_map(SnapshotId);
    prop_oneof![
        (channel(), amount()).prop_map(|(channel, amount)| Action::Send { channel, payload: Payload(amount) }),
        (process(), small_or_any()).prop_map(|(process, choice)| Action::Act { process, choice }),
        (channel(), position()).prop_map(|(channel, position)| Action::Deliver { channel, position }),
        (process(), snapshot()).prop_map(|(process, snapshot)| Action::Initiate { process, snapshot }),
        snapshot().prop_map(|snapshot| Action::Restore { snapshot }),
        (process(), small_or_any())
            .prop_map(|(process, timer)| Action::Ring { process, timer: TimerId(u32::from(timer)) }),
    ]
}

fn orders() -> impl Strategy<Value = Order> {
    prop_oneof![Just(Order::Fifo), Just(Order::Unordered)]
}

/// Tries an action; whether it was refused.
fn attempt(world: &mut World<ChandyLamport>, action: Action) -> Result<bool, TestCaseError> {
    let before = world.clone();
    let told = vec![Event::TimerRang { process: ProcessId(0), timer: TimerId(0) }];
    let mut events = told.clone();
    let foreseen = world.check(action);
    prop_assert_eq!(&*world, &before, "asking changes nothing");
    let done = world.apply(action, &mut events);
    prop_assert_eq!(done, foreseen, "{:?}", action);
    if done.is_err() {
        prop_assert_eq!(&*world, &before, "{:?}", action);
        prop_assert_eq!(&events, &told, "{:?}", action);
    } else {
        prop_assert!(events.len() > told.len(), "{:?} did nothing", action);
    }
    Ok(done.is_err())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(1500), failure_persistence: None, ..Default::default() })]

    #[test]
    fn nonsense_changes_nothing(
        case in cases(),
        order in orders(),
        nonsense in prop::collection::vec(actions(), 1..60),
    ) {
        let case = Case { order, ..case };
        let mut run = drive::begin(&case, ChandyLamport::default());
        case.choices.iter().for_each(|choice| run.choose(*choice));
        let mut world = run.history.world().clone();
        for action in &nonsense {
            attempt(&mut world, *action)?;
        }
        let never = Action::Deliver { channel: ChannelId(u16::MAX), position: 0 };
        prop_assert!(attempt(&mut world, never)?);
    }

    /// All that the world names as deliverable is what it accepts, and nothing else.
    #[test]
    fn the_named_deliveries_are_the_possible_ones(case in cases(), order in orders()) {
        let case = Case { order, ..case };
        let mut run = drive::begin(&case, ChandyLamport::default());
        case.choices.iter().for_each(|choice| run.choose(*choice));
        let world = run.history.world();
        let all = world.topology().channels().flat_map(|channel| {
            let beyond = world.in_channel(channel).len() as u32 + 1;
            (0..=beyond).map(move |position| Action::Deliver { channel, position })
        });
        let possible: Vec<Action> = all.filter(|action| world.check(*action).is_ok()).collect();
        prop_assert_eq!(world.deliveries().collect::<Vec<_>>(), possible);
    }
}
