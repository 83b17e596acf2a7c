//! Processes that wait for each other: one that runs may grant what others wait for, and may begin to wait itself.
//! It waits for ALL of some processes, as for locks, or for ANY of them, as for an answer. The question asked of it
//! is deadlock; a grant that is under way counts.

use super::{LocalState, Offer, Payload, ProcessSet};
use crate::ids::{ChannelId, ProcessId};
use crate::rejected::Rejected;
use crate::topology::Topology;
use std::fmt;

/// What every message carries.
const GRANT: Payload = Payload(0);

/// What a process that runs may begin to wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Who may wait.
    pub process: ProcessId,
    /// For all of them, or for any.
    pub all: bool,
    /// For whom.
    pub whom: ProcessSet,
}

/// Who runs and who waits at the start, and what else may be waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resources {
    initial: Vec<LocalState>,
    rules: Vec<Wait>,
    names: Vec<String>,
    outgoing: Vec<Vec<ChannelId>>,
    /// By channel: who sends on it.
    senders: Vec<ProcessId>,
}

/// Why processes cannot wait so. The number is the place of the wait: first those at the start, then the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResourcesError {
    /// There are more than [`ProcessSet::MOST`] processes.
    TooMany,
    /// A process would wait for nobody.
    ForNobody(usize),
    /// A process would wait for this one, from which no channel leads to it.
    NoChannel(usize, ProcessId),
    /// This rule says the same as the one before it.
    Twice(usize, usize),
}

impl fmt::Display for ResourcesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMany => write!(f, "a system of processes that run or wait has at most {}", ProcessSet::MOST),
            Self::ForNobody(_) => write!(f, "a process waits for somebody"),
            Self::NoChannel(..) => write!(f, "nobody can grant anything without a channel to who waits"),
            Self::Twice(..) => write!(f, "this rule has been given before"),
        }
    }
}

impl std::error::Error for ResourcesError {}

impl Resources {
    /// A system in which everybody runs at the start except for those that wait.
    ///
    /// # Errors
    /// If there are too many processes, somebody waits for nobody or for one that has no channel to it, or a rule
    /// stands twice.
    pub fn new(waiting: &[Wait], rules: Vec<Wait>, topology: &Topology) -> Result<Self, ResourcesError> {
        if topology.process_count() > ProcessSet::MOST {
            return Err(ResourcesError::TooMany);
        }
        for (at, wait) in waiting.iter().chain(&rules).enumerate() {
            let can_grant = |from: &ProcessId| topology.channels_between(*from, wait.process).next().is_some();
            if wait.whom.is_empty() {
                return Err(ResourcesError::ForNobody(at));
            }
            if let Some(from) = wait.whom.iter().find(|from| !topology.has_process(*from) || !can_grant(from)) {
                return Err(ResourcesError::NoChannel(at, from));
            }
        }
        let twice = |(at, rule): (usize, &Wait)| Some((rules[..at].iter().position(|other| other == rule)?, at));
        if let Some((first, second)) = rules.iter().enumerate().find_map(twice) {
            return Err(ResourcesError::Twice(waiting.len() + first, waiting.len() + second));
        }
        let mut initial = vec![LocalState::Running; topology.process_count()];
        for wait in waiting {
            initial[wait.process.index()] = wait.state();
        }
        let name = |process: ProcessId| topology.process_name(process).to_owned();
        Ok(Self {
            initial,
            rules,
            names: topology.processes().map(name).collect(),
            outgoing: topology.processes().map(|process| topology.outgoing(process).to_vec()).collect(),
            senders: topology.channels().map(|channel| topology.channel(channel).from).collect(),
        })
    }

    /// The message of this name: `grant`.
    #[must_use]
    pub fn message_named(name: &str) -> Option<Payload> {
        (name == "grant").then_some(GRANT)
    }

    /// What may be waited for, in the order of declaration. Its place is the choice of [`crate::Action::Act`].
    #[must_use]
    pub fn rules(&self) -> &[Wait] {
        &self.rules
    }

    pub(super) fn initial(&self) -> Vec<LocalState> {
        self.initial.clone()
    }

    pub(super) fn send(
        process: ProcessId,
        state: LocalState,
        channel: ChannelId,
        payload: Payload,
    ) -> Result<LocalState, Rejected> {
        match state {
            _ if payload != GRANT => Err(Rejected::NoRuleToSend { process, state, channel, payload }),
            LocalState::Running => Ok(state),
            _ => Err(Rejected::Waits { process }),
        }
    }

    /// A grant takes its sender off the list of one that waits for all, and frees one that waits for any. Somebody
    /// who does not wait for it has no use for it.
    pub(super) fn receive(&self, state: LocalState, channel: ChannelId) -> LocalState {
        let from = self.senders[channel.index()];
        match state {
            LocalState::WaitsForAll(whom) if whom.without(from).is_empty() => LocalState::Running,
            LocalState::WaitsForAll(whom) => LocalState::WaitsForAll(whom.without(from)),
            LocalState::WaitsForAny(whom) if whom.contains(from) => LocalState::Running,
            other => other,
        }
    }

