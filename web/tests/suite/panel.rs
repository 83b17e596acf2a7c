//! The side of the page.

use crate::mount::{Mounted, Told, attribute, click, money, press, props, text};
use cutline_core::ProcessId;
use cutline_session::{CutMsg, Lang, Msg, Session, SideMsg, Tab, Text};
use cutline_web::Panel;
use wasm_bindgen_test::wasm_bindgen_test;

async fn panel(session: Session) -> Mounted<Panel> {
    Mounted::new(props(session, &Told::default()), "aside").await
}

#[wasm_bindgen_test]
async fn before_a_snapshot_it_says_how_to_get_one() {
    let session = money(&[]);
    let hint = session.say(Text::NothingRecorded, &[]);
    let panel = panel(session).await;
    assert_eq!(text(&panel.the(".recorded p")), hint);
    assert!(panel.find("table").is_none() && panel.find(".equation").is_none());
    assert!(panel.find(".markers").is_none());
}

#[wasm_bindgen_test]
async fn while_recording_it_shows_what_there_is() {
    let panel = panel(money(&[Msg::TakeSnapshot, Msg::Forward])).await;
    let rows = panel.texts("tbody tr");
    assert_eq!(panel.texts("tr.process th"), ["P1", "P2", "P3"]);
    assert!(rows[0].contains("70") && rows[1].contains("not yet"), "{rows:?}");
    assert_eq!(panel.texts("tr .pill"), ["20"]);
    assert_eq!(panel.texts(".equation .term"), ["70"]);
    assert_eq!(panel.texts(".equation .pill"), ["20"]);
    assert_eq!(text(&panel.the(".equation .sum")), "90");
    assert!(panel.find(".verdict.recording").is_some());
}

#[wasm_bindgen_test]
async fn at_the_end_it_shows_the_state_the_equation_and_the_verdict() {
    for lang in [Lang::En, Lang::Zh] {
        let session = money(&[Msg::Speak(lang), Msg::TakeSnapshot, Msg::RunToEnd]);
        let (verdict, title) = (session.verdict_words(), session.say(Text::VerdictConsistent, &[]));
        let panel = panel(session).await;
        assert_eq!(panel.texts("tr.process td:last-child"), ["70", "80", "130"]);
        assert_eq!(panel.texts(".equation .term"), ["70", "80", "130"]);
        assert_eq!(panel.texts(".equation .pill"), ["20"]);
        assert_eq!(text(&panel.the(".equation .sum")), "300");
        assert!(panel.find(".equation.wrong").is_none());
        assert_eq!(text(&panel.the(".verdict.consistent strong")), title);
        assert_eq!(text(&panel.the(".verdict.consistent p")), verdict.reasons.plain());
    }
}

#[wasm_bindgen_test]
async fn the_rules_at_work_are_marked_with_their_values() {
    let at = |messages: &'static [Msg]| async move {
        let panel = panel(money(messages)).await;
        let rules = panel.all(".rules li");
        assert_eq!(rules.len(), 5);
        let on = rules.iter().enumerate().filter(|(_, rule)| attribute(rule, "aria-current") == "step");
        (on.map(|(at, _)| at).collect::<Vec<_>>(), panel.texts(".rules .filled"))
    };
    assert_eq!(at(&[]).await.0, [0; 0]);
    let (on, filled) = at(&[Msg::TakeSnapshot]).await;
    assert_eq!(on, [0, 1]);
    assert!(filled[0].contains("P1") && filled[1].contains("70"), "{filled:?}");
    assert_eq!(at(&[Msg::TakeSnapshot, Msg::Forward]).await.0, [3], "the 20 is kept");
    assert_eq!(at(&[Msg::TakeSnapshot, Msg::Forward, Msg::Forward]).await.0, [1, 2]);
    let (on, filled) = at(&[Msg::Seek(17)]).await;
    assert_eq!(on, [4]);
    assert!(filled[0].contains("20"), "{filled:?}");
}

#[wasm_bindgen_test]
async fn the_table_tells_how_far_each_part_is() {
    let signs = |messages: &'static [Msg]| async move {
        let panel = panel(money(messages)).await;
        panel.all(".recorded .stage-sign").iter().map(|sign| attribute(sign, "aria-label")).collect::<Vec<_>>()
    };
    assert_eq!(
        signs(&[Msg::TakeSnapshot]).await,
        ["recording", "not started", "not started", "recording", "not started"]
    );
    let all = signs(&[Msg::TakeSnapshot, Msg::RunToEnd]).await;
    assert!(all.iter().all(|sign| sign == "done"), "{all:?}");
}

