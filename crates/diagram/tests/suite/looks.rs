//! The same runs looked at in other ways: in part, from above, faintly, from afar.

use crate::invariants::{assert_on_the_picture, for_each_run};
use crate::runs::{ALL, DESKTOP, MONEY, OWED, Run, TURNS, long, prepared, random, seen};
use cutline_core::{Action, ProcessId, SnapshotId};
use cutline_diagram::{
    COLUMN_UNIT, Chart, Detail, Ghost, Item, Key, Mark, Orientation, Overview, Role, Scene, Shape, View, svg,
};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const BOTH: [Orientation; 2] = [Orientation::Across, Orientation::Down];
pub(crate) const AHEAD: Ghost<'static> = Ghost { ahead: true, other: None };

pub(crate) fn roles(scene: &Scene) -> impl Iterator<Item = Role> {
    scene.items.iter().flat_map(|item| &item.marks).map(|mark| mark.role)
}

fn by_key(scene: &Scene) -> BTreeMap<Key, &Item> {
    scene.items.iter().map(|item| (item.key, item)).collect()
}

/// Everything but words and what is cut off at the borders of the window.
fn fixed(item: &Item) -> Vec<&Mark> {
    let is_fixed = |mark: &&Mark| !matches!(mark.shape, Shape::Text(..) | Shape::Pill(..));
    item.marks.iter().filter(is_fixed).collect()
}

#[test]
fn a_window_shows_what_is_in_it_where_the_whole_has_it() {
    for orientation in BOTH {
        for_each_run(|run, what| {
            let whole = seen(run, run.len() / 2, |view| View { orientation, ghost: AHEAD, ..view });
            let all = by_key(&whole);
            for from in (0..whole.frame.length).step_by(331) {
                let window = Some((from, from + 331));
                let part = seen(run, run.len() / 2, |view| View { orientation, ghost: AHEAD, window, ..view });
                let found = by_key(&part);
                for (key, item) in &found {
                    let moved = !matches!(key, Key::Lane(_)) && fixed(item) != fixed(all[key]);
                    assert!(!moved, "{what}, {window:?}: {key:?} has moved");
                }
                for (key, item) in &all {
                    let inside = item.marks.iter().any(|mark| match mark.shape {
                        Shape::Circle(at, _) => (from..from + 331).contains(&part.frame.along(at)),
                        _ => false,
                    });
                    assert!(!inside || found.contains_key(key), "{what}, {window:?}: no {key:?}");
                }
            }
        });
    }
}

#[test]
fn a_place_tells_its_process_and_step() {
    let mut run = prepared(MONEY);
    for orientation in BOTH {
        for column in [None, Some(COLUMN_UNIT * 9), Some(COLUMN_UNIT * 200)] {
            let frame = seen(&mut run, 7, |view| View { orientation, column, ..view }).frame;
            for step in 1..=17 {
                for process in (0..3).map(ProcessId) {
                    let at = frame.at(process, step);
                    assert_eq!((frame.process_at(at), frame.step_at(at)), (Some(process), step), "{orientation:?}");
                }
            }
            let before = frame.point(0, frame.lane(ProcessId(1)));
            assert_eq!((frame.step_at(before), frame.process_at(before)), (0, Some(ProcessId(1))));
            let edge = |along| frame.step_at(frame.point(frame.now + along, 0));
            assert_eq!((edge(0), edge(1)), (7, 8), "taken and to come, on either side of the present");
            assert_eq!(frame.process_at(frame.point(0, -500)), Some(ProcessId(0)));
            assert_eq!(frame.process_at(frame.point(0, 5000)), Some(ProcessId(2)));
        }
    }
}

#[test]
fn zooming_carries_places_over() {
    let mut run = random(MONEY, 3, 200, 6);
    let frame =
        |column: i32, run: &mut Run| seen(run, 100, |view| View { column: Some(column * COLUMN_UNIT), ..view }).frame;
    let (narrow, wide) = (frame(10, &mut run), frame(70, &mut run));
    for step in 1..=200 {
        let carried = wide.carried_over(&narrow, narrow.moment(step));
        assert!((carried - wide.moment(step)).abs() <= 7, "step {step}: {carried} for {}", wide.moment(step));
    }
}

#[test]
fn time_runs_downwards() {
    for_each_run(|run, what| {
        for (width, height, compact) in [(390, 520, true), (900, 560, false)] {
            for step in (0..=run.len()).step_by(4) {
                let orientation = Orientation::Down;
                let scene = seen(run, step, |view| View { width, height, compact, orientation, ghost: AHEAD, ..view });
                let what = format!("{what}, step {step}, {width} wide");
                assert_on_the_picture(&scene, compact, &what);
                for mark in scene.items.iter().flat_map(|item| &item.marks) {
                    if let Shape::Arrow(from, to) = mark.shape {
                        assert!(from.y < to.y, "{what}: {}", mark.shape);
                    }
                }
                assert!(scene.heads.windows(2).all(|two| two[0].lane + 48 < two[1].lane), "{what}");
            }
        }
    });
}

