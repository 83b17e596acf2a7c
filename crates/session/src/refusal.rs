//! Why something cannot be done, in a sentence.

use crate::catalogue::Text;
use crate::catalogue::mishaps::MishapText;
use crate::catalogue::roles::RoleText;
use crate::session::Session;
use cutline_core::event::{ControlRole, Word};
use cutline_core::time::END_OF_TIME;
use cutline_core::world::Waiting;
use cutline_core::{ChannelId, ProcessId, Rejected};

impl Session {
    /// A refusal in the reader's language.
    #[must_use]
    pub fn refusal(&self, why: Rejected) -> String {
        let p = |process| self.process_name(process);
        let c = |channel| self.channel_name(channel);
        let s = |state| self.state_words(state);
        match why {
            Rejected::NoSuchProcess(_) | Rejected::NoSuchChannel(_) => self.say(Text::RefusedNoSuch, &[]),
            Rejected::NoSuchRule(_) => self.say(Text::RefusedNoSuchRule, &[]),
            Rejected::NothingThere { channel, .. } => self.say(Text::RefusedNothing, &[("channel", &c(channel))]),
            Rejected::NotAtTheHead { channel, .. } => {
                let head = self.head_words(channel);
                self.say(Text::RefusedNotHead, &[("channel", &c(channel)), ("head", &head)])
            }
            Rejected::NoSendsLeft { process } => self.say(Text::RefusedNoSendsLeft, &[("p", &p(process))]),
            Rejected::Passive { process } => self.say(Text::RefusedPassive, &[("p", &p(process))]),
            Rejected::Waits { process } => self.say(Text::RefusedWaits, &[("p", &p(process))]),
            Rejected::MarkerOwed { channel } => self.say(Text::RefusedMarkerOwed, &[("channel", &c(channel))]),
            Rejected::NotAnAmount(_) => self.say(Text::RefusedAmount, &[]),
            Rejected::NoRuleToSend { process, state, channel, payload } => {
                let what = self.payload_words(payload);
                let values = [("p", &*p(process)), ("state", &s(state)), ("what", &what), ("channel", &c(channel))];
                self.say(Text::RefusedNoRuleToSend, &values)
            }
            Rejected::NoRuleToReceive { process, state, channel, payload } => {
                let what = self.payload_words(payload);
                let values = [("p", &*p(process)), ("state", &s(state)), ("what", &what), ("channel", &c(channel))];
                self.say(Text::RefusedNoRuleToReceive, &values)
            }
            Rejected::NoRuleToAct { process, state } => {
                self.say(Text::RefusedNoRuleToAct, &[("p", &p(process)), ("state", &s(state))])
            }
            Rejected::AlreadyRecorded { process, snapshot } => {
                let n = Self::number(snapshot);
                self.say(Text::RefusedRecorded, &[("p", &p(process)), ("n", &n)])
            }
            Rejected::NotComplete { snapshot } => self.say(Text::RefusedNotComplete, &[("n", &Self::number(snapshot))]),
            Rejected::Partial { snapshot } => self.say(RoleText::RefusedPartial, &[("n", &Self::number(snapshot))]),
            Rejected::LeftBehind { snapshot } => self.say(Text::RefusedLeftBehind, &[("n", &Self::number(snapshot))]),
            Rejected::TooLong { limit } => self.say(Text::RefusedTooLong, &[("n", &limit.to_string())]),
            Rejected::SendHeld { channel: held } | Rejected::ReceiveHeld { channel: held } => {
                self.say(Text::RefusedHeld, &[("channel", &c(held))])
            }
            other => self.seldom_refusal(other),
        }
    }

    /// Refusals for want of money, by limits, and those that other algorithms and what goes wrong bring about.
    fn seldom_refusal(&self, why: Rejected) -> String {
        let p = |process| self.process_name(process);
        let c = |channel| self.channel_name(channel);
        match why {
            Rejected::Crashed { process } => self.say(MishapText::RefusedCrashed, &[("p", &p(process))]),
            Rejected::ForControl { channel } => self.say(RoleText::RefusedForControl, &[("channel", &c(channel))]),
            Rejected::OneAtATime { snapshot } => {
                self.say(RoleText::RefusedOneAtATime, &[("n", &Self::number(snapshot))])
            }
            Rejected::NoSuchTimer { process, .. } => self.say(Text::RefusedTimer, &[("p", &p(process))]),
            Rejected::OneInitiator { snapshot } => {
                self.say(RoleText::RefusedOneInitiator, &[("n", &Self::number(snapshot))])
            }
            Rejected::NoWay { from, to } => self.say(RoleText::RefusedNoWay, &[("p", &p(from)), ("q", &p(to))]),
            Rejected::AlreadyCorrupted { channel } => {
                self.say(MishapText::RefusedAlreadyCorrupted, &[("channel", &c(channel))])
            }
            Rejected::NotToSendAgain { channel, number } => {
                let values = [("n", &*number.to_string()), ("channel", &c(channel))];
                self.say(MishapText::RefusedNotToSendAgain, &values)
            }
            Rejected::CutOff { channel } => self.say(MishapText::RefusedCutOff, &[("channel", &c(channel))]),
            Rejected::NotEnough { process, has, wanted } => {
                let (has, wanted) = (has.to_string(), wanted.to_string());
                self.say(Text::RefusedNotEnough, &[("p", &p(process)), ("has", &has), ("wanted", &wanted)])
            }
            Rejected::TooManySnapshots { limit } => {
                self.say(Text::RefusedTooManySnapshots, &[("n", &limit.to_string())])
            }
            Rejected::CutsNothing => self.say(MishapText::RefusedCutsNothing, &[]),
            Rejected::NothingToHeal => self.say(MishapText::RefusedNothingToHeal, &[]),
            Rejected::NotThen { until } => {
                let values = [("time", &*until.0.to_string()), ("end", &END_OF_TIME.0.to_string())];
                self.say(MishapText::RefusedNotThen, &values)
            }
            Rejected::TooEarly { process, reads, wanted } => {
                let (reads, wanted) = (reads.to_string(), wanted.to_string());
                let values = [("p", &*p(process)), ("reads", &reads), ("wanted", &wanted)];
                self.say(MishapText::RefusedTooEarly, &values)
            }
            Rejected::NoSnapshots => self.say(RoleText::RefusedNoSnapshots, &[]),
            Rejected::NoSource { process } => self.say(RoleText::RefusedNoSource, &[("p", &p(process))]),
            Rejected::TakesNoPart { process } => self.say(MishapText::RefusedTakesNoPart, &[("p", &p(process))]),
            Rejected::NotCrashed { process } => self.say(MishapText::RefusedNotCrashed, &[("p", &p(process))]),
            other => self.members_refusal(other),
        }
    }

