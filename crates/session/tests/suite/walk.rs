//! Random messages by the thousand: nothing panics, and what is shown is always in order.

use crate::visible;
use cutline_core::{Action, ChannelId, Payload, ProcessId, Scenario, SnapshotId, TimerId};
use cutline_diagram::Orientation;
use cutline_session::{Command, Lang, LookMsg, Msg, Room, Session, Standing};

/// Two channels in one direction, one without order, a process that nobody hears and one that nobody tells.
const TANGLE: &str = "
    cutline 1
    title Tangle
    title.zh 一团乱
    process a has 20
    process b has 0
    process c has 5
    channel one: a -> b unordered
    channel two: a -> b unordered
    channel back: b -> a unordered
    channel down: b -> c
    run
    a sends 3 on two
    a starts a snapshot
    open here";

/// Rules that touch no channel, and messages that wait for the right state.
const AUTOMATON: &str = "
    cutline 1
    title Turns
    title.zh 轮流
    process p in idle
    process q in idle
    channel c: p -> q
    channel d: q -> p unordered
    rule p: idle -> busy
    rule p: busy -> idle sends done on c
    rule q: idle -> told receives done on c
    rule q: told -> idle sends thanks on d
    rule p: idle -> idle receives thanks on d
    run";

/// Knuth's linear congruential generator; the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn small<T: TryFrom<u64>>(&mut self, n: u64) -> T {
        T::try_from(self.below(n)).ok().unwrap()
    }
}

fn playground() -> Session {
    let texts = [
        include_str!("../../scenarios/money-in-flight.cutline"),
        include_str!("../../scenarios/never-occurred.cutline"),
        include_str!("../../scenarios/one-marker-at-a-time.cutline"),
        include_str!("../../scenarios/circle-of-waiting.cutline"),
        TANGLE,
        AUTOMATON,
    ];
    Session::with(texts.iter().map(|text| Scenario::parse(text.trim()).unwrap()).collect(), Lang::En)
}

/// Something that a reader, or a page gone wrong, might tell the session.
fn any_msg(dice: &mut Dice, session: &Session) -> Msg {
    let process = |dice: &mut Dice| ProcessId(dice.small(4));
    match dice.below(40) {
        0 if dice.below(4) == 0 => Msg::Open(dice.small(8)),
        1 => Msg::Seek(if dice.below(9) == 0 { usize::MAX } else { dice.small(40) }),
        2 => Msg::Reset,
        3 => Msg::RunToEnd,
        4 => Msg::TogglePlay,
        5..=6 => Msg::Tick,
        7 => Msg::Show(SnapshotId(dice.small(4))),
        8..=9 => Msg::OpenMenu(process(dice)),
        10 => Msg::CloseMenu,
        11 => Msg::Dismiss,
        12 => Msg::TakeSnapshot,
        13 => Msg::StartAt(process(dice)),
        14..=15 => Msg::Forward,
        16 => Msg::Back,
        17 => Msg::NextBranch,
        21 => Msg::Look(any_look(dice, session)),
        18 => session.restoration().and_then(|choice| choice.msg).filter(|_| dice.below(4) == 0).unwrap_or(Msg::Back),
        19..=20 => {
            let choices = session.menu().map(|menu| menu.choices).unwrap_or_default();
            let offered: Vec<Msg> = choices.into_iter().filter_map(|choice| choice.msg).collect();
            let drawn = dice.below(offered.len().max(1) as u64);
            offered.get(usize::try_from(drawn).unwrap()).copied().unwrap_or(Msg::OpenMenu(process(dice)))
        }
        _ => Msg::Do(any_action(dice, session.topology().channel_count())),
    }
}

fn any_look(dice: &mut Dice, session: &Session) -> LookMsg {
    match dice.below(9) {
        0 => LookMsg::ZoomIn,
        1 => LookMsg::ZoomOut,
        2 => LookMsg::Fit,
        3 => LookMsg::Column(if dice.below(3) == 0 { i32::MIN } else { dice.small(200_000) }),
        4 => LookMsg::Turn(None),
        5 => LookMsg::Turn(Some(Orientation::Down)),
        6 => LookMsg::Turn(Some(Orientation::Across)),
        7 => LookMsg::Toggle(SnapshotId(dice.small(5))),
        _ => LookMsg::Compare(session.history().tips().next()),
    }
}

/// Mostly about what there is, and now and then about what there is not.
fn any_action(dice: &mut Dice, channels: usize) -> Action {
    let channel = ChannelId(dice.small(u64::try_from(channels).unwrap() + 1));
    match dice.below(20) {
        0 => Action::Ring { process: ProcessId(dice.small(4)), timer: TimerId(0) },
        1 => Action::Initiate { process: ProcessId(dice.small(4)), snapshot: SnapshotId(dice.small(5)) },
        2 => Action::Initiate { process: ProcessId(dice.small(4)), snapshot: SnapshotId(dice.small(70)) },
        3..=5 => Action::Act { process: ProcessId(dice.small(3)), choice: dice.small(6) },
        6..=10 => Action::Send { channel, payload: Payload(i64::try_from(dice.below(30)).unwrap() - 2) },
        _ => Action::Deliver { channel, position: dice.small(3) },
    }
}

