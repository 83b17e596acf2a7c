//! The scenarios that one can open.

use crate::link::name_of;
use cutline_core::Scenario;

/// Those that come with the page, in the order of the picker. Their names stand in links: they never change.
const FILES: [(&str, &str); 18] = [
    ("money-in-flight", include_str!("../scenarios/money-in-flight.cutline")),
    ("never-occurred", include_str!("../scenarios/never-occurred.cutline")),
    ("one-marker-at-a-time", include_str!("../scenarios/one-marker-at-a-time.cutline")),
    ("has-it-finished", include_str!("../scenarios/has-it-finished.cutline")),
    ("circle-of-waiting", include_str!("../scenarios/circle-of-waiting.cutline")),
    // Of those by which the other algorithms are tested.
    ("lai-yang-without-order", include_str!("../../../tests/data/scenarios/lai-yang-without-order.cutline")),
    ("vector-around-a-ring", include_str!("../../../tests/data/scenarios/vector-around-a-ring.cutline")),
    (
        "causal-order-and-a-last-word",
        include_str!("../../../tests/data/scenarios/causal-order-and-a-last-word.cutline"),
    ),
    ("back-to-the-nearest-cut", include_str!("../../../tests/data/scenarios/back-to-the-nearest-cut.cutline")),
    ("two-regions", include_str!("../../../tests/data/scenarios/two-regions.cutline")),
    ("clocks-that-differ", include_str!("../../../tests/data/scenarios/clocks-that-differ.cutline")),
    ("marker-sent-again", include_str!("../../../tests/data/scenarios/marker-sent-again.cutline")),
    ("crash-and-amnesia", include_str!("../../../tests/data/scenarios/crash-and-amnesia.cutline")),
    ("chain-of-checkpoints", include_str!("../../../tests/data/scenarios/chain-of-checkpoints.cutline")),
    ("domino", include_str!("../../../tests/data/scenarios/domino.cutline")),
    ("flink-aligned", include_str!("../../../tests/data/scenarios/flink-aligned.cutline")),
    ("flink-loop", include_str!("../../../tests/data/scenarios/flink-loop.cutline")),
    ("signals", include_str!("../../../tests/data/scenarios/signals.cutline")),
];

/// A scenario in the picker.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    /// By what links know it.
    pub(crate) name: String,
    /// Its text, if it does not come with the page: links have to bring it.
    pub(crate) text: Option<String>,
    pub(crate) scenario: Scenario,
}

impl Listed {
    /// One that comes with the page, named after its English title.
    pub(crate) fn titled(scenario: Scenario) -> Self {
        Self { name: name_of(&scenario.title.en), text: None, scenario }
    }

    /// One that came from elsewhere.
    pub(crate) fn of_text(text: String, scenario: Scenario) -> Self {
        Self { name: String::new(), text: Some(text), scenario }
    }
}

/// The text of one that comes with the page.
pub(crate) fn text_of(name: &str) -> Option<&'static str> {
    FILES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// All that come with the page.
pub(crate) fn scenarios() -> Vec<Listed> {
    let listed = FILES.iter().filter_map(|(name, text)| {
        // A file that does not parse fails the tests; here it would only be missing from the picker.
        let scenario = Scenario::parse(text).ok()?;
        Some(Listed { name: (*name).into(), text: None, scenario })
    });
    listed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses_and_keeps_its_promises() {
        for (name, text) in FILES {
            let scenario = Scenario::parse(text).unwrap();
            assert_eq!(scenario.unmet(), [], "{name}");
            assert!(!scenario.expected.is_empty(), "{name} promises nothing");
            assert_eq!(name, name_of(name), "what links can name");
        }
    }
}
