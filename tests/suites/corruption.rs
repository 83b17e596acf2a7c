//! What the network changes on its way is dropped where it comes, which is as good as lost there; and a link sends it again.

use cutline_core::judge::judge;
use cutline_core::{Action, ChannelId, Event, History, Method, Rejected, SnapshotId, World};
use cutline_tests::case::{Case, cases};
use cutline_tests::{drive, soak};
use proptest::collection::vec;
use proptest::prelude::*;

/// Goes through a run again with every item that came changed lost instead, and nothing changed.
fn with_losses(run: &History<Method>) -> History<Method> {
    let mut lossy = History::new(World::new(run.world().system().clone(), Method::default()));
    for step in &run.trace().steps {
        let is_dropped = step.events.iter().any(|event| matches!(event, Event::Lost { .. }));
        let action = match step.action {
            Action::Corrupt { .. } => continue,
            Action::Deliver { channel, position } if is_dropped => Action::Lose { channel, position },
            other => other,
        };
        lossy.act(action).unwrap();
    }
    lossy
}

fn events(run: &History<Method>) -> Vec<Event> {
    let changes = |event: &&Event| matches!(event, Event::Corrupted { .. });
    run.trace().events().map(|(_, event)| event).filter(|event| !changes(event)).copied().collect()
}

fn as_good_as_lost(case: &Case, places: &[(u8, u8)]) -> Result<(), TestCaseError> {
    let mut run = drive::begin(case, Method::default());
    for (at, choice) in case.choices.iter().enumerate() {
        for (_, channel) in places.iter().filter(|(place, _)| usize::from(*place) == at) {
            let channels = run.history.world().topology().channel_count();
            let channel = ChannelId::at(usize::from(*channel) % channels.max(1));
            let corrupt = Action::Corrupt { channel, position: 0 };
            if channels > 0 && run.history.act(corrupt).is_ok() {
                prop_assert!(run.history.world().is_corrupted(channel, 0));
                prop_assert_eq!(run.history.world().check(corrupt), Err(Rejected::AlreadyCorrupted { channel }));
            }
        }
        run.choose(*choice);
    }
    let lossy = with_losses(&run.history);
    prop_assert_eq!(events(&run.history), events(&lossy));
    for snapshot in (0..run.history.world().snapshots().len()).map(SnapshotId::at) {
        let [one, other] = [&run.history, &lossy].map(|run| judge(&run.trace(), snapshot));
        prop_assert_eq!((one.faults, one.sums, one.cut), (other.faults, other.sums, other.cut));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(500), failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_is_changed_is_lost_where_it_comes(case in cases(), places in vec((0_u8..40, any::<u8>()), 0..6)) {
        as_good_as_lost(&case, &places)?;
    }
}
