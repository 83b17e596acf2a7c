//! Counters by key, of which most are zero: those are left out.

use crate::explore::Pack;

/// How many of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts<K>(Vec<(K, u32)>);

impl<K> Default for Counts<K> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Copy + Ord> Counts<K> {
    /// How many of this key.
    pub fn get(&self, key: K) -> u32 {
        self.0.binary_search_by_key(&key, |(counted, _)| *counted).map_or(0, |at| self.0[at].1)
    }

    /// So many more.
    pub fn add(&mut self, key: K, more: u32) {
        self.raise(key, self.get(key) + more);
    }

    /// One less, if there are any.
    pub fn take_one(&mut self, key: K) {
        if let Ok(at) = self.0.binary_search_by_key(&key, |(counted, _)| *counted) {
            self.0[at].1 -= 1;
            self.0.retain(|(_, count)| *count > 0);
        }
    }

    /// At least so many.
    pub fn raise(&mut self, key: K, least: u32) {
        match self.0.binary_search_by_key(&key, |(counted, _)| *counted) {
            Ok(at) => self.0[at].1 = self.0[at].1.max(least),
            Err(_) if least == 0 => {}
            Err(at) => self.0.insert(at, (key, least)),
        }
    }

    /// Those that are not zero, in ascending order of keys.
    pub fn iter(&self) -> impl Iterator<Item = (K, u32)> + '_ {
        self.0.iter().copied()
    }

    /// All are zero again.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl<K: Pack> Pack for Counts<K> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Pack::unpack(from).map(Self)
    }
}
