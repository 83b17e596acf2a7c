//! Files that describe a system to be explored, and what is known about it.

use crate::schedule::{App, Delivery, system};
use cutline_core::algorithms::chandy_lamport::Markers;
use cutline_core::explore::{Exploration, Planned};
use cutline_core::{ChandyLamport, ProcessId, SnapshotId};
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

/// A system as its file has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SystemFile {
    /// Its name, which is that of its file.
    pub name: String,
    /// How many processes there are.
    pub processes: u16,
    /// From where to where each channel leads.
    pub channels: Vec<(u16, u16)>,
    /// The application.
    pub app: App,
    /// Which algorithm is at work.
    pub algorithm: String,
    /// In which order channels deliver.
    pub order: Delivery,
    /// The snapshots that are taken.
    pub snapshots: Vec<Begun>,
    /// What goes wrong in the channels.
    pub faults: Option<Value>,
    /// Whether a repeated marker is ignored.
    #[serde(default = "yes")]
    pub marker_idempotent: bool,
    /// Whether the tagged view is finite and to be explored.
    #[serde(default = "yes")]
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
}

fn yes() -> bool {
    true
}

impl SystemFile {
    /// Reads a system.
    ///
    /// # Errors
    /// What in it cannot be understood.
    pub fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    /// Reads one of the stored systems.
    ///
    /// # Panics
    /// If there is no such file or it cannot be read.
    #[must_use]
    pub fn stored(name: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/systems").join(name).with_extension("json");
        let text = std::fs::read_to_string(&path).expect("a stored system");
        Self::parse(&text).expect("a system that can be read")
    }

    /// What to explore, and with which algorithm.
    ///
    /// # Errors
    /// What of it the explorer cannot do.
    pub fn exploration(&self) -> Result<(Exploration, ChandyLamport), String> {
        let markers = match self.algorithm.as_str() {
            "chandy-lamport" => Markers::AtOnce,
            "cl-lazy" => Markers::OneByOne,
            "cl-lazy-unordered" => Markers::OneByOneUnguarded,
            other => return Err(format!("{}: the algorithm {other} cannot be explored yet", self.name)),
        };
        if self.faults.is_some() {
            return Err(format!("{}: channels that lose or repeat things cannot be explored yet", self.name));
        }
        if !self.marker_idempotent {
            return Err(format!("{}: an algorithm that heeds repeated markers cannot be explored yet", self.name));
        }
        let system = Arc::new(system(self.processes, &self.channels, self.order, &self.app));
        let planned = |begun: &Begun| Planned {
            id: SnapshotId(begun.id),
            initiators: begun.initiators.iter().copied().map(ProcessId).collect(),
        };
        let exploration = Exploration::new(system, self.snapshots.iter().map(planned).collect());
        Ok((exploration, ChandyLamport { markers, ..ChandyLamport::default() }))
    }
}
