//! The names by which the parts of a system refer to each other: small numbers, in the order of declaration.

/// The most snapshots that one run may take.
pub const MAX_SNAPSHOTS: u16 = 64;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident($number:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub $number);

        impl $name {
            /// The id of the `index`-th of its kind, counted from 0. An index beyond the id's range, which the
            /// limits of [`crate::topology`] and [`crate::world`] keep out, saturates.
            #[must_use]
            pub fn at(index: usize) -> Self {
                Self(<$number>::try_from(index).unwrap_or(<$number>::MAX))
            }

            /// Where in a list of its kind this one stands, counted from 0.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id! {
    /// A process.
    ProcessId(u16)
}
id! {
    /// A directed channel. Two channels may join the same two processes.
    ChannelId(u16)
}
id! {
    /// One run of the snapshot algorithm. All its markers carry this number.
    SnapshotId(u16)
}
impl SnapshotId {
    /// Its bit in a set of snapshots.
    pub(crate) fn bit(self) -> u64 {
        1_u64.checked_shl(u32::from(self.0)).unwrap_or(0)
    }
}

id! {
    /// An application message, numbered over the whole run in the order of sending.
    MessageId(u32)
}
id! {
    /// A control message (a marker, say), numbered over the whole run in the order of sending.
    ControlId(u32)
}
id! {
    /// A timer that an algorithm has set at a process; its meaning is the algorithm's own.
    TimerId(u32)
}
