//! What the network does with what it carries: it brings, loses and repeats.

use super::{Again, Chart, Flight, What};
use cutline_core::action::Copied;
use cutline_core::computation::Does;
use cutline_core::event::{Carried, OnLink};
use cutline_core::{Action, ChannelId, Payload};

impl Chart {
    /// What an action does to what is in a channel. Items are known by their places there, since of one that the network
    /// has repeated there are several.
    pub(super) fn take_in(&mut self, action: Action) {
        let step = self.steps;
        match action {
            Action::Deliver { channel, position } => self.bring(channel, position),
            Action::Follow { rule, position } => {
                if let Some(Does::Receive(channel, _)) = self.computation.rule(rule).map(|rule| rule.does) {
                    self.bring(channel, position);
                }
            }
            Action::Lose { channel, position } => {
                if let Some(at) = self.open[channel.index()].remove(position as usize) {
                    self.flights[at].lost = Some(step);
                }
            }
            Action::Duplicate { channel, position, copy } => self.repeat(channel, position, copy),
            Action::Corrupt { channel, position } => {
                if let Some(at) = self.open[channel.index()].get(position as usize) {
                    self.flights[*at].corrupted = Some(step);
                }
            }
            _ => {}
        }
    }

    fn bring(&mut self, channel: ChannelId, position: u32) {
        let Some(at) = self.open[channel.index()].remove(position as usize) else { return };
        self.flights[at].received = Some(self.steps);
        self.flights[at].early = Some(None);
        self.held.push(at);
    }

    fn repeat(&mut self, channel: ChannelId, position: u32, copied: Copied) {
        let Some(of) = self.open[channel.index()].get(position as usize).copied() else { return };
        let Flight { what, payload, corrupted, .. } = self.flights[of];
        let is_corrupted = corrupted.is_some();
        self.depart(what, channel, self.steps, payload, Some(Again::ByNetwork(of)));
        if copied == Copied::Adjacent {
            let (open, last) = (&mut self.open[channel.index()], self.flights.len() - 1);
            open.pop_back();
            open.insert(position as usize + 1, last);
            self.flights[last].rank = self.flights[of].rank;
        }
        if let Some(copy) = self.flights.last_mut().filter(|_| is_corrupted) {
            copy.corrupted = Some(self.steps);
        }
    }

    pub(super) fn depart(
        &mut self,
        what: What,
        channel: ChannelId,
        sent: usize,
        payload: Payload,
        again: Option<Again>,
    ) {
        let rank = self.flights.len();
        self.open[channel.index()].push_back(rank);
        let (received, dropped, lost, early) = (None, None, None, None);
        let kept = Vec::new();
        self.flights.push(Flight {
            what,
            channel,
            sent,
            received,
            dropped,
            lost,
            again,
            early,
            surplus: false,
            corrupted: None,
            payload,
            kept,
            rank,
        });
    }

    /// What has come is handed over, at once or after it was held back.
    pub(super) fn hand_over(&mut self, what: What) {
        let Some(place) = self.held.iter().position(|at| self.flights[*at].what == what) else { return };
        let at = self.held.remove(place);
        let at_once = self.flights[at].received == Some(self.steps);
        self.flights[at].early = (!at_once).then_some(Some(self.steps));
    }

    pub(super) fn on_link(&mut self, channel: ChannelId, on_link: OnLink, item: Carried) {
        let (what, payload) = match item {
            Carried::Message(message, payload) => (What::Message(message), payload),
            Carried::Control(control, role) => (What::of_control(control, role), Payload(0)),
        };
        match on_link {
            OnLink::SentAgain => self.depart(what, channel, self.steps, payload, Some(Again::BySender)),
            OnLink::Dropped | OnLink::Refused => self.drop_arrived(),
            OnLink::Lost | OnLink::Repeated | OnLink::Corrupted | OnLink::Held => {}
        }
    }

    /// What has come at this step, if something has, is dropped where it came.
    pub(super) fn drop_arrived(&mut self) {
        let came_now = |at: &usize| self.flights[*at].received == Some(self.steps);
        if let Some(at) = self.held.pop_if(|at| came_now(at)) {
            self.flights[at].early = None;
            self.flights[at].surplus = true;
        }
    }
}