#[wasm_bindgen_test]
async fn the_reordered_run_opens_and_steps() {
    let told = Told::default();
    let complete = || {
        let mut session = money(&[Msg::Open(1)]);
        session.update(Msg::RunToEnd);
        session
    };
    let closed = Mounted::<Panel>::new(props(complete(), &told), ".passage").await;
    click(&closed.the(".passage .link"));
    assert_eq!(told.since(), [Msg::Side(SideMsg::Passage(Some(1)))], "the run that passes through the state, at once");
    let mut session = complete();
    session.update(Msg::Side(SideMsg::Passage(Some(0))));
    let open = Mounted::<Panel>::new(props(session, &told), ".order").await;
    assert_eq!(open.texts(".order li i"), ["2", "3", "4", "7"]);
    click(&open.all(".swaps button")[2]);
    assert_eq!(told.since(), [Msg::Side(SideMsg::Passage(Some(1)))]);
    click(&open.all(".swaps button")[0]);
    assert_eq!(told.since(), [], "there is none before");
    let mut session = complete();
    session.update(Msg::Side(SideMsg::Passage(Some(1))));
    let swapped = Mounted::<Panel>::new(props(session, &told), ".order .here").await;
    assert_eq!(swapped.texts(".order li i"), ["3", "2", "4", "7"]);
}

#[wasm_bindgen_test]
async fn tabs_turn_by_arrow_keys_too() {
    let told = Told::default();
    let panel = Mounted::<Panel>::new(props(money(&[]), &told), "[role=tablist]").await;
    let selected: Vec<String> = panel.all("[role=tab]").iter().map(|tab| attribute(tab, "aria-selected")).collect();
    assert_eq!(selected, ["true", "false", "false", "false"]);
    assert_eq!(attribute(&panel.the("[role=tabpanel]"), "aria-labelledby"), "tab-rules");
    let first = panel.the("[role=tab]");
    for (key, tab) in
        [("ArrowRight", Tab::Network), ("ArrowLeft", Tab::Signs), ("End", Tab::Signs), ("Home", Tab::Rules)]
    {
        press(&first, key);
        assert_eq!(told.since(), [Msg::Side(SideMsg::Turn(tab))], "{key}");
    }
    click(&panel.all("[role=tab]")[2]);
    assert_eq!(told.since(), [Msg::Side(SideMsg::Turn(Tab::Events))]);
}

#[wasm_bindgen_test]
async fn what_stays_true_stands_under_the_verdict() {
    let text = "cutline 1\ntitle t\nprocess a waits for all of b\nprocess b waits for all of a\nchannels complete\nrun\n\
                a starts a snapshot\n";
    for lang in [Lang::En, Lang::Zh] {
        let mut session = Session::with(vec![cutline_core::Scenario::parse(text).unwrap()], lang);
        session.update(Msg::RunToEnd);
        let line = session.shown_properties().remove(0);
        let panel = panel(session).await;
        assert_eq!(panel.texts(".properties strong"), [line.name]);
        assert_eq!(panel.texts(".properties em"), [line.answer]);
        let told = panel.texts(".properties p");
        assert_eq!(told, [line.witness, line.conclusion]);
    }
}

#[wasm_bindgen_test]
async fn one_can_go_back_once_everything_is_recorded() {
    let unfinished = panel(money(&[Msg::TakeSnapshot])).await;
    assert!(unfinished.find(".restoration").is_none());
    let told = Told::default();
    let panel: Mounted<Panel> = Mounted::new(props(money(&[Msg::TakeSnapshot, Msg::RunToEnd]), &told), "aside").await;
    click(&panel.the("button.restoration"));
    let snapshot = cutline_core::SnapshotId(0);
    assert_eq!(told.since(), [Msg::Do(cutline_core::Action::Restore { snapshot })]);
}

#[wasm_bindgen_test]
async fn a_cut_of_ones_own_is_judged() {
    let none = self::panel(money(&[Msg::TakeSnapshot, Msg::RunToEnd])).await;
    assert!(none.find(".own-cut-report").is_none());
    let drawn = [Msg::TakeSnapshot, Msg::RunToEnd, Msg::Cut(CutMsg::Draw)];
    let same = self::panel(money(&drawn)).await;
    assert!(same.find(".own-cut-report .verdict.consistent").is_some());
    assert_eq!(same.texts(".own-cut-report .pill"), ["20"]);
    let before = [0, 1].map(|process| Msg::Cut(CutMsg::Move(ProcessId(process), 0)));
    let wrong = self::panel(money(&[&drawn[..], &before[..]].concat())).await;
    assert!(wrong.find(".own-cut-report .verdict.inconsistent").is_some());
    assert!(wrong.find(".own-cut-sum.wrong").is_some());
    assert_eq!(wrong.all(".own-cut-report .choices button").len(), 3, "before, after, and to the recorded one");
}
