//! Tokens and the algorithm of Chandy and Lamport as a model for Stateright, written as one would write it there.

use crate::explore::Tokens;
use stateright::{Model, Property};

/// The model of a system in which process 0 may start one snapshot.
pub struct SnapshotModel {
    channels: Vec<(usize, usize)>,
    initial: State,
}

/// A state of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    tokens: Vec<u8>,
    sends_left: Vec<u8>,
    channels: Vec<Vec<Item>>,
    recorded: Vec<Option<(u8, u8)>>,
    recording: Vec<Recording>,
}

/// What a channel holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    /// A message with one token.
    Token,
    /// A marker.
    Marker,
}

/// How far the recording of a channel has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recording {
    /// Not begun.
    NotStarted,
    /// So many tokens by now.
    Open(u8),
    /// So many tokens.
    Closed(u8),
}

/// What can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A token is sent on a channel.
    Send(usize),
    /// The head of a channel is received.
    Receive(usize),
    /// Process 0 starts the snapshot.
    Initiate,
}

impl SnapshotModel {
    /// The model of this system.
    #[must_use]
    pub fn new(tokens: &Tokens) -> Self {
        let (processes, channels) = (tokens.initial.len(), tokens.channels.len());
        let initial = State {
            tokens: tokens.initial.clone(),
            sends_left: tokens.sends.clone(),
            channels: vec![Vec::new(); channels],
            recorded: vec![None; processes],
            recording: vec![Recording::NotStarted; channels],
        };
        Self { channels: tokens.channels.clone(), initial }
    }

    fn record(&self, state: &mut State, process: usize, via: Option<usize>) {
        state.recorded[process] = Some((state.tokens[process], state.sends_left[process]));
        for (at, (from, to)) in self.channels.iter().enumerate() {
            if *to == process {
                state.recording[at] = if via == Some(at) { Recording::Closed(0) } else { Recording::Open(0) };
            }
            if *from == process {
                state.channels[at].push(Item::Marker);
            }
        }
    }

    fn receive(&self, state: &mut State, channel: usize) {
        let to = self.channels[channel].1;
        match (state.channels[channel].remove(0), state.recording[channel]) {
            (Item::Token, recording) => {
                state.tokens[to] += 1;
                if let Recording::Open(tokens) = recording {
                    state.recording[channel] = Recording::Open(tokens + 1);
                }
            }
            (Item::Marker, Recording::Open(tokens)) => state.recording[channel] = Recording::Closed(tokens),
            (Item::Marker, _) => self.record(state, to, Some(channel)),
        }
    }
}

impl Model for SnapshotModel {
    type State = State;
    type Action = Step;

    fn init_states(&self) -> Vec<State> {
        vec![self.initial.clone()]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Step>) {
        if state.recorded[0].is_none() {
            actions.push(Step::Initiate);
        }
        for (at, (from, _)) in self.channels.iter().enumerate() {
            if state.tokens[*from] > 0 && state.sends_left[*from] > 0 {
                actions.push(Step::Send(at));
            }
            if !state.channels[at].is_empty() {
                actions.push(Step::Receive(at));
            }
        }
    }

    fn next_state(&self, last: &State, step: Step) -> Option<State> {
        let mut state = last.clone();
        match step {
            Step::Initiate => self.record(&mut state, 0, None),
            Step::Send(channel) => {
                let from = self.channels[channel].0;
                state.tokens[from] -= 1;
                state.sends_left[from] -= 1;
                state.channels[channel].push(Item::Token);
            }
            Step::Receive(channel) => self.receive(&mut state, channel),
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        // Never false, so that everything is explored.
        vec![Property::always("nobody owes tokens", |_, state: &State| state.tokens.iter().all(|has| *has < 100))]
    }
}
