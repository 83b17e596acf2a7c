//! Changing a run that has happened: what is said, what everything then shows, and the way back.

use crate::script::{Player, after};
use crate::visible;
use cutline_core::{Action, ControlId, MessageId, Payload, ProcessId, SnapshotId};
use cutline_diagram::Target;
use cutline_session::edits::ThingMenu;
use cutline_session::{Bulk, EditMsg, Lang, Msg, Session};
use expect_test::expect_file;
use std::fmt::Write;

/// A line of a script as a message about changes.
pub(crate) fn read(session: &Session, words: &[&str]) -> Option<Msg> {
    let number = |word: &str| word.parse::<usize>().unwrap();
    let process = |name: &str| session.topology().process_named(name).unwrap();
    let channel = |name: &str| session.topology().channel_named(&name.replace("->", "→")).unwrap();
    Some(match words {
        ["hold", step] => Msg::Edit(EditMsg::Begin(number(step))),
        ["drag", "to", step] => Msg::Edit(EditMsg::DragTo(number(step))),
        ["drop"] => Msg::Edit(EditMsg::Drop),
        ["cancel"] => Msg::Edit(EditMsg::Cancel),
        ["undo"] => Msg::Edit(EditMsg::Undo),
        ["redo"] => Msg::Edit(EditMsg::Redo),
        ["earlier", step] => Msg::Edit(EditMsg::Nudge { step: number(step), later: false }),
        ["later", step] => Msg::Edit(EditMsg::Nudge { step: number(step), later: true }),
        ["on", way] => Msg::Edit(EditMsg::NudgeOn { later: *way == "later" }),
        ["delete", step] => Msg::Edit(EditMsg::Delete(number(step))),
        ["instead", step, on, amount] => {
            let action = Action::Send { channel: channel(on), payload: Payload(amount.parse().unwrap()) };
            Msg::Edit(EditMsg::Replace(number(step), action))
        }
        ["open", "message", id] => Msg::Edit(EditMsg::Open(Target::Message(MessageId::at(number(id))))),
        ["open", "control", id] => Msg::Edit(EditMsg::Open(Target::Control(ControlId::at(number(id))))),
        ["open", "recording", snapshot, at] => {
            let target = Target::Recording(SnapshotId::at(number(snapshot) - 1), process(at));
            Msg::Edit(EditMsg::Open(target))
        }
        ["open", "waiting", on, position] => {
            let target = Target::Waiting(channel(on), u32::try_from(number(position)).unwrap());
            Msg::Edit(EditMsg::Open(target))
        }
        ["draw", from, to] => Msg::Edit(EditMsg::OpenSend(process(from), process(to))),
        ["pick", line] => session.thing_menu().unwrap().choices[number(line) - 1].msg.unwrap(),
        ["bulk", "everything"] => Msg::Deliver(Bulk::Everything),
        ["bulk", "all", on] => Msg::Deliver(Bulk::Channel(channel(on))),
        ["bulk", "next", on] => Msg::Deliver(Bulk::Next(channel(on))),
        ["bulk", "until", snapshot] => Msg::Deliver(Bulk::UntilComplete(SnapshotId::at(number(snapshot) - 1))),
        _ => return None,
    })
}

/// What each line of a script leads to, as far as changes are concerned.
fn transcript(lang: Lang, scenario: usize, script: &str) -> String {
    let mut player = after(lang, scenario, "");
    let mut text = String::new();
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        player.play(line);
        let session = &player.session;
        writeln!(text, "> {line}").unwrap();
        writeln!(text, "  step {} of {}, branch {:?}", session.step(), session.steps(), session.branch()).unwrap();
        if let Some((words, resists)) = session.hand_words() {
            writeln!(text, "  {}: {words}", if resists { "resists" } else { "in hand" }).unwrap();
        }
        if let Some(notice) = session.notice() {
            writeln!(text, "  refused: {}", session.refusal(notice.why)).unwrap();
        }
        if let Some(said) = session.said() {
            writeln!(
                text,
                "  {}{}",
                said.sentence,
                said.offer.map(|(words, _)| format!(" [{words}]")).unwrap_or_default()
            )
            .unwrap();
            said.list.iter().for_each(|line| writeln!(text, "    {line}").unwrap());
        }
        if let Some(menu) = session.thing_menu() {
            text.push_str(&menu_text(&menu));
        }
        if let Some(menu) = session.menu() {
            let transfer = menu.transfer.map(|transfer| transfer.channels.len());
            writeln!(text, "  menu {}: {transfer:?} {:?} {:?}", menu.title, menu.nothing, menu.choices.len()).unwrap();
        }
        if !line.starts_with("open") && !line.starts_with("draw") {
            let rows = visible::sections(session).into_iter().filter(|(name, _)| ["says", "equation"].contains(name));
            rows.for_each(|(name, shown)| writeln!(text, "  {name}: {shown}").unwrap());
        }
    }
    text
}

