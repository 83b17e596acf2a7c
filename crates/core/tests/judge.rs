//! The judge before hand-written runs, one fault a run. Two processes, p and q, hold 5 each; c0 leads from p to q and
//! c1 back.

use cutline_core::computation::{Bank, Computation};
use cutline_core::judge::{Class, Fault, Sums, Verdict, judge};
use cutline_core::{
    Action, ChannelId, Event, LocalState, MessageId, Order, Payload, ProcessId, SnapshotId, Step, System, Topology,
    Trace,
};

const P: ProcessId = ProcessId(0);
const Q: ProcessId = ProcessId(1);
const C0: ChannelId = ChannelId(0);
const C1: ChannelId = ChannelId(1);
const S: SnapshotId = SnapshotId(0);
const M0: MessageId = MessageId(0);
const M1: MessageId = MessageId(1);

fn system(order: Order) -> System {
    let mut topology = Topology::new();
    let p = topology.add_process("p").unwrap();
    let q = topology.add_process("q").unwrap();
    topology.add_channel(Some("c0"), p, q, order).unwrap();
    topology.add_channel(Some("c1"), q, p, order).unwrap();
    System { topology, computation: Computation::Bank(Bank::new(vec![5, 5]).unwrap()) }
}

fn judged_in(order: Order, events: &[Event]) -> Verdict {
    let system = system(order);
    // The judge looks at what happened, not at what was asked for.
    let action = Action::Deliver { channel: C0, position: 0 };
    let steps = events.chunks(1).map(|events| Step { action, events }).collect();
    judge(&Trace { system: &system, steps }, S)
}

fn judged(events: &[Event]) -> Verdict {
    judged_in(Order::Fifo, events)
}

/// Sent on a channel as its `number`-th, leaving `left` with the sender.
fn sent(message: MessageId, channel: ChannelId, number: u32, amount: i64, left: i64) -> Event {
    Event::Sent { message, channel, number, payload: Payload(amount), state: LocalState::Money(left) }
}

fn received(message: MessageId, channel: ChannelId, number: u32, amount: i64, then: i64) -> Event {
    Event::Received { message, channel, number, payload: Payload(amount), state: LocalState::Money(then) }
}

fn recorded(process: ProcessId, amount: i64) -> Event {
    Event::Recorded { process, snapshot: S, state: LocalState::Money(amount), via: None, noted: None }
}

fn opened(channel: ChannelId) -> Event {
    Event::Opened { snapshot: S, channel }
}

fn kept(message: MessageId, channel: ChannelId) -> Event {
    Event::Kept { snapshot: S, channel, message }
}

fn closed(channel: ChannelId) -> Event {
    Event::Closed { snapshot: S, channel }
}

fn sums(in_processes: i64, in_channels: i64) -> Option<Sums> {
    Some(Sums { at_start: 10, in_processes, in_channels })
}

#[test]
fn an_idle_system_is_recorded_as_it_is() {
    let verdict = judged(&[recorded(P, 5), recorded(Q, 5), closed(C0), closed(C1)]);
    assert!(verdict.is_complete() && verdict.is_consistent(), "{verdict:?}");
    assert_eq!((verdict.cut, verdict.faults, verdict.sums), (vec![Some(0); 2], vec![], sums(10, 0)));
    let passage = verdict.passage.as_ref().unwrap();
    assert_eq!((verdict.occurred_after, passage.swaps), (Some(0), 0));
}

