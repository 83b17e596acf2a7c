//! Another system in place of the one that is open: every choice opens, does again what the application did, fits into a
//! link, and takes snapshots that are as good as its assumptions.

use cutline_core::algorithms::global_clock::Remedy;
use cutline_core::world::Waiting;
use cutline_core::{Action, ChannelId, Event, MessageId, Method, ProcessId, Scenario};
use cutline_diagram::Target;
use cutline_session::systems::{Network, Processes, Rhythm, SystemMsg};
use cutline_session::{Lang, Msg, Session, Standing};

const NETWORKS: [Network; 3] = [Network::Ordered, Network::Unordered, Network::Repaired];

/// The scenarios of the paper's algorithm, whose channels keep the order and lead from everybody to everybody.
fn opened() -> Vec<Session> {
    all().into_iter().take(5).collect()
}

/// Every scenario that comes with the page.
fn all() -> Vec<Session> {
    let count = Session::new(Lang::En).titles().count();
    let open = |at: usize| {
        let mut session = Session::new(Lang::En);
        session.update(Msg::Open(at));
        session
    };
    (0..count).map(open).collect()
}

fn chosen(session: &Session) -> Vec<String> {
    let all = [session.algorithms(), session.networks(), session.kinds_of_processes()];
    all.into_iter().flatten().filter(|offered| offered.is_chosen).map(|offered| offered.label).collect()
}

/// What the application did at each process, in its order, without names.
fn application(session: &Session) -> Vec<String> {
    let words = |event: &Event| match *event {
        Event::Sent { channel, payload, state, .. } => Some(format!("sent {payload:?} on {channel:?}: {state:?}")),
        Event::Received { channel, payload, state, .. } => {
            Some(format!("received {payload:?} on {channel:?}: {state:?}"))
        }
        Event::Acted { process, state, .. } => Some(format!("{process:?} acted: {state:?}")),
        _ => None,
    };
    let trace = session.history().trace_to(session.step());
    let at = |process| trace.events().filter(move |(_, event)| event.process(session.topology()) == process);
    session.topology().processes().flat_map(|process| at(process).filter_map(|(_, event)| words(event))).collect()
}

fn reopened(session: &Session) -> Session {
    let mut other = Session::new(Lang::En);
    other.open_link(&session.link().expect("short enough").text);
    assert!(other.notice_words().is_none(), "{:?}", other.notice_words());
    other
}

#[test]
fn every_algorithm_can_be_chosen_on_every_network_and_does_what_the_application_did() {
    for before in opened() {
        for offered in before.algorithms() {
            let mut session = before.clone();
            session.update(offered.msg);
            assert!(chosen(&session).contains(&offered.label), "{}: {:?}", offered.label, chosen(&session));
            assert_eq!(session.algorithm_name(), offered.label);
            assert_eq!(application(&session), application(&before), "{}: {}", before.about(), offered.label);
            let title = session.titles().nth(session.current()).unwrap().to_owned();
            assert!(title.ends_with(&format!(" · {}", offered.label)), "{title}");
            assert_eq!(title.matches(" · ").count(), 1, "{title}");
            for network in NETWORKS {
                session.update(Msg::System(SystemMsg::Network(network)));
                assert_eq!(chosen(&session).len(), 3, "{:?}", chosen(&session));
                assert_eq!(application(&session), application(&before), "{}: {network:?}", offered.label);
                let other = reopened(&session);
                assert_eq!(chosen(&other), chosen(&session));
                assert_eq!(other.history().trace().fingerprint(), session.history().trace().fingerprint());
            }
        }
    }
}

#[test]
fn whose_assumptions_are_met_takes_consistent_snapshots_and_says_where_they_are_not() {
    for mut session in opened() {
        for network in NETWORKS {
            for at in 0..session.algorithms().len() {
                session.update(Msg::System(SystemMsg::Network(network)));
                session.update(session.algorithms()[at].msg);
                let offered = &session.algorithms()[at];
                let (label, unmet) = (offered.label.clone(), offered.unmet.is_some());
                assert!(!unmet || network == Network::Unordered, "{label} on {network:?}");
                if label == "Dijkstra–Scholten" {
                    continue;
                }
                if session.begun().is_empty() {
                    session.update(Msg::TakeSnapshot);
                }
                assert_eq!(session.notice(), None, "{label}");
                session.update(Msg::RunToEnd);
                let standing = session.verdict_words().standing;
                // Whether it goes wrong where something is not met is a matter of luck.
                if label == "Naive" || label == "Checkpoints without coordination" || unmet {
                    continue;
                }
                assert_eq!(
                    standing,
                    Standing::Consistent,
                    "{label} on {network:?}: {}",
                    session.verdict_words().reasons.plain()
                );
            }
        }
    }
}

