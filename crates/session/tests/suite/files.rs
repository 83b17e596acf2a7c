//! Files that the reader brings: opened, or refused with nothing lost.

use cutline_core::scenario::MAX_BYTES;
use cutline_session::{FileTrouble, Lang, Msg, Session};

const OWN: &str = "
    cutline 1
    title Two friends
    process ann has 5
    process bob has 7
    channel there: ann -> bob
    channel back: bob -> ann
    run
    ann sends 3 on there";

fn open(session: &mut Session, text: &str) -> Option<String> {
    session.open_file("mine.cutline", Ok(text.into()));
    session.notice_words().map(|(_, words)| words)
}

#[test]
fn a_file_is_opened_and_stands_in_the_picker_and_in_the_link() {
    let mut session = Session::new(Lang::En);
    assert_eq!(open(&mut session, OWN), None);
    assert_eq!((session.title(), session.steps()), ("Two friends", 1));
    assert_eq!(session.titles().count(), Session::new(Lang::En).titles().count() + 1);
    session.update(Msg::TakeSnapshot);
    let link = session.link().unwrap().text;
    let mut other = Session::new(Lang::En);
    other.open_link(&link);
    assert_eq!((other.title(), other.steps()), ("Two friends", 2), "who follows the link need not have the file");
    assert_eq!(open(&mut session, &OWN.replace("Two friends", "Two others")), None);
    assert_eq!(
        (session.title(), session.titles().count()),
        ("Two others", Session::new(Lang::En).titles().count() + 1),
        "the next takes its place"
    );
}

#[test]
fn a_bad_file_is_refused_in_a_sentence_and_nothing_is_lost() {
    for lang in [Lang::En, Lang::Zh] {
        let mut session = Session::new(lang);
        session.update(Msg::TakeSnapshot);
        session.update(Msg::Forward);
        let before = session.link().unwrap();
        let bad = OWN.replace("bob -> ann", "bob -> cat");
        let why = open(&mut session, &bad).unwrap();
        assert!(why.contains("mine.cutline") && why.contains('7') && why.contains("cat"), "{why}");
        for (trouble, tells) in
            [(FileTrouble::TooLarge, MAX_BYTES.to_string()), (FileTrouble::Unreadable, "UTF-8".into())]
        {
            session.open_file("mine.cutline", Err(trouble));
            let (_, why) = session.notice_words().unwrap();
            assert!(why.contains("mine.cutline") && why.contains(&tells), "{why}");
        }
        for bad in ["", "{}", "\u{0}\u{1}", "cutline 99"] {
            assert!(open(&mut session, bad).is_some(), "{bad:?}");
        }
        session.open_file(&"long".repeat(1000), Ok("no".into()));
        assert!(session.notice_words().unwrap().1.len() < 400);
        assert_eq!(session.link().unwrap(), before, "all is as it was");
        session.update(Msg::Forward);
        assert_eq!(session.notice_words(), None, "it is said once");
    }
}
