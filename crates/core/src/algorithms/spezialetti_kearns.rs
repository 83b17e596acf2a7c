//! M. Spezialetti and P. Kearns, "Efficient Distributed Snapshots", ICDCS 1986, 382-388: several initiators at once
//! share one recording, and put together what their regions recorded.
//!
//! Recording is by the two rules of Chandy and Lamport, but a marker says whose wave it belongs to: the *master* of a
//! process is the initiator of its first marker, and a *region* is all that have the same master. A marker of another
//! master tells that two regions touch here: its master goes on the list of the *border*. A process that is done, and
//! has heard from all that got their first marker from it, reports parts and border to who sent its own.
//!
//! A master that has its region exchanges with the masters across its border, in rounds: in the first it tells the parts
//! of its region, in each later one what the round before brought that this neighbour did not bring itself. When that is
//! nothing the message is blank and is the last one to this neighbour; when all neighbours have sent a blank, the master
//! has everything. (Nothing can come after a blank: what is d regions away comes in round d, and by way of a region
//! that came in the round before.)
//!
//! Needs FIFO channels, a channel back for each, and a channel from each master to those across its border. Costs one
//! marker a channel, however many initiators there are; with r of them n-r reports; and rounds up to the diameter of the
//! graph of regions, and a blank one.

use crate::algorithm::{Algorithm, Arriving, Effect, Effects, Here, Lack};
use crate::event::{ControlRole, Word};
use crate::explore::{Explorable, Pack, pack_fields};
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::meters::{Costs, Facts, Formula, width};
use crate::rejected::Rejected;
use crate::system::System;

/// The algorithm of Spezialetti and Kearns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct SpezialettiKearns {
    /// How far the recorded parts go.
    pub assembly: Assembly,
}

/// How far the recorded parts go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Assembly {
    /// To the master of the region, and in rounds to all masters.
    #[default]
    Rounds,
    /// Nowhere: each process keeps its own.
    No,
}

/// What goes from process to process besides application messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// Separates what its sender sent before recording from what it sent after.
    Marker {
        /// The snapshot.
        snapshot: SnapshotId,
        /// The initiator whose wave its sender belongs to.
        master: ProcessId,
        /// Who sent its sender the first marker.
        parent: Option<ProcessId>,
    },
    /// Up the tree of a region.
    Report {
        /// The snapshot.
        snapshot: SnapshotId,
        /// Whose parts; first that of the sender.
        parts: Vec<ProcessId>,
        /// The masters of the regions that these processes touch.
        border: Vec<ProcessId>,
    },
    /// From master to master.
    Exchange {
        /// The snapshot.
        snapshot: SnapshotId,
        /// The round, from 1.
        round: u32,
        /// Whose parts; if none, it is the last one from this master.
        parts: Vec<ProcessId>,
    },
}

/// What a process remembers, by snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Memory(Vec<Taken>);

/// A snapshot for which a process has recorded.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct Taken {
    snapshot: SnapshotId,
    master: ProcessId,
    /// Who sent the first marker; none at a master.
    parent: Option<ProcessId>,
    /// The incoming channels that are still recorded.
    open: Vec<ChannelId>,
    /// Who got the first marker from here.
    children: Vec<ProcessId>,
    /// Who of them has reported.
    heard: Vec<ProcessId>,
    /// Whose parts are here.
    parts: Vec<ProcessId>,
    /// The masters across the border.
    border: Vec<ProcessId>,
    /// Whether all of this has gone up, or the exchange has begun.
    reported: bool,
    /// At a master: the rounds that it has sent.
    rounds: u32,
    /// At a master: what there is between it and each master across the border.
    edges: Vec<Edge>,
    assembled: bool,
}

/// What there is between two masters whose regions touch.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct Edge {
    master: ProcessId,
    /// What has come and was not yet looked at, a list of parts for each round.
    came: Vec<Vec<ProcessId>>,
    /// Whether a blank has come: nothing more will.
    is_silent: bool,
    /// Whether a blank has gone out.
    is_told: bool,
}

