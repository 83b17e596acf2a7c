//! A. Acharya and B. R. Badrinath, "Recording distributed snapshots based on causal order of message delivery", Information
//! Processing Letters 44(6), 1992, 317-321: causal delivery does what markers do on FIFO channels, and sums do the rest.
//!
//! The initiator records and sends a token to everybody, in one step. *Whoever gets the token records, and answers how many
//! messages it has sent and received on each channel.* Nobody gets a message that was sent after its sender recorded before
//! its own token, since the token was sent first. On a channel between two processes the order is that of sending. So with s
//! messages sent and r received, *messages r+1 to s were under way*; the initiator finds them when it has all answers.
//!
//! What they carried the answers have to say as well: everybody remembers what it sends, and encloses it. Needs causal
//! delivery ([`super::causal`], which is part of it here) and ways between the initiator and everybody. Costs 2(n-1) control
//! messages. Everything is recorded when the initiator has put it together, and not before.

use super::causal::{Delivery, Matrix, Tokens};
use super::chandy_lamport::{marker_owed_by, owed_marker};
use super::counts::Counts;
use super::lai_yang::Colours;
use super::ways;
use crate::algorithm::{Algorithm, Arriving, Effect, Effects, Here, Lack};
use crate::event::ControlRole;
use crate::explore::{Explorable, Pack, pack_fields};
use crate::ids::{ChannelId, ProcessId, SnapshotId, TimerId};
use crate::meters::{Costs, Facts, Formula};
use crate::rejected::Rejected;
use crate::riding::TagRole;
use crate::system::System;

/// The algorithm of Acharya and Badrinath.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AcharyaBadrinath {
    /// The snapshots that may be taken. A process counts and remembers until it has recorded in all of them.
    pub planned: Colours,
    /// In which order items are delivered.
    pub delivery: Delivery,
    /// How everybody is told.
    pub tokens: Tokens,
}

impl Default for AcharyaBadrinath {
    /// Any snapshot may be taken.
    fn default() -> Self {
        Self { planned: Colours::all(), delivery: Delivery::default(), tokens: Tokens::default() }
    }
}

/// How many messages.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Sums {
    sent: Counts<ChannelId>,
    received: Counts<ChannelId>,
}

/// A control message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Control {
    /// Of which snapshot.
    pub snapshot: SnapshotId,
    /// In an answer: what its sender had sent and received when it recorded. None in a token.
    pub answer: Option<Sums>,
    /// What its sender knew to have been sent.
    pub carried: Box<Matrix>,
}

/// What a process remembers.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Memory {
    matrix: Matrix,
    sums: Sums,
    taken: Vec<Taken>,
}

/// A snapshot for which a process has recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Taken {
    snapshot: SnapshotId,
    /// When it recorded.
    sums: Sums,
    /// At an initiator: how many have answered, and their sums together.
    answers: (u16, Sums),
}

impl Sums {
    fn add(&mut self, other: &Self) {
        other.sent.iter().for_each(|(channel, messages)| self.sent.add(channel, messages));
        other.received.iter().for_each(|(channel, messages)| self.received.add(channel, messages));
    }
}

impl Memory {
    fn taken(&mut self, snapshot: SnapshotId) -> Option<&mut Taken> {
        self.taken.iter_mut().find(|taken| taken.snapshot == snapshot)
    }

    fn recorded(&self) -> Colours {
        Colours::of(self.taken.iter().map(|taken| taken.snapshot))
    }

    fn record(&mut self, here: Here<'_>, snapshot: SnapshotId, out: &mut Effects<Control>) {
        here.begin(snapshot, out);
        let at = self.taken.partition_point(|other| other.snapshot < snapshot);
        self.taken.insert(at, Taken { snapshot, sums: self.sums.clone(), answers: (0, Sums::default()) });
    }

    fn tell(
        &mut self,
        here: Here<'_>,
        whom: impl Iterator<Item = ProcessId> + Clone,
        snapshot: SnapshotId,
        out: &mut Effects<Control>,
    ) {
        self.matrix.tell(here, whom, |carried| Control { snapshot, answer: None, carried }, out);
    }

    /// Answers a token, with all that was sent enclosed.
    fn answer(&mut self, here: Here<'_>, to: ProcessId, snapshot: SnapshotId, out: &mut Effects<Control>) {
        let Some(answer) = self.taken(snapshot).map(|taken| taken.sums.clone()) else { return };
        let Some(channel) = here.way_to(to) else { return };
        let control = Control { snapshot, answer: Some(answer), carried: self.matrix.send(here.process, to) };
        out.push(Effect::Enclose { channel, histories: here.outgoing().collect(), control });
    }

