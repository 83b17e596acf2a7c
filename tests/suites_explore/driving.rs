//! However the explorer is driven it finds the same; and when it stops early it says so.

use crate::figures::known;
use cutline_core::ChandyLamport;
use cutline_core::explore::{Batch, Exploration, Explorer, Progress, Reduction, Status, View};

use cutline_tests::stored;

/// The explorations of all stored systems that end.
pub(crate) fn all() -> Vec<(String, Exploration, ChandyLamport)> {
    let mut all = Vec::new();
    for known in known() {
        let file = stored::system(known["name"].as_str().expect("a name"));
        let (exploration, algorithm) = file.exploration().expect("a system that can be explored");
        if file.tagged {
            all.push((file.name.clone(), exploration.viewed(View::Tagged), algorithm));
        }
        all.push((file.name, exploration, algorithm));
    }
    all
}

pub(crate) fn stored(name: &str, view: View) -> (Exploration, ChandyLamport) {
    let (exploration, algorithm) = stored::system(name).exploration().expect("a system that can be explored");
    (exploration.viewed(view), algorithm)
}

/// Goes through all states with the frontier cut into `shards` pieces of at most `most` states.
fn sharded(explorer: &mut Explorer<ChandyLamport>, shards: u32, most: u32) -> Progress {
    loop {
        let frontier = explorer.frontier();
        let size = (frontier.len() as u32).div_ceil(shards).clamp(1, most);
        let starts = (0..shards).map(|shard| frontier.start + shard * size);
        let batches: Vec<Batch> = starts.map(|start| explorer.expand(start..start + size)).collect();
        let progress = explorer.merge(batches);
        if progress.status != Status::Running {
            return progress;
        }
    }
}

#[test]
fn any_number_of_shards_finds_the_same_states_in_the_same_order() {
    for (name, exploration, algorithm) in all() {
        let mut whole = Explorer::new(exploration.clone(), algorithm);
        let end = whole.run();
        // The big ones too: there the layout of states changes while batches wait.
        let shapes = [(8, 1000), (1, u32::MAX), (2, 7), (3, 1)];
        for (shards, most) in shapes.into_iter().take(if end.states > 3_000 { 1 } else { 4 }) {
            let mut explorer = Explorer::new(exploration.clone(), algorithm);
            let progress = sharded(&mut explorer, shards, most);
            assert_eq!(progress, end, "{name}, {shards} shards");
            assert!(explorer.same_states(&whole), "{name}, {shards} shards: the states have other numbers");
            if shards == 8 {
                assert_eq!(explorer.plain_figures(), whole.plain_figures(), "{name}");
                assert_eq!(explorer.tagged_figures(), whole.tagged_figures(), "{name}");
            }
        }
    }
}

#[test]
fn slices_of_any_size_find_the_same() {
    let (exploration, algorithm) = stored("d4_k3_t111_b110_i0", View::Tagged);
    let mut whole = Explorer::new(exploration.clone(), algorithm);
    let end = whole.run();
    for steps in [1, 13, 1000] {
        let mut explorer = Explorer::new(exploration.clone(), algorithm);
        while explorer.run_slice(steps).status == Status::Running {}
        assert_eq!(explorer.progress(), end);
        assert!(explorer.same_states(&whole));
    }
}

#[test]
fn a_limit_ends_it_and_nothing_is_claimed_about_the_rest() {
    let (mut exploration, algorithm) = stored("c6_ring3_t111_i0", View::Plain);
    exploration.max_states = 1000;
    let mut explorer = Explorer::new(exploration, algorithm);
    let progress = explorer.run();
    assert_eq!(progress.status, Status::LimitReached);
    assert!((1000..1020).contains(&progress.states), "{progress:?}");
    assert!(progress.frontier > 0 && progress.depth < 31, "{progress:?}");
    let figures = explorer.plain_figures();
    assert_eq!(figures.states_that_cannot_complete, None);
    assert_eq!(figures.maximal_executions, cutline_core::explore::Executions::Unknown);
    assert_eq!(explorer.run_slice(10), progress, "it does not go on");
}

#[test]
fn an_endless_tagged_view_ends_at_the_limit() {
    let (mut exploration, algorithm) = stored("a1_two_token_i0", View::Tagged);
    exploration.max_states = 500;
    assert_eq!(Explorer::new(exploration, algorithm).run().status, Status::LimitReached);
}

#[test]
fn batches_that_do_not_fit_are_left_out() {
    let (exploration, algorithm) = stored("c8_ring3_t111_b111_i0", View::Plain);
    let mut explorer = Explorer::new(exploration.clone(), algorithm);
    explorer.run_slice(20);
    let (old, frontier) = (explorer.clone(), explorer.frontier());
    let later = explorer.expand(frontier.start + 1..frontier.end);
    let stale = explorer.expand(frontier.clone());
    assert_eq!(explorer.merge([later]), old.progress());
    explorer.run_slice(3);
    let before = explorer.progress();
    assert_eq!(explorer.merge([stale]), before, "it begins with states that were left since");
    let mut whole = Explorer::new(exploration, algorithm);
    assert_eq!(explorer.run(), whole.run());
}

#[test]
fn closings_first_keeps_what_it_promises() {
    let (mut states, mut fewer) = (0, 0);
    let mut by_system = Vec::new();
    for (name, mut exploration, algorithm) in all() {
        let mut whole = Explorer::new(exploration.clone(), algorithm);
        let before = whole.run().states;
        states += before;
        exploration.reduction = Reduction::ClosingsFirst;
        let mut reduced = Explorer::new(exploration, algorithm);
        let after = reduced.run().states;
        fewer += after;
        by_system.push(format!("{name} {before} -> {after}"));
        let (all, some) = (whole.plain_figures(), reduced.plain_figures());
        assert_eq!(some.complete_states, all.complete_states, "{name}");
        assert_eq!(some.complete_with_marker_in_flight, all.complete_with_marker_in_flight, "{name}");
        assert_eq!(some.distinct_snapshots, all.distinct_snapshots, "{name}");
        assert_eq!(some.snapshot_totals, all.snapshot_totals, "{name}");
        assert_eq!(some.terminal_states, all.terminal_states, "{name}");
        assert_eq!(some.terminal_incomplete, all.terminal_incomplete, "{name}");
        let stuck = |count: Option<u64>| count.map(|count| count > 0);
        assert_eq!(stuck(some.states_that_cannot_complete), stuck(all.states_that_cannot_complete), "{name}");
        let (all, some) = (whole.tagged_figures(), reduced.tagged_figures());
        assert_eq!(some.inconsistent_complete, all.inconsistent_complete, "{name}");
        assert_eq!(some.incomparable_cuts, all.incomparable_cuts, "{name}");
        let complete = |figures: &cutline_core::explore::TaggedFigures| {
            let counts = figures.violations.iter().filter(|count| count.violation.complete);
            let shortest = figures.counterexamples.iter().filter(|example| example.violation.complete);
            let shortest: Vec<_> = shortest.map(|example| (example.violation, example.actions.len())).collect();
            (counts.copied().collect::<Vec<_>>(), shortest)
        };
        assert_eq!(complete(&some), complete(&all), "{name}");
    }
    assert!(fewer * 2 < states, "{fewer} of {states}:\n{}", by_system.join("\n"));
}
