//! What follows from what a snapshot is, whichever algorithm takes it: how large it is, and who need never wait.

use super::{Formula, packed};
use crate::algorithms::barriers::Alignment;
use crate::algorithms::chandy_lamport::Markers;
use crate::algorithms::global_clock::Remedy;
use crate::algorithms::koo_toueg::Sending;
use crate::algorithms::method::Method;
use crate::event::Event;
use crate::ids::SnapshotId;
use crate::judge::{Class, Fate, Verdict};
use crate::trace::Trace;
use std::collections::BTreeMap;

/// How many bytes a complete snapshot takes, as the judge has it: the states that were recorded (S), and what was sent before
/// the cut and not received before it (w), once each; only the states where channels are left to the transport. For
/// comparison with [`super::Snapshot::stored_bytes`], which counts what the algorithm recorded. Takes time in the number of
/// events and messages.
#[must_use]
pub fn stored(trace: &Trace<'_>, snapshot: SnapshotId, verdict: &Verdict) -> Formula {
    let mut states = BTreeMap::new();
    for (_, event) in trace.events() {
        match *event {
            Event::Recorded { process, snapshot: of, state, .. } if of == snapshot => _ = states.insert(process, state),
            Event::Discarded { process, snapshot: of } if of == snapshot => _ = states.remove(&process),
            _ => {}
        }
    }
    let states: usize = states.values().map(packed).sum();
    let is_recorded = |fate: &&Fate| fate.class() == Class::InChannel && !verdict.left.contains(&fate.channel);
    let under_way = verdict.messages.iter().filter(is_recorded);
    let under_way: usize = under_way.map(|fate| packed(&fate.payload)).sum();
    let written = if verdict.left.is_empty() { "S + w" } else { "S" };
    Formula::exactly(written, (states + under_way) as u64)
}

/// How much is held back while a snapshot is taken ([`super::Snapshot::held`]), for algorithms that let everything out and
/// in at once: nothing. None for the others, where it depends on the run.
#[must_use]
pub fn held(method: &Method) -> Option<Formula> {
    let lets_go_on = match method {
        Method::ChandyLamport(own) => own.markers != Markers::OneByOne,
        Method::Barriers(own) => own.alignment != Alignment::Aligned,
        Method::KooToueg(own) => own.sending != Sending::Waits,
        Method::GlobalClock(own) => matches!(own.remedy, Remedy::None | Remedy::Stamps),
        Method::LaiYang(_)
        | Method::Venkatesan(_)
        | Method::Mattern(_)
        | Method::LaiYangHistories(_)
        | Method::LiRadhakrishnanVenkatesan(_)
        | Method::SpezialettiKearns(_)
        | Method::IndexBased(_)
        | Method::Naive(_) => true,
        // Under causal delivery what comes before its causes waits for them. Of others nothing is claimed.
        _ => false,
    };
    lets_go_on.then(|| Formula::exactly("0", 0))
}
