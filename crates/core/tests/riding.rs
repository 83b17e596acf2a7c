//! What rides on messages, read off afterwards.

use cutline_core::algorithms::lai_yang::Colours;
use cutline_core::riding::TagRole;
use cutline_core::{History, MessageId, Method, ProcessId, Scenario, SnapshotId};

const RUN: &str = "
run
wait until 7
P sends 5 to Q
P starts a snapshot
P sends 7 to Q
Q sends 1 to P
";

fn played(algorithm: &str) -> History<Method> {
    let system = "process P has 50\nprocess Q has 50\nchannel P -> Q\nchannel Q -> P\n";
    // By clocks everybody records of its own accord.
    let run = if algorithm.starts_with("clock") { RUN.replace("P starts a snapshot\n", "") } else { RUN.into() };
    Scenario::parse(&format!("cutline 1\ntitle Riding\n{system}algorithm {algorithm}\n{run}")).unwrap().play()
}

fn tags(algorithm: &str) -> Vec<Vec<TagRole>> {
    let run = played(algorithm);
    run.tag_roles(run.tip(), 0).into_iter().map(|(_, roles)| roles).collect()
}

#[test]
fn every_algorithm_says_what_rides_on_its_messages() {
    let colours = |red: bool| TagRole::Colours(Colours::of(red.then_some(SnapshotId(0))));
    let of_three = |role: fn(bool) -> TagRole| [false, true, false].map(|red| vec![role(red)]).to_vec();
    assert_eq!(tags("lai-yang"), [false, true, false].map(|red| vec![colours(red)]));
    assert_eq!(tags("mattern"), tags("lai-yang"));
    assert_eq!(tags("index-based"), of_three(|red| TagRole::Recorded(red.into())));
    let numbers = [1, 2, 1].map(TagRole::Number);
    assert_eq!(tags("koo-toueg-unblocked"), numbers.clone().map(|number| vec![number]));
    let with_number = |first: [TagRole; 3]| first.into_iter().zip(numbers.clone()).map(|(a, b)| vec![a, b]);
    assert_eq!(tags("li-radhakrishnan-venkatesan"), with_number([0, 1, 0].map(TagRole::Recorded)).collect::<Vec<_>>());
    let after = |items: u32| TagRole::After(if items == 0 { vec![] } else { vec![(ProcessId(0), items)] });
    // The token counts as well: it takes part in the order.
    assert_eq!(tags("acharya-badrinath"), [0, 2, 0].map(|items| vec![after(items)]));
    assert_eq!(
        tags("alagar-venkatesan"),
        [(0, false), (2, true), (0, false)].map(|(n, red)| vec![colours(red), after(n)])
    );
    assert_eq!(tags("clock at 7"), [7, 7, 7].map(|reading| vec![TagRole::Clock(reading)]));
    let vector =
        |by: &[u32]| vec![TagRole::Vector(by.iter().enumerate().map(|(at, n)| (ProcessId::at(at), *n)).collect())];
    let of_second = vec![TagRole::Vector(vec![(ProcessId(1), 1)])];
    assert_eq!(tags("vector-clocks"), [vector(&[1]), vector(&[2]), of_second]);
    for without in ["chandy-lamport", "venkatesan", "spezialetti-kearns", "naive"] {
        assert!(tags(without).is_empty(), "{without}");
    }
}

/// Whether the present world shows it, or copies of the world are replayed, from whatever step on.
#[test]
fn what_rides_on_messages_does_not_depend_on_how_it_is_found() {
    for algorithm in ["lai-yang", "alagar-venkatesan", "index-based", "clock at 7 stamps"] {
        let mut run = played(algorithm);
        let whole = run.tag_roles(run.tip(), 0);
        assert!(whole.len() >= 2, "{algorithm}");
        for present in [0, 1, run.len()] {
            run.seek(present);
            for after in 0..=run.len() {
                let sent: Vec<MessageId> = (after + 1..=run.len()).flat_map(|step| sent_at(&run, step)).collect();
                let expected: Vec<_> = whole.iter().filter(|(message, _)| sent.contains(message)).cloned().collect();
                assert_eq!(run.tag_roles(run.tip(), after), expected, "{algorithm} after {after}");
            }
        }
    }
}

fn sent_at(run: &History<Method>, step: usize) -> Vec<MessageId> {
    let events = run.events_of(step).iter();
    let sent = events.filter_map(|event| match event {
        cutline_core::Event::Sent { message, .. } => Some(*message),
        _ => None,
    });
    sent.collect()
}
