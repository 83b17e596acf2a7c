//! Links: what goes in comes out, old ones open for ever, and nothing that is not one does harm.

use crate::script::Player;
use cutline_core::action::Copied;
use cutline_core::history::{End, NodeId, START, Taken};
use cutline_core::time::Time;
use cutline_core::{Action, ChannelId, Group, Payload, ProcessId, Scenario, SnapshotId, TimerId};
use cutline_diagram::Orientation;
use cutline_session::link::{Extent, MAX_CHARACTERS};
use cutline_session::{EditMsg, Lang, LookMsg, Msg, Room, Session, SideMsg, Speed, Tab, TimeMsg};
use expect_test::expect_file;
use proptest::collection::vec;
use proptest::prelude::*;

/// Unordered channels, two in one direction: positions, restorations and refusals.
const TANGLE: &str = "
    cutline 1
    title Tangle
    process a has 2000000
    process b has 0
    process c has 5
    channel one: a -> b unordered
    channel two: a -> b unordered
    channel back: b -> a unordered
    channel down: b -> c
    channel up: c -> b
    run
    a sends 3 on two
    a starts a snapshot
    open here
    b receives on two";

const TURNS: &str = "
    cutline 1
    title Turns
    process p in idle
    process q in idle
    channel c: p -> q
    channel d: q -> p unordered
    rule p: idle -> busy
    rule p: busy -> idle sends done on c
    rule q: idle -> told receives done on c
    rule q: told -> idle sends thanks on d
    rule p: idle -> idle receives thanks on d
    rule q: told -> told sends thanks on d
    rule p: idle -> busy receives thanks on d
    run";

fn playground() -> Session {
    Session::with([TANGLE, TURNS].map(|text| Scenario::parse(text).unwrap()).into(), Lang::En)
}

fn text(session: &Session) -> String {
    session.link().unwrap().text
}

/// All of a history that can make a difference.
#[derive(Debug, PartialEq)]
struct State {
    scenario: String,
    lang: Lang,
    taken: Vec<Taken>,
    ways_on: Vec<Option<usize>>,
    branch: Vec<usize>,
    ends: Vec<End>,
    tips: Vec<NodeId>,
    step: usize,
    shown: Option<SnapshotId>,
    hidden: Vec<SnapshotId>,
    orientation: Orientation,
    column: i32,
    compared: Option<usize>,
    tab: Tab,
    network: Vec<(i32, i32)>,
    fingerprint: u64,
}

fn state(session: &Session) -> State {
    let history = session.history();
    let nodes = std::iter::once(START).chain(history.taken().map(|taken| taken.node));
    State {
        scenario: session.title().into(),
        lang: session.lang(),
        taken: history.taken().collect(),
        ways_on: nodes.map(|node| history.way_on(node).map(NodeId::index)).collect(),
        branch: history.branch_nodes().iter().map(|node| node.index()).collect(),
        ends: history.ends().collect(),
        tips: session.branch_tree().iter().map(|branch| branch.tip).collect(),
        step: session.step(),
        shown: session.shown(),
        hidden: (0..8).map(SnapshotId).filter(|snapshot| session.is_hidden(*snapshot)).collect(),
        orientation: session.orientation(false),
        column: session.scene_in(Room { width: 900, height: 500, compact: false, window: Some((0, 10)) }).frame.column,
        compared: session.compared().map(NodeId::index),
        tab: session.tab(),
        network: places(session),
        fingerprint: history.trace_to(history.len()).fingerprint(),
    }
}

fn places(session: &Session) -> Vec<(i32, i32)> {
    session.network(900, 700, None).nodes.into_iter().map(|node| (node.at.x, node.at.y)).collect()
}

/// Opens a link in a playground that has been used for something else, and expects no complaint.
fn opened(mut session: Session, text: &str) -> Session {
    session.update(Msg::TakeSnapshot);
    session.update(Msg::RunToEnd);
    session.open_link(text);
    assert_eq!(session.notice_words(), None, "{text}");
    session
}

