//! Who is there, and who can send to whom.

use crate::ids::{ChannelId, ProcessId};
use crate::time::Clock;
use std::fmt;

/// The most processes a system may have.
pub const MAX_PROCESSES: usize = 256;
/// The most channels a system may have.
pub const MAX_CHANNELS: usize = 16_384;

/// In which order a channel hands over what was sent on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Order {
    /// First in, first out: only the head can be delivered (Chandy and Lamport 1985, section 2).
    #[default]
    Fifo,
    /// Anything in the channel can be delivered next.
    Unordered,
}

/// A directed channel between two different processes, unbounded and free of loss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// What people call it: `c1`, or `P1→P2` where nobody gave it a name.
    pub name: String,
    /// The process that sends on it.
    pub from: ProcessId,
    /// The process that receives from it.
    pub to: ProcessId,
    /// The order in which it delivers.
    pub order: Order,
}

/// A directed multigraph: named processes, and channels between them. Never changes once built.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topology {
    processes: Vec<String>,
    channels: Vec<Channel>,
    incoming: Vec<Vec<ChannelId>>,
    outgoing: Vec<Vec<ChannelId>>,
    /// Who takes no part in snapshots, in the order of declaration.
    outsiders: Vec<ProcessId>,
    /// Who is not there at the start, in the order of declaration.
    newcomers: Vec<ProcessId>,
    /// The channels that carry no application messages, in the order of declaration.
    for_control: Vec<ChannelId>,
    /// The channels that a link repairs, in the order of declaration.
    repaired: Vec<ChannelId>,
    /// The channels that lead back in a dataflow, in the order of declaration.
    feedback: Vec<ChannelId>,
    /// The processes that keep a log on stable storage, in the order of declaration.
    logging: Vec<ProcessId>,
    /// The clocks that do not keep time, by process.
    clocks: Vec<(ProcessId, Clock)>,
}

impl Topology {
    /// A system without processes, to be added to.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a process.
    ///
    /// # Errors
    /// If the name is taken or [`MAX_PROCESSES`] is reached.
    pub fn add_process(&mut self, name: &str) -> Result<ProcessId, TopologyError> {
        if self.processes.len() == MAX_PROCESSES {
            return Err(TopologyError::TooManyProcesses);
        }
        if self.process_named(name).is_some() {
            return Err(TopologyError::ProcessTwice(name.to_owned()));
        }
        self.processes.push(name.to_owned());
        self.incoming.push(Vec::new());
        self.outgoing.push(Vec::new());
        Ok(ProcessId::at(self.processes.len() - 1))
    }

    /// Adds a channel. Without a name it is called `FROM→TO`.
    ///
    /// # Errors
    /// If it would join a process with itself, the name is taken, two unnamed channels would join the same
    /// processes, or [`MAX_CHANNELS`] is reached.
    pub fn add_channel(
        &mut self,
        name: Option<&str>,
        from: ProcessId,
        to: ProcessId,
        order: Order,
    ) -> Result<ChannelId, TopologyError> {
        if self.channels.len() == MAX_CHANNELS {
            return Err(TopologyError::TooManyChannels);
        }
        if from == to {
            return Err(TopologyError::SelfLink(self.process_name(from).to_owned()));
        }
        let name = name.map_or_else(|| format!("{}→{}", self.process_name(from), self.process_name(to)), str::to_owned);
        if self.channel_named(&name).is_some() {
            return Err(TopologyError::ChannelTwice(name));
        }
        let id = ChannelId::at(self.channels.len());
        self.channels.push(Channel { name, from, to, order });
        self.outgoing[from.index()].push(id);
        self.incoming[to.index()].push(id);
        Ok(id)
    }

    /// Adds a FIFO channel on which an algorithm sends its own messages and the application none. It belongs to no
    /// recorded state. Without a name it is called `FROM⇢TO`.
    ///
    /// # Errors
    /// As for [`Topology::add_channel`].
    pub fn add_control_channel(
        &mut self,
        name: Option<&str>,
        from: ProcessId,
        to: ProcessId,
    ) -> Result<ChannelId, TopologyError> {
        let own = format!("{}⇢{}", self.process_name(from), self.process_name(to));
        let channel = self.add_channel(Some(name.unwrap_or(&own)), from, to, Order::Fifo)?;
        self.for_control.push(channel);
        Ok(channel)
    }

    /// Whether a channel carries no application messages.
    #[must_use]
    pub fn is_for_control(&self, channel: ChannelId) -> bool {
        !self.for_control.is_empty() && self.for_control.binary_search(&channel).is_ok()
    }

    /// Puts a link under a channel, with numbers on all items: it hands over in order and once whatever the network under
    /// it does. The channel then is FIFO, and its order that of the network.
    pub fn repair(&mut self, channel: ChannelId) {
        if let Err(at) = self.repaired.binary_search(&channel) {
            self.repaired.insert(at, channel);
        }
    }

