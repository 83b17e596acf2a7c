//! A run as it happened: the events of each action, in order.

use crate::action::Action;
use crate::event::Event;
use crate::system::System;

/// One action with what it brought about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// What was asked for.
    pub action: Action,
    /// What happened.
    pub events: &'a [Event],
}

/// The steps of a run from its start. Enough to draw it and to judge it.
#[derive(Clone, Debug)]
pub struct Trace<'a> {
    /// The system that ran.
    pub system: &'a System,
    /// Its steps.
    pub steps: Vec<Step<'a>>,
}

impl<'a> Trace<'a> {
    /// All events in order, each with the number of its step, counted from 1.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = (usize, &'a Event)> + '_ {
        self.steps.iter().enumerate().flat_map(|(at, step)| step.events.iter().map(move |event| (at + 1, event)))
    }

    /// A number that two traces share only if, as good as certainly, the same happened in both: for comparing runs on
    /// different machines. (FNV-1a, 64 bits, over the events in writing.)
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let mut hash = 0xCBF2_9CE4_8422_2325_u64;
        for (step, event) in self.events() {
            for byte in format!("{step} {event:?}\n").bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
            }
        }
        hash
    }
}