#[test]
fn stepping_back_blanks_nothing() {
    for_each_run(|run, what| {
        let chart = Chart::new(&run.trace_to(run.len()));
        for step in 0..=run.len() {
            let mut keys = |ghost| -> BTreeSet<Key> {
                let scene = seen(run, step, |view| View { ghost, ..view });
                scene.items.iter().map(|item| item.key).collect()
            };
            let (with, without) = (keys(AHEAD), keys(Ghost::default()));
            for (at, flight) in chart.flights().iter().enumerate() {
                let at = u32::try_from(at).unwrap();
                let (arrow, ghost) = match flight.what {
                    _ if flight.again.is_some() => (Key::Again(at), Key::GhostAgain(at)),
                    cutline_diagram::What::Message(id) => (Key::MessageArrow(id), Key::GhostArrow(id)),
                    cutline_diagram::What::Marker(id, _) | cutline_diagram::What::Report(id, _) => {
                        (Key::Control(id), Key::GhostControl(id))
                    }
                };
                assert_eq!(with.contains(&arrow), flight.sent <= step, "{what}, step {step}: {arrow:?}");
                assert!(with.contains(&arrow) || with.contains(&ghost), "{what}, step {step}: no {ghost:?}");
                assert!(!without.contains(&ghost), "{what}, step {step}: {ghost:?}");
            }
        }
    });
}

#[test]
fn another_branch_is_drawn_faintly_from_where_the_two_part() {
    let mut run = prepared(MONEY);
    let other = Chart::new(&run.trace_to(17));
    run.seek(7);
    run.act(Action::Deliver { channel: channel(&run, 1, 0), position: 0 }).unwrap();
    let ghost = Ghost { ahead: true, other: Some((&other, 7)) };
    run.seek(8);
    let chart = Chart::new(&run.trace_to(8));
    let words = &run.world().system().computation;
    let view = crate::runs::plain(8, words);
    let scene = cutline_diagram::lay_out(&chart, &View { ghost, ..view });
    let keys: Vec<Key> = scene.items.iter().map(|item| item.key).collect();
    let recordings = keys.iter().filter(|key| matches!(key, Key::OtherRecording(SnapshotId(0), _))).count();
    let messages = keys.iter().filter(|key| matches!(key, Key::OtherMessage(_))).count();
    assert_eq!((recordings, messages), (3, 3), "20, 15 and 5 come there");
    assert!(
        !roles(&scene).any(|role| matches!(role, Role::GhostMarker(_))),
        "markers of the other would hide this one"
    );
    assert!(scene.width >= DESKTOP.0 && scene.frame.step_at(scene.frame.at(ProcessId(0), 17)) == 17);
}

/// A marker that comes two steps later: all else is the same, and is neither drawn nor named twice.
#[test]
fn what_is_the_same_on_another_branch_is_not_drawn_again() {
    let mut run = prepared(MONEY);
    let other = Chart::new(&run.trace_to(run.len()));
    let slots = cutline_core::edit::Slots::of(&run.trace_to(run.len()));
    cutline_core::edit::edit(&mut run, &slots, cutline_core::edit::Edit::Move { step: 10, to: 12 }).unwrap();
    let steps = run.len();
    let chart = Chart::new(&run.trace_to(steps));
    let words = &run.world().system().computation;
    let view = View { ghost: Ghost { ahead: true, other: Some((&other, 9)) }, ..crate::runs::plain(steps, words) };
    let scene = cutline_diagram::lay_out(&chart, &view);
    assert_eq!(roles(&scene).filter(|role| *role == Role::GhostLabel).count(), 0, "every message has its label");
    let places = |role: Role| {
        let marks =
            scene.items.iter().flat_map(|item| &item.marks).filter(move |mark| mark.role.class() == role.class());
        marks.map(|mark| mark.shape.to_string()).collect::<BTreeSet<_>>()
    };
    let (faint, full) = (places(Role::GhostMessage), places(Role::Message));
    assert!(faint.is_disjoint(&full) && faint.len() < 5, "{faint:?}");
    let recordings = scene.items.iter().filter(|item| matches!(item.key, Key::OtherRecording(..))).count();
    assert_eq!(recordings, 2, "that of P3, and that of P2, which moves up");
}

