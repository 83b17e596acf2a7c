//! Newcomers that join and leave at any time, in every run of a small system.

use cutline_core::explore::{Exploration, Planned, explore_whole};
use cutline_core::{Method, ProcessId, Scenario, SnapshotId};

fn exploration(text: &str) -> Exploration {
    let scenario = Scenario::parse(&format!("cutline 1\ntitle t\n{text}")).expect("a good file");
    let planned = Planned { id: SnapshotId(0), initiators: vec![ProcessId(0)] };
    Exploration::new(scenario.system.clone(), vec![planned])
}

const MEMBERS: &str =
    "process p has 1 and 1 sends\nprocess q has 0 and 1 sends\nprocess r has 0 and 1 sends\nchannels complete\n";

/// Whenever r joins and leaves, every snapshot is consistent in the end, and none waits for ever.
#[test]
fn whenever_somebody_comes_and_goes_every_snapshot_is_consistent() {
    let figures = explore_whole(&exploration(&format!("{MEMBERS}newcomer r\n")), Method::default());
    assert!(figures.finished && figures.states > 1000, "{figures:?}");
    assert_eq!((figures.terminal_incomplete, figures.inconsistent_complete), (0, 0), "{figures:?}");
    assert!(figures.complete_states > 100, "{figures:?}");
}

/// The same over links under which one item is lost: who leaves waits for what is still to be sent again to it, and what it has
/// said last arrives.
#[test]
fn links_bring_last_words_too() {
    let two = "process p has 1 and 1 sends\nprocess r has 0 and 1 sends\nchannels complete\nnewcomer r\nnumbers on every channel\n";
    let mut setup = exploration(two);
    setup.faults = "drop=1".parse().expect("faults");
    let figures = explore_whole(&setup, Method::default());
    assert!(figures.finished && figures.states > 200, "{figures:?}");
    assert_eq!((figures.terminal_incomplete, figures.inconsistent_complete), (0, 0), "{figures:?}");
}

/// Where nobody joins, a newcomer is as good as nobody: the figures are those of the system without it.
#[test]
fn an_algorithm_with_fixed_members_goes_on_without_the_newcomer() {
    let lai_yang = Method::named("lai-yang").expect("a name").planned_for([SnapshotId(0)]);
    let with = explore_whole(&exploration(&format!("{MEMBERS}newcomer r\n")), lai_yang);
    let without = "process p has 1 and 1 sends\nprocess q has 0 and 1 sends\nchannels complete\n";
    let without = explore_whole(&exploration(without), lai_yang);
    assert_eq!(with, without);
}
