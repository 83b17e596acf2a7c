//! How far one clock is from another, as found out by asking: F. Cristian, "Probabilistic Clock Synchronization",
//! Distributed Computing 3, 1989, 146-158; and D. L. Mills, "Internet Time Synchronization: The Network Time Protocol", IEEE
//! Transactions on Communications 39, 1991, 1482-1493.
//!
//! Who asks (the client) does not know how the time that passed was divided between the way there and the way back. That is
//! the error; it is smallest where the round trip is. From then on clocks of rate within 1 +- rho part by at most 2 rho for
//! every unit of time, so that they have to be compared again and again.

mod exchange;

pub use exchange::{Path, Plan, Protocol, Synchronised, synchronise};

use crate::time::Clock;
use std::fmt;

/// An amount of time in halves of a unit: half a round trip need not be whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Halves(pub i64);

impl Halves {
    /// So many whole units.
    #[must_use]
    pub fn whole(units: i64) -> Self {
        Self(units.saturating_mul(2))
    }

    /// How far it is from so many whole units.
    #[must_use]
    pub fn distance(self, units: i64) -> Self {
        Self(self.0.saturating_sub(Self::whole(units).0).saturating_abs())
    }

    fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// In units: `6`, `-2.5`.
impl fmt::Display for Halves {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let half = if self.0 % 2 == 0 { "" } else { ".5" };
        write!(f, "{sign}{}{half}", self.0.unsigned_abs() / 2)
    }
}

/// What a client has found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// What the server's clock reads less what the client's reads, at the moment when the answer came.
    pub offset: Halves,
    /// By how much that is wrong at most.
    pub error: Halves,
}

/// The readings of one exchange, called t0 to t3 by NTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamps {
    /// The client's, when it asks.
    pub asked: i64,
    /// The server's, when the question comes.
    pub received: i64,
    /// The server's, when it answers.
    pub answered: i64,
    /// The client's, when the answer comes.
    pub returned: i64,
}

impl Stamps {
    /// How long question and answer were under way together: (t3 - t0) - (t2 - t1).
    #[must_use]
    pub fn round_trip(self) -> i64 {
        self.took().saturating_sub(self.answered.saturating_sub(self.received))
    }

    /// How long the client waited: t3 - t0.
    #[must_use]
    pub fn took(self) -> i64 {
        self.returned.saturating_sub(self.asked)
    }

    /// NTP: offset ((t1 - t0) + (t2 - t3)) / 2, wrong by half of the round trip at most. As for clocks without drift.
    #[must_use]
    pub fn by_ntp(self) -> Estimate {
        let (there, back) = (self.received.saturating_sub(self.asked), self.answered.saturating_sub(self.returned));
        Estimate { offset: Halves(there.saturating_add(back)), error: Halves(self.round_trip().max(0)) }
    }

    /// Cristian: with the server's time t and R = t3 - t0 for both ways, its clock reads t + R/2 now, wrong by R/2 less the
    /// least delay of one way at most. Does not ask how long the server took. As for clocks without drift.
    #[must_use]
    pub fn by_cristian(self, least_delay: u32) -> Estimate {
        let reads_now = Halves::whole(self.answered).plus(Halves(self.took()));
        let error = self.took().saturating_sub(i64::from(least_delay).saturating_mul(2));
        Estimate {
            offset: Halves(reads_now.0.saturating_sub(Halves::whole(self.returned).0)),
            error: Halves(error.max(0)),
        }
    }
}

/// How much the whole readings of clocks that drift can add to an error, in units. Each reading is less than one unit off.
const CUT_OFF: i64 = 3;

impl Estimate {
    /// The same where the clocks drift, and the exchange took so long by the client's clock.
    #[must_use]
    fn with_drift(self, rho: Rho, took: i64) -> Self {
        if rho == Rho(0) {
            return self;
        }
        let error = rho.apart(self.error, rho.longest(took.saturating_add(1)));
        Self { error: error.plus(Halves::whole(CUT_OFF)), ..self }
    }
}

/// By how many millionths the rate of a clock can be off, below a million.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Rho(pub u32);

const MILLION: i128 = 1_000_000;

impl Rho {
    /// The greatest drift of any of these.
    #[must_use]
    pub fn of(clocks: impl IntoIterator<Item = Clock>) -> Self {
        Self(clocks.into_iter().map(|clock| clock.drift.unsigned_abs()).max().unwrap_or(0))
    }

    /// eps(Delta) = eps_0 + 2 rho Delta: how far two clocks can be apart, or an estimate be wrong, so many units of time after
    /// it was at most `at_first`. Rounded up to a half.
    #[must_use]
    pub fn apart(self, at_first: Halves, elapsed: u64) -> Halves {
        let grown = (i128::from(self.0) * i128::from(elapsed) * 4 + MILLION - 1) / MILLION;
        at_first.plus(Halves(i64::try_from(grown).unwrap_or(i64::MAX)))
    }

