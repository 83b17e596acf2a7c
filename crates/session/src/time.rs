//! Time: what plays, how fast, and where it stops.

use crate::session::{Command, Session};
use cutline_core::scheduler::oldest_first;
use cutline_core::{Snapshot, SnapshotId};

/// How long a step stays at speed 1, in milliseconds.
const STEP_MILLISECONDS: u32 = 900;
/// The page is not asked to tick more often than this, in milliseconds; a tick then takes several steps.
const SHORTEST_TICK: u32 = 28;
/// How long a snapshot may take to become complete before the reader's eyes, in milliseconds, about.
const SHOW_MILLISECONDS: u32 = 4_000;
/// No step of it stays longer than this, in milliseconds.
const SHOW_STEP: u32 = 420;

/// How fast it plays: each speed is twice the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Speed(u8);

impl Speed {
    /// How many there are.
    pub const COUNT: u8 = 9;

    /// A speed by its place, from 0 for the slowest; places beyond the last are the last.
    #[must_use]
    pub fn at(place: u8) -> Self {
        Self(place.min(Self::COUNT - 1))
    }

    /// All of them, the slowest first.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..Self::COUNT).map(Self)
    }

    /// Its place, from 0.
    #[must_use]
    pub fn place(self) -> u8 {
        self.0
    }

    /// How many times as fast as the slowest.
    #[must_use]
    pub fn times(self) -> u32 {
        1 << self.0
    }
}

/// How often the page ticks, and how many steps a tick takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Beat {
    milliseconds: u32,
    steps: u32,
}

impl Beat {
    /// So many milliseconds for so many steps.
    fn of(milliseconds: u32, steps: u32) -> Self {
        let at_once = SHORTEST_TICK.saturating_mul(steps).div_ceil(milliseconds);
        Self { milliseconds: (milliseconds.saturating_mul(at_once) / steps).max(SHORTEST_TICK), steps: at_once }
    }
}

/// What the reader does with time, beyond stepping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeMsg {
    /// Play as fast as this.
    Speed(Speed),
    /// Take a snapshot and show how it becomes complete, as briskly as one can follow.
    Watch,
    /// Take a snapshot, and on until it is complete, at once.
    TakeWhole,
    /// On until the snapshots being recorded are complete, at once.
    Finish,
    /// Deliver what has been under way longest, here and now.
    DeliverNext,
    /// To the next step at which a process records.
    NextRecording,
    /// To the last such step before this one.
    PreviousRecording,
}

/// What plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Playing {
    #[default]
    Nothing,
    /// Until there is nothing left.
    Run,
    /// Until this snapshot is complete.
    Snapshot(SnapshotId, Beat),
}

/// The part of the session that time is about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Time {
    playing: Playing,
    speed: Speed,
}

impl Time {
    /// The beat of what plays; none if nothing does.
    pub(crate) fn beat(&self) -> Option<Beat> {
        match self.playing {
            Playing::Nothing => None,
            Playing::Run => Some(Beat::of(STEP_MILLISECONDS, self.speed.times())),
            Playing::Snapshot(_, beat) => Some(beat),
        }
    }

    pub(crate) fn stop(&mut self) {
        self.playing = Playing::Nothing;
    }

    pub(crate) fn set_speed(&mut self, speed: Speed) {
        self.speed = speed;
    }
}

/// What the page has to do when the beat changes.
pub(crate) fn beat_changed(before: Option<Beat>, now: Option<Beat>) -> Option<Command> {
    match (before, now) {
        _ if before == now => None,
        (_, Some(beat)) => Some(Command::StartTicking(beat.milliseconds)),
        (_, None) => Some(Command::StopTicking),
    }
}

impl Session {
    pub(crate) fn on_time(&mut self, msg: TimeMsg) {
        match msg {
            TimeMsg::Speed(speed) => self.time.speed = speed,
            TimeMsg::Watch => self.watch(),
            TimeMsg::TakeWhole => {
                if self.take_snapshot() {
                    self.finish();
                }
            }
            TimeMsg::Finish => self.finish(),
            TimeMsg::DeliverNext => {
                if let Some(action) = oldest_first(self.world()) {
                    self.act(action);
                }
            }
            TimeMsg::NextRecording => {
                let step = self.step();
                let next = self.recording_steps().into_iter().find(|(at, _)| *at > step);
                next.into_iter().for_each(|(at, _)| self.seek(at));
            }
            TimeMsg::PreviousRecording => {
                let step = self.step();
                let before = self.recording_steps().into_iter().rev().find(|(at, _)| *at < step);
                before.into_iter().for_each(|(at, _)| self.seek(at));
            }
        }
    }

    pub(crate) fn toggle_play(&mut self) {
        self.time.playing = match self.time.playing {
            Playing::Nothing if self.can_go_forward() => Playing::Run,
            _ => Playing::Nothing,
        };
    }

    pub(crate) fn tick(&mut self) {
        let Some(beat) = self.time.beat() else { return };
        for _ in 0..beat.steps {
            let moved = self.forward();
            if !moved || !self.can_go_forward() || self.has_seen_it() {
                return self.time.stop();
            }
        }
    }

    /// Whether the snapshot that is to be shown growing is complete.
    fn has_seen_it(&self) -> bool {
        matches!(self.time.playing, Playing::Snapshot(id, _) if !self.is_being_recorded(id))
    }

    fn watch(&mut self) {
        let next = self.next_snapshot();
        self.take_snapshot();
        if self.notice().is_none() && self.is_being_recorded(next) && self.can_go_forward() {
            // One marker for each channel, and what is ahead of them.
            let ahead: usize = self.topology().channels().map(|channel| self.world().in_channel(channel).len()).sum();
            let steps = u32::try_from(ahead + self.topology().channel_count()).unwrap_or(u32::MAX).max(1);
            let beat = if SHOW_MILLISECONDS / steps >= SHOW_STEP {
                Beat::of(SHOW_STEP, 1)
            } else {
                Beat::of(SHOW_MILLISECONDS, steps)
            };
            self.time.playing = Playing::Snapshot(next, beat);
        }
    }

    /// Deliveries send nothing but markers and reports, so this ends.
    fn finish(&mut self) {
        while self.is_recording() && self.forward() {}
    }

    /// Whether any snapshot is being recorded.
    pub(crate) fn is_recording(&self) -> bool {
        (0..self.world().snapshots().len()).any(|at| self.is_being_recorded(SnapshotId::at(at)))
    }

    fn is_being_recorded(&self, id: SnapshotId) -> bool {
        let recording = |snapshot: &Snapshot| snapshot.has_begun() && !snapshot.is_complete();
        self.world().snapshots().get(id.index()).is_some_and(recording)
    }

    /// Whether it is stepping by itself.
    #[must_use]
    pub fn is_playing(&self) -> bool {
        self.time.playing != Playing::Nothing
    }

    /// Whether it is showing how a snapshot becomes complete.
    #[must_use]
    pub fn is_watching(&self) -> bool {
        matches!(self.time.playing, Playing::Snapshot(..))
    }

    /// How fast it plays.
    #[must_use]
    pub fn speed(&self) -> Speed {
        self.time.speed
    }
}