    /// Puts everything together when all have answered.
    fn advance(&mut self, here: Here<'_>, snapshot: SnapshotId, out: &mut Effects<Control>) {
        let Some(taken) = self.taken(snapshot) else { return };
        if usize::from(taken.answers.0) == here.others().count() {
            let mut all = taken.answers.1.clone();
            all.add(&taken.sums);
            for channel in here.topology().channels().filter(|channel| here.topology().is_recorded(*channel)) {
                let numbers = all.received.get(channel) + 1..=all.sent.get(channel);
                out.push(Effect::Settle { snapshot, channel, numbers: numbers.collect() });
            }
        }
    }
}

impl AcharyaBadrinath {
    fn counts_on(self, here: Here<'_>, memory: &Memory, channel: ChannelId) -> bool {
        here.topology().is_recorded(channel) && self.planned.without(memory.recorded()) != Colours::default()
    }
}

impl Algorithm for AcharyaBadrinath {
    type Memory = Memory;
    type Control = Control;
    type Tag = Box<Matrix>;

    fn role(&self, control: &Control) -> ControlRole {
        match control.answer {
            None => ControlRole::Begin(control.snapshot),
            Some(_) => ControlRole::Ready(control.snapshot),
        }
    }

    fn may_initiate(&self, here: Here<'_>, memory: &Memory, snapshot: SnapshotId) -> Result<(), Rejected> {
        if memory.recorded().is_red(snapshot) {
            return Err(Rejected::AlreadyRecorded { process: here.process, snapshot });
        }
        ways::must_be_there(ways::between(here.topology(), here.process))
    }

    fn may_receive(
        &self,
        here: Here<'_>,
        memory: &Memory,
        channel: ChannelId,
        arriving: Arriving<'_, Self>,
    ) -> Result<(), Rejected> {
        let carried = match arriving {
            Arriving::Message(carried) => carried,
            Arriving::Control(control) => &control.carried,
        };
        self.delivery.may_receive(here, &memory.matrix, channel, carried)
    }

    fn initiate(&self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Control>) {
        memory.record(here, snapshot, out);
        match self.tokens {
            Tokens::Together => memory.tell(here, here.others(), snapshot, out),
            Tokens::OneByOne => {
                let ways = here.others().filter_map(|other| here.way_to(other));
                out.extend(ways.map(|way| Effect::SetTimer(owed_marker(snapshot, way))));
            }
        }
        memory.advance(here, snapshot, out);
    }

    fn send(&self, here: Here<'_>, memory: &mut Memory, channel: ChannelId, out: &mut Effects<Control>) -> Box<Matrix> {
        if self.counts_on(here, memory, channel) {
            memory.sums.sent.add(channel, 1);
            out.push(Effect::Remember(channel, memory.sums.sent.get(channel)));
        }
        memory.matrix.send(here.process, here.topology().channel(channel).to)
    }

    fn receive(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        carried: &Box<Matrix>,
        _out: &mut Effects<Control>,
    ) {
        memory.matrix.receive(here.topology().channel(channel).from, here.process, carried);
        if self.counts_on(here, memory, channel) {
            memory.sums.received.add(channel, 1);
        }
    }

    fn control(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        control: &Control,
        out: &mut Effects<Control>,
    ) {
        let (from, snapshot) = (here.topology().channel(channel).from, control.snapshot);
        memory.matrix.receive(from, here.process, &control.carried);
        match &control.answer {
            None => {
                if !memory.recorded().is_red(snapshot) {
                    memory.record(here, snapshot, out);
                }
                memory.answer(here, from, snapshot, out);
            }
            Some(sums) => {
                if let Some(taken) = memory.taken(snapshot) {
                    taken.answers.0 += 1;
                    taken.answers.1.add(sums);
                }
                memory.advance(here, snapshot, out);
            }
        }
    }

    fn ring(&self, here: Here<'_>, memory: &mut Memory, timer: TimerId, out: &mut Effects<Control>) {
        let (snapshot, way) = marker_owed_by(timer);
        memory.tell(here, std::iter::once(here.topology().channel(way).to), snapshot, out);
    }

    fn tag_roles(&self, matrix: &Box<Matrix>, to: ProcessId) -> Vec<TagRole> {
        vec![TagRole::After(matrix.sent_to(to))]
    }

    fn costs(&self, facts: &Facts) -> Costs {
        let others = facts.processes.saturating_sub(1);
        let controls = Formula::exactly("2(n-1) r", 2 * others * facts.initiators);
        Costs { controls: Some(controls), tag_bits: None, delay: None }
    }

    fn lacks(&self, system: &System) -> Option<Lack> {
        ways::from_nobody(&system.topology)
    }
}

impl Explorable for AcharyaBadrinath {}

pack_fields!(Sums { sent, received });

pack_fields!(Control { snapshot, answer, carried });

pack_fields!(Memory { matrix, sums, taken });

pack_fields!(Taken { snapshot, sums, answers });
