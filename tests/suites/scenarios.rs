//! Scenario files: the good ones, the bad ones, and ones that nobody would write.

use cutline_core::judge::judge;
use cutline_core::scenario::{Expectation, MAX_BYTES};
use cutline_core::{Scenario, SnapshotId};
use cutline_tests::soak;
use expect_test::expect_file;
use proptest::prelude::*;
use std::fmt::Write;
use std::path::Path;

/// The scenarios that the page comes with, by the name of their file.
fn shipped() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/session/scenarios");
    let files = std::fs::read_dir(&folder).expect("the folder of the scenarios");
    let mut read: Vec<(String, String)> = files
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "cutline"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("a text")))
        .collect();
    read.sort();
    assert!(read.len() >= 2, "no scenarios in {}", folder.display());
    read
}

#[test]
fn the_shipped_scenarios_come_out_as_they_say() {
    for (file, text) in shipped() {
        let scenario = Scenario::parse(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(scenario.unmet(), [], "{file}");
        assert!(!scenario.expected.is_empty() && !scenario.script.is_empty(), "{file} shows nothing");
        assert!(scenario.opens_at < scenario.script.len(), "{file} opens at its end");
        assert_ne!(scenario.title.zh, scenario.title.en, "{file}");
    }
}

/// Every claim of the shipped scenarios is one that could fail.
#[test]
fn an_expectation_that_is_wrong_is_unmet() {
    for (file, text) in shipped() {
        let scenario = Scenario::parse(&text).expect("a good file");
        for (at, expected) in scenario.expected.iter().enumerate() {
            let mut wrong = scenario.clone();
            wrong.expected[at].what = match &expected.what {
                Expectation::Recorded(process, _) => Expectation::Recorded(*process, "elsewhere".to_owned()),
                Expectation::Left(channel, left) => {
                    Expectation::Left(*channel, left.iter().copied().chain([cutline_core::Payload(77)]).collect())
                }
                Expectation::Holds(channel, held) => {
                    let more = held.iter().copied().chain([cutline_core::Payload(77)]).collect();
                    Expectation::Holds(*channel, more)
                }
                Expectation::Occurred(so) => Expectation::Occurred(!so),
                Expectation::Total(total) => Expectation::Total(total + 1),
                Expectation::AtLeast(amount) => Expectation::AtLeast(amount + 1),
                Expectation::RecoveryLoses(events) => Expectation::RecoveryLoses(events + 1),
                Expectation::Terminated(so) => Expectation::Terminated(!so),
                Expectation::Deadlocked(processes) if processes.is_empty() => {
                    Expectation::Deadlocked(vec![cutline_core::ProcessId(0)])
                }
                Expectation::Deadlocked(processes) => Expectation::Deadlocked(processes[1..].to_vec()),
                Expectation::Ends(process, _) => Expectation::Ends(*process, "elsewhere".to_owned()),
                Expectation::Kept(so) => Expectation::Kept(!so),
                Expectation::Announced(process, so) => Expectation::Announced(*process, !so),
                Expectation::Inconsistent => Expectation::Consistent,
                Expectation::Consistent if at % 2 == 0 => Expectation::Inconsistent,
                Expectation::Consistent
                | Expectation::Collected(_)
                | Expectation::Stands(_)
                | Expectation::Unavailable(_) => {
                    wrong.expected[at].snapshot = SnapshotId(9);
                    expected.what.clone()
                }
            };
            let lines: Vec<usize> = wrong.unmet().iter().map(|unmet| unmet.line).collect();
            assert_eq!(lines, [expected.line], "{file}: {expected:?}");
        }
    }
}

#[test]
fn the_state_that_never_was_is_one_swap_away() {
    let (_, text) = shipped().into_iter().find(|(file, _)| file.ends_with("never-occurred.cutline")).expect("it");
    let history = Scenario::parse(&text).expect("a good file").play();
    let verdict = judge(&history.trace(), SnapshotId(0));
    let passage = verdict.passage.as_ref().expect("a complete snapshot");
    assert_eq!((passage.swaps, verdict.occurred_after), (1, None));
}

const BANK: &str = "cutline 1|title t|process p has 5|process q has 5|channel p -> q|";
const TWO_WAYS: &str = "cutline 1|title t|process p has 5|process q has 5|channel c: p -> q|channel d: p -> q|";
const MACHINE: &str = "cutline 1|title t|process p in A|process q in A|channel c: p -> q|rule p: A -> B sends m on c|";
const WORK: &str = "cutline 1|title t|process p is active and 1 sends|process q is passive|channel p -> q|";
const WAITS: &str = "cutline 1|title t|process p waits for any of q|process q runs|channels complete|\
                     rule q: may wait for all of p|";

/// Files with something wrong, a bar for the end of a line: the part before, and the part to be shown.
const WRONG: [(&str, &str); 126] = [
    ("", ""),
    ("", "# nothing but this"),
    ("", "cutline 2"),
    ("", "title t"),
    ("", "cutline 1"),
    ("", "cutline 1|title"),
    ("", "cutline 1|title t|title u"),
    ("", "cutline 1|title t|about.zh a|about.zh b"),
    ("", "cutline 1|title t"),
    ("", "cutline 1|title t|frobnicate"),
    ("", "cutline 1|title t|expect|consistent"),
    ("", "cutline 1|title t|channels"),
    ("", "cutline 1|title t|process p"),
    ("", "cutline 1|title t|process p has"),
    ("", "cutline 1|title t|process p has much"),
    ("", "cutline 1|title t|process p has -1"),
    ("", "cutline 1|title t|process p has 1000000000001"),
    ("", "cutline 1|title t|process p has 1000000000000|process q has 1"),
    ("", "cutline 1|title t|process p has 1|process q in A"),
    ("", "cutline 1|title t|process p in A|process q has 1"),
    ("", "cutline 1|title t|process p has 1|process p has 1"),
    ("", "cutline 1|title t|process p->q has 1"),
    ("", "cutline 1|title t|process p: has 1"),
    ("", "cutline 1|title t|process unordered has 1"),
    ("", "cutline 1|title t|channel p -> q"),
    (BANK, "channel p q"),
    (BANK, "channel e p -> q"),
    (BANK, "channel p -> nobody"),
    (BANK, "channel p -> p"),
    (BANK, "channel p -> q"),
    (BANK, "channel e: p -> q|channel e: q -> p"),
    (BANK, "channels complete"),
    (BANK, "rule p: A -> B"),
    (MACHINE, "rule p A -> B"),
    (MACHINE, "rule p: A B"),
    (MACHINE, "rule nobody: A -> B"),
    (MACHINE, "rule p: A -> B eats m on c"),
    (MACHINE, "rule p: A -> B sends m on z"),
    (MACHINE, "rule q: A -> B sends m on c"),
    (MACHINE, "rule p: A -> B receives m on c"),
    (MACHINE, "rule p: A -> B sends m on c"),
    (BANK, "run|run"),
    (BANK, "run|p"),
    (BANK, "run|p sends 1"),
    (BANK, "run|p sends 1 to r"),
    (BANK, "run|q sends 1 to p"),
    (BANK, "run|p sends m to q"),
    (BANK, "run|p sends 0 to q"),
    (BANK, "run|p sends 6 to q"),
    (BANK, "run|q receives"),
    (BANK, "run|q receives from p"),
    (BANK, "run|q receives on e"),
    (BANK, "run|p goes A -> B"),
    (BANK, "run|p starts snapshot 0"),
    (BANK, "run|p starts snapshot 65"),
    (BANK, "run|p starts snapshot 1|p starts snapshot 1"),
    (BANK, "run|p starts snapshot 64|p starts a snapshot"),
    (BANK, "run|open here|open here"),
    (TWO_WAYS, "run|p sends 1 to q"),
    (TWO_WAYS, "run|q sends 1 on c"),
    (MACHINE, "run|p sends n on c"),
    (MACHINE, "run|p sends m on c|p sends m on c"),
    (MACHINE, "run|p sends m on c|q receives on c"),
    (MACHINE, "rule p: B -> A|run|p goes B -> A"),
    (BANK, "run|restore snapshot 1"),
    (BANK, "run|restore snapshot x"),
    (
        BANK,
        "channel q -> p|run|p starts a snapshot|q receives from p|p receives from q|restore snapshot 1|p starts snapshot 1",
    ),
    (BANK, "run|expect|p has 5"),
    (BANK, "run|expect|p recorded nothing"),
    (MACHINE, "run|expect|p recorded C"),
    (BANK, "collect somehow"),
    (BANK, "collect by flooding|collect by flooding"),
    (BANK, "markers late"),
    (BANK, "token in A"),
    (MACHINE, "token"),
    (MACHINE, "token in"),
    (MACHINE, "token in p:"),
    (MACHINE, "token in nobody: A"),
    (MACHINE, "token in Z"),
    (MACHINE, "token as Z"),
    (MACHINE, "token is A"),
    (BANK, "markers at once|markers one by one"),
    (BANK, "run|p sends the marker to q"),
    (BANK, "run|p starts a snapshot|p sends the marker to q"),
    (BANK, "markers one by one|run|p starts a snapshot|p sends 1 to q"),
    (BANK, "markers one by one|run|p starts a snapshot|p sends the marker of snapshot 2 to q"),
    (BANK, "markers one by one|run|p starts a snapshot|p sends the marker to q|p sends the marker to q"),
    (BANK, "markers one by one|run|p starts a snapshot|p starts a snapshot|p sends the marker to q"),
    (BANK, "markers one by one|run|p starts a snapshot|q sends the marker to p"),
    (BANK, "latency"),
    (BANK, "latency p -> q"),
    (BANK, "latency p -> q soon"),
    (BANK, "latency q -> p 3"),
    (BANK, "latency e 3"),
    (BANK, "latency every channel 9..3"),
    (BANK, "run|expect|deadlocked p"),
    (BANK, "run|expect|not deadlocked"),
    (WAITS, "run|expect|deadlocked nobody"),
    (BANK, "run|expect|collected at nobody"),
    ("", "cutline 1|title t|process p is asleep"),
    ("", "cutline 1|title t|process p is active and many sends"),
    ("", "cutline 1|title t|process p in A and 2 sends"),
    ("", "cutline 1|title t|process p runs|process q is active"),
    ("", "cutline 1|title t|process p waits"),
    ("", "cutline 1|title t|process p waits for all of"),
    ("", "cutline 1|title t|process p waits for some of q"),
    ("", "cutline 1|title t|process p waits for all of q"),
    ("", "cutline 1|title t|process p waits for all of p"),
    ("", "cutline 1|title t|process p waits for all of q q|process q runs|channels complete"),
    ("", "cutline 1|title t|process p waits for all of q|process q runs|channel p -> q"),
    (WAITS, "rule p: may wait for any of nobody"),
    (WAITS, "rule p: may wait"),
    (WAITS, "rule p: A -> B"),
    (WAITS, "rule q: may wait for all of p"),
    (WORK, "rule p: may wait for all of q"),
    (WORK, "rule"),
    (WORK, "run|p sends grant to q"),
    (WORK, "run|p sends work to q|p sends work to q"),
    (WORK, "run|p becomes passive|p sends work to q"),
    (WORK, "run|q becomes passive"),
    (WORK, "run|expect|p recorded"),
    (WAITS, "run|p becomes passive"),
    (WAITS, "run|p sends grant to q"),
    (WAITS, "run|q sends work to p"),
    (WAITS, "run|q waits for any of p"),
    (WAITS, "run|expect|q recorded waiting for somebody"),
];

#[test]
fn every_mistake_is_told_with_its_line() {
    let mut table = String::new();
    for (before, shown) in WRONG {
        let text = format!("{before}{shown}").replace('|', "\n");
        let error = Scenario::parse(&text).expect_err(shown);
        let lines = text.lines().count().max(1);
        assert!((1..=lines).contains(&error.line), "{shown}: {error}");
        let before = if before.is_empty() { "" } else { "...|" };
        writeln!(table, "{before}{shown}\n    {error}").expect("a string");
    }
    expect_file!["../data/golden/scenario-errors.txt"].assert_eq(&table);
}

#[test]
fn too_long_a_file_is_refused_unread() {
    let good = "cutline 1\ntitle t\nprocess p has 1\n";
    let filled = |bytes: usize| format!("{good}#{}", "x".repeat(bytes - good.len() - 1));
    assert!(Scenario::parse(&filled(MAX_BYTES)).is_ok());
    let error = Scenario::parse(&filled(MAX_BYTES + 1)).expect_err("one byte too many");
    assert_eq!(error.to_string(), "line 1: a scenario has at most 1000000 bytes");
}

#[test]
fn too_many_parts_are_refused() {
    let head = "cutline 1\ntitle t\n";
    let many = |count: usize, line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    let processes = many(257, &|at| format!("process p{at} has 1\n"));
    let rules = many(4097, &|at| format!("rule p: s{at} -> s{}\n", at + 1));
    let complete = many(129, &|at| format!("process p{at} has 1\n")) + "channels complete\n";
    let running = many(65, &|at| format!("process p{at} runs\n"));
    let waiting = Scenario::parse(&format!("{head}{running}")).expect_err("too many").to_string();
    assert_eq!(waiting, "line 67: a system of processes that run or wait has at most 64");
    let errors = [format!("{head}{processes}"), format!("{head}process p in s0\n{rules}"), format!("{head}{complete}")]
        .map(|text| Scenario::parse(&text).expect_err("too many").to_string());
    assert_eq!(
        errors,
        [
            "line 259: a system has at most 256 processes",
            "line 4100: a system has at most 4096 rules",
            "line 132: a system has at most 16384 channels",
        ]
    );
}

#[test]
fn white_space_comments_and_line_ends_do_not_matter() {
    let plain = "cutline 1\ntitle t\nprocess p has 5\nprocess q has 5\nchannel p -> q\nrun\np sends 1 to q\n";
    let odd = "\u{feff}# first\r\n\r\n  cutline\t1 # here\r\n title   t  # too\r\nprocess p   has 5\r\n\
               process q has 5\r\n\tchannel p -> q\r\nrun\r\np sends 1 to q # last";
    assert_eq!(Scenario::parse(plain), Scenario::parse(odd));
    let in_a_word = Scenario::parse("cutline 1\ntitle C# and #2\nprocess p#1 has 1").expect("a good file");
    assert_eq!(in_a_word.title.en, "C# and");
    assert!(in_a_word.system.topology.process_named("p#1").is_some());
}

#[test]
fn a_language_that_is_not_given_is_the_other() {
    let text = "cutline 1\ntitle t\ntitle.zh\nabout a\nprocess p has 1";
    let scenario = Scenario::parse(text).expect("a good file");
    assert_eq!((scenario.title.zh.as_str(), scenario.about.zh.as_str()), ("t", "a"));
}

#[test]
fn amounts_are_compared_as_numbers() {
    let text = "cutline 1\ntitle t\nprocess p has 7\nrun\np starts a snapshot\nexpect\np recorded 007\ntotal 07";
    assert_eq!(Scenario::parse(text).expect("a good file").unmet(), []);
}

#[test]
fn work_under_way_is_recorded_though_everybody_is_passive() {
    let text = WORK.replace('|', "\n")
        + "channel q -> p\nrun\np sends work to q\np becomes passive\np starts a snapshot\nq receives from p\n\
           q receives from p\np receives from q\nexpect\np recorded passive\nq recorded active\nconsistent\n\
           p -> q empty\noccurred";
    assert_eq!(Scenario::parse(&text).expect("a good file").unmet(), []);
    let early = text.replace("p starts a snapshot", "q starts a snapshot\np receives from q");
    let early = early.replace("q receives from p\np receives from q\n", "q receives from p\n");
    let early = early.replace("q recorded active", "q recorded passive").replace("p -> q empty", "p -> q holds work");
    assert_eq!(Scenario::parse(&early).expect("a good file").unmet(), []);
}

#[test]
fn a_grant_under_way_is_recorded() {
    let text = WAITS.replace('|', "\n")
        + "run\np starts a snapshot\nq sends grant to p\nq waits for all of p\nq receives from p\n\
           p receives from q\np receives from q\nexpect\np recorded waiting for any of q\n\
           q recorded waiting for all of p\nq -> p holds grant\nconsistent";
    let scenario = Scenario::parse(&text).expect("a good file");
    assert_eq!(scenario.unmet(), []);
    assert_eq!(scenario.play().world().state(cutline_core::ProcessId(0)), cutline_core::LocalState::Running);
}

#[test]
fn an_unordered_channel_delivers_any_item_and_a_fifo_one_the_first() {
    let file = |order: &str| {
        format!(
            "cutline 1\ntitle Overtaken\nprocess p has 1\nprocess q has 0\nchannel p -> q {order}\nchannel q -> p\n\
             run\np starts a snapshot\np sends 1 to q\nq receives item 2 from p\nq receives from p\np receives from q\n\
             expect\np recorded 1\nq recorded 1\ntotal 2\n"
        )
    };
    let overtaken = Scenario::parse(&file("unordered")).expect("an unordered channel");
    assert_eq!(overtaken.unmet(), []);
    assert!(!judge(&overtaken.play().trace(), SnapshotId(0)).is_consistent());
    let refused = Scenario::parse(&file("")).expect_err("a FIFO channel").to_string();
    assert_eq!(refused, "line 10: p→q is first in, first out, and 1 are ahead of that one");
}

/// What replaces a word, or stands in a new line.
fn words() -> impl Strategy<Value = String> {
    let known = "process channel channels complete rule run expect p q P1 P2 P3 c c' has in sends receives on from to \
                 starts a snapshot 1 2 99 -1 9223372036854775807 -> : # holds empty recorded consistent never total \
                 unordered goes A B M title about cutline open here p: c: \
                 is active passive and runs waits for all any of may wait becomes work grant waiting running";
    let known: Vec<String> = known.split_whitespace().map(str::to_owned).collect();
    prop_oneof![3 => prop::sample::select(known), 1 => "\\PC{0,6}", 1 => any::<String>()]
}

#[derive(Clone, Debug)]
enum Edit {
    Drop(usize),
    Double(usize),
    Swap(usize, usize),
    Word(usize, usize, String),
    Insert(usize, Vec<String>),
}

fn edits() -> impl Strategy<Value = Edit> {
    let at = || 0..60_usize;
    prop_oneof![
        at().prop_map(Edit::Drop),
        at().prop_map(Edit::Double),
        (at(), at()).prop_map(|(a, b)| Edit::Swap(a, b)),
        (at(), 0..6_usize, words()).prop_map(|(line, word, new)| Edit::Word(line, word, new)),
        (at(), prop::collection::vec(words(), 0..6)).prop_map(|(line, words)| Edit::Insert(line, words)),
    ]
}

fn edited(text: &str, edits: &[Edit]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for edit in edits {
        let at = |line: &usize| line % lines.len();
        match edit {
            _ if lines.is_empty() => break,
            Edit::Drop(line) => drop(lines.remove(at(line))),
            Edit::Double(line) => lines.insert(at(line), lines[at(line)].clone()),
            Edit::Swap(a, b) => {
                let (a, b) = (at(a), at(b));
                lines.swap(a, b);
            }
            Edit::Word(line, word, new) => {
                let line = at(line);
                let mut words: Vec<&str> = lines[line].split_whitespace().collect();
                if let Some(old) = words.get_mut(*word) {
                    *old = new;
                }
                lines[line] = words.join(" ");
            }
            Edit::Insert(line, words) => lines.insert(at(line), words.join(" ")),
        }
    }
    lines.join("\n")
}

/// Reads a text; whatever it is, the answer is a scenario that can be played or an error in one of its lines.
fn read(text: &str) -> Result<(), TestCaseError> {
    match Scenario::parse(text) {
        Ok(scenario) => {
            prop_assert_eq!(scenario.play().len(), scenario.script.len());
            prop_assert!(scenario.opens_at <= scenario.script.len());
            prop_assert!(scenario.unmet().len() <= scenario.expected.len());
        }
        Err(error) => prop_assert!(error.line >= 1 && error.line <= text.lines().count().max(1), "{}", error),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(2000), failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_text_is_answered(text in any::<String>(), lines in prop::collection::vec(words(), 0..30)) {
        read(&text)?;
        read(&format!("cutline 1\ntitle t\nprocess p has 5\n{}", lines.join("\n")))?;
        read(&format!("cutline 1\ntitle t\nprocess p has 5\nrun\n{}", lines.join(" ")))?;
    }

    #[test]
    fn any_damage_to_a_good_file_is_answered(edits in prop::collection::vec(edits(), 1..6)) {
        for (_, text) in shipped() {
            read(&edited(&text, &edits))?;
        }
    }
}

/// The page that explains the format begins with a file that does what the page says.
#[test]
fn the_documented_example_is_true() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/scenario-format.md");
    let page = std::fs::read_to_string(page).expect("the page");
    let example = page.split("```").find_map(|block| block.strip_prefix("text\n")).expect("an example");
    let scenario = Scenario::parse(example).expect("a good file");
    assert_eq!((scenario.unmet(), scenario.expected.len(), scenario.opens_at), (vec![], 6, 3));
}

#[test]
fn each_expectation_is_about_the_snapshot_named_above_it() {
    let run = "cutline 1|title t|process p has 7|process q has 5|channels complete|run|p starts a snapshot|\
               q starts snapshot 1|q receives from p|p receives from q|p sends 2 to q|q receives from p|\
               q starts a snapshot|p receives from q|q receives from p|expect|";
    let unmet = |expect: &str| {
        let text = format!("{run}{expect}").replace('|', "\n");
        let unmet = Scenario::parse(&text).expect("a good file").unmet();
        unmet.into_iter().map(|unmet| (unmet.line, unmet.snapshot)).collect::<Vec<_>>()
    };
    let told = "p recorded 7|consistent|snapshot 2|p recorded 5|q recorded 7|consistent|snapshot 1|q recorded 5";
    assert_eq!(unmet(told), []);
    let wrong = "snapshot 2|p recorded 7|snapshot 1|p recorded 7|snapshot 3|consistent";
    assert_eq!(unmet(wrong), [(18, SnapshotId(1)), (22, SnapshotId(2))]);
}
