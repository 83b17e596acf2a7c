//! The parts of a link.
//!
//! To put a further piece of the page's state into links:
//!
//! 1. implement [`Section`] for a small type of its own, with the next free tag of the list below; what most readers have
//!    is its `Default`, which takes no room;
//! 2. add a line to `Session::settings` in `leave.rs` (`sections.put(&self.your_state)`), and three to `Settings` and
//!    `Session::settle` in `arrive.rs`, as for `look`;
//! 3. describe it in `docs/links.md`, and add a link that has it to `tests/golden/links.txt` (`cargo xtask bless`).
//!
//! A section may grow: what follows what is read is left out, so an old page opens a new link and a new page, which has to
//! do with what an old link has, takes a default where the bytes end. What a section means never changes.

use super::bytes::{Reader, Writer};
use super::{Damage, text};

/// The tags in use. They are never used for something else.
pub(crate) mod tag {
    /// The text of a scenario that does not come with the page.
    pub(crate) const SCENARIO: u64 = 1;
    /// The actions, as a tree.
    pub(crate) const TREE: u64 = 2;
    /// The current branch and the step.
    pub(crate) const PLACE: u64 = 3;
    /// The snapshot that was chosen.
    pub(crate) const CHOSEN: u64 = 4;
    /// The language.
    pub(crate) const LANGUAGE: u64 = 5;
    /// Which way time runs on the diagram, the zoom, and the snapshots that are hidden.
    pub(crate) const LOOK: u64 = 6;
    /// The branch that the current one is compared with.
    pub(crate) const COMPARED: u64 = 7;
    /// The reader's own cut.
    pub(crate) const OWN_CUT: u64 = 8;
    /// The ends of branches that are the beginning of others.
    pub(crate) const ENDS: u64 = 10;
    /// The tab at the side, the passage through the recorded state, and where processes were put in the network.
    pub(crate) const SIDE: u64 = 9;
    /// How fast it plays, and whether it is shown to a hall.
    pub(crate) const HALL: u64 = 11;
    /// From here on a page that does not know the section does not open the link.
    pub(crate) const NEEDED: u64 = 64;
    /// The actions as a tree, where some of it is said by what draws it or by where it stood before.
    pub(crate) const LONG_TREE: u64 = 64;
}

/// A piece of state that links keep.
pub(crate) trait Section: Default {
    /// Its number in links.
    const TAG: u64;

    /// Writes it; not called for the default.
    fn write(&self, out: &mut Writer);

    /// Reads it. None if that is not what [`Section::write`] writes.
    fn read(from: &mut Reader<'_>) -> Option<Self>;

    /// Whether it need not be written.
    fn is_default(&self) -> bool;
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    tag: u64,
    bytes: Vec<u8>,
    /// Where its bytes begin, in bytes of the body.
    from: usize,
}

/// The sections of a link.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Sections {
    parts: Vec<Part>,
    /// How many characters stand before the body.
    before: usize,
}

impl Sections {
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Adds a section, unless it is as by default.
    pub(crate) fn put<S: Section>(&mut self, section: &S) {
        if !section.is_default() {
            let mut out = Writer::default();
            section.write(&mut out);
            self.put_bytes(S::TAG, out.into_bytes());
        }
    }

    pub(super) fn put_bytes(&mut self, tag: u64, bytes: Vec<u8>) {
        self.parts.push(Part { tag, bytes, from: 0 });
    }

    /// A section, or the default where there is none.
    pub(crate) fn get<S: Section>(&self) -> Result<S, Damage> {
        let Some(part) = self.parts.iter().find(|part| part.tag == S::TAG) else { return Ok(S::default()) };
        let mut from = Reader::new(&part.bytes);
        S::read(&mut from).ok_or_else(|| self.damage_at(part.from + from.at()))
    }

    /// The bytes of a section, with where they begin.
    pub(super) fn bytes_of(&self, tag: u64) -> Option<(&[u8], usize)> {
        self.parts.iter().find(|part| part.tag == tag).map(|part| (&*part.bytes, part.from))
    }

    pub(super) fn damage_at(&self, byte: usize) -> Damage {
        Damage::Section { at: self.before + byte * 4 / 3 + 1 }
    }

    /// The body as text; its check value is over the scenario's name too.
    pub(super) fn write(&self, name: &str) -> String {
        let mut out = Writer::default();
        for part in &self.parts {
            out.number(part.tag);
            out.size(part.bytes.len());
            out.bytes(&part.bytes);
        }
        let mut bytes = out.into_bytes();
        let check = text::check([name.as_bytes(), &bytes]);
        bytes.extend(check.to_be_bytes());
        text::signs(&bytes)
    }

    /// Reads a body. `before` characters stand before it.
    pub(super) fn read(name: &str, body: &str, before: usize) -> Result<Self, Damage> {
        let ends_early = Damage::EndsEarly { at: before + body.chars().count() };
        let bytes = text::bytes(body, before)?;
        let (bytes, check) = bytes.split_last_chunk::<2>().ok_or(ends_early.clone())?;
        let sections = Self::split(bytes, before);
        if text::check([name.as_bytes(), bytes]) != u16::from_be_bytes(*check) {
            return Err(if sections.is_none() { ends_early } else { Damage::Check });
        }
        let sections = sections.ok_or(ends_early)?;
        if sections.parts.iter().any(|part| part.tag >= tag::NEEDED && part.tag != tag::LONG_TREE) {
            return Err(Damage::NeedsNewer);
        }
        Ok(sections)
    }

    fn split(bytes: &[u8], before: usize) -> Option<Self> {
        let mut sections = Self { parts: Vec::new(), before };
        let mut from = Reader::new(bytes);
        while !from.is_at_end() {
            let tag = from.number()?;
            let length = from.small()?;
            let start = from.at();
            let bytes = from.take(length)?.to_vec();
            sections.parts.push(Part { tag, bytes, from: start });
        }
        Some(sections)
    }
}
