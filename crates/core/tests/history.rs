//! The history as a tree: branches, going back and forth in them, and nothing lost.

use cutline_core::computation::{Bank, Computation};
use cutline_core::history::{NodeId, START};
use cutline_core::scheduler::oldest_first;
use cutline_core::{
    Action, ChandyLamport, ChannelId, History, Order, Payload, ProcessId, Rejected, SnapshotId, System, Topology, World,
};
use std::sync::Arc;

fn start() -> History<ChandyLamport> {
    let mut topology = Topology::new();
    let p = topology.add_process("p").unwrap();
    let q = topology.add_process("q").unwrap();
    topology.add_channel(None, p, q, Order::Fifo).unwrap();
    topology.add_channel(None, q, p, Order::Fifo).unwrap();
    let computation = Computation::Bank(Bank::new(vec![100, 100]).unwrap());
    History::new(World::new(Arc::new(System { topology, computation }), ChandyLamport::default()))
}

fn send(amount: i64) -> Action {
    Action::Send { channel: ChannelId(0), payload: Payload(amount) }
}

fn actions(history: &History<ChandyLamport>) -> Vec<Action> {
    history.trace_to(history.len()).steps.iter().map(|step| step.action).collect()
}

/// Three sends of 1, and from the moment after the first another branch with a send of 2.
fn forked() -> History<ChandyLamport> {
    let mut history = start();
    for _ in 0..3 {
        history.act(send(1)).unwrap();
    }
    history.seek(1);
    history.act(send(2)).unwrap();
    history
}

#[test]
fn acting_in_the_past_begins_a_branch_and_keeps_the_other() {
    let mut history = forked();
    assert_eq!(actions(&history), [send(1), send(2)]);
    assert_eq!(history.branch_count(), 2);
    history.seek(1);
    let [old, new] = history.branches_here()[..] else { panic!("{:?}", history.branches_here()) };
    history.switch_to(old);
    assert_eq!(actions(&history), [send(1), send(1), send(1)]);
    assert_eq!((history.step(), history.len()), (1, 3));
    history.switch_to(new);
    assert_eq!(actions(&history), [send(1), send(2)]);
}

#[test]
fn a_known_action_follows_its_branch() {
    let mut history = forked();
    history.seek(1);
    history.act(send(1)).unwrap();
    assert_eq!((history.step(), history.len(), history.branch_count()), (2, 3, 2));
    assert_eq!(actions(&history), [send(1), send(1), send(1)], "what lies ahead is there again");
    history.act(send(1)).unwrap();
    assert_eq!((history.step(), history.branch_count()), (3, 2));
}

#[test]
fn a_new_action_at_the_end_is_no_branch() {
    let mut history = forked();
    history.act(send(3)).unwrap();
    assert_eq!((history.step(), history.len(), history.branch_count()), (3, 3, 2));
}

#[test]
fn switching_keeps_the_moment_if_both_branches_have_it() {
    let mut history = forked();
    let tip_of_new = history.here();
    history.seek(1);
    let shared = history.here();
    let old = history.branches_here()[0];
    history.switch_to(old);
    assert_eq!((history.here(), history.step()), (shared, 1));
    history.seek(3);
    history.switch_to(tip_of_new);
    assert_eq!((history.here(), history.step()), (shared, 1), "the moment was not on the other branch");
    history.switch_to(tip_of_new);
    assert_eq!(history.len(), 2, "switching to the current branch changes nothing");
}

#[test]
fn a_branch_can_end_where_another_goes_on() {
    let mut history = forked();
    history.seek(1);
    history.end_here();
    assert_eq!((actions(&history), history.branch_count()), (vec![send(1)], 3));
    let ended = history.tip();
    let others: Vec<NodeId> = history.tips().filter(|tip| *tip != ended).collect();
    for tip in others {
        history.switch_to(tip);
        assert_eq!(history.tip(), tip);
        history.switch_to(ended);
        assert_eq!(actions(&history), [send(1)]);
    }
    // Whoever goes on at such an end lets that branch grow, here until it is the other one.
    let mut grown = history.clone();
    grown.act(send(3)).unwrap();
    assert_eq!((actions(&grown), grown.branch_count()), (vec![send(1), send(3)], 3));
    history.act(send(2)).unwrap();
    assert_eq!((actions(&history), history.branch_count()), (vec![send(1), send(2)], 2));
}

