//! Processes that join and leave while snapshots are taken.
//!
//! *Joining.* Until it joins, a newcomer is in its initial state and its channels are empty. Whoever has recorded for a
//! snapshot that is not complete sends the newcomer its marker before anything else, and records the channel from it until
//! its marker comes; the newcomer records on its first marker, as everybody does. So the marker rules hold on the new
//! channels from their first item on.
//!
//! *Leaving.* Who leaves has finished the snapshots that it recorded for, and says so as the last item on each of its channels.
//! That last word is a marker for every snapshot, open or to come: all that was sent on the channel was sent before.

use super::{ChandyLamport, Collect, Control, Markers, Memory, TimeOuts};
use crate::algorithm::{Effect, Effects, Here};
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::rejected::Rejected;

impl ChandyLamport {
    /// Who collects parts counts on those who were there at the start, and time-outs know no last word.
    pub(super) fn members_may_change(self) -> bool {
        self.collect == Collect::No && self.markers == Markers::AtOnce && self.time_outs == TimeOuts::None
    }

    pub(super) fn welcomes(
        here: Here<'_>,
        memory: &mut Memory,
        newcomer: ProcessId,
        open: &[SnapshotId],
        out: &mut Effects<Control>,
    ) {
        let topology = here.topology();
        let to: Vec<ChannelId> = here.outgoing().filter(|channel| topology.channel(*channel).to == newcomer).collect();
        let from: Vec<ChannelId> =
            here.incoming().filter(|channel| topology.channel(*channel).from == newcomer).collect();
        for (snapshot, recording) in memory.taken.iter_mut().filter(|(snapshot, _)| open.contains(snapshot)) {
            let marker = Control::Marker { snapshot: *snapshot, parent: None };
            out.extend(to.iter().map(|channel| Effect::SendControl(*channel, marker.clone())));
            out.extend(from.iter().map(|channel| Effect::Open(*snapshot, *channel)));
            recording.extend(&from);
            recording.sort_unstable();
            memory.open += from.len();
        }
    }

    pub(super) fn may_go(here: Here<'_>, memory: &Memory) -> Result<(), Rejected> {
        let unfinished =
            memory.taken.iter().find(|(snapshot, open)| !open.is_empty() && *snapshot >= here.first_snapshot());
        unfinished.map_or(Ok(()), |(snapshot, _)| {
            Err(Rejected::StillRecording { process: here.process, snapshot: *snapshot })
        })
    }

    /// Somebody has said its last word.
    pub(super) fn last_word(memory: &mut Memory, channel: ChannelId, out: &mut Effects<Control>) {
        let snapshots: Vec<SnapshotId> = memory.taken.iter().map(|(snapshot, _)| *snapshot).collect();
        for snapshot in snapshots {
            if memory.stop(snapshot, channel) {
                out.push(Effect::Close(snapshot, channel));
            }
        }
        memory.ended.push(channel);
        memory.ended.sort_unstable();
    }
}
