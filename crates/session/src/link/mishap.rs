//! What goes wrong in a run, as codes.

use super::bytes::Reader;
use cutline_core::action::Copied;
use cutline_core::{Action, ChannelId, ProcessId};

const LOSE: u16 = 0;
const COPY: u16 = 1;
const COPY_LAST: u16 = 2;
const CRASH: u16 = 3;
const RESTART: u16 = 4;
const SEND_AGAIN: u16 = 5;

/// The code of a mishap, where it happens, and the place in the channel if it has one; none of any other action.
pub(super) fn code_of(action: Action) -> Option<(u16, u16, Option<u32>)> {
    Some(match action {
        Action::Lose { channel, position } => (LOSE, channel.0, Some(position)),
        Action::Duplicate { channel, position, copy: Copied::Adjacent } => (COPY, channel.0, Some(position)),
        Action::Duplicate { channel, position, copy: Copied::Tail } => (COPY_LAST, channel.0, Some(position)),
        Action::SendAgain { channel, number } => (SEND_AGAIN, channel.0, Some(number)),
        Action::Crash { process } => (CRASH, process.0, None),
        Action::Restart { process } => (RESTART, process.0, None),
        _ => return None,
    })
}

/// The mishap of this code; none if there is none.
pub(super) fn read(code: u16, from: &mut Reader<'_>) -> Option<Action> {
    let id: u16 = from.small()?;
    let (channel, process) = (ChannelId(id), ProcessId(id));
    Some(match code {
        LOSE => Action::Lose { channel, position: from.small()? },
        COPY => Action::Duplicate { channel, position: from.small()?, copy: Copied::Adjacent },
        COPY_LAST => Action::Duplicate { channel, position: from.small()?, copy: Copied::Tail },
        SEND_AGAIN => Action::SendAgain { channel, number: from.small()? },
        CRASH => Action::Crash { process },
        RESTART => Action::Restart { process },
        _ => return None,
    })
}
