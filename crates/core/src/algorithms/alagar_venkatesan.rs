//! S. Alagar and S. Venkatesan, "An optimal algorithm for distributed snapshots with causal message ordering", Information
//! Processing Letters 50(6), 1994, 311-316: causal delivery does what markers do on FIFO channels.
//!
//! The initiator records and sends a token to everybody, in one step. *Whoever gets the token records, and answers that it
//! has; when all have, the initiator says so to everybody.* A message is old if it was sent before its sender recorded.
//! Nobody gets a message that is not old before its own token, since the token was sent first. Old messages that come
//! between the token and the last word were under way; after the last word no more come, since each was sent before its
//! sender's answer. Whether a message is old it says itself, by one bit a snapshot.
//!
//! Needs causal delivery ([`super::causal`], which is part of it here) and ways between the initiator and everybody. Costs
//! 3(n-1) control messages. What was under way is recorded by who receives it.

use super::causal::{Delivery, Matrix, Tokens};
use super::chandy_lamport::{marker_owed_by, owed_marker};
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

/// The algorithm of Alagar and Venkatesan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct AlagarVenkatesan {
    /// In which order items are delivered.
    pub delivery: Delivery,
    /// How everybody is told.
    pub tokens: Tokens,
}

/// What a control message says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// The snapshot has begun.
    Token,
    /// The sender has recorded.
    Done,
    /// All have.
    Terminate,
}

/// A control message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Control {
    /// What it says.
    pub word: Word,
    /// Of which snapshot.
    pub snapshot: SnapshotId,
    /// What its sender knew to have been sent.
    pub carried: Box<Matrix>,
}

/// What rides on a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// What its sender knew to have been sent.
    pub carried: Matrix,
    /// For which snapshots it is not old.
    pub recorded: Colours,
}

/// What a process remembers.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Memory {
    matrix: Matrix,
    taken: Vec<Taken>,
}

/// A snapshot for which a process has recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Taken {
    snapshot: SnapshotId,
    /// Whether the channels into this process are still recorded.
    is_open: bool,
    /// At the initiator: how many others have recorded.
    done: u16,
}

impl Memory {
    fn taken(&mut self, snapshot: SnapshotId) -> Option<&mut Taken> {
        self.taken.iter_mut().find(|taken| taken.snapshot == snapshot)
    }

    fn recorded(&self) -> Colours {
        Colours::of(self.taken.iter().map(|taken| taken.snapshot))
    }

    fn record(&mut self, here: Here<'_>, snapshot: SnapshotId, out: &mut Effects<Control>) {
        if self.taken(snapshot).is_none() {
            here.begin(snapshot, out);
            let at = self.taken.partition_point(|other| other.snapshot < snapshot);
            self.taken.insert(at, Taken { snapshot, is_open: true, done: 0 });
        }
    }

    fn close(&mut self, here: Here<'_>, snapshot: SnapshotId, out: &mut Effects<Control>) {
        if self.taken(snapshot).is_some_and(|taken| std::mem::replace(&mut taken.is_open, false)) {
            out.extend(here.incoming().map(|channel| Effect::Close(snapshot, channel)));
        }
    }

    fn tell(
        &mut self,
        here: Here<'_>,
        whom: impl Iterator<Item = ProcessId> + Clone,
        (word, snapshot): (Word, SnapshotId),
        out: &mut Effects<Control>,
    ) {
        self.matrix.tell(here, whom, |carried| Control { word, snapshot, carried }, out);
    }

    /// Tells everybody the last word when all have recorded.
    fn advance(&mut self, here: Here<'_>, snapshot: SnapshotId, out: &mut Effects<Control>) {
        if self.taken(snapshot).is_some_and(|taken| usize::from(taken.done) == here.others().count()) {
            self.tell(here, here.others(), (Word::Terminate, snapshot), out);
            self.close(here, snapshot, out);
        }
    }
}

