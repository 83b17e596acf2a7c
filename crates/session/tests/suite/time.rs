//! Time and branches: what plays, where it stops, and how branches are told apart and compared.

use crate::script::after;
use cutline_session::{BranchMsg, Command, Lang, LookMsg, Msg, Session, Speed, Standing, TimeMsg};

fn play(msgs: &[TimeMsg]) -> Session {
    let mut session = Session::new(Lang::En);
    for msg in msgs {
        session.update(Msg::Time(*msg));
    }
    session
}

#[test]
fn a_watched_snapshot_plays_until_it_is_complete_and_no_further() {
    let mut session = Session::new(Lang::En);
    let started = session.update(Msg::Time(TimeMsg::Watch));
    let [Command::StartTicking(milliseconds)] = started[..] else { panic!("{started:?}") };
    assert!(session.is_watching() && session.is_playing());
    let ticks = (1..100).find(|_| session.update(Msg::Tick) == [Command::StopTicking]).unwrap();
    assert!(ticks * milliseconds < 6_000, "{ticks} ticks of {milliseconds} ms");
    let shown = session.shown().unwrap();
    assert_eq!(session.standing(shown), Standing::Consistent);
    session.update(Msg::Back);
    assert_eq!(session.standing(shown), Standing::Recording, "it was complete just then, not before");
}

#[test]
fn what_is_watched_can_be_ended_with_its_result() {
    let mut watched = Session::new(Lang::En);
    watched.update(Msg::Time(TimeMsg::Watch));
    while !watched.update(Msg::Tick).contains(&Command::StopTicking) {}
    let mut skipped = Session::new(Lang::En);
    skipped.update(Msg::Time(TimeMsg::Watch));
    skipped.update(Msg::Tick);
    assert_eq!(skipped.update(Msg::Time(TimeMsg::Finish)), [Command::StopTicking]);
    assert_eq!((skipped.step(), skipped.rows()), (watched.step(), watched.rows()));
    assert_eq!(skipped.update(Msg::Time(TimeMsg::Finish)), [], "there is nothing left to finish");
}

#[test]
fn a_snapshot_that_cannot_be_completed_stops_when_nothing_is_under_way() {
    let mut player = crate::script::with(
        "cutline 1\ntitle T\nabout A\nprocess A has 5\nprocess B has 5\nchannel A -> B\n\nrun\nA sends 1 to B\n",
    );
    player.play("watch");
    assert!(player.session.is_watching());
    for _ in 0..9 {
        player.session.update(Msg::Tick);
    }
    assert!(!player.session.is_playing());
}

#[test]
fn each_speed_is_twice_the_one_before_and_none_ticks_too_often() {
    let mut session = Session::new(Lang::En);
    let start = session.update(Msg::TogglePlay);
    assert_eq!(start, [Command::StartTicking(900)], "slow at first");
    let mut before = 900;
    for speed in Speed::all().skip(1) {
        let [Command::StartTicking(now)] = session.update(Msg::Time(TimeMsg::Speed(speed)))[..] else { panic!() };
        assert!(session.is_playing(), "the speed changes while it plays");
        assert!(now >= 28 && now < before.max(60), "{now} after {before}");
        before = now;
    }
    assert_eq!(Speed::all().last(), Some(Speed::at(200)));
    assert_eq!(Speed::at(3).times(), 8);
    session.update(Msg::TogglePlay);
    assert_eq!(session.update(Msg::Time(TimeMsg::Speed(Speed::default()))), [], "not playing, so nothing to change");
    assert_eq!(session.update(Msg::TogglePlay), [Command::StartTicking(900)]);
}

#[test]
fn recordings_are_found_forwards_and_backwards() {
    let recordings: Vec<usize> = Session::new(Lang::En).recording_steps().into_iter().map(|(step, _)| step).collect();
    let mut session = Session::new(Lang::En);
    for step in &recordings {
        session.update(Msg::Time(TimeMsg::NextRecording));
        assert_eq!(session.step(), *step);
    }
    session.update(Msg::Time(TimeMsg::NextRecording));
    assert_eq!(session.step(), recordings[2], "there is none after the last");
    session.update(Msg::Time(TimeMsg::PreviousRecording));
    assert_eq!(session.step(), recordings[1]);
}

#[test]
fn the_next_delivery_in_the_past_begins_a_branch_unless_it_is_what_happened() {
    let session = play(&[TimeMsg::DeliverNext]);
    assert_eq!(session.branch(), (1, 2), "the prepared run starts a snapshot here");
    let mut session = Session::new(Lang::En);
    session.update(Msg::Forward);
    session.update(Msg::Time(TimeMsg::DeliverNext));
    assert_eq!(session.branch(), (0, 1), "the 20 comes next in the prepared run too");
}

