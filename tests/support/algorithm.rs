//! The algorithm of Chandy and Lamport once more, sharing nothing with the core's, so that it can be broken in one
//! place at a time. A suite that does not notice is too weak.

use cutline_core::algorithm::{Algorithm, Effect, Effects, Here};
use cutline_core::event::ControlRole;
use cutline_core::{ChannelId, Rejected, SnapshotId, TimerId};

/// The algorithm, sound or broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// As it should be.
    Sound,
    /// Sound as well: markers go out later, and until then no application message does.
    MarkersOwed,
    /// Sound as well: keeps what comes before it records too, and drops all of it by opening the channel.
    OpensAnew,
    /// Markers go out later, and application messages do not wait for them.
    MarkersLate,
    /// The first process sends no marker on its first channel.
    OneMarkerForgotten,
    /// Only who records of its own accord sends markers.
    OnlyInitiatorsSend,
    /// A second marker on every channel some time after the first. It has no effect.
    MarkersTwice,
    /// The same, and the second marker too takes the messages since recording for the channel's state.
    RepeatedMarkersCount,
    /// A process records some time after its first marker.
    RecordsLate,
    /// A process records again on every further marker.
    RecordsAgain,
    /// The channel of the first marker is recorded until the last marker comes.
    FirstChannelStaysOpen,
    /// All channels are recorded as empty.
    ClosesAtOnce,
    /// The second marker to come closes all channels.
    SecondMarkerClosesAll,
    /// Messages that come after the marker are kept too.
    KeepsAfterMarker,
    /// Messages that come before recording are kept too.
    KeepsBeforeRecording,
    /// Every message is kept twice.
    KeepsTwice,
    /// Every other message is not kept.
    ForgetsToKeep,
    /// A marker counts for the snapshot that the process recorded first, whatever its number.
    IgnoresNumbers,
}

impl Variant {
    /// Those that are sound.
    pub const SOUND: [Self; 3] = [Self::Sound, Self::MarkersOwed, Self::OpensAnew];

    /// Those that are not.
    pub const BROKEN: [Self; 15] = [
        Self::MarkersLate,
        Self::OneMarkerForgotten,
        Self::OnlyInitiatorsSend,
        Self::MarkersTwice,
        Self::RepeatedMarkersCount,
        Self::RecordsLate,
        Self::RecordsAgain,
        Self::FirstChannelStaysOpen,
        Self::ClosesAtOnce,
        Self::SecondMarkerClosesAll,
        Self::KeepsAfterMarker,
        Self::KeepsBeforeRecording,
        Self::KeepsTwice,
        Self::ForgetsToKeep,
        Self::IgnoresNumbers,
    ];
}

/// What a process remembers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memory {
    runs: Vec<Part>,
    received: u32,
}

/// The part of a process in one snapshot.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    snapshot: SnapshotId,
    recorded: bool,
    /// On which messages are kept.
    listening: Vec<ChannelId>,
    /// On which markers have come.
    marked: Vec<ChannelId>,
    /// On which a marker is still to be sent.
    owed: Vec<ChannelId>,
}

impl Memory {
    fn part(&mut self, snapshot: SnapshotId) -> &mut Part {
        let known = self.runs.iter().position(|part| part.snapshot == snapshot);
        let at = known.unwrap_or_else(|| {
            let (listening, marked, owed) = (Vec::new(), Vec::new(), Vec::new());
            self.runs.push(Part { snapshot, recorded: false, listening, marked, owed });
            self.runs.len() - 1
        });
        &mut self.runs[at]
    }

    fn has_recorded(&self, snapshot: SnapshotId) -> bool {
        self.runs.iter().any(|part| part.snapshot == snapshot && part.recorded)
    }
}

impl Variant {
    fn record(self, here: Here<'_>, part: &mut Part, via: Option<ChannelId>, out: &mut Effects<SnapshotId>) {
        let snapshot = part.snapshot;
        part.recorded = true;
        out.push(Effect::Record(snapshot));
        for channel in here.incoming() {
            if self != Self::KeepsBeforeRecording {
                out.push(Effect::Open(snapshot, channel));
            }
            let stays = matches!(self, Self::FirstChannelStaysOpen | Self::RepeatedMarkersCount);
            if self == Self::ClosesAtOnce || (part.marked.contains(&channel) && !stays) {
                out.push(Effect::Close(snapshot, channel));
            } else {
                part.listening.push(channel);
            }
        }
        self.close_first_channel(part, out);
        self.send_markers(here, part, via, out);
    }

    /// The channel of the first marker closes once there is none other to wait for.
    fn close_first_channel(self, part: &mut Part, out: &mut Effects<SnapshotId>) {
        if self == Self::FirstChannelStaysOpen && part.listening.iter().all(|channel| part.marked.contains(channel)) {
            let rest = std::mem::take(&mut part.listening);
            out.extend(rest.into_iter().map(|channel| Effect::Close(part.snapshot, channel)));
        }
    }

