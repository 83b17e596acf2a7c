//! The run and the recorded state as a whole.

use super::must;
use crate::run::Run;
use cutline_core::bare::GlobalState;
use cutline_core::computation::Computation;
use cutline_core::snapshot::{ChannelRecord, Kept};
use cutline_core::{Event, LocalState, SnapshotId};
use std::collections::BTreeMap;

/// Every process has recorded and every channel is closed.
pub(super) fn complete(run: &Run<'_>, snapshot: SnapshotId) -> Result<(), String> {
    must(run.cut(snapshot).is_some(), || "somebody has not recorded".to_owned())?;
    let topology = run.topology();
    for channel in topology.channels().filter(|channel| !topology.is_for_control(*channel)) {
        let mut closed = false;
        for event in &run.events {
            match *event {
                Event::Opened { snapshot: of, channel: at } if (of, at) == (snapshot, channel) => closed = false,
                Event::Closed { snapshot: of, channel: at } | Event::Left { snapshot: of, channel: at }
                    if (of, at) == (snapshot, channel) =>
                {
                    closed = true;
                }
                _ => {}
            }
        }
        must(closed, || format!("{channel:?} is not closed"))?;
    }
    Ok(())
}

/// What a process recorded is the state that it was in.
pub(super) fn true_states(run: &Run<'_>, snapshot: SnapshotId) -> Result<(), String> {
    let mut now = run.system().computation.initial();
    let mut noted = BTreeMap::new();
    for (place, event) in run.events.iter().enumerate() {
        match *event {
            Event::Noted { process, .. } => _ = noted.insert(place, now[process.index()]),
            Event::Recorded { process, snapshot: of, state, .. } if of == snapshot => {
                let then = run.state_at(place).and_then(|place| noted.get(&place)).copied();
                let was = then.unwrap_or(now[process.index()]);
                must(was == state, || format!("{process:?} was in {was:?} and recorded {state:?}"))?;
            }
            Event::Sent { state, .. }
            | Event::Received { state, .. }
            | Event::Acted { state, .. }
            | Event::Restored { state, .. } => {
                now[event.process(run.topology()).index()] = state;
            }
            _ => {}
        }
    }
    Ok(())
}

/// The recorded money is as much as there was at the start.
pub(super) fn conserved(run: &Run<'_>, snapshot: SnapshotId) -> Result<(), String> {
    let (Computation::Bank(_), Some(cut)) = (&run.system().computation, run.cut(snapshot)) else { return Ok(()) };
    let money = |state: LocalState| match state {
        LocalState::Money(amount) | LocalState::Budgeted { amount, .. } => amount,
        _ => 0,
    };
    let start: i64 = run.system().computation.initial().into_iter().map(money).sum();
    let in_processes: i64 = cut
        .iter()
        .map(|place| match run.events[*place] {
            Event::Recorded { state, .. } | Event::Noted { state, .. } => money(state),
            _ => 0,
        })
        .sum();
    let channels = run.topology().channels();
    let in_channels: i64 = channels.flat_map(|c| run.kept(snapshot, c)).map(|message| message.payload.0).sum();
    let found = in_processes + in_channels;
    must(found == start, || format!("recorded {in_processes} + {in_channels}, not {start}"))
}

/// The events of the application alone are a run of the application alone, with the same end.
pub(super) fn legal_without_markers(run: &Run<'_>, _: SnapshotId) -> Result<(), String> {
    let mut state = GlobalState::initial(run.system());
    for event in &run.events {
        state.follow(run.system(), event).map_err(|why| format!("{event:?}: {why:?}"))?;
    }
    must(state.processes == run.end, || format!("ends in {:?}, not in {:?}", run.end, state.processes))?;
    let under_way = state.channels.iter().map(std::collections::VecDeque::len);
    must(under_way.eq(run.left.iter().copied()), || format!("left: {:?}, not {:?}", run.left, state.channels))
}

/// What the world says was recorded is what the events say.
pub(super) fn recorded_as_told(run: &Run<'_>, snapshot: SnapshotId) -> Result<(), String> {
    let recorded = run.recorded.get(snapshot.index()).ok_or_else(|| "nothing is there".to_owned())?;
    for process in run.topology().processes() {
        let told = run.records_of(snapshot, process).last().map(|place| run.events[place]);
        let told = told.and_then(|event| match event {
            Event::Recorded { state, .. } => Some(state),
            _ => None,
        });
        let found = recorded.process(process);
        must(found == told, || format!("{process:?} recorded {found:?}, by the events {told:?}"))?;
    }
    for channel in run.topology().channels() {
        let kept = run.kept(snapshot, channel);
        let kept = kept.iter().map(|m| Kept { message: m.id, number: m.number, payload: m.payload }).collect();
        let last = run.events.iter().rev().find_map(|event| match *event {
            Event::Opened { snapshot: of, channel: at } | Event::Kept { snapshot: of, channel: at, .. } => {
                ((of, at) == (snapshot, channel)).then_some(false)
            }
            Event::Closed { snapshot: of, channel: at } | Event::Left { snapshot: of, channel: at } => {
                ((of, at) == (snapshot, channel)).then_some(true)
            }
            _ => None,
        });
        let found = recorded.channel(channel);
        let told = match last {
            None => ChannelRecord::NotStarted,
            Some(false) => ChannelRecord::Open(kept),
            Some(true) => ChannelRecord::Closed(kept),
        };
        // A message that comes after closing is added to what is closed.
        let left = run.events.contains(&Event::Left { snapshot, channel });
        let same = *found == told
            || left && *found == ChannelRecord::Left
            || matches!(found, ChannelRecord::Closed(list) if list == told.messages());
        must(same, || format!("{channel:?} holds {found:?}, by the events {told:?}"))?;
    }
    Ok(())
}