fn any_msg() -> impl Strategy<Value = Msg> {
    let channel = || (0_u16..6).prop_map(ChannelId);
    let process = || (0_u16..4).prop_map(ProcessId);
    let snapshot = || (0_u16..6).prop_map(SnapshotId);
    let amount = prop_oneof![8 => 1_i64..40, 1 => any::<i64>(), 1 => 0_i64..3_000_000];
    let action = prop_oneof![
        6 => (channel(), amount).prop_map(|(channel, amount)| Action::Send { channel, payload: Payload(amount) }),
        4 => (channel(), 0_u32..4).prop_map(|(channel, position)| Action::Deliver { channel, position }),
        2 => (process(), snapshot()).prop_map(|(process, snapshot)| Action::Initiate { process, snapshot }),
        2 => (process(), 0_u16..6).prop_map(|(process, choice)| Action::Act { process, choice }),
        2 => snapshot().prop_map(|snapshot| Action::Restore { snapshot }),
        1 => process().prop_map(|process| Action::Ring { process, timer: TimerId(0) }),
        1 => (0..7_u16, 0..2_u32).prop_map(|(rule, position)| Action::Follow { rule, position }),
        1 => (channel(), 0_u32..4).prop_map(|(channel, position)| Action::Lose { channel, position }),
        1 => (channel(), 0_u32..4, any::<bool>()).prop_map(|(channel, position, last)| Action::Duplicate {
            channel,
            position,
            copy: if last { Copied::Tail } else { Copied::Adjacent },
        }),
        1 => process().prop_map(|process| Action::Crash { process }),
        1 => (0_u64..200).prop_map(|until| Action::Wait { until: Time(until) }),
        1 => (channel(), 1_u32..9).prop_map(|(channel, number)| Action::SendAgain { channel, number }),
        2 => process().prop_map(|process| Action::Restart { process }),
        1 => (0_u64..8).prop_map(|group| Action::Partition { group: Group(group) }),
        1 => Just(Action::Heal),
    ];
    prop_oneof![
        16 => action.prop_map(Msg::Do),
        4 => (1_u32..60).prop_map(|actions| Msg::Traffic { actions }),
        2 => (1_usize..60).prop_map(|step| Msg::Edit(EditMsg::Delete(step))),
        3 => (1_usize..60, any::<bool>()).prop_map(|(step, later)| Msg::Edit(EditMsg::Nudge { step, later })),
        1 => Just(Msg::Edit(EditMsg::Undo)),
        6 => Just(Msg::Forward),
        2 => Just(Msg::TakeSnapshot),
        2 => Just(Msg::RunToEnd),
        4 => Just(Msg::Back),
        4 => (0_usize..40).prop_map(Msg::Seek),
        2 => Just(Msg::NextBranch),
        1 => Just(Msg::Reset),
        1 => snapshot().prop_map(Msg::Show),
        1 => snapshot().prop_map(|snapshot| Msg::Look(LookMsg::Toggle(snapshot))),
        1 => (0_usize..4).prop_map(|tab| Msg::Side(SideMsg::Turn(Tab::ALL[tab]))),
        1 => (process(), -9_i32..1009, 0_i32..1000).prop_map(|(p, x, y)| Msg::Side(SideMsg::Place(p, x, y))),
        1 => prop::option::of(0_u64..50).prop_map(|swaps| Msg::Side(SideMsg::Passage(swaps))),
        1 => Just(Msg::Look(LookMsg::Turn(Some(Orientation::Down)))),
        1 => (-5_i32..9000).prop_map(|column| Msg::Look(LookMsg::Column(column))),
        1 => Just(Msg::Speak(Lang::Zh)),
    ]
}

