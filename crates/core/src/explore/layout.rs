//! Where the parts of a state have their bits.
//!
//! A global state is a row of small numbers: for each process and each channel the number of what it holds among all
//! that it was ever seen to hold (the collapse of G. J. Holzmann, "State compression in SPIN", SPIN workshop 1997).
//! The rows are packed into as few bits as the greatest numbers need, and packed anew when these grow.

/// Where in the words of a state each part has its bits. Of the last word only whole bytes are used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    fields: Vec<Field>,
    words: usize,
    bytes: usize,
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
        let last = used.div_ceil(8).max(1) * 8;
        for at in 0..=word {
            spread(&mut fields, at, if at == word { last } else { u64::BITS });
        }
        Self { fields, words: word + 1, bytes: word * 8 + last as usize / 8 }
    }

    /// How many words a state takes while one works with it.
    pub(super) fn words(&self) -> usize {
        self.words
    }

    /// How many bytes a state takes where it is kept: the words without the unused end of the last.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
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

/// Gives the spare bits of a word, of which so many may be used, to its parts in turn, so that the layout lasts.
fn spread(fields: &mut [Field], word: usize, usable: u32) {
    const WIDEST: u32 = 31;
    let own = |field: &&mut Field| field.word == word;
    let mut spare = usable.saturating_sub(fields.iter_mut().filter(own).map(|field| field.bits).sum::<u32>());
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
}
