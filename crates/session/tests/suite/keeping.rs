//! What is left of a snapshot whose parts are kept.

use cutline_session::systems::{Network, SystemMsg};
use cutline_session::{Lang, Msg, Session};

const RING: &str = "process Ann has 10\nprocess Bob has 10\nprocess Col has 10\n\
                    channel Ann -> Bob\nchannel Bob -> Col\nchannel Col -> Ann\n";
const TAKEN: &str = "Ann starts a snapshot\nBob receives from Ann\nCol receives from Bob\nAnn receives from Col\n";

fn said(lang: Lang, keep: &str, run: &str, steps: usize) -> String {
    let mut session = Session::new(lang);
    session.open_file("run.cutline", Ok(format!("cutline 1\ntitle Run\n{RING}{keep}\nrun\n{run}")));
    assert!(session.notice_words().is_none(), "{:?}", session.notice_words());
    session.update(Msg::Seek(steps));
    let shown = session.shown().expect("a snapshot");
    session.tally_words(shown).into_iter().skip(1).collect::<Vec<_>>().join("|")
}

#[test]
fn a_part_comes_from_the_next_process() {
    let run = format!("{TAKEN}Bob crashes\nCol crashes\n");
    let of = |lang, steps| said(lang, "keep on 1 other", &run, steps);
    let safe = "With a copy of each part on the next process, any one process may be lost.";
    assert_eq!(of(Lang::En, 3), "", "it is not complete");
    assert_eq!(of(Lang::En, 4), safe);
    let bob = "What Bob kept is gone. The part of Bob comes from Col. Without Ann too, the snapshot could no longer be put together.";
    assert_eq!(of(Lang::En, 5), format!("{safe} {bob}"));
    let both =
        "What Bob, Col kept is gone. Nobody has what Bob recorded any more: the snapshot cannot be put together.";
    assert_eq!(of(Lang::En, 6), format!("{safe} {both}"));
    let chinese = "每个部分在下一个进程上留有副本，因此任意失去一个进程都可以。Bob 保留的内容已不可得。Bob 的部分取自 Col。如果再失去 Ann，快照就无法拼合。";
    assert_eq!(of(Lang::Zh, 5), chinese);
}

/// Without the line nothing is said until somebody is lost.
#[test]
fn alone_is_told_when_it_matters() {
    let run = format!("{TAKEN}Bob crashes\n");
    assert_eq!(said(Lang::En, "", &run, 4), "");
    let lost = "Everybody keeps its own part alone. What Bob kept is gone. \
                Nobody has what Bob recorded any more: the snapshot cannot be put together.";
    assert_eq!(said(Lang::En, "", &run, 5), lost);
    let two = "With copies of each part on the next 2 processes, any 2 processes may be lost.";
    assert_eq!(said(Lang::En, "keep on 5 others", &run, 4), two, "there are no more");
}

#[test]
fn what_is_read_meanwhile_depends_on_the_phases() {
    let run = format!("{TAKEN}{TAKEN}");
    let of = |lang, keep, steps| said(lang, keep, &run, steps);
    let safe = "With a copy of each part on the next process, any one process may be lost.";
    let (two, one) = ("keep on 1 other", "keep on 1 other in one phase");
    assert_eq!(of(Lang::En, one, 4), safe, "nothing was there before");
    let whole = "Whoever reads while it takes the place of snapshot 1 gets one of the two, whole.";
    assert_eq!(of(Lang::En, two, 8), format!("{safe} {whole}"));
    let half = "It takes the place of snapshot 1 in one phase: whoever reads once Ann has written its share gets half a snapshot.";
    assert_eq!(of(Lang::En, one, 8), format!("{safe} {half}"));
    assert!(of(Lang::Zh, one, 8).ends_with("它一步取代快照 1：在 Ann 写下自己保留的部分之后读取，只能得到半个快照。"));
    assert!(of(Lang::En, "keep on 2 others in one phase", 8).ends_with(whole), "the first to write has all parts");
}

#[test]
fn another_network_keeps_them_as_well() {
    let mut session = Session::new(Lang::En);
    session.open_file("run.cutline", Ok(format!("cutline 1\ntitle Run\n{RING}keep on 2 others\nrun\n{TAKEN}")));
    let keeping = session.keeping();
    assert_eq!(keeping.map(|keeping| keeping.others), Some(2));
    session.update(Msg::System(SystemMsg::Network(Network::Repaired)));
    assert_eq!(session.keeping(), keeping);
}
