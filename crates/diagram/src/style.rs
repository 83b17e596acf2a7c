//! How the figure looks in a file: one table of colours and one of rules. The page's `web/styles` has the same
//! rules and colours, which a test compares; here each colour is written out, since most programs that show SVG know
//! no variables.

use std::fmt::Write;

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

/// Each colour by its name: on light, on dark.
pub const COLOURS: [(&str, &str, &str); 17] = [
    ("paper", "#faf8f4", "#131519"),
    ("panel", "#fffefb", "#1a1d22"),
    ("ink", "#1d2127", "#ece8e0"),
    ("soft", "#555c67", "#a8aeb8"),
    ("faint", "#6c727c", "#8d949f"),
    ("rule", "#e4dfd5", "#2b2f36"),
    ("edge", "#8b867c", "#6c727c"),
    ("msg", "#3f4a5a", "#b4bfcc"),
    ("bad", "#a3182c", "#ff9aa5"),
    ("a0", "#c2410c", "#ff8a4c"),
    ("a0-ink", "#9a3412", "#ffb38a"),
    ("a1", "#0f6f78", "#4cc3cd"),
    ("a1-ink", "#0b5a62", "#7fdce4"),
    ("a2", "#7338c2", "#b794ff"),
    ("a2-ink", "#5f2aa6", "#cbb2ff"),
    ("a3", "#9c1a6b", "#ff85c8"),
    ("a3-ink", "#861459", "#ffaedb"),
];

/// How the markers of the four snapshots are dashed, so that not only colour tells them apart.
pub const DASHES: [&str; 4] = ["5 4", "2 4", "9 3 2 3", "11 4"];

/// The same where looks come again.
pub const DASH_AGAIN: &str = "8 3 2 3 2 3";

