//! Stable properties of a recorded global state: what, once true, stays true (Chandy and Lamport 1985, section 4).
//!
//! If such a property held when the snapshot began, it holds in the recorded state; if it holds there, it holds when
//! the snapshot is complete, and ever after. The other way round nothing follows: that it does not hold in the
//! recorded state says no more than that it did not hold when the snapshot began.

mod deadlock;

pub use deadlock::{Deadlock, deadlock};

use crate::bare::GlobalState;
use crate::computation::{Computation, LocalState, Offer, Payload, Token};
use crate::ids::{ChannelId, ProcessId};
use crate::system::System;

/// Whether a computation has terminated: no process has anything to do by itself, and nothing is under way that
/// could change that. Stable, since only a message can wake a process that has nothing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Termination {
    /// The processes that may still send or act.
    pub active: Vec<ProcessId>,
    /// The channels with messages in them.
    pub under_way: Vec<ChannelId>,
}

impl Termination {
    /// Whether it has terminated.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.active.is_empty() && self.under_way.is_empty()
    }
}

/// Who and what keeps a computation going.
#[must_use]
pub fn termination(system: &System, state: &GlobalState) -> Termination {
    let topology = &system.topology;
    let is_active = |process: &ProcessId| {
        let offers = system.computation.offers(*process, state.processes[process.index()]);
        let possible =
            |offer: &Offer| !matches!(offer, Offer::Amount { .. }) || !topology.outgoing(*process).is_empty();
        offers.iter().any(possible)
    };
    let holds_some = |channel: &ChannelId| !state.channels[channel.index()].is_empty();
    Termination {
        active: topology.processes().filter(is_active).collect(),
        under_way: topology.channels().filter(holds_some).collect(),
    }
}

/// How many tokens there are, and how many there should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// In the processes.
    pub in_processes: i64,
    /// In the channels.
    pub in_channels: i64,
    /// In all at the start of the run.
    pub at_start: i64,
}

impl Tokens {
    /// Whether some are gone. Stable if nobody makes new ones.
    #[must_use]
    pub fn are_lost(self) -> bool {
        self.in_processes + self.in_channels < self.at_start
    }

    /// Whether there are too many. No consistent cut of a conserving system has more: where this is true, what was
    /// recorded is wrong, or the system makes tokens.
    #[must_use]
    pub fn are_doubled(self) -> bool {
        self.in_processes + self.in_channels > self.at_start
    }
}

/// The tokens of a computation that conserves something, or of automata of which it was said what holds the token; none of
/// any other.
#[must_use]
pub fn tokens(system: &System, state: &GlobalState) -> Option<Tokens> {
    if let Computation::Automaton(automaton) = &system.computation {
        return automaton.token().map(|token| tokens_of_automata(system, state, token));
    }
    let of_state = |state: &LocalState| system.computation.worth_of_state(*state);
    let of_payload = |payload: &Payload| system.computation.worth_of_payload(*payload);
    Some(Tokens {
        in_processes: state.processes.iter().map(of_state).sum::<Option<i64>>()?,
        in_channels: state.channels.iter().flatten().map(of_payload).sum::<Option<i64>>()?,
        at_start: system.computation.initial().iter().map(of_state).sum::<Option<i64>>()?,
    })
}

/// The tokens of automata: one for each process that holds it, and one for each message that carries it.
#[must_use]
pub fn tokens_of_automata(system: &System, state: &GlobalState, token: &Token) -> Tokens {
    let held = |states: &[LocalState]| {
        let held = |(at, state): &(usize, &LocalState)| token.is_held(ProcessId::at(*at), **state);
        whole(states.iter().enumerate().filter(held).count())
    };
    let in_channels = state.channels.iter().flatten().filter(|payload| token.is_carried(**payload)).count();
    Tokens {
        in_processes: held(&state.processes),
        in_channels: whole(in_channels),
        at_start: held(&system.computation.initial()),
    }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
