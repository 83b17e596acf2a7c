//! Recording when the local clock reads T: the cases and the grid that others worked out, played in a world.

use cutline_core::algorithms::global_clock::{GlobalClock, Remedy};
use cutline_core::computation::{Bank, Computation};
use cutline_core::judge::{Class, Fate, judge};
use cutline_core::time::{Clock, Time};
use cutline_core::world::Waiting;
use cutline_core::{Action, ChannelId, Event, History, Order, Payload, SnapshotId, System, Topology, World};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The files count in halves.
const UNIT: i64 = 2;
const ONLY: SnapshotId = SnapshotId(0);

/// A message: from whom, when it is sent and when it comes, in halves.
#[derive(Clone, Copy)]
struct Planned {
    from: u16,
    sent: i64,
    comes: i64,
}

fn halves(value: &Value) -> i64 {
    let twice = value.as_f64().expect("a number") * 2.0;
    assert!((twice - twice.round()).abs() < 1e-9, "{value} is not a whole number of halves");
    twice.round() as i64
}

/// Two processes with clocks that are off by so much, which record when their clocks read `at`. Every message arrives when
/// it comes, or if it is held back then, as soon as it can be had.
fn played(offsets: [i64; 2], at: i64, remedy: Remedy, messages: &[Planned]) -> History<GlobalClock> {
    played_by(offsets.map(|offset| Clock { offset, drift: 0 }), at, remedy, messages)
}

/// The same with any clocks.
fn played_by(clocks: [Clock; 2], at: i64, remedy: Remedy, messages: &[Planned]) -> History<GlobalClock> {
    let mut topology = Topology::new();
    let processes = ["p", "q"].map(|name| topology.add_process(name).expect("a name"));
    for (from, to) in [(0, 1), (1, 0)] {
        topology.add_channel(None, processes[from], processes[to], Order::Unordered).expect("a channel");
    }
    for (process, clock) in processes.iter().zip(clocks) {
        topology.set_clock(*process, clock);
    }
    let computation = Computation::Bank(Bank::new(vec![100, 100]).expect("a bank"));
    let world = World::new(Arc::new(System { topology, computation }), GlobalClock { every: at, remedy });
    let mut history = History::new(world);
    let last = messages.iter().map(|message| message.comes).max().unwrap_or(0).max(at) + 20;
    for now in 0..=last {
        let until = Time(u64::try_from(now).expect("a time"));
        history.act(Action::Wait { until }).expect("time goes on");
        for process in processes {
            let _ = history.act(Action::Initiate { process, snapshot: ONLY });
        }
        for (amount, message) in (1..).zip(messages).filter(|(_, message)| message.sent == now) {
            let send = Action::Send { channel: ChannelId(message.from), payload: Payload(amount) };
            history.act(send).expect("it has enough");
        }
        for (amount, message) in (1..).zip(messages).filter(|(_, message)| message.comes <= now) {
            let channel = ChannelId(message.from);
            let is_it = |item| matches!(item, Waiting::Message(kept) if kept.payload == Payload(amount));
            let place = history.world().in_channel(channel).position(is_it);
            if let Some(position) = place {
                let _ = history.act(Action::Deliver { channel, position: u32::try_from(position).expect("few") });
            }
        }
    }
    loop {
        let next = history.world().deliveries().next();
        let Some(counts) = next else { break };
        history.act(counts).expect("it can be had");
    }
    history
}

/// Where the cut puts each message, by what it carries less 1.
fn classes(history: &History<GlobalClock>) -> Vec<Class> {
    let verdict = judge(&history.trace(), ONLY);
    assert!(verdict.is_complete(), "{verdict:?}");
    let mut fates = verdict.messages.clone();
    fates.sort_by_key(|fate| fate.payload);
    let classes: Vec<Class> = fates.iter().map(Fate::class).collect();
    assert_eq!(verdict.is_consistent(), !classes.contains(&Class::Orphan), "{verdict:?}");
    classes
}

/// When each process recorded, in halves.
fn recorded_at(history: &History<GlobalClock>) -> [i64; 2] {
    let (mut now, mut at) = (0, [0; 2]);
    for (_, event) in history.trace().events() {
        match *event {
            Event::TimePassed { now: Time(time) } => now = i64::try_from(time).expect("small"),
            Event::Recorded { process, .. } => at[process.index()] = now,
            _ => {}
        }
    }
    at
}

fn remedy(mode: &str) -> Remedy {
    match mode {
        "plain" => Remedy::None,
        "stamp" => Remedy::Stamps,
        "hold" => Remedy::Holding,
        other => panic!("there is no mode {other}"),
    }
}

fn known() -> Map<String, Value> {
    serde_json::from_str(include_str!("../data/golden-clock.json")).expect("the known figures")
}

