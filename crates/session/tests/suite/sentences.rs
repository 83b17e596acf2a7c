//! Sentences agree with the table beside them, and menus name each thing once.

use crate::script::{Player, with};
use cutline_core::{ProcessId, SnapshotId};
use cutline_session::{Lang, Msg};

/// Two processes in which both snapshots are under way.
fn two() -> Player {
    with(
        "cutline 1
         title Two
         process a has 10
         process b has 10
         channel a -> b
         channel b -> a
         run
         b sends 3 to a
         a starts snapshot 1
         open here",
    )
}

#[test]
fn what_is_kept_is_said_of_the_snapshot_that_keeps_it() {
    let mut player = two();
    player.play("start at b");
    player.session.update(Msg::Show(SnapshotId(1)));
    player.play("deliver b→a");
    let words = player.session.explanation().plain();
    assert!(words.contains("a has recorded for snapshot 1 and the marker on b→a has not come yet"), "{words}");
    assert!(!words.contains("a has recorded for snapshot 2"), "{words}");
    let row = &player.session.rows()[0];
    assert_eq!(row.name, "a");
    assert!(
        format!("{:?}", row.cell).contains("not yet"),
        "snapshot 2 is shown, and a has not recorded for it: {row:?}"
    );
}

#[test]
fn each_first_marker_is_said_of_its_snapshot() {
    let mut player = two();
    player.play("deliver a→b");
    assert!(
        player.session.explanation().plain().contains("b gets its first marker, on a→b."),
        "one snapshot needs no number"
    );
    player.play("start at b\n deliver b→a\n deliver b→a\n deliver b→a");
    let words = player.session.explanation().plain();
    assert!(words.contains("a gets its first marker for snapshot 2, on b→a."), "{words}");
}

#[test]
fn a_snapshot_that_stands_still_says_so() {
    let mut player = with(
        "cutline 1
         title One way
         process a has 1
         process b has 1
         process c has 1
         channel a -> b
         channel c -> a
         run
         a starts a snapshot
         open here",
    );
    let reasons = |player: &Player| player.session.verdict_words().reasons.plain();
    assert!(reasons(&player).contains("No marker can reach c:"), "no channel leads to c: {}", reasons(&player));
    player.play("deliver a→b");
    assert!(reasons(&player).contains("Still to record: c."), "{}", reasons(&player));
    assert!(reasons(&player).contains("it will never be complete"), "{}", reasons(&player));
}

#[test]
fn rules_that_differ_in_their_state_alone_are_one_line_of_the_menu() {
    let mut player = with(
        "cutline 1
         title Many rules
         process p in A
         process q in X
         channel c: p -> q
         rule p: A -> B sends M on c
         rule p: B -> A sends M on c
         rule p: C -> A sends N on c
         rule p: A -> C
         rule p: B -> C
         rule q: X -> X receives M on c
         rule q: X -> X receives N on c",
    );
    player.session.update(Msg::OpenMenu(ProcessId(0)));
    let menu = player.session.menu().unwrap();
    let lines: Vec<(&str, bool, Option<&str>)> =
        menu.choices.iter().map(|c| (c.label.as_str(), c.msg.is_some(), c.remark.as_deref())).collect();
    assert_eq!(
        lines,
        [
            ("Send M to q on c", true, None),
            ("Send N to q on c", false, Some("only in state C")),
            ("Go to C", true, None),
            ("Start snapshot 1 here", true, None),
        ]
    );
}

#[test]
fn the_first_sentence_is_parted_from_the_rest_and_nothing_is_lost() {
    for lang in [Lang::En, Lang::Zh] {
        let session = crate::script::after(lang, 1, "run to end").session;
        let teller = session.teller();
        let mut several = 0;
        for step in 1..=session.steps() {
            let words = teller.tell_unnumbered(step);
            let (first, rest) = words.first_sentence();
            assert_eq!(first.plain() + &rest.plain(), words.plain());
            assert!(first.plain().ends_with(['.', '。']), "{}", first.plain());
            assert!(!first.plain().trim_end_matches(['.', '。']).contains(". "), "{}", first.plain());
            several += usize::from(!rest.plain().is_empty());
        }
        assert!(several > 5);
    }
}