#[test]
fn processes_of_every_kind_can_be_put_in_their_place() {
    for before in opened() {
        for (kind, words) in
            [Processes::Money, Processes::Token, Processes::Work, Processes::Waiting].into_iter().zip(0..)
        {
            let mut session = before.clone();
            session.update(Msg::System(SystemMsg::Processes(kind)));
            assert!(session.kinds_of_processes()[words].is_chosen, "{kind:?}");
            assert_eq!(session.step(), 0);
            session.update(Msg::Traffic { actions: 30 });
            session.update(Msg::TakeSnapshot);
            session.update(Msg::RunToEnd);
            assert_eq!(session.verdict_words().standing, Standing::Consistent, "{kind:?}");
            assert_eq!(chosen(&reopened(&session)), chosen(&session));
        }
    }
}

/// Whatever a menu offers can be done, and what was lost or repeated shows in the verdict.
#[test]
fn what_can_go_wrong_stands_in_the_menus() {
    let mut session = Session::new(Lang::En);
    session.update(Msg::OpenMenu(ProcessId(1)));
    let crash = session.menu().unwrap().mishaps.pop().unwrap();
    session.update(crash.msg.unwrap());
    assert!(session.world().has_crashed(ProcessId(1)));
    session.update(Msg::OpenMenu(ProcessId(1)));
    let restart = session.menu().unwrap().mishaps.pop().unwrap();
    assert!(restart.label.contains("begins again"), "{restart:?}");
    session.update(restart.msg.unwrap());
    assert!(!session.world().has_crashed(ProcessId(1)));

    let mut session = Session::new(Lang::En);
    let channel = session.topology().channels().find(|c| session.world().in_channel(*c).len() > 0).unwrap();
    let waiting = session.world().in_channel(channel).len();
    let open = |session: &mut Session| {
        session.update(Msg::Edit(cutline_session::EditMsg::Open(cutline_diagram::Target::Waiting(channel, 0))));
        session.thing_menu().unwrap().mishaps
    };
    let mishaps = open(&mut session);
    session.update(mishaps[1].msg.unwrap());
    assert_eq!(session.world().in_channel(channel).len(), waiting + 1);
    let mishaps = open(&mut session);
    session.update(mishaps[0].msg.unwrap());
    let mishaps = open(&mut session);
    session.update(mishaps[0].msg.unwrap());
    assert_eq!(session.world().in_channel(channel).len(), waiting - 1);
    session.update(Msg::TakeSnapshot);
    session.update(Msg::RunToEnd);
    assert_eq!(session.verdict_words().standing, Standing::Inconsistent, "the sum is not what it was at the start");
}

#[test]
fn a_process_is_cut_off_and_the_network_healed_from_its_menu() {
    let mut session = Session::new(Lang::En);
    session.update(Msg::Reset);
    let offered = |session: &mut Session, label: &str| {
        session.update(Msg::OpenMenu(ProcessId(1)));
        let found = session.menu().unwrap().mishaps.into_iter().find(|choice| choice.label.contains(label));
        session.update(Msg::CloseMenu);
        found
    };
    assert!(offered(&mut session, "Heal").is_none(), "there is nothing to heal");
    let cut = offered(&mut session, "off").unwrap();
    session.update(cut.msg.unwrap());
    assert!(session.explanation().plain().contains("comes apart"), "{}", session.explanation().plain());
    assert!(offered(&mut session, "off").is_none(), "it is cut off");
    session.update(Msg::TakeSnapshot);
    session.update(Msg::RunToEnd);
    assert_eq!(session.verdict_words().standing, Standing::Recording);
    let heal = offered(&mut session, "Heal").unwrap();
    session.update(heal.msg.unwrap());
    session.update(Msg::RunToEnd);
    assert_eq!(session.verdict_words().standing, Standing::Consistent);
}

