//! The state of the page as a short text for the fragment of its address, and back. The format, with its versions, is
//! described in `docs/links.md`.
//!
//! A link is `1.NAME.BODY`: the version, the scenario's name, and in base64url a row of tagged sections with a check
//! value at the end. A section that is missing means what its type has as default; one that is not known is skipped.
//! `section.rs` says how to add one.

mod arrive;
pub(crate) mod bytes;
mod leave;
mod mishap;
pub(crate) mod section;
mod text;
mod together;
mod tree;
mod words;

pub use arrive::Arrival;
pub use leave::{Extent, Fragment, TooLong};

pub(crate) use leave::Written;
pub(crate) use section::Sections;

use cutline_core::scenario::ScenarioError;

/// The most characters of a link, made or opened.
pub const MAX_CHARACTERS: usize = 30_000;
/// The most actions in a link, over all its branches.
pub const MAX_ACTIONS: usize = 100_000;
/// The most letters of a scenario's name.
const MAX_NAME: usize = 64;
/// The version that is written. Versions are read for ever: `tests/golden/links.txt` keeps links of each.
const VERSION: u32 = 1;

/// A link, read but not yet opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// The scenario's name; empty if the scenario's text is in the link.
    pub(crate) name: String,
    pub(crate) sections: Sections,
}

/// Why a text is no link that can be opened. Places are counted in characters from 1, after the `#`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// It does not begin as links do.
    NotALink,
    /// It is of a version that this page does not know.
    Newer {
        /// The version.
        version: u32,
    },
    /// It has more than [`MAX_CHARACTERS`].
    TooLong {
        /// How many it has.
        characters: usize,
    },
    /// Something stands in it that no link has.
    Sign {
        /// Where.
        at: usize,
        /// What.
        sign: char,
    },
    /// Its end is missing.
    EndsEarly {
        /// Where it ends.
        at: usize,
    },
    /// Its check value does not fit: something was changed.
    Check,
    /// A section does not hold what this version has there.
    Section {
        /// Where.
        at: usize,
    },
    /// A section asks for what only a newer page can do.
    NeedsNewer,
    /// It has more actions than [`MAX_ACTIONS`].
    TooManyActions,
    /// No scenario of this page has that name.
    NoSuchScenario {
        /// The name.
        name: String,
    },
    /// The scenario in it cannot be read.
    Scenario(ScenarioError),
}

impl Link {
    /// Reads a link. What stands before a `#` is left out, so a whole address will do.
    ///
    /// Takes time in the length of the text, which is limited.
    pub(crate) fn read(text: &str) -> Result<Self, Damage> {
        let text = text.rsplit_once('#').map_or(text, |(_, fragment)| fragment);
        if text.len() > MAX_CHARACTERS {
            return Err(Damage::TooLong { characters: text.chars().count() });
        }
        let (version, rest) = text.split_once('.').ok_or(Damage::NotALink)?;
        if version.is_empty() || version.len() > 6 || !version.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Damage::NotALink);
        }
        let version = version.parse().map_err(|_| Damage::NotALink)?;
        if version != VERSION {
            return Err(Damage::Newer { version });
        }
        let (name, body) = rest.split_once('.').map_or((rest, None), |(name, body)| (name, Some(body)));
        let name_at = text.len() - rest.len();
        if let Some((at, sign)) = name.char_indices().find(|(at, sign)| *at >= MAX_NAME || !is_in_name(*sign)) {
            return Err(Damage::Sign { at: name_at + at + 1, sign });
        }
        let sections = match body {
            Some(body) => Sections::read(name, body, text.len() - body.len())?,
            None => Sections::default(),
        };
        Ok(Self { name: name.into(), sections })
    }

    /// The link as text.
    pub(crate) fn write(&self) -> String {
        if self.sections.is_empty() {
            return format!("{VERSION}.{}", self.name);
        }
        format!("{VERSION}.{}.{}", self.name, self.sections.write(&self.name))
    }
}

/// Small letters, digits and hyphens: what no program changes on the way.
fn is_in_name(sign: char) -> bool {
    sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-'
}

/// A title as a name: letters and digits, with hyphens between words.
pub(crate) fn name_of(title: &str) -> String {
    let lower = title.to_ascii_lowercase();
    let words: Vec<&str> = lower.split(|sign: char| !is_in_name(sign)).filter(|word| !word.is_empty()).collect();
    words.join("-").chars().take(MAX_NAME).collect()
}
