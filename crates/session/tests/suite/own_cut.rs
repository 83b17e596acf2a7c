//! The reader's own cut.

use crate::script::{Player, after};
use cutline_core::{Action, ChannelId, ProcessId, SnapshotId};
use cutline_session::{CutMsg, CutReport, CutText, Lang, Msg};

/// Money in flight, run to its end (19 steps), with a line drawn and moved.
fn drawn(moves: &[CutMsg]) -> Player {
    let mut player = after(Lang::En, 1, "run to end");
    player.session.update(Msg::Cut(CutMsg::Draw));
    for msg in moves {
        player.session.update(Msg::Cut(*msg));
    }
    player
}

fn report(player: &Player) -> CutReport {
    player.session.cut_report().expect("a line has been drawn")
}

fn at(process: u16, step: usize) -> CutMsg {
    CutMsg::Move(ProcessId(process), step)
}

#[test]
fn it_begins_as_the_recorded_cut() {
    let player = drawn(&[]);
    let report = report(&player);
    assert!(report.is_consistent());
    assert_eq!(report.counts, [1, 3, 3], "{:?}", player.session.cut_line());
    let verdict = player.session.verdict(SnapshotId(0));
    assert_eq!(verdict.cut, [Some(1), Some(3), Some(3)]);
    let same = player.session.say(CutText::SameAs, &[("n", "1")]);
    assert!(report.reasons.plain().contains(&same), "{}", report.reasons.plain());
    let channels: Vec<_> = report.channels.iter().map(|(_, messages)| messages[0].1.clone()).collect();
    assert_eq!(channels, ["20"]);
    assert_eq!(report.sum, Some((player.session.say(CutText::Adds, &[("sum", "300")]), true)));
    assert_eq!((report.below, report.above), (None, None));
}

/// P3 receives from P2 at step 3 what P2 sends at step 1.
#[test]
fn an_orphan_is_named_and_the_nearest_consistent_cuts_are_offered() {
    let start = [at(0, 0), at(1, 0), at(2, 3)];

    let player = drawn(&start);
    let wrong = report(&player);
    assert!(!wrong.is_consistent());
    assert_eq!((wrong.counts.as_slice(), wrong.orphans.len()), (&[0, 0, 1][..], 1));
    let orphan = player.session.say(CutText::Orphan, &[("what", "10"), ("p", "P2"), ("q", "P3")]);
    assert!(wrong.reasons.plain().contains(&orphan), "{}", wrong.reasons.plain());
    assert_eq!(wrong.sum, Some((player.session.say(CutText::AddsWrong, &[("sum", "310"), ("total", "300")]), false)));
    assert_eq!(wrong.below, Some(vec![0, 0, 0]));
    assert_eq!(wrong.above, Some(vec![0, 1, 1]));
    for (direction, wanted) in [(CutMsg::Below, [0, 0, 0]), (CutMsg::Above, [0, 1, 1])] {
        let moved = drawn(&[start[0], start[1], start[2], direction]);
        let right = report(&moved);
        assert!(right.is_consistent());
        assert_eq!(right.counts, wanted);
    }
}

#[test]
fn keys_move_it_by_events_and_stop_at_both_ends() {
    let shift = |by| CutMsg::Shift(ProcessId(0), by);
    let base = [at(0, 0), at(1, 0), at(2, 0)];
    let one = drawn(&[base[0], base[1], base[2], shift(1)]);
    assert_eq!(report(&one).counts, [1, 0, 0]);
    assert_eq!(one.session.cut_line(), Some(vec![2, 0, 0]), "just after the event that it takes in");
    let none = drawn(&[base[0], base[1], base[2], shift(-1)]);
    assert_eq!(report(&none).counts, [0, 0, 0]);
    let all = drawn(&[base[0], base[1], base[2], shift(99)]);
    assert_eq!(report(&all).counts[0], 3);
    assert_eq!((report(&all).in_transit.len(), report(&all).orphans.len()), (1, 2), "P1 sent one and received two");
    let label = one.session.cut_handle_label(ProcessId(0));
    assert_eq!(label, one.session.say(CutText::Handle, &[("p", "P1"), ("k", "1"), ("all", "3")]));
}

#[test]
fn it_stays_with_the_run_as_one_steps_back_and_goes_when_told() {
    let mut player = drawn(&[at(0, 19), at(1, 19), at(2, 19)]);
    player.play("back\n back\n back");
    assert_eq!(player.session.cut_line(), Some(vec![16; 3]), "it cannot lie beyond the present");
    player.play("forward");
    assert_eq!(player.session.cut_line(), Some(vec![17; 3]));
    player.session.update(Msg::Cut(CutMsg::Move(ProcessId(9), 3)));
    player.session.update(Msg::Cut(CutMsg::Shift(ProcessId(9), 3)));
    assert_eq!(player.session.cut_line(), Some(vec![17; 3]), "there is no such process");
    player.session.update(Msg::Cut(CutMsg::Remove));
    assert_eq!((player.session.cut_line(), player.session.cut_report()), (None, None));
    player.session.update(Msg::Cut(CutMsg::Below));
    assert_eq!(player.session.cut_line(), None);
}

#[test]
fn another_scenario_has_no_line_yet() {
    let mut player = drawn(&[]);
    player.play("open 2");
    assert_eq!(player.session.cut_line(), None);
}

#[test]
fn earlier_later_and_beside() {
    let relation = |moves: &[CutMsg], text| {
        let player = drawn(moves);
        let sentence = player.session.say(text, &[("n", "1")]);
        let reasons = report(&player).reasons.plain();
        assert!(reasons.contains(&sentence), "{sentence} is not in {reasons}");
    };
    relation(&[at(0, 0), at(1, 0), at(2, 0)], CutText::EarlierThan);
    relation(&[at(0, 19), at(1, 19), at(2, 19)], CutText::LaterThan);
    relation(&[at(0, 19), at(1, 0)], CutText::Beside);
    let player = drawn(&[at(0, 0), at(1, 0), at(2, 0), CutMsg::To(SnapshotId(0))]);
    assert_eq!(report(&player).counts, [1, 3, 3]);
}

/// After going back to a recorded state the events form no single order: nothing is claimed.
#[test]
fn a_restored_run_is_not_judged() {
    let mut player = drawn(&[]);
    player.session.update(Msg::Do(Action::Restore { snapshot: SnapshotId(0) }));
    while player.session.can_go_forward() {
        player.session.update(Msg::Do(Action::Deliver { channel: ChannelId(2), position: 0 }));
        player.session.update(Msg::Forward);
    }
    assert!(player.session.cut_line().is_some());
    assert_eq!(player.session.cut_report(), None);
}
