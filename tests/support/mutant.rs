//! Any algorithm with one thing about it broken. A suite that does not notice is too weak.

use cutline_core::algorithm::{Algorithm, Arriving, Effect, Effects, Here};
use cutline_core::event::ControlRole;
use cutline_core::{ChannelId, Rejected, SnapshotId, TimerId};

/// What is broken about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Messages carry what they would carry if nothing had happened before.
    BlankTags,
    /// Nothing is held back.
    HoldsNothing,
    /// Nothing that was under way is kept.
    KeepsNothing,
    /// Every channel is recorded as empty.
    ClosesAtOnce,
    /// What comes on every other channel goes unnoticed.
    Overlooks,
}

impl Flaw {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::BlankTags, Self::HoldsNothing, Self::KeepsNothing, Self::ClosesAtOnce, Self::Overlooks];
}

/// An algorithm with a flaw.
#[derive(Clone, Copy, Debug)]
pub struct Mutant<A> {
    /// The algorithm.
    pub own: A,
    /// The flaw.
    pub flaw: Flaw,
}

impl<A: Algorithm> Mutant<A> {
    fn spoil(&self, out: &mut Effects<A::Control>) {
        match self.flaw {
            Flaw::KeepsNothing => {
                out.retain(|effect| !matches!(effect, Effect::Keep(_)));
                for effect in out {
                    if let Effect::Settle { numbers, .. } = effect {
                        numbers.clear();
                    }
                }
            }
            Flaw::ClosesAtOnce => {
                out.retain(|effect| !matches!(effect, Effect::Close(..) | Effect::Keep(_)));
                let close = |effect: &Effect<A::Control>| match effect {
                    Effect::Open(snapshot, channel) => Some(Effect::Close(*snapshot, *channel)),
                    _ => None,
                };
                let closed: Vec<_> = out.iter().filter_map(close).collect();
                out.extend(closed);
            }
            _ => {}
        }
    }
}

impl<A: Algorithm> Algorithm for Mutant<A> {
    type Memory = A::Memory;
    type Control = A::Control;
    type Tag = A::Tag;

    fn blank(&self) -> A::Memory {
        self.own.blank()
    }

    fn role(&self, control: &A::Control) -> ControlRole {
        self.own.role(control)
    }

    fn may_initiate(&self, here: Here<'_>, memory: &A::Memory, snapshot: SnapshotId) -> Result<(), Rejected> {
        self.own.may_initiate(here, memory, snapshot)
    }

    fn may_send(&self, here: Here<'_>, memory: &A::Memory, channel: ChannelId) -> Result<(), Rejected> {
        self.own.may_send(here, memory, channel)
    }

    fn may_receive(
        &self,
        here: Here<'_>,
        memory: &A::Memory,
        channel: ChannelId,
        arriving: Arriving<'_, Self>,
    ) -> Result<(), Rejected> {
        let arriving = match arriving {
            _ if self.flaw == Flaw::HoldsNothing => return Ok(()),
            Arriving::Message(tag) => Arriving::Message(tag),
            Arriving::Control(control) => Arriving::Control(control),
        };
        self.own.may_receive(here, memory, channel, arriving)
    }

    fn initiate(&self, here: Here<'_>, memory: &mut A::Memory, snapshot: SnapshotId, out: &mut Effects<A::Control>) {
        self.own.initiate(here, memory, snapshot, out);
        self.spoil(out);
    }

    fn send(
        &self,
        here: Here<'_>,
        memory: &mut A::Memory,
        channel: ChannelId,
        out: &mut Effects<A::Control>,
    ) -> A::Tag {
        let tag = self.own.send(here, memory, channel, out);
        match self.flaw {
            Flaw::BlankTags => self.own.send(here, &mut self.own.blank(), channel, &mut Effects::new()),
            _ => tag,
        }
    }

    fn receive(
        &self,
        here: Here<'_>,
        memory: &mut A::Memory,
        channel: ChannelId,
        tag: &A::Tag,
        out: &mut Effects<A::Control>,
    ) {
        if self.flaw != Flaw::Overlooks || channel.index().is_multiple_of(2) {
            self.own.receive(here, memory, channel, tag, out);
        }
        self.spoil(out);
    }

    fn control(
        &self,
        here: Here<'_>,
        memory: &mut A::Memory,
        channel: ChannelId,
        control: &A::Control,
        out: &mut Effects<A::Control>,
    ) {
        self.own.control(here, memory, channel, control, out);
        self.spoil(out);
    }

    fn ring(&self, here: Here<'_>, memory: &mut A::Memory, timer: TimerId, out: &mut Effects<A::Control>) {
        self.own.ring(here, memory, timer, out);
        self.spoil(out);
    }
}
