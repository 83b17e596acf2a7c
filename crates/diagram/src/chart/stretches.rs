//! What lasts: processes that have crashed, a network that is apart, timers that are set.

use super::Chart;
use cutline_core::{ChannelId, Group, LocalState, ProcessId, TimerId};

/// A stretch in which the network delivers nothing between a group and everybody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// One side.
    pub group: Group,
    /// The step at which the network came apart.
    pub from: usize,
    /// The step at which it became whole again, if it did.
    pub until: Option<usize>,
}

impl Split {
    /// Whether it lies between two processes.
    #[must_use]
    pub fn parts(&self, one: ProcessId, other: ProcessId) -> bool {
        self.group.contains(one) != self.group.contains(other)
    }
}

/// A timer, from its setting on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// Where.
    pub process: ProcessId,
    /// Which.
    pub timer: TimerId,
    /// The step that set it.
    pub set: usize,
    /// The step at which it went off, if it did.
    pub rang: Option<usize>,
    /// The step at which it was forgotten before that.
    pub forgotten: Option<usize>,
}

impl Alarm {
    /// The step that ended it, if one did.
    #[must_use]
    pub fn end(&self) -> Option<usize> {
        self.rang.or(self.forgotten)
    }
}

impl Chart {
    /// The stretches in which a process had crashed: from which step on, and until which, if it began again.
    #[must_use]
    pub fn outages(&self, process: ProcessId) -> &[(usize, Option<usize>)] {
        &self.outages[process.index()]
    }

    /// The stretches in which the network was apart, in the order in which they began.
    #[must_use]
    pub fn splits(&self) -> &[Split] {
        &self.splits
    }

    /// The timers, in the order in which they were set.
    #[must_use]
    pub fn alarms(&self) -> &[Alarm] {
        &self.alarms
    }

    /// Whether the network delivers nothing on a channel after so many steps.
    #[must_use]
    pub fn is_cut_off(&self, channel: ChannelId, step: usize) -> bool {
        let ends = self.topology.channel(channel);
        let lasts = |split: &&Split| split.from <= step && split.until.is_none_or(|end| end > step);
        self.splits.iter().filter(lasts).any(|split| split.parts(ends.from, ends.to))
    }

    pub(super) fn come_apart(&mut self, group: Group, step: usize) {
        self.splits.push(Split { group, from: step, until: None });
    }

    pub(super) fn heal(&mut self, step: usize) {
        self.splits.iter_mut().for_each(|split| _ = split.until.get_or_insert(step));
    }

    pub(super) fn set_timer(&mut self, process: ProcessId, timer: TimerId, step: usize) {
        self.alarms.push(Alarm { process, timer, set: step, rang: None, forgotten: None });
    }

    pub(super) fn ring(&mut self, process: ProcessId, timer: TimerId, step: usize) {
        let is_it = |alarm: &&mut Alarm| (alarm.process, alarm.timer, alarm.end()) == (process, timer, None);
        if let Some(alarm) = self.alarms.iter_mut().rev().find(is_it) {
            alarm.rang = Some(step);
        }
    }

    pub(super) fn restart(&mut self, process: ProcessId, state: LocalState, step: usize) {
        self.lives[process.index()].push((step, state));
        self.recover(process, step);
        if !self.topology.keeps_log(process) {
            self.forget_timers(process, step);
        }
    }

    pub(super) fn recover(&mut self, process: ProcessId, step: usize) {
        if let Some((_, end)) = self.outages[process.index()].last_mut() {
            end.get_or_insert(step);
        }
    }

    pub(super) fn forget_timers(&mut self, process: ProcessId, step: usize) {
        let open = self.alarms.iter_mut().filter(|alarm| alarm.process == process && alarm.end().is_none());
        open.for_each(|alarm| alarm.forgotten = Some(step));
    }
}
