//! Golden transcripts. `cargo xtask bless` rewrites them; read the difference before you believe it.

use crate::script::{after, transcript};
use crate::visible;
use cutline_core::Rejected;
use cutline_session::{Command, Lang, Msg, Session, Standing, Text};
use expect_test::{expect, expect_file};

/// The prepared run of the first scenario, on from where it opens.
const MONEY: &str = "
    open 1
    take snapshot
    forward
    forward
    forward
    forward
    forward
    forward
    forward
    forward
    forward
    run to end";

#[test]
fn the_money_scenario_to_its_end() {
    let player = after(Lang::En, 1, MONEY);
    let verdict = player.session.verdict_words();
    assert_eq!(verdict.standing, Standing::Consistent);
    let equation = player.session.equation().unwrap();
    assert_eq!((&*equation.sum, equation.wrong), ("300", false));
    assert_eq!(equation.terms.iter().filter(|term| term.is_in_channel()).count(), 1, "the 20 under way");
    assert!(!player.session.can_go_forward());
    expect_file!["../golden/money.txt"].assert_eq(&transcript(Lang::En, MONEY));
}

#[test]
fn what_is_under_way_is_named_with_its_ends_the_right_way_round() {
    for lang in [Lang::En, Lang::Zh] {
        let mut player = after(lang, 1, "");
        let message = player.session.say(Text::DeliverMessage, &[("what", "20"), ("p", "P2"), ("q", "P1")]);
        assert_eq!(visible::waiting(&player.session), [message]);
        player.play("deliver P2->P1\n start at P3\n deliver P3->P1");
        let marker = |p, q| player.session.say(Text::DeliverMarker, &[("n", "1"), ("p", p), ("q", q)]);
        let expected = [marker("P1", "P2"), marker("P1", "P3"), marker("P3", "P2")];
        assert_eq!(visible::waiting(&player.session), expected);
    }
}

#[test]
fn a_menu_offers_what_leads_out_of_its_process() {
    let mut player = after(Lang::En, 1, "");
    for process in ["P1", "P2", "P3"] {
        player.play(&format!("menu {process}"));
        let menu = player.session.menu().unwrap();
        let transfer = menu.transfer.unwrap();
        assert_eq!(transfer.channels.len(), 2);
        for (channel, label) in transfer.channels {
            let ends = player.session.topology().channel(channel);
            assert_eq!(ends.from, menu.process);
            let to = player.session.topology().process_name(ends.to);
            assert_eq!(label, player.session.say(Text::SendTo, &[("q", to)]));
        }
    }
}

#[test]
fn the_money_scenario_in_chinese() {
    expect_file!["../golden/money.zh.txt"].assert_eq(&transcript(Lang::Zh, MONEY));
}

#[test]
fn the_state_that_never_was() {
    let script = "
        open 2
        menu p
        close menu
        menu q
        forward
        forward";
    for lang in [Lang::En, Lang::Zh] {
        let player = after(lang, 2, script);
        let verdict = player.session.verdict_words();
        assert_eq!(verdict.standing, Standing::Consistent);
        // p sends at step 2 and q at step 3. With these two the other way round M' is under way while p is in A.
        let one_swap = player.session.say(Text::NeverOccurredOne, &[("first", "2"), ("second", "3")]);
        assert!(verdict.reasons.plain().ends_with(&one_swap), "{}", verdict.reasons.plain());
        assert_eq!(player.session.equation(), None, "nothing is conserved here");
    }
    expect_file!["../golden/never-occurred.txt"].assert_eq(&transcript(Lang::En, script));
}

#[test]
fn refusals_change_nothing_and_say_why() {
    let too_much = after(Lang::En, 1, "send P1->P2 500");
    let rejected = too_much.session.notice().unwrap().why;
    assert!(matches!(rejected, Rejected::NotEnough { has: 70, wanted: 500, .. }), "{rejected:?}");
    assert_eq!((too_much.session.step(), too_much.session.steps()), (7, 17), "the prepared run is still there");

    let behind = after(Lang::En, 1, "send P2->P1 1\n deliver P2->P1 1");
    let rejected = behind.session.notice().unwrap().why;
    assert!(matches!(rejected, Rejected::NotAtTheHead { ahead: 1, .. }), "{rejected:?}");
    assert!(behind.session.refusal(rejected).contains("20"), "it names what is at the head");

    let impossible = after(Lang::En, 2, "deliver c\n deliver c'\n send c M\n send c M");
    let rejected = impossible.session.notice().unwrap().why;
    assert!(matches!(rejected, Rejected::NoRuleToSend { .. }), "{rejected:?}");

    let script = "
        open 1
        menu P1
        send P1->P2 500
        dismiss
        send P1->P2 0
        deliver P1->P3
        send P2->P1 1
        deliver P2->P1 1
        speak zh
        speak en
        forward
        take snapshot
        join 1 at P1
        open 2
        deliver c
        deliver c'
        send c M
        send c M
        act p 0
        menu p";
    expect_file!["../golden/refusals.txt"].assert_eq(&transcript(Lang::En, script));
}

