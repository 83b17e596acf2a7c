//! What may go wrong in the channels of an exploration: items are lost or repeated, so many times in all.
//!
//! Of what may go wrong ([`Faults`]) only that is found here; for the rest states are explored whole ([`super::whole`]).
//! How often it has happened so far is one more part of a state. What it makes of a queue is worked out once for each
//! queue.

use super::tables::{Channel, Label, UNKNOWN};
use crate::action::{Action, Copied};
use crate::faults::{Faults, Target};
use crate::ids::ChannelId;
use crate::topology::Order;

impl Faults {
    /// In how many ways they can have been used up.
    pub(super) fn counts(self) -> usize {
        (usize::from(self.losses) + 1) * (usize::from(self.copies) + 1)
    }

    /// What is used up after one more, given what is by now; none if no more may happen.
    fn after(self, used: u32, what: What) -> Option<u32> {
        let width = u32::from(self.copies) + 1;
        let (losses, copies) = (used / width, used % width);
        match what {
            What::Loss => (losses < u32::from(self.losses)).then_some(used + width),
            What::Copy => (copies < u32::from(self.copies)).then_some(used + 1),
        }
    }
}

/// What can happen to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Loss,
    Copy,
}

/// Stands in a label where an item is lost.
const LOSS: u16 = u16::MAX - 1;
/// Stands in a label where an item is repeated.
const COPY: u16 = u16::MAX - 2;

impl What {
    fn mark(self) -> u16 {
        match self {
            Self::Loss => LOSS,
            Self::Copy => COPY,
        }
    }

    /// What a label is about, if it is about a mishap.
    pub(super) fn of(label: Label) -> Option<Self> {
        [Self::Loss, Self::Copy].into_iter().find(|what| what.mark() == label.rule)
    }

    /// The action that does it.
    pub(super) fn action(self, channel: ChannelId, position: u32, copy: Copied) -> Action {
        match self {
            Self::Loss => Action::Lose { channel, position },
            Self::Copy => Action::Duplicate { channel, position, copy },
        }
    }
}

/// Something that can happen to a queue.
#[derive(Clone, Copy, Debug)]
struct Mishap {
    what: What,
    /// Of a FIFO channel the position, otherwise the item.
    which: u32,
    queue: u32,
}

/// What can happen to the queues of one channel, as far as somebody asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Mishaps {
    all: Vec<Mishap>,
    places: Vec<(u32, u32)>,
}

impl Mishaps {
    /// What can happen to a queue when so much is used up: the label, the queue afterwards and what is then used up.
    /// None if nobody has found out yet.
    pub(super) fn of(
        &self,
        faults: Faults,
        (part, queue): (usize, u32),
        used: u32,
    ) -> Option<impl Iterator<Item = (Label, u32, u32)> + '_> {
        let (from, to) = self.places.get(queue as usize).copied().filter(|(from, _)| *from != UNKNOWN)?;
        let possible = move |mishap: &Mishap| {
            let label = Label { part: part as u16, rule: mishap.what.mark(), which: mishap.which };
            faults.after(used, mishap.what).map(|used| (label, mishap.queue, used))
        };
        Some(self.all[from as usize..to as usize].iter().filter_map(possible))
    }

    /// Finds out what can happen to a queue: something for each position, or where there is no order for each
    /// different item.
    pub(super) fn find(&mut self, faults: Faults, channel: &mut Channel, queue: u32) {
        if self.places.len() <= queue as usize {
            self.places.resize(queue as usize + 1, (UNKNOWN, UNKNOWN));
        }
        if self.places[queue as usize].0 != UNKNOWN {
            return;
        }
        let items: Vec<u32> = channel.queue(queue).collect();
        let has_order = channel.order() == Order::Fifo;
        let from = self.all.len() as u32;
        for (at, item) in items.iter().enumerate() {
            if !faults.target.includes(channel.items.get(*item)) || !has_order && items[..at].contains(item) {
                continue;
            }
            let which = if has_order { at as u32 } else { *item };
            let (mut fewer, mut more) = (items.clone(), items.clone());
            fewer.remove(at);
            let is_tail = has_order && faults.copied == Copied::Tail;
            more.insert(if is_tail { items.len() } else { at + 1 }, *item);
            for (what, items) in [(What::Loss, fewer), (What::Copy, more)] {
                self.all.push(Mishap { what, which, queue: channel.intern(&items) });
            }
        }
        self.places[queue as usize] = (from, self.all.len() as u32);
    }

    pub(super) fn bytes(&self) -> usize {
        self.all.capacity() * size_of::<Mishap>() + self.places.capacity() * 8
    }
}

impl Target {
    fn includes(self, item: &[u8]) -> bool {
        match self {
            Self::Any => true,
            Self::Messages => item.first() == Some(&0),
            Self::Controls => item.first() == Some(&1),
        }
    }
}
