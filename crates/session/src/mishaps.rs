//! What the reader can let go wrong, and how time goes on, as lines of menus.

use crate::catalogue::mishaps::MishapText;
use crate::catalogue::systems::SystemText;
use crate::menu::{Choice, Menu};
use crate::session::{Msg, Session};
use crate::systems::{SystemMsg, is_by_each};
use crate::words::list;
use cutline_core::action::Copied;
use cutline_core::time::Time;
use cutline_core::{Action, ChannelId, Event, Group, ProcessId, Rejected};

/// So long time goes on at the reader's word.
const A_WHILE: [u64; 2] = [1, 5];

impl Session {
    /// What can go wrong with something that waits in a channel.
    pub(crate) fn mishaps_in(&self, channel: ChannelId, position: u32) -> Vec<Choice> {
        let all = [
            (SystemText::Lose, Action::Lose { channel, position }),
            (SystemText::RepeatBehind, Action::Duplicate { channel, position, copy: Copied::Adjacent }),
            (SystemText::RepeatLast, Action::Duplicate { channel, position, copy: Copied::Tail }),
        ];
        let is_last = position as usize + 1 == self.world().in_channel(channel).len();
        let choices = all.into_iter().filter(|(text, _)| !is_last || *text != SystemText::RepeatLast);
        let choices = choices.map(|(text, action)| self.doing(self.say(text, &[]), None, action));
        let means = Some(self.say(SystemText::CorruptMeans, &[]));
        choices
            .chain([self.doing(self.say(SystemText::Corrupt, &[]), means, Action::Corrupt { channel, position })])
            .collect()
    }

    /// What can go wrong with a process, and what its links can do about what went wrong with others.
    pub(crate) fn mishaps_of(&self, process: ProcessId) -> Vec<Choice> {
        let p = self.process_name(process);
        let (text, means, action) = if self.world().has_crashed(process) {
            (SystemText::Restart, SystemText::RestartMeans, Action::Restart { process })
        } else {
            (SystemText::Crash, SystemText::CrashMeans, Action::Crash { process })
        };
        let stops = self.doing(self.say(text, &[("p", &p)]), Some(self.say(means, &[])), action);
        let outgoing = self.topology().outgoing(process).iter();
        let again = outgoing.flat_map(|channel| self.to_send_again(*channel));
        again.chain(self.partitions_at(process)).chain(self.coming_and_going(process)).chain([stops]).collect()
    }

    /// That a process is not there.
    pub(crate) fn absence(&self, process: ProcessId) -> String {
        let text = if self.world().has_left(process) { MishapText::HasLeft } else { MishapText::HasNotJoined };
        self.say(text, &[("p", &self.process_name(process))])
    }

    /// The menu of a process that is not there: who has not joined can.
    pub(crate) fn menu_of_absent(&self, process: ProcessId) -> Menu {
        let is_over = self.world().has_left(process);
        let nothing = self.refusal(Rejected::NotHere { process, has_left: true });
        Menu {
            process,
            title: self.absence(process),
            transfer: None,
            nothing: is_over.then_some(nothing),
            choices: self.coming_and_going(process),
            mishaps: Vec::new(),
            drawn: false,
        }
    }

    /// Joining, of who has not; leaving, where the algorithm allows it.
    fn coming_and_going(&self, process: ProcessId) -> Vec<Choice> {
        let p = self.process_name(process);
        let (text, means, action) = if self.world().is_here(process) {
            (SystemText::Leave, SystemText::LeaveMeans, Action::Leave { process })
        } else {
            (SystemText::Join, SystemText::JoinMeans, Action::Join { process })
        };
        let is_over = self.world().has_left(process) || self.world().has_crashed(process);
        if is_over || self.world().check(action) == Err(Rejected::FixedMembers) {
            return Vec::new();
        }
        let now = self.doing(self.say(text, &[("p", &p)]), Some(self.say(means, &[])), action);
        [now].into_iter().chain(self.to_join_later(process)).collect()
    }

    /// Before anything has happened, that a process is a newcomer.
    fn to_join_later(&self, process: ProcessId) -> Option<Choice> {
        let (topology, newcomers) = (self.topology(), self.topology().newcomers());
        let others_stay = topology.process_count() > newcomers.len() + 1;
        if self.step() > 0 || newcomers.contains(&process) || !topology.takes_part(process) || !others_stay {
            return None;
        }
        Some(Choice {
            label: self.say(SystemText::JoinLater, &[("p", &self.process_name(process))]),
            msg: Some(Msg::System(SystemMsg::Newcomer(process))),
            remark: Some(self.say(SystemText::JoinLaterMeans, &[])),
            snapshot: None,
            channel: None,
        })
    }

