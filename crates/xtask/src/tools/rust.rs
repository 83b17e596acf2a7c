//! What comes through rustup and cargo.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cache;
use crate::failure::{Doing, Failure};
use crate::process::{answer, quietly};
use crate::workspace::{Workspace, shown};

const TRUNK: &str = "0.21.14";
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Settings of the workspace's own builds, which must not reach the build of a tool.
const NOT_FOR_TOOLS: [&str; 6] = [
    "CARGO_TARGET_DIR",
    "CARGO_BUILD_TARGET_DIR",
    "CARGO_BUILD_TARGET",
    "RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_BUILD_RUSTFLAGS",
];

pub(crate) fn components(workspace: &Workspace) -> Result<(), Failure> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if answer("cargo", &[subcommand, "--version"]).is_none() {
            rustup(workspace, "component", component)?;
        }
    }
    Ok(())
}

pub(crate) fn wasm_target(workspace: &Workspace) -> Result<(), Failure> {
    let folder = answer("rustc", &["--print", "target-libdir", "--target", WASM]);
    if folder.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    rustup(workspace, "target", WASM)
}

pub(crate) fn trunk(workspace: &Workspace) -> Result<(), Failure> {
    let flags = ["--locked", "--no-default-features"];
    install(workspace, "trunk", TRUNK, &flags, "trunk")
}

pub(crate) fn wasm_bindgen(workspace: &Workspace) -> Result<(), Failure> {
    let version = workspace.locked("wasm-bindgen")?;
    let proof = "wasm-bindgen-test-runner";
    install(workspace, "wasm-bindgen-cli", &version, &[], proof)
}

/// The folder that holds `trunk`.
pub(crate) fn trunk_folder(workspace: &Workspace) -> PathBuf {
    workspace.cache.join(format!("trunk-{TRUNK}")).join("bin")
}

/// The folder that holds `wasm-bindgen` and its test runner, of the version in Cargo.lock: the
/// code that the macro writes and the tool that reads it must be of one version.
pub(crate) fn wasm_bindgen_folder(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let version = workspace.locked("wasm-bindgen")?;
    let name = format!("wasm-bindgen-cli-{version}");
    Ok(workspace.cache.join(name).join("bin"))
}

/// Downloads the crates that Cargo.lock names, as trunk is then told to stay offline.
pub(crate) fn fetch(workspace: &Workspace) -> Result<(), Failure> {
    let command = workspace.cargo(&["fetch", "--target", "host-tuple", "--target", WASM]);
    let mut offline = workspace.cargo(&["fetch", "--offline", "--target", "host-tuple"]);
    offline.args(["--target", WASM]);
    if offline.output().is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    quietly("Downloading crates", command, "check the network connection, then run the same command again.")
}

fn rustup(workspace: &Workspace, kind: &str, name: &str) -> Result<(), Failure> {
    let mut command = workspace.command("rustup");
    command.args([kind, "add", name]);
    quietly(
        &format!("Adding the Rust {kind} {name}"),
        command,
        &format!(
            "run `rustup {kind} add {name}` yourself (rustup: https://rustup.rs), \
             or add {name} to this Rust toolchain in the way it was installed."
        ),
    )
}

fn install(workspace: &Workspace, name: &str, version: &str, flags: &[&str], program: &str) -> Result<(), Failure> {
    let proof = format!("bin/{program}{}", std::env::consts::EXE_SUFFIX);
    cache::install_once(workspace, &format!("{name}-{version}"), &proof, |folder| {
        let build = folder.join("build");
        let mut command = Command::new("cargo");
        command
            .current_dir(folder)
            .args(["install", name, "--version", version])
            .args(flags)
            .arg("--root")
            .arg(folder)
            .arg("--target-dir")
            .arg(&build)
            // These tools are built once and run briefly: a quick build is worth more than speed.
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        for variable in NOT_FOR_TOOLS {
            command.env_remove(variable);
        }
        quietly(
            &format!("Installing {name} {version} (once, 3 to 8 minutes)"),
            command,
            "check the network connection and that a C compiler (`cc`) is there, \
             then run the same command again.",
        )?;
        std::fs::remove_dir_all(&build).doing(&shown(&build))
    })
}
