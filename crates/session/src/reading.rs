//! What the page reads from the playground: where it is, what is begun, what is to be said.

use crate::catalogue::{Key, Lang, Text};
use crate::facts::Known;
use crate::session::{Notice, Primary, Session};
use crate::side::Side;
use crate::words;
use cutline_core::judge::{Verdict, judge};
use cutline_core::scenario::Bilingual;
use cutline_core::scheduler::{OldestFirst, Scheduler};
use cutline_core::{ChannelId, History, Method, ProcessId, SnapshotId, Topology, World};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

impl Session {
    /// The language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The titles in the picker.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        self.scenarios.iter().map(|listed| self.in_lang(&listed.scenario.title))
    }

    /// Which of them is open.
    #[must_use]
    pub fn current(&self) -> usize {
        self.current
    }

    /// The title of the open scenario.
    #[must_use]
    pub fn title(&self) -> &str {
        self.in_lang(&self.listed().scenario.title)
    }

    /// What is to be seen in it.
    #[must_use]
    pub fn about(&self) -> &str {
        self.in_lang(&self.listed().scenario.about)
    }

    /// How many steps have been taken.
    #[must_use]
    pub fn step(&self) -> usize {
        self.history().step()
    }

    /// How many steps the branch has.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.history().len()
    }

    /// How far the run is, in words. Where the branch ends and more can be delivered, its length says nothing.
    #[must_use]
    pub fn step_words(&self) -> String {
        let text = if self.step() == self.steps() && self.can_go_forward() { Text::StepOnly } else { Text::StepOf };
        self.say(text, &[("step", &self.step().to_string()), ("steps", &self.steps().to_string())])
    }

    /// Whether a step forward would do anything.
    #[must_use]
    pub fn can_go_forward(&self) -> bool {
        self.step() < self.steps() || OldestFirst.next(self.world()).is_some() || self.due_start().is_some()
    }

    /// What the prominent button does now: a snapshot under way is to be finished before another is offered.
    #[must_use]
    pub fn primary(&self) -> Primary {
        if self.is_watching() {
            Primary::Finish
        } else if self.is_recording() && self.can_go_forward() {
            Primary::RunToEnd
        } else {
            Primary::TakeSnapshot
        }
    }

    /// What the reader has to be told.
    #[must_use]
    pub fn notice(&self) -> Option<Notice> {
        self.notice
    }

    /// Whose menu is open.
    #[must_use]
    pub fn open_menu(&self) -> Option<ProcessId> {
        self.menu
    }

    /// The snapshots begun by now.
    #[must_use]
    pub fn begun(&self) -> Vec<SnapshotId> {
        let begun = self.world().snapshots().iter().enumerate().filter(|(_, snapshot)| snapshot.has_begun());
        begun.map(|(at, _)| SnapshotId::at(at)).collect()
    }

    /// The snapshot whose cut is shown: the chosen one if it has begun by now, otherwise the latest.
    #[must_use]
    pub fn shown(&self) -> Option<SnapshotId> {
        let begun = self.begun();
        self.chosen.filter(|chosen| begun.contains(chosen)).or_else(|| begun.last().copied())
    }

    /// The steps of the branch at which a process records, each with the snapshot.
    #[must_use]
    pub fn recording_steps(&self) -> Vec<(usize, SnapshotId)> {
        let chart = self.chart();
        let points = chart
            .recordings()
            .iter()
            .flat_map(|one| one.points.iter().flatten().map(|point| (point.since, one.snapshot)));
        let mut steps: Vec<_> = points.collect();
        steps.sort_unstable();
        steps
    }

    /// What the judge says of a snapshot by now. It is asked once for each moment, however many views show it.
    #[must_use]
    pub fn verdict(&self, snapshot: SnapshotId) -> Rc<Verdict> {
        let mut judged = self.judged.borrow_mut();
        if judged.0 != self.history().here() {
            *judged = (self.history().here(), BTreeMap::new());
        }
        let fresh = || Rc::new(judge(&self.history().trace(), snapshot));
        judged.1.entry(snapshot).or_insert_with(fresh).clone()
    }

    /// A string of the catalogue.
    #[must_use]
    pub fn say(&self, text: impl Key, values: &[(&str, &str)]) -> String {
        words::say(self.lang, text, values)
    }

    /// The world at the present moment.
    #[must_use]
    pub fn world(&self) -> &World<Method> {
        self.history().world()
    }

    /// All that was done; while something is in hand, as if it were left where it is held.
    #[must_use]
    pub fn history(&self) -> &History<Method> {
        self.editing.draft().unwrap_or(&self.history)
    }

    /// Processes and channels.
    #[must_use]
    pub fn topology(&self) -> &Topology {
        self.world().topology()
    }

    /// What people call a snapshot: they count from 1.
    #[must_use]
    pub fn number(snapshot: SnapshotId) -> String {
        (u32::from(snapshot.0) + 1).to_string()
    }

    pub(crate) fn side(&self) -> &Side {
        &self.side
    }

    pub(crate) fn known_facts(&self) -> &RefCell<Known> {
        &self.known_facts
    }

    pub(crate) fn process_name(&self, process: ProcessId) -> String {
        self.topology().process_name(process).to_owned()
    }

    pub(crate) fn channel_name(&self, channel: ChannelId) -> String {
        self.topology().channel(channel).name.clone()
    }

    fn in_lang<'a>(&self, text: &'a Bilingual) -> &'a str {
        match self.lang {
            Lang::En => &text.en,
            Lang::Zh => &text.zh,
        }
    }
}
