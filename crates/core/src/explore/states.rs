//! The states found so far, a few words each, and the index that finds them again.
//!
//! A global state is a row of small numbers: for each process and each channel the number of what it holds among all
//! that it was ever seen to hold (the collapse of G. J. Holzmann, "State compression in SPIN", SPIN workshop 1997).
//! The rows are packed into as few bits as the greatest numbers need, and packed anew when these grow.

use super::intern::{mix, slot_of};

/// Where in the words of a state each part has its bits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    fields: Vec<Field>,
    words: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Field {
    word: usize,
    shift: u32,
    bits: u32,
}

impl Field {
    fn mask(self) -> u64 {
        (1 << self.bits) - 1
    }
}

impl Layout {
    /// A layout with room for these numbers of different values, and with what is left of each word shared out evenly.
    pub(super) fn for_counts(counts: &[usize]) -> Self {
        let mut fields: Vec<Field> = Vec::with_capacity(counts.len());
        let (mut word, mut used) = (0, 0);
        for count in counts {
            let bits = (usize::BITS - count.saturating_sub(1).leading_zeros()).max(1);
            if used + bits > u64::BITS {
                (word, used) = (word + 1, 0);
            }
            fields.push(Field { word, shift: used, bits });
            used += bits;
        }
        for word in 0..=word {
            spread(&mut fields, word);
        }
        Self { fields, words: word + 1 }
    }

    pub(super) fn words(&self) -> usize {
        self.words
    }

    /// Whether a part can have this number of different values.
    pub(super) fn has_room(&self, part: usize, count: usize) -> bool {
        count.saturating_sub(1) as u64 <= self.fields[part].mask()
    }

    #[inline]
    pub(super) fn get(&self, state: &[u64], part: usize) -> u32 {
        let field = self.fields[part];
        ((state[field.word] >> field.shift) & field.mask()) as u32
    }

    #[inline]
    pub(super) fn set(&self, state: &mut [u64], part: usize, value: u32) {
        let field = self.fields[part];
        let word = &mut state[field.word];
        *word = *word & !(field.mask() << field.shift) | u64::from(value) << field.shift;
    }

    pub(super) fn parts(&self) -> usize {
        self.fields.len()
    }
}

/// Gives the spare bits of a word to its parts in turn, so that the layout lasts.
fn spread(fields: &mut [Field], word: usize) {
    const WIDEST: u32 = 31;
    let own = |field: &&mut Field| field.word == word;
    let mut spare = u64::BITS - fields.iter_mut().filter(own).map(|field| field.bits).sum::<u32>();
    while spare > 0 && fields.iter_mut().filter(own).any(|field| field.bits < WIDEST) {
        for field in fields.iter_mut().filter(own).filter(|field| field.bits < WIDEST) {
            let more = spare.min(1);
            field.bits += more;
            spare -= more;
        }
    }
    let mut used = 0;
    for field in fields.iter_mut().filter(own) {
        field.shift = used;
        used += field.bits;
    }
}

/// The number of a state, in the order of discovery; the first is 0.
pub(super) type StateId = u32;

/// Stands for the number of a state that was not found.
pub(super) const UNSEEN: StateId = StateId::MAX;

/// The most states that can be numbered.
pub(super) const MOST: u32 = u32::MAX - 1;

/// A growing table of states without repeats. Same method as [`super::intern::Interner`], for words of one length.
#[derive(Clone, Debug)]
pub(super) struct States {
    width: usize,
    words: Vec<u64>,
    index: Vec<u32>,
    mask: usize,
}

impl States {
    pub(super) fn new(width: usize) -> Self {
        Self { width, words: Vec::new(), index: vec![0; 64], mask: 63 }
    }

    pub(super) fn len(&self) -> usize {
        self.words.len() / self.width
    }

    #[inline]
    pub(super) fn get(&self, id: StateId) -> &[u64] {
        let start = id as usize * self.width;
        &self.words[start..start + self.width]
    }

    pub(super) fn find(&self, state: &[u64]) -> Option<StateId> {
        self.place(state).ok()
    }

