//! What the network has lost for good, so that no copy of it is left; and who waits for it for ever.

use crate::catalogue::mishaps::MishapText;
use crate::session::Session;
use crate::words::Words;
use cutline_core::event::{Carried, ControlRole, Word};
use cutline_core::judge::Verdict;
use cutline_core::snapshot::ChannelRecord;
use cutline_core::{ChannelId, Event, MessageId, Method, ProcessId, SnapshotId, Trace};

/// How many are named one by one.
const NAMED: usize = 3;

/// What the network lost and repeated, in the order in which that happened, each with its step.
#[derive(Clone, Debug, Default)]
pub(crate) struct Losses(Vec<(usize, ChannelId, Carried, Change)>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Less,
    More,
}

impl Losses {
    /// Takes time in the number of events.
    pub(crate) fn of(trace: &Trace<'_>) -> Self {
        let mut all = Vec::new();
        for (step, event) in trace.events() {
            match *event {
                Event::Lost { channel, item, .. } => all.push((step, channel, item, Change::Less)),
                Event::Duplicated { channel, item, .. } => all.push((step, channel, item, Change::More)),
                // What was under way is dropped, and what is there now has new names.
                Event::Restored { .. } => all.clear(),
                _ => {}
            }
        }
        Self(all)
    }

    /// Of what no copy is left, if what happens in a channel is seen at its end up to this step of its receiver.
    pub(crate) fn for_good(&self, seen: impl Fn(ChannelId) -> usize) -> Vec<(ChannelId, Carried)> {
        let mut copies: Vec<(ChannelId, Carried, i64)> = Vec::new();
        for (_, channel, item, change) in self.0.iter().filter(|(step, channel, ..)| *step <= seen(*channel)) {
            let place = copies.iter().position(|(_, known, _)| known == item).unwrap_or_else(|| {
                copies.push((*channel, *item, 1));
                copies.len() - 1
            });
            copies[place].2 += if *change == Change::Less { -1 } else { 1 };
        }
        copies.into_iter().filter(|(.., left)| *left == 0).map(|(channel, item, _)| (channel, item)).collect()
    }
}

impl Session {
    /// What was lost for good that the snapshot shown cannot do without, and who waits for it for ever.
    pub(crate) fn about_losses(&self, words: &mut Words, verdict: &Verdict) {
        let Some(snapshot) = self.shown() else { return };
        let lost = Losses::of(&self.history().trace()).for_good(|_| self.step());
        let missed = lost.into_iter().filter(|(channel, item)| self.is_missed(snapshot, *channel, *item, verdict));
        let missed: Vec<(ChannelId, Carried)> = missed.collect();
        for (channel, item) in missed.iter().take(NAMED) {
            let q = self.process_name(self.topology().channel(*channel).to);
            let what = match *item {
                Carried::Message(_, payload) => {
                    self.say(MishapText::TheMessage, &[("what", &self.payload_words(payload))])
                }
                Carried::Control(_, role) => self.role_words(role),
            };
            let values = [("what", &*what), ("channel", &self.channel_name(*channel)), ("q", &q)];
            words.then(self.lang(), MishapText::WaitsForEver, &values);
        }
        if let Some(more) = missed.len().checked_sub(NAMED).filter(|more| *more > 0) {
            words.then(self.lang(), MishapText::MoreAwaited, &[("n", &more.to_string())]);
        }
    }

    /// Whether the snapshot cannot be complete without something that was lost: a control message of its own; or, where messages
    /// are counted, one that was sent before its sender recorded, on a channel that is still being recorded.
    fn is_missed(&self, snapshot: SnapshotId, channel: ChannelId, item: Carried, verdict: &Verdict) -> bool {
        match item {
            // The last word of who leaves is a marker for every snapshot.
            Carried::Control(_, ControlRole::Leave) => verdict.unclosed.contains(&channel),
            Carried::Control(_, role) => {
                role.snapshot() == snapshot && self.is_needed(role) && !self.is_recorded_at(snapshot, channel)
            }
            Carried::Message(message, _) => {
                let counted = self.world().algorithm().markers().is_none() && verdict.unclosed.contains(&channel);
                let sender = self.topology().channel(channel).from;
                counted && self.was_sent_before(message, sender, snapshot)
            }
        }
    }

    /// Whether nothing else can do what such a control message does.
    fn is_needed(&self, role: ControlRole) -> bool {
        match role {
            // Under causal delivery, what is lost holds back all that comes after it. Elsewhere a marker says the same.
            ControlRole::Begin(_) => {
                matches!(self.world().algorithm(), Method::AcharyaBadrinath(_) | Method::AlagarVenkatesan(_))
            }
            ControlRole::Marker(_)
            | ControlRole::Count { .. }
            | ControlRole::Vector { .. }
            | ControlRole::Acknowledged(_)
            | ControlRole::Ready(_)
            | ControlRole::Complete(_)
            | ControlRole::Word {
                word: Word::Request | Word::Willing | Word::Unwilling | Word::Commit | Word::Abort,
                ..
            } => true,
            ControlRole::Leave | ControlRole::Signal | ControlRole::Report { .. } | ControlRole::Word { .. } => false,
        }
    }

    fn is_recorded_at(&self, snapshot: SnapshotId, channel: ChannelId) -> bool {
        let record = self.world().snapshots().get(snapshot.index()).map(|snapshot| snapshot.channel(channel));
        matches!(record, Some(ChannelRecord::Closed(_)))
    }

    fn was_sent_before(&self, wanted: MessageId, sender: ProcessId, snapshot: SnapshotId) -> bool {
        let trace = self.history().trace();
        let first = trace.events().find_map(|(_, event)| match *event {
            Event::Recorded { process, snapshot: of, .. } if process == sender && of == snapshot => Some(false),
            Event::Sent { message, .. } if message == wanted => Some(true),
            _ => None,
        });
        first == Some(true)
    }
}
