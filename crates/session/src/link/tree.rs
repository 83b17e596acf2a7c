//! The actions of a history as bytes.
//!
//! Each code is one number: its lowest three bits say what it is, the others are the first number that it needs. So with
//! 16 channels or fewer a delivery is a byte, a run of up to 16 deliveries of what has been under way longest is a byte,
//! and a send is a byte and its amount. Random traffic and what was done before take a few bytes, however long they are.

use super::MAX_ACTIONS;
use super::bytes::{Reader, Writer};
use super::mishap;
use super::section::tag;
use super::together::{Sayable, Together};
use crate::traffic::SEED;
use cutline_core::history::{NodeId, START, Taken};
use cutline_core::world::MAX_SNAPSHOTS;
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
const LONG: u64 = 3;
/// What the next bit of the number of a long one says.
const TRAFFIC: u64 = 0;
const AGAIN: u64 = 1;

/// One code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// So many deliveries, each of what has been under way longest.
    Oldest(usize),
    /// An action.
    Take(Action),
    /// So many steps of the random traffic of this seed.
    Traffic { count: usize, seed: u64 },
    /// So many actions, those from so many before the first of them on.
    Again { count: usize, back: usize },
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

impl Code {
    /// How many actions it stands for.
    pub(super) fn count(self) -> usize {
        match self {
            Self::Oldest(count) | Self::Traffic { count, .. } | Self::Again { count, .. } => count,
            Self::Take(_) => 1,
            Self::Branch(_) => 0,
        }
    }

    /// Whether it may stand in a tree of this section, after so many actions.
    fn is_in_place(self, section: u64, actions: usize) -> bool {
        match self {
            Self::Traffic { .. } => section == tag::LONG_TREE,
            Self::Again { back, .. } => section == tag::LONG_TREE && (1..=actions).contains(&back),
            Self::Branch(back) => back <= actions,
            Self::Oldest(_) | Self::Take(_) => true,
        }
    }
}

/// Reads the codes of a section. The actions that they stand for are limited in number.
pub(super) fn read(section: u64, bytes: &[u8]) -> Result<Vec<Code>, Unreadable> {
    let mut from = Reader::new(bytes);
    let (mut codes, mut actions) = (Vec::new(), 0);
    while !from.is_at_end() {
        let at = from.at();
        let code = code(&mut from).filter(|code| code.is_in_place(section, actions)).ok_or(Unreadable::At(at))?;
        actions += code.count();
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
    // One more than is written, and no more than it takes to be too many.
    let count = |less_one: u64| Some(usize::try_from(less_one).ok()?.min(MAX_ACTIONS) + 1);
    let action = match number & 7 {
        OLDEST => return Some(Code::Oldest(count(rest)?)),
        BRANCH => return Some(Code::Branch(usize::try_from(rest).ok()?)),
        DELIVER => Action::Deliver { channel: channel()?, position: 0 },
        DELIVER_AT => Action::Deliver { channel: channel()?, position: from.small()? },
        SEND => Action::Send { channel: channel()?, payload: Payload(from.signed()?) },
        INITIATE => Action::Initiate { process: ProcessId(id()?), snapshot: SnapshotId(from.small()?) },
        ACT => Action::Act { process: ProcessId(id()?), choice: from.small()? },
        _ => {
            if rest & 3 == LONG {
                let (count, what) = (count(rest >> 3)?, from.number()?);
                return Some(match rest >> 2 & 1 {
                    TRAFFIC => Code::Traffic { count, seed: what },
                    _ => Code::Again { count, back: usize::try_from(what).ok()? },
                });
            }
            let id = u16::try_from(rest >> 2).ok()?;
            match rest & 3 {
                RESTORE if id >= MAX_SNAPSHOTS => mishap::read(id - MAX_SNAPSHOTS, from)?,
                RESTORE => Action::Restore { snapshot: SnapshotId(id) },
                FOLLOW => Action::Follow { rule: id, position: from.small()? },
                RING => Action::Ring { process: ProcessId(id), timer: TimerId(from.small()?) },
                _ => return None,
            }
        }
    };
    Some(Code::Take(action))
}

/// Writes actions, each with the place in the list of the one before it, counted from 1; 0 is the start. The answer tells
/// which section they are for.
pub(super) fn write(history: &History<Method>, actions: &[(usize, Taken)]) -> (u64, Vec<u8>) {
    let plain: Vec<Action> = actions.iter().map(|(_, taken)| taken.action).collect();
    let mut sayable = Sayable::new(history, actions, &plain);
    let mut writing = Writing { out: Writer::default(), section: tag::TREE };
    let mut at = 0;
    while let Some((parent, _)) = actions.get(at) {
        if *parent != at {
            writing.out.number(((at - parent) as u64) << 3 | BRANCH);
        }
        let said = sayable.at(at);
        writing.say(said);
        at += said.count();
    }
    (writing.section, writing.out.into_bytes())
}

struct Writing {
    out: Writer,
    section: u64,
}

impl Writing {
    fn say(&mut self, said: Together) {
        let less_one = |count: usize| count as u64 - 1;
        match said {
            Together::One(action) => self.write(action),
            Together::Oldest(count) => self.out.number(less_one(count) << 3 | OLDEST),
            Together::Traffic(count) => {
                self.section = tag::LONG_TREE;
                self.out.number((less_one(count) << 3 | TRAFFIC << 2 | LONG) << 3 | RARE);
                self.out.number(SEED);
            }
            Together::Again { count, back } => {
                self.section = tag::LONG_TREE;
                self.out.number((less_one(count) << 3 | AGAIN << 2 | LONG) << 3 | RARE);
                self.out.size(back);
            }
        }
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
            Action::Lose { .. }
            | Action::Corrupt { .. }
            | Action::Join { .. }
            | Action::Leave { .. }
            | Action::Duplicate { .. }
            | Action::SendAgain { .. }
            | Action::Wait { .. }
            | Action::Crash { .. }
            | Action::Partition { .. }
            | Action::Heal
            | Action::Restart { .. } => {
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

impl Writing {
    fn write_mishap(&mut self, action: Action) {
        let Some((code, first, second)) = mishap::code_of(action) else { return };
        self.out.number((u64::from(MAX_SNAPSHOTS + code) << 2 | RESTORE) << 3 | RARE);
        self.out.number(first);
        if let Some(second) = second {
            self.out.number(u64::from(second));
        }
    }
}

/// About how many things are looked at to draw what random traffic does.
pub(super) fn cost_of_drawing(world: &World<Method>) -> usize {
    16 + 2 * world.topology().channel_count() / world.topology().process_count().max(1)
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
