//! Exploring every run of a system, against the same system written as a model for Stateright.

use crate::model::SnapshotModel;
use crate::{Clock, Memory};
use cutline_core::computation::Bank;
use cutline_core::explore::{Exploration, Explorer, Hands, Planned, Status};
use cutline_core::topology::Order;
use cutline_core::{ChandyLamport, Computation, ProcessId, SnapshotId, System, Topology};
use stateright::{Checker, Model};
use std::sync::Arc;

/// A system of tokens that both explore: every process may send one token at a time to every other, so often.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// What people call it.
    pub name: &'static str,
    /// The channels, by their two processes.
    pub channels: Vec<(usize, usize)>,
    /// How many tokens each process has.
    pub initial: Vec<u8>,
    /// How often each may send.
    pub sends: Vec<u8>,
}

/// What both took.
#[derive(Clone, Copy, Debug)]
pub struct Comparison {
    /// States found by ours.
    pub states: u64,
    /// States found by Stateright; has to be the same.
    pub model_states: u64,
    /// Our states a second on one core.
    pub rate: u64,
    /// Stateright's states a second on one core.
    pub model_rate: u64,
    /// Our bytes a state, allocated when all states are known.
    pub bytes: u64,
    /// Stateright's.
    pub model_bytes: u64,
}

/// The systems that are compared.
#[must_use]
pub fn systems() -> Vec<Tokens> {
    let complete = |n: usize| {
        let to = move |from: usize| (0..n).filter(move |to| *to != from).map(move |to| (from, to));
        (0..n).flat_map(to).collect::<Vec<_>>()
    };
    let ring = |n: usize| (0..n).map(|at| (at, (at + 1) % n)).collect::<Vec<_>>();
    vec![
        Tokens { name: "complete, 3 processes", channels: complete(3), initial: vec![1; 3], sends: vec![1; 3] },
        Tokens { name: "complete, 3, more sends", channels: complete(3), initial: vec![2, 1, 1], sends: vec![2, 1, 1] },
        Tokens { name: "ring, 5 processes", channels: ring(5), initial: vec![1; 5], sends: vec![2; 5] },
    ]
}

const ROUNDS: usize = 3;

/// Explores a system with both, in turn, on one core, and keeps the best of each.
#[must_use]
pub fn compare(tokens: &Tokens, clock: Clock<'_>, memory: Memory<'_>) -> Comparison {
    let allocated = || memory.map_or(0, |bytes| bytes());
    let mut best = Comparison { states: 0, model_states: 0, rate: 0, model_rate: 0, bytes: 0, model_bytes: 0 };
    for _ in 0..ROUNDS {
        let (start, before) = (clock(), allocated());
        let mut explorer = Explorer::new(exploration(tokens), ChandyLamport::default());
        let progress = explorer.run();
        best.rate = best.rate.max(per_second(progress.states, clock() - start));
        (best.states, best.bytes) = (progress.states, (allocated() - before) / progress.states.max(1));
        drop(explorer);

        let (start, before) = (clock(), allocated());
        let checker = SnapshotModel::new(tokens).checker().threads(1).spawn_bfs().join();
        best.model_states = checker.unique_state_count() as u64;
        best.model_rate = best.model_rate.max(per_second(best.model_states, clock() - start));
        best.model_bytes = (allocated() - before) / best.model_states.max(1);
    }
    best
}

/// A system with some millions of states.
#[must_use]
pub fn large() -> Tokens {
    let system = systems().swap_remove(1);
    Tokens { name: "complete, 3, two sends each", initial: vec![2; 3], sends: vec![2; 3], ..system }
}

/// How many states there are, and how many a second so many cores find, at best.
#[must_use]
pub fn rates_on_cores(tokens: &Tokens, cores: &[usize], clock: Clock<'_>) -> (u64, Vec<u64>) {
    let (mut states, mut rates) = (0, vec![0; cores.len()]);
    for _ in 0..ROUNDS {
        for (cores, rate) in cores.iter().zip(&mut rates) {
            let start = clock();
            let mut explorer = Explorer::new(exploration(tokens), ChandyLamport::default());
            while explorer.run_slice_with(1 << 16, &Threads(*cores)).status == Status::Running {}
            states = explorer.progress().states;
            *rate = per_second(states, clock() - start).max(*rate);
        }
    }
    (states, rates)
}

/// So many threads, the first of which is the caller's.
struct Threads(usize);

impl Hands for Threads {
    fn count(&self) -> usize {
        self.0
    }

    fn each<T: Send, R: Send>(&self, pieces: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
        let mut pieces: Vec<Option<T>> = pieces.into_iter().map(Some).collect();
        let work = &work;
        let all = |share: &mut [Option<T>]| share.iter_mut().filter_map(Option::take).map(work).collect::<Vec<R>>();
        let each = pieces.len().div_ceil(self.0).max(1);
        let mut shares = pieces.chunks_mut(each);
        let first = shares.next();
        std::thread::scope(|scope| {
            let others: Vec<_> = shares.map(|share| scope.spawn(move || all(share))).collect();
            let mut done = first.map(all).unwrap_or_default();
            done.extend(others.into_iter().flat_map(|other| other.join().expect("no panic")));
            done
        })
    }
}

fn per_second(count: u64, nanoseconds: u64) -> u64 {
    count * 1_000_000 / (nanoseconds / 1000).max(1)
}

fn exploration(tokens: &Tokens) -> Exploration {
    let mut topology = Topology::new();
    for at in 0..tokens.initial.len() {
        topology.add_process(&format!("P{at}")).expect("a new name");
    }
    for (from, to) in &tokens.channels {
        topology.add_channel(None, ProcessId::at(*from), ProcessId::at(*to), Order::Fifo).expect("a new channel");
    }
    let accounts = tokens.initial.iter().zip(&tokens.sends);
    let bank = Bank::with_budgets(accounts.map(|(has, sends)| (i64::from(*has), Some(u32::from(*sends)))));
    let computation = Computation::Bank(bank.expect("few tokens"));
    let planned = vec![Planned { id: SnapshotId(0), initiators: vec![ProcessId(0)] }];
    Exploration::new(Arc::new(System { topology, computation }), planned)
}
