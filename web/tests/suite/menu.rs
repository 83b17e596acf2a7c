//! The menu of a process.

use crate::mount::{Mounted, Told, attribute, channel, click, document, fill, money, rest, text};
use cutline_core::{Action, Payload, ProcessId};
use cutline_session::{Msg, Session};
use cutline_web::{MenuProps, ProcessMenu, Shared};
use wasm_bindgen_test::wasm_bindgen_test;

async fn menu_of(session: Session, told: &Told) -> Mounted<ProcessMenu> {
    let menu = session.menu().unwrap();
    let session = Shared::new(session);
    Mounted::new(MenuProps { session, tell: told.callback(), menu, style: String::new() }, "[role=dialog]").await
}

#[wasm_bindgen_test]
async fn the_send_button_sends_the_amount_that_was_typed() {
    let session = money(&[Msg::OpenMenu(ProcessId(0))]);
    let (to_p2, to_p3) = (channel(&session, 1, 2), channel(&session, 1, 3));
    let told = Told::default();
    let menu = menu_of(session, &told).await;
    fill(&menu.the("input"), "25");
    rest(20).await;
    click(&menu.button("Send to P2"));
    assert_eq!(told.since(), [Msg::Do(Action::Send { channel: to_p2, payload: Payload(25) })]);
    fill(&menu.the("input"), "7");
    rest(20).await;
    click(&menu.button("Send to P3"));
    assert_eq!(told.since(), [Msg::Do(Action::Send { channel: to_p3, payload: Payload(7) })]);
}

#[wasm_bindgen_test]
async fn what_is_no_whole_number_is_sent_to_be_refused() {
    for typed in ["", "2.5", "-3"] {
        let session = money(&[Msg::OpenMenu(ProcessId(0))]);
        let told = Told::default();
        let menu = menu_of(session, &told).await;
        fill(&menu.the("input"), typed);
        rest(20).await;
        click(&menu.button("Send to P2"));
        let [Msg::Do(Action::Send { payload, .. })] = told.since()[..] else { panic!("nothing sent for {typed:?}") };
        assert!(payload.0 < 1, "{typed:?} became {payload:?}");
    }
}

#[wasm_bindgen_test]
async fn it_has_the_focus_a_name_and_a_way_out() {
    let told = Told::default();
    let menu = menu_of(money(&[Msg::OpenMenu(ProcessId(2))]), &told).await;
    let dialog = menu.the("[role=dialog]");
    let label = attribute(&dialog, "aria-label");
    assert!(label.contains("P3") && label.contains("130"), "{label}");
    let focus = document().active_element().unwrap();
    assert!(dialog.contains(Some(&focus)), "the focus is in the menu");
    click(&menu.button("Close"));
    assert_eq!(told.since(), [Msg::CloseMenu]);
}

#[wasm_bindgen_test]
async fn it_starts_a_snapshot_and_joins_one_under_way() {
    let told = Told::default();
    let menu = menu_of(money(&[Msg::OpenMenu(ProcessId(1))]), &told).await;
    click(&menu.button("Start a snapshot here"));
    assert_eq!(told.since(), [Msg::StartAt(ProcessId(1))]);
    let session = money(&[Msg::TakeSnapshot, Msg::OpenMenu(ProcessId(1))]);
    let menu = menu_of(session, &told).await;
    click(&menu.button("Join snapshot 1 as an initiator"));
    let [Msg::Do(Action::Initiate { process, snapshot })] = told.since()[..] else { panic!("no joining") };
    assert_eq!((process.0, snapshot.0), (1, 0));
}

#[wasm_bindgen_test]
async fn what_the_state_does_not_allow_is_off_and_says_when_it_would() {
    let told = Told::default();
    let mut session = money(&[Msg::Open(1), Msg::OpenMenu(ProcessId(0))]);
    let menu = menu_of(session.clone(), &told).await;
    let send = menu.all(".choices button").into_iter().find(|button| text(button).contains("Send M")).unwrap();
    assert_eq!(attribute(&send, "aria-disabled"), "false", "p is in A");
    click(&send);
    let [msg] = told.since()[..] else { panic!("one message") };
    session.update(msg);
    session.update(Msg::OpenMenu(ProcessId(0)));
    let menu = menu_of(session, &told).await;
    let send = menu.all(".choices button").into_iter().find(|button| text(button).contains("Send M")).unwrap();
    assert_eq!(attribute(&send, "aria-disabled"), "true", "p is in B now");
    assert!(text(&send).contains("only in state A"), "{}", text(&send));
    click(&send);
    assert_eq!(told.since(), []);
}

#[wasm_bindgen_test]
async fn a_refusal_is_said_where_one_is_looking() {
    let mut session = money(&[Msg::OpenMenu(ProcessId(0))]);
    let channel = channel(&session, 1, 2);
    session.update(Msg::Do(Action::Send { channel, payload: Payload(500) }));
    let why = session.refusal(session.notice().unwrap().why);
    let menu = menu_of(session, &Told::default()).await;
    assert_eq!(text(&menu.the("[role=alert]")), why);
    assert!(why.contains("70") && why.contains("500"), "{why}");
}
