//! Finds places for words where they cover least.

use crate::scene::Point;

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

/// What is on the picture already, each thing with the step from which on it stays where it is.
#[derive(Default)]
pub(crate) struct Crowd {
    areas: Vec<(Area, usize)>,
    lines: Vec<(Point, Point, usize)>,
}

impl Crowd {
    pub(crate) fn add_area(&mut self, area: Area, since: usize) {
        self.areas.push((area, since));
    }

    pub(crate) fn add_line(&mut self, from: Point, to: Point, since: usize) {
        self.lines.push((from, to, since));
    }

    /// Which of some areas covers least, the first of equals; that one is then taken. What comes after `since` does not
    /// count, so that words stay where they are when the run goes on. Takes time in the number of candidates times that of
    /// things on the picture.
    pub(crate) fn settle(&mut self, candidates: &[Area], since: usize) -> usize {
        let cost = |area: &Area| {
            let areas = self.areas.iter().filter(|(other, from)| *from <= since && area.meets(other)).count();
            let lines = self.lines.iter().filter(|(a, b, from)| *from <= since && area.crossed_by(*a, *b)).count();
            areas * 12 + lines * 2
        };
        let best = (0..candidates.len()).min_by_key(|at| cost(&candidates[*at])).unwrap_or(0);
        if let Some(area) = candidates.get(best) {
            self.add_area(*area, since);
        }
        best
    }
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
}
