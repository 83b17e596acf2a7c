//! Uncoordinated checkpoints: B. Randell, "System Structure for Software Fault Tolerance", 1975. *Each process takes a checkpoint
//! when it likes*, and there is no other rule. The n-th checkpoints of all are snapshot n; nothing sees to it that they fit
//! together, and mostly they do not.
//!
//! What can be gone back to is found only afterwards: the greatest consistent choice of one checkpoint of each process
//! ([`crate::cuts::Checkpoints`]). One process that goes back may make others go back, and these again others: the domino effect,
//! at worst to the start.
//!
//! Needs nothing of the channels and costs no messages. What crosses the line is left to the transport.

use crate::algorithm::{Algorithm, Arriving, Effect, Effects, Here};
use crate::event::ControlRole;
use crate::explore::Explorable;
use crate::ids::{ChannelId, SnapshotId};
use crate::meters::{Costs, Facts, Formula};
use crate::rejected::Rejected;

/// Everybody takes checkpoints when it likes, one number after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Uncoordinated;

impl Algorithm for Uncoordinated {
    /// How many checkpoints it has taken.
    type Memory = u16;
    type Control = ();
    type Tag = ();

    fn role(&self, (): &()) -> ControlRole {
        ControlRole::Marker(SnapshotId(0))
    }

    fn may_initiate(&self, here: Here<'_>, taken: &u16, snapshot: SnapshotId) -> Result<(), Rejected> {
        let next = here.first_snapshot().0.max(*taken);
        if snapshot.0 < next {
            return Err(Rejected::AlreadyRecorded { process: here.process, snapshot });
        }
        if snapshot.0 > next {
            return Err(Rejected::OneAtATime { snapshot: SnapshotId(next) });
        }
        Ok(())
    }

    fn initiate(&self, here: Here<'_>, taken: &mut u16, snapshot: SnapshotId, out: &mut Effects<()>) {
        *taken = snapshot.0 + 1;
        out.push(Effect::Record(snapshot));
        out.extend(here.incoming().map(|channel| Effect::Leave(snapshot, channel)));
    }

    fn send(&self, _here: Here<'_>, _taken: &mut u16, _channel: ChannelId, _out: &mut Effects<()>) {}

    fn receive(&self, _here: Here<'_>, _taken: &mut u16, _channel: ChannelId, (): &(), _out: &mut Effects<()>) {}

    fn control(&self, _here: Here<'_>, _taken: &mut u16, _channel: ChannelId, (): &(), _out: &mut Effects<()>) {}

    fn spreads(&self) -> bool {
        false
    }

    fn leaves_channels(&self) -> bool {
        true
    }

    fn bits(&self, _carried: Arriving<'_, Self>) -> Option<u32> {
        Some(0)
    }

    fn costs(&self, _facts: &Facts) -> Costs {
        let none = || Some(Formula::exactly("0", 0));
        Costs { controls: none(), tag_bits: none(), delay: none() }
    }
}

impl Explorable for Uncoordinated {
    fn records_channels(&self) -> bool {
        false
    }
}
