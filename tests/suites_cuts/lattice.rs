//! What is true of every lattice of cuts, against trying everything.

use super::drawn::{self, all_cuts, consistent_cuts, observations, order, passes, traces};
use cutline_core::cuts::{
    AtCut, BeyondU128, Checkpoints, Cut, Declared, DeclaredProcess, Definitely, EventOrder, OverBudget,
};
use cutline_core::ids::ProcessId;
use cutline_tests::soak;
use proptest::prelude::*;

const BUDGET: u64 = 100_000;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases: soak::cases(cases), failure_persistence: None, ..Default::default() }
}

/// A property of cuts that has no pattern.
fn arbitrary(seed: u32, one_in: u32) -> impl Fn(&Cut) -> bool + Copy {
    move |cut| {
        let mix = |sum: u32, count: &u32| (sum ^ count).wrapping_mul(2_654_435_761).rotate_left(13);
        (cut.counts().iter().fold(seed, mix) >> 7).is_multiple_of(one_in)
    }
}

proptest! {
    #![proptest_config(config(1500))]

    #[test]
    fn three_ways_of_enumerating_agree(trace in traces(4, 12)) {
        let order = order(&trace);
        let by_messages = consistent_cuts(&order);
        let by_clocks: Vec<Cut> = all_cuts(&order).into_iter().filter(|cut| order.is_consistent(cut)).collect();
        prop_assert_eq!(&by_clocks, &by_messages);
        prop_assert_eq!(&order.lexical().collect::<Vec<_>>(), &by_messages);
        let levels: Vec<_> = order.levels(BUDGET).map(|level| level.expect("a small lattice")).collect();
        let mut by_level: Vec<Cut> = levels.iter().flat_map(|level| level.cuts.clone()).collect();
        for (at, level) in levels.iter().enumerate() {
            prop_assert!(level.cuts.iter().all(|cut| cut.level() == at as u64));
        }
        by_level.sort_by(|one, other| one.counts().cmp(other.counts()));
        prop_assert_eq!(&by_level, &by_messages);
        let figures = order.figures(BUDGET).expect("a small lattice");
        prop_assert_eq!(figures.all_cuts, Ok(all_cuts(&order).len() as u128));
        prop_assert_eq!(figures.levels, levels.iter().map(|level| level.cuts.len() as u64).collect::<Vec<_>>());
        prop_assert_eq!(vec![figures.observations.ok()], levels.last().expect("the top").ways.clone());
    }

    #[test]
    fn consistent_cuts_are_a_lattice(trace in traces(4, 9), one in any::<usize>(), other in any::<usize>()) {
        let order = order(&trace);
        let cuts = consistent_cuts(&order);
        let (one, other) = (&cuts[one % cuts.len()], &cuts[other % cuts.len()]);
        let (meet, join) = (one.meet(other), one.join(other));
        prop_assert!(order.is_consistent(&meet) && order.is_consistent(&join));
        prop_assert!(meet <= *one && meet <= *other && *one <= join && *other <= join);
        prop_assert_eq!(one <= other, *one == meet);
        prop_assert_eq!(one.partial_cmp(other).is_none(), meet != *one && meet != *other);
    }

    #[test]
    fn the_nearest_consistent_cuts(trace in traces(4, 10), which in any::<usize>()) {
        let order = order(&trace);
        let all = all_cuts(&order);
        let cut = &all[which % all.len()];
        let consistent = consistent_cuts(&order);
        let below = consistent.iter().filter(|below| *below <= cut).fold(order.bottom(), |sum, below| sum.join(below));
        let above = consistent.iter().filter(|above| *above >= cut).fold(order.top(), |sum, above| sum.meet(above));
        let retreat = order.retreat(cut);
        prop_assert_eq!(&order.max_below(cut), &below);
        prop_assert_eq!(&retreat.cut, &below);
        prop_assert_eq!(&order.min_above(cut), &above);
        prop_assert!(order.retreat(&below).retractions.is_empty());
        prop_assert_eq!(&order.max_below(&below), &below);
        prop_assert_eq!(&order.min_above(&above), &above);
        // Replayed, every step takes out the last event of its process, and for a reason that stands.
        let mut counts = cut.counts().to_vec();
        for retraction in &retreat.retractions {
            let (event, orphan) = (retraction.event, &order.messages()[retraction.orphan]);
            let received = orphan.received.expect("an orphan is received");
            prop_assert_eq!(counts[event.process.index()], event.number);
            prop_assert!(received.process == event.process && received.number <= event.number);
            prop_assert!(orphan.sent.number > counts[orphan.sent.process.index()]);
            counts[event.process.index()] -= 1;
        }
        prop_assert_eq!(&counts[..], below.counts());
        // With a checkpoint at every event the recovery line is the same.
        let every = order.top().counts().iter().map(|last| (0..=*last).collect()).collect();
        let every = Checkpoints::new(&order, every).expect("checkpoints");
        let start: Vec<usize> = cut.counts().iter().map(|count| *count as usize).collect();
        let (line, rollbacks) = order.recovery_line(&every, &start).expect("a line");
        prop_assert_eq!(&line.cut, &below);
        prop_assert_eq!(rollbacks.len(), retreat.retractions.len());
        prop_assert_eq!(line.events_lost, retreat.retractions.len() as u64);
    }

    #[test]
    fn three_ways_to_the_recovery_line_agree(
        trace in traces(4, 12),
        kept in prop::collection::vec(any::<bool>(), 60),
        back in prop::collection::vec(any::<usize>(), 4),
        survivor in prop::option::of(0..4_usize),
    ) {
        let order = order(&trace);
        let mut kept = kept.iter().cycle();
        let mut drawn = |last: u32| (0..=last).filter(|count| *count == 0 || *kept.next().expect("endless")).collect();
        let lists = order.top().counts().iter().map(|last| drawn(*last)).collect();
        let mut checkpoints = Checkpoints::new(&order, lists).expect("checkpoints");
        if let Some(survivor) = survivor.filter(|survivor| *survivor < order.process_count()) {
            checkpoints = checkpoints.surviving(&order, ProcessId::at(survivor));
            prop_assert_eq!(checkpoints.counts()[survivor].last().copied(), Some(order.top().counts()[survivor]));
        }
        let start: Vec<usize> =
            checkpoints.last().iter().zip(&back).map(|(last, back)| last - (back % 3).min(*last)).collect();
        let (line, _) = order.recovery_line(&checkpoints, &start).expect("a line");
        prop_assert_eq!(order.recovery_line_by_graph(&checkpoints, &start), Ok(line.clone()));
        prop_assert_eq!(order.recovery_line_by_max_below(&checkpoints, &start), Ok(line.clone()));
        let of = |start: &[usize]| start.iter().zip(checkpoints.counts()).map(|(at, own)| own[*at]).collect();
        let start = order.cut(of(&start)).expect("a cut");
        let stored = |cut: &Cut| cut.counts().iter().zip(checkpoints.counts()).all(|(count, own)| own.contains(count));
        let lines = consistent_cuts(&order).into_iter().filter(|cut| *cut <= start && stored(cut));
        prop_assert_eq!(line.cut, lines.fold(order.bottom(), |sum, line| sum.join(&line)));
    }
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn modalities_agree_with_all_observations(trace in traces(3, 8), seed in any::<u32>(), one_in in 1..6_u32) {
        let order = order(&trace);
        let of_cut = arbitrary(seed, one_in);
        let holds = |at: AtCut<'_>| of_cut(at.cut());
        let observations = observations(&order);
        prop_assert_eq!(order.figures(BUDGET).expect("small").observations, Ok(observations.len() as u128));
        let meets = |observation: &Vec<_>| passes(&order, observation).iter().any(of_cut);
        let possibly = order.possibly(BUDGET, holds).expect("small");
        prop_assert_eq!(possibly.is_some(), observations.iter().any(meets));
        let fewest = consistent_cuts(&order).iter().filter(|cut| of_cut(cut)).map(Cut::level).min();
        prop_assert_eq!(possibly.map(|witness| witness.level()), fewest);
        match order.definitely(BUDGET, holds).expect("small") {
            Definitely::Holds => prop_assert!(observations.iter().all(meets)),
            Definitely::Avoided(observation) => {
                prop_assert!(observations.contains(&observation));
                super::avoids(&order, &observation, holds);
            }
        }
    }
}

