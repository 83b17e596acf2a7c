//! Numbers for byte strings: equal strings get equal numbers, in the order in which they first come.

/// A growing table of byte strings without repeats. Finding takes one look at the index on average, and a comparison
/// in full with whatever stands there, so two strings are never taken for one.
///
/// Open addressing with linear probing: D. E. Knuth, The Art of Computer Programming 3, section 6.4, algorithm L.
#[derive(Clone, Debug, Default)]
pub(super) struct Interner {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    /// One more than the number of the string that belongs here, 0 where there is none. Its length is a power of two
    /// and more than the strings.
    index: Vec<u32>,
    longest: u32,
}

impl Interner {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes.capacity() + (self.ends.capacity() + self.index.capacity()) * 4
    }

    /// How many bytes the longest string has.
    pub(super) fn longest(&self) -> u32 {
        self.longest
    }

    /// The string of this number; empty if there is none.
    pub(super) fn get(&self, number: u32) -> &[u8] {
        let at = number as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.ends.get(at).map_or(&[], |end| &self.bytes[start..*end as usize])
    }

    /// The number of a string, if it has one.
    pub(super) fn find(&self, string: &[u8]) -> Option<u32> {
        self.place(string).ok()
    }

    /// The number of a string, a new one if it has none.
    pub(super) fn intern(&mut self, string: &[u8]) -> u32 {
        if self.ends.len() * 4 >= self.index.len() * 3 {
            self.grow();
        }
        match self.place(string) {
            Ok(number) => number,
            Err(slot) => {
                let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
                self.bytes.extend_from_slice(string);
                self.longest = self.longest.max(u32::try_from(string.len()).unwrap_or(u32::MAX));
                self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
                self.index[slot] = number + 1;
                number
            }
        }
    }

    /// The number of a string, or the empty slot where it belongs.
    fn place(&self, string: &[u8]) -> Result<u32, usize> {
        let Some(mask) = self.index.len().checked_sub(1) else { return Err(0) };
        let mut slot = slot_of(hash_bytes(string), mask);
        while self.index[slot] != 0 {
            let number = self.index[slot] - 1;
            if self.get(number) == string {
                return Ok(number);
            }
            slot = (slot + 1) & mask;
        }
        Err(slot)
    }

    fn grow(&mut self) {
        let mask = (self.index.len() * 2).max(16) - 1;
        self.index = vec![0; mask + 1];
        for number in 0..u32::try_from(self.ends.len()).unwrap_or(u32::MAX) {
            let mut slot = slot_of(hash_bytes(self.get(number)), mask);
            while self.index[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            self.index[slot] = number + 1;
        }
    }
}

/// Where a hash points to in an index of `mask + 1` slots.
pub(super) fn slot_of(hash: u64, mask: usize) -> usize {
    usize::try_from(hash & mask as u64).unwrap_or_default()
}

/// Mixes one more word into a hash. The constants are those of `SplitMix64` (G. L. Steele, D. Lea, C. H. Flood, "Fast
/// splittable pseudorandom number generators", OOPSLA 2014).
pub(super) fn mix(hash: u64, word: u64) -> u64 {
    let mixed = (hash.rotate_left(25) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed ^ (mixed >> 29)
}

fn hash_bytes(string: &[u8]) -> u64 {
    let (words, rest) = string.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let hash = words.iter().fold(string.len() as u64, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    mix(hash, u64::from_le_bytes(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_strings_and_only_they_share_a_number() {
        let mut table = Interner::default();
        let strings: Vec<Vec<u8>> = (0..3000_u32).map(|n| n.to_le_bytes()[..(n % 5) as usize].to_vec()).collect();
        let numbers: Vec<u32> = strings.iter().map(|string| table.intern(string)).collect();
        for (string, number) in strings.iter().zip(&numbers) {
            assert_eq!(table.get(*number), string);
            assert_eq!(table.find(string), Some(*number));
        }
        let mut distinct = strings.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(table.len(), distinct.len());
        assert_eq!(table.find(b"not there"), None);
        assert_eq!(Interner::default().find(b""), None);
    }
}
