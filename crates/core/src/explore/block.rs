//! Leaving many states at a time, with several hands.
//!
//! A block of the frontier is worked through in turns, each of which is shared out. First the hands find what lies
//! behind the states, each behind some of them. Then each hand looks up those of the found states whose hash belongs to
//! its shard of the index, in the order in which one hand alone would have come upon them, and adds those that are new.
//! Then the new states get their numbers, in that order again, so that the outcome is the same as with one hand. (The
//! sharing of states by hash: U. Stern, D. L. Dill, "Parallelizing the Murphi verifier", CAV 1997.)

use super::findings::Findings;
use super::hands::Hands;
use super::index::Index;
use super::parts::Successors;
use super::rows::Rows;
use super::search::{Explorer, Progress};
use super::states::{StateId, hash, shard_of};
use super::tables::UNKNOWN;
use crate::explore::{Explorable, Status};
use std::ops::Range;

/// The most states that are left at a time.
const BLOCK: u32 = 1 << 14;

/// The fewest for which it pays to share the work out.
const LEAST: u32 = 1 << 10;

/// How many states are looked up at a time, so that the waits for memory overlap.
const AT_ONCE: usize = 32;

/// Some of the states that lie behind a block, in the order in which one comes upon them.
#[derive(Debug, Default)]
struct Stream {
    /// Of each: the place in the block of the state before it, and the how manieth behind that it is.
    keys: Vec<u64>,
    words: Vec<u64>,
}

/// What there is to know of a state besides what lies behind it.
#[derive(Clone, Copy, Debug)]
struct Behind {
    /// How many transitions it has; [`UNKNOWN`] where the tables had no answer.
    count: u32,
    /// Whether there is something to note about it.
    is_of_concern: bool,
}

/// What lies behind some states of a block.
#[derive(Debug)]
struct Reached {
    behind: Vec<Behind>,
    /// By shard.
    streams: Vec<Stream>,
}

/// The new states of a shard.
#[derive(Debug, Default)]
struct New {
    states: Stream,
    /// Where they are in the index.
    slots: Vec<usize>,
}

impl<A: Explorable> Explorer<A> {
    /// Leaves up to `steps` states for the first time, with the help of several hands. What it finds, and the numbers
    /// of the states, are those of [`Explorer::run_slice`].
    pub fn run_slice_with(&mut self, steps: u32, hands: &impl Hands) -> Progress {
        let mut left = steps;
        while left > 0 && self.status() == Status::Running {
            let block = left.min(BLOCK).min(self.frontier().len() as u32);
            left -= if hands.count() > 1 && block >= LEAST {
                self.leave_block(block, hands)
            } else {
                self.leave_one_by_one(left.min(LEAST))
            };
            self.look_at_memory();
        }
        self.progress()
    }

    /// Leaves so many states and says how many: fewer if the greatest number of states allowed is reached.
    fn leave_block(&mut self, most: u32, hands: &impl Hands) -> u32 {
        let shards = hands.count();
        self.states.share(shards);
        let block = self.expanded..self.expanded + most;
        let (behind, reached) = self.reach_all(&block, shards, hands);
        let found: usize = behind.iter().map(|behind| behind.count as usize).sum();
        if self.states.len() + found > self.most_states() {
            return self.leave_one_by_one(most);
        }
        let indexes = std::mem::take(&mut self.states.shards).into_iter().enumerate().collect();
        let most = self.states.len() + found;
        let rows = &self.states.rows;
        let sorted: Vec<(Index, New)> = hands.each(indexes, |(at, index)| {
            let streams: Vec<&Stream> = reached.iter().map(|reached| &reached.streams[at]).collect();
            take_in(with_room(index, rows, most, &streams, (at, shards)), rows, &streams)
        });
        let (indexes, new): (Vec<Index>, Vec<New>) = sorted.into_iter().unzip();
        let numbers = self.number(&behind, &new);
        let pieces = indexes.into_iter().zip(new).zip(numbers).collect();
        self.states.shards = hands.each(pieces, |((mut index, new), numbers): ((Index, New), Vec<StateId>)| {
            new.slots.iter().zip(numbers).for_each(|(slot, number)| index.renumber(*slot, number));
            index
        });
        block.len() as u32
    }

    /// What there is to know of each state of a block, and what lies behind them.
    fn reach_all(&mut self, block: &Range<StateId>, shards: usize, hands: &impl Hands) -> (Vec<Behind>, Vec<Reached>) {
        let size = block.len().div_ceil(shards * 2);
        loop {
            let pieces: Vec<Range<StateId>> =
                (block.clone().step_by(size)).map(|start| start..block.end.min(start + size as StateId)).collect();
            let mut reached = hands.each(pieces, |piece| self.look_behind(piece, block.start, shards));
            let mut behind: Vec<Behind> = reached.iter().flat_map(|reached| reached.behind.iter().copied()).collect();
            let unknown = |(id, behind): (StateId, &Behind)| (behind.count == UNKNOWN).then_some(id);
            let unknown: Vec<StateId> = block.clone().zip(&behind).filter_map(unknown).collect();
            let before = self.layout.clone();
            unknown.iter().for_each(|id| self.resolve(*id));
            if self.layout == before {
                let rest = self.look_behind(unknown.iter().copied(), block.start, shards);
                for (id, found) in unknown.iter().zip(&rest.behind) {
                    behind[(id - block.start) as usize] = *found;
                }
                reached.push(rest);
                return (behind, reached);
            }
        }
    }

