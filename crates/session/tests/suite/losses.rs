//! What the network loses for good, and what other algorithms' rules and rows say.

use cutline_core::ProcessId;
use cutline_session::rules::Rule;
use cutline_session::{CutMsg, Lang, Msg, Session, Standing};

const THREE: &str = "process Ann has 50\nprocess Bob has 50\nprocess Cid has 50\nchannels complete\n";

/// At the end of a run of these lines.
fn played(lang: Lang, declared: &str, run: &str) -> Session {
    let mut session = Session::new(lang);
    session.open_file("run.cutline", Ok(format!("cutline 1\ntitle Run\n{declared}run\n{run}")));
    assert!(session.notice_words().is_none(), "{:?}", session.notice_words());
    session.update(Msg::Seek(session.steps()));
    session
}

const LOST: &str = "Ann sends 10 to Bob\nAnn sends 5 to Bob\nlose item 1 on Ann -> Bob\n";

/// Before the loss the message is under way at the line; after it, it is in no channel, and the sum says what is missing.
#[test]
fn a_line_after_a_loss_does_not_count_what_was_lost() {
    let mut session = played(Lang::En, THREE, LOST);
    session.update(Msg::Cut(CutMsg::Draw));
    let after = session.cut_report().unwrap();
    assert_eq!((after.lost.len(), after.in_transit.len()), (1, 1));
    assert_eq!(after.channels.iter().map(|(_, messages)| messages[0].1.clone()).collect::<Vec<_>>(), ["5"]);
    assert!(after.reasons.plain().contains("Lost by the network before the line: 10 from Ann to Bob."), "{after:?}");
    assert_eq!(after.sum, Some(("140, but at the start it was 150".into(), false)));
    session.update(Msg::Cut(CutMsg::Move(ProcessId(1), 2)));
    let before = session.cut_report().unwrap();
    assert_eq!((before.lost.len(), before.in_transit.len()), (0, 2));
    assert_eq!(before.sum, Some(("150, as at the start".into(), true)));
}

/// A copy that is left is under way still.
#[test]
fn what_was_repeated_and_lost_once_is_not_lost() {
    let run = "Ann sends 10 to Bob\nrepeat item 1 on Ann -> Bob\nlose item 1 on Ann -> Bob\n";
    let mut session = played(Lang::En, THREE, run);
    session.update(Msg::Cut(CutMsg::Draw));
    let report = session.cut_report().unwrap();
    assert_eq!((report.lost.len(), report.in_transit.len()), (0, 1));
}

#[test]
fn who_waits_for_ever_is_named_with_what_was_lost() {
    let run = "Ann starts a snapshot\nlose item 1 on Ann -> Bob\n";
    for (lang, wanted) in [
        (Lang::En, "the marker of snapshot 1 was lost on Ann→Bob, and no copy is left: Bob waits for it for ever"),
        (Lang::Zh, "Ann→Bob 上的快照 1 的标记已丢失，没有副本：Bob 将永远等待它"),
    ] {
        let mut session = played(lang, THREE, run);
        session.update(Msg::RunToEnd);
        let words = session.verdict_words();
        assert_eq!(words.standing, Standing::Recording);
        assert!(words.reasons.plain().to_lowercase().contains(&wanted.to_lowercase()), "{}", words.reasons.plain());
    }
    // With a copy left, or where the marker came, nobody waits.
    let repaired = "Ann starts a snapshot\nrepeat item 1 on Ann -> Bob\nlose item 1 on Ann -> Bob\n";
    let mut session = played(Lang::En, THREE, repaired);
    assert!(!session.verdict_words().reasons.plain().contains("for ever"));
    session.update(Msg::RunToEnd);
    assert_eq!(session.verdict_words().standing, Standing::Consistent);
}

/// Where messages are counted, one that was lost is waited for; where markers close the channels, it is not.
#[test]
fn a_lost_message_is_waited_for_where_messages_are_counted() {
    let run = "Ann sends 10 to Bob\nlose item 1 on Ann -> Bob\nAnn starts a snapshot\n";
    for (algorithm, waits) in [("lai-yang", true), ("chandy-lamport", false)] {
        let mut session = played(Lang::En, &format!("{THREE}algorithm {algorithm}\n"), run);
        session.update(Msg::RunToEnd);
        let words = session.verdict_words().reasons.plain();
        assert_eq!(words.contains("Bob waits for it for ever"), waits, "{algorithm}: {words}");
    }
}

/// Control channels between all.
fn control() -> String {
    let pairs = ["Ann", "Bob", "Cid"].iter().flat_map(|p| ["Ann", "Bob", "Cid"].map(|q| (*p, q)));
    pairs.filter(|(p, q)| p != q).map(|(p, q)| format!("control channel {p} -> {q}\n")).collect()
}

/// Whoever records because a marker came is said to; and whatever comes or goes lights the rule that it belongs to.
#[test]
fn other_algorithms_light_the_rules_that_are_at_work() {
    let control = control();
    for algorithm in ["venkatesan", "spezialetti-kearns"] {
        let declared =
            format!("{THREE}{}algorithm {algorithm}\n", if algorithm == "venkatesan" { &*control } else { "" });
        let mut session = played(Lang::En, &declared, "Ann sends 1 to Bob\nAnn starts a snapshot\n");
        session.update(Msg::RunToEnd);
        assert_eq!(session.verdict_words().standing, Standing::Consistent, "{algorithm}");
        let dark: Vec<String> = (3..=session.steps())
            .filter(|step| {
                session.update(Msg::Seek(*step));
                let has_control = session.history().happened().iter().any(|event| {
                    matches!(event, cutline_core::Event::ControlReceived { role, .. } if !matches!(role, cutline_core::event::ControlRole::Begin(_)))
                });
                has_control && session.active_rules().is_empty()
            })
            .map(|step| format!("{step}"))
            .collect();
        assert_eq!(dark, [""; 0], "{algorithm}");
    }
    let declared = format!("{THREE}{control}algorithm venkatesan\n");
    let run = "Ann sends 1 to Bob\nAnn starts a snapshot\nBob receives from Ann\nBob receives from Ann\n";
    let session = played(Lang::En, &declared, run);
    assert_eq!(session.rows()[1].how, "first marker from Ann");
    let active = session.active_rules();
    assert!(active.contains(&Rule::First) && active.contains(&Rule::Later), "it records, and acknowledges: {active:?}");
}

/// Two initiators of Venkatesan's would both wait for reports that go to one of them alone: the second is told why not.
#[test]
fn a_second_initiator_of_venkatesans_is_refused_with_the_reason() {
    let mut session =
        played(Lang::En, &format!("{THREE}{}algorithm venkatesan\n", control()), "Ann starts a snapshot\n");
    let initiate = cutline_core::Action::Initiate { process: ProcessId(1), snapshot: cutline_core::SnapshotId(0) };
    session.update(Msg::Do(initiate));
    let (_, words) = session.notice_words().unwrap();
    assert_eq!(words, "Snapshot 1 has begun, and this algorithm knows no second initiator.");
}