fn processes(events: Vec<Vec<Declared>>) -> Vec<DeclaredProcess> {
    let named = |(at, events)| DeclaredProcess { name: format!("P{at}"), events };
    events.into_iter().enumerate().map(named).collect()
}

fn sizes(order: &EventOrder) -> (u64, u128) {
    let figures = order.figures(BUDGET).expect("a small lattice");
    (figures.consistent_cuts(), figures.observations.expect("few observations"))
}

fn factorial(of: u128) -> u128 {
    (1..=of).product()
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn without_messages_every_cut_is_consistent(lengths in prop::collection::vec(0..6_u32, 1..5)) {
        let order = order(&processes(lengths.iter().map(|k| vec![Declared::Internal; *k as usize]).collect()));
        let cuts = lengths.iter().map(|k| u64::from(*k) + 1).product();
        let observations = factorial(lengths.iter().map(|k| u128::from(*k)).sum())
            / lengths.iter().map(|k| factorial(u128::from(*k))).product::<u128>();
        prop_assert_eq!(sizes(&order), (cuts, observations));
    }
}

#[test]
fn a_stream_has_catalan_many_observations() {
    let mut catalan = 1;
    for k in 0..=40_u64 {
        let events = |event: fn(String) -> Declared| (0..k).map(|at| event(format!("m{at}"))).collect();
        let order = drawn::order(&processes(vec![events(Declared::Send), events(Declared::Receive)]));
        assert_eq!(sizes(&order), ((k + 1) * (k + 2) / 2, catalan));
        catalan = catalan * (4 * u128::from(k) + 2) / (u128::from(k) + 2);
    }
}

