//! What the marks of a picture mean.

use cutline_core::SnapshotId;

/// What a mark means. How that looks is the painter's choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The area before a cut.
    PastOfCut(SnapshotId),
    /// A process's line up to the present.
    Lane,
    /// Its continuation after the present.
    LaneAhead,
    /// The edge of the present.
    Now,
    /// A small word at the edge of the figure.
    Caption,
    /// A cut where the processes on both sides have recorded.
    Cut(SnapshotId),
    /// A cut where it still moves with the present, since a process has not recorded.
    CutSoFar(SnapshotId),
    /// The number of a cut's snapshot, where there are several.
    CutName(SnapshotId),
    /// The reader's own cut, where no message contradicts it.
    OwnCut,
    /// The same where one does.
    OwnCutWrong,
    /// Where it can be taken hold of.
    OwnHandle,
    /// A message that is received before the reader's own cut and sent after it, under its arrow.
    OwnOrphan,
    /// A message that is under way at it, under its arrow.
    OwnInTransit,
    /// An application message.
    Message,
    /// One that is in the recorded state of its channel.
    MessageInChannel(SnapshotId),
    /// Where a message was sent.
    Sending,
    /// Where a message was received.
    Receipt,
    /// What a process did by itself.
    Act,
    /// Several such things, one after the other.
    Acts,
    /// How many they are.
    ActCount,
    /// Where the run went back to a recorded state.
    Restoration,
    /// Where the network lost something.
    Loss,
    /// Where the line of a process begins or ends, since it joins or leaves.
    LaneEnd,
    /// Where the network changed something on its way.
    Corruption,
    /// The line of a process that has crashed.
    Outage,
    /// Where it crashed.
    Crash,
    /// Where it began again.
    Restart,
    /// Where the network delivers nothing between two neighbours.
    Fence,
    /// Where that begins or ends.
    FencePost,
    /// Before something that waits behind it.
    Bar,
    /// While a timer is set.
    Alarm,
    /// Where it goes off.
    Ringing,
    /// From where something came early to where it was handed over.
    HeldBack,
    /// The background of a message's label.
    Label,
    /// The same for one that is in the recorded state of its channel.
    LabelInChannel(SnapshotId),
    /// That the sender of a message was white for the snapshot that is shown: it had not recorded.
    White,
    /// That it was red: it had.
    Red(SnapshotId),
    /// What else rides on a message, in its label.
    Rider,
    /// The same for one that is in the recorded state of its channel.
    RiderInChannel(SnapshotId),
    /// A marker.
    Marker(SnapshotId),
    /// Where a control message was sent, other than at a recording point.
    MarkerSending(SnapshotId),
    /// A control message that brings recorded parts along.
    Report(SnapshotId),
    /// The ring of a recording point.
    Recording(SnapshotId),
    /// Its middle.
    RecordingCore(SnapshotId),
    /// The number of a snapshot in the middle of a recording point.
    RecordingNumber(SnapshotId),
    /// What was recorded there.
    RecordedState(SnapshotId),
    /// A message that can be delivered now.
    Handle,
    /// A marker that can be delivered now.
    MarkerHandle(SnapshotId),
    /// Something that waits behind another or is blocked.
    Queued,
    /// A marker that waits behind another item.
    MarkerQueued(SnapshotId),
    /// How many more wait behind.
    MoreQueued,
    /// The sign inside a message's handle.
    HandleSign,
    /// The sign inside a marker's handle.
    MarkerHandleSign(SnapshotId),
    /// The area around a handle that takes clicks.
    HitArea,
    /// The arrow of a message, not as it happened.
    GhostMessage,
    /// Where a message is sent or received, not as it happened.
    GhostEnd,
    /// What such a message carries.
    GhostLabel,
    /// The arrow of a control message, not as it happened.
    GhostMarker(SnapshotId),
    /// A recording point, not as it happened.
    GhostRecording(SnapshotId),
    /// The arrows of messages, many together.
    Traffic,
    /// The same, not as it happened.
    GhostTraffic,
    /// The arrows of control messages, many together.
    MarkerTraffic(SnapshotId),
    /// Where a process was busy: a little, more, very.
    Busy(u8),
}

