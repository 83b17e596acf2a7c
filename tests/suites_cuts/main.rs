//! Cuts, their lattice, and predicates over them: exact figures and random traces.

mod declared;
mod drawn;
mod figures;
mod lattice;
mod logging;
mod predicates;
mod runs;
mod stored;
mod taken;

use cutline_core::cuts::{AtCut, EventId, EventOrder};

/// Checks that these are all events in an order in which they can have happened, and that nowhere on the way,
/// start and end included, `holds` is true.
fn avoids(order: &EventOrder, observation: &[EventId], mut holds: impl FnMut(AtCut<'_>) -> bool) {
    let mut counts = vec![0; order.process_count()];
    let cut = order.bottom();
    assert!(!holds(order.at(&cut)), "{cut}");
    for event in observation {
        counts[event.process.index()] += 1;
        assert_eq!(counts[event.process.index()], event.number, "{observation:?}");
        let cut = order.cut(counts.clone()).expect("no more events than there are");
        assert!(order.is_consistent(&cut), "{cut} on {observation:?}");
        assert!(!holds(order.at(&cut)), "{cut} on {observation:?}");
    }
    assert_eq!(order.cut(counts), Ok(order.top()));
}
