//! The stored schedules come out as they must.

use cutline_formats::{Outcome, Recorded, ScheduleFile, Wanted};
use serde_json::json;
use std::path::Path;

/// Every stored schedule with the name of its file, in the order of their names.
fn stored() -> Vec<(String, ScheduleFile)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/schedules");
    let files = std::fs::read_dir(&folder).expect("the stored schedules are in tests/data/schedules");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    let read = |path: &Path| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let text = std::fs::read_to_string(path).expect("a text");
        let schedule = ScheduleFile::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, schedule)
    };
    paths.iter().map(|path| read(path)).collect()
}

/// Plays a schedule; each difference is a line that names the field.
fn differences(schedule: &ScheduleFile) -> Vec<String> {
    let history = match schedule.scenario() {
        Ok(scenario) => scenario.play(),
        Err(error) => return vec![error.to_string()],
    };
    let found = schedule.expect.as_ref().expect("it says what must come out").differences(&history);
    found.into_iter().map(|one| format!("{}: expected {}, found {}", one.field, one.expected, one.found)).collect()
}

#[test]
fn the_stored_schedules_record_what_they_must() {
    let stored = stored();
    let lines = |(file, schedule): &(String, ScheduleFile)| {
        differences(schedule).into_iter().map(|line| format!("{file}: {line}")).collect::<Vec<_>>()
    };
    let found: Vec<String> = stored.iter().flat_map(lines).collect();
    assert_eq!(found, Vec::<String>::new());
    assert!(stored.len() >= 19, "only {} schedules were found", stored.len());
}

#[test]
fn a_schedule_with_a_wrong_expectation_is_found_out() {
    for (file, schedule) in stored() {
        for (field, wrong) in spoiled(&schedule) {
            let found = differences(&wrong);
            assert!(found.iter().all(|line| line.contains(field)), "{file}, {field}: {found:?}");
            assert!(!found.is_empty(), "{file}, {field}");
        }
    }
}

/// A field, and what makes it wrong.
type Change = (&'static str, fn(&mut Recorded));

fn said<T>(field: &mut Wanted<T>) -> &mut T {
    field.this_mut().expect("stored schedules say everything")
}

fn other(answer: &mut Option<bool>) {
    *answer = Some(*answer != Some(true));
}

/// Every schedule that has one field of its outcome changed.
fn spoiled(schedule: &ScheduleFile) -> Vec<(&'static str, ScheduleFile)> {
    let change: [Change; 8] = [
        ("recorded", |r| said(&mut r.recorded)[0] = json!(["elsewhere"])),
        ("channels", |r| said(&mut r.channels)[0] = Some(vec![(99, json!(1))])),
        ("complete", |r| *said(&mut r.complete) ^= true),
        ("total", |r| *said(&mut r.total) = Some(99)),
        ("violations", |r| said(&mut r.violations).push(("missing".to_owned(), 0, 99))),
        ("vector_clock_consistent", |r| other(said(&mut r.vector_clock_consistent))),
        ("events_before_recording", |r| said(&mut r.events_before_recording)[0] = Some(99)),
        ("occurred", |r| other(said(&mut r.occurred))),
    ];
    let with = |change: fn(&mut Recorded)| {
        let mut changed = schedule.clone();
        changed.expect.iter_mut().flat_map(|expect| expect.snapshots.values_mut()).for_each(change);
        changed
    };
    let mut all: Vec<_> = change.map(|(field, change)| (field, with(change))).into();
    let whole: [(_, fn(&mut Outcome)); 2] = [
        ("final_states", |expect| said(&mut expect.final_states)[0] = json!(["elsewhere"])),
        ("left_in_channels", |expect| said(&mut expect.left_in_channels)[0].push("mark".to_owned())),
    ];
    for (field, change) in whole {
        let mut changed = schedule.clone();
        changed.expect.iter_mut().for_each(change);
        all.push((field, changed));
    }
    all
}
