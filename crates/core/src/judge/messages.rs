//! What became of each message with respect to the cut (conditions C1 and C2: nothing lost, nothing invented).

use super::Fault;
use crate::bare::GlobalState;
use crate::computation::{LocalState, Payload};
use crate::event::Event;
use crate::ids::{ChannelId, MessageId, ProcessId, SnapshotId};
use crate::system::System;
use crate::topology::{Order, Topology};
use std::collections::BTreeMap;

/// One message and how it lies to the cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fate {
    /// The message.
    pub message: MessageId,
    /// Its channel.
    pub channel: ChannelId,
    /// What it carries.
    pub payload: Payload,
    /// Sent before its sender recorded.
    pub sent_inside: bool,
    /// How often it was received before its receiver recorded: more than once if the network has repeated it.
    pub receipts_inside: u32,
    /// How often it stands in the recorded state of its channel.
    pub kept: u32,
}

/// Where a consistent cut puts a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Sent and received in the past of the cut.
    Past,
    /// Under way at the cut: sent before it, received after it or not at all.
    InChannel,
    /// Sent after the cut.
    Future,
    /// Received before the cut and sent after it, as no message can be.
    Orphan,
}

impl Fate {
    /// Where the cut puts it, whatever was recorded.
    #[must_use]
    pub fn class(&self) -> Class {
        match (self.sent_inside, self.receipts_inside > 0) {
            (true, true) => Class::Past,
            (true, false) => Class::InChannel,
            (false, false) => Class::Future,
            (false, true) => Class::Orphan,
        }
    }
}

/// The messages of a run and the recorded states of its channels, as the events tell them.
pub(super) struct Ledger {
    fates: Vec<Fate>,
    place: BTreeMap<MessageId, usize>,
    kept: Vec<Vec<usize>>,
    closed: Vec<bool>,
    /// Whether its recording has begun.
    opened: Vec<bool>,
    /// Whether what is under way was left to the transport.
    left: Vec<bool>,
}

impl Ledger {
    pub(super) fn new(channels: usize) -> Self {
        Self {
            fates: Vec::new(),
            place: BTreeMap::new(),
            kept: vec![Vec::new(); channels],
            closed: vec![false; channels],
            opened: vec![false; channels],
            left: vec![false; channels],
        }
    }

    /// Takes note of the next event; `outside` tells whether its process has recorded before it.
    pub(super) fn follow(&mut self, event: &Event, snapshot: SnapshotId, outside: bool) {
        match *event {
            Event::Sent { message, channel, payload, .. } | Event::Resent { message, channel, payload, .. } => {
                // What was there at the beginning is inside every cut.
                let sent_inside = !outside || matches!(event, Event::Resent { .. });
                self.place.insert(message, self.fates.len());
                self.fates.push(Fate { message, channel, payload, sent_inside, receipts_inside: 0, kept: 0 });
            }
            Event::Received { message, .. } => {
                if let Some(at) = self.place.get(&message) {
                    self.fates[*at].receipts_inside += u32::from(!outside);
                }
            }
            Event::Kept { snapshot: of, channel, message } if of == snapshot => {
                if let Some(at) = self.place.get(&message) {
                    self.fates[*at].kept += 1;
                    self.kept[channel.index()].push(*at);
                }
            }
            Event::Opened { snapshot: of, channel } if of == snapshot => {
                for at in self.kept[channel.index()].drain(..) {
                    self.fates[at].kept -= 1;
                }
                self.closed[channel.index()] = false;
                self.opened[channel.index()] = true;
            }
            Event::Closed { snapshot: of, channel } if of == snapshot => self.closed[channel.index()] = true,
            Event::Left { snapshot: of, channel } if of == snapshot => self.leave_all(&[channel]),
            _ => {}
        }
    }

    /// These channels belong to no snapshot from here on, but for what is being recorded of them.
    pub(super) fn keep_out(&mut self, channels: &[ChannelId]) {
        for channel in channels.iter().filter(|channel| !self.opened[channel.index()]) {
            self.closed[channel.index()] = true;
        }
    }

    /// The same for all channels into and out of a process.
    pub(super) fn keep_out_all(&mut self, topology: &Topology, process: ProcessId) {
        self.keep_out(topology.incoming(process));
        self.keep_out(topology.outgoing(process));
    }

    /// What is under way on these channels was left to the transport.
    pub(super) fn leave_all(&mut self, channels: &[ChannelId]) {
        for channel in channels {
            self.closed[channel.index()] = true;
            self.left[channel.index()] = true;
        }
    }

    pub(super) fn is_left(&self, channel: ChannelId) -> bool {
        self.left[channel.index()]
    }

    /// What of a channel belongs to the recorded state: what was recorded, and what the transport sends again.
    fn under_way(&self, channel: usize) -> impl Iterator<Item = usize> + '_ {
        let of = move |(at, fate): (usize, &Fate)| {
            (fate.channel.index() == channel && fate.class() == Class::InChannel).then_some(at)
        };
        let left = self.fates.iter().enumerate().filter_map(of).take_while(move |_| self.left[channel]);
        self.kept[channel].iter().copied().filter(move |_| !self.left[channel]).chain(left)
    }

    pub(super) fn is_closed(&self, channel: ChannelId) -> bool {
        self.closed[channel.index()]
    }

    pub(super) fn fates(&self) -> &[Fate] {
        &self.fates
    }

    /// What the messages in the recorded channel states carry, and those that the transport sends again.
    pub(super) fn kept(&self) -> impl Iterator<Item = Payload> + '_ {
        (0..self.kept.len()).flat_map(|channel| self.under_way(channel)).map(|at| self.fates[at].payload)
    }

    /// The recorded global state, given the recorded process states.
    pub(super) fn recorded_state(&self, system: &System, processes: Vec<LocalState>) -> GlobalState {
        let mut state = GlobalState { processes, ..GlobalState::initial(system) };
        for channel in system.topology.channels() {
            for at in self.under_way(channel.index()) {
                state.put(system, channel, self.fates[at].payload);
            }
        }
        state
    }

    /// What is wrong with the messages, as far as it can be told by now.
    pub(super) fn faults(&self, system: &System, recorded: &[bool]) -> Vec<Fault> {
        let mut faults = Vec::new();
        for fate in &self.fates {
            let channel = system.topology.channel(fate.channel);
            let known = recorded[channel.from.index()] && recorded[channel.to.index()];
            let expected = u32::from(fate.class() == Class::InChannel);
            if fate.class() == Class::Orphan && known {
                faults.push(Fault::OrphanInProcess(fate.message));
            } else if fate.kept > 0 && !fate.sent_inside {
                faults.push(Fault::OrphanInChannel(fate.message));
            } else if (fate.kept > expected || fate.receipts_inside > 1) && known {
                faults.push(Fault::Twice(fate.message));
            } else if fate.kept < expected && known && self.is_closed(fate.channel) && !self.is_left(fate.channel) {
                faults.push(Fault::Missing(fate.message));
            }
        }
        let fifo = |channel: &ChannelId| system.topology.channel(*channel).order == Order::Fifo;
        let disordered = |channel: &ChannelId| !self.kept[channel.index()].is_sorted();
        faults.extend(system.topology.channels().filter(fifo).filter(disordered).map(Fault::OutOfOrder));
        faults
    }
}
