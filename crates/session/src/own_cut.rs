//! A cut of the reader's own: a line over all processes that can be dragged, and what it means.
//!
//! The line stands between steps, one place a process. Everything said about it is computed from the events before and
//! after it ([`cutline_core::cuts`]); no snapshot algorithm has a part in it.

use crate::catalogue::CutText;
use crate::link::bytes::{Reader, Writer};
use crate::link::section::{Section, tag};
use crate::losses::Losses;
use crate::session::Session;
use crate::words::{Words, rich};
use cutline_core::cuts::{Cut, EventOrder, Message};
use cutline_core::event::Carried;
use cutline_core::history::NodeId;
use cutline_core::topology::MAX_PROCESSES;
use cutline_core::{ChannelId, Event, MessageId, Payload, ProcessId, SnapshotId, Trace};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::rc::Rc;

/// How many orphans are named one by one.
const NAMED: usize = 3;

/// What the reader does with the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutMsg {
    /// Draw it, at the cut of the snapshot shown or at the present.
    Draw,
    /// Let it cross a process after this step; 0 is before all of them.
    Move(ProcessId, usize),
    /// Move it over so many events of a process, to the left if negative.
    Shift(ProcessId, i32),
    /// To the nearest consistent cut before it.
    Below,
    /// To the nearest consistent cut after it.
    Above,
    /// To the cut of a snapshot.
    To(SnapshotId),
    /// Take it away.
    Remove,
}

/// After which step the line crosses each process.
#[derive(Clone, Debug, Default)]
pub(crate) struct OwnCut {
    steps: Option<Vec<usize>>,
    /// The events up to a moment, kept while the line is dragged over them.
    facts: RefCell<Option<(NodeId, Rc<Facts>)>>,
}

impl OwnCut {
    /// What was drafted may be another run now.
    pub(crate) fn forget(&self) {
        self.facts.replace(None);
    }
}

/// What links keep of it: the steps.
impl Section for OwnCut {
    const TAG: u64 = tag::OWN_CUT;

    fn write(&self, out: &mut Writer) {
        self.steps.iter().flatten().for_each(|step| out.size(*step));
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let mut steps = Vec::new();
        while !from.is_at_end() && steps.len() < MAX_PROCESSES {
            steps.push(from.small()?);
        }
        Some(Self { steps: Some(steps).filter(|steps| !steps.is_empty()), ..Self::default() })
    }

    fn is_default(&self) -> bool {
        self.steps.is_none()
    }
}

/// What the line means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutReport {
    /// How many events of each process lie before it.
    pub counts: Vec<u32>,
    /// The messages that are received before it and sent after it; it is consistent if there is none.
    pub orphans: Vec<MessageId>,
    /// The messages that are under way at it.
    pub in_transit: Vec<MessageId>,
    /// The messages that would be under way at it, had the network not lost them before.
    pub lost: Vec<MessageId>,
    /// Consistent or not, in a word.
    pub title: String,
    /// Why, and how it lies to what was recorded.
    pub reasons: Words,
    /// What each process holds at it.
    pub states: Vec<(ProcessId, String)>,
    /// What is in the channels that are not empty.
    pub channels: Vec<(ChannelId, Vec<(MessageId, String)>)>,
    /// What all that adds up to, where something is conserved, and whether that is right.
    pub sum: Option<(String, bool)>,
    /// The nearest consistent cut before it, unless it is consistent itself.
    pub below: Option<Vec<u32>>,
    /// The nearest consistent cut after it, unless it is consistent itself.
    pub above: Option<Vec<u32>>,
}

impl CutReport {
    /// Whether no message is received before it and sent after it.
    #[must_use]
    pub fn is_consistent(&self) -> bool {
        self.orphans.is_empty()
    }
}

/// The application events of a run up to the present, with the step of each.
#[derive(Debug)]
struct Facts {
    order: Option<EventOrder>,
    /// By process, the steps of its events in turn.
    steps: Vec<Vec<usize>>,
    payloads: BTreeMap<MessageId, Payload>,
    losses: Losses,
}