fn menu_text(menu: &ThingMenu) -> String {
    let mut text = format!("  menu {}\n  {}\n", menu.title, menu.story);
    if let Some(amount) = menu.amount {
        writeln!(text, "  amount {} of step {}", amount.amount, amount.step).unwrap();
    }
    for choice in &menu.choices {
        let remark = choice.remark.as_ref().map(|remark| format!(" ({remark})")).unwrap_or_default();
        writeln!(text, "  - {}{}{remark}", choice.label, if choice.msg.is_none() { " off" } else { "" }).unwrap();
    }
    text
}

/// The prepared run at its end, with an arrival dragged about, a message changed and deleted, a start moved.
const SCRIPT: &str = "
    run to end
    hold 10
    drag to 9
    drag to 1
    drag to 30
    cancel
    hold 10
    drag to 11
    drop
    undo
    later 17
    earlier 12
    open message 3
    instead 8 P1->P3 60
    undo
    instead 8 P1->P3 500
    delete 8
    undo
    delete 1
    undo
    open recording 1 P1
    open recording 1 P2
    open control 0
    delete 9
    undo
    draw P1 P3
    draw P2 P2";

#[test]
fn an_arrival_is_dragged_a_message_changed_and_a_start_moved() {
    expect_file!["../golden/edits.txt"].assert_eq(&transcript(Lang::En, 1, SCRIPT));
}

#[test]
fn the_same_in_chinese() {
    expect_file!["../golden/edits.zh.txt"].assert_eq(&transcript(Lang::Zh, 1, SCRIPT));
}

#[test]
fn on_automata_another_message_can_be_sent_where_the_rules_have_one() {
    let script = "
        run to end
        open message 0
        draw p q
        draw q p
        delete 2
        undo";
    expect_file!["../golden/edits-automata.txt"].assert_eq(&transcript(Lang::En, 2, script));
}

