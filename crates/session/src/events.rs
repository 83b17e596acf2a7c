//! The run as a list, an entry for each step of the branch.

use crate::explain::Teller;
use crate::session::Session;
use crate::thing::{Thing, tokens};
use crate::words::Words;
use cutline_core::{Event, ProcessId, SnapshotId};

/// Which entries are listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Only those whose sentence has these words, whatever their case; all if it is empty.
    pub text: String,
    /// Those of the application.
    pub messages: bool,
    /// Those at which markers or reports are received.
    pub markers: bool,
    /// Those at which a process records.
    pub recordings: bool,
    /// Only those of this process.
    pub process: Option<ProcessId>,
}

impl Default for Filter {
    fn default() -> Self {
        Self { text: String::new(), messages: true, markers: true, recordings: true, process: None }
    }
}

/// An entry of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The step, counted from 1.
    pub step: usize,
    /// What happened and why it matters.
    pub words: Words,
    /// What it is and belongs to, as tokens.
    pub things: String,
    /// Where it lies in time.
    pub when: When,
    /// The snapshot that it belongs to.
    pub snapshot: Option<SnapshotId>,
    /// Whether a process records.
    pub records: bool,
}

/// Where a step lies in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Before the present step.
    Past,
    /// The present step.
    Now,
    /// Not taken yet.
    Ahead,
}

impl Session {
    /// The steps of the branch that a filter lets through, in their order. Takes time in the number of steps, and
    /// where it looks for words, that of making all sentences.
    #[must_use]
    pub fn steps_fitting(&self, filter: &Filter) -> Vec<usize> {
        let teller = self.teller();
        let text = filter.text.trim().to_lowercase();
        let fits = |step: &usize| {
            teller.at(*step).is_some_and(|at| {
                let events = at.events;
                let of_process = filter
                    .process
                    .is_none_or(|process| events.iter().any(|event| event.process(self.topology()) == process));
                of_process && of_kind(filter, events)
            }) && (text.is_empty() || teller.tell_unnumbered(*step).plain().to_lowercase().contains(&text))
        };
        (1..=self.steps()).filter(fits).collect()
    }

    /// Some entries of the list.
    #[must_use]
    pub fn entries(&self, steps: &[usize]) -> Vec<Entry> {
        let teller = self.teller();
        steps.iter().filter_map(|step| self.entry(&teller, *step)).collect()
    }

    fn entry(&self, teller: &Teller<'_>, step: usize) -> Option<Entry> {
        let events = teller.at(step)?.events;
        let when = match step.cmp(&self.step()) {
            std::cmp::Ordering::Less => When::Past,
            std::cmp::Ordering::Equal => When::Now,
            std::cmp::Ordering::Greater => When::Ahead,
        };
        let snapshot = events.iter().find_map(Event::snapshot);
        let records = events.iter().any(|event| matches!(event, Event::Recorded { .. }));
        let things = self.things_of_step(step, events);
        Some(Entry { step, words: teller.tell_unnumbered(step), things, when, snapshot, records })
    }

    /// A step and all that takes part in it.
    fn things_of_step(&self, step: usize, events: &[Event]) -> String {
        let mut things = vec![Thing::Step(step)];
        for event in events {
            match *event {
                Event::Sent { message, channel, .. }
                | Event::Received { message, channel, .. }
                | Event::Resent { message, channel, .. } => {
                    things.extend([Thing::Message(message), Thing::Channel(channel)]);
                }
                Event::ControlSent { control, .. } => things.push(Thing::Control(control)),
                Event::ControlReceived { control, channel, .. } => {
                    things.extend([Thing::Control(control), Thing::Channel(channel)]);
                }
                Event::Recorded { snapshot, process, .. } => things.push(Thing::Recording(snapshot, process)),
                _ => {}
            }
        }
        things.extend(events.first().map(|event| Thing::Process(event.process(self.topology()))));
        tokens(&things)
    }
}

fn of_kind(filter: &Filter, events: &[Event]) -> bool {
    let is_recording = events.iter().any(|event| matches!(event, Event::Recorded { .. }));
    let is_marker = events.iter().any(|event| matches!(event, Event::ControlReceived { .. } | Event::TimerRang { .. }));
    let is_message = !is_recording && !is_marker;
    (filter.recordings && is_recording) || (filter.markers && is_marker) || (filter.messages && is_message)
}
