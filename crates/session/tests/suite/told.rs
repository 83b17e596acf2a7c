//! What is told of the steps of every stored scenario, whatever its algorithm.

use cutline_core::Event;
use cutline_core::event::ControlRole;
use cutline_session::{Lang, Msg, Session};
use std::fs;
use std::path::Path;

/// The sentences of each step of a stored scenario, and the session at its end.
fn told(lang: Lang, path: &Path) -> (Vec<String>, Session) {
    let mut session = Session::new(lang);
    session.open_file("run.cutline", Ok(fs::read_to_string(path).unwrap()));
    assert!(session.notice_words().is_none(), "{}: {:?}", path.display(), session.notice_words());
    let sentences = (1..=session.steps()).map(|step| {
        session.update(Msg::Seek(step));
        session.explanation().plain()
    });
    (sentences.collect(), session)
}

fn for_each_scenario(lang: Lang, mut look: impl FnMut(&str, &[String], &Session)) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["../../tests/data/scenarios", "scenarios"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let (sentences, session) = told(lang, &path);
            look(&path.display().to_string(), &sentences, &session);
        }
    }
}

#[test]
fn a_marker_is_missed_only_where_there_are_markers() {
    for (lang, words) in [(Lang::En, "the marker on"), (Lang::Zh, "上的标记还没有到")] {
        for_each_scenario(lang, |name, sentences, session| {
            let trace = session.history().trace();
            let is_marker = |event: &Event| matches!(event, Event::ControlSent { role: ControlRole::Marker(_), .. });
            let has_markers = trace.events().any(|(_, event)| is_marker(event));
            let missed = sentences.iter().find(|sentence| sentence.contains(words));
            assert!(has_markers || missed.is_none(), "{name}: {missed:?}");
        });
    }
}

/// Also where control channels, outsiders or processes that come and go belong to no snapshot.
#[test]
fn every_complete_snapshot_is_told_to_be_complete_once() {
    for_each_scenario(Lang::En, |name, sentences, session| {
        for (at, snapshot) in session.history().world().snapshots().iter().enumerate() {
            let words = format!("snapshot {} is complete", at + 1);
            let times = sentences.iter().filter(|sentence| sentence.contains(&words)).count();
            let wanted = usize::from(snapshot.has_begun() && snapshot.is_complete());
            assert_eq!(times, wanted, "{name}: {words}: {sentences:#?}");
        }
    });
}

#[test]
fn chinese_words_stand_apart_from_numbers_and_names() {
    let is_chinese = |sign: char| ('\u{4e00}'..='\u{9fff}').contains(&sign);
    for_each_scenario(Lang::Zh, |name, sentences, _| {
        for sentence in sentences {
            let signs: Vec<char> = sentence.chars().collect();
            let close = signs.windows(2).find(|pair| {
                is_chinese(pair[0]) && pair[1].is_ascii_alphanumeric()
                    || pair[0].is_ascii_alphanumeric() && is_chinese(pair[1])
            });
            assert_eq!(close, None, "{name}: {sentence}");
        }
    });
}