impl Facts {
    fn of(trace: &Trace<'_>) -> Self {
        let topology = &trace.system.topology;
        let mut steps = vec![Vec::new(); topology.process_count()];
        let mut payloads = BTreeMap::new();
        for (step, event) in trace.events().filter(|(_, event)| event.state_after().is_some()) {
            steps[event.process(topology).index()].push(step);
            if let Event::Sent { message, payload, .. } = *event {
                payloads.insert(message, payload);
            }
        }
        Self { order: EventOrder::of_trace(trace).ok(), steps, payloads, losses: Losses::of(trace) }
    }

    /// How many events of each process lie before a line.
    fn counts(&self, line: &[usize]) -> Vec<u32> {
        let count = |(steps, at): (&Vec<usize>, &usize)| steps.partition_point(|step| step <= at);
        self.steps.iter().zip(line).map(|pair| u32::try_from(count(pair)).unwrap_or(u32::MAX)).collect()
    }

    /// A line with so many events before it, which leaves a process alone where the count is as it was.
    fn line(&self, counts: &[u32], from: &[usize]) -> Vec<usize> {
        let now = self.counts(from);
        let place = |process: usize| {
            let (steps, wanted) = (&self.steps[process], counts[process] as usize);
            match wanted.cmp(&(now[process] as usize)) {
                Ordering::Equal => from[process],
                // Just before the first event that has to go out, or just after the last that has to come in.
                Ordering::Less => steps.get(wanted).map_or(from[process], |step| step - 1),
                Ordering::Greater => wanted.checked_sub(1).and_then(|last| steps.get(last)).map_or(0, |step| *step),
            }
        };
        (0..from.len()).map(place).collect()
    }
}

impl Session {
    pub(crate) fn move_own_cut(&mut self, msg: CutMsg) {
        let Some(line) = self.cut_line() else {
            if msg == CutMsg::Draw {
                self.own_cut.steps = Some(self.first_line());
            }
            return;
        };
        let facts = self.cut_facts();
        let moved = match msg {
            CutMsg::Draw => line,
            CutMsg::Remove => return self.own_cut.steps = None,
            CutMsg::Move(process, step) => replaced(line, process, step.min(self.step())),
            CutMsg::Shift(process, by) => {
                let mut counts = facts.counts(&line);
                let Some(count) = counts.get_mut(process.index()) else { return };
                let most = u32::try_from(facts.steps[process.index()].len()).unwrap_or(u32::MAX);
                *count = count.saturating_add_signed(by).min(most);
                facts.line(&counts, &line)
            }
            CutMsg::Below | CutMsg::Above => {
                let Some(order) = &facts.order else { return };
                let Ok(cut) = order.cut(facts.counts(&line)) else { return };
                let nearest = if msg == CutMsg::Below { order.max_below(&cut) } else { order.min_above(&cut) };
                facts.line(nearest.counts(), &line)
            }
            CutMsg::To(snapshot) => self.recorded_line(snapshot),
        };
        self.own_cut.steps = Some(moved);
    }

    /// After which step the line crosses each process, as far as the run has come; none if there is no line.
    #[must_use]
    pub fn cut_line(&self) -> Option<Vec<usize>> {
        let steps = self.own_cut.steps.as_ref()?;
        (steps.len() == self.topology().process_count())
            .then(|| steps.iter().map(|step| *step.min(&self.step())).collect())
    }