/// Numbers that lead to something: a session after random messages.
fn after(scenario: usize, msgs: &[Msg]) -> Session {
    let mut session = playground();
    session.update(Msg::Open(scenario));
    msgs.iter().for_each(|msg| drop(session.update(*msg)));
    session
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_goes_in_comes_out(scenario in 0_usize..2, msgs in vec(any_msg(), 0..60)) {
        let session = after(scenario, &msgs);
        let link = text(&session);
        prop_assert!(link.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)), "{}", link);
        let again = opened(playground(), &link);
        prop_assert_eq!(state(&again), state(&session));
        prop_assert_eq!(text(&again), link);
    }

    #[test]
    fn a_change_anywhere_is_noticed_and_nothing_is_lost(
        msgs in vec(any_msg(), 0..30), at in any::<prop::sample::Index>(), sign in any::<char>(), cut in any::<bool>(),
    ) {
        let link = text(&after(0, &msgs));
        let mut session = after(1, &msgs);
        let before = state(&session);
        let place = at.index(link.len());
        let damaged: String = if cut {
            link.chars().take(place).collect()
        } else {
            link.chars().enumerate().map(|(at, old)| if at == place { sign } else { old }).collect()
        };
        session.open_link(&damaged);
        // What is left may be the name of a scenario by itself, which is a link too.
        prop_assume!(damaged != link && !damaged.ends_with("tangle") && !damaged.ends_with("tangle.") && damaged != "1.");
        prop_assert!(session.notice_words().is_some(), "{} for {}", damaged, link);
        prop_assert_eq!(state(&session), before);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn nothing_does_harm(text in "(1\\.)?(tangle|turns)?\\.?\\PC{0,60}") {
        let mut session = playground();
        session.open_link(&text);
        prop_assert!(session.step() <= session.steps());
    }

    /// With a check value that fits, so that all of it is looked at.
    #[test]
    fn no_bytes_do_harm(bytes in vec(any::<u8>(), 0..80), tree in any::<bool>(), scenario in 0_usize..2) {
        let mut session = playground();
        let body = if tree { [&[2, u8::try_from(bytes.len()).unwrap()], &*bytes].concat() } else { bytes };
        session.open_link(&forged(["tangle", "turns"][scenario], &body));
        prop_assert!(session.step() <= session.steps());
        // However it came about, it is a state that a link can say.
        if session.notice_words().is_none() {
            prop_assert_eq!(state(&opened(playground(), &text(&session))), state(&session));
        }
    }
}

/// Presenter mode and the speed are in the link; where it says nothing of them, as old links do, all is as usual.
#[test]
fn the_hall_is_in_the_link() {
    let mut session = Session::new(Lang::En);
    let plain = text(&session);
    session.update(Msg::Time(TimeMsg::Speed(Speed::at(3))));
    session.update(Msg::Present(true));
    let other = opened(Session::new(Lang::En), &text(&session));
    assert_eq!((other.speed(), other.is_presenting()), (Speed::at(3), true));
    let back = opened(session, &plain);
    assert_eq!((back.speed(), back.is_presenting()), (Speed::default(), false));
}

/// A body with its check value, by the words of docs/links.md and by no code of the crate.
fn forged(name: &str, body: &[u8]) -> String {
    let mut check: u16 = 0xFFFF;
    for byte in name.bytes().chain(body.iter().copied()) {
        for bit in (0..8).rev() {
            let carry = (check >> 15) ^ u16::from(byte >> bit & 1);
            check = (check << 1) ^ (0x1021 * carry);
        }
    }
    let bits: Vec<u8> = body
        .iter()
        .copied()
        .chain(check.to_be_bytes())
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1))
        .collect();
    let sign = |six: &[u8]| {
        let value = (0..6).fold(0, |value, at| value << 1 | usize::from(six.get(at).copied().unwrap_or(0)));
        char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[value])
    };
    format!("1.{name}.{}", bits.chunks(6).map(sign).collect::<String>())
}

/// A fork off the current branch leads where it led, though replaying goes the other way last.
#[test]
fn ways_elsewhere_are_kept() {
    let send = |amount| Msg::Do(Action::Send { channel: ChannelId(0), payload: Payload(amount) });
    let prepared = Msg::Do(Action::Send { channel: ChannelId(1), payload: Payload(3) });
    let fork = [Msg::Seek(0), send(1), send(2), Msg::Seek(1), send(3), Msg::NextBranch, Msg::NextBranch, send(4)];
    let back = [Msg::NextBranch, Msg::NextBranch, Msg::Seek(0), prepared];
    for msgs in [[&fork[..], &back[..]].concat(), [&fork[..], &back[2..]].concat()] {
        let session = after(0, &msgs);
        let last = session.history().way_on(NodeId::default());
        assert_eq!((last.map(NodeId::index), session.branch().1), (Some(1), 3));
        assert_eq!(state(&opened(playground(), &text(&session))), state(&session));
    }
}

/// Old links open for ever: lines may be added to the file, and never changed.
#[test]
fn every_old_link_opens() {
    let golden = include_str!("../golden/links.txt");
    let mut told = String::new();
    for link in golden.lines().filter(|line| line.starts_with("1.")) {
        let mut session = Session::new(Lang::En);
        session.open_link(link);
        told += &format!("{link}\n{}\n", summary(&session));
    }
    expect_file!["../golden/links.txt"].assert_eq(&told);
    assert!(golden.lines().filter(|line| line.starts_with("1.")).count() >= 19);
}

