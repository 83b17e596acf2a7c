//! How many messages a snapshot takes, in words.

use crate::catalogue::Finding;
use crate::catalogue::systems::SystemText;
use crate::session::Session;
use cutline_core::algorithms::chandy_lamport::Collect;
use cutline_core::collection::{Count, Tally, tally};
use cutline_core::{Event, SnapshotId};

impl Session {
    /// What a snapshot has cost so far.
    #[must_use]
    pub fn tally(&self, snapshot: SnapshotId) -> Tally {
        tally(&self.history().trace(), snapshot, self.world().algorithm().collect())
    }

    /// The same in sentences: markers, reports, since when all parts have been together, and what is left of them.
    #[must_use]
    pub fn tally_words(&self, snapshot: SnapshotId) -> Vec<String> {
        let found = self.tally(snapshot);
        let mut lines = match self.world().algorithm().markers() {
            Some(_) => vec![self.counted(Finding::MarkersTaken, found.markers)],
            None => vec![self.control_count(snapshot)],
        };
        match self.world().algorithm().collect() {
            Collect::No => {}
            Collect::Tree => lines.push(self.counted(Finding::ReportsAlongTree, found.reports)),
            Collect::Flooding => lines.push(self.counted(Finding::ReportsByFlooding, found.reports)),
        }
        let since = |(process, step): &(_, usize)| {
            self.say(Finding::CollectedSince, &[("p", &self.process_name(*process)), ("step", &step.to_string())])
        };
        lines.extend(found.collected.iter().map(since));
        lines.extend(self.keeping_words(snapshot));
        lines
    }

    /// How many control messages an algorithm without a fixed number of markers has taken so far.
    pub(crate) fn control_count(&self, snapshot: SnapshotId) -> String {
        let (mut sent, mut received) = (0_usize, 0_usize);
        for (_, event) in self.history().trace().events() {
            match *event {
                Event::ControlSent { .. } if event.snapshot() == Some(snapshot) => sent += 1,
                Event::ControlReceived { .. } if event.snapshot() == Some(snapshot) => received += 1,
                _ => {}
            }
        }
        self.say(SystemText::ControlCount, &[("n", &sent.to_string()), ("k", &received.to_string())])
    }

    fn counted(&self, text: Finding, count: Count) -> String {
        let (sent, received, all) = (count.sent.to_string(), count.received.to_string(), count.expected.to_string());
        let (n, e) =
            (self.topology().process_count().to_string(), self.topology().recorded_channels().count().to_string());
        self.say(text, &[("sent", &sent), ("received", &received), ("all", &all), ("n", &n), ("e", &e)])
    }
}