impl Algorithm for AlagarVenkatesan {
    type Memory = Memory;
    type Control = Control;
    type Tag = Box<Tag>;

    fn role(&self, control: &Control) -> ControlRole {
        match control.word {
            Word::Token => ControlRole::Begin(control.snapshot),
            Word::Done => ControlRole::Ready(control.snapshot),
            Word::Terminate => ControlRole::Complete(control.snapshot),
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
            Arriving::Message(tag) => &tag.carried,
            Arriving::Control(control) => &control.carried,
        };
        self.delivery.may_receive(here, &memory.matrix, channel, carried)
    }

    fn initiate(&self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Control>) {
        memory.record(here, snapshot, out);
        match self.tokens {
            Tokens::Together => memory.tell(here, here.others(), (Word::Token, snapshot), out),
            Tokens::OneByOne => {
                let ways = here.others().filter_map(|other| here.way_to(other));
                out.extend(ways.map(|way| Effect::SetTimer(owed_marker(snapshot, way))));
            }
        }
        memory.advance(here, snapshot, out);
    }

    fn send(&self, here: Here<'_>, memory: &mut Memory, channel: ChannelId, _out: &mut Effects<Control>) -> Box<Tag> {
        let carried = *memory.matrix.send(here.process, here.topology().channel(channel).to);
        Box::new(Tag { carried, recorded: memory.recorded() })
    }

    fn receive(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        tag: &Box<Tag>,
        out: &mut Effects<Control>,
    ) {
        memory.matrix.receive(here.topology().channel(channel).from, here.process, &tag.carried);
        if here.topology().is_recorded(channel) {
            let old = memory.taken.iter().filter(|taken| taken.is_open && !tag.recorded.is_red(taken.snapshot));
            out.extend(old.map(|taken| Effect::Keep(taken.snapshot)));
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
        match control.word {
            Word::Token => {
                memory.record(here, snapshot, out);
                memory.tell(here, std::iter::once(from), (Word::Done, snapshot), out);
            }
            Word::Done => {
                if let Some(taken) = memory.taken(snapshot) {
                    taken.done += 1;
                }
                memory.advance(here, snapshot, out);
            }
            Word::Terminate => memory.close(here, snapshot, out),
        }
    }

    fn ring(&self, here: Here<'_>, memory: &mut Memory, timer: TimerId, out: &mut Effects<Control>) {
        let (snapshot, way) = marker_owed_by(timer);
        memory.tell(here, std::iter::once(here.topology().channel(way).to), (Word::Token, snapshot), out);
    }

    fn tag_roles(&self, tag: &Box<Tag>, to: ProcessId) -> Vec<TagRole> {
        vec![TagRole::Colours(tag.recorded), TagRole::After(tag.carried.sent_to(to))]
    }

    fn costs(&self, facts: &Facts) -> Costs {
        let others = facts.processes.saturating_sub(1);
        let controls = Formula::exactly("3(n-1) r", 3 * others * facts.initiators);
        Costs { controls: Some(controls), tag_bits: None, delay: None }
    }

    fn lacks(&self, system: &System) -> Option<Lack> {
        ways::from_nobody(&system.topology)
    }
}

impl Explorable for AlagarVenkatesan {}

impl Pack for Control {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(self.word as u8);
        self.snapshot.pack(out);
        self.carried.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let word = match u8::unpack(from)? {
            0 => Word::Token,
            1 => Word::Done,
            2 => Word::Terminate,
            _ => return None,
        };
        Some(Self { word, snapshot: Pack::unpack(from)?, carried: Pack::unpack(from)? })
    }
}

pack_fields!(Tag { carried, recorded });

pack_fields!(Memory { matrix, taken });

impl Pack for Taken {
    fn pack(&self, out: &mut Vec<u8>) {
        self.snapshot.pack(out);
        (self.is_open, self.done).pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let (snapshot, (is_open, done)) = (Pack::unpack(from)?, Pack::unpack(from)?);
        Some(Self { snapshot, is_open, done })
    }
}
