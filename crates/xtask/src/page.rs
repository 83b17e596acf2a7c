//! The page, built by trunk with the pinned tools, and the scripts that drive it in a browser.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::failure::{Doing, Failure};
use crate::lock;
use crate::process::{foreground, path_with};
use crate::tools::{self, Need, browser, node, rust};
use crate::workspace::{Workspace, shown};

/// What a build of the page needs.
pub(crate) const BUILD_NEEDS: [Need; 3] = [Need::WasmTarget, Need::Trunk, Need::WasmBindgen];
/// What driving the page needs on top.
pub(crate) const DRIVE_NEEDS: [Need; 5] =
    [Need::WasmTarget, Need::Trunk, Need::WasmBindgen, Need::NodePackages, Need::Browser];
const SHOTS: &str = "tests/browser/shots.mjs";

/// `trunk SUBCOMMAND` into a folder. It stays offline and finds our tools first, so it downloads
/// none of its own.
pub(crate) fn trunk(workspace: &Workspace, subcommand: &str, into: &Path) -> Result<Command, Failure> {
    rust::fetch(workspace)?;
    let bindgen = rust::wasm_bindgen_folder(workspace)?;
    let packages = node::modules(workspace).join(".bin");
    let trunk = rust::trunk_folder(workspace);
    let mut command = workspace.command(trunk.join("trunk"));
    command
        .args([subcommand, "--offline=true", "--dist"])
        .arg(into)
        .env("PATH", path_with(&[&bindgen, &packages, &trunk]));
    // Trunk takes only `true` and `false` here, while the custom is any text.
    if std::env::var_os("NO_COLOR").is_some() {
        command.env("NO_COLOR", "true");
    }
    Ok(command)
}

/// `trunk build` into a folder. This run then keeps other runs from building until it ends: they
/// may share the target folder, even from another clone, and would take each other's page.
pub(crate) fn build_into(workspace: &Workspace, folder: &Path) -> Result<Command, Failure> {
    if workspace.page.get().is_none() {
        std::fs::create_dir_all(&workspace.target).doing(&shown(&workspace.target))?;
        let path = workspace.target.join("page.lock");
        // Set only here, by one thread.
        let _ = workspace.page.set(lock::take(&path, "building the page")?);
    }
    trunk(workspace, "build", folder)
}

/// Where the page that is driven is built.
pub(crate) fn driven(workspace: &Workspace) -> PathBuf {
    workspace.target.join("e2e-dist")
}

/// The build of the page that is driven.
pub(crate) fn build(workspace: &Workspace) -> Result<Command, Failure> {
    build_into(workspace, &driven(workspace))
}

/// `node` with the environment that tests/browser/support.mjs reads.
pub(crate) fn node(workspace: &Workspace) -> Result<Command, Failure> {
    let mut command = workspace.command("node");
    command
        .env("CUTLINE_NODE_MODULES", node::modules(workspace))
        .env("CUTLINE_DIST", driven(workspace))
        .env("CUTLINE_CHROMIUM", browser::find()?.chromium);
    Ok(command)
}

/// Screenshots by tests/browser/shots.mjs, into CUTLINE_OUT.
pub(crate) fn shots(workspace: &Workspace, arguments: &[String]) -> Result<ExitCode, Failure> {
    if !workspace.root.join(SHOTS).exists() {
        let advice = "write that script, or run `cargo xtask help` for the other commands.";
        return Err(Failure::new(format!("there is no {SHOTS}"), advice));
    }
    tools::ensure(workspace, DRIVE_NEEDS)?;
    let existing = arguments.iter().any(|argument| argument == "--existing");
    if !(existing && driven(workspace).join("index.html").exists()) {
        let command = build(workspace)?;
        foreground("building the page", command, "mend the error above.")?;
    }
    let out = match std::env::var_os("CUTLINE_OUT") {
        Some(folder) => std::env::current_dir().doing("current folder")?.join(folder),
        None => workspace.target.join("shots"),
    };
    std::fs::create_dir_all(&out).doing(&shown(&out))?;
    let mut command = node(workspace)?;
    command.arg(SHOTS).args(arguments.iter().filter(|argument| *argument != "--existing")).env("CUTLINE_OUT", &out);
    foreground("screenshots", command, "mend the error above.")?;
    println!("Screenshots: {}", shown(&out));
    Ok(ExitCode::SUCCESS)
}
