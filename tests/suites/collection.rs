//! Recorded parts come together, each once, as they were recorded, in as many messages as the books say.

use cutline_core::algorithms::chandy_lamport::{Collect, Markers};
use cutline_core::collection::{Obstacle, obstacles};
use cutline_core::event::ControlRole;
use cutline_core::{ChandyLamport, Event, ProcessId, Scenario, SnapshotId};
use cutline_session::{Lang, Msg, Session};
use cutline_tests::case::{Case, cases};
use cutline_tests::run::Run;
use cutline_tests::{checks, drive, soak};
use expect_test::expect;
use proptest::prelude::*;

/// Plays a snapshot of process a to its end; how many reports were sent, and at whom all came together.
fn play(channels: &str, collect: &str) -> (usize, Vec<ProcessId>) {
    let text = format!(
        "cutline 1\ntitle t\nprocess a has 1\nprocess b has 2\nprocess c has 3\n{channels}\n{collect}\n\
         run\na starts a snapshot\n"
    );
    let mut session = Session::with(vec![Scenario::parse(&text).expect("a good file")], Lang::En);
    session.update(Msg::RunToEnd);
    let trace = session.history().trace();
    let is_report = |event: &Event| matches!(event, Event::ControlSent { role: ControlRole::Report { .. }, .. });
    let collected = trace.events().filter_map(|(_, event)| match event {
        Event::Collected { process, .. } => Some(*process),
        _ => None,
    });
    let reports = trace.events().filter(|(_, event)| is_report(event)).count();
    (reports, collected.collect())
}

const RING: &str = "channel a -> b\nchannel b -> c\nchannel c -> a";

#[test]
fn the_counts_are_those_of_the_books() {
    let a = || vec![ProcessId(0)];
    assert_eq!(play("channels complete", "collect by flooding"), (18, a()));
    assert_eq!(play(RING, "collect by flooding"), (9, a()));
    assert_eq!(play("channels complete", "collect along the tree"), (2, a()));
    assert_eq!(play("channels complete", ""), (0, vec![]));
    // In the ring only c could report: b's parent is a, to which it has no channel.
    assert_eq!(play(RING, "collect along the tree"), (0, vec![]));
    let line = "channel a -> b\nchannel b -> a\nchannel b -> c\nchannel c -> b";
    assert_eq!(play(line, "collect along the tree"), (2, a()));
}

fn reports_of(run: &Run<'_>, snapshot: SnapshotId) -> usize {
    let fits = |event: &&Event| matches!(event, Event::ControlSent { role: ControlRole::Report { snapshot: of, .. }, .. } if *of == snapshot);
    run.events.iter().filter(fits).count()
}

fn collected_at(run: &Run<'_>, snapshot: SnapshotId) -> Vec<ProcessId> {
    let at = |event: &Event| match *event {
        Event::Collected { process, snapshot: of } if of == snapshot => Some(process),
        _ => None,
    };
    let mut all: Vec<ProcessId> = run.events.iter().filter_map(at).collect();
    all.sort();
    all
}

/// The processes that recorded of their own accord.
fn initiators(run: &Run<'_>, snapshot: SnapshotId) -> Vec<ProcessId> {
    let at = |event: &Event| match *event {
        Event::Recorded { process, snapshot: of, via: None, .. } if of == snapshot => Some(process),
        _ => None,
    };
    let mut all: Vec<ProcessId> = run.events.iter().filter_map(at).collect();
    all.sort();
    all
}

fn algorithm(collect: Collect, one_by_one: bool) -> ChandyLamport {
    ChandyLamport {
        markers: if one_by_one { Markers::OneByOne } else { Markers::AtOnce },
        collect,
        ..ChandyLamport::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(500), failure_persistence: None, ..Default::default() })]

    /// By flooding every initiator gets every part, in n * e reports.
    #[test]
    fn flooding_brings_everything_to_every_initiator(case in cases(), one_by_one in any::<bool>()) {
        let history = drive::play(&case, algorithm(Collect::Flooding, one_by_one));
        let run = Run::of(&history);
        let failures: Vec<_> = checks::failures(&run).into_iter().map(|(named, what)| (named.name, what)).collect();
        prop_assert_eq!(failures, vec![]);
        let topology = run.topology();
        for snapshot in &run.snapshots {
            let at = collected_at(&run, *snapshot);
            prop_assert_eq!(&at, &initiators(&run, *snapshot));
            prop_assert_eq!(reports_of(&run, *snapshot), topology.process_count() * topology.channel_count());
            for process in at {
                let collected = history.world().collected(process, *snapshot);
                prop_assert_eq!(collected, Some(&run.recorded[snapshot.index()]));
            }
        }
    }

    /// Along the tree everything comes to the only initiator, in n - 1 reports, unless an edge has no way back.
    #[test]
    fn the_tree_brings_everything_to_one_initiator(case in cases(), one_by_one in any::<bool>()) {
        let case = Case { initiators: case.initiators.iter().map(|all| vec![all[0]]).collect(), ..case };
        let history = drive::play(&case, algorithm(Collect::Tree, one_by_one));
        let run = Run::of(&history);
        let failures: Vec<_> = checks::failures(&run).into_iter().map(|(named, what)| (named.name, what)).collect();
        prop_assert_eq!(failures, vec![]);
        for snapshot in &run.snapshots {
            let in_the_way = obstacles(&run.trace, *snapshot);
            let no_way_back = |obstacle: &&Obstacle| matches!(obstacle, Obstacle::NoWayBack { .. });
            let lost = in_the_way.iter().filter(no_way_back).count();
            let several = in_the_way.len() > lost;
            let roots = initiators(&run, *snapshot);
            prop_assert_eq!(several, roots.len() > 1);
            prop_assert_eq!(reports_of(&run, *snapshot), run.topology().process_count() - roots.len() - lost);
            let expected = if in_the_way.is_empty() { roots } else { vec![] };
            prop_assert_eq!(&collected_at(&run, *snapshot), &expected);
            for process in expected {
                let collected = history.world().collected(process, *snapshot);
                prop_assert_eq!(collected, Some(&run.recorded[snapshot.index()]));
            }
        }
    }
}

