//! Any of the algorithms, chosen when a run begins.
//!
//! What has the choice made for it by a file or by the reader (the page, the command line) works with a [`Method`];
//! what is about one algorithm, or measures speed, names that one.

pub use super::named::{NAMES, is_wrong_on_purpose};

use super::chandy_lamport::{Collect, Markers};
use super::{
    acharya_badrinath, alagar_venkatesan, barriers, causal, chandy_lamport, dijkstra_scholten, global_clock,
    index_based, koo_toueg, lai_yang, lai_yang_histories, li_radhakrishnan_venkatesan, mattern, naive,
    spezialetti_kearns, uncoordinated, vector_clocks, venkatesan,
};
use crate::algorithm::{Algorithm, Arriving, Effects, Here, Lack};
use crate::event::ControlRole;
use crate::explore::{Explorable, Pack};
use crate::ids::{ChannelId, ProcessId, SnapshotId, TimerId};
use crate::meters::{Costs, Facts};
use crate::rejected::Rejected;
use crate::riding::TagRole;
use crate::system::System;
use crate::time::Time;

/// Everything about [`Method`] follows from the list of the algorithms and of what their parts are called.
macro_rules! methods {
    ($($(#[$doc:meta])+ $Name:ident: $own:ty, $memory:ty, $control:ty, $tag:ty;)+) => {
        /// One of the algorithms.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Method {
            $($(#[$doc])+ $Name($own),)+
        }

        /// What a process remembers for it.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Memory {
            $($(#[$doc])+ $Name($memory),)+
        }

        /// What its control messages say.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Control {
            $($(#[$doc])+ $Name($control),)+
        }

        /// What rides on application messages.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Tag {
            $($(#[$doc])+ $Name($tag),)+
        }

        #[derive(Clone, Copy)]
        enum Which {
            $($Name,)+
        }

        impl Algorithm for Method {
            type Memory = Memory;
            type Control = Control;
            type Tag = Tag;

            fn blank(&self) -> Memory {
                match self {
                    $(Self::$Name(own) => Memory::$Name(own.blank()),)+
                }
            }

            fn role(&self, control: &Control) -> ControlRole {
                match (self, control) {
                    $((Self::$Name(own), Control::$Name(control)) => own.role(control),)+
                    _ => foreign(),
                }
            }

            fn may_initiate(&self, here: Here<'_>, memory: &Memory, snapshot: SnapshotId) -> Result<(), Rejected> {
                match (self, memory) {
                    $((Self::$Name(own), Memory::$Name(memory)) => own.may_initiate(here, memory, snapshot),)+
                    _ => foreign(),
                }
            }

            fn may_send(&self, here: Here<'_>, memory: &Memory, channel: ChannelId) -> Result<(), Rejected> {
                match (self, memory) {
                    $((Self::$Name(own), Memory::$Name(memory)) => own.may_send(here, memory, channel),)+
                    _ => foreign(),
                }
            }

            fn may_receive(
                &self,
                here: Here<'_>,
                memory: &Memory,
                channel: ChannelId,
                arriving: Arriving<'_, Self>,
            ) -> Result<(), Rejected> {
                match (self, memory, arriving) {
                    $(
                        (Self::$Name(own), Memory::$Name(memory), Arriving::Message(Tag::$Name(tag))) => {
                            own.may_receive(here, memory, channel, Arriving::Message(tag))
                        }
                        (Self::$Name(own), Memory::$Name(memory), Arriving::Control(Control::$Name(control))) => {
                            own.may_receive(here, memory, channel, Arriving::Control(control))
                        }
                    )+
                    _ => foreign(),
                }
            }

            fn initiate(
                &self,
                here: Here<'_>,
                memory: &mut Memory,
                snapshot: SnapshotId,
                out: &mut Effects<Control>,
            ) {
                match (self, memory) {
                    $((Self::$Name(own), Memory::$Name(memory)) => {
                        wrapped(out, Control::$Name, |effects| own.initiate(here, memory, snapshot, effects));
                    })+
                    _ => foreign(),
                }
            }

            fn send(
                &self,
                here: Here<'_>,
                memory: &mut Memory,
                channel: ChannelId,
                out: &mut Effects<Control>,
            ) -> Tag {
                match (self, memory) {
                    $((Self::$Name(own), Memory::$Name(memory)) => {
                        Tag::$Name(wrapped(out, Control::$Name, |effects| own.send(here, memory, channel, effects)))
                    })+
                    _ => foreign(),
                }
            }

            fn receive(
                &self,
                here: Here<'_>,
                memory: &mut Memory,
                channel: ChannelId,
                tag: &Tag,
                out: &mut Effects<Control>,
            ) {
                match (self, memory, tag) {
                    $((Self::$Name(own), Memory::$Name(memory), Tag::$Name(tag)) => {
                        wrapped(out, Control::$Name, |effects| own.receive(here, memory, channel, tag, effects));
                    })+
                    _ => foreign(),
                }
            }

            fn control(
                &self,
                here: Here<'_>,
                memory: &mut Memory,
                channel: ChannelId,
                control: &Control,
                out: &mut Effects<Control>,
            ) {
                match (self, memory, control) {
                    $((Self::$Name(own), Memory::$Name(memory), Control::$Name(control)) => {
                        wrapped(out, Control::$Name, |effects| own.control(here, memory, channel, control, effects));
                    })+
                    _ => foreign(),
                }
            }

            fn ring(&self, here: Here<'_>, memory: &mut Memory, timer: TimerId, out: &mut Effects<Control>) {
                match (self, memory) {
                    $((Self::$Name(own), Memory::$Name(memory)) => {
                        wrapped(out, Control::$Name, |effects| own.ring(here, memory, timer, effects));
                    })+
                    _ => foreign(),
                }
            }

            fn rested(&self, here: Here<'_>, memory: &mut Memory, out: &mut Effects<Control>) {
                match (self, memory) {
                    $((Self::$Name(own), Memory::$Name(memory)) => {
                        wrapped(out, Control::$Name, |effects| own.rested(here, memory, effects));
                    })+
                    _ => foreign(),
                }
            }

            fn spreads(&self) -> bool {
                match self {
                    $(Self::$Name(own) => own.spreads(),)+
                }
            }

            fn leaves_channels(&self) -> bool {
                match self {
                    $(Self::$Name(own) => own.leaves_channels(),)+
                }
            }

            fn has_one_initiator(&self) -> bool {
                match self {
                    $(Self::$Name(own) => own.has_one_initiator(),)+
                }
            }

            fn lets_members_change(&self) -> bool {
                match self {
                    $(Self::$Name(own) => own.lets_members_change(),)+
                }
            }

            fn welcome(
                &self,
                here: Here<'_>,
                memory: &mut Memory,
                newcomer: ProcessId,
                open: &[SnapshotId],
                out: &mut Effects<Control>,
            ) {
                match (self, memory) {
                    $((Self::$Name(own), Memory::$Name(memory)) => {
                        wrapped(out, Control::$Name, |effects| own.welcome(here, memory, newcomer, open, effects));
                    })+
                    _ => foreign(),
                }
            }

            fn may_leave(&self, here: Here<'_>, memory: &Memory) -> Result<(), Rejected> {
                match (self, memory) {
                    $((Self::$Name(own), Memory::$Name(memory)) => own.may_leave(here, memory),)+
                    _ => foreign(),
                }
            }

            fn leave(&self, here: Here<'_>, memory: &mut Memory, out: &mut Effects<Control>) {
                match (self, memory) {
                    $((Self::$Name(own), Memory::$Name(memory)) => {
                        wrapped(out, Control::$Name, |effects| own.leave(here, memory, effects));
                    })+
                    _ => foreign(),
                }
            }

            fn bits(&self, carried: Arriving<'_, Self>) -> Option<u32> {
                match (self, carried) {
                    $(
                        (Self::$Name(own), Arriving::Message(Tag::$Name(tag))) => own.bits(Arriving::Message(tag)),
                        (Self::$Name(own), Arriving::Control(Control::$Name(control))) => {
                            own.bits(Arriving::Control(control))
                        }
                    )+
                    _ => foreign(),
                }
            }

            fn tag_roles(&self, tag: &Tag, to: ProcessId) -> Vec<TagRole> {
                match (self, tag) {
                    $((Self::$Name(own), Tag::$Name(tag)) => own.tag_roles(tag, to),)+
                    _ => foreign(),
                }
            }

            fn costs(&self, facts: &Facts) -> Costs {
                match self {
                    $(Self::$Name(own) => own.costs(facts),)+
                }
            }

            fn lacks(&self, system: &System) -> Option<Lack> {
                match self {
                    $(Self::$Name(own) => own.lacks(system),)+
                }
            }
        }

        impl Explorable for Method {
            fn closings_commute(&self) -> bool {
                match self {
                    $(Self::$Name(own) => own.closings_commute(),)+
                }
            }

            fn completes_when_quiet(&self) -> bool {
                match self {
                    $(Self::$Name(own) => own.completes_when_quiet(),)+
                }
            }

            fn records_channels(&self) -> bool {
                match self {
                    $(Self::$Name(own) => own.records_channels(),)+
                }
            }

            fn moments(&self, system: &System) -> Vec<Time> {
                match self {
                    $(Self::$Name(own) => own.moments(system),)+
                }
            }

            fn asks_only_some(&self) -> bool {
                match self {
                    $(Self::$Name(own) => own.asks_only_some(),)+
                }
            }
        }

        $(impl From<$own> for Method {
            fn from(own: $own) -> Self {
                Self::$Name(own)
            }
        })+

        methods!(@pack Memory; $($Name)+);
        methods!(@pack Control; $($Name)+);
        methods!(@pack Tag; $($Name)+);
    };
    (@pack $Enum:ident; $($Name:ident)+) => {
        impl Pack for $Enum {
            fn pack(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$Name(value) => {
                        out.push(Which::$Name as u8);
                        value.pack(out);
                    })+
                }
            }

            fn unpack(from: &mut &[u8]) -> Option<Self> {
                let which = u8::unpack(from)?;
                $(if which == Which::$Name as u8 {
                    return Pack::unpack(from).map(Self::$Name);
                })+
                None
            }
        }
    };
}

methods! {
    /// Markers: Chandy and Lamport.
    ChandyLamport: chandy_lamport::ChandyLamport, chandy_lamport::Memory, chandy_lamport::Control, ();
    /// Colours and counters: Lai and Yang.
    LaiYang: lai_yang::LaiYang, lai_yang::Memory, lai_yang::Count, lai_yang::Colours;
    /// Markers on used channels only: Venkatesan.
    Venkatesan: venkatesan::Venkatesan, venkatesan::Memory, venkatesan::Control, ();
    /// Colours and a vector that goes around: Mattern.
    Mattern: mattern::Mattern, mattern::Memory, mattern::Vector, lai_yang::Colours;
    /// Colours and histories: Lai and Yang.
    LaiYangHistories: lai_yang_histories::LaiYangHistories, lai_yang_histories::Memory, lai_yang_histories::Dummy,
        lai_yang_histories::Tag;
    /// Numbers, and histories since the last snapshot: Li, Radhakrishnan and Venkatesan.
    LiRadhakrishnanVenkatesan: li_radhakrishnan_venkatesan::LiRadhakrishnanVenkatesan,
        li_radhakrishnan_venkatesan::Memory, li_radhakrishnan_venkatesan::Marker, li_radhakrishnan_venkatesan::Tag;
    /// Causal delivery, and sums: Acharya and Badrinath.
    AcharyaBadrinath: acharya_badrinath::AcharyaBadrinath, acharya_badrinath::Memory, acharya_badrinath::Control,
        Box<causal::Matrix>;
    /// Causal delivery, and a last word: Alagar and Venkatesan.
    AlagarVenkatesan: alagar_venkatesan::AlagarVenkatesan, alagar_venkatesan::Memory, alagar_venkatesan::Control,
        Box<alagar_venkatesan::Tag>;
    /// Several initiators, one recording: Spezialetti and Kearns.
    SpezialettiKearns: spezialetti_kearns::SpezialettiKearns, spezialetti_kearns::Memory, spezialetti_kearns::Control, ();
    /// Barriers in a dataflow: Carbone and others, Flink.
    Barriers: barriers::Barriers, barriers::Memory, barriers::Barrier, ();
    /// Whether work has ended, without a snapshot: Dijkstra and Scholten.
    DijkstraScholten: dijkstra_scholten::DijkstraScholten, dijkstra_scholten::Memory, dijkstra_scholten::Signal, ();
    /// Checkpoints that messages induce, index based.
    IndexBased: index_based::IndexBased, index_based::Memory, (), u16;
    /// Two phases, of no more processes than have to: Koo and Toueg.
    KooToueg: koo_toueg::KooToueg, koo_toueg::Memory, koo_toueg::Control, u32;
    /// Everybody when told: naive instants.
    Naive: naive::Naive, Vec<SnapshotId>, (), ();
    /// Everybody when the own clock reads the same.
    GlobalClock: global_clock::GlobalClock, global_clock::Memory, lai_yang::Count, i64;
    /// Checkpoints without any rule.
    Uncoordinated: uncoordinated::Uncoordinated, u16, (), ();
    /// Vector clocks, and back to the nearest consistent cut.
    VectorClocks: vector_clocks::VectorClocks, vector_clocks::Memory, vector_clocks::Control, Box<vector_clocks::Clock>;
}

impl Method {
    /// The same where these snapshots are all that is taken: what goes on only for others is left out, so that a system
    /// whose application ends has an end.
    #[must_use]
    pub fn planned_for(self, snapshots: impl IntoIterator<Item = SnapshotId>) -> Self {
        let planned = lai_yang::Colours::of(snapshots);
        let so_many = u16::try_from(u64::BITS - planned.0.leading_zeros()).unwrap_or_default();
        match self {
            Self::LaiYang(_) => Self::LaiYang(lai_yang::LaiYang { planned }),
            Self::AcharyaBadrinath(own) => {
                Self::AcharyaBadrinath(acharya_badrinath::AcharyaBadrinath { planned, ..own })
            }
            Self::LaiYangHistories(_) => lai_yang_histories::LaiYangHistories { planned }.into(),
            Self::LiRadhakrishnanVenkatesan(_) => {
                li_radhakrishnan_venkatesan::LiRadhakrishnanVenkatesan { planned: so_many }.into()
            }
            Self::Mattern(_) => Self::Mattern(mattern::Mattern { planned }),
            Self::VectorClocks(own) => vector_clocks::VectorClocks { planned, ..own }.into(),
            other => other,
        }
    }

    /// Whether it takes snapshots at all.
    #[must_use]
    pub fn takes_snapshots(&self) -> bool {
        !matches!(self, Self::DijkstraScholten(_))
    }

    /// Whether it does nothing unless time goes on.
    #[must_use]
    pub fn needs_time(&self) -> bool {
        matches!(self, Self::GlobalClock(_))
    }

    /// Whether one process may record what was under way to another, so that states have to be explored whole.
    #[must_use]
    pub fn records_elsewhere(&self) -> bool {
        matches!(self, Self::AcharyaBadrinath(_) | Self::VectorClocks(_))
    }

    /// When its markers go out; none if it has none.
    #[must_use]
    pub fn markers(&self) -> Option<Markers> {
        match self {
            Self::ChandyLamport(own) => Some(own.markers),
            _ => None,
        }
    }

    /// The same, with the recorded parts left where they are.
    #[must_use]
    pub fn without_collecting(self) -> Self {
        match self {
            Self::ChandyLamport(own) => {
                Self::ChandyLamport(chandy_lamport::ChandyLamport { collect: Collect::No, ..own })
            }
            Self::SpezialettiKearns(_) => {
                let assembly = spezialetti_kearns::Assembly::No;
                Self::SpezialettiKearns(spezialetti_kearns::SpezialettiKearns { assembly })
            }
            other => other,
        }
    }

    /// How the recorded parts come together.
    #[must_use]
    pub fn collect(&self) -> Collect {
        match self {
            Self::ChandyLamport(own) => own.collect,
            _ => Collect::No,
        }
    }
}

impl Default for Method {
    fn default() -> Self {
        Self::ChandyLamport(chandy_lamport::ChandyLamport::default())
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::ChandyLamport(chandy_lamport::Memory::default())
    }
}

/// Passes on what a handler asks for, its control messages said to be those of its algorithm.
fn wrapped<C, T>(out: &mut Effects<Control>, wrap: fn(C) -> Control, handler: impl FnOnce(&mut Effects<C>) -> T) -> T {
    let mut effects = Vec::new();
    let answer = handler(&mut effects);
    if !effects.is_empty() {
        pass_on(out, wrap, effects);
    }
    answer
}

/// Once for each algorithm, and not for each of its handlers.
#[inline(never)]
fn pass_on<C>(out: &mut Effects<Control>, wrap: fn(C) -> Control, effects: Effects<C>) {
    out.extend(effects.into_iter().map(|effect| effect.map(wrap)));
}

/// A world gives every algorithm what that algorithm itself has made.
fn foreign<T>() -> T {
    unreachable!("memories, control messages and tags come from the algorithm to which they are given")
}