/// Selector and declarations, as on the page within `.diagram`. `--accent` is the colour of the mark's snapshot.
pub const RULES: &[(&str, &str)] = &[
    (".past", "fill: var(--wash); opacity: .62; pointer-events: none;"),
    (".lane", "stroke: var(--edge); stroke-width: 1.5;"),
    (".lane-ahead", "stroke: var(--edge); stroke-width: 1.7; stroke-dasharray: 1 7; stroke-linecap: round;"),
    (".now", "stroke: var(--edge); stroke-width: 1;"),
    ("text.caption", "fill: var(--faint); font-size: 12px;"),
    (
        ".cut, .cut-so-far",
        "fill: none; stroke: var(--accent); stroke-width: 2.6; stroke-linecap: round; pointer-events: none;",
    ),
    (".cut-so-far", "stroke-dasharray: 1 6;"),
    ("text.cut-name", "fill: var(--accent-ink); font-size: 13px; font-weight: 700;"),
    (
        "text.more-queued",
        "fill: var(--soft); font-size: 12px; paint-order: stroke; stroke: var(--paper); stroke-width: 4px;",
    ),
    (
        ".own-cut",
        "fill: none; stroke: var(--ink); stroke-width: 2.2; stroke-dasharray: 7 5; stroke-linecap: round; pointer-events: none;",
    ),
    (
        ".own-cut-wrong",
        "fill: none; stroke: var(--bad); stroke-width: 2.6; stroke-dasharray: 7 5; stroke-linecap: round; pointer-events: none;",
    ),
    (".own-handle", "fill: var(--panel); stroke: var(--ink); stroke-width: 2; stroke-linejoin: round;"),
    (".own-orphan", "stroke: var(--bad); stroke-width: 9; stroke-linecap: round; opacity: .42; pointer-events: none;"),
    (
        ".own-in-transit",
        "stroke: var(--ink); stroke-width: 9; stroke-linecap: round; opacity: .13; pointer-events: none;",
    ),
    (".message, .message-in-channel", "stroke: var(--msg); stroke-width: 1.9; fill: none;"),
    (".message-in-channel", "stroke: var(--accent); stroke-width: 2.2;"),
    (".message.tip", "fill: var(--msg); stroke: var(--msg); stroke-linejoin: round; stroke-width: 1;"),
    (".message-in-channel.tip", "fill: var(--accent); stroke-linejoin: round; stroke-width: 1;"),
    (".marker", "stroke: var(--accent); stroke-width: 1.5; stroke-dasharray: var(--dash); fill: none;"),
    (".marker-sending", "fill: var(--accent);"),
    (".report", "stroke: var(--accent); stroke-width: 1.5; stroke-dasharray: 1 4; stroke-linecap: round; fill: none;"),
    (".sending", "fill: var(--msg);"),
    (".receipt", "fill: var(--paper); stroke: var(--msg); stroke-width: 1.9;"),
    (".act", "fill: var(--paper); stroke: var(--msg); stroke-width: 1.9;"),
    (".loss, .crash, .corruption", "stroke: var(--bad); stroke-width: 2.4; stroke-linecap: round; fill: none;"),
    (".lane-end", "stroke: var(--ink); stroke-width: 2.4; stroke-linecap: round;"),
    (".outage", "stroke: var(--paper); stroke-width: 4; stroke-dasharray: 3 7;"),
    (".restart", "fill: var(--paper); stroke: var(--msg); stroke-width: 1.9; stroke-linejoin: round;"),
    (".fence", "stroke: var(--faint); stroke-width: 9; stroke-dasharray: 1.5 7; pointer-events: none;"),
    (".fence-post", "stroke: var(--faint); stroke-width: 2; stroke-linecap: round; pointer-events: none;"),
    (".bar", "fill: none; stroke: var(--msg); stroke-width: 2.6; stroke-linecap: round;"),
    (
        ".alarm",
        "stroke: var(--soft); stroke-width: 3.4; stroke-dasharray: 0 7; stroke-linecap: round; pointer-events: none;",
    ),
    (
        ".ringing",
        "fill: var(--paper); stroke: var(--soft); stroke-width: 1.3; stroke-linecap: round; stroke-linejoin: round;",
    ),
    (".held-back", "stroke: var(--msg); stroke-width: 5; stroke-dasharray: 2 3; opacity: .7;"),
    ("rect.label", "fill: var(--paper);"),
    ("text.label", "font-size: 14px; font-weight: 600;"),
    ("rect.label-in-channel", "fill: var(--accent);"),
    ("text.label-in-channel", "font-size: 14px; font-weight: 700; fill: var(--paper);"),
    (".white", "fill: var(--paper); stroke: var(--msg); stroke-width: 1.6;"),
    (".red", "fill: var(--accent); stroke: var(--paper); stroke-width: 1.2;"),
    ("text.rider", "font-size: 11px; font-weight: 600; fill: var(--soft);"),
    ("text.rider-in-channel", "font-size: 11px; font-weight: 600; fill: var(--paper);"),
    (".recording", "fill: var(--paper); stroke: var(--accent); stroke-width: 2.6;"),
    (".recording-core", "fill: var(--accent);"),
    (
        "text.recorded-state",
        "font-size: 14px; font-weight: 700; fill: var(--accent-ink); paint-order: stroke; stroke: var(--paper); \
         stroke-width: 5px; stroke-linejoin: round;",
    ),
    ("text.recording-number", "font-size: 11px; font-weight: 700; fill: var(--accent-ink);"),
    (".handle", "fill: var(--panel); stroke: var(--msg); stroke-width: 1.6;"),
    (".marker-handle", "fill: var(--panel); stroke: var(--accent); stroke-width: 1.8; stroke-dasharray: 3 2.5;"),
    (
        ".handle-sign, .marker-handle-sign",
        "fill: none; stroke: var(--msg); stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; \
         pointer-events: none;",
    ),
    (".marker-handle-sign", "stroke: var(--accent);"),
    (".queued", "fill: var(--paper); stroke: var(--msg); stroke-width: 1.5;"),
    (".marker-queued", "fill: var(--paper); stroke: var(--accent); stroke-width: 1.5;"),
    (".hit-area", "fill: transparent;"),
    (".acts", "fill: var(--paper); stroke: var(--msg); stroke-width: 1.9;"),
    (
        "text.act-count",
        "fill: var(--soft); font-size: 12px; paint-order: stroke; stroke: var(--paper); stroke-width: 4px;",
    ),
    (".ghost-message", "stroke: var(--msg); stroke-width: 1.1; fill: none; opacity: .64;"),
    (".ghost-message.tip", "fill: var(--msg);"),
    (".ghost-end", "fill: var(--msg); opacity: .64;"),
    (
        "text.ghost-label",
        "fill: var(--faint); font-size: 12px; paint-order: stroke; stroke: var(--paper); stroke-width: 5px; stroke-linejoin: round;",
    ),
    (
        ".ghost-marker",
        "stroke: var(--accent); stroke-width: 1; stroke-dasharray: var(--dash); fill: none; opacity: .77;",
    ),
    (".ghost-recording", "stroke: var(--accent); stroke-width: 1.3; fill: none; opacity: .77;"),
    (".traffic", "stroke: var(--msg); stroke-width: 1; fill: none; opacity: .32;"),
    (".ghost-traffic", "stroke: var(--msg); stroke-width: 1; fill: none; opacity: .12;"),
    (".marker-traffic", "stroke: var(--accent); stroke-width: 1.2; fill: none; opacity: .6;"),
    (".busy", "stroke: var(--msg); stroke-width: 3; opacity: .4;"),
    (".busy-more", "stroke: var(--msg); stroke-width: 5; opacity: .6;"),
    (".busy-most", "stroke: var(--msg); stroke-width: 7; opacity: .8;"),
];

