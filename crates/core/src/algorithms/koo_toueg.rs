//! R. Koo and S. Toueg, "Checkpointing and Rollback-Recovery for Distributed Systems", IEEE Transactions on Software
//! Engineering 13(1), 1987, 23-31: a checkpoint in two phases, of no more processes than have to take one.
//!
//! Messages are numbered on their channels. The initiator takes a tentative checkpoint and asks those from whom it has
//! received something since its last one: *whoever has sent, since its own last checkpoint, a message that the other has
//! recorded as received would leave that message an orphan*, and so takes a tentative checkpoint too and asks in turn;
//! others say at once that there is no need. When all answers are in, each answers who asked it; the initiator commits
//! or, if somebody was not willing, gives up, and what it decides goes the same way down. *From its tentative checkpoint
//! to the decision a process sends no application message*, since that could reach somebody before its checkpoint.
//!
//! Whoever was not asked stands by its last checkpoint, or by its initial state. Channels are not recorded: what was
//! under way is left to the transport. Needs FIFO channels, and from each process a way to those that it has received
//! from. Costs at most three messages for each time that somebody is asked: a request, an answer, a decision.

use crate::algorithm::{Algorithm, Arriving, Effect, Effects, Here, Lack};
use crate::event::{ControlRole, Word};
use crate::explore::{Explorable, Pack, pack_fields};
use crate::ids::{ChannelId, ProcessId, SnapshotId};
use crate::meters::{Costs, Facts, Formula, width};
use crate::rejected::Rejected;
use crate::riding::TagRole;
use crate::system::System;

/// The algorithm of Koo and Toueg.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct KooToueg {
    /// Whether sending waits for the decision. Without, it is wrong.
    pub sending: Sending,
}

/// Whether sending waits for the decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Sending {
    /// Yes.
    #[default]
    Waits,
    /// No: for showing what waiting is for.
    GoesOn,
}

/// What goes from process to process besides application messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Control {
    /// The snapshot.
    pub snapshot: SnapshotId,
    /// What is said.
    pub says: Says,
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// The sender has recorded as received on these channels what goes up to these numbers.
    Request(Vec<(ChannelId, u32)>),
    /// An answer.
    Answer {
        /// Whether the sender, and all those that it asked, are willing.
        willing: bool,
        /// Whether the sender waits for a decision from who asked.
        waits: bool,
    },
    /// Whether the tentative checkpoints are to stay.
    Decision(bool),
}

/// What a process remembers.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Memory {
    since: Since,
    /// By outgoing channel, if any: how many messages were sent.
    sent: Vec<(ChannelId, u32)>,
    tentative: Option<Tentative>,
    /// The snapshots for which it has decided, or heard what was decided.
    over: Vec<SnapshotId>,
}

/// What there was since a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct Since {
    /// By incoming channel, if any: the number of the last message received.
    received: Vec<(ChannelId, u32)>,
    /// By outgoing channel, if any: the number of the first message sent.
    sent: Vec<(ChannelId, u32)>,
}

/// A checkpoint that is not decided upon.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct Tentative {
    snapshot: SnapshotId,
    /// Who asked; none at the initiator.
    parent: Option<ProcessId>,
    /// Who was asked and has not answered.
    asked: Vec<ProcessId>,
    /// Who waits for the decision.
    children: Vec<ProcessId>,
    willing: bool,
    /// What there was before it since the last checkpoint.
    before: Since,
}

fn number_of(list: &[(ChannelId, u32)], channel: ChannelId) -> u32 {
    list.iter().find(|(known, _)| *known == channel).map_or(0, |(_, number)| *number)
}

/// Sets a number in a sorted list.
fn set(list: &mut Vec<(ChannelId, u32)>, channel: ChannelId, number: u32) {
    match list.binary_search_by_key(&channel, |(known, _)| *known) {
        Ok(at) => list[at].1 = number,
        Err(at) => list.insert(at, (channel, number)),
    }
}

/// The way to another process: a control channel, or any.
fn way(here: Here<'_>, to: ProcessId) -> Option<ChannelId> {
    here.control_to(to).or_else(|| here.outgoing().find(|channel| here.topology().channel(*channel).to == to))
}

fn tell(here: Here<'_>, to: ProcessId, snapshot: SnapshotId, says: Says, out: &mut Effects<Control>) {
    out.extend(way(here, to).map(|channel| Effect::SendControl(channel, Control { snapshot, says })));
}

