//! The sources: no visible string goes past the catalogue, and none of the catalogue is idle.

use cutline_session::catalogue::PARTS;
use std::fs;
use std::path::{Path, PathBuf};

/// Proper names and signs, the same in every language.
const ALLOWED: [&str; 4] = ["Cutline", "×", "+", "="];
/// Attributes whose words a reader sees or hears.
const SPOKEN: [&str; 7] =
    ["aria-label", "aria-valuetext", "aria-description", "aria-roledescription", "title", "alt", "placeholder"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All sources of a crate, with their names.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "no sources in {folder}");
    found
}

/// The bodies of all `html!` in a source, those inside others included.
fn html_bodies(source: &str) -> Vec<&str> {
    let starts = source.match_indices("html! {").map(|(at, start)| at + start.len());
    starts.map(|from| &source[from..from + end_of_block(&source[from..])]).collect()
}

/// Where the block ends that is open at the beginning.
fn end_of_block(source: &str) -> usize {
    let mut depth = 1;
    let mut rest = source.char_indices();
    while let Some((at, c)) = rest.next() {
        match c {
            '"' => while rest.next().is_some_and(|(_, c)| c != '"') {},
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    source.len()
}

/// Each string in an `html!` body, with what stands before it.
fn strings(body: &str) -> Vec<(&str, &str)> {
    let quotes: Vec<usize> = body.match_indices('"').map(|(at, _)| at).collect();
    let pairs = quotes.chunks(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
    pairs.map(|(open, close)| (&body[..open], &body[open + 1..close])).collect()
}

/// The attribute that a string is the value of, if any. `a="..."`, `a={"..."}` and `a={format!("...")}` are alike.
fn attribute(before: &str) -> Option<&str> {
    let before = before.trim_end();
    let before = before.strip_suffix("format!(").unwrap_or(before).trim_end();
    let before = before.strip_suffix('{').unwrap_or(before).trim_end().strip_suffix('=')?;
    before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-').next()
}

/// Whether a string is a child of an element: alone in braces, or formatted there.
fn is_child(before: &str) -> bool {
    let before = before.trim_end();
    let before = before.strip_suffix("format!(").unwrap_or(before).trim_end();
    attribute(before).is_none() && before.ends_with(['{', '>'])
}

/// The strings of a source that a reader would see in one language only.
fn bypassing(source: &str) -> Vec<&str> {
    let all = html_bodies(source).into_iter().flat_map(strings);
    let seen =
        all.filter(|(before, _)| attribute(before).is_some_and(|name| SPOKEN.contains(&name)) || is_child(before));
    let words = seen.map(|(_, text)| text).filter(|text| text.chars().any(char::is_alphabetic));
    words.filter(|text| !ALLOWED.contains(text)).collect()
}

#[test]
fn no_visible_string_goes_past_the_catalogue() {
    for (name, source) in sources("web/src") {
        assert_eq!(bypassing(&source), [""; 0], "{name}: put it into the catalogue, in both languages");
        assert!(!source.contains("set_title(\""), "{name}: the title of the document is for the catalogue too");
    }
}

/// A strict content security policy forbids style attributes; a property is allowed.
#[test]
fn styles_are_set_by_property() {
    let (mut set, mut forbidden) = (0, Vec::new());
    for (name, source) in sources("web/src") {
        set += source.matches("~style={").count();
        let given = [" style={", " {style}"].into_iter().flat_map(|how| source.match_indices(how));
        // Components may take a style as they like; elements have small letters.
        let tags = given.filter_map(|(at, _)| source[..at].rfind('<').map(|tag| &source[tag + 1..]));
        forbidden
            .extend(tags.filter(|tag| tag.starts_with(|first: char| first.is_ascii_lowercase())).map(|_| name.clone()));
    }
    assert_eq!(forbidden, [""; 0], "write ~style={{...}}");
    assert!(set > 2, "only {set} styles are set: has the notation changed?");
}

#[test]
fn the_search_finds_what_it_is_to_find() {
    let source = r#"
        fn a() -> Html {
            let class = if on { "not seen" } else { "nor this" };
            html! {
                <p class="fine" aria-label="Spoken" title={"Hovered"} style={format!("top:{y}px")}>
                    { "Plain" }{ "×" }{ "Cutline" }{ say(Text::Close) }{ format!("{n} made up") }
                    { for items.map(|item| html! { <i data-x="fine">{ "Nested" }</i> }) }
                </p>
            }
        }"#;
    let mut found = bypassing(source);
    found.sort_unstable();
    found.dedup();
    assert_eq!(found, ["Hovered", "Nested", "Plain", "Spoken", "{n} made up"]);
}

#[test]
fn the_page_has_html_to_search() {
    let bodies: usize = sources("web/src").iter().map(|(_, source)| html_bodies(source).len()).sum();
    assert!(bodies > 20, "only {bodies} uses of html! found: has its notation changed?");
}

#[test]
fn every_string_of_the_catalogue_is_used() {
    let all: String =
        ["web/src", "crates/session/src"].iter().flat_map(|folder| sources(folder)).map(|(_, source)| source).collect();
    let keys = PARTS.iter().copied().flatten().map(|entry| entry.key);
    let idle: Vec<&str> = keys.filter(|key| !is_named(&all, key)).collect();
    assert_eq!(idle, [""; 0], "remove these keys, or use them");
}

fn is_named(source: &str, key: &str) -> bool {
    source.match_indices(key).any(|(at, _)| {
        let starts = source[..at].ends_with(|before: char| !before.is_alphanumeric());
        starts && !source[at + key.len()..].starts_with(char::is_alphanumeric)
    })
}
