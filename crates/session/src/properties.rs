//! Stable properties of a recorded state in words, each with what follows from it and what does not.

use crate::catalogue::Finding;
use crate::session::Session;
use crate::words::{Words, list};
use cutline_core::bare::GlobalState;
use cutline_core::stable::{self, Deadlock, Termination, Tokens};
use cutline_core::{ChannelId, Computation, LocalState, ProcessId, SnapshotId};

/// Something that stays true once it is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    /// Nobody has anything to do and nothing is under way.
    Termination,
    /// Somebody waits for ever.
    Deadlock,
    /// There is less money than there was, or fewer tokens.
    Lost,
    /// There is more, or there are more.
    Doubled,
}

/// What follows from the recorded state (Chandy and Lamport 1985, section 4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follows {
    /// True in the recorded state, so true when the snapshot was complete.
    TrueAtTheEnd,
    /// False in the recorded state, so false when the snapshot began. Of now it says nothing.
    FalseAtTheStart,
    /// Nothing, since the snapshot is not consistent.
    Nothing,
}

/// A stable property of a recorded state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyLine {
    /// Which one.
    pub property: Property,
    /// Its name.
    pub name: String,
    /// Whether it holds in the recorded state.
    pub holds: bool,
    /// That in a word.
    pub answer: String,
    /// Because of whom and what.
    pub witness: String,
    /// What follows.
    pub follows: Follows,
    /// That in a sentence.
    pub implication: String,
    /// Under which assumption it is stable.
    pub assumption: String,
    /// What follows, and where it holds on what that rests.
    pub conclusion: String,
}

/// Which property, its name, whether it holds, and because of what.
type Found = (Property, Finding, bool, String);

impl Session {
    /// The stable properties of what a snapshot recorded, as far as the computation has any; none unless the snapshot
    /// is complete. Takes time in the number of channels and messages, and in the cube of the number of processes that
    /// wait.
    #[must_use]
    pub fn properties(&self, snapshot: SnapshotId) -> Vec<PropertyLine> {
        let system = self.world().system();
        let record = self.world().snapshots().get(snapshot.index());
        let Some(state) = record.and_then(|record| GlobalState::recorded(system, record)) else { return Vec::new() };
        let line =
            |(property, name, holds, witness): Found| self.property_line(snapshot, property, name, holds, witness);
        let found = match self.computation() {
            Computation::Diffusing(_) | Computation::Automaton(_) => {
                let found = stable::termination(system, &state);
                let mut lines =
                    vec![(Property::Termination, Finding::Terminated, found.holds(), self.why_terminated(&found))];
                if matches!(self.computation(), Computation::Automaton(_)) {
                    let found = stable::tokens(system, &state);
                    let both = found.map(|found| self.both_of(found, Finding::TokenLost, Finding::TokenDoubled));
                    lines.extend(both.into_iter().flatten());
                }
                lines
            }
            Computation::Resources(_) => {
                let of = |found: Deadlock| {
                    (Property::Deadlock, Finding::Deadlocked, found.holds(), self.why_deadlocked(&state, &found))
                };
                stable::deadlock(system, &state).map(of).into_iter().collect()
            }
            Computation::Dataflow(_) => Vec::new(),
            Computation::Bank(_) => {
                let found = stable::tokens(system, &state);
                let both = found.map(|found| self.both_of(found, Finding::MoneyLost, Finding::MoneyDoubled));
                both.into_iter().flatten().collect()
            }
        };
        found.into_iter().map(line).collect()
    }

    /// Whether some are gone, and whether there are too many.
    fn both_of(&self, found: Tokens, lost: Finding, doubled: Finding) -> [Found; 2] {
        let why = self.why_tokens(found);
        [(Property::Lost, lost, found.are_lost(), why.clone()), (Property::Doubled, doubled, found.are_doubled(), why)]
    }

    /// Those of them that are worth room beside the verdict on the snapshot that is shown: what its sum and its sentences
    /// say already is left out.
    #[must_use]
    pub fn shown_properties(&self) -> Vec<PropertyLine> {
        let apt = match self.computation() {
            Computation::Diffusing(_) | Computation::Resources(_) => |_: &PropertyLine| true,
            Computation::Bank(_) | Computation::Dataflow(_) => {
                |line: &PropertyLine| line.holds && line.follows != Follows::Nothing
            }
            Computation::Automaton(_) => |line: &PropertyLine| line.holds,
        };
        let mut lines = self.shown().map(|snapshot| self.properties(snapshot)).unwrap_or_default();
        lines.retain(apt);
        lines
    }

