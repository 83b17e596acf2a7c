//! `cargo xtask dist`: the release page and its size budget.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::failure::Failure;
use crate::first_visit::{self, File};
use crate::page;
use crate::process::foreground;
use crate::sizes::{self, Sizes, kilobytes};
use crate::tools::{self, Need};
use crate::workspace::Workspace;

/// What a first visit may load in all, compressed with brotli: 580 KB of 1000 bytes.
const BUDGET: u64 = 580_000;

/// Builds the release page into dist/.
pub(crate) fn build(workspace: &Workspace) -> Result<PathBuf, Failure> {
    // wasm-opt runs within trunk, before trunk writes the files' checksums into the page.
    let wasm_opt = [Need::NodePackages];
    tools::ensure(workspace, page::BUILD_NEEDS.into_iter().chain(wasm_opt))?;
    let folder = workspace.root.join("dist");
    let mut command = page::build_into(workspace, &folder)?;
    command.arg("--release");
    foreground("building the release page", command, "mend the error above.")?;
    Ok(folder)
}

pub(crate) fn run(workspace: &Workspace, _: &[String]) -> Result<ExitCode, Failure> {
    let folder = build(workspace)?;
    let (loaded, others) = first_visit::split(first_visit::read(&folder)?);
    let rows = measure(&loaded)?;
    println!("\nA first visit loads (1 KB = 1000 bytes):\n\n{}", sizes::table(&rows));
    if !others.is_empty() {
        let names: Vec<&str> = others.iter().map(|file| file.path.as_str()).collect();
        println!("Not on a first visit: {}", names.join(", "));
    }
    let used = sizes::total(&rows).brotli;
    within(used, BUDGET)?;
    println!("dist: {} of {} brotli used, {} left", kilobytes(used), kilobytes(BUDGET), kilobytes(BUDGET - used));
    Ok(ExitCode::SUCCESS)
}

fn measure(files: &[File]) -> Result<Vec<(String, Sizes)>, Failure> {
    files.iter().map(|file| Ok((file.path.clone(), sizes::measure(&file.bytes)?))).collect()
}

fn within(used: u64, budget: u64) -> Result<(), Failure> {
    if used <= budget {
        return Ok(());
    }
    Err(Failure::new(
        format!(
            "a first visit loads {} brotli, {} over the budget of {}",
            kilobytes(used),
            kilobytes(used - budget),
            kilobytes(budget)
        ),
        "make the page smaller, or decide on a larger BUDGET in crates/xtask/src/dist.rs.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_itself_is_still_within() {
        assert!(within(200, 200).is_ok());
        let failure = within(1_300, 200).unwrap_err().to_string();
        assert!(failure.contains("1.3 KB brotli, 1.1 KB over the budget of 0.2 KB"));
    }
}
