//! Algorithms that need no order in the channels, since messages carry something: random runs within what each assumes,
//! what each costs, and what happens when one is broken.

use cutline_core::algorithms::acharya_badrinath::AcharyaBadrinath;
use cutline_core::algorithms::alagar_venkatesan::AlagarVenkatesan;
use cutline_core::algorithms::causal::{Delivery, Tokens};
use cutline_core::algorithms::lai_yang_histories::LaiYangHistories;
use cutline_core::algorithms::li_radhakrishnan_venkatesan::LiRadhakrishnanVenkatesan;
use cutline_core::algorithms::mattern::Mattern;
use cutline_core::judge::judge;
use cutline_core::{Action, Algorithm, ChannelId, ControlId, Event, History, MessageId, Method, Order, SnapshotId};
use cutline_tests::case::{Case, cases};
use cutline_tests::checks::{self, About};
use cutline_tests::mutant::{Flaw, Mutant};
use cutline_tests::run::Run;
use cutline_tests::{drive, soak};
use expect_test::expect;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::fmt::Write;

/// The names of the checks that a run fails, its end aside if it has none because something is held back for ever. On a
/// channel without order what was under way comes as it likes.
fn failures<A: Algorithm>(history: &History<A>, order: Order) -> Vec<(&'static str, String)> {
    let run = Run::of(history);
    let is_at_its_end = run.left.iter().all(|left| *left == 0);
    let failures = checks::failures(&run).into_iter();
    let failures =
        failures.filter(|(named, _)| named.about == About::Result || named.about == About::Telling && is_at_its_end);
    let failures = failures.filter(|(named, _)| order == Order::Fifo || named.name != "numbers in order");
    failures.map(|(named, what)| (named.name, what)).collect()
}

/// Whether the judge finds every snapshot of a run complete and consistent.
fn is_judged_right<A: Algorithm>(history: &History<A>) -> bool {
    let run = Run::of(history);
    let verdicts = run.snapshots.iter().map(|snapshot| judge(&run.trace, *snapshot));
    verdicts.into_iter().all(|verdict| verdict.is_complete() && verdict.is_consistent())
}

/// A run passes every check but those of markers, and the judge finds nothing wrong with it.
fn is_right<A: Algorithm>(history: &History<A>, order: Order) -> Result<(), TestCaseError> {
    let run = Run::of(history);
    prop_assert!(!run.snapshots.is_empty() && run.left.iter().all(|left| *left == 0));
    prop_assert_eq!(failures(history, order), vec![]);
    prop_assert!(is_judged_right(history));
    Ok(())
}

/// How often something comes to a process before something else that was sent there first, in the order of what could have
/// been known. Told from the events by vector clocks; all that is sent in one step is sent at once.
fn out_of_turn<A: Algorithm>(history: &History<A>) -> usize {
    let (trace, topology) = (history.trace(), history.world().topology());
    let n = topology.process_count();
    let mut clocks = vec![vec![0_usize; n]; n];
    let mut under_way: Vec<(Result<MessageId, ControlId>, ChannelId, Vec<usize>)> = Vec::new();
    let mut early = 0;
    for (step, event) in trace.events() {
        let (item, channel, arrives) = match *event {
            Event::Sent { message, channel, .. } => (Ok(message), channel, false),
            Event::ControlSent { control, channel, .. } => (Err(control), channel, false),
            Event::Received { message, channel, .. } => (Ok(message), channel, true),
            Event::ControlReceived { control, channel, .. } => (Err(control), channel, true),
            _ => continue,
        };
        let (from, to) = (topology.channel(channel).from.index(), topology.channel(channel).to);
        if !arrives {
            clocks[from][from] = step + 1;
            under_way.push((item, channel, clocks[from].clone()));
            continue;
        }
        let at = under_way.iter().position(|(of, ..)| *of == item).expect("it was sent");
        let (_, _, clock) = under_way.remove(at);
        early += usize::from(under_way.iter().any(|(_, other, sent)| {
            let sender = topology.channel(*other).from.index();
            topology.channel(*other).to == to && sent[sender] <= clock[sender] && *sent != clock
        }));
        clocks[to.index()].iter_mut().zip(clock).for_each(|(known, new)| *known = new.max(*known));
    }
    early
}

