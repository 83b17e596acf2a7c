//! Scenarios that break what an algorithm needs: their runs are shortest ones that go wrong, as the explorer finds them.

use cutline_core::explore::{Exploration, Explorer, Planned, View};
use cutline_core::{Action, Scenario, SnapshotId};

const WRONG: [&str; 3] = [
    include_str!("../data/scenarios/regions-without-order.cutline"),
    include_str!("../data/scenarios/checkpoints-too-late.cutline"),
    include_str!("../data/scenarios/checkpoint-without-waiting.cutline"),
];

#[test]
fn no_shorter_run_goes_wrong() {
    for text in WRONG {
        let scenario = Scenario::parse(text).expect("a scenario");
        assert!(scenario.unmet().is_empty(), "{}", scenario.title.en);
        let initiators = scenario.script.iter().filter_map(|action| match action {
            Action::Initiate { process, .. } => Some(*process),
            _ => None,
        });
        let planned = Planned { id: SnapshotId(0), initiators: initiators.collect() };
        let exploration = Exploration::new(scenario.system.clone(), vec![planned]).viewed(View::Tagged);
        let mut explorer = Explorer::new(exploration, scenario.algorithm.without_collecting());
        explorer.run();
        let found = explorer.tagged_figures();
        let complete = found.counterexamples.iter().filter(|example| example.violation.complete);
        let shortest = complete.map(|example| example.actions.len()).min();
        assert_eq!(shortest, Some(scenario.script.len()), "{}", scenario.title.en);
    }
}
