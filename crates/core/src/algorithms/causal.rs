//! Causal delivery: if one item was sent to a process before another, in the sense of L. Lamport's order of events, then it is
//! delivered there first, whichever ways the two came. M. Raynal, A. Schiper and S. Toueg, "The causal ordering
//! abstraction and a simple way to implement it", Information Processing Letters 39(6), 1991, 343-350.
//!
//! A process keeps a matrix of how many items it knows to have been sent from each process to each. An item carries the
//! matrix of its sender from before it was sent. *It is delivered to p when p has received from everybody as many items as
//! that matrix says were sent to p*; then p knows what the matrix knows. What p has received is in its own matrix: of what
//! is sent to p, it knows no more than what has come.
//!
//! Needs no order in the channels. Every item takes part, application messages and control messages alike. What is sent to
//! everybody at once (a causal broadcast) counts as sent to all before any of it goes out, so that each of these items knows
//! of the others: it reaches everybody before anything that was sent in the knowledge of it. That is more than to send to
//! one after another.

use super::counts::Counts;
use crate::algorithm::{Effect, Effects, Here};
use crate::explore::Pack;
use crate::ids::{ChannelId, ProcessId};
use crate::rejected::Rejected;

/// In which order items are delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Delivery {
    /// In causal order.
    #[default]
    Causal,
    /// As the network brings them: for showing what the order is for.
    AsItComes,
}

impl Delivery {
    /// Whether an item that carries this may be delivered to the process whose matrix it is.
    pub(super) fn may_receive(
        self,
        here: Here<'_>,
        matrix: &Matrix,
        channel: ChannelId,
        carried: &Matrix,
    ) -> Result<(), Rejected> {
        let in_turn = self == Self::AsItComes || matrix.has_all(here.process, carried);
        if in_turn { Ok(()) } else { Err(Rejected::ReceiveHeld { channel }) }
    }
}

/// How everybody is told that a snapshot has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tokens {
    /// All tokens go out in one step.
    #[default]
    Together,
    /// Each goes out some time, and the application goes on in between: for showing that this is wrong.
    OneByOne,
}

/// How many items are known to have been sent from each process to each.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Matrix(Counts<(ProcessId, ProcessId)>);

impl Matrix {
    /// An item is about to be sent; the answer is what it carries.
    pub fn send(&mut self, from: ProcessId, to: ProcessId) -> Box<Self> {
        let before = Box::new(self.clone());
        self.0.add((from, to), 1);
        before
    }

    /// What one of the items carries that have just been counted as sent: it knows of all of them, but not of itself.
    fn for_one_of_them(&self, from: ProcessId, to: ProcessId) -> Box<Self> {
        let mut carried = Box::new(self.clone());
        carried.0.take_one((from, to));
        carried
    }

    /// Whether everything has come to `at`, whose matrix this is, that was sent there before an item that carries `other`.
    #[must_use]
    pub fn has_all(&self, at: ProcessId, other: &Self) -> bool {
        let mut sent_here = other.0.iter().filter(|((_, to), _)| *to == at);
        sent_here.all(|(ends, items)| items <= self.0.get(ends))
    }

    /// How many items were sent to a process, and by whom, as far as is known.
    pub(super) fn sent_to(&self, receiver: ProcessId) -> Vec<(ProcessId, u32)> {
        let to_it = self.0.iter().filter(|((_, to), _)| *to == receiver);
        to_it.map(|((from, _), items)| (from, items)).collect()
    }

    /// An item has come.
    pub fn receive(&mut self, from: ProcessId, at: ProcessId, carried: &Self) {
        let elsewhere = carried.0.iter().filter(|((_, to), _)| *to != at);
        elsewhere.for_each(|(ends, items)| self.0.raise(ends, items));
        self.0.add((from, at), 1);
    }

    /// Sends control messages that take part in the order, all at once: whoever gets one knows of the others.
    pub(super) fn tell<C>(
        &mut self,
        here: Here<'_>,
        whom: impl Iterator<Item = ProcessId> + Clone,
        control: impl Fn(Box<Self>) -> C,
        out: &mut Effects<C>,
    ) {
        whom.clone().for_each(|to| self.0.add((here.process, to), 1));
        for to in whom {
            let carried = self.for_one_of_them(here.process, to);
            out.extend(here.way_to(to).map(|way| Effect::SendControl(way, control(carried))));
        }
    }
}

impl Pack for Matrix {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Pack::unpack(from).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const P: ProcessId = ProcessId(0);
    const Q: ProcessId = ProcessId(1);
    const R: ProcessId = ProcessId(2);

    /// P writes to R and then to Q; what Q writes to R after that waits for what P wrote.
    #[test]
    fn the_long_way_round_is_not_shorter() {
        let (mut p, mut q, mut r) = (Matrix::default(), Matrix::default(), Matrix::default());
        let (first, second) = (p.send(P, R), p.send(P, Q));
        assert!(q.has_all(Q, &second));
        q.receive(P, Q, &second);
        let third = q.send(Q, R);
        assert!(!r.has_all(R, &third), "it was sent in the knowledge of the first");
        assert!(r.has_all(R, &first));
        r.receive(P, R, &first);
        assert!(r.has_all(R, &third));
    }

    /// What is sent to all at once is known of by whoever has got it; what is sent to one after another is not.
    #[test]
    fn a_broadcast_is_more_than_its_parts() {
        for at_once in [true, false] {
            let (mut p, mut q, r) = (Matrix::default(), Matrix::default(), Matrix::default());
            let to_q = if at_once {
                [Q, R].iter().for_each(|to| p.0.add((P, *to), 1));
                p.for_one_of_them(P, Q)
            } else {
                let to_q = p.send(P, Q);
                p.send(P, R);
                to_q
            };
            assert!(q.has_all(Q, &to_q));
            q.receive(P, Q, &to_q);
            assert_eq!(r.has_all(R, &q.send(Q, R)), !at_once);
        }
    }
}
