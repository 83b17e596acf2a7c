//! What holds for the diagram of every run.

use crate::runs::{ALL, DESKTOP, MONEY, PHONE, Run, WIDE, blocked, prepared, random, scene_at};
use cutline_core::topology::Order;
use cutline_core::{ChannelId, Event, MessageId};
use cutline_diagram::{Anchor, Item, Key, Mark, Point, Role, Scene, Segment, Shape, Target};
use std::collections::BTreeSet;

const VIEWS: [(i32, i32, bool); 4] = [DESKTOP, PHONE, (320, 200, true), (2000, 1100, false)];

/// Random runs of all scenarios, some hasty and some with much under way.
fn runs() -> impl Iterator<Item = (String, Run)> {
    let all = ALL.iter().flat_map(|scenario| (0..8).map(move |seed| (scenario, seed)));
    all.map(|(scenario, seed)| {
        let hurry = [2, 4, 6, 8][usize::try_from(seed % 4).unwrap()];
        let run = random(scenario, seed, 20 + 5 * usize::try_from(seed).unwrap(), hurry);
        (format!("{:?}, seed {seed}", scenario.lines().find(|line| line.contains("title"))), run)
    })
}

/// Each scene of some steps of each run, in each view.
fn for_each_scene(mut check: impl FnMut(&Scene, &Run, &str)) {
    for (name, mut run) in runs() {
        for step in (0..=run.len()).step_by(3) {
            for view in VIEWS {
                let scene = scene_at(&mut run, step, view);
                check(&scene, &run, &format!("{name}, step {step} of {}, {view:?}", run.len()));
            }
        }
    }
}

fn marks(scene: &Scene) -> impl Iterator<Item = &Mark> {
    scene.items.iter().flat_map(|item| &item.marks)
}

/// A box around a mark. Words are taken to be about as wide as they are when painted.
fn extent(mark: &Mark, compact: bool) -> (Point, Point) {
    let around = |points: &[Point]| {
        let xs = points.iter().map(|p| p.x);
        let ys = points.iter().map(|p| p.y);
        let least = Point { x: xs.clone().min().unwrap(), y: ys.clone().min().unwrap() };
        (least, Point { x: xs.max().unwrap(), y: ys.max().unwrap() })
    };
    let by =
        |at: Point, x: i32, y: i32| around(&[Point { x: at.x - x, y: at.y - y }, Point { x: at.x + x, y: at.y + y }]);
    match &mark.shape {
        Shape::Line(a, b) | Shape::Arrow(a, b) => around(&[*a, *b]),
        Shape::Path(from, segments) => {
            let mut points = vec![*from];
            for segment in segments {
                match segment {
                    Segment::To(to) | Segment::Move(to) => points.push(*to),
                    Segment::Curve(a, b, to) => points.extend([*a, *b, *to]),
                }
            }
            around(&points)
        }
        Shape::Circle(at, r) => by(*at, *r, *r),
        Shape::Pill(at, width, height) => by(*at, width / 2, height / 2),
        Shape::Text(at, anchor, words) => {
            let sign = if compact { 6 } else { 7 };
            let width: i32 = words.chars().map(|c| if c.is_ascii() { sign } else { 2 * sign }).sum();
            let left = match anchor {
                Anchor::Start => at.x,
                Anchor::Middle => at.x - width / 2,
                Anchor::End => at.x - width,
            };
            around(&[Point { x: left, y: at.y - 10 }, Point { x: left + width, y: at.y + 3 }])
        }
    }
}

/// Does something with each run.
pub(crate) fn for_each_run(mut check: impl FnMut(&mut Run, &str)) {
    runs().step_by(3).for_each(|(name, mut run)| check(&mut run, &name));
}

