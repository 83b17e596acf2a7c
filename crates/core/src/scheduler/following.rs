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
//! - With an algorithm in which nobody makes others record, a process is told to where it recorded in the given run.

use super::{Scheduler, oldest, timers};
use crate::action::{Action, Copied};
use crate::algorithm::Algorithm;
use crate::event::{Carried, Event};
use crate::ids::{ChannelId, MessageId, ProcessId, SnapshotId};
use crate::rejected::Rejected;
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
        let (mut world, mut following) = (world.clone(), Following::new(self));
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
        Self { pending: schedule.entries.iter().copied().enumerate().collect(), held: Vec::new(), ahead: 0 }
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
                None => Some(try_out(world, entry)),
            };
            match trial {
                Some(Trial::Done(action)) => {
                    self.pending.remove(at);
                    self.ahead += usize::from(at > 0);
                    return Some(action);
                }
                Some(Trial::First(action)) => return Some(action),
                Some(Trial::Void) => {
                    self.pending.remove(at);
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
        if self.pending.is_empty() {
            return None;
        }
        oldest_control(world).or_else(|| timers(world).next())
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
