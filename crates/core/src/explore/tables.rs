//! The tables of [`super::parts`]: one for each process, one for each channel.

use super::intern::Interner;
use super::scratch::Scratch;
use super::setup::bit;
use crate::action::Action;
use crate::explore::Explorable;
use crate::ids::{ProcessId, SnapshotId};
use crate::topology::{self, Order};
use std::ops::Range;

/// Stands where no answer has been found yet.
pub(super) const UNKNOWN: u32 = u32::MAX;
/// Stands where the answer is that it cannot be done.
pub(super) const BLOCKED: u32 = u32::MAX - 1;

/// What leads from one state to the next: for a process a place among its moves, for a channel an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) part: u32,
    pub(super) which: u32,
}

/// What an action brings about.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    /// Where it happens.
    pub(super) process: u32,
    /// What the process then holds.
    pub(super) local: u32,
    /// What is put into channels: a range of the list of pushes.
    pub(super) pushes_from: u32,
    pub(super) pushes_to: u32,
    /// The snapshots for which the process records in it.
    pub(super) recorded: u64,
    /// Whether it does nothing but finish the recording of a channel.
    pub(super) closing: bool,
}

/// An item that is put into a channel.
#[derive(Clone, Copy, Debug)]
pub(super) struct Push {
    pub(super) channel: u32,
    pub(super) item: u32,
}

/// Something that a process can do by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Move {
    pub(super) action: Action,
    pub(super) outcome: u32,
}

/// What one process was seen to hold.
#[derive(Clone, Debug)]
pub(super) struct Process {
    id: ProcessId,
    snapshots: u16,
    pub(super) table: Interner,
    /// By what it holds: the snapshots for which it has recorded, and those for which its channels are recorded too.
    progress: Vec<(u64, u64)>,
    /// By what it holds and snapshot: the number of what was recorded there, once that is finished.
    records: Vec<u32>,
    record_tables: Vec<Interner>,
    pub(super) moves: Vec<Move>,
    places: Vec<(u32, u32)>,
}

impl Process {
    pub(super) fn new(id: ProcessId, snapshots: u16) -> Self {
        Self {
            id,
            snapshots,
            table: Interner::default(),
            progress: Vec::new(),
            records: Vec::new(),
            record_tables: vec![Interner::default(); usize::from(snapshots)],
            moves: Vec::new(),
            places: Vec::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.table.len()
    }

    pub(super) fn bytes(&self) -> usize {
        self.table.bytes() + self.moves.len() * size_of::<Move>() + self.len() * (24 + 4 * usize::from(self.snapshots))
    }

    /// Notes of something new that the process holds in the scratch world how far the snapshots have come there.
    pub(super) fn note<A: Explorable>(&mut self, scratch: &Scratch<A>, recorded: u64, done: u64) {
        self.progress.push((recorded, done));
        self.places.push((UNKNOWN, UNKNOWN));
        for id in (0..self.snapshots).map(SnapshotId) {
            let number = if done & bit(id) == 0 {
                UNKNOWN
            } else {
                self.record_tables[id.index()].intern(&scratch.pack_record(self.id, id))
            };
            self.records.push(number);
        }
    }

    #[inline]
    pub(super) fn progress(&self, local: u32) -> (u64, u64) {
        self.progress[local as usize]
    }

    /// The number of what was recorded there, once that is finished.
    pub(super) fn record(&self, local: u32, snapshot: SnapshotId) -> u32 {
        self.records[local as usize * usize::from(self.snapshots) + snapshot.index()]
    }

    /// What was recorded, by its number.
    pub(super) fn record_bytes(&self, snapshot: SnapshotId, record: u32) -> &[u8] {
        self.record_tables[snapshot.index()].get(record)
    }

    #[inline]
    pub(super) fn moves_of(&self, local: u32) -> Option<Range<usize>> {
        let (from, to) = self.places[local as usize];
        (from != UNKNOWN).then_some(from as usize..to as usize)
    }

    pub(super) fn set_moves(&mut self, local: u32, moves: &[(Action, u32)]) {
        let from = self.moves.len() as u32;
        self.moves.extend(moves.iter().map(|(action, outcome)| Move { action: *action, outcome: *outcome }));
        self.places[local as usize] = (from, self.moves.len() as u32);
    }
}

/// An item that can be taken from a channel, and what the channel then holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Take {
    pub(super) item: u32,
    pub(super) rest: u32,
}

/// What one channel was seen to hold.
#[derive(Clone, Debug)]
pub(super) struct Channel {
    /// The receiving process.
    pub(super) to: usize,
    order: Order,
    pub(super) items: Interner,
    queues: Interner,
    pub(super) takes: Vec<Take>,
    places: Vec<(u32, u32)>,
    /// By queue and item: the queue with the item added.
    pub(super) appended: Grid,
    /// By what the receiver holds and item: what comes of receiving it.
    pub(super) arrivals: Grid,
}

