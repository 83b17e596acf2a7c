//! The diagram.

use crate::mount::{Mounted, Told, attribute, channel, click, money, name_of, press, props, text};
use cutline_core::{Action, Payload, ProcessId};
use cutline_diagram::Target;
use cutline_session::{Lang, Msg};
use cutline_web::Figure;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn the_heads_show_names_and_states() {
    let session = money(&[]);
    let labels: Vec<String> = session.topology().processes().map(|p| session.label(Target::Process(p))).collect();
    let figure = Mounted::<Figure>::new(props(session, &Told::default()), "button.head").await;
    assert_eq!(figure.texts("button.head .name"), ["P1", "P2", "P3"]);
    assert_eq!(figure.texts("button.head .state"), ["70", "80", "130"]);
    assert_eq!(figure.all("button.head").iter().map(name_of).collect::<Vec<_>>(), labels);
    assert!(labels[1].contains("P2") && labels[1].contains("80"), "{labels:?}");
}

#[wasm_bindgen_test]
async fn a_waiting_message_is_a_button_that_delivers_it() {
    let session = money(&[]);
    let deliver = Action::Deliver { channel: channel(&session, 2, 1), position: 0 };
    let told = Told::default();
    let figure = Mounted::<Figure>::new(props(session, &told), "g.waiting").await;
    let [handle] = &figure.all("g.waiting")[..] else { panic!("the 20 alone is under way") };
    assert_eq!((&*attribute(handle, "role"), &*attribute(handle, "tabindex")), ("button", "0"));
    assert_eq!(name_of(handle), "Deliver 20 from P2 to P1");
    click(handle);
    assert_eq!(told.since(), [Msg::Do(deliver)]);
    for key in ["Enter", " "] {
        press(handle, key);
        assert_eq!(told.since(), [Msg::Do(deliver)], "the key {key:?}");
    }
    press(handle, "a");
    assert_eq!(told.since(), []);
}

#[wasm_bindgen_test]
async fn what_waits_behind_another_says_why() {
    let mut session = money(&[]);
    let behind = channel(&session, 2, 1);
    session.update(Msg::Do(Action::Send { channel: behind, payload: Payload(3) }));
    let told = Told::default();
    let figure = Mounted::<Figure>::new(props(session, &told), "g.waiting").await;
    let names: Vec<String> = figure.all("g.waiting").iter().map(name_of).collect();
    let second = names.iter().position(|name| name.starts_with("3 from P2 to P1")).unwrap();
    assert!(names[second].contains("20 comes first"), "{names:?}");
    click(&figure.all("g.waiting")[second]);
    assert_eq!(told.since(), [Msg::Do(Action::Deliver { channel: behind, position: 1 })], "the session will refuse it");
}

#[wasm_bindgen_test]
async fn a_head_asks_for_its_menu_and_an_open_menu_is_there() {
    let told = Told::default();
    let figure = Mounted::<Figure>::new(props(money(&[]), &told), "button.head").await;
    assert!(figure.find("[role=dialog]").is_none());
    click(&figure.all("button.head")[1]);
    assert_eq!(told.since(), [Msg::OpenMenu(ProcessId(1))]);
    let open = money(&[Msg::OpenMenu(ProcessId(1))]);
    let figure = Mounted::<Figure>::new(props(open, &told), "[role=dialog]").await;
    assert!(name_of(&figure.the("[role=dialog]")).contains("P2"));
    let expanded: Vec<String> = figure.all("button.head").iter().map(|head| attribute(head, "aria-expanded")).collect();
    assert_eq!(expanded, ["false", "true", "false"]);
}

#[wasm_bindgen_test]
async fn the_picture_sums_itself_up_in_both_languages() {
    for (lang, words) in [(Lang::En, ["3 processes", "20"]), (Lang::Zh, ["3 个进程", "20"])] {
        let session = money(&[Msg::Speak(lang)]);
        let figure = Mounted::<Figure>::new(props(session, &Told::default()), "svg.diagram").await;
        let summary = name_of(&figure.the("svg.diagram"));
        assert!(words.iter().all(|word| summary.contains(word)), "{summary}");
    }
}

#[wasm_bindgen_test]
async fn recording_points_and_kept_messages_are_named() {
    let session = money(&[Msg::TakeSnapshot, Msg::RunToEnd]);
    let figure = Mounted::<Figure>::new(props(session, &Told::default()), "svg.diagram .recording").await;
    let titles = figure.texts("svg.diagram title");
    assert_eq!(figure.all("svg.diagram .recording").len(), 3);
    for words in ["P1 records 70 for snapshot 1", "20 from P2 to P1, in the recorded state of P2→P1"] {
        assert!(titles.iter().any(|title| title == words), "{words} is not among {titles:?}");
    }
    assert_eq!(figure.texts("text.label-in-channel"), ["20"]);
    assert!(text(&figure.the("svg.diagram")).contains("130"));
}
