//! The controls of time.

use crate::mount::{Mounted, Told, attribute, click, fill, money, name_of, props, text};
use cutline_session::{Lang, Msg, Session};
use cutline_web::Transport;
use wasm_bindgen_test::wasm_bindgen_test;

async fn transport(session: Session, told: &Told) -> Mounted<Transport> {
    Mounted::new(props(session, told), "[role=group]").await
}

/// The buttons that are off, by name.
fn off(transport: &Mounted<Transport>) -> Vec<String> {
    transport.all("button[aria-disabled=true]").iter().map(name_of).collect()
}

#[wasm_bindgen_test]
async fn at_the_start_there_is_no_way_back() {
    let told = Told::default();
    let controls = transport(money(&[Msg::Seek(0)]), &told).await;
    assert_eq!(off(&controls), ["Step back"]);
    click(&controls.button("Step back"));
    assert_eq!(told.since(), [], "a button that is off does nothing");
    click(&controls.button("Step forward"));
    assert_eq!(told.since(), [Msg::Forward]);
}

#[wasm_bindgen_test]
async fn at_the_end_there_is_no_way_on() {
    let told = Told::default();
    let controls = transport(money(&[Msg::RunToEnd]), &told).await;
    assert_eq!(off(&controls), ["Play", "Step forward", "Run to the end"]);
    for name in ["Play", "Step forward", "Run to the end"] {
        click(&controls.button(name));
        assert_eq!(told.since(), [], "{name}");
    }
    click(&controls.button("Step back"));
    assert_eq!(told.since(), [Msg::Back]);
}

#[wasm_bindgen_test]
async fn in_between_everything_works() {
    let told = Told::default();
    let controls = transport(money(&[]), &told).await;
    assert_eq!(off(&controls), [""; 0]);
    for (name, msg) in [
        ("Step back", Msg::Back),
        ("Play", Msg::TogglePlay),
        ("Step forward", Msg::Forward),
        ("Run to the end", Msg::RunToEnd),
    ] {
        click(&controls.button(name));
        assert_eq!(told.since(), [msg], "{name}");
    }
    click(&controls.all("button")[0]);
    assert_eq!(told.since(), [Msg::Reset]);
}

#[wasm_bindgen_test]
async fn the_slider_shows_the_step_and_seeks() {
    let told = Told::default();
    let controls = transport(money(&[]), &told).await;
    let slider = controls.the("input[type=range]");
    assert_eq!((&*attribute(&slider, "max"), &*attribute(&slider, "aria-valuetext")), ("17", "7 of 17"));
    assert_eq!(text(&controls.the(".count")), "7 of 17");
    fill(&slider, "3");
    assert_eq!(told.since(), [Msg::Seek(3)]);
}

#[wasm_bindgen_test]
async fn while_it_plays_the_button_pauses() {
    let told = Told::default();
    let controls = transport(money(&[Msg::TogglePlay]), &told).await;
    click(&controls.button("Pause"));
    assert_eq!(told.since(), [Msg::TogglePlay]);
}

#[wasm_bindgen_test]
async fn every_button_has_a_name_in_both_languages() {
    for lang in [Lang::En, Lang::Zh] {
        let controls = transport(money(&[Msg::Speak(lang)]), &Told::default()).await;
        let names: Vec<String> = controls.all("button, [role=group], input").iter().map(name_of).collect();
        assert_eq!(names.len(), 7);
        for name in names {
            assert_eq!(name.is_ascii(), lang == Lang::En, "{name}");
            assert!(!name.is_empty());
        }
    }
}