/// What the page shows of a run.
fn shown(session: &Session) -> (String, Vec<(&'static str, String)>) {
    (session.scene(900, 480, false).to_string(), visible::sections(session))
}

fn play(player: &mut Player, script: &str) {
    player.play(script);
}

#[test]
fn everything_shows_the_run_that_is_held_and_cancelling_shows_the_old_one_again() {
    let mut player = after(Lang::En, 1, "run to end");
    let before = shown(&player.session);
    play(&mut player, "hold 10\n drag to 11");
    let held = shown(&player.session);
    assert_ne!(before.0, held.0, "the scene shows it");
    play(&mut player, "drag to 10");
    assert_eq!(shown(&player.session), before, "there and back");
    play(&mut player, "drag to 11\n cancel");
    assert_eq!(shown(&player.session), before);
    assert_eq!(player.session.branch(), (0, 1), "nothing has been done");
    play(&mut player, "hold 10\n drag to 11\n drop");
    let dropped = shown(&player.session);
    assert_eq!(dropped.0, held.0);
    assert_eq!(player.session.branch().1, 2, "the old run is a branch");
    play(&mut player, "undo");
    assert_eq!(shown(&player.session).0, before.0);
}

#[test]
fn where_a_deletion_leaves_the_beginning_of_the_old_run_both_are_branches() {
    let mut player = after(Lang::En, 1, "run to end\n delete 19");
    let said = player.session.said().unwrap();
    assert!(said.sentence.ends_with("The old run is kept as a branch."), "{}", said.sentence);
    let shape = |session: &Session| -> Vec<_> {
        let tree = session.branch_tree();
        tree.iter().map(|branch| (branch.leaves, branch.forks_at, branch.steps, branch.first.is_none())).collect()
    };
    let both = [(None, 0, 19, false), (Some(0), 18, 18, true)];
    assert_eq!((shape(&player.session), player.session.branch(), player.session.steps()), (both.into(), (1, 2), 18));
    let link = player.session.link().unwrap().text;
    let mut again = after(Lang::En, 1, "");
    again.session.open_link(&link);
    assert_eq!((shape(&again.session), again.session.branch(), again.session.steps()), (both.into(), (1, 2), 18));
    again.play("branch 1");
    assert_eq!((again.session.branch(), again.session.steps()), ((0, 2), 19), "it is kept");
    again.play("branch 2");
    assert_eq!((again.session.branch(), again.session.steps()), ((1, 2), 18));
    // A later branch comes after it, and going on at its end is no further branch.
    again.play("branch 1\n seek 3\n send P1->P2 1\n branch 2\n seek 18\n send P1->P2 2");
    let grown = [(None, 0, 19), (Some(0), 3, 4), (Some(0), 18, 19)];
    let tree = again.session.branch_tree();
    assert_eq!(tree.iter().map(|one| (one.leaves, one.forks_at, one.steps)).collect::<Vec<_>>(), grown);
    // All of a run can go.
    play(&mut player, "open 3\n reset");
    while player.session.steps() > 0 {
        player.session.update(Msg::Edit(EditMsg::Delete(1)));
    }
    let tip = player.session.history().tip();
    assert_eq!(player.session.branch_tree()[player.session.branch().0].tip, tip, "the empty run is in the tree");
}

#[test]
fn a_start_that_is_deleted_goes_with_all_that_came_of_it() {
    let player = after(Lang::En, 1, "run to end\n delete 8");
    let said = player.session.said().unwrap();
    let start = "Deleted: P1 starts snapshot 1. Its markers on P1→P2, P1→P3 are not sent.";
    assert!(said.sentence.starts_with(start), "{}", said.sentence);
    // Six markers, one for each channel, had arrived: those that P1 sends itself are among them.
    let arrivals = said.list.iter().filter(|line| line.contains("the marker of snapshot 1"));
    assert_eq!((arrivals.count(), said.list.len()), (6, 6), "{:?}", said.list);
    assert_eq!(said.list.iter().filter(|line| line.contains("from P1")).count(), 2);
}

#[test]
fn whatever_else_is_done_puts_back_what_is_held() {
    let mut player = after(Lang::En, 1, "run to end\n hold 10\n drag to 11\n back");
    assert!(player.session.in_hand().is_none());
    assert_eq!(player.session.branch(), (0, 1));
    play(&mut player, "hold 99\n drag to 3\n drop\n hold 0");
    assert!(player.session.in_hand().is_none(), "there are no such steps");
}

#[test]
fn deliveries_in_bulk() {
    let mut player = after(Lang::En, 1, "take snapshot\n bulk until 1");
    let on = |player: &Player, channel: &str| {
        let channel = player.session.topology().channel_named(channel).unwrap();
        player.session.world().in_channel(channel).len()
    };
    assert!(player.session.world().snapshots()[0].is_complete());
    play(&mut player, "bulk everything\n send P1->P2 1\n send P1->P2 2\n send P1->P3 3\n bulk all P1->P2");
    assert_eq!((on(&player, "P1→P2"), on(&player, "P1→P3")), (0, 1));
    play(&mut player, "send P1->P2 1\n send P1->P2 2\n bulk next P1->P2");
    assert_eq!((on(&player, "P1→P2"), on(&player, "P1→P3")), (1, 1));
    play(&mut player, "bulk everything");
    assert!(player.session.world().is_quiet());
    play(&mut player, "bulk next P1->P2");
    assert!(player.session.notice().is_some(), "there is nothing");
}

#[test]
fn a_menu_tells_of_every_thing_on_the_figure() {
    for scenario in [1, 2] {
        let player = after(Lang::En, scenario, "take snapshot\n forward\n forward");
        let mut session = player.session;
        for target in visible::targets(&session.scene(900, 480, false)) {
            session.update(Msg::Edit(EditMsg::Open(target)));
            let menu = session.thing_menu();
            assert_eq!(menu.is_none(), matches!(target, Target::Process(_)), "{target:?}");
            let Some(menu) = menu else { continue };
            assert!(!menu.title.is_empty() && !menu.story.is_empty() && !menu.choices.is_empty(), "{menu:?}");
            for msg in menu.choices.iter().filter_map(|choice| choice.msg) {
                session.clone().update(msg);
            }
        }
    }
    assert!(Session::new(Lang::En).thing_menu().is_none());
    let mut session = Session::new(Lang::En);
    session.update(Msg::Edit(EditMsg::Open(Target::Message(MessageId(99)))));
    session.update(Msg::Edit(EditMsg::OpenSend(ProcessId(99), ProcessId(0))));
    assert!(session.thing_menu().is_none() && session.menu().is_none());
}
