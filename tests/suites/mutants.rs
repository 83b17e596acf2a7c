//! The checks find every broken algorithm, and the judge is right about every one of their runs.

use cutline_core::judge::judge;
use cutline_core::{Algorithm, ChandyLamport, Event, LocalState, Order, SnapshotId};
use cutline_tests::algorithm::Variant;
use cutline_tests::case::{Case, cases};
use cutline_tests::checks::{self, About};
use cutline_tests::run::Run;
use cutline_tests::{drive, soak};
use expect_test::expect;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::fmt::Write;

/// Always the same cases, so that the table below can be kept.
fn fixed_cases(count: u32) -> Vec<Case> {
    let mut runner = TestRunner::deterministic();
    let mut draw = || cases().new_tree(&mut runner).expect("a case").current();
    (0..count).map(|_| draw()).collect()
}

/// What the checks made of an algorithm, over all cases.
#[derive(Default)]
struct Findings {
    first: Option<&'static str>,
    ever: Vec<&'static str>,
    wrong: usize,
}

fn findings<A: Algorithm + Copy>(algorithm: A, cases: &[Case]) -> Findings {
    let mut findings = Findings::default();
    for case in cases {
        let history = drive::play(case, algorithm);
        let run = Run::of(&history);
        let failures = checks::failures(&run);
        for (named, what) in &failures {
            assert!(named.about != About::Telling, "{algorithm:?}: {}: {what}\n{case:?}", named.name);
            findings.first.get_or_insert(named.name);
            if !findings.ever.contains(&named.name) {
                findings.ever.push(named.name);
            }
        }
        findings.wrong += usize::from(!failures.is_empty());
        for snapshot in &run.snapshots {
            let verdict = judge(&run.trace, *snapshot);
            let right = checks::is_right(&run, *snapshot);
            assert_eq!(verdict.is_consistent(), right, "{algorithm:?} {failures:?}\n{verdict:?}\n{case:?}");
            assert_eq!(verdict.is_complete(), run.recorded[snapshot.index()].is_complete(), "{algorithm:?}\n{case:?}");
        }
    }
    findings.ever.sort_by_key(|name| checks::ALL.iter().position(|named| named.name == *name));
    findings
}

#[test]
fn sound_algorithms_pass_every_check() {
    let cases = fixed_cases(soak::cases(300));
    for variant in Variant::SOUND {
        assert_eq!(findings(variant, &cases).wrong, 0, "{variant:?}");
    }
}