#[test]
fn the_cases_come_out_as_others_found() {
    let known = known();
    let cases = known["cases"].as_array().expect("cases");
    assert_eq!(cases.len(), 12);
    for case in cases {
        let planned = |message: &Value| {
            let sent = halves(&message["s"]);
            Planned {
                from: u16::try_from(message["from"].as_u64().expect("a process")).expect("one of two"),
                sent,
                comes: sent + halves(&message["d"]),
            }
        };
        let messages: Vec<&Value> = case["messages"].as_array().expect("messages").iter().collect();
        let planned: Vec<Planned> = messages.iter().map(|message| planned(message)).collect();
        let offsets = [halves(&case["offsets"][0]), halves(&case["offsets"][1])];
        let mode = case["mode"].as_str().expect("a mode");
        let history = played(offsets, halves(&case["T"]), remedy(mode), &planned);
        let found: Map<String, Value> = messages
            .iter()
            .zip(classes(&history))
            .map(|(message, class)| {
                let words = match class {
                    Class::Past => "received in cut",
                    Class::InChannel => "in channel",
                    Class::Future => "after cut",
                    Class::Orphan => "orphan",
                };
                (message["id"].as_str().expect("a name").to_owned(), json!(words))
            })
            .collect();
        assert_eq!(Value::Object(found), case["result"], "{}, {mode}", case["name"]);
        let at = recorded_at(&history);
        let expected = ["0", "1"].map(|process| halves(&case["recorded_at_real"][process]));
        assert_eq!(at, expected, "{}, {mode}", case["name"]);
    }
}

/// Every schedule of one message, in steps of a half: orphans are possible exactly where the delay is smaller than the
/// difference of the clocks, and never with a remedy.
#[test]
fn the_grid_comes_out_as_others_found() {
    const AT: i64 = 40 * UNIT;
    let known = known();
    for cell in known["grid"].as_array().expect("a grid") {
        let (eps, least) = (halves(&cell["eps"]), halves(&cell["dmin"]));
        let (mut schedules, mut orphans) = (0, 0);
        for offset in -eps..=eps {
            for sent in AT - 8 * UNIT..=AT + 8 * UNIT {
                for delay in least..=least + 2 * UNIT {
                    let message = Planned { from: 0, sent, comes: sent + delay };
                    schedules += 1;
                    let is_orphan = |remedy| classes(&played([0, offset], AT, remedy, &[message]))[0] == Class::Orphan;
                    orphans += i64::from(is_orphan(Remedy::None));
                    if delay <= least + 1 {
                        assert!(!is_orphan(Remedy::Stamps) && !is_orphan(Remedy::Holding), "{offset} {sent} {delay}");
                    }
                }
            }
        }
        assert_eq!(
            (json!(schedules), json!(orphans)),
            (cell["schedules"].clone(), cell["with_orphan"].clone()),
            "{cell}"
        );
        assert_eq!(orphans > 0, least < eps, "{cell}");
    }
}

/// How far two clocks are apart at most until so late.
fn apart(clocks: [Clock; 2], until: u64) -> i64 {
    let at = |time: u64| clocks[0].reads(Time(time)).abs_diff(clocks[1].reads(Time(time)));
    i64::try_from((0..=until).map(at).max().unwrap_or(0)).expect("small")
}

/// Clocks of which one is fast and one slow: with a delay of at least eps / (1 - rho) no message is an orphan, whenever it is
/// sent; and one can be exactly where the delay is shorter than the moments of recording lie apart.
#[test]
fn drift_is_bridged_by_long_delays_and_by_remedies() {
    const AT: i64 = 80;
    let (mut bridged, mut broken) = (0, 0);
    for (slow, fast) in [(-60_000, 60_000), (0, 90_000), (-40_000, 0), (30_000, 50_000)] {
        for offset in [-3, 0, 3] {
            let clocks = [Clock { offset: 0, drift: fast }, Clock { offset, drift: slow }];
            let [first, second] = clocks.map(|clock| clock.first_reads(AT).expect("it will"));
            let (first, second) = (first.0 as i64, second.0 as i64);
            let (eps, rho) = (apart(clocks, 120), i64::from(slow.abs().max(fast)));
            for delay in (0..=16).step_by(2) {
                let sent = (first - 3..first + 18).step_by(3);
                let messages = sent.map(|sent| Planned { from: 0, sent, comes: sent + delay });
                let is_orphan = |message: &Planned, remedy| {
                    classes(&played_by(clocks, AT, remedy, &[*message]))[0] == Class::Orphan
                };
                let orphans = messages.clone().filter(|message| is_orphan(message, Remedy::None)).count();
                let is_bridged = (1_000_000 - rho) * delay >= eps * 1_000_000;
                assert!(!is_bridged || orphans == 0, "{clocks:?} {delay} {eps}: {orphans}");
                assert_eq!(orphans > 0, delay < second - first, "{clocks:?} {delay}: {first} {second}");
                let helped = [Remedy::Stamps, Remedy::Holding];
                assert!(messages.clone().all(|message| helped.iter().all(|remedy| !is_orphan(&message, *remedy))));
                bridged += usize::from(is_bridged);
                broken += usize::from(orphans > 0);
            }
        }
    }
    assert!(bridged > 10 && broken > 10, "{bridged} {broken}");
}

/// The remedy that holds sending back: nobody sends for so long that the slowest clock has reached T.
#[test]
fn silence_is_kept() {
    let mut world = played([0, -6], 200, Remedy::Silence(6), &[]).world().clone();
    let action = Action::Send { channel: ChannelId(0), payload: Payload(1) };
    let quiet = |until: u64| {
        let world = World::new(world.system().clone(), GlobalClock { every: 200, remedy: Remedy::Silence(6) });
        let mut world = world;
        world.apply(Action::Wait { until: Time(until) }, &mut Vec::new()).expect("later");
        world.check(action).is_err()
    };
    let silent: Vec<u64> = (195..215).filter(|time| quiet(*time)).collect();
    assert_eq!(silent, (200..206).collect::<Vec<u64>>());
    assert!(world.apply(Action::Wait { until: Time(0) }, &mut Vec::new()).is_err(), "time does not go back");
}