    /// Why nobody joins or leaves, or somebody is not there.
    fn members_refusal(&self, why: Rejected) -> String {
        let p = |process: ProcessId| self.process_name(process);
        match why {
            Rejected::NotHere { process, has_left: false } => {
                self.say(MishapText::RefusedNotHereYet, &[("p", &p(process))])
            }
            Rejected::NotHere { process, has_left: true } | Rejected::CannotJoin { process, has_left: true } => {
                self.say(MishapText::RefusedHasLeft, &[("p", &p(process))])
            }
            Rejected::CannotJoin { process, has_left: false } => {
                self.say(MishapText::RefusedIsHere, &[("p", &p(process))])
            }
            Rejected::FixedMembers => self.say(MishapText::RefusedFixedMembers, &[]),
            Rejected::StillComing { process, channel } => self
                .say(MishapText::RefusedStillComing, &[("p", &p(process)), ("channel", &self.channel_name(channel))]),
            Rejected::StillHolds { process, holds } => {
                self.say(MishapText::RefusedStillHolds, &[("p", &p(process)), ("holds", &holds.to_string())])
            }
            Rejected::StillRecording { process, snapshot } => {
                self.say(MishapText::RefusedStillRecording, &[("p", &p(process)), ("n", &Session::number(snapshot))])
            }
            Rejected::JoinedTooLate { process, snapshot } => {
                self.say(MishapText::RefusedJoinedTooLate, &[("p", &p(process)), ("n", &Session::number(snapshot))])
            }
            Rejected::MembersChanged { snapshot } => {
                self.say(MishapText::RefusedMembersChanged, &[("n", &Session::number(snapshot))])
            }
            _ => String::new(),
        }
    }

    /// What stands at the head of a channel.
    fn head_words(&self, channel: ChannelId) -> String {
        match self.world().in_channel(channel).next() {
            Some(Waiting::Message(kept)) => self.payload_words(kept.payload),
            Some(Waiting::Control(_, role)) => self.role_words(role),
            None => String::new(),
        }
    }

    /// A control message, by what it means.
    pub(crate) fn role_words(&self, role: ControlRole) -> String {
        let n = Self::number(role.snapshot());
        let text = match role {
            ControlRole::Marker(_) => return self.say(Text::HeadMarker, &[("n", &n)]),
            ControlRole::Report { .. } => return self.say(Text::HeadReport, &[("n", &n)]),
            ControlRole::Count { messages, .. } => {
                return self.say(RoleText::Count, &[("n", &n), ("k", &messages.to_string())]);
            }
            ControlRole::Vector { round, .. } => {
                return self.say(RoleText::Vector, &[("n", &n), ("k", &round.to_string())]);
            }
            ControlRole::Begin(_) => RoleText::Begin,
            ControlRole::Leave => return self.say(MishapText::LastWord, &[]),
            ControlRole::Signal => RoleText::Signal,
            ControlRole::Acknowledged(_) => RoleText::Acknowledged,
            ControlRole::Ready(_) => RoleText::Ready,
            ControlRole::Complete(_) => RoleText::Complete,
            ControlRole::Word { word, number, .. } => {
                return self.say(word_text(word), &[("n", &n), ("k", &number.to_string())]);
            }
        };
        self.say(text, &[("n", &n)])
    }
}

/// What a word that a single algorithm has is called.
fn word_text(word: Word) -> RoleText {
    match word {
        Word::Exchange => RoleText::Exchange,
        Word::Blank => RoleText::Blank,
        Word::Request => RoleText::Request,
        Word::Willing => RoleText::Willing,
        Word::Unwilling => RoleText::Unwilling,
        Word::Commit => RoleText::Commit,
        Word::Abort => RoleText::Abort,
        Word::Cut => RoleText::Cut,
    }
}