    /// For each of many states its number, or [`UNSEEN`] if it takes more than a first look to tell. Looks them all up
    /// side by side, so that the waits for memory overlap.
    pub(super) fn glance(&self, states: &[u64], numbers: &mut Vec<StateId>) {
        numbers.clear();
        let states = states.chunks_exact(self.width);
        numbers.extend(states.clone().map(|state| self.index[slot_of(hash(state), self.mask)].wrapping_sub(1)));
        for (number, state) in numbers.iter_mut().zip(states) {
            if *number != UNSEEN && !same(self.get(*number), state) {
                *number = UNSEEN;
            }
        }
    }

    /// The number of a state and whether it is new.
    #[inline]
    pub(super) fn insert(&mut self, state: &[u64]) -> (StateId, bool) {
        match self.place(state) {
            Ok(id) => (id, false),
            Err(slot) => {
                let id = u32::try_from(self.len()).unwrap_or(MOST);
                self.words.extend_from_slice(state);
                self.index[slot] = id + 1;
                if self.len() * 3 >= self.index.len() * 2 {
                    self.reindex(self.index.len() * 2);
                }
                (id, true)
            }
        }
    }

    /// Packs every state anew.
    pub(super) fn relay(&mut self, old: &Layout, new: &Layout) {
        let mut words = vec![0; self.len() * new.words()];
        for (from, to) in self.words.chunks_exact(self.width).zip(words.chunks_exact_mut(new.words())) {
            for part in 0..old.parts() {
                new.set(to, part, old.get(from, part));
            }
        }
        self.words = words;
        self.width = new.words();
        self.reindex(self.index.len());
    }

    /// How many bytes the states and their index take.
    pub(super) fn bytes(&self) -> usize {
        self.words.len() * 8 + self.index.len() * 4
    }

    #[inline]
    fn place(&self, state: &[u64]) -> Result<StateId, usize> {
        let mut slot = slot_of(hash(state), self.mask);
        loop {
            match self.index[slot] {
                0 => return Err(slot),
                entry if same(self.get(entry - 1), state) => return Ok(entry - 1),
                _ => slot = (slot + 1) & self.mask,
            }
        }
    }

    fn reindex(&mut self, slots: usize) {
        self.mask = slots - 1;
        self.index.clear();
        self.index.resize(slots, 0);
        for (id, state) in self.words.chunks_exact(self.width).enumerate() {
            let mut slot = slot_of(hash(state), self.mask);
            while self.index[slot] != 0 {
                slot = (slot + 1) & self.mask;
            }
            self.index[slot] = u32::try_from(id + 1).unwrap_or(u32::MAX);
        }
    }
}

/// A few words are compared faster one by one than by a call.
#[inline]
fn same(one: &[u64], other: &[u64]) -> bool {
    one.iter().zip(other).all(|(one, other)| one == other)
}

#[inline]
fn hash(state: &[u64]) -> u64 {
    state.iter().fold(0, |hash, word| mix(hash, *word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_keep_to_their_bits() {
        let counts = [1, 2, 3, 70_000, 5, 1 << 20, 1 << 20, 9];
        let layout = Layout::for_counts(&counts);
        let mut state = vec![0; layout.words()];
        let greatest = |count: usize| u32::try_from(count - 1).unwrap();
        for (part, count) in counts.iter().enumerate() {
            assert!(layout.has_room(part, *count));
            layout.set(&mut state, part, greatest(*count));
        }
        for (part, count) in counts.iter().enumerate().rev() {
            assert_eq!(layout.get(&state, part), greatest(*count));
            layout.set(&mut state, part, 0);
        }
        assert!(state.iter().all(|word| *word == 0));
    }

    #[test]
    fn states_survive_a_new_layout() {
        let narrow = Layout::for_counts(&[4, 200, 7]);
        let wide = Layout::for_counts(&[1 << 30, 1 << 30, 1 << 30, 1 << 30][..3]);
        let mut states = States::new(narrow.words());
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
        for (n, id) in (0..2000).zip(ids) {
            assert_eq!(states.insert(&fill(&wide, n)), (id, false));
        }
    }
}