    fn send_markers(self, here: Here<'_>, part: &mut Part, via: Option<ChannelId>, out: &mut Effects<SnapshotId>) {
        let marker = |channel: &ChannelId| Effect::SendControl(*channel, part.snapshot);
        let outgoing: Vec<ChannelId> = here.outgoing().collect();
        match self {
            Self::MarkersOwed | Self::MarkersLate => {
                part.owed = outgoing;
                out.push(Effect::SetTimer(TimerId(u32::from(part.snapshot.0))));
            }
            Self::OneMarkerForgotten if here.process.index() == 0 => {
                out.extend(outgoing.iter().skip(1).map(marker));
            }
            Self::OnlyInitiatorsSend if via.is_some() => {}
            Self::MarkersTwice | Self::RepeatedMarkersCount => {
                out.extend(outgoing.iter().map(marker));
                part.owed = outgoing;
                out.push(Effect::SetTimer(TimerId(u32::from(part.snapshot.0))));
            }
            _ => out.extend(outgoing.iter().map(marker)),
        }
    }

    fn further_marker(self, part: &mut Part, channel: ChannelId, again: bool, out: &mut Effects<SnapshotId>) {
        let snapshot = part.snapshot;
        if self == Self::RecordsAgain {
            out.push(Effect::Record(snapshot));
        }
        if !part.listening.contains(&channel) {
            return;
        }
        out.push(Effect::Close(snapshot, channel));
        match self {
            Self::KeepsAfterMarker => {}
            Self::RepeatedMarkersCount if !again => {}
            Self::SecondMarkerClosesAll => {
                let rest = std::mem::take(&mut part.listening);
                let others = rest.into_iter().filter(|other| *other != channel);
                out.extend(others.map(|other| Effect::Close(snapshot, other)));
            }
            _ => part.listening.retain(|listening| *listening != channel),
        }
        self.close_first_channel(part, out);
    }
}

impl Algorithm for Variant {
    type Memory = Memory;
    type Control = SnapshotId;
    type Tag = ();

    fn role(&self, control: &SnapshotId) -> ControlRole {
        ControlRole::Marker(*control)
    }

    fn may_initiate(&self, here: Here<'_>, memory: &Memory, snapshot: SnapshotId) -> Result<(), Rejected> {
        if memory.has_recorded(snapshot) {
            return Err(Rejected::AlreadyRecorded { process: here.process, snapshot });
        }
        Ok(())
    }

    fn may_send(&self, _here: Here<'_>, memory: &Memory, channel: ChannelId) -> Result<(), Rejected> {
        if *self == Self::MarkersOwed && memory.runs.iter().any(|part| part.owed.contains(&channel)) {
            return Err(Rejected::SendHeld { channel });
        }
        Ok(())
    }

    fn initiate(&self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<SnapshotId>) {
        self.record(here, memory.part(snapshot), None, out);
    }

    fn send(&self, _here: Here<'_>, _memory: &mut Memory, _channel: ChannelId, _out: &mut Effects<SnapshotId>) {}

    fn receive(
        &self,
        _here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        (): &(),
        out: &mut Effects<SnapshotId>,
    ) {
        memory.received += 1;
        let keeps_before = matches!(self, Self::KeepsBeforeRecording | Self::OpensAnew);
        if keeps_before && !memory.has_recorded(SnapshotId(0)) {
            out.push(Effect::Keep(SnapshotId(0)));
        }
        for part in memory.runs.iter().filter(|part| part.listening.contains(&channel)) {
            let times = match self {
                Self::KeepsTwice => 2,
                Self::ForgetsToKeep if memory.received.is_multiple_of(2) => 0,
                _ => 1,
            };
            out.extend((0..times).map(|_| Effect::Keep(part.snapshot)));
        }
    }

    fn control(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        marker: &SnapshotId,
        out: &mut Effects<SnapshotId>,
    ) {
        let first = memory.runs.first().map(|part| part.snapshot).filter(|_| *self == Self::IgnoresNumbers);
        let part = memory.part(first.unwrap_or(*marker));
        let again = part.marked.contains(&channel);
        part.marked.push(channel);
        if part.recorded {
            self.further_marker(part, channel, again, out);
        } else if *self == Self::RecordsLate {
            out.push(Effect::SetTimer(TimerId(u32::from(part.snapshot.0))));
        } else {
            self.record(here, part, Some(channel), out);
        }
    }

    fn ring(&self, here: Here<'_>, memory: &mut Memory, timer: TimerId, out: &mut Effects<SnapshotId>) {
        let part = memory.part(SnapshotId::at(timer.0 as usize));
        if !part.recorded {
            self.record(here, part, None, out);
        }
        let owed = std::mem::take(&mut part.owed);
        out.extend(owed.into_iter().map(|channel| Effect::SendControl(channel, part.snapshot)));
    }
}
