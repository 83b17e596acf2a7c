//! What comes next when nobody chooses.

use cutline_core::scheduler::oldest_first;
use cutline_core::{Action, ChannelId, History, Scenario};

fn play(run: &str) -> History<cutline_core::Method> {
    let head = "cutline 1\ntitle t\nprocess p in A\nprocess q in A\nprocess r in A\n\
                channel slow: p -> q unordered\nchannel fast: r -> q\n\
                rule p: A -> B sends early on slow\nrule p: B -> C sends late on slow\n\
                rule r: A -> B sends other on fast\n\
                rule q: A -> B receives late on slow\nrule q: B -> C receives early on slow\n\
                rule q: C -> D receives other on fast\nrun\n";
    Scenario::parse(&format!("{head}{run}")).unwrap().play()
}

fn deliver(channel: u16, position: u32) -> Option<Action> {
    Some(Action::Deliver { channel: ChannelId(channel), position })
}

#[test]
fn an_item_that_cannot_be_delivered_does_not_stand_in_the_way_of_a_younger_one() {
    let mut history = play("p sends early on slow\np sends late on slow\nr sends other on fast\n");
    let mut order = Vec::new();
    while let Some(action) = oldest_first(history.world()) {
        history.act(action).unwrap();
        order.push(Some(action));
    }
    assert_eq!(order, [deliver(0, 1), deliver(0, 0), deliver(1, 0)]);
    assert!(history.world().is_quiet());
}

#[test]
fn what_was_sent_first_comes_first() {
    let history = play("r starts a snapshot\np starts a snapshot\n");
    assert_eq!(oldest_first(history.world()), deliver(1, 0));
}

#[test]
fn nothing_comes_of_what_nobody_receives() {
    assert_eq!(oldest_first(play("").world()), None);
    assert_eq!(oldest_first(play("p sends early on slow\n").world()), None);
}
