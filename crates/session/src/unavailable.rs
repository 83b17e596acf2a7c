//! What a snapshot is worth when somebody will never record, in words.

use crate::catalogue::mishaps::MishapText;
use crate::session::Session;
use crate::words::{Words, list};
use cutline_core::judge::{Verdict, availability};

impl Session {
    /// Who is unavailable in the snapshot that is shown, and what holds without them; nothing if nobody has crashed.
    pub(crate) fn about_unavailable(&self, words: &mut Words, verdict: &Verdict) {
        let crashed = self.topology().processes().any(|process| self.world().has_crashed(process));
        let Some(snapshot) = self.shown().filter(|_| crashed) else { return };
        let found = availability(&self.history().trace(), snapshot);
        if found.unavailable.is_empty() {
            return;
        }
        let names: Vec<String> = found.unavailable.iter().map(|process| self.process_name(*process)).collect();
        words.then(self.lang(), MishapText::Unavailable, &[("list", &list(self.lang(), &names))]);
        words.then(self.lang(), MishapText::StillExact, &[("n", &found.exact.len().to_string())]);
        if !found.unseparated.is_empty() {
            let names: Vec<String> = found.unseparated.iter().map(|channel| self.channel_name(*channel)).collect();
            words.then(self.lang(), MishapText::Unseparated, &[("list", &list(self.lang(), &names))]);
        }
        if let (Some(sum), Some(sums)) = (found.at_least, verdict.sums) {
            let (sum, total) = (sum.to_string(), sums.at_start.to_string());
            words.then(self.lang(), MishapText::AtLeast, &[("sum", &sum), ("total", &total)]);
        }
    }
}
