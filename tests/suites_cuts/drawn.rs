//! Random declared traces, and their lattices found by trying everything.

use cutline_core::cuts::{Cut, Declared, DeclaredProcess, EventId, EventKind, EventOrder};
use cutline_core::ids::ProcessId;
use proptest::collection::vec;
use proptest::prelude::*;

/// Traces of up to `processes` processes and `events` events. Each is made by running: a message is received after
/// it was sent, in any order and perhaps never.
pub(super) fn traces(processes: usize, events: usize) -> impl Strategy<Value = Vec<DeclaredProcess>> {
    (1..=processes, vec((any::<usize>(), any::<usize>(), 0..3_u8), 0..=events)).prop_map(|(count, steps)| {
        let name = |at| DeclaredProcess { name: format!("P{at}"), events: Vec::new() };
        let mut made: Vec<DeclaredProcess> = (0..count).map(name).collect();
        let mut under_way: Vec<(usize, String)> = Vec::new();
        for (number, (process, which, kind)) in steps.into_iter().enumerate() {
            let process = process % count;
            let receivable: Vec<usize> = (0..under_way.len()).filter(|at| under_way[*at].0 != process).collect();
            let event = if kind == 0 {
                Declared::Internal
            } else if kind == 1 || receivable.is_empty() {
                let message = format!("m{number}");
                under_way.push((process, message.clone()));
                Declared::Send(message)
            } else {
                Declared::Receive(under_way.remove(receivable[which % receivable.len()]).1)
            };
            made[process].events.push(event);
        }
        made
    })
}

/// The order of such a trace.
pub(super) fn order(trace: &[DeclaredProcess]) -> EventOrder {
    EventOrder::declared(trace).unwrap_or_else(|error| panic!("{error}: {trace:?}"))
}

/// All cuts in lexical order, consistent or not.
pub(super) fn all_cuts(order: &EventOrder) -> Vec<Cut> {
    let mut rows = vec![Vec::new()];
    for last in order.top().counts() {
        let longer = |row: &Vec<u32>| {
            let row = row.clone();
            (0..=*last).map(move |count| [&row[..], &[count]].concat())
        };
        rows = rows.iter().flat_map(longer).collect();
    }
    rows.into_iter().map(|row| order.cut(row).expect("no more events than there are")).collect()
}

/// The consistent cuts in lexical order, by the messages alone.
pub(super) fn consistent_cuts(order: &EventOrder) -> Vec<Cut> {
    all_cuts(order).into_iter().filter(|cut| order.orphans(cut).is_empty()).collect()
}

/// All orders in which the events can have happened, by running them: a message is received after it was sent.
pub(super) fn observations(order: &EventOrder) -> Vec<Vec<EventId>> {
    let mut found = Vec::new();
    run(order, &mut vec![0; order.process_count()], &mut Vec::new(), &mut found);
    found
}

fn run(order: &EventOrder, counts: &mut Vec<u32>, path: &mut Vec<EventId>, found: &mut Vec<Vec<EventId>>) {
    if path.len() as u64 == order.event_count() {
        found.push(path.clone());
        return;
    }
    for at in 0..counts.len() {
        let process = ProcessId::at(at);
        let possible = match order.events_of(process).get(counts[at] as usize) {
            None => false,
            Some(EventKind::Receive(message)) => {
                let sent = order.messages()[*message].sent;
                sent.number <= counts[sent.process.index()]
            }
            Some(_) => true,
        };
        if possible {
            counts[at] += 1;
            path.push(EventId { process, number: counts[at] });
            run(order, counts, path, found);
            path.pop();
            counts[at] -= 1;
        }
    }
}

/// The cuts that an observation passes through, from the bottom to the top.
pub(super) fn passes(order: &EventOrder, observation: &[EventId]) -> Vec<Cut> {
    let mut counts = vec![0; order.process_count()];
    let mut cuts = vec![order.bottom()];
    for event in observation {
        counts[event.process.index()] += 1;
        cuts.push(order.cut(counts.clone()).expect("no more events than there are"));
    }
    cuts
}
