//! Every refusal in words.

use crate::script::{after, with};
use cutline_core::time::Time;
use cutline_core::{ChannelId, LocalState, Payload, ProcessId, Rejected, SnapshotId, TimerId};
use cutline_session::{Lang, Msg, Session};

const P: ProcessId = ProcessId(0);
const C: ChannelId = ChannelId(0);

/// One of each kind.
fn all_kinds(state: LocalState, payload: Payload) -> Vec<Rejected> {
    let all = vec![
        Rejected::NoSuchProcess(ProcessId(99)),
        Rejected::NoSuchChannel(ChannelId(99)),
        Rejected::NothingThere { channel: C, holds: 0 },
        Rejected::NotAtTheHead { channel: C, ahead: 1 },
        Rejected::NotEnough { process: P, has: 3, wanted: 5 },
        Rejected::NotAnAmount(0),
        Rejected::NoRuleToSend { process: P, state, channel: C, payload },
        Rejected::NoRuleToReceive { process: P, state, channel: C, payload },
        Rejected::NoRuleToAct { process: P, state },
        Rejected::AlreadyRecorded { process: P, snapshot: SnapshotId(1) },
        Rejected::TooManySnapshots { limit: 64 },
        Rejected::TooLong { limit: 4000 },
        Rejected::NoSuchTimer { process: P, timer: TimerId(0) },
        Rejected::SendHeld { channel: C },
        Rejected::ReceiveHeld { channel: C },
        Rejected::NoSendsLeft { process: P },
        Rejected::MarkerOwed { channel: C },
        Rejected::Passive { process: P },
        Rejected::Waits { process: P },
        Rejected::NotComplete { snapshot: SnapshotId(1) },
        Rejected::LeftBehind { snapshot: SnapshotId(1) },
        Rejected::NoSuchRule(99),
        Rejected::Crashed { process: P },
        Rejected::NotCrashed { process: P },
        Rejected::TakesNoPart { process: P },
        Rejected::NotThen { until: Time(3) },
        Rejected::TooEarly { process: P, reads: 3, wanted: 5 },
        Rejected::NotToSendAgain { channel: C, number: 3 },
        Rejected::ForControl { channel: C },
        Rejected::OneAtATime { snapshot: SnapshotId(1) },
        Rejected::NoWay { from: P, to: ProcessId(1) },
        Rejected::NoSource { process: P },
        Rejected::NoSnapshots,
        Rejected::Partial { snapshot: SnapshotId(1) },
        Rejected::CutOff { channel: C },
        Rejected::CutsNothing,
        Rejected::NothingToHeal,
        Rejected::OneInitiator { snapshot: SnapshotId(1) },
        Rejected::AlreadyCorrupted { channel: C },
        Rejected::NotHere { process: P, has_left: false },
        Rejected::CannotJoin { process: P, has_left: false },
        Rejected::FixedMembers,
        Rejected::StillComing { process: P, channel: C },
        Rejected::StillHolds { process: P, holds: 5 },
        Rejected::StillRecording { process: P, snapshot: SnapshotId(1) },
        Rejected::MembersChanged { snapshot: SnapshotId(1) },
        Rejected::JoinedTooLate { process: P, snapshot: SnapshotId(1) },
        Rejected::OutOfTurn { snapshot: SnapshotId(1) },
    ];
    assert_eq!(all.iter().map(kind).collect::<Vec<_>>(), (0..48).collect::<Vec<_>>());
    all
}

/// The place of a kind in that list. The match makes the compiler ask for those to come.
fn kind(rejected: &Rejected) -> usize {
    match rejected {
        Rejected::NoSuchProcess(_) => 0,
        Rejected::NoSuchChannel(_) => 1,
        Rejected::NothingThere { .. } => 2,
        Rejected::NotAtTheHead { .. } => 3,
        Rejected::NotEnough { .. } => 4,
        Rejected::NotAnAmount(_) => 5,
        Rejected::NoRuleToSend { .. } => 6,
        Rejected::NoRuleToReceive { .. } => 7,
        Rejected::NoRuleToAct { .. } => 8,
        Rejected::AlreadyRecorded { .. } => 9,
        Rejected::TooManySnapshots { .. } => 10,
        Rejected::TooLong { .. } => 11,
        Rejected::NoSuchTimer { .. } => 12,
        Rejected::SendHeld { .. } => 13,
        Rejected::ReceiveHeld { .. } => 14,
        Rejected::NoSendsLeft { .. } => 15,
        Rejected::MarkerOwed { .. } => 16,
        Rejected::Passive { .. } => 17,
        Rejected::Waits { .. } => 18,
        Rejected::NotComplete { .. } => 19,
        Rejected::LeftBehind { .. } => 20,
        Rejected::NoSuchRule(_) => 21,
        Rejected::Crashed { .. } => 22,
        Rejected::NotCrashed { .. } => 23,
        Rejected::TakesNoPart { .. } => 24,
        Rejected::NotThen { .. } => 25,
        Rejected::TooEarly { .. } => 26,
        Rejected::NotToSendAgain { .. } => 27,
        Rejected::ForControl { .. } => 28,
        Rejected::OneAtATime { .. } => 29,
        Rejected::NoWay { .. } => 30,
        Rejected::NoSource { .. } => 31,
        Rejected::NoSnapshots => 32,
        Rejected::Partial { .. } => 33,
        Rejected::CutOff { .. } => 34,
        Rejected::CutsNothing => 35,
        Rejected::NothingToHeal => 36,
        Rejected::OneInitiator { .. } => 37,
        Rejected::AlreadyCorrupted { .. } => 38,
        Rejected::NotHere { .. } => 39,
        Rejected::CannotJoin { .. } => 40,
        Rejected::FixedMembers => 41,
        Rejected::StillComing { .. } => 42,
        Rejected::StillHolds { .. } => 43,
        Rejected::StillRecording { .. } => 44,
        Rejected::MembersChanged { .. } => 45,
        Rejected::JoinedTooLate { .. } => 46,
        Rejected::OutOfTurn { .. } => 47,
    }
}