    pub(super) fn act(&self, process: ProcessId, state: LocalState, choice: u16) -> Result<LocalState, Rejected> {
        match (state, self.rules.get(usize::from(choice))) {
            (LocalState::Running, Some(rule)) if rule.process == process => Ok(rule.state()),
            (LocalState::WaitsForAll(_) | LocalState::WaitsForAny(_), _) => Err(Rejected::Waits { process }),
            _ => Err(Rejected::NoRuleToAct { process, state }),
        }
    }

    pub(super) fn offers(&self, process: ProcessId, state: LocalState) -> Vec<Offer> {
        if state != LocalState::Running {
            return Vec::new();
        }
        let channels = self.outgoing[process.index()].iter();
        let grants = channels.map(|channel| Offer::Message { channel: *channel, payload: GRANT });
        let own = self.rules.iter().enumerate().filter(|(_, rule)| rule.process == process);
        let waits = own.filter_map(|(at, _)| u16::try_from(at).ok().map(|choice| Offer::Act { choice }));
        grants.chain(waits).collect()
    }

    pub(super) fn show_state(&self, state: LocalState) -> String {
        let (how, whom) = match state {
            LocalState::WaitsForAll(whom) => ("all", whom),
            LocalState::WaitsForAny(whom) => ("any", whom),
            _ => return "running".to_owned(),
        };
        let names: Vec<&str> = whom.iter().filter_map(|p| self.names.get(p.index())).map(String::as_str).collect();
        format!("waiting for {how} of {}", names.join(" "))
    }

    pub(super) fn show_payload() -> String {
        "grant".to_owned()
    }
}

impl Wait {
    /// The state of a process that waits so.
    #[must_use]
    pub fn state(self) -> LocalState {
        if self.all { LocalState::WaitsForAll(self.whom) } else { LocalState::WaitsForAny(self.whom) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topology::Order;

    const P: ProcessId = ProcessId(0);
    const Q: ProcessId = ProcessId(1);
    const R: ProcessId = ProcessId(2);

    fn set(of: &[ProcessId]) -> ProcessSet {
        of.iter().copied().collect()
    }

    fn complete(processes: usize) -> Topology {
        let mut topology = Topology::new();
        (0..processes).for_each(|at| _ = topology.add_process(&format!("p{at}")).unwrap());
        for from in topology.processes() {
            for to in topology.processes().filter(|to| *to != from) {
                topology.add_channel(None, from, to, Order::Fifo).unwrap();
            }
        }
        topology
    }

    #[test]
    fn a_grant_takes_one_name_off_a_list_or_frees_at_once() {
        let topology = complete(3);
        let resources = Resources::new(&[], Vec::new(), &topology).unwrap();
        let from = |p| topology.channels_between(p, P).next().unwrap();
        let all = LocalState::WaitsForAll(set(&[Q, R]));
        let one_left = resources.receive(all, from(Q));
        assert_eq!(one_left, LocalState::WaitsForAll(set(&[R])));
        assert_eq!(resources.receive(one_left, from(Q)), one_left);
        assert_eq!(resources.receive(one_left, from(R)), LocalState::Running);
        assert_eq!(resources.receive(LocalState::WaitsForAny(set(&[Q, R])), from(R)), LocalState::Running);
        let other = LocalState::WaitsForAny(set(&[Q]));
        assert_eq!(resources.receive(other, from(R)), other);
        assert_eq!(resources.show_state(all), "waiting for all of p1 p2");
    }

    #[test]
    fn who_waits_does_nothing_and_who_runs_waits_as_declared() {
        let rule = Wait { process: P, all: true, whom: set(&[Q]) };
        let resources = Resources::new(&[], vec![rule], &complete(2)).unwrap();
        assert_eq!(resources.act(P, LocalState::Running, 0), Ok(rule.state()));
        assert_eq!(resources.act(P, rule.state(), 0), Err(Rejected::Waits { process: P }));
        assert!(resources.act(Q, LocalState::Running, 0).is_err());
        assert_eq!(Resources::send(P, rule.state(), ChannelId(0), GRANT), Err(Rejected::Waits { process: P }));
        assert_eq!(resources.offers(P, rule.state()), []);
        assert_eq!(resources.offers(P, LocalState::Running).len(), 2);
    }

    #[test]
    fn what_could_never_be_granted_is_refused() {
        let wait = |whom| Wait { process: P, all: false, whom };
        let new = |waiting: &[Wait], rules, topology: &Topology| Resources::new(waiting, rules, topology).unwrap_err();
        assert_eq!(new(&[wait(ProcessSet::EMPTY)], vec![], &complete(2)), ResourcesError::ForNobody(0));
        assert_eq!(new(&[wait(set(&[P]))], vec![], &complete(2)), ResourcesError::NoChannel(0, P));
        let twice = vec![wait(set(&[Q])); 2];
        assert_eq!(new(&[], twice, &complete(2)), ResourcesError::Twice(0, 1));
        let error = new(&[], vec![], &complete(65));
        assert_eq!(error.to_string(), "a system of processes that run or wait has at most 64");
        assert!(Resources::new(&[], vec![], &complete(64)).is_ok());
    }
}
