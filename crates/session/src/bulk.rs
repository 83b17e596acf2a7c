//! Delivering more than one thing at once.

use crate::session::Session;
use cutline_core::{Action, ChannelId, SnapshotId};

/// How much is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bulk {
    /// The next thing on a channel.
    Next(ChannelId),
    /// All that is on a channel now.
    Channel(ChannelId),
    /// All that is under way, and what that sends.
    Everything,
    /// Until this snapshot is complete.
    UntilComplete(SnapshotId),
}

impl Session {
    pub(crate) fn deliver(&mut self, bulk: Bulk) {
        match bulk {
            Bulk::Next(channel) => self.deliver_from(channel, 1),
            Bulk::Channel(channel) if self.topology().has_channel(channel) => {
                let waiting = self.world().in_channel(channel).len();
                self.deliver_from(channel, waiting);
            }
            Bulk::Channel(channel) => self.deliver_from(channel, 1),
            Bulk::Everything => self.run_to_end(),
            Bulk::UntilComplete(snapshot) => {
                let complete = |session: &Self| {
                    session.world().snapshots().get(snapshot.index()).is_none_or(cutline_core::Snapshot::is_complete)
                };
                while !complete(self) && self.forward() {}
            }
        }
    }

    fn deliver_from(&mut self, channel: ChannelId, count: usize) {
        for _ in 0..count {
            self.act(Action::Deliver { channel, position: 0 });
            if self.notice().is_some() {
                return;
            }
        }
    }
}
