//! Storing snapshots as differences: what is stored of one is what has changed since the one before.
//!
//! The first, and every so many after it, are stored in full; each of the others as a delta, with
//! `state_k = apply(state_{k-1}, delta_k)`. To restore one, take its base and apply the deltas in order. What was
//! discarded is kept for as long as a delta refers to it. (This is about data, and has nothing to do with how a snapshot is
//! taken; incremental *algorithms* are another matter, see [`crate::algorithms::venkatesan`].)
//!
//! A state is cut into parts, the state of each process and the content of each channel. A delta names the parts that
//! have changed, by varints, and repeats them; what is stored is then shortened by run lengths.

use crate::bare::GlobalState;
use crate::computation::{LocalState, Payload};
use crate::explore::Pack;
use crate::ids::SnapshotId;
use std::collections::{BTreeMap, VecDeque};

/// Stored snapshots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    /// Every how many one is stored in full; at least 1.
    every: usize,
    stored: BTreeMap<SnapshotId, Stored>,
    /// The last that was put in, with its parts.
    last: Option<(SnapshotId, Parts)>,
    since_base: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Stored {
    /// The one that it is a difference to; none if it is a base.
    to: Option<SnapshotId>,
    bytes: Vec<u8>,
    /// Whether it has been discarded, and is only kept since others refer to it.
    discarded: bool,
}

/// A state in parts: processes, then channels.
type Parts = Vec<Vec<u8>>;

impl Store {
    /// An empty store, in which every so many is stored in full.
    #[must_use]
    pub fn new(every: usize) -> Self {
        Self { every: every.max(1), stored: BTreeMap::new(), last: None, since_base: 0 }
    }

    /// Stores what a snapshot recorded, and answers how many bytes that took. One that is stored already is left as
    /// it is.
    pub fn put(&mut self, snapshot: SnapshotId, state: &GlobalState) -> usize {
        if let Some(known) = self.stored.get(&snapshot) {
            return known.bytes.len();
        }
        let parts = parts_of(state);
        let base = self.last.as_ref().filter(|(_, before)| self.since_base < self.every && before.len() == parts.len());
        let (to, raw) = match base {
            Some((to, before)) => (Some(*to), difference(before, &parts)),
            None => (None, in_full(&parts)),
        };
        self.since_base = if to.is_some() { self.since_base + 1 } else { 1 };
        let bytes = shortened(&raw);
        let size = bytes.len();
        self.stored.insert(snapshot, Stored { to, bytes, discarded: false });
        self.last = Some((snapshot, parts));
        size
    }

    /// What a snapshot recorded: its base, and the deltas in order. None if it is not stored, or was discarded.
    #[must_use]
    pub fn restore(&self, snapshot: SnapshotId) -> Option<GlobalState> {
        if self.stored.get(&snapshot)?.discarded {
            return None;
        }
        let mut row = Vec::new();
        let mut next = Some(snapshot);
        while let Some(id) = next {
            let stored = self.stored.get(&id)?;
            row.push(stored);
            next = stored.to;
        }
        let mut parts = Parts::new();
        for stored in row.iter().rev() {
            let raw = lengthened(&stored.bytes)?;
            match stored.to {
                None => parts = from_full(&raw)?,
                Some(_) => apply(&mut parts, &raw)?,
            }
        }
        state_of(&parts)
    }

    /// Forgets a snapshot. Its bytes stay for as long as a delta refers to them.
    pub fn discard(&mut self, snapshot: SnapshotId) {
        if let Some(stored) = self.stored.get_mut(&snapshot) {
            stored.discarded = true;
        }
        if self.last.as_ref().is_some_and(|(last, _)| *last == snapshot) {
            self.last = None;
        }
        // Later ones refer to earlier ones, so that one pass from the end finds all.
        let mut wanted = Vec::new();
        let mut gone = Vec::new();
        for (id, stored) in self.stored.iter().rev() {
            if stored.discarded && !wanted.contains(id) {
                gone.push(*id);
            } else {
                wanted.extend(stored.to);
            }
        }
        gone.iter().for_each(|id| _ = self.stored.remove(id));
    }

    /// How many bytes are stored in all.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.stored.values().map(|stored| stored.bytes.len()).sum()
    }

    /// Whether the bytes of a snapshot are there, wanted or not.
    #[must_use]
    pub fn holds(&self, snapshot: SnapshotId) -> bool {
        self.stored.contains_key(&snapshot)
    }
}

/// How many bytes a state takes if it is stored in full.
#[must_use]
pub fn full_size(state: &GlobalState) -> usize {
    shortened(&in_full(&parts_of(state))).len()
}

fn parts_of(state: &GlobalState) -> Parts {
    let process = |state: &LocalState| {
        let mut bytes = vec![0];
        state.pack(&mut bytes);
        bytes
    };
    let channel = |content: &VecDeque<Payload>| {
        let mut bytes = vec![1];
        content.iter().copied().collect::<Vec<_>>().pack(&mut bytes);
        bytes
    };
    state.processes.iter().map(process).chain(state.channels.iter().map(channel)).collect()
}

