//! The side of the page: rules, network, events, the reordered run, and random traffic.

use crate::script::{Player, after, transcript, with};
use cutline_core::{ProcessId, Scenario};
use cutline_session::events::{Filter, When};
use cutline_session::network::{Item, Recording};
use cutline_session::{Jump, Lang, Msg, Rule, Session, SideMsg, Tab};
use expect_test::expect_file;
use std::fmt::Write;

/// A ring of so many banks, both ways.
fn ring(processes: usize) -> Session {
    let mut text = "cutline 1\ntitle Ring\n".to_owned();
    for at in 0..processes {
        writeln!(text, "process p{at} has 100").unwrap();
    }
    for at in 0..processes {
        let next = (at + 1) % processes;
        writeln!(text, "channel p{at} -> p{next}\nchannel p{next} -> p{at}").unwrap();
    }
    Session::with(vec![Scenario::parse(&text).unwrap()], Lang::En)
}

#[test]
fn the_rules_are_filled_in_at_every_step() {
    let mut player = after(Lang::En, 1, "");
    assert_eq!(player.session.active_rules(), []);
    player.play("take snapshot");
    assert_eq!(player.session.active_rules(), [Rule::Start, Rule::Send]);
    player.play("forward");
    assert_eq!(player.session.active_rules(), [Rule::Keep], "the 20 is kept");
    player.play("forward");
    assert_eq!(player.session.active_rules(), [Rule::Send, Rule::First]);
    player.play("seek 17");
    assert_eq!(player.session.active_rules(), [Rule::Later]);
    let later = player.session.rules().into_iter().find_map(|line| line.now).unwrap();
    assert_eq!(later.words, "P2→P1 is recorded as 20.");
}

/// The rules, filled in, at each of some steps.
fn filled_in(player: &mut Player, steps: &[usize]) -> Vec<Vec<String>> {
    let mut at = |step: &usize| {
        player.play(&format!("seek {step}"));
        player.session.rules().into_iter().filter_map(|line| line.now).map(|now| now.words).collect()
    };
    steps.iter().map(&mut at).collect()
}

#[test]
fn markers_that_are_owed_are_said_to_be_owed_and_then_sent() {
    let mut player = after(Lang::En, 3, "");
    let filled = filled_in(&mut player, &[2, 3, 6, 9]);
    let records = "Ann records 50 and owes a marker on each of: Ann→Bob, Ann→Cid.";
    assert_eq!(filled[0][1], records);
    assert_eq!(filled[1], ["Ann sends a marker that it owed, on Ann→Cid. It still owes: Ann→Bob."]);
    assert_eq!(filled[2], ["Ann sends the last marker that it owed, on Ann→Bob."]);
    assert!(
        filled[3].contains(&"Bob records 33 and owes a marker on each of: Bob→Ann, Bob→Cid.".to_owned()),
        "{filled:?}"
    );
}

/// "No channel leads out of it" is said of nobody else.
#[test]
fn only_a_process_without_outgoing_channels_is_said_to_have_none() {
    for scenario in 1..=5 {
        let mut player = after(Lang::En, scenario, "take snapshot\n run to end");
        let all: Vec<usize> = (1..=player.session.steps()).collect();
        let said = filled_in(&mut player, &all).concat();
        assert!(!said.is_empty() && !said.iter().any(|words| words.contains("No channel leads out")), "{said:?}");
    }
    let mut alone =
        with("cutline 1\ntitle Alone\nprocess A has 1\nprocess B has 1\nchannel A -> B\nrun\nB starts a snapshot");
    assert_eq!(filled_in(&mut alone, &[1])[0][1], "B records 1. No channel leads out of it.");
}

#[test]
fn the_run_that_passes_through_the_recorded_state_swap_by_swap() {
    let script = "
        open 2
        forward
        forward
        passage 0
        passage 1
        passage 7
        passage none
        open 1
        seek 17
        passage 0
        passage 1
        passage 99";
    expect_file!["../golden/passage.txt"].assert_eq(&transcript(Lang::En, script));
}

