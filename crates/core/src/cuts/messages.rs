//! Consistency, and where a cut puts the messages.

use super::cut::Cut;
use super::order::{EventOrder, Message};

impl EventOrder {
    /// Whether a cut is consistent, by the vector clocks: no process inside it knows of more events of another than
    /// that one has inside it (Mattern 1989). Takes time in the square of the number of processes.
    #[must_use]
    pub fn is_consistent(&self, cut: &Cut) -> bool {
        let counts = cut.counts();
        let knows_too_much = |(process, count): (usize, &u32)| {
            let clock = self.clock_after(process, *count).unwrap_or_default();
            clock.iter().zip(counts).any(|(known, inside)| known > inside)
        };
        !counts.iter().enumerate().any(knows_too_much)
    }

    /// The messages that are received inside a cut and sent outside it. A cut is consistent if there is none
    /// (Chandy and Lamport 1985, section 2). Takes time in the number of messages.
    #[must_use]
    pub fn orphans(&self, cut: &Cut) -> Vec<&Message> {
        let at = self.at(cut);
        self.messages.iter().filter(|message| at.received_inside(message) && !at.sent_inside(message)).collect()
    }

    /// The messages that are sent inside a cut and not received inside it, in the order of [`Self::messages`].
    /// Takes time in the number of messages.
    #[must_use]
    pub fn in_transit(&self, cut: &Cut) -> Vec<&Message> {
        let at = self.at(cut);
        self.messages.iter().filter(|message| at.sent_inside(message) && !at.received_inside(message)).collect()
    }

    /// For each channel what is under way on it at a cut, in the order of sending. Takes time in the number of
    /// messages.
    #[must_use]
    pub fn channel_states(&self, cut: &Cut) -> Vec<Vec<&Message>> {
        let mut states = vec![Vec::new(); self.links.len()];
        for message in self.in_transit(cut) {
            states[message.link.index()].push(message);
        }
        states
    }
}
