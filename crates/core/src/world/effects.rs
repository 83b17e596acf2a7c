//! Doing what algorithms ask for.

use super::{MAX_SNAPSHOTS, World};
use crate::algorithm::{Algorithm, Effect};
use crate::collection::Part;
use crate::computation::LocalState;
use crate::event::Event;
use crate::ids::{ChannelId, ControlId, ProcessId, SnapshotId};
use crate::snapshot::{ChannelRecord, Kept, Snapshot};

/// On whose behalf effects are performed.
pub(super) struct Occasion {
    pub(super) process: ProcessId,
    pub(super) via: Option<ChannelId>,
    /// The application message that arrives or is about to leave.
    pub(super) message: Option<Kept>,
}

impl Occasion {
    /// Nothing has come, and no message leaves.
    pub(super) fn by_itself(process: ProcessId) -> Self {
        Self { process, via: None, message: None }
    }
}

impl<A: Algorithm> World<A> {
    /// Does what an algorithm asks for, whether or not it is wise: that is for the judge to say.
    #[inline(never)]
    pub(super) fn perform(&mut self, occasion: &Occasion, events: &mut Vec<Event>) {
        let mut effects = std::mem::take(&mut self.effects);
        let process = occasion.process;
        for effect in effects.drain(..) {
            if !self.concerns(process, &effect) {
                debug_assert!(false, "{effect:?} is not for an algorithm at {process:?} to ask");
                continue;
            }
            match effect {
                // It passes on what messages carry, and its state belongs to no snapshot.
                Effect::Record(_) if !self.topology().takes_part(process) => {}
                Effect::Record(snapshot) => {
                    let state = self.sites[process.index()].state;
                    self.record(process, snapshot, state);
                    events.push(Event::Recorded { process, snapshot, state, via: occasion.via, noted: None });
                }
                Effect::Open(snapshot, channel) => {
                    self.snapshot(snapshot).open(channel);
                    events.push(Event::Opened { snapshot, channel });
                }
                Effect::Keep(snapshot) => {
                    let (Some(channel), Some(kept)) = (occasion.via, occasion.message) else { continue };
                    self.snapshot(snapshot).keep(channel, kept);
                    events.push(Event::Kept { snapshot, channel, message: kept.message });
                }
                Effect::SetAside(snapshot) => {
                    let (Some(channel), Some(kept)) = (occasion.via, occasion.message) else { continue };
                    self.snapshot(snapshot).set_aside(channel, kept);
                }
                Effect::TakeIn(snapshot, channel) => {
                    for kept in self.snapshot(snapshot).take_in(channel) {
                        events.push(Event::Kept { snapshot, channel, message: kept.message });
                    }
                }
                Effect::Close(snapshot, channel) => {
                    self.snapshot(snapshot).close(channel);
                    events.push(Event::Closed { snapshot, channel });
                }
                Effect::SendControl(channel, control) => _ = self.send_control(channel, control, events),
                Effect::Report { channel, snapshot, parts, control } => {
                    let id = self.send_control(channel, control, events);
                    let own = self.own_part(process, snapshot);
                    self.collection.attach(id, process, snapshot, &parts, own);
                }
                Effect::SetTimer(timer) => {
                    self.sites[process.index()].timers.push(timer);
                    events.push(Event::TimerSet { process, timer });
                }
                seldom => self.perform_seldom(occasion, seldom, events),
            }
        }
        self.effects = effects;
    }

    /// What few algorithms ask for.
    #[inline(never)]
    fn perform_seldom(&mut self, occasion: &Occasion, effect: Effect<A::Control>, events: &mut Vec<Event>) {
        let process = occasion.process;
        match effect {
            Effect::Note(number) => {
                let state = self.sites[process.index()].state;
                self.notes.note(process, number, state);
                events.push(Event::Noted { process, number, state });
            }
            Effect::Recall(_, _) if !self.topology().takes_part(process) => {}
            Effect::Recall(snapshot, number) => {
                let Some(state) = self.notes.find(process, number) else { return };
                self.record(process, snapshot, state);
                events.push(Event::Recorded { process, snapshot, state, via: occasion.via, noted: Some(number) });
            }
            Effect::Leave(snapshot, channel) => {
                self.snapshot(snapshot).leave(channel);
                events.push(Event::Left { snapshot, channel });
            }
            Effect::Discard(snapshot) => {
                let system = self.around.system.clone();
                self.snapshot(snapshot).discard(process, &system.topology);
                self.transport.iter_mut().for_each(|transport| transport.discard(process, snapshot));
                events.push(Event::Discarded { process, snapshot });
            }
            Effect::Conclude(snapshot) => {
                self.snapshot(snapshot).conclude(process);
                self.transport.iter_mut().for_each(|transport| transport.conclude(snapshot));
                events.push(Event::Concluded { process, snapshot });
            }
            Effect::Announce => events.push(Event::Announced { process }),
            Effect::Assemble(snapshot) => {
                let own = self.own_part(process, snapshot);
                if self.collection.assemble(process, snapshot, own.as_ref(), &self.around.system.topology) {
                    events.push(Event::Collected { process, snapshot });
                }
            }
            other => self.perform_on_histories(occasion, other, events),
        }
    }

