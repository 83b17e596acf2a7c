//! Parts of a snapshot on several processes: what is left of it is what the events say, whoever crashes.

use cutline_core::keeping::{Keeping, Phases, Seen, StoreStep, changes, kept};
use cutline_core::snapshot::{ChannelRecord, Snapshot};
use cutline_core::{
    Action, ChandyLamport, ChannelId, Event, History, LocalState, MessageId, ProcessId, Scenario, SnapshotId, World,
};
use cutline_tests::case::{Case, cases};
use cutline_tests::{drive, soak};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What the events say was recorded: states, and messages by channel.
type Told = (BTreeMap<ProcessId, LocalState>, BTreeMap<ChannelId, Vec<MessageId>>);

fn told(history: &History<ChandyLamport>, id: SnapshotId) -> Told {
    let (mut states, mut channels) = Told::default();
    for (_, event) in history.trace().events() {
        match *event {
            Event::Recorded { process, snapshot, state, .. } if snapshot == id => _ = states.insert(process, state),
            Event::Kept { snapshot, channel, message } if snapshot == id => {
                channels.entry(channel).or_default().push(message);
            }
            Event::Closed { snapshot, channel } if snapshot == id => _ = channels.entry(channel).or_default(),
            _ => {}
        }
    }
    (states, channels)
}

fn read(snapshot: &Snapshot, history: &History<ChandyLamport>) -> Told {
    let topology = history.world().topology();
    let states = topology.processes().filter_map(|of| Some((of, snapshot.process(of)?)));
    let channels = topology.channels().filter_map(|channel| match snapshot.channel(channel) {
        ChannelRecord::Closed(kept) => Some((channel, kept.iter().map(|kept| kept.message).collect())),
        _ => None,
    });
    (states.collect(), channels.collect())
}

/// After which step of the run, done again, the world says so.
fn complete_after(history: &History<ChandyLamport>, id: SnapshotId) -> usize {
    let mut world = World::new(history.world().system().clone(), *history.world().algorithm());
    let complete = |world: &World<ChandyLamport>| {
        world.snapshots().get(id.index()).is_some_and(|one| one.has_begun() && one.is_complete())
    };
    let steps = history.trace().steps;
    let at = steps.iter().position(|step| {
        assert_eq!(world.apply(step.action, &mut Vec::new()), Ok(()));
        complete(&world)
    });
    at.map_or(0, |at| at + 1)
}