/// Nothing sticks out.
pub(crate) fn assert_on_the_picture(scene: &Scene, compact: bool, what: &str) {
    for item in &scene.items {
        for mark in &item.marks {
            let (least, most) = extent(mark, compact);
            let inside = least.x >= 0 && least.y >= 0 && most.x <= scene.width && most.y <= scene.height;
            assert!(inside, "{what}: {:?} {mark:?} on {} x {}", item.key, scene.width, scene.height);
        }
    }
    let frame = &scene.frame;
    assert!(frame.least_breadth <= frame.breadth, "{what}");
    assert!(scene.heads.iter().all(|head| (1..frame.breadth).contains(&head.lane)), "{what}");
}

#[test]
fn everything_lies_on_the_picture() {
    for_each_scene(|scene, _, what| {
        assert_on_the_picture(scene, what.ends_with("true)"), what);
        assert!(scene.heads.windows(2).all(|two| two[0].lane + 40 < two[1].lane), "{what}: heads too close");
    });
}

#[test]
fn no_two_items_have_one_key() {
    for_each_scene(|scene, _, what| {
        let keys: BTreeSet<Key> = scene.items.iter().map(|item| item.key).collect();
        assert_eq!(keys.len(), scene.items.len(), "{what}");
    });
}

#[test]
fn no_two_items_but_an_arrow_and_its_ends_are_one_target() {
    for_each_scene(|scene, _, what| {
        let mut seen = BTreeSet::new();
        for item in scene.items.iter().filter(|item| !is_arrow(item)) {
            assert!(item.target.is_none_or(|target| seen.insert(target)), "{what}: {:?} twice", item.target);
        }
    });
}

/// Whether it is the arrow of a message, or of one that is there twice: its ends are another item, of the same message.
/// So is the stretch in which a process has crashed.
fn is_arrow(item: &Item) -> bool {
    matches!(item.key, Key::MessageArrow(_) | Key::Again(_) | Key::AgainEnds(_) | Key::Outage(..))
}

/// The handles of a channel by position, each with the roles of its marks.
fn handles(scene: &Scene, channel: ChannelId) -> Vec<(u32, &Item)> {
    let of_it = |item: &&Item| matches!(item.key, Key::Handle(of, _) if of == channel);
    let position = |item: &Item| match item.key {
        Key::Handle(_, position) => position,
        _ => u32::MAX,
    };
    scene.items.iter().filter(of_it).map(|item| (position(item), item)).collect()
}

/// So many items of one channel are shown; how many more there are stands beside the last.
const SHOWN: u32 = 4;

#[test]
fn all_that_is_under_way_has_one_handle_and_what_can_be_delivered_looks_so() {
    for_each_scene(|scene, run, what| {
        let (world, blocked) = (run.world(), blocked(run));
        for channel in world.topology().channels() {
            let mut found = handles(scene, channel);
            found.sort_by_key(|(position, _)| *position);
            let positions: Vec<u32> = found.iter().map(|(position, _)| *position).collect();
            let items = u32::try_from(world.in_channel(channel).len()).unwrap();
            assert_eq!(positions, (0..items.min(SHOWN)).collect::<Vec<_>>(), "{what}: {channel:?}");
            let more = found.iter().flat_map(|(_, item)| &item.marks).find_map(|mark| match (mark.role, &mark.shape) {
                (Role::MoreQueued, Shape::Text(_, _, words)) => Some(words.clone()),
                _ => None,
            });
            assert_eq!(
                more,
                items.checked_sub(SHOWN).filter(|n| *n > 0).map(|n| format!("+{n}")),
                "{what}: {channel:?}"
            );
            let any_order = world.topology().channel(channel).order == Order::Unordered;
            for (position, item) in found {
                assert_eq!(item.target, Some(Target::Waiting(channel, position)), "{what}");
                let ready = (position == 0 || any_order) && !blocked.contains(&channel);
                let has = |wanted: fn(&Role) -> bool| item.marks.iter().any(|mark| wanted(&mark.role));
                assert_eq!(has(|role| matches!(role, Role::Handle | Role::MarkerHandle(_))), ready, "{what}: {item:?}");
                assert_eq!(
                    has(|role| matches!(role, Role::Queued | Role::MarkerQueued(_))),
                    !ready,
                    "{what}: {item:?}"
                );
                assert_eq!(has(|role| matches!(role, Role::HitArea)), ready, "{what}: {item:?}");
            }
        }
    });
}