#[test]
fn an_end_does_not_stop_who_passes_through_it() {
    let mut history = start();
    (0..3).for_each(|_| history.act(send(1)).unwrap());
    let old = history.tip();
    history.seek(2);
    history.end_here();
    history.switch_to(old);
    history.seek(0);
    history.act(send(2)).unwrap();
    history.seek(0);
    history.act(send(1)).unwrap();
    assert_eq!(history.tip(), old, "what lay ahead when this way was last followed is there again");
    history.act(send(1)).unwrap();
    history.act(send(1)).unwrap();
    assert_eq!((history.here(), history.branch_count()), (old, 3), "old, its beginning, and the other");
}

#[test]
fn even_the_start_can_be_the_end() {
    let mut history = start();
    history.act(send(1)).unwrap();
    let old = history.tip();
    history.seek(0);
    history.end_here();
    assert_eq!((history.tip(), history.branch_count(), history.is_empty()), (START, 2, true));
    history.switch_to(old);
    history.switch_to(START);
    assert_eq!(history.len(), 0);
}

#[test]
fn what_is_forgotten_leads_nowhere() {
    let mut history = forked();
    let (mark, tip) = (history.mark(), history.tip());
    history.act(send(3)).unwrap();
    let other = history.tips().next().expect("a branch");
    history.switch_to(other);
    history.act(send(4)).unwrap();
    history.seek(3);
    history.act(send(5)).unwrap();
    history.forget(&mark);
    assert_eq!((history.tip(), history.branch_count()), (tip, 2));
    history.switch_to(other);
    assert_eq!(history.tip(), other);
}

#[test]
fn what_was_added_can_be_forgotten() {
    let mut history = forked();
    let (mark, world, old) = (history.mark(), history.world().clone(), actions(&history));
    history.seek(1);
    history.act(send(5)).unwrap();
    history.seek(0);
    history.act(send(6)).unwrap();
    history.seek(0);
    history.switch_to(mark_tip(&history));
    history.end_here();
    history.forget(&mark);
    history.seek(2);
    assert_eq!((actions(&history), history.branch_count(), history.world()), (old, 2, &world));
    history.act(send(7)).unwrap();
    assert_eq!(history.branch_count(), 2, "at the end of a branch");
}

fn mark_tip(history: &History<ChandyLamport>) -> NodeId {
    history.tips().next().expect("a branch")
}

#[test]
fn switching_to_a_moment_goes_on_along_what_was_last_followed_there() {
    let mut history = forked();
    history.seek(1);
    let shared = history.here();
    history.switch_to(START);
    assert_eq!(actions(&history), [send(1), send(2)], "the newer branch was followed last");
    history.seek(1);
    history.act(send(1)).unwrap();
    history.switch_to(shared);
    assert_eq!(actions(&history), [send(1), send(1), send(1)]);
}

#[test]
fn a_refused_action_leaves_no_trace() {
    let mut history = forked();
    let (step, branches, before) = (history.step(), history.branch_count(), actions(&history));
    let refused = history.act(send(1000));
    assert_eq!(refused, Err(Rejected::NotEnough { process: ProcessId(0), has: 97, wanted: 1000 }));
    assert_eq!((history.step(), history.branch_count(), actions(&history)), (step, branches, before));
}

#[test]
fn an_empty_history_stands_still() {
    let mut history = start();
    history.seek(5);
    history.switch_to(START);
    assert!(history.is_empty());
    assert_eq!((history.step(), history.len(), history.branch_count()), (0, 0, 1));
    assert_eq!(history.here(), START);
    assert_eq!(history.trace().steps, []);
}

/// The `n`-th action of a long run: sends to and fro, deliveries, and now and then a snapshot.
fn long_run_action(world: &World<ChandyLamport>, n: usize) -> Action {
    let delivery = oldest_first(world);
    match n % 5 {
        0 if n.is_multiple_of(100) => {
            let snapshot = SnapshotId::at(n / 100);
            Action::Initiate { process: ProcessId(u16::from(n.is_multiple_of(200))), snapshot }
        }
        0 | 1 => Action::Send { channel: ChannelId::at(n % 2), payload: Payload(1) },
        _ => delivery.unwrap_or(Action::Send { channel: ChannelId::at(n % 2), payload: Payload(1) }),
    }
}

/// A run much longer than the distance between two keyframes, with the world at every moment.
fn long_run(length: usize) -> (History<ChandyLamport>, Vec<World<ChandyLamport>>) {
    let mut history = start();
    let mut worlds = vec![history.world().clone()];
    for n in 0..length {
        let action = long_run_action(history.world(), n);
        history.act(action).unwrap();
        worlds.push(history.world().clone());
    }
    (history, worlds)
}

