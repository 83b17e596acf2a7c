//! From the session to a link.

use super::bytes::{Reader, Writer};
use super::section::{Section, Sections, tag};
use super::{Link, MAX_ACTIONS, MAX_CHARACTERS, tree};
use crate::catalogue::Lang;
use crate::session::Session;
use crate::time::Speed;
use cutline_core::SnapshotId;
use cutline_core::history::{End, NodeId, Taken};
use std::cell::RefCell;

/// A link to the present state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// What goes behind the `#`.
    pub text: String,
    /// How much of the run is in it.
    pub extent: Extent,
}

/// How much of a run is in a link. Whatever does not fit is left out in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// All branches.
    Whole,
    /// The current branch.
    Branch,
    /// The current branch up to the present moment.
    Past,
}

/// A run is too long for a link, however much is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong {
    /// How many characters it would have.
    pub characters: usize,
}

/// The end of the current branch, the step, and the ways that forks elsewhere lead. None where replaying leads.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Place(pub(super) Option<Here>);

#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Here {
    /// Moments are given by how many were reached after them.
    pub(super) tip: usize,
    /// None for the end of the branch.
    pub(super) step: Option<usize>,
    pub(super) other_ways: Vec<usize>,
}

impl Section for Place {
    const TAG: u64 = tag::PLACE;

    fn write(&self, out: &mut Writer) {
        if let Self(Some(here)) = self {
            out.size(here.tip);
            out.size(here.step.map_or(0, |step| step + 1));
            here.other_ways.iter().for_each(|way| out.size(*way));
        }
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let (tip, step): (_, usize) = (from.small()?, from.small()?);
        let step = step.checked_sub(1);
        let mut other_ways = Vec::new();
        while !from.is_at_end() {
            other_ways.push(from.small()?);
        }
        Some(Self(Some(Here { tip, step, other_ways })))
    }

    fn is_default(&self) -> bool {
        self.0.is_none()
    }
}

/// The most ends of such branches in a link.
const MAX_ENDS: usize = 1000;

/// The ends of branches at moments from which others go on, in the order in which they came to be.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Ends(pub(super) Vec<EndsAt>);

/// One of them. Moments are given by how many were reached after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EndsAt {
    pub(super) node: usize,
    /// Whether nothing was followed beyond it last.
    pub(super) is_way: bool,
    /// The newest moment when it came to be.
    pub(super) newest: usize,
}

impl Section for Ends {
    const TAG: u64 = tag::ENDS;

    fn write(&self, out: &mut Writer) {
        for end in &self.0 {
            out.size(end.node << 1 | usize::from(end.is_way));
            out.size(end.newest);
        }
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let mut ends = Vec::new();
        while !from.is_at_end() {
            let (node, newest): (usize, usize) = (from.small()?, from.small()?);
            if ends.len() == MAX_ENDS {
                return None;
            }
            ends.push(EndsAt { node: node >> 1, is_way: node & 1 == 1, newest });
        }
        Some(Self(ends))
    }

    fn is_default(&self) -> bool {
        self.0.is_empty()
    }
}

/// The end of the branch that the current one is compared with, by how many moments were reached after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Compared(pub(super) Option<usize>);

impl Section for Compared {
    const TAG: u64 = tag::COMPARED;

    fn write(&self, out: &mut Writer) {
        self.0.into_iter().for_each(|back| out.size(back));
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        Some(Self(Some(from.small()?)))
    }

    fn is_default(&self) -> bool {
        self.0.is_none()
    }
}

/// The snapshot that the reader chose to be shown, if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Chosen(pub(super) Option<SnapshotId>);

impl Section for Chosen {
    const TAG: u64 = tag::CHOSEN;

    fn write(&self, out: &mut Writer) {
        out.number(self.0.map_or(0, |snapshot| u64::from(snapshot.0) + 1));
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let number: u16 = from.small()?;
        Some(Self(number.checked_sub(1).map(SnapshotId)))
    }

    fn is_default(&self) -> bool {
        self.0.is_none()
    }
}

/// The language. Where none is given, it is the reader's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Spoken(pub(super) Option<Lang>);

impl Section for Spoken {
    const TAG: u64 = tag::LANGUAGE;

    fn write(&self, out: &mut Writer) {
        out.number(match self.0 {
            None | Some(Lang::En) => 0,
            Some(Lang::Zh) => 1,
        });
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        match from.number()? {
            0 => Some(Self(Some(Lang::En))),
            1 => Some(Self(Some(Lang::Zh))),
            // One that this page does not speak.
            _ => Some(Self(None)),
        }
    }

    fn is_default(&self) -> bool {
        self.0.is_none()
    }
}

/// How fast it plays, and whether it is shown to a hall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Hall {
    pub(super) speed: Speed,
    pub(super) presenting: bool,
}

impl Section for Hall {
    const TAG: u64 = tag::HALL;

