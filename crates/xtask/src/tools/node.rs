//! Node.js and the packages that come through npm.

use std::path::PathBuf;

use crate::cache;
use crate::failure::Failure;
use crate::process::{answer, quietly};
use crate::workspace::Workspace;

const OLDEST_NODE: u32 = 20;
const BINARYEN: &str = "132.0.0";
const PLAYWRIGHT: &str = "1.65.1";
const AXE: &str = "4.14.1";
const GET_NODE: &str = "install Node.js 20 or later with npm (https://nodejs.org); only `serve`, `fmt`, `bless` \
     and `test --quick` do without.";

/// Makes sure of Node.js, and of wasm-opt, playwright-core and axe-core.
pub(crate) fn packages(workspace: &Workspace) -> Result<(), Failure> {
    node()?;
    let proof = "node_modules/.bin/wasm-opt";
    cache::install_once(workspace, &name(), proof, |folder| {
        let mut command = workspace.command(if cfg!(windows) { "npm.cmd" } else { "npm" });
        command
            .current_dir(folder)
            .args(["install", "--no-audit", "--no-fund", "--no-save"])
            .args(["--ignore-scripts", "--prefix"])
            .arg(folder)
            .arg(format!("binaryen@{BINARYEN}"))
            .arg(format!("playwright-core@{PLAYWRIGHT}"))
            .arg(format!("axe-core@{AXE}"))
            .env("npm_config_update_notifier", "false");
        quietly(
            "Installing wasm-opt, playwright-core and axe-core (once, about 20 seconds)",
            command,
            "check the network connection and that `npm` is there (it comes with Node.js), \
             then run the same command again.",
        )
    })
}

/// The folder with the packages.
pub(crate) fn modules(workspace: &Workspace) -> PathBuf {
    workspace.cache.join(name()).join("node_modules")
}

fn name() -> String {
    format!("npm-binaryen-{BINARYEN}-playwright-core-{PLAYWRIGHT}-axe-core-{AXE}")
}

fn node() -> Result<(), Failure> {
    let tried = "node --version";
    let Some(version) = answer("node", &["--version"]) else {
        let what = "Node.js is not there: the page tests and wasm-opt run on it";
        return Err(Failure::new(what, GET_NODE).tried(tried));
    };
    match major(&version) {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        _ => {
            let what = format!("Node.js {version} is too old");
            Err(Failure::new(what, GET_NODE).tried(tried))
        }
    }
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse::<u32>().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("twenty"), None);
    }
}