/// How many control messages a snapshot took.
fn control_messages<A: Algorithm>(history: &History<A>, snapshot: SnapshotId) -> usize {
    let trace = history.trace();
    let of_it = |event: &Event| matches!(event, Event::ControlSent { role, .. } if role.snapshot() == snapshot);
    trace.events().filter(|(_, event)| of_it(event)).count()
}

fn ordered(case: Case, unordered: bool) -> Case {
    let order = if unordered { Order::Unordered } else { Order::Fifo };
    Case { order, ..case }
}

/// The same with one snapshot that one process starts.
fn of_one(case: Case) -> Case {
    let initiator = case.initiators[0][0];
    Case { initiators: vec![vec![initiator]], ..case }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(250), failure_persistence: None, ..Default::default() })]

    /// Around a ring of channels of its own, or of those of the application.
    #[test]
    fn a_vector_counts_whatever_the_order(case in cases(), unordered in any::<bool>(), own_ring in any::<bool>()) {
        let case = ordered(case, unordered);
        let system = if own_ring { case.with_control_channels() } else { case.system() };
        is_right(&drive::play_in(system, &case, Mattern::default()), case.order)?;
    }

    /// Two rounds of n.
    #[test]
    fn a_vector_goes_around_twice(case in cases(), unordered in any::<bool>()) {
        let case = of_one(ordered(case, unordered));
        let history = drive::play(&case, Mattern::default());
        prop_assert_eq!(control_messages(&history, SnapshotId(0)), 2 * usize::from(case.processes));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(250), failure_persistence: None, ..Default::default() })]

    #[test]
    fn causal_delivery_and_a_last_word_are_enough(case in cases(), unordered in any::<bool>()) {
        let case = ordered(case, unordered);
        // Causal delivery puts what one process sends another in its order.
        is_right(&drive::play_in(case.with_control_channels(), &case, AlagarVenkatesan::default()), Order::Fifo)?;
    }

    /// A token, an answer and a last word for each of the others.
    #[test]
    fn a_last_word_costs_three_for_each(case in cases(), unordered in any::<bool>()) {
        let case = of_one(ordered(case, unordered));
        let history = drive::play_in(case.with_control_channels(), &case, AlagarVenkatesan::default());
        prop_assert_eq!(control_messages(&history, SnapshotId(0)), 3 * (usize::from(case.processes) - 1));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(250), failure_persistence: None, ..Default::default() })]

    #[test]
    fn causal_delivery_and_sums_are_enough(case in cases(), unordered in any::<bool>()) {
        let case = ordered(case, unordered);
        is_right(&drive::play_in(case.with_control_channels(), &case, AcharyaBadrinath::default()), Order::Fifo)?;
    }

    /// By what the events tell, and not only since the snapshots come out right.
    #[test]
    fn what_is_delivered_is_in_turn(case in cases()) {
        let case = Case { order: Order::Unordered, ..case };
        let system = || case.with_control_channels();
        prop_assert_eq!(out_of_turn(&drive::play_in(system(), &case, AcharyaBadrinath::default())), 0);
        prop_assert_eq!(out_of_turn(&drive::play_in(system(), &case, AlagarVenkatesan::default())), 0);
    }

    /// A token and an answer for each of the others.
    #[test]
    fn a_sum_costs_two_for_each(case in cases(), unordered in any::<bool>()) {
        let case = of_one(ordered(case, unordered));
        let history = drive::play_in(case.with_control_channels(), &case, AcharyaBadrinath::default());
        prop_assert_eq!(control_messages(&history, SnapshotId(0)), 2 * (usize::from(case.processes) - 1));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(250), failure_persistence: None, ..Default::default() })]

    #[test]
    fn histories_tell_what_was_under_way(case in cases(), unordered in any::<bool>()) {
        let case = ordered(case, unordered);
        is_right(&drive::play(&case, LaiYangHistories::default()), case.order)?;
    }

    /// Snapshots one after the other, of which some overlap.
    #[test]
    fn so_do_histories_since_the_last_snapshot(case in cases(), unordered in any::<bool>()) {
        let case = ordered(case, unordered);
        let history = drive::play(&case, LiRadhakrishnanVenkatesan::default());
        if !Run::of(&history).snapshots.is_empty() {
            is_right(&history, case.order)?;
        }
    }

    /// One on each channel; and then nothing is remembered but what was sent since, and what was under way.
    #[test]
    fn histories_cost_one_for_each_channel(case in cases(), unordered in any::<bool>()) {
        let case = of_one(ordered(case, unordered));
        let e = case.system().topology.channel_count();
        let whole = drive::play(&case, LaiYangHistories::default());
        prop_assert_eq!(control_messages(&whole, SnapshotId(0)), e);
        prop_assert_eq!(whole.world().remembered(), Run::of(&whole).messages.len());
        let since = drive::play(&case, LiRadhakrishnanVenkatesan::default());
        let run = Run::of(&since);
        if run.snapshots.is_empty() {
            return Ok(());
        }
        prop_assert_eq!(control_messages(&since, SnapshotId(0)), e);
        let (cut, topology) = (run.cut(SnapshotId(0)).expect("a cut"), run.topology());
        let sent_since = run.messages.iter().filter(|message| {
            message.sent > cut[topology.channel(message.channel).from.index()]
        });
        let under_way = topology.channels().map(|channel| run.kept(SnapshotId(0), channel).len()).sum::<usize>();
        prop_assert_eq!(since.world().remembered(), sent_since.count() + under_way);
    }
}