impl Channel {
    pub(super) fn new(channel: &topology::Channel) -> Self {
        let mut empty = Self {
            to: channel.to.index(),
            order: channel.order,
            items: Interner::default(),
            queues: Interner::default(),
            takes: Vec::new(),
            places: Vec::new(),
            appended: Grid::default(),
            arrivals: Grid::default(),
        };
        empty.intern(&[]);
        empty
    }

    pub(super) fn len(&self) -> usize {
        self.queues.len()
    }

    pub(super) fn bytes(&self) -> usize {
        let tables = self.items.bytes() + self.queues.bytes() + self.appended.bytes() + self.arrivals.bytes();
        tables + self.takes.len() * size_of::<Take>() + self.places.len() * 8
    }

    /// The items of a queue, head first; of a channel without order, by number.
    pub(super) fn queue(&self, queue: u32) -> impl Iterator<Item = u32> + use<'_> {
        self.queues.get(queue).as_chunks::<4>().0.iter().map(|item| u32::from_le_bytes(*item))
    }

    /// The number of a queue, if it was seen.
    pub(super) fn find(&self, items: &[u32]) -> Option<u32> {
        self.queues.find(&items.iter().flat_map(|item| item.to_le_bytes()).collect::<Vec<u8>>())
    }

    fn intern(&mut self, items: &[u32]) -> u32 {
        let bytes: Vec<u8> = items.iter().flat_map(|item| item.to_le_bytes()).collect();
        let queue = self.queues.intern(&bytes);
        if self.places.len() < self.queues.len() {
            self.places.push((UNKNOWN, UNKNOWN));
        }
        queue
    }

    /// The queue with an item added.
    pub(super) fn append(&mut self, queue: u32, item: u32) -> u32 {
        let known = self.appended.get(queue, item);
        if known != UNKNOWN {
            return known;
        }
        let mut items: Vec<u32> = self.queue(queue).collect();
        let at = match self.order {
            Order::Fifo => items.len(),
            Order::Unordered => items.partition_point(|other| *other <= item),
        };
        items.insert(at, item);
        let longer = self.intern(&items);
        self.appended.set(queue, item, longer);
        longer
    }

    #[inline]
    pub(super) fn takes_of(&self, queue: u32) -> Option<&[Take]> {
        let (from, to) = self.places[queue as usize];
        (from != UNKNOWN).then(|| &self.takes[from as usize..to as usize])
    }

    pub(super) fn take_places(&self, queue: u32) -> Range<usize> {
        let (from, to) = self.places[queue as usize];
        from as usize..to as usize
    }

    /// Finds what can be taken from a queue: of a FIFO channel the head, otherwise one of each kind.
    pub(super) fn find_takes(&mut self, queue: u32) {
        if self.takes_of(queue).is_some() {
            return;
        }
        let items: Vec<u32> = self.queue(queue).collect();
        let reach = if self.order == Order::Fifo { 1 } else { items.len() };
        let from = self.takes.len() as u32;
        for at in (0..items.len()).take(reach) {
            if at > 0 && items[at] == items[at - 1] {
                continue;
            }
            let mut rest = items.clone();
            let item = rest.remove(at);
            let rest = self.intern(&rest);
            self.takes.push(Take { item, rest });
        }
        self.places[queue as usize] = (from, self.takes.len() as u32);
    }
}

/// A table with two numbers for a key, both of which may grow.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    columns: usize,
    cells: Vec<u32>,
}

impl Grid {
    #[inline]
    pub(super) fn get(&self, row: u32, column: u32) -> u32 {
        if column as usize >= self.columns {
            return UNKNOWN;
        }
        self.cells.get(row as usize * self.columns + column as usize).copied().unwrap_or(UNKNOWN)
    }

    pub(super) fn set(&mut self, row: u32, column: u32, value: u32) {
        let (row, column) = (row as usize, column as usize);
        if column >= self.columns {
            let columns = (column + 1).next_power_of_two();
            let rows = self.cells.len().checked_div(self.columns).unwrap_or(0);
            let mut cells = vec![UNKNOWN; rows * columns];
            for row in 0..rows {
                let old = &self.cells[row * self.columns..(row + 1) * self.columns];
                cells[row * columns..row * columns + self.columns].copy_from_slice(old);
            }
            (self.columns, self.cells) = (columns, cells);
        }
        if self.cells.len() < (row + 1) * self.columns {
            self.cells.resize((row + 1) * self.columns, UNKNOWN);
        }
        self.cells[row * self.columns + column] = value;
    }

    fn bytes(&self) -> usize {
        self.cells.len() * 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_keeps_what_it_is_told_while_it_grows() {
        let mut grid = Grid::default();
        let key = |n: u32| (n * 7 % 41, n * 5 % 23);
        for n in 0..41 * 23 {
            let (row, column) = key(n);
            grid.set(row, column, n);
        }
        for n in 0..41 * 23 {
            assert_eq!(grid.get(key(n).0, key(n).1), n);
        }
        assert_eq!((grid.get(41, 0), grid.get(0, 99)), (UNKNOWN, UNKNOWN));
    }
}
