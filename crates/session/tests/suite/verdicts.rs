//! Snapshots that go wrong: channels that do not keep the order, and a marker that is overtaken or overtakes.

use crate::script::{Player, with};
use cutline_session::{Lang, Msg, Standing, Text};

/// p and q hold 50 each; `there` and `back` lead between them and keep no order.
fn disorderly(run: &str) -> Player {
    with(&format!(
        "cutline 1
         title Disorder
         process p has 50
         process q has 50
         channel there: p -> q unordered
         channel back: q -> p unordered
         run
         {run}
         open here"
    ))
}

/// What stands under the title, in both languages.
fn assert_blames(player: &mut Player, text: Text, values: &[(&str, &str)]) {
    for lang in [Lang::En, Lang::Zh] {
        player.session.update(Msg::Speak(lang));
        let verdict = player.session.verdict_words();
        assert_eq!(verdict.standing, Standing::Inconsistent, "{verdict:?}");
        assert_eq!(verdict.title, player.session.say(Text::VerdictInconsistent, &[]));
        let (reasons, wanted) = (verdict.reasons.plain(), player.session.say(text, values));
        assert!(reasons.contains(&wanted), "{wanted:?} is not in {reasons:?}");
    }
}

const SEVEN: [(&str, &str); 3] = [("what", "7"), ("from", "p"), ("to", "q")];

#[test]
fn a_message_that_overtakes_the_first_marker_is_an_orphan() {
    let mut player = disorderly("p starts a snapshot\n p sends 7 on there");
    player.play("deliver there 1");
    assert_eq!(player.session.verdict_words().standing, Standing::Recording, "q might still record in time");
    player.play("deliver there");
    assert_blames(&mut player, Text::OrphanInProcess, &SEVEN);
    player.play("run to end");
    assert_blames(&mut player, Text::OrphanInProcess, &SEVEN);
    assert_blames(&mut player, Text::ClocksDisagree, &[]);
    assert_blames(&mut player, Text::SumWrong, &[("sum", "107"), ("total", "100")]);
    let equation = player.session.equation().unwrap();
    assert_eq!((&*equation.sum, equation.wrong), ("107", true));
}

#[test]
fn a_message_that_overtakes_a_later_marker_is_an_orphan_in_its_channel() {
    let mut player = disorderly("p starts a snapshot\n p sends 7 on there");
    player.play("join 1 at q\n deliver there 1");
    assert_blames(&mut player, Text::OrphanInChannel, &SEVEN);
    player.play("run to end");
    assert_blames(&mut player, Text::OrphanInChannel, &SEVEN);
    assert_blames(&mut player, Text::SumWrong, &[("sum", "107"), ("total", "100")]);
}

#[test]
fn a_message_overtaken_by_the_marker_is_missing() {
    let mut player = disorderly("p sends 7 on there\n p starts a snapshot");
    player.play("deliver there 1");
    assert_blames(&mut player, Text::Missing, &SEVEN);
    player.play("run to end");
    assert_blames(&mut player, Text::Missing, &SEVEN);
    assert_blames(&mut player, Text::SumWrong, &[("sum", "93"), ("total", "100")]);
    assert!(player.session.equation().unwrap().wrong);
}

#[test]
fn the_same_run_in_order_is_consistent() {
    let mut player = disorderly("p sends 7 on there\n p starts a snapshot");
    player.play("deliver there\n run to end");
    assert_eq!(player.session.verdict_words().standing, Standing::Consistent);
    let equation = player.session.equation().unwrap();
    assert_eq!((&*equation.sum, equation.wrong), ("100", false));
}

#[test]
fn a_wrong_snapshot_does_not_taint_a_right_one() {
    let mut player = disorderly("p sends 7 on there\n p starts a snapshot");
    player.play("deliver there 1\n run to end\n take snapshot\n run to end");
    assert_eq!(player.session.verdict_words().standing, Standing::Consistent);
    player.play("show 1");
    assert_blames(&mut player, Text::Missing, &SEVEN);
}

#[test]
fn many_messages_in_a_channel_are_counted_after_the_first_few() {
    let mut player = disorderly("q starts a snapshot");
    player.play("send there 1\n send there 2\n send there 3\n send there 4\n send there 5\n run to end");
    let reasons = player.session.verdict_words().reasons.plain();
    let more = player.session.say(Text::MoreInChannel, &[("n", "2")]);
    assert!(reasons.contains(&more), "{more:?} is not in {reasons:?}");
    let named = |what| player.session.say(Text::InChannelArrived, &[("what", what), ("from", "p"), ("to", "q")]);
    assert!(reasons.contains(&named("3")) && !reasons.contains(&named("4")), "{reasons}");
}

#[test]
fn a_snapshot_that_cannot_reach_everybody_stays_unfinished() {
    let mut player = with(
        "cutline 1
         title One way
         process p has 5
         process q has 5
         channel c: p -> q
         run
         q starts a snapshot
         open here",
    );
    player.play("run to end");
    let verdict = player.session.verdict_words();
    assert_eq!(verdict.standing, Standing::Recording);
    let left = player.session.say(Text::StillUnrecorded, &[("list", "p")]);
    assert!(verdict.reasons.plain().contains(&left), "{verdict:?}");
    let open = player.session.say(Text::StillOpen, &[("n", "1"), ("all", "1")]);
    assert!(verdict.reasons.plain().contains(&open), "{verdict:?}");
    assert_eq!(player.session.primary(), cutline_session::Primary::TakeSnapshot, "running on would not help");
}

/// The judge is asked once a moment, and never answers for another one: not for another step, branch or scenario.
#[test]
fn a_verdict_is_kept_for_its_moment_and_for_no_other() {
    let mut session = cutline_session::Session::new(Lang::En);
    let snapshot = cutline_core::SnapshotId(0);
    session.update(Msg::Seek(4));
    assert_eq!(session.verdict(snapshot).unrecorded.len(), 3, "nobody has recorded yet");
    session.update(Msg::Open(1));
    assert_eq!(session.step(), 4, "the same place in another history");
    let first = session.verdict(snapshot);
    assert_eq!(first.unrecorded.len(), 1, "p has recorded");
    assert!(std::rc::Rc::ptr_eq(&first, &session.verdict(snapshot)), "asked twice at one moment");
    session.update(Msg::RunToEnd);
    assert!(session.verdict(snapshot).is_consistent());
    session.update(Msg::Back);
    session.update(Msg::Seek(4));
    assert_eq!(session.verdict(snapshot), first);
}
