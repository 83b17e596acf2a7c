//! Who joins and leaves: where its line begins and ends, what its head says, and where cuts pass it.

use crate::runs::{Run, prepared, seen};
use cutline_core::{ProcessId, SnapshotId};
use cutline_diagram::{Ghost, Key, Role, Scene, Shape, View};

const JOINING: &str = include_str!("../../../../tests/data/scenarios/joining-as-a-member.cutline");
const LEAVING: &str = include_str!("../../../../tests/data/scenarios/leaving-in-order.cutline");
const COL: ProcessId = ProcessId(2);

/// The picture at a step, with or without what is to come.
fn at(run: &mut Run, step: usize, ahead: bool) -> Scene {
    seen(run, step, |view| View { ghost: Ghost { ahead, other: None }, ..view })
}

/// From where to where the line of a process is drawn in this way.
fn lane(scene: &Scene, role: Role) -> Option<(i32, i32)> {
    let lane = scene.items.iter().find(|item| item.key == Key::Lane(COL))?;
    lane.marks.iter().find_map(|mark| match mark.shape {
        Shape::Line(from, to) if mark.role == role => Some((from.x, to.x)),
        _ => None,
    })
}

#[test]
fn a_line_begins_where_its_process_joins_and_ends_where_it_leaves() {
    let mut run = prepared(JOINING);
    let before = at(&mut run, 1, true);
    assert_eq!(lane(&before, Role::Lane), None);
    assert_eq!(lane(&before, Role::LaneAhead).map(|(from, _)| from), Some(before.frame.at(COL, 2).x));
    assert_eq!(lane(&before, Role::LaneEnd), None, "nothing has begun");
    assert_eq!(lane(&at(&mut run, 1, false), Role::LaneAhead), None, "nobody knows whether it joins");
    let after = at(&mut run, 3, true);
    let joined = after.frame.at(COL, 2).x;
    assert_eq!(lane(&after, Role::Lane).map(|(from, _)| from), Some(joined));
    assert_eq!(lane(&after, Role::LaneEnd), Some((joined, joined)));
    let mut run = prepared(LEAVING);
    let before = at(&mut run, 1, true);
    assert_eq!(lane(&before, Role::LaneAhead).map(|(_, to)| to), Some(before.frame.at(COL, 2).x));
    let after = at(&mut run, 8, true);
    assert_eq!(lane(&after, Role::Lane).map(|(_, to)| to), Some(after.frame.at(COL, 2).x));
    assert_eq!(lane(&after, Role::LaneAhead), None);
}

#[test]
fn heads_say_who_is_not_there() {
    let mut run = prepared(JOINING);
    let head = |scene: &Scene| (scene.heads[2].state.clone(), scene.heads[2].is_here);
    assert_eq!(head(&at(&mut run, 1, true)), ("to join".into(), false));
    assert_eq!(head(&at(&mut run, 2, true)), ("0".into(), true));
    let mut run = prepared(LEAVING);
    assert_eq!(head(&at(&mut run, 0, true)), ("5".into(), true));
    assert_eq!(head(&at(&mut run, 2, true)), ("has left".into(), false));
}

/// The rightmost and last place of the cut.
fn cut_ends(scene: &Scene) -> (bool, i32) {
    let cut = scene.items.iter().find(|item| item.key == Key::Cut(SnapshotId(0))).unwrap();
    let last = cut.marks.iter().rev().find_map(|mark| match &mark.shape {
        Shape::Path(_, segments) => Some((mark.role == Role::Cut(SnapshotId(0)), segments.last()?.end().x)),
        _ => None,
    });
    last.unwrap()
}

#[test]
fn cuts_pass_who_left_at_its_end_and_who_is_to_join_beside_a_neighbour() {
    let mut run = prepared(LEAVING);
    let done = at(&mut run, 8, true);
    assert_eq!(cut_ends(&done), (true, done.frame.at(COL, 2).x));
    let mut run = prepared(JOINING);
    let before = at(&mut run, 1, true);
    assert_eq!(cut_ends(&before), (true, before.frame.at(ProcessId(0), 1).x));
    // From when it joins it belongs to the snapshot, and has not recorded.
    let joined = at(&mut run, 2, true);
    assert_eq!(cut_ends(&joined), (false, joined.frame.now));
    let recorded = at(&mut run, 4, true);
    assert_eq!(cut_ends(&recorded), (true, recorded.frame.at(COL, 4).x));
}

/// Who joins when all is recorded never belongs to the snapshot.
#[test]
fn a_cut_that_is_complete_stays_where_it_is_when_somebody_joins() {
    let run = "
        cutline 1
        title Later
        process Ann has 1
        process Bob has 1
        process Col has 0
        channels complete
        newcomer Col
        run
        Ann starts a snapshot
        Bob receives from Ann
        Ann receives from Bob
        Col joins
        Ann sends 1 to Col";
    let mut run = prepared(run);
    let (before, after) = (at(&mut run, 3, true), at(&mut run, 5, true));
    assert_eq!(cut_ends(&before), (true, before.frame.at(ProcessId(1), 2).x));
    assert_eq!(cut_ends(&after), cut_ends(&before));
}
