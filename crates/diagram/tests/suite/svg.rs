//! The SVG text of a scene.

use crate::runs::{ALL, DESKTOP, MONEY, PHONE, WIDE, prepared, random, scene_at};
use crate::xml::{assert_well_formed, unescaped};
use cutline_diagram::{Point, Role, Scene, Segment, Shape, svg};

fn count(text: &str, what: &str) -> usize {
    text.matches(what).count()
}

fn marks(scene: &Scene, wanted: impl Fn(&Shape) -> bool) -> usize {
    scene.items.iter().flat_map(|item| &item.marks).filter(|mark| wanted(&mark.shape)).count()
}

#[test]
fn every_scene_makes_a_well_formed_document_with_all_its_shapes() {
    for scenario in ALL {
        for seed in 0..4 {
            let mut run = random(scenario, seed, 30, 5);
            for view in [DESKTOP, PHONE] {
                let scene = scene_at(&mut run, 30, view);
                let text = svg::text(&scene, "A \"title\" <&>", "a > b { fill: url(\"x\") } /* & */");
                assert_well_formed(&text);
                assert_eq!(count(&text, "<circle "), marks(&scene, |shape| matches!(shape, Shape::Circle(..))));
                let pills = marks(&scene, |shape| matches!(shape, Shape::Pill(..)));
                assert_eq!(count(&text, "<rect "), pills + 1, "the paper is one more");
                let words = marks(&scene, |shape| matches!(shape, Shape::Text(..)));
                assert_eq!(count(&text, "<text "), words + scene.heads.len() * 2);
            }
        }
    }
}

#[test]
fn names_keep_all_their_signs() {
    let scene = scene_at(&mut prepared(WIDE), 0, DESKTOP);
    let text = svg::text(&scene, "t", "");
    assert_well_formed(&text);
    assert!(!text.contains("a<b"), "an unescaped name");
    for name in ["a<b&\"c\"", "银行", "third"] {
        assert!(unescaped(&text).contains(&format!(">{name}</text>")), "{name} is not there as it is");
    }
}

#[test]
fn the_roles_are_the_classes() {
    let scene = scene_at(&mut prepared(MONEY), 12, DESKTOP);
    let text = svg::text(&scene, "t", "");
    for mark in scene.items.iter().flat_map(|item| &item.marks) {
        assert!(text.contains(&format!("class=\"{}", svg::classes(mark.role))), "{:?}", mark.role);
    }
    assert_eq!(svg::classes(Role::Lane), "lane");
    assert_eq!(svg::classes(Role::Cut(cutline_core::SnapshotId(5))), "cut s1 again", "four colours take turns");
}

#[test]
fn paths_and_arrow_heads_are_in_the_notation_of_svg() {
    let at = |x, y| Point { x, y };
    let segments = [Segment::To(at(3, 4)), Segment::Curve(at(5, 6), at(-7, 8), at(9, 0))];
    assert_eq!(svg::path(at(1, -2), &segments), "M1 -2L3 4C5 6 -7 8 9 0");
    // Straight to the right: the barbs lie behind the tip, one above and one below.
    assert_eq!(svg::arrow_head(at(0, 0), at(100, 0)), "M91.0 -3.8L100 0L91.0 3.8");
    assert_eq!(svg::arrow_head(at(-5, 2), at(-5, 2)), "M-5.0 2.0L-5 2L-5.0 2.0", "no length, no harm");
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let text = || svg::text(&scene_at(&mut random(WIDE, 3, 40, 5), 40, DESKTOP), "t", "");
    assert_eq!(text(), text());
}
