//! The language of predicates: reading, printing, meaning, refusals.

use cutline_core::cuts::{Declared, DeclaredProcess, Definitely, EventOrder};
use cutline_core::predicate::{Comparison, MAX_DEPTH, MAX_LENGTH, Number, Operation, Place, Predicate};
use cutline_core::scenario::Scenario;
use cutline_tests::soak;
use proptest::prelude::*;

fn read(text: &str) -> Predicate {
    Predicate::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn order_of(scenario: &str) -> EventOrder {
    let scenario = Scenario::parse(&format!("cutline 1\ntitle t\n{scenario}")).expect("a scenario");
    EventOrder::of_trace(&scenario.play().trace()).expect("a run")
}

/// Ann sends 20 on c1 and then 10 on c2; Bob sends 5 back, then receives the 20.
fn bank() -> EventOrder {
    order_of(
        "process Ann has 50\nprocess Bob has 50\nchannel c1: Ann -> Bob\nchannel c2: Ann -> Bob\nchannel Bob -> Ann\n\
         run\nAnn sends 20 on c1\nBob sends 5 to Ann\nAnn sends 10 on c2\nBob receives on c1\n",
    )
}

fn automata() -> EventOrder {
    order_of(
        "process p in active\nprocess q in passive\nchannel p -> q\n\
         rule p: active -> passive sends M on p→q\nrule q: passive -> active receives M on p→q\n\
         rule q: active -> passive\nrun\np sends M to q\nq receives from p\nq goes active -> passive\n",
    )
}

fn holds(order: &EventOrder, text: &str, counts: &[u32]) -> bool {
    let condition = read(text).bind(order).unwrap_or_else(|error| panic!("{text}: {error}"));
    let cut = order.cut(counts.to_vec()).expect("a cut");
    condition.holds(order.at(&cut))
}

#[test]
fn what_processes_hold_and_channels_carry() {
    let order = bank();
    let always = [
        "Ann.balance + Bob.balance <= 100",
        "not Ann.balance < 20",
        "all p: p.balance >= 20",
        "sent(c1) - received(c1) = in_transit(c1)",
        "empty(c2) or in_transit(c2) = 1 and sent(c2) = 1",
        "Ann.balance * 2 - -1 > 2 * Ann.balance",
        "true or total = 3",
        "\"Ann\".balance = Ann.balance",
        "in_transit(Bob -> Ann) = sent(Bob→Ann)",
    ];
    for cut in order.lexical() {
        for text in always {
            assert!(holds(&order, text, cut.counts()), "{text} at {cut}");
        }
        assert!(holds(&order, "total = 100", cut.counts()));
        assert_eq!(holds(&order, "cut = (1,0)", cut.counts()), cut.counts() == [1, 0]);
        assert_eq!(holds(&order, "x >= (1,1)", cut.counts()), cut.counts()[0] >= 1 && cut.counts()[1] >= 1);
        assert_eq!(holds(&order, "Ann.events = 2", cut.counts()), cut.counts()[0] == 2);
    }
    assert!(holds(&order, "Ann.balance = 20 and Bob.balance = 65 and in_transit(c1) = 0 and empty(c1)", &[2, 2]));
    assert!(holds(&order, "total = 100 and in_transit(c2) = 1 and received(c1) = 0", &[2, 0]));
    // At an inconsistent cut the sum is wrong: Bob has the 20 that Ann has not sent.
    assert!(holds(&order, "total = 120 and sent(c1) = 0 and received(c1) = 1 and empty(c1)", &[0, 2]));
}

#[test]
fn automata_are_in_states() {
    let order = automata();
    for text in
        ["all passive", "all in passive", "all p in passive", "not some active", "p.state = passive and q in passive"]
    {
        assert!(!holds(&order, text, &[0, 0]), "{text}");
        assert!(holds(&order, text, &[1, 0]), "{text}");
        assert!(!holds(&order, text, &[1, 1]), "{text}");
        assert!(holds(&order, text, &[1, 2]), "{text}");
    }
    // The trap of termination detection: all are passive and a message is under way.
    let condition = read("all passive and not empty(p -> q)").bind(&order).expect("known names");
    let witness = order.possibly(100, |at| condition.holds(at)).expect("few cuts").expect("a witness");
    assert_eq!(witness.counts(), [1, 0]);
    assert!(holds(&order, "some r: r.state != passive", &[1, 1]));
    // The innermost variable is meant.
    assert!(holds(&order, "all r: some r: r in active", &[1, 1]));
    assert!(!holds(&order, "all r: r in active", &[1, 1]));
    assert!(holds(&order, "all r: some s: r.events <= s.events and (s in active or s in passive)", &[1, 1]));
}

fn crossing() -> EventOrder {
    let send = |name: &str| Declared::Send(name.to_owned());
    let receive = |name: &str| Declared::Receive(name.to_owned());
    let process = |name: &str, events| DeclaredProcess { name: name.to_owned(), events };
    let processes = [process("P0", vec![send("a"), receive("b")]), process("P1", vec![send("b"), receive("a")])];
    EventOrder::declared(&processes).expect("a trace")
}

#[test]
fn modalities_of_written_predicates() {
    let order = crossing();
    let ask = |text: &str| {
        let condition = read(text).bind(&order).expect("known names");
        let possibly = order.possibly(100, |at| condition.holds(at)).expect("few cuts").is_some();
        (possibly, order.definitely(100, |at| condition.holds(at)).expect("few cuts") == Definitely::Holds)
    };
    assert_eq!(ask("x = (1,1)"), (true, true));
    assert_eq!(ask("cut = (1,0)"), (true, false));
    assert_eq!(ask("cut = (2,0)"), (false, false));
    // (0,1) is incomparable with (1,0): it is another cut, and neither above nor below.
    assert_eq!(ask("cut = (0,1) and cut != (1,0)"), (true, false));
    assert_eq!(ask("cut = (0,1) and (cut <= (1,0) or cut >= (1,0))"), (false, false));
    assert_eq!(ask("in_transit(P0 -> P1) + in_transit(P1→P0) = 2"), (true, true));
    assert_eq!(ask("P0.events = 2 and P1.events < 2"), (true, false));
}

#[test]
fn precedence_is_the_usual_one() {
    for (written, printed) in [
        ("not true and false or true", "not true and false or true"),
        ("not (true and (false or true))", "not (true and (false or true))"),
        ("(((1))+2*3<(4))", "1 + 2 * 3 < 4"),
        ("(1+2)*3 - (4 - 5) == - - 6", "(1 + 2) * 3 - (4 - 5) = --6"),
        ("a.events≤1 and (b.events≠2 and c.events≥3)", "a.events <= 1 and (b.events != 2 and c.events >= 3)"),
        ("all p in A and q in B", "all A and q.state = B"),
        ("some in 1", "some \"1\""),
        ("all p: p in A and all B", "all p: p.state = A and all B"),
        ("(all p: p in A) and x<(1,2)", "(all p: p.state = A) and cut < (1,2)"),
        ("empty(a->b)or empty(\"in\")", "empty(a -> b) or empty(\"in\")"),
        ("x.balance = 1 and x in \"a \"\"b\"\"\"", "x.balance = 1 and x.state = \"a \"\"b\"\"\""),
        ("甲.balance > 总.balance", "甲.balance > 总.balance"),
    ] {
        assert_eq!(read(written).to_string(), printed);
        assert_eq!(read(printed), read(written));
    }
}

#[test]
fn errors_name_the_column_and_what_was_expected() {
    const ANY: &str = "a condition or a number, such as P.balance, P.state, empty(c), sent(c), total, cut or 50";
    for (text, error) in [
        ("", format!("column 1: expected {ANY}, found the end")),
        ("true and", format!("column 9: expected {ANY}, found the end")),
        ("true and or", format!("column 10: expected {ANY}, found or")),
        ("P1.balance", "column 1: expected a condition, found a number; compare it with something".to_owned()),
        ("true and total", "column 10: expected a condition, found a number; compare it with something".to_owned()),
        ("1 < true", "column 5: expected a number, found a condition".to_owned()),
        ("1 + p.state = A", "column 5: expected a number, found a state".to_owned()),
        ("(true) = 1", "column 1: a condition cannot be compared; expected a number".to_owned()),
        ("1 < 2 < 3", "column 7: expected and, or, or the end; two comparisons are joined by and".to_owned()),
        ("p.state", "column 8: expected = or !=, and the name of a state, found the end".to_owned()),
        ("p.state < A", "column 9: states are compared by = or !=, not by <".to_owned()),
        (
            "p.state = all",
            "column 11: expected the name of a state, found all; if that is a name, write it in quotes".to_owned(),
        ),
        ("p.money = 1", "column 3: expected balance, state or events, found money".to_owned()),
        ("P = 1", "column 3: expected .balance, .state, .events or in after P, found =".to_owned()),
        (
            "cut",
            "column 4: expected a comparison such as =, and numbers of events as in (0,1), found the end".to_owned(),
        ),
        ("cut = 1", "column 7: expected numbers of events in parentheses, as in (0,1), found 1".to_owned()),
        (
            "cut = (1;2)",
            "column 9: ; means nothing here; a name with such a character is written in quotes: \"...\"".to_owned(),
        ),
        ("cut = (1 2)", "column 10: expected , or ), found 2".to_owned()),
        ("cut = (5000000000)", "column 8: no process has 5000000000 events".to_owned()),
        ("empty c1", "column 7: expected ( and a channel, found c1".to_owned()),
        ("empty(c1", "column 9: expected ), found the end".to_owned()),
        ("empty(1)", "column 7: expected the name of a channel, or two processes as in P -> Q, found 1".to_owned()),
        ("true false", "column 6: expected and, or, or the end, found false".to_owned()),
        ("true )", "column 6: expected an operator or the end, found )".to_owned()),
        ("甲.balance > \"乙", "column 13: the quote that begins here does not end".to_owned()),
        (
            "99999999999999999999 = 1",
            "column 1: 99999999999999999999 is too large; numbers go up to 18446744073709551615".to_owned(),
        ),
    ] {
        assert_eq!(Predicate::parse(text).expect_err(text).to_string(), error, "{text}");
    }
    let deep = format!("{}true{}", "(".repeat(MAX_DEPTH + 1), ")".repeat(MAX_DEPTH + 1));
    let error = Predicate::parse(&deep).expect_err("too deep").to_string();
    assert_eq!(error, "column 52: this is nested more than 50 times");
    assert!(Predicate::parse(&deep[1..deep.len() - 1]).is_ok());
    let wide = ["not (-1 < 0)"; MAX_DEPTH + 1].join(" or ");
    assert!(Predicate::parse(&wide).is_ok(), "nested side by side");
    let long = "true or ".repeat(MAX_LENGTH);
    assert_eq!(Predicate::parse(&long).expect_err("too long").column, MAX_LENGTH + 1);
}

#[test]
fn what_a_run_cannot_answer_is_refused() {
    let (bank, automata, declared) = (bank(), automata(), crossing());
    let refused = |order: &EventOrder, text: &str| read(text).bind(order).expect_err(text).to_string();
    assert_eq!(refused(&bank, "Bop.events = 1"), "there is no process Bop, only: Ann, Bob");
    assert_eq!(refused(&bank, "all p: p.balance = q.balance"), "there is no process q, only: Ann, Bob");
    assert_eq!(refused(&bank, "empty(c3)"), "there is no channel c3, only: c1, c2, Bob→Ann");
    assert_eq!(refused(&bank, "empty(Ann -> Bob)"), "several channels are meant; name one of them: c1, c2");
    assert_eq!(refused(&bank, "empty(Ann -> Ann)"), "there is no channel from Ann to Ann");
    assert_eq!(refused(&bank, "all passive"), "the processes hold money and are in no states; ask for P.balance");
    assert_eq!(
        refused(&bank, "Ann.balance * Ann.balance * Bob.balance = 0"),
        "the numbers could become too large here; multiply less"
    );
    assert_eq!(refused(&bank, "x = (1,2,3)"), "a cut needs one number for each of the 2 processes, not 3 numbers");
    assert_eq!(refused(&bank, "x = (3,0)"), "Ann has 2 events, so the cut cannot hold 3 of them");
    assert_eq!(refused(&automata, "some idle"), "no process can be in a state idle");
    assert_eq!(refused(&automata, "total = 1"), "the processes are in states and hold no money; ask for P.state");
    for text in ["total = 1", "all passive", "P0.balance = 1", "P0.state = A"] {
        assert_eq!(
            refused(&declared, text),
            "this trace does not tell what the processes hold; it can be asked for events, cut, sent, received, \
             in_transit and empty"
        );
    }
    let nested = "all a: ".repeat(20) + "true";
    assert!(refused(&bank, &nested).contains("more than 100000 parts"));
}

fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z_][a-z0-9_']{0,4}",
        1 => prop::sample::select(vec!["x", "cut", "true", "in", "all", "P→Q", "12", "", "a b", "\"", "a\"b", "->", "乙"])
            .prop_map(str::to_owned),
    ]
}

