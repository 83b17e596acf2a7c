//! How many messages a snapshot takes, in words.

use crate::catalogue::Finding;
use crate::session::Session;
use cutline_core::SnapshotId;
use cutline_core::algorithms::chandy_lamport::Collect;
use cutline_core::collection::{Count, Tally, tally};

impl Session {
    /// What a snapshot has cost so far.
    #[must_use]
    pub fn tally(&self, snapshot: SnapshotId) -> Tally {
        tally(&self.history().trace(), snapshot, self.world().algorithm().collect())
    }

    /// The same in sentences: markers, reports, and since when all parts have been together.
    #[must_use]
    pub fn tally_words(&self, snapshot: SnapshotId) -> Vec<String> {
        let found = self.tally(snapshot);
        let has_markers = self.world().algorithm().markers().is_some() || found.markers.sent > 0;
        let markers = has_markers.then(|| self.counted(Finding::MarkersTaken, found.markers));
        let mut lines: Vec<String> = markers.into_iter().collect();
        match self.world().algorithm().collect() {
            Collect::No => {}
            Collect::Tree => lines.push(self.counted(Finding::ReportsAlongTree, found.reports)),
            Collect::Flooding => lines.push(self.counted(Finding::ReportsByFlooding, found.reports)),
        }
        let since = |(process, step): &(_, usize)| {
            self.say(Finding::CollectedSince, &[("p", &self.process_name(*process)), ("step", &step.to_string())])
        };
        lines.extend(found.collected.iter().map(since));
        lines
    }

    fn counted(&self, text: Finding, count: Count) -> String {
        let (sent, received, all) = (count.sent.to_string(), count.received.to_string(), count.expected.to_string());
        let (n, e) = (self.topology().process_count().to_string(), self.topology().channel_count().to_string());
        self.say(text, &[("sent", &sent), ("received", &received), ("all", &all), ("n", &n), ("e", &e)])
    }
}