impl Role {
    /// The role's name, for style sheets.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::PastOfCut(_) => "past",
            Self::Lane => "lane",
            Self::LaneAhead => "lane-ahead",
            Self::Now => "now",
            Self::Caption => "caption",
            Self::Cut(_) => "cut",
            Self::CutSoFar(_) => "cut-so-far",
            Self::CutName(_) => "cut-name",
            Self::OwnCut => "own-cut",
            Self::OwnCutWrong => "own-cut-wrong",
            Self::OwnHandle => "own-handle",
            Self::OwnOrphan => "own-orphan",
            Self::OwnInTransit => "own-in-transit",
            Self::Message => "message",
            Self::MessageInChannel(_) => "message-in-channel",
            Self::Sending => "sending",
            Self::Receipt => "receipt",
            Self::Act => "act",
            Self::Restoration => "restoration",
            Self::Label => "label",
            Self::LabelInChannel(_) => "label-in-channel",
            Self::White => "white",
            Self::Red(_) => "red",
            Self::Rider => "rider",
            Self::RiderInChannel(_) => "rider-in-channel",
            Self::Marker(_) => "marker",
            Self::MarkerSending(_) => "marker-sending",
            Self::Report(_) => "report",
            Self::Recording(_) => "recording",
            Self::RecordingCore(_) => "recording-core",
            Self::RecordingNumber(_) => "recording-number",
            Self::RecordedState(_) => "recorded-state",
            Self::Handle => "handle",
            Self::MarkerHandle(_) => "marker-handle",
            Self::Queued => "queued",
            Self::MarkerQueued(_) => "marker-queued",
            Self::MoreQueued => "more-queued",
            Self::HandleSign => "handle-sign",
            Self::MarkerHandleSign(_) => "marker-handle-sign",
            Self::HitArea => "hit-area",
            Self::Acts => "acts",
            Self::ActCount => "act-count",
            Self::GhostMessage => "ghost-message",
            Self::GhostEnd => "ghost-end",
            Self::GhostLabel => "ghost-label",
            Self::GhostMarker(_) => "ghost-marker",
            Self::GhostRecording(_) => "ghost-recording",
            Self::Traffic => "traffic",
            Self::GhostTraffic => "ghost-traffic",
            Self::MarkerTraffic(_) => "marker-traffic",
            Self::Busy(0) => "busy",
            Self::Busy(1) => "busy-more",
            Self::Busy(_) => "busy-most",
            other => other.class_of_trouble(),
        }
    }

    /// The same for what goes wrong, and what lasts.
    fn class_of_trouble(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::Corruption => "corruption",
            Self::LaneEnd => "lane-end",
            Self::Outage => "outage",
            Self::Crash => "crash",
            Self::Restart => "restart",
            Self::Fence => "fence",
            Self::FencePost => "fence-post",
            Self::Bar => "bar",
            Self::Alarm => "alarm",
            Self::Ringing => "ringing",
            Self::HeldBack => "held-back",
            _ => "",
        }
    }

    /// The snapshot in whose colour it is painted.
    #[must_use]
    pub fn snapshot(self) -> Option<SnapshotId> {
        match self {
            Self::PastOfCut(s)
            | Self::Cut(s)
            | Self::CutSoFar(s)
            | Self::CutName(s)
            | Self::MessageInChannel(s)
            | Self::LabelInChannel(s)
            | Self::Red(s)
            | Self::RiderInChannel(s)
            | Self::Marker(s)
            | Self::Report(s)
            | Self::Recording(s)
            | Self::RecordingCore(s)
            | Self::RecordingNumber(s)
            | Self::RecordedState(s)
            | Self::MarkerSending(s)
            | Self::MarkerHandle(s)
            | Self::MarkerHandleSign(s)
            | Self::GhostMarker(s)
            | Self::GhostRecording(s)
            | Self::MarkerTraffic(s)
            | Self::MarkerQueued(s) => Some(s),
            _ => None,
        }
    }
}