    fn property_line(
        &self,
        snapshot: SnapshotId,
        property: Property,
        name: Finding,
        holds: bool,
        witness: String,
    ) -> PropertyLine {
        let (follows, implication) = match (self.verdict(snapshot).is_consistent(), holds) {
            (false, _) => (Follows::Nothing, Finding::FollowsNothing),
            (true, false) => (Follows::FalseAtTheStart, Finding::FollowsFalse),
            (true, true) if self.world().epoch() > 0 => (Follows::TrueAtTheEnd, Finding::FollowsTrueUntilBack),
            (true, true) => (Follows::TrueAtTheEnd, Finding::FollowsTrue),
        };
        let assumption = match property {
            Property::Termination => self.by_kind(Finding::AssumesWork, Finding::AssumesRules, Finding::AssumesWork),
            Property::Deadlock => Finding::AssumesPatience,
            Property::Lost => {
                self.by_kind(Finding::AssumesNoNewMoney, Finding::AssumesNoNewToken, Finding::AssumesNoNewMoney)
            }
            Property::Doubled => {
                self.by_kind(Finding::AssumesConservation, Finding::AssumesTokensStay, Finding::AssumesConservation)
            }
        };
        let mut conclusion = Words::default();
        conclusion.then(self.lang(), implication, &[]);
        if holds {
            conclusion.then(self.lang(), assumption, &[]);
        }
        PropertyLine {
            property,
            name: self.say(name, &[]),
            holds,
            answer: self.say(if holds { Finding::Yes } else { Finding::No }, &[]),
            witness,
            follows,
            implication: self.say(implication, &[]),
            assumption: self.say(assumption, &[]),
            conclusion: conclusion.plain(),
        }
    }

    fn why_terminated(&self, found: &Termination) -> String {
        if found.holds() {
            return self.say(self.by_kind(Finding::AllPassive, Finding::NothingLeftToDo, Finding::AllPassive), &[]);
        }
        let mut words = Words::default();
        if !found.active.is_empty() {
            let text = self.by_kind(Finding::StillActive, Finding::CanStillAct, Finding::StillActive);
            words.then(self.lang(), text, &[("list", &self.process_list(&found.active))]);
        }
        if !found.under_way.is_empty() {
            words.then(self.lang(), Finding::StillInChannels, &[("list", &self.channel_list(&found.under_way))]);
        }
        words.plain()
    }

    /// A cycle where all wait for all, a knot where all wait for any.
    fn why_deadlocked(&self, state: &GlobalState, found: &Deadlock) -> String {
        if found.holds() {
            let all = self.process_list(&found.dead);
            let mut cycle: Vec<String> = found.cycle.iter().map(|process| self.process_name(*process)).collect();
            cycle.extend(cycle.first().cloned());
            let text = match model(state, &found.dead) {
                Model::And => Finding::DeadlockedAll,
                Model::Or => Finding::DeadlockedAny,
                Model::Mixed => Finding::DeadlockedMixed,
            };
            return self.say(text, &[("list", &all), ("cycle", &cycle.join(" → "))]);
        }
        let holds_some = |channel: &ChannelId| !state.channels[channel.index()].is_empty();
        let granting: Vec<ChannelId> = self.topology().channels().filter(holds_some).collect();
        let mut words = Words::default();
        words.then(self.lang(), Finding::NobodyDeadlocked, &[]);
        if !granting.is_empty() {
            words.then(self.lang(), Finding::GrantsCount, &[("list", &self.channel_list(&granting))]);
        }
        words.plain()
    }

    fn why_tokens(&self, found: Tokens) -> String {
        let (processes, channels) = (found.in_processes.to_string(), found.in_channels.to_string());
        let total = found.at_start.to_string();
        let values = [("processes", &*processes), ("channels", &channels), ("total", &total)];
        self.say(Finding::TokensCounted, &values)
    }

    fn process_list(&self, processes: &[ProcessId]) -> String {
        let names: Vec<String> = processes.iter().map(|process| self.process_name(*process)).collect();
        list(self.lang(), &names)
    }

    fn channel_list(&self, channels: &[ChannelId]) -> String {
        let names: Vec<String> = channels.iter().map(|channel| self.channel_name(*channel)).collect();
        list(self.lang(), &names)
    }
}

/// For how many of those for whom they wait the deadlocked wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// Each for all.
    And,
    /// Each for any.
    Or,
    /// Some for all and some for any.
    Mixed,
}

/// In which model these processes wait. Waiting for one is waiting for all and for any; where all do so, a cycle says
/// it.
#[must_use]
pub fn model(state: &GlobalState, waiting: &[ProcessId]) -> Model {
    let states = || waiting.iter().map(|process| state.processes[process.index()]);
    let for_all = |state: LocalState| match state {
        LocalState::WaitsForAny(whom) => whom.iter().count() < 2,
        _ => true,
    };
    let for_any = |state: LocalState| match state {
        LocalState::WaitsForAll(whom) => whom.iter().count() < 2,
        _ => true,
    };
    if states().all(for_all) {
        Model::And
    } else if states().all(for_any) {
        Model::Or
    } else {
        Model::Mixed
    }
}
