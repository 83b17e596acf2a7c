//! Files that describe a system to be explored.

use crate::app::{App, Delivery, build, known_process, repair};
use crate::error::{FileError, read, wrong};
use crate::wanted::{or_default, or_yes, yes};
use cutline_core::action::Copied;
use cutline_core::algorithms::chandy_lamport::Repeats;
use cutline_core::algorithms::method::NAMES;
use cutline_core::explore::{self, Exploration, Planned, Target};
use cutline_core::world::MAX_SNAPSHOTS;
use cutline_core::{ChandyLamport, Method, ProcessId, SnapshotId};
use serde::Deserialize;
use std::sync::Arc;

/// A system as its file has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SystemFile {
    /// Its name; empty if the file has none.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
    /// What it shows.
    pub doc: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// How many processes there are.
    pub processes: u16,
    /// From where to where each channel leads.
    pub channels: Vec<(u16, u16)>,
    /// The application.
    pub app: App,
    /// Which algorithm is at work.
    pub algorithm: String,
    /// In which order channels deliver; without this, first in, first out.
    #[serde(default, deserialize_with = "or_default")]
    pub order: Delivery,
    /// The snapshots that are taken.
    pub snapshots: Vec<Begun>,
    /// What goes wrong in the channels.
    pub faults: Option<Faults>,
    /// What repairs the channels: `arq`, numbers on all items, or nothing.
    pub link: Option<String>,
    /// How many items the network under a link may lose, and how many it may repeat.
    pub link_faults: Option<(u16, u16)>,
    /// Whether a repeated marker is ignored. Without faults there are none, so that it makes no difference.
    #[serde(default = "yes", deserialize_with = "or_yes")]
    pub marker_idempotent: bool,
    /// Whether the tagged view is finite and to be explored.
    #[serde(default = "yes", deserialize_with = "or_yes")]
    pub tagged: bool,
}

/// A snapshot that is taken.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begun {
    /// Its number.
    pub id: u16,
    /// Who may start it.
    pub initiators: Vec<u16>,
    /// A remark.
    pub doc: Option<String>,
    /// Another.
    pub note: Option<String>,
}

/// How often something may go wrong in the channels.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Faults {
    /// How many items may be lost.
    #[serde(deserialize_with = "or_default")]
    pub drop: u16,
    /// How many items may come twice.
    #[serde(deserialize_with = "or_default")]
    pub dup: u16,
    /// Which items: `app`, `marker` or `any`.
    pub target: Option<String>,
    /// Where the second of two comes: `adjacent` or `tail`.
    pub dup_mode: Option<String>,
    #[serde(rename = "doc")]
    _doc: Option<String>,
    #[serde(rename = "note")]
    _note: Option<String>,
}

impl Faults {
    pub(crate) fn read(&self) -> Result<explore::Faults, FileError> {
        let target = match self.target.as_deref() {
            None | Some("any") => Target::Any,
            Some("app") => Target::Messages,
            Some("marker") => Target::Controls,
            Some(other) => return Err(wrong("faults.target", format!("expected app, marker or any, found {other}"))),
        };
        let copied = match self.dup_mode.as_deref() {
            None | Some("adjacent") => Copied::Adjacent,
            Some("tail") => Copied::Tail,
            Some(other) => return Err(wrong("faults.dup_mode", format!("expected adjacent or tail, found {other}"))),
        };
        Ok(explore::Faults { losses: self.drop, copies: self.dup, target, copied, ..explore::Faults::default() })
    }
}

impl SystemFile {
    /// Reads a system.
    ///
    /// # Errors
    /// What in it cannot be understood.
    pub fn parse(text: &str) -> Result<Self, FileError> {
        read(text)
    }

    /// What to explore, and with which algorithm.
    ///
    /// # Errors
    /// What in it contradicts itself, or what of it the explorer cannot do.
    pub fn exploration(&self) -> Result<(Exploration, Method), FileError> {
        let method = self.method()?;
        let mut system = build(self.processes, &self.channels, self.order, &self.app)?;
        repair(&mut system, self.link.as_deref())?;
        let system = Arc::new(system);
        let planned = self.snapshots.iter().enumerate().map(|(at, begun)| self.planned(at, begun));
        let mut exploration = Exploration::new(system, planned.collect::<Result<_, _>>()?);
        exploration.faults = self.faults.as_ref().map(Faults::read).transpose()?.unwrap_or_default();
        if let Some((losses, copies)) = self.link_faults {
            if self.link.is_none() {
                return Err(wrong("link_faults", "they are for channels with a link"));
            }
            exploration.faults = explore::Faults { losses, copies, copied: Copied::Tail, ..exploration.faults };
        }
        Ok((exploration, method))
    }

    fn method(&self) -> Result<Method, FileError> {
        let repeats = if self.marker_idempotent { Repeats::Ignored } else { Repeats::Heeded };
        let method = Method::named(&self.algorithm).ok_or_else(|| {
            let takes_snapshots = |name: &&&str| Method::named(name).is_some_and(|method| method.takes_snapshots());
            let known = NAMES.iter().filter(takes_snapshots).copied().collect::<Vec<_>>().join(", ");
            wrong("algorithm", format!("{} cannot be explored; those that can: {known}", self.algorithm))
        })?;
        Ok(match method.planned_for(self.snapshots.iter().map(|begun| SnapshotId(begun.id))) {
            Method::ChandyLamport(own) => Method::ChandyLamport(ChandyLamport { repeats, ..own }),
            other => other,
        })
    }

    fn planned(&self, at: usize, begun: &Begun) -> Result<Planned, FileError> {
        let field = format!("snapshots[{at}]");
        if begun.id >= MAX_SNAPSHOTS {
            return Err(wrong(&format!("{field}.id"), format!("expected a number below {MAX_SNAPSHOTS}")));
        }
        if self.snapshots[..at].iter().any(|other| other.id == begun.id) {
            return Err(wrong(&format!("{field}.id"), format!("there is a snapshot {} already", begun.id)));
        }
        let field = format!("{field}.initiators");
        begun.initiators.iter().try_for_each(|process| known_process(&field, *process, self.processes))?;
        let initiators = begun.initiators.iter().copied().map(ProcessId).collect();
        Ok(Planned { id: SnapshotId(begun.id), initiators })
    }
}