#[test]
fn the_verdict_says_what_holds_without_a_process_that_crashed() {
    let mut session = Session::new(Lang::En);
    session.update(Msg::Reset);
    let ends = |session: &Session| session.verdict_words().reasons.plain();
    session.update(Msg::Do(Action::Crash { process: ProcessId(1) }));
    session.update(Msg::TakeSnapshot);
    session.update(Msg::RunToEnd);
    assert_eq!(session.verdict_words().standing, Standing::Recording);
    let said = ends(&session);
    assert!(said.contains("Unavailable: ") && said.contains("a lower bound"), "{said}");
    session.update(Msg::Do(Action::Restart { process: ProcessId(1) }));
    let said = ends(&session);
    assert!(!said.contains("Unavailable"), "{said}");
}

#[test]
fn a_lost_item_can_be_sent_again_where_links_number_everything() {
    let mut session = Session::new(Lang::En);
    session.update(Msg::System(SystemMsg::Network(Network::Repaired)));
    let channel = session.topology().channels().find(|c| session.world().in_channel(*c).len() > 0).unwrap();
    let sender = session.topology().channel(channel).from;
    let Some(Waiting::Message(kept)) = session.world().in_channel(channel).next() else { panic!("a message") };
    session.update(Msg::Do(Action::Lose { channel, position: 0 }));
    session.update(Msg::OpenMenu(sender));
    let again = session.menu().unwrap().mishaps.remove(0);
    assert!(again.label.starts_with(&format!("Send {} to", kept.payload.0)), "{again:?}");
    session.update(again.msg.unwrap());
    session.update(Msg::TakeSnapshot);
    session.update(Msg::RunToEnd);
    assert_eq!(session.verdict_words().standing, Standing::Consistent);
}

#[test]
fn time_goes_on_where_clocks_matter() {
    let mut session = Session::new(Lang::En);
    let clock = session.algorithms().into_iter().find(|offered| offered.label == "Global clock").unwrap();
    session.update(clock.msg);
    let before = session.world().now();
    session.update(Msg::OpenMenu(ProcessId(0)));
    let until = session.menu().unwrap().choices.into_iter().find(|choice| choice.label.contains("time go on")).unwrap();
    session.update(until.msg.unwrap());
    assert!(session.world().now() > before);
}

/// Whatever comes with the page, and whatever is chosen there: it opens, runs on, and a link brings it back.
#[test]
fn every_choice_on_every_scenario_opens_and_has_a_link() {
    for before in all() {
        let about = before.about().to_owned();
        assert!(before.algorithms().iter().filter(|offered| offered.is_chosen).count() <= 1, "{about}");
        let choices = [before.algorithms(), before.networks(), before.kinds_of_processes()];
        for offered in choices.into_iter().flatten() {
            let mut session = before.clone();
            session.update(offered.msg);
            assert!(chosen(&session).contains(&offered.label), "{about}: {}", offered.label);
            session.update(Msg::TakeSnapshot);
            session.update(Msg::RunToEnd);
            let other = reopened(&session);
            assert_eq!(other.history().trace().fingerprint(), session.history().trace().fingerprint(), "{about}");
        }
    }
}

#[test]
fn undo_does_not_lead_into_the_system_before() {
    for offered in Session::new(Lang::En).algorithms() {
        let mut session = Session::new(Lang::En);
        session.update(Msg::TakeSnapshot);
        session.update(offered.msg);
        let steps = session.steps();
        for _ in 0..4 {
            session.update(Msg::Edit(cutline_session::EditMsg::Undo));
            session.update(Msg::Edit(cutline_session::EditMsg::Redo));
        }
        assert_eq!(session.steps(), steps, "{}", offered.label);
    }
}

/// What the paper's rules say is said of the paper's algorithm alone.
#[test]
fn no_other_algorithm_is_told_in_the_words_of_the_paper() {
    let before = Session::new(Lang::En);
    for offered in before.algorithms() {
        let mut session = before.clone();
        session.update(offered.msg);
        session.update(Msg::TakeSnapshot);
        session.update(Msg::RunToEnd);
        let is_paper = offered.label.starts_with("Chandy");
        let told: Vec<String> = (0..=session.steps()).map(|step| session.teller().tell(step).plain()).collect();
        let of_paper = ["The marker on", "each of its outgoing channels", "first marker", "has not recorded yet"];
        let says = told.iter().any(|words| of_paper.iter().any(|part| words.contains(part)));
        assert_eq!(says, is_paper, "{}: {told:#?}", offered.label);
    }
}