/// After all swaps the events before the cut stand first, whatever the run.
#[test]
fn after_all_swaps_everything_before_the_cut_stands_first() {
    let mut session = ring(4);
    session.update(Msg::Traffic { actions: 40 });
    session.update(Msg::TakeSnapshot);
    session.update(Msg::Traffic { actions: 60 });
    session.update(Msg::RunToEnd);
    session.update(Msg::Side(SideMsg::Passage(Some(u64::MAX))));
    let last = session.passage().unwrap();
    assert!(last.swaps > 3, "{}", last.swaps);
    let sides: Vec<bool> = last.events.iter().map(|event| event.is_before).collect();
    assert!(sides.is_sorted_by(|a, b| a >= b), "{sides:?}");
    assert_eq!(last.events.iter().filter(|event| event.state_before || event.state_after).count(), 1);
    // One swap earlier exactly two neighbours stand the other way round.
    session.update(Msg::Side(SideMsg::Passage(Some(last.previous))));
    let before = session.passage().unwrap();
    assert_eq!((before.done, before.next), (last.swaps - 1, last.swaps));
    assert!(before.events.iter().any(|event| event.moved));
}

#[test]
fn nothing_is_reordered_before_the_snapshot_is_complete() {
    let player = after(Lang::En, 1, "take snapshot\n passage 0");
    assert!(!player.session.has_passage() && player.session.passage().is_none());
}

#[test]
fn every_step_has_its_entry_and_the_filters_part_them() {
    let player = after(Lang::En, 1, "");
    let session = &player.session;
    let all = session.steps_fitting(&Filter::default());
    assert_eq!(all, (1..=17).collect::<Vec<_>>());
    let none = Filter { messages: false, markers: false, recordings: false, ..Filter::default() };
    let count = |filter: Filter| session.steps_fitting(&filter).len();
    let kinds = [
        count(Filter { messages: true, ..none.clone() }),
        count(Filter { markers: true, ..none.clone() }),
        count(Filter { recordings: true, ..none.clone() }),
    ];
    assert_eq!(kinds, [10, 6, 3], "two of the three recordings are by markers");
    assert_eq!(count(none), 0);
    assert_eq!(session.steps_fitting(&Filter { text: " SENDS 15 ".into(), ..Filter::default() }), [12]);
    let of_p1 = session.steps_fitting(&Filter { process: Some(ProcessId(0)), ..Filter::default() });
    assert_eq!(of_p1, [2, 8, 9, 15, 17]);
    let entries = session.entries(&all);
    let when = |wanted: When| entries.iter().filter(|entry| entry.when == wanted).count();
    assert_eq!((when(When::Past), when(When::Now), when(When::Ahead)), (6, 1, 10));
    assert_eq!(entries[0].things, "e1 m0 c3 p1");
}

/// The list tells each step as it is told when it is the present one.
#[test]
fn an_entry_says_what_the_page_says_at_that_step() {
    for lang in [Lang::En, Lang::Zh] {
        for scenario in [1, 2] {
            let mut player = after(lang, scenario, "");
            let steps: Vec<usize> = (1..=player.session.steps()).collect();
            let told: Vec<String> = player.session.entries(&steps).iter().map(|entry| entry.words.plain()).collect();
            for (step, words) in steps.iter().zip(told) {
                player.play(&format!("seek {step}"));
                let now = player.session.explanation().plain();
                assert!(now.ends_with(&words), "step {step}: {words} / {now}");
            }
        }
    }
}

#[test]
fn queues_stand_head_first_towards_the_receiver() {
    let player = after(Lang::En, 1, "send P2->P1 3\n take snapshot");
    let network = player.session.network(328, 300, None);
    let channel = player.session.topology().channel_named("P2→P1").unwrap();
    let queue: Vec<&Item> = network.items.iter().filter(|item| item.waits.is_some_and(|(c, _)| c == channel)).collect();
    assert_eq!(queue.iter().map(|item| &*item.words).collect::<Vec<_>>(), ["20", "3"]);
    assert_eq!(queue.iter().map(|item| item.ready).collect::<Vec<_>>(), [true, false]);
    let receiver = network.nodes[0].at;
    let away = |item: &Item| (item.at.x - receiver.x).pow(2) + (item.at.y - receiver.y).pow(2);
    assert!(away(queue[0]) < away(queue[1]));
    let open = network.edges.iter().filter(|edge| matches!(edge.recording, Recording::Open(_))).count();
    assert_eq!((open, network.nodes.iter().filter(|node| node.recorded.is_some()).count()), (2, 1));
}

#[test]
fn what_was_just_received_is_at_its_receiver() {
    let player = after(Lang::En, 1, "deliver P2->P1");
    let network = player.session.network(328, 300, None);
    let arrived: Vec<&Item> = network.items.iter().filter(|item| item.waits.is_none()).collect();
    assert_eq!(arrived.len(), 1);
    assert_eq!((&*arrived[0].words, arrived[0].at), ("20", network.nodes[0].at));
}

