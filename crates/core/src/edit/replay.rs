//! Playing the steps of a run in another order, each with the meaning that it had.

use super::slots::{Item, Name, Slots, taken_message};
use super::{Edit, Impossible, NoSuchStep, Why};
use crate::action::Action;
use crate::algorithm::Algorithm;
use crate::event::Event;
use crate::ids::ChannelId;
use crate::rejected::Rejected;
use crate::world::{Waiting, World};

/// Whatever can be asked for actions one after another.
pub(super) trait Runs<A: Algorithm> {
    fn world(&self) -> &World<A>;
    fn run(&mut self, action: Action) -> Result<(), Rejected>;
    /// What the last action brought about.
    fn happened(&self) -> &[Event];
}

/// The order of steps that an edit asks for, from the first that changes.
#[derive(Clone, Copy)]
pub(super) struct Order {
    pub(super) first: usize,
    /// The moved step with its new place, or the deleted one with none.
    moved: Option<(usize, Option<usize>)>,
    pub(super) instead: Option<(usize, Action)>,
    last: usize,
}

impl Order {
    pub(super) fn of(edit: Edit, last: usize) -> Result<Self, NoSuchStep> {
        let asked = match edit {
            Edit::Move { step, to } => [step, to],
            Edit::Delete { step } | Edit::Replace { step, .. } => [step, step],
        };
        if let Some(step) = asked.into_iter().find(|step| !(1..=last).contains(step)) {
            return Err(NoSuchStep { step, steps: last });
        }
        Ok(match edit {
            Edit::Move { step, to } => Self { first: step.min(to), moved: Some((step, Some(to))), instead: None, last },
            Edit::Delete { step } => Self { first: step, moved: Some((step, None)), instead: None, last },
            Edit::Replace { step, action } => Self { first: step, moved: None, instead: Some((step, action)), last },
        })
    }

    /// The steps in their new order.
    pub(super) fn steps(self) -> impl Iterator<Item = usize> {
        let (moved, to) = self.moved.map_or((0, 0), |(step, to)| (step, to.unwrap_or(0)));
        // The one that moves comes before the steps up to its old place, or after those up to its new one.
        let before = (to != 0 && to <= moved).then_some(moved);
        let split = if to > moved { to } else { self.last };
        let rest = move |range: std::ops::RangeInclusive<usize>| range.filter(move |step| *step != moved);
        let after = (to > moved).then_some(moved);
        before.into_iter().chain(rest(self.first..=split)).chain(after).chain(rest(split + 1..=self.last))
    }
}

/// What has been sent in the run that is being played.
pub(super) struct Replay<'a> {
    slots: &'a Slots,
    put: Vec<bool>,
    /// The messages of this run in the order of sending.
    messages: Vec<Option<Item>>,
}

impl<'a> Replay<'a> {
    /// The run up to a step, where it is as it was.
    pub(super) fn before(slots: &'a Slots, first: usize) -> Self {
        let sent = slots.slots.get(first - 1).map_or(slots.messages.len(), |slot| slot.messages);
        Self {
            slots,
            put: slots.put_by.iter().map(|step| *step < first).collect(),
            messages: slots.messages[..sent].to_vec(),
        }
    }

    /// Takes a step, or another action in its place. Answers with what was asked of the world.
    pub(super) fn step<A: Algorithm>(
        &mut self,
        run: &mut impl Runs<A>,
        step: usize,
        instead: Option<Action>,
    ) -> Result<Action, Why> {
        let action = match instead {
            Some(action) => action,
            None => self.action(run.world(), step)?,
        };
        run.run(action).map_err(Why::Refused)?;
        for name in run.happened().iter().filter_map(|event| Name::put_in(step, event)) {
            let item = self.slots.items.get(&name).copied();
            if let Some(item) = item {
                self.put[item] = true;
            }
            if matches!(name, Name::Message { .. }) {
                self.messages.push(item);
            }
        }
        Ok(action)
    }

    /// The items of the run before the edit that a step puts into channels now.
    pub(super) fn put_in(&self, step: usize, happened: &[Event]) -> impl Iterator<Item = Item> {
        happened.iter().filter_map(move |event| self.slots.items.get(&Name::put_in(step, event)?).copied())
    }

    /// The item that the last action took from its channel.
    pub(super) fn taken(&self, happened: &[Event]) -> Option<Item> {
        happened.iter().find_map(|event| match *event {
            Event::Received { message, .. } => taken_message(&self.messages, message),
            Event::ControlReceived { channel, role, .. } => {
                self.slots.items.get(&Name::control(channel, role)).copied()
            }
            _ => None,
        })
    }

    /// At the end it is known whether what came too early was sent later or never.
    pub(super) fn settle(&self, impossible: &mut Impossible) {
        let item = self.slots.slot(impossible.step).takes;
        if let (Why::NeverSent { sent_by }, Some(item)) = (impossible.why, item)
            && self.put[item]
        {
            impossible.why = Why::BeforeItsSending { sent_by };
        }
    }

    /// What a step asks for now.
    fn action<A: Algorithm>(&self, world: &World<A>, step: usize) -> Result<Action, Why> {
        let slot = self.slots.slot(step);
        let (Action::Deliver { channel, .. }, Some(item)) = (slot.plain, slot.takes) else { return Ok(slot.action) };
        if !self.put[item] {
            return Err(Why::NeverSent { sent_by: self.slots.put_by[item] });
        }
        let position = if self.slots.is_unordered(channel) { self.position(world, channel, item) } else { Some(0) };
        // It was sent but is not there: a restoration has emptied the channel.
        let at = |position| match slot.action {
            Action::Follow { rule, .. } => Action::Follow { rule, position },
            _ => Action::Deliver { channel, position },
        };
        position.map(at).ok_or_else(|| {
            let holds = u32::try_from(world.in_channel(channel).len()).unwrap_or(u32::MAX);
            Why::Refused(Rejected::NothingThere { channel, holds })
        })
    }

    fn position<A: Algorithm>(&self, world: &World<A>, channel: ChannelId, wanted: Item) -> Option<u32> {
        let is_wanted = |waiting: Waiting| match waiting {
            Waiting::Message(kept) => taken_message(&self.messages, kept.message) == Some(wanted),
            Waiting::Control(_, role) => self.slots.items.get(&Name::control(channel, role)) == Some(&wanted),
        };
        world.in_channel(channel).position(is_wanted).and_then(|at| u32::try_from(at).ok())
    }
}
