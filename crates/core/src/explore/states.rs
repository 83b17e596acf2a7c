//! The states found so far, by number and by what they are.

use super::index::Index;
use super::intern::mix;
use super::layout::Layout;
use super::rows::Rows;

/// The number of a state, in the order of discovery; the first is 0.
pub(super) type StateId = u32;

/// Stands for the number of a state that was not found.
pub(super) const UNSEEN: StateId = StateId::MAX;

/// The most states that can be numbered.
pub(super) const MOST: u32 = u32::MAX - 1;

/// A growing table of states without repeats. The index is in shards, each of which knows the states whose hash is its
/// own, so that several can be looked into and added to at the same time.
#[derive(Clone, Debug)]
pub(super) struct States {
    pub(super) rows: Rows,
    pub(super) shards: Vec<Index>,
}

impl States {
    pub(super) fn new(layout: &Layout) -> Self {
        Self { rows: Rows::new(layout), shards: vec![Index::new(0, 0)] }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many bytes the states and their index take.
    pub(super) fn bytes(&self) -> usize {
        self.rows.bytes() + self.shards.iter().map(Index::bytes).sum::<usize>()
    }

    /// The words of a state, in a buffer.
    #[inline]
    pub(super) fn load<'a>(&self, id: StateId, buffer: &'a mut Vec<u64>) -> &'a [u64] {
        buffer.clear();
        self.rows.load(id, buffer);
        buffer
    }

    /// The words of a state.
    pub(super) fn get(&self, id: StateId) -> Vec<u64> {
        let mut words = Vec::with_capacity(self.rows.words());
        self.rows.load(id, &mut words);
        words
    }

    pub(super) fn find(&self, state: &[u64]) -> Option<StateId> {
        let hash = hash(state);
        self.shards[shard_of(hash, self.shards.len())].find(hash, |id| self.rows.is(id, state)).ok()
    }

    /// For each of many states its number, or [`UNSEEN`] if it takes more than a first look to tell. Looks them all up
    /// side by side, so that the waits for memory overlap.
    pub(super) fn glance(&self, states: &[u64], looks: &mut Looks) {
        looks.hashes.clear();
        looks.ids.clear();
        let states = states.chunks_exact(self.rows.words());
        looks.hashes.extend(states.clone().map(hash));
        let only = if let [only] = &self.shards[..] { Some(only) } else { None };
        let shard = |hash: u64| only.unwrap_or_else(|| &self.shards[shard_of(hash, self.shards.len())]);
        // What stands there is read twice; the first time all at once.
        looks.ids.extend(looks.hashes.iter().map(|hash| shard(*hash).first(*hash)));
        for (number, hash) in looks.ids.iter_mut().zip(&looks.hashes) {
            *number = if *number == 0 { UNSEEN } else { shard(*hash).candidate(*hash).unwrap_or(UNSEEN) };
        }
        for (number, state) in looks.ids.iter_mut().zip(states) {
            if *number != UNSEEN && !self.rows.is(*number, state) {
                *number = UNSEEN;
            }
        }
    }

    /// The number of a state and whether it is new.
    pub(super) fn insert(&mut self, state: &[u64]) -> (StateId, bool) {
        self.insert_hashed(hash(state), state)
    }

    /// The same, if its hash is known.
    #[inline]
    pub(super) fn insert_hashed(&mut self, hash: u64, state: &[u64]) -> (StateId, bool) {
        let at = shard_of(hash, self.shards.len());
        match self.shards[at].find(hash, |id| self.rows.is(id, state)) {
            Ok(id) => (id, false),
            Err(slot) => {
                let id = u32::try_from(self.len()).unwrap_or(MOST);
                self.rows.push(state);
                self.shards[at].put(slot, hash, id);
                if !self.shards[at].has_room(1, self.len() + 1) {
                    self.shards[at] = self.shards[at].wider(1, self.len() + 1);
                    self.reindex(&[at]);
                }
                (id, true)
            }
        }
    }

    /// Makes it so many shards.
    pub(super) fn share(&mut self, shards: usize) {
        if self.shards.len() != shards {
            let each = self.len() / shards + self.len() / 8;
            self.shards = Vec::new();
            self.shards.resize_with(shards, || Index::new(each, self.rows.len() * 2));
            self.reindex(&(0..shards).collect::<Vec<_>>());
        }
    }

    /// Packs every state anew.
    pub(super) fn relay(&mut self, old: &Layout, new: &Layout) {
        let empty = Rows::new(new);
        self.rows = std::mem::replace(&mut self.rows, empty).relaid(old, new);
        let empty = |index: &Index| index.wider(0, self.rows.len());
        self.shards = self.shards.iter().map(empty).collect();
        self.reindex(&(0..self.shards.len()).collect::<Vec<_>>());
    }

    /// Puts all states into these shards, which are empty.
    fn reindex(&mut self, which: &[usize]) {
        let mut state = Vec::new();
        for id in 0..self.len() as StateId {
            state.clear();
            self.rows.load(id, &mut state);
            let hash = hash(&state);
            let shard = shard_of(hash, self.shards.len());
            if which.contains(&shard) {
                self.shards[shard].add(hash, id);
            }
        }
    }
}