/// The checks overlap, so a run seldom fails just one of them. Each counts by itself all the same.
#[test]
fn one_check_that_fails_is_enough() {
    let good = judged(&[recorded(P, 5), recorded(Q, 5), closed(C0), closed(C1)]);
    let spoil: [fn(&mut Verdict); 9] = [
        |verdict| verdict.unrecorded.push(P),
        |verdict| verdict.unclosed.push(C0),
        |verdict| verdict.faults.push(Fault::Missing(M0)),
        |verdict| verdict.sums = sums(9, 0),
        |verdict| verdict.clocks_agree = Some(false),
        |verdict| verdict.passage = None,
        |verdict| verdict.passage.as_mut().unwrap().executable = false,
        |verdict| verdict.passage.as_mut().unwrap().passes = false,
        |verdict| verdict.passage.as_mut().unwrap().same_end = false,
    ];
    for (at, spoil) in spoil.into_iter().enumerate() {
        let mut verdict = good.clone();
        spoil(&mut verdict);
        assert!(!verdict.is_consistent(), "number {at}");
    }
}

#[test]
fn money_under_way_is_in_the_channel() {
    let verdict = judged(&[
        sent(M0, C0, 1, 2, 3),
        recorded(Q, 5),
        opened(C0),
        received(M0, C0, 1, 2, 7),
        kept(M0, C0),
        recorded(P, 3),
        closed(C0),
        closed(C1),
    ]);
    assert!(verdict.is_consistent(), "{verdict:?}");
    assert_eq!((verdict.cut, verdict.sums), (vec![Some(1), Some(0)], sums(8, 2)));
    assert_eq!(verdict.messages[0].class(), Class::InChannel);
    assert_eq!(verdict.occurred_after, Some(1));
}

#[test]
fn an_unfinished_snapshot_is_judged_as_far_as_it_goes() {
    let verdict = judged(&[sent(M0, C0, 1, 2, 3), recorded(P, 3), closed(C1)]);
    assert!(!verdict.is_complete() && !verdict.is_consistent());
    assert_eq!((verdict.unrecorded, verdict.unclosed), (vec![Q], vec![C0]));
    assert_eq!((verdict.cut, verdict.faults), (vec![Some(1), None], vec![]));
    assert_eq!((verdict.clocks_agree, verdict.passage), (None, None));
    assert_eq!(verdict.sums, sums(3, 0));
}

#[test]
fn a_missing_message_is_no_fault_while_its_channel_is_open() {
    let half = [sent(M0, C0, 1, 2, 3), recorded(P, 3), recorded(Q, 5), opened(C0)];
    assert_eq!(judged(&half).faults, []);
    assert_eq!(judged(&[&half[..], &[closed(C0)]].concat()).faults, [Fault::Missing(M0)]);
}

#[test]
fn orphan_in_process() {
    let verdict = judged(&[
        recorded(P, 5),
        sent(M0, C0, 1, 2, 3),
        received(M0, C0, 1, 2, 7),
        recorded(Q, 7),
        closed(C0),
        closed(C1),
    ]);
    assert_eq!(verdict.faults, [Fault::OrphanInProcess(M0)]);
    assert_eq!((verdict.clocks_agree, verdict.sums), (Some(false), sums(12, 0)));
    assert_eq!(verdict.messages[0].class(), Class::Orphan);
    assert!(verdict.is_complete() && !verdict.is_consistent() && verdict.passage.is_none());
}

#[test]
fn an_orphan_shows_as_soon_as_both_ends_have_recorded() {
    let open = [recorded(P, 5), sent(M0, C0, 1, 2, 3), received(M0, C0, 1, 2, 7)];
    assert_eq!(judged(&open).faults, [], "q may still record");
    assert_eq!(judged(&[&open[..], &[recorded(Q, 7)]].concat()).faults, [Fault::OrphanInProcess(M0)]);
}

#[test]
fn orphan_in_channel() {
    let verdict = judged(&[
        recorded(P, 5),
        recorded(Q, 5),
        opened(C0),
        sent(M0, C0, 1, 2, 3),
        received(M0, C0, 1, 2, 7),
        kept(M0, C0),
        closed(C0),
        closed(C1),
    ]);
    assert_eq!(verdict.faults, [Fault::OrphanInChannel(M0)]);
    assert_eq!((verdict.clocks_agree, verdict.sums), (Some(true), sums(10, 2)), "the clocks see nothing of it");
}

