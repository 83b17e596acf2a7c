//! The scenarios that come with the page.

use cutline_core::Scenario;

const FILES: [&str; 5] = [
    include_str!("../scenarios/money-in-flight.cutline"),
    include_str!("../scenarios/never-occurred.cutline"),
    include_str!("../scenarios/one-marker-at-a-time.cutline"),
    include_str!("../scenarios/has-it-finished.cutline"),
    include_str!("../scenarios/circle-of-waiting.cutline"),
];

/// All of them, in the order of the picker.
pub(crate) fn scenarios() -> Vec<Scenario> {
    // A file that does not parse fails the tests; here it would only be missing from the picker.
    FILES.iter().filter_map(|text| Scenario::parse(text).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses_and_keeps_its_promises() {
        for text in FILES {
            let scenario = Scenario::parse(text).unwrap();
            assert_eq!(scenario.unmet(), [], "{}", scenario.title.en);
            assert!(!scenario.expected.is_empty(), "{} promises nothing", scenario.title.en);
        }
    }
}
