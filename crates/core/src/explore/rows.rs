//! The states that were found, by number, a few bytes each.

use super::layout::Layout;
use super::states::StateId;

/// A growing list of packed states. It grows by pieces, so that nothing is copied and little is allocated in vain.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    words: usize,
    bytes: usize,
    /// What of the last word belongs to the state.
    last: u64,
    len: usize,
    /// Each holds [`PIECE`] states and a word that nobody uses, since words are read whole.
    pieces: Vec<Vec<u8>>,
}

/// How many states a piece holds: a power of two.
const PIECE: usize = 1 << 12;
const WORD: usize = 8;

impl Rows {
    pub(super) fn new(layout: &Layout) -> Self {
        let bytes = layout.bytes();
        let last = u64::MAX >> (64 - 8 * (bytes - (layout.words() - 1) * WORD));
        Self { words: layout.words(), bytes, last, len: 0, pieces: Vec::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// How many words a state has.
    pub(super) fn words(&self) -> usize {
        self.words
    }

    /// How many bytes are allocated.
    pub(super) fn bytes(&self) -> usize {
        self.pieces.len() * self.piece_bytes()
    }

    fn piece_bytes(&self) -> usize {
        PIECE * self.bytes + WORD
    }

    /// The bytes of a state in words, of which the last may have some of the next state's.
    #[inline]
    fn place(&self, id: StateId) -> &[[u8; WORD]] {
        let from = id as usize % PIECE * self.bytes;
        self.pieces[id as usize / PIECE][from..from + self.words * WORD].as_chunks().0
    }

    /// Appends the words of a state.
    #[inline]
    pub(super) fn load(&self, id: StateId, out: &mut Vec<u64>) {
        out.extend(self.place(id).iter().map(|bytes| u64::from_le_bytes(*bytes)));
        if let Some(last) = out.last_mut() {
            *last &= self.last;
        }
    }

    /// Whether the state of this number has these words.
    #[inline]
    pub(super) fn is(&self, id: StateId, state: &[u64]) -> bool {
        let differs = |(bytes, word): (&[u8; WORD], &u64)| u64::from_le_bytes(*bytes) ^ word;
        let mut differences = self.place(id).iter().zip(state).map(differs);
        let last = differences.next_back().unwrap_or(0) & self.last;
        differences.fold(last, |all, one| all | one) == 0
    }

    /// Appends a state.
    pub(super) fn push(&mut self, state: &[u64]) {
        if self.len.is_multiple_of(PIECE) {
            self.pieces.push(vec![0; self.piece_bytes()]);
        }
        let offset = self.len % PIECE * self.bytes;
        if let Some(piece) = self.pieces.last_mut() {
            // What is written behind the end of this state will be written over by the next.
            for (at, word) in state.iter().enumerate() {
                piece[offset + at * WORD..offset + (at + 1) * WORD].copy_from_slice(&word.to_le_bytes());
            }
        }
        self.len += 1;
    }

    /// All states packed anew. Each piece is given up as soon as its states have moved.
    pub(super) fn relaid(mut self, old: &Layout, new: &Layout) -> Self {
        let mut wider = Self::new(new);
        let (mut from, mut to) = (Vec::new(), vec![0; new.words()]);
        for id in 0..self.len {
            from.clear();
            self.load(id as StateId, &mut from);
            to.fill(0);
            for part in 0..old.parts() {
                new.set(&mut to, part, old.get(&from, part));
            }
            wider.push(&to);
            if (id + 1).is_multiple_of(PIECE) {
                self.pieces[id / PIECE] = Vec::new();
            }
        }
        wider
    }
}
