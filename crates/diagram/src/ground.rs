//! What the rest of a picture lies on: the past of the cut, the lines, the present, the cuts.

use crate::crowd::{ALWAYS, Area};
use crate::cut::Cut;
use crate::frame::{Frame, text_width};
use crate::layout::Builder;
use crate::scene::{Anchor, Key, Mark, Point, Role, Shape, Target};
use crate::view::Orientation;
use cutline_core::{ProcessId, SnapshotId};

impl Builder<'_> {
    /// The snapshots whose cuts are drawn, each with its cut.
    fn cuts(&self) -> Vec<(SnapshotId, Cut<'_>)> {
        let drawn = self.chart.recordings().iter().filter(|one| !self.view.hidden.contains(&one.snapshot));
        drawn.filter_map(|one| Some((one.snapshot, Cut::new(self.chart, one, &self.frame, self.view.now)?))).collect()
    }

    /// From where to where the cut that is shown reaches along time, with the messages in its recorded channels.
    pub(crate) fn shown_span(&self) -> Option<(i32, i32)> {
        let shown = self.cuts().into_iter().find(|(snapshot, _)| Some(*snapshot) == self.view.snapshot);
        let (from, to) = shown?.1.span();
        let kept = self.chart.flights().iter().filter(|flight| self.kept_in_shown(flight).is_some());
        Some((kept.map(|flight| self.frame.moment(flight.sent)).fold(from, i32::min), to))
    }

    pub(crate) fn ground(&mut self) {
        let frame = self.frame;
        let cuts = self.cuts();
        let shown = cuts.iter().find(|(snapshot, _)| Some(*snapshot) == self.view.snapshot).map(|(_, cut)| cut);
        let past = shown.map(Cut::past);
        let past_caption = shown.and_then(|cut| self.past_caption(cut, cuts.len() > 1));
        let mut row = CaptionRow::default();
        let several = cuts.len() > 1;
        let lines: Vec<_> = cuts
            .iter()
            .filter(|(_, cut)| self.meets_window(cut.span().0, cut.span().1))
            .map(|(_, cut)| cut.line(several.then(|| row.place(&frame, cut.begins(), &cut.name()))))
            .collect();
        self.items.extend(past);
        self.lanes();
        if self.meets_window(frame.now - 60, frame.now + 60) {
            let edge = Shape::Line(frame.point(frame.now, frame.edges.0), frame.point(frame.now, frame.edges.1));
            let (at, anchor) = row.place(&frame, frame.now, &self.view.captions.now);
            let words = caption(at, anchor, &self.view.captions.now);
            self.put(Key::Now, None, vec![Mark { role: Role::Now, shape: edge }, words]);
        }
        if let Some(words) = past_caption.filter(|words| !row.meets(words)) {
            self.put(Key::PastCaption, None, vec![words]);
        }
        self.items.extend(lines);
        self.restorations();
    }

    fn lanes(&mut self) {
        let frame = self.frame;
        let end = frame.length - if frame.compact { 6 } else { 14 };
        let (from, to) = (frame.lanes_from.max(self.window.0), end.min(self.window.1));
        for process in self.chart.topology().processes() {
            let at = |along: i32| frame.point(along, frame.lane(process));
            let mut marks = Vec::new();
            let stay = self.stay(process);
            let (begins, ends) = (from.max(stay.begins.unwrap_or(from)), to.min(stay.ends.unwrap_or(to)));
            if begins < frame.now.min(ends) {
                marks.push(Mark { role: Role::Lane, shape: Shape::Line(at(begins), at(ends.min(frame.now))) });
                self.crowd.add_line(at(begins), at(ends.min(frame.now)), ALWAYS);
            }
            if ends > frame.now && begins < ends && stay.is_certain {
                marks.push(Mark { role: Role::LaneAhead, shape: Shape::Line(at(begins.max(frame.now)), at(ends)) });
            }
            let bars = [stay.begins, stay.ends].into_iter().flatten();
            for along in bars.filter(|along| (from..=to.min(frame.now)).contains(along)) {
                let bar = |across: i32| frame.point(along, frame.lane(process) + across);
                marks.push(Mark { role: Role::LaneEnd, shape: Shape::Line(bar(-7), bar(7)) });
            }
            self.put(Key::Lane(process), Some(Target::Process(process)), marks);
        }
    }

    /// Where the line of a process begins and ends, as far as the picture tells it: what is to come it tells only where it
    /// draws it.
    fn stay(&self, process: ProcessId) -> Stay {
        let Some((joins, leaves)) = self.chart.stay(process) else {
            return Stay { begins: None, ends: None, is_certain: true };
        };
        let is_told = |step: &usize| *step <= self.view.now || self.view.ghost.ahead;
        let moment = |step: usize| self.frame.moment(step);
        let (joins, leaves) = (joins.filter(is_told), leaves.filter(is_told));
        let begins = joins.filter(|step| *step > 0).map(moment);
        Stay { begins, ends: leaves.map(moment), is_certain: joins.is_some() }.of_the_present(self.frame.now)
    }

    fn past_caption(&self, cut: &Cut<'_>, is_named: bool) -> Option<Mark> {
        let (frame, words) = (&self.frame, &self.view.captions.past);
        let begins = cut.begins();
        let room = match frame.orientation {
            Orientation::Across => text_width(words, 12) + 20,
            Orientation::Down => 44,
        };
        if begins >= frame.now || begins - frame.lanes_from < room || !self.meets_window(frame.lanes_from, begins) {
            return None;
        }
        let (along, across, _) = frame.caption_place(begins);
        Some(match frame.orientation {
            Orientation::Across => {
                let name = if is_named { text_width(&cut.name(), CaptionRow::SIZE) / 2 } else { 0 };
                caption(frame.point(along - 10 - name, across), Anchor::End, words)
            }
            // At its beginning, where nothing has happened yet.
            Orientation::Down => caption(frame.point(frame.lanes_from + 14, across), Anchor::Start, words),
        })
    }

    /// Where the run went back to a recorded state.
    fn restorations(&mut self) {
        let frame = self.frame;
        for step in self.chart.restorations().iter().filter(|step| **step <= self.view.now) {
            let along = frame.moment(*step);
            if self.meets_window(along, along) {
                let shape = Shape::Line(frame.point(along, frame.edges.0), frame.point(along, frame.edges.1));
                let key = Key::Restoration(u32::try_from(*step).unwrap_or(u32::MAX));
                self.put(key, None, vec![Mark { role: Role::Restoration, shape }]);
            }
        }
    }
}