/// Nothing sticks out of its room, however many there are.
#[test]
fn a_network_keeps_within_its_room() {
    for processes in [3, 8, 16, 33, 64] {
        let mut session = ring(processes);
        session.update(Msg::Traffic { actions: 300 });
        let network = session.network(328, 300, None);
        let inside = |x: i32, y: i32| (0..=328).contains(&x) && (0..=300).contains(&y);
        assert!(network.nodes.iter().all(|node| inside(node.at.x, node.at.y)), "{processes}");
        assert!(network.items.iter().all(|item| inside(item.at.x, item.at.y)), "{processes}");
        let names = network.nodes.iter().filter_map(|node| node.beside);
        assert!(names.into_iter().all(|at| inside(at.x, at.y)), "{processes}");
    }
}

#[test]
fn a_process_stays_where_it_is_put_until_all_are_arranged() {
    let mut player = after(Lang::En, 1, "place P1 250 900");
    assert_eq!(player.session.places().of(ProcessId(0), 3), (250, 900));
    player.play("forward\n arrange");
    assert_eq!(player.session.places().of(ProcessId(0), 3), (500, 0));
}

#[test]
fn traffic_goes_on_where_it_stopped_and_is_the_same_for_ever() {
    let fingerprint = |counts: &[u32]| {
        let mut session = Session::new(Lang::En);
        counts.iter().for_each(|actions| _ = session.update(Msg::Traffic { actions: *actions }));
        (session.step(), session.history().trace().fingerprint())
    };
    let thirty = fingerprint(&[30]);
    assert_eq!(thirty.0, 37);
    assert_eq!(fingerprint(&[10, 20]), thirty);
    assert_eq!(fingerprint(&[10, 10, 10]), thirty);
}

#[test]
fn traffic_keeps_what_is_conserved_and_snapshots_consistent() {
    let mut session = ring(5);
    for _ in 0..4 {
        session.update(Msg::Traffic { actions: 100 });
        session.update(Msg::TakeSnapshot);
        session.update(Msg::Traffic { actions: 200 });
    }
    session.update(Msg::RunToEnd);
    assert_eq!(session.begun().len(), 4);
    for snapshot in session.begun() {
        assert!(session.verdict(snapshot).is_consistent(), "{snapshot:?}");
    }
}

#[test]
fn traffic_of_automata_follows_their_rules_and_ends_where_they_do() {
    let mut player = after(Lang::En, 2, "traffic 50");
    assert!(player.session.step() > 10, "{}", player.session.step());
    let mut stuck =
        with("cutline 1\ntitle One\nprocess p in A\nprocess q in X\nchannel c: p -> q\nrule p: A -> B sends M on c\n");
    stuck.play("traffic 9");
    assert_eq!(stuck.session.step(), 1, "nobody can receive M");
    assert!(!stuck.session.can_add_traffic() && player.session.can_add_traffic());
    player.play("traffic 1");
}

#[test]
fn a_hundred_thousand_actions_at_once_are_the_most() {
    let mut session = ring(3);
    session.update(Msg::Traffic { actions: u32::MAX });
    assert_eq!(session.step(), 100_000);
}

#[test]
fn jumps_go_from_recording_to_recording_and_from_event_to_event_of_a_process() {
    let mut player = after(Lang::En, 1, "");
    let mut where_to = |line: &str| {
        player.play(line);
        player.session.step()
    };
    assert_eq!(["next recording"; 4].map(&mut where_to), [8, 10, 11, 11]);
    assert_eq!(["previous recording"; 3].map(&mut where_to), [10, 8, 8]);
    assert_eq!(["next at P1"; 2].map(&mut where_to), [9, 15]);
    assert_eq!(["previous at P3"; 2].map(&mut where_to), [12, 10]);
    player.play("seek 11");
    assert_eq!((player.session.recording_beside(true), player.session.recording_beside(false)), (None, Some(10)));
    assert_eq!(player.session.target_of(Jump::PreviousAt(ProcessId(2))), Some(10));
}

#[test]
fn turning_to_a_tab_leaves_everything_else_as_it_is() {
    let mut player: Player = after(Lang::En, 1, "menu P1\n turn to network");
    assert_eq!(player.session.tab(), Tab::Network);
    assert!(player.session.open_menu().is_some());
    player.play("play\n turn to events");
    assert!(player.session.is_playing());
    player.play("open 2");
    assert_eq!(player.session.tab(), Tab::Events, "the tab is the reader's, not the scenario's");
}
