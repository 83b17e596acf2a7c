//! The whole page.

use crate::mount::{Mounted, app, attribute, click, document, fill, press, rest, say, text};
use cutline_session::catalogue::keys::KeyText;
use cutline_session::{Key, Lang, Session, Text};
use cutline_web::App;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlSelectElement;

fn count(step: usize, steps: usize) -> String {
    say(Text::StepOf, &[("step", &step.to_string()), ("steps", &steps.to_string())])
}

async fn shows(app: &Mounted<App>, selector: &str, words: &str) {
    let is_so = |app: &Mounted<App>| app.find(selector).is_some_and(|element| text(&element).contains(words));
    app.wait_for(&format!("{words:?} in {selector}"), is_so).await;
}

#[wasm_bindgen_test]
async fn a_snapshot_taken_with_two_clicks_is_consistent_and_adds_up() {
    let app = app().await;
    click(&app.button(&say(Text::TakeSnapshot, &[])));
    shows(&app, ".verdict.recording", &say(Text::VerdictRecording, &[])).await;
    assert_eq!(app.texts("button.primary"), [say(KeyText::SkipToResult, &[])]);
    click(&app.the("button.primary"));
    shows(&app, ".verdict.consistent strong", &say(Text::VerdictConsistent, &[])).await;
    assert_eq!(text(&app.the(".equation .sum")), "300");
    assert_eq!(app.texts("button.primary"), [say(Text::TakeSnapshot, &[])]);
    assert_eq!(app.all("g.waiting").len(), 2, "5 is still on its way from P2 to P3, and 15 from P3 to P1");
}

#[wasm_bindgen_test]
async fn the_language_changes_and_changes_back() {
    let app = app().await;
    click(&app.button(Text::OtherLanguage.template(Lang::En)));
    shows(&app, "button.primary", Text::TakeSnapshot.template(Lang::Zh)).await;
    let root = document().document_element().unwrap();
    assert_eq!(attribute(&root, "lang"), "zh-Hans");
    let title = document().title();
    assert!(title.starts_with("Cutline") && !title.is_ascii(), "{title}");
    click(&app.button(Text::OtherLanguage.template(Lang::Zh)));
    shows(&app, "button.primary", &say(Text::TakeSnapshot, &[])).await;
    assert_eq!(attribute(&root, "lang"), "en");
    assert!(document().title().is_ascii());
}

#[wasm_bindgen_test]
async fn a_refused_send_says_why() {
    let app = app().await;
    click(&app.all("button.head")[0]);
    shows(&app, "[role=dialog]", "P1").await;
    fill(&app.the("[role=dialog] input"), "500");
    rest(20).await;
    click(&app.button(&say(Text::SendTo, &[("q", "P2")])));
    let why = |app: &Mounted<App>| app.texts("[role=alert]").concat();
    app.wait_for("a reason", |app| why(app).contains("P1") && why(app).contains("70")).await;
    assert_eq!(text(&app.the(".count")), count(7, 17), "nothing has happened");
}

#[wasm_bindgen_test]
async fn a_delivery_refused_without_a_menu_is_a_notice_that_can_be_closed() {
    let app = app().await;
    click(&app.all("button.head")[1]);
    shows(&app, "[role=dialog]", "P2").await;
    click(&app.button(&say(Text::SendTo, &[("q", "P1")])));
    app.wait_for("two under way", |app| app.all("g.waiting").len() == 2).await;
    let handles = app.all("g.waiting");
    let second = handles.iter().find(|handle| attribute(handle, "aria-label").starts_with("10")).unwrap();
    click(second);
    shows(&app, ".notice", &say(Text::RefusedNotHead, &[("channel", "P2→P1"), ("head", "20")])).await;
    click(&app.the(".notice button"));
    app.wait_for("no notice", |app| app.find(".notice").is_none()).await;
}

#[wasm_bindgen_test]
async fn keys_step_and_play_and_escape_closes_the_menu() {
    let app = app().await;
    let body = document().body().unwrap();
    for (key, step) in [("ArrowRight", 8), ("ArrowLeft", 7), ("Home", 0)] {
        press(&body, key);
        shows(&app, ".count", &count(step, 17)).await;
    }
    press(&body, "End");
    app.wait_for("nothing under way", |app| app.all("g.waiting").is_empty()).await;
    press(&body, "Home");
    press(&body, " ");
    app.wait_for("playing", |app| app.find(&format!("[aria-label={:?}]", say(Text::Pause, &[]))).is_some()).await;
    press(&body, " ");
    app.wait_for("a pause", |app| app.find(&format!("[aria-label={:?}]", say(Text::Play, &[]))).is_some()).await;
    click(&app.all("button.head")[0]);
    shows(&app, "[role=dialog]", "P1").await;
    let input = app.the("[role=dialog] input");
    let before = text(&app.the(".count"));
    press(&input, "ArrowRight");
    press(&input, "Escape");
    app.wait_for("no menu", |app| app.find("[role=dialog]").is_none()).await;
    assert_eq!(text(&app.the(".count")), before, "arrows in a field are the field's");
}

#[wasm_bindgen_test]
async fn another_scenario_opens_where_it_should() {
    let app = app().await;
    let picker = app.the("header select").unchecked_into::<HtmlSelectElement>();
    assert_eq!(picker.length() as usize, Session::new(Lang::En).titles().count());
    picker.set_selected_index(1);
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    picker.dispatch_event(&web_sys::Event::new_with_event_init_dict("change", &init).unwrap()).unwrap();
    shows(&app, ".count", &count(4, 6)).await;
    assert_eq!(app.texts("button.head .name"), ["p", "q"]);
    assert_eq!(app.texts("button.head .state"), ["A", "D"]);
    click(&app.button(&say(Text::RunToEnd, &[])));
    shows(&app, ".verdict.consistent p", &say(Text::NeverOccurredOne, &[("first", "2"), ("second", "3")])).await;
    assert!(app.find(".equation").is_none(), "nothing is conserved here");
}

#[wasm_bindgen_test]
async fn choosing_a_snapshot_changes_whose_cut_is_shown() {
    let app = app().await;
    for _ in 0..2 {
        click(&app.button(&say(Text::TakeSnapshot, &[])));
        shows(&app, "button.primary", &say(KeyText::SkipToResult, &[])).await;
        click(&app.the("button.primary"));
        shows(&app, "button.primary", &say(Text::TakeSnapshot, &[])).await;
    }
    let pressed = |app: &Mounted<App>| -> Vec<String> {
        app.all(".chips button").iter().map(|chip| attribute(chip, "aria-pressed")).collect()
    };
    assert_eq!(pressed(&app), ["false", "true"]);
    assert_eq!(app.texts("tr .pill"), ["15"], "the 5 reaches P3 ahead of every marker of the second");
    click(&app.the(".chips button"));
    app.wait_for("the first", |app| pressed(app) == ["true", "false"]).await;
    assert_eq!(app.texts("tr .pill"), ["20"]);
}