fn summary(session: &Session) -> String {
    let branch = session.branch();
    let notice = session.notice_words().map(|(_, words)| format!("\n  says: {words}")).unwrap_or_default();
    format!(
        "  {}, {:?}, step {} of {}, branch {} of {}, snapshot {:?}, compared with {:?}, {:016x}{notice}",
        session.title(),
        session.lang(),
        session.step(),
        session.steps(),
        branch.0 + 1,
        branch.1,
        session.shown().map(Session::number),
        session.compared().map(NodeId::index),
        session.history().trace().fingerprint(),
    )
}

#[test]
fn links_are_short() {
    let measure = |what: &str, scenario: usize, script: &str, most: usize| {
        let mut player = Player::of(Session::new(Lang::En));
        player.play(&format!("open {scenario}\n{script}"));
        let link = text(&player.session);
        let (steps, all) = (player.session.steps(), player.session.history().action_count());
        assert!(link.len() <= most, "{what}, {steps} steps of {all}: {} characters, {link}", link.len());
        link
    };
    measure("as it opens", 1, "", 26);
    measure("the prepared run, by steps", 1, "run to end", 60);
    measure("a snapshot", 1, "take snapshot\nrun to end", 65);
    let twenty = "send P1->P2 5\nsend P2->P3 7\ntake snapshot\nsend P3->P1 12\ndeliver P2->P1\nrun to end";
    let link = measure("about twenty steps with sends", 1, twenty, 85);
    assert!(opened(Session::new(Lang::En), &link).steps() >= 20);
}

/// However long a run of random traffic is, and whatever is changed in it: what it takes to say is what was done by hand.
#[test]
fn long_runs_have_short_links_too() {
    let mut player = Player::of(Session::new(Lang::En));
    player.play("open 1");
    let traffic = |player: &mut Player, actions: u32| drop(player.session.update(Msg::Traffic { actions }));
    traffic(&mut player, 7000);
    player.play("take snapshot");
    traffic(&mut player, 13_000);
    let link = text(&player.session);
    assert!(player.session.steps() > 20_000 && link.len() < 100, "{} characters: {link}", link.len());
    assert_eq!(state(&opened(Session::new(Lang::En), &link)), state(&player.session));
    // Changing what happened makes all that comes after another run, which is not that of the traffic.
    player.play("later 9000\n delete 12000\n earlier 6000\n seek 100\n send P1->P2 3");
    traffic(&mut player, 500);
    let link = text(&player.session);
    assert!(player.session.history().action_count() > 40_000 && link.len() < 450, "{} characters", link.len());
    assert_eq!(state(&opened(Session::new(Lang::En), &link)), state(&player.session));
}

/// As docs/links.md has it: ten steps of traffic of the page's seed, and the five before the last one once more.
#[test]
fn traffic_and_repetitions_are_written_as_they_are_described() {
    let send = [0_u8, 1, 2, 3, 4, 5, 6, 7, 8].map(|amount| [2, 2 * (amount + 1)]).concat();
    let long = |less_one: u8, what: u8, number: &[u8]| {
        let first = (u16::from(less_one) << 3 | u16::from(what) << 2 | 3) << 3 | 7;
        let bytes = [u8::try_from(first & 127).unwrap() | 128, u8::try_from(first >> 7).unwrap()];
        [&bytes[..], number].concat()
    };
    let tree = [&send[..], &long(4, 1, &[6]), &long(9, 0, &[0xC1, 0x0F])].concat();
    let tree = |tag: u8| [&[tag, u8::try_from(tree.len()).unwrap()], &tree[..]].concat();
    let session = opened(playground(), &forged("tangle", &tree(64)));
    assert_eq!(session.steps(), 9 + 5 + 10);
    let amounts: Vec<Action> = (1..=14).map(|step| session.history().step_at(step).0).collect();
    assert_eq!(amounts[9..], amounts[3..8]);
    let mut by_hand = playground();
    by_hand.update(Msg::Seek(0));
    amounts.iter().for_each(|action| drop(by_hand.update(Msg::Do(*action))));
    by_hand.update(Msg::Traffic { actions: 10 });
    assert_eq!(session.history().trace().fingerprint(), by_hand.history().trace().fingerprint());
    // Version 1 had neither in its plain tree.
    let mut session = playground();
    session.open_link(&forged("tangle", &tree(2)));
    assert!(session.notice_words().unwrap().1.contains("damaged at character"));
    // Nothing comes before the first action.
    session.open_link(&forged("tangle", &[&[64, 3], &long(4, 1, &[1])[..]].concat()));
    assert!(session.notice_words().unwrap().1.contains("damaged at character"));
}