    fn record(&mut self, process: ProcessId, snapshot: SnapshotId, state: LocalState) {
        self.snapshot(snapshot).record(process, state);
        if let Some(transport) = &mut self.transport {
            transport.record(&self.around.system.topology, process, snapshot, state);
        }
    }

    fn send_control(&mut self, channel: ChannelId, control: A::Control, events: &mut Vec<Event>) -> ControlId {
        let role = self.algorithm.role(&control);
        let id = self.lanes[channel.index()].put_control(&mut self.next, control);
        events.push(Event::ControlSent { control: id, channel, role });
        id
    }

    /// What has to do with what an algorithm has the world remember.
    #[inline(never)]
    fn perform_on_histories(&mut self, occasion: &Occasion, effect: Effect<A::Control>, events: &mut Vec<Event>) {
        let process = occasion.process;
        match effect {
            Effect::Remember(channel, number) => {
                if let (None, Some(kept)) = (occasion.via, occasion.message) {
                    self.histories.remember(channel, (number, kept));
                }
            }
            Effect::Enclose { channel, histories, control } => {
                let id = self.send_control(channel, control, events);
                self.histories.enclose(id, &histories);
            }
            Effect::Settle { snapshot, channel, numbers } => {
                self.settle(process, (snapshot, channel), &numbers, events);
            }
            Effect::Forget(channel, but) => {
                let is_own = self.lanes[channel.index()].from == process;
                self.histories.forget(process, channel, &but, is_own);
            }
            _ => {}
        }
    }

    /// Records messages of a channel from its history.
    fn settle(
        &mut self,
        process: ProcessId,
        (snapshot, channel): (SnapshotId, ChannelId),
        numbers: &[u32],
        events: &mut Vec<Event>,
    ) {
        if matches!(self.snapshot(snapshot).channel(channel), ChannelRecord::Closed(_)) {
            return;
        }
        let is_own = self.lanes[channel.index()].from == process;
        for number in numbers {
            if let Some(kept) = self.histories.find(process, channel, *number, is_own) {
                self.snapshot(snapshot).keep(channel, kept);
                events.push(Event::Kept { snapshot, channel, message: kept.message });
            }
        }
        self.snapshot(snapshot).close(channel);
        events.push(Event::Closed { snapshot, channel });
    }

    fn own_part(&self, process: ProcessId, snapshot: SnapshotId) -> Option<Part> {
        Part::of(self.snapshots.get(snapshot.index())?, process, &self.around.system.topology)
    }

    /// Whether an effect touches nothing but the process where it was asked for and its channels.
    fn concerns(&self, process: ProcessId, effect: &Effect<A::Control>) -> bool {
        let topology = &self.around.system.topology;
        match effect {
            Effect::Record(snapshot)
            | Effect::Recall(snapshot, _)
            | Effect::Keep(snapshot)
            | Effect::SetAside(snapshot)
            | Effect::Discard(snapshot)
            | Effect::Conclude(snapshot)
            | Effect::Assemble(snapshot) => snapshot.0 < MAX_SNAPSHOTS,
            Effect::Open(snapshot, channel)
            | Effect::TakeIn(snapshot, channel)
            | Effect::Leave(snapshot, channel)
            | Effect::Close(snapshot, channel) => {
                snapshot.0 < MAX_SNAPSHOTS && topology.incoming(process).contains(channel)
            }
            Effect::SendControl(channel, _) | Effect::Report { channel, .. } | Effect::Remember(channel, _) => {
                topology.outgoing(process).contains(channel)
            }
            Effect::Enclose { channel, histories, .. } => {
                let own = topology.outgoing(process);
                own.contains(channel) && histories.iter().all(|history| own.contains(history))
            }
            Effect::Settle { snapshot, channel, .. } => snapshot.0 < MAX_SNAPSHOTS && topology.has_channel(*channel),
            Effect::Forget(channel, _) => {
                topology.outgoing(process).contains(channel) || topology.incoming(process).contains(channel)
            }
            Effect::SetTimer(_) | Effect::Announce | Effect::Note(_) => true,
        }
    }

    pub(super) fn snapshot(&mut self, id: SnapshotId) -> &mut Snapshot {
        while self.snapshots.len() <= id.index() {
            self.snapshots.push(self.blank_snapshot());
        }
        &mut self.snapshots[id.index()]
    }
}
