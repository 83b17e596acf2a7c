//! The scenarios that one can open.

use crate::catalogue::groups::GroupText;
use crate::link::name_of;
use cutline_core::Scenario;

/// Those that come with the page, in the order of the picker. Their names stand in links: they never change.
const GROUPS: [(GroupText, &[(&str, &str)]); 7] = [
    (
        GroupText::Beginning,
        &[
            ("money-in-flight", include_str!("../scenarios/money-in-flight.cutline")),
            ("never-occurred", include_str!("../scenarios/never-occurred.cutline")),
            ("one-marker-at-a-time", include_str!("../scenarios/one-marker-at-a-time.cutline")),
        ],
    ),
    (
        GroupText::Finding,
        &[
            ("has-it-finished", include_str!("../scenarios/has-it-finished.cutline")),
            ("circle-of-waiting", include_str!("../scenarios/circle-of-waiting.cutline")),
            ("signals", include_str!("../../../tests/data/scenarios/signals.cutline")),
        ],
    ),
    (
        GroupText::Disorder,
        &[
            ("lai-yang-without-order", include_str!("../../../tests/data/scenarios/lai-yang-without-order.cutline")),
            ("vector-around-a-ring", include_str!("../../../tests/data/scenarios/vector-around-a-ring.cutline")),
            (
                "numbers-and-a-repeated-message",
                include_str!("../../../tests/data/scenarios/numbers-and-a-repeated-message.cutline"),
            ),
            ("causal-order-and-sums", include_str!("../../../tests/data/scenarios/causal-order-and-sums.cutline")),
            (
                "causal-order-and-a-last-word",
                include_str!("../../../tests/data/scenarios/causal-order-and-a-last-word.cutline"),
            ),
            ("back-to-the-nearest-cut", include_str!("../../../tests/data/scenarios/back-to-the-nearest-cut.cutline")),
        ],
    ),
    (
        GroupText::Others,
        &[
            ("naive-instants", include_str!("../../../tests/data/scenarios/naive-instants.cutline")),
            ("clocks-that-differ", include_str!("../../../tests/data/scenarios/clocks-that-differ.cutline")),
            ("two-regions", include_str!("../../../tests/data/scenarios/two-regions.cutline")),
            ("used-channels-only", include_str!("../../../tests/data/scenarios/used-channels-only.cutline")),
            ("checkpoints-by-messages", include_str!("../../../tests/data/scenarios/checkpoints-by-messages.cutline")),
            ("chain-of-checkpoints", include_str!("../../../tests/data/scenarios/chain-of-checkpoints.cutline")),
            ("domino", include_str!("../../../tests/data/scenarios/domino.cutline")),
        ],
    ),
    (
        GroupText::Flows,
        &[
            ("flink-aligned", include_str!("../../../tests/data/scenarios/flink-aligned.cutline")),
            ("flink-unaligned", include_str!("../../../tests/data/scenarios/flink-unaligned.cutline")),
            ("flink-at-least-once", include_str!("../../../tests/data/scenarios/flink-at-least-once.cutline")),
            ("flink-loop", include_str!("../../../tests/data/scenarios/flink-loop.cutline")),
        ],
    ),
    (
        GroupText::Faults,
        &[
            ("marker-sent-again", include_str!("../../../tests/data/scenarios/marker-sent-again.cutline")),
            (
                "corrupted-and-sent-again",
                include_str!("../../../tests/data/scenarios/corrupted-and-sent-again.cutline"),
            ),
            ("crash-and-amnesia", include_str!("../../../tests/data/scenarios/crash-and-amnesia.cutline")),
            ("crash-and-log", include_str!("../../../tests/data/scenarios/crash-and-log.cutline")),
            ("partition-and-heal", include_str!("../../../tests/data/scenarios/partition-and-heal.cutline")),
        ],
    ),
    (
        GroupText::Members,
        &[
            ("joining-as-a-member", include_str!("../../../tests/data/scenarios/joining-as-a-member.cutline")),
            ("leaving-in-order", include_str!("../../../tests/data/scenarios/leaving-in-order.cutline")),
            ("leaving-without-a-word", include_str!("../../../tests/data/scenarios/leaving-without-a-word.cutline")),
        ],
    ),
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

fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    GROUPS.iter().flat_map(|(_, files)| files.iter().copied())
}

/// What the scenarios of a group have in common; none of one that did not come with the page.
pub(crate) fn group_of(name: &str) -> Option<GroupText> {
    GROUPS.iter().find(|(_, files)| files.iter().any(|(known, _)| *known == name)).map(|(group, _)| *group)
}

/// The text of one that comes with the page.
pub(crate) fn text_of(name: &str) -> Option<&'static str> {
    files().find(|(known, _)| *known == name).map(|(_, text)| text)
}

/// All that come with the page.
pub(crate) fn scenarios() -> Vec<Listed> {
    let listed = files().filter_map(|(name, text)| {
        // A file that does not parse fails the tests; here it would only be missing from the picker.
        let scenario = Scenario::parse(text).ok()?;
        Some(Listed { name: name.into(), text: None, scenario })
    });
    listed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses_and_keeps_its_promises() {
        for (name, text) in files() {
            let scenario = Scenario::parse(text).unwrap();
            assert_eq!(scenario.unmet(), [], "{name}");
            assert!(!scenario.expected.is_empty(), "{name} promises nothing");
            assert_eq!(name, name_of(name), "what links can name");
            for words in [&scenario.title, &scenario.about] {
                assert!(!words.zh.is_ascii(), "{name} says nothing in Chinese");
            }
        }
    }
}