#[test]
fn a_snapshot_by_clocks_is_taken_by_one_press() {
    let mut session = Session::new(Lang::En);
    let clock = session.algorithms().into_iter().find(|offered| offered.label == "Global clock").unwrap();
    session.update(clock.msg);
    session.update(Msg::Time(cutline_session::TimeMsg::TakeWhole));
    assert_eq!(session.notice(), None);
    session.update(Msg::RunToEnd);
    assert_eq!(session.verdict_words().standing, Standing::Consistent);
}

/// A colour and what was sent before ride on a message; whoever hears its name hears them, in both languages.
#[test]
fn what_rides_on_a_message_is_part_of_its_name() {
    let scenario = |algorithm: &str| {
        let system = "process P has 50\nprocess Q has 50\nchannel P -> Q\nchannel Q -> P\n";
        let run = "run\nP sends 5 to Q\nP starts a snapshot\nP sends 7 to Q\n";
        Scenario::parse(&format!("cutline 1\ntitle Riding\n{system}algorithm {algorithm}\n{run}")).unwrap()
    };
    let named = |algorithm: &str, lang: Lang, message: u32| {
        Session::with(vec![scenario(algorithm)], lang).label(Target::Message(MessageId(message)))
    };
    assert_eq!(named("chandy-lamport", Lang::En, 1), "7 from P to Q");
    assert_eq!(named("lai-yang", Lang::En, 0), "5 from P to Q; white: P had not recorded when it sent it");
    assert_eq!(named("lai-yang", Lang::En, 1), "7 from P to Q; red: P had recorded for snapshot 1 when it sent it");
    assert_eq!(named("lai-yang", Lang::Zh, 1), "P 发给 Q 的 7；红色：发送时 P 已为快照 1 记录");
    assert_eq!(named("index-based", Lang::En, 1), "7 from P to Q; snapshots that P had recorded when it sent it: 1");
    assert_eq!(named("koo-toueg-unblocked", Lang::Zh, 1), "P 发给 Q 的 7；它在通道上的编号：2");
    assert_eq!(named("acharya-badrinath", Lang::En, 0), "5 from P to Q; P knew of nothing sent to Q before it");
    let last = named("acharya-badrinath", Lang::En, 1);
    assert_eq!(last, "7 from P to Q; sent to Q before it, as far as P knew: 2 by P");
    let waiting = Session::with(vec![scenario("lai-yang")], Lang::En).label(Target::Waiting(ChannelId(0), 0));
    assert_eq!(waiting, "Deliver 5 from P to Q; white: P had not recorded when it sent it");
}

/// What the application was to do after the present is still to come, and what the scenario says of itself is told of what it was.
#[test]
fn choosing_keeps_what_is_to_come_and_the_headline() {
    for mut before in opened() {
        before.update(Msg::RunToEnd);
        before.update(Msg::Seek(3));
        for msg in [SystemMsg::Network(Network::Unordered), SystemMsg::Algorithm(2)] {
            let mut session = before.clone();
            session.update(Msg::System(msg));
            assert_eq!(application(&session), application(&before), "{msg:?}");
            assert!(session.steps() > session.step(), "{msg:?}");
            assert!(
                session.about().ends_with(before.about()) && session.about() != before.about(),
                "{}",
                session.about()
            );
            let told = session.about().to_owned();
            session.update(Msg::System(msg));
            assert_eq!(session.about(), told, "it is said once");
            let (mut here, mut there) = (session.clone(), before.clone());
            here.update(Msg::RunToEnd);
            there.update(Msg::RunToEnd);
            assert_eq!(application(&here), application(&there), "{msg:?}");
        }
    }
}