fn assert_sentences(session: &mut Session, rejected: &[Rejected]) {
    for why in rejected {
        let [english, chinese] = [Lang::En, Lang::Zh].map(|lang| {
            session.update(Msg::Speak(lang));
            session.refusal(*why)
        });
        for sentence in [&english, &chinese] {
            assert!(!sentence.contains(['{', '}', '*']), "{why:?}: {sentence}");
            assert!(!sentence.contains("  "), "{why:?}: something was filled in with nothing: {sentence}");
        }
        assert!(english.ends_with('.') && chinese.ends_with('。'), "{why:?}: {english} / {chinese}");
        assert!(!english.contains('?'), "{why:?}: a name is unknown: {english}");
    }
}

#[test]
fn every_refusal_has_a_sentence_in_both_languages() {
    let mut bank = after(Lang::En, 1, "send P1->P2 1").session;
    assert_sentences(&mut bank, &all_kinds(LocalState::Money(5), Payload(7)));
    let mut automaton = after(Lang::En, 2, "back").session;
    assert_sentences(&mut automaton, &all_kinds(LocalState::Label(0), Payload(0)));
}

#[test]
fn what_is_in_the_way_is_named_be_it_message_or_marker() {
    let mut money = after(Lang::En, 1, "send P1->P2 42\n send P1->P2 1");
    money.play("deliver P1->P2 1");
    let why = money.session.notice().unwrap().why;
    assert!(money.session.refusal(why).contains("42"));
    let mut marker = after(Lang::En, 1, "take snapshot\n send P1->P2 1");
    marker.play("deliver P1->P2 1");
    let why = marker.session.notice().unwrap().why;
    let head = marker.session.say(cutline_session::Text::HeadMarker, &[("n", "1")]);
    assert!(marker.session.refusal(why).contains(&head));
}

#[test]
fn a_notice_is_counted_and_goes_with_the_next_thing() {
    let mut player = after(Lang::En, 1, "send P1->P2 500");
    let first = player.session.notice().unwrap();
    player.play("send P1->P2 500");
    let second = player.session.notice().unwrap();
    assert_eq!(first.why, second.why);
    assert_ne!(first.number, second.number, "the same again is read out again");
    player.play("speak zh");
    assert_eq!(player.session.notice(), Some(second), "a notice outlives the language");
    player.play("forward");
    assert_eq!(player.session.notice(), None);
}

#[test]
fn a_refusal_leaves_the_menu_open_for_another_try() {
    let mut player = after(Lang::En, 1, "menu P1\n send P1->P2 500");
    assert_eq!(player.session.open_menu(), Some(P));
    player.play("send P1->P2 5");
    assert_eq!((player.session.open_menu(), player.session.notice()), (None, None));
}

#[test]
fn names_with_braces_and_stars_are_shown_as_they_are() {
    let (p, q) = ("{q}*", "*<&{");
    let mut player = with(&format!(
        "cutline 1
         title Odd
         process {p} has 5
         process {q} has 5
         channel {{what}}: {p} -> {q}
         run"
    ));
    player.play("send {what} 2");
    let says = player.session.explanation().plain();
    assert!(says.contains(p) && says.contains(q), "{says}");
    let strong: Vec<String> = player.session.explanation().0.into_iter().filter(|s| s.strong).map(|s| s.text).collect();
    assert!(
        strong.concat().contains(p) && strong.concat().contains(q),
        "a star in a name begins no emphasis: {strong:?}"
    );
    player.play("menu {q}*");
    assert!(player.session.menu().unwrap().title.contains(p));
    player.play("send {what} 9");
    let why = player.session.refusal(player.session.notice().unwrap().why);
    assert!(why.contains(p) && why.contains('3'), "{why}");
}
