//! What a reader counts as one thing done, and so what one press of the browser's "back" undoes.

use crate::branches::BranchMsg;
use crate::edits::EditMsg;
use crate::look::LookMsg;
use crate::session::Msg;
use crate::time::TimeMsg;

/// What a message is to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A way to look, which is not done to the run: it stays with whatever was done last.
    Look,
    /// A step through time, or one of many small moves. Those of the same kind that follow one another quickly are one.
    Small(Small),
    /// Playing, from its beginning to its end.
    Play,
    /// Anything else: one thing by itself.
    Whole,
}

/// What small deeds are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Small {
    /// Stepping, scrubbing and jumping, deliveries by the same keys included.
    Step,
    /// Moving something that has happened by one step.
    Nudge,
    /// Moving the reader's own cut.
    OwnCut,
}

impl Msg {
    /// What it is to the reader.
    #[must_use]
    pub fn deed(self) -> Deed {
        match self {
            Self::Speak(_) | Self::Show(_) | Self::OpenMenu(_) | Self::CloseMenu | Self::Dismiss | Self::Side(_) => {
                Deed::Look
            }
            Self::Present(_) => Deed::Look,
            Self::Look(LookMsg::Compare(_)) => Deed::Whole,
            Self::Look(_) | Self::Time(TimeMsg::Speed(_)) | Self::Branch(BranchMsg::Toggle) => Deed::Look,
            Self::Edit(
                EditMsg::Begin(_) | EditMsg::DragTo(_) | EditMsg::Cancel | EditMsg::Open(_) | EditMsg::OpenSend(..),
            ) => Deed::Look,
            Self::Forward | Self::Back | Self::Seek(_) | Self::Jump(_) => Deed::Small(Small::Step),
            Self::Time(TimeMsg::DeliverNext | TimeMsg::NextRecording | TimeMsg::PreviousRecording) => {
                Deed::Small(Small::Step)
            }
            Self::Edit(EditMsg::Nudge { .. } | EditMsg::NudgeOn { .. }) => Deed::Small(Small::Nudge),
            Self::Cut(_) => Deed::Small(Small::OwnCut),
            Self::TogglePlay | Self::Tick | Self::Time(TimeMsg::Watch | TimeMsg::Finish) => Deed::Play,
            Self::Open(_)
            | Self::Do(_)
            | Self::TakeSnapshot
            | Self::Time(TimeMsg::TakeWhole)
            | Self::StartAt(_)
            | Self::Reset
            | Self::RunToEnd
            | Self::Edit(EditMsg::Drop | EditMsg::Delete(_) | EditMsg::Replace(..) | EditMsg::Undo | EditMsg::Redo)
            | Self::Deliver(_)
            | Self::NextBranch
            | Self::Traffic { .. }
            | Self::Branch(BranchMsg::Switch(_)) => Deed::Whole,
        }
    }
}

/// Which deeds belong together.
#[derive(Clone, Copy, Debug, Default)]
pub struct Deeds {
    last: Option<(Deed, u64)>,
}

impl Deeds {
    /// Small deeds of the same kind are one if no more than so many milliseconds lie between two of them.
    pub const TOGETHER: u64 = 1000;
    /// What is told within so many milliseconds is told by one press.
    const AT_ONCE: u64 = 30;

    /// Whether a message at this time, in milliseconds, belongs to what was done before it. One that does not is a place of
    /// its own, to which "back" leads from what comes later.
    #[must_use]
    pub fn belongs(&self, msg: Msg, now: u64) -> bool {
        let deed = msg.deed();
        if deed == Deed::Look || msg == Msg::TogglePlay {
            return true;
        }
        let Some((last, then)) = self.last else { return false };
        let since = now.saturating_sub(then);
        match deed {
            Deed::Play if matches!(msg, Msg::Tick | Msg::Time(TimeMsg::Finish)) && last == Deed::Play => true,
            Deed::Small(_) if last == deed => since <= Self::TOGETHER,
            _ => since <= Self::AT_ONCE,
        }
    }

    /// Takes note of a message that has changed something, or lets it play or stop.
    pub fn note(&mut self, msg: Msg, now: u64) {
        match (msg, msg.deed()) {
            // What it changes comes with the ticks.
            (Msg::TogglePlay, _) => self.part(),
            (_, Deed::Look) => {}
            (_, deed) => self.last = Some((deed, now)),
        }
    }

    /// The reader went elsewhere: whatever comes next is a place of its own.
    pub fn part(&mut self) {
        self.last = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of these messages, each so many milliseconds after the one before, begin a place.
    fn places(told: &[(Msg, u64)]) -> Vec<bool> {
        let (mut deeds, mut now) = (Deeds::default(), 0);
        let place = |(msg, after): &(Msg, u64)| {
            now += after;
            let belongs = deeds.belongs(*msg, now);
            deeds.note(*msg, now);
            !belongs
        };
        told.iter().map(place).collect()
    }

    #[test]
    fn one_thing_done_is_one_place() {
        let (traffic, delete) = (Msg::Traffic { actions: 10 }, Msg::Edit(EditMsg::Delete(3)));
        assert_eq!(places(&[(traffic, 0), (traffic, 90), (delete, 90), (Msg::RunToEnd, 90)]), [true; 4]);
        let hold = [Msg::Edit(EditMsg::Begin(3)), Msg::Edit(EditMsg::DragTo(4)), Msg::Edit(EditMsg::Drop)];
        assert_eq!(places(&hold.map(|msg| (msg, 90))), [false, false, true]);
        assert_eq!(places(&[(Msg::TakeSnapshot, 0), (Msg::Time(TimeMsg::Finish), 0)]), [true, false], "one press");
    }

    #[test]
    fn small_things_of_a_kind_are_one_while_they_come_quickly() {
        let (back, on) = ((Msg::Back, 900), (Msg::Forward, 900));
        assert_eq!(
            places(&[back, back, on, (Msg::Seek(3), 1000), (Msg::Back, 1001)]),
            [true, false, false, false, true]
        );
        let nudge = (Msg::Edit(EditMsg::Nudge { step: 3, later: true }), 500);
        assert_eq!(places(&[nudge, nudge, back, nudge]), [true, false, true, true], "another kind is another thing");
    }

    #[test]
    fn playing_is_one_however_slowly() {
        let tick = (Msg::Tick, 5000);
        let play = (Msg::TogglePlay, 500);
        assert_eq!(places(&[play, tick, tick, play, play, tick]), [false, true, false, false, false, true]);
        let watch = (Msg::Time(TimeMsg::Watch), 500);
        assert_eq!(places(&[watch, tick, tick, (Msg::RunToEnd, 50), watch]), [true, false, false, true, true]);
    }
}
