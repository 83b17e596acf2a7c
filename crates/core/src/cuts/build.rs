//! An order of events from a run.

use super::clocks::clocks;
use super::order::{EventId, EventKind, EventOrder, Link, Message, States};
use super::refused::OrderError;
use crate::event::Event;
use crate::ids::MessageId;
use crate::trace::Trace;
use std::collections::BTreeMap;

impl EventOrder {
    /// The order of the application events of a run, with what the processes held. Takes time in the number of
    /// events times that of processes.
    ///
    /// # Errors
    /// If a message is received that was not sent, or twice, or the run is too long.
    pub fn of_trace(trace: &Trace<'_>) -> Result<Self, OrderError> {
        let mut builder = Builder::new(trace);
        for (_, event) in trace.events() {
            builder.follow(event)?;
        }
        let clocks = clocks(&builder.order.kinds, &builder.order.messages)?;
        Ok(Self { clocks, states: Some(builder.states), ..builder.order })
    }
}

struct Builder<'a> {
    trace: &'a Trace<'a>,
    order: EventOrder,
    states: States,
    places: BTreeMap<MessageId, usize>,
}

impl<'a> Builder<'a> {
    fn new(trace: &'a Trace<'a>) -> Self {
        let topology = &trace.system.topology;
        let link = |channel| {
            let ends = topology.channel(channel);
            Link { name: ends.name.clone(), from: ends.from, to: Some(ends.to), messages: Vec::new() }
        };
        let computation = trace.system.computation.clone();
        let after = computation.initial().into_iter().map(|state| vec![state]).collect();
        let order = EventOrder {
            names: topology.processes().map(|process| topology.process_name(process).to_owned()).collect(),
            kinds: vec![Vec::new(); topology.process_count()],
            clocks: Vec::new(),
            messages: Vec::new(),
            links: topology.channels().map(link).collect(),
            states: None,
        };
        Self { trace, order, states: States { computation, after }, places: BTreeMap::new() }
    }
    fn follow(&mut self, event: &Event) -> Result<(), OrderError> {
        let Some(state) = event.state_after() else { return Ok(()) };
        let process = event.process(&self.trace.system.topology);
        let number = u32::try_from(self.order.kinds[process.index()].len() + 1).unwrap_or(u32::MAX);
        let id = EventId { process, number };
        let kind = match *event {
            Event::Sent { message, channel, number, payload, .. } => {
                let place = self.order.messages.len();
                if self.places.insert(message, place).is_some() {
                    return Err(OrderError::SentTwice { message: self.name(message) });
                }
                let name = format!("{}#{number}", self.order.links[channel.index()].name);
                let worth = self.trace.system.computation.worth_of_payload(payload);
                let sent = Message { id: message, name, link: channel, sent: id, received: None, worth };
                self.order.messages.push(sent);
                self.order.links[channel.index()].messages.push(place);
                EventKind::Send(place)
            }
            Event::Received { message, .. } => EventKind::Receive(self.receive(message, id)?),
            _ => EventKind::Internal,
        };
        self.order.kinds[process.index()].push(kind);
        self.states.after[process.index()].push(state);
        Ok(())
    }

    fn receive(&mut self, message: MessageId, id: EventId) -> Result<usize, OrderError> {
        let Some(&place) = self.places.get(&message) else {
            let receiver = self.order.names[id.process.index()].clone();
            return Err(OrderError::NeverSent { message: self.name(message), receiver });
        };
        if self.order.messages[place].received.replace(id).is_some() {
            return Err(OrderError::ReceivedTwice { message: self.name(message) });
        }
        Ok(place)
    }

    fn name(&self, message: MessageId) -> String {
        let known = self.places.get(&message).and_then(|place| self.order.messages.get(*place));
        known.map_or_else(|| format!("message {}", message.0), |known| known.name.clone())
    }
}