#[test]
fn a_total_order_has_one_observation() {
    for rounds in 0..40_u64 {
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for round in 0..rounds {
            let (ask, answer) = (format!("ask {round}"), format!("answer {round}"));
            first.extend([Declared::Send(ask.clone()), Declared::Receive(answer.clone())]);
            second.extend([Declared::Receive(ask), Declared::Send(answer)]);
        }
        assert_eq!(sizes(&drawn::order(&processes(vec![first, second]))), (4 * rounds + 1, 1));
    }
}

#[test]
fn a_spent_budget_says_how_far_it_got() {
    let order = drawn::order(&processes(vec![vec![Declared::Internal; 4]; 3]));
    let over = OverBudget { budget: 20, levels: vec![1, 3, 6, 10] };
    assert_eq!(order.figures(20), Err(over.clone()));
    assert_eq!(
        over.to_string(),
        "there are more than 20 cuts to look at; stopped with 4 levels finished, which have 20 cuts"
    );
    assert_eq!(order.levels(20).last(), Some(Err(over.clone())));
    assert_eq!(order.levels(20).count(), 5);
    assert_eq!(order.possibly(20, |_| false), Err(over.clone()));
    assert_eq!(order.definitely(20, |_| false), Err(over));
    assert!(order.figures(0).is_err() && order.figures(124).is_err() && order.figures(125).is_ok());
    assert_eq!(order.possibly(20, |at| at.cut().level() == 3).expect("in time").map(|cut| cut.level()), Some(3));
}

#[test]
fn too_many_observations_are_named() {
    let order = drawn::order(&processes(vec![vec![Declared::Internal; 80]; 2]));
    let figures = order.figures(BUDGET).expect("6561 cuts");
    assert_eq!(figures.consistent_cuts(), 81 * 81);
    assert_eq!(figures.observations, Err(BeyondU128));
    let wide = drawn::order(&processes(vec![vec![Declared::Internal; 1]; 130]));
    assert_eq!(wide.all_cuts(), Err(BeyondU128));
    assert!(BeyondU128.to_string().starts_with("more than 340282366920938463463374607431768211455"));
}
