//! The menu of a process.

use crate::mount::{Mounted, Told, attribute, channel, click, document, fill, money, press_down, rest, say, text};
use cutline_core::{Action, Payload, ProcessId};
use cutline_session::{Msg, Session, Text};
use cutline_web::{MenuProps, ProcessMenu, Shared};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

async fn menu_of(session: Session, told: &Told) -> Mounted<ProcessMenu> {
    let menu = session.menu().unwrap();
    let session = Shared::new(session);
    Mounted::new(MenuProps { session, tell: told.callback(), menu, style: String::new() }, "[role=dialog]").await
}

/// Types an amount, which puts away what was said about the one before.
async fn type_in(menu: &Mounted<ProcessMenu>, told: &Told, amount: &str) {
    told.since();
    fill(&menu.the("input"), amount);
    rest(20).await;
    assert_eq!(told.since(), [Msg::Dismiss]);
}

#[wasm_bindgen_test]
async fn the_send_button_sends_the_amount_that_was_typed() {
    let session = money(&[Msg::OpenMenu(ProcessId(0))]);
    let (to_p2, to_p3) = (channel(&session, 1, 2), channel(&session, 1, 3));
    let told = Told::default();
    let menu = menu_of(session, &told).await;
    type_in(&menu, &told, "25").await;
    click(&menu.button(&say(Text::SendTo, &[("q", "P2")])));
    assert_eq!(told.since(), [Msg::Do(Action::Send { channel: to_p2, payload: Payload(25) })]);
    type_in(&menu, &told, "7").await;
    click(&menu.button(&say(Text::SendTo, &[("q", "P3")])));
    assert_eq!(told.since(), [Msg::Do(Action::Send { channel: to_p3, payload: Payload(7) })]);
}

#[wasm_bindgen_test]
async fn what_is_no_whole_number_is_sent_to_be_refused() {
    for typed in ["", "2.5", "-3"] {
        let session = money(&[Msg::OpenMenu(ProcessId(0))]);
        let told = Told::default();
        let menu = menu_of(session, &told).await;
        type_in(&menu, &told, typed).await;
        click(&menu.button(&say(Text::SendTo, &[("q", "P2")])));
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
    click(&menu.button(&say(Text::Close, &[])));
    assert_eq!(told.since(), [Msg::CloseMenu]);
}

#[wasm_bindgen_test]
async fn it_starts_a_snapshot_and_joins_one_under_way() {
    let told = Told::default();
    let menu = menu_of(money(&[Msg::OpenMenu(ProcessId(1))]), &told).await;
    click(&choice(&menu, &say(Text::StartHere, &[("n", "1")])));
    assert_eq!(told.since(), [Msg::StartAt(ProcessId(1))]);
    drop(menu);
    told.since();
    let session = money(&[Msg::TakeSnapshot, Msg::OpenMenu(ProcessId(1))]);
    let menu = menu_of(session, &told).await;
    click(&choice(&menu, &say(Text::JoinHere, &[("n", "1")])));
    let [Msg::Do(Action::Initiate { process, snapshot })] = told.since()[..] else { panic!("no joining") };
    assert_eq!((process.0, snapshot.0), (1, 0));
}

/// The line of a menu with these words; a remark may follow them.
fn choice(menu: &Mounted<ProcessMenu>, words: &str) -> Element {
    let choices = menu.all(".choices button");
    let found = choices.iter().find(|choice| text(choice).starts_with(words));
    found.cloned().unwrap_or_else(|| panic!("no {words:?} in {:?}", menu.texts(".choices button")))
}

#[wasm_bindgen_test]
async fn what_the_state_does_not_allow_is_off_and_says_when_it_would() {
    let send_m = say(Text::SendMessageOn, &[("what", "M"), ("q", "q"), ("channel", "c")]);
    let told = Told::default();
    let mut session = money(&[Msg::Open(1), Msg::OpenMenu(ProcessId(0))]);
    let menu = menu_of(session.clone(), &told).await;
    let send = choice(&menu, &send_m);
    assert_eq!(attribute(&send, "aria-disabled"), "false", "p is in A");
    click(&send);
    let [msg] = told.since()[..] else { panic!("one message") };
    drop(menu);
    told.since();
    session.update(msg);
    session.update(Msg::OpenMenu(ProcessId(0)));
    let menu = menu_of(session, &told).await;
    let send = choice(&menu, &send_m);
    assert_eq!(attribute(&send, "aria-disabled"), "true", "p is in B now");
    assert!(text(&send).contains(&say(Text::OnlyInState, &[("state", "A")])), "{}", text(&send));
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
    assert!(why.contains("P1") && why.contains("70"), "{why}");
}

#[wasm_bindgen_test]
async fn an_amount_beyond_all_bounds_is_too_much_and_not_none() {
    let told = Told::default();
    let menu = menu_of(money(&[Msg::OpenMenu(ProcessId(0))]), &told).await;
    type_in(&menu, &told, "99999999999999999999").await;
    click(&menu.button(&say(Text::SendTo, &[("q", "P2")])));
    let [Msg::Do(Action::Send { payload, .. })] = told.since()[..] else { panic!("nothing sent") };
    assert!(payload.0 > 300, "{payload:?}");
}

#[wasm_bindgen_test]
async fn pressing_elsewhere_closes_it_and_pressing_inside_does_not() {
    let told = Told::default();
    let menu = menu_of(money(&[Msg::OpenMenu(ProcessId(0))]), &told).await;
    press_down(&menu.the("input"));
    assert_eq!(told.since(), []);
    press_down(&document().body().unwrap());
    assert_eq!(told.since(), [Msg::CloseMenu]);
}