#[test]
fn every_moment_of_a_long_run_can_be_gone_to() {
    let (mut history, worlds) = long_run(2000);
    assert!(worlds[2000].snapshots().iter().filter(|snapshot| snapshot.is_complete()).count() >= 10);
    let around_keyframes = [0, 1, 255, 256, 257, 511, 512, 513, 1000, 1791, 1792, 1793, 1999, 2000];
    for from in around_keyframes {
        for to in around_keyframes {
            history.seek(from);
            assert_eq!(history.world(), &worlds[from], "back or forth to {from}");
            history.seek(to);
            assert_eq!((history.step(), history.world() == &worlds[to]), (to, true), "from {from} to {to}");
        }
    }
    history.seek(usize::MAX);
    assert_eq!(history.step(), 2000, "there is nothing beyond the end");
}

#[test]
fn keyframes_of_one_branch_do_not_show_in_another() {
    let (mut history, worlds) = long_run(700);
    let old_tip = history.here();
    history.seek(200);
    while history.step() < 700 {
        let channel = ChannelId::at(history.step() / 2 % 2);
        let idle = Action::Send { channel, payload: Payload(2) };
        history.act(oldest_first(history.world()).unwrap_or(idle)).unwrap();
    }
    let (new_tip, new_end) = (history.here(), history.world().clone());
    assert_ne!(new_end, worlds[700]);
    assert_eq!(history.branch_count(), 2);
    for (tip, end) in [(old_tip, &worlds[700]), (new_tip, &new_end), (old_tip, &worlds[700])] {
        history.switch_to(tip);
        assert_eq!(history.step(), 200);
        history.seek(520);
        history.seek(510);
        history.seek(700);
        assert_eq!(history.world(), end);
        assert_eq!(history.here(), tip);
    }
}

/// Every branch, as the moments from the start to its tip.
fn tips(history: &mut History<ChandyLamport>) -> Vec<NodeId> {
    let (mut tips, mut open) = (Vec::new(), vec![START]);
    while let Some(node) = open.pop() {
        history.switch_to(node);
        history.seek(0);
        while history.here() != node {
            history.seek(history.step() + 1);
        }
        match history.branches_here() {
            [] => tips.push(node),
            children => open.extend(children),
        }
    }
    tips
}

#[test]
fn nothing_is_ever_lost() {
    let mut history = start();
    let mut runs = Vec::new();
    for fork in [0_usize, 3, 1, 4, 1, 4, 2, 0] {
        history.seek(fork);
        for amount in 0..4 {
            history.act(send(1 + (runs.len() as i64) + amount)).unwrap();
        }
        runs.push((actions(&history), history.world().clone()));
    }
    let tips = tips(&mut history);
    assert_eq!(tips.len(), history.branch_count());
    let mut found = 0;
    for tip in tips {
        history.switch_to(tip);
        history.seek(history.len());
        found += runs.iter().filter(|run| **run == (actions(&history), history.world().clone())).count();
    }
    assert_eq!(found, runs.len());
}

#[test]
fn the_tree_can_be_read_and_built_again() {
    let mut history = forked();
    history.seek(1);
    history.act(send(1)).unwrap();
    let mut again = start();
    let mut nodes = vec![START];
    for taken in history.taken() {
        assert_eq!(taken.node.index(), nodes.len(), "in the order of their numbers");
        again.switch_to(nodes[taken.parent.index()]);
        let depth = again.branch_nodes().iter().position(|node| *node == nodes[taken.parent.index()]).unwrap();
        again.seek(depth);
        again.act(taken.action).unwrap();
        nodes.push(again.here());
    }
    assert_eq!(again.taken().collect::<Vec<_>>(), history.taken().collect::<Vec<_>>());
    assert_eq!((history.action_count(), history.event_count()), (4, 4));
    for taken in history.taken() {
        let mut there = history.clone();
        there.switch_to(taken.node);
        there.seek(there.branch_nodes().iter().position(|node| *node == taken.node).unwrap());
        assert_eq!(history.world_at(taken.node), *there.world());
    }
}

#[test]
fn the_way_on_can_be_chosen_without_going_there() {
    let mut history = forked();
    history.seek(0);
    let fork = history.branch_nodes()[1];
    let [old, new] = history.children(fork)[..] else { panic!("{:?}", history.children(fork)) };
    assert_eq!(history.way_on(fork), Some(new));
    history.prefer(old);
    assert_eq!((history.step(), history.way_on(fork), history.len()), (0, Some(old), 3));
    history.seek(2);
    history.prefer(new);
    assert_eq!((history.step(), history.len()), (2, 3), "the present stays on its branch");
    assert_eq!(history.way_on(fork), Some(old));
}