/// A run that goes back to its first snapshot, and on from there with further ones.
fn gone_back(case: &Case, name: &str) -> History<Method> {
    let method = Method::named(name).expect("an algorithm");
    let mut run = drive::begin_in(case.with_control_channels(), case, method);
    case.choices.iter().for_each(|choice| run.choose(*choice));
    run.finish(case.ending);
    let first = SnapshotId(0);
    if run.history.act(Action::Restore { snapshot: first }).is_ok() {
        let next = run.history.world().snapshots().len();
        for (snapshot, process) in case.initiations() {
            run.plan(SnapshotId::at(next + snapshot.index()), process);
        }
        case.choices.iter().for_each(|choice| run.choose(*choice));
        run.finish(case.ending);
    }
    run.history
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(150), failure_persistence: None, ..Default::default() })]

    #[test]
    fn snapshots_after_going_back_are_right(case in cases(), unordered in any::<bool>()) {
        let case = ordered(case, unordered);
        for name in NAMES {
            let history = gone_back(&case, name);
            if !Run::of(&history).snapshots.is_empty() {
                is_right(&history, case.order)?;
            }
        }
    }
}

/// Those that this file is about.
const NAMES: [&str; 5] =
    ["mattern", "acharya-badrinath", "alagar-venkatesan", "lai-yang-histories", "li-radhakrishnan-venkatesan"];

/// Always the same cases, so that the table below can be kept.
fn fixed_cases(count: u32) -> Vec<Case> {
    let mut runner = TestRunner::deterministic();
    let mut draw = || cases().new_tree(&mut runner).expect("a case").current();
    (0..count).map(|_| Case { order: Order::Unordered, ..draw() }).collect()
}

/// In how many runs it is wrong, and in what first.
fn row<A: Algorithm + Copy>(algorithm: A, cases: &[Case]) -> (usize, &'static str) {
    let (mut wrong, mut first) = (0, None);
    for case in cases {
        let history = drive::play_in(case.with_control_channels(), case, algorithm);
        let failures = failures(&history, case.order);
        assert_eq!(failures.is_empty(), is_judged_right(&history), "{algorithm:?}: {failures:?}\n{case:?}");
        wrong += usize::from(!failures.is_empty());
        first = first.or(failures.first().map(|(name, _)| *name));
    }
    (wrong, first.unwrap_or("-"))
}