    /// Takes its order from a channel: any item may come next.
    pub fn loosen(&mut self, channel: ChannelId) {
        self.channels[channel.index()].order = Order::Unordered;
    }

    /// A recorded channel that does not hand over in the order of sending, if there is one.
    #[must_use]
    pub fn without_order(&self) -> Option<ChannelId> {
        let is_unordered = |channel: ChannelId| self.channel(channel).order == Order::Unordered;
        self.channels()
            .find(|channel| is_unordered(*channel) && !self.is_repaired(*channel) && self.is_recorded(*channel))
    }

    /// Whether a link repairs what the network under a channel does.
    #[must_use]
    pub fn is_repaired(&self, channel: ChannelId) -> bool {
        self.repaired.binary_search(&channel).is_ok()
    }

    /// Says that a channel leads back in a dataflow.
    pub fn set_feedback(&mut self, channel: ChannelId) {
        if let Err(at) = self.feedback.binary_search(&channel) {
            self.feedback.insert(at, channel);
        }
    }

    /// Whether a channel leads back in a dataflow.
    #[must_use]
    pub fn feeds_back(&self, channel: ChannelId) -> bool {
        self.feedback.binary_search(&channel).is_ok()
    }

    /// Whether recorded channels form no circle but by those that lead back. Takes time in the number of processes times that
    /// of channels.
    #[must_use]
    pub fn ends_without_feedback(&self) -> bool {
        let onward = |channel: &ChannelId| self.is_recorded(*channel) && !self.feeds_back(*channel);
        let mut left: Vec<ProcessId> = self.processes().collect();
        loop {
            let is_fed = |process: &ProcessId| {
                let incoming = self.incoming(*process).iter().filter(|channel| onward(channel));
                incoming.into_iter().any(|channel| left.contains(&self.channel(*channel).from))
            };
            let fed: Vec<ProcessId> = left.iter().copied().filter(is_fed).collect();
            if fed.len() == left.len() {
                return left.is_empty();
            }
            left = fed;
        }
    }

    /// Gives a process a clock; without, its clock keeps time.
    pub fn set_clock(&mut self, process: ProcessId, clock: Clock) {
        match self.clocks.binary_search_by_key(&process, |(of, _)| *of) {
            Ok(at) => self.clocks[at].1 = clock,
            Err(at) => self.clocks.insert(at, (process, clock)),
        }
    }

    /// The clock of a process.
    #[must_use]
    pub fn clock(&self, process: ProcessId) -> Clock {
        let place = self.clocks.binary_search_by_key(&process, |(of, _)| *of);
        place.map_or_else(|_| Clock::default(), |at| self.clocks[at].1)
    }

    /// Says that a process takes no part in snapshots: it records nothing, and what comes from it or goes to it belongs
    /// to no recorded channel.
    pub fn leave_out(&mut self, process: ProcessId) {
        if let Err(at) = self.outsiders.binary_search(&process) {
            self.outsiders.insert(at, process);
        }
    }

    /// Has a process write everything that it receives, and is made to do, to stable storage before it does anything
    /// else (pessimistic logging): if it begins again after a crash, it goes through all of it and is where it was.
    pub fn keep_log(&mut self, process: ProcessId) {
        if let Err(at) = self.logging.binary_search(&process) {
            self.logging.insert(at, process);
        }
    }

    /// Whether a process keeps a log on stable storage.
    #[must_use]
    pub fn keeps_log(&self, process: ProcessId) -> bool {
        self.logging.contains(&process)
    }

    /// Says that a process is not there at the start: it joins later, or never.
    pub fn keep_for_later(&mut self, process: ProcessId) {
        if let Err(at) = self.newcomers.binary_search(&process) {
            self.newcomers.insert(at, process);
        }
    }

    /// The processes that are not there at the start.
    #[must_use]
    pub fn newcomers(&self) -> &[ProcessId] {
        &self.newcomers
    }

    /// The processes that take no part in snapshots.
    #[must_use]
    pub fn outsiders(&self) -> &[ProcessId] {
        &self.outsiders
    }

    /// Whether a process takes part in snapshots.
    #[must_use]
    pub fn takes_part(&self, process: ProcessId) -> bool {
        self.outsiders.is_empty() || !self.outsiders.contains(&process)
    }

    /// Whether a channel belongs to snapshots: those at its ends take part, and the application sends on it.
    #[must_use]
    pub fn is_recorded(&self, channel: ChannelId) -> bool {
        let Channel { from, to, .. } = *self.channel(channel);
        self.takes_part(from) && self.takes_part(to) && !self.is_for_control(channel)
    }