fn channel(run: &Run, from: u16, to: u16) -> cutline_core::ChannelId {
    run.world().topology().channels_between(ProcessId(from), ProcessId(to)).next().unwrap()
}

#[test]
fn a_hidden_snapshot_is_not_drawn() {
    let drawn = |role: Role| role.snapshot().is_some() && !matches!(role, Role::GhostMarker(_));
    for (scenario, step) in [(MONEY, 12), (MONEY, 17), (OWED, 9), (OWED, 99)] {
        let mut run = prepared(scenario);
        let step = step.min(run.len());
        let scene = seen(&mut run, step, |view| View { hidden: &[SnapshotId(0)], ghost: AHEAD, ..view });
        assert_eq!(roles(&scene).filter(|role| drawn(*role) && !role.class().contains("handle")).count(), 0);
        let under_way = Chart::new(&run.trace_to(run.len()))
            .flights()
            .iter()
            .filter(|one| one.what.snapshot().is_some() && one.is_under_way(step))
            .count();
        let faint = roles(&scene).filter(|role| matches!(role, Role::GhostMarker(_))).count();
        assert_eq!(faint, under_way, "only what is still in its channel, at step {step}");
        assert_eq!(scene.cut_span, None);
    }
}

/// A marker that is sent after its sender has recorded begins at a dot, and one sent at a recording at that.
#[test]
fn every_marker_begins_at_something() {
    for (scenario, alone) in [(MONEY, false), (OWED, true)] {
        let mut run = prepared(scenario);
        let steps = run.len();
        let scene = seen(&mut run, steps, |view| view);
        let dots = roles(&scene).filter(|role| matches!(role, Role::MarkerSending(_))).count();
        assert_eq!(dots > 0, alone);
        for item in scene.items.iter().filter(|item| matches!(item.key, Key::Control(_))) {
            let dot = item.marks.iter().find_map(|mark| match (mark.role, &mark.shape) {
                (Role::MarkerSending(_), Shape::Circle(at, _)) => Some(*at),
                _ => None,
            });
            let lanes = (0..scene.heads.len()).map(|at| scene.frame.lane(ProcessId::at(at)));
            assert!(dot.is_none_or(|dot| lanes.clone().any(|lane| lane == dot.y)), "on a line");
        }
    }
}

#[test]
fn four_snapshots_have_four_shapes() {
    let mut run = prepared(MONEY);
    for snapshot in 1..4 {
        run.act(Action::Initiate { process: ProcessId(0), snapshot: SnapshotId(snapshot) }).unwrap();
    }
    let scene = seen(&mut run, 20, |view| view);
    let corners = |mark: &Mark| match &mark.shape {
        Shape::Path(_, segments) => segments.len(),
        _ => 0,
    };
    let shape = |snapshot: u16| {
        let rings = scene.items.iter().flat_map(|item| &item.marks);
        let first = rings
            .filter(|mark| mark.role == Role::Recording(SnapshotId(snapshot)))
            .map(|mark| (corners(mark), format!("{}", mark.shape).contains("circle")));
        first.collect::<BTreeSet<_>>()
    };
    assert_eq!(shape(0), [(0, true)].into());
    assert_eq!((shape(1), shape(2), shape(3)), ([(4, false)].into(), [(4, false)].into(), [(3, false)].into()));
}

/// Shapes, colours and dashes come again from the fifth snapshot on; its number is in its points, and its dashes are others.
#[test]
fn the_fifth_snapshot_is_told_from_the_first() {
    let mut run = prepared(MONEY);
    for snapshot in 1..5 {
        run.act(Action::Initiate { process: ProcessId(0), snapshot: SnapshotId(snapshot) }).unwrap();
    }
    let steps = run.len();
    let scene = seen(&mut run, steps, |view| view);
    let of = |snapshot: u16| {
        let marks = scene.items.iter().flat_map(|item| &item.marks).filter(move |mark| {
            mark.role.snapshot() == Some(SnapshotId(snapshot))
                && matches!(mark.role, Role::Recording(_) | Role::RecordingCore(_) | Role::RecordingNumber(_))
        });
        let words = |mark: &Mark| match &mark.shape {
            Shape::Text(_, _, text) => text.clone(),
            _ => String::new(),
        };
        marks.map(|mark| (svg::classes(mark.role), words(mark))).collect::<BTreeSet<_>>()
    };
    let set = |marks: [(&str, &str); 2]| marks.map(|(class, words)| (class.to_owned(), words.to_owned())).into();
    assert_eq!(of(0), set([("recording s0", ""), ("recording-core s0", "")]));
    assert_eq!(of(4), set([("recording s0 again", ""), ("recording-number s0 again", "5")]));
}

