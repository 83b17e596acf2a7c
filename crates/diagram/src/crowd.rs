//! Finds places for words where they cover least.

use crate::scene::Point;
use std::collections::BTreeMap;

/// A box: left, top, right, bottom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Area {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl Area {
    pub(crate) fn around(middle: Point, width: i32, height: i32) -> Self {
        let (left, top) = (middle.x - width / 2, middle.y - height / 2);
        Self { left, top, right: left + width, bottom: top + height }
    }

    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether a line passes through: its ends are not both beyond one side, and the corners are not all on one
    /// side of it.
    fn crossed_by(&self, a: Point, b: Point) -> bool {
        if a.x.max(b.x) < self.left
            || a.x.min(b.x) > self.right
            || a.y.max(b.y) < self.top
            || a.y.min(b.y) > self.bottom
        {
            return false;
        }
        let side = |x: i32, y: i32| {
            let turn = i64::from(b.x - a.x) * i64::from(y - a.y) - i64::from(b.y - a.y) * i64::from(x - a.x);
            turn.signum()
        };
        let corners = [
            side(self.left, self.top),
            side(self.right, self.top),
            side(self.left, self.bottom),
            side(self.right, self.bottom),
        ];
        !(corners.iter().all(|s| *s > 0) || corners.iter().all(|s| *s < 0))
    }
}

/// What is there from the start.
pub(crate) const ALWAYS: usize = 0;
/// What may move still: the edge of the present and all that waits there.
pub(crate) const NOT_YET: usize = usize::MAX;

/// How wide and high a cell is, in pixels: some times as large as a word.
const CELL: i32 = 256;

/// Something on the picture.
enum Thing {
    Area(Area),
    Line(Point, Point),
}

/// What is on the picture already, each thing with the step from which on it stays where it is, and by cells of the picture
/// which things may be there.
#[derive(Default)]
pub(crate) struct Crowd {
    things: Vec<(Thing, usize)>,
    cells: BTreeMap<(i32, i32), Vec<usize>>,
}

impl Crowd {
    pub(crate) fn add_area(&mut self, area: Area, since: usize) {
        self.add(Thing::Area(area), area, since);
    }

    pub(crate) fn add_line(&mut self, from: Point, to: Point, since: usize) {
        let (left, right) = (from.x.min(to.x), from.x.max(to.x));
        let (top, bottom) = (from.y.min(to.y), from.y.max(to.y));
        self.add(Thing::Line(from, to), Area { left, top, right, bottom }, since);
    }

    fn add(&mut self, thing: Thing, within: Area, since: usize) {
        for cell in cells(within) {
            self.cells.entry(cell).or_default().push(self.things.len());
        }
        self.things.push((thing, since));
    }

    /// Which of some areas covers least, the first of equals; that one is then taken. What comes after `since` does not
    /// count, so that words stay where they are when the run goes on. Takes time in the number of candidates times that of
    /// things nearby.
    pub(crate) fn settle(&mut self, candidates: &[Area], since: usize) -> usize {
        let best = (0..candidates.len()).min_by_key(|at| self.cost(&candidates[*at], since)).unwrap_or(0);
        if let Some(area) = candidates.get(best) {
            self.add_area(*area, since);
        }
        best
    }

    /// An area covered weighs more than a line crossed.
    fn cost(&self, area: &Area, since: usize) -> usize {
        let weight = |at: usize| match &self.things[at] {
            (_, from) if *from > since => 0,
            (Thing::Area(other), _) => {
                if area.meets(other) {
                    12
                } else {
                    0
                }
            }
            (Thing::Line(a, b), _) => {
                if area.crossed_by(*a, *b) {
                    2
                } else {
                    0
                }
            }
        };
        self.near(area).into_iter().map(weight).sum()
    }

    /// The things in the cells that an area touches.
    fn near(&self, area: &Area) -> Vec<usize> {
        let mut near: Vec<usize> = cells(*area).filter_map(|cell| self.cells.get(&cell)).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// The cells that an area touches, its edges included.
fn cells(area: Area) -> impl Iterator<Item = (i32, i32)> {
    let (left, right) = (area.left.div_euclid(CELL), area.right.div_euclid(CELL));
    let (top, bottom) = (area.top.div_euclid(CELL), area.bottom.div_euclid(CELL));
    (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Area = Area { left: 10, top: 10, right: 20, bottom: 20 };

    #[test]
    fn a_line_through_the_box_is_noticed_and_one_past_it_is_not() {
        assert!(BOX.crossed_by(Point { x: 0, y: 0 }, Point { x: 30, y: 30 }));
        assert!(BOX.crossed_by(Point { x: 0, y: 15 }, Point { x: 30, y: 15 }));
        assert!(!BOX.crossed_by(Point { x: 0, y: 15 }, Point { x: 15, y: 40 }));
        assert!(!BOX.crossed_by(Point { x: 0, y: 0 }, Point { x: 30, y: 5 }));
    }

    #[test]
    fn the_freer_place_is_taken() {
        let mut crowd = Crowd::default();
        crowd.add_area(BOX, 3);
        let elsewhere = Area { left: 40, top: 10, right: 50, bottom: 20 };
        assert_eq!(crowd.settle(&[BOX, elsewhere], 2), 0, "what comes later is not there yet");
        assert_eq!(crowd.settle(&[BOX, elsewhere], 3), 1);
        assert_eq!(crowd.settle(&[elsewhere, elsewhere], 3), 0, "of equals the first");
    }

    /// What is looked at is what is near, however long the picture is, and nothing that is met or crossed is missed.
    #[test]
    fn only_what_is_near_is_looked_at() {
        let mut crowd = Crowd::default();
        let at = |x: i32, y: i32| Area::around(Point { x, y }, 30, 14);
        for x in (-3000..30_000).step_by(60) {
            crowd.add_area(at(x, x % 170), 0);
            crowd.add_line(Point { x, y: 0 }, Point { x: x + 700, y: 240 }, 0);
        }
        for (x, y) in [(-2999, -5), (0, 0), (255, 120), (256, 256), (14_000, 77), (29_990, 160)] {
            let area = at(x, y);
            let (near, cost) = (crowd.near(&area), crowd.cost(&area, 0));
            assert!(near.len() < 60, "{} of {} things", near.len(), crowd.things.len());
            let all = crowd.things.iter().map(|(thing, _)| match thing {
                Thing::Area(other) => 12 * usize::from(area.meets(other)),
                Thing::Line(a, b) => 2 * usize::from(area.crossed_by(*a, *b)),
            });
            assert_eq!(cost, all.sum::<usize>(), "at {x}, {y}");
        }
    }
}