#[test]
fn missing() {
    let verdict = judged(&[sent(M0, C0, 1, 2, 3), recorded(P, 3), recorded(Q, 5), closed(C0), closed(C1)]);
    assert_eq!(verdict.faults, [Fault::Missing(M0)]);
    assert_eq!((verdict.clocks_agree, verdict.sums), (Some(true), sums(8, 0)), "the clocks see nothing of it");
}

#[test]
fn kept_and_received_before_the_cut() {
    let verdict = judged(&[
        sent(M0, C0, 1, 2, 3),
        kept(M0, C0),
        received(M0, C0, 1, 2, 7),
        recorded(P, 3),
        recorded(Q, 7),
        closed(C0),
        closed(C1),
    ]);
    assert_eq!((verdict.faults, verdict.sums), (vec![Fault::Twice(M0)], sums(10, 2)));
}

#[test]
fn kept_twice() {
    let verdict = judged(&[
        sent(M0, C0, 1, 2, 3),
        recorded(P, 3),
        recorded(Q, 5),
        opened(C0),
        kept(M0, C0),
        kept(M0, C0),
        received(M0, C0, 1, 2, 7),
        closed(C0),
        closed(C1),
    ]);
    assert_eq!((verdict.faults, verdict.sums), (vec![Fault::Twice(M0)], sums(8, 4)));
}

/// Two messages are under way at the cut and are kept the wrong way round.
fn kept_in_the_wrong_order() -> Vec<Event> {
    vec![
        sent(M0, C0, 1, 2, 3),
        sent(M1, C0, 2, 1, 2),
        recorded(P, 2),
        recorded(Q, 5),
        opened(C0),
        kept(M1, C0),
        received(M1, C0, 2, 1, 6),
        kept(M0, C0),
        received(M0, C0, 1, 2, 8),
        closed(C0),
        closed(C1),
    ]
}

#[test]
fn out_of_order() {
    let verdict = judged(&kept_in_the_wrong_order());
    assert_eq!((verdict.faults, verdict.sums), (vec![Fault::OutOfOrder(C0)], sums(7, 3)));
}

#[test]
fn an_unordered_channel_has_no_wrong_order() {
    let verdict = judged_in(Order::Unordered, &kept_in_the_wrong_order());
    assert!(verdict.is_consistent(), "{verdict:?}");
    assert_eq!(verdict.occurred_after, Some(2), "as a bag, this is what was in the channel");
}

#[test]
fn wrong_state() {
    let verdict = judged(&[recorded(P, 4), recorded(Q, 6), closed(C0), closed(C1)]);
    assert_eq!(verdict.faults, [Fault::WrongState(P), Fault::WrongState(Q)]);
    assert!(verdict.sums.unwrap().balance(), "the sum sees nothing of it");
    assert!(!verdict.is_consistent());
}

#[test]
fn recorded_twice() {
    let verdict = judged(&[recorded(P, 5), recorded(Q, 5), recorded(P, 5), closed(C0), closed(C1)]);
    assert_eq!((verdict.faults, verdict.sums), (vec![Fault::RecordedTwice(P)], sums(10, 0)));
}

#[test]
fn opening_a_channel_again_begins_its_record_anew() {
    let verdict = judged(&[
        sent(M0, C0, 1, 2, 3),
        recorded(P, 3),
        kept(M0, C0),
        closed(C0),
        received(M0, C0, 1, 2, 7),
        recorded(Q, 7),
        opened(C0),
        closed(C1),
    ]);
    assert_eq!((&verdict.faults[..], verdict.sums), (&[][..], sums(10, 0)));
    assert_eq!(verdict.unclosed, [C0]);
}

fn noted(process: ProcessId, number: u32, amount: i64) -> Event {
    Event::Noted { process, number, state: LocalState::Money(amount) }
}

fn recalled(process: ProcessId, number: u32, amount: i64) -> Event {
    Event::Recorded { process, snapshot: S, state: LocalState::Money(amount), via: None, noted: Some(number) }
}