    /// What the line means now; none if there is no line, or the run went back to a recorded state.
    #[must_use]
    pub fn cut_report(&self) -> Option<CutReport> {
        let line = self.cut_line()?;
        let facts = self.cut_facts();
        let order = facts.order.as_ref()?;
        let cut = order.cut(facts.counts(&line)).ok()?;
        let orphans = order.orphans(&cut);
        let consistent = orphans.is_empty();
        let carried = |message: &Message| {
            facts.payloads.get(&message.id).map(|payload| self.payload_words(*payload)).unwrap_or_default()
        };
        let (under_way, lost) = self.in_transit(order, &cut, &facts, &line);
        let nearest = |nearest: Cut| (!consistent).then(|| nearest.counts().to_vec());
        Some(CutReport {
            title: self.say(if consistent { CutText::Consistent } else { CutText::Inconsistent }, &[]),
            reasons: self.cut_reasons((&orphans, &lost), &cut, &carried),
            states: self.states_at(order, &cut),
            channels: self.channels_with(&under_way, &carried),
            sum: self.sum_at(order, &cut, &lost),
            below: nearest(order.max_below(&cut)),
            above: nearest(order.min_above(&cut)),
            orphans: orphans.iter().map(|message| message.id).collect(),
            in_transit: under_way.iter().map(|message| message.id).collect(),
            lost: lost.iter().map(|message| message.id).collect(),
            counts: cut.counts().to_vec(),
        })
    }

    /// After how many of its events the line crosses a process, and how many events that has.
    #[must_use]
    pub fn cut_place(&self, process: ProcessId) -> (usize, usize) {
        let facts = self.cut_facts();
        let counts = self.cut_line().map(|line| facts.counts(&line)).unwrap_or_default();
        let events = facts.steps.get(process.index()).map_or(0, Vec::len);
        (counts.get(process.index()).map_or(0, |count| usize::try_from(*count).unwrap_or(events)), events)
    }

    /// What the handle of the line at a process is called.
    #[must_use]
    pub fn cut_handle_label(&self, process: ProcessId) -> String {
        let (k, all) = self.cut_place(process);
        let values = [("p", &*self.process_name(process)), ("k", &k.to_string()), ("all", &all.to_string())];
        self.say(CutText::Handle, &values)
    }

    fn cut_facts(&self) -> Rc<Facts> {
        let (here, mut kept) = (self.history().here(), self.own_cut.facts.borrow_mut());
        match &*kept {
            Some((moment, facts)) if *moment == here => facts.clone(),
            _ => {
                let facts = Rc::new(Facts::of(&self.history().trace()));
                *kept = Some((here, facts.clone()));
                facts
            }
        }
    }

    /// Where the cut of the snapshot shown is; where there is none, or not yet all of it, at the present.
    fn first_line(&self) -> Vec<usize> {
        match self.shown() {
            Some(snapshot) => self.recorded_line(snapshot),
            None => vec![self.step(); self.topology().process_count()],
        }
    }

    /// Where a snapshot crosses each process: where that recorded, or stands by what it recorded before; else at the present.
    fn recorded_line(&self, snapshot: SnapshotId) -> Vec<usize> {
        let (chart, now) = (self.chart(), self.step());
        let crossing = |process| {
            let recordings = chart.recordings().get(snapshot.index());
            let recorded = recordings.and_then(|recordings| recordings.point(process, now)).map(|point| point.step);
            let passed = || chart.passes(snapshot, process, now);
            recorded.or_else(passed).or_else(|| chart.stands_by(snapshot, process, now)).unwrap_or(now)
        };
        self.topology().processes().map(crossing).collect()
    }

