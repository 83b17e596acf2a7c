//! What goes wrong in a run, and time going on, as codes.

use super::bytes::Reader;
use cutline_core::action::Copied;
use cutline_core::time::Time;
use cutline_core::{Action, ChannelId, Group, ProcessId};

const LOSE: u16 = 0;
const COPY: u16 = 1;
const COPY_LAST: u16 = 2;
const CRASH: u16 = 3;
const RESTART: u16 = 4;
const SEND_AGAIN: u16 = 5;
const WAIT: u16 = 6;
const PARTITION: u16 = 7;
const HEAL: u16 = 8;
const CORRUPT: u16 = 9;
const JOIN: u16 = 10;
const LEAVE: u16 = 11;

/// The code of such an action and the numbers that follow it; none of any other action.
pub(super) fn code_of(action: Action) -> Option<(u16, u64, Option<u32>)> {
    let at = |code, channel: ChannelId, place| Some((code, u64::from(channel.0), Some(place)));
    match action {
        Action::Lose { channel, position } => at(LOSE, channel, position),
        Action::Duplicate { channel, position, copy: Copied::Adjacent } => at(COPY, channel, position),
        Action::Duplicate { channel, position, copy: Copied::Tail } => at(COPY_LAST, channel, position),
        Action::SendAgain { channel, number } => at(SEND_AGAIN, channel, number),
        Action::Crash { process } => Some((CRASH, u64::from(process.0), None)),
        Action::Restart { process } => Some((RESTART, u64::from(process.0), None)),
        Action::Wait { until } => Some((WAIT, until.0, None)),
        Action::Partition { group } => Some((PARTITION, group.0, None)),
        Action::Corrupt { channel, position } => at(CORRUPT, channel, position),
        Action::Join { process } => Some((JOIN, u64::from(process.0), None)),
        Action::Leave { process } => Some((LEAVE, u64::from(process.0), None)),
        Action::Heal => Some((HEAL, 0, None)),
        _ => None,
    }
}

/// The action of this code; none if there is none.
pub(super) fn read(code: u16, from: &mut Reader<'_>) -> Option<Action> {
    let first = from.number()?;
    let id = || u16::try_from(first).ok();
    let (channel, process) = (|| id().map(ChannelId), || id().map(ProcessId));
    Some(match code {
        LOSE => Action::Lose { channel: channel()?, position: from.small()? },
        COPY => Action::Duplicate { channel: channel()?, position: from.small()?, copy: Copied::Adjacent },
        COPY_LAST => Action::Duplicate { channel: channel()?, position: from.small()?, copy: Copied::Tail },
        SEND_AGAIN => Action::SendAgain { channel: channel()?, number: from.small()? },
        CRASH => Action::Crash { process: process()? },
        RESTART => Action::Restart { process: process()? },
        WAIT => Action::Wait { until: Time(first) },
        PARTITION => Action::Partition { group: Group(first) },
        HEAL => Action::Heal,
        JOIN => Action::Join { process: process()? },
        LEAVE => Action::Leave { process: process()? },
        CORRUPT => Action::Corrupt { channel: channel()?, position: from.small()? },
        _ => return None,
    })
}
