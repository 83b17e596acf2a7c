//! The controls of time.

use crate::mount::{Mounted, Told, attribute, channel, click, fill, money, name_of, props, say, text};
use cutline_core::{Action, Payload};
use cutline_session::{BranchMsg, Lang, Msg, Session, Text};
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
    assert_eq!(off(&controls), [say(Text::StepBack, &[])]);
    click(&controls.button(&say(Text::StepBack, &[])));
    assert_eq!(told.since(), [], "a button that is off does nothing");
    click(&controls.button(&say(Text::StepForward, &[])));
    assert_eq!(told.since(), [Msg::Forward]);
}

#[wasm_bindgen_test]
async fn at_the_end_there_is_no_way_on() {
    let told = Told::default();
    let controls = transport(money(&[Msg::RunToEnd]), &told).await;
    let onward = [Text::Play, Text::StepForward, Text::RunToEnd].map(|text| say(text, &[]));
    assert_eq!(off(&controls), onward);
    for name in onward {
        click(&controls.button(&name));
        assert_eq!(told.since(), [], "{name}");
    }
    click(&controls.button(&say(Text::StepBack, &[])));
    assert_eq!(told.since(), [Msg::Back]);
}

#[wasm_bindgen_test]
async fn in_between_everything_works() {
    let told = Told::default();
    let controls = transport(money(&[]), &told).await;
    assert_eq!(off(&controls), [""; 0]);
    for (text, msg) in [
        (Text::StepBack, Msg::Back),
        (Text::Play, Msg::TogglePlay),
        (Text::StepForward, Msg::Forward),
        (Text::RunToEnd, Msg::RunToEnd),
    ] {
        click(&controls.button(&say(text, &[])));
        assert_eq!(told.since(), [msg], "{text:?}");
    }
    click(&controls.all("button")[0]);
    assert_eq!(told.since(), [Msg::Reset]);
}

#[wasm_bindgen_test]
async fn the_slider_shows_the_step_and_seeks() {
    let told = Told::default();
    let controls = transport(money(&[]), &told).await;
    let slider = controls.the("input[type=range]");
    assert_eq!(attribute(&slider, "max"), "17");
    let spoken = attribute(&slider, "aria-valuetext");
    assert!(spoken.contains('7') && spoken.contains("P3"), "the step in words: {spoken}");
    assert_eq!(text(&controls.the(".count")), say(Text::StepOf, &[("step", "7"), ("steps", "17")]));
    fill(&slider, "3");
    assert_eq!(told.since(), [Msg::Seek(3)]);
}

#[wasm_bindgen_test]
async fn while_it_plays_the_button_pauses() {
    let told = Told::default();
    let controls = transport(money(&[Msg::TogglePlay]), &told).await;
    click(&controls.button(&say(Text::Pause, &[])));
    assert_eq!(told.since(), [Msg::TogglePlay]);
}

#[wasm_bindgen_test]
async fn every_button_has_a_name_in_both_languages() {
    for lang in [Lang::En, Lang::Zh] {
        let controls = transport(money(&[Msg::Speak(lang)]), &Told::default()).await;
        let names: Vec<String> = controls.all("button, [role=group], input").iter().map(name_of).collect();
        assert!(names.len() >= 7, "{names:?}");
        for name in names {
            assert_eq!(name.is_ascii(), lang == Lang::En, "{name}");
            assert!(!name.is_empty());
        }
    }
}

#[wasm_bindgen_test]
async fn branches_are_counted_and_can_be_changed() {
    let told = Told::default();
    let controls = transport(money(&[]), &told).await;
    assert!(controls.find(".branch").is_none(), "one run, no branches");
    let mut session = money(&[]);
    let back = channel(&session, 2, 1);
    session.update(Msg::Do(Action::Send { channel: back, payload: Payload(5) }));
    assert_eq!(session.branch(), (1, 2));
    let controls = transport(session, &told).await;
    let button = controls.the(".branch");
    assert_eq!(text(&button), say(Text::BranchOf, &[("n", "2"), ("all", "2")]));
    click(&button);
    assert_eq!(told.since(), [Msg::Branch(BranchMsg::Toggle)]);
}
