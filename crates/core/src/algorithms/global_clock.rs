//! Record when the local clock reads T: synchronised clocks in place of messages. (Schmuck, Cristian and Jahanian, SRDS
//! 1991, have protocols of this kind; the condition below follows from a sum of three terms.)
//!
//! A message is an orphan if its sender's clock read T or more when it was sent and its receiver's less when it came. With
//! clocks that differ by at most eps while a message takes at least d, of rate within 1 +- rho, that cannot happen if
//! (1 - rho) d >= eps, and can otherwise. *Remedies*: messages carry what the sender's clock read, and one with a stamp of
//! T or more makes its receiver record first (then T is a colour, and no clock has to be right); or it is held back until
//! the receiver's clock has reached the stamp; or nobody sends for so long after T that it cannot matter.
//!
//! What was under way is found by counting, as by Lai and Yang. Recording comes before anything else at the same reading.

use super::lai_yang::{Colours, Count, Memory as Counters};
use crate::algorithm::{Algorithm, Arriving, Effects, Here};
use crate::event::ControlRole;
use crate::explore::{Explorable, Pack};
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::meters::{Costs, Facts, Formula, width};
use crate::rejected::Rejected;
use crate::riding::TagRole;
use crate::system::System;
use crate::time::{Clock, Time};

/// Everybody records when the own clock reads the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GlobalClock {
    /// For the first snapshot the clock has to read this, for the next twice as much, and so on. At least 1.
    pub every: i64,
    /// What is done about clocks that differ.
    pub remedy: Remedy,
}

/// What is done about clocks that differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Remedy {
    /// Nothing: right only if (1 - rho) d >= eps.
    #[default]
    None,
    /// A message with a later stamp makes its receiver record first.
    Stamps,
    /// A message is held back until the receiver's clock has reached its stamp.
    Holding,
    /// Nothing is sent for so many units of the own clock after T.
    Silence(u32),
}

/// What a process remembers.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Memory {
    counters: Counters,
    /// What was announced for snapshots that are still to be recorded.
    early: Vec<(ChannelId, SnapshotId, u32)>,
    /// How many messages came that were sent after the moment of a snapshot that was still to be recorded: orphans.
    orphans: Vec<(ChannelId, SnapshotId, u32)>,
}

impl GlobalClock {
    /// What the clock has to read for a snapshot.
    #[must_use]
    pub fn moment(self, snapshot: SnapshotId) -> i64 {
        self.every.max(1).saturating_mul(i64::from(snapshot.0) + 1)
    }

    /// The snapshots whose moment is not after this reading.
    fn due(self, reading: i64) -> Colours {
        let snapshots = (0..crate::world::MAX_SNAPSHOTS).map(SnapshotId);
        Colours::of(snapshots.filter(|snapshot| self.moment(*snapshot) <= reading))
    }

    /// Records in all of these snapshots, unless that is done.
    fn record(self, here: Here<'_>, memory: &mut Memory, snapshots: Colours, out: &mut Effects<Count>) {
        for snapshot in Colours(snapshots.0 & !memory.counters.reds().0).snapshots() {
            memory.counters.record(here, snapshot, out);
            for (channel, _, messages) in memory.orphans.extract_if(.., |(_, of, _)| *of == snapshot) {
                memory.counters.discount(channel, snapshot, messages);
            }
            for (channel, _, messages) in memory.early.extract_if(.., |(_, of, _)| *of == snapshot) {
                memory.counters.announced(channel, &Count { snapshot, messages }, out);
            }
        }
    }
}

impl Algorithm for GlobalClock {
    type Memory = Memory;
    type Control = Count;
    type Tag = i64;

    fn role(&self, control: &Count) -> ControlRole {
        ControlRole::Count { snapshot: control.snapshot, messages: control.messages }
    }

    fn may_initiate(&self, here: Here<'_>, memory: &Memory, snapshot: SnapshotId) -> Result<(), Rejected> {
        let process = here.process;
        if memory.counters.reds().is_red(snapshot) {
            return Err(Rejected::AlreadyRecorded { process, snapshot });
        }
        let (reads, wanted) = (here.clock(), self.moment(snapshot));
        if reads < wanted { Err(Rejected::TooEarly { process, reads, wanted }) } else { Ok(()) }
    }

    fn may_send(&self, here: Here<'_>, _memory: &Memory, channel: ChannelId) -> Result<(), Rejected> {
        let Remedy::Silence(lasts) = self.remedy else { return Ok(()) };
        let since = here.clock().rem_euclid(self.every.max(1));
        let is_silent = here.clock() >= self.every && since < i64::from(lasts);
        if is_silent { Err(Rejected::SendHeld { channel }) } else { Ok(()) }
    }

