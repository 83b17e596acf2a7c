//! The catalogue of strings.

use cutline_session::Lang;
use cutline_session::catalogue::{Entry, PARTS};

/// Where the other language is meant to stand.
const OTHER_LANGUAGE: [&str; 1] = ["Text::OtherLanguage"];
/// What is the same in every language.
const NO_WORDS: [&str; 2] = ["Text::StepOf", "SideText::SnapshotStands"];

fn entries() -> impl Iterator<Item = Entry> {
    PARTS.iter().copied().flatten().copied()
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Full-width punctuation counts too.
fn is_wide(c: char) -> bool {
    c >= '\u{2e80}'
}

/// The places of a template, sorted.
fn places(template: &str) -> Vec<&str> {
    let parts = template.split('{').skip(1);
    let mut places: Vec<&str> = parts.map(|part| part.split_once('}').expect("an open place is closed").0).collect();
    places.sort_unstable();
    places.dedup();
    places
}

fn stars(template: &str) -> usize {
    template.matches('*').count()
}

#[test]
fn every_key_has_words_in_both_languages() {
    for Entry { key, en, zh } in entries() {
        assert!(!en.trim().is_empty() && !zh.trim().is_empty(), "{key} says nothing in one language");
    }
}

#[test]
fn both_languages_fill_in_the_same_and_emphasise_as_often() {
    for Entry { key, en, zh } in entries() {
        assert_eq!(places(en), places(zh), "{key}");
        assert_eq!(stars(en), stars(zh), "{key}");
        for template in [en, zh] {
            assert_eq!(stars(template) % 2, 0, "{key}: emphasis begins and ends in {template:?}");
            assert_eq!(template.matches('{').count(), template.matches('}').count(), "{key}");
            let named = places(template).iter().all(|place| place.chars().all(|c| c.is_ascii_lowercase()));
            assert!(named, "{key}: {template:?}");
        }
    }
}

#[test]
fn chinese_is_chinese_and_english_is_english() {
    for Entry { key, en, zh } in entries() {
        if OTHER_LANGUAGE.contains(&key) {
            assert!(en.chars().any(is_chinese) && !zh.chars().any(is_wide), "{key} speaks the other language");
            continue;
        }
        assert!(!en.chars().any(is_wide), "{key} in English: {en}");
        assert!(NO_WORDS.contains(&key) || zh.chars().any(is_chinese), "{key} in Chinese: {zh}");
    }
}

#[test]
fn chinese_sentences_use_chinese_punctuation() {
    for Entry { key, zh, .. } in entries().filter(|entry| !OTHER_LANGUAGE.contains(&entry.key)) {
        let words = zh.replace("{", "").replace("}", "");
        for mark in [',', ';', ':', '?', '!'] {
            assert!(!words.contains(mark), "{key}: {mark:?} in {zh}");
        }
        assert!(!zh.ends_with('.'), "{key}: {zh}");
    }
}

#[test]
fn a_sentence_ends_alike_in_both_languages() {
    for Entry { key, en, zh } in entries() {
        let ends = |text: &str, stop: char| text.trim_end().trim_end_matches('*').ends_with(stop);
        assert_eq!(ends(en, '.'), ends(zh, '。'), "{key}: {en} / {zh}");
    }
}

#[test]
fn every_language_has_a_tag_of_its_own_and_another() {
    for lang in [Lang::En, Lang::Zh] {
        assert_eq!(lang.other().other(), lang);
        assert_ne!(lang.other().tag(), lang.tag());
    }
}

/// A part that were not listed would escape all that is looked at here.
#[test]
fn every_part_is_listed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/catalogue");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let texts = files.chain([concat!(env!("CARGO_MANIFEST_DIR"), "/src/catalogue.rs").into()]);
    let mut declared: Vec<String> = texts
        .flat_map(|file| {
            let text = std::fs::read_to_string(file).unwrap();
            let tables = text.lines().filter_map(|line| line.strip_prefix("catalogue! { "));
            tables.map(|table| table.trim_end_matches(';').to_owned()).collect::<Vec<_>>()
        })
        .collect();
    let table = |part: &&[Entry]| part[0].key.split("::").next().unwrap().to_owned();
    let mut listed: Vec<String> = PARTS.iter().map(table).collect();
    declared.sort();
    listed.sort();
    assert_eq!(declared, listed);
}

/// What the page tests say in one language they have to be able to say in the other: what they name is in the catalogue.
#[test]
fn the_lessons_of_the_page_tests_are_in_the_catalogue() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/browser");
    let mut named = 0;
    for file in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).filter(|file| file.is_file()) {
        let text = std::fs::read_to_string(&file).unwrap();
        for call in text.split("say(lang, \"").skip(1) {
            let name = call.split('"').next().unwrap();
            let key = if name.contains("::") { name.to_owned() } else { format!("Text::{name}") };
            assert!(entries().any(|entry| entry.key == key), "{}: {key}", file.display());
            named += 1;
        }
    }
    assert!(named > 20, "{named}");
}