fn places() -> impl Strategy<Value = Place> {
    prop_oneof![names().prop_map(Place::Named), (names(), names()).prop_map(|(from, to)| Place::Between(from, to))]
}

fn numbers() -> impl Strategy<Value = Number> {
    let leaf = prop_oneof![
        any::<u64>().prop_map(Number::Literal),
        names().prop_map(Number::Balance),
        names().prop_map(Number::Events),
        Just(Number::Total),
        places().prop_map(Number::Sent),
        places().prop_map(Number::Received),
        places().prop_map(Number::InTransit),
    ];
    let operation = prop::sample::select(vec![Operation::Plus, Operation::Minus, Operation::Times]);
    leaf.prop_recursive(4, 16, 2, move |inner| {
        let two = (inner.clone(), operation.clone(), inner.clone());
        prop_oneof![
            inner.prop_map(|inner| Number::Negative(Box::new(inner))),
            two.prop_map(|(one, operation, other)| Number::Combined(Box::new(one), operation, Box::new(other))),
        ]
    })
}

fn comparisons() -> impl Strategy<Value = Comparison> {
    use Comparison::{AtLeast, AtMost, Equal, Greater, Less, Unequal};
    prop::sample::select(vec![Less, AtMost, Equal, Unequal, AtLeast, Greater])
}