impl Memory {
    fn taken(&mut self, snapshot: SnapshotId) -> Option<&mut Taken> {
        self.0.iter_mut().find(|taken| taken.snapshot == snapshot)
    }
}

/// Puts a process into a sorted list.
fn insert(list: &mut Vec<ProcessId>, process: ProcessId) {
    if let Err(place) = list.binary_search(&process) {
        list.insert(place, process);
    }
}

impl Taken {
    fn edge(&mut self, master: ProcessId) -> &mut Edge {
        let place = self.edges.binary_search_by_key(&master, |edge| edge.master);
        let at = place.unwrap_or_else(|at| {
            self.edges.insert(at, Edge { master, ..Edge::default() });
            at
        });
        &mut self.edges[at]
    }

    /// Reports what can be reported by now, or takes the exchange as far as it goes.
    fn advance(&mut self, here: Here<'_>, out: &mut Effects<Control>) {
        if !self.open.is_empty() || self.heard.len() < self.children.len() {
            return;
        }
        if !self.reported {
            self.reported = true;
            insert(&mut self.parts, here.process);
            match self.parent {
                Some(parent) => self.report(here, parent, out),
                None => self.begin_exchange(here, out),
            }
        }
        while self.parent.is_none() && self.take_round(here, out) {}
    }

    fn report(&mut self, here: Here<'_>, parent: ProcessId, out: &mut Effects<Control>) {
        let back = here.outgoing().find(|channel| here.topology().channel(*channel).to == parent);
        // Its own part first, since the report is called after it.
        let others = self.parts.iter().copied().filter(|part| *part != here.process);
        let parts: Vec<ProcessId> = std::iter::once(here.process).chain(others).collect();
        let snapshot = self.snapshot;
        out.extend(back.map(|channel| Effect::Report {
            channel,
            snapshot,
            parts: parts.clone(),
            control: Control::Report { snapshot, parts, border: self.border.clone() },
        }));
    }

    fn begin_exchange(&mut self, here: Here<'_>, out: &mut Effects<Control>) {
        for master in self.border.clone() {
            self.edge(master);
        }
        let region = self.parts.clone();
        self.send_round(here, &vec![region; self.edges.len()], out);
        self.assemble_if_all_is_here(out);
    }

    /// Takes what came in a round, once it has come from everybody; whether it had.
    fn take_round(&mut self, here: Here<'_>, out: &mut Effects<Control>) -> bool {
        let waits = |edge: &Edge| !edge.is_silent && edge.came.is_empty();
        if self.edges.iter().all(|edge| edge.is_silent) || self.edges.iter().any(waits) {
            return false;
        }
        let mut fresh = Vec::new();
        let mut brought = Vec::new();
        for edge in &mut self.edges {
            let parts = if edge.is_silent { Vec::new() } else { edge.came.remove(0) };
            edge.is_silent |= parts.is_empty();
            parts.iter().filter(|part| !self.parts.contains(part)).for_each(|part| insert(&mut fresh, *part));
            brought.push(parts);
        }
        fresh.iter().for_each(|part| insert(&mut self.parts, *part));
        let news = |own: Vec<ProcessId>| fresh.iter().copied().filter(|part| !own.contains(part)).collect();
        let news: Vec<Vec<ProcessId>> = brought.into_iter().map(news).collect();
        self.send_round(here, &news, out);
        self.assemble_if_all_is_here(out);
        true
    }

    /// Tells each master across the border what is new for it.
    fn send_round(&mut self, here: Here<'_>, news: &[Vec<ProcessId>], out: &mut Effects<Control>) {
        self.rounds += 1;
        let (snapshot, round) = (self.snapshot, self.rounds);
        for (edge, parts) in self.edges.iter_mut().zip(news) {
            if edge.is_told {
                continue;
            }
            edge.is_told = parts.is_empty();
            let direct = || here.outgoing().find(|channel| here.topology().channel(*channel).to == edge.master);
            let control = Control::Exchange { snapshot, round, parts: parts.clone() };
            let way = here.control_to(edge.master).or_else(direct);
            out.extend(way.map(|channel| Effect::Report { channel, snapshot, parts: parts.clone(), control }));
        }
    }

