//! The menu of a message, a marker or a recording.

use crate::mount::{Mounted, Told, attribute, click, document, fill, money, press, rest, text};
use cutline_core::{Action, MessageId, Payload, SnapshotId};
use cutline_diagram::Target;
use cutline_session::{EditMsg, EditText, Lang, Msg, Session};
use cutline_web::{Shared, ThingMenu, ThingMenuProps};
use wasm_bindgen_test::wasm_bindgen_test;

async fn menu_of(session: Session, target: Target, told: &Told) -> Mounted<ThingMenu> {
    let mut session = session;
    session.update(Msg::Edit(EditMsg::Open(target)));
    let menu = session.thing_menu().unwrap();
    let session = Shared::new(session);
    Mounted::new(ThingMenuProps { session, tell: told.callback(), menu, style: String::new() }, "[role=dialog]").await
}

fn words(key: EditText) -> String {
    Session::new(Lang::En).say(key, &[])
}

/// The 20 from P2 to P1, which is under way as the scenario opens.
const TWENTY: Target = Target::Message(MessageId(3));

#[wasm_bindgen_test]
async fn it_tells_the_story_and_has_the_focus() {
    let told = Told::default();
    let menu = menu_of(money(&[Msg::RunToEnd]), TWENTY, &told).await;
    let story = text(&menu.the(".story"));
    assert!(story.contains("20") && story.contains("P2") && story.contains("P1"), "{story}");
    let focus = document().active_element().unwrap();
    assert!(menu.the("[role=dialog]").contains(Some(&focus)));
    click(&menu.button(&words(EditText::DeleteMessage)));
    assert_eq!(told.since(), [Msg::Edit(EditMsg::Delete(5))]);
}

#[wasm_bindgen_test]
async fn another_amount_is_asked_for_by_the_button_and_by_enter() {
    let told = Told::default();
    let session = money(&[Msg::RunToEnd]);
    let channel = crate::mount::channel(&session, 2, 1);
    let menu = menu_of(session, TWENTY, &told).await;
    fill(&menu.the("input"), "35");
    rest(20).await;
    told.since();
    let instead = Msg::Edit(EditMsg::Replace(5, Action::Send { channel, payload: Payload(35) }));
    click(&menu.button(&words(EditText::Change)));
    assert_eq!(told.since(), [instead]);
    press(&menu.the("input"), "Enter");
    assert_eq!(told.since(), [instead]);
}

#[wasm_bindgen_test]
async fn what_is_in_the_way_stands_beside_what_cannot_be_done() {
    let told = Told::default();
    let mut session = money(&[Msg::RunToEnd]);
    let p3 = session.topology().process_named("P3").unwrap();
    // The first marker of P3 is moved to right after its sending, where nothing can be earlier.
    let marker = session.ends_of(Target::Recording(SnapshotId(0), p3))[0].1;
    session.update(Msg::Edit(EditMsg::Begin(marker)));
    session.update(Msg::Edit(EditMsg::DragTo(1)));
    session.update(Msg::Edit(EditMsg::Drop));
    let menu = menu_of(session, Target::Recording(SnapshotId(0), p3), &told).await;
    let off: Vec<_> =
        menu.all(".choices button").into_iter().filter(|one| attribute(one, "aria-disabled") == "true").collect();
    assert_eq!(off.len(), 1, "{:?}", menu.texts(".choices button"));
    let why = text(&off[0]);
    assert!(why.starts_with(&words(EditText::DeliverEarlier)) && why.contains("P1"), "{why}");
    click(&off[0]);
    assert_eq!(told.since(), []);
}
