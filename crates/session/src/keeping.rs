//! What is left of a complete snapshot whose parts are kept, in words.

use crate::catalogue::keeping::KeepText;
use crate::session::Session;
use crate::words::{Words, list};
use cutline_core::keeping::{Keeping, KeptSnapshot, Seen, StoreStep, kept_of, told_of};
use cutline_core::{ProcessId, SnapshotId};

/// How many parts are named one by one.
const NAMED: usize = 3;

impl Session {
    /// How the scenario has complete snapshots kept; none if it does not say.
    #[must_use]
    pub fn keeping(&self) -> Option<Keeping> {
        self.listed().scenario.keeping
    }

    /// Who keeps its parts, and what is left; none unless the scenario says how they are kept, or something is gone.
    pub(crate) fn keeping_words(&self, id: SnapshotId) -> Option<String> {
        let (keeping, snapshot) = (self.keeping(), self.world().snapshots().get(id.index())?);
        let kept = kept_of(&self.history().trace(), id, snapshot, keeping.unwrap_or_default())?;
        if keeping.is_none() && kept.gone.is_empty() && kept.is_whole() {
            return None;
        }
        let mut words = self.about_kept(&kept);
        self.about_change(&mut words, id);
        Some(words.plain())
    }

    /// What is read while it takes the place of the one before it.
    fn about_change(&self, words: &mut Words, id: SnapshotId) {
        let Some(keeping) = self.keeping() else { return };
        let told = told_of(&self.history().trace(), self.world().snapshots(), keeping, id);
        let Some((old, told)) = told else { return };
        let (lang, n) = (self.lang(), Self::number(old));
        match told.iter().find(|told| told.seen == Seen::Half).and_then(|told| told.step) {
            Some(StoreStep::Prepare(p) | StoreStep::Commit(p) | StoreStep::Lose(p)) => {
                words.then(lang, KeepText::HalfOfIt, &[("n", &n), ("p", &self.process_name(p))]);
            }
            None => words.then(lang, KeepText::OneOfTheTwo, &[("n", &n)]),
        }
    }

    fn about_kept(&self, kept: &KeptSnapshot) -> Words {
        let (lang, mut words) = (self.lang(), Words::default());
        let names = |processes: &[ProcessId]| {
            let names: Vec<String> = processes.iter().map(|process| self.process_name(*process)).collect();
            list(lang, &names)
        };
        match kept.copies() {
            0 => words.then(lang, KeepText::Alone, &[]),
            1 => words.then(lang, KeepText::OnTheNext, &[]),
            n => words.then(lang, KeepText::OnMore, &[("n", &n.to_string())]),
        }
        if !kept.gone.is_empty() {
            words.then(lang, KeepText::Gone, &[("list", &names(&kept.gone))]);
        }
        let nowhere = kept.nowhere();
        if !nowhere.is_empty() {
            words.then(lang, KeepText::Nowhere, &[("list", &names(&nowhere))]);
            return words;
        }
        let elsewhere = kept.parts.iter().filter_map(|part| {
            let from = part.left.first().filter(|from| **from != part.of)?;
            Some((self.process_name(part.of), self.process_name(*from)))
        });
        let elsewhere: Vec<(String, String)> = elsewhere.collect();
        for (of, from) in elsewhere.iter().take(NAMED) {
            words.then(lang, KeepText::ComesFrom, &[("p", of), ("q", from)]);
        }
        if elsewhere.len() > NAMED {
            words.then(lang, KeepText::MoreComeFrom, &[("n", &(elsewhere.len() - NAMED).to_string())]);
        }
        if !kept.gone.is_empty() {
            words.then(lang, KeepText::OneMoreLoss, &[("list", &names(kept.smallest_loss()))]);
        }
        words
    }
}
