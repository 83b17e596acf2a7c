//! The way back and forth, and moves that are one change although they are made one place at a time.

use crate::script::after;
use cutline_diagram::Target;
use cutline_session::Lang;

#[test]
fn one_thing_moved_on_and_on_is_one_branch_and_one_thing_to_undo() {
    let mut player = after(Lang::En, 1, "run to end");
    let before = player.session.scene(900, 480, false).to_string();
    player.play("later 10\n later 11");
    let twice = player.session.scene(900, 480, false).to_string();
    assert_eq!(player.session.branch().1, 2);
    assert_eq!(player.session.last_moved(), Some(12));
    let mut dragged = after(Lang::En, 1, "run to end\n hold 10\n drag to 12\n drop");
    assert_eq!(dragged.session.scene(900, 480, false).to_string(), twice, "as if it had been moved there at once");
    dragged.play("hold 12\n drag to 11\n drop");
    assert_eq!(dragged.session.branch().1, 2, "taken in hand again");
    let mut on = after(Lang::En, 1, "run to end\n on later\n later 10\n on later");
    assert_eq!(on.session.scene(900, 480, false).to_string(), twice, "wherever it is by then");
    on.play("back\n on later");
    assert_eq!(on.session.branch().1, 2, "it was something else that was done last");
    player.play("undo");
    assert_eq!(player.session.scene(900, 480, false).to_string(), before);
    player.play("redo");
    assert_eq!(player.session.scene(900, 480, false).to_string(), twice);
    player.play("earlier 12\n earlier 11");
    assert_eq!(player.session.branch(), (0, 1), "moved back, it has not been moved");
    assert_eq!(player.session.scene(900, 480, false).to_string(), before);
    assert!(player.session.ghost().is_none());
}

#[test]
fn what_is_moved_after_something_else_was_done_is_another_change() {
    let mut player = after(Lang::En, 1, "run to end\n later 10\n back\n forward\n send P1->P2 1\n later 11");
    assert_eq!(player.session.branch().1, 3);
    player.play("undo\n undo\n undo");
    assert_eq!((player.session.step(), player.session.steps()), (19, 19));
}

#[test]
fn everything_done_can_be_undone_one_by_one_and_done_again() {
    let mut player = after(Lang::En, 1, "");
    let opened = player.session.settled_moment();
    let mut places = vec![opened];
    for done in ["send P1->P2 1", "take snapshot", "run to end", "delete 1", "back", "send P1->P3 2"] {
        player.play(done);
        places.push(player.session.settled_moment());
    }
    // Looking elsewhere is nothing to undo, but where one looked when something was done is where one comes back to.
    let undone: Vec<_> = [5, 3, 2, 1, 0].iter().map(|at| places[*at].1).collect();
    for step in undone {
        player.play("undo");
        assert_eq!(player.session.step(), step);
        assert!(player.session.ghost().is_none(), "what was undone does not shine through");
    }
    assert!(player.session.said().unwrap().offer.is_some());
    player.play("undo");
    let said = player.session.said().unwrap();
    assert_eq!(said.sentence, "There is nothing to undo.");
    assert!(said.offer.is_some(), "but there is something to do again");
    for _ in 0..5 {
        player.play("redo");
    }
    assert_eq!(player.session.settled_moment(), places[6]);
    player.play("undo\n send P1->P3 3\n redo");
    assert_ne!(player.session.settled_moment(), places[6], "another way has been taken");
}

#[test]
fn what_is_done_in_the_past_of_a_run_says_that_the_run_is_kept() {
    let mut player = after(Lang::En, 1, "run to end");
    assert!(player.session.said().is_none(), "nothing is left");
    player.play("back\n back\n send P1->P2 1");
    assert_eq!(player.session.said().unwrap().sentence, "The old run is kept as branch 1.");
    player.play("send P1->P2 1");
    assert!(player.session.said().is_none(), "it goes on where it is");
    player.play("back\n back\n send P1->P2 2");
    assert_eq!(player.session.said().unwrap().sentence, "The old run is kept as branch 2.");
    player.play("undo\n undo\n undo\n redo\n redo\n redo\n redo");
    assert_eq!(player.session.said().unwrap().sentence, "There is nothing to do again.");
}

#[test]
fn the_steps_of_time_are_undone_together() {
    let mut player = after(Lang::En, 1, "run to end\n send P1->P2 1\n send P1->P3 1");
    let begun = player.session.step();
    player.play("play\n tick\n tick");
    assert_eq!(player.session.step(), begun + 2);
    player.play("undo");
    assert_eq!(player.session.step(), begun);
    player.play("undo");
    assert_eq!(player.session.step(), begun - 1);
}

#[test]
fn a_sending_is_moved_and_the_menu_follows_it() {
    let mut player = after(Lang::En, 1, "run to end");
    let message = Target::Message(cutline_core::MessageId(3));
    let sending = |session: &cutline_session::Session, target| session.ends_of(target).last().unwrap().1;
    player.session.update(cutline_session::Msg::Edit(cutline_session::EditMsg::Open(message)));
    let at = sending(&player.session, message);
    let choice = |player: &crate::script::Player, label: &str| {
        let menu = player.session.thing_menu().unwrap();
        let found = menu.choices.into_iter().find(|choice| choice.label == label).unwrap();
        found.msg.unwrap_or_else(|| panic!("{:?}", found.remark))
    };
    let story = player.session.thing_menu().unwrap().story;
    player.session.update(choice(&player, "Send one step earlier"));
    let open = player.session.thing_menu().unwrap();
    assert_eq!(sending(&player.session, open.target), at - 1);
    player.session.update(choice(&player, "Send one step later"));
    assert_eq!(player.session.thing_menu().unwrap().story, story);
    assert_eq!(player.session.branch(), (0, 1));
}
