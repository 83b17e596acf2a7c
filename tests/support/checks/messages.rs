//! What became of the messages. These checks have nothing to say of a snapshot for which somebody has not recorded.

use super::must;
use crate::run::{Message, Run};
use cutline_core::{Event, Order, ProcessId, SnapshotId};
use std::collections::BTreeMap;

/// Where a message lies to a cut.
struct Place {
    sent_before: bool,
    received_before: bool,
}

impl Place {
    fn of(message: &Message, run: &Run<'_>, cut: &[usize]) -> Self {
        let channel = run.topology().channel(message.channel);
        Self {
            sent_before: message.sent < cut[channel.from.index()],
            received_before: message.received.is_some_and(|at| at < cut[channel.to.index()]),
        }
    }
}

/// Each message is received before the cut, or in the recorded channel, or sent after the cut, and one of these only.
pub(super) fn one_class(run: &Run<'_>, snapshot: SnapshotId) -> Result<(), String> {
    let Some(cut) = run.cut(snapshot) else { return Ok(()) };
    let mut kept = BTreeMap::new();
    for channel in run.topology().channels() {
        for message in run.kept(snapshot, channel) {
            *kept.entry(message.id).or_insert(0) += 1;
        }
    }
    for message in &run.messages {
        let place = Place::of(message, run, &cut);
        let times = kept.get(&message.id).copied().unwrap_or(0);
        let classes = times + i32::from(place.received_before) + i32::from(!place.sent_before);
        must(classes == 1, || format!("{message:?}, kept {times} times, is in {classes} classes"))?;
    }
    Ok(())
}

/// The recorded state of a channel is the messages number R+1 to S, R of those sent before the cut having been received
/// before it and S having been sent. On a channel without order only which ones they are counts.
pub(super) fn numbers_in_order(run: &Run<'_>, snapshot: SnapshotId) -> Result<(), String> {
    let Some(cut) = run.cut(snapshot) else { return Ok(()) };
    for channel in run.topology().channels() {
        let on_it = || run.messages.iter().filter(|message| message.channel == channel);
        let mut found: Vec<u32> = run.kept(snapshot, channel).iter().map(|message| message.number).collect();
        let expected: Vec<u32> = if run.topology().channel(channel).order == Order::Fifo {
            let sent = on_it().filter(|message| Place::of(message, run, &cut).sent_before).count() as u32;
            let received = on_it().filter(|message| Place::of(message, run, &cut).received_before).count() as u32;
            (received + 1..=sent).collect()
        } else {
            found.sort_unstable();
            let under_way = |message: &&Message| {
                let place = Place::of(message, run, &cut);
                place.sent_before && !place.received_before
            };
            on_it().filter(under_way).map(|message| message.number).collect()
        };
        must(found == expected, || format!("{channel:?} holds {found:?}, not {expected:?}"))?;
    }
    Ok(())
}

/// No message is received before the cut and sent after it.
pub(super) fn no_orphan(run: &Run<'_>, snapshot: SnapshotId) -> Result<(), String> {
    let Some(cut) = run.cut(snapshot) else { return Ok(()) };
    let orphan = orphan(run, &cut);
    must(orphan.is_none(), || format!("{orphan:?}"))
}

/// The vector clocks at the cut tell of an orphan just when there is one.
pub(super) fn seen_both_ways(run: &Run<'_>, snapshot: SnapshotId) -> Result<(), String> {
    let Some(cut) = run.cut(snapshot) else { return Ok(()) };
    let by_messages = orphan(run, &cut).is_none();
    let clocks = clocks_at(run, &cut);
    let processes = 0..clocks.len();
    let by_clocks = processes.clone().all(|i| processes.clone().all(|j| clocks[i][i] >= clocks[j][i]));
    must(by_messages == by_clocks, || format!("consistent by messages: {by_messages}, by clocks: {clocks:?}"))
}

fn orphan<'a>(run: &'a Run<'_>, cut: &[usize]) -> Option<&'a Message> {
    run.messages.iter().find(|message| {
        let place = Place::of(message, run, cut);
        place.received_before && !place.sent_before
    })
}

/// The vector clock of each process at its place in the cut. A message carries its sender's clock.
fn clocks_at(run: &Run<'_>, cut: &[usize]) -> Vec<Vec<usize>> {
    let mut now = vec![vec![0; cut.len()]; cut.len()];
    let mut at_cut = now.clone();
    let mut carried = BTreeMap::new();
    for (place, event) in run.events.iter().enumerate() {
        let at: ProcessId = event.process(run.topology());
        let clock = &mut now[at.index()];
        match event {
            Event::Sent { message, .. } => {
                clock[at.index()] += 1;
                carried.insert(*message, clock.clone());
            }
            Event::Resent { message, .. } => {
                // Nobody did anything before it.
                carried.insert(*message, vec![0; cut.len()]);
                continue;
            }
            Event::Received { message, .. } => {
                let theirs: &Vec<usize> = &carried[message];
                for (own, theirs) in clock.iter_mut().zip(theirs) {
                    *own = *theirs.max(own);
                }
                clock[at.index()] += 1;
            }
            Event::Acted { .. } => clock[at.index()] += 1,
            _ => continue,
        }
        if place < cut[at.index()] {
            at_cut[at.index()].clone_from(clock);
        }
    }
    at_cut
}
