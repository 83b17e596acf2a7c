//! What processes and channels were ever seen to hold, by number, and what each can do next.
//!
//! Every question is put to the world once and its answer kept, so that stepping from one global state to the next is
//! a few look-ups. See [`super::scratch`] for why that is enough.

use super::layout::Layout;
use super::link::Link;
use super::mishaps::{Mishaps, What};
use super::scratch::Scratch;
use super::setup::{Exploration, Reduction, View};
use super::tables::{BLOCKED, Channel, Label, NO_RULE, Outcome, Process, Push, Take, UNKNOWN};
use super::verdicts::Evidence;
use crate::action::Action;
use crate::explore::Explorable;
use crate::ids::{ChannelId, ProcessId};
use crate::topology::Order;

/// The states that come directly after some state, packed, each with what leads to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Successors {
    pub(super) words: Vec<u64>,
    pub(super) labels: Vec<Label>,
}

impl Successors {
    pub(super) fn clear(&mut self) {
        self.words.clear();
        self.labels.clear();
    }

    fn truncate(&mut self, labels: usize, width: usize) {
        self.words.truncate(labels * width);
        self.labels.truncate(labels);
    }
}

/// See the module. The parts of a state are its processes, then its channels, then (in the view that has them) the
/// origins of its snapshots.
#[derive(Clone, Debug)]
pub(super) struct Parts<A: Explorable> {
    pub(super) setup: Exploration,
    pub(super) scratch: Scratch<A>,
    pub(super) processes: Vec<Process>,
    pub(super) channels: Vec<Channel>,
    /// In the tagged view.
    pub(super) evidence: Option<Evidence>,
    outcomes: Vec<Outcome>,
    pushes: Vec<Push>,
    reduce: bool,
    /// By channel; empty where nothing goes wrong.
    mishaps: Vec<Mishaps>,
}

impl<A: Explorable> Parts<A> {
    /// The parts of the initial state, each of which has number 0.
    pub(super) fn new(setup: Exploration, algorithm: A) -> Self {
        let topology = &setup.system.topology;
        let process = |process| Process::new(process, setup.snapshot_numbers());
        let (faulty, left_alone) = (!setup.faults.are_none(), !algorithm.records_channels());
        let mut parts = Self {
            scratch: Scratch::new(&setup, algorithm),
            processes: topology.processes().map(process).collect(),
            channels: topology.channels().map(|channel| Channel::new(topology.channel(channel))).collect(),
            evidence: (setup.view == View::Tagged)
                .then(|| Evidence::new(topology, setup.snapshot_numbers(), faulty, left_alone)),
            outcomes: Vec::new(),
            pushes: Vec::new(),
            reduce: setup.reduction == Reduction::ClosingsFirst && setup.faults.are_none(),
            mishaps: if setup.faults.are_none() {
                Vec::new()
            } else {
                vec![Mishaps::default(); topology.channel_count()]
            },
            setup,
        };
        for process in parts.setup.system.clone().topology.processes() {
            parts.intern_process(process);
        }
        parts
    }