    /// What can become of the network around a process. What would change nothing is not offered.
    fn partitions_at(&self, process: ProcessId) -> Vec<Choice> {
        let p = self.process_name(process);
        let group = Group::of([process]);
        let cut = group.map(|group| (SystemText::CutOff, SystemText::CutOffMeans, Action::Partition { group }));
        let all = cut.into_iter().chain([(SystemText::Heal, SystemText::HealMeans, Action::Heal)]);
        let possible = all.filter(|(_, _, action)| self.world().check(*action).is_ok());
        let choice =
            |(text, means, action)| self.doing(self.say(text, &[("p", &p)]), Some(self.say(means, &[])), action);
        possible.map(choice).collect()
    }

    /// The names of a group.
    pub(crate) fn group_words(&self, group: Group) -> String {
        let names: Vec<String> = group.processes().map(|process| self.process_name(process)).collect();
        list(self.lang(), &names)
    }

    fn to_send_again(&self, channel: ChannelId) -> Vec<Choice> {
        let q = self.process_name(self.topology().channel(channel).to);
        let choice = |number: u32| {
            let what = self.numbered(channel, number);
            let label = self.say(SystemText::SendAgain, &[("what", &what), ("q", &q)]);
            let means = self.say(SystemText::SendAgainMeans, &[]);
            self.doing(label, Some(means), Action::SendAgain { channel, number })
        };
        self.world().to_send_again(channel).map(choice).collect()
    }

    /// What the link of a channel has given this number.
    fn numbered(&self, channel: ChannelId, number: u32) -> String {
        let trace = self.history().trace();
        let restored = trace.events().rfind(|(_, event)| matches!(event, Event::Restored { .. })).map(|(step, _)| step);
        let since = trace.events().filter(|(step, _)| restored.is_none_or(|restored| *step >= restored));
        let mut sent = since.filter_map(|(_, event)| match *event {
            Event::Sent { channel: on, payload, .. } | Event::Resent { channel: on, payload, .. } if on == channel => {
                Some(self.payload_words(payload))
            }
            Event::ControlSent { channel: on, role, .. } if on == channel => Some(self.role_words(role)),
            _ => None,
        });
        sent.nth(number.saturating_sub(1) as usize).unwrap_or_default()
    }

    /// How time can go on, where the algorithm looks at clocks.
    pub(crate) fn time_choices(&self, process: ProcessId) -> Vec<Choice> {
        if !self.world().algorithm().needs_time() {
            return Vec::new();
        }
        let now = self.world().now();
        let clock = self.topology().clock(process);
        let values = [("now", &*now.0.to_string()), ("reading", &clock.reads(now).to_string())];
        let reads = self.say(SystemText::ClockReads, &values);
        let next = self.next_snapshot();
        let due = self.begun().into_iter().chain([next]).find_map(|snapshot| {
            match self.world().check(Action::Initiate { process, snapshot }) {
                Err(Rejected::TooEarly { wanted, .. }) => Some(wanted),
                _ => None,
            }
        });
        let until = due.and_then(|wanted| Some((wanted, clock.first_reads(wanted)?)));
        let until = until.map(|(wanted, until)| {
            let label = self.say(SystemText::Until, &[("reading", &wanted.to_string())]);
            self.doing(label, Some(reads.clone()), Action::Wait { until })
        });
        let later = A_WHILE.map(|n| {
            let label = self.say(SystemText::Later, &[("n", &n.to_string())]);
            self.doing(label, None, Action::Wait { until: Time(now.0.saturating_add(n)) })
        });
        until.into_iter().chain(later).collect()
    }

    fn doing(&self, label: String, remark: Option<String>, action: Action) -> Choice {
        let why_not = self.world().check(action).err();
        let msg = why_not.is_none().then_some(Msg::Do(action));
        let remark = why_not.map(|why| self.refusal(why)).or(remark);
        Choice { label, msg, remark, snapshot: None, channel: None }
    }

    /// Starts a snapshot where the scenario suggests it, or says why not; where that is by a clock, once the clock is there.
    /// Whether one has begun.
    pub(crate) fn take_snapshot(&mut self) -> bool {
        let start = self.suggested_start();
        if let Some(wait @ Action::Wait { .. }) = self.towards(start) {
            self.act(wait);
        }
        self.act(start)
    }

    /// What is to be done when nothing is under way and a snapshot is not complete, by an algorithm whose processes record
    /// of their own accord: the next of them records, once its clock is there.
    pub(crate) fn duty(&self) -> Option<Action> {
        let snapshot = self.shown().filter(|_| is_by_each(self.world().algorithm()))?;
        self.topology().processes().find_map(|process| self.towards(Action::Initiate { process, snapshot }))
    }

    /// What comes next on the way to a start: the start, or, where that is by a clock, that time goes on. None if it is
    /// refused.
    fn towards(&self, start: Action) -> Option<Action> {
        match self.world().check(start) {
            Ok(()) => Some(start),
            Err(Rejected::TooEarly { process, wanted, .. }) => {
                let until = self.topology().clock(process).first_reads(wanted)?;
                Some(Action::Wait { until })
            }
            Err(_) => None,
        }
    }
}
