//! Which ways an algorithm needs from process to process, and whether they are there.

use crate::algorithm::Lack;
use crate::ids::ProcessId;
use crate::rejected::Rejected;
use crate::topology::Topology;

/// A way that is not there, by its ends.
pub(super) type Missing = Option<(ProcessId, ProcessId)>;

/// Between a process and each of the others, there and back.
pub(super) fn between(topology: &Topology, root: ProcessId) -> Missing {
    let mut both = members(topology).flat_map(|other| [(root, other), (other, root)]);
    both.find(|(from, to)| is_missing(topology, *from, *to))
}

/// Around a ring of all that take part, in the order of declaration.
pub(super) fn around(topology: &Topology) -> Missing {
    let mut pairs = members(topology).zip(members(topology).cycle().skip(1));
    pairs.find(|(from, to)| is_missing(topology, *from, *to))
}

/// Nobody can start a snapshot.
pub(super) fn from_nobody(topology: &Topology) -> Option<Lack> {
    let nobody = members(topology).all(|root| between(topology, root).is_some());
    lack(members(topology).next().filter(|_| nobody).and_then(|root| between(topology, root)))
}

/// What is missing as something that a system lacks.
pub(super) fn lack(missing: Missing) -> Option<Lack> {
    missing.map(|(from, to)| Lack::ControlChannel(from, to))
}

/// Nothing may be missing when a snapshot is started.
pub(super) fn must_be_there(missing: Missing) -> Result<(), Rejected> {
    missing.map_or(Ok(()), |(from, to)| Err(Rejected::NoWay { from, to }))
}

fn is_missing(topology: &Topology, from: ProcessId, to: ProcessId) -> bool {
    from != to && topology.way(from, to).is_none()
}

fn members(topology: &Topology) -> impl Iterator<Item = ProcessId> + Clone {
    (0..topology.process_count()).map(ProcessId::at).filter(|process| topology.takes_part(*process))
}
