//! Where things are: the workspace, its build output and the cache of tools.

use std::cell::OnceCell;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Doing, Failure};

/// The folders every command works with.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
    pub(crate) cache: PathBuf,
    /// The lock of the page's build, once this run holds it.
    pub(crate) page: OnceCell<File>,
}

impl Workspace {
    pub(crate) fn find() -> Result<Self, Failure> {
        // Cargo says at run time where the package is; a binary shared between two clones through
        // one target folder was built for either.
        let package = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package.join("../..").canonicalize().doing("workspace")?;
        let here = std::env::current_dir().doing("current folder")?;
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| here.join(folder));
        let cache = match (std::env::var_os("CUTLINE_CACHE"), std::env::home_dir()) {
            (Some(folder), _) => here.join(folder),
            (None, Some(home)) => home.join(".cache").join("cutline"),
            (None, None) => {
                return Err(Failure::new(
                    "no folder for tools: neither CUTLINE_CACHE nor a home folder is known",
                    "set CUTLINE_CACHE to a folder that may grow to about 300 MB.",
                ));
            }
        };
        Ok(Self { root, target, cache, page: OnceCell::new() })
    }

    /// The cargo that runs us, at work in the workspace and on the same target folder.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = self.command("cargo");
        command.args(arguments);
        command
    }

    /// Any program, at work in the workspace.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        // A relative folder was meant from where the person stands, not from the root.
        if std::env::var_os("CARGO_TARGET_DIR").is_some() {
            command.env("CARGO_TARGET_DIR", &self.target);
        }
        command
    }

    /// The version of a package that Cargo.lock holds.
    pub(crate) fn locked(&self, package: &str) -> Result<String, Failure> {
        let path = self.root.join("Cargo.lock");
        let lock = std::fs::read_to_string(&path).doing(&shown(&path))?;
        locked_version(&lock, package).ok_or_else(|| {
            Failure::new(
                format!("Cargo.lock names no version of {package}"),
                "run `cargo generate-lockfile`; does web/Cargo.toml still depend on it?",
            )
        })
    }
}

/// A path for a message.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.next()?;
    let version = lines.next()?.strip_prefix("version = \"")?;
    version.strip_suffix('"').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.1.0\"\n\n\
        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"registry\"\n";

    #[test]
    fn reads_a_locked_version() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "wasm"), None);
    }
}