    /// How much time passes at most while a clock counts so much.
    #[must_use]
    pub fn longest(self, counted: i64) -> u64 {
        let slowest = (MILLION - i128::from(self.0)).max(1);
        let longest = (i128::from(counted.max(0)) * MILLION + slowest - 1) / slowest;
        u64::try_from(longest).unwrap_or(u64::MAX)
    }

    /// How far any two of several clocks can be apart, each of which is set by one server and wrong by so much at most. The
    /// server's own is one of them, wrong by nothing.
    #[must_use]
    pub fn widest(self, errors: impl IntoIterator<Item = Halves>) -> Halves {
        let (mut most, mut next) = (Halves(0), Halves(0));
        for error in errors {
            next = next.max(error.min(most));
            most = most.max(error);
        }
        // Where clocks drift, what passes between two readings is known to a unit.
        most.plus(next).plus(Halves::whole(i64::from(self.0 > 0)))
    }

    /// Whether (1 - rho) `least_delay` >= `eps`: then, and only then, recording by the clock is right in every run.
    #[must_use]
    pub fn is_safe(self, least_delay: u32, eps: Halves) -> bool {
        (MILLION - i128::from(self.0)) * i128::from(least_delay) * 2 >= i128::from(eps.0) * MILLION
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_stamps_give_offset_and_round_trip() {
        let stamps = Stamps { asked: 100, received: 108, answered: 109, returned: 105 };
        assert_eq!(stamps.round_trip(), 4);
        let Estimate { offset, error } = stamps.by_ntp();
        assert_eq!((offset, error), (Halves::whole(6), Halves::whole(2)), "the true offset is in 4 to 8");
    }

    #[test]
    fn a_servers_time_and_half_the_round_trip() {
        let stamps = Stamps { asked: 100, received: 106, answered: 106, returned: 107 };
        let Estimate { offset, error } = stamps.by_cristian(1);
        assert_eq!((offset.to_string(), error.to_string()), ("2.5".to_owned(), "2.5".to_owned()), "t + R/2 = 109.5");
        assert_eq!(stamps.by_cristian(3).error, Halves(1));
        assert_eq!(stamps.by_cristian(9).error, Halves(0), "such a delay cannot have been");
    }

    /// All of what is not known may have passed on one of the two ways.
    #[test]
    fn the_bounds_are_reached() {
        let (offset, least) = (5, 2);
        for (there, back) in [(2, 10), (10, 2)] {
            let stamps =
                Stamps { asked: 0, received: there + offset, answered: there + offset, returned: there + back };
            let cristian = stamps.by_cristian(least);
            assert_eq!((cristian.offset.distance(offset), cristian.error), (Halves::whole(4), Halves::whole(4)));
            let ntp = stamps.by_ntp();
            assert_eq!((ntp.offset.distance(offset), ntp.error), (Halves::whole(4), Halves::whole(6)));
        }
    }

    /// In microseconds: 1 ms at first, 50 millionths of drift, 60 s.
    #[test]
    fn clocks_part_by_twice_the_drift() {
        let rho = Rho(50);
        let eps = rho.apart(Halves::whole(1_000), 60_000_000);
        assert_eq!(eps, Halves::whole(7_000));
        assert!(!rho.is_safe(100, eps), "a local network is too fast");
        assert!(!rho.is_safe(7_000, eps) && rho.is_safe(7_001, eps), "the delay too is measured by a slow clock");
        assert_eq!(rho.longest(999_950), 1_000_000);
    }

    #[test]
    fn two_clocks_are_apart_by_both_their_errors() {
        let errors = [3, 7, 5].map(Halves);
        assert_eq!(Rho(0).widest(errors), Halves(12));
        assert_eq!(Rho(0).widest([Halves(7)]), Halves(7), "the server's own is right");
        assert_eq!(Rho(1).widest(errors), Halves(14));
    }

    #[test]
    fn halves_are_written_as_people_do() {
        let written: Vec<String> = [-5, -1, 0, 1, 12].map(|halves| Halves(halves).to_string()).into();
        assert_eq!(written, ["-2.5", "-0.5", "0", "0.5", "6"]);
    }

    #[test]
    fn extremes_do_no_harm() {
        let stamps = Stamps { asked: i64::MIN, received: i64::MAX, answered: i64::MIN, returned: i64::MAX };
        let _ = (stamps.by_ntp(), stamps.by_cristian(u32::MAX).with_drift(Rho(999_999), i64::MAX));
        assert_eq!(Rho(u32::MAX).longest(i64::MAX), u64::MAX);
        assert!(Rho(999_999).apart(Halves(i64::MAX), u64::MAX) == Halves(i64::MAX));
    }
}
