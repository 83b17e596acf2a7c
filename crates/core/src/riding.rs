//! What rides on application messages, to somebody who does not know the algorithm.

use crate::colours::Colours;
use crate::ids::ProcessId;

/// One thing that rides on an application message. An algorithm has the same things ride on all its messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagRole {
    /// A colour for each snapshot: red for those for which its sender had recorded, white for all others.
    Colours(Colours),
    /// For how many snapshots its sender had recorded.
    Recorded(u16),
    /// Its number on its channel, as the algorithm counts; 0 if it does not count any more.
    Number(u32),
    /// What the clock of its sender read.
    Clock(i64),
    /// How many items its sender knew to have been sent to its receiver before it, and by whom; those who sent none are left out.
    After(Vec<(ProcessId, u32)>),
    /// Of how many events of each process its sender knew, its sending among them; those of whom it knew nothing are left out.
    Vector(Vec<(ProcessId, u32)>),
}