#[test]
fn the_tree_says_where_branches_leave_one_another() {
    let player = after(Lang::En, 1, "send P2->P3 5\n run to end\n seek 8\n take snapshot\n seek 3\n take snapshot");
    let tree = player.session.branch_tree();
    let shape: Vec<_> = tree.iter().map(|branch| (branch.leaves, branch.forks_at, branch.steps)).collect();
    assert_eq!(shape, [(None, 0, 17), (Some(0), 7, 10), (Some(1), 8, 9), (Some(0), 3, 4)]);
    assert_eq!(player.session.branch(), (3, 4));
    let deeds: Vec<String> = tree.iter().skip(1).map(|branch| player.session.deed(branch.first.unwrap())).collect();
    assert_eq!(deeds, ["P2 sends 5 to P3", "P1 starts snapshot 1", "P1 starts snapshot 1"]);
}

#[test]
fn a_branch_that_goes_on_keeps_its_number() {
    let mut player = after(Lang::En, 1, "send P2->P3 5\n branch 1\n seek 17\n run to end");
    assert_eq!(player.session.branch(), (0, 2), "the first branch has got the latest moments");
    player.play("next branch");
    assert_eq!(player.session.branch(), (1, 2));
}

#[test]
fn leaving_a_branch_keeps_it_as_the_one_to_compare_with() {
    let mut player = after(Lang::En, 1, "");
    assert_eq!(player.session.ghost(), None);
    let left = player.session.history().tip();
    player.play("forward");
    assert_eq!(player.session.ghost(), None, "stepping leaves nothing");
    player.play("send P2->P3 5");
    assert_eq!(player.session.ghost(), Some(left));
    player.play("run to end");
    assert_eq!(player.session.ghost(), Some(left), "going on at the end leaves nothing either");
    player.play("branch 1");
    assert_eq!(player.session.ghost(), Some(player.session.branch_tree()[1].tip), "and the other way round");
    player.session.update(Msg::Look(LookMsg::Compare(None)));
    assert_eq!(player.session.ghost(), None);
    player.play("open 1");
    assert_eq!((player.session.ghost(), player.session.branch()), (None, (0, 1)), "a new run has no branches");
}

/// Without the 20 reaching P1 before it records, P1 records 90 and the channel is empty: worked out by hand.
#[test]
fn two_branches_are_compared_where_they_part_and_in_what_they_recorded() {
    let player = after(Lang::En, 1, "deliver P2->P1\n take snapshot\n run to end");
    let comparison = player.session.comparison().unwrap();
    assert_eq!((comparison.numbers, comparison.common), ([2, 1], 7));
    assert_eq!(comparison.next, ["P1 receives 20 from P2", "P1 starts snapshot 1"]);
    let [snapshot] = &comparison.snapshots[..] else { panic!() };
    assert_eq!(snapshot.standings, [Standing::Consistent; 2]);
    let line = |name: &str| snapshot.lines.iter().find(|line| line.name == name).unwrap();
    assert_eq!((&line("P1").recorded, line("P1").differs), (&["90".to_owned(), "70".to_owned()], true));
    assert_eq!((&line("P2").recorded, line("P2").differs), (&["80".to_owned(), "80".to_owned()], false));
    assert_eq!(line("P1").at, [Some(9), Some(8)]);
    assert_eq!(line("P2→P1").recorded, ["empty".to_owned(), "20".to_owned()]);
    assert!(snapshot.lines.iter().all(|line| line.name != "P1→P2"), "channels empty on both are left out");
}

#[test]
fn a_snapshot_on_one_branch_only_is_compared_with_none() {
    let player = after(Lang::En, 1, "send P2->P3 5");
    let comparison = player.session.comparison().unwrap();
    assert_eq!(comparison.snapshots[0].standings, [Standing::None, Standing::Consistent]);
    assert_eq!(comparison.snapshots[0].lines[0].recorded, [String::new(), "70".to_owned()]);
}

#[test]
fn the_summary_tells_how_each_snapshot_stands_and_who_has_recorded() {
    let mut player = after(Lang::En, 1, "take snapshot");
    assert!(
        player.session.summary().ends_with("Snapshot 1, recording. Recorded: P1 70."),
        "{}",
        player.session.summary()
    );
    player.play("finish");
    assert!(player.session.summary().ends_with("Snapshot 1, consistent. Recorded: P1 70, P2 80, P3 130."));
}

#[test]
fn escape_closes_the_menu_first_and_then_the_tree() {
    let mut player = after(Lang::En, 1, "send P2->P3 5");
    player.session.update(Msg::Branch(BranchMsg::Toggle));
    player.play("menu P1\n close menu");
    assert!(player.session.open_menu().is_none() && player.session.shows_branches());
    player.play("close menu");
    assert!(!player.session.shows_branches());
}

/// Where nothing may move, one press is one message: what refuses it is said, and stays said.
#[test]
fn one_snapshot_too_many_is_refused_in_a_sentence() {
    for take in [TimeMsg::TakeWhole, TimeMsg::Watch] {
        let mut session = Session::new(Lang::En);
        for _ in 0..64 {
            session.update(Msg::Time(TimeMsg::TakeWhole));
            assert_eq!(session.notice_words(), None);
        }
        let steps = session.steps();
        session.update(Msg::Time(take));
        let (_, why) = session.notice_words().expect("it says why");
        assert!(why.contains("64"), "{why}");
        assert_eq!((session.steps(), session.is_playing()), (steps, false));
    }
}
