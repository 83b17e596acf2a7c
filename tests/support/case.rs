//! A random system with what is to be done in it, as plain numbers that shrink well: every list may lose members and
//! every number may become smaller without the case losing its meaning.

use cutline_core::computation::{
    Automaton, Bank, Computation, Diffusing, Does, Payload, ProcessSet, Resources, Rule, Wait,
};
use cutline_core::{ChannelId, Order, ProcessId, SnapshotId, System, Topology};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most processes of a random system.
pub const MAX_PROCESSES: usize = 6;
const LABELS: u16 = 3;
const MESSAGES: i64 = 2;

/// One random case.
#[derive(Clone, Debug)]
pub struct Case {
    /// How many processes stand in the ring that makes the system strongly connected.
    pub processes: u16,
    /// Further channels: from where, and how far along the ring. Parallel ones are likely.
    pub extra: Vec<(u16, u16)>,
    /// In which order all channels deliver.
    pub order: Order,
    /// What the processes compute.
    pub application: Application,
    /// Who is to start or join each snapshot.
    pub initiators: Vec<Vec<u16>>,
    /// What happens until all channels are emptied.
    pub choices: Vec<u32>,
    /// In which order they are emptied.
    pub ending: Ending,
}

/// What the processes of a case compute.
#[derive(Clone, Debug)]
pub enum Application {
    /// A bank with these balances; processes beyond the list have nothing.
    Bank(Vec<i64>),
    /// An automaton whose every rule is drawn from these numbers. Whatever comes can be received, so that no
    /// channel is blocked for ever.
    Automaton(Vec<u16>),
    /// Diffusing work; from each number, whether a process is active and how often it may send.
    Work(Vec<u16>),
    /// Processes that run or wait; from the numbers, who waits for whom and what may be waited for.
    Waiting(Vec<u16>),
}

/// In which order the channels are emptied at the end.
#[derive(Clone, Copy, Debug)]
pub enum Ending {
    /// What was sent first comes first.
    OldestFirst,
    /// Any order, drawn from this number.
    Drawn(u32),
}

/// Random cases with FIFO channels.
pub fn cases() -> impl Strategy<Value = Case> {
    cases_of(applications())
}

/// The same, with processes that are active or passive and with processes that run or wait.
pub fn property_cases() -> impl Strategy<Value = Case> {
    let numbers = || vec(any::<u16>(), 40);
    cases_of(prop_oneof![numbers().prop_map(Application::Work), numbers().prop_map(Application::Waiting)])
}

fn cases_of(applications: impl Strategy<Value = Application>) -> impl Strategy<Value = Case> {
    (
        2..=MAX_PROCESSES as u16,
        vec((any::<u16>(), any::<u16>()), 0..6),
        applications,
        vec(vec(any::<u16>(), 1..=MAX_PROCESSES), 1..=3),
        vec(any::<u32>(), 0..80),
        endings(),
    )
        .prop_map(|(processes, extra, application, initiators, choices, ending)| Case {
            processes,
            extra,
            order: Order::Fifo,
            application,
            initiators,
            choices,
            ending,
        })
}

fn applications() -> impl Strategy<Value = Application> {
    let bank = vec(0..40_i64, MAX_PROCESSES).prop_map(Application::Bank);
    let automaton = vec(any::<u16>(), 40).prop_map(Application::Automaton);
    prop_oneof![2 => bank, 1 => automaton]
}

fn endings() -> impl Strategy<Value = Ending> {
    prop_oneof![Just(Ending::OldestFirst), any::<u32>().prop_map(Ending::Drawn)]
}

impl Case {
    /// The system of the case.
    ///
    /// # Panics
    /// If the case describes none, which [`cases`] keeps out.
    #[must_use]
    pub fn system(&self) -> Arc<System> {
        let topology = self.topology();
        let computation = match &self.application {
            Application::Bank(balances) => {
                let balance = |at: usize| balances.get(at).copied().unwrap_or_default();
                let balances = (0..topology.process_count()).map(balance).collect();
                Computation::Bank(Bank::new(balances).expect("small balances"))
            }
            Application::Automaton(numbers) => Computation::Automaton(automaton(&topology, numbers)),
            Application::Work(numbers) => {
                let sends = |number: u16| (!number.is_multiple_of(4)).then_some(u32::from(number / 4 % 4));
                let process = |number: &u16| (number & 1 << 8 == 0, sends(*number));
                Computation::Diffusing(Diffusing::new(numbers.iter().map(process), &topology))
            }
            Application::Waiting(numbers) => Computation::Resources(waiting(&topology, numbers)),
        };
        Arc::new(System { topology, computation })
    }