#[test]
fn a_handle_shows_whether_it_is_a_message_or_a_marker() {
    for_each_scene(|scene, run, what| {
        for channel in run.world().topology().channels() {
            for (position, item) in handles(scene, channel) {
                let waiting = run.world().in_channel(channel).nth(usize::try_from(position).unwrap()).unwrap();
                let is_marker = matches!(waiting, cutline_core::world::Waiting::Control(..));
                let marker = |mark: &&Mark| matches!(mark.role, Role::MarkerHandle(_) | Role::MarkerQueued(_));
                assert_eq!(item.marks.iter().filter(marker).count(), usize::from(is_marker), "{what}: {item:?}");
            }
        }
    });
}

#[test]
fn arrows_go_from_left_to_right() {
    for_each_scene(|scene, _, what| {
        for item in &scene.items {
            for mark in &item.marks {
                let under_way = matches!(item.key, Key::MessageArrow(_) | Key::Control(_));
                let (from, to) = match mark.shape {
                    Shape::Arrow(from, to) => (from, to),
                    Shape::Line(from, to) if under_way => (from, to),
                    _ => continue,
                };
                assert!(from.x < to.x, "{what}: {:?} {}", item.key, mark.shape);
            }
        }
    });
}

/// Where the handles are, from the top.
fn handle_places(scene: &Scene) -> Vec<Point> {
    let circle = |mark: &Mark| match (mark.role, &mark.shape) {
        (Role::Handle | Role::MarkerHandle(_) | Role::Queued | Role::MarkerQueued(_), Shape::Circle(at, _)) => {
            Some(*at)
        }
        _ => None,
    };
    let mut places: Vec<Point> = marks(scene).filter_map(circle).collect();
    places.sort_by_key(|at| at.y);
    places
}

#[test]
fn handles_stand_at_the_present_and_apart() {
    for_each_scene(|scene, _, what| {
        let places = handle_places(scene);
        assert!(places.iter().all(|at| at.x == scene.frame.now), "{what}");
        // A few have room; a crowd is still in order.
        let least = if places.len() <= 6 { 8 } else { 1 };
        for two in places.windows(2) {
            assert!(two[1].y - two[0].y >= least, "{what}: {} and {} of {}", two[0], two[1], places.len());
        }
    });
}

#[test]
fn what_goes_to_a_process_waits_beside_its_line() {
    for_each_scene(|scene, run, what| {
        let topology = run.world().topology();
        let lane = |process: cutline_core::ProcessId| scene.heads[process.index()].lane;
        for channel in topology.channels() {
            let ends = topology.channel(channel);
            let (from, to) = (lane(ends.from), lane(ends.to));
            let next = if from < to {
                lane(cutline_core::ProcessId(ends.to.0 - 1))
            } else {
                lane(cutline_core::ProcessId(ends.to.0 + 1))
            };
            for (_, item) in handles(scene, channel) {
                let Shape::Circle(at, _) = item.marks[0].shape else { panic!("{what}: {item:?}") };
                let between = (next.min(to)..=next.max(to)).contains(&at.y);
                assert!(between && at.y != to, "{what}: {at} on its way from {from} to {to}");
            }
        }
    });
}

/// Where the marks of a message's ends are.
fn ends(scene: &Scene, message: MessageId) -> Vec<(Role, Shape)> {
    let item = scene.items.iter().find(|item| item.key == Key::Message(message)).unwrap();
    let end = |mark: &&Mark| matches!(mark.role, Role::Sending | Role::Receipt);
    item.marks.iter().filter(end).map(|mark| (mark.role, mark.shape.clone())).collect()
}

