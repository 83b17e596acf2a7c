//! Markers that go out one channel at a time: in files, in the menu, in the words for it.

use cutline_core::{Action, ProcessId, Rejected, Scenario, SnapshotId};
use cutline_session::{Lang, Msg, Session, Standing};
use expect_test::expect;

const LAZY: &str = "cutline 1\ntitle t\nprocess Ann has 50\nprocess Bob has 50\nprocess Cid has 50\nchannels complete\n\
                    markers one by one\nrun\nAnn starts a snapshot\nAnn sends the marker to Bob\nAnn sends 5 to Bob\n";

fn session(text: &str, lang: Lang) -> Session {
    Session::with(vec![Scenario::parse(text).expect("a good file")], lang)
}

/// What each step is said to be, and what can be asked of the first process in the end.
fn told(text: &str, lang: Lang) -> String {
    let mut session = session(text, lang);
    let mut lines = Vec::new();
    for step in 1..=session.steps() {
        session.update(Msg::Seek(step));
        lines.push(session.explanation().plain());
    }
    lines.push(session.verdict_words().reasons.plain());
    lines.extend(session.marker_rule());
    session.update(Msg::OpenMenu(ProcessId(0)));
    let menu = session.menu().expect("a menu");
    lines.push(menu.choices.into_iter().map(|choice| choice.label).collect::<Vec<_>>().join(" | "));
    lines.join("\n")
}

#[test]
fn the_words_for_it() {
    expect![[r#"
        Step 1. Ann starts snapshot 1. It records its state, 50, owes a marker on each of its outgoing channels and begins to record each incoming one.
        Step 2. Ann sends the marker of snapshot 1 on Ann→Bob, which it owed.
        Step 3. Ann sends 5 to Bob and has 45 left. Ann has recorded, so this comes after the cut.
        Still to record: Bob, Cid. Channels whose marker has not come yet: 6 of 6. Markers still owed on: Ann→Cid.
        Markers go out one channel at a time. Until its marker has gone, nothing else goes out on a channel.
        Send the marker of snapshot 1 to Cid | Start snapshot 2 here"#]].assert_eq(&told(LAZY, Lang::En));
    expect![[r#"
        第 1 步。Ann 发起快照 1。它记录自己的状态 50，在每个出通道上欠一个标记，并开始记录每个入通道。
        第 2 步。Ann 在 Ann→Bob 上发出所欠的快照 1 的标记。
        第 3 步。Ann 向 Bob 发送 5，还剩 45。Ann 已经记录，所以它在割集之后。
        尚未记录：Bob、Cid。标记尚未到达的通道：6 / 6。仍欠标记的通道：Ann→Cid。
        标记逐个通道发出。在标记发出之前，该通道上不发送任何别的东西。
        向 Cid 发送快照 1 的标记 | 在此发起快照 2"#]]
    .assert_eq(&told(LAZY, Lang::Zh));
}

/// The lazy rule: nothing overtakes a marker that is owed; the menu pays it, and then the way is free.
#[test]
fn what_is_owed_goes_first() {
    let mut session = session(LAZY, Lang::En);
    let to_cid = session.topology().channels_between(ProcessId(0), ProcessId(2)).next().expect("a channel");
    let send = Msg::Do(Action::Send { channel: to_cid, payload: cutline_core::Payload(1) });
    session.update(send);
    let why = session.notice().expect("a refusal").why;
    assert_eq!(why, Rejected::MarkerOwed { channel: to_cid });
    assert_eq!(session.refusal(why), "The marker on Ann→Cid has to go first.");
    session.update(Msg::OpenMenu(ProcessId(0)));
    let menu = session.menu().expect("a menu");
    let pay = menu.choices.iter().find(|choice| choice.label == "Send the marker of snapshot 1 to Cid");
    let pay = pay.and_then(|choice| choice.msg).expect("a way to pay");
    session.update(pay);
    assert_eq!(session.notice(), None);
    session.update(send);
    assert_eq!(session.notice(), None);
    session.update(Msg::OpenMenu(ProcessId(0)));
    let menu = session.menu().expect("a menu");
    assert!(menu.choices.iter().all(|choice| !choice.label.contains("marker")), "{menu:?}");
}

/// Running on sends what is owed, and comes to its end.
#[test]
fn running_to_the_end_pays_everything() {
    let mut session = session(LAZY, Lang::En);
    session.update(Msg::RunToEnd);
    assert!(!session.can_go_forward());
    assert_eq!(session.standing(SnapshotId(0)), Standing::Consistent);
    assert_eq!(session.tally(SnapshotId(0)).markers.sent, 6);
}

/// The same without waiting: the file opens, and the snapshot is wrong.
#[test]
fn unguarded_markers_are_overtaken() {
    let text = LAZY.replace("one by one", "one by one unguarded").replace("Ann sends the marker to Bob\n", "");
    let mut session = session(&text, Lang::En);
    session.update(Msg::RunToEnd);
    assert_eq!(session.standing(SnapshotId(0)), Standing::Inconsistent);
    let refused = Scenario::parse(&text.replace(" unguarded", "")).expect_err("the marker has to go first");
    assert_eq!(refused.to_string(), "line 10: the marker on Ann→Bob has to go first");
}

/// An automaton that may send in this state but owes the marker is told so, not that its state is wrong.
#[test]
fn the_menu_of_an_automaton_says_what_is_in_the_way() {
    let text = "cutline 1\ntitle t\nprocess p in A\nprocess q in A\nchannel c: p -> q\nchannel d: q -> p\n\
                rule p: A -> B sends m on c\nmarkers one by one\nrun\np starts a snapshot\n";
    let mut session = session(text, Lang::En);
    session.update(Msg::OpenMenu(ProcessId(0)));
    let menu = session.menu().expect("a menu");
    let said: Vec<_> = menu.choices.into_iter().map(|choice| (choice.label, choice.remark)).collect();
    assert_eq!(said[0], ("Send m to q on c".to_owned(), Some("The marker on c has to go first.".to_owned())));
    assert_eq!(said[1], ("Send the marker of snapshot 1 to q".to_owned(), None));
}
