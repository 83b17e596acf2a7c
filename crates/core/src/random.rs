//! Random numbers that are the same for ever: SplitMix64 (G. L. Steele, D. Lea and C. H. Flood, "Fast Splittable
//! Pseudorandom Number Generators", OOPSLA 2014), with integers only.

/// A stream of numbers that a seed determines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SplitMix64 {
    state: u64,
}

const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

impl SplitMix64 {
    /// The stream of this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// A stream of its own for the `index`-th of many things, whichever of them is asked for first.
    #[must_use]
    pub fn of(seed: u64, index: u64) -> Self {
        let mut of_index = Self::new(seed ^ index.wrapping_add(1).wrapping_mul(0xD1B5_4A32_D192_ED03));
        Self::new(of_index.draw())
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GAMMA);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`, each as likely as any other; 0 if `end` is 0. (D. Lemire, "Fast Random Integer
    /// Generation in an Interval", 2019.)
    pub fn below(&mut self, end: u64) -> u64 {
        let unfair = end.wrapping_neg().checked_rem(end).unwrap_or(0);
        loop {
            let product = u128::from(self.draw()) * u128::from(end);
            let (high, low) = ((product >> 64) as u64, product as u64);
            if low >= unfair {
                return high;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The outputs for this seed that the reference implementation in C gives.
    #[test]
    fn the_numbers_are_the_published_ones() {
        let mut random = SplitMix64::new(1_234_567);
        let drawn: Vec<u64> = (0..5).map(|_| random.draw()).collect();
        assert_eq!(
            drawn,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821,
            ]
        );
    }

    #[test]
    fn every_number_below_the_end_comes_and_no_other() {
        let mut random = SplitMix64::new(1);
        let mut seen = [0; 6];
        (0..6000).for_each(|_| seen[random.below(6) as usize] += 1);
        assert!(seen.iter().all(|times| (850..1150).contains(times)), "{seen:?}");
        assert_eq!((random.below(0), random.below(1)), (0, 0));
        assert!((0..100).all(|_| random.below(u64::MAX) < u64::MAX));
    }

    #[test]
    fn each_thing_has_a_stream_of_its_own() {
        let first = |index| SplitMix64::of(7, index).draw();
        assert_ne!(first(0), first(1));
        assert_eq!(first(3), first(3));
        assert_ne!(SplitMix64::of(8, 3).draw(), first(3));
    }
}
