//! The judge's verdict in words.

use crate::catalogue::Text;
use crate::catalogue::roles::RoleText;
use crate::catalogue::systems::SystemText;
use crate::session::Session;
use crate::words::{Words, list};
use cutline_core::algorithms::chandy_lamport::{Collect, owed_on};
use cutline_core::collection::{Obstacle, obstacles};
use cutline_core::judge::{Class, Fate, Fault, Passage, Sums, Verdict};
use cutline_core::progress::{Outlook, Part, Progress, progress};
use cutline_core::snapshot::ChannelRecord;
use cutline_core::{ChannelId, Event, MessageId, ProcessId, Snapshot, SnapshotId};

/// How a snapshot stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is none.
    None,
    /// Something is still to be recorded, and so far nothing is wrong.
    Recording,
    /// Complete and consistent.
    Consistent,
    /// Something is wrong with it.
    Inconsistent,
}

/// A verdict as the reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictWords {
    /// How the snapshot stands.
    pub standing: Standing,
    /// That in a word or two.
    pub title: String,
    /// The reasons.
    pub reasons: Words,
}

/// How many messages are named one by one; more are counted.
const NAMED: usize = 3;

impl Session {
    /// The verdict on the snapshot that is shown, at the present moment.
    #[must_use]
    pub fn verdict_words(&self) -> VerdictWords {
        let Some(snapshot) = self.shown() else {
            let reasons = self.sentence(Text::NothingRecorded, &[]);
            return VerdictWords { standing: Standing::None, title: self.say(Text::VerdictNone, &[]), reasons };
        };
        let verdict = self.verdict(snapshot);
        let standing = standing(&verdict);
        let reasons = match standing {
            Standing::Inconsistent => self.faults(&verdict),
            Standing::Consistent => self.why_consistent(&verdict),
            Standing::Recording | Standing::None => self.what_is_left(&verdict),
        };
        let mut reasons = reasons;
        self.about_collecting(&mut reasons, snapshot);
        let only_the_sum =
            standing == Standing::Inconsistent && verdict.faults.is_empty() && verdict.clocks_agree != Some(false);
        let title = if only_the_sum { self.say(SystemText::OnlyTheSum, &[]) } else { self.standing_words(standing) };
        VerdictWords { standing, title, reasons }
    }

    /// How a snapshot stands at the present moment.
    #[must_use]
    pub fn standing(&self, snapshot: SnapshotId) -> Standing {
        standing(&self.verdict(snapshot))
    }

    /// The same in a word or two.
    #[must_use]
    pub fn standing_words(&self, standing: Standing) -> String {
        let text = match standing {
            Standing::None => Text::VerdictNone,
            Standing::Recording => Text::VerdictRecording,
            Standing::Consistent => Text::VerdictConsistent,
            Standing::Inconsistent => Text::VerdictInconsistent,
        };
        self.say(text, &[])
    }

    fn sentence(&self, text: Text, values: &[(&str, &str)]) -> Words {
        let mut words = Words::default();
        words.then(self.lang(), text, values);
        words
    }

    fn what_is_left(&self, verdict: &Verdict) -> Words {
        let mut words = Words::default();
        if !verdict.unrecorded.is_empty() {
            let names: Vec<String> = verdict.unrecorded.iter().map(|p| self.process_name(*p)).collect();
            words.then(self.lang(), Text::StillUnrecorded, &[("list", &list(self.lang(), &names))]);
        }
        if !verdict.unclosed.is_empty() {
            let snapshot = self.shown().and_then(|id| self.world().snapshots().get(id.index()));
            // Of channels to somebody who is not there none is waited for.
            let belongs = |channel: &ChannelId| {
                snapshot.is_none_or(|one| {
                    !one.is_closed(*channel) || !matches!(one.channel(*channel), ChannelRecord::NotStarted)
                })
            };
            let all = self.topology().recorded_channels().filter(belongs).count().to_string();
            let n = verdict.unclosed.len().to_string();
            words.then(
                self.lang(),
                self.by_markers(Text::StillOpen, Text::StillRecording),
                &[("n", &n), ("all", &all)],
            );
        }
        self.about_unavailable(&mut words, verdict);
        self.about_losses(&mut words, verdict);
        self.about_owed_markers(&mut words);
        if let Some(snapshot) = self.shown().and_then(|id| self.world().snapshots().get(id.index())) {
            self.about_progress(&mut words, snapshot, &progress(self.topology(), snapshot));
        }
        words
    }

