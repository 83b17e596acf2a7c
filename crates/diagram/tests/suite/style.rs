//! The page and the files look alike.

use cutline_diagram::style::{COLOURS, DASHES, RULES};

/// The page's style sheet with single spaces.
fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/style.css");
    let text = std::fs::read_to_string(path).expect("the page's style sheet");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_page_has_the_same_colours_and_dashes() {
    let page = page();
    for (name, light, dark) in COLOURS {
        let line = format!("--{name}: light-dark({light}, {dark});");
        assert!(page.contains(&line), "web/style.css lacks {line}");
    }
    for dash in DASHES {
        assert!(page.contains(&format!("--dash: {dash};")), "web/style.css lacks the dashes {dash}");
    }
}

#[test]
fn the_page_has_the_same_rules() {
    let page = page();
    for (selector, declarations) in RULES {
        let selectors: Vec<String> = selector.split(", ").map(|one| format!(".diagram {one}")).collect();
        let rule = format!("{} {{ {declarations} }}", selectors.join(", "));
        assert!(page.contains(&rule), "web/style.css lacks {rule}");
    }
}