    fn assemble_if_all_is_here(&mut self, out: &mut Effects<Control>) {
        if !self.assembled && self.edges.iter().all(|edge| edge.is_silent) {
            self.assembled = true;
            out.push(Effect::Assemble(self.snapshot));
        }
    }
}

impl SpezialettiKearns {
    fn record(
        self,
        here: Here<'_>,
        memory: &mut Memory,
        snapshot: SnapshotId,
        (master, via): (ProcessId, Option<ChannelId>),
        out: &mut Effects<Control>,
    ) {
        here.begin(snapshot, out);
        out.extend(via.map(|channel| Effect::Close(snapshot, channel)));
        let parent = via.map(|channel| here.topology().channel(channel).from);
        let open = here.incoming().filter(|channel| Some(*channel) != via).collect();
        let marker = Control::Marker { snapshot, master, parent };
        out.extend(here.outgoing().map(|channel| Effect::SendControl(channel, marker.clone())));
        let at = memory.0.partition_point(|other| other.snapshot < snapshot);
        memory.0.insert(at, Taken { snapshot, master, parent, open, ..Taken::default() });
    }
}

impl Algorithm for SpezialettiKearns {
    type Memory = Memory;
    type Control = Control;
    type Tag = ();

    fn role(&self, control: &Control) -> ControlRole {
        let count = |parts: &Vec<ProcessId>| u16::try_from(parts.len()).unwrap_or(u16::MAX);
        match control {
            Control::Marker { snapshot, .. } => ControlRole::Marker(*snapshot),
            Control::Report { snapshot, parts, .. } => ControlRole::Report {
                snapshot: *snapshot,
                part: parts.first().copied().unwrap_or_default(),
                parts: count(parts),
            },
            Control::Exchange { snapshot, round, parts } => {
                let word = if parts.is_empty() { Word::Blank } else { Word::Exchange };
                ControlRole::Word { snapshot: *snapshot, word, number: *round }
            }
        }
    }

    fn may_initiate(&self, here: Here<'_>, memory: &Memory, snapshot: SnapshotId) -> Result<(), Rejected> {
        if memory.0.iter().any(|taken| taken.snapshot == snapshot) {
            return Err(Rejected::AlreadyRecorded { process: here.process, snapshot });
        }
        Ok(())
    }

    fn initiate(&self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Control>) {
        self.record(here, memory, snapshot, (here.process, None), out);
        self.advance(here, memory, snapshot, out);
    }