#[test]
fn processes_become_a_dataflow_and_something_else_again() {
    for mut session in opened() {
        session.update(Msg::System(SystemMsg::Processes(Processes::Dataflow)));
        let barriers = session.algorithms().into_iter().filter(|offered| offered.label.starts_with("Barriers"));
        let barriers: Vec<_> = barriers.collect();
        assert_eq!(barriers.len(), 3);
        session.update(barriers[0].msg);
        session.update(Msg::Traffic { actions: 20 });
        session.update(Msg::TakeSnapshot);
        session.update(Msg::System(SystemMsg::Processes(Processes::Money)));
        assert!(session.algorithms()[0].is_chosen, "barriers have nothing to do with money");
        let processes = session.topology().process_count();
        assert_eq!(session.topology().channel_count(), processes * (processes - 1));
        session.update(Msg::TakeSnapshot);
        session.update(Msg::RunToEnd);
        assert_eq!(session.verdict_words().standing, Standing::Consistent);
    }
}

/// Each remedy is offered, keeps the reading at which everybody records, and repairs what clocks that differ break.
#[test]
fn the_remedies_of_clocks_that_differ_can_be_chosen() {
    let text = include_str!("../../../../tests/data/scenarios/clocks-that-differ.cutline");
    let scenario = Scenario::parse(text).unwrap();
    let before = {
        let mut session = Session::new(Lang::En);
        assert!(session.titles().any(|title| title == scenario.title.en));
        let at = session.titles().position(|title| title == scenario.title.en).unwrap();
        session.update(Msg::Open(at));
        session
    };
    let names = ["Global clock with stamps", "Global clock, holding back", "Global clock, silent window"];
    for (name, remedy) in names.into_iter().zip([Remedy::Stamps, Remedy::Holding, Remedy::Silence(4)]) {
        let mut session = before.clone();
        let offered = session.algorithms().into_iter().find(|offered| offered.label == name).unwrap();
        session.update(offered.msg);
        assert_eq!(session.algorithm_name(), name);
        let Method::GlobalClock(clock) = *session.history().world().algorithm() else { panic!("{name}") };
        assert_eq!((clock.every, clock.remedy), (100, remedy));
        session.update(Msg::Seek(0));
        session.update(Msg::TakeSnapshot);
        session.update(Msg::RunToEnd);
        assert_eq!(session.verdict_words().standing, Standing::Consistent, "{name}");
    }
}

/// A scenario's snapshots start while it is played, run to its end, and filled with traffic: so many steps apart, so many in all.
#[test]
fn snapshots_start_by_themselves_as_the_scenario_says() {
    let text = include_str!("../../../../tests/data/scenarios/snapshots-by-policy.cutline");
    let mut session = Session::new(Lang::En);
    session.open_file("policy.cutline", Ok(text.to_owned()));
    let begun = session.begun().len();
    session.update(Msg::Seek(session.steps()));
    session.update(Msg::Traffic { actions: 200 });
    session.update(Msg::RunToEnd);
    assert_eq!((begun, session.begun().len()), (1, 4), "four in all, with the one of the file");
    let starts: Vec<usize> = (1..=session.steps())
        .filter(|step| matches!(session.history().step_at(*step).0, Action::Initiate { .. }))
        .collect();
    assert!(starts.windows(2).all(|pair| pair[1] - pair[0] >= 25), "{starts:?}");
    assert_eq!(chosen(&reopened(&session)), chosen(&session));
    assert_eq!(reopened(&session).history().trace().fingerprint(), session.history().trace().fingerprint());
    let of_file = session.rhythms().into_iter().find(|offered| offered.is_chosen).unwrap();
    assert_eq!(of_file.label, "every 25 steps, at most 6 messages under way");
    assert_eq!(of_file.remark.as_deref(), Some("4 in all, started by Ann"));

    let mut session = Session::new(Lang::En);
    let before = (session.about().to_owned(), session.history().trace().fingerprint());
    session.update(Msg::System(SystemMsg::Snapshots(Rhythm::Every(0))));
    assert_eq!((session.about().to_owned(), session.history().trace().fingerprint()), before, "nothing else changes");
    let more = session.begun().len();
    session.update(Msg::Seek(session.steps()));
    session.update(Msg::Traffic { actions: 60 });
    assert!(session.begun().len() > more + 2);
    session.update(Msg::RunToEnd);
    assert!(session.begun().len() <= 8);
    session.update(Msg::System(SystemMsg::Snapshots(Rhythm::ByHand)));
    assert!(session.rhythms()[0].is_chosen);
}
