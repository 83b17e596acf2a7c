//! One run under several algorithms.
//!
//! What algorithms send differs, so no two of them can have the same run; what can be the same is the *schedule*: in which
//! order the application sends, receives and acts, and when snapshots are started. A [`Schedule`] is that, read off a
//! run. [`Following`] has another algorithm go along with it:
//!
//! - The application's messages are known by channel and number, so each arrives when it did, whatever stands around it.
//! - A control message arrives where one arrived on the same channel, or when a message behind it is due.
//! - What the algorithm holds back waits. Until then its own messages arrive, oldest first, and its timers go off, since
//!   that is what it waits for; failing those, what comes next in the schedule goes ahead. Each process sends and acts in its own order.
//! - With an algorithm in which nobody makes others record, a process is told to where it recorded in the given run; and if
//!   [`Following::telling_everybody`], who was not told so is told in the end. Where that is by a clock, time goes on until the
//!   clock is there.
//! - What goes wrong in the given run goes wrong at the same place. A message that is lost is lost here too; of control
//!   messages, which algorithms do not share, the first on the channel, and if there is none, nothing is.

use super::{Scheduler, oldest, timers};
use crate::action::{Action, Copied};
use crate::algorithm::Algorithm;
use crate::event::{Carried, Event};
use crate::ids::{ChannelId, MessageId, ProcessId, SnapshotId};
use crate::rejected::Rejected;
use crate::time::Time;
use crate::topology::Order;
use crate::trace::{Step, Trace};
use crate::world::{Waiting, World};
use std::collections::{BTreeMap, VecDeque};

/// What is to happen in a run, whichever algorithm is at work.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Schedule {
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    /// Must happen: what the application does, who starts a snapshot, time, crashes.
    Do(Action),
    /// Happens if it can.
    Try(Action),
    /// The message of this number arrives, and is taken in by this rule if one is named.
    Receive { channel: ChannelId, number: u32, rule: Option<u16> },
    /// A control message arrives, if there is one.
    Control(ChannelId),
    /// The message of this number is lost, or repeated; without a number, a control message.
    Mishap { channel: ChannelId, number: Option<u32>, copy: Option<Copied> },
    /// The process recorded here.
    Recorded(ProcessId, SnapshotId),
}

impl Schedule {
    /// The schedule of a run, until it first goes back to a recorded state: what follows depends on what was recorded.
    #[must_use]
    pub fn of(trace: &Trace<'_>) -> Self {
        let mut entries = Vec::new();
        let mut numbers = BTreeMap::new();
        for step in &trace.steps {
            if matches!(step.action, Action::Restore { .. }) {
                break;
            }
            for event in step.events {
                if let Event::Sent { message, number, .. } = *event {
                    numbers.insert(message, number);
                }
            }
            entries.extend(told(step));
            entries.extend(entry(trace, step, &numbers));
        }
        Self { entries }
    }

    /// Takes a world along the schedule, in at most so many steps; what was done, and how it went.
    #[must_use]
    pub fn play<A: Algorithm>(&self, world: &World<A>, limit: usize) -> (Vec<Action>, Following) {
        Following::new(self).play(world, limit)
    }
}

impl Following {
    /// Takes a world along, in at most so many steps; what was done, and how it went.
    #[must_use]
    pub fn play<A: Algorithm>(self, world: &World<A>, limit: usize) -> (Vec<Action>, Self) {
        let (mut world, mut following) = (world.clone(), self);
        let (mut actions, mut events) = (Vec::new(), Vec::new());
        while actions.len() < limit
            && let Some(action) = following.next(&world)
            && world.apply(action, &mut events).is_ok()
        {
            events.clear();
            actions.push(action);
        }
        (actions, following)
    }
}

/// Who recorded in a step without having started the snapshot.
fn told<'a>(step: &Step<'a>) -> impl Iterator<Item = Entry> + use<'a> {
    let starts = matches!(step.action, Action::Initiate { .. });
    step.events.iter().filter(move |_| !starts).filter_map(|event| match *event {
        Event::Recorded { process, snapshot, .. } => Some(Entry::Recorded(process, snapshot)),
        _ => None,
    })
}

