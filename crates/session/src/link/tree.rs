//! The actions of a history as bytes.
//!
//! Each code is one number: its lowest three bits say what it is, the others are the first number that it needs. So with
//! 16 channels or fewer a delivery is a byte, a run of up to 16 deliveries of what has been under way longest is a byte,
//! and a send is a byte and its amount.

use super::MAX_ACTIONS;
use super::bytes::{Reader, Writer};
use cutline_core::action::Copied;
use cutline_core::history::{NodeId, START, Taken};
use cutline_core::scheduler::oldest_first;
use cutline_core::{Action, ChannelId, History, Method, Payload, ProcessId, SnapshotId, TimerId, World};

const OLDEST: u64 = 0;
const DELIVER: u64 = 1;
const SEND: u64 = 2;
const INITIATE: u64 = 3;
const ACT: u64 = 4;
const DELIVER_AT: u64 = 5;
const BRANCH: u64 = 6;
const RARE: u64 = 7;
/// What the lowest two bits of the number of a rare one say.
const RESTORE: u64 = 0;
const RING: u64 = 1;
const FOLLOW: u64 = 2;
const MISHAP: u64 = 3;
/// What the others of its bits say of a mishap.
const LOSE: u16 = 0;
const COPY: u16 = 1;
const COPY_LAST: u16 = 2;
const CRASH: u16 = 3;
const RESTART: u16 = 4;

/// One code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// So many deliveries, each of what has been under way longest.
    Oldest(usize),
    /// An action.
    Take(Action),
    /// The next action is taken at the moment so many actions before the last one, in the order of the link.
    Branch(usize),
}

/// Why codes cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// At this byte.
    At(usize),
    /// There are more than [`MAX_ACTIONS`].
    TooMany,
}

/// Reads the codes. The actions that they stand for are limited in number.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Code>, Unreadable> {
    let mut from = Reader::new(bytes);
    let (mut codes, mut actions) = (Vec::new(), 0);
    while !from.is_at_end() {
        let at = from.at();
        let code = code(&mut from).ok_or(Unreadable::At(at))?;
        actions += match code {
            Code::Oldest(count) => count,
            Code::Take(_) => 1,
            Code::Branch(back) if back > actions => return Err(Unreadable::At(at)),
            Code::Branch(_) => 0,
        };
        if actions > MAX_ACTIONS {
            return Err(Unreadable::TooMany);
        }
        codes.push(code);
    }
    Ok(codes)
}

fn code(from: &mut Reader<'_>) -> Option<Code> {
    let number = from.number()?;
    let rest = number >> 3;
    let id = || u16::try_from(rest).ok();
    let channel = || id().map(ChannelId);
    let action = match number & 7 {
        OLDEST => return Some(Code::Oldest(usize::try_from(rest).ok()?.min(MAX_ACTIONS) + 1)),
        BRANCH => return Some(Code::Branch(usize::try_from(rest).ok()?)),
        DELIVER => Action::Deliver { channel: channel()?, position: 0 },
        DELIVER_AT => Action::Deliver { channel: channel()?, position: from.small()? },
        SEND => Action::Send { channel: channel()?, payload: Payload(from.signed()?) },
        INITIATE => Action::Initiate { process: ProcessId(id()?), snapshot: SnapshotId(from.small()?) },
        ACT => Action::Act { process: ProcessId(id()?), choice: from.small()? },
        _ => {
            let id = u16::try_from(rest >> 2).ok()?;
            match rest & 3 {
                RESTORE => Action::Restore { snapshot: SnapshotId(id) },
                FOLLOW => Action::Follow { rule: id, position: from.small()? },
                RING => Action::Ring { process: ProcessId(id), timer: TimerId(from.small()?) },
                _ => return mishap(id, from).map(Code::Take),
            }
        }
    };
    Some(Code::Take(action))
}

/// The rarest: what goes wrong.
fn mishap(kind: u16, from: &mut Reader<'_>) -> Option<Action> {
    Some(match kind {
        LOSE => Action::Lose { channel: ChannelId(from.small()?), position: from.small()? },
        COPY => {
            Action::Duplicate { channel: ChannelId(from.small()?), position: from.small()?, copy: Copied::Adjacent }
        }
        COPY_LAST => {
            Action::Duplicate { channel: ChannelId(from.small()?), position: from.small()?, copy: Copied::Tail }
        }
        CRASH => Action::Crash { process: ProcessId(from.small()?) },
        RESTART => Action::Restart { process: ProcessId(from.small()?) },
        _ => return None,
    })
}

/// Asking which delivery is the oldest takes time in the number of channels; after so much of it, deliveries are
/// written by their channels.
const ASKING: usize = 4_000_000;

/// Writes actions, each with the place in the list of the one before it, counted from 1; 0 is the start.
pub(super) fn write(history: &History<Method>, actions: &[(usize, Taken)]) -> Vec<u8> {
    let mut writing = Writing { out: Writer::default(), oldest: 0, asking: ASKING, world: history.world_at(START) };
    let mut here = START;
    for (at, (parent, taken)) in actions.iter().enumerate() {
        if *parent != at {
            writing.finish_run();
            writing.out.number(((at - parent) as u64) << 3 | BRANCH);
        }
        if here != taken.parent {
            writing.world = history.world_at(taken.parent);
        }
        here = taken.node;
        writing.action(taken.action);
    }
    writing.finish_run();
    writing.out.into_bytes()
}