    fn write(&self, out: &mut Writer) {
        out.number(self.speed.place().into());
        out.number(self.presenting.into());
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        Some(Self { speed: Speed::at(from.small()?), presenting: from.number()? == 1 })
    }

    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// The whole tree as it was written last: how many actions it has, the tag, the bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written(RefCell<Option<(usize, u64, Vec<u8>)>>);

impl Written {
    /// The history is another one now.
    pub(crate) fn forget(&self) {
        self.0.take();
    }
}

impl Session {
    /// A link to the present state. Where that would be too long, some of the run is left out, and the answer says what.
    ///
    /// Takes time in the number of actions.
    ///
    /// # Errors
    /// That the run up to the present moment is too long by itself.
    pub fn link(&self) -> Result<Fragment, TooLong> {
        let mut too_long = TooLong { characters: 0 };
        for extent in [Extent::Whole, Extent::Branch, Extent::Past] {
            let actions = self.actions_in(extent);
            if actions.len() > MAX_ACTIONS {
                // At least so many; each takes some bits.
                too_long = TooLong { characters: actions.len().max(MAX_CHARACTERS + 1) };
                continue;
            }
            let text = self.link_with(extent, &actions).write();
            if text.len() <= MAX_CHARACTERS {
                return Ok(Fragment { text, extent });
            }
            too_long = TooLong { characters: text.len() };
        }
        Err(too_long)
    }

    /// A link to the open scenario as it opens; none for one whose text would have to be in the link.
    #[must_use]
    pub fn link_to_scenario(&self) -> Option<String> {
        let listed = self.listed();
        let link = Link { name: listed.name.clone(), sections: Sections::default() };
        listed.text.is_none().then(|| link.write())
    }

    /// The actions that go into a link, each with the place in this list of the one before it, from 1.
    fn actions_in(&self, extent: Extent) -> Vec<(usize, Taken)> {
        let history = self.real_history();
        if extent == Extent::Whole {
            return history.taken().map(|taken| (taken.parent.index(), taken)).collect();
        }
        let steps = if extent == Extent::Branch { history.len() } else { history.step() };
        let mut on_branch = history.branch_nodes()[1..=steps].to_vec();
        on_branch.sort_unstable();
        let taken = history.taken().filter(|taken| on_branch.binary_search(&taken.node).is_ok());
        taken.enumerate().collect()
    }

    fn link_with(&self, extent: Extent, actions: &[(usize, Taken)]) -> Link {
        let history = self.real_history();
        let listed = self.listed();
        let mut sections = Sections::default();
        if let Some(text) = &listed.text {
            sections.put_bytes(tag::SCENARIO, text.as_bytes().to_vec());
        }
        let as_prepared = extent == Extent::Whole && actions.len() == listed.scenario.script.len();
        if !as_prepared {
            let (tag, bytes) = self.tree_bytes(extent, actions);
            sections.put_bytes(tag, bytes);
        }
        let numbers = tree::numbers(history, actions);
        let last = actions.len();
        let back_to = |node: NodeId| numbers[node.index()].map(|number| last - number);
        let steps = if extent == Extent::Past { history.step() } else { history.len() };
        let (step, ends) = (history.step(), if as_prepared { listed.scenario.opens_at } else { steps });
        let tip = history.branch_nodes().get(steps).and_then(|tip| back_to(*tip)).unwrap_or(0);
        let other_ways: Vec<usize> = if extent == Extent::Whole {
            tree::other_ways(history).into_iter().filter_map(back_to).collect()
        } else {
            Vec::new()
        };
        let is_where_it_leads = tip == 0 && step == ends && other_ways.is_empty();
        sections.put(&Place((!is_where_it_leads).then_some(Here {
            tip,
            step: (step != steps).then_some(step),
            other_ways,
        })));
        if extent == Extent::Whole {
            let end = |end: End| {
                let is_way = history.way_on(end.node).is_none();
                Some(EndsAt { node: back_to(end.node)?, is_way, newest: back_to(end.newest)? })
            };
            sections.put(&Ends(history.ends().filter_map(end).take(MAX_ENDS).collect()));
        }
        sections.put(&Compared(self.compared().and_then(back_to)));
        self.settings(&mut sections);
        Link { name: if listed.text.is_some() { String::new() } else { listed.name.clone() }, sections }
    }

    /// The tree with its tag. All of it is written once for each action that is added: what is told most often is the place.
    fn tree_bytes(&self, extent: Extent, actions: &[(usize, Taken)]) -> (u64, Vec<u8>) {
        let history = self.real_history();
        if extent != Extent::Whole {
            return tree::write(history, actions);
        }
        let mut written = self.written.0.borrow_mut();
        match &*written {
            Some((count, tag, bytes)) if *count == actions.len() => (*tag, bytes.clone()),
            _ => {
                let (tag, bytes) = tree::write(history, actions);
                *written = Some((actions.len(), tag, bytes.clone()));
                (tag, bytes)
            }
        }
    }

    /// All state but the run itself.
    fn settings(&self, sections: &mut Sections) {
        sections.put(&Chosen(self.chosen));
        sections.put(&Spoken(Some(self.lang)));
        sections.put(&self.look);
        sections.put(&self.side);
        sections.put(&self.own_cut);
        sections.put(&Hall { speed: self.speed(), presenting: self.presenting });
    }
}