/// In how many runs each flaw shows, and in what first.
fn add_rows<A: Algorithm + Copy>(name: &str, own: A, cases: &[Case], table: &mut String) {
    for flaw in Flaw::ALL {
        let (wrong, first) = row(Mutant { own, flaw }, cases);
        writeln!(table, "{name} {flaw:?}: {wrong} runs; first: {first}").expect("a string");
    }
}

#[test]
fn every_flaw_that_matters_is_seen() {
    let (cases, mut table) = (fixed_cases(50), String::new());
    add_rows("Mattern", Mattern::default(), &cases, &mut table);
    add_rows("AcharyaBadrinath", AcharyaBadrinath::default(), &cases, &mut table);
    add_rows("AlagarVenkatesan", AlagarVenkatesan::default(), &cases, &mut table);
    add_rows("LaiYangHistories", LaiYangHistories::default(), &cases, &mut table);
    add_rows("LiRadhakrishnanVenkatesan", LiRadhakrishnanVenkatesan::default(), &cases, &mut table);
    expect![[r#"
        Mattern BlankTags: 36 runs; first: one class per message
        Mattern HoldsNothing: 0 runs; first: -
        Mattern KeepsNothing: 34 runs; first: one class per message
        Mattern ClosesAtOnce: 34 runs; first: one class per message
        Mattern Overlooks: 42 runs; first: complete
        AcharyaBadrinath BlankTags: 22 runs; first: one class per message
        AcharyaBadrinath HoldsNothing: 20 runs; first: one class per message
        AcharyaBadrinath KeepsNothing: 34 runs; first: one class per message
        AcharyaBadrinath ClosesAtOnce: 34 runs; first: one class per message
        AcharyaBadrinath Overlooks: 39 runs; first: complete
        AlagarVenkatesan BlankTags: 37 runs; first: one class per message
        AlagarVenkatesan HoldsNothing: 19 runs; first: one class per message
        AlagarVenkatesan KeepsNothing: 35 runs; first: one class per message
        AlagarVenkatesan ClosesAtOnce: 35 runs; first: one class per message
        AlagarVenkatesan Overlooks: 42 runs; first: complete
        LaiYangHistories BlankTags: 28 runs; first: one class per message
        LaiYangHistories HoldsNothing: 0 runs; first: -
        LaiYangHistories KeepsNothing: 33 runs; first: one class per message
        LaiYangHistories ClosesAtOnce: 31 runs; first: one class per message
        LaiYangHistories Overlooks: 37 runs; first: one class per message
        LiRadhakrishnanVenkatesan BlankTags: 28 runs; first: one class per message
        LiRadhakrishnanVenkatesan HoldsNothing: 0 runs; first: -
        LiRadhakrishnanVenkatesan KeepsNothing: 35 runs; first: one class per message
        LiRadhakrishnanVenkatesan ClosesAtOnce: 31 runs; first: one class per message
        LiRadhakrishnanVenkatesan Overlooks: 37 runs; first: one class per message
    "#]]
    .assert_eq(&table);
}

/// The same check sees it when the order is left out.
#[test]
fn what_is_delivered_out_of_turn_is_seen() {
    let as_it_comes = AlagarVenkatesan { delivery: Delivery::AsItComes, ..AlagarVenkatesan::default() };
    let count = |case: &Case| out_of_turn(&drive::play_in(case.with_control_channels(), case, as_it_comes));
    assert!(fixed_cases(50).iter().filter(|case| count(case) > 0).count() > 20);
}

/// What the variants for showing leave out is needed.
#[test]
fn every_variant_for_showing_is_wrong() {
    let cases = fixed_cases(80);
    for (delivery, tokens) in [(Delivery::AsItComes, Tokens::Together), (Delivery::Causal, Tokens::OneByOne)] {
        assert!(row(AlagarVenkatesan { delivery, tokens }, &cases).0 > 5, "{delivery:?}, {tokens:?}");
        let sums = AcharyaBadrinath { delivery, tokens, ..AcharyaBadrinath::default() };
        assert!(row(sums, &cases).0 > 5, "{delivery:?}, {tokens:?}");
    }
}
