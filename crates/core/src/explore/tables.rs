//! The tables of [`super::parts`]: one for each process, one for each channel.

use super::intern::{Interner, mix, slot_of};
use super::scratch::Scratch;
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
    pub(super) part: u16,
    /// For a channel: the rule that the receiver follows; [`NO_RULE`] where none has to be named.
    pub(super) rule: u16,
    pub(super) which: u32,
}

/// Stands where no rule is named.
pub(super) const NO_RULE: u16 = u16::MAX;

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
    /// The rule that has to be named for it to come about; [`NO_RULE`] if none has to.
    pub(super) rule: u16,
    /// What else may come of the same, by another rule; [`UNKNOWN`] if nothing.
    pub(super) other: u32,
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
        let tables = self.table.bytes() + self.record_tables.iter().map(Interner::bytes).sum::<usize>();
        let lists = self.progress.capacity() * 16 + self.records.capacity() * 4 + self.places.capacity() * 8;
        tables + lists + self.moves.capacity() * size_of::<Move>()
    }

    /// Notes of something new that the process holds in the scratch world how far the snapshots have come there.
    pub(super) fn note<A: Explorable>(&mut self, scratch: &Scratch<A>, recorded: u64, done: u64) {
        self.progress.push((recorded, done));
        self.places.push((UNKNOWN, UNKNOWN));
        for id in (0..self.snapshots).map(SnapshotId) {
            let number = if done & id.bit() == 0 {
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
        tables + self.takes.capacity() * size_of::<Take>() + self.places.capacity() * 8
    }

    /// How many bytes the longest queue takes.
    pub(super) fn longest(&self) -> u32 {
        self.queues.longest()
    }

    /// The items of a queue, head first; of a channel without order, by number.
    pub(super) fn queue(&self, queue: u32) -> impl Iterator<Item = u32> + use<'_> {
        self.queues.get(queue).as_chunks::<4>().0.iter().map(|item| u32::from_le_bytes(*item))
    }

    /// The number of a queue, if it was seen.
    pub(super) fn find(&self, items: &[u32]) -> Option<u32> {
        self.queues.find(&items.iter().flat_map(|item| item.to_le_bytes()).collect::<Vec<u8>>())
    }

    /// In which order it delivers.
    pub(super) fn order(&self) -> Order {
        self.order
    }

    pub(super) fn intern(&mut self, items: &[u32]) -> u32 {
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

/// A table with two numbers for a key, both of which may grow: an array while most of it is in use, and otherwise open
/// addressing with linear probing, as in [`super::intern::Interner`].
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    columns: usize,
    cells: Vec<u32>,
    used: usize,
    /// Where this is not empty, `cells` is: keys and values, [`UNKNOWN`] for a value where there is none.
    sparse: Vec<(u32, u32, u32)>,
}

/// An array of so many cells is kept whatever is in it.
const SMALL: usize = 1 << 14;

impl Grid {
    #[inline]
    pub(super) fn get(&self, row: u32, column: u32) -> u32 {
        if !self.sparse.is_empty() {
            return self.sparse[self.place(row, column)].2;
        }
        if column as usize >= self.columns {
            return UNKNOWN;
        }
        self.cells.get(row as usize * self.columns + column as usize).copied().unwrap_or(UNKNOWN)
    }

    /// The slot of a key, or an empty one where it belongs.
    fn place(&self, row: u32, column: u32) -> usize {
        let mask = self.sparse.len() - 1;
        let mut slot = slot_of(mix(0, u64::from(row) << 32 | u64::from(column)), mask);
        while self.sparse[slot].2 != UNKNOWN && (self.sparse[slot].0, self.sparse[slot].1) != (row, column) {
            slot = (slot + 1) & mask;
        }
        slot
    }

    pub(super) fn set(&mut self, row: u32, column: u32, value: u32) {
        if self.sparse.is_empty() {
            let columns = self.columns.max((column as usize + 1).next_power_of_two());
            let cells = columns * (row as usize + 1).max(self.cells.len().checked_div(self.columns).unwrap_or(0));
            if cells <= SMALL.max(self.used * 8) {
                return self.set_cell(row as usize, column as usize, columns, value);
            }
            self.disperse();
        }
        if self.used * 3 >= self.sparse.len() * 2 {
            self.rehash(self.sparse.len() * 2);
        }
        let slot = self.place(row, column);
        self.used += usize::from(self.sparse[slot].2 == UNKNOWN);
        self.sparse[slot] = (row, column, value);
    }

    fn set_cell(&mut self, row: usize, column: usize, columns: usize, value: u32) {
        if columns > self.columns {
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
        let cell = &mut self.cells[row * self.columns + column];
        self.used += usize::from(*cell == UNKNOWN);
        *cell = value;
    }

    /// Turns the array into pairs.
    fn disperse(&mut self) {
        let (columns, cells) = (self.columns, std::mem::take(&mut self.cells));
        self.rehash((self.used * 2).next_power_of_two().max(64));
        for (at, value) in cells.into_iter().enumerate().filter(|(_, value)| *value != UNKNOWN) {
            let (row, column) = ((at / columns) as u32, (at % columns) as u32);
            let slot = self.place(row, column);
            self.sparse[slot] = (row, column, value);
        }
    }

    fn rehash(&mut self, slots: usize) {
        let old = std::mem::replace(&mut self.sparse, vec![(0, 0, UNKNOWN); slots]);
        for (row, column, value) in old.into_iter().filter(|(.., value)| *value != UNKNOWN) {
            let slot = self.place(row, column);
            self.sparse[slot] = (row, column, value);
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.cells.capacity() * 4 + self.sparse.capacity() * 12
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

    #[test]
    fn a_grid_of_which_little_is_used_stays_small() {
        let mut grid = Grid::default();
        for n in 0..20_000 {
            grid.set(n, n / 2, n);
        }
        for n in 0..20_000 {
            assert_eq!((grid.get(n, n / 2), grid.get(n, n / 2 + 1)), (n, UNKNOWN));
        }
        assert!(grid.bytes() < 20_000 * 40, "{} bytes", grid.bytes());
        grid.set(7, 3, 99);
        assert_eq!(grid.get(7, 3), 99);
    }
}