    fn about_owed_markers(&self, words: &mut Words) {
        let owed = |channel: &ChannelId| {
            let timers = self.world().timers(self.topology().channel(*channel).from);
            self.shown().is_some_and(|shown| owed_on(*channel, timers).contains(&shown))
        };
        let names: Vec<String> = self.topology().channels().filter(owed).map(|c| self.channel_name(c)).collect();
        if !names.is_empty() {
            words.then(self.lang(), Text::StillOwed, &[("list", &list(self.lang(), &names))]);
        }
    }

    /// Where the parts have come together, or why they cannot.
    fn about_collecting(&self, words: &mut Words, id: SnapshotId) {
        let names = |processes: &[ProcessId]| {
            let names: Vec<String> = processes.iter().map(|process| self.process_name(*process)).collect();
            list(self.lang(), &names)
        };
        let world = self.world();
        let at: Vec<ProcessId> = self.topology().processes().filter(|p| world.collected(*p, id).is_some()).collect();
        if !at.is_empty() {
            words.then(self.lang(), Text::CollectedAt, &[("list", &names(&at))]);
        }
        if world.algorithm().collect() != Collect::Tree {
            return;
        }
        for obstacle in obstacles(&self.history().trace(), id) {
            match obstacle {
                Obstacle::NoWayBack { child, parent } => {
                    let values = [("child", &*self.process_name(child)), ("parent", &self.process_name(parent))];
                    words.then(self.lang(), Text::NoWayBack, &values);
                }
                Obstacle::SeveralInitiators(initiators) => {
                    words.then(self.lang(), Text::SeveralTrees, &[("list", &names(&initiators))]);
                }
            }
        }
    }

    /// Who is done already, and whether all can ever be.
    fn about_progress(&self, words: &mut Words, snapshot: &Snapshot, progress: &Progress) {
        let mut say = |text: Text, processes: &mut dyn Iterator<Item = ProcessId>| {
            let names: Vec<String> = processes.map(|process| self.process_name(process)).collect();
            if !names.is_empty() {
                words.then(self.lang(), text, &[("list", &list(self.lang(), &names))]);
            }
        };
        let parts = self.topology().processes().zip(&progress.parts);
        let is_done = |(process, part): &(ProcessId, &Part)| **part == Part::Done && !snapshot.is_outside(*process);
        say(Text::DoneLocally, &mut parts.filter(is_done).map(|(process, _)| process));
        if let Outlook::Stuck(stuck) = &progress.outlook {
            say(Text::NeverComplete, &mut stuck.unreachable.iter().copied());
        }
    }

    fn why_consistent(&self, verdict: &Verdict) -> Words {
        let mut words = self.sentence(Text::NoOrphan, &[]);
        // What goes to somebody who takes no part, or comes from there, belongs to no channel that is recorded.
        let crosses = |fate: &&Fate| fate.class() == Class::InChannel && self.topology().is_recorded(fate.channel);
        let in_channel: Vec<&Fate> = verdict.messages.iter().filter(crosses).collect();
        for fate in in_channel.iter().take(NAMED) {
            let received = self.has_arrived(fate.message);
            let text = if received { Text::InChannelArrived } else { Text::InChannelUnderWay };
            self.about_message(&mut words, text, fate);
        }
        match in_channel.len() {
            0 => words.then(self.lang(), Text::NothingInChannels, &[]),
            n if n > NAMED => words.then(self.lang(), Text::MoreInChannel, &[("n", &(n - NAMED).to_string())]),
            _ => {}
        }
        if verdict.left_messages().next().is_some() {
            words.then(self.lang(), RoleText::SentAgain, &[]);
        }
        if let Some(passage) = &verdict.passage {
            self.about_passage(&mut words, passage, verdict.occurred_after);
        }
        words
    }

