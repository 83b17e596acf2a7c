//! The network.

use crate::mount::{Mounted, Told, attribute, channel, click, money, name_of, press, props};
use cutline_core::{Action, Payload, ProcessId};
use cutline_session::{Msg, Session, SideMsg};
use cutline_web::NetworkView;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, PointerEvent, PointerEventInit};

async fn network(session: Session, told: &Told) -> Mounted<NetworkView> {
    Mounted::new(props(session, told), ".network .node").await
}

fn point(element: &Element, kind: &str, (x, y): (i32, i32)) {
    let init = PointerEventInit::new();
    init.set_bubbles(true);
    init.set_client_x(x);
    init.set_client_y(y);
    element.dispatch_event(&PointerEvent::new_with_event_init_dict(kind, &init).unwrap()).unwrap();
}

#[wasm_bindgen_test]
async fn the_head_of_a_queue_is_a_button_that_delivers_it_and_what_is_behind_says_that_it_waits() {
    let mut session = money(&[]);
    let of = channel(&session, 2, 1);
    session.update(Msg::Do(Action::Send { channel: of, payload: Payload(3) }));
    let told = Told::default();
    let network = network(session, &told).await;
    assert_eq!(network.texts(".item text.label"), ["20", "3"]);
    let head = &network.all(".item")[0];
    let deliver = Msg::Do(Action::Deliver { channel: of, position: 0 });
    click(head);
    press(head, "Enter");
    assert_eq!(told.since(), [deliver, deliver]);
    assert!(name_of(head).contains("20"), "{}", name_of(head));
    assert_eq!(attribute(&network.all(".item")[1], "aria-disabled"), "true");
    assert_eq!(network.all(".edge").len(), 6);
}

#[wasm_bindgen_test]
async fn a_process_is_clicked_dragged_and_moved_by_keys() {
    let told = Told::default();
    let network = network(money(&[]), &told).await;
    let node = network.all(".node")[0].clone();
    point(&node, "pointerdown", (100, 100));
    point(&node, "pointerup", (101, 100));
    assert_eq!(told.since(), [], "not before the click");
    click(&node);
    assert_eq!(told.since(), [Msg::OpenMenu(ProcessId(0))]);
    point(&node, "pointerdown", (100, 100));
    point(&node, "pointermove", (0, 160));
    network.wait_for("a process in the hand", |network| network.find(".node.held").is_some()).await;
    point(&node, "pointerup", (0, 160));
    let [Msg::Side(SideMsg::Place(ProcessId(0), 0, y))] = told.since()[..] else { panic!("not put down") };
    assert!((0..=1000).contains(&y));
    click(&node);
    assert_eq!(told.since(), [], "the click that ends a drag");
    press(&node, "ArrowRight");
    assert_eq!(told.since(), [Msg::Side(SideMsg::Place(ProcessId(0), 525, 0))]);
    press(&node, "Enter");
    assert_eq!(told.since(), [Msg::OpenMenu(ProcessId(0))]);
}

#[wasm_bindgen_test]
async fn what_is_recorded_shows_on_processes_and_channels() {
    let network = network(money(&[Msg::TakeSnapshot]), &Told::default()).await;
    assert_eq!((network.all(".node.recorded").len(), network.all(".edge.open").len()), (1, 2));
    assert_eq!(network.all(".marker-sign").len(), 2);
}
