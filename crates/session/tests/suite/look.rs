//! How the diagram is looked at.

use cutline_core::{Action, ProcessId, SnapshotId};
use cutline_diagram::{COLUMN_UNIT, Key, Orientation, Scene, Target};
use cutline_session::{Lang, LookMsg, Msg, Room, Session};

const DESKTOP: Room = Room { width: 1000, height: 560, compact: false, window: None };
const NARROW: Room = Room { width: 500, ..DESKTOP };
const PHONE: Room = Room { width: 390, height: 520, compact: true, window: None };

fn after(messages: &[Msg]) -> Session {
    let mut session = Session::new(Lang::En);
    messages.iter().for_each(|msg| _ = session.update(*msg));
    session
}

/// In a room in which the prepared run does not fit at its usual width.
fn column(session: &Session) -> i32 {
    session.scene_in(NARROW).frame.column
}

fn has(scene: &Scene, wanted: impl Fn(Key) -> bool) -> bool {
    scene.items.iter().any(|item| wanted(item.key))
}

#[test]
fn zooming_goes_on_from_what_is_seen_and_never_gets_stuck() {
    let mut session = after(&[]);
    let usual = column(&session);
    for _ in 0..30 {
        session.update(Msg::Look(LookMsg::ZoomOut));
        _ = column(&session);
    }
    let least = column(&session);
    assert!(least < usual && session.scene_in(NARROW).width == NARROW.width, "{least}: the whole run is in sight");
    session.update(Msg::Look(LookMsg::ZoomIn));
    let wider = column(&session);
    assert!(wider > least, "thirty steps out, and one in is seen");
    for _ in 0..30 {
        session.update(Msg::Look(LookMsg::ZoomIn));
        _ = column(&session);
    }
    assert!(column(&session) > usual && column(&session) <= 240 * COLUMN_UNIT);
    session.update(Msg::Look(LookMsg::Fit));
    assert_eq!(column(&session), least);
    session.update(Msg::Look(LookMsg::Fit));
    assert_eq!(column(&session), usual);
}

#[test]
fn time_runs_downwards_on_a_small_screen_unless_it_is_turned() {
    let mut session = after(&[]);
    let ways = |session: &Session| (session.orientation(false), session.orientation(true));
    assert_eq!(ways(&session), (Orientation::Across, Orientation::Down));
    session.update(Msg::Look(LookMsg::Turn(Some(Orientation::Across))));
    assert_eq!(ways(&session), (Orientation::Across, Orientation::Across));
    session.update(Msg::Open(1));
    assert_eq!(ways(&session).1, Orientation::Across, "it stays so in another scenario");
    session.update(Msg::Look(LookMsg::Turn(None)));
    assert_eq!(session.scene_in(PHONE).frame.orientation, Orientation::Down);
}

#[test]
fn what_is_to_come_is_named_with_the_step_at_which_it_comes() {
    let session = after(&[]);
    let scene = session.scene_in(DESKTOP);
    let labels: Vec<String> = scene
        .items
        .iter()
        .filter(|item| matches!(item.key, Key::GhostMessage(_) | Key::GhostControl(_)))
        .filter_map(|item| Some(session.label(item.target?)))
        .collect();
    assert!(labels.contains(&"15 from P3 to P1, sent later, at step 12".to_owned()), "{labels:?}");
    assert!(labels.contains(&"Marker of snapshot 1 from P1 to P2, sent later, at step 8".to_owned()), "{labels:?}");
}

#[test]
fn acting_in_the_past_keeps_the_old_future_in_sight() {
    let mut session = after(&[]);
    let prepared = session.history().tip();
    session.update(Msg::Do(Action::Initiate { process: ProcessId(2), snapshot: SnapshotId(0) }));
    assert_eq!(session.compared(), Some(prepared));
    let recorded = |key| matches!(key, Key::OtherRecording(SnapshotId(0), ProcessId(0)));
    assert!(has(&session.scene_in(DESKTOP), recorded), "P1 recorded on the other branch");
    session.update(Msg::NextBranch);
    assert!(has(&session.scene_in(DESKTOP), |key| matches!(key, Key::OtherRecording(SnapshotId(0), ProcessId(2)))));
    session.update(Msg::Reset);
    assert!(!has(&session.scene_in(DESKTOP), |key| matches!(key, Key::OtherRecording(..))), "starting over");
}

#[test]
fn a_snapshot_is_hidden_and_shown_again() {
    let mut session = after(&[Msg::TakeSnapshot, Msg::RunToEnd]);
    let cut = |session: &Session| has(&session.scene_in(DESKTOP), |key| key == Key::Cut(SnapshotId(0)));
    assert!(cut(&session));
    session.update(Msg::Look(LookMsg::Toggle(SnapshotId(0))));
    assert!(!cut(&session) && session.is_hidden(SnapshotId(0)));
    session.update(Msg::Look(LookMsg::Toggle(SnapshotId(0))));
    assert!(cut(&session));
}

#[test]
fn the_chart_keeps_up_with_the_run() {
    let mut session = after(&[]);
    for _ in 0..3 {
        session.update(Msg::TakeSnapshot);
        session.update(Msg::RunToEnd);
        let history = session.history();
        let fresh = cutline_diagram::Chart::new(&history.trace_to(history.len()));
        assert!(*session.chart() == fresh, "after {} steps", history.len());
        session.update(Msg::Seek(9));
        assert!(*session.chart() == fresh, "the branch is the same");
        session.update(Msg::Open(0));
        assert_eq!(session.label(Target::Process(ProcessId(0))), after(&[]).label(Target::Process(ProcessId(0))));
    }
}
