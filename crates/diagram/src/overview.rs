//! The whole of a run in few numbers, for a strip that shows which part of it is in sight.

use crate::chart::Chart;
use crate::frame::Frame;
use cutline_core::SnapshotId;

/// A run in stretches of equal length along time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// The most items under way at once, by stretch.
    pub under_way: Vec<u32>,
    /// In which stretch each process records, with the snapshot.
    pub recordings: Vec<(usize, SnapshotId)>,
}

impl Overview {
    /// A branch in so many stretches, as it lies in a picture of these measures. Takes time in the number of its
    /// messages and steps.
    #[must_use]
    pub fn new(chart: &Chart, frame: &Frame, stretches: usize) -> Self {
        let stretch = |step: usize| {
            let along = usize::try_from(frame.moment(step)).unwrap_or(0);
            let length = usize::try_from(frame.length).unwrap_or(1).max(1);
            (along * stretches / length).min(stretches.saturating_sub(1))
        };
        let mut change = vec![0_i32; chart.steps() + 2];
        for flight in chart.flights() {
            change[flight.sent] += 1;
            if let Some(end) = flight.end() {
                change[end] -= 1;
            }
        }
        let mut under_way = vec![0; stretches];
        let (mut now, mut at) = (0_u32, 0);
        for (step, change) in change.iter().enumerate().take(chart.steps() + 1).skip(1) {
            // A step may take several stretches.
            let here = stretch(step);
            under_way[(at + 1).min(here)..here].fill(now);
            now = now.saturating_add_signed(*change);
            under_way[here] = under_way[here].max(now);
            at = here;
        }
        let points = chart
            .recordings()
            .iter()
            .flat_map(|one| one.points.iter().flatten().map(|point| (stretch(point.step), one.snapshot)));
        let mut recordings: Vec<_> = points.collect();
        recordings.sort_unstable();
        recordings.dedup();
        Self { under_way, recordings }
    }
}
