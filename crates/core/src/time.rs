//! Time, and clocks that do not quite keep it.

/// A moment of virtual time, in units that nobody measures, from the start of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Time(pub u64);

/// The last moment of a run.
pub const END_OF_TIME: Time = Time(1_000_000_000_000);

/// The clock of a process: at the moment `t` it reads `t + offset`, and of every million units that pass it counts so
/// many more. Offsets are below [`END_OF_TIME`], drifts below a million.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Clock {
    /// What it reads at the start.
    pub offset: i64,
    /// How many units of a million it is fast; negative where it is slow.
    pub drift: i32,
}

impl Clock {
    /// What it reads.
    #[must_use]
    pub fn reads(self, now: Time) -> i64 {
        let now = i64::try_from(now.0.min(END_OF_TIME.0)).unwrap_or(i64::MAX);
        let gained = i128::from(now) * i128::from(self.drift) / 1_000_000;
        now.saturating_add(self.offset).saturating_add(i64::try_from(gained).unwrap_or(0))
    }

    /// The first moment at which it reads so much; none if that is not within the time there is.
    #[must_use]
    pub fn first_reads(self, reading: i64) -> Option<Time> {
        let (mut before, mut at) = (0, END_OF_TIME.0);
        if self.reads(Time(0)) >= reading {
            return Some(Time(0));
        }
        if self.reads(Time(at)) < reading {
            return None;
        }
        while at - before > 1 {
            let middle = before + (at - before) / 2;
            if self.reads(Time(middle)) >= reading { at = middle } else { before = middle }
        }
        Some(Time(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_read_and_asked_when_it_will_read_so_much() {
        let slow = Clock { offset: -3, drift: 0 };
        assert_eq!((slow.reads(Time(101)), slow.first_reads(100)), (98, Some(Time(103))));
        let fast = Clock { offset: 1, drift: 50 };
        assert_eq!(fast.reads(Time(60_000)), 60_004);
        let first = fast.first_reads(60_004).unwrap();
        assert!(fast.reads(first) >= 60_004 && fast.reads(Time(first.0 - 1)) < 60_004);
        assert_eq!(slow.first_reads(-5), Some(Time(0)));
        assert_eq!(slow.first_reads(i64::MAX), None);
    }
}
