//! Where words stand on a picture, and where not.

use crate::looks::BOTH;
use crate::runs::{MONEY, NEVER_OCCURRED, OWED, prepared, seen};
use cutline_core::{Action, ProcessId, SnapshotId};
use cutline_diagram::{Anchor, Chart, Key, Orientation, Role, Shape, View};
use std::collections::BTreeMap;

/// Words stand still once what they are about has come to rest, whatever happens after.
#[test]
fn words_stay_where_they_are_while_the_run_goes_on() {
    for orientation in BOTH {
        for scenario in [MONEY, NEVER_OCCURRED, OWED] {
            let mut run = prepared(scenario);
            let mut before: BTreeMap<Key, String> = BTreeMap::new();
            for step in 1..=run.len() {
                let scene = seen(&mut run, step, |view| View { orientation, ..view });
                let chart = Chart::new(&run.trace_to(step));
                let rests = |key: Key| match key {
                    Key::Message(id) => chart.message(id).is_some_and(|flight| flight.end().is_some()),
                    key => matches!(key, Key::Recording(..)),
                };
                let now: BTreeMap<Key, String> = scene
                    .items
                    .iter()
                    .filter(|item| rests(item.key))
                    .map(|item| (item.key, item.marks.iter().map(|mark| mark.shape.to_string()).collect()))
                    .collect();
                for (key, marks) in &before {
                    assert_eq!(now.get(key), Some(marks), "{key:?} at step {step}");
                }
                before = now;
            }
            assert!(before.len() > 2);
        }
    }
}

/// Beside the heads there is no room for words: what scrolls under them cannot be read.
#[test]
fn no_words_lie_under_the_heads() {
    let waits = include_str!("../../../session/scenarios/circle-of-waiting.cutline");
    for orientation in BOTH {
        for scenario in [MONEY, OWED, waits] {
            let mut run = prepared(scenario);
            let steps = run.len();
            let scene = seen(&mut run, steps, |view| View { orientation, ..view });
            for mark in scene.items.iter().flat_map(|item| &item.marks) {
                let (Role::RecordedState(_), Shape::Text(at, side, text)) = (mark.role, &mark.shape) else { continue };
                let width = i32::try_from(text.chars().count()).unwrap() * 14 * 11 / 20;
                let left = if *side == Anchor::End { at.x - width } else { at.x };
                let first = if orientation == Orientation::Across { left } else { at.y - 14 };
                assert!(first >= scene.frame.lanes_from, "{text}, {orientation:?}");
            }
        }
    }
}

/// The numbers of cuts that begin at the present stand beside each other and beside the word for it.
#[test]
fn captions_do_not_lie_over_each_other() {
    for orientation in BOTH {
        let mut run = prepared(MONEY);
        run.seek(7);
        for snapshot in 0..3 {
            run.act(Action::Initiate { process: ProcessId(2), snapshot: SnapshotId(snapshot) }).unwrap();
        }
        let step = run.step();
        let scene = seen(&mut run, step, |view| View { orientation, ..view });
        let small = scene.items.iter().flat_map(|item| &item.marks).filter_map(|mark| match (mark.role, &mark.shape) {
            (Role::Caption | Role::CutName(_), Shape::Text(at, _, text)) => Some((at.y, at.x, text.clone())),
            _ => None,
        });
        let small: Vec<_> = small.collect();
        assert!(small.len() >= 4, "{small:?}");
        for (at, (y, x, text)) in small.iter().enumerate() {
            for (other_y, other_x, other) in &small[at + 1..] {
                assert!((y - other_y).abs() >= 12 || (x - other_x).abs() >= 12, "{text:?} and {other:?}");
            }
        }
    }
}

/// Three cuts close together: what says whose past is coloured gives way to their numbers.
#[test]
fn no_caption_lies_over_the_number_of_a_cut() {
    let mut run = prepared(MONEY);
    run.seek(8);
    for snapshot in 1..3 {
        run.act(Action::Initiate { process: ProcessId(0), snapshot: SnapshotId(snapshot) }).unwrap();
    }
    let step = run.step();
    for shown in 0..3 {
        let scene = seen(&mut run, step, |view| View { snapshot: Some(SnapshotId(shown)), ..view });
        let words = scene.items.iter().flat_map(|item| &item.marks).filter_map(|mark| match (mark.role, &mark.shape) {
            (Role::Caption | Role::CutName(_), Shape::Text(at, anchor, text)) => {
                let width = i32::try_from(text.len()).unwrap() * 6;
                let left = match anchor {
                    cutline_diagram::scene::Anchor::Start => at.x,
                    cutline_diagram::scene::Anchor::Middle => at.x - width / 2,
                    cutline_diagram::scene::Anchor::End => at.x - width,
                };
                Some((left, left + width, text.clone()))
            }
            _ => None,
        });
        let words: Vec<_> = words.collect();
        assert!(words.len() >= 4, "{words:?}");
        for (at, (left, right, text)) in words.iter().enumerate() {
            for (from, to, other) in &words[at + 1..] {
                assert!(left >= to || from >= right, "{text:?} lies over {other:?}, snapshot {shown}");
            }
        }
    }
}

/// Three points beside each other on one line: each has its words, in few, and none lies over another or over a cut.
#[test]
fn words_beside_close_points_do_not_meet() {
    let mut run = prepared(MONEY);
    run.seek(8);
    for snapshot in 1..3 {
        run.act(Action::Initiate { process: ProcessId(0), snapshot: SnapshotId(snapshot) }).unwrap();
    }
    for step in [run.step(), run.len()] {
        let scene = seen(&mut run, step, |view| view);
        let words: Vec<(i32, i32, String)> = scene
            .items
            .iter()
            .flat_map(|item| &item.marks)
            .filter_map(|mark| match (mark.role, &mark.shape) {
                (Role::RecordedState(_), Shape::Text(at, _, text)) => Some((at.y, at.x, text.clone())),
                _ => None,
            })
            .collect();
        assert_eq!(words.iter().filter(|(.., text)| text == "70").count(), 3, "{words:?}");
        for (at, (y, x, text)) in words.iter().enumerate() {
            for (other_y, other_x, other) in &words[at + 1..] {
                let width = 8 * i32::try_from(text.len().max(other.len())).unwrap();
                assert!((y - other_y).abs() >= 14 || (x - other_x).abs() >= width, "{text} and {other}: {words:?}");
            }
        }
    }
    run.seek(8);
    let scene = seen(&mut run, 8, |view| view);
    let alone = scene.items.iter().flat_map(|item| &item.marks).find_map(|mark| match (mark.role, &mark.shape) {
        (Role::RecordedState(_), Shape::Text(_, _, text)) => Some(text.clone()),
        _ => None,
    });
    assert_eq!(alone.as_deref(), Some("recorded 70"), "where there is room it says what it is");
}