#[test]
fn a_link_to_a_scenario_can_be_written_by_hand() {
    let session = opened(Session::new(Lang::Zh), "1.never-occurred");
    assert_eq!((session.current(), session.lang()), (1, Lang::Zh));
    assert_eq!(session.link_to_scenario().as_deref(), Some("1.never-occurred"));
    let session = opened(Session::new(Lang::En), "https://example.org/cutline/?embed#1.never-occurred");
    assert_eq!(session.current(), 1);
}

#[test]
fn a_scenario_of_ones_own_goes_along() {
    let mut own = Session::new(Lang::En);
    let body = [
        &[1, u8::try_from(TURNS.len() & 127 | 128).unwrap(), u8::try_from(TURNS.len() >> 7).unwrap()],
        TURNS.as_bytes(),
    ]
    .concat();
    own.open_link(&forged("", &body));
    assert_eq!(
        (own.notice_words(), own.title(), own.titles().count()),
        (None, "Turns", Session::new(Lang::En).titles().count() + 1)
    );
    own.update(Msg::Do(Action::Act { process: ProcessId(0), choice: 0 }));
    let again = opened(Session::new(Lang::En), &text(&own));
    assert_eq!(state(&again), state(&own));
    assert_eq!(own.link_to_scenario(), None);
    // Another takes its place.
    let other = TURNS.replace("title Turns", "title Again");
    let length = other.len();
    let body = [&[1, u8::try_from(length & 127 | 128).unwrap(), u8::try_from(length >> 7).unwrap()], other.as_bytes()]
        .concat();
    own.open_link(&forged("", &body));
    assert_eq!((own.title(), own.titles().count()), ("Again", Session::new(Lang::En).titles().count() + 1));
}

/// Unknown sections are skipped, unless their number says that they must not be; sections may have grown.
#[test]
fn what_a_newer_page_adds_is_left_out() {
    let grown = forged("turns", &[40, 3, 1, 2, 3, 5, 3, 1, 99, 99, 4, 2, 0, 7]);
    let session = opened(playground(), &grown);
    assert_eq!((session.current(), session.lang()), (1, Lang::Zh));
    let mut session = playground();
    session.open_link(&forged("turns", &[65, 1, 0]));
    assert!(session.notice_words().unwrap().1.contains("newer page"));
    assert_eq!(session.current(), 0);
}

#[test]
fn damage_is_told_with_its_place() {
    let mut session = Session::new(Lang::En);
    session.update(Msg::TakeSnapshot);
    session.update(Msg::RunToEnd);
    let link = text(&session);
    let too_long = format!("1.money-in-flight.{}", "A".repeat(MAX_CHARACTERS));
    let bad_tree = forged("money-in-flight", &[2, 2, 7 | 3 << 3, 0]);
    let too_many = forged("money-in-flight", &[2, 6, 0xF8, 0xFF, 0xFF, 0x7F, 0xF8, 0xFF]);
    let no_text = forged("", &[1, 2, 0xC3, 0x28]);
    let no_scenario = forged("", b"\x01\x15cutline 1\nprocess p p");
    for (given, expected) in [
        (
            "about",
            "What follows # in the address is not a link of Cutline. One begins with the version and the name of a scenario: 1.money-in-flight",
        ),
        ("x.money", "What follows #"),
        ("2.money-in-flight.AAAA", "The link has version 2, and this page reads version 1."),
        (&too_long, "The link has 30018 characters, and this page opens links of at most 30000."),
        ("1.Money", "damaged at character 3: letters, digits, - and _ are expected there, not M."),
        ("1.money-in-flight.AA+A", "damaged at character 21: letters, digits, - and _ are expected there, not +."),
        ("1.money-in-flight.AA\u{202E}A", "not U+202E"),
        ("1.money-in-flight.AAA", "check value"),
        ("1.money-in-flight.A", "ends too early, after character 19."),
        ("1.nowhere", "a scenario that is not here, nowhere. These are: money-in-flight, never-occurred,"),
        (&bad_tree, "damaged at character 21: what stands there is not what version 1 has there."),
        (&too_many, "more than 100000 actions"),
        (&no_text, "damaged at character"),
        (&no_scenario, "The scenario in the link cannot be read. line 2"),
        (&link[..link.len() - 6], "ends too early"),
        (&link.replacen("1.money-in-flight", "1.never-occurred", 1), "check value"),
    ] {
        let before = state(&session);
        session.open_link(given);
        let (_, words) = session.notice_words().unwrap();
        assert!(words.contains(expected), "{given}: {words}");
        assert_eq!(state(&session), before, "{given}");
        session.update(Msg::Speak(Lang::Zh));
        assert_ne!(session.notice_words().unwrap().1, words, "{given}");
        session.update(Msg::Speak(Lang::En));
        session.update(Msg::Dismiss);
        assert_eq!(session.notice_words(), None);
    }
}