    /// What lies behind some states, as far as the tables know.
    fn look_behind(&self, ids: impl IntoIterator<Item = StateId>, first: StateId, shards: usize) -> Reached {
        let width = self.layout.words();
        let (mut state, mut found) = (Vec::new(), Successors::default());
        let mut streams = Vec::new();
        streams.resize_with(shards, Stream::default);
        let mut behind = Vec::new();
        for id in ids {
            found.clear();
            let state = self.states.load(id, &mut state);
            let known = self.parts.expand(&self.layout, state, self.link.as_ref(), &mut found);
            let count = if known { found.labels.len() as u32 } else { UNKNOWN };
            let is_of_concern = Findings::concerns(&self.parts, &self.layout, state, count == 0);
            behind.push(Behind { count, is_of_concern });
            let key = u64::from(id - first) << 32;
            for (nth, next) in (0..).zip(found.words.chunks_exact(width)) {
                let stream = &mut streams[shard_of(hash(next), shards)];
                stream.keys.push(key + nth);
                stream.words.extend_from_slice(next);
            }
        }
        Reached { behind, streams }
    }

    /// Takes note of the states of a block as they are left, and numbers the new states in the order in which one comes
    /// upon them; the numbers by shard.
    fn number(&mut self, behind: &[Behind], new: &[New]) -> Vec<Vec<StateId>> {
        let width = self.layout.words();
        let mut numbers: Vec<Vec<StateId>> = vec![Vec::new(); new.len()];
        let mut buffer = Vec::new();
        for (at, Behind { count, is_of_concern }) in (0..).zip(behind) {
            if *is_of_concern {
                self.note(*count, self.states.len(), &mut buffer);
            } else {
                self.count(*count, self.states.len());
            }
            let next = |numbers: &[Vec<StateId>]| {
                let heads = new.iter().zip(numbers).map(|(new, numbers)| new.states.keys.get(numbers.len()));
                heads.enumerate().filter_map(|(shard, key)| Some((*key?, shard))).min()
            };
            while let Some((_, shard)) = next(&numbers).filter(|(key, _)| key >> 32 == at) {
                let place = numbers[shard].len() * width;
                numbers[shard].push(self.states.len() as StateId);
                self.states.rows.push(&new[shard].states.words[place..place + width]);
            }
        }
        numbers
    }
}

/// A shard with room for all that these streams may bring.
fn with_room(index: Index, rows: &Rows, most: usize, streams: &[&Stream], (shard, shards): (usize, usize)) -> Index {
    let more = streams.iter().map(|stream| stream.keys.len()).sum();
    if index.has_room(more, most) {
        return index;
    }
    let mut wider = index.wider(more, most);
    drop(index);
    let mut state = Vec::new();
    for id in 0..rows.len() as StateId {
        state.clear();
        rows.load(id, &mut state);
        let hash = hash(&state);
        if shard_of(hash, shards) == shard {
            wider.add(hash, id);
        }
    }
    wider
}

/// Looks up the states of some streams, and adds those that are new, under numbers that begin with that of the first
/// new state and are not yet theirs.
fn take_in(mut index: Index, rows: &Rows, streams: &[&Stream]) -> (Index, New) {
    let (width, known) = (rows.words(), rows.len() as StateId);
    let mut new = New::default();
    let mut merged = Merged { streams, places: vec![0; streams.len()], at: 0, width };
    let mut some: Vec<(u64, u64, &[u64])> = Vec::with_capacity(AT_ONCE);
    let mut candidates: Vec<Option<StateId>> = Vec::with_capacity(AT_ONCE);
    loop {
        some.clear();
        some.extend(merged.by_ref().take(AT_ONCE).map(|(key, words)| (key, hash(words), words)));
        if some.is_empty() {
            return (index, new);
        }
        candidates.clear();
        candidates.extend(some.iter().map(|(_, hash, _)| Some(index.first(*hash)).filter(|first| *first != 0)));
        for (candidate, (_, hash, _)) in candidates.iter_mut().zip(&some) {
            *candidate = candidate.and_then(|_| index.candidate(*hash)).filter(|id| *id < known);
        }
        for (candidate, (_, _, words)) in candidates.iter_mut().zip(&some) {
            *candidate = candidate.filter(|id| rows.is(*id, words));
        }
        let unseen = some.iter().zip(&candidates).filter(|(_, candidate)| candidate.is_none());
        for ((key, hash, words), _) in unseen {
            let is = |id: StateId| match id.checked_sub(known) {
                None => rows.is(id, words),
                Some(at) => new.states.words[at as usize * width..(at as usize + 1) * width] == **words,
            };
            if let Err(slot) = index.find(*hash, is) {
                index.put(slot, *hash, known + new.slots.len() as StateId);
                new.slots.push(slot);
                new.states.keys.push(*key);
                new.states.words.extend_from_slice(words);
            }
        }
    }
}

/// Several streams as one, in order. All but the last follow each other.
struct Merged<'a> {
    streams: &'a [&'a Stream],
    places: Vec<usize>,
    at: usize,
    width: usize,
}

impl<'a> Iterator for Merged<'a> {
    type Item = (u64, &'a [u64]);

    fn next(&mut self) -> Option<Self::Item> {
        let last = self.streams.len() - 1;
        while self.at < last && self.places[self.at] == self.streams[self.at].keys.len() {
            self.at += 1;
        }
        let head = |at: usize| Some((*self.streams[at].keys.get(self.places[at])?, at));
        let (key, at) = head(self.at).into_iter().chain(head(last)).min()?;
        let place = self.places[at];
        self.places[at] += 1;
        Some((key, &self.streams[at].words[place * self.width..(place + 1) * self.width]))
    }
}