/// What a glance at many states brings, and what it needs.
#[derive(Clone, Debug, Default)]
pub(super) struct Looks {
    pub(super) ids: Vec<StateId>,
    pub(super) hashes: Vec<u64>,
}

#[inline]
pub(super) fn hash(state: &[u64]) -> u64 {
    state.iter().fold(0, |hash, word| mix(hash, *word))
}

/// To which of so many shards a hash belongs. These bits decide neither where a search begins nor, unless there are
/// very many states, what is kept of a hash.
#[inline]
pub(super) fn shard_of(hash: u64, shards: usize) -> usize {
    ((hash >> 20 & 0xFFF) as usize * shards) >> 12
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_survive_a_new_layout_and_other_shards() {
        let narrow = Layout::for_counts(&[4, 200, 7]);
        let wide = Layout::for_counts(&[1 << 30, 1 << 30, 1 << 30]);
        let mut states = States::new(&narrow);
        let fill = |layout: &Layout, n: u32| {
            let mut state = vec![0; layout.words()];
            layout.set(&mut state, 0, n % 4);
            layout.set(&mut state, 1, n % 200);
            layout.set(&mut state, 2, n % 7);
            state
        };
        let ids: Vec<_> = (0..2000).map(|n| states.insert(&fill(&narrow, n)).0).collect();
        assert_eq!(states.len(), 1400);
        states.relay(&narrow, &wide);
        for shards in [3, 1, 8] {
            states.share(shards);
            for (n, id) in (0..2000).zip(&ids) {
                assert_eq!(states.insert(&fill(&wide, n)), (*id, false));
                assert_eq!(states.find(&states.get(*id)), Some(*id));
            }
        }
    }

    #[test]
    fn many_states_are_found_again() {
        let layout = Layout::for_counts(&[1 << 20, 1 << 12]);
        assert_eq!((layout.words(), layout.bytes()), (1, 4));
        let mut states = States::new(&layout);
        let state = |n: u64| [n.wrapping_mul(0x9E37_79B1) & 0xFFFF_FFFF];
        for n in 0..300_000 {
            assert_eq!(states.insert(&state(n)), (n as StateId, true));
        }
        let mut looks = Looks::default();
        let mut unseen = 0;
        for n in 0..300_000 {
            assert_eq!(states.insert(&state(n)), (n as StateId, false));
            states.glance(&state(n), &mut looks);
            assert!(looks.ids[0] == n as StateId || looks.ids[0] == UNSEEN);
            unseen += usize::from(looks.ids[0] == UNSEEN);
        }
        assert!(unseen < 3000, "{unseen} were overlooked");
        assert!(states.bytes() < 300_000 * 12, "{} bytes", states.bytes());
    }
}
