//! What the side of the page shows below the recorded state.

use crate::catalogue::side::SideText;
use crate::link::bytes::{Reader, Writer};
use crate::link::section::{Section, tag};
use crate::network::Places;
use crate::session::Session;
use cutline_core::ProcessId;
use cutline_core::collection::Count;
use cutline_core::progress::{Part, progress};

/// One of the views below the recorded state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tab {
    /// The algorithm, and which of its rules is at work.
    #[default]
    Rules,
    /// The graph, with what is in its channels.
    Network,
    /// The run as a list.
    Events,
    /// What the signs mean.
    Signs,
}

impl Tab {
    /// All of them, in the order in which they stand.
    pub const ALL: [Self; 4] = [Self::Rules, Self::Network, Self::Events, Self::Signs];

    /// What it is called.
    #[must_use]
    pub fn title(self) -> SideText {
        match self {
            Self::Rules => SideText::TabRules,
            Self::Network => SideText::TabNetwork,
            Self::Events => SideText::TabEvents,
            Self::Signs => SideText::TabSigns,
        }
    }
}

/// What the reader does with the side of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SideMsg {
    /// Turn to a view.
    Turn(Tab),
    /// Show the run that passes through the recorded state, after so many swaps; none hides it.
    Passage(Option<u64>),
    /// Put a process somewhere in the network, in thousandths of its width and height.
    Place(ProcessId, i32, i32),
    /// All processes back in a circle.
    Arrange,
}

/// How the side of the page stands.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Side {
    pub(crate) tab: Tab,
    pub(crate) passage: Option<u64>,
    pub(crate) places: Places,
}

/// What links keep of it.
impl Section for Side {
    const TAG: u64 = tag::SIDE;

    fn write(&self, out: &mut Writer) {
        out.size(Tab::ALL.iter().position(|tab| *tab == self.tab).unwrap_or(0));
        out.number(self.passage.map_or(0, |swaps| swaps.saturating_add(1)));
        for (process, (x, y)) in self.places.moved() {
            out.number(u64::from(process.0));
            out.number(u64::from(x.unsigned_abs()));
            out.number(u64::from(y.unsigned_abs()));
        }
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let tab: usize = from.small()?;
        let mut side = Self { tab: Tab::ALL.get(tab).copied().unwrap_or_default(), ..Self::default() };
        side.passage = from.number()?.checked_sub(1);
        while !from.is_at_end() {
            side.places.put(ProcessId(from.small()?), from.small()?, from.small()?);
        }
        Some(side)
    }

    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Side {
    /// Takes note of what the reader did.
    pub(crate) fn update(&mut self, msg: SideMsg) {
        match msg {
            SideMsg::Turn(tab) => self.tab = tab,
            SideMsg::Passage(swaps) => self.passage = swaps,
            SideMsg::Place(process, x, y) => self.places.put(process, x, y),
            SideMsg::Arrange => self.places = Places::default(),
        }
    }
}

impl Session {
    /// The view that is shown below the recorded state.
    #[must_use]
    pub fn tab(&self) -> Tab {
        self.side().tab
    }

    /// How many processes are done with their own part of the snapshot that is shown, against the whole of it.
    #[must_use]
    pub fn done_words(&self) -> Option<String> {
        let snapshot = self.world().snapshots().get(self.shown()?.index())?;
        let parts = progress(self.topology(), snapshot).parts;
        let belongs = |(process, _): &(ProcessId, &Part)| !snapshot.is_outside(*process);
        let parts: Vec<_> = self.topology().processes().zip(&parts).filter(belongs).collect();
        let (done, all) = (parts.iter().filter(|(_, part)| **part == Part::Done).count(), parts.len());
        if snapshot.is_complete() {
            return Some(self.say(SideText::AllDone, &[]));
        }
        Some(self.say(SideText::DoneCount, &[("n", &done.to_string()), ("all", &all.to_string())]))
    }

    /// How many markers of the snapshot that is shown have been delivered, against how many the theory says there are.
    #[must_use]
    pub fn marker_words(&self) -> Option<String> {
        let id = self.shown()?;
        if self.world().algorithm().markers().is_none() {
            return Some(self.control_count(id));
        }
        let Count { received: delivered, expected, .. } = self.tally(id).markers;
        let text = match (expected == self.topology().recorded_channels().count(), delivered == expected) {
            (true, true) => SideText::MarkersAll,
            (true, false) => SideText::MarkersSent,
            (false, _) => SideText::MarkersFewer,
        };
        Some(self.say(text, &[("n", &delivered.to_string()), ("all", &expected.to_string())]))
    }
}

/// So many names stand in a row of the table; more are counted.
const NAMES: usize = 8;

/// How many of so many names are written out, and the words for the others.
pub(crate) fn names_shown(session: &Session, count: usize) -> (usize, Option<String>) {
    if count <= NAMES + 1 {
        return (count, None);
    }
    (NAMES, Some(session.say(SideText::MoreNames, &[("n", &(count - NAMES).to_string())])))
}