fn predicates() -> impl Strategy<Value = Predicate> {
    let state = (names(), any::<bool>(), names());
    let leaf = prop_oneof![
        any::<bool>().prop_map(Predicate::Constant),
        (numbers(), comparisons(), numbers()).prop_map(|(one, how, other)| Predicate::Compare(one, how, other)),
        (comparisons(), prop::collection::vec(any::<u32>(), 1..4)).prop_map(|(how, cut)| Predicate::Cut(how, cut)),
        state.prop_map(|(process, equal, label)| Predicate::State { process, equal, label }),
        names().prop_map(Predicate::EveryIn),
        names().prop_map(Predicate::SomeIn),
        places().prop_map(Predicate::Empty),
    ];
    leaf.prop_recursive(5, 24, 2, |inner| {
        let boxed = inner.prop_map(Box::new);
        prop_oneof![
            boxed.clone().prop_map(Predicate::Not),
            (boxed.clone(), boxed.clone()).prop_map(|(one, other)| Predicate::And(one, other)),
            (boxed.clone(), boxed.clone()).prop_map(|(one, other)| Predicate::Or(one, other)),
            (names(), boxed.clone()).prop_map(|(variable, inner)| Predicate::Every(variable, inner)),
            (names(), boxed).prop_map(|(variable, inner)| Predicate::Some(variable, inner)),
        ]
    })
}