#[test]
fn every_broken_algorithm_is_caught() {
    let cases = fixed_cases(120);
    let mut table = String::new();
    let mut idle: Vec<&str> = checks::ALL.iter().map(|named| named.name).collect();
    idle.retain(|name| LIES.iter().all(|(seen_by, _)| seen_by != name));
    for variant in Variant::BROKEN {
        let row = findings(variant, &cases);
        assert!(row.first.is_some(), "{variant:?} goes unnoticed");
        add_row(&mut table, &format!("{variant:?}"), &row);
        idle.retain(|name| !row.ever.contains(name));
    }
    let unordered: Vec<Case> = cases.into_iter().map(|case| Case { order: Order::Unordered, ..case }).collect();
    add_row(&mut table, "ChandyLamport, channels unordered", &findings(ChandyLamport::default(), &unordered));
    assert_eq!(idle, Vec::<&str>::new(), "checks that nothing fails");
    expect![[r#"
        MarkersLate: 94 runs; first: nothing before the marker; ever: nothing before the marker, one class per message, numbers in order, no orphan, conserved
        OneMarkerForgotten: 120 runs; first: one marker per channel; ever: one marker per channel, nothing before the marker, recorded once, complete, one class per message, numbers in order, no orphan, conserved
        OnlyInitiatorsSend: 117 runs; first: one marker per channel; ever: one marker per channel, nothing before the marker, recorded once, complete, one class per message, numbers in order, no orphan, conserved
        MarkersTwice: 120 runs; first: one marker per channel; ever: one marker per channel
        RepeatedMarkersCount: 120 runs; first: one marker per channel; ever: one marker per channel, first channel empty, one class per message, numbers in order, conserved
        RecordsLate: 117 runs; first: recorded in time; ever: recorded in time, one class per message, no orphan, conserved
        RecordsAgain: 120 runs; first: recorded once; ever: recorded once
        FirstChannelStaysOpen: 40 runs; first: first channel empty; ever: first channel empty, one class per message, numbers in order, conserved
        ClosesAtOnce: 81 runs; first: one class per message; ever: one class per message, numbers in order, conserved
        SecondMarkerClosesAll: 46 runs; first: one class per message; ever: one class per message, numbers in order, conserved
        KeepsAfterMarker: 91 runs; first: one class per message; ever: one class per message, numbers in order, conserved
        KeepsBeforeRecording: 98 runs; first: first channel empty; ever: first channel empty, one class per message, numbers in order, conserved
        KeepsTwice: 81 runs; first: one class per message; ever: one class per message, numbers in order, conserved
        ForgetsToKeep: 64 runs; first: one class per message; ever: one class per message, numbers in order, conserved
        IgnoresNumbers: 84 runs; first: one marker per channel; ever: one marker per channel, recorded in time, recorded once, complete, one class per message, numbers in order, no orphan, conserved
        ChandyLamport, channels unordered: 81 runs; first: one class per message; ever: one class per message, numbers in order, no orphan, conserved
    "#]].assert_eq(&table);
}

fn add_row(table: &mut String, name: &str, row: &Findings) {
    let first = row.first.unwrap_or("-");
    writeln!(table, "{name}: {} runs; first: {first}; ever: {}", row.wrong, row.ever.join(", ")).expect("a string");
}

/// Changes what a run is told to have been; whether it could.
type Lie = fn(&mut Run<'_>) -> bool;

/// Untruths that no algorithm can bring about, since the core tells the run, each with the check that must see it.
const LIES: [(&str, Lie); 5] = [
    ("true states", |run| {
        change(run, |event| match event {
            Event::Recorded { state: LocalState::Money(amount), .. } => Some(amount),
            _ => None,
        })
    }),
    ("legal without markers", |run| {
        change(run, |event| match event {
            Event::Received { state: LocalState::Money(amount), .. } => Some(amount),
            _ => None,
        })
    }),
    ("legal without markers", |run| {
        let last = run.events.iter().rposition(|event| matches!(event, Event::Received { .. }));
        last.map(|place| run.events.remove(place)).is_some()
    }),
    ("recorded as told", |run| {
        let kept = run.events.iter().position(|event| matches!(event, Event::Kept { .. }));
        kept.map(|place| run.events.remove(place)).is_some()
    }),
    ("orphans seen both ways", |run| {
        let Some(cut) = run.cut(SnapshotId(0)) else { return false };
        let topology = run.topology();
        let late = run.messages.iter_mut().find(|message| {
            let channel = topology.channel(message.channel);
            message.sent > cut[channel.from.index()]
        });
        late.map(|message| message.received = Some(0)).is_some()
    }),
];

fn change(run: &mut Run<'_>, amount_in: fn(&mut Event) -> Option<&mut i64>) -> bool {
    run.events.iter_mut().find_map(amount_in).map(|amount| *amount += 1).is_some()
}

#[test]
fn every_untruth_is_seen() {
    let cases = fixed_cases(60);
    for (name, lie) in LIES {
        let mut told = 0;
        for case in &cases {
            let history = drive::play(case, ChandyLamport::default());
            let mut run = Run::of(&history);
            if lie(&mut run) {
                told += 1;
                let failures = checks::failures(&run);
                assert!(failures.iter().any(|(named, _)| named.name == name), "{name}: {failures:?}\n{case:?}");
            }
        }
        assert!(told > 10, "{name}: told only {told} times");
    }
}
