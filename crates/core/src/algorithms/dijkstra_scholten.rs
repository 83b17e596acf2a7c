//! E. W. Dijkstra and C. S. Scholten, "Termination detection for diffusing computations", Information Processing Letters
//! 11(1), 1980, 1-4 (with Dijkstra's notes EWD 687): whether work has ended, told without a snapshot.
//!
//! Every message of the application is answered by one signal. *A process that has nothing to do with the work becomes
//! engaged by the first message that comes*, and does not answer it yet: its sender is its parent. Any other message it
//! answers at once. *When it has nothing to do, and all that it sent has been answered, it answers its parent*, and is no
//! longer engaged. The engaged processes are a tree; who began of its own accord is its root. When the root has nothing to
//! do and all is answered, it announces that the work has ended.
//!
//! Needs a way back along every channel that is used, and one process that begins. Needs no order in channels. Costs as many
//! signals as there are messages.

use crate::algorithm::{Algorithm, Arriving, Effect, Effects, Here, Lack};
use crate::computation::{Computation, LocalState};
use crate::event::ControlRole;
use crate::explore::{Explorable, Pack};
use crate::ids::{ChannelId, SnapshotId};
use crate::meters::{Costs, Facts, Formula};
use crate::rejected::Rejected;
use crate::system::System;

/// The algorithm of Dijkstra and Scholten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct DijkstraScholten {
    /// When an engaged process answers its parent.
    pub answers: Answers,
}

/// When an engaged process answers its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Answers {
    /// When it has nothing to do and all that it sent has been answered.
    #[default]
    Last,
    /// When it has nothing to do. Wrong: for showing what counting is for.
    Early,
}

/// The answer to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal;

/// What a process remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Memory {
    engaged: bool,
    parent: Option<ChannelId>,
    deficit: u32,
    rests: bool,
}

impl Memory {
    /// Whether it is one of the tree.
    #[must_use]
    pub fn is_engaged(self) -> bool {
        self.engaged
    }

    /// The channel of the message that engaged it; none at a root.
    #[must_use]
    pub fn parent(self) -> Option<ChannelId> {
        self.parent
    }

    /// How many of its messages have not been answered.
    #[must_use]
    pub fn deficit(self) -> u32 {
        self.deficit
    }
}

impl DijkstraScholten {
    /// Leaves the tree if there is nothing to wait for.
    fn settle(self, here: Here<'_>, memory: &mut Memory, out: &mut Effects<Signal>) {
        if !memory.rests || memory.deficit > 0 && self.answers == Answers::Last {
            return;
        }
        match (memory.engaged, memory.parent.take()) {
            (true, Some(parent)) => out.extend(answer(here, parent)),
            (true, None) => out.push(Effect::Announce),
            (false, _) => {}
        }
        memory.engaged = false;
    }
}

/// The signal that answers what came on a channel.
fn answer(here: Here<'_>, channel: ChannelId) -> Option<Effect<Signal>> {
    let back = here.topology().channel(channel).from;
    let way = here.topology().channels_between(here.process, back).next();
    way.map(|way| Effect::SendControl(way, Signal))
}

impl Algorithm for DijkstraScholten {
    type Memory = Memory;
    type Control = Signal;
    type Tag = ();

    fn role(&self, _signal: &Signal) -> ControlRole {
        ControlRole::Signal
    }

    fn may_initiate(&self, _here: Here<'_>, _memory: &Memory, _snapshot: SnapshotId) -> Result<(), Rejected> {
        Err(Rejected::NoSnapshots)
    }

    fn initiate(&self, _: Here<'_>, _: &mut Memory, _: SnapshotId, _: &mut Effects<Signal>) {}

    fn send(&self, _here: Here<'_>, memory: &mut Memory, _channel: ChannelId, _out: &mut Effects<Signal>) {
        memory.engaged = true;
        memory.deficit += 1;
    }

    fn receive(&self, here: Here<'_>, memory: &mut Memory, channel: ChannelId, (): &(), out: &mut Effects<Signal>) {
        memory.rests = false;
        if memory.engaged {
            out.extend(answer(here, channel));
        } else {
            (memory.engaged, memory.parent) = (true, Some(channel));
        }
    }

    fn control(&self, here: Here<'_>, memory: &mut Memory, _: ChannelId, _: &Signal, out: &mut Effects<Signal>) {
        memory.deficit = memory.deficit.saturating_sub(1);
        self.settle(here, memory, out);
    }

    /// Who does something without being engaged began of its own accord, even if it sent nothing.
    fn rested(&self, here: Here<'_>, memory: &mut Memory, out: &mut Effects<Signal>) {
        (memory.engaged, memory.rests) = (true, true);
        self.settle(here, memory, out);
    }

    fn spreads(&self) -> bool {
        false
    }

    fn bits(&self, carried: Arriving<'_, Self>) -> Option<u32> {
        Some(match carried {
            Arriving::Message(()) => 0,
            Arriving::Control(Signal) => 1,
        })
    }

    fn costs(&self, facts: &Facts) -> Costs {
        let controls = Some(Formula::exactly("m", facts.messages));
        Costs { controls, tag_bits: Some(Formula::exactly("0", 0)), delay: None }
    }

    fn lacks(&self, system: &System) -> Option<Lack> {
        let topology = &system.topology;
        let begins = |state: &LocalState| matches!(state, LocalState::Work { active: true, .. });
        let begin = system.computation.initial().iter().filter(|state| begins(state)).count();
        if !matches!(system.computation, Computation::Diffusing(_)) || begin != 1 {
            return Some(Lack::OneBeginner);
        }
        let carrying = topology.channels().filter(|channel| !topology.is_for_control(*channel));
        let ends = |channel| (topology.channel(channel).to, topology.channel(channel).from);
        let mut back = carrying.map(ends).filter(|(to, from)| topology.channels_between(*to, *from).next().is_none());
        back.next().map(|(to, from)| Lack::ControlChannel(to, from))
    }
}

impl Explorable for DijkstraScholten {}

impl Pack for Signal {
    fn pack(&self, _out: &mut Vec<u8>) {}

    fn unpack(_from: &mut &[u8]) -> Option<Self> {
        Some(Self)
    }
}

impl Pack for Memory {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.engaged, self.rests).pack(out);
        (self.parent, self.deficit).pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let (engaged, rests) = Pack::unpack(from)?;
        let (parent, deficit) = Pack::unpack(from)?;
        Some(Self { engaged, parent, deficit, rests })
    }
}