/// What holds at every moment.
fn assert_in_order(session: &mut Session, ordered: bool, ticking: bool, what: &str) {
    assert!(session.step() <= session.steps(), "{what}");
    assert_eq!(session.is_playing(), ticking, "{what}: the page ticks as long as the session plays");
    assert!(session.can_go_forward() || !ticking, "{what}: plays on at the end");
    assert!(session.recording_steps().iter().all(|(step, _)| (1..=session.steps()).contains(step)), "{what}");
    let (branch, branches) = session.branch();
    assert!(branch < branches, "{what}: branch {branch} of {branches}");
    let verdict = session.verdict_words();
    assert_eq!(verdict.standing == Standing::None, session.begun().is_empty(), "{what}");
    if ordered {
        assert_ne!(verdict.standing, Standing::Inconsistent, "{what}: {}", verdict.reasons.plain());
        assert!(session.equation().is_none_or(|equation| !equation.wrong), "{what}");
    }
    let spoken = session.lang();
    for lang in [spoken.other(), spoken] {
        session.update(Msg::Speak(lang));
        for text in visible::strings(session) {
            assert!(!text.contains(['{', '}']), "{what}: {text}");
            assert!(lang == Lang::En || is_set_as_chinese(&text), "{what}: {text}");
            assert!(lang == Lang::Zh || !text.contains("  ") || text.contains('\n'), "{what}: a hole in {text:?}");
        }
        let whole = Room { width: 500, height: 300, compact: true, window: None };
        assert_eq!(session.scene_in(whole).frame, session.frame_in(whole), "{what}");
        let part = session.scene_in(Room { window: Some((100, 300)), ..whole });
        let unnamed = visible::targets(&part).into_iter().find(|target| session.label(*target).is_empty());
        assert_eq!(unnamed, None, "{what}");
        let scene = session.scene(900, 480, false);
        let unnamed = visible::targets(&scene).into_iter().find(|target| session.label(*target).is_empty());
        assert_eq!(unnamed, None, "{what}");
    }
}

/// No English full stop, and no space between two Chinese signs.
fn is_set_as_chinese(text: &str) -> bool {
    let signs: Vec<char> = text.chars().collect();
    let chinese = |c: char| ('\u{3001}'..='\u{9fff}').contains(&c) || ('\u{ff01}'..='\u{ff5e}').contains(&c);
    let gap = |three: &[char]| three[1] == ' ' && chinese(three[0]) && chinese(three[2]);
    !text.contains(". ") && !signs.windows(3).any(gap)
}

fn walk(scenario: usize, seed: u64, length: usize) {
    let mut dice = Dice(seed);
    let mut session = playground();
    session.update(Msg::Open(scenario));
    let mut ticking = false;
    for at in 0..length {
        let msg = any_msg(&mut dice, &session);
        let (at_end, before) = (!session.can_go_forward(), session.step());
        for command in session.update(msg) {
            let expected = ticking;
            ticking = matches!(command, Command::StartTicking(1..));
            assert_ne!(ticking, expected, "{msg:?}: {command:?} changes nothing");
        }
        if msg == Msg::Forward && at_end {
            assert_eq!(session.step(), before, "forward at the end");
        }
        if session.steps() > 120 {
            session.update(Msg::Open(session.current()));
            ticking = false;
        }
        // Looking at everything takes longer than doing it.
        if at % 4 == 0 {
            let what = format!("scenario {scenario}, seed {seed}, message {at}, {msg:?}");
            let ordered = session.current() < 4;
            assert_in_order(&mut session, ordered, ticking, &what);
        }
    }
}

#[test]
fn random_messages_leave_everything_in_order() {
    for scenario in 0..6 {
        for seed in 0..4 {
            walk(scenario, seed, 400);
        }
    }
}

#[test]
fn a_walk_meets_what_it_is_meant_to_meet() {
    let mut dice = Dice(1);
    let mut session = playground();
    let (mut refused, mut wrong, mut complete) = (0, 0, 0);
    for at in 0..4000 {
        if at % 50 == 0 {
            session.update(Msg::Open(at / 50 % 6));
        }
        let msg = any_msg(&mut dice, &session);
        session.update(msg);
        refused += usize::from(session.notice().is_some());
        let standing = session.verdict_words().standing;
        wrong += usize::from(standing == Standing::Inconsistent);
        complete += usize::from(standing == Standing::Consistent);
    }
    assert!(refused > 100 && wrong > 10 && complete > 100, "{refused} refused, {wrong} wrong, {complete} complete");
}
