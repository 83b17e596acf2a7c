//! How long things take, in whole units of a time that nobody measures.

use crate::random::SplitMix64;
use std::fmt;
use std::str::FromStr;

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

    /// What no delay that is drawn is below.
    #[must_use]
    pub fn least(&self) -> u32 {
        match self {
            Self::Constant(least) | Self::Uniform { least, .. } | Self::Geometric { least, .. } => *least,
            Self::Discrete(weights) => {
                let drawn = weights.iter().filter(|(_, weight)| *weight > 0);
                drawn.map(|(delay, _)| *delay).min().unwrap_or(0)
            }
        }
    }
}

/// The longest delay, and the largest weight, that can be written down.
pub const MAX_DELAY: u32 = 1_000_000;
/// The largest mean that can be written down: every unit may cost a draw.
const MAX_MEAN: u32 = 1000;

/// What is no delay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LatencyError(String);

impl fmt::Display for LatencyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} is no delay: expected a whole number such as 5, a range such as 3..9, a range with a tail such as 3+~4 \
             (3, and 4 more on average, at most {MAX_MEAN}), or delays with their weights such as 1:3,9:1; up to {MAX_DELAY}",
            self.0
        )
    }
}

impl std::error::Error for LatencyError {}

/// `5`; `3..9`; `3+~4`, which is 3 and on average 4 more; `1:3,9:1`, which is 1 three times out of four and otherwise 9.
impl FromStr for Latency {
    type Err = LatencyError;

    fn from_str(text: &str) -> Result<Self, LatencyError> {
        let parsed = if let Some((least, most)) = text.split_once("..") {
            number(least)
                .zip(number(most))
                .filter(|(least, most)| least <= most)
                .map(|(least, most)| Self::Uniform { least, most })
        } else if let Some((least, mean)) = text.split_once("+~") {
            let mean = number(mean).filter(|mean| *mean <= MAX_MEAN);
            number(least).zip(mean).map(|(least, mean)| Self::Geometric { least, one_in: mean + 1 })
        } else if text.contains(':') {
            let pair = |pair: &str| pair.split_once(':').and_then(|(delay, weight)| number(delay).zip(number(weight)));
            let weights: Option<Vec<(u32, u32)>> = text.split(',').map(pair).collect();
            weights.filter(|all| all.iter().any(|(_, weight)| *weight > 0)).map(Self::Discrete)
        } else {
            number(text).map(Self::Constant)
        };
        parsed.ok_or_else(|| LatencyError(text.to_owned()))
    }
}

fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| digits && *number <= MAX_DELAY)
}

/// As it is read.
impl fmt::Display for Latency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constant(delay) => write!(f, "{delay}"),
            Self::Uniform { least, most } => write!(f, "{least}..{most}"),
            Self::Geometric { least, one_in } => write!(f, "{least}+~{}", one_in.saturating_sub(1)),
            Self::Discrete(weights) => {
                let pairs: Vec<String> = weights.iter().map(|(delay, weight)| format!("{delay}:{weight}")).collect();
                f.write_str(&pairs.join(","))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_written_alike() {
        for text in ["0", "5", "3..9", "7..7", "3+~4", "0+~0", "1:3,9:1", "2:1", "1000000"] {
            assert_eq!(text.parse::<Latency>().map(|latency| latency.to_string()), Ok(text.to_owned()));
        }
        assert_eq!("1:3,9:1".parse(), Ok(Latency::Discrete(vec![(1, 3), (9, 1)])));
        assert_eq!("3+~4".parse(), Ok(Latency::Geometric { least: 3, one_in: 5 }));
        for text in ["", "-1", "+1", "9..3", "3..", "x", "1000001", "3+~1001", "1:0", "1:,2:3", "1.5", "3+4"] {
            let error = text.parse::<Latency>().unwrap_err().to_string();
            assert!(error.starts_with(&format!("{text} is no delay: expected a whole number")), "{error}");
        }
    }

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
    fn nothing_is_drawn_below_the_least() {
        for (text, least) in [("3", 3), ("2..5", 2), ("4+~6", 4), ("9:1,7:2,5:0", 7), ("2:1", 2)] {
            let latency: Latency = text.parse().unwrap();
            assert_eq!((latency.least(), drawn(&latency).iter().min().copied()), (least, Some(least.into())), "{text}");
        }
        assert_eq!(Latency::Discrete(Vec::new()).least(), 0);
    }

    #[test]
    fn odd_parameters_do_no_harm() {
        assert!(drawn(&Latency::Uniform { least: 5, most: 2 }).iter().all(|delay| *delay == 5));
        assert!(drawn(&Latency::Discrete(Vec::new())).iter().all(|delay| *delay == 0));
        assert!(drawn(&Latency::Geometric { least: 7, one_in: 0 }).iter().all(|delay| *delay == 7));
        assert!(drawn(&Latency::Geometric { least: 7, one_in: 1 }).iter().all(|delay| *delay == 7));
    }
}