    fn may_receive(
        &self,
        here: Here<'_>,
        _memory: &Memory,
        channel: ChannelId,
        arriving: Arriving<'_, Self>,
    ) -> Result<(), Rejected> {
        let stamp = match arriving {
            Arriving::Message(stamp) => *stamp,
            Arriving::Control(count) => self.moment(count.snapshot),
        };
        if self.remedy == Remedy::Holding && stamp > here.clock() {
            return Err(Rejected::ReceiveHeld { channel });
        }
        Ok(())
    }

    fn initiate(&self, here: Here<'_>, memory: &mut Memory, _snapshot: SnapshotId, out: &mut Effects<Count>) {
        self.record(here, memory, self.due(here.clock()), out);
    }

    fn send(&self, here: Here<'_>, memory: &mut Memory, channel: ChannelId, out: &mut Effects<Count>) -> i64 {
        self.record(here, memory, self.due(here.clock()), out);
        memory.counters.add(channel);
        here.clock()
    }

    fn receive(&self, here: Here<'_>, memory: &mut Memory, channel: ChannelId, stamp: &i64, out: &mut Effects<Count>) {
        self.record(here, memory, self.due(here.clock()), out);
        let red = self.due(*stamp);
        if self.remedy == Remedy::Stamps {
            self.record(here, memory, red, out);
        }
        memory.counters.arrived(channel, red, out);
        for snapshot in Colours(red.0 & !memory.counters.reds().0).snapshots() {
            let of = |entry: &&mut (ChannelId, SnapshotId, u32)| (entry.0, entry.1) == (channel, snapshot);
            match memory.orphans.iter_mut().find(of) {
                Some(known) => known.2 += 1,
                None => memory.orphans.push((channel, snapshot, 1)),
            }
        }
        memory.counters.add(channel);
    }

    fn control(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        count: &Count,
        out: &mut Effects<Count>,
    ) {
        self.record(here, memory, self.due(here.clock()), out);
        if self.remedy == Remedy::Stamps {
            self.record(here, memory, self.due(self.moment(count.snapshot)), out);
        }
        if memory.counters.reds().is_red(count.snapshot) {
            memory.counters.announced(channel, count, out);
        } else {
            memory.early.push((channel, count.snapshot, count.messages));
        }
    }

    fn spreads(&self) -> bool {
        self.remedy == Remedy::Stamps
    }

    fn bits(&self, carried: Arriving<'_, Self>) -> Option<u32> {
        Some(match carried {
            Arriving::Message(stamp) => 1 + width(stamp.unsigned_abs()),
            Arriving::Control(count) => count.bits(),
        })
    }

    fn tag_roles(&self, stamp: &i64, _to: ProcessId) -> Vec<TagRole> {
        vec![TagRole::Clock(*stamp)]
    }

    fn costs(&self, facts: &Facts) -> Costs {
        Costs { controls: Some(Formula::exactly("e", facts.channels)), ..Costs::default() }
    }
}

impl Explorable for GlobalClock {
    /// When the clocks first read what the first snapshot takes; where there is a silence, when it is over; where messages
    /// wait for their stamps, when the other clocks reach what is then on a stamp. (What is sent at the last of these moments
    /// with a stamp that others reach later still waits in the end; it is sent after the cut.)
    fn moments(&self, system: &System) -> Vec<Time> {
        let clocks: Vec<Clock> = system.topology.processes().map(|process| system.topology.clock(process)).collect();
        let first = |reading: i64| clocks.iter().filter_map(move |clock| clock.first_reads(reading));
        let mut moments: Vec<Time> = first(self.moment(SnapshotId(0))).collect();
        match self.remedy {
            Remedy::Silence(lasts) => moments.extend(first(self.every.saturating_add(lasts.into()))),
            Remedy::Holding => {
                let stamps = moments.iter().flat_map(|now| clocks.iter().map(|clock| clock.reads(*now)));
                let stamps: Vec<i64> = stamps.collect();
                moments.extend(stamps.into_iter().flat_map(first));
            }
            Remedy::None | Remedy::Stamps => {}
        }
        moments.sort_unstable();
        moments.dedup();
        moments
    }
}

impl Pack for Memory {
    fn pack(&self, out: &mut Vec<u8>) {
        self.counters.pack(out);
        for list in [&self.early, &self.orphans] {
            let list: Vec<_> = list.iter().map(|(channel, snapshot, count)| ((*channel, *snapshot), *count)).collect();
            list.pack(out);
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let counters = Pack::unpack(from)?;
        let list = |from: &mut &[u8]| {
            let list = Vec::<((ChannelId, SnapshotId), u32)>::unpack(from)?;
            Some(list.into_iter().map(|((channel, snapshot), count)| (channel, snapshot, count)).collect())
        };
        Some(Self { counters, early: list(from)?, orphans: list(from)? })
    }
}
