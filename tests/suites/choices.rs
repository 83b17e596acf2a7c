//! Automata with rules that differ in the state alone that they lead to.

use cutline_core::judge::judge;
use cutline_core::{Action, ChandyLamport, ChannelId, History, ProcessId, Rejected, Scenario, SnapshotId, World};
use cutline_session::{Lang, Msg, Session};
use expect_test::expect;

const CHOICE: &str = "cutline 1\ntitle t\nabout a\nprocess P in A\nprocess Q in D\nchannels complete\n\
    rule P: A -> B sends M on P\u{2192}Q\nrule P: A -> C sends M on P\u{2192}Q\n\
    rule Q: D -> E receives M on P\u{2192}Q\nrule Q: D -> F receives M on P\u{2192}Q\n";

fn played(run: &str) -> Result<History<ChandyLamport>, String> {
    let scenario = Scenario::parse(&format!("{CHOICE}run\n{run}")).map_err(|error| error.to_string())?;
    let mut history = History::new(World::new(scenario.system.clone(), ChandyLamport::default()));
    for action in scenario.script {
        history.act(action).map_err(|why| format!("{why:?}"))?;
    }
    Ok(history)
}

fn states(run: &str) -> [String; 2] {
    let history = played(run).expect("a run");
    let world = history.world();
    [0, 1].map(|process| world.system().computation.show_state(world.state(ProcessId(process))))
}

#[test]
fn a_sentence_names_the_state_that_is_meant() {
    assert_eq!(states("P sends M to Q\nQ receives from P\n"), ["B", "E"], "the first rules");
    assert_eq!(states("P sends M to Q becoming B\nQ receives from P becoming E\n"), ["B", "E"]);
    assert_eq!(states("P sends M to Q becoming C\nQ receives item 1 from P becoming F\n"), ["C", "F"]);
    let refused = |run: &str| played(run).map(drop).expect_err("it is refused");
    assert_eq!(
        refused("P sends M to Q becoming E\n"),
        "line 12: P is in A at this point and has no such rule that leads to E"
    );
    assert_eq!(refused("P sends M to Q becoming X\n"), "line 12: no rule leads to X");
    assert_eq!(
        refused("P starts a snapshot\nQ receives from P becoming F\n"),
        "line 13: a marker at this point; it changes no state"
    );
    assert!(refused("P starts a snapshot becoming B\n").starts_with("line 12: expected: P sends WHAT to Q"));
}

#[test]
fn the_judge_accepts_either_rule() {
    let run = "P sends M to Q becoming C\nQ starts a snapshot\nQ receives from P becoming F\nP receives from Q\nQ receives from P\n";
    let history = played(run).expect("a run");
    let verdict = judge(&history.trace(), SnapshotId(0));
    assert!(verdict.is_complete() && verdict.is_consistent(), "{verdict:?}");
    assert!(verdict.passage.is_some_and(|passage| passage.holds()), "the reordered run can be executed");
}

#[test]
fn what_cannot_be_followed_is_refused() {
    let mut history = played("P sends M to Q\n").expect("a run");
    let follow = |rule, position| Action::Follow { rule, position };
    assert_eq!(history.act(follow(9, 0)), Err(Rejected::NoSuchRule(9)));
    assert!(matches!(history.act(follow(1, 0)), Err(Rejected::NoRuleToSend { .. })), "P is not in A any more");
    assert!(matches!(history.act(follow(3, 1)), Err(Rejected::NothingThere { .. })));
    let ways = [Action::Deliver { channel: ChannelId(0), position: 0 }, follow(3, 0)];
    assert_eq!(history.world().ways_to_deliver(ChannelId(0), 0), ways);
    history.act(follow(3, 0)).expect("Q is in D");
    assert!(history.world().ways_to_deliver(ChannelId(0), 0).is_empty());
}

#[test]
fn a_reader_chooses() {
    let labels = |run: &str, process: u16, lang: Lang| {
        let scenario = Scenario::parse(&format!("{CHOICE}run\n{run}")).expect("a good file");
        let mut session = Session::with(vec![scenario], lang);
        session.update(Msg::OpenMenu(ProcessId(process)));
        let menu = session.menu().expect("a menu");
        menu.choices.iter().map(|choice| choice.label.clone()).collect::<Vec<_>>().join("; ")
    };
    expect!["Send M to Q on P→Q and go to B; Send M to Q on P→Q and go to C; Start snapshot 1 here"]
        .assert_eq(&labels("", 0, Lang::En));
    expect!["Receive M from P and go to E; Receive M from P and go to F; Start snapshot 1 here"].assert_eq(&labels(
        "P sends M to Q\n",
        1,
        Lang::En,
    ));
    expect!["接收 P 的 M并转到 E; 接收 P 的 M并转到 F; 在此发起快照 1"].assert_eq(&labels(
        "P sends M to Q\n",
        1,
        Lang::Zh,
    ));
}
