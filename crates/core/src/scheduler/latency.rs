//! How long things take, in whole units of a time that nobody measures.

use crate::random::SplitMix64;

/// A distribution of delays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Latency {
    /// Always this long.
    Constant(u32),
    /// Anything from the one to the other, each as likely.
    Uniform {
        /// At least this long.
        least: u32,
        /// At most this long.
        most: u32,
    },
    /// One of these delays, as likely as its weight says. Without any weight: no delay.
    Discrete(Vec<(u32, u32)>),
    /// `least`, and one more for as long as a draw of one in `one_in` does not come: many short delays and a few
    /// long ones. At most 64 times `one_in` more.
    Geometric {
        /// At least this long.
        least: u32,
        /// One more than the mean of what comes on top.
        one_in: u32,
    },
}

impl Latency {
    /// A delay drawn from the distribution.
    pub fn draw(&self, random: &mut SplitMix64) -> u64 {
        match self {
            Self::Constant(delay) => u64::from(*delay),
            Self::Uniform { least, most } => {
                let spread = u64::from(most.saturating_sub(*least)) + 1;
                u64::from(*least) + random.below(spread)
            }
            Self::Discrete(weights) => {
                let all = weights.iter().map(|(_, weight)| u64::from(*weight)).sum();
                let mut drawn = random.below(all);
                for (delay, weight) in weights {
                    match drawn.checked_sub(u64::from(*weight)) {
                        Some(left) => drawn = left,
                        None => return u64::from(*delay),
                    }
                }
                0
            }
            Self::Geometric { least, one_in } => {
                let one_in = u64::from(*one_in);
                let misses = (0..one_in * 64).take_while(|_| random.below(one_in) > 0).count();
                u64::from(*least) + misses as u64
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(latency: &Latency) -> Vec<u64> {
        let mut random = SplitMix64::new(1);
        (0..2000).map(|_| latency.draw(&mut random)).collect()
    }

    fn share(of: &[u64], wanted: u64) -> usize {
        of.iter().filter(|delay| **delay == wanted).count()
    }

    #[test]
    fn each_distribution_is_what_it_says() {
        assert!(drawn(&Latency::Constant(3)).iter().all(|delay| *delay == 3));
        let uniform = drawn(&Latency::Uniform { least: 2, most: 5 });
        assert!((2..=5).all(|delay| (400..600).contains(&share(&uniform, delay))));
        assert!(uniform.iter().all(|delay| (2..=5).contains(delay)));
        let discrete = drawn(&Latency::Discrete(vec![(1, 3), (9, 1), (5, 0)]));
        assert!((1400..1600).contains(&share(&discrete, 1)) && share(&discrete, 5) == 0);
        assert_eq!(share(&discrete, 1) + share(&discrete, 9), 2000);
        let geometric = drawn(&Latency::Geometric { least: 1, one_in: 4 });
        assert!((430..570).contains(&share(&geometric, 1)), "a quarter has nothing on top");
        assert!((7200..8800).contains(&geometric.iter().sum::<u64>()), "the mean is 1 + 3");
    }

    #[test]
    fn odd_parameters_do_no_harm() {
        assert!(drawn(&Latency::Uniform { least: 5, most: 2 }).iter().all(|delay| *delay == 5));
        assert!(drawn(&Latency::Discrete(Vec::new())).iter().all(|delay| *delay == 0));
        assert!(drawn(&Latency::Geometric { least: 7, one_in: 0 }).iter().all(|delay| *delay == 7));
        assert!(drawn(&Latency::Geometric { least: 7, one_in: 1 }).iter().all(|delay| *delay == 7));
    }
}