fn state_of(parts: &Parts) -> Option<GlobalState> {
    let (mut processes, mut channels) = (Vec::new(), Vec::new());
    for part in parts {
        let (kind, mut rest) = part.split_first()?;
        match kind {
            0 => processes.push(LocalState::unpack(&mut rest)?),
            _ => channels.push(Vec::<Payload>::unpack(&mut rest)?.into()),
        }
    }
    Some(GlobalState { processes, channels })
}

fn in_full(parts: &Parts) -> Vec<u8> {
    let mut raw = Vec::new();
    parts.pack(&mut raw);
    raw
}

fn from_full(mut raw: &[u8]) -> Option<Parts> {
    Parts::unpack(&mut raw)
}

/// How far each changed part stands behind the last one, and what it is now.
fn difference(before: &Parts, after: &Parts) -> Vec<u8> {
    let mut changed: Vec<(u32, Vec<u8>)> = Vec::new();
    let mut unchanged = 0;
    for (before, after) in before.iter().zip(after) {
        if before == after {
            unchanged += 1;
        } else {
            changed.push((unchanged, after.clone()));
            unchanged = 0;
        }
    }
    let mut raw = Vec::new();
    changed.pack(&mut raw);
    raw
}

fn apply(parts: &mut Parts, mut delta: &[u8]) -> Option<()> {
    let mut at = 0;
    for (unchanged, part) in Vec::<(u32, Vec<u8>)>::unpack(&mut delta)? {
        at += unchanged as usize;
        *parts.get_mut(at)? = part;
        at += 1;
    }
    Some(())
}

/// The least that is worth a run of its own.
const RUN: usize = 3;

/// Runs of one byte, and rows of bytes as they are: a varint whose lowest bit says which, above it how many.
fn shortened(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut plain: Vec<u8> = Vec::new();
    let mut rest = raw;
    while let Some(first) = rest.first() {
        let run = rest.iter().take_while(|byte| *byte == first).count();
        let (head, tail) = rest.split_at(run);
        if run >= RUN {
            put_plain(&mut plain, &mut out);
            ((run as u64) << 1 | 1).pack(&mut out);
            out.push(*first);
        } else {
            plain.extend(head);
        }
        rest = tail;
    }
    put_plain(&mut plain, &mut out);
    out
}

fn put_plain(plain: &mut Vec<u8>, out: &mut Vec<u8>) {
    if !plain.is_empty() {
        ((plain.len() as u64) << 1).pack(out);
        out.append(plain);
    }
}

/// The most bytes that a stored snapshot may have when it is lengthened again: what comes from elsewhere may say anything.
const MOST: usize = 1 << 24;

fn lengthened(mut short: &[u8]) -> Option<Vec<u8>> {
    let mut raw = Vec::new();
    while !short.is_empty() {
        let head = u64::unpack(&mut short)?;
        let count = usize::try_from(head >> 1).ok().filter(|count| count + raw.len() <= MOST)?;
        if head & 1 == 1 {
            let (byte, rest) = short.split_first()?;
            raw.resize(raw.len() + count, *byte);
            short = rest;
        } else {
            raw.extend(short.get(..count)?);
            short = &short[count..];
        }
    }
    Some(raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(amounts: &[i64], content: &[i64]) -> GlobalState {
        GlobalState {
            processes: amounts.iter().map(|amount| LocalState::Money(*amount)).collect(),
            channels: vec![content.iter().copied().map(Payload).collect(), VecDeque::new()],
        }
    }

    #[test]
    fn run_lengths_come_back() {
        for raw in [vec![], vec![1], vec![7; 300], vec![1, 1, 2, 2, 2, 3], (0..=255).collect::<Vec<u8>>()] {
            assert_eq!(lengthened(&shortened(&raw)), Some(raw.clone()), "{raw:?}");
        }
        assert!(shortened(&[7; 300]).len() < 5);
        assert_eq!(lengthened(&[200]), None);
        assert_eq!(lengthened(&[3]), None, "a run of nothing that is there");
    }

    #[test]
    fn a_base_stays_while_a_delta_refers_to_it() {
        let (a, b, c) = (SnapshotId(0), SnapshotId(1), SnapshotId(2));
        let states = [state(&[5; 40], &[1, 2]), state(&[5; 40], &[2]), state(&[5; 40], &[])];
        let mut store = Store::new(2);
        let sizes: Vec<usize> =
            states.iter().enumerate().map(|(at, state)| store.put(SnapshotId::at(at), state)).collect();
        assert!(sizes[1] < sizes[0], "{sizes:?}");
        assert_eq!(sizes[2], full_size(&states[2]), "the third is a base again");
        store.discard(a);
        assert_eq!(store.restore(a), None);
        assert!(store.holds(a), "the delta of b refers to it");
        assert_eq!(store.restore(b).as_ref(), Some(&states[1]));
        store.discard(b);
        assert!(!store.holds(a) && !store.holds(b));
        assert_eq!(store.restore(c).as_ref(), Some(&states[2]));
        assert_eq!(store.bytes(), sizes[2]);
    }
}