/// Whoever crashes when: a snapshot that was complete and kept on so many others is what the events say as long as no more
/// than that are lost afterwards; and it is lost just if somebody who recorded is lost with all that come after it.
fn outlives(case: &Case, others: usize, crashes: u8) -> Result<(), TestCaseError> {
    let mut history = drive::play(case, ChandyLamport::default());
    let count = history.world().topology().process_count();
    let lost: Vec<ProcessId> = (0..count).filter(|at| crashes >> at & 1 == 1).map(ProcessId::at).collect();
    for process in &lost {
        prop_assert_eq!(history.act(Action::Crash { process: *process }), Ok(()));
    }
    let (world, keeping) = (history.world(), Keeping { others, phases: Phases::Two });
    let all = kept(&history.trace(), world.snapshots(), keeping);
    let complete = world.snapshots().iter().filter(|one| one.has_begun() && one.is_complete());
    prop_assert_eq!(all.len(), complete.count());
    for one in all {
        prop_assert_eq!(one.after_step, complete_after(&history, one.snapshot));
        let together = one.together(&world.snapshots()[one.snapshot.index()], world.topology());
        let whole = together.map(|together| read(&together, &history));
        let in_a_row =
            |from: usize| (0..=others.min(count - 1)).all(|by| lost.contains(&ProcessId::at((from + by) % count)));
        let expected = (!(0..count).any(in_a_row)).then(|| told(&history, one.snapshot));
        prop_assert_eq!(&whole, &expected, "{:?} lost", lost);
        prop_assert!(whole.is_some() || lost.len() > others.min(count - 1));
        prop_assert_eq!(one.is_whole(), whole.is_some());
        // Any so many more, and no more.
        if let Some(more) = one.survives_any() {
            for mask in 0..1_u32 << count {
                let further: Vec<ProcessId> = (0..count).filter(|at| mask >> at & 1 == 1).map(ProcessId::at).collect();
                let both: Vec<ProcessId> = further.iter().chain(&lost).copied().collect();
                let in_a_row = |from: usize| {
                    (0..=others.min(count - 1)).all(|by| both.contains(&ProcessId::at((from + by) % count)))
                };
                prop_assert_eq!(one.survives(&further), !(0..count).any(in_a_row));
                let too_many = |set: &&[ProcessId]| set.iter().all(|by| further.contains(by));
                prop_assert_eq!(one.survives(&further), !one.losses_too_many().iter().any(too_many));
                prop_assert!(one.survives(&further) || further.len() > more);
            }
            prop_assert!(!one.survives(one.smallest_loss()) && one.smallest_loss().len() == more + 1);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(300), failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_is_kept_outlives_as_many_as_have_copies(case in cases(), others in 0_usize..4, crashes in any::<u8>()) {
        outlives(&case, others, crashes)?;
    }
}

const RING: &str = "cutline 1\ntitle t\nprocess p has 5\nprocess q has 5\nprocess r has 5\n\
                    channel p -> q\nchannel q -> r\nchannel r -> p\n";
const TAKEN: &str = "p starts a snapshot\nq receives from p\nr receives from q\np receives from r\n";
const AGAIN: &str = "p starts a snapshot\nq receives from p\nr receives from q\np receives from r\n";

fn whole(declared: &str, run: &str) -> bool {
    let scenario = Scenario::parse(&format!("{RING}{declared}\nrun\n{run}")).expect("a good file");
    let history = scenario.play();
    let all = kept(&history.trace(), history.world().snapshots(), scenario.keeping.unwrap_or_default());
    all[0].is_whole()
}

#[test]
fn only_a_log_brings_back_what_was_kept() {
    let back = format!("{TAKEN}q crashes\nq restarts");
    assert!(!whole("", &back), "it remembers nothing");
    assert!(whole("log on q", &back));
    assert!(!whole("log on q", &format!("{TAKEN}q crashes")), "out of reach");
    assert!(whole("keep on 1 other", &back));
}

/// Nobody can copy a part that is gone when the last one is recorded.
#[test]
fn copies_are_made_when_it_is_complete() {
    let early = "p starts a snapshot\nq receives from p\nq crashes\nr receives from q\np receives from r\n";
    assert!(!whole("keep on 2 others", early));
    assert!(!whole("keep on 2 others", &format!("{early}q restarts")), "it remembers nothing of its part");
    assert!(whole("log on q\nkeep on 2 others", &format!("{early}q restarts")));
    assert!(whole("keep on 2 others", &format!("{TAKEN}q crashes\nr crashes")));
    assert!(!whole("keep on 1 other", &format!("{TAKEN}q crashes\nr crashes")));
}

/// Who leaves takes along what it kept; a newcomer keeps nothing of what was complete before.
#[test]
fn whoever_leaves_takes_it_along() {
    let of = |keep: &str| {
        let declared = "process p has 5\nprocess q has 0\nprocess r has 5\nprocess s has 0\nnewcomer s\n\
                        channel p -> r\nchannel r -> p\nchannel s -> p\n";
        let run = "p starts a snapshot\nr receives from p\np receives from r\nq leaves\ns joins\nr crashes\n";
        let scenario =
            Scenario::parse(&format!("cutline 1\ntitle t\n{declared}{keep}\nrun\n{run}")).expect("a good file");
        let history = scenario.play();
        let all = kept(&history.trace(), history.world().snapshots(), scenario.keeping.unwrap_or_default());
        let [one] = all.try_into().expect("one that is complete");
        one
    };
    let alone = of("");
    // Without q, which leaves, the two others have recorded everything.
    assert_eq!((alone.after_step, alone.nowhere()), (4, vec![ProcessId(2)]));
    let copied = of("keep on 2 others");
    let keepers = [[ProcessId(0), ProcessId(2)], [ProcessId(2), ProcessId(0)]];
    assert_eq!(copied.parts.iter().map(|part| &part.keepers[..]).collect::<Vec<_>>(), keepers);
    assert_eq!(
        (copied.is_whole(), copied.smallest_loss(), &copied.gone[..]),
        (true, &[ProcessId(0)][..], &[ProcessId(2)][..])
    );
}

#[test]
fn a_reader_sees_a_half_one_in_one_phase_alone() {
    let of = |keep: &str, between: &str| {
        let text = format!("{RING}{keep}\nrun\n{TAKEN}{between}\n{AGAIN}");
        let scenario = Scenario::parse(&text).expect("a good file");
        let history = scenario.play();
        changes(&history.trace(), history.world().snapshots(), scenario.keeping.expect("a line"))
    };
    let two = of("keep on 1 other", "");
    let [two] = &two[..] else { panic!("{two:?}") };
    let tried = two.tried.as_ref().expect("not too many");
    assert_eq!((tried.half.as_ref(), tried.old + tried.new), (None, tried.states));
    assert!(tried.old > 0 && tried.new > 0 && two.losses == 1);
    let seen: Vec<Seen> = two.told.iter().map(|told| told.seen).collect();
    assert_eq!(seen, [Seen::Old, Seen::Old, Seen::Old, Seen::Old, Seen::New, Seen::New, Seen::New]);
    let one = of("keep on 1 other in one phase", "");
    let half = one[0].tried.as_ref().and_then(|tried| tried.half.as_ref()).expect("a half one");
    assert_eq!(half.steps, [StoreStep::Prepare(ProcessId(0))]);
    assert_eq!(half.found, [ProcessId(0), ProcessId(2)], "its own and that of the one before it");
    assert_eq!(of("keep on 0 others", "")[0].losses, 0);
    // Who comes back without a memory has nothing of the old one, and keeps the new one like all others.
    let forgetful = of("keep on 1 other", "q crashes\nq restarts");
    assert_eq!(forgetful[0].losses, 0);
    assert_eq!(forgetful[0].tried.as_ref().and_then(|tried| tried.half.as_ref()), None);
    assert_eq!(of("keep on 0 others", "q crashes\nq restarts"), [], "the old one is lost before");
}

#[test]
fn lines_that_are_wrong_say_so() {
    let said = |line: &str| Scenario::parse(&format!("{RING}{line}\n")).expect_err("a bad line").message;
    assert!(said("keep on some others").contains("0 to 255"));
    assert!(said("keep two").contains("keep on NUMBER others"));
    assert!(said("keep on 1 other in no phase").contains("in one phase"));
    assert!(said("keep on 1 other\nkeep on 1 other").contains("only once"));
}