fn entry(trace: &Trace<'_>, step: &Step<'_>, numbers: &BTreeMap<MessageId, u32>) -> Option<Entry> {
    let mishap = |channel, copy| {
        step.events.iter().find_map(|event| match *event {
            Event::Lost { item, .. } | Event::Duplicated { item, .. } => {
                let number = match item {
                    Carried::Message(message, _) => numbers.get(&message).copied(),
                    Carried::Control(..) => None,
                };
                Some(Entry::Mishap { channel, number, copy })
            }
            _ => None,
        })
    };
    let received = |rule| {
        step.events.iter().find_map(|event| match *event {
            Event::Received { channel, number, .. } => Some(Entry::Receive { channel, number, rule }),
            _ => None,
        })
    };
    match step.action {
        Action::Deliver { channel, .. } if trace.system.topology.is_repaired(channel) => Some(Entry::Try(step.action)),
        Action::Corrupt { channel, .. } if trace.system.topology.is_repaired(channel) => Some(Entry::Try(step.action)),
        // It is as good as lost where it is dropped.
        Action::Corrupt { .. } => None,
        Action::Deliver { channel, .. } => {
            received(None).or_else(|| mishap(channel, None)).or(Some(Entry::Control(channel)))
        }
        Action::Follow { rule, .. } => Some(received(Some(rule)).unwrap_or(Entry::Do(step.action))),
        Action::Lose { channel, .. } => mishap(channel, None).or(Some(Entry::Try(step.action))),
        Action::Duplicate { channel, copy, .. } => mishap(channel, Some(copy)).or(Some(Entry::Try(step.action))),
        Action::Ring { .. } | Action::SendAgain { .. } => Some(Entry::Try(step.action)),
        Action::Restore { .. } => None,
        action => Some(Entry::Do(action)),
    }
}

/// Goes along with a schedule, as near as the algorithm allows. Done when nothing of it is left or can be done.
#[derive(Clone, Debug)]
pub struct Following {
    pending: VecDeque<(usize, Entry)>,
    /// The entries, by place, that the algorithm has held back, in the order in which it did.
    held: Vec<usize>,
    /// How many went ahead of an earlier one.
    ahead: usize,
    /// What was to go wrong with an item that is not there.
    missed: Vec<Undone>,
    tells: bool,
    /// Once time had to go on for a clock: how long it goes on next if something is held back, in doublings of a unit.
    doublings: Option<u32>,
}

/// Something of a schedule that was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    /// An action.
    Action(Action),
    /// The arrival of the message with this number on its channel.
    Arrival(ChannelId, u32),
    /// That an item was to be lost, or if so repeated: the message of this number, or without one a control message.
    Mishap {
        /// The channel.
        channel: ChannelId,
        /// Which message.
        number: Option<u32>,
        /// Whether it was to be repeated.
        repeated: bool,
    },
}

impl Undone {
    fn of(entry: Entry) -> Option<Self> {
        match entry {
            Entry::Do(action) | Entry::Try(action) => Some(Self::Action(action)),
            Entry::Receive { channel, number, .. } => Some(Self::Arrival(channel, number)),
            Entry::Mishap { channel, number, copy } => Some(Self::Mishap { channel, number, repeated: copy.is_some() }),
            Entry::Control(_) | Entry::Recorded(..) => None,
        }
    }
}

/// What comes of trying an entry.
enum Trial {
    Done(Action),
    /// Something else has to happen before it.
    First(Action),
    Void,
    NotNow(Rejected),
}

impl Following {
    /// At the beginning of a schedule.
    #[must_use]
    pub fn new(schedule: &Schedule) -> Self {
        Self {
            pending: schedule.entries.iter().copied().enumerate().collect(),
            held: Vec::new(),
            ahead: 0,
            missed: Vec::new(),
            tells: false,
            doublings: None,
        }
    }

    /// The same, and where nobody makes others record, everybody records in what the schedule has begun: at the latest in the
    /// end, and by a clock when it is time.
    #[must_use]
    pub fn telling_everybody(mut self) -> Self {
        self.tells = true;
        self
    }

    /// What was to go wrong with items that were not there, since this algorithm sends others.
    #[must_use]
    pub fn missed(&self) -> &[Undone] {
        &self.missed
    }

    /// What could not be done at all, so far, and why not.
    #[must_use]
    pub fn undone<A: Algorithm>(&self, world: &World<A>) -> Vec<(Undone, Option<Rejected>)> {
        let why = |entry| match try_out(world, entry) {
            Trial::NotNow(why) => Some(why),
            _ => None,
        };
        self.pending.iter().filter_map(|(_, entry)| Some((Undone::of(*entry)?, why(*entry)))).collect()
    }

