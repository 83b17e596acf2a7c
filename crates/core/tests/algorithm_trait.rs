//! An algorithm that uses everything that the trait offers, on channels without order. It takes after Lai and Yang
//! (1987): every message says whether its sender has recorded, and a control message on each channel says how many
//! messages went ahead of the recording, so that the receiver knows when it has them all.
//!
//! Two things are added for the sake of the trait. The control messages go out when a timer rings, and until then
//! nothing else may go out. A message from somebody who has recorded is held back until its receiver has too.

use cutline_core::algorithm::{Algorithm, Arriving, Effect, Effects, Here};
use cutline_core::computation::{Bank, Computation};
use cutline_core::event::ControlRole;
use cutline_core::judge::judge;
use cutline_core::{
    Action, ChannelId, Event, History, LocalState, Order, Payload, ProcessId, Rejected, SnapshotId, System, TimerId,
    Topology, World,
};
use std::sync::Arc;

const ONLY: SnapshotId = SnapshotId(0);
const TIMER: TimerId = TimerId(7);

#[derive(Clone, Debug, PartialEq)]
struct Counting;

#[derive(Clone, Debug, Default, PartialEq)]
struct Memory {
    recorded: bool,
    owes: bool,
    sent: Vec<(ChannelId, u32)>,
    received: Vec<(ChannelId, u32)>,
    announced: Vec<(ChannelId, u32)>,
}

/// How many messages were sent on this channel before its sender recorded.
#[derive(Clone, Debug, PartialEq)]
struct Announced(u32);

/// Whether the sender had recorded.
#[derive(Clone, Debug, PartialEq)]
struct Recorded(bool);

fn count(list: &mut Vec<(ChannelId, u32)>, channel: ChannelId) -> &mut u32 {
    let at = list.iter().position(|(counted, _)| *counted == channel).unwrap_or_else(|| {
        list.push((channel, 0));
        list.len() - 1
    });
    &mut list[at].1
}

impl Memory {
    fn record(&mut self, here: Here<'_>, out: &mut Effects<Announced>) {
        self.recorded = true;
        self.owes = true;
        out.push(Effect::Record(ONLY));
        out.extend(here.incoming().map(|channel| Effect::Open(ONLY, channel)));
        out.push(Effect::SetTimer(TIMER));
    }

    fn has_all(&mut self, channel: ChannelId) -> bool {
        let received = *count(&mut self.received, channel);
        self.announced.contains(&(channel, received))
    }
}

impl Algorithm for Counting {
    type Memory = Memory;
    type Control = Announced;
    type Tag = Recorded;

    fn role(&self, _control: &Announced) -> ControlRole {
        ControlRole::Marker(ONLY)
    }

    fn may_initiate(&self, here: Here<'_>, memory: &Memory, snapshot: SnapshotId) -> Result<(), Rejected> {
        if snapshot != ONLY {
            return Err(Rejected::TooManySnapshots { limit: 1 });
        }
        let already = Rejected::AlreadyRecorded { process: here.process, snapshot };
        if memory.recorded { Err(already) } else { Ok(()) }
    }

    fn may_send(&self, _here: Here<'_>, memory: &Memory, channel: ChannelId) -> Result<(), Rejected> {
        if memory.owes { Err(Rejected::SendHeld { channel }) } else { Ok(()) }
    }

    fn may_receive(
        &self,
        _here: Here<'_>,
        memory: &Memory,
        channel: ChannelId,
        arriving: Arriving<'_, Self>,
    ) -> Result<(), Rejected> {
        match arriving {
            Arriving::Message(Recorded(true)) if !memory.recorded => Err(Rejected::ReceiveHeld { channel }),
            Arriving::Message(_) | Arriving::Control(_) => Ok(()),
        }
    }

    fn initiate(&self, here: Here<'_>, memory: &mut Memory, _: SnapshotId, out: &mut Effects<Announced>) {
        memory.record(here, out);
    }

    fn send(
        &self,
        _here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        _out: &mut Effects<Announced>,
    ) -> Recorded {
        if !memory.recorded {
            *count(&mut memory.sent, channel) += 1;
        }
        Recorded(memory.recorded)
    }

    fn receive(
        &self,
        _here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        Recorded(after): &Recorded,
        out: &mut Effects<Announced>,
    ) {
        if *after {
            return;
        }
        *count(&mut memory.received, channel) += 1;
        if memory.recorded {
            out.push(Effect::Keep(ONLY));
            if memory.has_all(channel) {
                out.push(Effect::Close(ONLY, channel));
            }
        }
    }

    fn control(
        &self,
        here: Here<'_>,
        memory: &mut Memory,
        channel: ChannelId,
        Announced(number): &Announced,
        out: &mut Effects<Announced>,
    ) {
        if !memory.recorded {
            memory.record(here, out);
        }
        memory.announced.push((channel, *number));
        if memory.has_all(channel) {
            out.push(Effect::Close(ONLY, channel));
        }
    }

    fn ring(&self, here: Here<'_>, memory: &mut Memory, timer: TimerId, out: &mut Effects<Announced>) {
        assert_eq!(timer, TIMER);
        memory.owes = false;
        for channel in here.outgoing() {
            out.push(Effect::SendControl(channel, Announced(*count(&mut memory.sent, channel))));
        }
    }
}

const P: ProcessId = ProcessId(0);
const Q: ProcessId = ProcessId(1);
const R: ProcessId = ProcessId(2);
const PQ: ChannelId = ChannelId(0);
const QP: ChannelId = ChannelId(1);

