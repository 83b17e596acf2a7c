//! The application alone, without any snapshot algorithm: the system that the algorithm must not disturb.

use crate::computation::{LocalState, Payload};
use crate::event::{Carried, Event};
use crate::ids::{ChannelId, ProcessId};
use crate::snapshot::Snapshot;
use crate::system::System;
use crate::topology::Order;
use std::collections::VecDeque;

/// A global state in the sense of Chandy and Lamport 1985, section 2: the state of every process, and for every
/// channel the sequence of messages in it. Messages are known by what they carry, not by who they are; in a channel
/// without order they stand in the order of what they carry, so that equal contents are equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GlobalState {
    /// By process.
    pub processes: Vec<LocalState>,
    /// By channel; of a FIFO channel, head first.
    pub channels: Vec<VecDeque<Payload>>,
}

impl GlobalState {
    /// The first state: every process in its initial state, every channel empty.
    #[must_use]
    pub fn initial(system: &System) -> Self {
        Self {
            processes: system.computation.initial(),
            channels: vec![VecDeque::new(); system.topology.channel_count()],
        }
    }

    /// What a snapshot recorded; none unless it is complete and recorded everything.
    #[must_use]
    pub fn recorded(system: &System, snapshot: &Snapshot) -> Option<Self> {
        if !snapshot.is_complete() || snapshot.is_partial() {
            return None;
        }
        let processes = system.topology.processes().map(|process| snapshot.process(process)).collect::<Option<_>>()?;
        let mut state = Self { processes, ..Self::initial(system) };
        for channel in system.topology.channels() {
            for kept in snapshot.channel(channel).messages() {
                state.put(system, channel, kept.payload);
            }
        }
        Some(state)
    }

    /// Lets an event of the application, a restoration or a mishap happen; any other event changes nothing.
    ///
    /// # Errors
    /// If the application could not have done this in this state.
    pub fn follow(&mut self, system: &System, event: &Event) -> Result<(), Illegal> {
        let process = event.process(&system.topology);
        let before = self.processes[process.index()];
        let possible = match *event {
            Event::Sent { channel, payload, state, .. } => {
                self.put(system, channel, payload);
                system.computation.can_send(process, (before, state), channel, payload)
            }
            Event::Received { channel, payload, state, .. } => {
                self.take(system, channel, payload).ok_or(Illegal { process })?;
                system.computation.can_receive(process, (before, state), channel, payload)
            }
            Event::Acted { choice, state, .. } => system.computation.act(process, before, choice) == Ok(state),
            Event::Restored { state, .. } => {
                self.processes[process.index()] = state;
                let incoming = system.topology.incoming(process);
                incoming.iter().for_each(|channel| self.channels[channel.index()].clear());
                return Ok(());
            }
            Event::Resent { channel, payload, .. } => {
                self.put(system, channel, payload);
                return Ok(());
            }
            Event::Restarted { state, .. } => {
                self.processes[process.index()] = state;
                return Ok(());
            }
            Event::Lost { channel, ahead, item: Carried::Message(_, payload) } => {
                let at = self.place_of(channel, ahead, payload).ok_or(Illegal { process })?;
                self.channels[channel.index()].remove(at);
                return Ok(());
            }
            Event::Duplicated { channel, ahead, item: Carried::Message(_, payload) } => {
                let queue = &mut self.channels[channel.index()];
                match system.topology.channel(channel).order {
                    Order::Fifo => queue.insert(queue.len().min(ahead as usize), payload),
                    Order::Unordered => self.put(system, channel, payload),
                }
                return Ok(());
            }
            _ => return Ok(()),
        };
        let after = event.state_after().filter(|_| possible);
        self.processes[process.index()] = after.ok_or(Illegal { process })?;
        Ok(())
    }

    /// Puts a message into a channel, behind those that are in it.
    pub(crate) fn put(&mut self, system: &System, channel: ChannelId, payload: Payload) {
        let queue = &mut self.channels[channel.index()];
        let at = match system.topology.channel(channel).order {
            Order::Fifo => queue.len(),
            Order::Unordered => queue.partition_point(|item| *item <= payload),
        };
        queue.insert(at, payload);
    }

    /// Where such a message stands: with so many ahead of it, or else as near to the head as there is one.
    fn place_of(&self, channel: ChannelId, ahead: u32, payload: Payload) -> Option<usize> {
        let queue = &self.channels[channel.index()];
        let there = queue.get(ahead as usize).filter(|item| **item == payload).map(|_| ahead as usize);
        there.or_else(|| queue.iter().position(|item| *item == payload))
    }

    fn take(&mut self, system: &System, channel: ChannelId, payload: Payload) -> Option<Payload> {
        let queue = &mut self.channels[channel.index()];
        match system.topology.channel(channel).order {
            Order::Fifo => queue.pop_front().filter(|head| *head == payload),
            Order::Unordered => queue.remove(queue.iter().position(|item| *item == payload)?),
        }
    }
}

/// An event that the application could not have done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Illegal {
    /// At which process.
    pub process: ProcessId,
}
