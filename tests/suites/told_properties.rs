//! Stable properties in words: who and what is to blame, and what follows in one direction only.

use cutline_core::{Action, Scenario, SnapshotId};
use cutline_session::properties::Follows;
use cutline_session::{Lang, Msg, Session};
use expect_test::expect;
use std::fmt::Write;

/// The properties of the first snapshot at the end of a run in a complete system, in both languages.
fn told(declared: &str, run: &str) -> String {
    let text = format!("cutline 1\ntitle t\n{declared}\nrun\n{run}").replace('|', "\n");
    let mut session = Session::with(vec![Scenario::parse(&text).expect("a good file")], Lang::En);
    session.update(Msg::RunToEnd);
    let mut out = String::new();
    for lang in [Lang::En, Lang::Zh] {
        session.update(Msg::Speak(lang));
        for line in session.properties(SnapshotId(0)) {
            let words = [line.name, line.answer, line.witness, line.implication, line.assumption];
            writeln!(out, "{}", words.join(" | ")).expect("a string");
        }
    }
    out
}

#[test]
fn termination() {
    let work = "process a is active|process b is passive|channels complete";
    expect![[r#"
        Terminated | no | Active: a. | False in the recorded state: so false when the snapshot began. It says nothing about now. | Stable, since only work that arrives makes a passive process active.
        已终止 | 否 | 活跃：a。 | 在记录的状态中不成立：因此快照开始时不成立。至于现在，它什么也没有说。 | 它是稳定的，因为只有收到任务才能使被动的进程变为活跃。
    "#]].assert_eq(&told(work, "a starts a snapshot"));
    expect![[r#"
        Terminated | no | Messages in: a→b. | False in the recorded state: so false when the snapshot began. It says nothing about now. | Stable, since only work that arrives makes a passive process active.
        已终止 | 否 | 有消息的通道：a→b。 | 在记录的状态中不成立：因此快照开始时不成立。至于现在，它什么也没有说。 | 它是稳定的，因为只有收到任务才能使被动的进程变为活跃。
    "#]].assert_eq(&told(work, "b starts a snapshot|a sends work to b|a becomes passive"));
    expect![[r#"
        Terminated | yes | Every process is passive and every channel is empty. | True in the recorded state: so true when the snapshot was complete, and ever since. | Stable, since only work that arrives makes a passive process active.
        已终止 | 是 | 每个进程都处于被动状态，每个通道都为空。 | 在记录的状态中成立：因此快照完成时成立，此后一直成立。 | 它是稳定的，因为只有收到任务才能使被动的进程变为活跃。
    "#]].assert_eq(&told(work, "a becomes passive|a starts a snapshot"));
    let automaton = "process p in A|process q in A|channels complete|rule p: A -> B";
    expect![[r#"
        Terminated | yes | No process can send or go on by itself, and every channel is empty. | True in the recorded state: so true when the snapshot was complete, and ever since. | Stable, since without messages no rule applies any more.
        已终止 | 是 | 没有进程能发送或自行前进，每个通道都为空。 | 在记录的状态中成立：因此快照完成时成立，此后一直成立。 | 它是稳定的，因为没有消息就不再有可用的规则。
    "#]].assert_eq(&told(automaton, "p goes A -> B|p starts a snapshot"));
    expect![[r#"
        Terminated | no | Can still send or go on by themselves: p. | False in the recorded state: so false when the snapshot began. It says nothing about now. | Stable, since without messages no rule applies any more.
        已终止 | 否 | 仍能发送或自行前进：p。 | 在记录的状态中不成立：因此快照开始时不成立。至于现在，它什么也没有说。 | 它是稳定的，因为没有消息就不再有可用的规则。
    "#]].assert_eq(&told(automaton, "p starts a snapshot"));
}

/// A token on its way is there; one that a rule did away with is lost; where a state holds one that did not before, there are too many.
#[test]
fn tokens_of_automata() {
    let declared = "process p in held|process q in idle|channels complete|rule p: held -> idle sends M on p→q|\
                    rule q: idle -> held receives M on p→q|rule q: held -> idle|token in p: held|token in q: held|token as M";
    expect![[r#"
        Terminated | no | Messages in: p→q. | False in the recorded state: so false when the snapshot began. It says nothing about now. | Stable, since without messages no rule applies any more.
        Token lost | no | 0 in processes and 1 in channels; 1 at the start. | False in the recorded state: so false when the snapshot began. It says nothing about now. | Stable as long as no rule makes a new token.
        Token doubled | no | 0 in processes and 1 in channels; 1 at the start. | False in the recorded state: so false when the snapshot began. It says nothing about now. | Stable as long as no rule does away with a token.
        已终止 | 否 | 有消息的通道：p→q。 | 在记录的状态中不成立：因此快照开始时不成立。至于现在，它什么也没有说。 | 它是稳定的，因为没有消息就不再有可用的规则。
        令牌丢失 | 否 | 进程中 0，通道中 1；开始时共 1。 | 在记录的状态中不成立：因此快照开始时不成立。至于现在，它什么也没有说。 | 只要没有规则产生新令牌，它就是稳定的。
        令牌增多 | 否 | 进程中 0，通道中 1；开始时共 1。 | 在记录的状态中不成立：因此快照开始时不成立。至于现在，它什么也没有说。 | 只要没有规则销毁令牌，它就是稳定的。
    "#]].assert_eq(&told(declared, "q starts a snapshot|p sends M to q"));
    expect![[r#"
        Terminated | yes | No process can send or go on by itself, and every channel is empty. | True in the recorded state: so true when the snapshot was complete, and ever since. | Stable, since without messages no rule applies any more.
        Token lost | yes | 0 in processes and 0 in channels; 1 at the start. | True in the recorded state: so true when the snapshot was complete, and ever since. | Stable as long as no rule makes a new token.
        Token doubled | no | 0 in processes and 0 in channels; 1 at the start. | False in the recorded state: so false when the snapshot began. It says nothing about now. | Stable as long as no rule does away with a token.
        已终止 | 是 | 没有进程能发送或自行前进，每个通道都为空。 | 在记录的状态中成立：因此快照完成时成立，此后一直成立。 | 它是稳定的，因为没有消息就不再有可用的规则。
        令牌丢失 | 是 | 进程中 0，通道中 0；开始时共 1。 | 在记录的状态中成立：因此快照完成时成立，此后一直成立。 | 只要没有规则产生新令牌，它就是稳定的。
        令牌增多 | 否 | 进程中 0，通道中 0；开始时共 1。 | 在记录的状态中不成立：因此快照开始时不成立。至于现在，它什么也没有说。 | 只要没有规则销毁令牌，它就是稳定的。
    "#]]
        .assert_eq(&told(declared, "p sends M to q|q receives from p|q goes held -> idle|q starts a snapshot"));
    let doubled = declared.replace("token in p: held", "token in idle");
    expect![[r#"
        Terminated | no | Can still send or go on by themselves: q. | False in the recorded state: so false when the snapshot began. It says nothing about now. | Stable, since without messages no rule applies any more.
        Token lost | no | 2 in processes and 0 in channels; 1 at the start. | False in the recorded state: so false when the snapshot began. It says nothing about now. | Stable as long as no rule makes a new token.
        Token doubled | yes | 2 in processes and 0 in channels; 1 at the start. | True in the recorded state: so true when the snapshot was complete, and ever since. | Stable as long as no rule does away with a token.
        已终止 | 否 | 仍能发送或自行前进：q。 | 在记录的状态中不成立：因此快照开始时不成立。至于现在，它什么也没有说。 | 它是稳定的，因为没有消息就不再有可用的规则。
        令牌丢失 | 否 | 进程中 2，通道中 0；开始时共 1。 | 在记录的状态中不成立：因此快照开始时不成立。至于现在，它什么也没有说。 | 只要没有规则产生新令牌，它就是稳定的。
        令牌增多 | 是 | 进程中 2，通道中 0；开始时共 1。 | 在记录的状态中成立：因此快照完成时成立，此后一直成立。 | 只要没有规则销毁令牌，它就是稳定的。
    "#]].assert_eq(&told(&doubled, "p sends M to q|q receives from p|p starts a snapshot"));
    assert!(
        !told(&declared.replace("|token in p: held|token in q: held|token as M", ""), "p starts a snapshot")
            .contains("Token")
    );
}

#[test]
fn deadlock() {
    let three = |one: &str, other: &str, last: &str| {
        let declared = format!("process a {one}|process b {other}|process c {last}|channels complete");
        told(&declared, "a starts a snapshot")
    };
    expect![[r#"
        Deadlocked | yes | a, b, c wait for ever. Each waits for all: a → b → c → a is a cycle. | True in the recorded state: so true when the snapshot was complete, and ever since. | Stable as long as nobody gives up waiting.
        死锁 | 是 | a、b、c 将永远等待。每个都在等待全部许可：a → b → c → a 是一个环。 | 在记录的状态中成立：因此快照完成时成立，此后一直成立。 | 只要没有进程放弃等待，它就是稳定的。
    "#]].assert_eq(&three("waits for all of b", "waits for all of c", "waits for all of a"));
    expect![[r#"
        Deadlocked | yes | a, b, c wait for ever. Each waits for any, and none of them can reach a process that runs: a → b → a lies in a knot. | True in the recorded state: so true when the snapshot was complete, and ever since. | Stable as long as nobody gives up waiting.
        死锁 | 是 | a、b、c 将永远等待。每个都在等待任一许可，却没有一个能通向运行中的进程：a → b → a 在一个结里。 | 在记录的状态中成立：因此快照完成时成立，此后一直成立。 | 只要没有进程放弃等待，它就是稳定的。
    "#]].assert_eq(&three("waits for any of b c", "waits for any of a", "waits for any of b"));
    expect![[r#"
        Deadlocked | yes | a, b, c wait for ever, some for all and some for any. Among them: a → b → a. | True in the recorded state: so true when the snapshot was complete, and ever since. | Stable as long as nobody gives up waiting.
        死锁 | 是 | a、b、c 将永远等待，有的等待全部许可，有的等待任一许可。其中：a → b → a。 | 在记录的状态中成立：因此快照完成时成立，此后一直成立。 | 只要没有进程放弃等待，它就是稳定的。
    "#]].assert_eq(&three("waits for all of b c", "waits for any of a c", "waits for any of b"));
    expect![[r#"
        Deadlocked | no | Everybody runs or can still be freed. | False in the recorded state: so false when the snapshot began. It says nothing about now. | Stable as long as nobody gives up waiting.
        死锁 | 否 | 每个进程都在运行，或仍能得到许可。 | 在记录的状态中不成立：因此快照开始时不成立。至于现在，它什么也没有说。 | 只要没有进程放弃等待，它就是稳定的。
    "#]].assert_eq(&three("waits for any of b c", "waits for any of a", "runs"));
}

/// A grant that is recorded in its channel takes the edge away: no phantom deadlock.
#[test]
fn a_grant_under_way_counts() {
    let declared = "process a waits for all of b|process b runs|channels complete|rule b: may wait for all of a";
    let run = "b sends grant to a|a starts a snapshot|b waits for all of a";
    // b records when the marker comes, the grant being under way to a, which has recorded.
    expect![[r#"
        Deadlocked | no | Everybody runs or can still be freed. Grants recorded in b→a count as given. | False in the recorded state: so false when the snapshot began. It says nothing about now. | Stable as long as nobody gives up waiting.
        死锁 | 否 | 每个进程都在运行，或仍能得到许可。记录在 b→a 中的许可视为已经给出。 | 在记录的状态中不成立：因此快照开始时不成立。至于现在，它什么也没有说。 | 只要没有进程放弃等待，它就是稳定的。
    "#]].assert_eq(&told(declared, run));
}

#[test]
fn money() {
    let bank = "process a has 5|process b has 5|channel a -> b unordered|channel b -> a unordered";
    expect![[r#"
        Money lost | no | 10 in processes and 0 in channels; 10 at the start. | False in the recorded state: so false when the snapshot began. It says nothing about now. | Stable as long as nobody makes new money.
        Money doubled | no | 10 in processes and 0 in channels; 10 at the start. | False in the recorded state: so false when the snapshot began. It says nothing about now. | No consistent snapshot of a system that conserves has more: where this is true, the snapshot is wrong.
        金额减少 | 否 | 进程中 10，通道中 0；开始时共 10。 | 在记录的状态中不成立：因此快照开始时不成立。至于现在，它什么也没有说。 | 只要没有谁增发，它就是稳定的。
        金额增多 | 否 | 进程中 10，通道中 0；开始时共 10。 | 在记录的状态中不成立：因此快照开始时不成立。至于现在，它什么也没有说。 | 在守恒的系统里，一致的快照不会更多：若成立，说明快照有误。
    "#]].assert_eq(&told(bank, "a sends 2 to b|a starts a snapshot"));
    expect![[r#"
        Money lost | no | 12 in processes and 0 in channels; 10 at the start. | The snapshot is not consistent, so nothing follows from it. | Stable as long as nobody makes new money.
        Money doubled | yes | 12 in processes and 0 in channels; 10 at the start. | The snapshot is not consistent, so nothing follows from it. | No consistent snapshot of a system that conserves has more: where this is true, the snapshot is wrong.
        金额减少 | 否 | 进程中 12，通道中 0；开始时共 10。 | 快照不一致，因此什么结论也推不出。 | 只要没有谁增发，它就是稳定的。
        金额增多 | 是 | 进程中 12，通道中 0；开始时共 10。 | 快照不一致，因此什么结论也推不出。 | 在守恒的系统里，一致的快照不会更多：若成立，说明快照有误。
    "#]].assert_eq(&told(bank, "a starts a snapshot|a sends 2 to b|b receives item 2 from a"));
}

/// Nothing is said before everything is recorded, and after going back it is said with care.
#[test]
fn only_of_what_is_recorded() {
    let text =
        "cutline 1\ntitle t\nprocess a is passive\nprocess b is passive\nchannels complete\nrun\na starts a snapshot\n";
    let mut session = Session::with(vec![Scenario::parse(text).expect("a good file")], Lang::En);
    assert_eq!((session.properties(SnapshotId(0)), session.properties(SnapshotId(7))), (vec![], vec![]));
    assert_eq!(session.restoration(), None);
    session.update(Msg::RunToEnd);
    let before = session.properties(SnapshotId(0)).remove(0);
    assert_eq!((before.holds, before.follows), (true, Follows::TrueAtTheEnd));
    let back = session.restoration().expect("it is complete");
    assert_eq!(back.msg, Some(Msg::Do(Action::Restore { snapshot: SnapshotId(0) })));
    session.update(back.msg.expect("it can be done"));
    assert_eq!((session.notice(), session.world().epoch()), (None, 1));
    let after = session.properties(SnapshotId(0)).remove(0);
    assert!(after.implication.ends_with("unless the run goes back."), "{}", after.implication);
    let said = |session: &Session| session.restoration().map(|choice| (choice.label, choice.remark));
    expect![[r#"
        Some(
            (
                "Restore it",
                Some(
                    "Restores snapshot 1: every process and channel is as recorded, and what else is under way is dropped.",
                ),
            ),
        )
    "#]].assert_debug_eq(&said(&session));
    session.update(Msg::Speak(Lang::Zh));
    expect![[r#"
        Some(
            (
                "恢复到它",
                Some(
                    "恢复快照 1：每个进程和通道都回到记录的样子，其余在途的都被丢弃。",
                ),
            ),
        )
    "#]]
    .assert_debug_eq(&said(&session));
}

/// What the side of the page has room for: of money only what is wrong with it although the snapshot is consistent.
#[test]
fn the_page_shows_what_is_not_said_elsewhere() {
    let shown = |text: &str| {
        let text = format!("cutline 1\ntitle t\n{text}").replace('|', "\n");
        let mut session = Session::with(vec![Scenario::parse(&text).expect("a good file")], Lang::En);
        session.update(Msg::RunToEnd);
        session.shown_properties().len()
    };
    assert_eq!(shown("process a has 5|process b has 5|channels complete|run|a starts a snapshot"), 0);
    assert_eq!(shown("process a runs|process b runs|channels complete|run|a starts a snapshot"), 1);
    assert_eq!(shown("process a is active|process b is passive|channels complete|run|a starts a snapshot"), 1);
    assert_eq!(shown("process a in A|process b in A|channels complete|rule a: A -> B|run|a starts a snapshot"), 0);
    assert_eq!(shown("process a in A|process b in A|channels complete|run|a starts a snapshot"), 1);
}
