//! What the page says of each kind of process, in both languages.

use cutline_core::{ProcessId, Scenario};
use cutline_session::{Lang, Msg, Session};
use expect_test::expect;
use std::fmt::Write;

const WORK: &str = "cutline 1\ntitle t\nabout a\nprocess Ann is active and 1 sends\nprocess Bob is passive\nchannels complete\n\
                    run\nAnn sends work to Bob\nAnn becomes passive\nBob receives from Ann\n";
const WAITS: &str = "cutline 1\ntitle t\nabout a\nprocess Ann waits for all of Bob Cid\nprocess Bob runs\nprocess Cid runs\n\
                     channels complete\nrule Bob: may wait for any of Ann Cid\nrun\nBob sends grant to Ann\n\
                     Bob waits for any of Ann Cid\nAnn receives from Bob\n";

/// The explanation of every step, and at the start and at the end the menu of every process.
fn told(text: &str, lang: Lang) -> String {
    let mut session = Session::with(vec![Scenario::parse(text).expect("a good file")], lang);
    let mut out = String::new();
    for step in 0..=session.steps() {
        session.update(Msg::Seek(step));
        writeln!(out, "{}", session.explanation().plain()).expect("a string");
        if step == 0 || step == session.steps() {
            menus(&mut session, &mut out);
        }
    }
    out
}

fn menus(session: &mut Session, out: &mut String) {
    for process in 0..session.topology().process_count() {
        session.update(Msg::OpenMenu(ProcessId::at(process)));
        let menu = session.menu().expect("a menu");
        let choices: Vec<String> = menu.choices.into_iter().map(|choice| choice.label).collect();
        let nothing = menu.nothing.unwrap_or_default();
        writeln!(out, "  {} | {nothing} | {}", menu.title, choices.join(" | ")).expect("a string");
    }
}

#[test]
fn work_in_english() {
    expect![[r#"
        Nothing has happened yet. a
          Ann is active |  | Send work to Bob | Become passive | Start snapshot 1 here
          Bob is passive | Bob is passive and does nothing until work reaches it. | Start snapshot 1 here
        Step 1. Ann sends work to Bob.
        Step 2. Ann is now passive, of its own accord.
        Step 3. Bob receives work from Ann and is active.
          Ann is passive | Ann is passive and does nothing until work reaches it. | Start snapshot 1 here
          Bob is active |  | Send work to Ann | Become passive | Start snapshot 1 here
    "#]]
    .assert_eq(&told(WORK, Lang::En));
}

#[test]
fn work_in_chinese() {
    expect![[r#"
        还什么都没有发生。a
          Ann 现在活跃 |  | 向 Bob 发送任务 | 变为被动 | 在此发起快照 1
          Bob 现在被动 | Bob 处于被动状态，收到任务之前什么也不做。 | 在此发起快照 1
        第 1 步。Ann 向 Bob 发送任务。
        第 2 步。Ann 自行变为被动。
        第 3 步。Bob 收到 Ann 的任务，现在活跃。
          Ann 现在被动 | Ann 处于被动状态，收到任务之前什么也不做。 | 在此发起快照 1
          Bob 现在活跃 |  | 向 Ann 发送任务 | 变为被动 | 在此发起快照 1
    "#]]
    .assert_eq(&told(WORK, Lang::Zh));
}

#[test]
fn waiting_in_english() {
    expect![[r#"
        Nothing has happened yet. a
          Ann is waiting for all of Bob, Cid | Ann waits and does nothing until it is granted what it waits for. | Start snapshot 1 here
          Bob is running |  | Send a grant to Ann | Send a grant to Cid | Begin waiting for any of Ann, Cid | Start snapshot 1 here
          Cid is running |  | Send a grant to Ann | Send a grant to Bob | Start snapshot 1 here
        Step 1. Bob sends a grant to Ann.
        Step 2. Bob is now waiting for any of Ann, Cid, of its own accord.
        Step 3. Ann receives a grant from Bob and is waiting for Cid.
          Ann is waiting for Cid | Ann waits and does nothing until it is granted what it waits for. | Start snapshot 1 here
          Bob is waiting for any of Ann, Cid | Bob waits and does nothing until it is granted what it waits for. | Start snapshot 1 here
          Cid is running |  | Send a grant to Ann | Send a grant to Bob | Start snapshot 1 here
    "#]].assert_eq(&told(WAITS, Lang::En));
}

#[test]
fn waiting_in_chinese() {
    expect![[r#"
        还什么都没有发生。a
          Ann 现在等待 Bob、Cid 全部许可 | Ann 正在等待，得到许可之前什么也不做。 | 在此发起快照 1
          Bob 现在运行中 |  | 向 Ann 发送许可 | 向 Cid 发送许可 | 开始等待 Ann、Cid 任一许可 | 在此发起快照 1
          Cid 现在运行中 |  | 向 Ann 发送许可 | 向 Bob 发送许可 | 在此发起快照 1
        第 1 步。Bob 向 Ann 发送许可。
        第 2 步。Bob 自行变为等待 Ann、Cid 任一许可。
        第 3 步。Ann 收到 Bob 的许可，现在等待 Cid 的许可。
          Ann 现在等待 Cid 的许可 | Ann 正在等待，得到许可之前什么也不做。 | 在此发起快照 1
          Bob 现在等待 Ann、Cid 任一许可 | Bob 正在等待，得到许可之前什么也不做。 | 在此发起快照 1
          Cid 现在运行中 |  | 向 Ann 发送许可 | 向 Bob 发送许可 | 在此发起快照 1
    "#]]
    .assert_eq(&told(WAITS, Lang::Zh));
}

#[test]
fn a_snapshot_that_is_stuck_says_why() {
    let text = "cutline 1\ntitle t\nprocess Ann has 1\nprocess Bob has 1\nprocess Cid has 1\nchannel Ann -> Bob\n\
                channel Bob -> Cid\nrun\nBob starts a snapshot\nCid receives from Bob\n";
    let mut session = Session::with(vec![Scenario::parse(text).expect("a good file")], Lang::En);
    let reasons = session.verdict_words().reasons.plain();
    expect!["Still to record: Ann. Channels whose marker has not come yet: 1 of 2. Done with their own part: Cid. No marker can reach Ann: unless another process starts the snapshot too, it will never be complete."].assert_eq(&reasons);
    session.update(Msg::Speak(Lang::Zh));
    expect!["尚未记录：Ann。标记尚未到达的通道：1 / 2。已完成自己那部分：Cid。没有标记能到达 Ann：除非还有别的进程也发起这张快照，否则它永远不会完成。"].assert_eq(&session.verdict_words().reasons.plain());
}

#[test]
fn the_figure_says_it_shortly() {
    let session = Session::with(vec![Scenario::parse(WAITS).expect("a good file")], Lang::Zh);
    let states: Vec<String> = session.scene(800, 400, false).heads.into_iter().map(|head| head.state).collect();
    assert_eq!(states, ["等待 Cid", "等待 Ann ∨ Cid", "运行中"]);
}
