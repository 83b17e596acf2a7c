//! What stands in the label of a message: what it carries, and what rides on it for the algorithm.

use crate::chart::{Flight, What};
use crate::frame::text_width;
use crate::layout::Builder;
use crate::scene::{Anchor, Mark, Point, Role, Segment, Shape};
use cutline_core::riding::TagRole;
use cutline_core::{ProcessId, SnapshotId};

/// What a label says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Label {
    words: String,
    /// The colour of its sender, if colours ride on messages: the snapshot for which that was red, or none where it was white.
    colour: Option<Option<SnapshotId>>,
    /// What else rides on it, in a few signs.
    rider: String,
}

/// Size of the letters of what rides on a message.
const RIDER: i32 = 11;
/// The room for a colour, and half its size. Beside a number a dot would be taken for a nought, so it is a diamond.
const COLOUR: i32 = 16;
const COLOUR_RADIUS: i32 = 5;
const GAP: i32 = 5;
/// Of more processes than these a label says only how many items they have sent together.
const ONE_BY_ONE: usize = 5;

impl Label {
    /// One with nothing but words.
    pub(crate) fn plain(words: String) -> Self {
        Self { words, ..Self::default() }
    }

    /// Its width in pixels, with letters of this size.
    pub(crate) fn width(&self, size: i32) -> i32 {
        self.words_width(size) + self.riders_width() + 14
    }

    fn words_width(&self, size: i32) -> i32 {
        text_width(&self.words, size).max(size / 2)
    }

    fn riders_width(&self) -> i32 {
        let rider = if self.rider.is_empty() { 0 } else { text_width(&self.rider, RIDER) + GAP };
        rider + if self.colour.is_some() { COLOUR } else { 0 }
    }

    /// The marks around a middle, by the roles that what stands in a recorded channel has.
    pub(crate) fn marks(self, middle: Point, (size, height): (i32, i32), kept: Option<SnapshotId>) -> Vec<Mark> {
        let role = kept.map_or(Role::Label, Role::LabelInChannel);
        let mut marks = vec![Mark { role, shape: Shape::Pill(middle, self.width(size), height) }];
        let y = middle.y + size / 2 - 2;
        let words_at = middle.x - self.riders_width() / 2;
        let mut x = words_at + self.words_width(size) / 2;
        let at = |x: i32, y: i32| Point { x, y };
        if let Some(colour) = self.colour {
            let (left, right) = (at(x + COLOUR - 2 * COLOUR_RADIUS, middle.y), at(x + COLOUR, middle.y));
            let tip = |y| Segment::To(at(x + COLOUR - COLOUR_RADIUS, middle.y + y));
            let segments = vec![tip(-COLOUR_RADIUS), Segment::To(right), tip(COLOUR_RADIUS), Segment::To(left)];
            marks.push(Mark { role: colour.map_or(Role::White, Role::Red), shape: Shape::Path(left, segments) });
            x += COLOUR;
        }
        if !self.rider.is_empty() {
            let role = kept.map_or(Role::Rider, Role::RiderInChannel);
            marks.push(Mark { role, shape: Shape::Text(at(x + GAP, middle.y + 4), Anchor::Start, self.rider) });
        }
        marks.insert(1, Mark { role, shape: Shape::Text(at(words_at, y), Anchor::Middle, self.words) });
        marks
    }
}

impl Builder<'_> {
    /// What the label of a flight says; of a control message nothing.
    pub(crate) fn label(&self, flight: &Flight) -> Label {
        let What::Message(message) = flight.what else { return Label::default() };
        let mut label = Label::plain(self.view.words.payload(flight.payload));
        let roles = self.chart.tag_roles(message);
        let shown = self.view.snapshot.filter(|snapshot| !self.view.hidden.contains(snapshot));
        for role in roles {
            match role {
                TagRole::Colours(colours) => label.colour = Some(shown.filter(|snapshot| colours.is_red(*snapshot))),
                TagRole::Recorded(snapshots) => label.rider = format!("#{snapshots}"),
                TagRole::Clock(reading) => label.rider = format!("@{reading}"),
                TagRole::After(sent) | TagRole::Vector(sent) => {
                    label.rider = vector(sent, self.chart.topology().process_count());
                }
                // The place on the channel is seen anyway.
                TagRole::Number(number) if roles.len() == 1 && *number > 0 => label.rider = format!("№{number}"),
                TagRole::Number(_) => {}
            }
        }
        label
    }
}

/// By process in their order, how many; of many processes the sum.
fn vector(sent: &[(ProcessId, u32)], processes: usize) -> String {
    if processes > ONE_BY_ONE {
        return format!("Σ{}", sent.iter().map(|(_, items)| items).sum::<u32>());
    }
    let by = |at: usize| sent.iter().find(|(from, _)| from.index() == at).map_or(0, |(_, items)| *items);
    let numbers: Vec<String> = (0..processes).map(|at| by(at).to_string()).collect();
    format!("[{}]", numbers.join(" "))
}