    /// The channels that belong to snapshots.
    pub fn recorded_channels(&self) -> impl Iterator<Item = ChannelId> + '_ {
        self.channels().filter(|channel| self.is_recorded(*channel))
    }

    /// How many processes there are.
    #[must_use]
    pub fn process_count(&self) -> usize {
        self.processes.len()
    }

    /// How many channels there are.
    #[must_use]
    pub fn channel_count(&self) -> usize {
        self.channels.len()
    }

    /// All processes, in the order of declaration.
    pub fn processes(&self) -> impl DoubleEndedIterator<Item = ProcessId> + use<> {
        (0..self.processes.len()).map(ProcessId::at)
    }

    /// All channels, in the order of declaration.
    pub fn channels(&self) -> impl DoubleEndedIterator<Item = ChannelId> + use<> {
        (0..self.channels.len()).map(ChannelId::at)
    }

    /// What people call a process.
    #[must_use]
    pub fn process_name(&self, process: ProcessId) -> &str {
        &self.processes[process.index()]
    }

    /// One channel.
    #[must_use]
    pub fn channel(&self, channel: ChannelId) -> &Channel {
        &self.channels[channel.index()]
    }

    /// The channels into a process.
    #[must_use]
    pub fn incoming(&self, process: ProcessId) -> &[ChannelId] {
        &self.incoming[process.index()]
    }

    /// The channels out of a process.
    #[must_use]
    pub fn outgoing(&self, process: ProcessId) -> &[ChannelId] {
        &self.outgoing[process.index()]
    }

    /// Whether there is such a process.
    #[must_use]
    pub fn has_process(&self, process: ProcessId) -> bool {
        process.index() < self.processes.len()
    }

    /// Whether there is such a channel.
    #[must_use]
    pub fn has_channel(&self, channel: ChannelId) -> bool {
        channel.index() < self.channels.len()
    }

    /// The process of this name.
    #[must_use]
    pub fn process_named(&self, name: &str) -> Option<ProcessId> {
        self.processes.iter().position(|p| p == name).map(ProcessId::at)
    }

    /// The channel of this name.
    #[must_use]
    pub fn channel_named(&self, name: &str) -> Option<ChannelId> {
        self.channels.iter().position(|c| c.name == name).map(ChannelId::at)
    }

    /// The channel on which an algorithm reaches one process from another: one for control messages if there is one, else
    /// any.
    #[must_use]
    pub fn way(&self, from: ProcessId, to: ProcessId) -> Option<ChannelId> {
        let for_control = self.channels_between(from, to).find(|channel| self.is_for_control(*channel));
        for_control.or_else(|| self.channels_between(from, to).next())
    }

    /// All channels from one process to another.
    pub fn channels_between(&self, from: ProcessId, to: ProcessId) -> impl Iterator<Item = ChannelId> + '_ {
        self.outgoing(from).iter().copied().filter(move |c| self.channel(*c).to == to)
    }
}

/// Why a process or a channel could not be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TopologyError {
    /// There is a process of this name.
    ProcessTwice(String),
    /// There is a channel of this name.
    ChannelTwice(String),
    /// The channel would lead from this process to itself.
    SelfLink(String),
    /// There are [`MAX_PROCESSES`] already.
    TooManyProcesses,
    /// There are [`MAX_CHANNELS`] already.
    TooManyChannels,
}

impl fmt::Display for TopologyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ProcessTwice(name) => write!(f, "there is a process {name} already; give this one another name"),
            Self::ChannelTwice(name) => write!(f, "there is a channel {name} already; give this one a name of its own"),
            Self::SelfLink(name) => {
                write!(f, "a channel leads from a process to another one, not from {name} to itself")
            }
            Self::TooManyProcesses => write!(f, "a system has at most {MAX_PROCESSES} processes"),
            Self::TooManyChannels => write!(f, "a system has at most {MAX_CHANNELS} channels"),
        }
    }
}

impl std::error::Error for TopologyError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parallel_channels_need_names_and_self_links_are_refused() {
        let mut t = Topology::new();
        let p = t.add_process("p").unwrap();
        let q = t.add_process("q").unwrap();
        t.add_channel(None, p, q, Order::Fifo).unwrap();
        let second = t.add_channel(None, p, q, Order::Fifo);
        assert_eq!(second, Err(TopologyError::ChannelTwice("p→q".into())));
        t.add_channel(Some("c2"), p, q, Order::Fifo).unwrap();
        assert_eq!(t.channels_between(p, q).count(), 2);
        assert_eq!(t.add_channel(Some("loop"), p, p, Order::Fifo), Err(TopologyError::SelfLink("p".into())));
        assert_eq!(t.incoming(q).len(), 2);
        assert_eq!(t.outgoing(q), []);
    }

    #[test]
    fn the_limits_are_named() {
        let mut t = Topology::new();
        for i in 0..MAX_PROCESSES {
            t.add_process(&format!("p{i}")).unwrap();
        }
        let error = t.add_process("one more").unwrap_err();
        assert_eq!(error.to_string(), "a system has at most 256 processes");
    }
}