#[test]
fn stepping_moves_nothing_that_is_done() {
    for (name, mut run) in runs() {
        for view in [DESKTOP, PHONE] {
            let last = scene_at(&mut run, usize::MAX, view);
            for step in 0..=run.len() {
                let scene = scene_at(&mut run, step, view);
                let what = format!("{name}, step {step} of {}, {view:?}", run.len());
                assert_eq!(
                    (scene.width, scene.height, scene.frame.lanes_from),
                    (last.width, last.height, last.frame.lanes_from),
                    "{what}"
                );
                for (_, event) in run.trace().events() {
                    if let Event::Sent { message, .. } = event {
                        let (now, then) = (ends(&scene, *message), ends(&last, *message));
                        assert_eq!(now[..], then[..now.len()], "{what}: {message:?} has moved");
                    }
                }
                for item in scene.items.iter().filter(|item| matches!(item.key, Key::Recording(..))) {
                    let same = last.items.iter().find(|other| other.key == item.key).unwrap();
                    assert_eq!(item.marks[0].shape, same.marks[0].shape, "{what}: {:?} has moved", item.key);
                }
            }
        }
    }
}

#[test]
fn the_present_moves_on_with_every_step() {
    for (name, mut run) in runs() {
        let places: Vec<i32> = (0..=run.len()).map(|step| scene_at(&mut run, step, DESKTOP).frame.now).collect();
        assert!(places.is_sorted_by(|a, b| a < b), "{name}: {places:?}");
    }
}

#[test]
fn heads_show_the_states_of_the_moment() {
    for_each_scene(|scene, run, what| {
        for (process, head) in run.world().topology().processes().zip(&scene.heads) {
            let state = run.world().state(process);
            assert_eq!((head.process, head.holds), (process, state), "{what}");
            assert_eq!(head.state, run.world().system().computation.show_state(state), "{what}");
        }
    });
}

#[test]
fn a_long_run_is_wider_than_its_room_and_a_short_one_is_not() {
    let mut long = random(WIDE, 1, 120, 5);
    assert!(scene_at(&mut long, 120, DESKTOP).width > DESKTOP.0);
    assert_eq!(scene_at(&mut prepared(MONEY), 7, DESKTOP).width, DESKTOP.0);
}

#[test]
fn a_message_in_the_recorded_state_of_its_channel_is_told_apart() {
    let scene = scene_at(&mut prepared(MONEY), 17, DESKTOP);
    let kept: Vec<&Item> = scene
        .items
        .iter()
        .filter(|item| item.marks.iter().any(|mark| matches!(mark.role, Role::LabelInChannel(_))))
        .collect();
    let [item] = kept[..] else { panic!("the 20 alone: {kept:?}") };
    assert!(item.marks.iter().any(|mark| matches!(&mark.shape, Shape::Text(_, _, words) if words == "20")));
}

#[test]
fn the_cut_is_certain_where_both_neighbours_have_recorded() {
    let pieces = |step| {
        let scene = scene_at(&mut prepared(MONEY), step, DESKTOP);
        let pieces = |wanted: fn(&Role) -> bool| {
            let lines = marks(&scene).filter(|mark| wanted(&mark.role));
            let count = |mark: &Mark| match &mark.shape {
                Shape::Path(_, segments) => segments.len(),
                _ => 0,
            };
            lines.map(count).sum::<usize>()
        };
        (pieces(|role| matches!(role, Role::Cut(_))), pieces(|role| matches!(role, Role::CutSoFar(_))))
    };
    assert_eq!(pieces(7), (0, 0), "no snapshot, no cut");
    assert_eq!(pieces(8), (1, 3), "P1 alone: the piece above it");
    assert_eq!(pieces(10), (2, 2), "P1 and P3: the pieces beyond them");
    assert_eq!(pieces(11), (4, 0), "all three");
}
