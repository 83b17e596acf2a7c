//! States as bytes: what can be written down so that equal things, and only they, give equal bytes.

use crate::algorithm::Algorithm;
use crate::algorithms::chandy_lamport::{Control, Repeats, Report};
use crate::computation::{LocalState, Payload, ProcessSet};
use crate::ids::{ChannelId, ProcessId, SnapshotId, TimerId};
use crate::system::System;
use crate::time::Time;

/// Something that an explored state is made of.
///
/// To be kept by every implementation, since states are told apart by these bytes alone: equal values give equal
/// bytes, different values give different bytes none of which begins with the other's, and `unpack` reads what `pack`
/// wrote.
pub trait Pack: Sized + Send + Sync {
    /// Appends the bytes of this value.
    fn pack(&self, out: &mut Vec<u8>);

    /// Takes a value from the front of `from`; none if it does not begin with one.
    fn unpack(from: &mut &[u8]) -> Option<Self>;
}

/// A snapshot algorithm whose states can be explored.
pub trait Explorable: Algorithm<Memory: Pack, Control: Pack, Tag: Pack> + Send + Sync {
    /// A promise of the algorithm: on a FIFO channel, taking in a control message that does nothing but finish the
    /// recording of that channel can change places with any other action that is possible at the same time, without
    /// changing what either does. See [`super::Reduction::ClosingsFirst`].
    fn closings_commute(&self) -> bool {
        false
    }

    /// Whether a snapshot is complete when every process has recorded and no control message is under way: the channels
    /// that are then still open hold nothing more.
    fn completes_when_quiet(&self) -> bool {
        false
    }

    /// The moments at which it makes a difference to the algorithm that time has gone on, in order: the only ones at which an
    /// exploration lets it go on. None for algorithms that look at no clock.
    fn moments(&self, _system: &System) -> Vec<Time> {
        Vec::new()
    }

    /// Whether everything that belongs to the global state is recorded. If not, channels are left to the transport, and
    /// what was recorded is no state of the application that others could be compared with.
    fn records_channels(&self) -> bool {
        true
    }

    /// Whether a snapshot is concluded without a part of everybody: then whoever has recorded nothing stands by its
    /// initial state, and the initiators, one for each snapshot, have recorded in any case. To be explored with one
    /// snapshot.
    fn asks_only_some(&self) -> bool {
        false
    }
}

impl Pack for () {
    fn pack(&self, _out: &mut Vec<u8>) {}

    fn unpack(_from: &mut &[u8]) -> Option<Self> {
        Some(())
    }
}

impl Pack for bool {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        match u8::unpack(from)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.is_some().pack(out);
        if let Some(value) = self {
            value.pack(out);
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        if bool::unpack(from)? { T::unpack(from).map(Some) } else { Some(None) }
    }
}

impl<T: Pack> Pack for Box<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        (**self).pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        T::unpack(from).map(Self::new)
    }
}

/// Seven bits a byte, the lowest first, the last one below 128 (LEB128): one byte for the numbers that are common.
impl Pack for u64 {
    fn pack(&self, out: &mut Vec<u8>) {
        let mut rest = *self;
        loop {
            let low = u8::try_from(rest & 0x7F).unwrap_or_default();
            rest >>= 7;
            if rest == 0 {
                return out.push(low);
            }
            out.push(low | 0x80);
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = from.split_first()?;
            *from = rest;
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }
}

/// A struct as its fields, one after the other.
macro_rules! pack_fields {
    ($Name:ident { $($field:ident),+ $(,)? }) => {
        impl Pack for $Name {
            fn pack(&self, out: &mut Vec<u8>) {
                $(self.$field.pack(out);)+
            }

            fn unpack(from: &mut &[u8]) -> Option<Self> {
                $(let $field = Pack::unpack(from)?;)+
                Some(Self { $($field),+ })
            }
        }
    };
}

pub(crate) use pack_fields;

macro_rules! pack_as_u64 {
    ($($number:ty)*) => {$(
        impl Pack for $number {
            fn pack(&self, out: &mut Vec<u8>) {
                u64::from(*self).pack(out);
            }

            fn unpack(from: &mut &[u8]) -> Option<Self> {
                u64::unpack(from)?.try_into().ok()
            }
        }
    )*};
}

pack_as_u64!(u8 u16 u32);

/// The sign in the lowest bit, so that small negative numbers are short too.
impl Pack for i64 {
    fn pack(&self, out: &mut Vec<u8>) {
        ((*self << 1) ^ (*self >> 63)).cast_unsigned().pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let folded = u64::unpack(from)?;
        Some((folded >> 1).cast_signed() ^ -((folded & 1).cast_signed()))
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.len() as u64).pack(out);
        for item in self {
            item.pack(out);
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        (0..u64::unpack(from)?).map(|_| T::unpack(from)).collect()
    }
}

impl<T: Pack, U: Pack> Pack for (T, U) {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
        self.1.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Some((T::unpack(from)?, U::unpack(from)?))
    }
}

macro_rules! pack_the_number {
    ($($name:ident)*) => {$(
        impl Pack for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                self.0.pack(out);
            }

            fn unpack(from: &mut &[u8]) -> Option<Self> {
                Pack::unpack(from).map(Self)
            }
        }
    )*};
}

