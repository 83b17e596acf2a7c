//! Who joins and leaves, and what comes changed: menus, labels, the table, links.

use cutline_core::{Action, ChannelId, ProcessId, SnapshotId};
use cutline_diagram::Target;
use cutline_session::panel::Cell;
use cutline_session::{Lang, Msg, Session};

const JOINING: &str = include_str!("../../../../tests/data/scenarios/joining-as-a-member.cutline");
const LEAVING: &str = include_str!("../../../../tests/data/scenarios/leaving-in-order.cutline");
const CORRUPTED: &str = include_str!("../../../../tests/data/scenarios/corrupted.cutline");
const COL: ProcessId = ProcessId(2);

fn at(lang: Lang, text: &str, step: usize) -> Session {
    let mut session = Session::new(lang);
    session.open_file("run.cutline", Ok(text.to_owned()));
    assert!(session.notice_words().is_none(), "{:?}", session.notice_words());
    session.update(Msg::Seek(step));
    session
}

fn menu(session: &mut Session, process: ProcessId) -> (String, Option<String>, Vec<String>) {
    session.update(Msg::OpenMenu(process));
    let menu = session.menu().unwrap();
    assert!(menu.transfer.is_none() && menu.mishaps.is_empty(), "{menu:?}");
    (menu.title, menu.nothing, menu.choices.into_iter().map(|choice| choice.label).collect())
}

#[test]
fn who_is_not_there_can_only_join_and_who_has_left_can_do_nothing() {
    for (lang, title, label) in
        [(Lang::En, "Col has not joined", "Col joins"), (Lang::Zh, "Col 还没有加入", "Col 加入")]
    {
        let mut session = at(lang, JOINING, 1);
        assert_eq!(menu(&mut session, COL), (title.into(), None, vec![label.into()]));
        assert_eq!(session.label(Target::Process(COL)), title);
    }
    for (lang, title, why) in
        [(Lang::En, "Col has left", "Col has left, for good."), (Lang::Zh, "Col 已经离开", "Col 已经离开，不会回来。")]
    {
        let mut session = at(lang, LEAVING, 3);
        assert_eq!(menu(&mut session, COL), (title.into(), Some(why.into()), Vec::new()));
    }
}

#[test]
fn nothing_is_offered_to_be_sent_to_who_is_not_there() {
    let mut session = at(Lang::En, JOINING, 0);
    let offered = |session: &mut Session| {
        session.update(Msg::OpenMenu(ProcessId(0)));
        let transfer = session.menu().unwrap().transfer.unwrap();
        transfer.channels.into_iter().map(|(_, label)| label).collect::<Vec<_>>()
    };
    assert_eq!(offered(&mut session), ["Send to Bob"]);
    session.update(Msg::Seek(2));
    assert_eq!(offered(&mut session), ["Send to Bob", "Send to Col"]);
}

#[test]
fn only_who_belongs_to_a_snapshot_is_waited_for() {
    let session = at(Lang::En, JOINING, 1);
    let said = session.verdict_words().reasons.plain();
    assert!(said.contains("1 of 2") || said.contains("2 of 2"), "of the two channels between Ann and Bob: {said}");
    assert!(!said.contains("Col"), "{said}");
    assert_eq!(session.done_words().unwrap(), "Processes done: 0 of 2.");
    let last = |session: &Session| {
        let rows = session.rows();
        let row = |name: &str| rows.iter().find(|row| row.name == name).map(|row| row.cell.clone());
        (row("Col"), rows.iter().any(|row| matches!(&row.cell, Cell::NotYet(words) if words == "not yet")))
    };
    assert_eq!(last(&session).0, Some(Cell::NotYet("has not joined".into())));
    let session = at(Lang::En, LEAVING, 8);
    assert_eq!(last(&session), (Some(Cell::NotYet("had left by then".into())), false));
    assert_eq!(session.marker_words().unwrap(), "Markers: 2 of 2, one for each channel out of a process that records.");
}

/// The step at which a snapshot is complete is told where not everybody belongs to it, too.
#[test]
fn a_snapshot_of_those_who_are_there_is_told_to_be_complete() {
    for (text, step) in [(JOINING, 10), (LEAVING, 8)] {
        let said = |step: usize| at(Lang::En, text, step).explanation().plain();
        assert!(said(step).contains("snapshot 1 is complete"), "{}", said(step));
        assert!(!said(step - 1).contains("complete"), "{}", said(step - 1));
    }
}

#[test]
fn what_is_changed_is_called_so() {
    let channel = ChannelId(0);
    for (lang, word) in [(Lang::En, "corrupted on its way"), (Lang::Zh, "途中已损坏")] {
        let session = at(lang, CORRUPTED, 2);
        assert!(session.label(Target::Waiting(channel, 0)).contains(word));
        assert!(!at(lang, CORRUPTED, 1).label(Target::Waiting(channel, 0)).contains(word));
    }
}

#[test]
fn a_last_word_is_no_report() {
    let session = at(Lang::En, LEAVING, 8);
    let labels: Vec<String> = (0..4).map(|at| session.label(Target::Control(cutline_core::ControlId(at)))).collect();
    assert_eq!(labels.iter().filter(|label| *label == "the last word from Col to Bob").count(), 1, "{labels:?}");
}

/// Joining, leaving, corruption and a branch on which they do not happen are in the link.
#[test]
fn links_bring_comings_and_goings() {
    for text in [JOINING, LEAVING, CORRUPTED] {
        let mut session = at(Lang::En, text, 1);
        session.update(Msg::Do(Action::Initiate { process: ProcessId(1), snapshot: SnapshotId(0) }));
        session.update(Msg::Seek(1));
        if text == JOINING {
            session.update(Msg::Do(Action::Join { process: COL }));
        }
        let link = session.link().unwrap().text;
        let mut again = Session::new(Lang::En);
        again.open_link(&link);
        assert!(again.notice_words().is_none(), "{:?}", again.notice_words());
        assert_eq!(again.history().world(), session.history().world());
        assert!(again.history().taken().eq(session.history().taken()));
        assert_eq!(again.link().unwrap().text, link);
    }
}

/// A newcomer brings nothing along, and what its process did before it could not have done.
#[test]
fn a_process_can_be_made_a_newcomer_before_anything_has_happened() {
    for (lang, label) in [(Lang::En, "P3 joins later"), (Lang::Zh, "P3 稍后加入")] {
        let mut session = Session::new(lang);
        let choice = |session: &mut Session| {
            session.update(Msg::OpenMenu(COL));
            let mishaps = session.menu().unwrap().mishaps;
            mishaps.into_iter().find(|choice| choice.label == label).and_then(|choice| choice.msg)
        };
        session.update(Msg::Seek(1));
        assert_eq!(choice(&mut session), None, "too late");
        session.update(Msg::Seek(0));
        let msg = choice(&mut session).unwrap();
        session.update(msg);
        assert!(!session.history().world().is_here(COL));
        session.update(Msg::Do(Action::Join { process: COL }));
        assert!(session.history().world().is_here(COL), "{:?}", session.notice_words());
        let link = session.link().unwrap().text;
        let mut again = Session::new(lang);
        again.open_link(&link);
        assert_eq!(again.history().world(), session.history().world());
    }
}