/// The cut is where it noted what it records later, and of several notes of one number at the last before the recording.
#[test]
fn what_was_noted_is_recorded_where_it_was_noted() {
    let run = |state: i64, number: u32| {
        judged(&[
            noted(Q, 1, 4),
            sent(M0, C0, 1, 2, 3),
            recorded(P, 3),
            noted(Q, 1, 5),
            received(M0, C0, 1, 2, 7),
            noted(Q, 2, 7),
            recalled(Q, number, state),
            noted(Q, 1, 7),
            kept(M0, C0),
            closed(C0),
            closed(C1),
        ])
    };
    let verdict = run(5, 1);
    assert!(verdict.is_consistent(), "{verdict:?}");
    assert_eq!((verdict.cut, verdict.occurred_after), (vec![Some(1), Some(0)], Some(2)));
    // At the other note the message had come.
    let later = run(7, 2);
    assert_eq!((later.cut, later.faults), (vec![Some(1), Some(1)], vec![Fault::Twice(M0)]));
    // What it says that it noted is not what it was.
    assert!(run(7, 1).faults.contains(&Fault::WrongState(Q)));
    assert!(run(5, 3).faults.contains(&Fault::WrongState(Q)), "it never noted that");
}

#[test]
fn another_snapshot_is_another_matter() {
    let other = SnapshotId(1);
    let state = LocalState::Money(99);
    let verdict = judged(&[
        Event::Recorded { process: P, snapshot: other, state, via: None, noted: None },
        sent(M0, C0, 1, 2, 3),
        Event::Kept { snapshot: other, channel: C0, message: M0 },
        Event::Closed { snapshot: other, channel: C0 },
        received(M0, C0, 1, 2, 7),
        recorded(P, 3),
        recorded(Q, 7),
        closed(C0),
        closed(C1),
    ]);
    assert!(verdict.is_consistent(), "{verdict:?}");
    assert_eq!(verdict.messages[0].class(), Class::Past);
}

#[test]
fn a_run_that_the_application_cannot_have_done_is_not_consistent() {
    // p sends 2 and has as much as before: the sums do not see it, since the 2 are lost on the way into q.
    let verdict = judged(&[
        sent(M0, C0, 1, 2, 5),
        received(M0, C0, 1, 2, 5),
        recorded(P, 5),
        recorded(Q, 5),
        closed(C0),
        closed(C1),
    ]);
    assert_eq!((&verdict.faults[..], verdict.clocks_agree, verdict.sums), (&[][..], Some(true), sums(10, 0)));
    assert!(!verdict.passage.as_ref().unwrap().holds() && !verdict.is_consistent());
}

#[test]
fn money_from_nowhere_shows_in_the_sums() {
    let verdict = judged(&[
        sent(M0, C0, 1, 2, 3),
        received(M0, C0, 1, 2, 9),
        recorded(P, 3),
        recorded(Q, 9),
        closed(C0),
        closed(C1),
    ]);
    assert_eq!((&verdict.faults[..], verdict.sums), (&[][..], sums(12, 0)));
    assert!(!verdict.sums.unwrap().balance() && !verdict.is_consistent());
}

#[test]
fn the_swaps_are_the_pairs_in_the_wrong_order() {
    // p records at once and sends twice; q sends once before it records: that one passes both.
    let verdict = judged(&[
        recorded(P, 5),
        opened(C1),
        sent(M0, C0, 1, 1, 4),
        sent(M1, C0, 2, 1, 3),
        sent(MessageId(2), C1, 1, 2, 3),
        recorded(Q, 3),
        closed(C0),
        kept(MessageId(2), C1),
        received(MessageId(2), C1, 1, 2, 5),
        closed(C1),
    ]);
    assert!(verdict.is_consistent(), "{verdict:?}");
    let passage = verdict.passage.unwrap();
    assert_eq!((passage.swaps, verdict.occurred_after), (2, None));
}
