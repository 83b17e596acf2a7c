//! How markers go about, and when processes record.

use super::must;
use crate::run::Run;
use cutline_core::{Event, SnapshotId};

/// Exactly one marker is sent and received on every channel, as many as there are channels in all, and none is left.
pub(super) fn one_each(run: &Run<'_>, snapshot: SnapshotId) -> Result<(), String> {
    let mut total = 0;
    for channel in run.topology().channels() {
        let sent = run.markers_sent(snapshot, channel).count();
        let received = run.markers_received(snapshot, channel).count();
        must((sent, received) == (1, 1), || format!("{channel:?}: {sent} markers sent, {received} received"))?;
        total += sent;
    }
    must(total == run.topology().channel_count(), || format!("{total} markers"))?;
    must(run.left.iter().all(|left| *left == 0), || format!("left in the channels: {:?}", run.left))
}

/// A process has recorded by the time it is through with its first marker: no other event of it comes between, and in
/// particular no later message of that channel.
pub(super) fn recorded_in_time(run: &Run<'_>, snapshot: SnapshotId) -> Result<(), String> {
    for process in run.topology().processes() {
        let incoming = run.topology().incoming(process);
        let first = incoming.iter().flat_map(|channel| run.markers_received(snapshot, *channel)).min();
        let Some(marker) = first else { continue };
        let recorded = run.records_of(snapshot, process).next();
        let own = |event: &&Event| event.process(run.topology()) == process;
        let idle = |from: usize, to: usize| !run.events[from + 1..to].iter().any(|event| own(&event));
        let in_time = recorded.is_some_and(|recorded| recorded < marker || idle(marker, recorded));
        must(in_time, || format!("{process:?}: first marker at {marker}, recorded at {recorded:?}"))?;
    }
    Ok(())
}

/// No application message goes out on a channel between the recording of its sender and the marker on it.
pub(super) fn nothing_before_the_marker(run: &Run<'_>, snapshot: SnapshotId) -> Result<(), String> {
    for channel in run.topology().channels() {
        let sender = run.topology().channel(channel).from;
        let Some(recorded) = run.records_of(snapshot, sender).next() else { continue };
        let marker = run.markers_sent(snapshot, channel).next().unwrap_or(usize::MAX);
        let mut on_it = run.messages.iter().filter(|message| message.channel == channel);
        let between = on_it.find(|message| recorded < message.sent && message.sent < marker);
        must(between.is_none(), || format!("{between:?} before the marker at {marker}"))?;
    }
    Ok(())
}

/// Where a process recorded because of a marker, the channel of that marker is recorded as empty.
pub(super) fn first_channel_empty(run: &Run<'_>, snapshot: SnapshotId) -> Result<(), String> {
    for process in run.topology().processes() {
        let recorded = run.records_of(snapshot, process).next().map(|place| run.events[place]);
        if let Some(Event::Recorded { via: Some(channel), .. }) = recorded {
            let kept = run.kept(snapshot, channel);
            must(kept.is_empty(), || format!("{channel:?} holds {kept:?}"))?;
        }
    }
    Ok(())
}

/// Every process records, and no process does so twice.
pub(super) fn recorded_once(run: &Run<'_>, snapshot: SnapshotId) -> Result<(), String> {
    for process in run.topology().processes() {
        let times = run.records_of(snapshot, process).count();
        must(times == 1, || format!("{process:?} recorded {times} times"))?;
    }
    Ok(())
}