/// What the world refuses is left out with what came after it, and told; other branches are there.
#[test]
fn what_cannot_be_done_is_left_out() {
    let mut session = playground();
    // a sends 4 on one; then 9,000,000, which it has not; then 5 on two, which came after that. A branch from the first: 6.
    let tree = [2, 8, 2, 128 + 64, 0xD1, 0xCA, 8, 10, 10, 22];
    let body = [&[2, u8::try_from(tree.len()).unwrap()], &tree[..], &[2, 12]].concat();
    let mut body = body;
    body[1] += 2;
    session.open_link(&forged("tangle", &body));
    let (_, words) = session.notice_words().unwrap();
    assert!(words.contains("2 are left out"), "{words}");
    assert_eq!(session.branch().1, 2, "the prepared run and what is left of the link's");
}

#[test]
fn a_hostile_link_ends_soon() {
    // 128 processes, all joined, 90,000 deliveries and 4,000 restorations: too much work, told in words.
    let mut text = String::from("cutline 1\ntitle Big\n");
    (0..120).for_each(|at| text += &format!("process p{at} has 9\n"));
    text += "channels complete\nrun\n";
    let scenario = number(text.len());
    let mut tree = vec![3, 0];
    tree.extend([0xF8, 0xFF, 0x2B]);
    (0..4000).for_each(|_| tree.extend([7, 0x0E]));
    let body = [&[1], &*scenario, text.as_bytes(), &[2], &*number(tree.len()), &*tree].concat();
    let mut session = Session::new(Lang::En);
    session.open_link(&forged("", &body));
    let (_, words) = session.notice_words().unwrap();
    assert!(words.contains("asks for more than a page does at once"), "{words}");
    assert!(session.history().event_count() < 2_100_000);
}

fn number(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 127 {
        bytes.push(u8::try_from(number & 127).unwrap() | 128);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap());
    bytes
}

/// A run that is too long loses its other branches first, then its future, and then there is no link.
#[test]
fn a_run_that_is_too_long_says_so() {
    let mut session = playground();
    let channel = ChannelId(0);
    // Amounts in which nothing comes again.
    let mut state = 1_u32;
    let mut run = |session: &mut Session, amount: i64, steps: i64| {
        (0..steps).for_each(|_| {
            state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345);
            let payload = Payload(amount + i64::from((state >> 16) % 29));
            drop(session.update(Msg::Do(Action::Send { channel, payload })));
        });
    };
    run(&mut session, 100, 6000);
    assert_eq!(session.link().unwrap().extent, Extent::Whole);
    session.update(Msg::Seek(3));
    run(&mut session, 120, 6000);
    let fragment = session.link().unwrap();
    assert_eq!(fragment.extent, Extent::Branch);
    let again = opened(playground(), &fragment.text);
    assert_eq!((again.step(), again.steps(), again.branch().1), (6003, 6003, 2));
    run(&mut session, 100, 5000);
    session.update(Msg::Seek(6500));
    let fragment = session.link().unwrap();
    assert_eq!(fragment.extent, Extent::Past);
    assert_eq!(opened(playground(), &fragment.text).steps(), 6500);
    session.update(Msg::Seek(11003));
    let why = session.link().unwrap_err();
    assert!(why.characters > MAX_CHARACTERS, "{why:?}");
    assert!(session.no_link_words(why).contains("Step back"));
    assert!(session.extent_words(Extent::Past).is_some() && session.extent_words(Extent::Whole).is_none());
}