/// Where the line of a process begins and ends, if that is not where the picture does.
struct Stay {
    begins: Option<i32>,
    ends: Option<i32>,
    /// Whether it joins at all.
    is_certain: bool,
}

impl Stay {
    /// Who joins at no time that is known has no line before the present.
    fn of_the_present(self, now: i32) -> Self {
        if self.is_certain { self } else { Self { begins: Some(now + 1), ..self } }
    }
}

/// The small words at the edge of the figure. Where two would lie over each other, the later one gives way.
#[derive(Default)]
struct CaptionRow(Vec<Area>);

impl CaptionRow {
    const SIZE: i32 = 13;
    const APART: i32 = 6;

    fn area(at: Point, anchor: Anchor, text: &str) -> Area {
        let width = text_width(text, Self::SIZE);
        let left = match anchor {
            Anchor::Start => at.x,
            Anchor::Middle => at.x - width / 2,
            Anchor::End => at.x - width,
        };
        Area { left, top: at.y - Self::SIZE, right: left + width, bottom: at.y }
    }

    fn place(&mut self, frame: &Frame, along: i32, text: &str) -> (Point, Anchor) {
        let (along, across, anchor) = frame.caption_place(along);
        let at = frame.point(along, across);
        let mut area = Self::area(at, anchor, text);
        let (left, width) = (area.left, area.right - area.left);
        while let Some(other) = self.0.iter().find(|other| other.meets(&area)) {
            (area.left, area.right) = (other.right + Self::APART, other.right + Self::APART + width);
        }
        self.0.push(area);
        (Point { x: at.x + area.left - left, y: at.y }, anchor)
    }

    /// Whether words would lie over some that have a place already.
    fn meets(&self, words: &Mark) -> bool {
        let Shape::Text(at, anchor, text) = &words.shape else { return false };
        let area = Self::area(*at, *anchor, text);
        self.0.iter().any(|other| other.meets(&area))
    }
}

fn caption(at: Point, anchor: Anchor, text: &str) -> Mark {
    Mark { role: Role::Caption, shape: Shape::Text(at, anchor, text.to_owned()) }
}
