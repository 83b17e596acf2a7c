//! A network that comes apart and is made whole again: it delays, and does nothing else.

use cutline_core::judge::judge;
use cutline_core::scheduler::oldest_first;
use cutline_core::{Action, Event, Group, History, Method, ProcessId, Rejected, Scenario, SnapshotId, World};
use cutline_tests::case::{Case, cases};
use cutline_tests::{drive, soak};
use proptest::collection::vec;
use proptest::prelude::*;

/// What happened, without what the network did.
fn told<A: cutline_core::Algorithm>(history: &History<A>) -> Vec<Event> {
    let network = |event: &&Event| matches!(event, Event::Partitioned { .. } | Event::Healed);
    history.trace().events().map(|(_, event)| event).filter(|event| !network(event)).copied().collect()
}

/// A run under a network that comes apart and is made whole again is the same run under one that never did; nothing came
/// across while it was apart, and once it is whole every snapshot is complete and consistent.
fn delays_only(case: &Case, groups: &[(u8, u8)]) -> Result<(), TestCaseError> {
    let mut run = drive::begin(case, Method::default());
    let mut apart = Vec::new();
    for (at, choice) in case.choices.iter().enumerate() {
        if let Some((_, group)) = groups.iter().find(|(place, _)| usize::from(*place) == at) {
            let action = if *group == 0 { Action::Heal } else { Action::Partition { group: Group((*group).into()) } };
            if run.history.act(action).is_ok() {
                match action {
                    Action::Partition { group } => apart.push(group),
                    _ => apart.clear(),
                }
            }
        }
        let before = run.history.event_count();
        run.choose(*choice);
        let topology = run.history.world().topology();
        for (_, event) in run.history.trace().events().skip(before) {
            if let Event::Received { channel, .. } | Event::ControlReceived { channel, .. } = *event {
                let ends = topology.channel(channel);
                prop_assert!(apart.iter().all(|group| group.contains(ends.from) == group.contains(ends.to)));
            }
        }
    }
    _ = run.history.act(Action::Heal);
    run.finish(case.ending);
    let history = run.history;
    let mut whole = History::new(World::new(case.system(), *history.world().algorithm()));
    for step in &history.trace().steps {
        if !matches!(step.action, Action::Partition { .. } | Action::Heal) {
            prop_assert_eq!(whole.act(step.action), Ok(()));
        }
    }
    prop_assert_eq!(told(&history), told(&whole));
    for snapshot in (0..history.world().snapshots().len()).map(SnapshotId::at) {
        prop_assert!(judge(&history.trace(), snapshot).is_consistent());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(1000), failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_partition_delays_and_does_nothing_else(case in cases(), groups in vec((0_u8..80, 0_u8..64), 0..6)) {
        delays_only(&case, &groups)?;
    }
}

const RING: &str = "cutline 1\ntitle t\nprocess p has 5\nprocess q has 5\nprocess r has 5\n\
                    channel p -> q\nchannel q -> r\nchannel r -> p\n";

fn refused(run: &str) -> String {
    Scenario::parse(&format!("{RING}{run}")).expect_err(run).to_string()
}

#[test]
fn what_does_not_come_across_is_said() {
    let cases = [
        ("run\np sends 1 to q\ncut off p\nq receives from p", "line 12: the network delivers nothing on p→q"),
        ("run\ncut off p q r", "line 10: no channel that is not cut off leads from one side to the other"),
        ("run\ncut off p\npartition p | q r", "line 11: no channel that is not cut off"),
        ("run\nheal", "line 10: nothing is cut off at this point"),
        ("run\npartition p q", "line 10: expected: partition P Q | R, two sides"),
        ("run\npartition p | q | r", "line 10: expected: partition P Q | R, two sides"),
        ("run\npartition p | q", "line 10: every process has to be on one side; r is missing"),
        ("run\npartition p r | q r", "line 10: r cannot be on both sides"),
        ("run\ncut off s", "line 10: there is no process s"),
    ];
    for (run, expected) in cases {
        let said = refused(run);
        assert!(said.starts_with(expected), "{run}: {said}");
    }
}

#[test]
fn only_the_first_processes_can_be_named() {
    assert_eq!(Group::of([ProcessId(3), ProcessId(0)]), Some(Group(0b1001)));
    assert_eq!(Group::of([ProcessId(63)]).map(|group| group.contains(ProcessId(63))), Some(true));
    assert_eq!(Group::of([ProcessId(64)]), None);
    assert!(!Group(u64::MAX).contains(ProcessId(64)));
    let history = Scenario::parse(RING).expect("a good file").play();
    let beyond = Action::Partition { group: Group(0b1000) };
    assert_eq!(history.world().check(beyond), Err(Rejected::NoSuchProcess(ProcessId(3))));
}

#[test]
fn going_back_does_not_heal_the_network_and_a_link_does_not_cross_it() {
    let run = "numbers on every channel\nrun\np starts a snapshot\nq receives from p\nr receives from q\n\
               p receives from r\ncut off p\nrestore snapshot 1\np sends 1 to q\n";
    let history = Scenario::parse(&format!("{RING}{run}")).expect("a good file").play();
    let world = history.world();
    assert!(world.topology().channels().filter(|channel| world.is_cut_off(*channel)).count() == 2);
    assert_eq!(oldest_first(world), None, "nothing can be delivered");
}