    fn about_passage(&self, words: &mut Words, passage: &Passage, occurred_after: Option<usize>) {
        let (text, number) = match (occurred_after, passage.swaps) {
            (Some(0), _) => (Text::OccurredAtStart, String::new()),
            (Some(step), _) => (Text::OccurredAfter, step.to_string()),
            (None, 1) => (Text::NeverOccurredOne, String::new()),
            (None, n) => (Text::NeverOccurredMany, n.to_string()),
        };
        let (first, second) = passage.first_swap.unwrap_or_default();
        let (first, second) = (first.to_string(), second.to_string());
        words.then(self.lang(), text, &[("step", &number), ("n", &number), ("first", &first), ("second", &second)]);
    }

    fn faults(&self, verdict: &Verdict) -> Words {
        let mut words = Words::default();
        for fault in &verdict.faults {
            self.about_fault(&mut words, verdict, *fault);
        }
        if let Some(sums) = verdict.sums.filter(|sums| verdict.is_complete() && !sums.balance()) {
            let (sum, total) = ((sums.in_processes + sums.in_channels).to_string(), sums.at_start.to_string());
            words.then(self.lang(), Text::SumWrong, &[("sum", &sum), ("total", &total)]);
        }
        let mishap =
            |event: &Event| matches!(event, Event::Lost { .. } | Event::Duplicated { .. } | Event::Restarted { .. });
        if self.history().trace().events().any(|(_, event)| mishap(event)) {
            words.then(self.lang(), SystemText::Mishaps, &[]);
        }
        if verdict.clocks_agree == Some(false) {
            words.then(self.lang(), Text::ClocksDisagree, &[]);
        }
        if verdict.passage.as_ref().is_some_and(|passage| !passage.holds()) {
            words.then(self.lang(), Text::NoPassage, &[]);
        }
        words
    }

    fn about_fault(&self, words: &mut Words, verdict: &Verdict, fault: Fault) {
        let (text, message) = match fault {
            Fault::OrphanInProcess(message) => (Text::OrphanInProcess, message),
            Fault::OrphanInChannel(message) => (Text::OrphanInChannel, message),
            Fault::Missing(message) => (Text::Missing, message),
            Fault::Twice(message) => (Text::Twice, message),
            Fault::OutOfOrder(channel) => {
                let name = self.channel_name(channel);
                return words.then(self.lang(), Text::OutOfOrder, &[("channel", &name)]);
            }
            Fault::WrongState(process) => {
                return words.then(self.lang(), Text::WrongState, &[("p", &self.process_name(process))]);
            }
            Fault::RecordedTwice(process) => {
                return words.then(self.lang(), Text::RecordedTwice, &[("p", &self.process_name(process))]);
            }
        };
        if let Some(fate) = verdict.messages.iter().find(|fate| fate.message == message) {
            self.about_message(words, text, fate);
        }
    }

    fn about_message(&self, words: &mut Words, text: Text, fate: &Fate) {
        let ends = self.topology().channel(fate.channel);
        let (from, to) = (self.process_name(ends.from), self.process_name(ends.to));
        let what = self.payload_words(fate.payload);
        words.then(self.lang(), text, &[("what", &what), ("from", &from), ("to", &to)]);
    }

    /// Whether a message has been received by now.
    pub(crate) fn has_arrived(&self, message: MessageId) -> bool {
        let received = |event: &cutline_core::Event| matches!(event, cutline_core::Event::Received { message: of, .. } if *of == message);
        self.history().trace().events().any(|(_, event)| received(event))
    }

    /// The sums of the snapshot that is shown.
    #[must_use]
    pub fn sums(&self, snapshot: SnapshotId) -> Option<Sums> {
        self.verdict(snapshot).sums
    }
}

pub(crate) fn standing(verdict: &Verdict) -> Standing {
    if verdict.is_wrong() {
        Standing::Inconsistent
    } else if verdict.is_complete() {
        Standing::Consistent
    } else {
        Standing::Recording
    }
}