#[test]
fn what_a_process_does_alone_is_one_mark_with_its_number() {
    let mut run = prepared(TURNS);
    let step = |run: &mut Run, choice| run.act(Action::Act { process: ProcessId(0), choice });
    let acts = (0..40).filter(|at| step(&mut run, at % 5).is_ok()).count();
    assert!(acts >= 1, "the automaton moves");
    let mut alone = prepared(crate::runs::ALONE);
    for choice in [0, 1].into_iter().cycle().take(12) {
        alone.act(Action::Act { process: ProcessId(0), choice }).unwrap();
    }
    let texts = |run: &mut Run, step| {
        let scene = seen(run, step, |view| View { ghost: AHEAD, ..view });
        let marks: Vec<Mark> = scene.items.into_iter().flat_map(|item| item.marks).collect();
        let count = |wanted: Role| marks.iter().filter(|mark| mark.role == wanted).count();
        let words = marks.iter().find_map(|mark| match (&mark.shape, mark.role) {
            (Shape::Text(_, _, words), Role::ActCount) => Some(words.clone()),
            _ => None,
        });
        (words, count(Role::Act), count(Role::Acts))
    };
    assert_eq!(texts(&mut alone, 12), (Some("×12".into()), 0, 1));
    assert_eq!(texts(&mut alone, 3), (Some("×9".into()), 3, 0), "three are told apart, nine are to come");
}

/// Elements that the page makes of a scene: two for an arrow, one for any other mark, one for an item.
fn elements(scene: &Scene) -> usize {
    let marks = |item: &Item| -> usize {
        item.marks.iter().map(|mark| if matches!(mark.shape, Shape::Arrow(..)) { 2 } else { 1 }).sum()
    };
    scene.items.iter().map(|item| 1 + marks(item)).sum()
}

#[test]
fn ten_thousand_messages_are_few_elements_at_every_zoom() {
    for processes in [3, 64] {
        let mut run = long(processes, 20_000);
        let middle = run.len() / 2;
        for column in [1, 60, 500, 3000, 6 * COLUMN_UNIT, 12 * COLUMN_UNIT, 20 * COLUMN_UNIT, 34 * COLUMN_UNIT] {
            let mut in_window = |window| {
                seen(&mut run, middle, |view| View { column: Some(column), ghost: AHEAD, window: Some(window), ..view })
            };
            let now = in_window((0, 1)).frame.now;
            let scene = in_window((now - 1500, now + 1500));
            let n = elements(&scene);
            assert!(n <= 2500, "{processes} processes, {column}: {n} elements, {:?}", scene.detail);
            assert!(n > 30, "{processes} processes, {column}: {n} elements");
        }
        let whole = seen(&mut run, middle, |view| View { column: Some(1), ..view });
        assert_eq!((whole.detail, whole.width), (Detail::Merged, DESKTOP.0), "the whole run fits");
        crate::xml::assert_well_formed(&svg::text(&whole, "t", ""));
    }
}

#[test]
fn a_chart_that_grew_is_the_chart_of_the_whole() {
    for_each_run(|run, what| {
        let trace = run.trace_to(run.len());
        let whole = Chart::new(&trace);
        for parted in [0, run.len() / 3, run.len()] {
            let mut grown = Chart::new(&run.trace_to(parted));
            grown.extend(&trace.steps[parted..]);
            assert!(grown == whole, "{what}, from step {parted}");
        }
    });
}

#[test]
fn an_overview_counts_what_is_under_way() {
    let mut run = prepared(MONEY);
    let frame = seen(&mut run, 17, |view| view).frame;
    let overview = Overview::new(&Chart::new(&run.trace_to(17)), &frame, 2000);
    let levels: Vec<u32> = overview.under_way.iter().copied().filter(|level| *level > 0).collect();
    assert_eq!(levels.iter().max(), Some(&5), "four markers and the 15, after step 12");
    assert_eq!(overview.recordings.len(), 3);
    assert!(ALL.len() > 3, "and no run is too short for one");
    for scenario in ALL {
        let mut run = random(scenario, 1, 0, 5);
        let frame = seen(&mut run, 0, |view| view).frame;
        assert_eq!(Overview::new(&Chart::new(&run.trace()), &frame, 10).under_way.len(), 10);
    }
}

#[test]
fn the_numbers_of_keys_tell_them_apart() {
    for_each_run(|run, what| {
        let scene = seen(run, run.len() / 2, |view| View { ghost: AHEAD, ..view });
        let numbers: BTreeSet<u64> = scene.items.iter().map(|item| item.key.number()).collect();
        assert_eq!(numbers.len(), scene.items.len(), "{what}");
    });
}
