//! Any algorithm, broken in one place from outside: what it asks for, what rides on messages, or whether it holds
//! anything back is not what it says.

use cutline_core::algorithm::{Algorithm, Arriving, Effects, Here};
use cutline_core::event::ControlRole;
use cutline_core::{ChannelId, ProcessId, Rejected, SnapshotId, TimerId};
use std::fmt;

/// An algorithm with what is done to it.
#[derive(Clone)]
pub struct Tampered<A: Algorithm> {
    /// The sound one.
    pub inner: A,
    /// What becomes of what its handlers ask for.
    pub effects: fn(Handler, &mut Effects<A::Control>),
    /// What becomes of what rides on messages.
    pub tag: fn(A::Tag) -> A::Tag,
    /// Whether it may hold anything back.
    pub holds: bool,
}

/// Which handler asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handler {
    /// That of an initiation.
    Initiate,
    /// That of sending.
    Send,
    /// That of receiving an application message.
    Receive,
    /// That of receiving a control message.
    Control,
    /// That of a timer.
    Ring,
    /// That of welcoming a newcomer.
    Welcome,
    /// That of leaving.
    Leave,
}

impl<A: Algorithm> Tampered<A> {
    /// Nothing is done to it yet.
    pub fn sound(inner: A) -> Self {
        Self { inner, effects: |_, _| {}, tag: |tag| tag, holds: true }
    }
}

impl<A: Algorithm> fmt::Debug for Tampered<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tampered {:?}", self.inner)
    }
}

impl<A: Algorithm> Tampered<A> {
    fn handled<T>(
        &self,
        handler: Handler,
        out: &mut Effects<A::Control>,
        handle: impl FnOnce(&mut Effects<A::Control>) -> T,
    ) -> T {
        let mut own = Vec::new();
        let answer = handle(&mut own);
        (self.effects)(handler, &mut own);
        out.extend(own);
        answer
    }
}

impl<A: Algorithm> Algorithm for Tampered<A> {
    type Memory = A::Memory;
    type Control = A::Control;
    type Tag = A::Tag;

    fn blank(&self) -> A::Memory {
        self.inner.blank()
    }

    fn role(&self, control: &A::Control) -> ControlRole {
        self.inner.role(control)
    }

    fn may_initiate(&self, here: Here<'_>, memory: &A::Memory, snapshot: SnapshotId) -> Result<(), Rejected> {
        self.inner.may_initiate(here, memory, snapshot)
    }

    fn may_send(&self, here: Here<'_>, memory: &A::Memory, channel: ChannelId) -> Result<(), Rejected> {
        if self.holds { self.inner.may_send(here, memory, channel) } else { Ok(()) }
    }

    fn may_receive(
        &self,
        here: Here<'_>,
        memory: &A::Memory,
        channel: ChannelId,
        arriving: Arriving<'_, Self>,
    ) -> Result<(), Rejected> {
        let arriving = match arriving {
            _ if !self.holds => return Ok(()),
            Arriving::Message(tag) => Arriving::Message(tag),
            Arriving::Control(control) => Arriving::Control(control),
        };
        self.inner.may_receive(here, memory, channel, arriving)
    }

    fn initiate(&self, here: Here<'_>, memory: &mut A::Memory, snapshot: SnapshotId, out: &mut Effects<A::Control>) {
        self.handled(Handler::Initiate, out, |out| self.inner.initiate(here, memory, snapshot, out));
    }

    fn send(
        &self,
        here: Here<'_>,
        memory: &mut A::Memory,
        channel: ChannelId,
        out: &mut Effects<A::Control>,
    ) -> A::Tag {
        (self.tag)(self.handled(Handler::Send, out, |out| self.inner.send(here, memory, channel, out)))
    }

    fn receive(
        &self,
        here: Here<'_>,
        memory: &mut A::Memory,
        channel: ChannelId,
        tag: &A::Tag,
        out: &mut Effects<A::Control>,
    ) {
        self.handled(Handler::Receive, out, |out| self.inner.receive(here, memory, channel, tag, out));
    }

    fn control(
        &self,
        here: Here<'_>,
        memory: &mut A::Memory,
        channel: ChannelId,
        control: &A::Control,
        out: &mut Effects<A::Control>,
    ) {
        self.handled(Handler::Control, out, |out| self.inner.control(here, memory, channel, control, out));
    }

    fn ring(&self, here: Here<'_>, memory: &mut A::Memory, timer: TimerId, out: &mut Effects<A::Control>) {
        self.handled(Handler::Ring, out, |out| self.inner.ring(here, memory, timer, out));
    }

    fn rested(&self, here: Here<'_>, memory: &mut A::Memory, out: &mut Effects<A::Control>) {
        self.inner.rested(here, memory, out);
    }

    fn welcome(
        &self,
        here: Here<'_>,
        memory: &mut A::Memory,
        newcomer: ProcessId,
        open: &[SnapshotId],
        out: &mut Effects<A::Control>,
    ) {
        self.handled(Handler::Welcome, out, |out| self.inner.welcome(here, memory, newcomer, open, out));
    }

    fn may_leave(&self, here: Here<'_>, memory: &A::Memory) -> Result<(), Rejected> {
        self.inner.may_leave(here, memory)
    }

    fn leave(&self, here: Here<'_>, memory: &mut A::Memory, out: &mut Effects<A::Control>) {
        self.handled(Handler::Leave, out, |out| self.inner.leave(here, memory, out));
    }

    fn lets_members_change(&self) -> bool {
        self.inner.lets_members_change()
    }

    fn has_one_initiator(&self) -> bool {
        self.inner.has_one_initiator()
    }

    fn takes_one_at_a_time(&self) -> bool {
        self.inner.takes_one_at_a_time()
    }

    fn spreads(&self) -> bool {
        self.inner.spreads()
    }
}