    fn cut_reasons(
        &self,
        (orphans, lost): (&[&Message], &[&Message]),
        cut: &Cut,
        carried: &dyn Fn(&Message) -> String,
    ) -> Words {
        let mut words = Words::default();
        if orphans.is_empty() {
            words = rich(self.lang(), CutText::NoOrphan, &[]);
        }
        for message in orphans.iter().take(NAMED) {
            let ends = self.topology().channel(message.link);
            let (p, q) = (self.process_name(ends.from), self.process_name(ends.to));
            words.then(self.lang(), CutText::Orphan, &[("what", &carried(message)), ("p", &p), ("q", &q)]);
        }
        if let Some(more) = orphans.len().checked_sub(NAMED).filter(|more| *more > 0) {
            words.then(self.lang(), CutText::MoreOrphans, &[("n", &more.to_string())]);
        }
        for message in lost.iter().take(NAMED) {
            let ends = self.topology().channel(message.link);
            let (p, q) = (self.process_name(ends.from), self.process_name(ends.to));
            words.then(self.lang(), CutText::Lost, &[("what", &carried(message)), ("p", &p), ("q", &q)]);
        }
        if let Some(more) = lost.len().checked_sub(NAMED).filter(|more| *more > 0) {
            words.then(self.lang(), CutText::MoreLost, &[("n", &more.to_string())]);
        }
        for snapshot in self.begun() {
            let recorded: Option<Vec<u32>> = self.verdict(snapshot).cut.iter().copied().collect();
            let Some(recorded) = recorded else { continue };
            let text = relation(cut.counts(), &recorded);
            words.then(self.lang(), text, &[("n", &Self::number(snapshot))]);
        }
        words
    }

    fn states_at(&self, order: &EventOrder, cut: &Cut) -> Vec<(ProcessId, String)> {
        let at = order.at(cut);
        let words = |process| Some((process, self.state_words(at.state(process)?)));
        self.topology().processes().filter_map(words).collect()
    }

    fn channels_with(
        &self,
        under_way: &[&Message],
        carried: &dyn Fn(&Message) -> String,
    ) -> Vec<(ChannelId, Vec<(MessageId, String)>)> {
        let contents = |channel: ChannelId| {
            let messages = under_way.iter().filter(|message| message.link == channel);
            (channel, messages.map(|message| (message.id, carried(message))).collect::<Vec<_>>())
        };
        self.topology().channels().map(contents).filter(|(_, messages)| !messages.is_empty()).collect()
    }

    /// What is sent before the line and not received before it: what is under way, and what the network has lost by then. A loss
    /// lies before the line if it comes before the place of the line at the receiver.
    fn in_transit<'a>(
        &self,
        order: &'a EventOrder,
        cut: &Cut,
        facts: &Facts,
        line: &[usize],
    ) -> (Vec<&'a Message>, Vec<&'a Message>) {
        let seen = |channel: ChannelId| line[self.topology().channel(channel).to.index()];
        let lost = facts.losses.for_good(seen);
        let is_lost = |message: &&Message| {
            lost.iter().any(|(_, item)| matches!(item, Carried::Message(id, _) if *id == message.id))
        };
        order.in_transit(cut).into_iter().partition(|message| !is_lost(message))
    }

    fn sum_at(&self, order: &EventOrder, cut: &Cut, lost: &[&Message]) -> Option<(String, bool)> {
        let (sum, total) = (order.at(cut).total()?, order.at(&order.bottom()).total()?);
        let sum = sum - lost.iter().filter_map(|message| message.worth).map(i128::from).sum::<i128>();
        let text = if sum == total { CutText::Adds } else { CutText::AddsWrong };
        let values = [("sum", &*sum.to_string()), ("total", &total.to_string())];
        Some((self.say(text, &values[..if sum == total { 1 } else { 2 }]), sum == total))
    }
}

fn replaced(mut line: Vec<usize>, process: ProcessId, step: usize) -> Vec<usize> {
    if let Some(place) = line.get_mut(process.index()) {
        *place = step;
    }
    line
}

/// How one cut lies to a recorded one.
fn relation(own: &[u32], recorded: &[u32]) -> CutText {
    let below = own.iter().zip(recorded).all(|(own, theirs)| own <= theirs);
    let above = own.iter().zip(recorded).all(|(own, theirs)| own >= theirs);
    match (below, above) {
        (true, true) => CutText::SameAs,
        (true, false) => CutText::EarlierThan,
        (false, true) => CutText::LaterThan,
        (false, false) => CutText::Beside,
    }
}
