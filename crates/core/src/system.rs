//! What is simulated.

use crate::computation::Computation;
use crate::topology::Topology;

/// What never changes in a run: who is there, and what they compute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct System {
    /// Processes and channels.
    pub topology: Topology,
    /// The application.
    pub computation: Computation,
}
