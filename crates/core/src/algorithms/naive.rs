//! Naive instants: everybody records its own state when it is told, each at its own moment, and nobody looks at the
//! channels. It is what K. M. Chandy and L. Lamport, "Distributed Snapshots", 1985, section 2.2, show to fail: what is
//! under way is missed, and what was sent after one instant may have been received before another.
//!
//! Costs no messages, needs nothing, and guarantees nothing.

use crate::algorithm::{Algorithm, Arriving, Effect, Effects, Here};
use crate::event::ControlRole;
use crate::explore::Explorable;
use crate::ids::{ChannelId, SnapshotId};
use crate::meters::{Costs, Facts, Formula};
use crate::rejected::Rejected;

/// Everybody records when told. Whoever is to record has to be told, that is, to initiate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Naive;

impl Algorithm for Naive {
    type Memory = Vec<SnapshotId>;
    type Control = ();
    type Tag = ();

    fn role(&self, (): &()) -> ControlRole {
        ControlRole::Marker(SnapshotId(0))
    }

    fn may_initiate(&self, here: Here<'_>, taken: &Vec<SnapshotId>, snapshot: SnapshotId) -> Result<(), Rejected> {
        if taken.contains(&snapshot) {
            return Err(Rejected::AlreadyRecorded { process: here.process, snapshot });
        }
        Ok(())
    }

    fn initiate(&self, here: Here<'_>, taken: &mut Vec<SnapshotId>, snapshot: SnapshotId, out: &mut Effects<()>) {
        let at = taken.partition_point(|other| *other < snapshot);
        taken.insert(at, snapshot);
        out.push(Effect::Record(snapshot));
        for channel in here.incoming() {
            out.extend([Effect::Open(snapshot, channel), Effect::Close(snapshot, channel)]);
        }
    }

    fn send(&self, _here: Here<'_>, _taken: &mut Vec<SnapshotId>, _channel: ChannelId, _out: &mut Effects<()>) {}

    fn receive(
        &self,
        _here: Here<'_>,
        _taken: &mut Vec<SnapshotId>,
        _channel: ChannelId,
        (): &(),
        _out: &mut Effects<()>,
    ) {
    }

    fn control(
        &self,
        _here: Here<'_>,
        _taken: &mut Vec<SnapshotId>,
        _channel: ChannelId,
        (): &(),
        _out: &mut Effects<()>,
    ) {
    }

    fn spreads(&self) -> bool {
        false
    }

    fn bits(&self, _carried: Arriving<'_, Self>) -> Option<u32> {
        Some(0)
    }

    fn costs(&self, _facts: &Facts) -> Costs {
        let none = || Some(Formula::exactly("0", 0));
        Costs { controls: none(), tag_bits: none(), delay: none() }
    }
}

impl Explorable for Naive {}