    /// How many different things each process and channel was seen to hold.
    pub(super) fn counts(&self) -> impl Iterator<Item = usize> + '_ {
        let processes = self.processes.iter().map(Process::len);
        processes.chain(self.channels.iter().map(Channel::len))
    }

    /// How many bytes the most takes that one process or one channel was seen to hold.
    pub(super) fn longest(&self) -> u32 {
        let processes = self.processes.iter().map(|process| process.table.longest());
        processes.chain(self.channels.iter().map(Channel::longest)).max().unwrap_or(0)
    }

    /// How many bytes the tables take, roughly.
    pub(super) fn bytes(&self) -> usize {
        let own = self.outcomes.capacity() * size_of::<Outcome>() + self.pushes.capacity() * size_of::<Push>();
        let processes = self.processes.iter().map(Process::bytes).sum::<usize>();
        let channels = self.channels.iter().map(Channel::bytes).sum::<usize>();
        own + processes
            + channels
            + self.mishaps.iter().map(Mishaps::bytes).sum::<usize>()
            + self.evidence.as_ref().map_or(0, Evidence::bytes)
    }

    /// Appends the states that come directly after `state`; false, and nothing appended, if some answer is not known
    /// yet and [`Parts::resolve`] has to find it.
    pub(super) fn expand(&self, layout: &Layout, state: &[u64], link: Option<&Link>, out: &mut Successors) -> bool {
        let before = out.labels.len();
        let known = self.try_expand(layout, state, link, out);
        if known.is_none() {
            out.truncate(before, layout.words());
        }
        known.is_some()
    }

    fn try_expand(&self, layout: &Layout, state: &[u64], link: Option<&Link>, out: &mut Successors) -> Option<()> {
        let step = Step { layout, state, link };
        if self.reduce
            && let Some((label, take, outcome)) = self.closing(layout, state)?
        {
            return self.emit(&step, label, outcome, Some(take), out);
        }
        for (at, process) in self.processes.iter().enumerate() {
            let moves = process.moves_of(layout.get(state, at))?;
            for index in moves {
                let label = Label { part: at as u16, rule: NO_RULE, which: index as u32 };
                self.emit(&step, label, self.outcome(process.moves[index].outcome), None, out)?;
            }
        }
        for (at, channel) in self.channels.iter().enumerate() {
            let part = self.processes.len() + at;
            for take in channel.takes_of(layout.get(state, part))? {
                let mut next = self.arrival(channel, layout.get(state, channel.to), take)?;
                while let Some(outcome) = next {
                    let label = Label { part: part as u16, rule: outcome.rule, which: take.item };
                    self.emit(&step, label, outcome, Some((part, take.rest)), out)?;
                    next = self.outcomes.get(outcome.other as usize);
                }
            }
        }
        self.emit_mishaps(&step, out)
    }

    /// Appends what the network can do. How often it did something is the last part of a state.
    fn emit_mishaps(&self, step: &Step<'_>, out: &mut Successors) -> Option<()> {
        let layout = step.layout;
        for (at, mishaps) in self.mishaps.iter().enumerate() {
            let (part, last) = (self.processes.len() + at, layout.parts() - 1);
            let (queue, used) = (layout.get(step.state, part), layout.get(step.state, last));
            for (label, queue, used) in mishaps.of(self.setup.faults, (part, queue), used)? {
                let start = out.words.len();
                out.words.extend_from_slice(step.state);
                out.labels.push(label);
                layout.set(&mut out.words[start..], part, queue);
                layout.set(&mut out.words[start..], last, used);
            }
        }
        Some(())
    }

    /// The first item that can be taken and would do nothing but finish the recording of its channel.
    #[expect(clippy::type_complexity, reason = "what `emit` needs, once")]
    fn closing(&self, layout: &Layout, state: &[u64]) -> Option<Option<(Label, (usize, u32), &Outcome)>> {
        for (at, channel) in self.channels.iter().enumerate() {
            let part = self.processes.len() + at;
            for take in channel.takes_of(layout.get(state, part))? {
                let outcome = self.arrival(channel, layout.get(state, channel.to), take)?;
                if let Some(outcome) = outcome.filter(|outcome| outcome.closing) {
                    let label = Label { part: part as u16, rule: NO_RULE, which: take.item };
                    return Some(Some((label, (part, take.rest), outcome)));
                }
            }
        }
        Some(None)
    }

    /// What comes of taking an item; the outer `None` if that is not known yet, the inner if it cannot be taken.
    #[inline]
    fn arrival(&self, channel: &Channel, local: u32, take: &Take) -> Option<Option<&Outcome>> {
        match channel.arrivals.get(local, take.item) {
            UNKNOWN => None,
            BLOCKED => Some(None),
            outcome => Some(Some(self.outcome(outcome))),
        }
    }

    fn outcome(&self, number: u32) -> &Outcome {
        &self.outcomes[number as usize]
    }

    #[inline]
    fn emit(
        &self,
        step: &Step<'_>,
        label: Label,
        outcome: &Outcome,
        taken: Option<(usize, u32)>,
        out: &mut Successors,
    ) -> Option<()> {
        let layout = step.layout;
        let start = out.words.len();
        out.words.extend_from_slice(step.state);
        out.labels.push(label);
        let next = &mut out.words[start..];
        layout.set(next, outcome.process as usize, outcome.local);
        if let Some((part, rest)) = taken {
            layout.set(next, part, rest);
        }
        for push in &self.pushes[outcome.pushes_from as usize..outcome.pushes_to as usize] {
            let part = self.processes.len() + push.channel as usize;
            let queue = self.channels[push.channel as usize].appended.get(layout.get(next, part), push.item);
            if queue == UNKNOWN {
                return None;
            }
            layout.set(next, part, queue);
        }
        if outcome.recorded != 0
            && let Some(link) = step.link
        {
            link.remember_origin(step, outcome.recorded, next);
        }
        Some(())
    }

    /// Finds every answer that [`Parts::expand`] needs for a state.
    pub(super) fn resolve(&mut self, layout: &Layout, state: &[u64]) {
        for at in 0..self.processes.len() {
            let local = layout.get(state, at);
            if self.processes[at].moves_of(local).is_none() {
                self.find_moves(at, local);
            }
            for index in self.processes[at].moves_of(local).unwrap_or_default() {
                self.follow_pushes(layout, state, self.processes[at].moves[index].outcome);
            }
        }
        for at in 0..self.channels.len() {
            let queue = layout.get(state, self.processes.len() + at);
            self.channels[at].find_takes(queue);
            if let Some(mishaps) = self.mishaps.get_mut(at) {
                mishaps.find(self.setup.faults, &mut self.channels[at], queue);
            }
            for index in self.channels[at].take_places(queue) {
                let item = self.channels[at].takes[index].item;
                let local = layout.get(state, self.channels[at].to);
                let mut next = match self.channels[at].arrivals.get(local, item) {
                    UNKNOWN => self.find_arrival(at, local, item),
                    known => known,
                };
                while let Some(outcome) = self.outcomes.get(next as usize) {
                    let other = outcome.other;
                    self.follow_pushes(layout, state, next);
                    next = other;
                }
            }
        }
    }

    fn follow_pushes(&mut self, layout: &Layout, state: &[u64], outcome: u32) {
        let Some(outcome) = self.outcomes.get(outcome as usize) else { return };
        let mut longer: Vec<(u32, u32)> = Vec::new();
        for push in &self.pushes[outcome.pushes_from as usize..outcome.pushes_to as usize] {
            let part = self.processes.len() + push.channel as usize;
            let before = longer.iter().rev().find(|(channel, _)| *channel == push.channel);
            let before = before.map_or_else(|| layout.get(state, part), |(_, queue)| *queue);
            longer.push((push.channel, self.channels[push.channel as usize].append(before, push.item)));
        }
    }

    fn find_moves(&mut self, at: usize, local: u32) {
        let process = ProcessId::at(at);
        self.scratch.load(process, self.processes[at].table.get(local));
        let mut moves = Vec::new();
        for action in self.scratch.wishes(process, &self.setup) {
            self.scratch.load(process, self.processes[at].table.get(local));
            if self.scratch.attempt(action) {
                moves.push((action, self.note_outcome(process, false, NO_RULE)));
            }
        }
        self.processes[at].set_moves(local, &moves);
    }

    fn find_arrival(&mut self, at: usize, local: u32, item: u32) -> u32 {
        let (channel, to) = (ChannelId::at(at), self.channels[at].to);
        let load = |parts: &mut Self| {
            parts.scratch.load(ProcessId::at(to), parts.processes[to].table.get(local));
            parts.scratch.put(channel, parts.channels[at].items.get(item))
        };
        let (mut outcome, mut last) = (BLOCKED, None);
        for way in load(self) {
            load(self);
            let done = self.scratch.attempt(way);
            debug_assert!(done, "{way:?} was said to be possible");
            let closing = self.scratch.just_closed(channel);
            let rule = if let Action::Follow { rule, .. } = way { rule } else { NO_RULE };
            let this = self.note_outcome(ProcessId::at(to), closing, rule);
            match last.replace(this) {
                None => outcome = this,
                Some(before) => self.outcomes[before as usize].other = this,
            }
        }
        self.channels[at].arrivals.set(local, item, outcome);
        outcome
    }

    /// Writes down what the scratch world shows to have happened at a process.
    fn note_outcome(&mut self, process: ProcessId, closing: bool, rule: u16) -> u32 {
        let pushes_from = self.pushes.len() as u32;
        for channel in self.setup.system.topology.outgoing(process) {
            for item in self.scratch.items(*channel) {
                let item = self.channels[channel.index()].items.intern(&item);
                self.pushes.push(Push { channel: u32::from(channel.0), item });
            }
        }
        let outcome = Outcome {
            process: u32::from(process.0),
            local: self.intern_process(process),
            pushes_from,
            pushes_to: self.pushes.len() as u32,
            recorded: self.scratch.just_recorded(),
            closing,
            rule,
            other: UNKNOWN,
        };
        self.outcomes.push(outcome);
        (self.outcomes.len() - 1) as u32
    }

    /// The number of what the process holds in the scratch world.
    fn intern_process(&mut self, process: ProcessId) -> u32 {
        let bytes = self.scratch.pack(process);
        let entry = &mut self.processes[process.index()];
        let known = entry.table.len();
        let local = entry.table.intern(&bytes);
        if entry.table.len() > known {
            let (recorded, done) = self.scratch.progress(process);
            entry.note(&self.scratch, recorded, done);
            if let Some(evidence) = &mut self.evidence {
                evidence.note(process, &self.scratch);
            }
        }
        local
    }

    /// What a label stands for: an action, or an item and the channel that it is taken from.
    pub(super) fn meaning(&self, label: Label) -> Meaning<'_> {
        let part = label.part as usize;
        match self.processes.get(part) {
            Some(process) => Meaning::Move(process.moves[label.which as usize].action),
            None => {
                let channel = part - self.processes.len();
                if let Some(what) = What::of(label) {
                    return self.mishap(channel, what, label.which);
                }
                let rule = Some(label.rule).filter(|rule| *rule != NO_RULE);
                Meaning::Take(ChannelId::at(channel), self.channels[channel].items.get(label.which), rule)
            }
        }
    }

    fn mishap(&self, channel: usize, what: What, which: u32) -> Meaning<'_> {
        match self.channels[channel].order() {
            Order::Fifo => Meaning::Move(what.action(ChannelId::at(channel), which, self.setup.faults.copied)),
            Order::Unordered => Meaning::Befall(ChannelId::at(channel), self.channels[channel].items.get(which), what),
        }
    }

    /// The items in a channel that holds the queue of this number.
    pub(super) fn items(&self, channel: ChannelId, queue: u32) -> impl Iterator<Item = &[u8]> + '_ {
        let channel = &self.channels[channel.index()];
        channel.queue(queue).map(|item| channel.items.get(item))
    }
}

/// The state that steps start from.
pub(super) struct Step<'a> {
    pub(super) layout: &'a Layout,
    pub(super) state: &'a [u64],
    link: Option<&'a Link>,
}

/// What leads from one state to the next.
pub(super) enum Meaning<'a> {
    /// An action that takes nothing from a channel.
    Move(Action),
    /// An item, as bytes, is taken from a channel, by a rule of the receiver if one has to be named.
    Take(ChannelId, &'a [u8], Option<u16>),
    /// Something happens to an item, as bytes, of a channel without order.
    Befall(ChannelId, &'a [u8], What),
}