#[test]
fn acting_in_the_past_begins_a_branch_and_reset_finds_the_prepared_run_again() {
    let script = "
        open 1
        back
        back
        send P2->P3 5
        run to end
        forward
        seek 3
        take snapshot
        run to end
        back
        next branch
        next branch
        next branch
        reset
        forward";
    let player = after(Lang::En, 1, "back\n back\n send P2->P3 5\n run to end");
    assert_eq!(player.session.step(), player.session.steps());
    assert!(player.session.begun().is_empty(), "no snapshot on this branch");
    let player = after(Lang::En, 1, script);
    assert_eq!((player.session.step(), player.session.steps()), (8, 17));
    expect_file!["../golden/branches.txt"].assert_eq(&transcript(Lang::En, script));
}

#[test]
fn two_snapshots_side_by_side_and_a_second_initiator() {
    let script = "
        open 1
        start at P1
        menu P2
        choose 2
        start at P3
        menu P1
        show 1
        forward
        show 2
        run to end
        show 1
        menu P1";
    let mut player = after(Lang::En, 1, script);
    for number in [1, 2] {
        player.play(&format!("show {number}"));
        assert_eq!(player.session.verdict_words().standing, Standing::Consistent);
        assert_eq!(player.session.equation().unwrap().sum, "300");
    }
    expect_file!["../golden/two-snapshots.txt"].assert_eq(&transcript(Lang::En, script));
}

#[test]
fn playing_ticks_to_the_end_of_the_run_and_everything_else_stops_it() {
    let mut session = Session::new(Lang::En);
    session.update(Msg::Open(1));
    let start = session.update(Msg::TogglePlay);
    assert!(matches!(start[..], [Command::StartTicking(1..)]), "{start:?}");
    assert_eq!(session.update(Msg::Tick), []);
    assert_eq!(session.update(Msg::Speak(Lang::Zh)), [Command::SpokenLanguage(Lang::Zh)]);
    assert!(session.is_playing(), "the language does not matter to time");
    let ticks = (1..20).find(|_| session.update(Msg::Tick) == [Command::StopTicking]);
    assert_eq!(ticks, Some(2), "the prepared run has one more step, and one message is left after it");
    assert!(!session.is_playing() && !session.can_go_forward());
    assert_eq!(session.update(Msg::TogglePlay), [], "there is nothing to play");
    assert_eq!(session.update(Msg::Tick), [], "a late tick does nothing");
    assert_eq!(session.step(), session.steps());

    for stop in [Msg::Back, Msg::TogglePlay, Msg::TakeSnapshot, Msg::Seek(2), Msg::Reset, Msg::RunToEnd, Msg::Dismiss] {
        session.update(Msg::Open(0));
        session.update(Msg::TogglePlay);
        assert_eq!(session.update(stop), [Command::StopTicking], "{stop:?}");
        assert_eq!(session.update(Msg::Tick), []);
    }
}

#[test]
fn the_transcript_of_a_paused_play() {
    let transcript = transcript(Lang::En, "open 2\n play\n tick\n pause\n back\n play\n tick\n tick");
    let steps: Vec<&str> = transcript
        .lines()
        .filter(|line| line.starts_with('>') || line.contains("page:") || line.contains("step:"))
        .collect();
    expect![[r#"
        > open 2
          step: 4 of 6: 4 of 6
        > play
          page: StartTicking(900)
          step: 4 of 6, playing: 4 of 6
        > tick
          step: 5 of 6, playing: 5 of 6
        > pause
          page: StopTicking
          step: 5 of 6: 5 of 6
        > back
          step: 4 of 6: 4 of 6
        > play
          page: StartTicking(900)
          step: 4 of 6, playing: 4 of 6
        > tick
          step: 5 of 6, playing: 5 of 6
        > tick
          step: 6 of 6, playing: step 6"#]]
    .assert_eq(&steps.join("\n"));
}

#[test]
fn a_language_changes_every_word_and_nothing_else() {
    let mut player = after(Lang::En, 1, "take snapshot\n forward\n menu P2");
    let english = visible::sections(&player.session);
    player.play("speak zh");
    let chinese = visible::sections(&player.session);
    for ((name, en), (_, zh)) in english.iter().zip(&chinese) {
        let words = [
            "scenario",
            "step",
            "says",
            "menu",
            "under way",
            "rules",
            "rows",
            "equation",
            "markers",
            "counts",
            "verdict",
            "tab",
        ];
        assert_eq!(en != zh, words.contains(name), "{name}: {en}");
    }
    player.play("speak en");
    assert_eq!(visible::sections(&player.session), english);
}