struct Writing {
    out: Writer,
    /// How many deliveries of the oldest are still to be written.
    oldest: usize,
    asking: usize,
    world: World<Method>,
}

impl Writing {
    fn action(&mut self, action: Action) {
        if self.is_oldest(action) {
            self.oldest += 1;
        } else {
            self.finish_run();
            self.write(action);
        }
        let accepted = self.world.apply(action, &mut Vec::new());
        debug_assert_eq!(accepted, Ok(()), "an action in the tree was accepted in this very state");
    }

    fn write_mishap(&mut self, action: Action) {
        let (kind, id, position) = match action {
            Action::Lose { channel, position } => (LOSE, channel.0, Some(position)),
            Action::Duplicate { channel, position, copy: Copied::Adjacent } => (COPY, channel.0, Some(position)),
            Action::Duplicate { channel, position, copy: Copied::Tail } => (COPY_LAST, channel.0, Some(position)),
            Action::Crash { process } => (CRASH, process.0, None),
            Action::Restart { process } => (RESTART, process.0, None),
            _ => return,
        };
        self.out.number((u64::from(kind) << 2 | MISHAP) << 3 | RARE);
        self.out.number(u64::from(id));
        if let Some(position) = position {
            self.out.number(u64::from(position));
        }
    }

    fn is_oldest(&mut self, action: Action) -> bool {
        if !matches!(action, Action::Deliver { .. }) {
            return false;
        }
        let Some(left) = self.asking.checked_sub(cost_of_asking(&self.world)) else { return false };
        self.asking = left;
        oldest_first(&self.world) == Some(action)
    }

    fn finish_run(&mut self) {
        if let Some(more) = self.oldest.checked_sub(1) {
            self.out.number((more as u64) << 3 | OLDEST);
        }
        self.oldest = 0;
    }

    fn write(&mut self, action: Action) {
        let mut first = |what: u64, id: u16| self.out.number(u64::from(id) << 3 | what);
        match action {
            Action::Deliver { channel, position: 0 } => first(DELIVER, channel.0),
            Action::Deliver { channel, position } => {
                first(DELIVER_AT, channel.0);
                self.out.number(u64::from(position));
            }
            Action::Send { channel, payload } => {
                first(SEND, channel.0);
                self.out.signed(payload.0);
            }
            Action::Initiate { process, snapshot } => {
                first(INITIATE, process.0);
                self.out.number(u64::from(snapshot.0));
            }
            Action::Act { process, choice } => {
                first(ACT, process.0);
                self.out.number(u64::from(choice));
            }
            Action::Lose { .. } | Action::Duplicate { .. } | Action::Crash { .. } | Action::Restart { .. } => {
                self.write_mishap(action);
            }
            Action::Restore { snapshot } => self.out.number((u64::from(snapshot.0) << 2 | RESTORE) << 3 | RARE),
            Action::Follow { rule, position } => {
                self.out.number((u64::from(rule) << 2 | FOLLOW) << 3 | RARE);
                self.out.number(u64::from(position));
            }
            Action::Ring { process, timer } => {
                self.out.number((u64::from(process.0) << 2 | RING) << 3 | RARE);
                self.out.number(u64::from(timer.0));
            }
        }
    }
}

/// About how many things are looked at to find the oldest delivery.
pub(super) fn cost_of_asking(world: &World<Method>) -> usize {
    world.topology().channels().map(|channel| 1 + world.in_channel(channel).len()).sum()
}

/// A moment's number in a link for every moment of a history; none for those that are left out.
pub(super) fn numbers(history: &History<Method>, actions: &[(usize, Taken)]) -> Vec<Option<usize>> {
    let mut numbers = vec![None; history.action_count() + 1];
    numbers[START.index()] = Some(0);
    for (at, (_, taken)) in actions.iter().enumerate() {
        numbers[taken.node.index()] = Some(at + 1);
    }
    numbers
}

/// Where the way on is not the one that was first taken last, which is what it is once all is taken again: the moments
/// to which it leads instead. What lies on the current branch needs no telling.
pub(super) fn other_ways(history: &History<Method>) -> Vec<NodeId> {
    let mut on_branch = vec![false; history.action_count() + 1];
    history.branch_nodes().iter().for_each(|node| on_branch[node.index()] = true);
    let ways = forks(history).filter_map(|node| {
        let way = history.way_on(node)?;
        (history.children(node).last() != Some(&way) && !on_branch[way.index()]).then_some(way)
    });
    ways.collect()
}

/// The moments with several that follow.
pub(super) fn forks(history: &History<Method>) -> impl Iterator<Item = NodeId> + '_ {
    let moments = std::iter::once(START).chain(history.taken().map(|taken| taken.node));
    moments.filter(|node| history.children(*node).len() > 1)
}
