//! Where words stand: beside recording points and on arrows, where they cover least.

use crate::chart::What;
use crate::crowd::Area;
use crate::edge::Edge;
use crate::layout::{Builder, Detail};
use crate::scene::Key;

impl Builder<'_> {
    /// Finds a place for all words but faint ones. In the order in which things come to rest, and each without regard to
    /// what comes after it: so words stay where they are while the run goes on.
    pub(crate) fn settle_words(&mut self, edge: &Edge) {
        let mut wanted = self.recorded_words();
        if self.detail == Detail::Full {
            wanted.extend(self.message_words(edge));
        }
        wanted.sort_by_key(|(since, ..)| *since);
        for (since, key, areas) in wanted {
            let best = self.crowd.settle(&areas, since);
            self.places.insert(key, best);
        }
    }

    /// Which of its places the words of an item have; none if it has no words.
    pub(crate) fn place_of(&self, key: Key) -> Option<usize> {
        self.places.get(&key).copied()
    }

    /// The words of recording points, after their rings have been put on the picture.
    fn recorded_words(&mut self) -> Vec<(usize, Key, Vec<Area>)> {
        let (chart, now, size) = (self.chart, self.view.now, self.ring_radius() * 2 + 4);
        let mut wanted = Vec::new();
        for recordings in chart.recordings().iter().filter(|one| !self.view.hidden.contains(&one.snapshot)) {
            for process in chart.topology().processes() {
                let Some(point) = recordings.point(process, now) else { continue };
                let (along, at) = (self.frame.moment(point.step), self.frame.at(process, point.step));
                if !self.meets_window(along - 100, along + 100) {
                    continue;
                }
                self.crowd.add_area(Area::around(at, size, size), point.step);
                if self.detail == Detail::Full {
                    let text = self.recorded_text(recordings.snapshot, process, point);
                    let areas = self.beside(at, &text).into_iter().map(|(_, _, area)| area).collect();
                    wanted.push((point.step, Key::Recording(recordings.snapshot, process), areas));
                }
            }
        }
        wanted
    }

    fn message_words(&self, edge: &Edge) -> Vec<(usize, Key, Vec<Area>)> {
        let wanted = self.begun(edge).into_iter().filter_map(|(at, course)| {
            let flight = &self.chart.flights()[at];
            let What::Message(id) = flight.what else { return None };
            let (places, (width, height)) = self.label_places(course, &self.label(flight));
            let areas = places.map(|place| Area::around(place, width, height)).to_vec();
            Some((self.settles(flight), Key::Message(id), areas))
        });
        wanted.collect()
    }
}
