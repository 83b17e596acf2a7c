//! The application without any snapshot algorithm, as an algorithm that does nothing.

use super::pack::Explorable;
use crate::algorithm::{Algorithm, Effects, Here};
use crate::event::ControlRole;
use crate::ids::{ChannelId, SnapshotId};
use crate::rejected::Rejected;

/// Records nothing, sends nothing, holds nothing back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Alone;

impl Algorithm for Alone {
    type Memory = ();
    type Control = ();
    type Tag = ();

    fn role(&self, (): &()) -> ControlRole {
        ControlRole::Marker(SnapshotId(0))
    }

    fn may_initiate(&self, _here: Here<'_>, (): &(), _snapshot: SnapshotId) -> Result<(), Rejected> {
        Err(Rejected::TooManySnapshots { limit: 0 })
    }

    fn initiate(&self, _here: Here<'_>, (): &mut (), _snapshot: SnapshotId, _out: &mut Effects<()>) {}

    fn send(&self, _here: Here<'_>, (): &mut (), _channel: ChannelId, _out: &mut Effects<()>) {}

    fn receive(&self, _here: Here<'_>, (): &mut (), _channel: ChannelId, (): &(), _out: &mut Effects<()>) {}

    fn control(&self, _here: Here<'_>, (): &mut (), _channel: ChannelId, (): &(), _out: &mut Effects<()>) {}
}

impl Explorable for Alone {}
