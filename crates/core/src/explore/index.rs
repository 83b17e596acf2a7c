//! The index that finds a state by what it is.

use super::states::StateId;

/// Open addressing with linear probing (D. E. Knuth, The Art of Computer Programming 3, section 6.4, algorithm L), 32
/// bits a slot: the number of a state, and in the bits that this leaves some of the state's hash, so that a state is
/// hardly ever compared with another. Up to four fifths full; the number of slots need not be a power of two, and it
/// doubles.
#[derive(Clone, Debug)]
pub(super) struct Index {
    /// 0 where there is none; otherwise one more than the number, below bits of the hash.
    slots: Vec<u32>,
    number_bits: u32,
    used: usize,
}

const FEWEST: usize = 1 << 12;

impl Index {
    /// An index with room for so many states, with numbers below `numbers`.
    pub(super) fn new(states: usize, numbers: usize) -> Self {
        let slots = (states + states / 4 + 1).max(FEWEST);
        let number_bits = (usize::BITS - numbers.max(FEWEST).leading_zeros()).min(u32::BITS);
        Self { slots: vec![0; slots], number_bits, used: 0 }
    }

    /// Whether there is room for so many more states, with numbers below `numbers`.
    pub(super) fn has_room(&self, more: usize, numbers: usize) -> bool {
        (self.used + more) * 5 <= self.slots.len() * 4 && numbers as u64 <= self.number_mask()
    }

    /// An empty index that will have room for so many more states than this has.
    pub(super) fn wider(&self, more: usize, numbers: usize) -> Self {
        let grown = self.slots.len() * 4 / 5 * 2;
        let states = if self.has_room(more, 0) { self.slots.len() * 4 / 5 } else { grown.max(self.used + more) };
        Self::new(states, numbers.saturating_mul(2))
    }

    /// How many bytes are allocated.
    pub(super) fn bytes(&self) -> usize {
        self.slots.len() * 4
    }

    fn number_mask(&self) -> u64 {
        (1 << self.number_bits) - 1
    }

    #[inline]
    fn start(&self, hash: u64) -> usize {
        (((hash >> 32) * self.slots.len() as u64) >> 32) as usize
    }

    #[inline]
    fn tag(&self, hash: u64) -> u32 {
        ((hash & 0xFFFF_FFFF) << self.number_bits) as u32
    }

    #[inline]
    fn id_if_tagged(&self, entry: u32, tag: u32) -> Option<StateId> {
        let number = entry & self.number_mask() as u32;
        (entry ^ number == tag).then(|| number - 1)
    }

    /// What stands where a search begins. Asked for many states in turn, the waits for memory overlap.
    #[inline]
    pub(super) fn first(&self, hash: u64) -> u32 {
        self.slots[self.start(hash)]
    }

    /// The first state that may be the one with this hash.
    #[inline]
    pub(super) fn candidate(&self, hash: u64) -> Option<StateId> {
        let (mut slot, tag) = (self.start(hash), self.tag(hash));
        while self.slots[slot] != 0 {
            if let Some(id) = self.id_if_tagged(self.slots[slot], tag) {
                return Some(id);
            }
            slot = self.after(slot);
        }
        None
    }

    /// The state with this hash that `is` the one, or the slot where it belongs.
    #[inline]
    pub(super) fn find(&self, hash: u64, is: impl Fn(StateId) -> bool) -> Result<StateId, usize> {
        let (mut slot, tag) = (self.start(hash), self.tag(hash));
        while self.slots[slot] != 0 {
            if let Some(id) = self.id_if_tagged(self.slots[slot], tag).filter(|id| is(*id)) {
                return Ok(id);
            }
            slot = self.after(slot);
        }
        Err(slot)
    }

    #[inline]
    fn after(&self, slot: usize) -> usize {
        if slot + 1 == self.slots.len() { 0 } else { slot + 1 }
    }

    /// Puts a state into the slot that [`Index::find`] named. There has to be room.
    #[inline]
    pub(super) fn put(&mut self, slot: usize, hash: u64, id: StateId) {
        self.slots[slot] = self.tag(hash) | (id + 1);
        self.used += 1;
    }

    /// Puts a state where it belongs, knowing that it is new.
    pub(super) fn add(&mut self, hash: u64, id: StateId) {
        let mut slot = self.start(hash);
        while self.slots[slot] != 0 {
            slot = self.after(slot);
        }
        self.put(slot, hash, id);
    }

    /// Gives the state in a slot another number.
    pub(super) fn renumber(&mut self, slot: usize, id: StateId) {
        let tag = u64::from(self.slots[slot]) & !self.number_mask();
        self.slots[slot] = tag as u32 | (id + 1);
    }
}
