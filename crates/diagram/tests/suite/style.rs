//! The page and the files look alike.

use cutline_diagram::style::{COLOURS, DASH_AGAIN, DASHES, RULES};

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
    for dash in DASHES.into_iter().chain([DASH_AGAIN]) {
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

/// How bright a colour is, as WCAG 2.2 has it.
fn luminance(colour: [f64; 3]) -> f64 {
    let linear = |part: f64| if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

fn mixed(over: [f64; 3], under: [f64; 3], opacity: f64) -> [f64; 3] {
    std::array::from_fn(|at| over[at] * opacity + under[at] * (1.0 - opacity))
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    a.max(b) / a.min(b)
}

/// What is to come, and the branch that was left, are faint and can be seen: 3 to 1 against the paper and any cut's past.
#[test]
fn faint_marks_can_be_seen() {
    let colour = |name: &str, dark: bool| {
        let (_, light, on_dark) = COLOURS.iter().find(|(known, ..)| *known == name).expect("a colour");
        let hex = if dark { on_dark } else { light };
        std::array::from_fn(|at| f64::from(u8::from_str_radix(&hex[1 + 2 * at..3 + 2 * at], 16).unwrap()) / 255.0)
    };
    let mut looked_at = 0;
    for (selector, declarations) in RULES.iter().filter(|(selector, _)| {
        selector.starts_with(".ghost-") && !selector.contains("traffic") && !selector.contains("tip")
    }) {
        let (_, after) = declarations.split_once("opacity: ").expect("faint by its opacity");
        let opacity: f64 = after.split(';').next().unwrap().parse().unwrap();
        for dark in [false, true] {
            for accent in ["a0", "a1", "a2", "a3"] {
                let name = if declarations.contains("--accent") { accent } else { "msg" };
                // The wash of a past is a tenth of its colour, at its own opacity.
                let past = mixed(colour(accent, dark), colour("paper", dark), 0.1 * 0.62);
                for under in [colour("paper", dark), past] {
                    let against = contrast(mixed(colour(name, dark), under, opacity), under);
                    assert!(against >= 3.0, "{selector} in {name}, dark {dark}: {against:.2} to 1");
                    assert!(opacity < 0.8, "{selector} is faint");
                    looked_at += 1;
                }
            }
        }
    }
    assert!(looked_at >= 4 * 16, "messages, their ends, markers and recordings");
}

/// Every role that a rule paints has a class of its own, as the roles of what goes wrong stand apart.
#[test]
fn roles_of_trouble_have_their_classes() {
    use cutline_diagram::Role;
    let trouble = [
        (Role::Loss, "loss"),
        (Role::Corruption, "corruption"),
        (Role::Outage, "outage"),
        (Role::Fence, "fence"),
        (Role::Bar, "bar"),
        (Role::Ringing, "ringing"),
        (Role::HeldBack, "held-back"),
    ];
    for (role, class) in trouble {
        assert_eq!(role.class(), class);
        assert!(RULES.iter().any(|(selector, _)| selector.contains(class)), "{class}");
    }
}