/// Three processes, any two joined both ways.
fn start() -> History<Counting> {
    let mut topology = Topology::new();
    let processes = ["p", "q", "r"].map(|name| topology.add_process(name).unwrap());
    for (from, to) in [(P, Q), (Q, P), (P, R), (R, P), (Q, R), (R, Q)] {
        assert!(processes.contains(&from));
        topology.add_channel(None, from, to, Order::Unordered).unwrap();
    }
    let computation = Computation::Bank(Bank::new(vec![20, 20, 20]).unwrap());
    History::new(World::new(Arc::new(System { topology, computation }), Counting))
}

fn send(channel: ChannelId) -> Action {
    Action::Send { channel, payload: Payload(1) }
}

fn deliver(channel: ChannelId, position: u32) -> Action {
    Action::Deliver { channel, position }
}

fn ring(process: ProcessId) -> Action {
    Action::Ring { process, timer: TIMER }
}

#[test]
fn sends_wait_for_the_timer_and_messages_for_the_recording() {
    let mut history = start();
    history.act(send(PQ)).unwrap();
    history.act(Action::Initiate { process: P, snapshot: ONLY }).unwrap();
    assert_eq!(history.world().timers(P), [TIMER]);
    assert_eq!(history.act(send(PQ)), Err(Rejected::SendHeld { channel: PQ }));
    assert_eq!(history.act(ring(Q)), Err(Rejected::NoSuchTimer { process: Q, timer: TIMER }));
    history.act(ring(P)).unwrap();
    assert_eq!(history.act(ring(P)), Err(Rejected::NoSuchTimer { process: P, timer: TIMER }));
    history.act(send(PQ)).unwrap();

    // In the channel: a message from before, the control message, a message from after.
    assert_eq!(history.act(deliver(PQ, 2)), Err(Rejected::ReceiveHeld { channel: PQ }));
    let deliveries: Vec<Action> =
        history.world().deliveries().filter(|d| matches!(d, Action::Deliver { channel: PQ, .. })).collect();
    assert_eq!(deliveries, [deliver(PQ, 0), deliver(PQ, 1)], "what is held is not on offer");
    history.act(deliver(PQ, 1)).unwrap();
    assert_eq!(history.world().snapshots()[0].process(Q), Some(LocalState::Money(20)));
    history.act(deliver(PQ, 1)).unwrap();
    history.act(deliver(PQ, 0)).unwrap();
    let recorded = history.world().snapshots()[0].channel(PQ);
    assert_eq!(recorded.messages().iter().map(|kept| kept.number).collect::<Vec<_>>(), [1], "the second came after");
}

#[test]
fn the_events_tell_of_timers_and_control_messages() {
    let mut history = start();
    history.act(Action::Initiate { process: Q, snapshot: ONLY }).unwrap();
    history.act(ring(Q)).unwrap();
    let events: Vec<Event> = history.trace().events().map(|(_, event)| *event).collect();
    assert!(events.contains(&Event::TimerSet { process: Q, timer: TIMER }));
    let rang = events.iter().position(|event| *event == Event::TimerRang { process: Q, timer: TIMER }).unwrap();
    let role = ControlRole::Marker(ONLY);
    assert!(matches!(events[rang + 1], Event::ControlSent { channel: QP, role: of, .. } if of == role));
    assert_eq!(events.len(), rang + 3, "one control message on each of the two channels");
}

/// A run in which numbers drawn from `seed` decide what happens, to its end.
fn random_run(seed: u32) -> (History<Counting>, u32) {
    let mut history = start();
    let (mut number, mut held) = (seed, 0);
    let mut draw = |below: usize| {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (number >> 16) as usize % below
    };
    for step in 0.. {
        let world = history.world();
        let rings = [P, Q, R].into_iter().map(ring).filter(|ring| world.check(*ring).is_ok());
        let mut menu: Vec<Action> = world.deliveries().chain(rings).collect();
        if step < 40 {
            let sends: Vec<Action> = world.topology().channels().map(send).collect();
            held += sends.iter().filter(|send| matches!(world.check(**send), Err(Rejected::SendHeld { .. }))).count();
            menu.extend(sends.into_iter().filter(|send| world.check(*send).is_ok()));
        }
        if step == 10 {
            menu = vec![Action::Initiate { process: ProcessId::at(draw(3)), snapshot: ONLY }];
            menu.retain(|initiation| world.check(*initiation).is_ok());
        }
        let Some(action) = menu.get(draw(menu.len().max(1))) else { break };
        history.act(*action).unwrap();
    }
    (history, u32::try_from(held).unwrap())
}

#[test]
fn every_random_run_on_unordered_channels_is_consistent() {
    let (mut kept, mut held, mut overtaken) = (0, 0, 0);
    for seed in 0..300 {
        let (history, held_here) = random_run(seed);
        let verdict = judge(&history.trace(), ONLY);
        assert!(verdict.is_consistent(), "seed {seed}: {verdict:?}");
        assert!(history.world().is_quiet());
        kept += verdict.messages.iter().filter(|fate| fate.kept > 0).count();
        held += held_here;
        let deliveries = history.trace().steps.into_iter().map(|step| step.action);
        overtaken += deliveries.filter(|a| matches!(a, Action::Deliver { position: 1.., .. })).count();
    }
    assert!(kept > 300 && held > 300 && overtaken > 300, "{kept} kept, {held} held, {overtaken} overtaken");
}
