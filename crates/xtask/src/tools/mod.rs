//! The tools a command needs, found or installed before its work starts.

pub(crate) mod browser;
pub(crate) mod node;
pub(crate) mod rust;

use std::collections::BTreeSet;

use crate::failure::Failure;
use crate::workspace::Workspace;

/// Something that must be there before a command starts, in the order of the time it takes to
/// install: what cannot be had is then known before the long waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Need {
    /// `cargo fmt` and `cargo clippy`.
    Components,
    /// Rust's standard library for the browser.
    WasmTarget,
    /// Node.js and the packages of [`node`].
    NodePackages,
    /// Chromium and its driver.
    Browser,
    WasmBindgen,
    Trunk,
}

/// Finds or installs everything named.
pub(crate) fn ensure(workspace: &Workspace, needs: impl IntoIterator<Item = Need>) -> Result<(), Failure> {
    for need in needs.into_iter().collect::<BTreeSet<_>>() {
        match need {
            Need::Components => rust::components(workspace)?,
            Need::WasmTarget => rust::wasm_target(workspace)?,
            Need::Trunk => rust::trunk(workspace)?,
            Need::WasmBindgen => rust::wasm_bindgen(workspace)?,
            Need::NodePackages => node::packages(workspace)?,
            Need::Browser => browser::install()?,
        }
    }
    Ok(())
}