/// Rows of tokens, most of which are nearly predicates.
fn nearly() -> impl Strategy<Value = String> {
    let tokens = vec![
        "all",
        "and",
        "cut",
        "empty",
        "false",
        "in",
        "in_transit",
        "not",
        "or",
        "received",
        "sent",
        "some",
        "total",
        "true",
        "x",
        "Ann",
        "Bob",
        "c1",
        "(",
        ")",
        "<",
        "=",
        "!=",
        "+",
        "-",
        "*",
        ",",
        ".",
        ":",
        "->",
        "balance",
        "state",
        "events",
        "1",
        "0",
        "\"",
        "(1,1)",
        "Ann.balance",
        "Bob.events",
    ];
    prop::collection::vec(prop::sample::select(tokens), 0..14).prop_map(|tokens| tokens.join(" "))
}

fn is_harmless(text: &str, order: &EventOrder) -> Result<(), TestCaseError> {
    match Predicate::parse(text) {
        Err(error) => prop_assert!((1..=text.chars().count() + 1).contains(&error.column), "{error}"),
        Ok(predicate) => {
            prop_assert_eq!(read(&predicate.to_string()), predicate.clone());
            if let Ok(condition) = predicate.bind(order) {
                for cut in order.lexical() {
                    let holds = condition.holds(order.at(&cut));
                    let again = read(&predicate.to_string()).bind(order).expect("the same names");
                    prop_assert_eq!(again.holds(order.at(&cut)), holds);
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(3000), failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_is_printed_is_read_back(predicate in predicates()) {
        let text = predicate.to_string();
        if text.chars().count() <= MAX_LENGTH {
            prop_assert_eq!(Predicate::parse(&text), Ok(predicate));
        }
    }

    #[test]
    fn no_text_does_any_harm(text in "\\PC{0,40}", nearly in nearly()) {
        let order = bank();
        is_harmless(&text, &order)?;
        is_harmless(&nearly, &order)?;
    }
}

#[test]
fn the_examples_of_the_documentation_can_be_read() {
    let text = include_str!("../../docs/predicates.md");
    let block = text.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a block of examples");
    let examples: Vec<&str> = block.lines().filter_map(|line| line.split("  ").next()).collect();
    assert!(examples.len() >= 5, "{examples:?}");
    for example in examples {
        read(example);
    }
}