    fn send(&self, _here: Here<'_>, _memory: &mut Memory, _channel: ChannelId, _out: &mut Effects<Control>) {}

    fn receive(&self, _here: Here<'_>, memory: &mut Memory, channel: ChannelId, (): &(), out: &mut Effects<Control>) {
        let open = memory.0.iter().filter(|taken| taken.open.contains(&channel));
        out.extend(open.map(|taken| Effect::Keep(taken.snapshot)));
    }

    fn control(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        control: &Control,
        out: &mut Effects<Control>,
    ) {
        let from = here.topology().channel(channel).from;
        let (Control::Marker { snapshot, .. } | Control::Report { snapshot, .. } | Control::Exchange { snapshot, .. }) =
            *control;
        match (control, memory.taken(snapshot)) {
            (Control::Marker { master, .. }, None) => {
                self.record(here, memory, snapshot, (*master, Some(channel)), out);
            }
            (Control::Marker { master, parent, .. }, Some(taken)) => {
                if let Some(at) = taken.open.iter().position(|open| *open == channel) {
                    taken.open.remove(at);
                    out.push(Effect::Close(snapshot, channel));
                }
                if self.assembly == Assembly::Rounds && *master != taken.master {
                    insert(&mut taken.border, *master);
                } else if self.assembly == Assembly::Rounds && *parent == Some(here.process) {
                    insert(&mut taken.children, from);
                }
            }
            (Control::Report { parts, border, .. }, Some(taken)) => {
                insert(&mut taken.heard, from);
                parts.iter().for_each(|part| insert(&mut taken.parts, *part));
                border.iter().for_each(|master| insert(&mut taken.border, *master));
            }
            (Control::Exchange { parts, .. }, Some(taken)) => taken.edge(from).came.push(parts.clone()),
            // Reports and exchanges come to those that have sent markers.
            (_, None) => {}
        }
        self.advance(here, memory, snapshot, out);
    }

    /// One of three kinds, the number of the snapshot, and who is named.
    fn bits(&self, carried: Arriving<'_, Self>) -> Option<u32> {
        let names = |list: &[ProcessId]| list.iter().map(|process| width(process.0.into())).sum::<u32>();
        Some(match carried {
            Arriving::Message(()) => 0,
            Arriving::Control(control) => {
                2 + width(self.role(control).snapshot().0.into())
                    + match control {
                        Control::Marker { master, parent, .. } => names(&[*master]) + parent.map_or(0, |p| names(&[p])),
                        Control::Report { parts, border, .. } => names(parts) + names(border),
                        Control::Exchange { round, parts, .. } => width((*round).into()) + names(parts),
                    }
            }
        })
    }

    /// In each round a master tells all others at most, and there are no more rounds than masters, a blank one included.
    fn costs(&self, facts: &Facts) -> Costs {
        let Facts { processes: n, channels: e, initiators: r, .. } = *facts;
        let controls = match self.assembly {
            Assembly::No => Formula::exactly("e", e),
            Assembly::Rounds => {
                let rounds = r.saturating_sub(1) * r * r;
                Formula::at_most("e + n-r + r r(r-1)", e + n.saturating_sub(r) + rounds)
            }
        };
        Costs { controls: Some(controls), tag_bits: Some(Formula::exactly("0", 0)), delay: None }
    }

    fn lacks(&self, system: &System) -> Option<Lack> {
        let topology = &system.topology;
        let no_way = |channel: ChannelId| {
            let ends = topology.channel(channel);
            let back = topology.channels_between(ends.to, ends.from).any(|back| topology.is_recorded(back));
            (topology.is_recorded(channel) && !back).then_some(Lack::ControlChannel(ends.to, ends.from))
        };
        topology.without_order().map(Lack::Order).or_else(|| topology.channels().find_map(no_way))
    }
}

impl SpezialettiKearns {
    fn advance(self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Control>) {
        if let Some(taken) = memory.taken(snapshot).filter(|_| self.assembly == Assembly::Rounds) {
            taken.advance(here, out);
        }
    }
}

impl Explorable for SpezialettiKearns {}

pack_fields!(Edge { master, came, is_silent, is_told });
pack_fields!(Taken {
    snapshot,
    master,
    parent,
    open,
    children,
    heard,
    parts,
    border,
    reported,
    rounds,
    edges,
    assembled
});

impl Pack for Memory {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Pack::unpack(from).map(Self)
    }
}

impl Pack for Control {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::Marker { snapshot, master, parent } => {
                out.push(0);
                (*snapshot, *master).pack(out);
                parent.pack(out);
            }
            Self::Report { snapshot, parts, border } => {
                out.push(1);
                snapshot.pack(out);
                parts.pack(out);
                border.pack(out);
            }
            Self::Exchange { snapshot, round, parts } => {
                out.push(2);
                (*snapshot, *round).pack(out);
                parts.pack(out);
            }
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let (kind, snapshot) = Pack::unpack(from)?;
        let kind: u8 = kind;
        Some(match kind {
            0 => Self::Marker { snapshot, master: Pack::unpack(from)?, parent: Pack::unpack(from)? },
            1 => Self::Report { snapshot, parts: Pack::unpack(from)?, border: Pack::unpack(from)? },
            2 => Self::Exchange { snapshot, round: Pack::unpack(from)?, parts: Pack::unpack(from)? },
            _ => return None,
        })
    }
}