    /// The same with a control channel from everybody to everybody.
    #[must_use]
    pub fn with_control_channels(&self) -> Arc<System> {
        let mut system = Arc::unwrap_or_clone(self.system());
        let processes: Vec<ProcessId> = system.topology.processes().collect();
        for from in &processes {
            for to in processes.iter().filter(|to| *to != from) {
                system.topology.add_control_channel(None, *from, *to).expect("a control channel");
            }
        }
        Arc::new(system)
    }

    /// Who is to start or join which snapshot; each process once.
    #[must_use]
    pub fn initiations(&self) -> Vec<(SnapshotId, ProcessId)> {
        let of_snapshot = |(at, initiators): (usize, &Vec<u16>)| {
            let distinct: BTreeSet<u16> = initiators.iter().map(|initiator| initiator % self.processes).collect();
            distinct.into_iter().map(move |process| (SnapshotId::at(at), ProcessId(process)))
        };
        self.initiators.iter().enumerate().flat_map(of_snapshot).collect()
    }

    fn topology(&self) -> Topology {
        let mut topology = Topology::new();
        for process in 0..self.processes {
            topology.add_process(&format!("p{process}")).expect("a process");
        }
        let ring = (0..self.processes).map(|from| (from, 0));
        for (at, (from, distance)) in ring.chain(self.extra.iter().copied()).enumerate() {
            let from = from % self.processes;
            let to = (from + 1 + distance % (self.processes - 1)) % self.processes;
            let name = format!("c{at}");
            topology.add_channel(Some(&name), ProcessId(from), ProcessId(to), self.order).expect("a channel");
        }
        topology
    }
}

fn automaton(topology: &Topology, numbers: &[u16]) -> Automaton {
    let mut drawn = numbers.iter().copied().cycle();
    let mut draw = |below: u16| drawn.next().unwrap_or_default() % below;
    let mut rules = Vec::new();
    for process in topology.processes() {
        for from in 0..LABELS {
            for channel in topology.outgoing(process) {
                let payload = Payload(i64::from(draw(MESSAGES as u16)));
                let does = Does::Send(*channel, payload);
                rules.push(Rule { process, from, to: draw(LABELS), does });
            }
            for (channel, message) in arrivals(topology, process) {
                let does = Does::Receive(channel, message);
                rules.push(Rule { process, from, to: draw(LABELS), does });
            }
            rules.push(Rule { process, from, to: draw(LABELS), does: Does::Nothing });
        }
    }
    let names = |of: &str, count: i64| (0..count).map(|at| format!("{of}{at}")).collect();
    let initial = topology.processes().map(|_| draw(LABELS)).collect();
    Automaton::new(names("s", i64::from(LABELS)), names("m", MESSAGES), initial, rules)
}

fn waiting(topology: &Topology, numbers: &[u16]) -> Resources {
    let mut drawn = numbers.iter().copied().cycle();
    let mut wait = |process: ProcessId| {
        let number = drawn.next().unwrap_or_default();
        let incoming = topology.incoming(process).iter().enumerate();
        let named = incoming.filter(|(at, _)| number >> at & 1 == 1).map(|(_, c)| topology.channel(*c).from);
        let whom: ProcessSet = named.collect();
        (!whom.is_empty()).then_some(Wait { process, all: number & 1 << 15 == 0, whom })
    };
    let at_start: Vec<Wait> = topology.processes().filter_map(&mut wait).collect();
    let mut rules: Vec<Wait> = Vec::new();
    for rule in topology.processes().flat_map(|process| [process; 2]).filter_map(wait) {
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    Resources::new(&at_start, rules, topology).expect("everybody waited for has a channel")
}

fn arrivals(topology: &Topology, process: ProcessId) -> Vec<(ChannelId, Payload)> {
    let of_channel = |channel: &ChannelId| {
        let channel = *channel;
        (0..MESSAGES).map(move |message| (channel, Payload(message)))
    };
    topology.incoming(process).iter().flat_map(of_channel).collect()
}