impl Memory {
    /// Takes a tentative checkpoint, and asks those that may have to take one too.
    fn begin(&mut self, here: Here<'_>, snapshot: SnapshotId, parent: Option<ProcessId>, out: &mut Effects<Control>) {
        here.begin(snapshot, out);
        let before = std::mem::take(&mut self.since);
        let from = |channel: ChannelId| here.topology().channel(channel).from;
        let mut asked: Vec<ProcessId> = before.received.iter().map(|(channel, _)| from(*channel)).collect();
        asked.sort_unstable();
        asked.dedup();
        for process in &asked {
            let mine = before.received.iter().copied().filter(|(channel, _)| from(*channel) == *process);
            tell(here, *process, snapshot, Says::Request(mine.collect()), out);
        }
        self.tentative = Some(Tentative { snapshot, parent, asked, willing: true, before, ..Tentative::default() });
        self.advance(here, out);
    }

    /// Answers, or decides, once all that were asked have answered.
    fn advance(&mut self, here: Here<'_>, out: &mut Effects<Control>) {
        let Some(tentative) = self.tentative.as_ref().filter(|tentative| tentative.asked.is_empty()) else { return };
        let (snapshot, willing) = (tentative.snapshot, tentative.willing);
        match tentative.parent {
            Some(parent) => tell(here, parent, snapshot, Says::Answer { willing, waits: true }, out),
            None => self.decide(here, willing, out),
        }
    }

    /// The checkpoint is to stay, or not; so for those that were asked from here.
    fn decide(&mut self, here: Here<'_>, stays: bool, out: &mut Effects<Control>) {
        let Some(tentative) = self.tentative.take() else { return };
        let snapshot = tentative.snapshot;
        for child in &tentative.children {
            tell(here, *child, snapshot, Says::Decision(stays), out);
        }
        if stays {
            out.extend(here.incoming().map(|channel| Effect::Leave(snapshot, channel)));
        } else {
            out.push(Effect::Discard(snapshot));
            let Since { mut received, mut sent } = tentative.before;
            self.since.received.iter().for_each(|(channel, number)| set(&mut received, *channel, *number));
            let new = self.since.sent.iter().filter(|(channel, _)| number_of(&sent, *channel) == 0);
            new.copied().collect::<Vec<_>>().into_iter().for_each(|(channel, number)| set(&mut sent, channel, number));
            self.since = Since { received, sent };
        }
        if stays && tentative.parent.is_none() {
            out.push(Effect::Conclude(snapshot));
        }
        let at = self.over.partition_point(|over| *over < snapshot);
        self.over.insert(at, snapshot);
    }

    /// Somebody has recorded these as received.
    fn requested(
        &mut self,
        here: Here<'_>,
        by: ProcessId,
        snapshot: SnapshotId,
        labels: &[(ChannelId, u32)],
        out: &mut Effects<Control>,
    ) {
        let sent_since = |(channel, label): &(ChannelId, u32)| {
            let first = number_of(&self.since.sent, *channel);
            first > 0 && *label >= first
        };
        let says = match &self.tentative {
            Some(tentative) => Says::Answer { willing: tentative.snapshot == snapshot, waits: false },
            None if !labels.iter().any(sent_since) => Says::Answer { willing: true, waits: false },
            None => return self.begin(here, snapshot, Some(by), out),
        };
        tell(here, by, snapshot, says, out);
    }
}

impl Algorithm for KooToueg {
    type Memory = Memory;
    type Control = Control;
    type Tag = u32;

    fn role(&self, control: &Control) -> ControlRole {
        let (word, number) = match &control.says {
            Says::Request(labels) => (Word::Request, labels.iter().map(|(_, label)| *label).max().unwrap_or(0)),
            Says::Answer { willing: true, .. } => (Word::Willing, 0),
            Says::Answer { willing: false, .. } => (Word::Unwilling, 0),
            Says::Decision(true) => (Word::Commit, 0),
            Says::Decision(false) => (Word::Abort, 0),
        };
        ControlRole::Word { snapshot: control.snapshot, word, number }
    }

    fn has_one_initiator(&self) -> bool {
        true
    }

    fn takes_one_at_a_time(&self) -> bool {
        true
    }

    fn may_initiate(&self, here: Here<'_>, memory: &Memory, snapshot: SnapshotId) -> Result<(), Rejected> {
        match &memory.tentative {
            Some(tentative) if tentative.snapshot != snapshot => {
                Err(Rejected::OneAtATime { snapshot: tentative.snapshot })
            }
            None if !memory.over.contains(&snapshot) => Ok(()),
            _ => Err(Rejected::AlreadyRecorded { process: here.process, snapshot }),
        }
    }

