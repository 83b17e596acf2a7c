//! The stored schedules come out as they must.

use cutline_tests::replay::{differences, spoiled};
use cutline_tests::schedule::Schedule;
use std::path::Path;

/// Every stored schedule with the name of its file, in the order of their names.
fn stored() -> Vec<(String, Schedule)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/schedules");
    let files = std::fs::read_dir(&folder).expect("the stored schedules are in tests/data/schedules");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    let read = |path: &Path| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let text = std::fs::read_to_string(path).expect("a text");
        let schedule = Schedule::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, schedule)
    };
    paths.iter().map(|path| read(path)).collect()
}

#[test]
fn the_stored_schedules_record_what_they_must() {
    let stored = stored();
    let lines = |(file, schedule): &(String, Schedule)| {
        differences(schedule).into_iter().map(|line| format!("{file}: {line}")).collect::<Vec<_>>()
    };
    let found: Vec<String> = stored.iter().flat_map(lines).collect();
    assert_eq!(found, Vec::<String>::new());
    assert!(stored.len() >= 7, "only {} schedules were found", stored.len());
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
