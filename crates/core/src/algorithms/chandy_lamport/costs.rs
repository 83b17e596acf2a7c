//! What a snapshot by markers costs: one marker a channel, and the reports by which parts come together.

use super::{ChandyLamport, Collect, Control, Markers, Report};
use crate::ids::{ProcessId, SnapshotId};
use crate::meters::{Costs, Facts, Formula, width};

impl ChandyLamport {
    /// The number of the snapshot; where parts are collected, also of which of two kinds it is, and who is named.
    pub(super) fn bits_of(self, control: &Control) -> u32 {
        let kind = u32::from(self.collect != Collect::No);
        let of = |snapshot: SnapshotId| kind + width(snapshot.0.into());
        let name = |process: &ProcessId| width(process.0.into());
        match control {
            Control::Leave => 1,
            Control::Marker { snapshot, parent } => of(*snapshot) + parent.iter().map(name).sum::<u32>(),
            Control::Report(Report { snapshot, parts }) => of(*snapshot) + parts.iter().map(name).sum::<u32>(),
        }
    }

    pub(super) fn expected_costs(self, facts: &Facts) -> Costs {
        let Facts { processes: n, channels: e, initiators: r, .. } = *facts;
        let controls = match self.collect {
            Collect::No => Formula::exactly("e", e),
            Collect::Tree => Formula::exactly("e + n-r", e + n.saturating_sub(r)),
            Collect::Flooding => Formula::exactly("e + n e", e + n * e),
        };
        Costs {
            controls: Some(controls),
            tag_bits: Some(Formula::exactly("0", 0)),
            delay: facts.reach.filter(|_| self.markers == Markers::AtOnce).map(|reach| Formula::exactly("d", reach)),
        }
    }
}