    /// What has to happen before somebody can record by its clock: that time goes on. None if that is not what is in the way.
    fn waiting<A: Algorithm>(&self, world: &World<A>, start: Action) -> Option<Action> {
        let Err(Rejected::TooEarly { process, wanted, .. }) = world.check(start) else { return None };
        let until = world.topology().clock(process).first_reads(wanted)?;
        Some(Action::Wait { until }).filter(|wait| self.tells && world.check(*wait).is_ok())
    }

    /// That time goes on, where clocks count and something is held back: for a unit, and twice as long each time.
    fn later<A: Algorithm>(&mut self, world: &World<A>) -> Option<Action> {
        let held = |entry| matches!(try_out(world, entry), Trial::NotNow(why) if is_held(why));
        let doublings = self.doublings.filter(|_| self.pending.iter().any(|(_, entry)| held(*entry)))?;
        let until = Time(world.now().0.saturating_add(1_u64.checked_shl(doublings)?));
        self.doublings = Some(doublings + 1);
        Some(Action::Wait { until }).filter(|wait| world.check(*wait).is_ok())
    }

    /// Who is still to record in a snapshot that has begun, where nobody makes others do so: the first whose time it is.
    fn duty<A: Algorithm>(&self, world: &World<A>) -> Option<Action> {
        if !self.tells {
            return None;
        }
        let begun = (0..).map(SnapshotId).zip(world.snapshots()).filter(|(_, snapshot)| snapshot.has_begun());
        let missing = begun.flat_map(|(id, snapshot)| {
            let processes = world.topology().processes().filter(|process| snapshot.process(*process).is_none());
            processes.map(move |process| Action::Initiate { process, snapshot: id })
        });
        let starts: Vec<Action> = missing.collect();
        let told = starts.iter().find(|start| !world.algorithm().spreads() && world.check(**start).is_ok());
        told.copied().or_else(|| starts.iter().filter_map(|start| self.waiting(world, *start)).min())
    }

    /// How many actions of the schedule the algorithm has held back for a while or for ever.
    #[must_use]
    pub fn held(&self) -> usize {
        self.held.len()
    }

    /// How many went ahead of an earlier one.
    #[must_use]
    pub fn ahead(&self) -> usize {
        self.ahead
    }

    /// How many could not be done at all, so far.
    #[must_use]
    pub fn left(&self) -> usize {
        self.pending.len()
    }
}

impl<A: Algorithm> Scheduler<A> for Following {
    /// Takes time in the number of channels; while something is held back, also in what is left of the schedule.
    fn next(&mut self, world: &World<A>) -> Option<Action> {
        let mut busy = Vec::new();
        let mut at = 0;
        while let Some(&(place, entry)) = self.pending.get(at) {
            let own = own_doing(world, entry);
            let trial = match own.filter(|process| busy.contains(process)) {
                Some(_) => None,
                None => Some(self.first_waiting(world, entry).unwrap_or_else(|| try_out(world, entry))),
            };
            match trial {
                Some(Trial::Done(action)) => {
                    self.pending.remove(at);
                    self.ahead += usize::from(at > 0);
                    return Some(action);
                }
                Some(Trial::First(action)) => {
                    if matches!(action, Action::Wait { .. }) {
                        self.doublings = Some(0);
                    }
                    return Some(action);
                }
                Some(Trial::Void) => {
                    self.pending.remove(at);
                    self.missed.extend(Undone::of(entry).filter(|undone| matches!(undone, Undone::Mishap { .. })));
                    continue;
                }
                Some(Trial::NotNow(why)) => {
                    if is_held(why) {
                        if !self.held.contains(&place) {
                            self.held.push(place);
                        }
                        if let Some(own) = oldest_control(world).or_else(|| timers(world).next()) {
                            return Some(own);
                        }
                    }
                    busy.extend(own);
                }
                None => {}
            }
            at += 1;
        }
        let is_through = self.pending.is_empty();
        let own = (!is_through).then(|| oldest_control(world).or_else(|| timers(world).next())).flatten();
        let next = own.or_else(|| self.duty(world)).or_else(|| self.later(world))?;
        self.doublings = match next {
            Action::Wait { .. } => Some(self.doublings.unwrap_or(0)),
            _ => self.doublings.map(|_| 0),
        };
        Some(next)
    }
}

impl Following {
    /// That time goes on first, if that is what an entry needs.
    fn first_waiting<A: Algorithm>(&self, world: &World<A>, entry: Entry) -> Option<Trial> {
        let start = match entry {
            Entry::Do(start @ Action::Initiate { .. }) => start,
            Entry::Recorded(process, snapshot) if !world.algorithm().spreads() => {
                Action::Initiate { process, snapshot }
            }
            _ => return None,
        };
        self.waiting(world, start).map(Trial::First)
    }
}

