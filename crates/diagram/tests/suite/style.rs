//! The page and the files look alike.

use cutline_diagram::style::{COLOURS, DASHES, RULES};

/// The page's style sheets for colours and the figure, with single spaces.
fn page() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/styles");
    let sheet = |name| std::fs::read_to_string(format!("{folder}/{name}")).expect("a style sheet of the page");
    let text = sheet("base.css") + &sheet("figure.css");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_page_has_the_same_colours_and_dashes() {
    let page = page();
    for (name, light, dark) in COLOURS {
        let line = format!("--{name}: light-dark({light}, {dark});");
        assert!(page.contains(&line), "web/styles lacks {line}");
    }
    for dash in DASHES {
        assert!(page.contains(&format!("--dash: {dash};")), "web/styles lacks the dashes {dash}");
    }
}

#[test]
fn the_page_has_the_same_rules() {
    let page = page();
    for (selector, declarations) in RULES {
        let selectors: Vec<String> = selector.split(", ").map(|one| format!(".diagram {one}")).collect();
        let rule = format!("{} {{ {declarations} }}", selectors.join(", "));
        assert!(page.contains(&rule), "web/styles lacks {rule}");
    }
}
