//! What is no trace, and why.

use cutline_core::cuts::{CheckpointError, Checkpoints, Declared, DeclaredProcess, EventOrder, OrderError};

/// A trace from a line for each process: `s:a` sends a, `r:a` receives it, `i` is an internal event.
pub(super) fn declared(lines: &[&str]) -> Result<EventOrder, OrderError> {
    let event = |word: &str| match word.split_once(':') {
        Some(("s", message)) => Declared::Send(message.to_owned()),
        Some(("r", message)) => Declared::Receive(message.to_owned()),
        _ => Declared::Internal,
    };
    let process = |(at, line): (usize, &&str)| DeclaredProcess {
        name: format!("P{at}"),
        events: line.split_whitespace().map(event).collect(),
    };
    EventOrder::declared(&lines.iter().enumerate().map(process).collect::<Vec<_>>())
}

fn refusal(lines: &[&str]) -> String {
    declared(lines).expect_err("no trace").to_string()
}

#[test]
fn impossible_traces_are_refused_with_the_reason() {
    assert_eq!(refusal(&["r:a", "i"]), "P0 receives a, which nobody sends");
    assert_eq!(refusal(&["s:a", "s:a"]), "a is sent twice; give each message a name of its own");
    assert_eq!(refusal(&["s:a", "r:a", "r:a"]), "a is received twice; a message is received once");
    assert_eq!(refusal(&["s:a r:a"]), "P0 receives a, which it has sent itself; messages go to another process");
    assert_eq!(
        refusal(&["i r:b s:a", "r:a s:b", "i"]),
        "no run can go like this: a is received before b is sent, and b is received before a is sent"
    );
    let three = refusal(&["r:c s:a", "r:a s:b", "i r:b s:c", "r:d", "s:d"]);
    assert_eq!(three.matches("is received before").count(), 3, "{three}");
    let twice = DeclaredProcess { name: "P".to_owned(), events: Vec::new() };
    let twice = EventOrder::declared(&[twice.clone(), twice]).expect_err("no trace");
    assert_eq!(twice.to_string(), "two processes are called P; give them different names");
}

#[test]
fn channels_are_found_from_the_messages() {
    let order = declared(&["s:a s:b s:lost r:c", "r:b r:a s:c"]).expect("a trace");
    let names: Vec<&str> = order.links().iter().map(|link| link.name.as_str()).collect();
    assert_eq!(names, ["P0→?", "P0→P1", "P1→P0"]);
    let cut = order.cut(vec![3, 1]).expect("a cut");
    let states: Vec<Vec<&str>> =
        order.channel_states(&cut).iter().map(|of| of.iter().map(|m| m.name.as_str()).collect()).collect();
    assert_eq!(states, [vec!["lost"], vec!["a"], vec![]]);
}

#[test]
fn no_process_and_no_event_are_a_trace_too() {
    for lines in [&[][..], &["", ""][..]] {
        let order = declared(lines).expect("a trace");
        let figures = order.figures(10).expect("one cut");
        assert_eq!((figures.consistent_cuts(), figures.observations), (1, Ok(1)));
        assert_eq!(order.lexical().count(), 1);
    }
}

#[test]
fn what_is_no_cut_and_no_checkpoint_is_refused() {
    let order = declared(&["i i", "i"]).expect("a trace");
    assert_eq!(
        order.cut(vec![1]).expect_err("no cut").to_string(),
        "a cut needs one number for each of the 2 processes, not 1 numbers"
    );
    assert_eq!(
        order.cut(vec![1, 2]).expect_err("no cut").to_string(),
        "P1 has 1 events, so the cut cannot hold 2 of them"
    );
    let refused = |lists: &[&[u32]]| {
        Checkpoints::new(&order, lists.iter().map(|list| list.to_vec()).collect()).expect_err("no checkpoints")
    };
    assert_eq!(refused(&[&[0, 1]]), CheckpointError::WrongLength { given: 1, wanted: 2 });
    assert_eq!(refused(&[&[0, 1], &[]]), CheckpointError::NotFromStart("P1".to_owned()));
    assert_eq!(refused(&[&[0, 1, 1], &[0]]), CheckpointError::NotRising("P0".to_owned()));
    assert_eq!(refused(&[&[0], &[0, 2]]), CheckpointError::TooManyEvents("P1".to_owned()));
    let checkpoints = Checkpoints::new(&order, vec![vec![0, 2], vec![0]]).expect("checkpoints");
    assert_eq!(order.recovery_line(&checkpoints, &[1, 1]), Err(CheckpointError::NoSuchCheckpoint("P1".to_owned())));
}