/// Who does this of its own accord; none if it is not the application's doing.
fn own_doing<A: Algorithm>(world: &World<A>, entry: Entry) -> Option<ProcessId> {
    match entry {
        Entry::Do(Action::Send { channel, .. }) => Some(world.topology().channel(channel).from),
        Entry::Do(Action::Act { process, .. }) => Some(process),
        Entry::Do(Action::Follow { rule, .. }) => Some(world.system().computation.rule(rule)?.process),
        _ => None,
    }
}

/// Whether it is the algorithm that refuses.
fn is_held(why: Rejected) -> bool {
    matches!(
        why,
        Rejected::SendHeld { .. }
            | Rejected::ReceiveHeld { .. }
            | Rejected::MarkerOwed { .. }
            | Rejected::OneAtATime { .. }
    )
}

fn try_out<A: Algorithm>(world: &World<A>, entry: Entry) -> Trial {
    let void_unless = |action: Option<Action>| match action {
        Some(action) if world.check(action).is_ok() => Trial::Done(action),
        _ => Trial::Void,
    };
    let wanted = match entry {
        Entry::Do(action @ Action::Initiate { .. }) => match world.check(action) {
            Err(Rejected::AlreadyRecorded { .. } | Rejected::TakesNoPart { .. } | Rejected::NoSnapshots) => {
                return Trial::Void;
            }
            _ => action,
        },
        // It is later already.
        Entry::Do(Action::Wait { until }) if until < world.now() => return Trial::Void,
        Entry::Do(action) => action,
        Entry::Try(action) => return void_unless(Some(action)),
        Entry::Receive { channel, number, rule } => match arrival(world, channel, number, rule) {
            Ok(action) => action,
            Err(trial) => return trial,
        },
        Entry::Control(channel) => {
            let position = place_of(world, channel, None);
            return void_unless(position.map(|position| Action::Deliver { channel, position }));
        }
        Entry::Mishap { channel, number, copy } => {
            let action = |position| match copy {
                None => Action::Lose { channel, position },
                Some(copy) => Action::Duplicate { channel, position, copy },
            };
            return void_unless(place_of(world, channel, number).map(action));
        }
        Entry::Recorded(process, snapshot) => {
            let told = Action::Initiate { process, snapshot };
            return void_unless(Some(told).filter(|_| !world.algorithm().spreads()));
        }
    };
    world.check(wanted).map_or_else(Trial::NotNow, |()| Trial::Done(wanted))
}

/// The arrival of a message, or of what stands in its way.
fn arrival<A: Algorithm>(
    world: &World<A>,
    channel: ChannelId,
    number: u32,
    rule: Option<u16>,
) -> Result<Action, Trial> {
    let Some(position) = place_of(world, channel, Some(number)) else {
        return Err(Trial::NotNow(Rejected::NothingThere { channel, holds: 0 }));
    };
    if position > 0 && world.topology().channel(channel).order == Order::Fifo {
        if place_of(world, channel, None) != Some(0) {
            return Err(Trial::NotNow(Rejected::NotAtTheHead { channel, ahead: position }));
        }
        let head = Action::Deliver { channel, position: 0 };
        return Err(world.check(head).map_or_else(Trial::NotNow, |()| Trial::First(head)));
    }
    Ok(match rule {
        Some(rule) => Action::Follow { rule, position },
        None => Action::Deliver { channel, position },
    })
}

/// Where the message of this number stands, or without a number the first control message.
fn place_of<A: Algorithm>(world: &World<A>, channel: ChannelId, number: Option<u32>) -> Option<u32> {
    let is_it = |item: Waiting| match (item, number) {
        (Waiting::Message(kept), Some(number)) => kept.number == number,
        (Waiting::Control(..), None) => true,
        _ => false,
    };
    world.in_channel(channel).position(is_it).and_then(|position| u32::try_from(position).ok())
}

/// The delivery of the control message that has been under way longest, among those that can be delivered.
fn oldest_control<A: Algorithm>(world: &World<A>) -> Option<Action> {
    let is_control = |action: &Action| match *action {
        Action::Deliver { channel, position } => {
            matches!(world.in_channel(channel).nth(position as usize), Some(Waiting::Control(..)))
        }
        _ => false,
    };
    oldest(world, world.deliveries().filter(is_control))
}
