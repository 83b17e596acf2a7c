//! What the application did in one system, done again in another.

use crate::session::Session;
use cutline_core::algorithms::chandy_lamport::marker_owed_by;
use cutline_core::computation::Does;
use cutline_core::topology::Order;
use cutline_core::world::Waiting;
use cutline_core::{Action, ChannelId, Event, History, MessageId, Method, Rejected};

/// So many steps are done again at most.
const MAX_STEPS: usize = 5000;

impl Session {
    /// Does what the application did up to the present of another run: the same sends and receipts in their order, and the
    /// same starts of snapshots; what is in front of a message on its channel is delivered before it. What cannot be done
    /// in this system is left out.
    pub(super) fn carry_over(&mut self, from: &History<Method>) {
        // Of each message there the one here.
        let mut messages: Vec<(MessageId, MessageId)> = Vec::new();
        let joins = !is_by_each(from.world().algorithm()) && !matches!(self.world().algorithm(), Method::Venkatesan(_));
        for step in from.trace_to(from.step()).steps.iter().take(MAX_STEPS) {
            match step.action {
                Action::Send { .. } | Action::Act { .. } => {
                    self.send_again(step.action, step.events, &mut messages);
                }
                Action::Follow { rule, .. } => {
                    let does = self.computation().rule(rule).map(|rule| rule.does);
                    if matches!(does, Some(Does::Receive(..))) {
                        self.receive_again(step.events, &messages);
                    } else {
                        self.send_again(step.action, step.events, &mut messages);
                    }
                }
                Action::Deliver { .. } => self.receive_again(step.events, &messages),
                Action::Initiate { snapshot, .. } => {
                    if joins || !self.begun().contains(&snapshot) {
                        self.initiate_in_time(step.action);
                    }
                }
                Action::Wait { .. } | Action::Crash { .. } | Action::Restart { .. } => {
                    _ = self.history.act(step.action);
                }
                Action::Restore { .. }
                | Action::Ring { .. }
                | Action::Lose { .. }
                | Action::Duplicate { .. }
                | Action::SendAgain { .. } => {}
            }
        }
    }

    fn send_again(&mut self, action: Action, there: &[Event], messages: &mut Vec<(MessageId, MessageId)>) {
        if let Err(Rejected::MarkerOwed { channel }) = self.history.world().check(action) {
            self.send_owed_marker(channel);
        }
        if self.history.act(action).is_ok() {
            let here = self.history.step_at(self.history.step()).1;
            messages.extend(sent(there).zip(sent(here)));
        }
    }

    /// What goes out on a channel waits for the markers that are owed there.
    fn send_owed_marker(&mut self, channel: ChannelId) {
        let process = self.topology().channel(channel).from;
        let timers = self.history.world().timers(process).to_vec();
        for timer in timers.into_iter().filter(|timer| marker_owed_by(*timer).1 == channel) {
            _ = self.history.act(Action::Ring { process, timer });
        }
    }

    fn receive_again(&mut self, there: &[Event], messages: &[(MessageId, MessageId)]) {
        for event in there {
            if let Event::Received { message, channel, .. } = *event
                && let Some((_, here)) = messages.iter().rev().find(|(other, _)| *other == message)
            {
                self.receive(channel, *here);
            }
        }
    }

    fn receive(&mut self, channel: ChannelId, message: MessageId) {
        let topology = self.topology();
        let any_order = topology.channel(channel).order == Order::Unordered && !topology.is_repaired(channel);
        let is_it = |waiting: Waiting| matches!(waiting, Waiting::Message(kept) if kept.message == message);
        loop {
            let place = self.history.world().in_channel(channel).position(is_it);
            let Some(place) = place else { return };
            let position = if any_order { u32::try_from(place).unwrap_or(u32::MAX) } else { 0 };
            if self.history.act(Action::Deliver { channel, position }).is_err() {
                return;
            }
        }
    }

    /// Starts a snapshot; where that is by a clock, once the clock is there.
    pub(crate) fn initiate_in_time(&mut self, start: Action) {
        if let Err(Rejected::TooEarly { process, wanted, .. }) = self.history.world().check(start)
            && let Some(until) = self.topology().clock(process).first_reads(wanted)
        {
            _ = self.history.act(Action::Wait { until });
        }
        if let (Ok(()), Action::Initiate { snapshot, .. }) = (self.history.act(start), start) {
            self.chosen = Some(snapshot);
        }
    }
}

/// Whether everybody starts every snapshot by itself, so that the starts beside the first are the algorithm's own.
pub(crate) fn is_by_each(method: &Method) -> bool {
    matches!(method, Method::Naive(_) | Method::GlobalClock(_))
}

fn sent(events: &[Event]) -> impl Iterator<Item = MessageId> + '_ {
    events.iter().filter_map(|event| match *event {
        Event::Sent { message, .. } => Some(message),
        _ => None,
    })
}
