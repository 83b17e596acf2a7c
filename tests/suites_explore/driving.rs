//! However the explorer is driven it finds the same; and when it stops early it says so.

use crate::figures::known;
use cutline_core::Method;
use cutline_core::explore::{
    Executions, Exploration, Explorer, Hands, OneHand, Progress, Reduction, Review, Status, View,
};
use cutline_formats::{App, Delivery};

use cutline_tests::stored;

/// The explorations of all stored systems that end.
pub(crate) fn all() -> Vec<(String, Exploration, Method)> {
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

pub(crate) fn stored(name: &str, view: View) -> (Exploration, Method) {
    let (exploration, algorithm) = stored::system(name).exploration().expect("a system that can be explored");
    (exploration.viewed(view), algorithm)
}

/// So many hands, of which each does its pieces in a thread.
struct Threads(usize);

impl Hands for Threads {
    fn count(&self) -> usize {
        self.0
    }

    fn each<T: Send, R: Send>(&self, pieces: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
        let work = &work;
        std::thread::scope(|scope| {
            let threads: Vec<_> = pieces.into_iter().map(|piece| scope.spawn(move || work(piece))).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        })
    }
}

fn with_hands(explorer: &mut Explorer<Method>, hands: usize, slice: u32) -> Progress {
    while explorer.run_slice_with(slice, &Threads(hands)).status == Status::Running {}
    explorer.progress()
}

/// Systems large enough for the work to be shared out, one of which has channels without order.
fn large() -> Vec<(String, Exploration, Method)> {
    let mut large: Vec<_> =
        all().into_iter().filter(|(name, ..)| name.starts_with("d5_") || name.starts_with("d7_")).collect();
    for name in ["d4_k3_t111_b110_i0", "g6_bag_k3_t100_b100_i0"] {
        let mut file = stored::system(name);
        file.order = Delivery::Bag;
        if let App::Tokens { initial, send_budget } = &mut file.app {
            (*initial, *send_budget) = (vec![1, 1, 1], Some(vec![1, 1, 1]));
        }
        let (exploration, algorithm) = file.exploration().expect("a system that can be explored");
        large.push((format!("{name} without order"), exploration.viewed(View::Tagged), algorithm));
    }
    large
}

#[test]
fn any_number_of_hands_finds_the_same_states_in_the_same_order() {
    for (name, exploration, algorithm) in large() {
        let mut whole = Explorer::new(exploration.clone(), algorithm);
        let end = whole.run();
        assert!(end.states > 6000, "{name}: {} states are too few to be shared out", end.states);
        let mut review = Review::new(&whole, true);
        while !review.run_slice(&whole, 1000, &Threads(3)) {}
        assert_eq!(whole.plain_figures_with(&review), whole.plain_figures(), "{name}");
        for (hands, slice) in [(2, u32::MAX), (3, 5000), (8, 2000)] {
            let mut explorer = Explorer::new(exploration.clone(), algorithm);
            let progress = with_hands(&mut explorer, hands, slice);
            assert_eq!(Progress { bytes: 0, ..progress }, Progress { bytes: 0, ..end }, "{name}, {hands} hands");
            assert!(explorer.same_states(&whole), "{name}, {hands} hands: the states have other numbers");
            assert_eq!(explorer.tagged_figures().counterexamples, whole.tagged_figures().counterexamples, "{name}");
            assert_eq!(explorer.plain_figures().distinct_snapshots, whole.plain_figures().distinct_snapshots, "{name}");
        }
    }
}

#[test]
fn several_hands_stop_at_the_same_state() {
    let (mut exploration, algorithm) = stored("d5_k3_t111_b111_i0", View::Plain);
    exploration.max_states = 15_000;
    let mut alone = Explorer::new(exploration.clone(), algorithm);
    let mut together = Explorer::new(exploration, algorithm);
    let (end, other) = (alone.run(), with_hands(&mut together, 2, u32::MAX));
    assert_eq!(end.status, Status::LimitReached);
    assert_eq!(Progress { bytes: 0, ..other }, Progress { bytes: 0, ..end });
    assert!(together.same_states(&alone));
}

#[test]
fn a_review_in_slices_finds_the_same() {
    for (name, exploration, algorithm) in all() {
        let mut explorer = Explorer::new(exploration, algorithm);
        if explorer.run().states > 3000 {
            continue;
        }
        let whole = explorer.plain_figures();
        for steps in [1, 7, 500] {
            let mut review = Review::new(&explorer, true);
            assert_eq!(review.states_that_cannot_complete(), None, "{name}: nothing is claimed before the end");
            let mut slices = 0;
            while !review.run_slice(&explorer, steps, &OneHand) {
                slices += 1;
            }
            assert!(slices + 1 >= whole.progress.states / u64::from(steps), "{name}: {slices} slices of {steps}");
            assert_eq!(explorer.plain_figures_with(&review), whole, "{name}, {steps} at a time");
        }
        let mut review = Review::new(&explorer, false);
        while !review.run_slice(&explorer, 100, &OneHand) {}
        assert_eq!(review.states_that_cannot_complete(), whole.states_that_cannot_complete, "{name}");
        assert_eq!(review.maximal_executions(), Executions::Unknown, "{name}");
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
fn memory_is_a_limit_too() {
    let cases = [("a1_two_token_i0", View::Tagged, 400_000, 250), ("d5_k3_t111_b111_i0", View::Plain, 200_000, 40)];
    for (name, view, most, each) in cases {
        let (mut exploration, algorithm) = stored(name, view);
        exploration.max_bytes = most;
        for hands in [1, 2] {
            let mut explorer = Explorer::new(exploration.clone(), algorithm);
            let progress = with_hands(&mut explorer, hands, 100_000);
            assert_eq!(progress.status, Status::MemoryReached, "{name}, {hands} hands");
            assert!((most..most * 3).contains(&progress.bytes), "{name}, {hands} hands: {progress:?}");
            assert!(progress.bytes < progress.states * each, "{name}, {hands} hands: {progress:?}");
            assert_eq!(explorer.run_slice(10), progress, "it does not go on");
        }
    }
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

/// Where the first cycle is found in the midst of a round, that round does not tell that nothing changes any more.
#[test]
fn a_complete_state_that_leads_to_itself_is_found() {
    let turns = |from: &str, to: &str| format!("{{\"proc\": 0, \"from\": \"{from}\", \"to\": \"{to}\"}}");
    for rules in [vec![turns("S", "S")], vec![turns("S", "T"), turns("T", "T")], vec![turns("S", "T"), turns("T", "S")]]
    {
        let text = format!(
            "{{\"name\": \"turns\", \"processes\": 1, \"channels\": [], \"app\": {{\"kind\": \"automaton\", \
             \"initial\": [\"S\"], \"rules\": [{}]}}, \"algorithm\": \"chandy-lamport\", \"order\": \"fifo\", \
             \"snapshots\": [{{\"id\": 0, \"initiators\": [0]}}]}}",
            rules.join(", ")
        );
        let (exploration, algorithm) = cutline_formats::SystemFile::parse(&text).unwrap().exploration().unwrap();
        let mut explorer = Explorer::new(exploration, algorithm);
        explorer.run();
        let figures = explorer.plain_figures();
        assert_eq!(figures.states_that_cannot_complete, Some(0), "{text}");
        assert_eq!(figures.maximal_executions, Executions::Infinite, "{text}");
    }
}