/// What is said on the way, in a language.
fn told(channels: &str, collect: &str, lang: Lang) -> String {
    let text = format!(
        "cutline 1\ntitle t\nprocess a has 1\nprocess b has 2\nprocess c has 3\n{channels}\n{collect}\n\
         run\na starts a snapshot\n"
    );
    let mut session = Session::with(vec![Scenario::parse(&text).expect("a good file")], lang);
    session.update(Msg::RunToEnd);
    let mut lines = Vec::new();
    for step in 0..=session.steps() {
        session.update(Msg::Seek(step));
        let steps = session.history().trace().steps;
        let about = |event: &Event| matches!(event, Event::ControlReceived { role: ControlRole::Report { .. }, .. });
        if steps.last().is_some_and(|last| last.events.iter().any(about)) {
            lines.push(session.explanation().plain());
        } else {
            let summary = session.summary();
            lines.extend(summary.contains("eport").then_some(summary));
        }
    }
    lines.push(session.verdict_words().reasons.plain());
    lines.join("\n")
}

#[test]
fn the_words_for_it() {
    let line = "channel a -> b\nchannel b -> a\nchannel b -> c\nchannel c -> b";
    expect![[r#"
        3 processes, step 4 of 7. Under way: Marker of snapshot 1 from c to b, Report on snapshot 1 from c to b. Snapshot 1, recording. Recorded: a 1, b 2, c 3.
        3 processes, step 5 of 7. Under way: Report on snapshot 1 from c to b. Snapshot 1, consistent. Recorded: a 1, b 2, c 3.
        Step 6. b gets the part of c in snapshot 1, from c.
        Step 7. a gets 2 parts of snapshot 1 from b, put together by b. a has all parts of snapshot 1 now.
        No message is received before the cut and sent after it. No message was under way at the cut, so every channel is recorded as empty. The run began in exactly this state. All parts have come together at a."#]].assert_eq(&told(line, "collect along the tree", Lang::En));
    expect![[r#"
        第 6 步。b 从 c 收到 c 在快照 1 中的那部分。
        第 7 步。a 从 b 收到快照 1 的 2 个部分，由 b 汇总。a 现在有了快照 1 的所有部分。
        没有消息在割集之前被接收却在割集之后发出。割集处没有在途消息，因此每个通道都记录为空。运行正是从这个状态开始的。所有部分都已汇集到 a。"#]].assert_eq(&told(line, "collect along the tree", Lang::Zh));
    expect!["No message is received before the cut and sent after it. No message was under way at the cut, so every channel is recorded as empty. The run began in exactly this state. b has no channel to a, from which its first marker came, and cannot report: the parts cannot be collected along the tree. c has no channel to b, from which its first marker came, and cannot report: the parts cannot be collected along the tree."].assert_eq(&told(RING, "collect along the tree", Lang::En));
    expect!["没有消息在割集之前被接收却在割集之后发出。割集处没有在途消息，因此每个通道都记录为空。运行正是从这个状态开始的。b 的首个标记来自 a，却没有通道通往它，无法报告：各部分不能沿树收集。c 的首个标记来自 b，却没有通道通往它，无法报告：各部分不能沿树收集。"].assert_eq(&told(RING, "collect along the tree", Lang::Zh));
}

#[test]
fn reports_are_drawn_as_such() {
    let text = "cutline 1\ntitle t\nprocess a has 1\nprocess b has 2\nchannels complete\ncollect by flooding\n\
                run\na starts a snapshot\nb receives from a\n";
    let session = Session::with(vec![Scenario::parse(text).expect("a good file")], Lang::En);
    let scene = session.scene(800, 400, false);
    let classes = scene.items.iter().flat_map(|item| &item.marks).map(|mark| mark.role.class());
    assert_eq!(classes.filter(|class| *class == "report").count(), 1);
}
