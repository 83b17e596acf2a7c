//! Histories: what was sent on a channel, as far as an algorithm has asked to remember it, and the copies of it that have gone
//! elsewhere. An algorithm names messages by their numbers; what they carry it never sees.

use crate::ids::{ChannelId, ControlId, ProcessId};
use crate::snapshot::Kept;

/// A message, with the number by which the algorithm knows it on its channel.
pub(super) type Noted = (u32, Kept);

/// Messages by channel, both in ascending order.
pub(super) type Lists = Vec<(ChannelId, Vec<Noted>)>;

/// All histories, by where they are.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Histories {
    /// At the sender of each channel.
    sent: Lists,
    /// Enclosed in a control message that is under way.
    enclosed: Vec<(ControlId, Lists)>,
    /// What has come to a process so.
    filed: Vec<(ProcessId, Lists)>,
}

impl Histories {
    /// A message is about to leave.
    pub(super) fn remember(&mut self, channel: ChannelId, message: Noted) {
        note(list_of(&mut self.sent, channel), message);
    }

    /// Copies the histories of these channels into a control message.
    pub(super) fn enclose(&mut self, control: ControlId, of: &[ChannelId]) {
        let lists = self.sent.iter().filter(|(channel, _)| of.contains(channel)).cloned().collect();
        self.enclosed.push((control, lists));
    }

    /// A control message has come, with what is enclosed in it.
    pub(super) fn arrive(&mut self, control: ControlId, process: ProcessId) {
        for (channel, messages) in self.take_enclosed(control) {
            let list = list_of(self.filed_at(process), channel);
            messages.into_iter().for_each(|message| note(list, message));
        }
    }

    /// The message of a channel with this number, as far as a process has the channel's history: its own, or one that has come.
    pub(super) fn find(&self, process: ProcessId, channel: ChannelId, number: u32, is_own: bool) -> Option<Kept> {
        let of = |lists: &Lists| {
            let list = lists.iter().find(|(of, _)| *of == channel)?;
            list.1.iter().find(|(of, _)| *of == number).map(|(_, kept)| *kept)
        };
        let filed = || self.filed.iter().find(|(at, _)| *at == process).and_then(|(_, lists)| of(lists));
        if is_own { of(&self.sent) } else { filed() }
    }

    /// Forgets what a process has of a channel's history, but for the messages of these numbers.
    pub(super) fn forget(&mut self, process: ProcessId, channel: ChannelId, but: &[u32], is_own: bool) {
        let lists = if is_own { &mut self.sent } else { self.filed_at(process) };
        list_of(lists, channel).retain(|(number, _)| but.contains(number));
        lists.retain(|(_, list)| !list.is_empty());
        self.filed.retain(|(_, lists)| !lists.is_empty());
    }

    /// What a process has: of its own channels, and what has come.
    pub(super) fn at(&self, process: ProcessId, own: &[ChannelId]) -> [Lists; 2] {
        let sent = self.sent.iter().filter(|(channel, _)| own.contains(channel)).cloned().collect();
        let filed = self.filed.iter().find(|(at, _)| *at == process).map(|(_, lists)| lists.clone());
        [sent, filed.unwrap_or_default()]
    }

    /// What is enclosed in a control message.
    pub(super) fn enclosed_in(&self, control: ControlId) -> Lists {
        let found = self.enclosed.iter().find(|(of, _)| *of == control);
        found.map(|(_, lists)| lists.clone()).unwrap_or_default()
    }

    /// Gives a process what [`Histories::at`] told.
    pub(super) fn restore(&mut self, process: ProcessId, own: &[ChannelId], [sent, filed]: [Lists; 2]) {
        self.sent.retain(|(channel, _)| !own.contains(channel));
        self.sent.extend(sent);
        self.sent.sort_unstable_by_key(|(channel, _)| *channel);
        self.filed.retain(|(at, _)| *at != process);
        self.filed.extend((!filed.is_empty()).then_some((process, filed)));
    }

    /// Gives a control message what [`Histories::enclosed_in`] told.
    pub(super) fn restore_enclosed(&mut self, control: ControlId, lists: Lists) {
        self.take_enclosed(control);
        self.enclosed.extend((!lists.is_empty()).then_some((control, lists)));
    }

    /// Nothing is under way any more.
    pub(super) fn drop_enclosed(&mut self) {
        self.enclosed.clear();
    }

    /// How many messages are noted anywhere.
    pub(super) fn len(&self) -> usize {
        let enclosed = self.enclosed.iter().map(|(_, lists)| lists);
        let lists = enclosed.chain(self.filed.iter().map(|(_, lists)| lists)).chain([&self.sent]);
        lists.flatten().map(|(_, list)| list.len()).sum()
    }

    fn take_enclosed(&mut self, control: ControlId) -> Lists {
        let at = self.enclosed.iter().position(|(of, _)| *of == control);
        at.map(|at| self.enclosed.remove(at).1).unwrap_or_default()
    }

    fn filed_at(&mut self, process: ProcessId) -> &mut Lists {
        let at = self.filed.iter().position(|(at, _)| *at == process).unwrap_or_else(|| {
            self.filed.push((process, Lists::new()));
            self.filed.len() - 1
        });
        &mut self.filed[at].1
    }
}

/// Adds a message in its place, unless it is there.
fn note(list: &mut Vec<Noted>, message: Noted) {
    if let Err(at) = list.binary_search_by_key(&message.0, |(number, _)| *number) {
        list.insert(at, message);
    }
}

fn list_of(lists: &mut Lists, channel: ChannelId) -> &mut Vec<Noted> {
    let at = lists.binary_search_by_key(&channel, |(of, _)| *of).unwrap_or_else(|at| {
        lists.insert(at, (channel, Vec::new()));
        at
    });
    &mut lists[at].1
}
