//! Diffusing work (Dijkstra and Scholten 1980): an active process may hand out work, and may become passive by
//! itself; a passive one does nothing until work reaches it. The question asked of it is termination, and that
//! every process is passive is not the answer: work may be under way.

use super::{LocalState, Offer, Payload};
use crate::ids::{ChannelId, ProcessId};
use crate::rejected::Rejected;
use crate::topology::Topology;

/// What every message carries.
const WORK: Payload = Payload(0);
/// The one thing that a process may do by itself.
const REST: u16 = 0;

/// Who is active at the start, and how often each may send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diffusing {
    initial: Vec<LocalState>,
    outgoing: Vec<Vec<ChannelId>>,
}

impl Diffusing {
    /// Processes that are active at the start or not, each with the number of sends that it may do if that is
    /// limited; processes of the topology that are not listed are passive.
    pub fn new(initial: impl IntoIterator<Item = (bool, Option<u32>)>, topology: &Topology) -> Self {
        let given = initial.into_iter().map(|(active, sends_left)| LocalState::Work { active, sends_left });
        let others = std::iter::repeat(LocalState::Work { active: false, sends_left: None });
        Self {
            initial: given.chain(others).take(topology.process_count()).collect(),
            outgoing: topology.processes().map(|process| topology.outgoing(process).to_vec()).collect(),
        }
    }

    /// The message of this name: `work`.
    #[must_use]
    pub fn message_named(name: &str) -> Option<Payload> {
        (name == "work").then_some(WORK)
    }

    /// The choice of [`crate::Action::Act`] by which an active process becomes passive.
    #[must_use]
    pub fn rest() -> u16 {
        REST
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
            _ if payload != WORK => Err(Rejected::NoRuleToSend { process, state, channel, payload }),
            LocalState::Work { active: true, sends_left: Some(0) } => Err(Rejected::NoSendsLeft { process }),
            LocalState::Work { active: true, sends_left } => {
                Ok(LocalState::Work { active: true, sends_left: sends_left.map(|left| left - 1) })
            }
            _ => Err(Rejected::Passive { process }),
        }
    }

    pub(super) fn receive(state: LocalState) -> LocalState {
        match state {
            LocalState::Work { sends_left, .. } => LocalState::Work { active: true, sends_left },
            other => other,
        }
    }

    pub(super) fn act(process: ProcessId, state: LocalState, choice: u16) -> Result<LocalState, Rejected> {
        match state {
            LocalState::Work { active: true, sends_left } if choice == REST => {
                Ok(LocalState::Work { active: false, sends_left })
            }
            LocalState::Work { active: false, .. } => Err(Rejected::Passive { process }),
            _ => Err(Rejected::NoRuleToAct { process, state }),
        }
    }

    pub(super) fn offers(&self, process: ProcessId, state: LocalState) -> Vec<Offer> {
        let LocalState::Work { active: true, sends_left } = state else { return Vec::new() };
        let channels = if sends_left == Some(0) { &[][..] } else { &self.outgoing[process.index()] };
        let work = channels.iter().map(|channel| Offer::Message { channel: *channel, payload: WORK });
        work.chain([Offer::Act { choice: REST }]).collect()
    }

    pub(super) fn show_state(state: LocalState) -> String {
        let is_active = matches!(state, LocalState::Work { active: true, .. });
        if is_active { "active" } else { "passive" }.to_owned()
    }

    pub(super) fn show_payload() -> String {
        "work".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const P: ProcessId = ProcessId(0);
    const C: ChannelId = ChannelId(0);

    fn work(active: bool, sends_left: Option<u32>) -> LocalState {
        LocalState::Work { active, sends_left }
    }

    #[test]
    fn only_the_active_send_and_rest() {
        assert_eq!(Diffusing::send(P, work(true, None), C, WORK), Ok(work(true, None)));
        assert_eq!(Diffusing::send(P, work(false, None), C, WORK), Err(Rejected::Passive { process: P }));
        assert!(Diffusing::send(P, work(true, None), C, Payload(1)).is_err());
        assert_eq!(Diffusing::act(P, work(true, None), REST), Ok(work(false, None)));
        assert!(Diffusing::act(P, work(false, None), REST).is_err());
        assert!(Diffusing::act(P, work(true, None), 1).is_err());
    }

    #[test]
    fn work_activates_and_gives_no_new_sends() {
        assert_eq!(Diffusing::receive(work(false, Some(0))), work(true, Some(0)));
        assert_eq!(Diffusing::send(P, work(true, Some(1)), C, WORK), Ok(work(true, Some(0))));
        let none_left = Diffusing::send(P, work(true, Some(0)), C, WORK);
        assert_eq!(none_left, Err(Rejected::NoSendsLeft { process: P }));
    }
}