    fn may_send(&self, _here: Here<'_>, memory: &Memory, channel: ChannelId) -> Result<(), Rejected> {
        if self.sending == Sending::Waits && memory.tentative.is_some() {
            return Err(Rejected::SendHeld { channel });
        }
        Ok(())
    }

    fn initiate(&self, here: Here<'_>, memory: &mut Memory, snapshot: SnapshotId, out: &mut Effects<Control>) {
        memory.begin(here, snapshot, None, out);
    }

    fn send(&self, _here: Here<'_>, memory: &mut Memory, channel: ChannelId, _out: &mut Effects<Control>) -> u32 {
        let label = number_of(&memory.sent, channel) + 1;
        set(&mut memory.sent, channel, label);
        if number_of(&memory.since.sent, channel) == 0 {
            set(&mut memory.since.sent, channel, label);
        }
        label
    }

    fn receive(
        &self,
        _here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        label: &u32,
        _out: &mut Effects<Control>,
    ) {
        set(&mut memory.since.received, channel, *label);
    }

    fn control(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        control: &Control,
        out: &mut Effects<Control>,
    ) {
        let (snapshot, by) = (control.snapshot, here.topology().channel(channel).from);
        match (&control.says, &mut memory.tentative) {
            (Says::Request(labels), _) => memory.requested(here, by, snapshot, labels, out),
            // Of those that were asked and have not answered: after a crash more may come.
            (Says::Answer { willing, waits }, Some(tentative))
                if tentative.snapshot == snapshot && tentative.asked.contains(&by) =>
            {
                tentative.willing &= willing;
                tentative.asked.retain(|asked| *asked != by);
                tentative.children.extend(waits.then_some(by));
                tentative.children.sort_unstable();
                memory.advance(here, out);
            }
            (Says::Decision(stays), Some(tentative)) if tentative.snapshot == snapshot => {
                memory.decide(here, *stays, out);
            }
            // Answers and decisions come to those that wait for them.
            _ => {}
        }
    }

    /// One of three kinds, the number of the snapshot, and what was received or what is said.
    fn bits(&self, carried: Arriving<'_, Self>) -> Option<u32> {
        Some(match carried {
            Arriving::Message(label) => width((*label).into()),
            Arriving::Control(control) => {
                let says = match &control.says {
                    Says::Request(labels) => labels.iter().map(|(_, label)| width((*label).into())).sum(),
                    Says::Answer { .. } => 2,
                    Says::Decision(_) => 1,
                };
                2 + width(control.snapshot.0.into()) + says
            }
        })
    }

    /// A request, an answer and a decision for each time that somebody asks another.
    fn tag_roles(&self, label: &u32, _to: ProcessId) -> Vec<TagRole> {
        vec![TagRole::Number(*label)]
    }

    fn costs(&self, facts: &Facts) -> Costs {
        let n = facts.processes;
        Costs { controls: Some(Formula::at_most("3 n(n-1)", 3 * n * n.saturating_sub(1))), ..Costs::default() }
    }

    fn leaves_channels(&self) -> bool {
        true
    }

    fn lacks(&self, system: &System) -> Option<Lack> {
        let topology = &system.topology;
        let no_way = |channel: ChannelId| {
            let ends = topology.channel(channel);
            let back = topology.channels_between(ends.to, ends.from).next();
            back.is_none().then_some(Lack::ControlChannel(ends.to, ends.from))
        };
        topology.without_order().map(Lack::Order).or_else(|| topology.channels().find_map(no_way))
    }
}

impl Explorable for KooToueg {
    fn records_channels(&self) -> bool {
        false
    }

    fn asks_only_some(&self) -> bool {
        true
    }
}

pack_fields!(Since { received, sent });
pack_fields!(Tentative { snapshot, parent, asked, children, willing, before });
pack_fields!(Memory { since, sent, tentative, over });
pack_fields!(Control { snapshot, says });

impl Pack for Says {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::Request(labels) => {
                out.push(0);
                labels.pack(out);
            }
            Self::Answer { willing, waits } => out.push(2 | u8::from(*willing) << 2 | u8::from(*waits) << 3),
            Self::Decision(stays) => out.push(1 | u8::from(*stays) << 2),
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let tag = u8::unpack(from)?;
        Some(match tag & 3 {
            0 => Self::Request(Pack::unpack(from)?),
            1 => Self::Decision(tag & 4 != 0),
            _ => Self::Answer { willing: tag & 4 != 0, waits: tag & 8 != 0 },
        })
    }
}
