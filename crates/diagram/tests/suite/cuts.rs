//! Cuts of snapshots that are complete without a part of everybody.

use crate::runs::{CONCLUDED, prepared, seen};
use cutline_core::{ProcessId, SnapshotId};
use cutline_diagram::{Chart, Key, Point, Role, Segment, Shape};

/// Bob has recorded for a snapshot before, and Cid never: a later one that neither had to join goes through Bob's checkpoint and
/// through Cid's beginning, and no part of it waits for anybody.
#[test]
fn a_concluded_cut_goes_through_what_everybody_stands_by() {
    let mut run = prepared(CONCLUDED);
    let scene = seen(&mut run, 99, |view| view);
    let chart = Chart::new(&run.trace_to(run.len()));
    let (bob, cid, latest) = (ProcessId(1), ProcessId(2), SnapshotId(1));
    let earlier = chart.recordings()[0].points[1].unwrap().step;
    let now = run.step();
    assert_eq!([bob, cid].map(|process| chart.stands_by(latest, process, now)), [Some(earlier), Some(0)]);
    assert_eq!(chart.stands_by(latest, bob, 1), None, "it was not concluded then");
    let cut = scene.items.iter().find(|item| item.key == Key::Cut(latest)).unwrap();
    assert!(cut.marks.iter().all(|mark| !matches!(mark.role, Role::CutSoFar(_))), "{cut:?}");
    let Shape::Path(_, ref pieces) = cut.marks[0].shape else { panic!("{cut:?}") };
    let ends = |wanted: Point| {
        pieces.iter().any(|piece| matches!(piece, Segment::To(to) | Segment::Curve(_, _, to) if *to == wanted))
    };
    let frame = scene.frame;
    assert!(ends(frame.at(bob, earlier)) && ends(frame.point(frame.after(0), frame.lane(cid))), "{pieces:?}");
}
