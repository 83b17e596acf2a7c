//! The controls of time.

use crate::shared::SharedProps;
use cutline_session::catalogue::branches::BranchText;
use cutline_session::catalogue::keys::KeyText;
use cutline_session::{BranchMsg, Msg, Session, Speed, Text, TimeMsg};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Start over, back, play, forward, to the end, a slider over the steps, the speed, and the way to the branches.
#[component]
pub fn Transport(props: &SharedProps) -> Html {
    let session = props.session.read();
    let (step, steps) = (session.step(), session.steps());
    let (at_start, at_end) = (step == 0, !session.can_go_forward());
    let count = session.step_words();
    let play = if session.is_playing() { (Text::Pause, PAUSE) } else { (Text::Play, PLAY) };
    let seek = props.tell.reform(|event: InputEvent| {
        let value = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
        Msg::Seek(value.and_then(|value| value.parse().ok()).unwrap_or(usize::MAX))
    });
    html! {
        <div class="transport" role="group" aria-label={session.say(Text::Controls, &[])}>
            { button(props, &session, Text::Reset, START_OVER, Msg::Reset, false) }
            { button(props, &session, Text::StepBack, BACK, Msg::Back, at_start) }
            { button(props, &session, play.0, play.1, Msg::TogglePlay, at_end && !session.is_playing()) }
            { button(props, &session, Text::StepForward, FORWARD, Msg::Forward, at_end) }
            { button(props, &session, Text::RunToEnd, TO_END, Msg::RunToEnd, at_end) }
            <div class="track">
                { dots(&session) }
                <input type="range" min="0" max={steps.to_string()} step="1" value={step.to_string()}
                    aria-label={session.say(Text::StepSlider, &[])} aria-valuetext={session.explanation().plain()} oninput={seek} />
            </div>
            <span class="count" ~style={format!("min-width:{}ch", count_width(steps))}>{ count }</span>
            { speed(props, &session) }
            { branch(props, &session) }
        </div>
    }
}

const START_OVER: &str = "M4.5 3.5v4h4M5 7.2a6.3 6.3 0 1 1-1.2 4.3";
const BRANCH: &str = "M6 3v14M6 12c0-4 8-2 8-7M14 5V3";
const BACK: &str = "M13 4l-7 6 7 6";
const PLAY: &str = "M6 3.5l11 6.5-11 6.5z";
const PAUSE: &str = "M6 4h3v12H6zM12 4h3v12h-3z";
const FORWARD: &str = "M7 4l7 6-7 6";
const TO_END: &str = "M4 4l8 6-8 6zM15 4v12";

/// How fast it plays.
fn speed(props: &SharedProps, session: &Session) -> Html {
    let choose = props.tell.reform(|event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.selected_index());
        let place = chosen.and_then(|at| u8::try_from(at).ok()).unwrap_or(0);
        Msg::Time(TimeMsg::Speed(Speed::at(place)))
    });
    let option = |speed: Speed| {
        html! {
            <option key={speed.place()} selected={speed == session.speed()}>{ format!("{}×", speed.times()) }</option>
        }
    };
    let label = session.say(KeyText::Speed, &[]);
    html! {
        <select class="speed" aria-label={label.clone()} title={label} onchange={choose}>{ for Speed::all().map(option) }</select>
    }
}

/// Which branch it is, where there are several; opens their tree.
fn branch(props: &SharedProps, session: &Session) -> Html {
    let (at, all) = session.branch();
    if all < 2 {
        return Html::default();
    }
    let (n, all) = ((at + 1).to_string(), all.to_string());
    let words = session.say(Text::BranchOf, &[("n", &n), ("all", &all)]);
    html! {
        <button class="quiet branch" aria-label={words.clone()} title={session.say(BranchText::Tree, &[])}
            aria-expanded={session.shows_branches().to_string()}
            onclick={props.tell.reform(|_| Msg::Branch(BranchMsg::Toggle))}>
            <svg class="sign" viewBox="0 0 20 20" aria-hidden="true"><path d={BRANCH} /></svg>
            <span>{ words.clone() }</span>
        </button>
    }
}

fn button(props: &SharedProps, session: &Session, label: Text, sign: &'static str, msg: Msg, off: bool) -> Html {
    let label = session.say(label, &[]);
    let tell = props.tell.clone();
    // Not `disabled`: a button that loses the focus under the reader's hand breaks the keyboard.
    let onclick = Callback::from(move |_: MouseEvent| {
        if !off {
            tell.emit(msg);
        }
    });
    let filled = matches!(sign, PLAY | PAUSE).then_some("filled");
    html! {
        <button class="icon" aria-label={label.clone()} title={label} aria-disabled={off.to_string()}
            data-step-forward={(msg == Msg::Forward).then_some("true")} {onclick}>
            <svg class={classes!("sign", filled)} viewBox="0 0 20 20" aria-hidden="true"><path d={sign} /></svg>
        </button>
    }
}

/// The room for the count, so that nothing beside it moves as it grows: its digits twice, and the word between.
fn count_width(steps: usize) -> usize {
    2 * steps.to_string().len() + 4
}

/// One dot a step, up to as many as can be told apart; beyond that, one for each recording, up to as many again.
fn dots(session: &Session) -> Html {
    const MOST: usize = 60;
    let steps = session.steps();
    let recorded = session.recording_steps();
    let dot = |at: usize| {
        let colour = recorded.iter().find(|(step, _)| *step == at).map(|(_, snapshot)| format!("s{}", snapshot.0 % 4));
        let thousandths = at * 1000 / steps;
        let place = format!("left:{}.{}%", thousandths / 10, thousandths % 10);
        let taken = (at <= session.step()).then_some("taken");
        html! { <i key={at} class={classes!("step", taken, colour)} ~style={place}></i> }
    };
    let dots: Html = match (steps, recorded.len()) {
        (0, _) => Html::default(),
        (1..=MOST, _) => (0..=steps).map(dot).collect(),
        (_, 0..=MOST) => recorded.iter().map(|(step, _)| dot(*step)).collect(),
        _ => Html::default(),
    };
    html! { <span class="line">{ dots }</span> }
}
