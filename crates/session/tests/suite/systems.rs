//! Another system in place of the one that is open: every choice opens, does again what the application did, fits into a
//! link, and takes snapshots that are as good as its assumptions.

use cutline_core::world::Waiting;
use cutline_core::{Action, Event, ProcessId};
use cutline_session::systems::{Network, Processes, SystemMsg};
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
