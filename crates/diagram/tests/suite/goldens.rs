//! Goldens: scenes as text and as SVG. `cargo xtask bless` rewrites them; look at the pictures before you believe it.

use crate::runs::{
    DESKTOP, MISHAPS, MONEY, NEVER_OCCURRED, OWED, PARTITION, PHONE, REPAIRED, RIDING, long, prepared, scene_at, seen,
};
use crate::xml;
use cutline_core::MessageId;
use cutline_diagram::{Ghost, Orientation, OwnCut, Role, Scene, View, svg};
use expect_test::{ExpectFile, expect_file};

/// Enough to look at a golden SVG without the page's style sheet.
const STYLE: &str = "text{font:14px sans-serif}line,path{fill:none;stroke:#555}.past{fill:#fee;stroke:none}\
.cut,.cut-so-far,.marker,.recording{stroke:#c2410c}.marker{stroke-dasharray:5 4}.label,.recording,.handle,\
.marker-handle,.receipt,.restart{fill:#fff}.loss,.crash{stroke:#a3182c;stroke-width:2}text.label,text.recorded-state{fill:#000}.hit-area{fill:none}";

fn check(scene: &Scene, text: &ExpectFile, picture: &ExpectFile) {
    text.assert_eq(&scene.to_string());
    let svg = svg::text(scene, "Cutline", STYLE);
    xml::assert_well_formed(&svg);
    picture.assert_eq(&svg);
}

#[test]
fn the_money_scenario_as_it_opens() {
    let scene = scene_at(&mut prepared(MONEY), 7, DESKTOP);
    check(&scene, &expect_file!["../golden/money-opening.txt"], &expect_file!["../golden/money-opening.svg"]);
}

#[test]
fn the_money_scenario_while_it_records() {
    let scene = scene_at(&mut prepared(MONEY), 12, DESKTOP);
    check(&scene, &expect_file!["../golden/money-recording.txt"], &expect_file!["../golden/money-recording.svg"]);
}

#[test]
fn the_money_scenario_complete() {
    let scene = scene_at(&mut prepared(MONEY), 17, DESKTOP);
    check(&scene, &expect_file!["../golden/money-complete.txt"], &expect_file!["../golden/money-complete.svg"]);
}

#[test]
fn the_state_that_never_was_complete() {
    let scene = scene_at(&mut prepared(NEVER_OCCURRED), 6, DESKTOP);
    check(&scene, &expect_file!["../golden/never-occurred.txt"], &expect_file!["../golden/never-occurred.svg"]);
}

#[test]
fn the_money_scenario_on_a_phone() {
    let scene = scene_at(&mut prepared(MONEY), 12, PHONE);
    check(&scene, &expect_file!["../golden/money-phone.txt"], &expect_file!["../golden/money-phone.svg"]);
}

#[test]
fn the_money_scenario_downwards_with_what_is_to_come() {
    let scene = seen(&mut prepared(MONEY), 10, |view| View {
        width: 390,
        height: 520,
        compact: true,
        orientation: Orientation::Down,
        ghost: Ghost { ahead: true, other: None },
        ..view
    });
    check(&scene, &expect_file!["../golden/money-down.txt"], &expect_file!["../golden/money-down.svg"]);
}

#[test]
fn a_long_run_in_a_small_room() {
    let scene = seen(&mut long(3, 2000), 1500, |view| View { column: Some(1), width: 600, height: 400, ..view });
    check(&scene, &expect_file!["../golden/long-whole.txt"], &expect_file!["../golden/long-whole.svg"]);
}

/// A line of the reader's own before all that P1 and P2 did, and after the first thing that P3 did: a receipt.
#[test]
fn a_cut_of_the_readers_own_that_a_message_contradicts() {
    let own_cut = OwnCut { steps: &[0, 0, 3], orphans: &[MessageId(0)], in_transit: &[] };
    let scene = seen(&mut prepared(MONEY), 17, |view| View { own_cut: Some(own_cut), ..view });
    check(&scene, &expect_file!["../golden/money-own-cut.txt"], &expect_file!["../golden/money-own-cut.svg"]);
}

#[test]
fn what_the_network_loses_and_repeats_and_a_process_that_begins_again() {
    let scene = scene_at(&mut prepared(MISHAPS), 15, DESKTOP);
    check(&scene, &expect_file!["../golden/mishaps.txt"], &expect_file!["../golden/mishaps.svg"]);
}

#[test]
fn what_comes_early_is_held_back() {
    let scene = scene_at(&mut prepared(REPAIRED), 7, DESKTOP);
    check(&scene, &expect_file!["../golden/held-back.txt"], &expect_file!["../golden/held-back.svg"]);
}

/// Colours, a vector of what was sent before, and which message stands in a recorded channel.
#[test]
fn what_rides_on_messages_stands_in_their_labels() {
    let scene = scene_at(&mut prepared(RIDING), 9, DESKTOP);
    check(&scene, &expect_file!["../golden/riding.txt"], &expect_file!["../golden/riding.svg"]);
}

/// From the second step to the seventh nothing crosses between Bob and Col; what Col sent before and after that waits at bars.
#[test]
fn a_network_that_is_apart_and_then_whole_again() {
    let apart = scene_at(&mut prepared(PARTITION), 6, DESKTOP);
    check(&apart, &expect_file!["../golden/apart.txt"], &expect_file!["../golden/apart.svg"]);
    let count = |scene: &Scene, wanted: Role| {
        scene.items.iter().flat_map(|item| &item.marks).filter(|mark| mark.role == wanted).count()
    };
    let whole = scene_at(&mut prepared(PARTITION), 9, DESKTOP);
    let counts = [Role::Fence, Role::FencePost, Role::Bar].map(|role| (count(&apart, role), count(&whole, role)));
    assert_eq!(counts, [(1, 1), (1, 2), (4, 0)]);
}

#[test]
fn timers_are_set_and_go_off() {
    let scene = scene_at(&mut prepared(OWED), 11, DESKTOP);
    check(&scene, &expect_file!["../golden/timers.txt"], &expect_file!["../golden/timers.svg"]);
}