pack_the_number!(ProcessId SnapshotId ChannelId TimerId Payload);

impl Pack for LocalState {
    fn pack(&self, out: &mut Vec<u8>) {
        match *self {
            Self::Money(amount) => {
                out.push(0);
                amount.pack(out);
            }
            Self::Budgeted { amount, sends_left } => {
                out.push(1);
                amount.pack(out);
                sends_left.pack(out);
            }
            Self::Label(label) => {
                out.push(2);
                label.pack(out);
            }
            Self::Work { active, sends_left } => {
                out.push(3);
                active.pack(out);
                sends_left.pack(out);
            }
            Self::Running => out.push(4),
            Self::WaitsForAll(whom) => {
                out.push(5);
                whom.pack(out);
            }
            Self::WaitsForAny(whom) => {
                out.push(6);
                whom.pack(out);
            }
            Self::Source { offset, out: next } => {
                out.push(7);
                (offset, next).pack(out);
            }
            Self::Operator { sum, passing, out: next } => {
                out.push(8);
                (sum, (passing, next)).pack(out);
            }
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Some(match u8::unpack(from)? {
            0 => Self::Money(Pack::unpack(from)?),
            1 => Self::Budgeted { amount: Pack::unpack(from)?, sends_left: Pack::unpack(from)? },
            2 => Self::Label(Pack::unpack(from)?),
            3 => Self::Work { active: Pack::unpack(from)?, sends_left: Pack::unpack(from)? },
            4 => Self::Running,
            5 => Self::WaitsForAll(Pack::unpack(from)?),
            6 => Self::WaitsForAny(Pack::unpack(from)?),
            7 => {
                let (offset, out) = Pack::unpack(from)?;
                Self::Source { offset, out }
            }
            8 => {
                let (sum, (passing, out)) = Pack::unpack(from)?;
                Self::Operator { sum, passing, out }
            }
            _ => return None,
        })
    }
}

impl Pack for ProcessSet {
    fn pack(&self, out: &mut Vec<u8>) {
        self.iter().collect::<Vec<ProcessId>>().pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Vec::<ProcessId>::unpack(from).map(|members| members.into_iter().collect())
    }
}

impl Pack for Control {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::Marker { snapshot, parent } => {
                out.push(0);
                snapshot.pack(out);
                parent.pack(out);
            }
            Self::Report(Report { snapshot, parts }) => {
                out.push(1);
                snapshot.pack(out);
                parts.pack(out);
            }
            Self::Leave => out.push(2),
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Some(match u8::unpack(from)? {
            0 => Self::Marker { snapshot: Pack::unpack(from)?, parent: Pack::unpack(from)? },
            1 => Self::Report(Report { snapshot: Pack::unpack(from)?, parts: Pack::unpack(from)? }),
            2 => Self::Leave,
            _ => return None,
        })
    }
}

/// Closing a FIFO channel takes it off the list of one snapshot and nothing else. What can be done next to it at the
/// same process is: sending, which looks at what is owed only; taking from another channel, which looks at that
/// channel's place on the lists only; recording for another snapshot, which adds a list. Behind the marker the channel
/// itself delivers nothing until the marker is gone.
impl Explorable for crate::algorithms::chandy_lamport::ChandyLamport {
    fn closings_commute(&self) -> bool {
        self.repeats == Repeats::Ignored
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Debug;

    fn round_trip<T: Pack + PartialEq + Debug>(value: T) {
        let mut bytes = Vec::new();
        value.pack(&mut bytes);
        bytes.push(77);
        let mut rest = &bytes[..];
        assert_eq!(T::unpack(&mut rest), Some(value));
        assert_eq!(rest, [77], "what follows is left alone");
        let cut = &bytes[..bytes.len() - 2];
        assert!(T::unpack(&mut &*cut).is_none(), "cut short");
    }

    #[test]
    fn numbers_come_back() {
        for value in [0, 1, 127, 128, 300, u64::MAX - 1, u64::MAX] {
            round_trip(value);
        }
        for value in [0, -1, 1, -64, 64, i64::MIN, i64::MAX] {
            round_trip(value);
        }
        round_trip((vec![3_u32, 70_000], 9_u16));
        assert_eq!(u8::unpack(&mut &[0x80, 0x02][..]), None, "256 is no byte");
        assert_eq!(u64::unpack(&mut &[0xFF; 11][..]), None, "too long");
    }

    #[test]
    fn states_and_memories_come_back() {
        round_trip(LocalState::Money(-5));
        round_trip(LocalState::Budgeted { amount: 3, sends_left: 200 });
        round_trip(LocalState::Label(9));
        round_trip(LocalState::Source { offset: 300, out: 1 });
        round_trip(LocalState::Operator { sum: -7, passing: 12, out: 2 });
        round_trip(LocalState::Work { active: true, sends_left: Some(2) });
        round_trip(LocalState::WaitsForAny([ProcessId(1), ProcessId(4)].into_iter().collect()));
        round_trip(Control::Marker { snapshot: SnapshotId(3), parent: Some(ProcessId(1)) });
        round_trip(Control::Leave);
        round_trip(Control::Report(Report { snapshot: SnapshotId(0), parts: vec![ProcessId(2)] }));
    }
}