const SANS: &str = "ui-sans-serif, system-ui, Inter, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'PingFang SC', \
                    'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";
const SERIF: &str = "ui-serif, 'Iowan Old Style', Charter, 'Source Serif 4', Georgia, 'Noto Serif', 'Songti SC', \
                     'Noto Serif CJK SC', serif";

/// The style sheet of a picture for [`crate::svg::text`]; `compact` as in [`crate::View`].
#[must_use]
pub fn sheet(theme: Theme, compact: bool) -> String {
    let (name, state) = if compact { (19, 13) } else { (25, 15) };
    let mut out = String::new();
    let mut put = |selector: &str, declarations: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{selector} {{ {declarations} }}");
    };
    put(".paper", &resolved("fill: var(--paper);", theme, 0));
    put("text", &resolved(&format!("font-family: {SANS}; fill: var(--ink);"), theme, 0));
    put("text.name", &format!("font: 600 {name}px {SERIF};"));
    put("text.name.close", &format!("font: 600 15px {SERIF};"));
    put("text.state", &resolved(&format!("font-size: {state}px; fill: var(--soft);"), theme, 0));
    for (selector, declarations) in RULES {
        let coloured = ["--accent", "--wash", "--dash"].iter().any(|variable| declarations.contains(variable));
        if coloured {
            for snapshot in 0..DASHES.len() {
                let of = |part: &str| format!("{part}.s{snapshot}");
                let selector: Vec<String> = selector.split(", ").map(of).collect();
                put(&selector.join(", "), &resolved(declarations, theme, snapshot));
            }
        } else {
            put(selector, &resolved(declarations, theme, 0));
        }
    }
    put(".marker.again, .ghost-marker.again", &format!("stroke-dasharray: {DASH_AGAIN};"));
    put(".marker.tip, .report.tip, .ghost-marker.tip", "stroke-dasharray: none;");
    if compact {
        put("text.label, text.label-in-channel", "font-size: 13px;");
        put("text.recorded-state", "font-size: 12px;");
    }
    out
}

/// The declarations with each variable replaced by what it stands for.
fn resolved(declarations: &str, theme: Theme, snapshot: usize) -> String {
    let mut out = declarations.replace("var(--wash)", "var(--accent); fill-opacity: .1");
    out = out.replace("var(--accent", &format!("var(--a{snapshot}")).replace("var(--dash)", DASHES[snapshot]);
    for (name, light, dark) in COLOURS {
        let colour = if theme == Theme::Light { light } else { dark };
        out = out.replace(&format!("var(--{name})"), colour);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variable_is_replaced() {
        for theme in [Theme::Light, Theme::Dark] {
            let sheet = sheet(theme, true);
            assert!(!sheet.contains("var("), "{sheet}");
            assert!(sheet.contains(".marker.s1 { stroke: "), "{sheet}");
        }
        assert_ne!(sheet(Theme::Light, false), sheet(Theme::Dark, false));
    }
}
