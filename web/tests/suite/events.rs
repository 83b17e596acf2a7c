//! The list of events.

use crate::mount::{Mounted, Told, attribute, click, fill, money, press, props, text};
use cutline_session::{Lang, Msg, Session};
use cutline_web::Events;
use wasm_bindgen_test::wasm_bindgen_test;

async fn list(session: Session, told: &Told) -> Mounted<Events> {
    let list = Mounted::<Events>::new(props(session, told), ".event").await;
    list.the(".list").set_attribute("style", "height:300px;overflow-y:auto;overflow-anchor:none").unwrap();
    list
}

#[wasm_bindgen_test]
async fn an_entry_a_step_with_the_present_one_marked() {
    let told = Told::default();
    let list = list(money(&[Msg::TakeSnapshot]), &told).await;
    assert_eq!(list.all(".event").len(), 17);
    let current: Vec<String> = list.texts(".event[aria-current=step] .number");
    assert_eq!(current, ["8"]);
    assert_eq!(list.all(".event.ahead").len(), 9);
    assert!(text(&list.all(".event")[8]).contains("not taken yet"));
    click(&list.all(".event")[2]);
    assert_eq!(told.since(), [Msg::Seek(3)]);
    assert_eq!(attribute(&list.all("li")[2], "aria-posinset"), "3");
}

#[wasm_bindgen_test]
async fn words_kinds_and_processes_filter() {
    let list = list(money(&[]), &Told::default()).await;
    fill(&list.the("input[type=search]"), "sends 15");
    list.wait_for("one entry", |list| list.texts(".event .number") == ["12"]).await;
    fill(&list.the("input[type=search]"), "nothing like this");
    list.wait_for("a word about it", |list| list.find(".list .none").is_some()).await;
    fill(&list.the("input[type=search]"), "");
    click(&list.button("Messages"));
    click(&list.button("Markers"));
    list.wait_for("recordings alone", |list| list.texts(".event .number") == ["8", "10", "11"]).await;
}

#[wasm_bindgen_test]
async fn arrow_keys_move_the_focus_and_one_entry_alone_is_in_the_order_of_tabs() {
    let list = list(money(&[]), &Told::default()).await;
    assert_eq!(list.texts(".event[tabindex='0'] .number"), ["7"]);
    press(&list.the(".event[tabindex='0']"), "ArrowDown");
    list.wait_for("the next", |list| list.texts(".event:focus .number") == ["8"]).await;
    press(&list.the(".event:focus"), "Home");
    list.wait_for("the first", |list| list.texts(".event:focus .number") == ["1"]).await;
}

#[wasm_bindgen_test]
async fn of_a_long_run_only_what_is_in_sight_is_in_the_document() {
    let mut session = Session::new(Lang::En);
    session.update(Msg::Traffic { actions: 20_000 });
    let list = list(session, &Told::default()).await;
    assert!(list.all(".event").len() <= 41, "{}", list.all(".event").len());
    // It comes to the present by itself; what follows is not to be taken for that.
    crate::mount::rest(200).await;
    assert!(list.find("[aria-posinset='20007']").is_some());
    list.the(".list").set_scroll_top(500 * 34);
    list.wait_for("the 501st", |list| list.find("[aria-posinset='501']").is_some()).await;
    assert!(list.all(".event").len() <= 41);
}

#[wasm_bindgen_test]
async fn traffic_is_asked_for_by_the_hundred() {
    let told = Told::default();
    let list = list(money(&[]), &told).await;
    click(&list.button("Add 100 random actions"));
    assert_eq!(told.since(), [Msg::Traffic { actions: 100 }]);
}
